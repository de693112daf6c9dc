"""YAML as people write it becomes a tree with lines; what YAML 1.1 would misread is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from planner.common.errors import Fault, InputError
from planner.common.os_errors import os_reason
from planner.inputs.scenario.yaml_tree import MAX_DEPTH, Node

MAX_BYTES = 16_000_000


MAX_NODES = 1_000_000


MAX_ALIASES = 1_000


INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})")


DECIMAL = re.compile(r"[-+]?([0-9]{1,15}\.[0-9]{0,15}|\.[0-9]{1,15})")


TRUTH = {"yes": True, "true": True, "no": False, "false": False}


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
