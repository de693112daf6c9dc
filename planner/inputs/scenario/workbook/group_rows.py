"""The sheet of groups: the rows of each make its condition; some are conditions alone, which other cells name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from planner.inputs.scenario.workbook.cells import BETWEEN, text_of
from planner.inputs.scenario.workbook.condition_rows import Comparison, condition_of
from planner.inputs.scenario.workbook.drafts import Draft, Items
from planner.inputs.scenario.workbook.naming import same_name
from planner.inputs.scenario.workbook.scheme_sheets import SchemeSheets
from planner.inputs.scenario.workbook.sheets import RELATIONS
from planner.inputs.scenario.workbook.tables import TableRow
from planner.inputs.scenario.workbook.words import COMPUTED, GROUP_COLUMN, column_name
from planner.inputs.scenario.yaml_tree import Node, Place

NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


class GroupRows:
    """The groups and conditions that rows say."""

    def __init__(self, sheets: SchemeSheets) -> None:
        self.sheets = sheets
        self.ladders = set(sheets.names.of["ladders"].codes)
        self._conditions: dict[str, Node] = {}  # those that stand on the sheet of groups without being groups
        self._named: set[str] = set()  # those of them that some cell names

    def groups(self) -> Iterator[tuple[str, Draft | Node, list[TableRow]]]:
        """The name, the condition and the rows of every group."""
        for name, rows in self._rows_of().items():
            kinds = {self.sheets.choice(row, "kind", ("group", "condition")) or "group" for row in rows}
            if len(kinds) > 1:
                self.sheets.fault("scheme_group_kinds", rows[-1].place, name=name)
            condition = self._condition(rows)
            if kinds != {"condition"}:
                yield name, condition, rows
                continue
            node = condition.node(self.sheets.file) if isinstance(condition, Draft) else condition
            self._conditions[name] = replace(node, place=rows[0].place)

    def _rows_of(self) -> dict[str, list[TableRow]]:
        entries: dict[str, list[TableRow]] = {}
        for row in self.sheets.rows("groups", self.sheets.faults):
            name = self.sheets.names.code("groups", row)
            if not name:
                self.sheets.fault("scheme_no_group", row.place)
                continue
            first = entries.setdefault(name, [row])[0]
            if first is not row:
                entries[name].append(row)
                if not same_name(first.text("id"), row.text("id")):
                    values = {"name": row.text("id"), "other": first.text("id"), "cell": first.place.cell}
                    self.sheets.fault("scheme_group_spelt", row.place, **values)
        return entries

    def complain_of_unused(self) -> None:
        """The conditions that no cell names; a sheet that was not read may name them."""
        for name, condition in self._conditions.items():
            if name not in self._named and not any(fault.key == "scheme_sheet_unknown" for fault in self.sheets.faults):
                self.sheets.fault("scheme_condition_unused", condition.place, name=name)

    def who(self, node: Node) -> Node:
        """A condition's cell: a group's name, or text in YAML, or the name of a condition on the sheet of groups."""
        if node.text.startswith("{"):
            return self.sheets.from_text(node)
        name = str(node.value)
        if name not in self._conditions:
            names = list(self.sheets.names.of["groups"].several(name)) if ";" in name or "\n" in name else []
            if len(names) < 2:
                return self.sheets.code("groups", node)
            parts = [self.sheets.code("groups", replace(node, value=each, text=each)) for each in names]
            return replace(node, value={"any": replace(node, value=parts)})
        self._named.add(name)
        return self._conditions[name]

    def _condition(self, rows: list[TableRow]) -> Draft | Node:
        """The condition that the rows of a group say."""
        texts = [row for row in rows if row.node("condition") is not None]
        comparisons = [row for row in rows if row.node("column") or row.node("value") or row.node("relation")]
        if texts and (comparisons or len(texts) > 1):
            self.sheets.fault("scheme_condition_twice", texts[0].cells["condition",].place, name=rows[0].text("id"))
        if texts:
            node = texts[0].cells["condition",]
            found = self.sheets.from_text(node) if node.text.startswith("{") else node
            return Draft(dict(found.value), found.place) if isinstance(found.value, dict) else found
        if not comparisons:
            self.sheets.fault("scheme_no_comparison", rows[0].place, name=rows[0].text("id"))
            return Draft({}, rows[0].place)
        blocks = [row.node("block") for row in comparisons]
        if None in blocks and any(blocks):
            at = comparisons[blocks.index(None)].place
            self.sheets.fault("scheme_block_mixed", at, name=rows[0].text("id"))
        said = [each for row in comparisons if (each := self._comparison(row)) is not None]
        return self._drafted(condition_of(said, self.ladders), rows[0].place) if said else Draft({}, rows[0].place)

    def _comparison(self, row: TableRow) -> Comparison | None:
        column, value = row.node("column"), row.node("value")
        relation = self.sheets.choice(row, "relation", RELATIONS) or "is"
        if column is None or value is None:
            key = "scheme_no_column" if column is None else "scheme_no_value"
            missing = row.place.keys.get("column" if column is None else "value", (row.place.cell, ""))[0]
            self.sheets.fault(key, replace(row.place, cell=missing))
            return None
        block, unless = row.node("block"), row.node("not")
        for node in (block, unless):
            if node is not None and not isinstance(node.value, int):
                self.sheets.fault(
                    "want_integer" if node is block else "want_truth", node.place, at=node.text, found=node.text
                )
                return None
        number = None if block is None else int(block.value)
        called = replace(value.place, called=column.text) if value.place else None
        name = column_name(column.text, self.ladders)
        raw = row.raw["value",]
        if name == GROUP_COLUMN:
            names = self.sheets.names.of["groups"].several(text_of(raw)) if relation == "in" else [value.text]
            raw = BETWEEN.join(str(self.sheets.code("groups", replace(value, value=each)).value) for each in names)
        elif relation in ("min", "max") and name in COMPUTED and not NUMBER.fullmatch(text_of(raw)):
            self.sheets.fault("want_number", value.place, at=column.text, found=repr(text_of(raw)))
            return None
        elif isinstance(raw, str):
            raw = (
                BETWEEN.join(self.sheets.names.value(name, each) for each in raw.split(";"))
                if relation == "in"
                else (self.sheets.names.value(name, raw))
            )
        return Comparison(
            name, relation, raw, number, unless is not None and unless.value is True, replace(value, place=called)
        )

    def _drafted(self, condition: Any, place: Place) -> Draft | Node:
        """A condition of plain mappings and nodes as a draft."""
        if isinstance(condition, Node):
            return condition
        if isinstance(condition, list):
            children = {str(index): self._drafted(item, place) for index, item in enumerate(condition)}
            return Items(children, place)
        return Draft({key: self._drafted(item, place) for key, item in condition.items()}, place)
