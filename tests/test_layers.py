"""Layers: a goal as numbers of columns, in whole numbers that no plan leaves; what a search of them alone proves."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser import engines
from planner.optimiser.aggregation import LEAST, MOST_KINDS, SHORTEST, counted
from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits
from planner.optimiser.layers import layered, settles
from planner.optimiser.lp import relax
from planner.optimiser.single_search import EngineResult, search

COLUMNS = 10


def effort() -> SolveLimits:
    """One worker for a minute."""
    return SolveLimits(time.monotonic() + 60)


def drawn(seed: int) -> IntegerProgram:
    """Ten columns, one of which may be 2: costs of three sizes and both signs, two limits and a settled goal."""
    draw = np.random.default_rng(seed)
    weights = draw.choice([1.0, 2.5, 7.35], (2, COLUMNS))
    settled = draw.choice([2.0, 5.0], COLUMNS)
    upper = np.append(np.ones(COLUMNS - 1), 2.0)
    value = settled @ np.floor(draw.random(COLUMNS) * (upper + 1))
    most = np.append(draw.uniform(6, 30, 2), value)
    cost = draw.choice([-4.0, -3.0, 0.0, 2.0], COLUMNS)
    terms = sparse.csr_matrix(np.vstack([weights, settled]))
    return IntegerProgram(cost, terms, np.array([-np.inf, -np.inf, value]), most, np.zeros(COLUMNS), upper)


def points(matrix: IntegerProgram) -> list[np.ndarray]:
    """Every whole point that obeys a matrix."""
    every = (np.array(point, dtype=float) for point in product(*(range(int(end) + 1) for end in matrix.upper)))
    return [point for point in every if matrix.feasible(point)]


@pytest.mark.parametrize("seed", range(12))
def test_layers_lose_no_plan_and_change_no_value(seed: int) -> None:
    """Every point is one of the layered matrix, its cost the same; what the layers alone prove is true of each."""
    matrix = drawn(seed)
    every = points(matrix)
    told = layered(matrix, matrix, effort())
    if told is None:
        assert not every
        return
    for point in every:
        wider = counted(told.matrix, point)
        assert told.matrix.feasible(wider)
        assert told.matrix.cost @ wider == matrix.cost @ point
    least = min((matrix.cost @ point for point in every), default=np.inf)
    bound = search(told.matrix, effort(), "highs", None, "", told.whole()).bound
    assert relax(matrix, effort()).bound - 1e-6 <= bound <= least + 1e-6


def half_a_start_too_many() -> IntegerProgram:
    """Starts of 4 and 4.7 points (in tenths), each 30 of a budget of 125: the relaxation has 4 and a sixth."""
    points = np.repeat([-47.0, -40.0], 4)
    budget = sparse.csr_matrix(np.full((1, 8), 30.0))
    return IntegerProgram(points, budget, np.full(1, -np.inf), np.full(1, 125.0), np.zeros(8), np.ones(8))


def test_a_bound_is_rounded_in_starts_and_not_in_points() -> None:
    """The most starts are 4; the bound falls by the sixth of a start, which rounded points would not show."""
    matrix = half_a_start_too_many()
    told = layered(matrix, matrix, effort())
    assert told is not None
    assert told.matrix.upper[-2:].tolist() == [4.0, 4.0]
    assert relax(matrix, effort()).bound == pytest.approx(-188 - 40 / 6)
    assert relax(told.matrix, effort()).bound == pytest.approx(-188)
    one_more = replace(matrix, row_upper=np.full(1, 150.0))
    told = layered(one_more, one_more, effort())
    assert told is not None
    assert relax(told.matrix, effort()).bound == pytest.approx(-228)


@pytest.mark.parametrize("tenths", range(1, 9))
def test_what_a_sum_of_decimals_just_allows_stays(tenths: int) -> None:
    """Eight times 0.1 within as many tenths: rounding of the arithmetic takes none away, and adds none."""
    row = sparse.csr_matrix(np.full((1, 8), 0.1))
    matrix = IntegerProgram(-np.ones(8), row, np.full(1, -np.inf), np.full(1, 0.1 * tenths), np.zeros(8), np.ones(8))
    told = layered(matrix, matrix, effort())
    assert told is not None
    assert told.matrix.upper[-1] == tenths


def settled_goal(one: float, other: float, value: float) -> IntegerProgram:
    """Five starts of one size and five of another that have one value together."""
    terms = sparse.csr_matrix(np.repeat([[one, other]], 5, axis=1))
    return IntegerProgram(np.zeros(10), terms, np.full(1, value), np.full(1, value), np.zeros(10), np.ones(10))


def test_a_settled_goal_fixes_its_layers_where_it_can() -> None:
    """207 is four of 40 and one of 47, in no other way; 4 is two of 2, four of 1, or some of both."""
    for matrix, fixed in ((settled_goal(40, 47, 207), [5, 1]), (settled_goal(1, 2, 4), None)):
        told = layered(matrix, matrix, effort())
        assert told is not None
        assert not told.of_the_goal
        ends = told.matrix.lower[-2:].tolist(), told.matrix.upper[-2:].tolist()
        assert ends == (([2, 0], [4, 2]) if fixed is None else (fixed, fixed))


def test_what_is_layered() -> None:
    """Not what has too many sizes, too few columns, or a row that is short: at each bound and one past."""
    for kinds, number in ((MOST_KINDS, 3), (MOST_KINDS + 1, 3)):
        cost = np.repeat(np.arange(1.0, kinds + 1), number)
        size = len(cost)
        rows = sparse.csr_matrix(np.ones((1, size)))
        matrix = IntegerProgram(cost, rows, np.ones(1), np.full(1, np.inf), np.zeros(size), np.ones(size))
        assert (layered(matrix, matrix, effort()) is not None) is (kinds == MOST_KINDS)
    for size in (LEAST, LEAST - 1):
        rows = sparse.csr_matrix(np.ones((1, size)))
        matrix = IntegerProgram(np.ones(size), rows, np.ones(1), np.full(1, np.inf), np.zeros(size), np.ones(size))
        assert (layered(matrix, matrix, effort()) is not None) is (size == LEAST)
    for size in (SHORTEST, SHORTEST - 1):
        rows = sparse.csr_matrix(np.ones((1, size)))
        matrix = IntegerProgram(np.zeros(size), rows, np.ones(1), np.ones(1), np.zeros(size), np.ones(size))
        assert (layered(matrix, matrix, effort()) is not None) is (size == SHORTEST)


def test_a_search_of_some_whole_columns_is_a_plan_only_if_all_are() -> None:
    """What they count whole and the starts mixed: a bound and no plan; where all come out whole, a plan."""
    row = sparse.csr_matrix([[2.0, 2.0, -1.0]])
    matrix = IntegerProgram(
        np.array([0.0, 0.0, 1.0]), row, np.ones(1), np.ones(1), np.zeros(3), np.array([1.0, 1.0, 9.0])
    )
    last = np.array([False, False, True])
    assert search(matrix, effort(), "highs", None).x is not None
    told = search(matrix, effort(), "highs", None, "", last)
    assert (told.status, told.x, told.bound) == (UNKNOWN, None, 0.0)
    told = search(replace(matrix, row_lower=np.zeros(1), row_upper=np.zeros(1)), effort(), "highs", None, "", last)
    assert told.status == OPTIMAL
    assert told.x is not None
    assert matrix.cost @ told.x == 0


@pytest.mark.parametrize("found", [False, True], ids=["nothing", "a plan"])
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("least", [0, engines.LEAST_LAYERED], ids=["before the first turn", "after it"])
def test_layers_beside_turns_prove_what_every_point_says(
    seed: int, found: bool, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a turn or after one that finds nothing, with any plan at hand: the value of the best point."""
    monkeypatch.setattr(engines, "LEAST_LAYERED", least)
    hardly = ("cp_sat", "max_deterministic_time:1e-9")
    for turns in ("TURNS", "DISTINCT"):
        monkeypatch.setattr(engines, turns, (hardly, ("highs", "")))
    matrix = drawn(seed)
    every = sorted(points(matrix), key=lambda point: float(matrix.cost @ point))
    for hint in (every[0], every[-1]) if found and every else (None,):
        told = optimise(matrix, effort(), hint)
        assert told.status == (OPTIMAL if every else INFEASIBLE)
        assert not every or (told.x is not None and matrix.cost @ told.x == matrix.cost @ every[0])


def test_when_layers_come_before_the_first_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where columns times layers are few, in a search that is not the smallest: at each bound and one past."""
    matrix = half_a_start_too_many()
    layers, size = 2, len(matrix.cost)
    for least, allowed, at_once in ((size, 0, True), (size, -1, False), (size + 1, 0, False)):
        monkeypatch.setattr(engines, "LEAST_LAYERED", least)
        monkeypatch.setattr(engines, "AT_ONCE", layers * size + allowed)
        assert (engines._at_once(matrix, matrix, effort()) is not None) is at_once


@pytest.mark.parametrize("settled", [False, True], ids=["nothing settled", "a settled goal"])
def test_what_is_counted_is_whole_where_a_goal_is_settled(settled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first turn, with a plan at hand: only beside a settled goal the numbers are whole, too."""
    matrix = settled_goal(40, 47, 207) if settled else half_a_start_too_many()
    assert settles(matrix) is settled
    asked: list[bool] = []
    bounded = engines._bounded

    def heard(*given: Any, with_counts: bool) -> Any:
        asked.append(with_counts)
        return bounded(*given, with_counts=with_counts)

    monkeypatch.setattr(engines, "_bounded", heard)
    monkeypatch.setattr(engines, "TURNS", (("cp_sat", "max_deterministic_time:1e-9"), ("highs", "")))
    best = next(iter(sorted(points(matrix), key=lambda point: float(matrix.cost @ point))))
    assert optimise(matrix, effort(), best).status == OPTIMAL
    assert asked == [settled]


@pytest.mark.parametrize("false", [INFEASIBLE, "a bound beyond the plan", "no bound"])
def test_a_false_word_about_layers_is_not_believed(false: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search of layers that contradicts a plan at hand, or says nothing, proves nothing."""
    words = {
        INFEASIBLE: EngineResult(INFEASIBLE, None, np.inf),
        "a bound beyond the plan": EngineResult(UNKNOWN, None, -139.5),
        "no bound": EngineResult(UNKNOWN, None, -np.inf),
    }
    monkeypatch.setattr(engines, "search", lambda *_: words[false])
    matrix = half_a_start_too_many()
    plan = np.repeat([1.0, 0.0, 1.0, 0.0], [3, 1, 0, 4])
    found = EngineResult(FEASIBLE, plan, -np.inf)
    layers = layered(matrix, matrix, effort())
    assert layers is not None
    wider, found, _ = engines._in_layers(layers, found, None)
    wider, told = engines._bounded(layers, len(matrix.cost), effort(), found, with_counts=False)
    assert (told.status, told.bound) == (FEASIBLE, -np.inf)
    assert len(wider.row_upper) == 1 + 2  # the budget and what the layers are; no row of a bound


@pytest.mark.parametrize(
    ("bound", "status"), [(-188.99, OPTIMAL), (-187.9995, OPTIMAL), (-189.0, FEASIBLE), (-187.9, FEASIBLE)]
)
def test_a_bound_of_layers_meets_a_plan(bound: float, status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounded to a value that a plan can have, but for noise, it proves the plan of this value, and no other."""
    monkeypatch.setattr(engines, "search", lambda *_: EngineResult(UNKNOWN, None, bound))
    matrix = half_a_start_too_many()
    plan = np.repeat([1.0, 0.0], 4)
    layers = layered(matrix, matrix, effort())
    assert layers is not None
    _, found, _ = engines._in_layers(layers, EngineResult(FEASIBLE, plan, -np.inf), None)
    _, told = engines._bounded(layers, len(matrix.cost), effort(), found, with_counts=False)
    assert told.status == status


@pytest.mark.parametrize(("bound", "status"), [(-235.0, OPTIMAL), (-235.5, FEASIBLE)], ids=["near", "not so near"])
def test_whether_any_plan_is_better_than_a_near_one(bound: float, status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Near its bound, and not past that, the search of layers is asked for better plans: that there is none proves it.

    That there is no plan at all, said of a plan that is farther from its bound, is not believed.
    """
    asked: list[IntegerProgram] = []

    def none(matrix: IntegerProgram, *_: Any) -> EngineResult:
        asked.append(matrix)
        return EngineResult(INFEASIBLE, None, np.inf)

    monkeypatch.setattr(engines, "search", none)
    monkeypatch.setattr(engines, "NEAR", 0.25)
    matrix = half_a_start_too_many()
    plan = np.repeat([1.0, 0.0], 4)  # worth 188, and 47 from the first of the bounds
    layers = layered(matrix, matrix, effort())
    assert layers is not None
    _, found, _ = engines._in_layers(layers, EngineResult(FEASIBLE, plan, bound), None)
    _, told = engines._bounded(layers, len(matrix.cost), effort(), found, with_counts=False)
    assert told.status == status
    further = len(asked[0].row_upper) - len(layers.matrix.row_upper)
    assert further == (1 if status == OPTIMAL else 0)
    assert not further or asked[0].row_upper[-1] == -189


@pytest.mark.parametrize(("bound", "asked"), [(-187.0, 0), (-188.0, 1), (-np.inf, 1)], ids=["past", "as far", "none"])
def test_what_an_engine_knows_better_layers_are_not_asked(
    bound: float, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relaxation with layers says 188: an engine that says 187 knows more, one that says 188 does not."""
    matrix = half_a_start_too_many()
    told = layered(matrix, matrix, effort())
    assert told is not None
    assert engines._surpassed(told.matrix, EngineResult(UNKNOWN, None, bound), effort()) is (asked == 0)
    searched: list[str] = []
    original = engines.search

    def heard(wider: IntegerProgram, limits: SolveLimits, engine: str, *further: Any) -> EngineResult:
        searched.append("layers" if len(further) == 3 else engine)
        if len(searched) == 1:  # the first turn finds two starts of each, and this bound
            plan = np.append(np.repeat([1.0, 0.0, 1.0, 0.0], 2), np.zeros(len(wider.cost) - len(matrix.cost)))
            return EngineResult(FEASIBLE, plan, bound)
        return original(wider, limits, engine, *further)

    monkeypatch.setattr(engines, "search", heard)
    found = optimise(matrix, effort())
    assert (found.status, found.bound) == (OPTIMAL, -188.0)
    assert searched.count("layers") == asked


@pytest.mark.parametrize("wide", [False, True])
def test_in_a_wide_matrix_cp_sat_goes_on_alone(wide: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Layers come after its second turn, HiGHS after its last; at the bound, and one past."""
    matrix = half_a_start_too_many()
    monkeypatch.setattr(engines, "WIDE", len(matrix.cost) - wide)
    turns: list[str] = []
    original = engines.search

    def heard(wider: IntegerProgram, limits: SolveLimits, engine: str, *further: Any) -> EngineResult:
        turns.append("layers" if len(further) == 3 else engine)
        if engine == "cp_sat" or len(further) == 3:
            plan = np.repeat([1.0, 0.0, 1.0, 0.0], 2)
            plan = plan if len(wider.cost) == len(plan) else np.append(plan, [4.0, 2.0])
            nothing = EngineResult(FEASIBLE, plan, -1000.0)
            return nothing if wider.feasible(plan) else EngineResult(UNKNOWN, None, -np.inf)
        return original(wider, limits, engine, *further)

    monkeypatch.setattr(engines, "search", heard)
    found = optimise(matrix, effort())
    assert (found.status, found.bound) == (OPTIMAL, -188.0)
    one_more = ["cp_sat", "cp_sat", "layers", "cp_sat", "cp_sat", "cp_sat", "highs"]
    assert turns == (one_more if wide else ["cp_sat", "layers", "cp_sat", "highs"])
