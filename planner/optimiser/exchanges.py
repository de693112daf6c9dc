"""Plans next to a plan: with one column more, or one in the place of another.

They are found without an engine, and are plans because every row and bound says so: what changes is looked up in the
rows of the two columns.
"""

from __future__ import annotations

import numpy as np

from planner.optimiser.integer_program import IntegerProgram

WITHIN = 1e-6  # a row is broken by more


def next_to(matrix: IntegerProgram, x: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which of the wanted columns (Boolean), 0 in a plan `x` of 0s and 1s, are 1 in a plan next to it.

    Such a plan has that column at 1, and perhaps one of the columns that `x` has at 1 at 0; all others as `x` has them.
    """
    found = np.zeros(len(x), dtype=bool)
    by_column, by_row = matrix.terms.tocsc(), matrix.terms
    activity = matrix.terms @ x
    above, below = matrix.row_upper - activity + WITHIN, activity - matrix.row_lower + WITHIN
    free = matrix.upper > matrix.lower
    leaving = free & (x == 1)

    def column(number: int) -> tuple[np.ndarray, np.ndarray]:
        inside = slice(by_column.indptr[number], by_column.indptr[number + 1])
        return by_column.indices[inside], by_column.data[inside]

    for new in np.flatnonzero(wanted & free & (x == 0)):
        rows, terms = column(int(new))
        broken = rows[(terms > above[rows]) | (-terms > below[rows])]
        if len(broken) == 0:
            found[new] = True
            continue
        row = broken[np.argmin(by_row.indptr[broken + 1] - by_row.indptr[broken])]
        standing = by_row.indices[by_row.indptr[row] : by_row.indptr[row + 1]]
        for old in standing[leaving[standing]]:
            left, less = column(int(old))
            touched = np.concatenate([rows, left])
            by = np.concatenate([terms, -less])
            order = np.argsort(touched, kind="stable")
            places, first = np.unique(touched[order], return_index=True)
            change = np.add.reduceat(by[order], first)
            if np.all(change <= above[places]) and np.all(-change <= below[places]):
                found[new] = True
                break
    return found
