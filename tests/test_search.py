"""The search: on small integer programmes its values are those of plain enumeration and of SciPy's HiGHS."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser import reduced_cost_fixing
from planner.optimiser.decomposition import optimise_parts
from planner.optimiser.engines import ENGINES
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import LexicographicResult, optimise_in_order
from planner.optimiser.lp import relax
from planner.optimiser.reduced_cost_fixing import GoalResult, best, next_value


def effort(engine: str = "highs", seconds: float = 60) -> SolveLimits:
    """One worker for so many seconds."""
    return SolveLimits(time.monotonic() + seconds, engine=engine)


def drawn(seed: int, columns: int = 8, rows: int = 6) -> IntegerProgram:
    """A random integer programme: a few at-most-one rows, and rows with coefficients of both signs and two sides."""
    draw = np.random.default_rng(seed)
    terms = draw.integers(-2, 4, (rows, columns)) * (draw.random((rows, columns)) < 0.6)
    pairs = (draw.random((3, columns)) < 0.4).astype(int)
    most = np.concatenate([draw.integers(0, 6, rows), np.ones(3)])
    least = np.where(draw.random(rows + 3) < 0.4, np.minimum(draw.integers(-2, 3, rows + 3), most), -np.inf)
    upper = draw.choice([1.0, 1.0, 1.0, 2.0], columns)
    whole = sparse.csr_matrix(np.vstack([terms, pairs]), dtype=float)
    return IntegerProgram(np.zeros(columns), whole, least, most, np.zeros(columns), upper)


def ranked_goals(seed: int, number: int, columns: int) -> list[Goal]:
    """Random goals, some of them sparse, so that they leave ties; one has a step of 3."""
    draw = np.random.default_rng([seed, 1])
    goals = []
    for place in range(number):
        coefficients = draw.integers(-4, 5, columns) * (draw.random(columns) < 0.5) * (3 if place == 1 else 1)
        goals.append(Goal(f"goal {place}", "min", coefficients.astype(float), 1))
    return goals


def points(matrix: IntegerProgram) -> np.ndarray:
    """Every whole point that obeys the matrix."""
    ends = zip(matrix.lower.astype(int), matrix.upper.astype(int), strict=True)
    grid = np.array(list(product(*(range(low, high + 1) for low, high in ends))))
    activity = grid @ matrix.terms.toarray().T
    return grid[((activity >= matrix.row_lower - 1e-9) & (activity <= matrix.row_upper + 1e-9)).all(axis=1)]


def in_order(found: np.ndarray, goals: Sequence[Goal]) -> tuple[list[float], np.ndarray]:
    """The best values of the goals in their order, and the points that have them."""
    optimum = []
    for goal in goals:
        of_points = found @ goal.coefficients
        optimum.append(float(of_points.min()))
        found = found[of_points == of_points.min()]
    return optimum, found


def owners(matrix: IntegerProgram) -> np.ndarray:
    """Three cadres who own the columns by turns; columns that may be 2 are no start, and nobody's."""
    return np.where(matrix.upper == 1, np.arange(len(matrix.upper)) % 3, -1)


def optimise(matrix: IntegerProgram, goals: Sequence[Goal], gap: float = 0, **how: float | str) -> LexicographicResult:
    """`optimise_in_order` without a listener."""
    return optimise_in_order(matrix, goals, effort(**how), gap, lambda *news: None, owners(matrix))  # type: ignore[arg-type]


def optimise_apart(matrix: IntegerProgram, goals: Sequence[Goal], **how: float) -> LexicographicResult:
    """`optimise_parts` without a listener."""
    return optimise_parts(matrix, goals, effort(**how), 0, lambda *news: None, owners(matrix))  # type: ignore[arg-type]


def one(matrix: IntegerProgram, goal: Goal, gap: float = 0, known: np.ndarray | None = None) -> GoalResult:
    """`best` for one goal without a listener."""
    over = replace(matrix, cost=goal.coefficients)
    return best(over, relax(over, effort()), goal.step, effort(), gap, known, lambda value, bound: None)


# --- one goal -------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[(1_000, 4), (1, 2)], ids=["whole", "narrow"])
def neighbourhood(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many columns a first round frees: all of a small problem, or one, so that further rounds are needed."""
    monkeypatch.setattr(reduced_cost_fixing, "FURTHER", request.param[0])
    monkeypatch.setattr(reduced_cost_fixing, "WIDER", request.param[1])


@pytest.mark.usefixtures("neighbourhood")
def test_the_best_value_is_that_of_enumeration() -> None:
    """Over random problems the value is proven and right, and what is left of the matrix are the best points."""
    feasible = 0
    for seed in range(25):
        matrix, goal = drawn(seed), ranked_goals(seed, 1, 8)[0]
        every = points(matrix)
        over = replace(matrix, cost=goal.coefficients)
        if relax(over, effort()).status != "optimal":
            assert len(every) == 0
            continue
        found = one(matrix, goal)
        if len(every) == 0:
            assert (found.status, found.x) == ("infeasible", None)
            continue
        feasible += 1
        (value,), optima = in_order(every, [goal])
        assert (found.status, found.value, found.bound) == ("optimal", value, value)
        assert (optima == found.x).all(axis=1).any()
        np.testing.assert_array_equal(points(found.matrix), optima)
    assert feasible > 10


def test_a_known_plan_within_the_gap_is_good_enough() -> None:
    """With gap 0.5 a plan of 3 will do where 2 is best, and its bound is what is proven; with less it will not."""
    # minimise a + b + c where each pair needs one: the relaxation says 1.5, so 2.
    pairs = sparse.csr_matrix([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])
    matrix = IntegerProgram(np.zeros(3), pairs, np.ones(3), np.full(3, np.inf), np.zeros(3), np.ones(3))
    goal = Goal("few", "min", np.ones(3), 1)
    found = one(matrix, goal, 0.5, np.ones(3))
    assert (found.status, found.value, found.bound) == ("feasible", 3, 2)
    assert len(points(found.matrix)) == 4  # none worse than 3: all there are
    found = one(matrix, goal, 0.3, np.ones(3))
    assert (found.status, found.value, found.bound) == ("optimal", 2, 2)


def test_the_next_value_is_a_multiple_of_the_step() -> None:
    """A bound is rounded up to the next value a plan can have, but for what rounding may have added to it."""
    assert [next_value(bound, 1) for bound in (1.2, 2.0, 2.0000001, -1.5)] == [2, 2, 2, -1]
    assert [next_value(bound, 3) for bound in (1.2, 3.0, 3.1, -1.5)] == [3, 3, 6, 0]
    assert next_value(-np.inf, 3) == -np.inf


# --- ranked goals ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("neighbourhood")
@pytest.mark.parametrize("engine", ENGINES)
def test_ranked_goals_are_those_of_enumeration(engine: str) -> None:
    """Over random problems every goal has the value that enumeration finds, and is proven; or no plan exists."""
    bounds = {"right": 0, "wrong": 0, "no": 0}
    for seed in range(25, 50):
        matrix, goals = drawn(seed), ranked_goals(seed, 3, 8)
        every = points(matrix)
        found = optimise(matrix, goals, engine=engine)
        if len(every) == 0:
            assert (found.status, found.x) == ("infeasible", None)
            continue
        optimum, optima = in_order(every, goals)
        assert found.status == "optimal"
        assert [(goal.status, goal.value, goal.bound) for goal in found.goals] == [
            ("optimal", value, value) for value in optimum
        ]
        assert (optima == found.x).all(axis=1).any()
        bound = relax(replace(matrix, cost=goals[0].coefficients), effort()).bound
        near = abs(bound - round(bound)) < 1e-6
        bounds["no" if not near else "right" if round(bound) == optimum[0] else "wrong"] += 1
    assert bounds["right"] > 0
    assert bounds["no"] > 0


def test_a_goal_whose_assumed_bound_no_plan_reaches_is_taken_up_again() -> None:
    """Two triangles: the relaxation finds 3 of 6, a possible value that no plan has; the truth is 2, then proven."""
    triangle = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])
    terms = sparse.csr_matrix(np.kron(np.eye(2), triangle))
    matrix = IntegerProgram(np.zeros(6), terms, np.full(6, -np.inf), np.ones(6), np.zeros(6), np.ones(6))
    many = Goal("many", "max", -np.ones(6), 1)
    late = Goal("late", "min", np.array([1.0, 2, 3, 4, 5, 6]), 1)
    again = Goal("again", "min", np.array([0.0, 1, 0, 1, 0, 0]), 1)
    assert relax(replace(matrix, cost=many.coefficients), effort()).bound == pytest.approx(-3)
    news: list[tuple[str, float, float]] = []
    news: list[tuple[str, float]] = []
    goals = [many, late, again]
    found = optimise_in_order(
        matrix, goals, effort(), 0, lambda goal, value, bound: news.append((goal.name, bound)), np.full(6, -1)
    )
    assert found.status == "optimal"
    assert [(goal.value, goal.bound) for goal in found.goals] == [(-2, -2), (5, 5), (1, 1)]
    names = [name for name, _ in news]
    assert news[0] == ("many", -3)
    assert "many" in names[names.index("late") :]  # its bound was assumed, then withdrawn
    assert news[len(names) - 1 - names[::-1].index("many")] == ("many", -2)


def test_several_assumed_bounds_are_withdrawn() -> None:
    """Of four goals the first three have bounds that no plan reaches; each is proven by itself in the end."""
    triangle = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])
    terms = sparse.csr_matrix(np.kron(np.eye(6), triangle))
    columns = 18
    matrix = IntegerProgram(
        np.zeros(columns), terms, np.full(18, -np.inf), np.ones(18), np.zeros(columns), np.ones(columns)
    )
    goals = []
    for place in range(3):  # each goal wants two triangles of its own
        coefficients = np.zeros(columns)
        coefficients[6 * place : 6 * place + 6] = -1
        goals.append(Goal(f"goal {place}", "max", coefficients, 1))
    goals.append(Goal("last", "min", np.arange(columns, dtype=float), 1))
    found = optimise(matrix, goals)
    assert found.status == "optimal"
    firsts = [3 * number for number in range(6)]  # the cheapest corner of every triangle
    assert [(goal.value, goal.bound) for goal in found.goals] == [(-2, -2)] * 3 + [(sum(firsts), sum(firsts))]


def test_no_plan_is_found_where_none_is() -> None:
    """Where the relaxation has a point and no whole number has, no goal claims a value."""
    matrix = IntegerProgram(np.zeros(2), sparse.csr_matrix([[2.0, 2]]), np.ones(1), np.ones(1), np.zeros(2), np.ones(2))
    goals = [Goal(name, "min", np.ones(2), 1) for name in ("one", "two", "three")]
    found = optimise(matrix, goals)
    assert (found.status, found.x) == ("infeasible", None)
    assert not any(goal.status == "optimal" for goal in found.goals)


def test_ranked_goals_within_a_gap() -> None:
    """With a gap every plan obeys the matrix, and each value lies within the gap of a bound that is true."""
    cut = 0
    for seed in range(50, 75):
        matrix, goals = drawn(seed), ranked_goals(seed, 3, 8)
        every = points(matrix)
        found = optimise(matrix, goals, gap=0.6)
        if len(every) == 0:
            assert found.status == "infeasible"
            continue
        assert found.x is not None
        assert matrix.feasible(found.x)
        for settled in found.goals:
            possible = every @ settled.goal.coefficients
            assert settled.bound <= possible.min() <= settled.value == settled.goal.coefficients @ found.x
            assert settled.value - settled.bound <= 0.6 * max(abs(settled.value), 1) + 1e-9
            assert (settled.status == "optimal") == (settled.value <= settled.bound)
            every = every[possible <= settled.value]
        assert found.status == ("optimal" if all(goal.status == "optimal" for goal in found.goals) else "feasible")
        cut += found.status == "feasible"
    assert cut > 0


SCIPY = """
import json, sys
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
for line in sys.stdin:
    given = json.loads(line)
    terms, least, most = (np.array(given[key], dtype=float) for key in ("terms", "least", "most"))
    values = []
    for goal in np.array(given["goals"]):
        answer = milp(goal, constraints=LinearConstraint(terms, least, most), integrality=np.ones(len(goal)),
                      bounds=Bounds(0, given["upper"]), options={"mip_rel_gap": 0})
        if answer.status == 2:
            values = None
            break
        assert answer.status == 0, answer.message
        values.append(round(goal @ np.round(answer.x)))
        terms, least, most = np.vstack([terms, goal]), np.append(least, -np.inf), np.append(most, values[-1] + 1e-6)
    print(json.dumps(values))
"""


def scipy_says(problems: Sequence[tuple[IntegerProgram, Sequence[Goal]]]) -> list[list[int] | None]:
    """The ranked optima by SciPy, in a process of its own; None where no point obeys the matrix."""
    lines = [
        json.dumps(
            {
                "terms": matrix.terms.toarray().tolist(),
                "least": matrix.row_lower.tolist(),
                "most": matrix.row_upper.tolist(),
                "upper": matrix.upper.tolist(),
                "goals": [goal.coefficients.tolist() for goal in goals],
            }
        )
        for matrix, goals in problems
    ]
    run = subprocess.run(
        [sys.executable, "-c", SCIPY], input="\n".join(lines), capture_output=True, text=True, check=True, timeout=300
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def covering(seed: int, columns: int = 40, rows: int = 30) -> tuple[IntegerProgram, list[Goal]]:
    """A larger random problem: at-most-one rows beside rows that ask for some."""
    draw = np.random.default_rng([seed, 2])
    terms = (draw.random((rows, columns)) < 0.15) * draw.integers(1, 4, (rows, columns))
    packing = draw.random(rows) < 0.5
    terms[packing] = terms[packing] > 0
    most = np.where(packing, 1.0, np.inf)
    least = np.where(packing, -np.inf, draw.integers(1, 3, rows))
    matrix = IntegerProgram(
        np.zeros(columns), sparse.csr_matrix(terms, dtype=float), least, most, np.zeros(columns), np.ones(columns)
    )
    return matrix, ranked_goals(seed, 4, columns)


@pytest.mark.usefixtures("neighbourhood")
def test_another_engine_in_another_process_agrees() -> None:
    """On problems of 40 columns SciPy's solver finds the same values of four ranked goals, in one piece or in parts."""
    problems = [covering(seed) for seed in range(6)]
    expected = scipy_says(problems)
    assert sum(values is None for values in expected) < 6
    for (matrix, goals), values in zip(problems, expected, strict=True):
        found = optimise(matrix, goals)
        in_parts = optimise_apart(matrix, goals)
        for each in (found, in_parts):
            assert each.status == ("infeasible" if values is None else "optimal")
            if values is not None:
                assert each.x is not None
                assert matrix.feasible(each.x)
                assert [goal.value for goal in each.goals] == [goal.bound for goal in each.goals] == values


def test_parts_are_best_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two problems that share no row, side by side in one matrix, have the sums of their values."""
    monkeypatch.setattr("planner.optimiser.decomposition.SMALLEST_PART", 5)
    compared = 0
    for seed in range(12):
        one_, two = drawn(seed), drawn(seed + 100)
        goals_one, goals_two = ranked_goals(seed, 3, 8), ranked_goals(seed + 100, 3, 8)
        both = IntegerProgram(
            *(np.zeros(16), sparse.csr_matrix(sparse.block_diag([one_.terms, two.terms]))),
            *(np.concatenate([getattr(one_, side), getattr(two, side)]) for side in ("row_lower", "row_upper")),
            *(np.concatenate([getattr(one_, side), getattr(two, side)]) for side in ("lower", "upper")),
        )
        goals = [
            Goal(first.name, "min", np.concatenate([first.coefficients, second.coefficients]), 1)
            for first, second in zip(goals_one, goals_two, strict=True)
        ]
        found = optimise_apart(both, goals)
        every = points(one_), points(two)
        if any(len(each) == 0 for each in every):
            assert found.status == "infeasible"
            continue
        sums = np.add(in_order(every[0], goals_one)[0], in_order(every[1], goals_two)[0])
        assert found.status == "optimal"
        assert [goal.value for goal in found.goals] == [goal.bound for goal in found.goals] == sums.tolist()
        assert found.x is not None
        assert both.feasible(found.x)
        compared += 1
    assert compared > 3


def test_without_time_nothing_wrong_is_claimed() -> None:
    """With no time left the status is honest: whatever value, bound and plan it has are true."""
    problems = [covering(seed, 60, 45) for seed in range(20, 26)]
    expected = scipy_says(problems)
    for (matrix, goals), values in zip(problems, expected, strict=True):
        found = optimise(matrix, goals, seconds=0)
        if values is None:
            assert found.status in ("infeasible", "unknown")
            continue
        assert found.status in ("optimal", "feasible", "unknown")
        assert (found.x is None) == (found.status == "unknown")
        if found.status == "optimal":
            assert [goal.value for goal in found.goals] == values
        if found.x is not None:
            assert matrix.feasible(found.x)
            assert [goal.value for goal in found.goals] == [goal.coefficients @ found.x for goal in goals]
        assert found.goals[0].bound <= values[0] <= found.goals[0].value


def packing(columns: int = 1500, rows: int = 1000) -> tuple[IntegerProgram, list[Goal]]:
    """A problem whose relaxation takes longer than a moment, and of which nothing at all is a plan from the first."""
    terms = sparse.random(rows, columns, 0.01, random_state=1, format="csr")
    terms.data[:] = 1
    matrix = IntegerProgram(
        np.zeros(columns), terms, np.full(rows, -np.inf), np.ones(rows), np.zeros(columns), np.ones(columns)
    )
    draw = np.random.default_rng(1)
    return matrix, [Goal(f"goal {place}", "max", -draw.integers(1, 9, columns).astype(float), 1) for place in range(3)]


@pytest.mark.parametrize("seconds", [0, 0.03, 0.1])
def test_a_relaxation_cut_short_settles_nothing(seconds: float) -> None:
    """A relaxation stopped half way proves nothing: its goal is not passed over, and no later one is settled."""
    matrix, goals = packing()
    relaxed = relax(replace(matrix, cost=goals[0].coefficients), effort(seconds=seconds))
    assert relaxed.status in ("optimal", "unknown")
    found = optimise(matrix, goals, seconds=seconds)
    in_parts = optimise_apart(matrix, goals, seconds=seconds)
    for each in (found, in_parts):
        assert (each.x is None) == (each.status == "unknown")
        statuses = [goal.status for goal in each.goals]
        assert statuses == sorted(statuses, key="unknown".__eq__)  # all that is settled stands before what is not


def test_a_first_goal_settled_stays_settled_when_the_time_runs_out() -> None:
    """A goal that is said to be optimal has the true value, whatever happened to those after it."""
    matrix, goals = covering(3, 120, 90)
    (values,) = scipy_says([(matrix, goals[:1])])
    for seconds in (0, 0.02, 0.05, 0.1):
        found = optimise(matrix, goals, seconds=seconds)
        first = found.goals[0]
        assert values is None or first.bound <= values[0] <= first.value
        if first.status == "optimal":
            assert values == [first.value] == [first.bound]
