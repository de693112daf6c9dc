"""Sentences about places and names, used by every other room's faults."""

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
        "{folder} holds what planner did not write there ({names}), so --force does not replace it",
        "{folder} có thứ không do planner ghi ({names}), nên --force không thay thế",
    ),
    "no_room_in": ("nothing can be written into {folder}", "không ghi được gì vào {folder}"),
    "file_missing": ("the file does not exist", "tệp không tồn tại"),
    "file_unreadable": ("the file cannot be read: {reason}", "không đọc được tệp: {reason}"),
    "cannot_write": ("{path} cannot be written: {reason}", "không ghi được {path}: {reason}"),
}
