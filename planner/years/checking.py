"""Whether events can be: of cadres, programmes, agencies and studies that exist, in time, without clashes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import pandas as pd

from planner.common.errors import Fault, nearest
from planner.inputs.problem import Problem
from planner.plans.agency_titles import agency_called
from planner.years.careers import Careers, careers
from planner.years.events import WITHDRAWN, Event
from planner.years.people import column_meant, faults_of_values, rows_of_people

FIXED = ("cadre", "agency", "studying", "studying_until")
"""Columns that other events change."""


@dataclass(frozen=True)
class Checked:
    """Events and what they make of the plan; `faults` says why they cannot be."""

    careers: Careers
    faults: tuple[Fault, ...]


def standing(events: Sequence[Event]) -> tuple[list[Event], list[Fault]]:
    """The events that nobody withdrew, and withdrawals of what cannot be withdrawn."""
    numbered = {event.number: event for event in events if event.number is not None}
    taken: dict[int, Event] = {}
    faults = []
    for event in events:
        if event.kind != WITHDRAWN:
            continue
        number = int(event.to)
        other = numbered.get(number)
        if other is None or other.kind == WITHDRAWN:
            faults.append(event.fault("ledger_no_entry", number=number))
        elif number in taken:
            faults.append(event.fault("ledger_withdrawn_already", number=number))
        elif event.cadre and event.cadre != other.cadre:
            faults.append(event.fault("ledger_other_cadre", number=number, cadre=other.cadre))
        else:
            taken[number] = event
    left = [event for event in events if event.kind != WITHDRAWN and event.number not in taken]
    return left, faults


def check_events(
    problem: Problem, assignments: pd.DataFrame, events: Sequence[Event], joining: pd.DataFrame
) -> Checked:
    """Check all events of a plan together.

    Parameters
    ----------
    assignments
        The plan's starts.
    events
        All of them, those withdrawn included.
    joining
        The rows of those who joined, as `people.read_joiners` gives them.
    """
    left, faults = standing(events)
    planned = set(assignments[["cadre", "programme", "start"]].itertuples(index=False, name=None))
    sound: list[Event] = []
    there = _There.of(problem, left, joining)
    values = _bad_values(problem, left, there)
    for number, event in enumerate(left):
        wrong = [*_unknown(event, there), *values.get(number, ()), *_out_of_time(problem, event, planned)]
        faults += wrong
        if not wrong:
            sound.append(_plain(event, there))
    found = careers(problem, assignments, sound, joining)
    return Checked(found, (*faults, *found.faults))


def _first(problem: Problem) -> int:
    return problem.scenario.horizon.first


@dataclass(frozen=True)
class _There:
    """Who and what events may name: the cadres on the roster, those who join and their rows, the agencies.

    `rows` are the people as a roster writes them, each under the code; `column` is the roster's that a change names,
    `called` the agency that a name or a title means.
    """

    known: frozenset[str]
    listed: frozenset[str]
    cadres: tuple[str, ...]
    agencies: tuple[str, ...]
    rows: Callable[[], pd.DataFrame]
    column: Callable[[str], str | None]
    called: Callable[[str], str]

    @classmethod
    def of(cls, problem: Problem, events: Sequence[Event], joining: pd.DataFrame) -> _There:
        known = frozenset(problem.cadres["cadre"])
        cadres = known | {event.cadre for event in events if event.kind == "joined"}
        agencies = tuple(problem.agencies["agency"])
        rows = cache(lambda: rows_of_people(problem, joining))
        column = cache(lambda name: column_meant(name, problem))
        called = cache(lambda name: agency_called(problem, name))
        return cls(known, frozenset(joining["cadre"]), tuple(sorted(cadres)), agencies, rows, column, called)

    @cached_property
    def anybody(self) -> frozenset[str]:
        """The codes of all whom an event may name."""
        return frozenset(self.cadres)

    @cached_property
    def offices(self) -> frozenset[str]:
        """The agencies, to look one up."""
        return frozenset(self.agencies)


def _unknown(event: Event, there: _There) -> Iterator[Fault]:
    """What the event names that does not exist."""
    if event.kind == "joined":
        if event.cadre in there.known:
            yield event.fault("ledger_joiner_known", cadre=event.cadre)
        elif event.cadre not in there.listed:
            yield event.fault("ledger_joiner_row", cadre=event.cadre)
    elif event.cadre not in there.anybody:
        yield event.fault("ledger_cadre", name=event.cadre, nearest=nearest(event.cadre, there.cadres))
    if event.kind == "transferred" and there.called(event.to) not in there.offices:
        yield event.fault("ledger_agency", name=event.to, nearest=nearest(event.to, there.agencies))


def _bad_values(problem: Problem, events: Sequence[Event], there: _There) -> dict[int, list[Fault]]:
    """What of the changes cannot be read, by the event's place: the values of all of them are read at once."""
    found: dict[int, list[Fault]] = {}
    read: list[tuple[int, str, str, str]] = []
    for number, event in enumerate(events):
        if event.kind != "changed" or event.cadre not in there.anybody:
            continue
        name, value = _change(event)
        column = there.column(name)
        if column in FIXED:
            found[number] = [event.fault("ledger_column_fixed", column=name)]
        elif column is None:
            known = [str(each) for each in problem.cadres.columns]
            found[number] = [event.fault("ledger_column", name=name, nearest=nearest(name, known))]
        elif event.cadre in there.known or event.cadre in there.listed:
            read.append((number, event.cadre, column, value))
    faults = (
        faults_of_values(problem, there.rows(), [(cadre, column, value) for _, cadre, column, value in read])
        if read
        else []
    )
    for (number, _, column, value), wrong in zip(read, faults, strict=True):
        event = events[number]
        found[number] = [
            event.fault("ledger_value", column=column, found=value, reason=replace(fault, file=None)) for fault in wrong
        ]
    return found


def _change(event: Event) -> tuple[str, str]:
    """The column, as it is written, and the value of a change."""
    name, _, value = event.to.partition("=")
    return name.strip(), value.strip()


def _out_of_time(problem: Problem, event: Event, planned: set[tuple[str, str, int]]) -> Iterator[Fault]:
    """Starts that the horizon has not, or that cannot be known yet; a planned start that the plan has not."""
    first = _first(problem)
    if event.date.year < first:
        yield event.fault("ledger_too_early", first=first)
    if event.kind == "admitted" and event.start is not None:
        if event.start < first:
            yield event.fault("ledger_start_early", first=first)
        elif event.start > event.date.year:
            yield event.fault("ledger_not_yet")
    if event.kind == "declined" and (event.cadre, event.programme, event.start) not in planned:
        own = sorted(f"{name} {year}" for code, name, year in planned if code == event.cadre)
        yield event.fault("ledger_not_planned", planned=", ".join(own) or "-")
    if event.kind == "leave" and event.start is not None:
        if event.start > int(event.to):
            yield event.fault("ledger_leave_backwards")
        elif int(event.to) < first:
            yield event.fault("ledger_start_early", first=first)
    if event.kind == "extended" and int(event.to) < event.date.year:
        yield event.fault("ledger_shorter", until=event.date.year)


def _plain(event: Event, there: _There) -> Event:
    """The event with a change's column, and an agency, under the roster's name."""
    if event.kind == "transferred":
        return replace(event, to=there.called(event.to))
    if event.kind != "changed":
        return event
    name, value = _change(event)
    return replace(event, to=f"{there.column(name)}={value}")
