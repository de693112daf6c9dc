"""The levels of all cadres before a plan and after it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.plans.plan import Plan

NOT_KNOWN = ""  # in the place of a level that nobody knows


def level_flow(plan: Plan) -> pd.DataFrame:
    """ladder, before, after (levels; empty: unknown), cadres [people]; a row for each pair that somebody has.

    `before` is the level on the roster, `after` that at the end of the horizon's last year, by current study and by the
    plan's starts that are completed by then. Everybody on the roster is counted, whenever he retires. Only ladders
    that some programme climbs are there, in the scenario's order; the lowest levels first, unknown ones last.
    """
    rows = []
    for ladder, after in levels_after(plan).items():
        names = plan.problem.scenario.ladders[ladder]
        pairs = np.stack([plan.problem.cadres[ladder].to_numpy(), after], axis=1)
        found, counts = np.unique(np.where(pairs == UNKNOWN, len(names), pairs), axis=0, return_counts=True)
        shown = [*names, NOT_KNOWN]
        rows += [(ladder, shown[low], shown[high], int(n)) for (low, high), n in zip(found, counts, strict=True)]
    return pd.DataFrame(rows, columns=["ladder", "before", "after", "cadres"])


def levels_after(plan: Plan) -> dict[str, np.ndarray]:
    """Ladder -> the index of the level of each cadre at the end of the horizon, -1 where it is unknown."""
    problem = plan.problem
    climbed = set(problem.programmes["ladder"])
    return {ladder: _after(problem, ladder, plan.starts) for ladder in problem.scenario.ladders if ladder in climbed}


def _after(problem: Problem, ladder: str, starts: pd.DataFrame) -> np.ndarray:
    level = problem.cadres[ladder].to_numpy().copy()
    own = (problem.programmes["ladder"] == ladder).to_numpy()
    high, last = problem.programmes["high"].to_numpy(), problem.scenario.horizon.last
    for table, ends in ((problem.studies, "until"), (starts, "finish")):
        programme = table["programme"].to_numpy()
        counts = own[programme] & (table[ends].to_numpy() <= last)
        np.maximum.at(level, table["cadre"].to_numpy()[counts], high[programme[counts]])
    return level
