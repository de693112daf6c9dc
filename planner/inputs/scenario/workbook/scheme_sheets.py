"""The sheets of a scheme in one workbook: what each is called here, its rows, its faults, the codes of its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.workbook.cells import text_of
from planner.inputs.scenario.workbook.drafts import placed
from planner.inputs.scenario.workbook.opening import OpenedBook
from planner.inputs.scenario.workbook.row_codes import BookNames
from planner.inputs.scenario.workbook.sheets import BY_NAME, SHEETS
from planner.inputs.scenario.workbook.tables import SheetReader, TableRow
from planner.inputs.scenario.workbook.words import choice_word, sheet_name, sheets_by_name
from planner.inputs.scenario.yaml_reader import parsed
from planner.inputs.scenario.yaml_tree import Node, Place
from planner.inputs.synonyms import plain


class SchemeSheets:
    """The sheets of a scheme in an open workbook.

    Raises
    ------
    InputError
        The workbook holds no sheet of a scheme.
    """

    def __init__(self, book: OpenedBook, faults: list[Fault]) -> None:
        self.book, self.file, self.faults = book, book.file, faults
        self.known: dict[str, str] = {}
        """What each sheet of the scheme is called here."""
        self.unknown: list[tuple[str, str, Place]] = []
        """Section, text and place of names that no row has."""
        self.names = BookNames(book.file)
        self._name_sheets()
        if not set(self.known) & set(BY_NAME):
            names = ", ".join(f"'{sheet_name(sheet.name)}'" for sheet in SHEETS[:5])
            raise InputError(Fault("scheme_no_sheets", {"names": names}, self.file))
        for sheet in SHEETS:
            self.names.gather(sheet.name, self.rows(sheet.name))

    def _name_sheets(self) -> None:
        words = sheets_by_name()
        for title in self.book.names:
            name = words.get(plain(title))
            if name in self.known:
                self.sheet_fault("scheme_sheet_twice", title, other=self.known[name])
            elif name is not None:
                self.known[name] = title

    def sheet_fault(self, key: str, title: str, **values: object) -> None:
        """A fault of a whole sheet."""
        self.faults.append(Fault(key, {"name": title, **values}, self.file, sheet=title, cell="A1"))

    def fault(self, key: str, place: Place | None, **values: object) -> None:
        """A fault of a cell."""
        sheet, cell = (place.sheet, place.cell) if place is not None else (None, None)
        self.faults.append(Fault(key, values, self.file, sheet=sheet, cell=cell))

    def reader(self, name: str, faults: list[Fault] | None = None) -> SheetReader:
        """The reader of a sheet that is there."""
        sheet = self.book.sheet(self.known[name])
        return SheetReader(self.file, sheet, BY_NAME[name], self.faults if faults is None else faults)

    def rows(self, name: str, faults: list[Fault] | None = None) -> Iterator[TableRow]:
        """The rows of a table; by default its faults are told when it is read for itself."""
        if name in self.known:
            yield from self.reader(name, [] if faults is None else faults).rows()

    def choice(self, row: TableRow, column: str, choices: Iterable[str]) -> str | None:
        """What a cell of choices says; a fault where it says none of them."""
        node = row.node(column)
        if node is None:
            return None
        if node.value not in choices:
            words = ", ".join(map(choice_word, choices))
            self.fault("scheme_choice", node.place, found=node.text, words=words)
            return None
        return str(node.value)

    def code(self, section: str, node: Node) -> Node:
        """The cell of a name as the code that it means; as it is where it means none, a fault where several."""
        names = self.names.of.get(section)
        found = [] if names is None or not isinstance(node.value, str) else names.meant(node.value)
        if len(found) > 1:
            self.fault("scheme_name_of_several", node.place, name=node.value, codes=", ".join(found))
        elif names is not None and not found and isinstance(node.value, str) and node.place is not None:
            self.unknown.append((section, node.value, node.place))
        return replace(node, value=found[0], text=found[0]) if found else node

    def codes(self, section: str, node: Node, raw: Any) -> Node:
        """The cell of a list of names as the list of codes."""
        pieces = self.names.of[section].several(text_of(raw))
        items = [self.code(section, Node(piece, self.file, 0, piece, place=node.place)) for piece in pieces]
        return replace(node, value=items)

    def from_text(self, node: Node) -> Node:
        """A cell's text in YAML as a tree; all of it stands in that cell."""
        if str(node.value).strip() in ("null", "~"):
            return replace(node, value=None)
        try:
            return placed(parsed(str(node.value), self.file), node.place)
        except InputError as error:
            for fault in error.faults:
                self.fault(fault.key, node.place, **fault.values)
            return Node({}, self.file, 0, place=node.place)
