"""The maximal cliques of a small graph."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

MOST_CLIQUES = 500  # cliques of one kind of cadre; with more, the rules' own rows are kept


def maximal_cliques(pattern: np.ndarray, joined: np.ndarray) -> list[np.ndarray] | None:
    """The maximal cliques of a graph in compressed rows, each a sorted array of its nodes; None where too many."""
    neighbours = [0] * (len(pattern) - 1)
    for node in range(len(neighbours)):
        for other in joined[pattern[node] : pattern[node + 1]]:
            neighbours[node] |= 1 << int(other)
    cliques = []
    for clique in _grow(0, (1 << len(neighbours)) - 1, 0, neighbours):
        if clique.bit_count() > 1:
            cliques.append(np.array([node for node in range(len(neighbours)) if clique >> node & 1]))
        if len(cliques) > MOST_CLIQUES:
            return None
    return cliques


def _grow(clique: int, candidates: int, done: int, neighbours: list[int]) -> Iterator[int]:
    """Every maximal clique that holds `clique`, grows by `candidates` and misses `done`; sets of nodes as bits."""
    if not candidates and not done:
        yield clique
        return
    pivot = max(_bits(candidates | done), key=lambda node: (candidates & neighbours[node]).bit_count())
    for node in _bits(candidates & ~neighbours[pivot]):
        bit = 1 << node
        yield from _grow(clique | bit, candidates & neighbours[node], done & neighbours[node], neighbours)
        candidates ^= bit
        done |= bit


def _bits(nodes: int) -> Iterator[int]:
    while nodes:
        lowest = nodes & -nodes
        yield lowest.bit_length() - 1
        nodes ^= lowest
