"""Sentences about places and names that nobody knows, used by every other room's faults; how many faults are only counted."""

WORDS = {
    "at_line": ("{file}, line {line}", "{file}, dòng {line}"),
    "at_row": ("{file}, row {row}", "{file}, dòng {row}"),
    "at_sheet": ("{file}, sheet '{sheet}'", "{file}, trang '{sheet}'"),
    "at_cell": ("{file}, cell {cell}", "{file}, ô {cell}"),
    "did_you_mean": ("; did you mean '{name}'?", "; có phải ý là '{name}'?"),
    "known_names": ("; known: {names}", "; nhận: {names}"),
    "folder_exists": (
        "{folder} already exists; --force replaces it",
        "{folder} đã tồn tại; dùng --force để thay thế",
    ),
    "folder_not_ours": (
        "{folder} is not a folder that planner wrote, so --force does not replace it",
        "{folder} không phải thư mục do planner ghi, nên --force không thay thế",
    ),
    "folder_holds_others": (
        "{folder} holds more than the result that planner wrote there ({names}), so --force does not replace it; choose another folder",
        "{folder} còn có tệp khác ngoài kết quả do planner ghi ({names}), nên --force không thay thế; hãy chọn thư mục khác",
    ),
    "no_room_in": ("nothing can be written into {folder}", "không được phép ghi vào {folder}"),
    "file_missing": ("the file does not exist", "tệp không tồn tại"),
    "file_unreadable": ("the file cannot be read: {reason}", "không đọc được tệp: {reason}"),
    "cannot_write": ("{path} cannot be written: {reason}", "không ghi được {path}: {reason}"),
    "csv_damaged": ("this is no table, or it is damaged", "không phải bảng hoặc tệp bị hỏng"),
    # what the system says
    "os_missing": ("there is no such file or folder", "không có tệp hoặc thư mục này"),
    "os_not_allowed": (
        "no permission, or another program such as Excel holds the file",
        "không có quyền, hoặc tệp đang mở trong chương trình khác (ví dụ Excel)",
    ),
    "os_read_only": ("the disk can only be read", "ổ đĩa chỉ cho đọc"),
    "os_full": ("the disk is full", "ổ đĩa đã đầy"),
    "os_name_too_long": ("the name is too long", "tên quá dài"),
    "os_is_folder": ("this is a folder", "đây là thư mục"),
    "os_not_a_folder": ("a part of the path is no folder", "trong đường dẫn có phần không phải thư mục"),
    "os_exists": ("it already exists", "đã có sẵn"),
    "os_not_empty": ("the folder is not empty", "thư mục không rỗng"),
    "os_busy": ("another program such as Excel holds the file", "tệp đang mở trong chương trình khác (ví dụ Excel)"),
    "os_too_many_files": ("too many files are open", "đang mở quá nhiều tệp"),
    "os_broken": ("the disk does not answer", "ổ đĩa không trả lời"),
    "os_bad_name": ("the system does not take this name", "hệ thống không nhận tên này"),
    "os_loop": ("the links lead in a circle", "các liên kết dẫn vòng tròn"),
    "os_too_large": ("the file is too large for the disk", "tệp quá lớn đối với ổ đĩa"),
    "os_other_disk": ("it lies on another disk", "nằm trên ổ đĩa khác"),
    "os_other": ("the system's error {number}: {text}", "lỗi hệ thống số {number}: {text}"),
    "faults_more": (
        "... and {number:# more fault|# more faults} of this kind",
        "... và {number:#} lỗi khác cùng loại",
    ),
    "faults_not_all": (
        "there may be more wrong with it: after so many faults it was read no further",
        "có thể còn lỗi khác: vì quá nhiều lỗi nên không đọc tiếp",
    ),
    "unknown_agency": (
        "the agency '{name}' ({count:# person|# people}) is not in the table of agencies of {table}{nearest}",
        "cơ quan '{name}' ({count:#} người) không có trong bảng biên chế của {table}{nearest}",
    ),
    "unknown_cadre": (
        "{at}: unknown cadre '{name}'{nearest}",
        "{at}: không có cán bộ nào mã hoặc họ tên '{name}'{nearest}",
    ),
}
