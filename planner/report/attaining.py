"""Which starts of a plan serve which target."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.attainment import attaining, holding
from planner.plan import COLUMNS, Plan
from planner.problem import Problem


def found(plan: Plan, table: str) -> pd.DataFrame:
    """A table of the plan; with its columns even if no plan was found."""
    return getattr(plan, table).reindex(columns=COLUMNS[table])


def serves(problem: Problem, name: str, starts: pd.DataFrame) -> np.ndarray:
    """Which of the plan's `starts` lead a member to the target: it is attained in time, and not without them.

    A start that leads only part of the way serves, too, if a later one goes on from there to the level.
    """
    target = problem.scenario.targets[name]
    cadre = starts["cadre"].to_numpy()
    attains = problem.counted(name) & (attaining(problem, target, starts) <= problem.by(target))
    counts_in = starts["start" if target.counts == "enrolled" else "finish"].to_numpy()
    ladders = problem.programmes["ladder"].to_numpy()[starts["programme"]]
    serving = np.zeros(len(starts), dtype=bool)
    for ladder in target.level:
        since = holding(problem, target, ladder, starts)[cadre]
        serving |= (ladders == ladder) & attains[cadre] & (counts_in <= since)
    return serving
