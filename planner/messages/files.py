"""Sentences about what is written: what stands there already, what a killed process left, what is kept elsewhere."""

WORDS = {
    "appeared_meanwhile": (
        "{path} appeared while the work was going on, and is not replaced",
        "{path} mới xuất hiện trong lúc đang làm, nên không ghi đè",
    ),
    "file_not_ours": (
        "{path} is not a file that planner wrote, or was changed since, so --force does not replace it",
        "{path} không phải tệp do planner ghi hoặc đã bị sửa sau khi ghi, nên --force không thay thế",
    ),
    "folder_holds_changed": (
        "{folder} holds files that were changed since planner wrote them ({names}), so --force does not replace it; "
        "move them away, or name another folder",
        "{folder} có tệp đã bị sửa sau khi planner ghi ({names}), nên --force không thay thế; "
        "hãy chuyển các tệp này đi nơi khác hoặc chọn thư mục khác",
    ),
    "no_room_for_reason": (
        "nothing can be written into {folder}: {reason}",
        "không ghi được vào {folder}: {reason}",
    ),
    "kept_elsewhere": (
        "The result is not lost: it is kept in {place}",
        "Kết quả không mất: đã lưu tạm tại {place}",
    ),
    "interrupted_written": (
        "Interrupted; written by then: {paths}",
        "Đã dừng theo yêu cầu; đã kịp ghi: {paths}",
    ),
    "put_back": (
        "{path} is back: a command that was replacing it had been killed",
        "Đã khôi phục {path}: lệnh đang thay thế nó đã bị ngắt giữa chừng",
    ),
    "left_over_removed": (
        "{path}: left behind by a command that had been killed; removed",
        "{path}: tệp dở dang do một lệnh bị ngắt để lại; đã xóa",
    ),
    "left_over_stays": (
        "{path}: left behind by a command, perhaps one still at work; it could not be removed",
        "{path}: tệp dở dang do một lệnh để lại, có thể lệnh đó còn đang chạy; không xóa được",
    ),
    "help_tidy": (
        "Remove what killed commands have left in a folder and below it, and put back what they were replacing.",
        "Xóa những gì các lệnh bị ngắt để lại trong thư mục và các thư mục con; khôi phục những gì đang thay dở.",
    ),
    "help_tidy_folder": ("the folder; by default the current one", "thư mục; mặc định là thư mục hiện tại"),
    "nothing_left_over": ("{folder}: nothing was left behind.", "{folder}: không có tệp dở dang nào."),
    "kept_nowhere": (
        "Nor could the result be kept among the temporary files; it is lost",
        "Cũng không lưu tạm được kết quả; kết quả đã mất",
    ),
    "drafts_left": (
        "{folder} holds {number:# draft|# drafts} of commands at work or killed; planner tidy takes away what nobody writes any more.",
        "{folder} có {number:#} bản nháp của lệnh đang chạy hoặc đã bị ngắt; planner tidy sẽ xóa những bản không còn ai ghi.",
    ),
    "export_table_there": (
        "another file than the table that is to come along stands at {path}; move it away, or export to another place",
        "tại {path} đã có tệp khác với bảng cần đi kèm; hãy chuyển tệp đó đi hoặc xuất ra nơi khác",
    ),
    "export_came_along": (
        "Came along, for the scenario may read in its own folder alone: {path}",
        "Bảng đi kèm, vì phương án chỉ được đọc tệp trong thư mục của mình: {path}",
    ),
    "larger_than": (
        "the file is larger than {limit:#} MB, and planner writes none of its kind so large; it is not read",
        "tệp lớn hơn {limit:#} MB, trong khi planner không ghi tệp loại này lớn như vậy; tệp không được đọc",
    ),
}
