"""The ledger, a plan made again and the substitutes for a seat, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from rich.markup import escape
from rich.table import Table

from planner.analysis.replanning.changes import Change
from planner.analysis.replanning.reserves import Reserves
from planner.analysis.replanning.substitutes import Substitutes
from planner.analysis.what_if import worth
from planner.inputs.problem import Problem
from planner.messages import DASH, figure, say, signed
from planner.plans.agency_titles import agency_title
from planner.plans.plan import Plan
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import console_wide, grid
from planner.report.text.changes import news_told, rule_told, start_told, why
from planner.report.text.reserves import list_title, meaning, orders, shared
from planner.report.text.titles import programme_title
from planner.years.ledger import Recorded
from planner.years.reform.applied import Applied
from planner.years.reform.offices import OFFICES

NAMED = 6
"""Starts or cadres that a line names."""
CANDIDATES = 20
"""Candidates that are shown."""
LEDGER = ("number", "date", "event", "cadre", "programme", "start", "to", "note", "recorded", "by", "withdrawn_by")


def print_recorded(found: Recorded) -> None:
    """What was recorded, what was known, what was left out."""
    console = console_wide()
    told = "ledger_recorded" if len(found.entries) else "ledger_nothing_new"
    console.print(escape(say(told, number=len(found.entries), file=found.file)), soft_wrap=True)
    if found.known:
        events = named(str(event) for event in found.known)
        console.print(escape(say("ledger_known", number=len(found.known), events=events)), soft_wrap=True)
    if found.again:
        events = named(str(event) for event in found.again)
        console.print(escape(say("ledger_again", number=len(found.again), events=events)), soft_wrap=True)
    if found.blank:
        rows = named(map(str, found.blank))
        console.print(escape(say("ledger_blank", number=len(found.blank), rows=rows)), soft_wrap=True)
    if found.unread:
        console.print(escape(say("ledger_unread", columns=", ".join(found.unread))), soft_wrap=True)


def print_ledger(table: pd.DataFrame, folder: Path) -> None:
    """Every entry; what was withdrawn is struck out."""
    console = console_wide()
    if table.empty:
        console.print(escape(say("ledger_empty", folder=folder)))
        return
    shown = grid(
        say("ledger_title", folder=folder), *(say(f"ledger_heading_{name}") for name in LEDGER), text=len(LEDGER)
    )
    for row in table.to_dict("records"):
        taken = "" if pd.isna(row["withdrawn_by"]) else str(row["withdrawn_by"])
        cells = {**row, "event": say(f"event_{row['event']}"), "withdrawn_by": taken}
        shown.add_row(*(escape(str(cells[name])) for name in LEDGER), style="strike" if taken else None)
    console.print(shown)


def named(names: Iterable[str], between: str = ", ") -> str:
    """The first few names, and how many more there are."""
    listed = list(names)
    told = between.join(listed[:NAMED])
    more = len(listed) - NAMED
    return told if more <= 0 else say("news_more", names=told, count=more)


def print_news(problem: Problem, news: pd.DataFrame, year: int) -> None:
    """What happened before the year, and what is taken to have happened: a line for each kind."""
    if news.empty:
        return
    shown = grid(say("news_title", year=year), "", say("news_number"), say("news_who"), text=1)
    shown.columns[2].justify = "left"
    for what, own in news.groupby("what", sort=False):
        detailed = not str(what).startswith("pin_")  # what a pin asks for, its name says
        who = [
            news_told(problem, row["cadre"], row["programme"], row["start"], _detail(problem, row) if detailed else "")
            for row in own.to_dict("records")
        ]
        shown.add_row(say(f"news_{what}"), figure(len(own)), escape(named(who, "; ")))
    console_wide().print(shown)


def _detail(problem: Problem, row: Mapping[Any, object]) -> str:
    """What else is told of somebody; an agency, and the programme that speaks against a start, by their titles."""
    detail = str(row["detail"])
    if row["what"] == "transferred":
        return agency_title(problem, detail)
    if row["what"] == "in_doubt":
        programme, _, start = detail.partition(" ")
        return f"({news_told(problem, '', programme, start)})"
    return detail


def print_reform(reform: Applied) -> None:
    """The offices that are another thing from a day on."""
    day, file = reform.reform.entry.from_.isoformat(), reform.reform.file.name
    columns = [name for name in OFFICES if name != "source"]
    headings = [say(f"reform_column_{name}") for name in columns]
    shown = grid(say("reform_title", day=day, file=file), *headings, text=2)
    same = reform.offices["how"] == "same"
    for row in reform.offices[~same].to_dict("records"):
        cells = [str(row["office"]), named(str(row["merges"]).split()), *(figure(row[name]) for name in columns[2:6])]
        shown.add_row(*(escape(cell) for cell in cells), say(f"reform_how_{row['how']}"), figure(row["cadres"]))
    console_wide().print(shown)
    if same.any():
        console_wide().print(say("reform_same", number=int(same.sum())))
    moved = sum(event.kind == "transferred" for event in reform.events)
    told = {"moved": moved, "changed": len(reform.events) - moved}
    console_wide().print(escape(say("reform_told", **told)), soft_wrap=True)


def print_reserves(problem: Problem, found: Reserves, free: Sequence[tuple[str, str, int]], year: int) -> None:
    """The reserves of every list, in their order."""
    console = console_wide()
    if free:
        names = named((news_told(problem, *start) for start in free), "; ")
        console.print(escape(say("reserves_free", number=len(free), names=names)), soft_wrap=True)
    if not found.lists:
        console.print(say("reserves_nobody_goes" if found.standing.found else "reserves_no_standing", year=year))
        return
    headings = [say("substitutes_place"), say("ledger_heading_cadre"), say("ledger_heading_agency")]
    for place, each in enumerate(found.lists, 1):
        title = f"{list_title(problem, each.places, place)}. {say('reserves_proven', cadre=each.declined)}"
        shown = grid(title, *headings, say("reserves_remark"), text=4)
        for order, reserve in enumerate(each.reserves, 1):
            told = meaning(problem, found, each, reserve)
            shown.add_row(
                str(order), escape(reserve.cadre), escape(agency_title(problem, reserve.agency)), escape(told)
            )
        if not each.reserves:
            shown.add_row("", DASH, "", say("reserves_none"))
        console.print(shown)
        for line in orders(each):
            console.print(escape(line), soft_wrap=True)
    if told := shared(found):
        console.print("\n" + escape(told), soft_wrap=True)


def print_changes(problem: Problem, found: Sequence[Change], year: int) -> None:
    """Each change with its reason and price."""
    console = console_wide()
    numbers = {kind: sum(change.kind == kind for change in found) for kind in ("kept", "moved", "dropped", "new")}
    changed = [change for change in found if change.kind != "kept"]
    if not changed:
        console.print(escape(say("replan_none", kept=numbers["kept"])))
        return
    headings = [say("replan_column_change"), say("ledger_heading_cadre"), say("ledger_heading_agency")]
    headings += [say(f"replan_column_{name}") for name in ("from", "to", "why")]
    shown = grid(say("replan_changes", year=year), *headings, text=len(headings))
    for change in changed:
        before, after = (
            start_told(problem, name, start)
            for name, start in ((change.was_programme, change.was_start), (change.programme, change.start))
        )
        kind = say(f"replan_kind_{change.kind}")
        cells = (kind, change.cadre, agency_title(problem, change.agency), before, after, why(problem, change))
        shown.add_row(*(escape(cell) for cell in cells))
    console.print(shown)
    console.print(escape(say("replan_counts", **numbers)))


def print_attainment(old: Plan, new: Plan) -> None:
    """The weighted shortfall before and now, where both plans rank it."""
    before, after = (worth(plan).get("attainment") for plan in (old, new))
    if before is not None and after is not None:
        console_wide().print(escape(say("replan_attainment", before=figure(before), after=figure(after))))


def print_frontier(table: pd.DataFrame) -> None:
    """Changes against attainment."""
    shown = grid(say("replan_frontier"), *frontier_headings(), text=0)
    for row in table.to_dict("records"):
        shown.add_row(*(figure(row[name]) for name in ("at_most", "changes", "attainment")))
    console_wide().print(shown)


def frontier_headings() -> list[str]:
    """The headings of the frontier's table."""
    return [say(f"replan_frontier_{name}") for name in ("at_most", "changes", "attainment")]


def print_substitutes(problem: Problem, found: Substitutes, free: Plan, *, asked: bool) -> None:
    """The candidates in their order, and what each gives away against a plan made freely."""
    console = console_wide()
    cadre, programme, year = found.seat
    title = say("substitutes_title", cadre=cadre, programme=programme_title(problem, programme), year=year)
    able = [each for each in found.candidates if not each.rules]
    goals = list(able[0].goals) if able else []
    told = [goal_in_words(goal, problem.scenario) for goal in goals]
    headings = [say("substitutes_place"), say("ledger_heading_cadre"), say("ledger_heading_agency")]
    shown: Table = grid(title, *headings, *(say("substitutes_given_away", goal=goal) for goal in told), text=3)
    for place, each in enumerate(able[:CANDIDATES], 1):
        given = found.given_away(free, each) if free.found else {}
        values = [signed(given[goal]) if goal in given else DASH for goal in goals]
        shown.add_row(
            str(place),
            escape(each.cadre or say("substitutes_nobody")),
            escape(agency_title(problem, each.agency)),
            *values,
        )
    console.print(shown)
    if len(able) > CANDIDATES:
        console.print(say("substitutes_more", number=len(able) - CANDIDATES))
    unable = [each for each in found.candidates if each.rules and each.cadre]
    if unable:
        rules = sorted({rule_told(rule) for each in unable for rule in each.rules})
        console.print(escape(say("substitutes_unable", number=len(unable), rules=", ".join(rules))), soft_wrap=True)
    best = found.best
    if best is None:
        console.print(say("substitutes_none"))
    elif free.found and "attainment" in best.goals:
        by = signed(found.given_away(free, best)["attainment"])
        console.print(escape(say("substitutes_best", cadre=best.cadre, by=by)), soft_wrap=True)
    if asked:
        console.print(say("substitutes_asked"))
