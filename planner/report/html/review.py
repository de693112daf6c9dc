"""The page of a review: one HTML file that opens offline, in the style of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from planner.analysis.replanning.review import Review
from planner.common.results import write_result
from planner.messages import figure, language, say
from planner.plans.tabulation import WHOLE
from planner.report.html.page import filled
from planner.report.html.plan_tables import Cell, Grid, number, unbroken
from planner.report.text import review as told

TEMPLATE = "review.html"


@dataclass(frozen=True)
class Part:
    """A section of the page: its id and heading, sentences, tables, and tables that are opened by a click."""

    name: str
    heading: str
    sentences: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    folded: list[tuple[str, Grid]] = field(default_factory=list)


def write_review_page(review: Review, path: str | Path) -> Path:
    """Write the page of a review, whole or not at all, in the language spoken now.

    Parameters
    ----------
    review
        What `planner.review` gives.
    path
        The file (.html).

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    write_result(path, review_page(review).encode())
    return Path(path)


def review_page(review: Review) -> str:
    """The page of a review as HTML, in the language spoken now."""
    values = {
        "lang": language(),
        "title": told.title(review),
        "scheme": told.scheme(review),
        "skip": say("page_skip"),
        "contents": say("page_contents"),
        "cards": list(_cards(review)),
        "parts": [part for part in _parts(review) if part.sentences or part.grids or part.folded],
    }
    return filled(TEMPLATE, values)


def _cards(review: Review) -> Iterator[tuple[Cell, str]]:
    """The figures to see first."""
    found = {str(name): int(count) for name, count in review.verdicts.items()}
    whole = told.in_all(review, WHOLE)
    behind = "missed" if review.final else "behind"
    open_ = ("unknown", "reached_unconfirmed", "on_line_unconfirmed")
    figures = {
        "reached": found.get("reached", 0),
        behind: found.get(behind, 0),
        "open": sum(found.get(name, 0) for name in open_),
        "began": whole["began"],
        "unconfirmed": whole["unconfirmed"],
    }
    for name, count in figures.items():
        yield number(count), say(f"review_card_{name}")


def _parts(review: Review) -> Iterator[Part]:
    """The sections in their order."""
    summary = [*told.targets_told(review), *told.starts_told(review)]
    yield Part("summary", say("review_part_summary"), summary)
    yield Part("targets", say("review_part_targets"), [], [grid(told.targets(review))])
    times = (WHOLE,) if review.final else (review.year, WHOLE)
    counts = [told.counted(review, by, year) for by in told.BY for year in times]
    shown = [told.years(review), counts[0]]
    folded = [(table.caption, grid(table)) for table in counts[1:] if table.rows]
    folded += [_listed(table) for table in (told.deviations(review), told.unconfirmed(review)) if table.rows]
    yield Part("starts", say("review_part_starts"), [], [grid(table) for table in shown], folded)
    if review.again is not None and review.again.found:
        same = [] if told.proposal(review).rows else [say("review_proposal_same")]
        changed = told.changes(review)
        sentences = [*told.proposal_told(review), *same, *([] if changed.rows else [say("review_kept")])]
        grids = [grid(told.proposal(review))] if not same else []
        yield Part(
            "proposal", say("review_part_proposal"), sentences, grids, [_listed(changed)] if changed.rows else []
        )
    people = told.news(review)
    yield Part("people", say("review_part_people"), [], [grid(people)] if people.rows else [])
    yield Part("notes", say("review_part_notes"), told.notes_told(review))


def _listed(table: told.Table) -> tuple[str, Grid]:
    """A list behind what it shows and how many rows it has."""
    return f"{table.caption} ({figure(len(table.rows))})", grid(table)


def grid(table: told.Table) -> Grid:
    """A table in words as one of the page."""
    found = Grid(table.name, table.caption, [heading[:1].upper() + heading[1:] for heading in table.headings])
    for place, row in enumerate(table.rows):
        cells = [_cell(value) for value in row]
        if table.kinds:
            cells[-1] = Cell(cells[-1].text, table.kinds[place])
        found.rows.append(cells)
    return Grid(found.name, found.caption, found.headings, found.rows, table.heads)


def _cell(value: told.Cell) -> Cell:
    return number(value) if isinstance(value, int) or value is None else Cell(unbroken(value))
