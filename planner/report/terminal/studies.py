"""Comparisons and sweeps on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from rich.markup import escape

from planner.inputs.problem import Problem
from planner.messages import DASH, entered, figure, percentage, say
from planner.plans.agency_titles import agency_title
from planner.plans.exchange import change_in_words
from planner.plans.persons import nameless, person
from planner.plans.small_cells import HIDDEN
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import console_wide, grid, rows_told, tell
from planner.report.text.studies import differences, pairs, sweep_in_words
from planner.report.text.titles import programme_title
from planner.studies.comparison import Comparison
from planner.studies.figures import SENSES, SHARES
from planner.studies.sweep import Sweep

SWEPT = {"short": "places_short", "starts": "planned_starts", "cadres": "planned_cadres", "cost": "planned_cost"}
"""What is shown of a sweep's plans beside their goals, and the table's columns of it."""


def print_comparison(found: Comparison, *, people: bool) -> None:
    """What moves from the first plan to each other, then the plans side by side, the best marked *.

    Of targets, seats, shares and years only what differs.
    """
    console, starred = console_wide(), False
    if found.fewest is None:
        tell(differences(found))
    for kind in ("goals", *SENSES):
        frame = found.goals if kind == "goals" else found.differing(kind)
        table = grid(say(f"compare_{kind}"), "", say("column_measure"), *found.plans, text=2)
        for row in frame.to_dict("records"):
            best = row["best"].split("; ")
            starred = starred or any(name in best for name in found.plans)
            told = percentage if row["measure"] in SHARES else figure
            cells = (
                (HIDDEN if row[name] == HIDDEN else told(row[name])) + (" *" if name in best else "")
                for name in found.plans
            )
            table.add_row(escape(str(row["title"])), say(f"measure_{row['measure']}"), *cells)
        if table.row_count:
            console.print(table)
    tell([*[say("compare_best")][:starred], *map(str, found.notes)])
    if found.fewest is not None:
        number = int((found.figures["value"] == HIDDEN).sum())
        tell([say("for_others_note", fewest=found.fewest, hidden=HIDDEN, cells=number), say("for_others_limit")])
    if people:
        for first, other in pairs(found):
            _print_people(found, first, other)


def _print_people(found: Comparison, first: str, other: str) -> None:
    """Who gains and who loses a place, and whose place moves, a row for each start."""
    changes = found.gains_and_losses(first, other)
    if changes.empty:
        tell([say("compare_nobody", first=first, other=other)])
        return
    both = (found.plans[other].problem, found.plans[first].problem)
    headings = [say(f"column_{name}") for name in ("cadre", "agency", "change")]
    table = grid(say("compare_each", first=first, other=other), *headings, first, other, text=5)
    for row in rows_told(changes):
        before, after = row.instead_of or row.programme, row.programme
        studies = [
            "" if pd.isna(start) else f"{_title(both, programme)}, {start}"
            for programme, start in ((before, row.start_a), (after, row.start_b))
        ]
        told = [_person(both, row.cadre), _agency(both, row.agency), change_in_words(row.change), *studies]
        table.add_row(*map(escape, told))
    console_wide().print(table)
    tell(nameless(both[0]))


def _person(problems: Iterable[Problem], cadre: str) -> str:
    """A cadre by the name that the first of the rosters has, which has one."""
    told = (person(problem, cadre) for problem in problems)
    return next((name for name in told if name != cadre), cadre)


def _agency(problems: Iterable[Problem], agency: str) -> str:
    """An agency by the title that the first of the scenarios has, which has one."""
    told = (agency_title(problem, agency) for problem in problems)
    return next((title for title in told if title != agency), agency)


def _title(problems: Iterable[Problem], programme: str) -> str:
    """A programme as the first of the scenarios calls it, which has it."""
    return next(programme_title(problem, programme) for problem in problems if programme in problem.scenario.programmes)


def print_sweep(found: Sweep, title: str) -> None:
    """The best of them in a sentence; a row per scenario: what was varied, what came of it, the goals' values.

    What is not proven is marked ?, what went wrong told.
    """
    tell(sweep_in_words(found))
    goals = [goal_in_words(goal, found.scenario) for goal in found.goals]
    own_names = [name for name in SWEPT if name not in found.goals]  # a goal has its column among the goals
    headings = [say("sweep_targets"), *(say(f"sweep_{name}") for name in own_names)]
    table = grid(title, *found.keys, say("column_status"), *headings, *goals, text=len(found.keys) + 1)
    for row in found.table.to_dict("records"):
        proven = row["status"] == "optimal"
        values = (figure(row[goal]) + ("" if proven or pd.isna(row[goal]) else " ?") for goal in found.goals)
        told = row["error"] or say(f"status_{row['status']}")
        reached = DASH
        if not pd.isna(row["targets_told"]):
            reached = f"{figure(row['targets_reached'])}/{figure(row['targets_told'])}"
        own = (figure(row[SWEPT[name]]) for name in own_names)
        table.add_row(*(escape(entered(row[key])) for key in found.keys), escape(told), reached, *own, *values)
    console_wide().print(table)
