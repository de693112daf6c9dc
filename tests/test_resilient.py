"""Plans for uncertain futures: against trying every plan in every future, and against `planner risk`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from brute_force import TooManyPlansError, World, every_plan
from random_scenarios import random_scenario

from planner import Problem, load, solve
from planner.analysis.risk.figures import worst_tenth
from planner.analysis.risk.futures import draw_futures
from planner.plans.plan import Plan
from planner.verification import broken_rules, figures

pytestmark = pytest.mark.usefixtures("english")

MEASURES = ("expected", "worst_tenth")


def rate(event: str, chance: float, **more: Any) -> dict[str, Any]:
    """An entry of `risk`."""
    return {"event": event, "rate": chance, "source": "assumed", **more}


RATES = {
    "women": rate("left", 0.1, who={"sex": "F"}),
    "rest": rate("left", 0.04),
    "old": rate("retired", 0.3, who={"age": {"min": 50}}),
    "moved": rate("transferred", 0.05),
    "no": rate("declined", 0.2),
    "fails": rate("failed", 0.15),
}


def resilient(path: Path, measure: str, futures: int = 10, seed: int = 1, *rest: str, rates: Any = RATES) -> Problem:
    """The problem of a scenario with a goal over futures above the others."""
    goals = [measure, *(rest or ("attainment", "starts", "early", "lot"))]
    return load(path, {"goals": goals, "risk": rates, "resilient": {"futures": futures, "seed": seed}})


def value(plan: Plan, goal: str) -> float:
    """A goal's value, which must be proven."""
    row = plan.goals.set_index("goal").loc[goal]
    assert row["status"] == "optimal"
    return float(row["value"])


def weighted(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    """The weighted shortfall in each of the futures that the goal looks at, as `planner risk` has it."""
    sample = problem.scenario.resilient
    return draw_futures(problem, starts, sample.futures, sample.seed, hinged=False).weighted


def measured(problem: Problem, starts: pd.DataFrame, measure: str) -> float:
    """A measure as `planner risk` has it."""
    found = weighted(problem, starts)
    return float(found.mean()) if measure == "expected" else worst_tenth(found)[0]


def rows(problem: Problem, chosen: Any) -> pd.DataFrame:
    """Starts of the brute force by the rows of the problem's tables."""
    cadres, programmes = pd.Index(problem.cadres["cadre"]), pd.Index(problem.programmes["programme"])
    table = pd.DataFrame(
        [(cadres.get_loc(each.cadre), programmes.get_loc(each.programme), each.first, each.last) for each in chosen],
        columns=["cadre", "programme", "start", "finish"],
    )
    return table.astype(int)


TRIED = [(seed, measure) for seed in range(24) for measure in MEASURES]


@pytest.mark.parametrize(("seed", "measure"), TRIED)
def test_every_plan_is_tried_in_every_future(seed: int, measure: str, tmp_path: Path) -> None:
    """On tiny random scenarios no plan does better than the one found, whose value is that of `planner risk`."""
    path = random_scenario(seed, tmp_path, "tiny")
    problem = resilient(path, measure, seed=seed)
    plan = solve(problem)
    try:
        plans = [starts for starts, _ in every_plan(World(path), 1_500)]
    except TooManyPlansError:
        pytest.skip("too many plans to try")
    assert plan.found == bool(plans)
    if plan.found:
        best = min(round(measured(problem, rows(problem, starts), measure), 9) for starts in plans)
        assert value(plan, measure) == pytest.approx(best, abs=1e-9)
        assert measured(problem, plan.starts, measure) == pytest.approx(best, abs=1e-9)
        assert broken_rules(problem, plan.assignments).empty
        assert float(figures(problem, plan.assignments).goals[measure]) == value(plan, measure)
