"""Who goes, who waits, who is on the roster: lists that lead to persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, cast

import pandas as pd

from planner.analysis.kept_answers import Kept
from planner.messages import DASH, say
from planner.plans import summary, tabulation
from planner.plans.agency_titles import agency_titles
from planner.plans.level_flow import levels_after
from planner.plans.persons import heading, person
from planner.plans.plan import Plan
from planner.report.html.places import Places
from planner.report.html.plan_tables import Cell, Grid, number, rows_of, target_of, texts
from planner.report.text.sort_keys import natural_key
from planner.report.text.titles import mode_title, post_titles

HELD = {"every": "page_held_every", "some": "page_held_some", "unproven": "tie_unproven"}


_WHOSE: dict[str, Callable[[Any], tuple[str, str]]] = {
    "sent": lambda row: ("cadre", row.cadre),
    "waits_told": lambda row: ("cadre", row.cadre),
    "roster": lambda own: ("cadre", own["cadre"]),
    "offices": lambda name: ("agency", name),
}
"""Whose each row of the lists of `People` is, as `Places.pages` knows them."""


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
        self._by_page: dict[str, dict[str, list[Any]]] = {}

    def here(self, rows: str, places: Places) -> list[Any]:
        """Those of a list that stand on a page: `sent`, `waits_told`, `roster`, `offices`.

        Each list is gone through once for all pages of a report.
        """
        if not places.pages:
            return list(getattr(self, rows))
        if rows not in self._by_page:
            found = self._by_page[rows] = defaultdict(list)
            for row in getattr(self, rows):
                found[places.pages[_WHOSE[rows](row)]].append(row)
        return self._by_page[rows][places.here]

    @cached_property
    def sent(self) -> list[Any]:
        """The nominations by year, agency and code."""
        rows = list(rows_of(self.nominations))
        keys = [(row.start, self.office_key(row.agency), natural_key(row.cadre), row.programme) for row in rows]
        return [rows[place] for place in sorted(range(len(rows)), key=keys.__getitem__)]

    @cached_property
    def waits_told(self) -> list[Any]:
        """The rows of those who wait, by agency and code."""
        return sorted(rows_of(self.waiting), key=lambda row: (self.office_key(row.agency), natural_key(row.cadre)))

    @cached_property
    def roster(self) -> list[dict[str, Any]]:
        """What the pages say of everybody on the roster; `row` is the place in it."""
        cadres = self.problem.cadres
        wanted = ["cadre", "agency", "birth_year", "retires", "post", "sex", *self.after]
        table = cadres[[name for name in wanted if name in cadres]].assign(row=range(len(cadres)))
        return cast("list[dict[str, Any]]", table.to_dict("records"))

    @cached_property
    def after(self) -> dict[str, Any]:
        """Ladder -> the index of everybody's level at the end."""
        return dict(levels_after(self.plan))

    @cached_property
    def years(self) -> dict[str, list[int]]:
        """Cadre -> the years in which they start."""
        found: dict[str, list[int]] = defaultdict(list)
        for row in self.sent:
            found[row.cadre].append(int(row.start))
        return found

    @cached_property
    def absence(self) -> dict[str, list[Any]]:
        """Agency -> the rows of those away, by year."""
        found: dict[str, list[Any]] = defaultdict(list)
        for row in rows_of(tabulation.absence_by_year(self.plan).sort_values("year", kind="stable")):
            found[str(row.agency)].append(row)
        return found

    @cached_property
    def offices(self) -> list[str]:
        """The agencies by title."""
        return sorted(self.office_sizes, key=self.office_key)

    @cached_property
    def office_sizes(self) -> dict[str, tuple[int, int]]:
        """Agency -> its headcount, and how many of it are on the roster."""
        table = self.problem.agencies
        members = self.problem.cadres["agency"].value_counts()
        sizes = dict(zip(table["agency"], table["headcount"], strict=True))
        return {name: (int(size), int(members.get(name, 0))) for name, size in sizes.items()}

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
    parts = (("year", "agency"), ("cadre", "post"), ("programme", "mode", "finish", "authority", "held", "reason"))
    on_paper = tuple(tuple(headings.index(name) for name in part if name in headings) for part in parts)
    grid = Grid("starts", say("page_starts_caption"), _headings(headings), filters=filters, on_paper=on_paper)
    for row in people.here("sent", places):
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
    for row in people.here("waits_told", places):
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
    for own in people.here("roster", places):
        cadre, told = own["cadre"], own["cadre"] in people.told
        name = people.name(cadre, places) if told else Cell(person(people.problem, cadre))
        starts = ", ".join(map(str, people.years.get(cadre, ()))) or DASH
        office, post = people.office(own["agency"], places), people.post(own.get("post", ""))
        grid.rows.append([name, office, *texts(post, starts), number(len(people.waits.get(cadre, ())))])
        grid.anchors.append("" if told else places.person_anchor(cadre))
    return grid


def _headings(names: Iterable[str]) -> list[str]:
    return [heading("page_cadre") if name == "cadre" else say(f"page_{name}") for name in names]
