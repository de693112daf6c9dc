"""Small searches: rows in numbers are the same rows, both engines in turns find what each finds alone."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_scenarios import random_scenario
from scipy import sparse

from planner.inputs.loading import load
from planner.optimiser import decomposition, engines, lexicographic
from planner.optimiser.aggregation import LEAST, MOST_KINDS, SHORTEST, aggregated
from planner.optimiser.changes import Change
from planner.optimiser.cuts import CutGenerator
from planner.optimiser.engines import bound_of_hulls, optimise
from planner.optimiser.goal import Goal
from planner.optimiser.hulls import MOST_NUMBERS, facets, with_hulls
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import SettledGoal, Work, measures
from planner.optimiser.lp import relax
from planner.optimiser.reduced_cost_fixing import GoalResult
from planner.optimiser.single_search import EngineResult
from planner.optimiser.warm import WarmProgram
from planner.plans.plan import Plan
from planner.solver import solve_problem
from planner.verification import broken_rules, figures

SHORT = [81, 128, 262]
HARD = [5, 98, 218, 222, 484, 487, 492, 829, 883, 892, 903]  # the slowest of the first thousand, once or still


def effort(engine: str = "in_turns") -> SolveLimits:
    """One worker for a minute."""
    return SolveLimits(time.monotonic() + 60, engine=engine)


def budget(seed: int, columns: int = 9) -> IntegerProgram:
    """A random year: one of three costs for each start, a class, at most one start of some."""
    draw = np.random.default_rng(seed)
    costs = draw.choice([1.0, 2.5, 7.35], columns)
    members = np.append((draw.random(columns - 1) < 0.8).astype(float), -float(draw.integers(2, 4)))
    pairs = (draw.random((2, columns)) < 0.3).astype(float)
    terms = sparse.csr_matrix(np.vstack([costs, members, pairs]))
    least, most = np.array([-np.inf, 0, -np.inf, -np.inf]), np.array([draw.uniform(3, 20), np.inf, 1, 1])
    upper = np.append(np.ones(columns - 1), 3.0)
    return IntegerProgram(-draw.integers(0, 9, columns).astype(float), terms, least, most, np.zeros(columns), upper)


def points(matrix: IntegerProgram, columns: int) -> set[tuple[int, ...]]:
    """Every whole point that obeys a matrix, the first columns of it; the others are counts of these."""
    found = set()
    for point in product(*(range(int(least), int(most) + 1) for least, most in _ends(matrix, columns))):
        x = np.zeros(len(matrix.cost))
        x[:columns] = point
        if len(x) > columns:
            definitions = matrix.terms[-(len(x) - columns) :, :columns]
            x[columns:] = definitions @ x[:columns]
        if matrix.feasible(x):
            found.add(point)
    return found


def _ends(matrix: IntegerProgram, columns: int) -> list[tuple[float, float]]:
    return list(zip(matrix.lower[:columns], matrix.upper[:columns], strict=True))


# --- rows in numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_rows_in_numbers_leave_the_same_points(seed: int) -> None:
    """Written in numbers a matrix has the points it had, at the costs they had, and a number for each kind."""
    matrix = budget(seed)
    written = aggregated(matrix)
    size = len(matrix.cost)
    assert len(written.cost) > size
    np.testing.assert_array_equal(written.cost, np.append(matrix.cost, np.zeros(len(written.cost) - size)))
    every = points(matrix, size)
    assert len(every) > 1
    assert points(written, size) == every


@pytest.mark.parametrize(
    ("coefficients", "numbers"),
    [
        ([2.0] * LEAST + [3.0] * (SHORTEST - LEAST), 2),
        ([2.0] * LEAST + [3.0] * (SHORTEST - LEAST - 1), 0),
        ([2.0] * SHORTEST, 0),
        ([2.0] * LEAST + list(range(3, SHORTEST + 3 - LEAST)), 1),
        ([2.0] * (LEAST - 1) + list(range(3, SHORTEST + 4 - LEAST)), 0),
        ([1.0] * LEAST + list(range(2, MOST_KINDS + 1)), 1),
        ([1.0] * LEAST + list(range(2, MOST_KINDS + 2)), 0),
    ],
)
def test_what_is_worth_a_number(coefficients: list[float], numbers: int) -> None:
    """Long rows of few kinds, one of them frequent: at the bound, and one past it."""
    size = len(coefficients)
    row = sparse.csr_matrix([coefficients])
    matrix = IntegerProgram(np.zeros(size), row, np.zeros(1), np.full(1, 9.0), np.zeros(size), np.ones(size))
    assert len(aggregated(matrix).cost) - size == numbers


# --- hulls ------------------------------------------------------------------------------------------------------------


def knapsack(seed: int) -> tuple[tuple[int, ...], int, tuple[int, ...]]:
    """Random weights, what they may weigh, and the most of each."""
    draw = np.random.default_rng(seed)
    size = int(draw.integers(2, 5))
    weights = tuple(int(each) for each in draw.integers(2, 30, size))
    return weights, int(draw.integers(30, 90)), tuple(int(each) for each in draw.integers(1, 7, size))


@pytest.mark.parametrize("seed", range(20))
def test_facets_are_the_hull(seed: int) -> None:
    """Every whole point obeys the facets, and over them no mixture is better than the best whole point."""
    weights, capacity, most = knapsack(seed)
    every = np.array([p for p in product(*(range(n + 1) for n in most)) if np.dot(p, weights) <= capacity])
    found = facets(weights, capacity, most)
    for coefficients, value in found:
        assert (every @ np.array(coefficients)).max() == value
        assert np.count_nonzero(coefficients) > 1
    rows = np.array([weights, *(coefficients for coefficients, _ in found)], dtype=float)
    upper = np.array([capacity, *(value for _, value in found)], dtype=float)
    ends = every.max(axis=0).astype(float)
    draw, low = np.random.default_rng(seed), np.zeros(len(weights))
    for _ in range(5):
        cost = -draw.integers(0, 50, len(weights)).astype(float)
        hull = IntegerProgram(cost, sparse.csr_matrix(rows), np.full(len(upper), -np.inf), upper, low, ends)
        assert relax(hull, effort()).bound == pytest.approx((every @ cost).min())


def test_a_budget_gets_its_facets() -> None:
    """Costs of 4, 3 and 7.35 within 40.25: as the contract's decimals, so that a point at the bound stays."""
    upper = np.array([12.0, 18, 15])
    row = sparse.csr_matrix([[4.0, 3.0, 7.35]])
    bounds = np.full(1, -np.inf), np.full(1, 40.25), np.zeros(3), upper
    wider = with_hulls(IntegerProgram(np.zeros(3), row, *bounds))
    assert ((wider.terms[1:] @ np.array([0.0, 1, 5])) <= wider.row_upper[1:]).all()  # 3 + 36.75
    assert ((wider.terms[1:] @ np.array([10.0, 0, 0])) == wider.row_upper[1:]).any()
    tight = with_hulls(IntegerProgram(np.zeros(3), row, bounds[0], np.full(1, 36.75), *bounds[2:]))
    assert ((tight.terms[1:] @ np.array([0.0, 0, 5])) <= tight.row_upper[1:]).all()  # 5 x 7.35 and no more
    assert ((tight.terms[1:] @ np.array([0.0, 0, 6])) > tight.row_upper[1:]).any()


@pytest.mark.parametrize(("size", "more"), [(MOST_NUMBERS, True), (MOST_NUMBERS + 1, False)])
def test_only_few_numbers_get_facets(size: int, more: bool) -> None:
    """A row of so many numbers gets them, one of more does not; nor one that weighs all alike or some below nothing."""
    weights = np.arange(3.0, size + 3)
    bounds = np.full(1, -np.inf), np.full(1, 17.0), np.zeros(size), np.full(size, 2.0)
    for row, widened in ((weights, more), (np.full(size, 3.0), False), (np.append(-1.0, weights[1:]), False)):
        matrix = IntegerProgram(np.zeros(size), sparse.csr_matrix([row]), *bounds)
        assert (len(with_hulls(matrix).row_upper) > 1) is widened


# --- in turns ---------------------------------------------------------------------------------------------------------


HARDLY = "max_deterministic_time:1e-9"
ORDERS = {
    "cp_sat": (("cp_sat", ""),) * 2,
    "highs": (("cp_sat", HARDLY), ("highs", "mip_max_nodes=1"), ("highs", "")),
    "cp_sat for better": (("cp_sat", HARDLY), ("cp_sat", ""), ("cp_sat", "")),
}


@pytest.mark.parametrize("distinct", [False, True], ids=["alike", "distinct"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("seed", range(5))
def test_engines_in_turns_find_the_best_point(
    seed: int, order: str, distinct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever's turn it is, with a plan to surpass or without: the value of the best point, or there is none."""
    monkeypatch.setattr(engines, "TURNS", ORDERS[order])
    monkeypatch.setattr(engines, "DISTINCT", ORDERS[order])
    monkeypatch.setattr(engines, "_tells_apart", lambda _: distinct)
    matrix = budget(seed)
    every = points(matrix, len(matrix.cost))
    least, *_, most = sorted(every, key=lambda point: float(matrix.cost @ np.array(point)))
    refused = replace(matrix, row_lower=np.append(1e3, matrix.row_lower[1:]))
    for one, hint in (
        (matrix, None),
        (matrix, np.array(least)),
        (matrix, np.array(most, dtype=float)),
        (refused, None),
    ):
        every = points(one, len(one.cost))
        found = optimise(one, effort(), hint)
        assert found.status == (OPTIMAL if every else INFEASIBLE)
        if every:
            assert found.x is not None
            assert one.cost @ found.x == min(one.cost @ np.array(point) for point in every)


def test_two_engines_together() -> None:
    """The better plan and the better bound of two searches that came to no end; together they may be a proof."""
    matrix = replace(budget(0), cost=np.ones(9))
    nothing = EngineResult(UNKNOWN, None, -np.inf)
    no_plan = EngineResult(FEASIBLE, np.full(9, -9.0), -4.0)  # within the engine's tolerance only
    cheap = EngineResult(FEASIBLE, np.zeros(9), -3.0)
    both = engines._both(matrix, cheap, no_plan)
    assert (both.status, both.bound) == (FEASIBLE, -3.0)
    assert both.x is cheap.x
    assert engines._both(matrix, nothing, nothing).status == UNKNOWN
    assert engines._both(matrix, no_plan, EngineResult(INFEASIBLE, None, np.inf)).status == INFEASIBLE
    assert engines._both(matrix, cheap, EngineResult(INFEASIBLE, None, np.inf)).status == FEASIBLE  # they contradict
    assert engines._both(matrix, cheap, EngineResult(OPTIMAL, np.full(9, -9.0), -9.0)).status == FEASIBLE
    for bound, status in ((-0.49, OPTIMAL), (-0.51, FEASIBLE)):
        assert engines._both(matrix, EngineResult(FEASIBLE, np.zeros(9), bound), nothing).status == status


def test_a_multiple_of_a_goal() -> None:
    """A goal that is another's times a positive number is settled with it; turned round or changed it is not."""
    goal = Goal("early", "min", np.array([2.0, 4, 0]), 1)
    for coefficients, same in (([3.0, 6, 0], True), ([-2.0, -4, 0], False), ([2.0, 4, 1], False), ([2.0, 5, 0], False)):
        assert replace(goal, coefficients=np.array(coefficients)).multiple_of(goal) is same


def test_small_parts_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of few columns that has no plan ends the work before a large one has begun."""
    begun = []
    monkeypatch.setattr(decomposition, "SMALLEST_PART", 2)

    def noted(task: decomposition._Task, *_: object) -> object:
        begun.append(len(task.matrix.cost))
        return decomposition.optimise_in_order(task.matrix, task.goals, effort(), 0, lambda *news: None, task.owner)

    monkeypatch.setattr(decomposition._Task, "done", noted)
    terms = sparse.csr_matrix([[1.0, 1, 1, 0], [0, 0, 0, 1]])
    matrix = IntegerProgram(np.zeros(4), terms, np.array([1.0, 2]), np.full(2, np.inf), np.zeros(4), np.ones(4))
    goal = Goal("few", "min", np.ones(4), 1)
    found = decomposition.optimise_parts(matrix, [goal], effort(), 0, lambda *news: None, np.full(4, -1))
    assert found.status == INFEASIBLE
    assert begun[0] == 1


# --- which bounds are assumed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_a_bound_of_hulls_is_true(seed: int) -> None:
    """No point surpasses it, and it is never weaker than the relaxation's."""
    matrix = budget(seed)
    bound = bound_of_hulls(matrix, effort())
    least = min(matrix.cost @ np.array(point) for point in points(matrix, len(matrix.cost)))
    assert bound <= least + 1e-6
    assert np.isinf(bound) or bound >= relax(matrix, effort()).bound - 1e-6


def seven_to_spend() -> IntegerProgram:
    """Four starts of 3 worth 4, four of 2 worth 2, with 7 to spend: 8, or a mixture of 9 and a third."""
    row = sparse.csr_matrix(np.repeat([[3.0, 2.0]], 4, axis=1))
    nothing = np.zeros(8)
    return IntegerProgram(nothing, row, np.full(1, -np.inf), np.full(1, 7.0), nothing, np.ones(8))


WORTH = Goal("worth", "max", np.repeat([-4.0, -2.0], 4), Fraction(1))
ORDER = Goal("order", "min", np.arange(8.0), Fraction(1))


def test_a_bound_of_hulls_says_which_value_is_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    """The budget's hull proves 8, which is assumed: only the last goal is searched. Where it is not small, both are."""
    searched: list[float] = []
    searching = lexicographic.best

    def noted(over: IntegerProgram, *given: Any) -> GoalResult:
        searched.append(float(over.cost[0]))
        return searching(over, *given)

    monkeypatch.setattr(lexicographic, "best", noted)
    matrix = seven_to_spend()
    for small, goals in ((8, [0.0]), (7, [-4.0, 0.0])):
        monkeypatch.setattr(engines, "SMALL", small)
        over = replace(matrix, cost=WORTH.coefficients)
        assert bound_of_hulls(over, effort()) == (pytest.approx(-8) if small == 8 else -np.inf)
        searched.clear()
        found = lexicographic.optimise_in_order(matrix, [WORTH, ORDER], effort(), 0, lambda *news: None, np.full(8, -1))
        assert [settled.value for settled in found.goals] == [-8, 1]
        assert searched == goals


def fixed_hull() -> IntegerProgram:
    """The same with a start of each kind for sure: 8 and 6 left of 13, so that what is fixed counts."""
    matrix = seven_to_spend()
    lower = np.isin(np.arange(8), (0, 4)).astype(float)
    return replace(matrix, row_upper=np.full(1, 12.0), lower=lower, cost=WORTH.coefficients)


def test_a_bound_of_hulls_counts_what_is_fixed() -> None:
    """Six columns are too few to be written in numbers; with eight free ones beside two fixed the values add up."""
    assert bound_of_hulls(fixed_hull(), effort()) == -np.inf
    matrix = seven_to_spend()
    wider = IntegerProgram(
        np.append(WORTH.coefficients, [-5.0, 0.0]),
        sparse.csr_matrix(np.append(matrix.terms.toarray(), [[3.0, 2.0]], axis=1)),
        matrix.row_lower,
        matrix.row_upper + 5,
        np.append(matrix.lower, np.ones(2)),
        np.append(matrix.upper, np.ones(2)),
    )
    assert bound_of_hulls(wider, effort()) == pytest.approx(-13)


@pytest.mark.parametrize(("number", "misled"), [(3, False), (4, True)])
def test_a_relaxation_that_misled_is_not_believed_again(
    number: int, misled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 3 starts that exclude each other half of each is 1.5 and says 1, which is so; of 4 it says 2, which is not.

    After that no bound is assumed, but in what is not small.
    """
    pairs = np.array([[float(column in pair) for column in range(number)] for pair in combinations(range(number), 2)])
    nothing = np.zeros(number)
    matrix = IntegerProgram(
        nothing, sparse.csr_matrix(pairs), np.full(len(pairs), -np.inf), np.ones(len(pairs)), nothing, np.ones(number)
    )
    goals = [Goal("many", "max", -np.ones(number), Fraction(1)), Goal("order", "min", np.arange(number) + 1.0, 1)]
    owner = np.full(number, -1)
    work = Work(
        matrix,
        [SettledGoal(goal) for goal in goals],
        effort(),
        0,
        lambda *news: None,
        CutGenerator(matrix, owner),
        measures(goals, owner),
    )
    work.withdrawn = 0  # no bound is assumed of the first
    assert not work.misled(0)
    assert work.settle(0) == OPTIMAL
    assert work.results[0].value == -1
    assert work.misled(1) is misled
    monkeypatch.setattr(engines, "SMALL", 0)
    assert not work.misled(1)


def test_ranked_goals_within_budgets_are_those_of_enumeration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is assumed, by hulls or after what misled: the best values of the goals in their order."""
    assumed, misled = [0], [0]
    possible, was_misled = Work.possible, Work.misled

    def hulls(work: Work, over: IntegerProgram, bound: float, step: int) -> float | None:
        told = possible(work, over, bound, step)
        assumed[0] += told is not None and not lexicographic._possible(bound, step)
        return told

    def noted(work: Work, index: int) -> bool:
        told = was_misled(work, index)
        misled[0] += told
        return told

    monkeypatch.setattr(Work, "possible", hulls)
    monkeypatch.setattr(Work, "misled", noted)
    for seed in range(24):
        matrix = budget(seed)
        every = np.array(list(product(*(range(int(most) + 1) for most in matrix.upper))), dtype=float)
        activity = every @ matrix.terms.toarray().T
        every = every[((activity >= matrix.row_lower - 1e-9) & (activity <= matrix.row_upper + 1e-9)).all(axis=1)]
        draw = np.random.default_rng([seed, 1])
        sizes = draw.choice([-3.0, -2.0, -2.0, -1.0], (3, len(matrix.cost))) * (draw.random((3, 9)) < 0.8)
        goals = [Goal(f"goal {place}", "min", cost, Fraction(1)) for place, cost in enumerate(sizes)]
        found = lexicographic.optimise_in_order(matrix, goals, effort(), 0, lambda *news: None, np.full(9, -1))
        for goal, settled in zip(goals, found.goals, strict=True):
            values = every @ goal.coefficients
            assert settled.value == values.min()
            every = every[values == values.min()]
    assert assumed[0] > 0
    assert misled[0] > 0


# --- hard scenarios ---------------------------------------------------------------------------------------------------


def told(plan: Plan) -> tuple[str, dict[str, float]]:
    """The status of a plan and the value of each goal."""
    found = plan.status == "optimal"
    return plan.status, dict(zip(plan.goals["goal"], plan.goals["value"], strict=True)) if found else {}


def _proven(plan: Plan) -> dict[str, float]:
    """The value of each goal that is proven, up to the first that is not: later ones are only the best beside that."""
    proven = plan.goals[(plan.goals["status"] == "optimal").cummin()]
    return dict(zip(proven["goal"], proven["value"], strict=True))


@pytest.mark.parametrize(
    "seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in [*HARD, *range(60)])]
)
def test_classes_budget_and_pins_together(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines in turns find the values that HiGHS finds on the rules' own rows, and verification agrees."""
    problem = load(random_scenario(seed, tmp_path, "crowded"))
    plan = solve_problem(problem)
    if plan.status == "optimal":
        assert broken_rules(problem, plan.assignments).empty
        recomputed = figures(problem, plan.assignments).goals
        assert {goal: float(recomputed[goal]) for goal in plan.goals["goal"]} == told(plan)[1]
    monkeypatch.setattr(engines, "SMALL", 0)
    alone = solve_problem(problem)
    if "feasible" in (plan.status, alone.status):  # out of time: what both have proven is the same
        one, other = (_proven(each) for each in (plan, alone))
        assert all(one[goal] == other[goal] for goal in one.keys() & other.keys())
        return
    assert told(alone) == told(plan)
    if plan.status == "optimal" and "lot" in problem.scenario.goals:
        assert alone.assignments.equals(plan.assignments)


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another question"])
@pytest.mark.parametrize("far", [False, True], ids=["near", "far"])
def test_a_question_goes_on_by_itself_where_a_row_says_which_value_is_assumed(
    beside: bool, far: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 13 to spend the hull proves 16: a row of its own says so, and no row that others ask for takes its place."""
    goals, assume, rows = [WORTH, ORDER], Work.assume, []
    warm = WarmProgram(seven_to_spend(), goals, np.full(8, -1), np.zeros(1, dtype=bool), 0, 2, effort())

    def meanwhile(work: Work, index: int, left: IntegerProgram, bound: float) -> None:
        rows.append(left.terms is not work.matrix.terms)
        assume(work, index, left, bound)
        if beside:  # a cut of another thread's
            warm.rows.with_cuts(warm.matrix, sparse.csr_matrix(-16.0 * (np.arange(8) == 3)), np.zeros(1))

    monkeypatch.setattr(Work, "assume", meanwhile)
    found = warm.best(Change(limits={0: 13.0}), effort(), far=far)
    assert rows == [True]
    assert found.status == OPTIMAL
    assert [settled.value for settled in found.goals] == [-16, 6]
