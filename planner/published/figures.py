"""What a printed number says: its verdict beside the exact one, and the counts that a percentage alone allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

ROUNDED, TRUNCATED, EXACT, WRONG = "rounded", "truncated", "exact", "wrong"


@dataclass(frozen=True)
class Bounds:
    """A number of people of which the tables say only that it is within two bounds [people]."""

    low: int
    high: int

    def __sub__(self, other: Bounds) -> Bounds:
        return Bounds(self.low - other.high, self.high - other.low)

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.low + other.low, self.high + other.high)

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}..{self.high}"

    def nearest(self, number: int) -> int:
        """The number within the bounds that is nearest to another."""
        return min(max(number, self.low), self.high)


def judged(printed: Decimal, exact: Fraction) -> str:
    """Whether a printed number is the exact one, or that rounded or truncated at the digits printed, or wrong."""
    scale = _scale(printed)
    value = Fraction(printed)
    if value == exact:
        return EXACT
    if value == Fraction(math.floor(exact * scale + Fraction(1, 2)), scale):
        return ROUNDED
    return TRUNCATED if value == Fraction(int(exact * scale), scale) else WRONG


def shown(exact: Fraction, printed: Decimal) -> str:
    """The exact number at the digits printed, and at one decimal at least."""
    digits = max(1, -int(printed.as_tuple().exponent))
    return f"{float(Fraction(math.floor(exact * 10**digits + Fraction(1, 2)), 10**digits)):.{digits}f}"


def _scale(printed: Decimal) -> int:
    return int(10 ** max(0, -int(printed.as_tuple().exponent)))


def counts_of(percent: Decimal, base: int, total: int) -> Bounds | None:
    """The counts up to `total` whose share of `base` rounds or cuts to a printed percentage; None if there are none.

    Whatever lies half a last digit below the printed number up to a whole one above it does.
    """
    if not base:
        return Bounds(0, 0) if not percent else None
    low = (Fraction(percent) - Fraction(1, 2 * _scale(percent))) * base / 100
    end = (Fraction(percent) + Fraction(1, _scale(percent))) * base / 100
    found = Bounds(max(0, math.ceil(low)), min(total, math.ceil(end) - 1))
    return found if found.low <= found.high else None


def nearest_counts(percent: Decimal, base: int, total: int) -> Bounds:
    """The counts up to `total` on either side of a percentage that no count gives."""
    exact = Fraction(percent) * base / 100
    return Bounds(min(total, math.floor(exact)), min(total, math.ceil(exact)))
