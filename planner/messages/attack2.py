"""What is said of inputs that would do more than they may: templates that compute, numbers and texts without end."""

WORDS = {
    "template_says_too_much": (
        "'{what}' is not for templates: blanks, conditions and loops over the known lists are",
        "mẫu không dùng được '{what}': chỉ dùng chỗ điền, điều kiện và vòng lặp theo các danh sách đã nêu",
    ),
    "drafts_left": (
        "{folder} holds {number:# draft|# drafts} of commands at work or killed; planner tidy takes away what nobody writes any more.",
        "{folder} có {number:#} bản nháp của lệnh đang chạy hoặc đã bị ngắt; planner tidy sẽ xóa những bản không còn ai ghi.",
    ),
    "not_proven_gap": (
        "the answer is not proven: the scenario lets goals rest within {gap:%} (solver.gap); set it to 0, or raise solver.time_limit_s ({seconds:#} s)",
        "chưa chứng minh được câu trả lời: phương án cho phép sai lệch {gap:%} (khóa solver.gap); hãy đặt về 0, hoặc tăng solver.time_limit_s ({seconds:#} giây)",
    ),
}
