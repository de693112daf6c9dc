"""The workbook of a review: its sentences on the first sheet, then a sheet for each table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.analysis.replanning.review import Review
from planner.common.results import write_result
from planner.messages import DASH, say
from planner.plans.tabulation import WHOLE
from planner.report.text import review as told
from planner.report.workbook.files import workbook_path
from planner.report.workbook.forms import Book, Form
from planner.report.workbook.room import Column

NAME, TEXT, LONG, NUMBER = 46, 17, 60, 10.5
"""The widths of columns [characters]: what names a row, texts, reasons, numbers."""


def write_review_workbook(review: Review, path: str | Path) -> Path:
    """Write the workbook of a review, whole or not at all, in the language spoken now.

    Parameters
    ----------
    review
        What `planner.review` gives.
    path
        The file (.xlsx).

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        The path does not end in .xlsx, or cannot be written.
    """
    target = workbook_path(path)
    write_result(target, review_workbook(review))
    return target


def review_workbook(review: Review) -> bytes:
    """The workbook of a review."""
    book = Book(f"{told.title(review)}: {told.scheme(review)}", review.year)
    _summary(book, review)
    for name, tables in _sheets(review):
        shown = [table for table in tables if table.rows]
        if shown:
            _sheet(book, review, name, shown)
    return book.close()


def _sheets(review: Review) -> Iterator[tuple[str, list[told.Table]]]:
    """Each sheet's name and tables; tables on one sheet have the same columns."""
    times = (WHOLE,) if review.final else (review.year, WHOLE)
    yield "targets", [told.targets(review)]
    yield "years", [told.years(review)]
    for by in told.BY:
        yield by, [told.counted(review, by, year) for year in times]
    for made in (told.proposal, told.changes, told.deviations, told.unconfirmed, told.news):
        table = made(review)
        yield table.name, [table]


def _summary(book: Book, review: Review) -> None:
    form = book.sheet(say("review_short_summary"), [Column("", 22), Column("", 22), Column("", 22), Column("", 22)])
    _titles(form, review)
    for key, sentences in (
        ("targets", [*told.targets_told(review)]),
        ("starts", [*told.starts_told(review)]),
        ("proposal", [*told.proposal_told(review)]),
        ("notes", told.notes_told(review)),
    ):
        if sentences:
            form.row += 1
            form.line(say(f"review_part_{key}"), "section")
            form.row += 1
            for text in sentences:
                form.paragraph(text)
    form.finish()


def _titles(form: Form, review: Review) -> None:
    form.line(told.title(review).upper(), "title")
    form.row += 1
    form.paragraph(told.scheme(review), "note")


def _sheet(book: Book, review: Review, name: str, tables: list[told.Table]) -> None:
    columns = _columns(tables)
    form = book.sheet(say(f"review_short_{name}"), columns)
    _titles(form, review)
    for table in tables:
        form.row += 1
        form.paragraph(table.caption, "left_note")
        own = [
            Column(head[:1].upper() + head[1:], *one) for head, one in zip(table.headings, _looks(columns), strict=True)
        ]
        form.table(
            own, [[DASH if cell is None else cell for cell in row] for row in table.rows], repeat=len(tables) == 1
        )
    form.finish()


def _looks(columns: list[Column]) -> list[tuple[float, str]]:
    return [(column.width, column.style) for column in columns]


def _columns(tables: list[told.Table]) -> list[Column]:
    """The columns of a sheet, as wide as what stands in them needs."""
    found = []
    rows = [row for table in tables for row in table.rows]
    for place in range(len(tables[0].headings)):
        cells = [row[place] for row in rows]
        if all(isinstance(cell, int) or cell is None for cell in cells):
            found.append(Column("", NUMBER, "number"))
            continue
        longest = max(len(str(cell)) for cell in cells)
        width = NAME if place == 0 and longest > TEXT else LONG if longest > NAME else max(TEXT, min(longest, NAME))
        found.append(Column("", width, "cell"))
    return found
