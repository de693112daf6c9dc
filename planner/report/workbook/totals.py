"""The sheet of totals: the starts of a year against the seats, and by programme and authority."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pandas as pd

from planner.messages import say
from planner.plans import tabulation
from planner.report.text.authorities import UNSIGNED, authorities
from planner.report.text.first_screen import seats_used_up
from planner.report.text.titles import mode_title
from planner.report.workbook.forms import PAGE_ACROSS, Book, Form
from planner.report.workbook.room import Column, fitted
from planner.report.workbook.sheets import Sheets

_SEAT_WIDTHS = [
    Column("", 5.5, "middle"),
    Column("", 44, "cell"),
    Column("", 13, "number"),
    *[Column("", 12, "number")] * 6,
    Column("", 24, "cell"),
]


def add_totals(sheets: Sheets, book: Book) -> None:
    """The starts of the year against the seats, and by programme and authority."""
    seats = bool(sheets.plan.problem.scenario.seats)
    if seats:
        form = book.sheet(say("nominees_totals"), _SEAT_WIDTHS)
        form.heading(sheets.year, party=False)
        sheets.titles(form, say("nominees_totals_title"), say("nominees_totals_subject", year=sheets.year))
        form.row += 1
        _add_seats(sheets, form)
        _end(sheets, form)
    if len(sheets.people) or not seats:
        columns, rows = _programmes(sheets)
        form = book.sheet(say("totals_programmes" if seats else "nominees_totals"), columns)
        form.heading(sheets.year, party=False)
        sheets.titles(form, say("nominees_totals_title"), say("totals_programmes_subject", year=sheets.year))
        form.row += 1
        if rows:
            form.table(form.columns, rows, repeat=True)
            sums = [sum(row[place] for row in rows) for place in range(3, len(columns))]
            form.sum_row(say("nominees_all"), 3, sums)
        _end(sheets, form)


def _end(sheets: Sheets, form: Form) -> None:
    """The sum, for whom nobody is proposed, and the signatures."""
    form.paragraph(sheets.sum_up(sheets.people), "left_note")
    if nobody := sheets.nobody():
        form.paragraph(nobody, "left_note")
    form.signatures((say("nominees_prepared"), say("nominees_sign")), (say("nominees_head"), say("nominees_seal")))
    form.finish()


def _add_seats(sheets: Sheets, form: Form) -> None:
    names = ["row", "pool", "min", "max", "starts", "left", "total", "used", "left_total", "remark"]
    heads = [say(f"nominees_{name}", year=sheets.year) for name in names]
    columns = [Column(head, old.width, old.style) for head, old in zip(heads, _SEAT_WIDTHS, strict=True)]
    form.table(columns, _seat_rows(sheets), repeat=True)
    form.paragraph(say("nominees_seat_note"), "left_note")
    for told in seats_used_up(sheets.plan):
        form.paragraph(say("totals_seats_used_up", what=told), "left_note")


def _seat_rows(sheets: Sheets) -> Iterator[list[object]]:
    for number, row in enumerate(tabulation.pool_totals(sheets.plan, sheets.year).itertuples(), 1):
        left, left_total = _rest(row.max, row.starts), _rest(row.total, row.used_so_far)
        below = max(0, int(cast("int", row.min)) - int(cast("int", row.starts)))
        remarks = [say("nominees_below", count=below)] if below else []
        lacking = int(cast("int", row.total_min)) - int(cast("int", row.used_so_far))
        remarks += [say("nominees_to_total", count=lacking, total=row.total_min)] if lacking > 0 else []
        limits = [_number(value) for value in (row.min, row.max, row.starts)]
        period = [_number(row.total), _number(row.used_so_far)]
        yield [number, row.title, *limits, left, *period, left_total, "; ".join(remarks)]


def _programmes(sheets: Sheets) -> tuple[list[Column], list[list[Any]]]:
    """The table of starts by programme and authority."""
    signers = [authority.name for authority in authorities(sheets.plan)]
    if (sheets.people["authority"] == UNSIGNED).any():
        signers.append(UNSIGNED)
    heads = [(say("nominees_row"), 5.5, "middle"), (say("nominees_programme"), 44.0, "cell")]
    heads += [(say("nominees_mode"), 13.0, "cell")]
    heads += [(name or say("nominees_unsigned"), 14.0, "number") for name in signers]
    heads += [(say("nominees_all"), 12.0, "number"), (say("nominees_women"), 12.0, "number")]
    columns = [Column(*head) for head in heads]
    rows = list(_programme_rows(sheets, signers))
    return fitted(columns, rows, PAGE_ACROSS), rows


def _programme_rows(sheets: Sheets, signers: list[str]) -> Iterator[list[Any]]:
    people = sheets.people
    names = [name for name in sheets.plan.problem.scenario.programmes if (people["programme"] == name).any()]
    for number, name in enumerate(names, 1):
        own = people[people["programme"] == name]
        counts = [int((own["authority"] == signer).sum()) for signer in signers]
        women = int((own["sex"] == "F").sum())
        yield [number, own["title"].iloc[0], mode_title(own["mode"].iloc[0]), *counts, len(own), women]


def _number(value: Any) -> int | str:
    """A whole number, or nothing where the table has none."""
    return "" if pd.isna(value) else int(value)


def _rest(limit: Any, used: Any) -> int | str:
    return "" if pd.isna(limit) else int(limit) - int(used)
