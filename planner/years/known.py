"""What is known of a run by the end of a year: its ledger, without what was only to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.plans.plan import Plan
from planner.years.careers import Careers, Study
from planner.years.checking import check_events, standing
from planner.years.events import Event
from planner.years.ledger import News
from planner.years.state import CLEAN_FORM, State, state_of

AHEAD = ("declined", "leave")
"""Events that may speak of years to come."""


@dataclass(frozen=True)
class Known:
    """What is known of a plan by the end of a year.

    Attributes
    ----------
    plan
        The plan that is looked back on.
    year
        The year, over when this is read.
    news
        The events that count, checked together: those that nobody withdrew, dated in the year or before; those dated
        later that say whether a start of these years happened; and what may lie ahead (declined, leave).
    state
        The cadres as the next year begins.
    later
        The events dated after the year, which do not count.
    """

    plan: Plan
    year: int
    news: News
    state: State
    later: tuple[Event, ...] = ()

    @property
    def careers(self) -> Careers:
        """What the events make of the plan."""
        return self.news.checked.careers

    @property
    def first(self) -> int:
        """The first year of the plan."""
        return self.plan.problem.scenario.horizon.first


def known_by(plan: Plan, news: News, year: int) -> Known:
    """What is known by the end of a year.

    Parameters
    ----------
    plan
        The plan of the run.
    news
        All events of it, checked.

    Raises
    ------
    InputError
        The events contradict each other once those of later years are left out.
    """
    events, later = _until(standing(news.events)[0], year)
    joined = {event.cadre for event in events if event.kind == "joined"}
    joiners = news.joiners[news.joiners["cadre"].isin(joined)]
    checked = check_events(plan.problem, plan.assignments, events, joiners)
    if checked.faults:
        raise InputError(list(checked.faults))
    own = News(tuple(events), joiners, (), (), None, checked)
    state = state_of(plan.problem, plan.assignments, checked.careers, joiners, year + 1)
    return Known(plan, year, own, state, tuple(later))


def _until(events: Sequence[Event], year: int) -> tuple[list[Event], list[Event]]:
    """The events that count by the end of a year, and the others.

    That somebody really began in a year may be recorded in the next: it is then as if recorded on the year's last day.
    """
    to_come = {event.cadre for event in events if event.kind == "joined" and event.date.year > year}
    kept: list[Event] = []
    later: list[Event] = []
    for event in events:
        told_late = event.kind == "admitted" and event.start is not None and event.start <= year
        if event.cadre in to_come:
            later.append(event)
        elif event.date.year <= year or event.kind in AHEAD:
            kept.append(event)
        elif told_late:
            kept.append(replace(event, date=dt.date(year, 12, 31)))
        else:
            later.append(event)
    return kept, later


def problem_of(known: Known, studies: Sequence[Study] | None = None, at_first: Problem | None = None) -> Problem:
    """The problem with the cadres as the next year begins, its horizon as it was.

    Parameters
    ----------
    studies
        The studies that count, by default all that are known or taken to have happened.
    at_first
        The problem with the levels with which the plan begins, by default those of its roster.
    """
    state = known.state
    problem = known.plan.problem if at_first is None else at_first
    if studies is not None:
        found = replace(known.careers, studies=list(studies))
        state = state_of(problem, known.plan.assignments, found, known.news.joiners, known.year + 1)
    changed = {**CLEAN_FORM, "pins": None, "leave": None, "as_of": problem.scenario.year_of_reading()}
    blank = problem.source.root.plain().get("blank")
    if blank:
        changed["blank"] = dict.fromkeys(blank, "unknown")
    return load(problem, changed, roster=state.roster, agencies=problem.agencies)
