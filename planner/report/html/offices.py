"""Each office: how many it has and may send, who is away in which year, and the calendar of its people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.messages import is_missing, say
from planner.plans import tabulation
from planner.plans.persons import heading
from planner.report.html.people import People
from planner.report.html.places import Places
from planner.report.html.plan_tables import Cell, number
from planner.report.text.sort_keys import natural_key


@dataclass(frozen=True)
class Entry:
    """A study or leave in a cell of the calendar."""

    title: str
    kind: str


@dataclass(frozen=True)
class Line:
    """A person's line of the calendar: what they are in, each with the number of years in a row."""

    name: Cell
    spans: list[tuple[list[Entry], int]]


@dataclass(frozen=True)
class Office:
    """What the page says of an office: its sizes and limit, who studies when, how many are away in which year."""

    anchor: str
    name: str
    about: str
    heading: str
    away: list[Cell]
    years: list[int]
    calendar: list[Line]


def offices(people: People, places: Places) -> list[Office]:
    """Every office of the page, by name."""
    return [
        _office(people, places, name, people.absence.get(name, []), people.office_sizes[name])
        for name in people.here("offices", places)
    ]


def _office(people: People, places: Places, name: str, absence: list[Any], sizes: tuple[int, int]) -> Office:
    rows = people.calendars.get(name, [])
    first = int(people.problem.years[0])
    last = max([int(people.problem.years[-1]), *(int(row.finish) for row in rows)])
    years = list(range(first, last + 1))
    lines: dict[str, list[list[Entry]]] = {}
    for row in rows:
        own = lines.setdefault(str(row.cadre), [[] for _ in years])
        for year in range(max(first, int(row.start)), int(row.finish) + 1):
            own[year - first].append(_entry(row))
    calendar = [Line(people.name(cadre, places), _spans(lines[cadre])) for cadre in sorted(lines, key=natural_key)]
    about = say("page_office_about", headcount=sizes[0], cadres=sizes[1])
    if absence and not is_missing(absence[0].limit):
        about += " " + say("page_office_limit", limit=int(absence[0].limit))
    away = {int(row.year): _away(row) for row in absence}
    marks = [away.get(year, Cell("")) for year in years]
    title = people.agencies[name]
    if title != name:
        about = say("page_office_code", agency=name) + " " + about
    return Office(places.office_anchor(name), title, about, heading("page_cadre"), marks, years, calendar)


def _spans(years: list[list[Entry]]) -> list[tuple[list[Entry], int]]:
    """Years in a row with the same study as one; years without any stay apart."""
    spans: list[tuple[list[Entry], int]] = []
    for entries in years:
        if entries and spans and spans[-1][0] == entries:
            spans[-1] = entries, spans[-1][1] + 1
        else:
            spans.append((entries, 1))
    return spans


def _away(row: Any) -> Cell:
    """How many are away in a year, marked at the limit."""
    full = row.away > 0 and not is_missing(row.limit) and row.away >= row.limit
    return number(int(row.away), "full" if full else "number")


def _entry(row: Any) -> Entry:
    if row.mode == tabulation.LEAVE:
        return Entry(row.title, "leave")
    if row.current:
        return Entry(say("page_study_current", title=row.title), "current")
    return Entry(row.title, row.mode)
