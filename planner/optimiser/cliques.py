"""The maximal cliques of a small graph."""

from __future__ import annotations

import numpy as np

MOST_CLIQUES = 500  # cliques of one kind of cadre; with more, the rules' own rows are kept


def maximal_cliques(pattern: np.ndarray, joined: np.ndarray) -> list[np.ndarray] | None:
    """The maximal cliques of a graph in compressed rows, each a sorted array of its nodes; None where too many."""
    ends, others = pattern.tolist(), [1 << node for node in joined.tolist()]
    neighbours = {1 << node: sum(others[ends[node] : ends[node + 1]]) for node in range(len(ends) - 1)}
    found: list[int] = []
    _grow(0, (1 << len(neighbours)) - 1, 0, neighbours, found)
    if len(found) > MOST_CLIQUES:
        return None
    return [np.array([node for node in range(len(neighbours)) if clique >> node & 1]) for clique in found]


def _grow(clique: int, candidates: int, done: int, neighbours: dict[int, int], found: list[int]) -> None:
    """Add every maximal clique that holds `clique`, grows by `candidates` and misses `done`: sets of nodes as bits.

    A node without neighbours is no clique. Once there are too many, the search ends.
    """
    if not candidates:
        if not done and clique & (clique - 1):
            found.append(clique)
        return
    most, skipped, nodes = -1, 0, candidates | done
    while nodes:  # the pivot: the node with most neighbours among the candidates, which need not be tried
        node = nodes & -nodes
        nodes ^= node
        own = candidates & neighbours[node]
        if own.bit_count() > most:
            most, skipped = own.bit_count(), own
    tried = candidates & ~skipped
    while tried and len(found) <= MOST_CLIQUES:
        node = tried & -tried
        tried ^= node
        _grow(clique | node, candidates & neighbours[node], done & neighbours[node], neighbours, found)
        candidates ^= node
        done |= node
