"""Columns whose best value is plain: those that nothing gains by moving stay where they are cheapest.

A column that costs nothing or something, and by which no row gains, is best at its lower bound; one that costs nothing
or less, and by which no row loses, at its upper. A row that cannot be broken any more then asks for nothing, so that
further columns may follow. If there is a solution at all, some best one has all these values.

What holds for some rows holds for fewer of them, and for wider bounds of those that are left: nothing gains by more.

References
----------
Brearley, Mitra, Williams, "Analysis of mathematical programming problems prior to applying the simplex algorithm",
Mathematical Programming 8 (1975).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from planner.optimiser.integer_program import IntegerProgram

BROKEN = 1e-6  # a row is broken by more


@dataclass(frozen=True)
class Left:
    """What is left of a matrix: some columns and rows, as a matrix of their own; the values of all other columns."""

    matrix: IntegerProgram
    columns: np.ndarray
    rows: np.ndarray
    others: np.ndarray

    def whole(self, x: np.ndarray) -> np.ndarray:
        """The values of all columns, from those of the columns left."""
        found = self.others.copy()
        found[self.columns] = x
        return found


class DualFixing:
    """What is plain of matrices with the same terms, whatever their costs and bounds.

    Parameters
    ----------
    terms
        Rows x columns.
    """

    def __init__(self, terms: sparse.csr_matrix) -> None:
        self._positive, self._negative = terms.maximum(0).tocsr(), terms.minimum(0).tocsr()
        self._rising, self._falling = (
            part.sign().T.astype(float).tocsr() for part in (self._positive, -self._negative)
        )

    def left(self, matrix: IntegerProgram) -> Left:
        """What is left of a matrix without the columns that are fixed and the rows that cannot be broken."""
        fixed = self.fixed(matrix)
        return Left(*fixed.reduced(), fixed.fixed())

    def fixed(self, matrix: IntegerProgram) -> IntegerProgram:
        """The matrix with every column fixed whose best value is plain."""
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        bounded = np.isfinite(lower) & np.isfinite(upper)
        while True:
            least = self._positive @ lower + self._negative @ upper
            most = self._positive @ upper + self._negative @ lower
            short = (least < matrix.row_lower - BROKEN).astype(float)
            over = (most > matrix.row_upper + BROKEN).astype(float)
            gained = self._rising @ short + self._falling @ over > 0
            lost = self._rising @ over + self._falling @ short > 0
            free = bounded & (upper > lower)
            low = free & (matrix.cost >= 0) & ~gained
            high = free & (matrix.cost <= 0) & ~lost & ~low
            if not (low.any() or high.any()):
                return replace(matrix, lower=lower, upper=upper)
            upper[low], lower[high] = lower[low], upper[high]
