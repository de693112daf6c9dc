"""A workbook becomes the tree that a YAML file would: every value knows its sheet and cell, every slip is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from planner.common.errors import Fault, InputError, nearest
from planner.common.files import GivenFile
from planner.inputs.scenario.ranked_goals import SECTIONS
from planner.inputs.scenario.workbook.cells import BETWEEN, text_of
from planner.inputs.scenario.workbook.condition_rows import Comparison, condition_of
from planner.inputs.scenario.workbook.naming import same_name
from planner.inputs.scenario.workbook.opening import OpenedBook
from planner.inputs.scenario.workbook.row_codes import BookNames
from planner.inputs.scenario.workbook.sheets import (
    AGENCIES,
    BY_NAME,
    PIN_KINDS,
    READINGS,
    RELATIONS,
    ROSTER,
    SHEETS,
    Path,
    SheetForm,
)
from planner.inputs.scenario.workbook.tables import SheetReader, TableRow, is_note
from planner.inputs.scenario.workbook.words import (
    COMPUTED,
    GROUP_COLUMN,
    choice_of,
    choice_word,
    column_name,
    sheet_name,
    sheets_by_name,
)
from planner.inputs.scenario.yaml_reader import parsed
from planner.inputs.scenario.yaml_tree import Node, Place
from planner.inputs.synonyms import plain
from planner.messages import say


@dataclass
class Draft:
    """A mapping or list that is being filled."""

    children: dict[str, Draft | Node] = field(default_factory=dict)
    place: Place | None = None

    def put(self, path: Path, value: Draft | Node, place: Place | None) -> Node | None:
        """Put a value at a path; return the one that stood there, which stays."""
        child = self.children.get(path[0])
        if len(path) > 1:
            if not isinstance(child, Draft):
                child = self.children[path[0]] = _opened(child, place)
            return child.put(path[1:], value, place)
        if isinstance(child, Node) or (child is not None and isinstance(value, Node) and child.children):
            return child if isinstance(child, Node) else Node(None, FilePath(), 0, place=child.place)
        if child is None or isinstance(value, Node):
            self.children[path[0]] = value
        return None

    def node(self, file: FilePath) -> Node:
        """The finished tree."""
        inside = {key: child.node(file) if isinstance(child, Draft) else child for key, child in self.children.items()}
        return Node(inside, file, 0, place=self.place)


class Languages(Draft):
    """A text by language; one that stands in one column alone is the text of every language."""

    def node(self, file: FilePath) -> Node:
        """The text, or the mapping of languages to texts."""
        texts = [child for child in self.children.values() if isinstance(child, Node)]
        return texts[0] if len(texts) == 1 else super().node(file)


class Items(Draft):
    """A list: its items under their numbers."""

    def node(self, file: FilePath) -> Node:
        """The finished list."""
        ordered = sorted(self.children.items(), key=lambda item: int(item[0]))
        items = [child.node(file) if isinstance(child, Draft) else child for _, child in ordered]
        return Node(items, file, 0, place=self.place)


def _nested(column: Path, place: Place) -> Draft:
    """The mapping in which a column's value stands."""
    return Languages({}, place) if column[-1] in ("vi", "en") else Draft({}, place)


def _opened(child: Node | None, place: Place | None) -> Draft:
    """A value into which more is put."""
    if child is not None and isinstance(child.value, dict):
        return Draft(dict(child.value), child.place)
    if child is not None and isinstance(child.value, list):
        return Items({str(index): item for index, item in enumerate(child.value)}, child.place)
    return Draft({}, place)


def read_workbook(path: FilePath | GivenFile, faults: list[Fault], told: list[Fault] | None = None) -> Node:
    """The tree of a workbook; what is wrong with its cells goes to `faults`, what was made of names to `told`.

    Raises
    ------
    InputError
        It is no workbook, or holds no sheet of a scheme.
    """
    reader = _Reader(OpenedBook(path), faults)
    tree = reader.tree()
    if told is not None:
        told += reader.names.made_codes()
    return tree


class _Reader:
    def __init__(self, book: OpenedBook, faults: list[Fault]) -> None:
        self.book, self.file, self.faults = book, book.file, faults
        self.root = Draft()
        self.known: dict[str, str] = {}  # the scheme's sheet -> what it is called here
        self.conditions: dict[str, Node] = {}  # conditions that stand on the sheet of groups without being groups
        self.named: set[str] = set()  # those of them that some cell names
        self.names = BookNames(book.file)
        self.unknown: list[tuple[str, str, Place]] = []  # section, text and place of names that no row has

    def tree(self) -> Node:
        self.name_sheets()
        if not set(self.known) & set(BY_NAME):
            names = ", ".join(f"'{sheet_name(sheet.name)}'" for sheet in SHEETS[:5])
            raise InputError(Fault("scheme_no_sheets", {"names": names}, self.file))
        for sheet in SHEETS:
            self.names.gather(sheet.name, self.rows(sheet.name))
        self.groups(set(self.names.of["ladders"].codes))
        for sheet in SHEETS:
            if sheet.name in self.known and sheet.shape in ("form", "entries", "items"):
                self.table(sheet)
        self.ladders()
        self.pins()
        self.goals()
        self.readings()
        self.other()
        self.tables_inside()
        for name, condition in self.conditions.items():
            if name not in self.named and not any(fault.key == "scheme_sheet_unknown" for fault in self.faults):
                self.fault("scheme_condition_unused", condition.place, name=name)
        form = self.known.get("scheme", self.book.names[0])
        self.root.place = Place(form, "A1", keys=self.root.place.keys if self.root.place else {})
        if "extends" not in self.root.children:
            self.complain_of_names()
            self.complain_of_what_lacks(self.root.place)
        return self.root.node(self.file)

    def complain_of_names(self) -> None:
        """The names that no row has, and no line of the sheet `other`."""
        for section, text, place in self.unknown:
            held = self.root.children.get(section)
            if not isinstance(held, Draft) or text not in held.children:
                key = f"unknown_{section.removesuffix('s')}"
                self.fault(key, place, at=place.called, name=text, nearest=self.names.of[section].unlike(text))

    def complain_of_what_lacks(self, form: Place) -> None:
        """The sheets, and the roster, without which there is no scheme."""
        for key, sheet in (("horizon", "scheme"), ("ladders", "ladders"), ("programmes", "programmes")):
            if key not in self.root.children and (sheet != "scheme" or sheet not in self.known):
                self.fault("scheme_sheet_missing", form, name=sheet_name(sheet))
        if ROSTER not in self.root.children:
            at = replace(form, cell=form.keys.get(ROSTER, (form.cell, ""))[0])
            self.fault("scheme_no_roster", at, sheet=sheet_name(ROSTER), reading=sheet_name("reading"))

    # --- sheets ---

    def name_sheets(self) -> None:
        words = sheets_by_name()
        for title in self.book.names:
            name = words.get(plain(title))
            if name in self.known:
                self.sheet_fault("scheme_sheet_twice", title, other=self.known[name])
            elif name is not None:
                self.known[name] = title

    def sheet_fault(self, key: str, title: str, **values: object) -> None:
        self.faults.append(Fault(key, {"name": title, **values}, self.file, sheet=title, cell="A1"))

    def reader(self, name: str, faults: list[Fault] | None = None) -> SheetReader:
        sheet = self.book.sheet(self.known[name])
        return SheetReader(self.file, sheet, BY_NAME[name], self.faults if faults is None else faults)

    def rows(self, name: str, faults: list[Fault] | None = None) -> Iterator[TableRow]:
        """The rows of a table; by default its faults are told when it is read for itself."""
        if name in self.known:
            yield from self.reader(name, [] if faults is None else faults).rows()

    def put(self, path: Path, value: Draft | Node, place: Place | None) -> None:
        before = self.root.put(path, value, place)
        if before is not None and place is not None:
            where = "" if before.place is None else f"{before.place.sheet}, {before.place.cell}"
            self.fault("scheme_said_twice", place, at=" / ".join(path), where=where)

    def fault(self, key: str, place: Place | None, **values: object) -> None:
        sheet, cell = (place.sheet, place.cell) if place is not None else (None, None)
        self.faults.append(Fault(key, values, self.file, sheet=sheet, cell=cell))

    def table(self, sheet: SheetForm) -> None:
        """A form, a table of entries or of items."""
        if sheet.shape == "form":
            row = self.reader(sheet.name).form_row()
            self.fill(sheet.path, row)
            return
        seen: dict[str, Place] = {}
        for row in self.rows(sheet.name, self.faults):
            step = str(len(seen))
            if sheet.shape == "entries":
                step = self.names.code(sheet.name, row)
                if not step:
                    self.no_id(row)
                    continue
                if step in seen:
                    said = row.text("id") == step
                    key = "scheme_id_twice" if said else "scheme_title_twice"
                    name = step if said else self.names.name_of(row)
                    self.fault(key, row.place, name=name, code=step, cell=seen[step].cell)
                    continue
            seen[step] = row.place
            if sheet.shape == "items" and step == "0":
                self.put(sheet.path, Items({}, row.place), row.place)
            self.put((*sheet.path, step), Draft({}, row.place), row.place)
            self.fill((*sheet.path, step), row)

    def no_id(self, row: TableRow) -> None:
        self.fault("scheme_no_id", row.place)

    def fill(self, path: Path, row: TableRow) -> None:
        """Put the cells of a row under a path; mappings between them stand where the row stands."""
        each = next((row.cells[at] for at in EVERY_YEAR if at in row.cells), None)
        years = [at for at in row.cells if at[0] == "per_year" and at not in EVERY_YEAR]
        if each is not None and each.place is not None and years:
            self.fault("scheme_year_and_each", each.place, column=each.place.called)
            for at in years:
                row.cells.pop(at)
        if not path:
            self.root.place = row.place
        for column, node in self.by_codes(row, path[:1]):
            at = (*path, *column)
            for length in range(1, len(column)):
                nested = self.nested_place(row.place, column[:length])
                if not self.has((*path, *column[:length])):
                    self.put((*path, *column[:length]), _nested(column, nested), nested)
            if path and not self.has(path):
                self.put(path, Draft({}, row.place), row.place)
            self.put(at, node, node.place)

    def by_codes(self, row: TableRow, section: Path) -> Iterator[tuple[Path, Node]]:
        """The cells of a row with the codes of what they name; without its own code."""
        name = self.names.title_of(row)
        if name is not None and section != ("classes",):
            yield ("title", "vi"), name
        ladder = next((self.code("ladders", node).text for path, node in row.cells.items() if path == ("ladder",)), "")
        for column, node in row.cells.items():
            field = row.fields.get(column)
            if column == ("id",) or field is None:
                if field is None:
                    yield column, node
                continue
            if field.kind == "who":
                yield column, self.who(node)
            elif field.kind == "names":
                yield column, self.codes("programmes", node, row.raw[column]) if field.offer else node
            elif field.offer == "levels":
                at = column if field.expands == "" else (column[0], self.names.ladder(column[1]))
                yield at, self.names.level(ladder if field.expands == "" else at[1], node)
            else:
                yield column, self.code(field.offer, node)

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

    @staticmethod
    def nested_place(place: Place, column: Path) -> Place:
        """Where a mapping inside an entry stands: at the first of its cells; with the cells of its keys."""
        start = ".".join(column) + "."
        keys = {key.removeprefix(start): cell for key, cell in place.keys.items() if key.startswith(start)}
        cell = next(iter(keys.values()), (place.cell, ""))[0]
        return replace(place, cell=cell, called="", keys=keys)

    def has(self, path: Path) -> bool:
        at: Draft | Node | None = self.root
        for step in path:
            at = at.children.get(step) if isinstance(at, Draft) else None
        return at is not None

    # --- conditions ---

    def who(self, node: Node) -> Node:
        """A condition's cell: a group's name, or text in YAML, or the name of a condition on the sheet of groups."""
        if node.text.startswith("{"):
            return self.from_text(node)
        name = str(node.value)
        if name not in self.conditions:
            names = list(self.names.of["groups"].several(name)) if ";" in name or "\n" in name else []
            if len(names) < 2:
                return self.code("groups", node)
            parts = [self.code("groups", replace(node, value=each, text=each)) for each in names]
            return replace(node, value={"any": replace(node, value=parts)})
        self.named.add(name)
        return self.conditions[name]

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

    def groups(self, ladders: set[str]) -> None:
        entries: dict[str, list[TableRow]] = {}
        for row in self.rows("groups", self.faults):
            name = self.names.code("groups", row)
            if not name:
                self.fault("scheme_no_group", row.place)
                continue
            first = entries.setdefault(name, [row])[0]
            if first is not row:
                entries[name].append(row)
                if not same_name(first.text("id"), row.text("id")):
                    values = {"name": row.text("id"), "other": first.text("id"), "cell": first.place.cell}
                    self.fault("scheme_group_spelt", row.place, **values)
        self.root.children |= {"groups": Draft({}, None)} if entries else {}
        for name, rows in entries.items():
            kinds = {self.choice(row, "kind", ("group", "condition")) or "group" for row in rows}
            if len(kinds) > 1:
                self.fault("scheme_group_kinds", rows[-1].place, name=name)
            condition = self.condition(rows, ladders)
            if kinds == {"condition"}:
                node = condition.node(self.file) if isinstance(condition, Draft) else condition
                self.conditions[name] = replace(node, place=rows[0].place)
                continue
            self.put(("groups", name), condition, rows[0].place)
            for row in rows:
                self.fill_metadata(("groups", name), row)
        if not getattr(self.root.children.get("groups"), "children", True):
            self.root.children.pop("groups")

    def fill_metadata(self, path: Path, row: TableRow) -> None:
        cells = {column: node for column, node in row.cells.items() if column[0] in ("title", "source")}
        name = self.names.title_of(row)
        if name is not None and not self.has((*path, "title")):
            cells["title", "vi"] = name
        for column, node in cells.items():
            if column[0] == "title" and not self.has((*path, "title")):
                self.put((*path, "title"), _nested(column, row.place), row.place)
            self.put((*path, *column), node, node.place)

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

    def condition(self, rows: list[TableRow], ladders: set[str]) -> Draft | Node:
        """The condition that the rows of a group say."""
        texts = [row for row in rows if row.node("condition") is not None]
        comparisons = [row for row in rows if row.node("column") or row.node("value") or row.node("relation")]
        if texts and (comparisons or len(texts) > 1):
            self.fault("scheme_condition_twice", texts[0].cells["condition",].place, name=rows[0].text("id"))
        if texts:
            node = texts[0].cells["condition",]
            found = self.from_text(node) if node.text.startswith("{") else node
            return Draft(dict(found.value), found.place) if isinstance(found.value, dict) else found
        if not comparisons:
            self.fault("scheme_no_comparison", rows[0].place, name=rows[0].text("id"))
            return Draft({}, rows[0].place)
        blocks = [row.node("block") for row in comparisons]
        if None in blocks and any(blocks):
            at = comparisons[blocks.index(None)].place
            self.fault("scheme_block_mixed", at, name=rows[0].text("id"))
        said = [each for row in comparisons if (each := self.comparison(row, ladders)) is not None]
        return self.drafted(condition_of(said, ladders), rows[0].place) if said else Draft({}, rows[0].place)

    def comparison(self, row: TableRow, ladders: set[str]) -> Comparison | None:
        column, value = row.node("column"), row.node("value")
        relation = self.choice(row, "relation", RELATIONS) or "is"
        if column is None or value is None:
            key = "scheme_no_column" if column is None else "scheme_no_value"
            missing = row.place.keys.get("column" if column is None else "value", (row.place.cell, ""))[0]
            self.fault(key, replace(row.place, cell=missing))
            return None
        block, unless = row.node("block"), row.node("not")
        for node in (block, unless):
            if node is not None and not isinstance(node.value, int):
                self.fault("want_integer" if node is block else "want_truth", node.place, at=node.text, found=node.text)
                return None
        number = None if block is None else int(block.value)
        called = replace(value.place, called=column.text) if value.place else None
        name = column_name(column.text, ladders)
        raw = row.raw["value",]
        if name == GROUP_COLUMN:
            names = self.names.of["groups"].several(text_of(raw)) if relation == "in" else [value.text]
            raw = BETWEEN.join(str(self.code("groups", replace(value, value=each)).value) for each in names)
        elif relation in ("min", "max") and name in COMPUTED and not NUMBER.fullmatch(text_of(raw)):
            self.fault("want_number", value.place, at=column.text, found=repr(text_of(raw)))
            return None
        elif isinstance(raw, str):
            raw = (
                BETWEEN.join(self.names.value(name, each) for each in raw.split(";"))
                if relation == "in"
                else (self.names.value(name, raw))
            )
        return Comparison(
            name, relation, raw, number, unless is not None and unless.value is True, replace(value, place=called)
        )

    def drafted(self, condition: Any, place: Place) -> Draft | Node:
        """A condition of plain mappings and nodes as a draft."""
        if isinstance(condition, Node):
            return condition
        if isinstance(condition, list):
            children = {str(index): self.drafted(item, place) for index, item in enumerate(condition)}
            return Items(children, place)
        return Draft({key: self.drafted(item, place) for key, item in condition.items()}, place)

    # --- sheets of their own form ---

    def ladders(self) -> None:
        for row in self.rows("ladders", self.faults):
            name = self.names.code("ladders", row)
            if not name:
                self.no_id(row)
                continue
            levels = sorted((int(path[0]), node) for path, node in row.cells.items() if path[0].isdecimal())
            levels = [(number, self.names.level(name, node)) for number, node in levels]
            items: dict[str, Draft | Node] = {str(index): node for index, (_, node) in enumerate(levels)}
            if [number for number, _ in levels] != list(range(1, len(levels) + 1)):
                self.fault("scheme_ladder_gap", row.place, name=row.text("id"))
            if items:
                self.put(("ladders", name), Items(items, row.place), row.place)
            elif not self.has(("ladders",)):
                self.put(("ladders", name), Items({}, row.place), row.place)

    def pins(self) -> None:
        counts = dict.fromkeys(PIN_KINDS, 0)
        for row in self.rows("pins", self.faults):
            kind = self.choice(row, "kind", PIN_KINDS)
            if kind is None:
                if row.node("kind") is None:
                    self.fault("scheme_no_choice", row.place, words=", ".join(map(choice_word, PIN_KINDS)))
                continue
            row.cells.pop(("kind",))
            if not self.has(("pins", kind)):
                self.put(("pins", kind), Items({}, row.place), row.place)
            path = ("pins", kind, str(counts[kind]))
            counts[kind] += 1
            self.put(path, Draft({}, row.place), row.place)
            self.fill(path, row)

    def goals(self) -> None:
        items: dict[str, Draft | Node] = {}
        for row in self.rows("goals", self.faults):
            goal, entries = row.node("goal"), row.node("entries")
            if goal is None:
                self.fault("scheme_no_goal", row.place)
                continue
            if entries is not None and goal.value in SECTIONS:
                entries = self.codes(SECTIONS[goal.value], entries, row.raw["entries",])
            items[str(len(items))] = goal if entries is None else Draft({str(goal.value): entries}, goal.place)
        if items:
            self.put(("goals",), Items(items, next(iter(items.values())).place), None)

    def readings(self) -> None:
        for row in self.rows("reading", self.faults):
            kind = self.choice(row, "kind", READINGS)
            if kind is None:
                if row.node("kind") is None:
                    self.fault("scheme_no_choice", row.place, words=", ".join(map(choice_word, READINGS)))
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
                self.fault("scheme_reading", row.place, kind=choice_word(kind), parts=say(f"scheme_reading_{kind}"))
                continue
            self.reading(kind, given)

    def reading(self, kind: str, given: list[Node]) -> None:
        *steps, last = given
        if kind in ("blank", "synonyms"):
            ladder = self.names.column(str(steps[0].value))
            steps = [replace(steps[0], value=ladder), *steps[1:]]
            last = self.names.level(ladder, last)
        if kind == "acknowledged":
            held = self.root.children.setdefault("acknowledged", Items({}, last.place))
            assert isinstance(held, Draft)
            held.children[str(len(held.children))] = last
            return
        if kind == "sheets":
            last = replace(last, value=choice_of(last.text, ("people", "ignore")) or last.value)
        self.put((kind, *(str(step.value) for step in steps)), last, last.place)

    def other(self) -> None:
        """Values by their paths, after all else, so that lists are there to be put into."""
        for row in self.rows("other", self.faults):
            path, value = row.node("path"), row.node("value")
            if path is None or value is None:
                self.fault("scheme_other", row.place)
                continue
            text = str(path.value)
            if text.startswith("["):
                told = self.from_text(path).plain()
                steps = tuple(map(str, told)) if isinstance(told, list) else ()
            else:
                steps = tuple(step.strip() for step in text.split("/"))
            if not steps or not all(steps):
                self.fault("scheme_other", row.place)
                continue
            self.put(steps, self.from_text(value), value.place)

    # --- the tables in the same workbook ---

    def tables_inside(self) -> None:
        """The roster and the agencies, where this workbook holds them; what is to be done with every other sheet."""
        inside = {key: self.table_inside(key) for key in (ROSTER, AGENCIES)}
        declared = self.root.children.get("sheets")
        told = set(declared.children) if isinstance(declared, Draft) else set()
        strangers = [name for name in self.book.names if name not in self.known.values() and name not in told]
        for name in strangers:
            near = nearest(name, map(sheet_name, BY_NAME))
            unnamed = not near.like or UNNAMED.fullmatch(plain(name)) is not None
            idle = is_note(name) or (unnamed and self.book.is_empty(name))
            if sheets_by_name().get(plain(name)) is None and not idle:
                self.sheet_fault("scheme_sheet_unknown", name, nearest=near, sheet=sheet_name("reading"))
        if inside[ROSTER]:
            place = Place(self.known.get(ROSTER, self.book.names[0]), "A1")
            sheets = self.root.children.setdefault("sheets", Draft({}, place))
            assert isinstance(sheets, Draft)
            aside = {name: name for name in strangers}
            for name, title in (self.known | aside).items():
                use = "people" if name == ROSTER and self.book.holds_rows(title) else "ignore"
                sheets.children.setdefault(title, Node(use, self.file, 0, use, place=Place(title, "A1")))

    def table_inside(self, key: str) -> bool:
        """Whether a table is the workbook's own sheet; then the scenario names the workbook."""
        named = self.root.children.get(key)
        here = self.known.get(key)
        filled = here is not None and self.book.holds_rows(here)
        if key == ROSTER and not filled:
            here = self.people_elsewhere()
            filled = here is not None
        itself = isinstance(named, Node) and here is not None and plain(str(named.value)) == plain(here)
        if itself:
            named = self.root.children.pop(key) and None
        if isinstance(named, Node) and named.value == self.file.name:
            return filled
        if named is not None:
            if filled and here is not None:
                found = named.text if isinstance(named, Node) else ""
                self.sheet_fault("scheme_two_tables", here, file=found)
            return False
        if not filled or here is None:
            return False
        self.root.children[key] = Node(self.file.name, self.file, 0, self.file.name, place=Place(here, "A1"))
        return True

    def people_elsewhere(self) -> str | None:
        """The first sheet of this workbook that the sheet of reading calls one of people."""
        declared = self.root.children.get("sheets")
        for title, use in declared.children.items() if isinstance(declared, Draft) else ():
            if title in self.book.names and isinstance(use, Node) and use.value == "people":
                return title
        return None


EVERY_YEAR: tuple[Path, ...] = (("per_year",), ("per_year", "min"), ("per_year", "max"))
"""The columns of an amount that holds for every year."""
UNNAMED = re.compile(r"(sheet|trang|trang tinh) ?\d*")
"""What spreadsheets call a sheet that nobody has named, in its plain form."""
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


def placed(node: Node, place: Place | None) -> Node:
    """A tree all of which stands in one cell."""
    match node.value:
        case dict() as mapping:
            inside: Any = {key: placed(child, place) for key, child in mapping.items()}
        case list() as items:
            inside = [placed(child, place) for child in items]
        case _:
            inside = node.value
    return replace(node, value=inside, line=0, place=place)
