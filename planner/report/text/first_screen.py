"""What the first screen says of a plan: how it stands, what is missed and why, what binds, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from planner.messages import figure, localised, say
from planner.model.options import Options, admissible_starts
from planner.model.rules.budget import amount_of
from planner.plans import summary, tabulation
from planner.plans.binding_limits import seat_limits
from planner.plans.plan import Plan
from planner.plans.used_up import no_place_left, without_place
from planner.plans.verdicts import MISSED, outcome
from planner.report.text.titles import source_told
from planner.report.text.wrapping import folded

LINES = 23
"""Lines of a terminal of 24 lines that a command may fill: the last one is the prompt's."""


@dataclass(frozen=True)
class FirstScreen:
    """What is told beside the plan.

    Attributes
    ----------
    folder
        Where the run was written; None if it was not.
    warnings
        About the scenario, in words.
    acknowledged
        How many more are acknowledged in it.
    further
        What else is to be said, a line each.
    """

    folder: Path | None = None
    warnings: list[str] = field(default_factory=list)
    acknowledged: int = 0
    further: list[str] = field(default_factory=list)


def origin(plan: Plan) -> Iterator[str]:
    """Where the roster comes from, if the scenario says so: a rebuilt or invented one is called so first of all."""
    if source := source_told(plan.problem.scenario.roster_source):
        yield say("screen_roster", source=source)


def first_screen(plan: Plan, more: FirstScreen, width: int) -> list[str]:
    """The lines; of the missed targets as many as fit into `LINES` lines of `width` letters, at least one."""
    table = summary.targets(plan)
    number = int((table["verdict"] == MISSED).sum())
    before, after = list(_before(plan)), list(_after(plan, more))
    left = LINES - _height([*before, *after], width)
    missed: list[str] = []
    shown = 1
    for line in _missed(plan, table):  # a country misses hundreds: no more of them are worded than may fit
        missed.append(line)
        if _height(_of_missed(missed, number), width) <= left:
            shown = len(missed)
        elif _height(_of_missed(missed, len(missed)), width) > left:
            break
    return [*before, *_of_missed(missed[:shown], number), *after]


def _height(lines: Iterable[str], width: int) -> int:
    return sum(len(folded(line, width)) for line in lines)


def _before(plan: Plan) -> Iterator[str]:
    yield localised(plan.problem.scenario.title, say("page_untitled"))
    yield from origin(plan)
    yield ""
    yield summary.targets_in_words(plan)
    yield say("headline_proven" if plan.status == "optimal" else "headline_feasible") + " " + _sent(plan)


def _of_missed(shown: list[str], number: int) -> Iterator[str]:
    """Some missed targets, and how many more there are."""
    if number:
        yield say("screen_missed", number=number)
        yield from (f"  {line}" for line in shown)
        if len(shown) < number:
            yield "  " + say("screen_missed_more", number=number - len(shown))


def _after(plan: Plan, more: FirstScreen) -> Iterator[str]:
    yield binding(plan)
    yield from _beside(plan)
    yield from more.further
    if more.warnings:
        yield say("screen_warnings", number=len(more.warnings), first=more.warnings[0])
    if more.acknowledged:
        yield say("screen_acknowledged", number=more.acknowledged)
    yield ""
    yield from _next(plan, more.folder)


def _sent(plan: Plan) -> str:
    return say("headline_starts", starts=len(plan.assignments), cadres=plan.assignments["cadre"].nunique())


def _missed(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """The missed targets, those that are shortest first: by how many, and what stands against most who wait."""
    people = summary.waiting(plan)
    known = people[people["reason"] != "level_unknown"]
    options = admissible_starts(plan.problem)
    full = cache(lambda: without_place(plan, options))
    for row in (
        table[table["verdict"] == MISSED].sort_values("short", ascending=False, kind="stable").to_dict("records")
    ):
        waiting = known[known["target"] == row["target"]]
        yield say("screen_missed_one", target=row["title"], short=row["short"], reason=_most(options, waiting, full))


def _most(options: Options, waiting: pd.DataFrame, full: Callable[[], np.ndarray]) -> str:
    """The reason of most of those who wait for a target."""
    if waiting.empty:
        return say("screen_nobody_known")
    counts = waiting["reason"].value_counts(sort=True)
    reason, number = str(counts.index[0]), int(counts.iloc[0])
    told = _no_room(options, waiting, full()) if reason == summary.NO_SEAT else summary.reason_in_words(reason)
    return say("screen_reason", reason=told, number=number)


def _no_room(options: Options, waiting: pd.DataFrame, without: np.ndarray) -> str:
    """Why those do not go who could: seats and offices that are full, if that is so for all of them, else the rest."""
    able = waiting[waiting["reason"] == summary.NO_SEAT]
    cadres = np.flatnonzero(options.problem.cadres["cadre"].isin(able["cadre"]))
    target = options.problem.scenario.targets[str(able["target"].iloc[0])]
    return say("screen_no_room" if no_place_left(options, target, cadres, without) else "screen_other_limits")


def binding(plan: Plan) -> str:
    """Which limits are used up, in a sentence: seats, those away, the budget of the year in which it is most used."""
    told = list(seats_used_up(plan))
    absence = tabulation.absence_by_year(plan)
    away = absence[(absence["away"] > 0) & (absence["away"] >= absence["limit"]).fillna(value=False)]
    if len(away):
        of = absence["agency"].nunique()
        told.append(say("screen_offices_full", number=away["agency"].nunique(), of=of))
    told += _budget(plan)
    return say("screen_binds", what="; ".join(told)) if told else say("screen_binds_nothing")


def seats_used_up(plan: Plan) -> Iterator[str]:
    """How many limits of seats are used up: in some year, over the whole period; nothing where none is."""
    limits = seat_limits(plan)
    if number := int(limits["used_up"].sum()):
        some, whole = int(limits["in_some_year"].sum()), int(limits["over_all"].sum())
        yield say("screen_seats_used_up", number=number, of=len(limits), some=some, whole=whole)


def _budget(plan: Plan) -> Iterator[str]:
    spent = tabulation.yearly(plan).set_index("year")["cost"]
    amounts = {year: amount_of(plan.problem, year) for year in map(int, spent.index)}
    limited = {year: amount for year, amount in amounts.items() if amount}
    if limited:
        year = max(limited, key=lambda each: spent[each] / limited[each])
        yield say("screen_budget", used=figure(spent[year]), amount=figure(limited[year]), year=year)


def _beside(plan: Plan) -> Iterator[str]:
    """Minimums of seats that are not reached; starts that serve nothing."""
    use = summary.seat_use(plan)
    if below := int(use["below_min"].sum() + use["below_total"].sum()):
        yield say("screen_floors", number=below)
    if beyond := int(summary.beyond_need(plan)["starts"].sum()):
        yield say("screen_beyond", number=beyond)


def _next(plan: Plan, folder: Path | None) -> Iterator[str]:
    """Where the plan is, which command comes next."""
    if folder is None:
        yield say("screen_no_run")
    else:
        yield say("screen_run", folder=folder)
        command = "missed" if outcome(plan).missed else "report"
        yield say("screen_next", command=f"planner {command} {folder}", what=say(f"screen_next_{command}"))
    yield say("screen_full")
