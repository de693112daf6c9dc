"""Sentences that all answers share: what is not proven, kept answers, whose they are, limits per question."""

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
    "not_proven_gap": (
        "the answer is not proven: the scenario lets goals rest within {gap:%} (solver.gap); set it to 0, or raise solver.time_limit_s ({seconds:#} s)",
        "chưa chứng minh được câu trả lời: phương án cho phép sai lệch {gap:%} (khóa solver.gap); hãy đặt về 0, hoặc tăng solver.time_limit_s ({seconds:#} giây)",
    ),
    "run_of_another_version": (
        "the run folder was written by another version of planner; solve its scenario again",
        "thư mục kết quả do phiên bản khác của planner ghi; hãy lập lại kế hoạch từ phương án",
    ),
    "answer_of_another_plan": (
        "the answers kept here are about another plan; delete the file and ask again",
        "các câu trả lời lưu ở đây là về kế hoạch khác; hãy xóa tệp rồi hỏi lại",
    ),
    "answer_for_another_plan": (
        "{folder} holds another plan than the one that was asked about: its answers are not kept there",
        "{folder} chứa kế hoạch khác với kế hoạch được hỏi: không lưu câu trả lời vào đó",
    ),
    # answers that were not proven in time
    "unproven": ("not proven within {seconds:#} s", "chưa chứng minh được trong {seconds:#} giây"),
    "unproven_some": (
        "{number:# answer|# answers} could not be proven in time; the others stand. Asked again, they get more time.",
        "Còn {number:#} câu trả lời chưa chứng minh được trong thời hạn; các câu khác vẫn đúng. Khi hỏi lại, những câu đó được thêm thời gian.",
    ),
    "explain_all_tied": (
        "Which of the starts every best plan has could not be proven within {seconds:#} s.",
        "Chưa chứng minh được trong {seconds:#} giây lượt nào có trong mọi kế hoạch tốt nhất.",
    ),
    "explain_all_unproven": (
        "What {number:# start|# starts} would cost could not be proven in time.",
        "Còn {number:#} lượt chưa chứng minh được trong thời hạn nếu cử thì ảnh hưởng thế nào.",
    ),
    "missed_unproven": (
        "why, and what would reach it, could not be proven within {seconds:#} s",
        "chưa chứng minh được trong {seconds:#} giây vì sao không đạt và cần gì để đạt",
    ),
    "frontier_without": (
        "no plan exists: it contradicts the scenario's other rules",
        "không có kế hoạch nào: trái với các quy định khác của phương án",
    ),
    "tie_unproven": ("not proven", "chưa chứng minh được"),
    "questions_known": (
        "{total:# question|# questions} asked, {known:#} known from before",
        "{total:#} câu hỏi, trong đó {known:#} câu đã có trả lời từ trước",
    ),
    "help_limit_per_question": (
        "how long one question may take [seconds]; by default the time limit of the scenario",
        "thời hạn cho mỗi câu hỏi [giây]; mặc định là thời hạn của phương án",
    ),
    # verify: run.json and the answers
    "verify_unchanged": ("as the run was written", "đúng như lúc ghi kết quả"),
    "verify_changed": ("changed", "đã bị sửa"),
    "verify_of_this_plan": ("an answer about this plan", "câu trả lời về kế hoạch này"),
    "verify_of_another_plan": ("an answer about another plan", "câu trả lời về kế hoạch khác"),
    "verify_answer": ("an answer as planner keeps it", "câu trả lời do planner lưu"),
    "verify_no_answer": ("something else", "nội dung khác"),
    "verify_sealed": ("entry {number} as it was recorded", "mục {number} đúng như lúc ghi sổ"),
}
