"""The arrows between modules: no circles, and the ones that must never exist."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import planner

PACKAGE = Path(planner.__file__).parent
MODEL_SIDE = {"model", "optimiser", "plans", "analysis", "solver", "infeasibility"}


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports(name: str) -> Iterator[str]:
    """Every module that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(MODULES[name].read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} uses a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)


def room(name: str) -> str:
    """`planner.verification.rules` -> `verification`; the package itself is no room."""
    return [*name.split("."), ""][1]


INSIDE = {name: {found for found in imports(name) if found in MODULES} for name in MODULES}


def test_imports_form_no_circle() -> None:
    """The modules can be put in an order in which each imports only earlier ones."""
    list(TopologicalSorter(INSIDE).static_order())


@pytest.mark.parametrize("name", [name for name in MODULES if room(name) == "verification"])
def test_verification_shares_nothing_with_the_model(name: str) -> None:
    """Verification imports no option, rule, goal, model, engine or solver, neither ours nor a library's."""
    assert {room(found) for found in INSIDE[name]} & MODEL_SIDE == set()
    assert {found.split(".")[0] for found in imports(name)} & {"ortools", "scipy"} == set()


def test_what_verification_imports_leads_to_no_model_either() -> None:
    """Not even by way of another module does verification reach the model or an engine."""
    reached, waiting = set(), [name for name in MODULES if room(name) == "verification"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += INSIDE[name]
    assert {room(name) for name in reached} & MODEL_SIDE == set()
    assert {found.split(".")[0] for name in reached for found in imports(name)} & {"ortools", "scipy"} == set()


def test_only_the_report_draws() -> None:
    """Matplotlib is imported by planner/report and by nothing else; pyplot by nothing at all."""
    drawing = {name for name in MODULES if any(found.split(".")[0] == "matplotlib" for found in imports(name))}
    assert {room(name) for name in drawing} <= {"report"}
    assert not any("pyplot" in found for name in drawing for found in imports(name))


def test_nothing_imports_the_command_line() -> None:
    """The command line stands on top: only `python -m planner` imports it."""
    assert {name for name in MODULES if "planner.cli.app" in INSIDE[name]} <= {"planner.__main__"}


def test_only_the_engines_know_the_solver_library() -> None:
    """Only the engines, the simplex method and the reconstruction (another problem) import OR-Tools."""
    users = {room(name) for name in MODULES if any(found.startswith("ortools") for found in imports(name))}
    assert users <= {"optimiser", "published"}


def test_every_library_imported_is_a_dependency() -> None:
    """What a module imports is in the standard library or named in pyproject.toml."""
    declared = {"numpy", "pandas", "scipy", "ortools", "yaml", "pydantic", "typer", "rich", "openpyxl"}
    declared |= {"matplotlib", "xlsxwriter", "jinja2", "distributed", "planner"}
    # pydantic_core and typing_extensions are parts of pydantic
    declared |= {"pydantic_core", "typing_extensions"} | sys.stdlib_module_names
    assert {found.split(".")[0] for name in MODULES for found in imports(name)} <= declared


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.stem)
def test_every_test_says_what_must_hold(path: Path) -> None:
    """The first line of every test, and of every file of tests, is a sentence."""
    tree = ast.parse(path.read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    silent = [node.name for node in functions if not ast.get_docstring(node)]
    assert silent == []
    assert ast.get_docstring(tree)
