"""The rows: sums over columns that are at most something, with whole numbers, of which multipliers make a proof."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from planner.verification.numbers import Number
from planner.verification.proof.study_plans import StudyPlans

Key = tuple[str | int, ...]
Columns = Sequence[int] | np.ndarray
Term = tuple[Columns, Number | Sequence[Number]]  # columns, and the coefficient of all of them or of each
TOTAL = "total"  # where the year would stand: over the horizon


@dataclass(frozen=True)
class Row:
    """The sum of coefficient x column is at most `most`; no column stands in it twice."""

    columns: np.ndarray
    coefficients: np.ndarray
    most: int


@dataclass
class Rows:
    """The columns and the rows of a problem.

    Columns are numbered: the starts of `study_plans.starts` first, then, as they are asked for, what study plans decide
    (`attained`, `away`) and the whole numbers that goals and classes speak of. The smallest value of each is 0.

    Attributes
    ----------
    columns
        The key of each column after the starts -> its number.
    upper
        The largest value of the whole numbers, by the column; of what study plans decide it is 1.
    rows
        Key -> row.
    """

    study_plans: StudyPlans
    columns: dict[Key, int] = field(default_factory=dict)
    upper: dict[int, int] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.study_plans.starts) + len(self.columns)

    def decided(self, *key: str | int) -> int:
        """The column of something that study plans decide, new or known."""
        return self.columns.setdefault(key, self.size)

    def number(self, *key: str | int, most: int) -> int:
        """A new column: a whole number from 0 to `most`."""
        self.upper[self.size] = most
        return self.decided(*key)

    def at_most(self, key: Key, most: Number, *terms: Term) -> None:
        """A row, multiplied until all its numbers are whole; none where nothing could break it or keep it."""
        columns, coefficients = _joined(terms)
        if len(columns) == 0:
            return
        scale = math.lcm(*(each.denominator for each in {*coefficients, most}))
        whole = np.array([int(each * scale) for each in coefficients], dtype=object)
        self.rows[key] = Row(columns, whole, int(most * scale))

    def at_least(self, key: Key, least: Number, *terms: Term) -> None:
        """The same the other way round."""
        columns, coefficients = _joined(terms)
        self.at_most(key, -least, (columns, [-each for each in coefficients]))


def _joined(terms: Sequence[Term]) -> tuple[np.ndarray, list[Number]]:
    """Columns and coefficients, one by one."""
    columns: list[int] = []
    coefficients: list[Number] = []
    for some, weights in terms:
        columns += map(int, some)
        coefficients += [weights] * len(some) if isinstance(weights, int | Fraction) else weights
    return np.array(columns, dtype=int), coefficients
