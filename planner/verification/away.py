"""Who is away from each agency in each year of the horizon, and how many may be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.activities import Chosen
from planner.verification.numbers import fraction

AgencyYear = tuple[int, int]
COLUMNS = ["agency", "year", "headcount", "limit", "away"]


class Away:
    """The cadres away, each counted once.

    Attributes
    ----------
    everybody
        (row in `agencies`, year) -> rows in `cadres`.
    anyway
        The same for those whom current study or leave takes away, whatever the plan does.
    """

    def __init__(self, problem: Problem, chosen: Chosen) -> None:
        self.everybody: dict[AgencyYear, set[int]] = defaultdict(set)
        self.anyway: dict[AgencyYear, set[int]] = defaultdict(set)
        if problem.scenario.absence is None:
            return
        agencies = problem.cadres["agency_id"].to_numpy()
        for person, year, planned in _absences(problem, chosen):
            key = (int(agencies[person]), year)
            self.everybody[key].add(person)
            if not planned:
                self.anyway[key].add(person)


def _absences(problem: Problem, chosen: Chosen) -> Iterator[tuple[int, int, bool]]:
    """Cadre, year of the horizon, and whether it is the plan that takes them away."""
    assert problem.scenario.absence is not None
    modes = problem.scenario.absence.modes
    for person, doing in chosen.activities.items():
        for each in doing:
            if each.mode in modes:
                yield from ((person, year, each.new) for year in _within(problem, each.first, each.last))
    for person, first, last, away in problem.leave[["cadre", "first", "last", "away"]].itertuples(index=False):
        if away:
            yield from ((int(person), year, False) for year in _within(problem, int(first), int(last)))


def _within(problem: Problem, first: int, last: int) -> range:
    """The years from `first` to `last` that lie in the horizon."""
    return range(max(first, int(problem.years[0])), min(last, int(problem.years[-1])) + 1)


def allowed_away(problem: Problem) -> list[int | None]:
    """The most cadres that may be away at once from each agency; None where no band fits its headcount."""
    bands = problem.scenario.absence.bands if problem.scenario.absence else []
    limits: list[int | None] = []
    for headcount in map(int, problem.agencies["headcount"]):
        fits = [band for band in bands if band.up_to is None or headcount <= band.up_to]
        band = fits[0] if fits else None
        if band is None:
            limits.append(None)
        else:
            limits.append(band.away if band.share is None else math.floor(fraction(band.share) * headcount))
    return limits


def leaders_in_service(problem: Problem, year: int) -> np.ndarray:
    """The leaders who are in service in a year."""
    # an empty cell is NaN: in service from the beginning, and to the end
    to_come = problem.cadres["service_start"].to_numpy(dtype=float) > year
    gone = problem.cadres["retires"].to_numpy(dtype=float) <= year
    serving: np.ndarray = problem.leaders & ~to_come & ~gone
    return serving


def absence_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """agency, year, headcount, limit, away [people]; every agency and year of the horizon."""
    everybody, limits = Away(problem, chosen).everybody, allowed_away(problem)
    rows = [
        (agency, year, headcount, limits[row], len(everybody.get((row, year), ())))
        for row, (agency, headcount) in enumerate(problem.agencies[["agency", "headcount"]].values)
        for year in map(int, problem.years)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"limit": "Int64"})
