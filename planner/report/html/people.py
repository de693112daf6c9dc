"""Who goes, who waits, and each person's path: lists that lead to persons, and a place for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from planner.analysis.kept_answers import Kept
from planner.inputs.problem import UNKNOWN
from planner.inputs.synonyms import plain
from planner.messages import DASH, is_missing, say
from planner.plans import summary, tabulation
from planner.plans.agency_titles import agency_titles
from planner.plans.level_flow import levels_after
from planner.plans.persons import heading, person
from planner.plans.plan import Plan
from planner.report.html.places import Places
from planner.report.html.plan_tables import Cell, Grid, number, rows_of, target_of, texts, unbroken
from planner.report.text.conditions import level_title
from planner.report.text.sort_keys import natural_key
from planner.report.text.titles import mode_title, period_title, post_titles, sex_title

HELD = {"every": "page_held_every", "some": "page_held_some", "unproven": "tie_unproven"}


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


class People:
    """The people of a plan as the page shows them, reckoned once for all lists."""

    def __init__(self, plan: Plan, answers: Kept, waiting: pd.DataFrame) -> None:
        self.plan, self.problem = plan, plan.problem
        self.nominations = tabulation.nominations(plan)
        self.waiting = waiting
        self.held: Mapping[tuple[str, str, int], str] = {}
        self.prices: Mapping[str, list[str]] = {}
        if answers.explain is not None:
            from planner.report.html import answer_tables  # engines and all

            self.held = answer_tables.held_by(answers.explain)
            self.prices = answer_tables.prices_by_cadre(plan, answers.explain)
        self.posts = post_titles(plan.problem)
        self.agencies = agency_titles(plan.problem)

    @cached_property
    def calendars(self) -> dict[str, list[Any]]:
        """Agency -> the rows of its calendar: the plan's studies, those under way, leave."""
        found: dict[str, list[Any]] = defaultdict(list)
        for row in rows_of(tabulation.calendar(self.plan)):
            found[str(row.agency)].append(row)
        return found

    @cached_property
    def paths(self) -> dict[str, list[Any]]:
        """Cadre -> the rows of the calendar that are theirs."""
        found: dict[str, list[Any]] = defaultdict(list)
        for rows in self.calendars.values():
            for row in rows:
                found[str(row.cadre)].append(row)
        return found

    @cached_property
    def starts(self) -> dict[tuple[str, str, int], Any]:
        """Cadre, programme, year -> the row of that start among the nominations."""
        return {(row.cadre, row.programme, int(row.start)): row for row in rows_of(self.nominations)}

    @cached_property
    def waits(self) -> dict[str, list[str]]:
        """Cadre -> the targets that they wait for, and why."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows_of(self.waiting):
            why = summary.reason_in_words(row.reason)
            found[str(row.cadre)].append(say("page_waits_for", target=target_of(self.plan, row.target), why=why))
        return found

    @cached_property
    def told(self) -> set[str]:
        """The cadres of whom there is something to say beyond their row in the list of all."""
        return {*self.paths, *self.waits, *self.prices}

    def name(self, cadre: str, places: Places) -> Cell:
        """A person, with the way to their place."""
        return Cell(person(self.problem, cadre), link=places.person(cadre))

    def office(self, agency: str, places: Places) -> Cell:
        """An agency by its title, with the way to its place."""
        return Cell(self.agencies.get(agency, agency), link=places.office(agency))

    def office_key(self, agency: str) -> tuple[Any, ...]:
        """By what agencies are sorted: their titles."""
        return natural_key(self.agencies.get(agency, agency))

    def post(self, post: Any) -> str:
        """A post in words."""
        return self.posts.get(str(post), "" if pd.isna(post) else str(post))


def starts_grid(people: People, places: Places) -> Grid:
    """Who starts what, when and why: by year, agency and code.

    Whether `every` best plan has the start or `some` stands there if that was asked.
    """
    before = ["year", "agency", "cadre", "post", "programme", "mode", "finish", "authority"]
    headings = [*before, *(["held"] if people.held else []), "reason"]
    filters = tuple(before.index(name) for name in ("year", "agency", "programme", "mode", "authority"))
    grid = Grid("starts", say("page_starts_caption"), _headings(headings), filters=filters)
    own = [row for row in rows_of(people.nominations) if places.has_person(row.cadre)]
    keyed = [(row.start, people.office_key(row.agency), natural_key(row.cadre), row.programme) for row in own]
    for row in (own[place] for place in sorted(range(len(own)), key=keyed.__getitem__)):
        held = people.held.get((row.cadre, row.programme, row.start)) if people.held else None
        told = texts(row.authority or DASH, *([say(HELD[held])] if held else [DASH] if people.held else []), row.reason)
        study = texts(people.post(row.post), row.title, mode_title(row.mode), row.finish)
        office = people.office(row.agency, places)
        grid.rows.append([*texts(row.start), office, people.name(row.cadre, places), *study, *told])
    return grid


def waiting_grid(people: People, places: Places) -> Grid:
    """Each cadre who waits, with the target and the reason."""
    headings = _headings(["agency", "cadre", "target", "why"])
    grid = Grid("waiting-people", say("page_waiting_people"), headings, row_heads=2, filters=(0, 2, 3))
    own = [row for row in rows_of(people.waiting) if places.has_person(row.cadre)]
    for row in sorted(own, key=lambda row: (people.office_key(row.agency), natural_key(row.cadre))):
        office = people.office(row.agency, places)
        reason = summary.reason_in_words(row.reason)
        grid.rows.append([office, people.name(row.cadre, places), *texts(target_of(people.plan, row.target), reason)])
    return grid


def everybody_grid(people: People, places: Places) -> Grid:
    """Everybody on the roster: post, the years in which they start, for how many targets they wait.

    The row of somebody of whom there is nothing else to say is itself the place of that person.
    """
    headings = _headings(["cadre", "agency", "post", "starts_in", "waits_in"])
    grid = Grid("everybody", say("page_everybody_caption"), headings, filters=(1, 2))
    years: dict[str, list[int]] = defaultdict(list)
    for row in rows_of(people.nominations):
        years[row.cadre].append(int(row.start))
    posts = people.problem.cadres.get("post", pd.Series("", index=people.problem.cadres.index))
    for cadre, agency, post in zip(people.problem.cadres["cadre"], people.problem.cadres["agency"], posts, strict=True):
        if places.has_person(cadre):
            told = cadre in people.told
            name = people.name(cadre, places) if told else Cell(person(people.problem, cadre))
            starts = ", ".join(map(str, sorted(years[cadre]))) or DASH
            office = people.office(agency, places)
            grid.rows.append(
                [name, office, *texts(people.post(post), starts), number(len(people.waits.get(cadre, ())))]
            )
            grid.anchors.append("" if told else places.person_anchor(cadre))
    return grid


def persons(people: People, places: Places) -> list[Person]:
    """Everybody of whom there is something to say, by code."""
    after = levels_after(people.plan)
    return [
        _person(people, places, own, {ladder: (own[ladder], int(level[row])) for ladder, level in after.items()})
        for row, own in enumerate(people.problem.cadres.to_dict("records"))
        if own["cadre"] in people.told and places.has_person(own["cadre"])
    ]


def _person(people: People, places: Places, own: Mapping[Any, Any], ladders: Mapping[str, tuple[int, int]]) -> Person:
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


def _headings(names: Iterable[str]) -> list[str]:
    return [heading("page_cadre") if name == "cadre" else say(f"page_{name}") for name in names]
