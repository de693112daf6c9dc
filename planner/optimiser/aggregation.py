"""How many of a kind: whole columns that count, so that an engine may branch on a number instead of on names.

A year's budget says: so much for each start of one programme, so much for each of another. Which cadre starts is all
the same to it, and a search that forbids one name finds the next. Let a column be the number of columns that have the
same coefficient in such a row, and write the row in these numbers: the row becomes a knapsack of a few whole numbers,
whose rounding cuts are strong, and a branch on one of them decides for all names at once. The numbers follow from the
columns they count, so the plans are the same, and so are their values.

References
----------
Marchand, Wolsey, "Aggregation and mixed integer rounding to solve MIPs", Operations Research 49 (2001).
Margot, "Symmetry in integer linear programming", in: 50 Years of Integer Programming 1958-2008 (2010).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from planner.optimiser.integer_program import IntegerProgram

SHORTEST = 8  # terms of a row that is written in numbers; measured, see benchmarks/
LEAST = 3  # columns that are worth a number of their own
MOST_KINDS = 12  # different coefficients in a row; with more, hardly two columns are alike


def aggregated(matrix: IntegerProgram) -> IntegerProgram:
    """The same matrix, its long rows with few different coefficients written in numbers: columns at the end."""
    terms, numbers = matrix.terms.tocsr(), _Numbers(matrix)
    rewritten = np.zeros(terms.shape[0], dtype=bool)
    for row in np.flatnonzero(np.diff(terms.indptr) >= SHORTEST):
        inside = slice(terms.indptr[row], terms.indptr[row + 1])
        rewritten[row] = numbers.rewrite(int(row), terms.indices[inside], terms.data[inside])
    return numbers.matrix(~rewritten) if rewritten.any() else matrix


def counted(written: IntegerProgram, x: np.ndarray) -> np.ndarray:
    """A plan of a matrix as one of the same matrix written in numbers."""
    definitions = written.terms[written.terms.shape[0] - (len(written.cost) - len(x)) :, : len(x)]
    return np.append(x, definitions @ x)


@dataclass
class _Numbers:
    """The numbers found so far, by the columns they count, and the rows written in them."""

    before: IntegerProgram
    known: dict[bytes, int] = field(default_factory=dict)
    counted: list[np.ndarray] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    written: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    def rewrite(self, row: int, columns: np.ndarray, coefficients: np.ndarray) -> bool:
        """Write a row in numbers, if that is worth it."""
        values, kind = np.unique(coefficients, return_inverse=True)
        sizes = np.bincount(kind)
        if not 1 < len(values) <= MOST_KINDS or sizes.max() < LEAST:
            return False
        alone = sizes[kind] < LEAST
        worth = np.flatnonzero(sizes >= LEAST)
        numbers = [self._number(np.sort(columns[kind == place])) for place in worth]
        self.rows.append(row)
        self.written.append(
            (np.append(columns[alone], numbers).astype(int), np.append(coefficients[alone], values[worth]))
        )
        return True

    def _number(self, columns: np.ndarray) -> int:
        key = columns.tobytes()
        if key not in self.known:
            self.known[key] = len(self.before.cost) + len(self.counted)
            self.counted.append(columns)
        return self.known[key]

    def matrix(self, kept: np.ndarray) -> IntegerProgram:
        """The rows kept, those written in numbers, and what each number is."""
        old, further, size = self.before, len(self.counted), len(self.before.cost)
        counts = _rows([(columns, np.ones(len(columns))) for columns in self.counted], size)
        terms = [
            sparse.hstack([old.terms[kept], sparse.csr_matrix((int(kept.sum()), further))]),
            _rows(self.written, size + further),
            sparse.hstack([counts, -sparse.identity(further)]),
        ]
        return replace(
            old,
            cost=np.append(old.cost, np.zeros(further)),
            terms=sparse.vstack(terms, format="csr"),
            row_lower=np.concatenate([old.row_lower[kept], old.row_lower[self.rows], np.zeros(further)]),
            row_upper=np.concatenate([old.row_upper[kept], old.row_upper[self.rows], np.zeros(further)]),
            lower=np.append(old.lower, counts @ old.lower),
            upper=np.append(old.upper, counts @ old.upper),
        )


def _rows(rows: list[tuple[np.ndarray, np.ndarray]], columns: int) -> sparse.csr_matrix:
    """Rows of columns and coefficients as a matrix."""
    pointers = np.append(0, np.cumsum([len(row) for row, _ in rows], dtype=int))
    indices, data = (np.concatenate(pieces) for pieces in zip(*rows, strict=True))
    return sparse.csr_matrix((data, indices, pointers), (len(rows), columns))
