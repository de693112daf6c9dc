"""Plans next to a plan: with one column more, or one in the place of another.

They are found without an engine, and are plans because every row and bound says so: what changes is looked up in the
rows of the two columns. All columns that may make room in one row are looked at together, and looked up once: in the
rows of a province thousands stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from planner.optimiser.integer_program import IntegerProgram

WITHIN = 1e-6  # a row is broken by more


@dataclass(frozen=True)
class _Leaving:
    """The columns that stand in a row and may leave a plan: their terms, one column after another.

    Of each term its row, and how far that may be moved up and down; `first` are the places where columns begin.
    """

    rows: np.ndarray
    terms: np.ndarray
    above: np.ndarray
    below: np.ndarray
    first: np.ndarray


def next_to(matrix: IntegerProgram, x: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which of the wanted columns (Boolean), 0 in a plan `x` of 0s and 1s, are 1 in a plan next to it.

    Such a plan has that column at 1, and perhaps one of the columns that `x` has at 1 at 0; all others as `x` has them.
    """
    found = np.zeros(len(x), dtype=bool)
    by_column, by_row = matrix.terms.tocsc(), matrix.terms
    activity = matrix.terms @ x
    above, below = matrix.row_upper - activity + WITHIN, activity - matrix.row_lower + WITHIN
    free = matrix.upper > matrix.lower
    may_leave = free & (x == 1)
    length = np.diff(by_row.indptr)

    @cache
    def leaving(row: int) -> _Leaving:
        standing = by_row.indices[by_row.indptr[row] : by_row.indptr[row + 1]]
        block = by_column[:, standing[may_leave[standing]]]
        return _Leaving(block.indices, block.data, above[block.indices], below[block.indices], block.indptr[:-1])

    coming, must = np.zeros(len(above)), np.zeros(len(above), dtype=int)
    for new in np.flatnonzero(wanted & free & (x == 0)):
        inside = slice(by_column.indptr[new], by_column.indptr[new + 1])
        rows, terms = by_column.indices[inside], by_column.data[inside]
        broken = rows[(terms > above[rows]) | (-terms > below[rows])]
        if len(broken) == 0:
            found[new] = True
            continue
        old = leaving(int(broken[np.argmin(length[broken])]))
        if len(old.first) == 0:
            continue
        coming[rows], must[broken] = terms, 1
        change = coming[old.rows] - old.terms
        obeyed = np.logical_and.reduceat((change <= old.above) & (-change <= old.below), old.first)
        found[new] = bool(np.any(obeyed & (np.add.reduceat(must[old.rows], old.first) == len(broken))))
        coming[rows], must[broken] = 0.0, 0
    return found
