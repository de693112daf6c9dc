"""The workbook itself: sheets with headings, notes, drop-downs and frozen rows, in the language spoken now."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from planner.inputs.scenario.workbook.sheets import (
    AGENCIES,
    ANY,
    LADDER_LEVELS,
    LISTS,
    ROSTER,
    SHEETS,
    Field,
    Path,
    SheetForm,
    fields_of,
)
from planner.inputs.scenario.workbook.words import GROUP_COLUMN, choice_word, column_word, heading, note, sheet_name
from planner.inputs.scenario.workbook.writing import Row, WrittenScheme
from planner.messages import language, say

Table = Sequence[Sequence[Any]]
"""The rows of a roster or of agencies, headings first."""
TOP = 2
"""The first row of data, from 0: above it stand what the sheet is for, and the headings."""
A3, A4 = 8, 9
"""Sizes of paper, as Excel numbers them."""
ROOM = 500
"""The rows for which there are drop-downs."""
MOST_VALUES = 200
"""A column with more different values is not offered in a drop-down [values]."""
LONGEST_LIST = 255
"""Excel's limit of the choices of a drop-down, and of its formula [characters]."""

_BASE: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
STYLES: dict[str, dict[str, Any]] = {
    "intro": {"italic": True, "font_color": "#595959"},
    "head": {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#DDEBF7", "valign": "vcenter"},
    "label": {"bold": True, "border": 1, "text_wrap": True},
    "entry": {"border": 1, "text_wrap": True, "bg_color": "#FFF9E5", "align": "left"},
    "explained": {"italic": True, "text_wrap": True, "font_color": "#595959"},
    "cell": {"text_wrap": True},
    "text": {"text_wrap": True, "num_format": "@"},
    "percent": {"num_format": "0%"},
    "exact_percent": {"num_format": "0.0###%"},
}


def workbook_bytes(scheme: WrittenScheme, tables: Mapping[str, Table], values: Mapping[str, Sequence[str]]) -> bytes:
    """The workbook of a scheme.

    Parameters
    ----------
    tables
        roster, agencies: a table to stand in the workbook, too.
    values
        Column of the roster -> what its cells say, for the drop-downs of conditions.
    """
    writer = _Writer(scheme, values)
    for sheet in SHEETS:
        writer.sheet(sheet)
        if sheet.name == "other":
            for name in (ROSTER, AGENCIES):
                writer.table(name, tables.get(name, ()))
    writer.lists()
    return writer.close()


class _Writer:
    def __init__(self, scheme: WrittenScheme, values: Mapping[str, Sequence[str]]) -> None:
        self.scheme = scheme
        self.bytes = io.BytesIO()
        as_text = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.book = xlsxwriter.Workbook(self.bytes, {"in_memory": True, **as_text})
        self.book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        self.formats = {name: self.book.add_format(_BASE | style) for name, style in STYLES.items()}
        self.offers = self.offered(values)

    def close(self) -> bytes:
        self.book.close()
        return self.bytes.getvalue()

    # --- sheets ---

    def sheet(self, form: SheetForm) -> None:
        """One sheet of the scheme, with its rows."""
        page = self.book.add_worksheet(sheet_name(form.name))
        page.write_string(0, 0, say(f"scheme_intro_{form.name}"), self.formats["intro"])
        self.printed(page, headings=1, wide=form.shape != "form")
        if form.shape == "form":
            self.form(page, form)
            return
        columns = list(self.columns(form))
        for place, (field, path, word) in enumerate(columns):
            self.head(page, place, field, word)
            self.choices(page, columns, place, (TOP, TOP + ROOM - 1))
            for number, row in enumerate(self.scheme.rows[form.name], TOP):
                self.cell(page, number, place, field, row.get(path))
        page.set_row(1, 48)
        page.freeze_panes(TOP, 1)

    def form(self, page: Any, form: SheetForm) -> None:
        """A label, a value and an explanation in each row."""
        page.set_column(0, 0, 40)
        page.set_column(1, 1, 60)
        page.set_column(2, 2, 80)
        for place, key in enumerate(("label", "entry", "explained")):
            page.write_string(1, place, say(f"scheme_head_{key}"), self.formats["head"])
        page.freeze_panes(TOP, 0)
        held: Row = next(iter(self.scheme.rows[form.name]), {})
        columns = list(self.columns(form))
        for number, (field, path, word) in enumerate(columns, TOP):
            page.write_string(number, 0, word, self.formats["label"])
            self.cell(page, number, 1, field, held.get(path), "entry")
            if text := note(field):
                page.write_string(number, 2, text, self.formats["explained"])
            self.choices(page, columns, number - TOP, (number, number), column=1)

    def table(self, name: str, rows: Table) -> None:
        """The roster or the agencies, as they are; an empty sheet where they stand in files."""
        if not rows:
            return
        page = self.book.add_worksheet(sheet_name(name))
        for place, header in enumerate(rows[0]):
            page.write_string(0, place, str(header), self.formats["head"])
            widest = max((len(str(row[place])) for row in rows[:200] if place < len(row)), default=8)
            page.set_column(place, place, min(max(10, widest + 2), 40), self.formats["text"])
        for number, row in enumerate(rows[1:], 1):
            for place, cell in enumerate(row):
                if cell != "":
                    self.plain(page, number, place, cell)
        self.printed(page, headings=0, wide=True)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(len(rows) - 1, 1), max(len(rows[0]) - 1, 0))

    @staticmethod
    def printed(page: Any, *, headings: int, wide: bool) -> None:
        """How a sheet is printed: across, as wide as the page (A3 where it has many columns), the headings repeated."""
        page.set_landscape()
        page.set_paper(A3 if wide else A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.repeat_rows(headings)
        page.set_footer("&L&A&R&P/&N")

    def columns(self, form: SheetForm) -> Iterator[tuple[Field, Path, str]]:
        """The columns that a sheet has in this scheme: field, path, heading."""
        expanded: set[Path] = set()
        fields = fields_of(form)
        for field in fields:
            if not field.expands:
                yield field, field.path, heading(field)
                continue
            if field.path in expanded:
                continue
            together = [other for other in fields if other.expands == field.expands]  # min and max year by year
            expanded |= {other.path for other in together}
            for name in self.names_of(form, field):
                for other in together:
                    path = tuple(name if step == ANY else step for step in other.path)
                    yield other, path, heading(other, self.scheme.words.ladder(name))

    def names_of(self, form: SheetForm, field: Field) -> list[str]:
        """The years or ladders, of each of which there is a column; the numbers of a ladder's levels."""
        if form.name == "ladders":
            most = max((len(row) - 1 for row in self.scheme.rows["ladders"]), default=0)
            return [str(number) for number in range(1, max(most, LADDER_LEVELS) + 1)]
        used = {path[-1] for row in self.scheme.rows[form.name] for path in row if path[:1] == field.path[:1]}
        if field.expands == "years":
            return self.scheme.years
        return [*self.scheme.ladders, *sorted(used - {*self.scheme.ladders})]

    # --- cells ---

    def head(self, page: Any, place: int, field: Field, word: str) -> None:
        page.write_string(1, place, word, self.formats["head"])
        style = "text" if field.kind in ("name", "code", "text") else "cell"
        folded = {"level": 1, "hidden": True} if language() == "vi" and field.path[-1] == "en" else {}
        page.set_column(place, place, field.width, self.formats[style], folded)
        if text := note(field):
            size = {"width": 320, "height": 40 + 18 * (len(text) // 42 + 1)}
            page.write_comment(1, place, text, {"author": say("marked_author"), **size})

    def cell(self, page: Any, row: int, place: int, field: Field, value: Any, style: str = "") -> None:
        if value is None:
            if style:
                page.write_blank(row, place, None, self.formats[style])
            return
        if not style and field.kind == "share" and isinstance(value, int | float):
            style = "percent" if round(value * 100, 9) % 1 == 0 else "exact_percent"
        self.plain(page, row, place, value, style or ("text" if isinstance(value, str) else "cell"))

    def plain(self, page: Any, row: int, place: int, value: Any, style: str = "cell") -> None:
        """A cell as it is: a number, or text, which is never taken for a formula."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            page.write_number(row, place, value, self.formats[style])
        else:
            page.write_string(row, place, str(value), self.formats[style])

    # --- drop-downs ---

    def choices(
        self,
        page: Any,
        columns: list[tuple[Field, Path, str]],
        place: int,
        rows: tuple[int, int],
        *,
        column: int | None = None,
    ) -> None:
        """The drop-down of a column; what is not in it may be typed where it offers names."""
        field, path, _ = columns[place]
        words: list[str] = [choice_word(value) for value in field.choices]
        if field.kind == "truth":
            words = [say("scheme_yes"), say("scheme_no")]
        source: Any = words
        if len(",".join(words)) > LONGEST_LIST:
            source = self.listed(f"#{field.name}")
        if field.offer:
            source = self.source(field, path, columns)
        if not source:
            return
        strict = field.kind in ("truth", "choice")
        at = place if column is None else column
        told = {"validate": "list", "source": source, "show_error": strict, "error_type": "warning"}
        page.data_validation(rows[0], at, rows[1], at, told)

    def source(self, field: Field, path: Path, columns: list[tuple[Field, Path, str]]) -> str:
        """The formula of the names that a drop-down offers."""
        places = {own: place for place, (_, own, _) in enumerate(columns)}
        ladders = f"'{sheet_name('ladders')}'"
        if field.offer == "ladders":
            return f"={ladders}!$A${TOP + 1}:$A$60"
        if field.offer == "programmes":
            return self.programmes()
        if field.offer == "levels":
            asked = (
                f'"{self.scheme.words.ladder(path[-1])}"'
                if ANY in field.path
                else xl_rowcol_to_cell(TOP, places["ladder",], col_abs=True)
            )
            return f"=OFFSET({ladders}!$B$1,MATCH({asked},{ladders}!$A$1:$A$60,0)-1,0,1,{LADDER_LEVELS})"
        if field.offer == "values":
            asked = xl_rowcol_to_cell(TOP, places["column",], col_abs=True)
            lists = f"'{sheet_name(LISTS)}'"
            column = f"MATCH({asked},{lists}!$1:$1,0)-1"
            count = f"MAX(1,COUNTA(OFFSET({lists}!$A$2:$A${MOST_VALUES + 1},0,{column})))"
            return f"=OFFSET({lists}!$A$2,0,{column},{count},1)"
        return self.listed(f"#{field.offer}")

    def programmes(self) -> str:
        """The range of the programmes' titles; of their codes where some title does not lead to its programme."""
        rows, words = self.scheme.rows["programmes"], self.scheme.words
        titled = all(words.name("programmes", row["id",]) == row.get(("title", language())) for row in rows)
        form = next(form for form in SHEETS if form.name == "programmes")
        places = [path for _, path, _ in self.columns(form)]
        column = xl_col_to_name(places.index(("title", language()) if titled and rows else ("id",)))
        return f"='{sheet_name('programmes')}'!${column}${TOP + 1}:${column}${TOP + ROOM}"

    def offered(self, values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """The columns of the hidden sheet of lists: heading -> what stands below it."""
        told = self.scheme.words
        codes = dict.fromkeys(str(row["id",]) for row in self.scheme.rows["groups"] if ("id",) in row)
        groups = [told.name("groups", code) for code in codes]
        words = {name: column_word(name, self.scheme.ladders) or name for name in (GROUP_COLUMN, *values)}
        words |= {name: told.ladder(name) for name in told.ladders if name in values}
        offers = {"#groups": groups, "#columns": list(words.values())}
        offers |= {
            f"#{field.name}": [choice_word(value) for value in field.choices]
            for form in SHEETS
            for field in fields_of(form)
            if field.choices
        }
        offers[words[GROUP_COLUMN]] = groups
        for name, cells in values.items():
            called = [told.sex(cell) if name == "sex" else told.level(name, cell) for cell in cells]
            offers.setdefault(words[name], called if len(called) <= MOST_VALUES else [])
        return offers

    def listed(self, name: str) -> str:
        """The range of one list; empty where it has nothing to offer."""
        words = self.offers[name]
        column = xl_col_to_name(list(self.offers).index(name), col_abs=True)
        return f"='{sheet_name(LISTS)}'!{column}$2:{column}${len(words) + 1}" if words else ""

    def lists(self) -> None:
        """The hidden sheet from which the drop-downs take their choices."""
        page = self.book.add_worksheet(sheet_name(LISTS))
        for place, (name, words) in enumerate(self.offers.items()):
            page.write_string(0, place, name, self.formats["head"])
            for number, word in enumerate(words, 1):
                page.write_string(number, place, word, self.formats["text"])
        page.hide()
