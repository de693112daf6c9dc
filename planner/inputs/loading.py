"""Loading: a scenario and its tables become a problem, resolved and cross-checked whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.common.files import GivenFile, sha256
from planner.inputs import resolution
from planner.inputs.matching import matches, members
from planner.inputs.membership import Membership, column_of
from planner.inputs.people import NOBODY, Moment, People
from planner.inputs.problem import Problem
from planner.inputs.roster.frames import given_table
from planner.inputs.roster.further_tables import read_earlier, read_history, read_retirement
from planner.inputs.roster.roster import Roster, read_agencies, scan_roster
from planner.inputs.roster.told import Answers, Remark
from planner.inputs.scenario.conditions import Condition, columns_used
from planner.inputs.scenario.confinement import outside_allowed
from planner.inputs.scenario.loading import PATHS, Given, Source, conditions, groups_in_order, read_scenario
from planner.inputs.scenario.schema import Programme, Scenario
from planner.inputs.scenario.workbook.words import is_own_sheet
from planner.inputs.scenario.yaml_tree import Location

T = TypeVar("T")


def tables_of(source: Source) -> list[Path | GivenFile]:
    """The files of all tables that a scenario names."""
    return [table for key in PATHS if (table := source.table(key)) is not None]


def load(
    scenario: Given | Problem,
    overlay: Mapping[str, Any] | None = None,
    *,
    allow_outside: bool = False,
    **tables: pd.DataFrame | str | Path | None,
) -> Problem:
    """The problem that a scenario and its tables describe, resolved and checked whole.

    Parameters
    ----------
    scenario
        A scenario file's path; or, without a file, what one would say: a mapping with the same keys (`extends` may
        name a file), or a `planner.Scenario`; or a problem, to change it.
    overlay
        What to change, laid on the scenario as a what-if file is on the one that it extends: mappings merge key by
        key, anything else is replaced, None removes a key.
    allow_outside
        Let the scenario name files outside its own folder. Without it, whatever a file names (what it extends, its
        tables, and so on) lies in the folder of the file given here, links resolved; paths that are given here are
        the caller's own.
    **tables
        roster, agencies, retirement, history, earlier: a table to take instead of the file that the scenario names. A
        frame has the columns of that file (a roster: cadre, agency, birth_year [year], sex, a level per ladder, ...;
        agencies: agency, headcount [people], title), under any header that is known there, and is read as if it were a
        CSV file called `roster.csv`.

    Returns
    -------
    Problem
        Frozen; `problem.cadres`, `.agencies` and `.programmes` are tables.

    Raises
    ------
    InputError
        Every fault of the scenario, of its tables and of the names that one uses of the other, in one message; with
        file and line or row, or for what was written in Python with the path of the key.

    Examples
    --------
    >>> problem = planner.load("base.yaml")
    >>> fewer = planner.load(problem, overlay={"seats": {"theory": {"per_year": {"max": 3}}}})
    >>> women = planner.load(problem, roster=frame[frame["sex"] == "F"])
    """
    if unknown := sorted(set(tables) - set(PATHS)):
        raise TypeError(f"load() has no table '{unknown[0]}', only {', '.join(PATHS)}")
    given = {
        key: given_table(f"{key}.csv", table)
        if isinstance(table, pd.DataFrame)
        else (table if isinstance(table, GivenFile) else Path(table))
        for key, table in tables.items()
        if table is not None
    }
    with outside_allowed(allow_outside):
        source, faults = read_scenario(scenario.source if isinstance(scenario, Problem) else scenario, overlay, given)
    if source is None:
        raise InputError(faults)
    return build(source, faults)


def build(source: Source, faults: Iterable[Fault] = ()) -> Problem:
    """The problem of a scenario that was read; `faults` are those found in it so far. Raises as `load` does."""
    found = list(faults)
    told, number = {(fault.file, fault.sheet, fault.cell) for fault in found if fault.cell}, len(found)
    tables = _tables(source, found)
    problem = None if tables is None else _resolve(source, tables, found)
    if problem is None or found:
        # Of a cell that is told of already, nothing more is said.
        later = [fault for fault in found[number:] if (fault.file, fault.sheet, fault.cell) not in told]
        raise InputError([*found[:number], *later])
    return problem


# --- tables ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class InputTables:
    """The tables of a scenario as they were read: the roster with its `retires` filled, agency and headcount, the
    starts before the horizon and the earlier plan (None where there is none, or it cannot be read).
    """

    roster: Roster
    agencies: pd.DataFrame
    history: pd.DataFrame | None
    earlier: pd.DataFrame | None


def _tables(source: Source, faults: list[Fault]) -> InputTables | None:
    """All tables; what is wrong with them goes to `faults`. None where people or agencies cannot be read at all."""
    scenario = source.scenario
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    people = source.table("roster") or scenario.roster
    told = Answers(scenario.sheets, scenario.headers, scenario.blank, scenario.synonyms)
    table = source.table("agencies")
    listed = None if table is None else _read(faults, lambda: read_agencies(table).frame.reset_index(drop=True))
    offices = [] if listed is None else list(listed["agency"])
    year = scenario.year_of_reading()
    scanned = _read(
        faults, lambda: scan_roster(people, scenario.ladders, scenario.programmes, used, told, year, offices)
    )
    roster, cells = scanned or (None, [])
    faults += cells
    agencies = listed if table is not None else _agencies_of(roster)
    retirement = _optional(source.table("retirement"), faults, read_retirement)
    first = scenario.horizon.first
    history = _optional(source.table("history"), faults, lambda path: read_history(path, first))
    earlier = _optional(source.table("earlier"), faults, read_earlier)
    if roster is None or agencies is None:
        return None
    faults += _agency_faults(roster, agencies, scenario)
    return InputTables(resolution.with_retirement(roster, retirement), agencies, history, earlier)


def _read(faults: list[Fault], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except InputError as error:
        faults += error.faults
        return None


def _optional(table: Path | GivenFile | None, faults: list[Fault], read: Callable[[Path | GivenFile], T]) -> T | None:
    return None if table is None else _read(faults, lambda: read(table))


def _agencies_of(roster: Roster | None) -> pd.DataFrame | None:
    """The agencies of a roster's people, each with as many as it has rows."""
    if roster is None:
        return None
    return roster.frame.groupby("agency").size().rename("headcount").reset_index()


def _agency_faults(roster: Roster, agencies: pd.DataFrame, scenario: Scenario) -> Iterator[Fault]:
    """One fault for each agency that the table lacks, at the first of its people."""
    known = list(dict.fromkeys(agencies["agency"]))
    unknown = roster.frame.loc[~roster.frame["agency"].isin([*known, ""]), "agency"]  # of a blank cell it is told there
    for name, rows in unknown.groupby(unknown).groups.items():
        values = {"name": name, "table": Path(str(scenario.agencies)).name, "nearest": nearest(str(name), known)}
        at = min(
            (roster.at(int(str(row))) for row in rows), key=lambda place: (str(place.get("sheet", "")), place["row"])
        )
        yield Fault("unknown_agency", {**values, "count": len(rows)}, **at)


# --- resolving ------------------------------------------------------------------------------------------------------


class ConditionReader:
    """Reads the scenario's conditions as rows of the cadres; what is wrong goes to `faults`."""

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
        """Whom a condition covers, as rows; without one, everybody."""
        return self.people.everybody if condition is None else matches(condition, self.people, moment, at)

    def column(self, condition: Condition | None, moment: Moment, *at: str) -> np.ndarray:
        """Whom a condition covers, as a Boolean column over the cadres."""
        return column_of(self.who(condition, moment, *at), len(self.people))

    def groups(self) -> Membership:
        """Who is in each named group, used or not, in the year of reading."""
        moment = Moment(self.scenario.year_of_reading())
        return self._sets({name: members(self.people, name, moment) for name in self.people.groups})

    def section(self, name: str, key: str = "who") -> Membership:
        """Whom the entries of a section cover under one of their keys, in the year of reading."""
        moment = Moment(self.scenario.year_of_reading())
        entries = getattr(self.scenario, name).items()
        return self._sets({entry: self.who(getattr(value, key), moment, name, entry, key) for entry, value in entries})

    def members(self) -> Membership:
        """Who is in each target's group, in the target's own year of reading."""
        scenario = self.scenario
        found = {
            name: self.who(target.who, Moment(scenario.year_of_reading(target)), "targets", name, "who")
            for name, target in scenario.targets.items()
        }
        return self._sets(found)

    def _sets(self, rows: Mapping[str, np.ndarray]) -> Membership:
        return Membership(len(self.people), rows)

    def leaders(self) -> np.ndarray:
        """Who leads."""
        absence = self.scenario.absence
        if absence is None or absence.leaders is None:
            return column_of(NOBODY, len(self.people))
        return self.column(absence.leaders.who, Moment(self.scenario.year_of_reading()), "absence", "leaders", "who")

    def eligible(self) -> np.ndarray:
        """Who may start what when, as far as `eligible` says: cadres x programmes x years."""
        scenario = self.scenario
        found = [
            self.column(programme.eligible, _start(programme, year), "programmes", name, "eligible")
            for name, programme in scenario.programmes.items()
            for year in scenario.horizon.years
        ]
        shape = (len(scenario.programmes), len(scenario.horizon.years), len(self.people))
        return np.array(found, dtype=bool).reshape(shape).transpose(2, 0, 1)

    def risk(self) -> dict[str, np.ndarray]:
        """Whom the entries of `risk` cover in each year in which something may happen: years x cadres."""
        years = self.scenario.years_at_risk()
        return {
            name: np.array([self.column(rate.who, Moment(year), "risk", name, "who") for year in years], dtype=bool)
            for name, rate in self.scenario.risk.items()
        }


def _start(programme: Programme, year: int) -> Moment:
    """When a start is judged: in its year, to the day where the scenario says in which month it begins."""
    return Moment(year, programme.begins)


def _names_of_groups(source: Source) -> list[str]:
    """All groups of the file, those with faults included, so that one fault is not told as two."""
    groups = source.root.value.get("groups")
    return list(groups.value) if groups is not None and isinstance(groups.value, dict) else []


def _resolve(source: Source, tables: InputTables, faults: list[Fault]) -> Problem:
    """Every condition as rows of the cadres, every table in rows of the others; what is wrong goes to `faults`."""
    scenario, roster, agencies = source.scenario, tables.roster, tables.agencies
    cadres = resolution.cadres_of(scenario, roster, agencies)
    programmes = resolution.programmes_of(scenario)
    reader = ConditionReader(source, roster, cadres["headcount"].to_numpy(), faults)
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
        digests={} if faults else {Path(file): sha256(file) for file in (*source.files, *tables_of(source))},
        groups=reader.groups(),
        earlier=resolution.NO_PLAN if tables.earlier is None else tables.earlier,
        remarks=(*(Remark(**vars(told)) for told in source.told), *_of_the_roster(source, roster.remarks)),
        risk=reader.risk(),
    )
    faults += reader.people.faults
    faults += _unknown_cadres(source, roster)
    return problem


def _of_the_roster(source: Source, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks without those that the sheets of the scheme, in the same workbook, hold no people."""
    files = {file.resolve() for file in source.files}
    for remark in remarks:
        own = remark.file is not None and Path(remark.file).resolve() in files and is_own_sheet(remark.sheet or "")
        if remark.key != "layout_sheet_ignored" or not own:
            yield remark


def _unknown_cadres(source: Source, roster: Roster) -> Iterator[Fault]:
    """The cadres of pins and of leave who are not on the roster."""
    known = dict.fromkeys(roster.frame["cadre"])
    scenario = source.scenario
    named: list[tuple[Location, str | None]] = [
        (("pins", key, index, "cadre"), pin.cadre)
        for key in ("require", "forbid")
        for index, pin in enumerate(getattr(scenario.pins, key))
    ]
    named += [(("leave", name, "cadre"), entry.cadre) for name, entry in scenario.leave.items()]
    for location, cadre in named:
        if cadre is not None and cadre not in known:
            yield source.fault(location, "unknown_cadre", name=cadre, nearest=nearest(cadre, known))
