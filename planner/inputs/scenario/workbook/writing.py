"""A scenario as the rows of sheets: what has a column goes there, all else to the sheet `other`, by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.conditions import METADATA
from planner.inputs.scenario.ranked_goals import SECTIONS
from planner.inputs.scenario.workbook.cells import LONGEST_TEXT, same, write_cell
from planner.inputs.scenario.workbook.condition_rows import rows_of, without_metadata
from planner.inputs.scenario.workbook.scheme_words import SchemeWords
from planner.inputs.scenario.workbook.sheets import (
    ANY,
    BY_NAME,
    GROUP_FIELDS,
    PIN_KINDS,
    READINGS,
    SHEETS,
    SOURCE,
    TITLES,
    Field,
    Path,
    SheetForm,
)
from planner.inputs.scenario.workbook.words import choice_word, column_word, sheet_name
from planner.messages import language, say

Row = dict[Path, Any]
"""A row: a column's path -> its cell; cells that are not there are empty."""
BETWEEN_STEPS = " / "
"""In the path of a value on the sheet `other`."""


@dataclass
class WrittenScheme:
    """The rows of every sheet by the sheet's name; a form has one row.

    `years` and `ladders` are those that have columns of their own; `words` what entries and levels are called.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})
    years: list[str] = field(default_factory=list)
    ladders: list[str] = field(default_factory=list)
    words: SchemeWords = field(default_factory=lambda: SchemeWords({}))


def written_scheme(scenario: Mapping[str, Any], *, in_words: bool = True) -> WrittenScheme:
    """The rows that say a scenario, given as plain mappings; entries and levels by their titles if `in_words`.

    Raises
    ------
    InputError
        A value is longer than a cell may be.
    """
    writer = _Writer(scenario, SchemeWords(scenario if in_words else {}))
    writer.write()
    return writer.scheme


class _Writer:
    def __init__(self, scenario: Mapping[str, Any], words: SchemeWords) -> None:
        self.scenario, self.words = scenario, words
        self.ladders = list(scenario.get("ladders", {}))
        self.scheme = WrittenScheme(years=_years(scenario), ladders=self.ladders, words=words)
        self.entries: dict[tuple[str, Path], Row] = {}
        self.conditions: set[str] = set()
        """The names of conditions that stand on the sheet of groups without being groups."""

    def write(self) -> None:
        own: dict[str, Callable[[str, Any], None]] = {
            "ladders": self.write_ladders,
            "groups": self.write_groups,
            "pins": self.write_pins,
            "goals": self.write_goals,
            **dict.fromkeys(READINGS, self.write_readings),
        }
        # The groups first: conditions that stand inside other entries follow them on their sheet.
        for key in sorted(self.scenario, key=lambda key: key != "groups"):
            value = self.scenario[key]
            if key in own and value:
                own[key](key, value)
            else:
                self.walk((key,), value)

    def row(self, sheet: SheetForm, path: Path) -> Row:
        """The row of the entry at `path`, made where it is not there yet."""
        entry = path[: len(sheet.path) + (sheet.shape != "form")]
        if (sheet.name, entry) not in self.entries:
            row: Row = {("id",): entry[-1]} if sheet.shape == "entries" else {}
            if sheet.name == "classes":
                row["id",] = self.words.name("programmes", entry[-1])
            self.scheme.rows[sheet.name].append(row)
            self.entries[sheet.name, entry] = row
        return self.entries[sheet.name, entry]

    def other(self, path: Path, value: Any) -> None:
        cells: Row = {("path",): path_text(path), ("value",): yaml_text(value)}
        if long := next((text for text in cells.values() if len(text) > LONGEST_TEXT), ""):
            values = {"at": ".".join(path), "length": len(long), "limit": LONGEST_TEXT}
            raise InputError(Fault("scheme_too_long", values))
        self.scheme.rows["other"].append(cells)

    def walk(self, path: Path, value: Any) -> None:
        """Write a value at its column, the values inside it at theirs, and to `other` what has none."""
        found = _field_at(path)
        if found is not None:
            sheet, column, form = found
            cell = self.words.listed(form.offer, value) or (
                self.who(path, value) if form.kind == "who" else write_cell(form, self.in_words(path, form, value))
            )
            if cell is not None:
                self.row(sheet, path)[column] = cell
                return
        entry = _entry_at(path)
        if entry is not None and isinstance(value, dict):
            self.row(entry, path)
        inside = _opened(path, value)
        if inside is None and not (entry is not None and value == {}):
            self.other(path, value)
        for step, child in inside or ():
            self.walk((*path, step), child)

    def in_words(self, path: Path, form: Field, value: Any) -> Any:
        """A value by what it is called, where it names an entry, a ladder or a level."""
        if form.offer == "levels" and isinstance(value, str):
            entry = self.scenario["programmes"][path[1]] if path[0] == "programmes" else {}
            return self.words.level(path[-1] if form.expands else str(entry.get("ladder")), value)
        return self.words.name(form.offer, value) if isinstance(value, str) else value

    def who(self, path: Path, value: Any) -> Any:
        """The cell of a condition: a group's name; the name of its rows on the sheet of groups; or its text."""
        if isinstance(value, str):
            if value[:1] == "{" or value in self.conditions:
                return None
            word = self.words.name("groups", value)
            return value if word in self.conditions else word
        rows = rows_of(value, self.ladders) if same(without_metadata(value), value) else None
        words = self.condition_rows(rows)
        if words is None:
            text = yaml_text(value)
            return text if text[:1] == "{" and len(text) <= LONGEST_TEXT else None
        first = f"{path[0] if path[-1] == 'who' else path[-1]}:{path[1]}"
        word = self.words.name(path[0], path[1])
        if word != path[1]:
            first = f"{sheet_name(path[0])}: {word}"
        name, others = first, 1
        while name in self.conditions or self.words.means_group(name) or name in self.scenario.get("groups", {}):
            others += 1
            name = f"{first}:{others}"
        self.conditions.add(name)
        kind: Row = {("id",): name, ("kind",): choice_word("condition")}
        self.scheme.rows["groups"] += [kind | row for row in words]
        return name

    def condition_rows(self, rows: list[Any] | None) -> list[Row] | None:
        """The cells of a condition's rows; None where a cell cannot hold what it should."""
        cells: list[Row] = []
        for each in rows or ():
            column = column_word(each.column, self.ladders)
            value = self.words.compared(each)
            value = write_cell(_VALUE, value) if isinstance(value, str) else value
            if column is None or value is None:
                return None
            if isinstance(value, bool):
                words = (("scheme_no", "no"), ("scheme_yes", "yes"))[value]
                value = words[1] if each.column in self.ladders else say(words[0])
            row: Row = {
                ("column",): self.words.ladder(each.column) if each.column in self.ladders else column,
                ("relation",): choice_word(each.relation),
                ("value",): value,
            }
            row |= {("block",): each.block} if each.block is not None else {}
            row |= {("not",): say("scheme_yes")} if each.unless else {}
            cells.append(row)
        return cells or None

    # --- sheets of their own form ---

    def write_ladders(self, key: str, ladders: Mapping[str, Any]) -> None:
        for name, levels in ladders.items():
            told = [self.words.level(name, level) if isinstance(level, str) else level for level in levels]
            cells: Row = {(str(n),): write_cell(_LEVEL, level) for n, level in enumerate(told, 1)}
            whole = bool(cells) and None not in cells.values()
            self.scheme.rows[key].append({("id",): self.words.ladder(name)} | (cells if whole else {}))
            if not whole:
                self.other((key, name), levels)

    def write_groups(self, key: str, groups: Mapping[str, Any]) -> None:
        for name, condition in groups.items():
            rows = self.condition_rows(rows_of(condition, self.ladders))
            head: Row = {("id",): name, ("kind",): choice_word("group")}
            bare = without_metadata(condition)
            if rows is None and isinstance(bare, dict) and len(text := yaml_text(bare)) <= LONGEST_TEXT:
                rows = [{("condition",): text}]
            if rows is None:
                self.other((key, name), condition)
                continue
            for each in METADATA if isinstance(condition, dict) else ():
                if each in condition:
                    rows[0] |= self.metadata((key, name, each), condition[each])
            self.scheme.rows[key] += [head | row for row in rows]

    def metadata(self, path: Path, value: Any) -> Row:
        """The cells of a source or a title; what they cannot say goes to `other`."""
        cells: Row = {}
        for form in (*TITLES, *SOURCE):
            for at, inside in _leaves((path[-1],), value):
                if at == form.path and (cell := write_cell(form, inside)) is not None:
                    cells[at] = cell
        if len(cells) != sum(1 for _ in _leaves((path[-1],), value)):
            self.other(path, value)
            return {}
        return cells

    def write_pins(self, key: str, pins: Mapping[str, Any]) -> None:
        for kind, items in pins.items():
            if kind not in PIN_KINDS or not items:
                self.other((key, kind), items)
                continue
            for index, pin in enumerate(items):
                row: Row = {("kind",): choice_word(kind)}
                for form in BY_NAME[key].fields:
                    for at, value in [leaf for each in pin for leaf in _leaves((each,), pin[each])]:
                        word = self.in_words((key, *at), form, value)
                        if at == form.path and at != ("kind",) and (cell := write_cell(form, word)) is not None:
                            row[at] = cell
                self.scheme.rows[key].append(row)
                for each, value in pin.items():
                    if sum(at[0] == each for at in row) != sum(1 for _ in _leaves((each,), value)):
                        self.other((key, kind, str(index), each), value)

    def write_goals(self, key: str, goals: list[Any]) -> None:
        rows: list[Row] = []
        for goal in goals:
            kind, entries = next(iter(goal.items())) if isinstance(goal, dict) else (goal, None)
            listed = self.words.listed(SECTIONS.get(kind, ""), entries)
            cell = None if entries is None else listed or write_cell(_NAMES, entries)
            if entries is not None and cell is None:
                self.other((key,), goals)
                return
            rows.append({("goal",): choice_word(kind)} | ({} if cell is None else {("entries",): cell}))
        self.scheme.rows[key] = rows

    def write_readings(self, key: str, value: Any) -> None:
        """The keys that say how the roster is read, all on one sheet."""
        told = [("", text, "") for text in value] if isinstance(value, list) else []
        for name, inside in value.items() if isinstance(value, dict) else ():
            if isinstance(inside, dict) and inside:
                told += [(name, text, meaning) for text, meaning in inside.items()]
            elif key == "blank":
                told.append((self.words.ladder(name), "", self.words.level(name, inside)))
            elif isinstance(inside, str):
                told.append(("", name, choice_word(inside) if key == "sheets" else inside))
            else:
                self.other((key, name), inside)
        for column, text, meaning in told:
            row: Row = {("kind",): choice_word(key)}
            for step, part in (("column", column), ("text", text), ("meaning", meaning)):
                if part and (cell := write_cell(_VALUE, part)) is not None:
                    row[step,] = cell
            if len(row) - 1 == sum(map(bool, (column, text, meaning))):
                self.scheme.rows["reading"].append(row)
            else:
                self.other(tuple(filter(None, (key, column, text))), meaning)


_VALUE = next(each for each in GROUP_FIELDS if each.path == ("value",))
_LEVEL = Field(("level",), "name")
_NAMES = Field(("entries",), "names")


def _years(scenario: Mapping[str, Any]) -> list[str]:
    """The years of the horizon, and those that ranges by year name besides."""
    horizon = scenario.get("horizon", {})
    years = {str(year) for year in range(horizon.get("first", 0), horizon.get("last", -1) + 1)}
    whole = [*scenario.get("seats", {}).values(), scenario.get("budget") or {}]
    for entry in whole:
        by_year = entry.get("per_year")
        years |= {year for year in by_year if str(year).isdecimal()} if isinstance(by_year, dict) else set()
    return sorted(years)


@cache
def _patterns() -> list[tuple[Path, Path, SheetForm, Field]]:
    return [
        (pattern, pattern[len(pattern) - len(form.path) :], sheet, form)
        for sheet in SHEETS
        if sheet.shape in ("form", "entries", "items")
        for pattern, form in sheet.patterns()
    ]


def _fits(pattern: Path, path: Path, form: Field) -> bool:
    """Whether a path is the beginning of a pattern."""
    names = zip(pattern, path, strict=False)
    by_year = form.expands == "years"
    first = pattern.index("per_year") if by_year else 0
    return all(
        name == step or (name == ANY and not (by_year and place > first and not step.isdecimal()))
        for place, (name, step) in enumerate(names)
    )


def _field_at(path: Path) -> tuple[SheetForm, Path, Field] | None:
    """The sheet, the column and the field of a path; None where it has none."""
    for pattern, below, sheet, form in _patterns():
        if len(pattern) == len(path) and _fits(pattern, path, form):
            return sheet, path[len(path) - len(below) :], form
    return None


def _entry_at(path: Path) -> SheetForm | None:
    """The sheet whose entry stands at a path."""
    for sheet in SHEETS:
        if sheet.shape in ("entries", "items") and sheet.path == path[:-1]:
            return sheet
    return None


def _opened(path: Path, value: Any) -> list[tuple[str, Any]] | None:
    """What stands inside a value of which parts have columns; None where none has."""
    if not any(len(pattern) > len(path) and _fits(pattern, path, form) for pattern, _, _, form in _patterns()):
        return None
    found: list[tuple[str, Any]] = []
    match value:
        case str() if _in_languages(path):
            found = [(language(), value)]
        case bool():
            pass
        case int() | float() if _field_at((*path, "max")) is not None:
            found = [("max", value)]
        case list() if _entry_at((*path, "0")) is not None:
            found = [(str(index), item) for index, item in enumerate(value)]
        case dict() if len(value) > 1 or not _in_languages(path):  # in one language it would come back as one text
            found = list(value.items())
    return found or None


def _in_languages(path: Path) -> bool:
    """Whether a value has a column for each language."""
    found = _field_at((*path, language()))
    return found is not None and found[2].path[-1] == language()


def _leaves(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """The texts of a title or source in two languages, or the one value that anything else is."""
    said = len(path) == 1 and path[0] in METADATA
    if said and isinstance(value, dict) and len(value) == 2:
        yield from (((*path, each), text) for each, text in value.items())
    elif said and isinstance(value, str):
        yield (*path, language()), value
    else:
        yield path, value


# --- text -----------------------------------------------------------------------------------------------------------


def path_text(path: Path) -> str:
    """A path in one cell: its steps with slashes between them, or as a list where a step holds one."""
    plain = all(step == step.strip() and step and "/" not in step and step[:1] != "[" for step in path)
    return BETWEEN_STEPS.join(path) if plain else yaml_text(list(path))


class _Flow(yaml.SafeDumper):
    """YAML on one line, every number with all its digits and without an exponent, every entry written out."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def _decimal(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    text = repr(value) if "e" not in repr(value) else f"{value:.15f}".rstrip("0")
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_Flow.add_representer(float, _decimal)


def yaml_text(value: Any) -> str:
    """A value as one line of YAML."""
    text = yaml.dump(value, Dumper=_Flow, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return str(text).removesuffix("\n").removesuffix("...").rstrip("\n")
