"""A proof that begins with a plan said to be the best, and goals ranked anew: what is found is what a solve finds."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from brute_force import best_plans
from random_scenarios import random_scenario
from scipy import sparse
from small import small

from planner.analysis.asked import Asked
from planner.analysis.fairness.audit import Step, _answer
from planner.analysis.proven import ProvenProblem
from planner.analysis.what_if import WhatIf, what_if_of, with_goals, worth
from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.inputs.scenario.schema import Pin
from planner.model.options import admissible_starts
from planner.optimiser.afresh import Remnant
from planner.optimiser.completion import completed
from planner.optimiser.integer_program import SolveLimits
from planner.optimiser.lp import Simplex, relax, tells_apart
from planner.plans.plan import Plan, plan_of
from planner.report.charts.canvas import records
from planner.solver import solve_problem

SHORT, LONG = range(3), range(3, 300)
seeds = pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
TIE: dict[str, dict[str, Any]] = {"A": {"sex": "M"}, "B": {"sex": "M"}, "C": {"sex": "F"}, "D": {"sex": "F"}}
SCHEME: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "targets": {"advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}},
    "programmes": {"school": {"open": False}, "evening": None, "degree": None, "course": None, "further": None},
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "goals": ["attainment", "priority", "early", "lot"],
}


def effort() -> SolveLimits:
    """Time enough."""
    return SolveLimits(time.monotonic() + 60)


def with_starts(plan: Plan, starts: pd.DataFrame, goals: pd.DataFrame | None = None) -> Plan:
    """A plan of other starts, with the figures that it says of itself."""
    options = admissible_starts(plan.problem)
    told = plan.goals if goals is None else goals
    return plan_of(options, np.flatnonzero(options.having(starts)), "optimal", told)


# --- a claimed plan -------------------------------------------------------------------------------------------------


@seeds
def test_the_best_is_found_whatever_plan_is_claimed(seed: int, tmp_path: Path) -> None:
    """From the best plan, from half of it, from none of its starts: values and starts are those of a solve."""
    problem = load(random_scenario(seed, tmp_path, "small"))
    plan = solve_problem(problem)
    if not plan.found:
        return
    halves = [with_starts(plan, plan.starts.iloc[place::2]) for place in (0, 1)]
    for claimed in (plan, *halves, with_starts(plan, plan.starts.iloc[:0])):
        found = ProvenProblem(problem, claimed)
        assert found.x is not None
        assert list(found.goal_table()["value"].astype(float)) == list(plan.goals["value"].astype(float))
        assert list(found.goal_table()["bound"].astype(float)) == list(plan.goals["value"].astype(float))
        if plan.repeatable:
            assert sorted(found.starts(found.x)) == sorted(_starts(plan))


@seeds
def test_questions_have_the_same_answers_from_a_claimed_plan(seed: int, tmp_path: Path) -> None:
    """What is forbidden is answered alike from either proof."""
    problem = load(random_scenario(seed, tmp_path, "small"))
    plan = solve_problem(problem)
    if not plan.found:
        return
    claimed, own = what_if_of(plan, "run"), WhatIf(problem)
    for cadre, programme, start in _starts(plan)[:6]:
        asked = Asked(forbid=(Pin(cadre=cadre, programme=programme, start=start),))
        one, two = claimed.after(asked), own.after(asked)
        assert (one is None) == (two is None)
        assert one is None or two is None or one.values == two.values


def test_a_plan_that_only_the_lot_tells_from_the_best_is_refused(tmp_path: Path) -> None:
    """Equal in every goal but the lot, with its true figures, with the best plan's figures: neither is the best."""
    path = small(tmp_path, TIE, **SCHEME)
    problem = load(path)
    plan = solve_problem(problem)
    _, plans = best_plans(path)
    others = [each for each in plans if set(each) != set(_starts(plan))]
    assert others
    options = admissible_starts(problem)
    codes = problem.cadres["cadre"].to_numpy()[options.frame["cadre"]]
    names = problem.programmes["programme"].to_numpy()[options.frame["programme"]]
    every = list(zip(codes, names, options.frame["start"].astype(int), strict=True))
    chosen = np.array([place for place, start in enumerate(every) if start in set(others[0])])
    lied = plan_of(options, chosen, "optimal", plan.goals)
    lot = next(goal for goal in ProvenProblem(problem).goals if goal.name == "lot")
    value = int(lot.coefficients[chosen].sum() / lot.scale)
    true = plan.goals.assign(value=[*plan.goals["value"].iloc[:-1], value])
    assert value > plan.goals["value"].iloc[-1]
    for altered in (lied, replace(lied, goals=true)):
        with pytest.raises(InputError, match="does not hold the best plan"):
            what_if_of(altered, "run")
    assert worth(what_if_of(plan, "run").plan) == worth(plan)


@pytest.mark.parametrize("cell", ["value of another", "one more start"])
def test_an_altered_plan_is_refused(cell: str, tmp_path: Path) -> None:
    """A figure of a goal, a start that the seats do not allow: it is not the best plan."""
    plan = solve_problem(load(small(tmp_path, TIE, **SCHEME)))
    if cell == "one more start":
        frame = admissible_starts(plan.problem).frame
        seated = frame[frame["start"] == 2021]
        assert len(seated) > 1  # the pool has one seat that year
        altered = with_starts(plan, seated)
    else:
        first, *others = plan.goals["value"]
        altered = replace(plan, goals=plan.goals.assign(value=[first - 1, *others]))
    with pytest.raises(InputError, match="does not hold the best plan"):
        what_if_of(altered, "run")


def test_a_plan_is_completed_by_what_the_goals_want(tmp_path: Path) -> None:
    """The columns that are no starts are as low as the starts let them be; of impossible starts there is nothing."""
    problem = load(small(tmp_path, TIE, **SCHEME))
    proven = ProvenProblem(problem)
    assert proven.x is not None
    starts = len(proven.options)
    known = np.append(proven.x[:starts], np.full(len(proven.x) - starts, np.nan))
    again = completed(proven.matrix, proven.goals, proven._owner, known, effort())
    assert again is not None
    for goal in proven.goals:
        assert goal.coefficients @ again == goal.coefficients @ proven.x
    known[:starts] = 1.0
    assert completed(proven.matrix, proven.goals, proven._owner, known, effort()) is None
    known[0] = 2.0
    assert completed(proven.matrix, proven.goals, proven._owner, known, effort()) is None


# --- other rankings -------------------------------------------------------------------------------------------------


@seeds
def test_other_rankings_afresh_are_those_of_the_problem_so_ranked(seed: int, tmp_path: Path) -> None:
    """Solved over what is left, or from where the proof stands, or built: the same values."""
    what_if, draw = WhatIf(load(random_scenario(seed, tmp_path, "small"))), np.random.default_rng(seed)
    if what_if.proven.x is None:
        return
    for _ in range(3):
        goals = [str(goal) for goal in draw.permutation(list(what_if.problem.scenario.goals))]
        problem = with_goals(what_if.problem, goals)
        far, near, cold = (
            what_if.after(Asked(), problem, goals, far=True),
            what_if.after(Asked(), problem, goals),
            solve_problem(problem),
        )
        assert far is not None
        assert near is not None
        assert far.values == near.values == worth(cold)


def test_without_points_the_lot_says_whose_they_are(tmp_path: Path) -> None:
    """The plan of no points is the one that the lot chooses, whatever was asked before, lots drawn or not."""
    for goals in (SCHEME["goals"], SCHEME["goals"][:-1]):
        path = small(tmp_path / str(len(goals)), TIE, **{**SCHEME, "goals": goals})
        pointless = {**SCHEME, "goals": ["attainment", "early", "lot"]}
        free = solve_problem(load(small(tmp_path / f"{len(goals)} free", TIE, **pointless)))
        women = [cadre for cadre, _, _ in _starts(free) if TIE[cadre]["sex"] == "F"]
        for before in ([], [(1, 1)], [(2, 4), (1, 1)]):
            what_if = WhatIf(load(path))
            for question in before:
                _answer(what_if, question)
            step = _answer(what_if, (2, 0))
            assert isinstance(step, Step)
            assert step.goals["priority"] == 2 * len(women)


# --- the relaxation of what is left ---------------------------------------------------------------------------------


def test_what_is_left_has_the_bound_of_the_whole(tmp_path: Path) -> None:
    """With columns fixed, and with a row more: the bound, and a basis from which the whole is solved at once."""
    proven = ProvenProblem(load(random_scenario(3, tmp_path, "small")))
    matrix = replace(proven.matrix, cost=proven.goals[0].coefficients)
    draw = np.random.default_rng(1)
    fixed = draw.random(len(matrix.cost)) < 0.3
    matrix = replace(matrix, upper=np.where(fixed & (matrix.lower == 0), 0.0, matrix.upper))
    remnant = Remnant()
    one = sparse.csr_matrix(np.ones((1, len(matrix.cost))))
    for wider in (matrix, matrix.with_rows(one, np.array([1.0]), np.array([np.inf]))):
        found, whole = remnant.relax(wider, effort()), relax(wider, effort())
        assert found.status == whole.status
        if whole.status == "optimal":
            assert found.bound == pytest.approx(whole.bound)
            assert found.basis is not None
            assert Simplex(found.basis).relax(wider, effort()).bound == pytest.approx(whole.bound)


def test_only_costs_of_their_own_tell_apart(tmp_path: Path) -> None:
    """The lot does; starts, which all cost one, and what is to be maximised do not; nor where nothing is free."""
    proven = ProvenProblem(load(small(tmp_path, TIE, **SCHEME)))
    matrix, lot = proven.matrix, next(goal.coefficients for goal in proven.goals if goal.name == "lot")
    starts = np.flatnonzero(lot)
    own = matrix.part(np.arange(len(matrix.row_lower)), starts)
    assert tells_apart(replace(own, cost=lot[starts]))
    assert not tells_apart(replace(own, cost=np.ones(len(starts))))
    assert not tells_apart(replace(own, cost=-lot[starts]))
    assert not tells_apart(replace(own, cost=lot[starts], upper=own.lower))


def test_records_are_the_rows(tmp_path: Path) -> None:
    """As `itertuples` has them: empty cells, names that are no names, no rows at all."""
    plan = solve_problem(load(small(tmp_path, TIE, **SCHEME)))
    odd = pd.DataFrame({"a b": [1, 2], "class": ["x", None], "n": pd.array([1, None], dtype="Int64")}, index=[5, 7])
    for table in (plan.seats, plan.assignments, odd, odd.iloc[:0]):
        assert list(map(str, records(table))) == [
            str(row).replace("Pandas(", "Record(", 1) for row in table.itertuples()
        ]


def _starts(plan: Plan) -> list[tuple[str, str, int]]:
    rows = plan.assignments[["cadre", "programme", "start"]]
    return [(str(cadre), str(programme), int(start)) for cadre, programme, start in rows.itertuples(index=False)]
