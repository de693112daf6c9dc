"""Questions asked one after another of one linear programme have the answers that each has by itself."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.quickxplain import Search

ROWS, COLUMNS, DEFINED = 6, 9, 1


def drawn(seed: int) -> IntegerProgram:
    """A few rows over Booleans, some of them equalities, so that about half of the choices of rows have a plan."""
    draw = np.random.default_rng(seed)
    terms = draw.integers(-3, 4, (ROWS + DEFINED, COLUMNS)) * (draw.random((ROWS + DEFINED, COLUMNS)) < 0.5)
    upper = draw.integers(-3, 2, ROWS + DEFINED).astype(float)
    lower = np.where(draw.random(ROWS + DEFINED) < 0.4, upper, -np.inf)
    lower[ROWS:], upper[ROWS:] = -3, 3
    nothing = np.zeros(COLUMNS)
    return IntegerProgram(nothing, sparse.csr_matrix(terms.astype(float)), lower, upper, nothing, np.ones(COLUMNS))


def by_itself(matrix: IntegerProgram, rows: list[int]) -> bool:
    """Whether an engine says that some rows and the definitions have no plan."""
    kept = matrix.of_rows(np.array([*rows, *range(ROWS, ROWS + DEFINED)]))
    return optimise(kept, SolveLimits(time.monotonic() + 60, engine="cp_sat")).status == INFEASIBLE


@pytest.mark.parametrize("seed", range(12))
def test_what_is_known_of_other_rows_misleads_nobody(seed: int) -> None:
    """Every choice of rows, in a random order: as the engine says of it alone; asked again afresh, the same."""
    matrix, effort = drawn(seed), SolveLimits(time.monotonic() + 60)
    labels = [*range(ROWS), *[None] * DEFINED]
    owner = np.arange(COLUMNS) // 2
    search: Search[int] = Search(matrix, labels, effort, owner)
    choices = [list(rows) for size in range(1, ROWS + 1) for rows in combinations(range(ROWS), size)]
    seen = set()
    for place in np.random.default_rng(seed).permutation(len(choices)):
        rows = choices[place]
        impossible = by_itself(matrix, rows)
        assert search.status(rows) in ((INFEASIBLE,) if impossible else (OPTIMAL, FEASIBLE)), rows
        seen.add(impossible)
    assert not search.cut_short
    every = list(range(ROWS))
    assert (search.afresh(every) == INFEASIBLE) == by_itself(matrix, every)
    if by_itself(matrix, every):
        found = search.explain([], False, every)
        assert by_itself(matrix, found)
        assert not any(by_itself(matrix, [other for other in found if other != each]) for each in found)
        assert seen == {False, True}
