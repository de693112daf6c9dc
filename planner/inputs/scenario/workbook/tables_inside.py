"""The roster and the agencies in the scheme's own workbook, and what is to be done with every other sheet of it."""

from __future__ import annotations

import re

from planner.common.errors import nearest
from planner.inputs.scenario.workbook.drafts import Draft
from planner.inputs.scenario.workbook.scheme_sheets import SchemeSheets
from planner.inputs.scenario.workbook.sheets import AGENCIES, BY_NAME, ROSTER
from planner.inputs.scenario.workbook.tables import is_note
from planner.inputs.scenario.workbook.words import sheet_name, sheets_by_name
from planner.inputs.scenario.yaml_tree import Node, Place
from planner.inputs.synonyms import plain

UNNAMED = re.compile(r"(sheet|trang|trang tinh) ?\d*")
"""What spreadsheets call a sheet that nobody has named, in its plain form."""


class TablesInside:
    """The tables that stand in the workbook of the scenario whose tree is `root`."""

    def __init__(self, sheets: SchemeSheets, root: Draft) -> None:
        self.sheets, self.root = sheets, root

    def settle(self) -> None:
        """The roster and the agencies, where this workbook holds them; what is to be done with every other sheet."""
        inside = {key: self._inside(key) for key in (ROSTER, AGENCIES)}
        declared = self.root.children.get("sheets")
        told = set(declared.children) if isinstance(declared, Draft) else set()
        strangers = [
            name for name in self.sheets.book.names if name not in self.sheets.known.values() and name not in told
        ]
        for name in strangers:
            near = nearest(name, map(sheet_name, BY_NAME))
            unnamed = not near.like or UNNAMED.fullmatch(plain(name)) is not None
            idle = is_note(name) or (unnamed and self.sheets.book.is_empty(name))
            if sheets_by_name().get(plain(name)) is None and not idle:
                self.sheets.sheet_fault("scheme_sheet_unknown", name, nearest=near, sheet=sheet_name("reading"))
        if inside[ROSTER]:
            place = Place(self.sheets.known.get(ROSTER, self.sheets.book.names[0]), "A1")
            uses = self.root.children.setdefault("sheets", Draft({}, place))
            assert isinstance(uses, Draft)
            aside = {name: name for name in strangers}
            for name, title in (self.sheets.known | aside).items():
                use = "people" if name == ROSTER and self.sheets.book.holds_rows(title) else "ignore"
                uses.children.setdefault(title, Node(use, self.sheets.file, 0, use, place=Place(title, "A1")))

    def _inside(self, key: str) -> bool:
        """Whether a table is the workbook's own sheet; then the scenario names the workbook."""
        named = self.root.children.get(key)
        here = self.sheets.known.get(key)
        filled = here is not None and self.sheets.book.holds_rows(here)
        if key == ROSTER and not filled:
            here = self._people_elsewhere()
            filled = here is not None
        itself = isinstance(named, Node) and here is not None and plain(str(named.value)) == plain(here)
        if itself:
            named = self.root.children.pop(key) and None
        if isinstance(named, Node) and named.value == self.sheets.file.name:
            return filled
        if named is not None:
            if filled and here is not None:
                found = named.text if isinstance(named, Node) else ""
                self.sheets.sheet_fault("scheme_two_tables", here, file=found)
            return False
        if not filled or here is None:
            return False
        self.root.children[key] = Node(
            self.sheets.file.name, self.sheets.file, 0, self.sheets.file.name, place=Place(here, "A1")
        )
        return True

    def _people_elsewhere(self) -> str | None:
        """The first sheet of this workbook that the sheet of reading calls one of people."""
        declared = self.root.children.get("sheets")
        for title, use in declared.children.items() if isinstance(declared, Draft) else ():
            if title in self.sheets.book.names and isinstance(use, Node) and use.value == "people":
                return title
        return None
