"""Loading: a scenario and its tables become a problem, resolved and cross-checked whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.common.files import sha256
from planner.inputs import resolution
from planner.inputs.matching import Moment, People, matches
from planner.inputs.problem import Problem
from planner.inputs.roster.further_tables import read_earlier, read_history, read_retirement
from planner.inputs.roster.roster import Roster, read_agencies, scan_roster
from planner.inputs.scenario.conditions import Condition, columns_used
from planner.inputs.scenario.loading import PATHS, Source, conditions, groups_in_order, read_scenario
from planner.inputs.scenario.schema import Programme, Scenario
from planner.inputs.scenario.yaml_tree import Location

T = TypeVar("T")


def tables_of(scenario: Scenario) -> list[Path]:
    """The files of all tables that a scenario names."""
    return [Path(path) for key in PATHS if (path := getattr(scenario, key)) is not None]


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
    tables = _tables(source.scenario, found)
    if tables is None:
        raise InputError(found)
    problem = _resolve(source, tables, found)
    if found:
        raise InputError(found)
    return problem


# --- tables ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tables:
    """The tables of a scenario as they were read: the roster with its `retires` filled, agency and headcount, the
    starts before the horizon and the earlier plan (None where there is none, or it cannot be read).
    """

    roster: Roster
    agencies: pd.DataFrame
    history: pd.DataFrame | None
    earlier: pd.DataFrame | None


def _tables(scenario: Scenario, faults: list[Fault]) -> Tables | None:
    """All tables; what is wrong with them goes to `faults`. None where people or agencies cannot be read at all."""
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    scanned = _read(faults, lambda: scan_roster(Path(scenario.roster), scenario.ladders, scenario.programmes, used))
    roster, cells = scanned or (None, [])
    faults += cells
    agencies = _agencies(scenario, roster, faults)
    retirement = _optional(scenario.retirement, faults, read_retirement)
    first = scenario.horizon.first
    history = _optional(scenario.history, faults, lambda path: read_history(path, first))
    earlier = _optional(scenario.earlier, faults, read_earlier)
    if roster is None or agencies is None:
        return None
    faults += _agency_faults(roster, agencies, scenario)
    return Tables(resolution.with_retirement(roster, retirement), agencies, history, earlier)


def _read(faults: list[Fault], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except InputError as error:
        faults += error.faults
        return None


def _optional(path: str | None, faults: list[Fault], read: Callable[[Path], T]) -> T | None:
    return None if path is None else _read(faults, lambda: read(Path(path)))


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


# --- resolving ------------------------------------------------------------------------------------------------------


class Reader:
    """Reads the scenario's conditions as Boolean columns over the cadres; what is wrong goes to `faults`."""

    def __init__(self, source: Source, roster: Roster, headcount: np.ndarray, faults: list[Fault]) -> None:
        scenario = source.scenario
        self.scenario = scenario
        sound = {name: scenario.groups[name] for name in groups_in_order(scenario)}

        def complain(at: Location, key: str, **values: object) -> None:
            faults.append(source.fault(at, key, **values))

        ladders = {name: tuple(levels) for name, levels in scenario.ladders.items()}
        groups = {name: sound.get(name) for name in _names_of_groups(source)}
        self.people = People(roster, headcount, ladders, groups, complain)

    def who(self, condition: Condition | None, moment: Moment, *at: str) -> np.ndarray:
        """Whom a condition covers; without one, everybody."""
        return ~self.people.nobody if condition is None else matches(condition, self.people, moment, at)

    def groups(self) -> dict[str, np.ndarray]:
        """Who is in each named group, used or not, in the year of reading."""
        moment = Moment(self.scenario.year_of_reading())
        return {name: self.people.members(name, moment) for name in self.people.groups}

    def section(self, name: str, key: str = "who") -> dict[str, np.ndarray]:
        """Whom the entries of a section cover under one of their keys, in the year of reading."""
        moment = Moment(self.scenario.year_of_reading())
        entries = getattr(self.scenario, name).items()
        return {entry: self.who(getattr(value, key), moment, name, entry, key) for entry, value in entries}

    def members(self) -> dict[str, np.ndarray]:
        """Who is in each target's group, in the target's own year of reading."""
        scenario = self.scenario
        return {
            name: self.who(target.who, Moment(scenario.year_of_reading(target)), "targets", name, "who")
            for name, target in scenario.targets.items()
        }

    def leaders(self) -> np.ndarray:
        """Who leads."""
        absence = self.scenario.absence
        if absence is None or absence.leaders is None:
            return self.people.nobody
        return self.who(absence.leaders.who, Moment(self.scenario.year_of_reading()), "absence", "leaders", "who")

    def eligible(self) -> np.ndarray:
        """Who may start what when, as far as `eligible` says: cadres x programmes x years."""
        scenario = self.scenario
        found = [
            self.who(programme.eligible, _start(programme, year), "programmes", name, "eligible")
            for name, programme in scenario.programmes.items()
            for year in scenario.horizon.years
        ]
        shape = (len(scenario.programmes), len(scenario.horizon.years), len(self.people.nobody))
        return np.array(found, dtype=bool).reshape(shape).transpose(2, 0, 1)


def _start(programme: Programme, year: int) -> Moment:
    """When a start is judged: in its year, to the day where the scenario says in which month it begins."""
    return Moment(year, programme.begins)


def _names_of_groups(source: Source) -> list[str]:
    """All groups of the file, those with faults included, so that one fault is not told as two."""
    groups = source.root.value.get("groups")
    return list(groups.value) if groups is not None and isinstance(groups.value, dict) else []


def _resolve(source: Source, tables: Tables, faults: list[Fault]) -> Problem:
    """Every condition as a Boolean column, every table in rows of the others; what is wrong goes to `faults`."""
    scenario, roster, agencies = source.scenario, tables.roster, tables.agencies
    cadres = resolution.cadres_of(scenario, roster, agencies)
    programmes = resolution.programmes_of(scenario)
    reader = Reader(source, roster, cadres["headcount"].to_numpy(), faults)
    problem = Problem(
        scenario,
        cadres,
        agencies,
        programmes,
        studies=resolution.studies_of(roster, programmes),
        requires=resolution.requires_of(scenario),
        eligible=reader.eligible(),
        pools=reader.section("seats"),
        members=reader.members(),
        leaders=reader.leaders(),
        favoured=reader.section("priority"),
        approvers=reader.section("approval"),
        share_among=reader.section("shares", "among"),
        share_group=reader.section("shares"),
        leave=resolution.leave_of(scenario, cadres),
        history=resolution.history_of(scenario, tables.history, cadres, programmes),
        source=source,
        digests={} if faults else {path: sha256(path) for path in (*source.files, *tables_of(scenario))},
        groups=reader.groups(),
        earlier=resolution.NO_PLAN if tables.earlier is None else tables.earlier,
    )
    faults += reader.people.faults
    faults += _unknown_cadres(source, roster)
    return problem


def _unknown_cadres(source: Source, roster: Roster) -> Iterator[Fault]:
    """The cadres of pins and of leave who are not on the roster."""
    known = roster.frame["cadre"]
    scenario = source.scenario
    named: list[tuple[Location, str | None]] = [
        (("pins", key, place, "cadre"), pin.cadre)
        for key in ("require", "forbid")
        for place, pin in enumerate(getattr(scenario.pins, key))
    ]
    named += [(("leave", name, "cadre"), entry.cadre) for name, entry in scenario.leave.items()]
    for location, cadre in named:
        if cadre is not None and not (known == cadre).any():
            yield source.fault(location, "unknown_cadre", name=cadre, nearest=nearest(cadre, known))
