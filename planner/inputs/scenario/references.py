"""The names that a scenario's entries use of each other: every one must be defined somewhere.

They are looked up in the tree as it was written, not in the model, so that an entry with one fault has its others
found, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from pydantic_core import PydanticCustomError

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.conditions import Condition, group_names, read_condition
from planner.inputs.scenario.yaml_tree import Location, Node


def name_faults(root: Node) -> list[Fault]:
    """Every name that nobody defined, groups defined by themselves, programmes that do not lead upwards."""
    return [*_group_faults(root), *_level_faults(root), *_programme_faults(root)]


def _entries(root: Node, section: str) -> Iterator[tuple[str, Node]]:
    """The entries of a section, as far as they are mappings."""
    found = root.value.get(section)
    if found is not None and isinstance(found.value, dict):
        yield from found.value.items()


def _names(root: Node, section: str) -> list[str]:
    return [name for name, _ in _entries(root, section)]


def _text(node: Node, *location: str) -> str | None:
    """The text at a place, None where there is none."""
    if node.existing(location) != location:
        return None
    value = node.find(location).value
    return value if isinstance(value, str) else None


def _texts(node: Node, key: str) -> Iterator[tuple[int, str]]:
    """The texts of a list and their places in it."""
    found = node.find((key,)).value if node.has(key) else None
    for place, item in enumerate(found if isinstance(found, list) else ()):
        if isinstance(item.value, str):
            yield place, item.value


def _check(root: Node, kind: str, name: str, known: Collection[str], *location: str | int) -> Iterator[Fault]:
    if name not in known:
        yield root.fault(location, f"unknown_{kind}", name=name, nearest=nearest(name, known))


# --- groups ---------------------------------------------------------------------------------------------------------


def _condition(node: Node) -> Condition | None:
    """The condition of a node; None where it is none, which validation tells."""
    try:
        return read_condition(node.plain())
    except PydanticCustomError:
        return None


def _whos(root: Node) -> Iterator[tuple[Location, Node]]:
    """Every place that holds a condition."""
    for name, entry in _entries(root, "groups"):
        yield ("groups", name), entry
    for section in ("programmes", "targets", "seats", "priority", "approval"):
        key = "eligible" if section == "programmes" else "who"
        for name, entry in _entries(root, section):
            if entry.has(key):
                yield (section, name, key), entry.find((key,))
    leaders = ("absence", "leaders", "who")
    if root.existing(leaders) == leaders:
        yield leaders, root.find(leaders)


def _group_faults(root: Node) -> Iterator[Fault]:
    known = _names(root, "groups")
    for location, node in _whos(root):
        condition = _condition(node)
        for group in group_names(condition) if condition is not None else ():
            yield from _check(root, "group", group.name, known, *location, *group.at)
    for name in _in_circles(root):
        yield root.fault(("groups", name), "group_cycle", name=name)


def _in_circles(root: Node) -> list[str]:
    """The groups that need themselves, or one that does."""
    conditions = {name: _condition(node) for name, node in _entries(root, "groups")}
    needs = {
        name: {group.name for group in group_names(condition) if group.name in conditions} if condition else set()
        for name, condition in conditions.items()
    }
    settled = in_order(needs)
    return [name for name in needs if name not in settled]


def in_order(needs: Mapping[str, set[str]]) -> list[str]:
    """The names, each after those it needs; those that need themselves, or one that does, are left out."""
    order: list[str] = []
    while ready := [name for name in needs if name not in order and needs[name] <= set(order)]:
        order += ready
    return order


# --- levels and programmes ------------------------------------------------------------------------------------------


def _level_faults(root: Node) -> Iterator[Fault]:
    ladders = {name: [level for _, level in _texts(root.find(("ladders",)), name)] for name in _names(root, "ladders")}
    for name, entry in _entries(root, "programmes"):
        ladder = _text(entry, "ladder")
        if ladder is not None:
            yield from _check(root, "ladder", ladder, ladders, "programmes", name, "ladder")
            yield from _climb_faults(root, name, entry, ladders.get(ladder, []))
    for name, entry in _entries(root, "targets"):
        for ladder, _ in _entries(entry, "level") if isinstance(entry.value, dict) else ():
            yield from _check(root, "ladder", ladder, ladders, "targets", name, "level", ladder)
            level = _text(entry, "level", ladder)
            if level is not None and ladders.get(ladder):
                yield from _check(root, "level", level, ladders[ladder], "targets", name, "level", ladder)


def _climb_faults(root: Node, name: str, entry: Node, levels: list[str]) -> Iterator[Fault]:
    """The levels of a programme: on its ladder, and upwards."""
    ends = {key: level for key in ("from", "to") if (level := _text(entry, key)) is not None}
    for key, level in ends.items() if levels else ():
        yield from _check(root, "level", level, levels, "programmes", name, key)
    known = len(ends) == 2 and set(ends.values()) <= set(levels)
    if known and levels.index(ends["from"]) >= levels.index(ends["to"]):
        yield root.fault(("programmes", name, "to"), "not_upwards", low=ends["from"], high=ends["to"])


def _programme_faults(root: Node) -> Iterator[Fault]:
    known = _names(root, "programmes")
    for section in ("seats", "approval"):
        for name, entry in _entries(root, section):
            for place, programme in _texts(entry, "programmes"):
                yield from _check(root, "programme", programme, known, section, name, "programmes", place)
    for name in _names(root, "classes"):
        yield from _check(root, "programme", name, known, "classes", name)
    for key in ("require", "forbid"):
        pins = root.find(("pins", key)).value if root.existing(("pins", key)) == ("pins", key) else ()
        for place, pin in enumerate(pins if isinstance(pins, list) else ()):
            wanted = _text(pin, "programme")
            if wanted is not None:
                yield from _check(root, "programme", wanted, known, "pins", key, place, "programme")
