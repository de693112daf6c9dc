"""What a sweep varies: `seats.theory.per_year.max=4..8` becomes places in a scenario's tree and values to put there."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.validation import Entry
from planner.inputs.scenario.yaml_reader import DECIMAL, INTEGER, scalar
from planner.inputs.scenario.yaml_tree import Location, Node, merged, without_nulls

MOST_SCENARIOS = 10_000  # scenarios of a sweep


@dataclass(frozen=True)
class Axis:
    """One key that is varied: as it was written, where it stands in the scenario, and its values."""

    key: str
    at: Location
    values: tuple[Any, ...]


def read_axes(root: Node, varied: Sequence[str] | Mapping[str, Sequence[Any]]) -> tuple[Axis, ...]:
    """The axes of `KEY=VALUES` texts, for the scenario `root` (everything it extends merged).

    A mapping of keys to lists of values says the same; its values are taken as they are.

    VALUES are values separated by commas: numbers, yes/no, names, `null` (which removes the key), whole ranges `4..8`
    and ranges with a step `0.1..0.3..0.05`, both ends included. KEY is a path in the scenario, its steps separated by
    dots; an item of a list is known by its number, from 0. The last step may also be the name of a key further down,
    if that is clear: there is only one such key there, or all are in the items of one list, of which the last is
    meant. So `absence.share` is the share of the last band.

    Raises
    ------
    InputError
        Every text that is not of that form, every path that does not exist (with the nearest name) or is not clear.
    """
    faults: list[Fault] = []
    axes: list[Axis] = []
    for item in varied.items() if isinstance(varied, Mapping) else varied:
        try:
            axes.append(_axis(root, item) if isinstance(item, str) else _given_axis(root, *item))
        except InputError as error:
            faults += error.faults
    for one, other in itertools.permutations(axes, 2):
        if one.at == other.at and axes.index(one) < axes.index(other):
            faults.append(Fault("vary_twice", {"name": one.key}))
        elif one.at != other.at and other.at[: len(one.at)] == one.at:
            faults.append(Fault("vary_overlap", {"name": other.key, "other": one.key}))
    if faults:
        raise InputError(faults)
    return tuple(axes)


def grid(axes: Sequence[Axis]) -> list[tuple[Any, ...]]:
    """Every combination of the axes' values, the last axis changing fastest."""
    number = 1
    for axis in axes:
        number *= len(axis.values)
    if number > MOST_SCENARIOS:
        raise InputError(Fault("vary_too_many", {"number": number, "limit": MOST_SCENARIOS}))
    return list(itertools.product(*(axis.values for axis in axes)))


def varied_tree(root: Node, axes: Sequence[Axis], values: Sequence[Any]) -> Node:
    """The scenario with one value put at each axis's place, as if a file had said so over `extends`."""
    for axis, value in zip(axes, values, strict=True):
        root = merged(root, override(root, axis.at, value))
    return without_nulls(root)


def override(node: Node, at: Location, value: Any) -> Node:
    """The smallest tree that puts `value` at a place below `node`; a list is replaced whole."""
    if not at:
        return Node(value, node.file, node.line, str(value))
    step, rest = at[0], at[1:]
    below = node.find((step,)) if node.has(step) else Node({}, node.file, node.line)
    inner = override(below, rest, value)
    if isinstance(node.value, list):
        items = [merged(item, inner) if place == step else item for place, item in enumerate(node.value)]
        return Node(items, node.file, node.line)
    return Node({str(step): inner}, node.file, node.line)


# --- texts ----------------------------------------------------------------------------------------------------------


def _axis(root: Node, text: str) -> Axis:
    key, equals, values = (part.strip() for part in text.partition("="))
    parts = [part.strip() for part in values.split(",")]
    if not (key and equals and all(parts) and all(key.split("."))):
        raise InputError(Fault("vary_form", {"text": text}))
    read = [value for part in parts for value in (_range(part) if ".." in part else [scalar(part)])]
    return Axis(key, place_of(root, key), tuple(dict.fromkeys(read)))


def _given_axis(root: Node, key: str, values: Sequence[Any]) -> Axis:
    items = [value.item() if hasattr(value, "item") else value for value in values]  # a number of numpy's
    if not items or any(isinstance(item, list | dict) for item in items):
        raise InputError(Fault("vary_form", {"text": f"{key}={items}"}))
    return Axis(key, place_of(root, key), tuple(dict.fromkeys(items)))


def _range(text: str) -> Iterator[int | float]:
    ends = text.split("..")
    numbers = [Decimal(end) for end in ends if INTEGER.fullmatch(end) or DECIMAL.fullmatch(end)]
    whole = all(INTEGER.fullmatch(end) for end in ends)
    if not 2 <= len(ends) == len(numbers) <= 3 or (len(ends) == 2 and not whole):
        raise InputError(Fault("vary_range", {"text": text}))
    first, last, step = numbers if len(numbers) == 3 else (*numbers, Decimal(1))
    if step <= 0:
        raise InputError(Fault("vary_range", {"text": text}))
    number = int(abs(last - first) / step) + 1
    if number > MOST_SCENARIOS:
        raise InputError(Fault("vary_too_many", {"number": number, "limit": MOST_SCENARIOS}))
    for place in range(number):
        value = first + (step if last >= first else -step) * place
        yield int(value) if whole else float(value)


# --- places ---------------------------------------------------------------------------------------------------------


def place_of(root: Node, key: str) -> Location:
    """Where a dotted path leads in a scenario; see `read_axes`."""
    at: Location = ()
    schema: Any = Scenario
    steps = key.split(".")
    for place, name in enumerate(steps):
        node = root.find(at) if at == root.existing(at) else None
        step: str | int = int(name) if node is not None and isinstance(node.value, list) and name.isdecimal() else name
        known = _known(node, schema)
        if node is not None and not node.has(step) and step not in known:
            if place == len(steps) - 1:
                return at + _below(root, at, node, name, known)
            raise InputError(root.fault(at, "unknown_path", name=name, nearest=nearest(name, known)))
        if node is None and step not in known and known:
            raise InputError(root.fault(at, "unknown_path", name=name, nearest=nearest(name, known)))
        at, schema = (*at, step), _schema_below(schema, step)
    return at


def _below(root: Node, at: Location, node: Node, name: str, known: list[str]) -> Location:
    """The one key `name` further down, or the last of those in the items of one list."""
    places = [place for place in _places(node) if place[-1] == name]
    if not places:
        raise InputError(root.fault(at, "unknown_path", name=name, nearest=nearest(name, known)))
    shapes = {tuple("#" if isinstance(step, int) else step for step in place) for place in places}
    lists = {tuple(place[: next((i for i, s in enumerate(place) if isinstance(s, int)), None)]) for place in places}
    if len(places) > 1 and (len(shapes) > 1 or len(lists) > 1):
        shown = ", ".join(".".join(map(str, (*at, *place))) for place in places[:6])
        raise InputError(root.fault(at, "ambiguous_path", name=name, places=shown))
    return places[-1]


def _places(node: Node) -> Iterator[Location]:
    """Every place below a node, in the order of the file."""
    children = (
        node.value.items()
        if isinstance(node.value, dict)
        else enumerate(node.value if isinstance(node.value, list) else ())
    )
    for step, child in children:
        yield (step,)
        yield from ((step, *rest) for rest in _places(child))


def _known(node: Node | None, schema: Any) -> list[str]:
    """The steps that exist below a node or that the schema knows there."""
    names = list(node.value) if node is not None and isinstance(node.value, dict) else []
    if node is not None and isinstance(node.value, list):
        names = [str(place) for place in range(len(node.value))]
    model = _plain(schema)
    if isinstance(model, type) and issubclass(model, Entry):
        names += [info.alias or field for field, info in model.model_fields.items()]
    return list(dict.fromkeys(names))


def _schema_below(schema: Any, step: str | int) -> Any:
    model = _plain(schema)
    if isinstance(model, type) and issubclass(model, Entry):
        fields = {info.alias or field: info for field, info in model.model_fields.items()}
        return fields[str(step)].annotation if str(step) in fields else None
    if get_origin(model) is dict:
        return get_args(model)[1]
    return get_args(model)[0] if get_origin(model) is list else None


def _plain(schema: Any) -> Any:
    """A type without `Annotated` and without `| None`."""
    if get_origin(schema) is Annotated:
        return _plain(get_args(schema)[0])
    if get_origin(schema) in (Union, UnionType):
        members = [member for member in get_args(schema) if member is not type(None)]
        entries = [member for member in members if isinstance(member, type) and issubclass(member, Entry)]
        return _plain((entries or members)[0]) if entries or len(members) == 1 else None
    return schema
