"""Sheets as tables: the heading row found, columns recognised, every cell read; nothing passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as with_default
from pathlib import Path as FilePath
from typing import Any

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.workbook.cells import Slip, is_empty, read_cell, text_of
from planner.inputs.scenario.workbook.opening import OpenedSheet, cell_name
from planner.inputs.scenario.workbook.sheets import ANY, Field, Path, SheetForm, fields_of
from planner.inputs.scenario.workbook.words import all_headings, called, choice_word, column_of, heading
from planner.inputs.scenario.yaml_tree import Node, Place
from planner.inputs.synonyms import plain

HEADINGS_WITHIN = 10
"""The headings stand among the first rows that hold anything [rows]."""
ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})


@dataclass(frozen=True)
class Column:
    """A column that was recognised: its path and field, its place from 0, and its heading as it stands."""

    path: Path
    field: Field
    place: int
    heading: str


@dataclass
class TableRow:
    """A row: its number, its cells as nodes under their columns' paths, and where an entry made of it stands.

    `raw` are the cells as they are, `fields` what each column is.
    """

    number: int
    cells: dict[Path, Node]
    place: Place
    raw: dict[Path, Any] = with_default(default_factory=dict)
    fields: dict[Path, Field] = with_default(default_factory=dict)

    def node(self, *path: str) -> Node | None:
        """The cell of a column; None where it is empty."""
        return self.cells.get(path)

    def text(self, *path: str) -> str:
        """What a cell says, "" where it is empty."""
        node = self.cells.get(path)
        return "" if node is None else str(node.value)


class SheetReader:
    """Reads one sheet; what is wrong goes to `faults`."""

    def __init__(self, file: FilePath, sheet: OpenedSheet, form: SheetForm, faults: list[Fault]) -> None:
        self.file, self.sheet, self.form, self.faults = file, sheet, form, faults

    def complain(self, key: str, row: int, at: int, /, **values: object) -> None:
        """A fault at a cell: row from 1, column from 0."""
        self.faults.append(Fault(key, values, self.file, sheet=self.sheet.name, cell=cell_name(row, at)))

    def place(self, row: int, column: int, called: str = "", **more: Any) -> Place:
        """Where a cell is."""
        return Place(self.sheet.name, cell_name(row, column), called, **more)

    def read(self, row: int, column: Column, raw: Any, at: int) -> Node | None:
        """The node of a cell; None where it says nothing that could be gone on with."""
        if (row, at) in self.sheet.uncalculated:
            self.complain("scheme_formula", row, at, column=column.heading)
            return None
        if is_empty(column.field, raw):
            return None
        if isinstance(raw, str) and raw.strip() in ERRORS:
            self.complain("scheme_error_cell", row, at, column=column.heading, found=raw.strip())
            return None
        value = read_cell(column.field, raw)
        if isinstance(value, Slip):
            self.complain(value.key, row, at, column=column.heading, **value.values)
            value = value.instead
        words = {choice: choice_word(choice) for choice in column.field.choices}
        place = self.place(row, at, column.heading, words=words)
        if isinstance(value, list):
            return Node([Node(item, self.file, 0, str(item), place=place) for item in value], self.file, 0, place=place)
        return Node(value, self.file, 0, text_of(raw), place=place)

    # --- tables: a heading row, then a row each ---

    def rows(self) -> Iterator[TableRow]:
        """The rows below the headings."""
        top, columns = self._columns()
        if not columns:
            return
        placed = {column.place for column in columns}
        fields = {column.path: column.field for column in columns}
        for number, cells in self.sheet.rows_below(top):
            if is_note_alone(cells):
                continue
            for place, raw in enumerate(cells):
                if raw is not None and place not in placed:
                    self.complain("scheme_no_heading_above", number, place, found=text_of(raw)[:60])
            raw_cells = {column.path: cells[column.place] for column in columns if column.place < len(cells)}
            read = {}
            for column in columns:
                raw = raw_cells.get(column.path)
                if (node := self.read(number, column, raw, column.place)) is not None:
                    read[column.path] = node
            read.pop(NOT_READ, None)
            if read or any((number, column.place) in self.sheet.uncalculated for column in columns):
                yield TableRow(number, read, self._entry_place(number, columns, read), raw_cells, fields)

    def _entry_place(self, number: int, columns: list[Column], read: dict[Path, Node]) -> Place:
        """Where the entry of a row stands: at its first column; with the cells of all its columns."""
        called = next((str(read[path].value) for path in NAMES if path in read), "")
        first = min(columns, key=lambda column: (column.path != ("id",), column.place))
        keys = {}
        for field in fields_of(self.form):
            if ANY not in field.path:
                found = next((column for column in columns if column.path == field.path), first)
                word = heading(field) if found is first else found.heading
                keys[".".join(field.path)] = (cell_name(number, found.place), word)
                keys.setdefault(field.path[0], keys[".".join(field.path)])
        for field in fields_of(self.form):
            if ANY in field.path:
                place = next((column.place for column in columns if column.field is field), first.place)
                keys.setdefault(field.path[0], (cell_name(number, place), heading(field)))
        return self.place(number, first.place, called, keys=keys)

    def _columns(self) -> tuple[int, list[Column]]:
        """The number of the heading row, and the columns that it names."""
        within = self.sheet.rows[:HEADINGS_WITHIN]
        scores = [len(list(self._recognised(cells))) for _, cells in within]
        if not any(scores):
            if self.sheet.rows:
                expected = ", ".join(f"'{word}'" for word in [*all_headings(self.form)][:6])
                self.complain("scheme_no_headings", self.sheet.rows[0][0], 0, expected=expected)
            return 0, []
        best = scores.index(max(scores))
        number, cells = within[best]
        for above, others in within[:best]:
            if sum(cell is not None for cell in others) > 1:
                self.complain("scheme_above_headings", above, 0)
        columns = list(self._recognised(cells))
        self._complain_of_headings(number, cells, columns)
        first = {column.path: column for column in reversed(columns)}
        return number, [column for column in columns if first[column.path] is column]

    def _recognised(self, cells: list[Any]) -> Iterator[Column]:
        for place, raw in enumerate(cells):
            if raw is None:
                continue
            text = " ".join(text_of(raw).split())
            if is_note(text):
                yield Column(NOT_READ, Field(NOT_READ), place, text)
            elif (found := column_of(text, self.form)) is not None:
                yield Column(*found, place, text)

    def _complain_of_headings(self, number: int, cells: list[Any], columns: list[Column]) -> None:
        known = {column.place for column in columns}
        for place, raw in enumerate(cells):
            if raw is not None and place not in known:
                near = nearest(text_of(raw), all_headings(self.form))
                self.complain("scheme_heading", number, place, name=text_of(raw)[:60], nearest=near)
        paths = [column.path for column in columns if column.path != NOT_READ]
        for column in columns:
            if paths.count(column.path) > 1:
                self.complain("scheme_heading_twice", number, column.place, name=column.heading)

    # --- forms: a label, then its value ---

    def form_row(self) -> TableRow:
        """A form as one row."""
        read: dict[Path, Node] = {}
        raw: dict[Path, Any] = {}
        keys: dict[str, tuple[str, str]] = {}
        fields: dict[Path, Field] = {}
        for number, cells in self.sheet.rows:
            label = " ".join(text_of(cells[0]).split()) if cells and cells[0] is not None else ""
            value = cells[1] if len(cells) > 1 else None
            filled = value is not None or (number, 1) in self.sheet.uncalculated
            if any(cell is not None for cell in cells[3:]):
                self.complain("scheme_outside_form", number, 3)
            if (found := column_of(label, self.form)) is None:
                if filled and not is_note(label) and plain(label) not in map(plain, called("scheme_head_label")):
                    near = nearest(label, all_headings(self.form))
                    self.complain("scheme_label", number, 0, name=label[:60], nearest=near)
                continue
            path, field = found
            keys[".".join(path)] = (cell_name(number, 1), label)
            keys.setdefault(path[0], keys[".".join(path)])
            if path in read and filled:
                self.complain("scheme_heading_twice", number, 0, name=label)
            if (node := self.read(number, Column(path, field, 1, label), value, 1)) is not None:
                read[path], raw[path], fields[path] = node, value, field
        return TableRow(1, read, self.place(1, 0, keys=keys), raw, fields)


NOT_READ: Path = ("(not read)",)
NAMES: tuple[Path, ...] = (("id",), ("title", "vi"), ("title", "en"))
"""By what an entry is called."""


def is_note_alone(cells: list[Any]) -> bool:
    """Whether a row holds one cell alone, and that is a note: "Ghi chú: theo Đề án 05"."""
    filled = [cell for cell in cells if cell is not None]
    return len(filled) == 1 and is_note(text_of(filled[0]))


def is_note(text: str) -> bool:
    """Whether a heading, a label or a sheet's name says that nothing there is read: "Ghi chú", "Ghi chú riêng"."""
    return any(f"{plain(text)} ".startswith(f"{plain(word)} ") for word in called("scheme_notes"))
