"""Exact numbers: a scenario's decimals are summed as the decimals that they were written as."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

Number = int | Fraction
TOLERANCE = Fraction(1, 10**9)  # of the contract, before anything is rounded


def fraction(amount: float) -> Fraction:
    """The decimal number that a scenario's float was written as."""
    return Fraction(str(amount))


def plain(number: Fraction) -> Number:
    """An int where the number is whole."""
    return int(number) if number.denominator == 1 else number


def total(amounts: Iterable[float]) -> Number:
    """The exact sum of decimal numbers."""
    numbers = Counter(amounts)  # few different ones
    return plain(sum((fraction(amount) * number for amount, number in numbers.items()), Fraction(0)))


def rounded_up(number: Fraction) -> int:
    """The next whole number, with the contract's tolerance."""
    return math.ceil(number - TOLERANCE)


def rounded_down(number: Fraction) -> int:
    """The last whole number, with the contract's tolerance."""
    return math.floor(number + TOLERANCE)
