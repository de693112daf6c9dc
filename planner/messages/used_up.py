"""What is said where a limit that is used up, or a repair, is not the whole of the reason."""

WORDS = {
    "screen_other_limits": (
        "could start, but another limit or a better goal leaves no room",
        "đủ điều kiện, nhưng vướng giới hạn khác hoặc mục tiêu xếp trên",
    ),
    "missed_goals_above": (
        "the repair does not count what is ranked above this target, which may keep it short: {goals}",
        "cách khắc phục chưa tính những mục tiêu xếp trên, nên vẫn có thể không đạt: {goals}",
    ),
    "missed_others_left_out": (
        "the repair is for this target alone; where others compete for the same places, it may take more",
        "cách khắc phục tính riêng cho mục tiêu này; nếu mục tiêu khác cùng cần chỗ đó thì có thể phải thêm",
    ),
}
