"""Sentences about models."""

WORDS = {
    "too_many_digits": (
        "goal '{goal}': its weights, points or costs need more than {digits:# digit|# digits} together; round them",
        "mục tiêu '{goal}': các trọng số, điểm hoặc chi phí cần hơn {digits:#} chữ số; hãy làm tròn",
    ),
}
