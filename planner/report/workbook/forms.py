"""Worksheets that look like Vietnamese administrative forms: heading, table, signatures; fit to print on A4.

References
----------
Decree 30/2020/NĐ-CP, appendix I (documents of the state); Guideline 36-HD/VPTW of 2018 (documents of the party).
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from planner.messages import say
from planner.report.workbook.room import PADDING, SIZE, Column, halved, pixels, text_lines, text_width

LONGEST_CELL = 32_767
LONGEST_NAME = 31
A4 = 9
LEADING = 1.27
"""The height of a line, in those of its font: 14 points for letters of 11."""
HIGHEST = 409.5
"""The highest that a row of a spreadsheet may be, in points."""
ABOVE_AND_BELOW = 4
"""What a row of a table is higher than its lines, in points."""
INCH = 96
"""Pixels of an inch of paper, printed as large as it is."""
UPRIGHT = {"left": 1.18, "right": 0.59, "top": 0.79, "bottom": 0.79}
"""The margins of a document, in inches: 30, 15, 20 and 20 mm (Decree 30/2020, appendix I, I.3)."""
ACROSS = {"left": 0.59, "right": 0.39, "top": 0.79, "bottom": 0.59}
"""The margins of a list, narrower, so that its many columns are printed large enough to be read."""
PAGE_ACROSS, PAGE_UPRIGHT = (
    INCH * (side - margins["left"] - margins["right"]) for side, margins in ((11.69, ACROSS), (8.27, UPRIGHT))
)
"""What a table may be wide so that it is printed as large as it is, in pixels."""

_PLAIN: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_CELL = {"border": 1, "text_wrap": True, "font_size": 11, "valign": "vcenter"}
_LINE = {**_CELL, "text_wrap": False}
STYLES: dict[str, dict[str, Any]] = {
    "text": {},
    "paragraph": {"text_wrap": True, "valign": "top"},
    "note": {"italic": True, "text_wrap": True, "align": "center"},
    "left_note": {"italic": True, "text_wrap": True, "font_size": 11},
    "centre": {"align": "center", "text_wrap": True},
    "strong": {"bold": True, "align": "center", "text_wrap": True},
    "section": {"bold": True},
    "party": {"bold": True, "align": "center", "underline": 1, "font_size": 14},
    "motto": {"bold": True, "align": "center", "underline": 1, "font_size": 13},
    "title": {"bold": True, "align": "center", "font_size": 14},
    "addressee": {"bold": True, "align": "center", "font_size": 14, "text_wrap": True},
    "copies": {"bold": True, "italic": True, "font_size": 11},
    "small": {"font_size": 11},
    "head": {**_CELL, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7E6E6"},
    "cell": _CELL,
    "middle": {**_CELL, "align": "center"},
    "number": {**_CELL, "align": "center", "num_format": "#,##0"},
    "year": {**_CELL, "align": "center", "num_format": "0"},
    "amount": {**_CELL, "align": "center", "num_format": "#,##0"},
    "amount_parts": {**_CELL, "align": "center", "num_format": "#,##0.###"},
    "part": {**_CELL, "bold": True},
    "line": _LINE,
    "middle_line": {**_LINE, "align": "center"},
    "doubt": {**_LINE, "bg_color": "#F8CBAD"},
    "assumed": {**_LINE, "bg_color": "#FFF2CC"},
    "taken": {**_LINE, "bg_color": "#DDEBF7"},
    "date": {**_CELL, "align": "center", "num_format": "dd/mm/yyyy"},
    "sum": {**_CELL, "bold": True},
    "sum_number": {**_CELL, "bold": True, "align": "center", "num_format": "#,##0"},
}


class Book:
    """A workbook in memory. Text stays text: no formulas, no links; the same content gives the same bytes."""

    def __init__(self, title: str, year: int) -> None:
        self._bytes = io.BytesIO()
        as_text = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        font = {"font_name": _PLAIN["font_name"], "font_size": SIZE}
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True, "default_format_properties": font, **as_text})
        self._book.set_properties({"title": title[:255], "created": dt.datetime(year, 1, 1, tzinfo=dt.UTC)})
        self.formats = {name: self._book.add_format(_PLAIN | style) for name, style in STYLES.items()}
        self._names: set[str] = set()

    def sheet(self, name: str, columns: Sequence[Column], *, upright: bool = False) -> Form:
        """A new form, on A4 across or upright."""
        return Form(self._book.add_worksheet(self._free_name(name)), self.formats, columns, upright=upright)

    def hidden_sheet(self, name: str, *columns: Iterable[str]) -> None:
        """A sheet that nobody sees, with columns of text."""
        sheet = self._book.add_worksheet(name)
        self._names.add(name.casefold())
        sheet.very_hidden()
        for place, texts in enumerate(columns):
            for row, text in enumerate(texts):
                sheet.write_string(row, place, text)

    def _free_name(self, wanted: str) -> str:
        """A name that Excel takes: at most 31 characters, none that it forbids, not given twice."""
        bare = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).split()).replace("'", "’") or "–"
        for number in range(1, len(self._names) + 2):
            end = f" ({number})" if number > 1 else ""
            room = LONGEST_NAME - len(end)
            name = (bare if len(bare) <= room else bare[: room - 1].rstrip() + "…") + end
            if name.casefold() not in self._names and name.casefold() != "history":
                self._names.add(name.casefold())
                return name
        return self._free_name(bare + " –")

    def close(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self._bytes.getvalue()


class Form:
    """A worksheet that is filled from the top; `row` is the next free one."""

    def __init__(self, sheet: Any, formats: dict[str, Any], columns: Sequence[Column], *, upright: bool) -> None:
        self.sheet, self.formats = sheet, formats
        self.row = 0
        self.last = self.widest = len(columns) - 1
        self.middle, self.columns = halved(columns, _left_half(), _right_half())
        for place, column in enumerate(self.columns):
            sheet.set_column(place, place, column.width, formats["text"])
        sheet.set_paper(A4)
        if not upright:
            sheet.set_landscape()
        sheet.set_margins(**(UPRIGHT if upright else ACROSS))
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f'&C&"Times New Roman,Regular"&11{say("nominees_page")}')
        sheet.set_start_page(1)
        sheet.hide_gridlines(2)

    def line(self, text: str, style: str = "text", *, first: int = 0, last: int | None = None) -> None:
        """A text over the columns `first` to `last`, on the row `row`, which stays."""
        end = self.last if last is None else last
        if end > first:
            self.sheet.merge_range(self.row, first, self.row, end, "", self.formats[style])
        self._text(self.row, first, text, style)

    def paragraph(self, text: str, style: str = "paragraph") -> None:
        """A text over the whole width, on a row as high as it needs."""
        self.line(text, style)
        self._high([(text, style, self._width(0, self.last))])
        self.row += 1

    def heading(self, year: int, *, party: bool, about: str = "") -> None:
        """Sender and number on the left; state or party, place and date on the right."""
        left, right = self.middle - 1, self.middle
        halves = self._width(0, left), self._width(right, self.last)
        sender = say("nominees_sender")
        self.line(sender, "strong", last=left)
        self._high([(sender, "strong", halves[0])])
        if party:
            rows = [
                ("*", "", "text"),
                (say("nominees_number_party"), say("nominees_place_and_date", year=year), "note"),
            ]
            self.line(say("nominees_party"), "party", first=right)
        else:
            rows = [
                (say("nominees_number_state"), say("nominees_motto"), "motto"),
                ("", say("nominees_place_and_date", year=year), "note"),
            ]
            self.line(say("nominees_state"), "strong", first=right)
        if about:
            rows = [*rows, (about, "", "text")] if party else [*rows[:-1], (about, *rows[-1][1:])]
        for mine, theirs, style in rows:
            self.row += 1
            self.line(mine, "centre", last=left)
            self.line(theirs, style, first=right)
            self._high([(mine, "centre", halves[0]), (theirs, style, halves[1])])
        self.row += 2

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[object] | str], *, repeat: bool = False) -> None:
        """A table with borders; with `repeat` its heading stands on every printed page and can be filtered.

        A row that is a text is the heading of the rows behind it, which then cannot be filtered without it.
        """
        top = self.row
        self.widest = max(self.widest, len(columns) - 1)
        for place, column in enumerate(columns):
            self._text(top, place, column.heading, "head")
        self._high([(column.heading, "head", pixels(column.width)) for column in columns], ABOVE_AND_BELOW)
        parted = False
        for cells in rows:
            self.row += 1
            if isinstance(cells, str):
                parted = True
                self.line(cells, "part", last=len(columns) - 1)
                self._high([(cells, "part", sum(pixels(column.width) for column in columns))], ABOVE_AND_BELOW)
                continue
            self.fit([str(cell) for cell in cells], columns)
            for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
                self._cell(place, cell, column.style)
        if repeat:
            self.sheet.repeat_rows(top)
            if self.row > top and not parted:
                self.sheet.autofilter(top, 0, self.row, len(columns) - 1)
        self.row += 1

    def plain_table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A table of text to be worked with, however long: its rows are as high as the spreadsheet makes them."""
        top = self.row
        for place, column in enumerate(columns):
            self._text(top, place, column.heading, "head")
        for cells in rows:
            self.row += 1
            for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
                self._text(self.row, place, cell, column.style)
        self.sheet.repeat_rows(top)
        self.sheet.autofilter(top, 0, max(self.row, top + 1), len(columns) - 1)
        self.row += 1

    def write(self, row: int, place: int, text: str, style: str) -> None:
        """A text in a cell of any row."""
        self._text(row, place, text, style)

    def fit(self, texts: Sequence[str], columns: Sequence[Column]) -> None:
        """Make the row `row` as high as its texts need."""
        cells = [(text, column.style, pixels(column.width)) for text, column in zip(texts, columns, strict=True)]
        self._high(cells, ABOVE_AND_BELOW)

    def _high(self, texts: Iterable[tuple[str, str, float]], more: float = 0) -> None:
        """Make the row `row` as high as texts need; each with its style and how wide it may stand [pixels]."""
        self.sheet.set_row(self.row, min(max(_height(*each) for each in texts) + more, HIGHEST))

    def choices(self, row: int, last_row: int, place: int, choices: Sequence[str] | str) -> None:
        """A drop-down in the cells of a column, of texts or of a range; other text may be written, too."""
        if choices:
            rule = {"validate": "list", "error_type": "information", "ignore_blank": True}
            source = choices if isinstance(choices, str) else list(choices)
            self.sheet.data_validation(row, place, last_row, place, {**rule, "source": source})

    def sum_row(self, label: str, label_columns: int, numbers: Sequence[int]) -> None:
        """The last row of a table: a label, then numbers."""
        self.line(label, "sum", last=label_columns - 1)
        for place, value in enumerate(numbers, label_columns):
            self._cell(place, value, "sum_number")
        self.row += 1

    def signatures(self, *blocks: tuple[str, str]) -> None:
        """Blocks of a signer and how to sign, side by side, the highest on the right."""
        self.row += 1
        edges = self._thirds(len(blocks))
        for (first, last), (signer, _) in zip(edges, blocks, strict=True):
            self.line(signer, "strong", first=first, last=last)
        self._high([(signer, "strong", self._width(*edge)) for edge, (signer, _) in zip(edges, blocks, strict=True)])
        self.row += 1
        for (first, last), (_, how) in zip(edges, blocks, strict=True):
            self.line(how, "note", first=first, last=last)
        self.row += 6

    def _thirds(self, parts: int) -> list[tuple[int, int]]:
        """The columns cut into `parts` of about the same width."""
        whole, cuts = self._width(0, self.last), [0]
        for part in range(1, parts):
            latest = self.last + 1 - (parts - part)
            wanted = range(cuts[-1] + 1, latest + 1)
            cuts.append(min(wanted, key=lambda place: abs(self._width(0, place - 1) - whole * part / parts)))
        return [(cut, after - 1) for cut, after in zip(cuts, [*cuts[1:], self.last + 1], strict=True)]

    def _width(self, first: int, last: int) -> float:
        """How wide the columns `first` to `last` are [pixels]."""
        return sum(pixels(column.width) for column in self.columns[first : last + 1])

    def finish(self) -> None:
        """What is printed: all that was written."""
        self.sheet.print_area(0, 0, max(self.row - 1, 0), self.widest)

    def _cell(self, place: int, cell: object, style: str) -> None:
        if isinstance(cell, dt.date):
            self.sheet.write_datetime(self.row, place, cell, self.formats["date"])
        elif isinstance(cell, int | float):
            parts = style == "amount" and cell != int(cell)
            self.sheet.write_number(self.row, place, cell, self.formats["amount_parts" if parts else style])
        else:
            self._text(self.row, place, str(cell), style)

    def _text(self, row: int, place: int, text: str, style: str) -> None:
        if text:
            cut = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
            self.sheet.write_string(row, place, cut, self.formats[style])
        else:
            self.sheet.write_blank(row, place, None, self.formats[style])


def _left_half() -> float:
    """What the sender needs in a heading [pixels]."""
    return text_width(say("nominees_sender"), size=12, bold=True) + PADDING


def _right_half() -> float:
    """What the name and the motto of the state need, or the name of the party [pixels]."""
    names = (("nominees_state", 12), ("nominees_motto", 13), ("nominees_party", 14))
    return max(text_width(say(key), size=size, bold=True) for key, size in names) + PADDING


def _height(text: str, style: str, room: float) -> float:
    """How high a text stands in a style, so wide [pixels]; one that is not broken takes one line [points]."""
    look = _PLAIN | STYLES[style]
    size = float(look["font_size"])
    lines = text_lines(text, room, size=size, bold=bool(look.get("bold"))) if look.get("text_wrap") else 1
    return lines * round(LEADING * size, 1)
