"""The letter to an agency, as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.messages import say
from planner.plans import tabulation
from planner.plans.agency_titles import agency_title
from planner.report.text.authorities import authorities
from planner.report.workbook.forms import PAGE_UPRIGHT, Book
from planner.report.workbook.sheets import LETTER, Sheets


def add_letter(sheets: Sheets, book: Book, agency: str) -> None:
    """A letter to an agency: whom it is to let go, what that means for its staff, by when it is to answer."""
    people = sheets.people[sheets.people["agency"] == agency]
    columns = sheets.fitted(people, LETTER, page=PAGE_UPRIGHT)
    called = agency_title(sheets.plan.problem, agency)
    form = book.sheet(say("nominees_letter", name=called), columns, upright=True)
    party = {authority.name for authority in authorities(sheets.plan) if authority.party}
    about = say("nominees_letter_about", year=sheets.year)
    form.heading(sheets.year, party=set(people["authority"]) <= party, about=about)
    form.paragraph(say("nominees_to", name=called), "addressee")
    form.row += 1
    for text in _body(sheets, people, agency):
        form.paragraph(text)
    form.row += 1
    form.table(form.columns, sheets.rows(people, LETTER), repeat=True)
    form.signatures(("", ""), (say("nominees_head"), say("nominees_seal")))
    form.row -= 7
    copies = [say("nominees_copies"), say("nominees_copy_same"), say("nominees_copy_file")]
    for style, text in zip(("copies", "small", "small"), copies, strict=True):
        form.row += 1
        form.line(text, style, last=0)
    form.row += 4
    form.finish()


def _body(sheets: Sheets, people: pd.DataFrame, agency: str) -> Iterator[str]:
    counts = {"starts": len(people), "cadres": people["cadre"].nunique()}
    yield say("nominees_letter_body", scheme=sheets.scheme, year=sheets.year, **counts)
    absence = tabulation.absence_by_year(sheets.plan)
    own = absence[(absence["agency"] == agency) & (absence["year"] == sheets.year)]
    for row in own[own["limit"].notna() & (own["away"] > 0)].itertuples():
        facts = {"away": row.away, "headcount": row.headcount, "limit": row.limit}
        yield say("nominees_letter_absence", year=sheets.year, **facts)
    yield say("nominees_letter_request", year=sheets.year)
