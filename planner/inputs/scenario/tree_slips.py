"""Slips that the whole scenario shows: sections without content, thousands with a point, nulls that remove nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.slips import THOUSANDS
from planner.inputs.scenario.yaml_tree import Location, Node


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
