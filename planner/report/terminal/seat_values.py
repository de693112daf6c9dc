"""The worth of seats and the frontier as tables: for a terminal, for a spreadsheet, for a picture."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rich.markup import escape

from planner.analysis.partial_answers import Unproven
from planner.analysis.seats.frontier import Frontier, Point
from planner.analysis.seats.values import Worth
from planner.inputs.problem import Problem
from planner.messages import figure, localised, say, signed
from planner.plans.summary import goal_in_words
from planner.report.terminal.console import console_wide, grid, tell
from planner.report.text import first_sentences
from planner.report.text.seat_values import (
    frontier_intro,
    worth_in_words,
)


def print_worth(problem: Problem, worths: Sequence[Worth]) -> None:
    """What one more and one fewer of each limit change; limits at which neither changes anything are counted."""
    headings, rows = worth_in_words(problem, worths)
    table = grid(say("value_title"), *headings, text=1)
    table.columns[3].justify = "left"  # what the plan becomes
    for row in rows:
        table.add_row(*map(escape, row))
    tell([first_sentences.of_value(problem, worths)])
    console_wide().print(table)
    tell([say("value_nothing", number=len(worths) - len(rows) // 2)])


def print_frontier(problem: Problem, found: Frontier) -> None:
    """The points as a table."""
    title = localised(problem.scenario.targets[found.target].title, found.target)
    goals = list(found.points[0].goals) if found.points else []
    headings = [say(f"frontier_{name}") for name in ("more", "seats", "attained", "shortfall", "attainable")]
    names = [goal_in_words(goal, problem.scenario) for goal in goals]
    table = grid(say("frontier_title", target=title), *headings, *names, text=0)
    for more, point in found.every():
        if not isinstance(point, Point):
            late = isinstance(point, Unproven) and say("unproven", seconds=point.seconds)
            table.add_row(signed(more), late or say("frontier_without"))
            continue
        values: list[int | Fraction] = [point.seats, point.attained, point.shortfall, point.attainable]
        told = [figure(value) for value in (*values, *(point.goals[goal] for goal in goals))]
        table.add_row(signed(more), *told)
    tell([first_sentences.of_frontier(problem, found), frontier_intro(problem, found)])
    console_wide().print(table)
