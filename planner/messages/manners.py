"""Sentences of the command line's manners: what every command takes, what it ends with, keys that are set by hand."""

WORDS = {
    "help_version": ("show planner's version", "hiện phiên bản của planner"),
    "help_verbose": (
        "tell the versions before, and the time and memory taken after, on standard error",
        "cho biết phiên bản các thư viện, thời gian và bộ nhớ đã dùng (ghi ra luồng lỗi chuẩn)",
    ),
    "help_json_tables": (
        "print one JSON object alone: the answer's tables by name, and the files written",
        "chỉ in một đối tượng JSON: các bảng theo tên và những tệp đã ghi",
    ),
    "help_set": (
        "KEY=VALUE: the scenario with this value, as a what-if would say it; a path with dots; may be repeated",
        "KHÓA=GIÁ_TRỊ: dùng giá trị này trong phương án; khóa là đường dẫn có dấu chấm; có thể nêu nhiều lần",
    ),
    "help_install_completion": (
        "let the shell complete planner's commands and options",
        "cài chức năng tự điền lệnh và tùy chọn cho dòng lệnh",
    ),
    "help_show_completion": (
        "print the script that completes them, to install it yourself",
        "in đoạn mã tự điền để tự cài",
    ),
    "help_example": (
        "Write the scheme of Hoàng Su Phì as an example: scenario, rebuilt roster, published tables, what-ifs.",
        "Ghi đề án Hoàng Su Phì làm ví dụ: phương án, danh sách dựng lại, các biểu đã công bố, các phương án khác.",
    ),
    "example_written": (
        "{folder}: the example. Next: planner solve {scenario}",
        "{folder}: ví dụ đã ghi. Tiếp theo: planner solve {scenario}",
    ),
    "no_example": (
        "planner was installed without its example; {path} is not there",
        "bản planner này không kèm ví dụ; không có {path}",
    ),
    "completion_installed": (
        "{shell}: completion is installed in {path}; it works in the next terminal that you open",
        "{shell}: đã cài chức năng tự điền tại {path}; có hiệu lực từ lần mở cửa sổ lệnh sau",
    ),
    "completion_unknown": (
        "this shell is not known; planner completes in bash, zsh, fish and PowerShell",
        "không nhận ra loại dòng lệnh này; planner hỗ trợ bash, zsh, fish và PowerShell",
    ),
    "version_of": ("{name} {version}", "{name} {version}"),
    "verbose_ended": (
        "exit status {status}; {seconds} s, {cpu} s of processor time in this process, at most {memory} MB",
        "mã kết thúc {status}; {seconds} giây, {cpu} giây xử lý trong tiến trình này, tối đa {memory} MB",
    ),
    "new_entry": (
        "{at}: nothing that this file extends has an entry '{name}', and as a new one it lacks {lacking}; did you mean "
        "'{meant}'?",
        "{at}: tệp gốc không có mục '{name}', còn nếu là mục mới thì thiếu {lacking}; có phải ý là '{meant}'?",
    ),
    "minimum_replaced": (
        "{at}: the number {found} takes the place of the whole range, so the minimum {min} is gone; to change the maximum alone: {{max: {found}}}",
        "{at}: số {found} thay cho cả khoảng nên không còn mức tối thiểu {min}; nếu chỉ đổi mức tối đa, hãy ghi {{max: {found}}}",
    ),
    "maximum_replaced": (
        "{at}: the range takes the place of the number {max}, so there is no maximum any more; to keep it, add max: {max}",
        "{at}: khoảng này thay cho số {max} nên không còn mức tối đa; nếu vẫn giữ, hãy thêm max: {max}",
    ),
    "range_and_years": (
        "{at}: a range for every year stands beside years; one of them must go. Where the file that this one extends has the range, it is taken away by {names}; a year left out has no seats then",
        "{at}: vừa có khoảng chung cho mọi năm vừa có từng năm, chỉ được dùng một cách. Nếu khoảng chung nằm ở tệp gốc, hãy bỏ bằng {names}; khi đó năm không ghi là không có chỉ tiêu",
    ),
    "set_form": (
        "'{text}': expected KEY=VALUE, such as seats.theory.per_year.max=4",
        "'{text}': cần KHÓA=GIÁ TRỊ, ví dụ seats.theory.per_year.max=4",
    ),
    "set_twice": ("'{name}' is set twice", "'{name}' được đặt hai lần"),
    "set_overlap": (
        "'{name}' lies inside '{other}', which is set, too",
        "'{name}' nằm trong '{other}' là mục cũng được đặt",
    ),
    "set_not_marked": (
        "--marked marks the file as it stands: leave --set out",
        "--marked đánh dấu tệp như đang có: hãy bỏ --set",
    ),
    "quiet_and_verbose": ("say --quiet or --verbose, not both", "chỉ nêu --quiet hoặc --verbose, không nêu cả hai"),
    "ends": ("Exit status:", "Mã kết thúc:"),
    "end_0": ("all is well", "mọi việc đều ổn"),
    "end_1": ("something that was checked does not hold", "có điều được kiểm tra mà không đúng"),
    "end_2": (
        "an input is wrong, or something cannot be written: every fault is named, with its file and line",
        "đầu vào sai hoặc không ghi được: nêu từng lỗi, kèm tên tệp và dòng",
    ),
    "end_3": (
        "no plan can exist: the rules in conflict are named",
        "không thể có kế hoạch nào: nêu các quy định mâu thuẫn nhau",
    ),
    "end_4": ("the time ran out before any plan was found", "hết thời gian trước khi tìm được kế hoạch"),
    "end_130": (
        "interrupted with Ctrl-C; nothing half-written is left",
        "bị dừng bằng Ctrl-C; không để lại tệp ghi dở",
    ),
    "end_141": (
        "the program that read the output stopped reading",
        "chương trình nhận kết quả đã ngừng đọc",
    ),
    "end_143": (
        "ended by the system or another program (SIGTERM); nothing half-written is left",
        "bị hệ thống hoặc chương trình khác kết thúc (SIGTERM); không để lại tệp ghi dở",
    ),
    "end": ("{status}: {meaning}", "{status}: {meaning}"),
}
