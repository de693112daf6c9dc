"""The road of an office: its list, the scheme in a workbook, and what is handed on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from commands import planner

from planner import init

LIST = """TT,Họ và tên,Nam,Nữ,Đơn vị,Người địa phương,Ngoại ngữ
1,Cán bộ Một,,12/05/1985,Phòng Nội vụ,x,Tiếng Anh B1
2,Cán bộ Hai,01/06/1990,,Phòng Nội vụ,,
"""


def test_a_list_is_read_back_in_vietnamese_and_for_its_owner_alone(tmp_path: Path) -> None:
    """No cell is English, none is coloured for the form it stood in, and whoever passes by cannot read the names."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    out = tmp_path / "out"
    assert planner("--lang", "vi", "import", tmp_path / "list.csv", "--out", out).returncode == 0
    for name in ("roster.xlsx", "roster.csv", "read-back.xlsx", "key.csv"):
        assert (out / name).stat().st_mode & 0o077 == 0, name
    told = {str(cell.value) for row in openpyxl.load_workbook(out / "roster.xlsx").active.iter_rows() for cell in row}
    assert {"Có chứng chỉ ngoại ngữ", "Nữ", "Nam", "có"} <= told
    assert not {"certified", "yes", "no", "F", "M"} & told
    book = openpyxl.load_workbook(out / "read-back.xlsx")
    page = book["Cán bộ"]
    at = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, at["Giới tính: đã ghi"]).value == page.cell(2, at["Giới tính: hiểu là"]).value == "Nữ"
    questions = [row for row in book["Câu hỏi"].iter_rows(min_row=2, values_only=True) if row[2] == "Ngoại ngữ"]
    assert [row[4] for row in questions] == ["Chưa có chứng chỉ ngoại ngữ, Có chứng chỉ ngoại ngữ, chưa rõ"]


def test_a_missing_agency_is_one_fault(tmp_path: Path) -> None:
    """However many people it has; the fault says how many."""
    init(tmp_path / "scheme")
    (tmp_path / "scheme" / "agencies.csv").write_text("agency,headcount\ncommune_a,9\ncommune_b,8\n")
    lines = planner("check", tmp_path / "scheme" / "scenario.yaml").stderr.splitlines()
    assert len(lines) == 1
    assert "the agency 'finance_office' (11 people) is not in the table of agencies" in lines[0]


def test_a_run_does_not_say_where_its_tables_lay(tmp_path: Path) -> None:
    """Neither the manifest nor the report names a folder of the machine for a table."""
    init(tmp_path / "scheme")
    shutil.move(tmp_path / "scheme" / "roster.csv", tmp_path / "roster.csv")
    scenario = tmp_path / "scheme" / "scenario.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8").replace("roster: roster.csv", "roster: ../roster.csv"))
    run = tmp_path / "run"
    assert planner("solve", scenario, "--out", run, "--quiet", "--allow-outside").returncode == 0
    tables = [entry["path"] for entry in json.loads((run / "run.json").read_text())["inputs"] if "copy" in entry]
    assert tables == ["roster.csv", "agencies.csv"]
    assert planner("report", run).returncode == 0
    assert str(tmp_path) not in (run / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("second", "columns", "cells"),
    [
        ("01/06/1990", ["birth_date"], [["1985-05-12"], ["1990-06-01"]]),
        ("1990", ["birth_year", "birth_date"], [["1985", "1985-05-12"], ["1990", ""]]),
    ],
)
def test_the_clean_roster_has_years_of_birth_and_dates_apart(
    tmp_path: Path, second: str, columns: list[str], cells: list[list[str]]
) -> None:
    """Dates under "Nam | Nữ" are dates, not years; whoever reads the contract reads the file."""
    (tmp_path / "list.csv").write_text(LIST.replace("01/06/1990", second), encoding="utf-8")
    planner("import", tmp_path / "list.csv", "--out", tmp_path / "out")
    clean = pd.read_csv(tmp_path / "out" / "roster.csv", dtype=str, keep_default_na=False)
    assert [name for name in clean.columns if name.startswith("birth")] == columns
    assert clean[columns].to_numpy().tolist() == cells
    again = planner("import", tmp_path / "out" / "roster.csv", "--out", tmp_path / "again")
    assert again.returncode == 0
    assert (tmp_path / "again" / "roster.csv").read_bytes() == (tmp_path / "out" / "roster.csv").read_bytes()
