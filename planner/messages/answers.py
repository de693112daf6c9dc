"""Sentences that all answers share."""

WORDS = {
    "not_proven": (
        "the answer could not be proven within {seconds:#} s; raise solver.time_limit_s in the scenario",
        "chưa chứng minh được câu trả lời trong {seconds:#} giây; hãy tăng thời gian ở khóa solver.time_limit_s của phương án",
    ),
    "no_plan_to_explain": (
        "{folder} holds no plan that could be asked about",
        "{folder} không chứa kế hoạch nào để giải thích",
    ),
    "not_the_best_plan": (
        "{folder} does not hold the best plan of its scenario: it was cut short by its time limit, altered, or made by another version; solve again",
        "{folder} không chứa kế hoạch tốt nhất của phương án: bị dừng do hết giờ, bị sửa, hoặc do phiên bản khác tạo ra; hãy lập lại kế hoạch",
    ),
    "damaged_answer": (
        "the answers kept here cannot be read; delete the file and ask again",
        "không đọc được các câu trả lời lưu ở đây; hãy xóa tệp rồi hỏi lại",
    ),
    "questions": ("{done:#} of {total:# question|# questions} answered", "đã trả lời {done:#}/{total:#} câu hỏi"),
}
