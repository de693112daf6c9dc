"""A question answered from where the proof stands has the values of the changed problem, built and solved anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from random_scenarios import random_scenario
from small import small
from test_keeping import PEOPLE, SCHEME

import planner
from planner.analysis.asked import Asked
from planner.analysis.price import better
from planner.analysis.seats.values import limits_asked
from planner.analysis.serialisation import as_data
from planner.analysis.what_if import WhatIf, near_to, with_goals, with_pin
from planner.inputs.loading import load
from planner.inputs.scenario.schema import Pin
from planner.model.alike import alike
from planner.model.goals import telling
from planner.plans.plan import Plan
from planner.solver import solve_problem

SHORT, LONG = range(3), range(3, 300)
seeds = pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])


def drawn(seed: int, folder: Path) -> WhatIf:
    """The case of a random scenario."""
    return WhatIf(load(random_scenario(seed, folder, "small")))


def questions(what_if: WhatIf, draw: np.random.Generator) -> Iterator[Asked]:
    """Starts required and forbidden, one at a time and together, limits raised and lowered, some of all."""
    proven, problem = what_if.proven, what_if.problem
    frame = proven.options.frame
    limits = limits_asked(what_if)
    for number in range(8 if len(frame) else 0):
        row = frame.iloc[int(draw.integers(len(frame)))]
        cadre = str(problem.cadres["cadre"].iloc[row["cadre"]])
        programme = str(problem.programmes["programme"].iloc[row["programme"]])
        pin = Pin(cadre=cadre, programme=programme, start=None if number % 2 else int(row["start"]))
        limit, by = limits[int(draw.integers(len(limits)))] if limits else (None, 0)
        more = {limit: by * int(draw.integers(1, 3))} if limit is not None else {}
        yield Asked(require=(pin,))
        yield Asked(forbid=(pin,))
        yield Asked(more=more)
        yield Asked((pin,), (), more) if number % 2 else Asked((), (pin,), more)


def built(what_if: WhatIf, asked: Asked, goals: list[str], *, near: bool = False) -> Plan:
    """The changed problem, built and solved anew."""
    problem = near_to(what_if) if near else with_goals(what_if.problem, goals)
    changed = with_pin(with_pin(problem, "require", *asked.require), "forbid", *asked.forbid)
    return solve_problem(changed, more=asked.more)


def values(plan: Plan, goals: list[str]) -> dict[str, float]:
    """The values of some goals."""
    every = plan.goals.set_index("goal")["value"]
    return {goal: float(every[goal]) for goal in goals}


@seeds
def test_a_change_has_the_values_of_the_changed_problem(seed: int, tmp_path: Path) -> None:
    """Each goal's value after any change, or that there is no plan; and no plan is better than the bounds say."""
    what_if, draw = drawn(seed, tmp_path), np.random.default_rng(seed)
    if what_if.proven.x is None:
        assert solve_problem(what_if.problem).status == "infeasible"
        return
    goals = telling(what_if.problem.scenario.goals)
    for asked in questions(what_if, draw) if goals else ():
        warm, cold = what_if.after(asked), built(what_if, asked, goals)
        least = what_if.at_best(asked)
        assert (warm is not None) == cold.found, asked
        if warm is None:
            continue
        assert {goal: float(value) for goal, value in warm.values.items()} == values(cold, goals), asked
        assert least is not None
        assert not better(what_if, warm, least), asked


@seeds
def test_an_exchange_is_the_nearest(seed: int, tmp_path: Path) -> None:
    """As few starts come and go as the changed problem, built and solved anew, needs."""
    what_if, draw = drawn(seed, tmp_path), np.random.default_rng(seed)
    goals = list[str](what_if.problem.scenario.goals)
    if what_if.proven.x is None or "changes" in goals:
        return
    now = set(what_if.plan.assignments[["cadre", "programme", "start"]].itertuples(index=False, name=None))
    for asked in questions(what_if, draw):
        if asked.more:
            continue
        warm, cold = what_if.after(asked, near=True), built(what_if, asked, goals, near=True)
        assert (warm is not None) == cold.found
        if warm is not None:
            then = set(cold.assignments[["cadre", "programme", "start"]].itertuples(index=False, name=None))
            assert len(now ^ set(warm.starts)) == len(now ^ then)


@seeds
def test_other_rankings_have_the_values_of_the_problem_so_ranked(seed: int, tmp_path: Path) -> None:
    """With its goals in another order the warm problem has the values of that problem."""
    what_if, draw = drawn(seed, tmp_path), np.random.default_rng(seed)
    if what_if.proven.x is None:
        return
    for _ in range(3):
        goals = [str(goal) for goal in draw.permutation(list(what_if.problem.scenario.goals))]
        problem = with_goals(what_if.problem, goals)
        warm, cold = what_if.after(Asked(), problem, goals), solve_problem(problem)
        assert warm is not None
        assert {goal: float(value) for goal, value in warm.values.items()} == values(cold, goals)


@pytest.mark.parametrize("same", [True, False])
def test_only_who_can_be_exchanged_is_alike(same: bool, tmp_path: Path) -> None:
    """Two of one office and level are alike, and the same start costs the same; with other points they are not."""
    seats = {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}}
    settings = {
        "seats": seats,
        "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
        "goals": ["priority", "early", "lot"],
        "programmes": {"school": {"open": False}, "evening": None, "degree": None, "further": None},
    }
    what_if = WhatIf(load(small(tmp_path, {"A": {}, "B": {} if same else {"sex": "M"}}, **settings)))
    classes = alike(what_if.proven.tables, what_if.proven.telling)
    assert bool(classes[0] == classes[1]) is same
    year = int(what_if.problem.scenario.horizon.first)
    one, two = (
        what_if.after(Asked(require=(Pin(cadre=cadre, programme="school", start=year),))) for cadre in ("A", "B")
    )
    assert one is not None
    assert two is not None
    assert (one.values == two.values) is same


@pytest.mark.parametrize("question", ["explain", "value", "missed", "fairness", "explain_all"])
def test_where_the_time_did_not_suffice_for_a_warm_proof_all_is_solved_anew(question: str, tmp_path: Path) -> None:
    """The answers are those of a warm case: what is not there is not asked."""
    plan = planner.solve(planner.load(small(tmp_path, PEOPLE, **SCHEME)))
    warm, cold = planner.what_if(plan), planner.what_if(plan)
    cold.proven.x = None  # as where the warm proof runs out of time, and the whole problem is solved in time
    with ThreadPoolExecutor(1) as here:
        more: dict[str, Any] = {"parallel": planner.Parallel(executor=here)}
        ask: Callable[[WhatIf], Any] = lambda case: as_data(getattr(planner, question)(case, **more).found)  # noqa: E731
        if question == "explain":
            every = [(cadre, programme) for cadre in PEOPLE for programme in ("school", "basics")]
            ask = lambda case: [as_data(planner.explain(case, *one).found) for one in every]  # noqa: E731
        if question == "explain_all":  # which starts are tied is told by a warm proof alone, and that is said
            assert planner.explain_all(cold, **more).unproven == 1
        else:
            assert ask(cold) == ask(warm)
