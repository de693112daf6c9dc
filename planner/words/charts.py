"""Titles, axes and legends of the pictures; sentences of the tables behind them."""

WORDS = {
    "no_such_agency": ("no agency is called '{name}'{nearest}", "không có cơ quan nào tên '{name}'{nearest}"),
    "not_in_horizon": (
        "{year} is not one of the plan's years, {first} to {last}",
        "{year} không nằm trong các năm của kế hoạch, từ {first} đến {last}",
    ),
    "reason_targets": ("For the targets: {targets}", "Để đạt mục tiêu: {targets}"),
    "reason_seats": ("For the year's seats: {pools}", "Để bảo đảm chỉ tiêu hằng năm: {pools}"),
    "reason_beyond": ("Beyond what a target needs", "Ngoài yêu cầu của các mục tiêu"),
    "reason_priority": ("Priority: {groups}", "Ưu tiên: {groups}"),
}
