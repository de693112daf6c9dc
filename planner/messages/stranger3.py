"""Sentences of plans that cover different years."""

WORDS = {
    "compare_years_differ": (
        "{a} covers {years_a}, {b} {years_b}: starts and people are compared in the years that both cover; sums and goals "
        "are those of each plan's own years",
        "{a} lập cho kỳ {years_a}, {b} lập cho kỳ {years_b}: lượt cử và cán bộ chỉ so sánh trong những năm có ở cả hai kế "
        "hoạch; số cộng cả kỳ và các mục tiêu tối ưu tính theo kỳ của từng kế hoạch",
    ),
    "yardstick_years": ("other years", "khác kỳ kế hoạch"),
}
