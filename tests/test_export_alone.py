"""An exported scenario stands for itself: whatever it names, it may read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from commands import planner
from small import small

import planner as library
from planner import InputError, export, load, outside_allowed


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    """A scheme of three tables in a folder of its own."""
    path = small(tmp_path / "mine", earlier="before.csv", targets={})
    (path.parent / "before.csv").write_text("cadre,programme,start\nA,school,2022\n")
    return path


@pytest.mark.parametrize("name", ["a.yaml", "a.xlsx"])
def test_tables_outside_come_along(scheme: Path, tmp_path: Path, name: str) -> None:
    """The file in another folder is checked and solved without --allow-outside, and is told of its tables."""
    out = tmp_path / "given" / name
    kind = "--yaml" if name.endswith("yaml") else "--excel"
    done = planner("export", scheme, kind, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    tables = ["agencies.csv", "before.csv", "roster.csv"]
    assert sorted(path.name for path in (out.parent / "a-tables").iterdir()) == tables
    assert [f"{out.parent / 'a-tables' / table}" in done.stdout for table in tables] == [True] * 3
    assert planner("check", out).returncode == 0
    assert load(out).cadres.equals(load(scheme).cadres)
    assert str(tmp_path) not in (out.read_text("utf-8") if name == "a.yaml" else cells(out))
    moved = tmp_path / "elsewhere"
    out.parent.rename(moved)
    assert load(moved / name).earlier.equals(load(scheme).earlier)


def cells(path: Path) -> str:
    """All that stands in the cells of a workbook."""
    return "\n".join(str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row)


def test_with_its_roster_inside_only_the_others_come_along(scheme: Path, tmp_path: Path) -> None:
    """Roster and agencies stand in the workbook."""
    out = export(scheme, tmp_path / "given" / "a.xlsx", with_roster=True)
    assert [path.name for path in (out.parent / "a-tables").iterdir()] == ["before.csv"]
    assert load(out).cadres.equals(load(scheme).cadres)


def test_nothing_comes_along_where_it_may_be_read(scheme: Path, tmp_path: Path) -> None:
    """In the same folder, above it, below a marked folder; and where the user says that anything may be read."""
    export(scheme, scheme.parent / "a.yaml")
    export(scheme, tmp_path / "b.yaml")
    (tmp_path / ".planner-folder").touch()
    marked = export(scheme, tmp_path / "other" / "c.yaml")
    assert "roster: ../mine/roster.csv" in marked.read_text()
    (tmp_path / ".planner-folder").unlink()
    with outside_allowed():
        assert str(scheme.parent / "roster.csv") in export(scheme, tmp_path / "other" / "d.yaml").read_text()
    assert list(tmp_path.rglob("*-tables")) == []
    with pytest.raises(InputError, match="outside the folder"):
        load(marked)


def test_a_link_that_leads_outside_comes_along_as_a_file(scheme: Path, tmp_path: Path) -> None:
    """Beside the exported file it could not be read as a link."""
    (tmp_path / "given").mkdir()
    link = tmp_path / "given" / "roster.csv"
    link.symlink_to(scheme.parent / "roster.csv")
    source = load(scheme, roster=link).source
    out = export(source, tmp_path / "given" / "a.yaml")
    assert (tmp_path / "given" / "a-tables" / "roster.csv").is_symlink() is False
    assert len(load(out).cadres) == 3


def test_two_tables_of_one_name_stay_two(scheme: Path, tmp_path: Path) -> None:
    """And one file that is two tables comes once."""
    for folder, text in (("one", (scheme.parent / "roster.csv").read_text()), ("two", "agency,headcount\noffice,7\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "table.csv").write_text(text)
    tables = {"roster": tmp_path / "one" / "table.csv", "agencies": tmp_path / "two" / "table.csv"}
    out = export(load(scheme, **tables).source, tmp_path / "given" / "a.yaml")
    assert load(out).agencies["headcount"].tolist() == [7]
    assert sorted(path.name for path in (out.parent / "a-tables").iterdir()) == [
        "agencies.csv",
        "before.csv",
        "table.csv",
    ]


def test_a_table_of_somebody_else_is_not_replaced(scheme: Path, tmp_path: Path) -> None:
    """Not even with --force; the same table may lie there. Nothing is written."""
    out = tmp_path / "given" / "a.yaml"
    place = out.parent / "a-tables" / "roster.csv"
    place.parent.mkdir(parents=True)
    place.write_text("mine\n")
    done = planner("export", scheme, "--yaml", "--out", out, "--force")
    assert done.returncode == 2
    assert "another file than the table that is to come along stands at" in done.stderr
    assert place.read_text() == "mine\n"
    assert not out.exists()
    place.write_bytes((scheme.parent / "roster.csv").read_bytes())
    assert planner("export", scheme, "--yaml", "--out", out).returncode == 0
    assert planner("export", scheme, "--yaml", "--out", out, "--force").returncode == 0
    assert (out.parent / "a-tables" / "agencies.csv").stat().st_mode & 0o077 == 0
    assert library.load(out).cadres["cadre"].tolist() == ["A", "B", "C"]
