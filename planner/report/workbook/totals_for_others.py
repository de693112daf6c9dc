"""The totals of a year for readers outside: starts against the seats, and by programme, those of few people hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from planner.messages import localised, say
from planner.plans.small_cells import HIDDEN, ForOthers, for_others
from planner.report.text.titles import mode_title
from planner.report.workbook.forms import PAGE_ACROSS, Book, Form
from planner.report.workbook.room import Column, fitted
from planner.report.workbook.sheets import Sheets

Row = Mapping[Any, Any]


def add_totals_for_others(sheets: Sheets, book: Book) -> None:
    """The starts of the year against the seats, and by programme and sex."""
    shown = for_others(sheets.plan)
    seats, programmes = list(_seat_rows(sheets, shown)), list(_programme_rows(sheets, shown))
    cells = sum(row.count(HIDDEN) for row in (*seats, *programmes))
    heads = [("row", 5.5, "middle"), ("pool", 44, "cell"), ("min", 13, "number"), ("max", 12, "number")]
    heads += [("starts", 12, "number"), ("total", 12, "number")]
    if seats:
        _sheet(sheets, book, say("nominees_totals"), heads, seats, shown.fewest, cells)
    kinds = [("row", 5.5, "middle"), ("programme", 44, "cell"), ("mode", 13, "cell")]
    kinds += [("all", 12, "number"), ("women", 12, "number")]
    _sheet(sheets, book, say("totals_programmes"), kinds, programmes, shown.fewest, cells)


def _sheet(
    sheets: Sheets,
    book: Book,
    name: str,
    heads: list[tuple[str, float, str]],
    rows: list[list[Any]],
    fewest: int,
    cells: int,
) -> None:
    columns = [Column(say(f"nominees_{head}", year=sheets.year), width, style) for head, width, style in heads]
    form: Form = book.sheet(name, fitted(columns, rows, PAGE_ACROSS) if rows else columns)
    form.heading(sheets.year, party=False)
    sheets.titles(form, say("nominees_totals_title"), say("nominees_totals_subject", year=sheets.year))
    form.row += 1
    if rows:
        form.table(form.columns, rows, repeat=True)
    form.paragraph(say("for_others_note", fewest=fewest, hidden=HIDDEN, cells=cells), "left_note")
    form.paragraph(say("for_others_limit"), "left_note")
    form.signatures((say("nominees_prepared"), say("nominees_sign")), (say("nominees_head"), say("nominees_seal")))
    form.finish()


def _seat_rows(sheets: Sheets, shown: ForOthers) -> Iterator[list[Any]]:
    """The pools in the year. The starts of the year alone: with those so far the years between would follow."""
    entries = sheets.plan.problem.scenario.seats
    table = shown.tables["seats"]
    own = table[table["year"] == sheets.year] if len(table) else table
    for number, row in enumerate(own.to_dict("records"), 1):
        entry = entries[str(row["pool"])]
        limits = [_number(row[name]) for name in ("min", "max", "starts")]
        yield [number, localised(entry.title, str(row["pool"])), *limits, _number(entry.total.max)]


def _programme_rows(sheets: Sheets, shown: ForOthers) -> Iterator[list[Any]]:
    """The programmes that begin in the year, with their starts and the women among them, in the scenario's order."""
    table, people = shown.tables["programmes"], sheets.people
    own = table[table["year"] == sheets.year].set_index("programme") if len(table) else table
    names = [name for name in sheets.plan.problem.scenario.programmes if name in own.index]
    for number, name in enumerate(names, 1):
        first = people[people["programme"] == name].iloc[0]
        counts = (_number(own.loc[name, column]) for column in ("starts", "women"))
        yield [number, first["title"], mode_title(first["mode"]), *counts]


def _number(value: Any) -> int | str:
    if value == HIDDEN:
        return HIDDEN
    return "" if value is None or pd.isna(value) else int(value)
