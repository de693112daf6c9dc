"""A workbook becomes the tree that a YAML file would: every value knows its sheet and cell, every slip is a fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path as FilePath

from planner.common.errors import Fault
from planner.common.files import GivenFile
from planner.inputs.scenario.ranked_goals import SECTIONS
from planner.inputs.scenario.workbook.drafts import Draft, Items
from planner.inputs.scenario.workbook.entries import Entries
from planner.inputs.scenario.workbook.group_rows import GroupRows
from planner.inputs.scenario.workbook.opening import OpenedBook
from planner.inputs.scenario.workbook.scheme_sheets import SchemeSheets
from planner.inputs.scenario.workbook.sheets import PIN_KINDS, READINGS, ROSTER, SHEETS
from planner.inputs.scenario.workbook.tables_inside import TablesInside
from planner.inputs.scenario.workbook.words import choice_of, choice_word, sheet_name
from planner.inputs.scenario.yaml_tree import Node, Place
from planner.messages import say


def read_workbook(path: FilePath | GivenFile, faults: list[Fault], told: list[Fault] | None = None) -> Node:
    """The tree of a workbook; what is wrong with its cells goes to `faults`, what was made of names to `told`.

    Raises
    ------
    InputError
        It is no workbook, or holds no sheet of a scheme.
    """
    sheets = SchemeSheets(OpenedBook(path), faults)
    tree = _Reader(sheets).tree()
    if told is not None:
        told += sheets.names.made_codes()
    return tree


class _Reader:
    def __init__(self, sheets: SchemeSheets) -> None:
        self.sheets = sheets
        self.groups = GroupRows(sheets)
        self.entries = Entries(sheets, self.groups)
        self.root = self.entries.root

    def tree(self) -> Node:
        self.put_groups()
        for sheet in SHEETS:
            if sheet.name in self.sheets.known and sheet.shape in ("form", "entries", "items"):
                self.entries.table(sheet)
        self.ladders()
        self.pins()
        self.goals()
        self.readings()
        self.other()
        TablesInside(self.sheets, self.root).settle()
        self.groups.complain_of_unused()
        form = self.sheets.known.get("scheme", self.sheets.book.names[0])
        self.root.place = Place(form, "A1", keys=self.root.place.keys if self.root.place else {})
        if "extends" not in self.root.children:
            self.complain_of_names()
            self.complain_of_what_lacks(self.root.place)
        return self.root.node(self.sheets.file)

    def complain_of_names(self) -> None:
        """The names that no row has, and no line of the sheet `other`."""
        for section, text, place in self.sheets.unknown:
            held = self.root.children.get(section)
            if not isinstance(held, Draft) or text not in held.children:
                key = f"unknown_{section.removesuffix('s')}"
                self.sheets.fault(
                    key, place, at=place.called, name=text, nearest=self.sheets.names.of[section].unlike(text)
                )

    def complain_of_what_lacks(self, form: Place) -> None:
        """The sheets, and the roster, without which there is no scheme."""
        for key, sheet in (("horizon", "scheme"), ("ladders", "ladders"), ("programmes", "programmes")):
            if key not in self.root.children and (sheet != "scheme" or sheet not in self.sheets.known):
                self.sheets.fault("scheme_sheet_missing", form, name=sheet_name(sheet))
        if ROSTER not in self.root.children:
            at = replace(form, cell=form.keys.get(ROSTER, (form.cell, ""))[0])
            self.sheets.fault("scheme_no_roster", at, sheet=sheet_name(ROSTER), reading=sheet_name("reading"))

    # --- sheets of their own form ---

    def put_groups(self) -> None:
        for name, condition, rows in self.groups.groups():
            self.root.children.setdefault("groups", Draft({}, None))
            self.entries.put(("groups", name), condition, rows[0].place)
            for row in rows:
                self.entries.fill_metadata(("groups", name), row)

    def ladders(self) -> None:
        for row in self.sheets.rows("ladders", self.sheets.faults):
            name = self.sheets.names.code("ladders", row)
            if not name:
                self.entries.no_id(row)
                continue
            levels = sorted((int(path[0]), node) for path, node in row.cells.items() if path[0].isdecimal())
            levels = [(number, self.sheets.names.level(name, node)) for number, node in levels]
            items: dict[str, Draft | Node] = {str(index): node for index, (_, node) in enumerate(levels)}
            if [number for number, _ in levels] != list(range(1, len(levels) + 1)):
                self.sheets.fault("scheme_ladder_gap", row.place, name=row.text("id"))
            if items:
                self.entries.put(("ladders", name), Items(items, row.place), row.place)
            elif not self.root.holds(("ladders",)):
                self.entries.put(("ladders", name), Items({}, row.place), row.place)

    def pins(self) -> None:
        counts = dict.fromkeys(PIN_KINDS, 0)
        for row in self.sheets.rows("pins", self.sheets.faults):
            kind = self.sheets.choice(row, "kind", PIN_KINDS)
            if kind is None:
                if row.node("kind") is None:
                    self.sheets.fault("scheme_no_choice", row.place, words=", ".join(map(choice_word, PIN_KINDS)))
                continue
            row.cells.pop(("kind",))
            if not self.root.holds(("pins", kind)):
                self.entries.put(("pins", kind), Items({}, row.place), row.place)
            path = ("pins", kind, str(counts[kind]))
            counts[kind] += 1
            self.entries.put(path, Draft({}, row.place), row.place)
            self.entries.fill(path, row)

    def goals(self) -> None:
        items: dict[str, Draft | Node] = {}
        for row in self.sheets.rows("goals", self.sheets.faults):
            goal, entries = row.node("goal"), row.node("entries")
            if goal is None:
                self.sheets.fault("scheme_no_goal", row.place)
                continue
            if entries is not None and goal.value in SECTIONS:
                entries = self.sheets.codes(SECTIONS[goal.value], entries, row.raw["entries",])
            items[str(len(items))] = goal if entries is None else Draft({str(goal.value): entries}, goal.place)
        if items:
            self.entries.put(("goals",), Items(items, next(iter(items.values())).place), None)

    def readings(self) -> None:
        for row in self.sheets.rows("reading", self.sheets.faults):
            kind = self.sheets.choice(row, "kind", READINGS)
            if kind is None:
                if row.node("kind") is None:
                    self.sheets.fault("scheme_no_choice", row.place, words=", ".join(map(choice_word, READINGS)))
                continue
            column, text, meaning = (row.node(step) for step in ("column", "text", "meaning"))
            needed = {
                "blank": (column, meaning),
                "headers": (text, meaning),
                "sheets": (text, meaning),
                "synonyms": (column, text, meaning),
                "acknowledged": (text,),
            }[kind]
            given = [node for node in (column, text, meaning) if node is not None]
            if None in needed or len(given) != len(needed):
                self.sheets.fault(
                    "scheme_reading", row.place, kind=choice_word(kind), parts=say(f"scheme_reading_{kind}")
                )
                continue
            self.reading(kind, given)

    def reading(self, kind: str, given: list[Node]) -> None:
        *steps, last = given
        if kind in ("blank", "synonyms"):
            ladder = self.sheets.names.column(str(steps[0].value))
            steps = [replace(steps[0], value=ladder), *steps[1:]]
            last = self.sheets.names.level(ladder, last)
        if kind == "acknowledged":
            held = self.root.children.setdefault("acknowledged", Items({}, last.place))
            assert isinstance(held, Draft)
            held.children[str(len(held.children))] = last
            return
        if kind == "sheets":
            last = replace(last, value=choice_of(last.text, ("people", "ignore")) or last.value)
        self.entries.put((kind, *(str(step.value) for step in steps)), last, last.place)

    def other(self) -> None:
        """Values by their paths, after all else, so that lists are there to be put into."""
        for row in self.sheets.rows("other", self.sheets.faults):
            path, value = row.node("path"), row.node("value")
            if path is None or value is None:
                self.sheets.fault("scheme_other", row.place)
                continue
            text = str(path.value)
            if text.startswith("["):
                told = self.sheets.from_text(path).plain()
                steps = tuple(map(str, told)) if isinstance(told, list) else ()
            else:
                steps = tuple(step.strip() for step in text.split("/"))
            if not steps or not all(steps):
                self.sheets.fault("scheme_other", row.place)
                continue
            self.entries.put(steps, self.sheets.from_text(value), value.place)
