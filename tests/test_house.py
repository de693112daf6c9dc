"""The arrows between rooms, as pyproject.toml's contracts draw them, and the measures of the house."""

from __future__ import annotations

import ast
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

import planner

PACKAGE = Path(planner.__file__).parent
PROJECT = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS, FLOORS = 17, 10  # at most
PARTS_OF_OTHERS = {"markupsafe", "pydantic_core", "typing_extensions", "pybind11_abseil"}
GRAPH = grimp.build_graph("planner", include_external_packages=True, cache_dir=None)


def children(package: str) -> set[str]:
    """The modules and packages that stand right in a package."""
    return set(GRAPH.find_children(package)) - {"planner.__main__"}


def height(rooms: set[str]) -> int:
    """The floors of a house of rooms: each stands one floor above the highest of those that it imports."""
    below = {
        room: {
            other
            for other in rooms - {room}
            if GRAPH.direct_import_exists(importer=room, imported=other, as_packages=True)
        }
        for room in rooms
    }
    floor: dict[str, int] = {}
    for room in TopologicalSorter(below).static_order():
        floor[room] = 1 + max((floor[other] for other in below[room]), default=0)
    return max(floor.values())


def test_the_contracts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """No import runs back up, none in a circle, and none where pyproject.toml forbids it."""
    monkeypatch.chdir(PACKAGE.parent)
    assert lint_imports(is_debug_mode=False, no_cache=True) == 0


def test_imports_form_no_circle() -> None:
    """The modules, the packages' own files among them, can be put so that each imports only earlier ones."""
    inside = {name for name in GRAPH.modules if not GRAPH.is_module_squashed(name)}
    arrows = {name: GRAPH.find_modules_directly_imported_by(name) & inside for name in inside}
    assert len(list(TopologicalSorter(arrows).static_order())) == len(inside)


def test_every_room_stands_on_a_floor() -> None:
    """The contract of the floors names every room, so that none may import as it likes."""
    (floors,) = [contract for contract in PROJECT["tool"]["importlinter"]["contracts"] if contract["id"] == "floors"]
    named = {room.strip() for layer in floors["layers"] for room in layer.split("|")}
    assert named == children("planner")


def test_the_house_is_small() -> None:
    """At most 17 rooms at the top and 10 floors, the media of the report counted as rooms of their own."""
    rooms = children("planner")
    assert len(rooms) <= ROOMS
    assert height(rooms - {"planner.report"} | children("planner.report")) <= FLOORS


def test_every_library_imported_is_a_dependency() -> None:
    """What a module imports is in the standard library or named in pyproject.toml."""
    outside = {name for name in GRAPH.modules if GRAPH.is_module_squashed(name)}
    wanted = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["cluster"]
    declared = {name.partition(">")[0].replace("pyyaml", "yaml").replace("python-docx", "docx") for name in wanted}
    assert outside
    assert outside <= declared | PARTS_OF_OTHERS | sys.stdlib_module_names


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.stem)
def test_every_test_says_what_must_hold(path: Path) -> None:
    """The first line of every test, and of every file of tests, is a sentence."""
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    silent = [node.name for node in functions if not ast.get_docstring(node)]
    assert silent == []
    assert ast.get_docstring(tree)
