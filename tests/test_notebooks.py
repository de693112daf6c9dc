"""The notebooks run from end to end as they are, and are stored without outputs."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType

import nbformat
import pytest
from nbclient import NotebookClient

import planner
from docs import executed

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHORTER = {"per_year.max=4..6": "per_year.max=4", "10_000": "1_000"}  # fewer scenarios and futures than on the scheme
MINUTES = {"02", "03", "04"}
"""The notebooks that solve many times."""


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    """The first plan, a what-if study, quota utilisation, five years."""
    assert [path.stem[3:] for path in NOTEBOOKS] == ["first-plan", "what-if-study", "quota-utilisation", "five-years"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    """What a notebook shows is computed where it is read, never stored."""
    notebook = nbformat.read(path, as_version=4)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(notebook))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_in_vietnamese_what_it_is_about(path: Path) -> None:
    """Its first cell has a title and a summary in Vietnamese."""
    first = nbformat.read(path, as_version=4).cells[0].source
    assert first.startswith("# ")
    assert "**Tóm tắt.**" in first


def assert_runs(path: Path, place: Path, instead: Mapping[str, str] = MappingProxyType({})) -> None:
    """Every cell runs, and no cell warns; every picture is one.

    `place` is the folder that it is run in; `instead` holds texts that are replaced in its cells before.
    """
    notebook = nbformat.read(path, as_version=4)
    for cell in code(notebook):
        for old, new in instead.items():
            cell.source = cell.source.replace(old, new)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(place)}}).execute()
    for cell in code(notebook):
        told = [output for output in cell.outputs if output.output_type == "stream" and output.name == "stderr"]
        assert told == []
        if cell.source.endswith("get_figure()"):
            assert any("image/png" in output.get("data", {}) for output in cell.outputs)


@pytest.fixture
def _this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # the kernel is to run this checkout


@pytest.mark.usefixtures("_this_checkout")
@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.long] if path.stem[:2] in MINUTES else []) for path in NOTEBOOKS],
    ids=lambda path: path.stem,
)
def test_a_notebook_runs(path: Path, small_district: Path) -> None:
    """It runs on a few agencies of the real scheme, without a warning and with its pictures."""
    assert_runs(path, small_district.parents[1], SHORTER)


@pytest.mark.long
@pytest.mark.usefixtures("_this_checkout")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_whole_scheme(path: Path) -> None:
    """It runs as it is read, on the whole scheme, without a warning and with its pictures."""
    assert_runs(path, path.parent)


def names_used(source: str) -> set[str]:
    """What of planner a cell uses: `planner.solve`, `planner.charts.gantt`; an import of a part of it as that."""
    text = "\n".join(line for line in source.splitlines() if not line.startswith("%"))
    tree = ast.parse(text)
    imported = {
        f"import of {node.module}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }
    imported |= {
        f"import of {name.name}" for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return {name for name in imported if name.startswith("import of planner.")} | {
        name for name in used if re.fullmatch(r"planner(\.\w+)+", name)
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_public_names_only(path: Path) -> None:
    """`import planner` is its only import of planner, and what it uses is documented there."""
    used = set().union(*(names_used(cell.source) for cell in code(nbformat.read(path, as_version=4))))
    assert "planner.solve" in used or "planner.compare" in used
    assert {name for name in used if name.startswith("import")} == set()
    for name in used:
        _, public, *rest = name.split(".")
        assert public in planner.__all__, name
        assert not any(part.startswith("_") for part in rest), name
        if rest and isinstance(found := getattr(planner, public), ModuleType):
            assert (inspect.getdoc(getattr(found, rest[0])) or "") != "", name


def test_private_names_would_be_found() -> None:
    """What a notebook may not use is seen."""
    assert names_used("from planner.model import goals\nplanner.solver.x") >= {
        "import of planner.model",
        "planner.solver.x",
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_linked(path: Path) -> None:
    """From the README, and from its page in the contents of the site."""
    assert f"(notebooks/{path.name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\nnotebooks/{path.stem}\n" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert (ROOT / "docs" / "notebooks" / f"{path.stem}.md").is_file()


def test_a_notebook_becomes_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its outputs where they are asked for: text, tables, pictures; else it says that they are left out."""
    drawn = "from matplotlib.figure import Figure\naxes = Figure().subplots()\naxes.get_figure()"
    cells = ["%matplotlib inline\nprint(6 * 7)", "import pandas as pd\npd.DataFrame({'a': [1234]})", drawn]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Small")])
    notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, tmp_path / "small.ipynb")
    monkeypatch.delenv(executed.VARIABLE, raising=False)
    assert executed.NOT_RUN in executed.page_of(tmp_path / "small.ipynb")
    monkeypatch.setenv(executed.VARIABLE, "1")
    page = executed.page_of(tmp_path / "small.ipynb")
    assert page.startswith("# Small\n\n````python\nprint(6 * 7)\n````\n\n````text\n42\n````")
    assert "<td>1234</td>" in page
    assert "data:image/png;base64,iVBOR" in page
    assert executed.NOT_RUN not in page


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/how-to/notebooks.md", "docs/conf.py"])
def test_whoever_builds_the_site_runs_the_notebooks(page: str) -> None:
    """Every command that builds the site sets the variable."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if "python -m sphinx" in line]
    assert commands
    assert [line for line in commands if f"{executed.VARIABLE}=1 " not in line] == []
