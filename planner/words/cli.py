"""Sentences of the command line."""

WORDS = {
    "help": (
        "Turns a training scheme for public officials into a schedule: who goes to which programme in which year, "
        "so that as much as possible of the targets is reached, provably.",
        "Lập kế hoạch đào tạo, bồi dưỡng cán bộ: ai học chương trình nào, năm nào, để đạt nhiều mục tiêu nhất, "
        "có chứng minh.",
    ),
    "help_lang": ("en or vi; by default the machine's language", "en hoặc vi; mặc định theo ngôn ngữ của máy"),
    "help_scenario": ("the scenario file (.yaml)", "tệp kịch bản (.yaml)"),
    "help_run": ("a run folder, as solve writes it", "thư mục kết quả do lệnh solve ghi"),
    "help_published": ("the published-tables file (.yaml)", "tệp các biểu số liệu đã công bố (.yaml)"),
    "help_force": ("replace an existing folder", "thay thế thư mục đã có"),
    "help_solve": ("Find the best plan and prove it.", "Tìm kế hoạch tốt nhất và chứng minh."),
    "help_out": ("the run folder to write", "thư mục kết quả sẽ ghi"),
    "help_quiet": ("show no progress", "không hiện tiến độ"),
    "help_verify": (
        "Derive a run's plan and figures again, without solver or model; exit 1 with what does not hold.",
        "Kiểm tra lại kế hoạch và số liệu, không dùng bộ giải; thoát với mã 1 nếu có điều không đúng.",
    ),
    "help_check": (
        "Check a scenario and its tables without solving; count the admissible starts.",
        "Kiểm tra kịch bản và các bảng mà không giải; đếm số lượt có thể cử.",
    ),
    "help_audit": (
        "Check published tables against themselves: sums, percentages, yearly ranges, demands.",
        "Đối chiếu các biểu đã công bố: tổng, tỷ lệ, khoảng hằng năm, nhu cầu.",
    ),
    "help_audit_out": ("write the table as csv, too", "ghi thêm bảng ra tệp csv"),
    "help_reconstruct": (
        "Rebuild a roster from published tables.",
        "Dựng lại danh sách cán bộ từ các biểu đã công bố.",
    ),
    "help_reconstruct_out": ("the folder to write", "thư mục sẽ ghi"),
    "help_seed": ("of what is drawn", "mầm ngẫu nhiên của những gì được bốc"),
    "help_init": ("Write a small scenario to start from.", "Ghi một kịch bản mẫu nhỏ để bắt đầu."),
    "help_init_folder": ("the folder to write", "thư mục sẽ ghi"),
    "interrupted": ("Interrupted; nothing was written.", "Đã dừng theo yêu cầu; không ghi gì."),
    "unknown_language": ("unknown language '{name}'; known: en, vi", "không có ngôn ngữ '{name}'; chỉ có en, vi"),
    "template_written": (
        "Written to {folder}. Next: planner solve {folder}/scenario.yaml --out {folder}/run",
        "Đã ghi vào {folder}. Tiếp theo: planner solve {folder}/scenario.yaml --out {folder}/run",
    ),
    "no_plan_in_time": (
        "No plan was found within {seconds} seconds; solver.time_limit_s allows more.",
        "Chưa tìm được kế hoạch nào trong {seconds} giây; có thể tăng solver.time_limit_s.",
    ),
    "run_written": ("The plan is in {folder}.", "Kế hoạch nằm trong {folder}."),
    "verified": (
        "{folder} holds: {starts} starts obey every rule, and every figure is as derived again.",
        "{folder} đúng: {starts} lượt cử tuân thủ mọi quy tắc, mọi số liệu khớp khi tính lại.",
    ),
    "not_verified": ("What does not hold in {folder}", "Những điều không đúng trong {folder}"),
    "audit_of": ("Audit of {file}", "Đối chiếu {file}"),
    "rebuilt": (
        "{cadres} cadres of {agencies} agencies were rebuilt into {folder}.",
        "Đã dựng lại {cadres} cán bộ của {agencies} cơ quan vào {folder}.",
    ),
    "no_plan": (
        "No plan can exist: these rules contradict each other.",
        "Không thể có kế hoạch nào: các quy tắc sau mâu thuẫn nhau.",
    ),
    "no_plan_hint": (
        "Without any one of them there would be a plan.",
        "Bỏ bất kỳ quy tắc nào trong số đó thì sẽ có kế hoạch.",
    ),
    "progress_parts": ("{parts} of {of_parts} parts", "{parts}/{of_parts} phần"),
    "interrupted_had": ("Interrupted. Known so far:", "Đã dừng theo yêu cầu. Những gì đã biết:"),
    "check_cadres": ("cadres", "cán bộ"),
    "check_agencies": ("agencies", "cơ quan"),
    "check_programmes": ("programmes", "chương trình"),
    "check_admissible": ("admissible starts", "lượt có thể cử"),
    "check_refused": ("starts that are not admissible", "lượt không thể cử"),
    "check_title": ("The scenario is sound", "Kịch bản hợp lệ"),
    "check_reasons": (
        "Why starts are not admissible (a start may have several reasons)",
        "Vì sao không thể cử (một lượt có thể có nhiều lý do)",
    ),
    "check_by_programme": ("Admissible starts by programme and year", "Lượt có thể cử theo chương trình và năm"),
    "check_headcount": (
        "{agency}: the headcount {headcount} is less than its {rows} cadres on the roster",
        "{agency}: biên chế {headcount} ít hơn {rows} cán bộ trong danh sách",
    ),
    "column_programme": ("programme", "chương trình"),
    "column_rule": ("rule", "quy tắc"),
    "column_where": ("where", "ở đâu"),
    "column_title": ("", ""),
}
