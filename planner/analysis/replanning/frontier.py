"""Changes against attainment: the least shortfall that a replan reaches with at most so many changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.analysis.parallel import OnProgress, silent
from planner.analysis.what_if import unproven, with_goals, worth
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import RankedGoal
from planner.optimiser.decomposition import SolveCache
from planner.plans.plan import Plan
from planner.solver import solve_problem

MOST_POINTS = 9
CHANGES, ATTAINMENT = RankedGoal("changes"), RankedGoal("attainment")


@dataclass(frozen=True)
class Point:
    """A point of the frontier: at most so many changes, those that it needs, and the attainment's value with them."""

    at_most: int
    changes: int
    attainment: Fraction


def frontier(problem: Problem, points: int = MOST_POINTS, on_progress: OnProgress = silent) -> tuple[Point, ...]:
    """From as few changes as there can be to as many as the best attainment needs; each point proven.

    Parameters
    ----------
    points
        How many at most; where there are more numbers between, they are spread evenly.

    Raises
    ------
    InputError
        No plan exists, or the time limit of the scenario was too short to prove a point.
    """
    cache = SolveCache()
    on_progress(0, points)
    fewest = _value(_proven(problem, [CHANGES, ATTAINMENT], cache), "changes")
    most = _value(_proven(problem, [ATTAINMENT, CHANGES], cache), "changes")
    steps = np.unique(np.linspace(fewest, max(fewest, most), min(points, most - fewest + 1)).round().astype(int))
    found = []
    for number, allowed in enumerate(map(int, steps), 1):
        plan = _proven(problem, [ATTAINMENT, CHANGES], cache, allowed)
        found.append(Point(allowed, _value(plan, "changes"), worth(plan)["attainment"]))
        on_progress(number, len(steps))
    return tuple(found)


def _proven(problem: Problem, goals: Sequence[str], cache: SolveCache, allowed: int | None = None) -> Plan:
    within = None if allowed is None else {CHANGES: allowed}
    plan = solve_problem(with_goals(problem, goals), cache=cache, within=within)
    if plan.status != "optimal":
        raise unproven(problem)
    return plan


def _value(plan: Plan, goal: str) -> int:
    return int(worth(plan)[goal])
