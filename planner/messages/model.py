"""Sentences about models."""

WORDS = {
    "too_many_digits": (
        "goal '{goal}': {value} has too many digits beside {largest}, the largest: round it to a multiple of {unit}",
        "mục tiêu '{goal}': {value} có quá nhiều chữ số so với số lớn nhất {largest}: hãy làm tròn đến bội số của {unit}",
    ),
}
