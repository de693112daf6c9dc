"""Whose files are read, and what a text from elsewhere may not do."""

WORDS = {
    "help_allow_outside": (
        "the scenario may name files outside its own folder (or the folder above it that holds a file .planner-folder); only for a scenario that you trust",
        "cho phép phương án dùng tệp nằm ngoài thư mục của nó (hoặc ngoài thư mục cha có tệp '.planner-folder'); chỉ dùng với phương án đáng tin cậy",
    ),
    "outside_folder": (
        "{at}: '{name}' is outside the folder of the scenario, and is not read: whoever wrote the scenario could have"
        " any file of yours read like this. If you trust it, say --allow-outside (in Python allow_outside=True); if it belongs to a scheme of your own in the"
        " folder above, lay an empty file .planner-folder there",
        "{at}: '{name}' nằm ngoài thư mục của phương án nên không được đọc: nếu đọc, người viết phương án có thể lấy"
        " nội dung bất kỳ tệp nào trên máy. Nếu tin cậy phương án này, hãy thêm --allow-outside (trong Python:"
        " allow_outside=True); nếu tệp thuộc đề án của chính mình ở thư mục cha, hãy đặt tệp trống '.planner-folder' vào"
        " thư mục đó",
    ),
    "column_not_kept": (
        "this is a run's copy of a roster, which does not keep what counted for nothing then: {columns}. "
        "Solve again with the whole roster and with what asks for it now",
        "đây là bản sao danh sách lưu trong thư mục kết quả, không giữ các cột khi đó chưa dùng đến: {columns}. "
        "Hãy lập lại kế hoạch từ danh sách đầy đủ, cùng với phần phương án nay cần đến cột này",
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
