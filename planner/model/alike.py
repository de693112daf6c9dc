"""Cadres who are alike: exchanging two of them leaves every row and every goal as it is.

Two cadres are alike if their columns correspond one to one, each with the programme and the year of the other, and
every row and goal has the same coefficients there: rows that others stand in are the very same, rows of a cadre alone
are the same but for whose they are. Then exchanging them is an automorphism of the problem, what is true of one is true
of the other: what a start costs above all, though not which of the two the lot chooses. Alike is decided by comparing
all of that, not a hash of it.

References
----------
Margot, "Symmetry in integer linear programming", in: 50 Years of Integer Programming (Springer 2010).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse

from planner.model.rows import ModelTables
from planner.optimiser.goal import Goal


def alike(tables: ModelTables, goals: Sequence[Goal]) -> np.ndarray:
    """For each cadre (row of the problem's table) the number of a class; those of one class are alike.

    Parameters
    ----------
    goals
        The goals that must not tell them apart.
    """
    owner, frame = tables.owner, tables.options.frame
    by_column = tables.terms.tocsc()
    by_column.sort_indices()
    alone = _of_one(tables, owner)
    order = np.argsort(owner, kind="stable")
    cadres = np.arange(len(tables.options.problem.cadres))
    first, last = np.searchsorted(owner[order], cadres), np.searchsorted(owner[order], cadres, side="right")
    known: dict[tuple[object, ...], int] = {}
    found = np.zeros(len(first), dtype=int)
    bounds, upper = np.column_stack([tables.row_lower, tables.row_upper]), tables.upper
    programme, start = (frame[name].to_numpy() for name in ("programme", "start"))
    weights = np.column_stack([goal.coefficients for goal in goals]) if goals else np.zeros((len(owner), 0))
    for cadre, (begin, end) in enumerate(zip(first, last, strict=True)):
        own = order[begin:end]
        starts = own[own < tables.starts]
        said = list(_said(by_column, own))
        private = sorted((*line, bounds[row].tobytes()) for row, *line in said if alone[row])
        shared = [(row, *line) for row, *line in said if not alone[row]]
        key = (
            programme[starts].tobytes(),
            start[starts].tobytes(),
            upper[own].tobytes(),
            weights[own].tobytes(),
            tuple(private),
            tuple(shared),
        )
        found[cadre] = known.setdefault(key, len(known))
    return found


def _said(by_column: sparse.csc_matrix, own: np.ndarray) -> Iterator[tuple[int, bytes, bytes]]:
    """The rows that some columns stand in, each with where it has coefficients among them, and which.

    Only the terms of these columns are looked at: a province has as many rows for each cadre as a district has, times
    its cadres.
    """
    size = np.diff(by_column.indptr)[own]
    place = np.repeat(by_column.indptr[own] - np.cumsum(size) + size, size) + np.arange(size.sum())
    order = np.argsort(by_column.indices[place], kind="stable")
    rows, where, data = by_column.indices[place][order], np.repeat(np.arange(len(own)), size)[order], place[order]
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    for begin, end in zip(first, np.append(first, len(rows))[1:], strict=True):
        yield int(rows[begin]), where[begin:end].tobytes(), by_column.data[data[begin:end]].tobytes()


def _of_one(tables: ModelTables, owner: np.ndarray) -> np.ndarray:
    """Which rows speak of the columns of one cadre alone."""
    terms = tables.terms
    filled = np.flatnonzero(np.diff(terms.indptr) > 0)
    least, most = (extreme.reduceat(owner[terms.indices], terms.indptr[filled]) for extreme in (np.minimum, np.maximum))
    alone = np.zeros(terms.shape[0], dtype=bool)
    alone[filled] = (least == most) & (least >= 0)
    return alone
