"""The starts that are announced for the year to come: as many of them as can stand are pinned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from planner.analysis.what_if import starts_of, with_goals
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import in_each_language
from planner.model.goals import telling
from planner.model.options import admissible_starts
from planner.optimiser.decomposition import SolveCache
from planner.solver import solve_problem
from planner.years.successor import ANNOUNCED

Start = tuple[str, str, int]


@dataclass(frozen=True)
class Announced:
    """The problem with the announced starts that can stand together as pins, those starts, and the others."""

    problem: Problem
    kept: tuple[Start, ...]
    lost: tuple[Start, ...]


def with_announced(problem: Problem, year: int) -> Announced:
    """Require the starts of the earlier plan in a year.

    Where not all of them can stand, as many as can: those of the plan that keeps the most and then is best.
    """
    announced = _starts(problem.earlier[problem.earlier["start"] == year])
    options = admissible_starts(problem)
    frame, cadres, names = options.frame, problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    possible = set(zip(cadres[frame["cadre"]], names[frame["programme"]], map(int, frame["start"]), strict=True))
    able = [start for start in announced if start in possible]
    whole = _pinned(problem, able)
    if able and not _stands(whole):
        alone = problem.earlier[problem.earlier["start"] == year].reset_index(drop=True)
        goals = [goal for goal in telling(problem.scenario.goals) if goal != "changes"]
        most = solve_problem(replace(with_goals(problem, ["changes", *goals]), earlier=alone))
        chosen = set(starts_of(most)) if most.found else set()
        able = [start for start in able if start in chosen]
        whole = _pinned(problem, able)
    return Announced(whole, tuple(able), tuple(start for start in announced if start not in able))


def _stands(problem: Problem) -> bool:
    """Whether some plan obeys all its rules and pins: known as soon as any goal is settled."""
    plan = solve_problem(with_goals(problem, ["starts"]), cache=SolveCache())
    return plan.status != "infeasible"


def _starts(table: pd.DataFrame) -> list[Start]:
    rows = table[["cadre", "programme", "start"]].itertuples(index=False, name=None)
    return [(str(cadre), str(programme), int(start)) for cadre, programme, start in rows]


def _pinned(problem: Problem, starts: Sequence[Start]) -> Problem:
    """The problem of a scenario that requires some starts, too."""
    if not starts:
        return problem
    held: list[Any] = problem.source.root.find(("pins", "require")).plain() if problem.scenario.pins.require else []
    why = in_each_language(ANNOUNCED)
    pins = [
        {"cadre": cadre, "programme": programme, "start": start, "source": why} for cadre, programme, start in starts
    ]
    return load(problem, {"pins": {"require": [*held, *pins]}})
