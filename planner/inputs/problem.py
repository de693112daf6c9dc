"""The problem: a scenario and its tables, resolved and cross-checked whole; frozen."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from planner.common.departure import leaving
from planner.inputs.membership import Membership, column_of
from planner.inputs.roster.told import Remark
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import Source, conditions
from planner.inputs.scenario.schema import Scenario, Target

UNKNOWN = -1  # the index of a level that nobody knows
NEVER = 10**6  # a year that does not come
LEAVING = (
    *("cadre", "agency", "agency_id", "headcount", "birth_year", "sex"),
    *("retires", "service_start", "studying", "studying_until"),
)
"""Columns of the cadres that another machine is told whether or not a condition speaks of them."""

P = ParamSpec("P")
T = TypeVar("T")


def derived_once(derive: Callable[Concatenate[Problem, P], T]) -> Callable[Concatenate[Problem, P], T]:
    """Remember with each problem what a function derives from it, by the other arguments, which are hashable.

    All who ask share what is remembered: an array cannot be written to, anything else is to be left as it is.
    """

    @wraps(derive)
    def recalled(problem: Problem, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = derive, args, tuple(sorted(kwargs.items()))
        if key not in problem.memory:
            found = derive(problem, *args, **kwargs)
            if isinstance(found, np.ndarray):
                found.flags.writeable = False
            problem.memory[key] = found
        return problem.memory[key]

    return recalled


@dataclass(frozen=True)
class Problem:
    """Everything that options, rules, goals and verification look at.

    Attributes
    ----------
    scenario
        The scenario as merged.
    cadres
        One row per cadre, sorted by cadre: the roster's columns; a level's index in each ladder (-1 unknown);
        `agency_id`, the row in `agencies`; `headcount` of the agency; `retires`, `service_start` [year] or NaN.
    agencies
        agency, headcount [people]; title, title_vi, title_en where the agencies table has them; sorted by agency.
    programmes
        programme, ladder, mode, low (index of `from`), high (index of `to`), years (calendar years it occupies),
        begins (month), serve [years], cost, open, first_start and last_start (the years of the horizon in which it may
        be started); in the scenario's order.
    studies
        The studies under way: cadre and programme (rows in `cadres` and `programmes`), until [year]; sorted by cadre.
    requires
        Row in `programmes` -> ladder -> index of the level that must be held before it starts; only programmes that
        require something.
    eligible
        Boolean, cadres x programmes x years of the horizon.
    pools, members, favoured, approvers, share_among, share_group
        Who each seat pool covers, who is in each target's group, whom each priority and each approval entry covers, of
        whose starts each share speaks and whose are to have it: sets of cadres by name, Booleans over the cadres.
    leaders
        Who leads: Boolean over the cadres.
    leave
        cadre (row in `cadres`), first and last [year, inclusive], away (Boolean: counts in `absence`).
    history
        The starts before the horizon: cadre (code), row (in `cadres`, -1 where no longer there), agency, programme,
        programme_row (-1 where no longer defined), start [year, NA for a study from before all planning], finish
        [year]; pools, shares, of_group: tuples of names that the scenario defines.
    source
        The files, for faults with lines and for the run's manifest.
    digests
        The SHA-256 of every file that was read, when it was read.
    groups
        Who is in each named group in the scenario's year of reading: Booleans over the cadres.
    earlier
        The starts of an earlier plan (cadre, programme, start [year]), for the goal `changes`; empty without one.
        Cadres and programmes are codes as read, known or not.
    risk
        Whom each entry of `risk` covers: Booleans, years (`scenario.years_at_risk()`) x cadres.
    remarks
        What the reading of the roster did that its reader should know: `str` says each.
    """

    scenario: Scenario
    cadres: pd.DataFrame
    agencies: pd.DataFrame
    programmes: pd.DataFrame
    studies: pd.DataFrame
    requires: dict[int, dict[str, int]]
    eligible: np.ndarray
    pools: Membership
    members: Membership
    leaders: np.ndarray
    favoured: Membership
    approvers: Membership
    share_among: Membership
    share_group: Membership
    leave: pd.DataFrame
    history: pd.DataFrame
    source: Source
    digests: dict[Path, str]
    groups: Membership = field(default_factory=lambda: Membership(0))
    earlier: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["cadre", "programme", "start"]))
    remarks: tuple[Remark, ...] = ()
    risk: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def years(self) -> np.ndarray:
        """The years in which programmes may start."""
        return np.asarray(self.scenario.horizon.years)

    @cached_property
    def points(self) -> np.ndarray:
        """What a start is worth in priority, all entries together: cadres x programmes."""
        return self.points_of()

    def points_of(self, entries: Sequence[str] = ()) -> np.ndarray:
        """What a start is worth by some entries of `priority`, by default by all: cadres x programmes."""
        worth = np.zeros((len(self.cadres), len(self.programmes)))
        for name in entries or self.scenario.priority:
            entry = self.scenario.priority[name]
            listed = np.ones(len(self.programmes), dtype=bool)
            if entry.programmes is not None:
                listed = self.programmes["programme"].isin(entry.programmes).to_numpy()
            worth += entry.points * np.outer(self.favoured[name], listed)
        return worth.round(9)  # 0.1 + 0.2 is 0.3

    def programme_ids(self, names: list[str]) -> np.ndarray:
        """Rows of the named programmes in `programmes`."""
        return np.flatnonzero(self.programmes["programme"].isin(names))

    def counted(self, target: str) -> np.ndarray:
        """The members of a target's group who are counted: without those whose service starts after the year of
        reckoning, and without those who retire in time, if the target says so. Boolean, over the cadres.
        """
        return column_of(self.counted_rows(target), len(self.cadres))

    @derived_once
    def counted_rows(self, target: str) -> np.ndarray:
        """The rows of the members who are counted, in ascending order."""
        entry, rows = self.scenario.targets[target], self.members.rows(target)
        leaving = self.cadres["retires"].to_numpy()[rows] <= self.by(entry)
        to_come = self.cadres["service_start"].to_numpy()[rows] > self.by(entry)
        return rows[~to_come & ~(leaving & (entry.leavers == "excluded"))]

    def by(self, target: Target) -> int:
        """The year of reckoning of a target."""
        return self.scenario.by(target)

    @cached_property
    def memory(self) -> dict[Hashable, Any]:
        """What was derived from the problem so far: see `derived_once`."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        state = {name: value for name, value in vars(self).items() if name != "memory"}  # another process derives it
        return {**state, "cadres": self.cadres[self._leaving_columns()], "remarks": ()} if leaving() else state

    def _leaving_columns(self) -> list[str]:
        """The columns of the cadres that another machine is told: those that rules and conditions speak of, no name."""
        used = {column for _, condition in conditions(self.scenario) for column in columns_used(condition)}
        kept = {*LEAVING, *self.scenario.ladders, *used} - {"name"}
        return [column for column in self.cadres.columns if column in kept]


def required(target: Target, members: int) -> int:
    """The number of members that a target asks for: its number, or share x members, rounded with 1e-9 tolerance."""
    if target.at_least is not None:
        return target.at_least
    exact = Fraction(str(target.share)) * members
    tolerance = Fraction(1, 10**9)
    if target.rounding == "up":
        return math.ceil(exact - tolerance)
    return math.floor(exact + tolerance + (Fraction(1, 2) if target.rounding == "nearest" else 0))


@derived_once
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
