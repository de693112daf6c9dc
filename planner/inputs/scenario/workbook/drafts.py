"""The tree of a workbook while it is being filled, cell by cell, in whatever order the sheets stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from planner.inputs.scenario.workbook.sheets import Path
from planner.inputs.scenario.yaml_tree import Node, Place


@dataclass
class Draft:
    """A mapping or list that is being filled."""

    children: dict[str, Draft | Node] = field(default_factory=dict)
    place: Place | None = None

    def put(self, path: Path, value: Draft | Node, place: Place | None) -> Node | None:
        """Put a value at a path; return the one that stood there, which stays."""
        child = self.children.get(path[0])
        if len(path) > 1:
            if not isinstance(child, Draft):
                child = self.children[path[0]] = _opened(child, place)
            return child.put(path[1:], value, place)
        if isinstance(child, Node) or (child is not None and isinstance(value, Node) and child.children):
            return child if isinstance(child, Node) else Node(None, FilePath(), 0, place=child.place)
        if child is None or isinstance(value, Node):
            self.children[path[0]] = value
        return None

    def holds(self, path: Path) -> bool:
        """Whether something stands at a path."""
        at: Draft | Node | None = self
        for step in path:
            at = at.children.get(step) if isinstance(at, Draft) else None
        return at is not None

    def node(self, file: FilePath) -> Node:
        """The finished tree."""
        inside = {key: child.node(file) if isinstance(child, Draft) else child for key, child in self.children.items()}
        return Node(inside, file, 0, place=self.place)


class Languages(Draft):
    """A text by language; one that stands in one column alone is the text of every language."""

    def node(self, file: FilePath) -> Node:
        """The text, or the mapping of languages to texts."""
        texts = [child for child in self.children.values() if isinstance(child, Node)]
        return texts[0] if len(texts) == 1 else super().node(file)


class Items(Draft):
    """A list: its items under their numbers."""

    def node(self, file: FilePath) -> Node:
        """The finished list."""
        ordered = sorted(self.children.items(), key=lambda item: int(item[0]))
        items = [child.node(file) if isinstance(child, Draft) else child for _, child in ordered]
        return Node(items, file, 0, place=self.place)


def nested(column: Path, place: Place) -> Draft:
    """The mapping in which a column's value stands."""
    return Languages({}, place) if column[-1] in ("vi", "en") else Draft({}, place)


def _opened(child: Node | None, place: Place | None) -> Draft:
    """A value into which more is put."""
    if child is not None and isinstance(child.value, dict):
        return Draft(dict(child.value), child.place)
    if child is not None and isinstance(child.value, list):
        return Items({str(index): item for index, item in enumerate(child.value)}, child.place)
    return Draft({}, place)


def placed(node: Node, place: Place | None) -> Node:
    """A tree all of which stands in one cell."""
    match node.value:
        case dict() as mapping:
            inside: Any = {key: placed(child, place) for key, child in mapping.items()}
        case list() as items:
            inside = [placed(child, place) for child in items]
        case _:
            inside = node.value
    return replace(node, value=inside, line=0, place=place)
