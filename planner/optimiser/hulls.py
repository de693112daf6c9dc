"""The hull of a knapsack: every inequality that the whole points of a row in few numbers obey, and the strongest.

A year's budget in numbers (`planner.optimiser.aggregation`) reads 80 a + 60 b + 147 c <= 805: of the mixtures that it
allows most lie outside the hull of its whole points, and a search has to find that out name by name. With two to four
numbers the hull has a dozen facets. They are added as rows: then no mixture of these numbers is left that no whole
points are behind, and a search that took a thousand nodes takes one.

1. The whole points are listed. A vertex of their hull cannot stand between two of them, so those that do are left out.
2. Qhull finds the facets of the others. Its numbers are no proof: each facet's coefficients are made whole numbers,
   and their right-hand side is the largest value that one of the points listed gives them. So a row is proven by
   enumeration, in whole numbers, whatever Qhull says.

References
----------
Barber, Dobkin, Huhdanpaa, "The quickhull algorithm for convex hulls", ACM Transactions on Mathematical Software 22
(1996).
Boyd, "Fenchel cutting planes for integer programs", Operations Research 42 (1994).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

import numpy as np
from scipy import sparse

from planner.optimiser.integer_program import IntegerProgram

MOST_NUMBERS = 5  # in a row; the facets of more are too many
MOST_POINTS = 50_000  # that are listed
MOST_FACETS = 100  # of a row; with more, none are added
LARGEST_COEFFICIENT = 1_000  # of a facet in whole numbers
FINEST = 10_000  # parts of 1 that weights may be multiples of
ROUNDED = 1e-3  # what arithmetic may have taken from a whole number; rather too much may be weighed than too little
WHOLE = 1e-6  # how far from a whole number a coefficient counts as one, relative to what it is multiplied by

Facet = tuple[tuple[int, ...], int]  # coefficients, and the most that they give


def with_hulls(matrix: IntegerProgram) -> IntegerProgram:
    """The same matrix, with the facets of its knapsacks in few numbers."""
    rows, upper, size = [], [], len(matrix.cost)
    for columns, weights, capacity in _knapsacks(matrix):
        most = tuple(int(each) for each in matrix.upper[columns])
        for coefficients, value in facets(weights, capacity, most):
            rows.append(sparse.csr_matrix((coefficients, columns, [0, len(columns)]), (1, size), dtype=float))
            upper.append(float(value))
    if not rows:
        return matrix
    terms = sparse.vstack(rows, format="csr")
    terms.eliminate_zeros()
    return matrix.with_rows(terms, np.full(len(upper), -np.inf), np.array(upper))


def _knapsacks(matrix: IntegerProgram) -> Iterator[tuple[np.ndarray, tuple[int, ...], int]]:
    """The rows that are knapsacks of few numbers, in whole numbers: columns, weights, what they may weigh."""
    terms, upper = matrix.terms, matrix.row_upper
    lengths = np.diff(terms.indptr)
    for row in np.flatnonzero((lengths > 1) & (lengths <= MOST_NUMBERS) & np.isfinite(upper)):
        inside = slice(terms.indptr[row], terms.indptr[row + 1])
        columns, weights = terms.indices[inside], terms.data[inside]
        positive = np.all(weights > 0) and np.all(matrix.lower[columns] == 0) and np.any(weights != weights[0])
        if positive and np.any(matrix.upper[columns] > 1):
            exact = [Fraction(str(float(each))) for each in weights]  # as a scenario writes them
            unit = math.lcm(*(each.denominator for each in exact))
            if unit <= FINEST:
                whole = tuple(int(each * unit) for each in exact)
                yield columns, whole, math.floor(float(upper[row]) * unit + ROUNDED)


@lru_cache(maxsize=1024)
def facets(weights: tuple[int, ...], capacity: int, most: tuple[int, ...]) -> tuple[Facet, ...]:
    """The facets of the hull of the whole points x, 0 <= x <= most, weights x <= capacity; none where too many.

    Only those are told that neither a bound of one number nor the weights say.
    """
    points = _extreme_points(np.array(weights), capacity, np.array(most))
    if points is None or np.any(points.max(axis=0) == 0):
        return ()
    from scipy.spatial import ConvexHull, QhullError  # a tenth of a second, which most searches do without

    try:
        found = ConvexHull(points).equations
    except QhullError:
        return ()
    told = {facet for equation in found if (facet := _facet(equation[:-1], points)) is not None}
    return tuple(sorted(told)) if len(told) <= MOST_FACETS else ()


def _extreme_points(weights: np.ndarray, capacity: int, most: np.ndarray) -> np.ndarray | None:
    """The whole points that do not stand between two others along an axis; None where too many would be listed."""
    ends = np.minimum(most, capacity // weights)
    if capacity < 0 or np.prod((ends + 1).astype(float)) > MOST_POINTS:
        return None
    points = np.stack(np.meshgrid(*(np.arange(end + 1) for end in ends), indexing="ij"), axis=-1)
    points = points.reshape(-1, len(ends))
    left = capacity - points @ weights
    points, left = points[left >= 0], left[left >= 0]
    last = (points == ends) | (left[:, None] < weights)
    return points[((points == 0) | last).all(axis=1)]


def _facet(normal: np.ndarray, points: np.ndarray) -> Facet | None:
    """The inequality with whole coefficients; None where it is about one number alone, or they are too large."""
    used = np.abs(normal) > WHOLE
    if used.sum() < 2:
        return None
    ratios = normal / np.abs(normal[used]).min()
    for factor in range(1, LARGEST_COEFFICIENT + 1):
        whole = np.round(ratios * factor)
        if np.abs(whole).max() > LARGEST_COEFFICIENT:
            return None
        if np.abs(whole - ratios * factor).max() < WHOLE * factor:
            coefficients = whole.astype(int)
            return tuple(coefficients.tolist()), int((points @ coefficients).max())
    return None
