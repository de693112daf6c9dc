"""YAML in: a file becomes a tree of nodes that know their file and line, and a tree becomes a checked model.

PyYAML's events are read, not its loader's objects: tags, duplicate keys, bombs of aliases and deep nesting are
refused, and only plain integers, decimals, yes/no/true/false and null are anything but text (YAML 1.1 would read
8:30 as 510 and 0123 as 83).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from planner.errors import Fault, InputError, nearest

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
    def of(cls, value: Any, file: Path) -> Node:
        """The tree of plain dicts, lists and scalars, which have no lines."""
        if isinstance(value, dict):
            return cls({str(key): cls.of(child, file) for key, child in value.items()}, file, 0)
        if isinstance(value, list):
            return cls([cls.of(child, file) for child in value], file, 0)
        return cls(value, file, 0, str(value))

    def plain(self) -> Any:
        """The value as ordinary dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

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
                node = Node(_scalar(event.value) if plain else event.value, self.file, line, event.value)
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
        if file.stat().st_size > MAX_BYTES:
            raise InputError(Fault("too_large", {}, file))
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(Fault("file_missing", {}, file)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(Fault("not_utf8", {}, file, line)) from None
    except (OSError, ValueError) as error:
        raise InputError(Fault("file_unreadable", {"reason": str(error)}, str(file)[:200])) from None


def _scalar(text: str) -> Any:
    if text in ("", "~") or text.lower() == "null":
        return None
    if text.lower() in TRUTH:
        return TRUTH[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


# --- a tree becomes a checked model --------------------------------------------------------------------------------


class Entry(BaseModel):
    """A mapping of a YAML file with known keys: strict types, unknown keys refused, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = [info.alias or name for name, info in cls.model_fields.items()]
            for key in data:
                if key not in known:
                    raise refusal("unknown_key", at=(key,), name=key, nearest=nearest(key, known))
        return data

    def replace(self, **changes: Any) -> Self:
        """A copy with other values."""
        return self.model_copy(update=changes)


M = TypeVar("M", bound=BaseModel)


def refusal(key: str, at: Location = (), **values: object) -> PydanticCustomError:
    """What a validator raises: the sentence `key`, for the entry `at` below the value it was given."""
    return PydanticCustomError("refused", "refused", {"key": key, "below": at, "values": values})


def validated(model: type[M], root: Node) -> tuple[M | None, list[Fault]]:
    """The tree as a `model`, and every fault of it.

    What is wrong is taken out and the rest validated again, so that one fault hides no other. With faults the model
    is what was left, good for finding further faults; None where nothing useful was left.
    """
    faults: list[Fault] = []
    taken: set[Location] = set()
    tree = root
    while True:
        try:
            return model.model_validate(tree.plain()), faults
        except ValidationError as error:
            details = error.errors(include_url=False)
        found = [_fault(tree, detail) for detail in details]
        faults += [fault for detail, (_, fault) in zip(details, found, strict=True) if not _follows(detail, taken)]
        taken |= {location for location, _ in found}
        # From the last to the first, so that taking out one item of a list moves no other that is still to go.
        for location in sorted({location for location, _ in found}, key=_order, reverse=True):
            if not location:
                return None, faults
            tree = tree.without(location)


_LACKS = ("missing", "too_short", "one_of_two", "empty_range", "want_not_empty")


def _follows(detail: ErrorDetails, taken: set[Location]) -> bool:
    """Whether something is lacking only because it was taken out."""
    place, kind = detail["loc"], detail["type"]
    if kind == "refused":
        place, kind = place + detail["ctx"]["below"], detail["ctx"]["key"]
    return kind in _LACKS and any(gone[: len(place)] == place for gone in taken)


def _order(location: Location) -> list[tuple[bool, int, str]]:
    return [(isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in location]


def _fault(tree: Node, detail: ErrorDetails) -> tuple[Location, Fault]:
    """What to take out of the tree, and the fault."""
    location: Location = detail["loc"]
    context = detail.get("ctx", {})
    if detail["type"] == "refused":
        location += context["below"]
        return tree.existing(location), tree.fault(location, context["key"], **context["values"])
    key = _SENTENCES.get(detail["type"], "invalid")
    values = {"found": _shown(detail["input"]), "reason": detail["msg"], **context}
    if detail["type"] == "missing":
        values["name"], location = location[-1], location[:-1]
    return tree.existing(location), tree.fault(location, key, **values)


def _shown(value: object) -> str:
    text = "null" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


_SENTENCES = {
    "missing": "missing_key",
    "string_type": "want_text",
    "int_type": "want_integer",
    "int_from_float": "want_integer",
    "float_type": "want_number",
    "bool_type": "want_truth",
    "list_type": "want_list",
    "tuple_type": "want_list",
    "dict_type": "want_mapping",
    "model_type": "want_mapping",
    "literal_error": "want_one_of",
    "greater_than": "want_greater",
    "greater_than_equal": "want_at_least",
    "less_than": "want_less",
    "less_than_equal": "want_at_most",
    "too_short": "want_not_empty",
    "string_too_short": "want_not_empty",
}
