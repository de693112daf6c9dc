"""A place for each person of whom there is something to say: levels before and after, the path, what is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.inputs.problem import UNKNOWN
from planner.inputs.synonyms import plain
from planner.messages import is_missing, say
from planner.plans import summary, tabulation
from planner.plans.persons import person
from planner.report.html.people import HELD, People
from planner.report.html.places import Places
from planner.report.html.plan_tables import Cell, unbroken
from planner.report.text.conditions import level_title
from planner.report.text.titles import mode_title, period_title, sex_title


@dataclass(frozen=True)
class Step:
    """A study or leave of a person's path: when, what, how, and what is to be said of it."""

    when: str
    title: str
    mode: str
    kind: str
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    """What the page says of a person: who that is, levels before and after, the path, and what is waited for."""

    anchor: str
    name: str
    office: Cell
    about: str
    levels: list[tuple[str, str, str]]
    unknown: str
    path: list[Step]
    waits: list[str]
    prices: list[str]


def persons(people: People, places: Places) -> list[Person]:
    """Everybody of whom there is something to say, by code."""
    return [_person(people, places, own) for own in people.here("roster", places) if own["cadre"] in people.told]


def _person(people: People, places: Places, own: Mapping[str, Any]) -> Person:
    ladders = {ladder: (own[ladder], int(level[own["row"]])) for ladder, level in people.after.items()}
    cadre, agency = str(own["cadre"]), str(own["agency"])
    born = "" if is_missing(own["birth_year"]) else say("page_born", year=int(own["birth_year"]))
    retires = "" if is_missing(own["retires"]) else say("page_retires", year=int(own["retires"]))
    facts = [people.post(own.get("post", "")), sex_title(own["sex"]), born, retires]
    unknown = ", ".join(summary.ladder_in_words(name) for name, (_, after) in ladders.items() if after == UNKNOWN)
    levels = [
        (summary.ladder_in_words(name), _level(people, name, before), _level(people, name, after))
        for name, (before, after) in ladders.items()
        if after != UNKNOWN
    ]
    return Person(
        places.person_anchor(cadre),
        person(people.problem, cadre),
        people.office(agency, places),
        ", ".join(fact for fact in facts if fact),
        levels,
        say("page_levels_unknown", ladders=unknown) if unknown else "",
        [_step(people, each) for each in people.paths.get(cadre, ())],
        [unbroken(text) for text in people.waits.get(cadre, ())],
        people.prices.get(cadre, []),
    )


def _level(people: People, ladder: str, index: int) -> str:
    return (
        say("page_level_unknown")
        if index == UNKNOWN
        else level_title(ladder, people.problem.scenario.ladders[ladder][index])
    )


def _step(people: People, row: Any) -> Step:
    """A row of a calendar as a step of a path."""
    if row.mode == tabulation.LEAVE:
        return Step(period_title(int(row.start), int(row.finish)), row.title, "", "leave")
    mode = mode_title(row.mode)
    if plain(mode) in plain(row.title):  # the programme's name says how it is studied
        mode = ""
    if row.current:
        return Step(say("page_until", year=int(row.finish)), row.title, mode, "current", [say("page_under_way")])
    start = people.starts[row.cadre, row.programme, int(row.start)]
    held = people.held.get((row.cadre, row.programme, int(row.start)))
    said = [start.reason]
    said += [say("page_held_said", held=say(HELD[held]))] if held else []
    return Step(period_title(int(row.start), int(row.finish)), row.title, mode, row.mode, list(map(unbroken, said)))
