"""The problem: a scenario and its tables, resolved and cross-checked whole; frozen."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from planner.inputs.scenario.loading import Source
from planner.inputs.scenario.schema import Scenario, Target

UNKNOWN = -1  # the place in a ladder of a level that nobody knows
NEVER = 10**6  # a year that does not come


@dataclass(frozen=True)
class Problem:
    """Everything that options, rules, goals and verification look at.

    Attributes
    ----------
    scenario
        The scenario as merged.
    cadres
        One row per cadre, sorted by cadre: the roster's columns; a place in each ladder (-1 unknown); `agency_id`, the
        row in `agencies`; `headcount` of the agency; `points` of each start; `study` (row in `programmes`, -1 none)
        and `study_until` [year].
    agencies
        agency, headcount [people]; sorted by agency.
    programmes
        programme, ladder, mode, low (place of `from`), high (place of `to`), years (calendar years it occupies), serve
        [years], cost, open; in the scenario's order.
    eligible
        Boolean, cadres x programmes x years of the horizon.
    pools, members, leaders, favoured, approvers
        Who each seat pool covers, who is in each target's group, who leads, whom each priority and each approval entry
        covers: Booleans.
    source
        The files, for faults with lines and for the run's manifest.
    digests
        The SHA-256 of every file that was read, when it was read.
    earlier
        The starts of an earlier plan (cadre, programme, start), for the goal `changes`; empty without one.
    """

    scenario: Scenario
    cadres: pd.DataFrame
    agencies: pd.DataFrame
    programmes: pd.DataFrame
    eligible: np.ndarray
    pools: dict[str, np.ndarray]
    members: dict[str, np.ndarray]
    leaders: np.ndarray
    favoured: dict[str, np.ndarray]
    approvers: dict[str, np.ndarray]
    source: Source
    digests: dict[Path, str]
    earlier: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["cadre", "programme", "start"]))

    @property
    def years(self) -> np.ndarray:
        """The years in which programmes may start."""
        return np.asarray(self.scenario.horizon.years)

    def programme_ids(self, names: list[str]) -> np.ndarray:
        """Rows of the named programmes in `programmes`."""
        return np.flatnonzero(self.programmes["programme"].isin(names))

    def counted(self, target: str) -> np.ndarray:
        """The members of a target's group who are counted: without those who retire in time, if it says so."""
        entry = self.scenario.targets[target]
        leaving = self.cadres["retires"].to_numpy() <= self.by(entry)
        return self.members[target] & ~(leaving & (entry.leavers == "excluded"))

    def by(self, target: Target) -> int:
        """The year of reckoning of a target."""
        return target.by if target.by is not None else self.scenario.horizon.last


def required(target: Target, members: int) -> int:
    """The number of members that a target asks for: its number, or share x members, rounded with 1e-9 tolerance."""
    if target.at_least is not None:
        return target.at_least
    exact = Fraction(str(target.share)) * members
    tolerance = Fraction(1, 10**9)
    if target.rounding == "up":
        return math.ceil(exact - tolerance)
    return math.floor(exact + tolerance + (Fraction(1, 2) if target.rounding == "nearest" else 0))


def allowance(problem: Problem) -> np.ndarray:
    """The most cadres that may be away at once from each agency; NaN where no band fits its headcount."""
    limits = np.full(len(problem.agencies), np.nan)
    bands = problem.scenario.absence.bands if problem.scenario.absence else []
    for row, headcount in enumerate(problem.agencies["headcount"]):
        for band in bands:
            if band.up_to is None or headcount <= band.up_to:
                limits[row] = (
                    band.away if band.share is None else math.floor(Fraction(str(band.share)) * int(headcount))
                )
                break
    return limits
