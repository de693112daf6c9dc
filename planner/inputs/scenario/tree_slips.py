"""Slips that the whole scenario shows: sections without content, thousands with a point, nulls that remove nothing,
entries of a what-if that were meant to change another, limits that one takes away unsaid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from planner.common.errors import Fault, closest, nearest
from planner.inputs.scenario.slips import THOUSANDS
from planner.inputs.scenario.yaml_tree import Location, Node

MOST_NEW = 50
"""So many new entries of a section may each be a slip; more are meant."""


def tree_slips(root: Node, may_be_empty: Collection[str]) -> Iterator[Fault]:
    """Keys of the first level behind which nothing stands, but for those that `may_be_empty`; numbers like 1.500."""
    for key, child in root.value.items() if isinstance(root.value, dict) else ():
        if child.value is None and child.line and not child.text and key not in may_be_empty:
            yield root.fault((key,), "empty_value", name=key)
    for location, node in _scalars(root, ()):
        if node.line and isinstance(node.value, float) and THOUSANDS.fullmatch(node.text):
            decimal = node.text.rstrip("0") if node.text.endswith("0") and node.value % 1 else f"{node.text}0"
            whole = node.text.replace(".", "")
            yield root.fault(location, "thousands_point", found=node.text, whole=whole, decimal=decimal)


def _scalars(node: Node, at: Location) -> Iterator[tuple[Location, Node]]:
    match node.value:
        case dict() as mapping:
            for key, child in mapping.items():
                yield from _scalars(child, (*at, key))
        case list() as items:
            for index, child in enumerate(items):
                yield from _scalars(child, (*at, index))
        case _:
            yield at, node


def idle_nulls(
    base: Node | None, over: Node, known: Collection[str], at: Location = ()
) -> Iterator[tuple[Location, Fault]]:
    """The nulls of `over` that take nothing away, because `base` has no such entry; with their locations.

    A null under a key that is `known` to the schema says that there is none, and is no slip.
    """
    under = base.value if base is not None and isinstance(base.value, dict) else {}
    for key, child in over.value.items() if isinstance(over.value, dict) else ():
        here = (*at, key)
        if child.value is None and key not in known and key not in under:
            told = {"at": ".".join(map(str, here)), "name": key, "nearest": nearest(key, under)}
            yield here, Fault("nothing_removed", told, child.file, child.line or None)
        yield from idle_nulls(under.get(key), child, known, here)


def new_entries(base: Node, over: Node, sections: Collection[str]) -> Iterator[tuple[Location, Fault]]:
    """The entries of `over` that `base` has not, though it has one of nearly the same name; with their locations.

    Such an entry may be meant: it is a slip only where it is not whole, see `with_slips_of_names`.
    """
    for section in sections:
        below, above = base.find((section,)).value, over.find((section,)).value
        if not (base.has(section) and over.has(section) and isinstance(below, dict) and isinstance(above, dict)):
            continue
        new = {name: child for name, child in above.items() if name not in below and isinstance(child.value, dict)}
        for name, child in new.items() if len(new) <= MOST_NEW else ():
            if meant := closest(name, below):
                told = {"at": f"{section}.{name}", "name": name, "meant": meant}
                yield (section, name), Fault("new_entry", told, child.file, child.line or None)


def replaced_limits(base: Node, over: Node) -> Iterator[Fault]:
    """What an overlay takes away from seats without saying so: a number leaves no minimum, a minimum alone no maximum.

    That is how files are laid on one another, and may be meant; its reader should know of it.
    """
    for pool, above in _mapping(_mapping(over).get("seats")).items():
        below = _mapping(_mapping(_mapping(base).get("seats")).get(pool))
        for key, new in _mapping(above).items():
            if key in ("per_year", "total") and key in below:
                yield from _replaced(below[key], new, f"seats.{pool}.{key}")


def _replaced(base: Node, over: Node, at: str) -> Iterator[Fault]:
    below, above = _mapping(base), _mapping(over)
    if below and above:
        for key in above.keys() & below.keys():
            yield from _replaced(below[key], above[key], f"{at}.{key}")
    elif below and _is_number(over) and "min" in below and below["min"].value:
        told = {"at": at, "found": over.text, "min": below["min"].text}
        yield Fault("minimum_replaced", told, over.file, over.line or None)
    elif above and _is_number(base) and "min" in above and "max" not in above:
        yield Fault("maximum_replaced", {"at": at, "max": base.text}, over.file, over.line or None)


def _mapping(node: Node | None) -> Mapping[str, Node]:
    """The entries of a node; none where it is no mapping."""
    return node.value if node is not None and isinstance(node.value, dict) else {}


def _is_number(node: Node) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def with_slips_of_names(faults: Iterable[Fault], new: Mapping[Location, Fault]) -> list[Fault]:
    """The faults; of a new entry that lacks keys one for all of them, which says what was probably meant."""
    slips = {".".join(map(str, location)): fault for location, fault in new.items()}
    found: dict[int, Fault] = {}
    lacking: dict[str, list[str]] = {}
    for place, fault in enumerate(faults):
        slip = slips.get(str(fault.values.get("at"))) if fault.key == "missing_key" else None
        if slip is None:
            found[place] = fault
            continue
        names = lacking.setdefault(str(slip.values["at"]), [])
        names.append(f"'{fault.values['name']}'")
        if len(names) == 1:
            found[place] = replace(slip, values={**slip.values, "lacking": names})
    return [_told(fault) for fault in found.values()]


def _told(fault: Fault) -> Fault:
    """The fault with all the keys that are lacking, now that they are known."""
    if fault.key != "new_entry":
        return fault
    return replace(fault, values={**fault.values, "lacking": ", ".join(fault.values["lacking"])})
