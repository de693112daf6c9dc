"""Shares: how many of the starts of some programmes go to a group, of those that another group takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.activities import Chosen
from planner.verification.numbers import fraction, rounded_up
from planner.verification.past import past_in


class ShareCount(NamedTuple):
    """A share's starts in a year (None: over the horizon), those of the group, and how many there should be."""

    share: str
    year: int | None
    starts: int
    of_group: int
    required: int
    shortfall: int


def in_share(problem: Problem, starts: pd.DataFrame, name: str) -> np.ndarray:
    """The starts that a share counts: of its programmes (none named: any), by cadres of `among`."""
    programmes = problem.scenario.shares[name].programmes
    among: np.ndarray = problem.share_among[name][starts["person"].to_numpy()]
    return among if programmes is None else among & starts["programme"].isin(programmes).to_numpy(dtype=bool)


def of_group(problem: Problem, starts: pd.DataFrame, name: str) -> np.ndarray:
    """The starts by cadres of the share's `who`."""
    group: np.ndarray = problem.share_group[name][starts["person"].to_numpy()]
    return group


def count(problem: Problem, name: str, year: int | None, starts: int, group: int) -> ShareCount:
    """The figures of a share with so many starts, so many of them of the group."""
    required = rounded_up(fraction(problem.scenario.shares[name].min) * starts)
    return ShareCount(name, year, starts, group, required, max(0, required - group))


def share_counts(problem: Problem, chosen: Chosen) -> Iterator[ShareCount]:
    """Every share; a row a year where it says `per: year`, else one with the starts of the history."""
    for name, share in problem.scenario.shares.items():
        counted = in_share(problem, chosen.starts, name)
        group = counted & of_group(problem, chosen.starts, name)
        if share.per == "horizon":
            past = past_in(problem, "shares", name)
            past_group = sum(name in groups for groups in past["of_group"])
            yield count(problem, name, None, int(counted.sum()) + len(past), int(group.sum()) + past_group)
            continue
        for year in map(int, problem.years):
            now = (chosen.starts["start"] == year).to_numpy(dtype=bool)
            yield count(problem, name, year, int((counted & now).sum()), int((group & now).sum()))


def shares_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """share, year (NA: the horizon), starts, of_group, required, shortfall; in the scenario's order."""
    rows = pd.DataFrame(share_counts(problem, chosen), columns=list(ShareCount._fields))
    return rows.astype({"year": "Int64"})
