"""Stronger rows: of starts that exclude each other pair by pair, at most one is chosen.

The rules say this piecemeal: at most one long programme in 2022, at most one in 2023, at most one start to bachelor.
A mixture of halves can obey every piece where no choice could. So the pieces that speak of one cadre and say "at most
one" are read as a graph, whose edges join starts that exclude each other, and are replaced by its maximal cliques:
the same plans, fewer mixtures, an LP relaxation that is nearly the truth. Cadres with the same choices have the same
graph, so the cliques are found once for each kind of cadre (some 200 kinds among 1,000 cadres).

References
----------
Padberg, "On the facial structure of set packing polyhedra", Mathematical Programming 5 (1973).
Bron, Kerbosch, "Algorithm 457: finding all cliques of an undirected graph", Communications of the ACM 16 (1973), with
the pivot of Tomita, Tanaka, Takahashi, Theoretical Computer Science 363 (2006).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from planner.model.rows import ModelTables
from planner.optimiser.cliques import maximal_cliques
from planner.optimiser.integer_program import IntegerProgram


def strengthened(tables: ModelTables) -> IntegerProgram:
    """The tables as an engine takes them, without a goal; their at-most-one rows of single cadres made strongest."""
    return strengthened_rows(tables, np.ones(len(tables.row_upper), dtype=bool))[0]


def strengthened_rows(tables: ModelTables, firm: np.ndarray) -> tuple[IntegerProgram, np.ndarray]:
    """The tables as `strengthened` has them, but that only some rows, the `firm` ones, are made stronger.

    The limits of the others may then be changed in it: also says which rows of the tables stand first in it.
    """
    nothing = np.zeros(len(tables.upper))
    lower, upper = tables.row_lower, tables.row_upper
    replaced = _at_most_one(tables) & firm
    cliques, kept = _clique_rows(tables, replaced)
    rows = ~replaced | kept
    terms = sparse.vstack([tables.terms[rows], cliques], format="csr")
    terms.eliminate_zeros()  # what costs nothing is not in the budget's row: it would join parts that share nothing
    matrix = IntegerProgram(
        nothing,
        terms,
        np.concatenate([lower[rows], np.full(cliques.shape[0], -np.inf)]),
        np.concatenate([upper[rows], np.ones(cliques.shape[0])]),
        nothing,
        tables.upper,
    )
    return matrix, np.flatnonzero(rows)


def _at_most_one(tables: ModelTables) -> np.ndarray:
    """The rows that say: of these starts of one cadre, at most one."""
    terms = tables.terms
    filled = np.diff(terms.indptr) > 0
    first = terms.indptr[:-1][filled]
    cadre = np.append(tables.options.frame["cadre"].to_numpy(), np.arange(-len(tables.columns), 0))[terms.indices]
    single = np.zeros(terms.shape[0], dtype=bool)
    single[filled] = np.minimum.reduceat(cadre, first) == np.maximum.reduceat(cadre, first)
    ones = np.zeros(terms.shape[0], dtype=bool)
    ones[filled] = (np.minimum.reduceat(terms.data, first) == 1) & (np.maximum.reduceat(terms.data, first) == 1)
    return single & ones & (tables.row_upper == 1) & np.isinf(tables.row_lower)


def _clique_rows(tables: ModelTables, replaced: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The cliques as rows; and which of the replaced rows are to be kept after all, their cliques being too many."""
    pieces = tables.terms[replaced][:, : tables.starts]
    graph = sparse.csr_matrix(pieces.T @ pieces)
    graph.setdiag(0)
    graph.eliminate_zeros()
    graph.sort_indices()
    cadre = tables.options.frame["cadre"].to_numpy()
    firsts = np.flatnonzero(np.diff(cadre, prepend=-1))
    found: dict[bytes, list[np.ndarray] | None] = {}
    rows: list[np.ndarray] = []
    too_many: list[int] = []
    for first, last in zip(firsts, np.append(firsts, len(cadre))[1:], strict=True):
        pattern = graph.indptr[first : last + 1] - graph.indptr[first]
        joined = graph.indices[graph.indptr[first] : graph.indptr[last]] - first
        key = pattern.tobytes() + joined.tobytes()
        if key not in found:
            found[key] = maximal_cliques(pattern, joined)
        cliques = found[key]
        if cliques is None:
            too_many.append(int(cadre[first]))
        else:
            rows += [clique + first for clique in cliques]
    lengths = np.array([len(row) for row in rows], dtype=int)
    column = np.concatenate(rows) if rows else np.zeros(0, dtype=int)
    row = np.repeat(np.arange(len(rows)), lengths)
    matrix = sparse.csr_matrix((np.ones(len(column)), (row, column)), shape=(len(rows), tables.terms.shape[1]))
    return matrix, _rows_of(tables, too_many)


def _rows_of(tables: ModelTables, cadres: list[int]) -> np.ndarray:
    concerned = np.append(np.isin(tables.options.frame["cadre"], cadres), np.zeros(len(tables.columns), dtype=bool))
    return tables.terms @ concerned > 0


def feasibility(tables: ModelTables) -> IntegerProgram:
    """The tables as an engine takes them, without a goal."""
    nothing = np.zeros(len(tables.upper))
    return IntegerProgram(nothing, tables.terms, tables.row_lower, tables.row_upper, nothing, tables.upper)
