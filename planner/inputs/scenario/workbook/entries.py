"""The rows of a scheme's sheets become entries of its tree, with the codes of what their cells name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.inputs.scenario.conditions import METADATA
from planner.inputs.scenario.workbook.drafts import Draft, Items, nested
from planner.inputs.scenario.workbook.group_rows import GroupRows
from planner.inputs.scenario.workbook.scheme_sheets import SchemeSheets
from planner.inputs.scenario.workbook.sheets import Path, SheetForm
from planner.inputs.scenario.workbook.tables import TableRow
from planner.inputs.scenario.yaml_tree import Node, Place

EVERY_YEAR: tuple[Path, ...] = (("per_year",), ("per_year", "min"), ("per_year", "max"))
"""The columns of an amount that holds for every year."""


class Entries:
    """The scenario's tree, into which sheets put their entries."""

    def __init__(self, sheets: SchemeSheets, groups: GroupRows) -> None:
        self.sheets, self.groups, self.root = sheets, groups, Draft()

    def put(self, path: Path, value: Draft | Node, place: Place | None) -> None:
        """Put a value at a path; a fault where another stands there."""
        before = self.root.put(path, value, place)
        if before is not None and place is not None:
            where = "" if before.place is None else f"{before.place.sheet}, {before.place.cell}"
            self.sheets.fault("scheme_said_twice", place, at=" / ".join(path), where=where)

    def table(self, sheet: SheetForm) -> None:
        """A form, a table of entries or of items."""
        if sheet.shape == "form":
            row = self.sheets.reader(sheet.name).form_row()
            self.fill(sheet.path, row)
            return
        seen: dict[str, Place] = {}
        for row in self.sheets.rows(sheet.name, self.sheets.faults):
            step = str(len(seen))
            if sheet.shape == "entries":
                step = self.sheets.names.code(sheet.name, row)
                if not step:
                    self.no_id(row)
                    continue
                if step in seen:
                    said = row.text("id") == step
                    key = "scheme_id_twice" if said else "scheme_title_twice"
                    name = step if said else self.sheets.names.name_of(row)
                    self.sheets.fault(key, row.place, name=name, code=step, cell=seen[step].cell)
                    continue
            seen[step] = row.place
            if sheet.shape == "items" and step == "0":
                self.put(sheet.path, Items({}, row.place), row.place)
            self.put((*sheet.path, step), Draft({}, row.place), row.place)
            self.fill((*sheet.path, step), row)

    def no_id(self, row: TableRow) -> None:
        """The fault of a row without anything to call it by."""
        self.sheets.fault("scheme_no_id", row.place)

    def fill(self, path: Path, row: TableRow) -> None:
        """Put the cells of a row under a path; mappings between them stand where the row stands."""
        each = next((row.cells[at] for at in EVERY_YEAR if at in row.cells), None)
        years = [at for at in row.cells if at[0] == "per_year" and at not in EVERY_YEAR]
        if each is not None and each.place is not None and years:
            self.sheets.fault("scheme_year_and_each", each.place, column=each.place.called)
            for at in years:
                row.cells.pop(at)
        if not path:
            self.root.place = row.place
        for column, node in self._by_codes(row, path[:1]):
            at = (*path, *column)
            for length in range(1, len(column)):
                inside = _nested_place(row.place, column[:length])
                if not self.root.holds((*path, *column[:length])):
                    self.put((*path, *column[:length]), nested(column, inside), inside)
            if path and not self.root.holds(path):
                self.put(path, Draft({}, row.place), row.place)
            self.put(at, node, node.place)

    def fill_metadata(self, path: Path, row: TableRow) -> None:
        """Put a group's title and source beside its condition."""
        cells = {column: node for column, node in row.cells.items() if column[0] in METADATA}
        name = self.sheets.names.title_of(row)
        if name is not None and not self.root.holds((*path, "title")):
            cells["title", "vi"] = name
        for column, node in cells.items():
            if not self.root.holds((*path, column[0])):
                self.put((*path, column[0]), nested(column, row.place), row.place)
            self.put((*path, *column), node, node.place)

    def _by_codes(self, row: TableRow, section: Path) -> Iterator[tuple[Path, Node]]:
        """The cells of a row with the codes of what they name; without its own code."""
        name = self.sheets.names.title_of(row)
        if name is not None and section != ("classes",):
            yield ("title", "vi"), name
        ladder = next(
            (self.sheets.code("ladders", node).text for path, node in row.cells.items() if path == ("ladder",)), ""
        )
        for column, node in row.cells.items():
            field = row.fields.get(column)
            if column == ("id",) or field is None:
                if field is None:
                    yield column, node
                continue
            if field.kind == "who":
                yield column, self.groups.who(node)
            elif field.kind == "names":
                yield column, self.sheets.codes("programmes", node, row.raw[column]) if field.offer else node
            elif field.offer == "levels":
                at = column if field.expands == "" else (column[0], self.sheets.names.ladder(column[1]))
                yield at, self.sheets.names.level(ladder if field.expands == "" else at[1], node)
            else:
                yield column, self.sheets.code(field.offer, node)


def _nested_place(place: Place, column: Path) -> Place:
    """Where a mapping inside an entry stands: at the first of its cells; with the cells of its keys."""
    start = ".".join(column) + "."
    keys = {key.removeprefix(start): cell for key, cell in place.keys.items() if key.startswith(start)}
    cell = next(iter(keys.values()), (place.cell, ""))[0]
    return replace(place, cell=cell, called="", keys=keys)
