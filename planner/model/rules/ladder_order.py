"""On one ladder programmes follow one another."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule


def ladder_order(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """On one ladder each programme starts after the last has ended, leads higher, and its `from` is held by then."""
    frame = options.frame.assign(option=np.arange(len(options)))
    for ladder in problem.scenario.ladders:
        steps = frame[frame["ladder"] == ladder].drop(columns=["ladder", "mode"]).assign(ladder=ladder)
        key = ["cadre", "ladder", "level"]
        builder.at_most("ladder_order", steps.assign(level=steps["high"]), key, 1)
        for level in np.unique(steps["high"]):
            _only_after_from(builder, problem, steps, int(level), options.held[ladder].to_numpy())
        for low, high in combinations(np.unique(steps["high"]), 2):
            _lower_level_first(builder, problem, steps, int(low), int(high))


def _lower_level_first(builder: ModelBuilder, problem: Problem, steps: pd.DataFrame, low: int, high: int) -> None:
    """Of the starts to `low` that still run in a year and those to `high` begun by that year, one at most."""
    both = np.intersect1d(steps.loc[steps["high"] == low, "cadre"], steps.loc[steps["high"] == high, "cadre"])
    steps = steps[steps["cadre"].isin(both)]
    for year in problem.years:
        clashing = (steps["high"] == low) & (steps["finish"] >= year) | (steps["high"] == high) & (
            steps["start"] <= year
        )
        terms = steps[clashing].assign(level=high, year=year)
        builder.at_most("ladder_order", terms, ["cadre", "ladder", "level", "year"], 1)


def _only_after_from(
    builder: ModelBuilder, problem: Problem, steps: pd.DataFrame, level: int, held: np.ndarray
) -> None:
    """The starts to `level` that ask for more than is held are no more than the starts that led there before.

    Summed over all years up to each: at most one start leads to `level`, so the sum is as true as its parts, and
    stronger in the LP relaxation.
    """
    to_level = steps[(steps["high"] == level) & (steps["low"] > held[steps["cadre"]])]
    for low in np.unique(to_level["low"]):
        asking = to_level[to_level["low"] >= low]
        leading = steps[(steps["high"] >= low) & (steps["high"] < level) & steps["cadre"].isin(asking["cadre"])]
        for year in problem.years:
            terms = pd.concat(
                [
                    asking[asking["start"] <= year].assign(coefficient=1.0),
                    leading[leading["finish"] < year].assign(coefficient=-1.0),
                ]
            ).assign(level=level, from_level=low, year=year)
            builder.at_most("ladder_order", terms, ["cadre", "ladder", "level", "from_level", "year"], 0)


def _statement(key: Key) -> Key | None:
    """One statement about everybody; the rows of a cadre, a ladder and a level alone say that no level counts twice."""
    return None if len(key) == len(ONCE) else ()


ONCE = ("cadre", "ladder", "level")
LADDER_ORDER = Rule("ladder_order", ladder_order, _statement)
