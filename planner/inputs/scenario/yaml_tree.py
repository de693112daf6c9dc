"""YAML in: a file becomes a tree of nodes that know their file and line.

PyYAML's events are read, not its loader's objects: tags, duplicate keys, bombs of aliases and deep nesting are
refused, and only plain integers, decimals, yes/no/true/false and null are anything but text (YAML 1.1 would read
8:30 as 510 and 0123 as 83).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from planner.common.errors import Fault, InputError

MAX_BYTES = 16_000_000
MAX_DEPTH = 32
MAX_NODES = 1_000_000
MAX_ALIASES = 1_000

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})")
DECIMAL = re.compile(r"[-+]?([0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})")
TRUTH = {"yes": True, "true": True, "no": False, "false": False}

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Node:
    """A value of a YAML file: a scalar, a list of nodes or a mapping to nodes. A mapping's value has its key's line.

    `text` is a scalar as it was written, so that the digits of a printed number are not lost.
    """

    value: Any
    file: Path
    line: int
    text: str = ""
    size: int = 1

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

    def lines(self) -> Any:
        """Where everything stands, as ordinary dicts and texts: file:line of a scalar; of an entry under the key ``."""
        own = f"{self.file}:{self.line}"
        match self.value:
            case dict() as mapping:
                return {"": own} | {key: child.lines() for key, child in mapping.items()}
            case list() as items:
                return {"": own} | {str(place): child.lines() for place, child in enumerate(items)}
        return own

    def with_lines(self, lines: Any) -> Node:
        """The tree with the files and lines that `lines` told of it; where they do not say, with its own."""
        inside = lines if isinstance(lines, dict) else {"": lines}
        file, _, line = str(inside.get("", "")).rpartition(":")
        told = replace(self, file=Path(file), line=int(line)) if file and line.isdecimal() else self
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

    def without(self, location: Location) -> Node:
        """The tree without the entry at `location`."""
        if not location or not self.has(location[0]):
            return self
        step, rest = location[0], location[1:]
        match self.value:
            case dict() as mapping:
                kept = {key: value for key, value in mapping.items() if key != str(step)}
                return replace(self, value=mapping | {str(step): mapping[str(step)].without(rest)} if rest else kept)
            case list() as items:
                middle = [items[int(step)].without(rest)] if rest else []
                return replace(self, value=[*items[: int(step)], *middle, *items[int(step) + 1 :]])
        return self

    def with_value(self, location: Location, value: Any) -> Node:
        """The tree with another value at `location`."""
        if not location:
            return Node.of(value, self.file)
        step, rest = location[0], location[1:]
        if isinstance(self.value, list):
            items = [item.with_value(rest, value) if place == step else item for place, item in enumerate(self.value)]
            return replace(self, value=items)
        return replace(self, value=self.value | {str(step): self.value[str(step)].with_value(rest, value)})

    def has(self, step: str | int) -> bool:
        """Whether there is an entry `step` one level down."""
        match self.value:
            case dict() as mapping:
                return str(step) in mapping
            case list() as items:
                return isinstance(step, int) and step < len(items)
        return False

    def fault(self, location: Location, key: str, **values: object) -> Fault:
        """A fault at `location`, with the place in words as the blank `{at}`."""
        node = self.find(location)
        at = ".".join(map(str, location)) or self.file.name
        return Fault(key, {"at": at, **values}, node.file, node.line or None)


def read_document(path: str | Path) -> Node:
    """The tree of one YAML file.

    Raises
    ------
    InputError
        The file is missing, too large, not text or not YAML; or it holds tags, duplicate keys, more than one document,
        nesting deeper than 32 or aliases by the thousand. All duplicate keys are reported together.
    """
    file = Path(path)
    text = _text(file)
    reader = _Reader(file)
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        root = reader.document(iter(events))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(Fault("not_yaml", {"reason": error.problem}, file, mark.line + 1 if mark else 1)) from None
    except yaml.YAMLError as error:
        raise InputError(Fault("not_yaml", {"reason": str(error).splitlines()[0]}, file, 1)) from None
    if reader.faults:
        raise InputError(reader.faults)
    return root


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


class _Reader:
    """Builds nodes from the event stream of one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node] = {}
        self.aliases = 0

    def document(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse("one_document", event)
                root = self.node(next(events), events, 1)
        if root is None or root.value is None:
            raise InputError(Fault("empty_file", {}, self.file))
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        line = _line(event)
        if depth > MAX_DEPTH:
            self.refuse("too_deep", event, limit=MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if getattr(event, "tag", None) is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
            self.refuse("tag", event, tag=event.tag)  # type: ignore[attr-defined]
        match event:
            case yaml.ScalarEvent():
                plain = event.implicit[0] and not event.style
                node = Node(scalar(event.value) if plain else event.value, self.file, line, event.value)
            case yaml.SequenceStartEvent():
                node = self.sequence(events, line, depth)
            case _:
                node = self.mapping(events, line, depth)
        if node.size > MAX_NODES:
            self.refuse("too_large", event)
        if event.anchor:  # type: ignore[attr-defined]
            self.anchors[event.anchor] = node  # type: ignore[attr-defined]
        return node

    def sequence(self, events: Iterator[yaml.Event], line: int, depth: int) -> Node:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.node(event, events, depth + 1))
        return Node(items, self.file, line, size=1 + sum(item.size for item in items))

    def mapping(self, events: Iterator[yaml.Event], line: int, depth: int) -> Node:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("key_not_text", event)
            key, key_line = event.value, _line(event)  # type: ignore[attr-defined]
            value = self.node(next(events), events, depth + 1)
            if key in entries:
                values = {"name": key, "line": entries[key].line}
                self.faults.append(Fault("duplicate_key", values, self.file, key_line))
            entries[key] = replace(value, line=key_line)
        return Node(entries, self.file, line, size=1 + sum(entry.size for entry in entries.values()))

    def alias(self, event: yaml.AliasEvent) -> Node:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.refuse("too_large", event)
        name = str(event.anchor)
        if name not in self.anchors:
            self.refuse("no_anchor", event, name=name)
        return self.anchors[name]

    def refuse(self, key: str, event: yaml.Event, **values: object) -> None:
        raise InputError([*self.faults, Fault(key, values, self.file, _line(event))])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _text(file: Path) -> str:
    try:
        if file.is_dir():
            raise InputError(Fault("is_folder", {}, file))
        if file.exists() and not file.is_file():
            raise InputError(Fault("not_a_file", {}, file))
        if file.stat().st_size > MAX_BYTES:
            raise InputError(Fault("too_large", {}, file))
        return unicodedata.normalize("NFC", file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(Fault("file_missing", {}, file)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(Fault("not_utf8", {}, file, line)) from None
    except (OSError, ValueError) as error:
        raise InputError(Fault("file_unreadable", {"reason": str(error)}, str(file)[:200])) from None


def scalar(text: str) -> Any:
    """What a plain scalar stands for: a whole number, a decimal, yes or no, nothing, or itself."""
    if text in ("", "~") or text.lower() == "null":
        return None
    if text.lower() in TRUTH:
        return TRUTH[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text
