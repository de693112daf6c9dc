"""Scenarios written in Python: mappings as a YAML file would have them become the same trees, without lines."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.inputs.scenario.yaml_tree import Node

SCENARIO, OVERLAY = "scenario", "overlay"  # what faults call a scenario and an overlay that no file holds


def tree_of(written: Mapping[str, Any], name: str = SCENARIO) -> Node:
    """The tree of a mapping; `name` stands in faults where a file would.

    Raises
    ------
    InputError
        It is nested deeper than 32.
    """
    return Node.of(_as_yaml(written), Path(name))


def _as_yaml(value: Any) -> Any:
    """A value in the types that YAML has: dicts, lists, composed text; numpy's numbers as Python's, paths as text."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case Mapping():
            return {unicodedata.normalize("NFC", str(key)): _as_yaml(inside) for key, inside in value.items()}
        case list() | tuple():
            return [_as_yaml(item) for item in value]
        case os.PathLike():
            return os.fspath(value)
    return value.item() if hasattr(value, "item") else value
