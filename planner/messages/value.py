"""Sentences about the worth of seats and about the frontier."""

WORDS = {
    "value_title": ("What one more and one fewer would change", "Thêm một hoặc bớt một thì thay đổi gì"),
    "value_limit": ("limit", "giới hạn"),
    "value_year": ("year", "năm"),
    "value_room": ("used", "đã dùng"),
    "value_step": ("one more, one fewer: the plan is", "thêm, bớt một: kế hoạch"),
    "value_becomes": ("{step}: {plan}", "{step}: {plan}"),
    "value_total": ("total", "cả kỳ"),
    "value_used": ("{used:#} of {limit:#}", "{used:#}/{limit:#}"),
    "value_seats": ("{pool}", "{pool}"),
    "value_absence": ("away from {agency}", "số người vắng mặt tại {agency}"),
    "value_leaders": ("leaders away from {agency}", "số lãnh đạo vắng mặt tại {agency}"),
    "value_per_agency": ("{pool}: starts of {agency}", "{pool}: lượt của {agency}"),
    "value_better": ("better", "tốt hơn"),
    "value_worse": ("worse", "kém hơn"),
    "value_no_change": ("no change", "không đổi"),
    "value_implied": ("no change: not used up", "không đổi: chưa dùng hết"),
    "value_impossible": ("no plan is possible", "không có kế hoạch nào"),
    "value_nothing_left": ("there is none to take away", "không còn gì để bớt"),
    "value_nothing": (
        "At {number:# other limit|# other limits} neither one more nor one fewer changes any goal.",
        "Ở {number:#} giới hạn khác, thêm hay bớt một đều không thay đổi mục tiêu nào.",
    ),
    "frontier_title": ("Seats against attainment: {target}", "Chỉ tiêu và kết quả: {target}"),
    "frontier_intro": (
        "Seats a year vary in: {pools}. The target asks for {required:# person|# people}.",
        "Số chỉ tiêu mỗi năm thay đổi ở: {pools}. Mục tiêu yêu cầu {required:#} người.",
    ),
    "frontier_more": ("seats more a year", "chỉ tiêu thêm mỗi năm"),
    "frontier_seats": ("seats in all", "tổng chỉ tiêu"),
    "frontier_attained": ("attained [people]", "đạt được [người]"),
    "frontier_shortfall": ("short [people]", "còn thiếu [người]"),
    "frontier_attainable": ("attainable if only this counted [people]", "có thể đạt nếu chỉ tính mục tiêu này [người]"),
    "frontier_unknown_target": ("no target is called '{name}'{nearest}", "không có mục tiêu nào tên '{name}'{nearest}"),
    "frontier_unknown_pool": (
        "no pool is called '{name}'{nearest}",
        "không có chỉ tiêu nào tên '{name}'{nearest}",
    ),
    "frontier_no_pool": (
        "no pool with a yearly maximum leads to the target '{name}'",
        "không có chỉ tiêu nào có mức tối đa hằng năm phục vụ mục tiêu '{name}'",
    ),
    "frontier_which": (
        "--target is missing: the target asked about{nearest}",
        "thiếu --target: mục tiêu cần hỏi{nearest}",
    ),
}
