"""YAML in: a file becomes a tree of nodes that know their file and line.

PyYAML's events are read, not its loader's objects: tags, duplicate keys, bombs of aliases and deep nesting are
refused, and only plain integers, decimals, yes/no/true/false and null are anything but text (YAML 1.1 would read
8:30 as 510 and 0123 as 83).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError

MAX_DEPTH = 32
_NUMBER = re.compile(r"[0-9]{1,9}")


Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where a value of a workbook stands: sheet and cell, and what the cell is called there.

    `keys` are the cells of an entry's further keys, filled or not: key -> (cell, heading); `words` what a choice is
    called: value -> word.
    """

    sheet: str
    cell: str
    called: str = ""
    keys: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True)
class Node:
    """A value of a YAML file: a scalar, a list of nodes or a mapping to nodes. A mapping's value has its key's line.

    `text` is a scalar as it was written, so that the digits of a printed number are not lost. What was read from a
    workbook has a `place` instead of a line.
    """

    value: Any
    file: Path
    line: int
    text: str = ""
    size: int = 1
    place: Place | None = None

    @classmethod
    def of(cls, value: Any, file: Path, depth: int = 1) -> Node:
        """The tree of plain dicts, lists and scalars, which have no lines.

        Raises
        ------
        InputError
            They are nested deeper than 32.
        """
        if depth > MAX_DEPTH:
            raise InputError(Fault("too_deep", {"limit": MAX_DEPTH}, file))
        if isinstance(value, dict):
            return cls({str(key): cls.of(child, file, depth + 1) for key, child in value.items()}, file, 0)
        if isinstance(value, list):
            return cls([cls.of(child, file, depth + 1) for child in value], file, 0)
        return cls(value, file, 0, str(value))

    def plain(self) -> Any:
        """The value as ordinary dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def lines(self, called: Callable[[Path], str] = str) -> Any:
        """Where everything stands, as ordinary dicts and texts: file:line of a scalar; of an entry under the key ``.

        In a workbook it is file:sheet!cell. `called` says what a file is called.
        """
        own = f"{called(self.file)}:{self.place or self.line}"
        match self.value:
            case dict() as mapping:
                return {"": own} | {key: child.lines(called) for key, child in mapping.items()}
            case list() as items:
                return {"": own} | {str(index): child.lines(called) for index, child in enumerate(items)}
        return own

    def with_lines(self, lines: Any) -> Node:
        """The tree with the files and lines that `lines` told of it; where they do not say, with its own."""
        inside = lines if isinstance(lines, dict) else {"": lines}
        file, _, line = str(inside.get("", "")).rpartition(":")
        sheet, _, cell = line.rpartition("!")
        told = replace(self, file=Path(file), line=int(line)) if file and _NUMBER.fullmatch(line) else self
        if file and sheet and cell:
            told = replace(self, file=Path(file), line=0, place=Place(sheet, cell))
        match self.value:
            case dict() as mapping:
                return replace(told, value={key: child.with_lines(inside.get(key)) for key, child in mapping.items()})
            case list() as items:
                return replace(told, value=[child.with_lines(inside.get(str(n))) for n, child in enumerate(items)])
        return told

    def find(self, location: Location) -> Node:
        """The node at `location`, or the last one on the way to it."""
        node = self
        for step in self.existing(location):
            node = node.value[step if isinstance(node.value, list) else str(step)]
        return node

    def existing(self, location: Location) -> Location:
        """As much of `location` as there is."""
        if not location or not self.has(location[0]):
            return ()
        child = self.value[location[0] if isinstance(self.value, list) else str(location[0])]
        return (location[0], *child.existing(location[1:]))

    def edited(self, changes: Mapping[Location, Any]) -> Node:
        """The tree with other values at some locations, all at once; None takes the entry out."""
        below: dict[str | int, dict[Location, Any]] = {}
        for location, value in changes.items():
            if location and self.has(location[0]):
                step = location[0] if isinstance(self.value, list) else str(location[0])
                below.setdefault(step, {})[location[1:]] = value
        match self.value:
            case dict() as mapping:
                kept = {key: _changed(child, below.get(key)) for key, child in mapping.items()}
                return replace(self, value={key: child for key, child in kept.items() if child is not None})
            case list() as items:
                listed = [_changed(child, below.get(place)) for place, child in enumerate(items)]
                return replace(self, value=[child for child in listed if child is not None])
        return self

    def has(self, step: str | int) -> bool:
        """Whether there is an entry `step` one level down."""
        match self.value:
            case dict() as mapping:
                return str(step) in mapping
            case list() as items:
                return isinstance(step, int) and step < len(items)
        return False

    def fault(self, location: Location, key: str, **values: object) -> Fault:
        """A fault at `location`, with the location in words as the blank `{at}`."""
        node = self.find(location)
        at = ".".join(map(str, location)) or self.file.name
        if node.place is None:
            return Fault(key, {"at": at, **values}, node.file, node.line or None)
        return _fault_of_a_cell(node.file, node.place, key, {"at": node.place.called or at, **values})


def _changed(node: Node, changes: Mapping[Location, Any] | None) -> Node | None:
    """The node with the changes below it; None where it is taken out itself."""
    if changes is None:
        return node
    if () not in changes:
        return node.edited(changes)
    return None if changes[()] is None else Node.of(changes[()], node.file)


def _fault_of_a_cell(file: Path, place: Place, key: str, values: dict[str, Any]) -> Fault:
    """A fault in a workbook: keys and choices are called as they are there; a missing key is that of its empty cell."""
    cell, missing = place.cell, values.get("name")
    if key == "missing_key" and missing in place.keys:
        cell = place.keys[str(missing)][0]
    headed = {
        name: place.keys[str(values[name])][1] for name in ("name", "one", "other") if values.get(name) in place.keys
    }
    if "expected" in values and place.words:
        headed["expected"] = ", ".join(place.words.values())
    return Fault(key, values | headed, file, sheet=place.sheet, cell=cell)


def merged(base: Node, over: Node) -> Node:
    """`over` laid on `base`: mappings merge key by key, anything else is replaced, null removes a key."""
    if not (isinstance(base.value, dict) and isinstance(over.value, dict)):
        return over
    result = dict(base.value)
    for key, node in over.value.items():
        result[key] = merged(result[key], node) if key in result else node
    return replace(over, value=result)


def without_nulls(node: Node) -> Node:
    """The tree without the mapping entries that are null."""
    if isinstance(node.value, dict):
        kept = {key: without_nulls(child) for key, child in node.value.items() if child.value is not None}
        return replace(node, value=kept)
    if isinstance(node.value, list):
        return replace(node, value=[without_nulls(child) for child in node.value])
    return node
