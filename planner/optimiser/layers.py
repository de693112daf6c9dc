"""Layers: how many of a goal's columns weigh at least so much; whole numbers, so that what bounds them is rounded.

A goal with points 4 and 4.7 is 4 times the number of all starts and 0.7 times the number of the young: two layers. The
relaxation may have 69.9 starts, of which every plan has 69 at most; yet its bound on the goal, rounded, is still worth
most of a start too much, and a search has to close that distance by trying. So each layer becomes a column, in whole
numbers between the least and the most that its own relaxation proves, and the goal is written in layers.

1. The columns of a row are layered by its coefficients: those that are at least so large (or at most so low, where
   they are negative), for each size. So are the rows that must have one value, settled goals above all: where the
   layers allow one way only to come by it, their columns are fixed.
2. Two relaxations for each layer, one after another from where the last one stands, bound it; rounded inwards they hold
   for every plan (Chvátal-Gomory cuts whose directions are the layers).
3. A search in which the layers alone are whole numbers takes a few nodes. No plan is better than what it finds, and
   the search for a plan can stop where it reaches that.

References
----------
Gomory, "Outline of an algorithm for integer solutions to linear programs", Bulletin of the American Mathematical
Society 64 (1958).
Chvátal, "Edmonds polytopes and a hierarchy of combinatorial problems", Discrete Mathematics 4 (1973).
Ceria, Cordier, Marchand, Wolsey, "Cutting planes for integer programs with general integer variables", Mathematical
Programming 81 (1998).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from planner.optimiser.aggregation import LEAST, MOST_KINDS, SHORTEST
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Simplex

MOST_LAYERS = 32  # in all, the goal's first; each costs two relaxations
ROUNDED = 1e-6  # what arithmetic may have added to a bound, which is a small number


@dataclass(frozen=True)
class Layered:
    """A matrix whose last columns are layers, the goal written in them; how many layers; whether the goal has any."""

    matrix: IntegerProgram
    layers: int
    of_the_goal: bool

    def whole(self) -> np.ndarray:
        """Which columns are layers."""
        return np.arange(len(self.matrix.cost)) >= len(self.matrix.cost) - self.layers


def settles(matrix: IntegerProgram) -> bool:
    """Whether a long row must have one value, as a goal has that its relaxation could not settle."""
    return next(_settled(matrix), None) is not None


def layered(
    matrix: IntegerProgram, plain: IntegerProgram, effort: SolveLimits, most: int = MOST_LAYERS
) -> Layered | None:
    """The same matrix with layers; None where there are none or too many, or they could not be bounded.

    Parameters
    ----------
    matrix
        What gets layers, perhaps with further columns and rows.
    plain
        The matrix without those: what is layered.
    most
        With more layers there are none.
    """
    priced = np.flatnonzero(plain.cost)
    goal = list(_layers(priced, plain.cost[priced]))
    large = {
        layer.tobytes(): layer for layer in (*(layer for layer, _ in goal), *_settled(plain)) if len(layer) >= LEAST
    }
    found = dict(list(large.items())[:MOST_LAYERS])
    if not 0 < len(found) <= most:
        return None
    size, further = len(matrix.cost), len(found)
    cost = np.append(np.zeros(size) if goal else matrix.cost, np.zeros(further))
    places = {key: size + place for place, key in enumerate(found)}
    for layer, more in goal:
        cost[places.get(layer.tobytes(), layer)] += more
    bounded = _bounded(_written(matrix, list(found.values()), cost), size, effort)
    return None if bounded is None else Layered(bounded, further, bool(goal))


def _written(matrix: IntegerProgram, layers: list[np.ndarray], cost: np.ndarray) -> IntegerProgram:
    """The matrix with a column for each layer, and a row that says how many of its columns that are."""
    further, pointers = len(layers), np.append(0, np.cumsum([len(layer) for layer in layers]))
    counts = sparse.csr_matrix(
        (np.ones(pointers[-1]), np.concatenate(layers), pointers), shape=(further, len(matrix.cost))
    )
    terms = [[matrix.terms, None], [counts, -sparse.identity(further)]]
    return IntegerProgram(
        cost,
        sparse.bmat(terms, format="csr"),
        np.append(matrix.row_lower, np.zeros(further)),
        np.append(matrix.row_upper, np.zeros(further)),
        np.append(matrix.lower, counts @ matrix.lower),
        np.append(matrix.upper, counts @ matrix.upper),
    )


def _layers(columns: np.ndarray, coefficients: np.ndarray) -> Iterator[tuple[np.ndarray, float]]:
    """The columns of each layer, and how much more they weigh than those of the layer before; none where too many."""
    sizes = np.unique(coefficients)
    if len(sizes) > MOST_KINDS:
        return
    before = 0.0
    for size in sizes[sizes > 0]:
        yield np.sort(columns[coefficients >= size]), float(size - before)
        before = size
    before = 0.0
    for size in sizes[sizes < 0][::-1]:
        yield np.sort(columns[coefficients <= size]), float(size - before)
        before = size


def _settled(matrix: IntegerProgram) -> Iterator[np.ndarray]:
    """The layers of the long rows that must have one value."""
    terms = matrix.terms
    equal = (matrix.row_lower == matrix.row_upper) & (np.diff(terms.indptr) >= SHORTEST)
    for row in np.flatnonzero(equal):
        inside = slice(terms.indptr[row], terms.indptr[row + 1])
        yield from (columns for columns, _ in _layers(terms.indices[inside].astype(int), terms.data[inside]))


def _bounded(matrix: IntegerProgram, first: int, effort: SolveLimits) -> IntegerProgram | None:
    """The matrix, the columns from `first` on within what relaxations prove; None where there is none, or no plan."""
    simplex, lower, upper = Simplex(), matrix.lower.copy(), matrix.upper.copy()
    for column in range(first, len(matrix.cost)):
        for end, sign in ((lower, 1.0), (upper, -1.0)):
            cost = np.zeros(len(matrix.cost))
            cost[column] = sign
            relaxed = simplex.relax(replace(matrix, cost=cost, lower=lower.copy(), upper=upper.copy()), effort)
            if relaxed.status != OPTIMAL:
                return None
            end[column] = sign * max(sign * end[column], math.ceil(relaxed.bound - ROUNDED))
    return replace(matrix, lower=lower, upper=upper) if np.all(lower <= upper) else None
