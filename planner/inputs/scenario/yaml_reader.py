"""YAML as people write it becomes a tree with lines; what YAML 1.1 would misread is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from planner.common.errors import Fault, InputError
from planner.common.os_errors import os_reason
from planner.inputs.scenario.slips import WrittenEntry, slip_of_scalar, slips_of_mapping
from planner.inputs.scenario.yaml_problems import lines_of, problem_told
from planner.inputs.scenario.yaml_tree import MAX_DEPTH, Location, Node

MAX_BYTES = 16_000_000
MAX_NODES = 1_000_000
MAX_ALIASES = 1_000
MAX_REPEATED = 20_000
"""So many nodes aliases may add to those that are written: twenty lines of them are a million otherwise."""
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})")
DECIMAL = re.compile(r"[-+]?([0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})")
_COLON = re.compile(r"\s*:")
LISTS = (("programmes",), ("modes",), ("bands",), ("any",), ("all",))
"""Keys of a scenario below the first level whose values are lists."""
TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def read_document(path: str | Path, keys: Collection[str] = (), *, foreign: bool = False) -> Node:
    """The tree of one YAML file.

    Parameters
    ----------
    keys
        Words that begin an entry, so that an entry that slipped into the text before it is found. Without them entries
        below the first level may be empty.
    foreign
        Another file names this one, not its user: it is told of only where it has one of the `keys`.

    Raises
    ------
    InputError
        The file is missing, too large, not text or not YAML; or it holds tags, duplicate keys, more than one document,
        nesting deeper than 32 or aliases by the thousand; or what is valid and hardly meant: a decimal comma, an entry
        without a value below the first level, curly quotes, a colon without a blank. All that is found is reported
        together, but what is no YAML ends the reading. Of a file that is something else nothing is shown.
    """
    file = Path(path)
    text = _text(file)
    try:
        root = parsed(text, file, keys)
    except InputError as error:
        empty = any(fault.key == "empty_file" for fault in error.faults)
        if not empty and not _speaks_of(text, keys if foreign else ()):
            raise InputError(Fault("not_a_scenario", {}, file, 1)) from None
        raise
    foreign_mapping = foreign and isinstance(root.value, dict) and not _speaks_of(text, keys)
    if isinstance(root.value, str) or foreign_mapping:
        raise InputError(Fault("not_a_scenario", {}, file, 1))
    return root


def _speaks_of(text: str, keys: Collection[str]) -> bool:
    """Whether a line of a text begins with one of the keys, or without `keys` with any and a blank behind it."""
    if not keys:
        return re.search(r"""^[ \t{-]*["']?[^\W\d][^:\n]*:([ \t]|\r?$)""", text, re.MULTILINE) is not None
    begun = re.findall(r"""^[ \t{-]*["']?([^\W\d]\w*)["']?[ ]*:""", text, re.MULTILINE)
    return not {"extends", *keys}.isdisjoint(begun)


def parsed(text: str, file: Path, keys: Collection[str] = ()) -> Node:
    """The tree of YAML text that stands in a file. Parameters and faults are those of `read_document`."""
    lines = lines_of(text)
    reader = _Reader(file, lines, keys)
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        root = reader.document(iter(events))
    except yaml.YAMLError as error:
        line, reason = problem_told(error, lines)
        told = [fault for fault in reader.faults if fault.line != line]  # else half of the same slip
        raise InputError([*told, Fault("not_yaml", {"reason": reason}, file, line)]) from None
    if reader.faults:
        raise InputError(reader.faults)
    return root


class _Reader:
    """Builds nodes from the event stream of one file."""

    def __init__(self, file: Path, lines: Sequence[str], keys: Collection[str]) -> None:
        self.file = file
        self.lines = lines
        self.keys = keys
        self.faults: list[Fault] = []
        self.anchors: dict[str, Node] = {}
        self.aliases = 0
        self.repeated = 0

    def document(self, events: Iterator[yaml.Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse("one_document", event)
                root = self.node(next(events), events, ())
        if root is None or root.value is None:
            raise InputError(Fault("empty_file", {}, self.file))
        return root

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], at: Location) -> Node:
        line = _line(event)
        if len(at) >= MAX_DEPTH:
            self.refuse("too_deep", event, limit=MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if getattr(event, "tag", None) is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
            self.refuse("tag", event, tag=event.tag)  # type: ignore[attr-defined]
        match event:
            case yaml.ScalarEvent():
                node = Node(self.scalar(event, at), self.file, line, event.value)
            case yaml.SequenceStartEvent():
                node = self.sequence(events, line, at)
            case _:
                node = self.mapping(events, line, at)
        if node.size > MAX_NODES:
            self.refuse("too_large", event)
        if event.anchor:  # type: ignore[attr-defined]
            self.anchors[event.anchor] = node  # type: ignore[attr-defined]
        return node

    def scalar(self, event: yaml.ScalarEvent, at: Location) -> Any:
        if not _plain(event):
            return event.value
        first, end = _line(event) - 1, event.end_mark
        last, column = (end.line, end.column) if end else (first, 0)
        if slip := slip_of_scalar(event.value, self.lines, first, last, column, self.keys):
            self.slip(at, *slip)
        return scalar(event.value)

    def sequence(self, events: Iterator[yaml.Event], line: int, at: Location) -> Node:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            here = (*at, len(items))
            items.append(self.node(event, events, here))
            if _nothing(event):
                self.slip(here, _line(event), "empty_item")
        return Node(items, self.file, line, size=1 + sum(item.size for item in items))

    def mapping(self, events: Iterator[yaml.Event], line: int, at: Location) -> Node:
        entries: dict[str, Node] = {}
        told: list[WrittenEntry] = []
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("key_not_text", event)
            key, key_line = event.value, _line(event)  # type: ignore[attr-defined]
            content = next(events)
            value = self.node(content, events, (*at, key))
            told.append(self.written(event, content, value))  # type: ignore[arg-type]
            if key in entries:
                values = {"name": key, "line": entries[key].line}
                self.faults.append(Fault("duplicate_key", values, self.file, key_line))
            entries[key] = replace(value, line=key_line)
        of_list = bool(self.keys) and at[-1:] in LISTS
        found = slips_of_mapping(told, may_be_empty=not (at and self.keys), of_list=of_list)
        for key, (where, sentence, values) in found:
            self.slip((*at, key) if key else at, where, sentence, values)
        return Node(entries, self.file, line, size=1 + sum(entry.size for entry in entries.values()))

    def written(self, key: yaml.ScalarEvent, content: yaml.Event, value: Node) -> WrittenEntry:
        end = key.end_mark
        empty = _nothing(content)
        colon = end is None or end.line >= len(self.lines) or _COLON.match(self.lines[end.line], end.column)
        bare = empty and not colon
        text = value.text if isinstance(content, yaml.ScalarEvent) and not empty else None
        return WrittenEntry(key.value, _line(key), _plain(key), bare, empty, text)

    def slip(self, at: Location, line: int, sentence: str, values: dict[str, object] | None = None) -> None:
        told = {"at": ".".join(map(str, at)) or self.file.name, **(values or {})}
        self.faults.append(Fault(sentence, told, self.file, line))

    def alias(self, event: yaml.AliasEvent) -> Node:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.refuse("too_large", event)
        name = str(event.anchor)
        if name not in self.anchors:
            self.refuse("no_anchor", event, name=name)
        self.repeated += self.anchors[name].size
        if self.repeated > MAX_REPEATED:
            self.refuse("too_large", event)
        return self.anchors[name]

    def refuse(self, key: str, event: yaml.Event, **values: object) -> None:
        raise InputError([*self.faults, Fault(key, values, self.file, _line(event))])


def _plain(event: yaml.ScalarEvent) -> bool:
    """Whether a scalar stands without quotes."""
    return bool(event.implicit[0]) and not event.style


def _nothing(event: yaml.Event) -> bool:
    """Whether nothing at all is written where a value would stand; `null` is something."""
    return isinstance(event, yaml.ScalarEvent) and _plain(event) and event.value == ""


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
        raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, str(file)[:200])) from None


def scalar(text: str) -> Any:
    """What a plain scalar stands for: a whole number, a decimal, yes or no, nothing, or itself."""
    if text in ("", "~") or text.lower() == "null":
        return None
    if text.lower() in TRUTH:
        return TRUTH[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text
