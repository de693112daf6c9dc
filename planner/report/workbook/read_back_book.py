"""The book of the read-back workbook: its sheets, and where in them something may be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.inputs.roster.imported import ImportedRoster
from planner.inputs.roster.read_back import HIDDEN, Packed, Part, packed_lines
from planner.inputs.roster.texts import letter
from planner.inputs.roster.told import IGNORE
from planner.messages import say
from planner.report.workbook.forms import Book, Form
from planner.report.workbook.room import Column
from planner.report.workbook.roster import YEAR

NUMBER, TEXT, LONG = 7, 30, 60
"""Widths of columns [characters]."""
LONGEST_RULE = 250
"""Signs of a drop-down's list that stand in its rule; Excel takes 255."""
LISTS = "_lists"


class ReadBackBook:
    """A book in which it is noted what was written where it may be changed.

    Attributes
    ----------
    book
        The workbook.
    wording, gathered
        How what was read is called, and what was gathered of the files.
    """

    def __init__(self, found: ImportedRoster, packed: Packed) -> None:
        """Begin a book on what an import found; `packed` is what it carries, without its `parts`."""
        self.found, self.packed = found, packed
        self.wording, self.gathered = found.wording, found.reading.gathered
        self.book = Book(say("import_read_back"), YEAR)
        self._parts: dict[str, Part] = {}
        self._lists: dict[tuple[str, ...], str] = {}

    def close(self) -> bytes:
        """The workbook's bytes, with the lists of its drop-downs and what may be changed on hidden sheets."""
        if self._lists:
            self.book.hidden_sheet(LISTS, *self._lists)
        self.book.hidden_sheet(HIDDEN, packed_lines(replace(self.packed, parts=self._parts)))
        return self.book.close()

    def form(self, title: str, heads: Sequence[Column]) -> Form:
        """A sheet whose first row is the headings."""
        form = self.book.sheet(say(title), heads)
        for place, column in enumerate(heads):
            form.write(0, place, column.heading, "head")
        form.sheet.set_row(0, 45)
        form.sheet.freeze_panes(1, 0)
        form.sheet.repeat_rows(0)
        return form

    def row(
        self,
        form: Form,
        heads: Sequence[Column],
        texts: Sequence[str],
        styles: Mapping[int, str],
        *,
        fitted: bool = True,
    ) -> None:
        """A row of texts, each in the style of its column or in its own (place -> style)."""
        form.row += 1
        if fitted:
            form.fit(texts, heads)
        for place, (text, column) in enumerate(zip(texts, heads, strict=True)):
            form.write(form.row, place, text, styles.get(place, column.style))

    def finish(
        self,
        form: Form,
        part: str,
        names: Sequence[str],
        places: Sequence[int],
        entries: Mapping[str, Sequence[Any]],
        cells: Mapping[str, Sequence[str]],
    ) -> None:
        """Close a sheet, and note under `part` what of it may be changed: see `inputs.roster.read_back.Part`."""
        form.sheet.autofilter(0, 0, max(form.row, 1), form.last)
        form.row += 1
        form.finish()
        self._parts[part] = Part(form.sheet.get_name(), 2, names, places, entries, cells)

    def choices(self, form: Form, first: int, last: int, place: int, choices: Sequence[str]) -> None:
        """A drop-down; a list that is too long for a cell's rule stands on a hidden sheet."""
        if not choices or last < first:
            return
        inline = len(",".join(choices)) <= LONGEST_RULE and not any("," in one for one in choices)
        form.choices(first, last, place, list(choices) if inline else self._list(tuple(choices)))

    def _list(self, choices: tuple[str, ...]) -> str:
        place = [*self._lists, choices].index(choices)
        self._lists.setdefault(choices, "")
        return f"={LISTS}!${letter(place)}$1:${letter(place)}${len(choices)}"

    def about(self, at: Sequence[str]) -> str:
        """What an answer is about, as its reader knows it."""
        column = self.wording.heading(at[1]) if at[0] in ("blank", "synonyms") else at[1]
        return " > ".join([column, *at[2:]])

    def taken(self, column: str) -> str:
        """What a column was taken for, in words."""
        return self.wording.heading(column) if column else say(f"import_{IGNORE}")


def proposal_first(proposal: str, choices: Sequence[str]) -> list[str]:
    """The choices, what is proposed before the others."""
    return [one for one in choices if one == proposal] + [one for one in choices if one != proposal]
