"""A reform applied to the people of a day: who goes where and why, as events of a ledger; and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.matching import matches
from planner.inputs.people import Moment, People
from planner.inputs.problem import Problem
from planner.inputs.roster.agency_titles import AGENCY_TITLES, titled
from planner.inputs.roster.frames import given_table
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import conditions
from planner.inputs.scenario.yaml_tree import Location, Node
from planner.messages import localised
from planner.years.careers import Careers
from planner.years.checking import FIXED
from planner.years.events import Event
from planner.years.people import column_meant, rows_of_people, scanned, value_faults
from planner.years.reform.offices import Offices, offices_of, offices_table
from planner.years.reform.reform_file import Move, Reform

MOST_NAMED = 6  # cadres that a sentence names


@dataclass(frozen=True)
class Applied:
    """A reform as it meets the people of its year.

    Attributes
    ----------
    reform
        The file.
    events
        `transferred` for everybody whose office is another one from the day on, `changed` for every other value; the
        row of an event is the line of the entry that it follows from.
    offices
        As `offices_table` gives them.
    before
        The agencies of the run, with their titles.
    notes
        What its reader should know besides.
    """

    reform: Reform
    events: tuple[Event, ...]
    offices: pd.DataFrame
    before: pd.DataFrame
    notes: tuple[Fault, ...]

    @property
    def agencies(self) -> pd.DataFrame:
        """agency, headcount [people]: the offices that are left, with the titles that they had or that the reform says.

        An office that the reform makes of others and does not name has no title.
        """
        left = self.offices[self.offices["how"] != "ended"]
        table = left[["office", "headcount"]].set_axis(["agency", "headcount"], axis=1).reset_index(drop=True)
        for name in self.before:
            if name in AGENCY_TITLES:
                known = dict(zip(self.before["agency"], self.before[name], strict=True))
                table[name] = [known.get(office, "") for office in table["agency"]]
        return titled(table, {name: office.title for name, office in self.reform.entry.offices.items()})

    def on(self, found: Careers) -> Careers:
        """What happened, with the reform's events behind the others."""
        changes = {cadre: [*own] for cadre, own in found.changes.items()}
        for event in self.events:
            column, _, value = event.to.partition("=")
            named = ("agency", event.to) if event.kind == "transferred" else (column, value)
            changes.setdefault(event.cadre, []).append((*named, event))
        return replace(found, changes=changes)


def apply(reform: Reform, problem: Problem, roster: pd.DataFrame, year: int) -> Applied:
    """Who goes where and what changes by a reform.

    A move goes before what becomes of the office; what a move sets goes before what an office sets.

    Parameters
    ----------
    problem
        Of the run: its scenario defines the groups, its agencies the offices before.
    roster
        The cadres as the year begins, as a roster writes them.
    year
        From which the plan is made again: the one in which the reform begins, for a year has no halves [year].

    Raises
    ------
    InputError
        Everything in the file that cannot be, with its line: another year; an office that nobody knows, that merges
        twice, or is no more; a cadre who is left in an office that ended, or has two destinations or two values; a
        column or a value that the roster does not know; a condition that cannot be read.
    """
    if reform.entry.from_.year != year:
        day = reform.entry.from_
        raise InputError(reform.root.fault(("from",), "reform_year", day=day.isoformat(), year=day.year, first=year))
    return _Applying(reform, problem, roster, year).applied()


class _Applying:
    def __init__(self, reform: Reform, problem: Problem, roster: pd.DataFrame, year: int) -> None:
        self.reform, self.problem, self.year = reform, problem, year
        self.roster = roster.set_index("cadre", drop=False)
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []

    def applied(self) -> Applied:
        known = [str(name) for name in self.problem.agencies["agency"]]
        offices, self.faults = offices_of(self.reform, known)
        moved = {name: self._of(name, move) for name, move in self.reform.entry.moves.items()}
        going = self._destinations(moved)
        now = self._now(offices, going)
        cells = self._cells(moved, now)
        self._check_cells(cells)
        if self.faults:
            raise InputError(self.faults)
        table = offices_table(self.reform, offices, self.problem.agencies, self.roster["agency"], now)
        self._tell(table)
        events = (*self._transfers(now, going), *self._changes(cells))
        return Applied(self.reform, events, table, self.problem.agencies, tuple(self.notes))

    def fault(self, at: Location, key: str, **values: object) -> None:
        """Something that cannot be."""
        self.faults.append(self.reform.root.fault(at, key, **values))

    # --- who goes where ---------------------------------------------------------------------------------------------

    def _of(self, name: str, move: Move) -> list[str]:
        """The cadres of a move."""
        if move.who is None:
            there = self.roster.index
            for index, code in enumerate(move.cadres):
                if code not in there:
                    self.fault(
                        ("moves", name, "cadres", index), "reform_cadre", name=code, nearest=nearest(code, there)
                    )
            return [code for code in dict.fromkeys(move.cadres) if code in there]
        found = matches(move.who, self.people, Moment(self.year), ("moves", name, "who"))
        self.faults += self.people.faults
        if not len(found):
            self.notes.append(self.reform.root.fault(("moves", name), "reform_nobody"))
        return [str(code) for code in self.roster.index[found]]

    @cached_property
    def people(self) -> People:
        """The cadres of the year, for conditions."""
        scenario = self.problem.scenario
        read, faults = scanned(given_table("roster.csv", self.roster), self.problem, clean=True)
        if read is None or faults:
            raise InputError(faults)
        sizes = dict(zip(self.problem.agencies["agency"], self.problem.agencies["headcount"], strict=True))
        headcount = np.array([sizes[name] for name in self.roster["agency"]], dtype=float)
        ladders = {name: tuple(levels) for name, levels in scenario.ladders.items()}
        return People(read, headcount, ladders, scenario.groups, self.fault)

    def _destinations(self, moved: Mapping[str, list[str]]) -> dict[str, str]:
        """Cadre -> the move that says where to."""
        going: dict[str, str] = {}
        for name, cadres in moved.items():
            to = self.reform.entry.moves[name].to
            if to is None:
                continue
            twice: dict[str, list[str]] = {}
            for cadre in cadres:
                other = going.setdefault(cadre, name)
                if self.reform.entry.moves[other].to != to:
                    twice.setdefault(other, []).append(cadre)
            for other, both in twice.items():
                there = self.reform.entry.moves[other].to
                self.fault(("moves", name), "reform_two_ways", who=_some(both), to=to, other=other, there=there)
        return going

    def _now(self, offices: Offices, going: Mapping[str, str]) -> pd.Series:
        """The office of each cadre from the day on."""
        old = self.roster["agency"]
        moves = self.reform.entry.moves
        codes = [str(code) for code in self.roster.index]
        now = [
            moves[going[cadre]].to if cadre in going else offices.home.get(office, "")
            for cadre, office in zip(codes, old, strict=True)
        ]
        result = pd.Series(now, index=self.roster.index, dtype="str")
        for office, at in offices.ended.items():
            left = old.index[(old == office) & (result == "")]
            if len(left):
                self.fault(at, "reform_left_behind", name=office, who=_some([str(code) for code in left]))
        return result

    # --- what they have from then on --------------------------------------------------------------------------------

    def _cells(self, moved: Mapping[str, list[str]], now: pd.Series) -> dict[tuple[str, str], tuple[str, Location]]:
        """Cadre and column -> the value, and where the file says so."""
        cells: dict[tuple[str, str], tuple[str, Location]] = {}
        for name, cadres in moved.items():
            for column, value in self.reform.entry.moves[name].set_.items():
                at = ("moves", name, "set", column)
                twice: dict[str, list[str]] = {}
                for cadre in cadres:
                    other, where = cells.setdefault((cadre, self._column(column)), (value, at))
                    if other != value:
                        twice.setdefault(str(where[1]), []).append(cadre)
                for move, both in twice.items():
                    self.fault(at, "reform_two_values", who=_some(both), column=column, value=value, other=move)
        for name, office in self.reform.entry.offices.items():
            for column, value in office.set_.items():
                for cadre in now.index[now == name]:
                    cells.setdefault((cadre, self._column(column)), (value, ("offices", name, "set", column)))
        return cells

    def _column(self, name: str) -> str:
        return column_meant(name, self.problem) or name

    def _check_cells(self, cells: Mapping[tuple[str, str], tuple[str, Location]]) -> None:
        """Each entry once, by the first cadre whom it concerns."""
        used = {name for _, each in conditions(self.problem.scenario) for name in columns_used(each)}
        known = {*map(str, self.roster.columns), *self.problem.scenario.ladders, *used, *_keys(self.reform.overlay)}
        seen: set[Location] = set()
        rows = rows_of_people(self.problem, self.roster[~self.roster.index.isin(self.problem.cadres["cadre"])])
        for (cadre, column), (value, at) in cells.items():
            if at in seen:
                continue
            seen.add(at)
            if column in FIXED:
                self.fault(at, "reform_column_fixed", column=column)
            elif column not in known and column_meant(column, self.problem) is None:
                self.fault(at, "reform_column", name=column, nearest=nearest(column, sorted(known)))
            else:
                for wrong in value_faults(self.problem, rows, cadre, column, value):
                    reason = replace(wrong, file=None)
                    self.fault(at, "reform_value", column=column, found=value, reason=reason)

    # --- what is told of it -----------------------------------------------------------------------------------------

    def _event(self, kind: str, cadre: str, to: str, at: Location) -> Event:
        entry = self.reform.entry
        own = getattr(entry, str(at[0]))[at[1]] if len(at) > 1 and at[0] != "ends" else entry
        note = localised(own.title) or localised(own.source) or localised(entry.title) or localised(entry.source)
        line = self.reform.root.find(at).line or None
        return Event(kind, entry.from_, cadre, to=to, note=note, file=self.reform.file, row=line)

    def _transfers(self, now: pd.Series, going: Mapping[str, str]) -> Iterator[Event]:
        places = {
            old: ("offices", name, "merges", index)
            for name, office in self.reform.entry.offices.items()
            for index, old in enumerate(office.merges)
        }
        codes = [str(code) for code in self.roster.index]
        for cadre, old, new in zip(codes, self.roster["agency"], now, strict=True):
            if new != old:
                at: Location = ("moves", going[cadre]) if cadre in going else places[old]
                yield self._event("transferred", cadre, str(new), at)

    def _changes(self, cells: Mapping[tuple[str, str], tuple[str, Location]]) -> Iterator[Event]:
        for (cadre, column), (value, at) in sorted(cells.items()):
            held = self.roster[column].get(cadre, "") if column in self.roster else ""
            if held != value:
                yield self._event("changed", cadre, f"{column}={value}", at)

    def _tell(self, table: pd.DataFrame) -> None:
        """The day that counts for the whole year; posts that nobody holds; offices without anybody or too small."""
        entry, root = self.reform.entry, self.reform.root
        self.notes.insert(0, root.fault(("from",), "reform_whole_year", day=entry.from_.isoformat(), year=self.year))
        for row in table.to_dict("records"):
            at: Location = ("offices", row["office"]) if row["office"] in entry.offices else ("ends",)
            if row["how"] == "ended" and row["was"] > row["moved_out"]:
                lost = row["was"] - row["moved_out"]
                self.notes.append(root.fault(at, "reform_posts_lost", name=row["office"], number=lost))
            elif row["how"] != "ended" and row["cadres"] > row["headcount"]:
                told = {"headcount": row["headcount"], "rows": row["cadres"]}
                self.notes.append(root.fault(at, "reform_too_small", name=row["office"], **told))
            elif row["office"] in entry.offices and not row["cadres"]:
                self.notes.append(root.fault(at, "reform_empty", name=row["office"]))


def _some(cadres: list[str]) -> str:
    more = len(cadres) - MOST_NAMED
    return ", ".join(cadres[:MOST_NAMED]) + (f" (+{more})" if more > 0 else "")


def _keys(node: Node | None) -> Iterator[str]:
    """All keys of a tree: the columns that its conditions name are among them."""
    match None if node is None else node.value:
        case dict() as mapping:
            for key, child in mapping.items():
                yield key
                yield from _keys(child)
        case list() as items:
            for child in items:
                yield from _keys(child)
