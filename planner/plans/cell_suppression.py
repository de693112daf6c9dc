"""Small cells hidden so that nobody can be made out, nor a hidden cell computed from the sums that are shown.

A table of counts is shown with its sums by rows and columns. A hidden cell can be computed if it is the only hidden
one of its row or column, or if all hidden cells of some rows and columns but it can. Think of rows and columns as the
nodes of a graph and of the hidden cells as its edges: a cell is safe exactly if it lies on a cycle, because then its
count can be one more and one less without any sum changing. So further cells are hidden, the smallest first, until no
hidden cell is a bridge.

References
----------
Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on Computing 17 (1988).
"""

from __future__ import annotations

import numpy as np


def is_small(count: float, fewest: int) -> bool:
    """Whether a count is of somebody, but of fewer than may be told."""
    return 0 < count < fewest


def hidden(counts: np.ndarray, fewest: int, already: np.ndarray | None = None) -> np.ndarray:
    """Which cells of a table (rows x columns, counts of people) are to be hidden.

    All cells of 1 to `fewest` - 1 (`privacy.fewest` of a scenario), those hidden `already`, and as many others as it
    takes; at worst all of them.
    """
    secret = (counts > 0) & (counts < fewest)
    secret = secret if already is None else secret | already
    while bridges := [cell for cell in zip(*np.nonzero(secret), strict=True) if _is_bridge(secret, cell)]:
        others = sorted((int(counts[cell]), cell) for cell in zip(*np.nonzero(~secret & (counts > 0)), strict=True))
        helping = [cell for _, cell in others if _helps(secret, bridges[0], cell)]
        if not others:
            return np.ones_like(secret)
        secret[helping[0] if helping else others[0][1]] = True
    return secret


def _is_bridge(secret: np.ndarray, cell: tuple[int, int]) -> bool:
    """Whether the cell's row and column are joined by no other hidden cells."""
    from scipy import sparse  # which who hides nothing need not wait for
    from scipy.sparse.csgraph import connected_components

    without = secret.copy()
    without[cell] = False
    rows, columns = secret.shape
    graph = sparse.bmat(
        [[sparse.csr_matrix((rows, rows)), sparse.csr_matrix(without)], [None, sparse.csr_matrix((columns, columns))]]
    )
    _, component = connected_components(graph, directed=False)
    return bool(component[cell[0]] != component[rows + cell[1]])


def _helps(secret: np.ndarray, bridge: tuple[int, int], cell: tuple[int, int]) -> bool:
    """Whether hiding the cell, too, shares a row or a column with the bridge, so that a cycle comes nearer."""
    return bool((cell[0] == bridge[0]) != (cell[1] == bridge[1])) and not secret[cell]
