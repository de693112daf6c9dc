"""The codes of a workbook's rows, read before all else: as they are written, or made of what a row is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from planner.common.errors import Fault
from planner.inputs import synonyms
from planner.inputs.scenario.workbook.naming import Names, code_of, is_name, ladder_of, level_of
from planner.inputs.scenario.workbook.sheets import BY_NAME
from planner.inputs.scenario.workbook.tables import TableRow
from planner.inputs.scenario.workbook.words import choice_of, column_name
from planner.inputs.scenario.yaml_tree import Node

TITLES = (("title", "vi"), ("title", "en"))
INSTEAD = {"approval": (("authority", "vi"), ("authority", "en"))}
"""What names a row of a sheet that has neither a code nor a title."""
NAMED = ("ladders", "groups", *(name for name, sheet in BY_NAME.items() if sheet.shape == "entries"))


class BookNames:
    """What the rows of every sheet are called, and the codes that they have."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.of: dict[str, Names] = {name: Names() for name in NAMED}
        self.in_words: set[str] = set()
        """The ladders that are named in words."""
        self._made: dict[str, dict[str, TableRow]] = {}  # sheet -> code -> the row of whose name it is made

    def gather(self, sheet: str, rows: Iterable[TableRow]) -> None:
        """Learn the names of a sheet's rows; the programmes stand before those who name them."""
        if sheet not in self.of:
            return
        for row in rows:
            if sheet == "groups" and choice_of(row.text("kind"), ("condition",)):
                continue
            if code := self.code(sheet, row):
                self.of[sheet].add(code, filter(None, (row.text(*each) for each in (("id",), *TITLES))))
                if row.text("id") != code and sheet != "classes":
                    self._made.setdefault(sheet, {}).setdefault(code, row)
                if sheet == "ladders" and is_name(row.text("id")):
                    self.in_words.add(code)

    def code(self, sheet: str, row: TableRow) -> str:
        """The code of a row: as it is written, or made of its name; empty where it has neither."""
        own = row.text("id")
        if sheet == "classes":
            found = self.of["programmes"].meant(own)
            return found[0] if len(found) == 1 else own
        if sheet == "groups" and choice_of(row.text("kind"), ("condition",)):
            return own
        if own and not is_name(own):
            return own
        if own and sheet == "ladders":
            return ladder_of(own)
        return code_of(own or self.name_of(row)) or own

    def name_of(self, row: TableRow) -> str:
        """What a row is called, where it has no code."""
        instead = INSTEAD["approval"] if ("authority", "vi") in row.fields or ("authority", "en") in row.fields else ()
        return next(filter(None, (row.text(*each) for each in (("id",), *TITLES, *instead))), "")

    def title_of(self, row: TableRow) -> Node | None:
        """The title of a row whose name stands in the column of codes; None where it has one, or needs none."""
        node = row.node("id")
        titled = any(row.node(*each) for each in TITLES)
        if node is None or titled or TITLES[0] not in row.fields or not is_name(row.text("id")):
            return None
        return node

    def made_codes(self) -> Iterator[Fault]:
        """Which codes were made of names, a remark for each sheet."""
        for sheet, rows in self._made.items():
            if sheet != "ladders":
                place = next(iter(rows.values())).place
                values = {"number": len(rows), "codes": ", ".join(rows)}
                yield Fault("scheme_codes_made", values, self.file, sheet=place.sheet, cell=place.cell)

    # --- ladders ---

    def ladder(self, text: str) -> str:
        """The ladder that a text means; the text itself where it means none."""
        found = self.of["ladders"].meant(text)
        column = self.column(text)
        return found[0] if len(found) == 1 else column if column in self.of["ladders"].codes else text

    def column(self, text: str) -> str:
        """The column of the roster that a text means."""
        return column_name(text, self.of["ladders"].codes)

    def level(self, ladder: str, node: Node) -> Node:
        """The cell of a level of a ladder, by the level's own name."""
        found = level_of(ladder, str(node.value)) if ladder in self.in_words else None
        return node if found is None else replace(node, value=found)

    def value(self, column: str, text: str) -> str:
        """What a column is compared with, in a workbook with ladders in words: levels and sexes by their own names."""
        if column == "sex" and self.in_words:
            return synonyms.sex(text) or text
        return (level_of(column, text) if column in self.in_words else None) or text
