"""The tables of the report page, in words: rows of cells, ready to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner.messages import DASH, figure, is_missing, localised, percentage, say
from planner.plans import summary, tabulation
from planner.plans.agency_titles import agency_titles
from planner.plans.plan import Plan
from planner.plans.verdicts import MEMBERLESS, MISSED, REACHED, UNTOLD, verdict
from planner.report.html.places import Places
from planner.report.text.sort_keys import natural_key

LONG_ON_PAPER = 200
"""Rows of a list that is printed with few columns: a tagged PDF takes a third of a kilobyte a cell."""


@dataclass(frozen=True)
class Cell:
    """A text as it is shown; `kind` says how: number, good, bad, unknown, assumed or plain; `exact` for machines.

    `link` is where the text leads: a place in this page (#place) or in a page beside it (page.html#place).
    """

    text: str
    kind: str = ""
    exact: str = ""
    link: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: its name, what it shows, headings and rows; the first `row_heads` cells of a row are its headings.

    `anchors` are the names of the rows as places, empty for a row that is none; by the columns `filters` a reader may
    choose rows. Of a long list the columns `on_paper` stand together in a print: the first of them as a heading over
    all rows that have it, the others as a column each; the rows `off_paper` are not printed. A `calendar` keeps its
    columns side by side on a narrow screen, where other tables become cards.
    """

    name: str
    caption: str
    headings: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    row_heads: int = 1
    anchors: list[str] = field(default_factory=list)
    filters: tuple[int, ...] = ()
    on_paper: tuple[tuple[int, ...], ...] = ()
    off_paper: set[int] = field(default_factory=set)
    calendar: bool = False

    @property
    def paper(self) -> str:
        """`on_paper` as the script reads it; nothing for a list that is not long."""
        return "|".join(" ".join(map(str, part)) for part in self.on_paper) if len(self.rows) > LONG_ON_PAPER else ""


def number(value: Any, kind: str = "number") -> Cell:
    """A number the way the language spoken writes it; a dash for none."""
    return Cell(figure(value), kind, "" if is_missing(value) else str(value))


def share(value: Any) -> Cell:
    """A share as a percentage with one decimal; a dash for none."""
    return Cell(percentage(value), "number", "" if is_missing(value) else str(float(value)))


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table, a named tuple each."""
    return iter(table.itertuples())


def _year(value: Any) -> Cell:
    return Cell(str(int(value)), "number")


def texts(*told: object) -> list[Cell]:
    """A cell for each text."""
    return [Cell(unbroken(str(text))) for text in told]


def unbroken(text: str) -> str:
    """A text whose percentages stay on one line."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


# --- what was reached -----------------------------------------------------------------------------------------------


def targets(plan: Plan) -> Grid:
    """Every target with its figures and whether it is reached, missed, without members, or not to be told."""
    headings = ["target", "members", "unknown", "required", "already", "attained", "short", "open", "verdict"]
    grid = Grid("targets", say("page_targets_caption"), [say(f"page_{name}") for name in headings], filters=(8,))
    titles = summary.targets(plan).set_index("target")["title"]
    for row in rows_of(plan.attainment):
        short, untold = distance(int(row.shortfall), int(row.unknown))
        figures = (row.members, row.unknown, row.required, row.already, row.attained, short, untold)
        kind = verdict_of(int(row.shortfall), int(row.unknown), int(row.members))
        cells = [*texts(titles[row.target]), *map(number, figures)]
        grid.rows.append([*cells, Cell(say(f"page_verdict_{kind}"), kind)])
    return grid


def verdict_of(shortfall: int, unknown: int, members: int = 1) -> str:
    """Good: reached; unknown: those of unknown level could make up for what is missing; bad: missed; none: no members.

    A target without members is never reached.
    """
    kinds = {REACHED: "good", MISSED: "bad", UNTOLD: "unknown", MEMBERLESS: "none"}
    return kinds[verdict(members, shortfall, unknown)]


def distance(shortfall: int, unknown: int) -> tuple[int, int]:
    """How many are short whatever the unknown levels are, and of how many more it cannot be told."""
    return max(0, shortfall - unknown), min(shortfall, unknown)


def absence(plan: Plan, places: Places) -> Grid:
    """The cadres away from every agency by year, its headcount and limit; marked where the limit is reached.

    Agencies from which nobody is away in any year are not printed.
    """
    years = list(map(int, plan.problem.years))
    headings = [say(f"page_{name}") for name in ("agency", "headcount", "limit")]
    grid = Grid("absence", say("page_absence_caption"), [*headings, *map(str, years)])
    table = tabulation.absence_by_year(plan).sort_values("year", kind="stable")
    full = (table["away"] > 0) & (table["away"] >= table["limit"]).fillna(False)
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows_of(table.assign(full=full)):
        groups[str(row.agency)].append(row)
    titles = agency_titles(plan.problem)
    for name in sorted(groups, key=lambda name: natural_key(titles[name])):
        first = groups[name][0]
        away = [number(int(row.away), "full" if row.full else "number") for row in groups[name]]
        office = Cell(titles[name], link=places.office(name))
        if not any(row.away for row in groups[name]):
            grid.off_paper.add(len(grid.rows))
        grid.rows.append([office, number(int(first.headcount)), number(first.limit), *away])
    return grid


def priority(plan: Plan) -> Grid:
    """The share of each favoured group among those sent, beside its share among those who could be sent."""
    headings = ["group", "points", "sent", "sent_share", "eligible", "eligible_share"]
    grid = Grid("priority", say("page_priority_caption"), [say(f"page_{name}") for name in headings])
    table = tabulation.priority_shares(plan)
    points = {name: entry.points for name, entry in plan.problem.scenario.priority.items()}
    for row in rows_of(table[table["year"] == tabulation.WHOLE]):
        cells = [number(points[row.priority]), number(row.sent), share(row.sent_share)]
        grid.rows.append([Cell(row.title), *cells, number(row.eligible), share(row.eligible_share)])
    return grid


# --- who goes, who waits --------------------------------------------------------------------------------------------


def yearly(plan: Plan) -> Grid:
    """Starts, cadres, cost and modes of each year."""
    headings = ["year", "starts", "cadres", "full_time", "in_service", "short_course"]
    grid = Grid("yearly", say("page_yearly_caption"), [say(f"page_{name}") for name in headings])
    for row in rows_of(tabulation.yearly(plan).drop(columns="cost")):
        grid.rows.append([_year(row.year), *(number(value) for value in row[2:])])
    return grid


def beyond(plan: Plan) -> Grid:
    """The starts that serve nothing, by the seats and the programme they fill and by year."""
    years = list(map(int, plan.problem.years))
    headings = [say("page_pool"), say("page_programme"), *map(str, years), say("page_starts")]
    grid = Grid("beyond", say("column_beyond"), headings, row_heads=2)
    for (seats, title), own in summary.beyond_need(plan).groupby(["seats", "title"], sort=False):
        by_year = own.groupby("year")["starts"].sum().reindex(years, fill_value=0)
        grid.rows.append([*texts(seats or DASH, title), *map(number, by_year), number(int(by_year.sum()))])
    return grid


def waiting(plan: Plan, people: pd.DataFrame) -> Grid:
    """How many wait for which target, and why; `people` are those of `known_waiting`."""
    headings = ["target", "why", "people"]
    grid = Grid("waiting", say("page_waiting_caption"), [say(f"page_{name}") for name in headings])
    counts = people.groupby(["target", "reason"], sort=False).size().rename("people").reset_index()
    for row in rows_of(counts):
        grid.rows.append([*texts(target_of(plan, row.target), summary.reason_in_words(row.reason)), number(row.people)])
    return grid


def known_waiting(plan: Plan) -> pd.DataFrame:
    """`summary.waiting` without the cadres whose level is not known."""
    people = summary.waiting(plan)
    return people[people["reason"] != "level_unknown"]


def target_of(plan: Plan, name: str) -> str:
    """What a target is called."""
    return localised(plan.problem.scenario.targets[name].title, name)


# --- what is proven -------------------------------------------------------------------------------------------------


def goals(plan: Plan) -> Grid:
    """Each goal in its rank, its value, the proven bound and whether the value is proven."""
    headings = ["rank", "goal", "sense", "value", "bound", "status"]
    grid = Grid("goals", say("page_goals_caption"), [say(f"page_{name}") for name in headings], row_heads=2)
    for rank, row in enumerate(rows_of(plan.goals), 1):
        proven = row.status == "optimal"
        goal = summary.goal_in_words(row.goal, plan.problem.scenario)
        status = Cell(say(f"status_{row.status}"), "good" if proven else "bad")
        grid.rows.append(
            [
                Cell(str(rank), "number"),
                *texts(goal, say(f"page_sense_{row.sense}")),
                number(row.value),
                number(row.bound),
                status,
            ]
        )
    return grid


def conflict(plan: Plan) -> Grid:
    """The rules of which no plan can obey all."""
    grid = Grid("conflict", say("page_conflict_caption"), [say("page_rule"), say("page_where")])
    grid.rows.extend(texts(row.rule, row.where or DASH) for row in rows_of(plan.conflict))
    return grid
