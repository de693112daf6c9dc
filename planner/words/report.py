"""Sentences and headings of summaries and reports."""

WORDS = {
    "headline_proven": (
        "{starts} starts for {cadres} cadres reach {reached} of {targets} targets; {short} people short in all. "
        "Proven: no plan does better.",
        "{starts} lượt cử đi học cho {cadres} cán bộ, đạt {reached}/{targets} mục tiêu; còn thiếu tổng cộng {short} lượt người. "
        "Đã chứng minh: không có kế hoạch nào tốt hơn.",
    ),
    "headline_feasible": (
        "{starts} starts for {cadres} cadres reach {reached} of {targets} targets; {short} people short in all. "
        "Not proven to be the best: see the bounds.",
        "{starts} lượt cử đi học cho {cadres} cán bộ, đạt {reached}/{targets} mục tiêu; còn thiếu tổng cộng {short} lượt người. "
        "Chưa chứng minh được là tốt nhất: xem cận.",
    ),
    "reason_no_seat_left": ("no seat or place was left", "không còn chỉ tiêu hoặc suất vắng mặt"),
    "goal_attainment": ("people short of the targets, weighted", "số người còn thiếu so với mục tiêu (có trọng số)"),
    "goal_seat_floors": ("starts below the yearly minimum", "lượt cử dưới mức tối thiểu hằng năm"),
    "goal_priority": ("priority points", "điểm ưu tiên"),
    "goal_early": ("years until completion, summed", "tổng số năm đến khi hoàn thành"),
    "goal_cost": ("cost", "chi phí"),
    "goal_lot": ("lots drawn", "số bốc thăm"),
    "goal_changes": ("changes to the earlier plan", "thay đổi so với kế hoạch trước"),
    "column_goal": ("goal", "mục tiêu tối ưu"),
    "column_value": ("value", "giá trị"),
    "column_bound": ("proven bound", "cận đã chứng minh"),
    "column_gap": ("gap", "khoảng cách"),
    "column_seconds": ("seconds", "giây"),
    "column_status": ("status", "trạng thái"),
    "column_target": ("target", "mục tiêu"),
    "column_required": ("required", "cần đạt"),
    "column_attained": ("attained", "đạt được"),
    "column_shortfall": ("short", "còn thiếu"),
    "column_unknown": ("unknown", "chưa rõ"),
    "column_pool": ("seats", "chỉ tiêu"),
    "column_starts": ("used", "đã dùng"),
    "column_room": ("available", "có thể dùng"),
    "column_below_min": ("below minimum", "dưới tối thiểu"),
    "column_waiting": ("who waits", "ai phải chờ"),
    "column_reason": ("why", "vì sao"),
    "column_number": ("cadres", "số cán bộ"),
    "status_optimal": ("proven", "đã chứng minh"),
    "status_feasible": ("not proven", "chưa chứng minh"),
    "status_time_limit": ("out of time", "hết thời gian"),
    "status_infeasible": ("impossible", "không thể"),
    "target_reached": ("reached", "đạt"),
    "target_missed": ("missed", "không đạt"),
}
