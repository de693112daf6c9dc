"""The relaxation over few columns is the whole one; plans next to a plan are those that enumeration finds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import test_warm
from scipy import sparse
from test_simplex import drawn, effort
from test_warm import change_of, changed, firm, values

from planner.optimiser import sifting
from planner.optimiser.changes import Change
from planner.optimiser.exchanges import next_to
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram
from planner.optimiser.lexicographic import optimise_in_order
from planner.optimiser.lp import relax
from planner.optimiser.sifting import Core
from planner.optimiser.warm import WarmProgram

COLUMNS, NOBODY = 60, np.zeros(60, dtype=bool)


@pytest.fixture(autouse=True)
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    """A core is used however small the matrix is."""
    monkeypatch.setattr(sifting, "SMALLER", np.inf)


def differently(draw: np.random.Generator, matrix: IntegerProgram) -> IntegerProgram:
    """Other costs, bounds, limits, or more rows."""
    match draw.integers(4):
        case 0:
            return replace(matrix, cost=matrix.cost + draw.integers(-2, 3, COLUMNS))
        case 1:
            fixed, value = draw.random(COLUMNS) < 0.1, (draw.random(COLUMNS) < 0.3).astype(float)
            return replace(
                matrix, lower=np.where(fixed, value, matrix.lower), upper=np.where(fixed, value, matrix.upper)
            )
        case 2:
            return replace(matrix, row_upper=matrix.row_upper + draw.integers(-1, 3, len(matrix.row_upper)))
    row = sparse.csr_matrix((draw.random((1, COLUMNS)) < 0.2).astype(float))
    return matrix.with_rows(row, np.array([1.0]), np.array([np.inf]))


@pytest.mark.parametrize("seed", range(8))
def test_a_core_says_what_the_whole_matrix_says(seed: int) -> None:
    """After changes one after another: the same bound, proven by its own duals, of a solution that breaks nothing."""
    draw = np.random.default_rng(seed)
    first = matrix = drawn(draw, COLUMNS, 30)
    core, told = Core(relax(matrix, effort())), 0
    for _ in range(15):
        other = differently(draw, matrix)
        matrix = other if len(other.row_upper) > len(first.row_upper) else matrix  # rows are kept, as questions do
        if np.any(other.row_lower > other.row_upper):
            continue
        found, whole = core.relax(other, effort(), NOBODY.copy()), relax(other, effort())
        if whole.status == INFEASIBLE:
            assert found is None
        if found is None:  # a core that has no solution does not say that there is none
            continue
        told += 1
        assert found.bound == pytest.approx(whole.bound, abs=1e-5)
        np.testing.assert_allclose(found.reduced_costs, other.cost - other.terms.T @ found.duals)
        activity = other.terms @ found.x
        assert np.all(activity <= other.row_upper + 1e-5)
        assert np.all(activity >= other.row_lower - 1e-5)
        assert found.bound == pytest.approx(float(other.cost @ found.x), abs=1e-5)
    assert told


@pytest.mark.parametrize("seed", range(60, 66))
def test_a_warm_answer_by_cores_is_a_cold_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value after many changes is that of a fresh solve, and the whole simplex is seldom needed."""
    draw = np.random.default_rng(seed)
    matrix, goals, owner = test_warm.drawn(draw)
    warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, len(goals), effort())
    by_core: list[bool] = []
    whole = Core.relax

    def counted(self: Core, *asked: object) -> object:
        found = whole(self, *asked)  # type: ignore[arg-type]
        by_core.append(found is not None)
        return found

    monkeypatch.setattr(Core, "relax", counted)
    seen = set()
    for _ in range(12):
        change = change_of(draw, matrix, owner)
        found, other = warm.best(change, effort()), changed(matrix, change)
        cold = optimise_in_order(other, goals, effort(), 0, lambda *news: None, owner)
        assert found.status == cold.status
        assert values(found) == values(cold)
        bounds = warm.bounds(change, effort())
        assert (bounds is None) <= (cold.status == INFEASIBLE)
        if bounds is not None and found.x is not None:
            reached = values(cold) or []
            pairs = [(bound, value) for bound, value in zip(bounds, reached, strict=False) if bound != value]
            assert not pairs or pairs[0][0] < pairs[0][1]
        seen.add(found.status)
    assert OPTIMAL in seen
    assert sum(by_core) > len(by_core) / 2


def test_where_the_first_goal_leaves_nothing_all_plans_are_next() -> None:
    """What is required is against the best of the first goal; the levels after it are no way round that."""
    size = 40
    matrix = IntegerProgram(
        np.zeros(size),
        sparse.csr_matrix(np.ones((1, size))),
        np.array([-np.inf]),
        np.array([2.0]),
        np.zeros(size),
        np.ones(size),
    )
    dear = np.append(np.zeros(size - 4), np.ones(4))
    goals = [
        Goal(f"goal {n}", "min", cost, Fraction(1)) for n, cost in enumerate((dear, -(1 - dear), np.arange(size) * 1.0))
    ]
    warm = WarmProgram(matrix, goals, np.arange(size), np.array([False]), 0, 3, effort())
    found = warm.best(Change(required=(np.arange(size - 4, size),)), effort())
    assert values(found) == [1, -1, size - 4]
    assert warm.best(Change(required=(np.arange(size - 4, size),), limits={0: 0.0}), effort()).status == INFEASIBLE
    kept = warm.best(Change(required=(np.arange(5, 8),)), effort())
    assert values(kept) == [0, -2, 5]


@pytest.mark.parametrize("seed", range(12))
def test_plans_next_to_a_plan_are_those_of_enumeration(seed: int) -> None:
    """A column is found exactly where the plan with it, and without at most one other, breaks nothing."""
    draw = np.random.default_rng(seed)
    matrix = drawn(draw, 9, 6)
    plans = [np.array(point) for point in product((0.0, 1.0), repeat=9)]
    fixed = draw.random(9) < 0.2
    matrix = replace(matrix, upper=np.where(fixed, 0.0, 1.0))
    plans = [plan for plan in plans if matrix.feasible(plan)]
    seen = set()
    for plan in plans[:: max(1, len(plans) // 8)]:
        wanted = draw.random(9) < 0.8
        found = next_to(matrix, plan, wanted)
        for column in range(9):
            near = any(
                other[column] == 1 and np.sum(other < plan) <= 1 and np.sum(other > plan) == 1 for other in plans
            )
            assert found[column] == (wanted[column] and plan[column] == 0 and near), (plan, column)
            seen.add(bool(found[column]))
    assert seen


@pytest.mark.parametrize(("lower", "found"), [(0.0, True), (1.0, False)])
def test_who_may_not_be_lower_makes_no_room(lower: float, found: bool) -> None:
    """A column that is 1 and must be at least 1 does not leave for another one."""
    terms, one = sparse.csr_matrix(np.ones((1, 2))), np.ones(1)
    matrix = IntegerProgram(np.zeros(2), terms, -one, one, np.array([lower, 0.0]), np.array([2.0, 1.0]))
    assert next_to(matrix, np.array([1.0, 0.0]), np.array([False, True])).tolist() == [False, found]
