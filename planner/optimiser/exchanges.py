"""Plans next to a plan: with one column more, or one in the place of another.

They are found without an engine, and are plans because every row and bound says so: what changes is looked up in the
rows of the two columns. All columns that may make room in one row are looked at together, and looked up once: in the
rows of a province thousands stand.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import sparse

from planner.optimiser.integer_program import IntegerProgram

WITHIN = 1e-6  # a row is broken by more


class _Leaving:
    """The columns that stand in a row and may leave a plan, looked up by the rows that they stand in.

    Parameters
    ----------
    block
        Their terms.
    above, below
        How far each row may be moved up and down.
    """

    def __init__(self, block: sparse.csc_matrix, above: np.ndarray, below: np.ndarray) -> None:
        self.number = block.shape[1]
        order = np.argsort(block.indices, kind="stable")
        self._rows, self._terms = block.indices[order], block.data[order]
        self._column = np.repeat(np.arange(self.number), np.diff(block.indptr))[order]
        self._above, self._below = above[self._rows], below[self._rows]
        self._breaks = (-self._terms > self._above) | (self._terms > self._below)
        self._alone = np.bincount(self._column[self._breaks], minlength=self.number)

    def one_makes_room(self, rows: np.ndarray, terms: np.ndarray, broken: np.ndarray) -> bool:
        """Whether one of them may leave while a column comes that has some terms in some rows, some broken by them.

        Only the rows that both stand in are looked at: what leaving breaks elsewhere is known.
        """
        begin, end = (np.searchsorted(self._rows, rows, side=side) for side in ("left", "right"))
        size = end - begin
        place = np.repeat(begin - np.cumsum(size) + size, size) + np.arange(size.sum())
        column, by = self._column[place], np.repeat(terms, size) - self._terms[place]
        wrong = (by > self._above[place]) | (-by > self._below[place])
        mended = np.repeat(np.isin(rows, broken), size) & ~wrong
        left = self._alone - np.bincount(column[self._breaks[place]], minlength=self.number)
        left += np.bincount(column[wrong], minlength=self.number)
        return bool(np.any((left == 0) & (np.bincount(column[mended], minlength=self.number) == len(broken))))


def next_to(matrix: IntegerProgram, x: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which of the wanted columns (Boolean), 0 in a plan `x` of 0s and 1s, are 1 in a plan next to it.

    Such a plan has that column at 1, and perhaps one of the columns that `x` has at 1 at 0; all others as `x` has them.
    """
    found = np.zeros(len(x), dtype=bool)
    by_column, by_row = matrix.terms.tocsc(), matrix.terms
    activity = matrix.terms @ x
    above, below = matrix.row_upper - activity + WITHIN, activity - matrix.row_lower + WITHIN
    free = matrix.upper > matrix.lower
    may_leave = free & (x == 1) & (matrix.lower <= 0)
    length = np.diff(by_row.indptr)

    @cache
    def leaving(row: int) -> _Leaving:
        standing = by_row.indices[by_row.indptr[row] : by_row.indptr[row + 1]]
        return _Leaving(by_column[:, standing[may_leave[standing]]], above, below)

    for new in np.flatnonzero(wanted & free & (x == 0)):
        inside = slice(by_column.indptr[new], by_column.indptr[new + 1])
        rows, terms = by_column.indices[inside], by_column.data[inside]
        broken = rows[(terms > above[rows]) | (-terms > below[rows])]
        if len(broken) == 0:
            found[new] = True
            continue
        old = leaving(int(broken[np.argmin(length[broken])]))
        found[new] = old.number > 0 and old.one_makes_room(rows, terms, broken)
    return found
