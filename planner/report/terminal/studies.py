"""Comparisons and sweeps on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from rich.markup import escape

from planner.inputs.problem import Problem
from planner.messages import entered, figure, percentage, say
from planner.plans.exchange import CHANGES, change_in_words
from planner.plans.persons import nameless, person
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import console_wide, grid, print_table
from planner.studies.comparison import Comparison
from planner.studies.figures import SENSES, SHARES
from planner.studies.sweep import Sweep


def print_comparison(found: Comparison, *, people: bool) -> None:
    """Plans side by side, the best marked *; of targets, seats, shares and years only what differs."""
    console = console_wide()
    for kind in ("goals", *SENSES):
        frame = found.goals if kind == "goals" else found.differing(kind)
        table = grid(say(f"compare_{kind}"), "", say("column_measure"), *found.plans, text=2)
        for row in frame.to_dict("records"):
            best = row["best"].split("; ")
            told = percentage if row["measure"] in SHARES else figure
            cells = (told(row[name]) + (" *" if name in best else "") for name in found.plans)
            table.add_row(escape(str(row["title"])), say(f"measure_{row['measure']}"), *cells)
        if table.row_count:
            console.print(table)
    console.print(say("compare_best"))
    for note in found.notes:
        console.print(escape(str(note)))
    first, *others = found.plans
    for other in others if found.plans[first].found else ():
        if not found.plans[other].found:
            continue
        changes = found.gains_and_losses(first, other)
        numbers = {change: int((changes["change"] == change).sum()) for change in CHANGES}
        counts = ", ".join(f"{change_in_words(change)} {figure(number)}" for change, number in numbers.items())
        console.print(escape(say("compare_people", a=first, b=other, told=counts)))
        if people:
            both = (found.plans[other].problem, found.plans[first].problem)
            named = [_person(both, cadre) for cadre in changes["cadre"]]
            shown = changes.assign(cadre=named, change=changes["change"].map(change_in_words))
            print_table(shown, f"{first} - {other}")
            for lacking in nameless(both[0]):
                console.print(escape(lacking))


def _person(problems: Iterable[Problem], cadre: str) -> str:
    """A cadre by the name that the first of the rosters has, which has one."""
    told = (person(problem, cadre) for problem in problems)
    return next((name for name in told if name != cadre), cadre)


def print_sweep(found: Sweep, title: str) -> None:
    """A row per scenario: what was varied, the goals' values; what is not proven is marked ?, what went wrong told."""
    goals = [goal_in_words(goal, found.scenario) for goal in found.goals]
    table = grid(title, *found.keys, say("column_status"), *goals, text=len(found.keys) + 1)
    for row in found.table.to_dict("records"):
        proven = row["status"] == "optimal"
        values = (figure(row[goal]) + ("" if proven or pd.isna(row[goal]) else " ?") for goal in found.goals)
        told = row["error"] or say(f"status_{row['status']}")
        table.add_row(*(escape(entered(row[key])) for key in found.keys), escape(told), *values)
    console_wide().print(table)
