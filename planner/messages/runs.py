"""Sentences about run folders."""

WORDS = {
    "not_a_run": (
        "{folder} is not a run folder: it has no run.json",
        "{folder} không phải thư mục kết quả: thiếu run.json",
    ),
    "damaged_run": ("the manifest of the run is damaged", "tệp run.json của thư mục kết quả bị hỏng"),
    "unknown_in_run": (
        "{column}: the scenario of the run has no '{found}'{nearest}",
        "{column}: phương án của kết quả không có '{found}'{nearest}",
    ),
    "other_rows": (
        "the rows are not those of the run's scenario",
        "các dòng không khớp với phương án của kết quả",
    ),
    "missing_column": ("the column '{name}' is missing", "thiếu cột '{name}'"),
    "changed_since_read": (
        "the file was changed while the plan was made; solve again",
        "tệp đã bị sửa trong lúc lập kế hoạch; hãy lập lại",
    ),
    "plan_in_no_folder": (
        "the plan is in no run folder; say where to write {name}",
        "kế hoạch không nằm trong thư mục kết quả nào; hãy nêu nơi ghi {name}",
    ),
    "answers_need_a_run": (
        "answers are kept in a run folder; write the plan into one first",
        "các câu trả lời được lưu trong thư mục kết quả; trước hết hãy ghi kế hoạch vào một thư mục",
    ),
    "changed_input": ("this is no longer what the run was made from", "tệp này không còn như lúc lập kế hoạch"),
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
}
