"""A review and the start of the next scheme, on the terminal."""

from __future__ import annotations

import numpy as np
from rich.markup import escape

from planner.analysis.replanning.review import Review
from planner.messages import DASH, figure, say
from planner.report.terminal.console import console_wide, grid, tell
from planner.report.text import review as told
from planner.years.sequel import Sequel


def print_review(review: Review) -> None:
    """What a review says, and its tables of years and targets."""
    tell([f"{told.title(review)} – {told.scheme(review)}"], style="bold")
    tell([*told.targets_told(review), *told.starts_told(review)])
    _print(told.years(review))
    _print(told.targets(review, told.SHORT))
    tell(told.proposal_told(review))
    if told.proposal(review).rows:
        _print(told.proposal(review))
    tell(told.notes_told(review))


def _print(table: told.Table) -> None:
    text = [any(isinstance(row[place], str) for row in table.rows) for place in range(len(table.headings))]
    shown = grid(table.caption, *table.headings, text=table.heads)
    for place, is_text in enumerate(text):
        shown.columns[place].justify = "left" if is_text else "right"
    for row in table.rows:
        cells = [cell if isinstance(cell, str) else DASH if cell is None else figure(cell) for cell in row]
        shown.add_row(*map(escape, cells))
    console_wide().print(shown)


def print_sequel(found: Sequel) -> None:
    """What the next scheme begins with, and what is to be decided."""
    problem = found.problem
    horizon = problem.scenario.horizon
    figures = {"cadres": len(problem.cadres), "agencies": len(problem.agencies)}
    studying = len(np.unique(problem.studies["cadre"]))
    years = {"first": horizon.first, "last": horizon.last}
    tell([say("sequel_told", **years, **figures, studying=studying), *(f"- {note}" for note in found.notes)])
