"""What is said of inputs that would do more than they may: templates that compute, numbers and texts without end."""

WORDS = {
    "template_says_too_much": (
        "'{what}' is not for templates: blanks, conditions and loops over the known lists are",
        "mẫu không dùng được '{what}': chỉ dùng chỗ điền, điều kiện và vòng lặp theo các danh sách đã nêu",
    ),
    "drafts_left": (
        "In {folder} {number:# draft lies|# drafts lie}, of commands at work or killed; planner tidy takes away what nobody writes any more.",
        "Trong {folder} có {number:#} bản nháp của lệnh đang chạy hoặc đã bị ngắt; planner tidy sẽ xóa những bản không còn ai ghi.",
    ),
}
