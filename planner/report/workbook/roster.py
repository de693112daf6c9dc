"""The clean roster as a workbook: one sheet, in the words of whoever reads it; planner reads it as it stands."""

from __future__ import annotations

import pandas as pd

from planner.inputs.roster.wording import Wording
from planner.messages import say
from planner.report.workbook.forms import Book
from planner.report.workbook.room import Column

YEAR = 2026
"""The year in the file's properties, the same in every workbook: the same roster gives the same bytes."""
_WIDTHS = {"cadre": 14, "name": 26, "agency": 30, "post": 26, "birth_date": 12, "birth_year": 9, "sex": 8}
_WIDTH = 18


def roster_workbook(people: pd.DataFrame, wording: Wording) -> bytes:
    """The workbook's bytes; `people` is a clean roster of text."""
    book = Book(say("import_roster"), YEAR)
    names = [str(name) for name in people]
    columns = [Column(wording.heading(name), _WIDTHS.get(name, _WIDTH), "line") for name in names]
    form = book.sheet(say("import_roster"), columns)
    shown = [people[name].map({text: wording.shown(name, text) for text in people[name].unique()}) for name in names]
    form.plain_table(columns, zip(*shown, strict=True))
    form.sheet.freeze_panes(1, 2)
    form.finish()
    return book.close()
