"""Whose files are read, and what a text from elsewhere may not do."""

WORDS = {
    "help_allow_outside": (
        "the scenario may name files outside its own folder; only for a scenario that you trust",
        "cho phép phương án dùng tệp nằm ngoài thư mục của nó; chỉ dùng với phương án đáng tin cậy",
    ),
    "outside_folder": (
        "{at}: '{name}' is outside the folder of the scenario, and is not read: whoever wrote the scenario could have"
        " any file of yours read like this. If you trust it, say --allow-outside (in Python allow_outside=True)",
        "{at}: '{name}' nằm ngoài thư mục của phương án nên không được đọc: nếu đọc, người viết phương án có thể lấy"
        " nội dung bất kỳ tệp nào trên máy. Nếu tin cậy phương án này, hãy thêm --allow-outside (trong Python:"
        " allow_outside=True)",
    ),
    "extends_unreadable": (
        "extends '{name}', which cannot be read: {reason}",
        "kế thừa '{name}' nhưng không đọc được: {reason}",
    ),
    "verify_no_ordinary_file": (
        "a folder, a pipe, a device or a link that leads outside",
        "thư mục, đường ống, thiết bị hoặc liên kết ra ngoài",
    ),
    "not_a_scenario": (
        "this is not such a file: no line of it begins with a key that would stand there. What it holds is not shown",
        "đây không phải loại tệp cần đọc: không dòng nào bắt đầu bằng khóa thường có. Nội dung tệp không được hiển thị",
    ),
}
