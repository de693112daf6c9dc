"""Sentences about sweeps: what is varied, and how far the work is."""

WORDS = {
    "vary_form": (
        "'{text}': expected KEY=VALUES, such as seats.theory.per_year.max=4..8 or absence.share=0.1,0.2",
        "'{text}': cần KHÓA=GIÁ TRỊ, ví dụ seats.theory.per_year.max=4..8 hoặc absence.share=0.1,0.2",
    ),
    "vary_range": (
        "'{text}': expected FIRST..LAST with whole numbers, or FIRST..LAST..STEP with a step above 0",
        "'{text}': cần ĐẦU..CUỐI với số nguyên, hoặc ĐẦU..CUỐI..BƯỚC với bước lớn hơn 0",
    ),
    "vary_twice": ("'{name}' is varied twice", "'{name}' được thay đổi hai lần"),
    "vary_overlap": (
        "'{name}' lies inside '{other}', which is varied, too",
        "'{name}' nằm trong '{other}' là mục cũng được thay đổi",
    ),
    "vary_too_many": (
        "{number:# scenario is|# scenarios are} too many; at most {limit:#}",
        "{number:#} phương án là quá nhiều; tối đa {limit:#}",
    ),
    "unknown_path": (
        "{at}: the scenario has no '{name}' there{nearest}",
        "{at}: phương án không có '{name}' ở đó{nearest}",
    ),
    "ambiguous_path": (
        "{at}: '{name}' could be any of {places}",
        "{at}: '{name}' có thể là một trong: {places}",
    ),
    "not_a_sweep": (
        "{folder} holds other things than a sweep's results; choose another folder",
        "{folder} có tệp khác ngoài kết quả của lệnh này; hãy chọn thư mục khác",
    ),
    "workers_positive": (
        "the number of solves at once must be at least 1",
        "số kế hoạch tính cùng lúc phải từ 1 trở lên",
    ),
    "task_crashed": ("the solve crashed (exit status {status})", "lần tính bị dừng đột ngột (mã {status})"),
    "task_failed": ("the solve failed: {reason}", "lần tính bị lỗi: {reason}"),
    "no_cluster_library": (
        "a cluster needs the extra `cluster`: pip install 'planner[cluster]'",
        "dùng cụm máy cần gói bổ sung `cluster`: pip install 'planner[cluster]'",
    ),
    "no_cluster": ("no Dask scheduler answers at {address}", "không có máy điều phối Dask nào trả lời tại {address}"),
    "sweep_cannot_write": (
        "{folder}: the sweep cannot go on: {reason}; {kept:#} of {total:# scenario is|# scenarios are} kept there, and the same command goes on from them",
        "{folder}: không ghi tiếp được loạt phương án: {reason}; đã lưu tại đó {kept:#}/{total:#} phương án, chạy lại lệnh này sẽ làm tiếp",
    ),
}
