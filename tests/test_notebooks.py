"""The notebooks run from end to end as they are, and are stored without outputs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SHORTER = {"per_year.max=4..6": "per_year.max=4", "10_000": "1_000"}  # fewer scenarios and futures than on the scheme


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
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, small_district: Path) -> None:
    """It runs on a few agencies of the real scheme, without a warning and with its pictures."""
    assert_runs(path, small_district.parents[1], SHORTER)


@pytest.mark.long
@pytest.mark.usefixtures("_this_checkout")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_whole_scheme(path: Path) -> None:
    """It runs as it is read, on the whole scheme, without a warning and with its pictures."""
    assert_runs(path, path.parent)
