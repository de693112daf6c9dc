"""A programme may require levels on other ladders."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.admissibility import held_since
from planner.model.options import Options
from planner.model.rows import ModelBuilder
from planner.model.rules.rule import Rule, everybody


def requires(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """Every level that a started programme requires is held, or was reached by a start completed in a year before."""
    frame = options.frame.assign(option=np.arange(len(options)), ladder=options.frame["ladder"].astype(str))
    since = held_since(problem)
    for programme, levels in problem.requires.items():
        asking = frame[frame["programme"] == programme]
        for ladder, level in levels.items():
            held = since[ladder][:, level][asking["cadre"].to_numpy()]
            lacking = asking[asking["start"].to_numpy() < held]
            leading = frame[
                (frame["ladder"] == ladder) & (frame["high"] >= level) & frame["cadre"].isin(lacking["cadre"])
            ]
            _only_after(builder, problem, lacking, leading)


def _only_after(builder: ModelBuilder, problem: Problem, asking: pd.DataFrame, leading: pd.DataFrame) -> None:
    """The starts of a programme up to a year are no more than the starts completed before it that lead to the level.

    Summed over all years up to each: a cadre starts a programme once at most, so the sum is as true as its parts, and
    stronger in the relaxation.
    """
    key = ["cadre", "programme", "ladder", "year"]
    ladder = leading["ladder"].iloc[0] if len(leading) else ""
    for programme in asking["programme"].unique():
        for year in problem.years:
            terms = pd.concat(
                [
                    asking[asking["start"] <= year].assign(coefficient=1.0),
                    leading[leading["finish"] < year].assign(coefficient=-1.0),
                ]
            ).assign(programme=programme, ladder=ladder, year=year)
            builder.at_most("requires", terms[[*key, "option", "coefficient"]], key, 0)


REQUIRES = Rule("requires", requires, everybody)
