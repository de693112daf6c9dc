"""Why a start is not admissible."""

WORDS = {
    "reason_level_unknown": ("the level held is not known", "chưa rõ trình độ hiện có"),
    "reason_level_reached": ("the level is already held", "đã đạt trình độ này"),
    "reason_from_out_of_reach": ("the level it asks for cannot be reached in time", "không kịp đạt trình độ đầu vào"),
    "reason_not_eligible": ("not eligible in that year", "không đủ điều kiện trong năm đó"),
    "reason_retires_too_soon": (
        "would retire before the service owed is done",
        "nghỉ hưu trước khi đủ thời gian phục vụ",
    ),
    "reason_no_seat_pool": ("no seats are meant for this cadre", "không có chỉ tiêu dành cho cán bộ này"),
    "reason_forbidden": ("forbidden by the scenario", "phương án không cho phép"),
    "reason_studying_as_high": (
        "already studies as high or higher",
        "đang học chương trình cùng trình độ hoặc cao hơn",
    ),
    "reason_study_in_the_way": ("current study is in the way", "vướng chương trình đang học"),
    "reason_not_in_these_years": ("the programme is not held in that year", "chương trình không mở trong năm đó"),
    "reason_not_in_service": ("not yet in service in that year", "năm đó chưa vào công tác"),
    "reason_on_leave": ("on leave in these years", "nghỉ dài hạn trong thời gian học"),
    "reason_required_out_of_reach": (
        "a level that it requires cannot be reached in time",
        "không kịp đạt trình độ mà chương trình yêu cầu",
    ),
}
