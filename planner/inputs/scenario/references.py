"""The names that a scenario's entries use of each other: every one must be defined somewhere.

They are looked up in the tree as it was written, not in the model, so that an entry with one fault has its others
found, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from pydantic_core import PydanticCustomError

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.conditions import Condition, group_names, read_condition
from planner.inputs.scenario.ranked_goals import IN_FUTURES, SECTIONS
from planner.inputs.scenario.yaml_tree import Location, Node
from planner.inputs.vocabulary.answers import wrong_answers
from planner.inputs.vocabulary.levels import level_index

WHO_KEYS = {
    "programmes": ("eligible",),
    "targets": ("who",),
    "seats": ("who",),
    "shares": ("among", "who"),
    "priority": ("who",),
    "approval": ("who",),
    "risk": ("who",),
}
"""Sections whose entries hold conditions, and under which keys."""


def name_faults(root: Node) -> list[Fault]:
    """Every name that nobody defined, groups defined by themselves, programmes that do not lead upwards, pins outside
    the horizon, `changes` without a plan to speak of.
    """
    return [
        *_group_faults(root),
        *_level_faults(root),
        *_programme_faults(root),
        *_goal_faults(root),
        *_pin_faults(root),
        *_answer_faults(root),
    ]


def _entries(root: Node, section: str) -> Iterator[tuple[str, Node]]:
    """The entries of a section, as far as they are mappings."""
    found = root.value.get(section)
    if found is not None and isinstance(found.value, dict):
        yield from found.value.items()


def _names(root: Node, section: str) -> dict[str, None]:
    return dict.fromkeys(name for name, _ in _entries(root, section))


def _text(node: Node, *location: str) -> str | None:
    """The text at a location, None where there is none."""
    if node.existing(location) != location:
        return None
    value = node.find(location).value
    return value if isinstance(value, str) else None


def _texts(node: Node, key: str) -> Iterator[tuple[int, str]]:
    """The texts of a list and their indices."""
    found = node.find((key,)).value if node.has(key) else None
    for index, item in enumerate(found if isinstance(found, list) else ()):
        if isinstance(item.value, str):
            yield index, item.value


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
    """Every location that holds a condition."""
    for name, entry in _entries(root, "groups"):
        yield ("groups", name), entry
    for section, keys in WHO_KEYS.items():
        for name, entry in _entries(root, section):
            for key in keys:
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
    settled = {*in_order(needs)}
    return [name for name in needs if name not in settled]


def in_order(needs: Mapping[str, set[str]]) -> list[str]:
    """The names, each after those it needs; those that need themselves, or one that does, are left out."""
    sorter = TopologicalSorter(needs)
    order: list[str] = []
    with suppress(CycleError):  # what no circle holds up is ordered all the same
        sorter.prepare()
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return order


# --- levels and programmes ------------------------------------------------------------------------------------------


def _ladders(root: Node) -> dict[str, list[str]]:
    """The ladders and their levels, as far as they can be read."""
    return {
        name: list(dict.fromkeys(level for _, level in _texts(root.find(("ladders",)), name)))
        for name in _names(root, "ladders")
    }


def _level_faults(root: Node) -> Iterator[Fault]:
    ladders = _ladders(root)
    for name, entry in _entries(root, "programmes"):
        yield from _held_faults(root, entry, ladders, "programmes", name, "requires")
        ladder = _text(entry, "ladder")
        if ladder is not None:
            yield from _check(root, "ladder", ladder, ladders, "programmes", name, "ladder")
            yield from _climb_faults(root, name, entry, ladder, ladders.get(ladder, []))
    for name, entry in _entries(root, "targets"):
        yield from _held_faults(root, entry, ladders, "targets", name, "level")


def _held_faults(root: Node, entry: Node, ladders: Mapping[str, list[str]], *at: str) -> Iterator[Fault]:
    """The ladders and levels of a mapping ladder: level."""
    for ladder, _ in _entries(entry, at[-1]) if isinstance(entry.value, dict) else ():
        yield from _check(root, "ladder", ladder, ladders, *at, ladder)
        level = _text(entry, at[-1], ladder)
        if level is not None and ladders.get(ladder):
            yield from _check_level(root, ladder, level, ladders[ladder], *at, ladder)


def _climb_faults(root: Node, name: str, entry: Node, ladder: str, levels: list[str]) -> Iterator[Fault]:
    """The levels of a programme: on its ladder, and upwards."""
    ends = {key: level for key in ("from", "to") if (level := _text(entry, key)) is not None}
    for key, level in ends.items() if levels else ():
        yield from _check_level(root, ladder, level, levels, "programmes", name, key)
    low, high = (level_index(ladder, levels)(ends.get(key, "")) for key in ("from", "to"))
    if low is not None and high is not None and low >= high:
        yield root.fault(("programmes", name, "to"), "not_upwards", low=ends["from"], high=ends["to"])


def _check_level(root: Node, ladder: str, level: str, levels: list[str], *location: str | int) -> Iterator[Fault]:
    if level_index(ladder, levels)(level) is None:
        yield root.fault(location, "unknown_level", name=level, nearest=nearest(level, levels))


def _programme_faults(root: Node) -> Iterator[Fault]:
    known = _names(root, "programmes")
    for section in ("seats", "shares", "priority", "approval", "risk"):
        for name, entry in _entries(root, section):
            for index, programme in _texts(entry, "programmes"):
                yield from _check(root, "programme", programme, known, section, name, "programmes", index)
    for name in _names(root, "classes"):
        yield from _check(root, "programme", name, known, "classes", name)
    for location, pin in _pins(root, "require", "forbid"):
        wanted = _text(pin, "programme")
        if wanted is not None:
            yield from _check(root, "programme", wanted, known, *location, "programme")


def _answer_faults(root: Node) -> Iterator[Fault]:
    """What `blank` and `synonyms` say of the roster's cells and nobody defined."""
    blank = {name: text for name, _ in _entries(root, "blank") if (text := _text(root, "blank", name)) is not None}
    synonyms = {
        column: {name: text for name in entry.value if (text := _text(entry, name)) is not None}
        for column, entry in _entries(root, "synonyms")
        if isinstance(entry.value, dict)
    }
    for at, key, name, hint in wrong_answers(blank, synonyms, _ladders(root), _names(root, "programmes")):
        yield root.fault(at, key, name=name, found=name, nearest=hint)


# --- pins and goals -------------------------------------------------------------------------------------------------


def _pins(root: Node, *keys: str) -> Iterator[tuple[Location, Node]]:
    for key in keys:
        pins = root.find(("pins", key)).value if root.existing(("pins", key)) == ("pins", key) else ()
        for index, pin in enumerate(pins if isinstance(pins, list) else ()):
            yield ("pins", key, index), pin


def _whole(node: Node, *location: str) -> int | None:
    """The whole number at a location, None where there is none."""
    value = node.find(location).value if node.existing(location) == location else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _pin_faults(root: Node) -> Iterator[Fault]:
    """Required starts outside the horizon, which no plan can meet; forbidden ones there forbid nothing."""
    first, last = _whole(root, "horizon", "first"), _whole(root, "horizon", "last")
    for location, pin in _pins(root, "require"):
        start = _whole(pin, "start")
        if first is None or last is None or start is None or first > last or first <= start <= last:
            continue
        key = "pin_before_horizon" if start < first else "pin_after_horizon"
        yield root.fault((*location, "start"), key, start=start, first=first, last=last)


def _goal_faults(root: Node) -> Iterator[Fault]:
    """Goals that name entries nobody defined; `changes` without an earlier plan; futures without rates."""
    goals = root.value.get("goals")
    entries = {kind: _names(root, section) for kind, section in SECTIONS.items()}
    for index, goal in enumerate(goals.value if goals is not None and isinstance(goals.value, list) else ()):
        if goal.value == "changes" and "earlier" not in root.value:
            yield root.fault(("goals", index), "changes_without_earlier")
        if goal.value in IN_FUTURES and "risk" not in root.value:
            yield root.fault(("goals", index), "goal_without_risk", goal=goal.value)
        for kind, _ in goal.value.items() if isinstance(goal.value, dict) else ():
            for number, name in _texts(goal, kind) if kind in SECTIONS else ():
                yield from _check(root, f"entry_of_{kind}", name, entries[kind], "goals", index, kind, number)
