"""What a run keeps of its tables, what stands for itself, what is told to others together."""

WORDS = {
    "kept_roster": ("the roster", "danh sách cán bộ"),
    "kept_agencies": ("the table of agencies", "bảng đơn vị"),
    "kept_retirement": ("the table of retirement", "bảng tuổi nghỉ hưu"),
    "kept_history": ("the table of earlier starts", "bảng các lượt đã cử trước kỳ kế hoạch"),
    "kept_earlier": ("the earlier plan", "kế hoạch đã lập trước"),
    "run_notice_left_out": (
        "Not kept of {table}, for nothing in the plan follows from it: {names}.",
        "Các nội dung không lưu từ {table}, vì kế hoạch không dùng đến: {names}.",
    ),
    "run_notice_whole": (
        "Kept whole, columns that count for nothing included, is {table}: a shorter form would not be read the"
        " same. Whoever has this folder has all of it.",
        "Lưu nguyên vẹn {table}, kể cả các cột kế hoạch không dùng đến: bản rút gọn sẽ không đọc được như cũ."
        " Ai có thư mục này đều có toàn bộ nội dung đó.",
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
