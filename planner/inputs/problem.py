"""The problem: a scenario and its tables, resolved and cross-checked whole; frozen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.common.files import sha256
from planner.inputs.roster.roster import Roster, read_agencies, scan_roster
from planner.inputs.scenario.conditions import Condition, People, columns_used, matches
from planner.inputs.scenario.loading import Source, conditions, groups_in_order, read_scenario
from planner.inputs.scenario.schema import Scenario, Target
from planner.inputs.scenario.yaml_tree import Location

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


def tables_of(scenario: Scenario) -> list[Path]:
    """The files of the roster and of the agencies."""
    return [Path(path) for path in (scenario.roster, scenario.agencies) if path is not None]


def load(path: str | Path) -> Problem:
    """The problem that a scenario file and its tables describe.

    Raises
    ------
    InputError
        Every fault of the scenario, of its tables and of the names that one uses of the other, in one message.
    """
    source, faults = read_scenario(path)
    if source is None:
        raise InputError(faults)
    return build(source, faults)


def build(source: Source, faults: Iterable[Fault] = ()) -> Problem:
    """The problem of a scenario that was read; `faults` are those found in it so far. Raises as `load` does."""
    found = list(faults)
    scenario = source.scenario
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    scanned = _read(found, lambda: scan_roster(Path(scenario.roster), scenario.ladders, scenario.programmes, used))
    roster, cells = scanned or (None, [])
    found += cells
    agencies = _agencies(scenario, roster, found)
    if roster is None or agencies is None:
        raise InputError(found)
    found += _agency_faults(roster, agencies, scenario)
    problem = _resolve(source, roster, agencies, found)
    if found:
        raise InputError(found)
    return problem


T = TypeVar("T")


def _read(faults: list[Fault], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except InputError as error:
        faults += error.faults
        return None


def _agencies(scenario: Scenario, roster: Roster | None, faults: list[Fault]) -> pd.DataFrame | None:
    path = scenario.agencies
    if path is not None:
        table = _read(faults, lambda: read_agencies(Path(path)))
        return None if table is None else table.frame.reset_index(drop=True)
    if roster is None:
        return None
    return roster.frame.groupby("agency").size().rename("headcount").reset_index()


def _agency_faults(roster: Roster, agencies: pd.DataFrame, scenario: Scenario) -> Iterator[Fault]:
    known = list(agencies["agency"])
    for row, name in roster.frame.loc[~roster.frame["agency"].isin(known), "agency"].items():
        values = {"name": name, "table": Path(str(scenario.agencies)).name, "nearest": nearest(name, known)}
        yield Fault("unknown_agency", values, roster.file, row=int(str(row)))


def _resolve(source: Source, roster: Roster, agencies: pd.DataFrame, faults: list[Fault]) -> Problem:
    """Every condition as a Boolean column; what is wrong goes to `faults`."""
    scenario = source.scenario
    first = scenario.horizon.first
    agency_id = agencies["agency"].searchsorted(roster.frame["agency"]).clip(max=max(len(agencies) - 1, 0))
    headcount = agencies["headcount"].to_numpy()[agency_id] if len(agencies) else np.zeros(0)
    people = People(roster, headcount, {name: tuple(levels) for name, levels in scenario.ladders.items()})

    def who(condition: Condition | None, year: int, *location: str | int) -> np.ndarray:
        def complain(at: Location, key: str, **values: object) -> None:
            faults.append(source.fault((*location, *at), key, **values))

        everybody = np.ones(len(roster.frame), dtype=bool)
        return everybody if condition is None else matches(condition, people, year, complain)

    people.groups |= {name: np.zeros(len(roster.frame), dtype=bool) for name in _names_of_groups(source)}
    for name in groups_in_order(scenario):
        people.groups[name] = who(scenario.groups[name], first, "groups", name)
    absence = scenario.absence
    programmes = _programmes(scenario)
    favoured = {name: who(entry.who, first, "priority", name, "who") for name, entry in scenario.priority.items()}
    points = sum(
        (scenario.priority[name].points * mask for name, mask in favoured.items()), np.zeros(len(roster.frame))
    )
    points = points.round(9)  # 0.1 + 0.2 is 0.3
    eligible = [
        [who(programme.eligible, year, "programmes", name, "eligible") for year in scenario.horizon.years]
        for name, programme in scenario.programmes.items()
    ]
    problem = Problem(
        scenario,
        _cadres(scenario, roster, agency_id, headcount, points, programmes),
        agencies,
        programmes,
        np.array(eligible, dtype=bool)
        .reshape(len(programmes), len(scenario.horizon.years), len(roster.frame))
        .transpose(2, 0, 1),
        {name: who(pool.who, first, "seats", name, "who") for name, pool in scenario.seats.items()},
        {name: who(target.who, first, "targets", name, "who") for name, target in scenario.targets.items()},
        who(absence.leaders.who, first, "absence", "leaders", "who")
        if absence and absence.leaders
        else np.zeros(len(roster.frame), dtype=bool),
        favoured,
        {name: who(entry.who, first, "approval", name, "who") for name, entry in scenario.approval.items()},
        source,
        {path: sha256(path) for path in (*source.files, *tables_of(scenario))},
    )
    faults += people.faults
    faults += _pin_faults(source, roster)
    return problem


def _names_of_groups(source: Source) -> list[str]:
    """All groups of the file, those with faults included, so that one fault is not told as two."""
    groups = source.root.value.get("groups")
    return list(groups.value) if groups is not None and isinstance(groups.value, dict) else []


def _cadres(
    scenario: Scenario,
    roster: Roster,
    agency_id: np.ndarray,
    headcount: np.ndarray,
    points: np.ndarray,
    programmes: pd.DataFrame,
) -> pd.DataFrame:
    frame = roster.frame.reset_index(drop=True)
    for name in scenario.ladders:
        if name not in frame:
            frame[name] = np.int8(UNKNOWN)
    for name in ("retires", "studying_until", "service_start"):
        if name not in frame:
            frame[name] = np.nan
    place = {name: row for row, name in enumerate(programmes["programme"])}
    studying = frame["studying"] if "studying" in frame else pd.Series("", index=frame.index)
    return frame.assign(
        agency_id=agency_id,
        headcount=headcount,
        points=points,
        study=studying.map(place).fillna(UNKNOWN).astype(int),
        study_until=frame["studying_until"].fillna(0).astype(int),
    )


def _programmes(scenario: Scenario) -> pd.DataFrame:
    """The programmes as numbers; places are 0 where the scenario is too faulty to have them."""

    def place(ladder: str, level: str) -> int:
        levels = scenario.ladders.get(ladder, [])
        return levels.index(level) if level in levels else 0

    rows = [
        {
            "programme": name,
            "ladder": entry.ladder,
            "mode": entry.mode,
            "low": place(entry.ladder, entry.from_),
            "high": place(entry.ladder, entry.to),
            "years": max(1, math.ceil(entry.months / 12 - 1e-9)),
            "serve": entry.serve_after_years,
            "cost": entry.cost,
            "open": entry.open,
        }
        for name, entry in scenario.programmes.items()
    ]
    kinds = {"programme": str, "ladder": str, "mode": str, "low": int, "high": int, "years": int}
    kinds |= {"serve": float, "cost": float, "open": bool}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _pin_faults(source: Source, roster: Roster) -> Iterator[Fault]:
    known = roster.frame["cadre"]
    for key in ("require", "forbid"):
        for place, pin in enumerate(getattr(source.scenario.pins, key)):
            if pin.cadre is not None and not (known == pin.cadre).any():
                values = {"name": pin.cadre, "nearest": nearest(pin.cadre, known)}
                yield source.fault(("pins", key, place, "cadre"), "unknown_cadre", **values)
