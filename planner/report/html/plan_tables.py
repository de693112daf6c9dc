"""The tables of the report page, in words: rows of cells, ready to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner.messages import DASH, figure, is_missing, localised, percentage, say
from planner.plans import summary, tabulation
from planner.plans.persons import heading, person
from planner.plans.plan import Plan
from planner.plans.verdicts import MEMBERLESS, MISSED, REACHED, UNTOLD, verdict
from planner.report.text.sort_keys import natural_key
from planner.report.text.titles import mode_title, post_titles

HELD = {"every": "page_held_every", "some": "page_held_some", "unproven": "held_unproven"}


@dataclass(frozen=True)
class Cell:
    """A text as it is shown; `kind` says how: number, good, bad, unknown, assumed or plain; `exact` for machines."""

    text: str
    kind: str = ""
    exact: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: its name, what it shows, headings and rows; the first `row_heads` cells of a row are its headings."""

    name: str
    caption: str
    headings: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    row_heads: int = 1


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
    headings = ["target", "members", "required", "already", "attained", "short", "unknown", "verdict"]
    grid = Grid("targets", say("page_targets_caption"), [say(f"page_{name}") for name in headings])
    titles = summary.targets(plan).set_index("target")["title"]
    for row in rows_of(plan.attainment):
        figures = (row.members, row.required, row.already, row.attained, row.shortfall, row.unknown)
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


def absence(plan: Plan) -> Grid:
    """The cadres away from every agency by year, its headcount and limit; marked where the limit is reached."""
    years = list(map(int, plan.problem.years))
    headings = [say(f"page_{name}") for name in ("agency", "headcount", "limit")]
    grid = Grid("absence", say("page_absence_caption"), [*headings, *map(str, years)])
    table = tabulation.absence_by_year(plan).sort_values("year", kind="stable")
    full = (table["away"] > 0) & (table["away"] >= table["limit"]).fillna(False)
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows_of(table.assign(full=full)):
        groups[str(row.agency)].append(row)
    for name in sorted(groups, key=natural_key):
        first = groups[name][0]
        away = [number(int(row.away), "full" if row.full else "number") for row in groups[name]]
        grid.rows.append([Cell(name), number(int(first.headcount)), number(first.limit), *away])
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
    headings = ["year", "starts", "cadres", "cost", "full_time", "in_service", "short_course"]
    grid = Grid("yearly", say("page_yearly_caption"), [say(f"page_{name}") for name in headings])
    for row in rows_of(tabulation.yearly(plan)):
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


def lists(plan: Plan, held: Mapping[tuple[str, str, int], str] | None = None) -> Iterator[tuple[int, Grid]]:
    """For each year who goes where, and why; by agency, then by code.

    `held` says of (cadre, programme, start) whether `every` best plan has the start or `some`; without it that column
    is left out.
    """
    headings = [
        "agency",
        "cadre",
        "post",
        "programme",
        "mode",
        "when",
        "authority",
        *(["held"] if held else []),
        "reason",
    ]
    shown = [_heading(name) for name in headings]
    posts = post_titles(plan.problem)
    everybody = tabulation.nominations(plan)
    for year in map(int, plan.problem.years):
        own = everybody[everybody["start"] == year]
        rows = sorted(rows_of(own), key=lambda row: (natural_key(row.agency), natural_key(row.cadre), row.programme))
        cells = [
            texts(
                row.agency,
                person(plan.problem, row.cadre),
                posts.get(row.post, row.post),
                row.title,
                mode_title(row.mode),
                row.start if row.start == row.finish else f"{row.start}{DASH}{row.finish}",
                row.authority or DASH,
                *([say(HELD[held[row.cadre, row.programme, row.start]])] if held else []),
                row.reason,
            )
            for row in rows
        ]
        yield year, Grid(f"list-{year}", say("page_list_caption", year=year), shown, cells, row_heads=2)


def waiting(plan: Plan, people: pd.DataFrame) -> Grid:
    """How many wait for which target, and why; `people` are those of `known_waiting`."""
    headings = ["target", "why", "people"]
    grid = Grid("waiting", say("page_waiting_caption"), [say(f"page_{name}") for name in headings])
    counts = people.groupby(["target", "reason"], sort=False).size().rename("people").reset_index()
    for row in rows_of(counts):
        grid.rows.append([*texts(_target(plan, row.target), summary.reason_in_words(row.reason)), number(row.people)])
    return grid


def waiting_people(plan: Plan, people: pd.DataFrame) -> Grid:
    """Each cadre who waits, with the target and the reason; `people` as in `waiting`."""
    headings = ["agency", "cadre", "target", "why"]
    grid = Grid("waiting-people", say("page_waiting_people"), [_heading(name) for name in headings], row_heads=2)
    rows = rows_of(people)
    for row in sorted(rows, key=lambda row: (natural_key(row.agency), natural_key(row.cadre))):
        reason = summary.reason_in_words(row.reason)
        grid.rows.append(texts(row.agency, person(plan.problem, row.cadre), _target(plan, row.target), reason))
    return grid


def known_waiting(plan: Plan) -> pd.DataFrame:
    """`summary.waiting` without the cadres whose level is not known."""
    people = summary.waiting(plan)
    return people[people["reason"] != "level_unknown"]


def _heading(name: str) -> str:
    return heading("page_cadre") if name == "cadre" else say(f"page_{name}")


def _target(plan: Plan, name: str) -> str:
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
