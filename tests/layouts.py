"""Small rosters laid out as offices lay them out: workbooks written cell by cell, with what stands in no cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from planner.inputs.roster.gathering import gathered
from planner.inputs.roster.told import Answers, GatheredRows, Question

LADDERS = {
    "education": ["none", "elementary", "intermediate", "college", "bachelor", "master", "doctorate"],
    "theory": ["none", "elementary", "intermediate", "advanced"],
    "administration": ["none", "officer", "specialist", "senior_specialist"],
    "informatics": ["none", "certified"],
    "language": ["none", "certified"],
}
HEADER = ["STT", "Mã cán bộ", "Họ và tên", "Năm sinh", "Giới tính", "Cơ quan", "Chức vụ", "Trình độ chuyên môn"]
Rows = Sequence[Sequence[Any]]


def person(number: int, office: str | None = "Phòng Nội vụ", **cells: Any) -> list[Any]:
    """A row under `HEADER`; `cells` by the header's contract name."""
    own = {
        "stt": number,
        "cadre": f"CB{number:02}",
        "name": f"Cán bộ {number:02}",
        "birth_year": 1970 + number,
        "sex": "Nữ" if number % 2 else "Nam",
        "agency": office,
        "post": "Chuyên viên",
        "education": "Đại học",
    }
    return [*(own | cells).values()]


def book(folder: Path, sheets: Mapping[str, Rows] | Rows, *, merged: Iterable[str] = (), name: str = "t.xlsx") -> Path:
    """A workbook; `merged` are ranges of cells of its first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in (sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}).items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        made.worksheets[0].merge_cells(cells)
    made.save(folder / name)
    return folder / name


def read(*files: Path, **answers: Any) -> GatheredRows:
    """The people of files, with somebody's answers."""
    return gathered(files, LADDERS, (), Answers(**answers))


def column(rows: GatheredRows, name: str) -> list[str]:
    """The cells of a column, from the top."""
    return [*rows.people[name]]


def plainly(rows: GatheredRows) -> GatheredRows:
    """The rows, of which nothing is asked and nothing is wrong."""
    assert [str(fault) for fault in rows.faults] == []
    return rows


def remarks(rows: GatheredRows) -> dict[str, tuple[int, ...]]:
    """Key of each remark -> its rows; a key that occurs in several sheets has the rows of all."""
    found: dict[str, tuple[int, ...]] = {}
    for remark in rows.remarks:
        found[remark.key] = (*found.get(remark.key, ()), *remark.rows)
    return found


def questions(rows: GatheredRows) -> dict[str, tuple[str, ...]]:
    """Key of each question -> where its answer is written; and that nothing else is wrong."""
    assert all(isinstance(fault, Question) for fault in rows.faults), [*map(str, rows.faults)]
    return {fault.key: fault.at for fault in rows.faults if isinstance(fault, Question)}
