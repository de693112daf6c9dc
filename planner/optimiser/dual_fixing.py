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

from planner.optimiser.integer_program import IntegerProgram, by_sign

BROKEN = 1e-6  # a row is broken by more
FEWER, MANY = 0.5, 1_000  # of many columns: where no more are left, they are gone on with by themselves; measured


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
        self._negative, self._positive = by_sign(terms)
        self._rising, self._falling = (
            sparse.csr_matrix((sign.astype(float), terms.indices, terms.indptr), terms.shape).T
            for sign in (terms.data > 0, terms.data < 0)
        )

    def left(self, matrix: IntegerProgram) -> Left:
        """What is left of a matrix without the columns that are fixed and the rows that cannot be broken."""
        once, broken = self._fixed_once(matrix)
        while once is not None:
            matrix, free = once, once.upper > once.lower
            if len(free) > MANY and free.sum() <= FEWER * len(free):
                kept, columns, rows = matrix.free_part(broken)
                inner, others = DualFixing(kept.terms).left(kept), matrix.fixed()
                others[columns] = inner.others
                return Left(inner.matrix, columns[inner.columns], rows[inner.rows], others)
            once, broken = self._fixed_once(matrix)
        return Left(*matrix.free_part(broken), matrix.fixed())

    def _fixed_once(self, matrix: IntegerProgram) -> tuple[IntegerProgram | None, np.ndarray]:
        """The matrix with the columns fixed whose best value is plain as things are; None where there are none.

        And which rows could be broken as things are.
        """
        lower, upper = matrix.lower.copy(), matrix.upper.copy()
        least, most = self._negative @ upper, self._positive @ upper
        if lower.any():
            least, most = least + self._positive @ lower, most + self._negative @ lower
        short, over = least < matrix.row_lower - BROKEN, most > matrix.row_upper + BROKEN
        sides = np.column_stack([short, over]).astype(float)
        rising, falling = self._rising @ sides, self._falling @ sides
        gained, lost = rising[:, 0] + falling[:, 1] > 0, rising[:, 1] + falling[:, 0] > 0
        free = np.isfinite(lower) & np.isfinite(upper) & (upper > lower)
        low = free & (matrix.cost >= 0) & ~gained
        high = free & (matrix.cost <= 0) & ~lost & ~low
        if not (low.any() or high.any()):
            return None, short | over
        upper[low], lower[high] = lower[low], upper[high]
        return replace(matrix, lower=lower, upper=upper), short | over
