"""A copy of a workbook in which every faulty cell is coloured and says in a comment what is wrong with it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError
from planner.common.results import check_result, placed, write_result
from planner.inputs.scenario.workbook.opening import SUFFIXES, OpenedBook
from planner.inputs.scenario.workbook.words import FAULTS, sheet_name
from planner.messages import say

COLOUR = "FFFF9999"
WIDTH, LINE = 320, 18
"""Of a comment [pixels]."""


@dataclass(frozen=True)
class MarkedCopy:
    """What was written: the copy, how many faults there were, and how many of them stand at a cell of it."""

    path: Path
    faults: int
    marked: int


def write_marked(file: str | Path, faults: Sequence[Fault], path: str | Path, *, force: bool = False) -> MarkedCopy:
    """Write a copy of a workbook with its faults marked, and a sheet that lists all faults, those of other files, too.

    Raises
    ------
    InputError
        The file is no workbook, or the copy does not end in .xlsx, is there already, or cannot be written.
    """
    target = check_marked(file, path, force=force)
    OpenedBook(Path(file))  # refuses what is no workbook, or unpacks to more than a workbook should
    book = _loaded(Path(file))
    here = [fault for fault in faults if _same_file(fault.file, file)]
    marked = 0
    for fault in here:
        cell = _cell(book, fault)
        if cell is not None:
            _mark(cell, say_without_place(fault))
            marked += 1
    _list(book, faults)
    content = io.BytesIO()
    book.save(content)
    placed(target, lambda place: write_result(place, content.getvalue()), force=force)
    return MarkedCopy(target, len(faults), marked)


def check_marked(file: str | Path, path: str | Path, *, force: bool) -> Path:
    """The path of a copy, refused before any work is done where it could not be written. Raises as `write_marked`."""
    if Path(file).suffix.lower() not in SUFFIXES:
        raise InputError(Fault("marked_not_workbook", {"path": file}))
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise InputError(Fault("export_suffix", {"path": target, "suffix": ".xlsx"}))
    if _same_file(target, file):
        raise InputError(Fault("marked_itself", {"path": target}))
    check_result(target, force=force)
    return target


def say_without_place(fault: Fault) -> str:
    """What is wrong, without where it is."""
    return say(fault.key, **fault.values)


def _loaded(file: Path) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl does not keep
            return openpyxl.load_workbook(file)
    except Exception:  # noqa: BLE001 - openpyxl meets damage with whatever Python raises there
        raise InputError(Fault("table_not_workbook", {}, file)) from None


def _same_file(one: Path | str | None, other: Path | str) -> bool:
    return one is not None and Path(one).resolve() == Path(other).resolve()


def _cell(book: Any, fault: Fault) -> Any:
    """The cell at which a fault stands; of a fault of a row its first; None where it says no sheet."""
    if fault.sheet is None or fault.sheet not in book.sheetnames or (fault.cell is None and fault.row is None):
        return None
    cell = book[fault.sheet][fault.cell or f"A{fault.row}"]
    merged = next((area for area in book[fault.sheet].merged_cells.ranges if cell.coordinate in area), None)
    return cell if merged is None else book[fault.sheet].cell(merged.min_row, merged.min_col)


def _mark(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    comment = Comment(before + text, say("marked_author"))
    comment.width, comment.height = WIDTH, 40 + LINE * (len(before + text) // 42 + 1)
    cell.comment = comment
    cell.fill = PatternFill("solid", fgColor=COLOUR)


def _list(book: Any, faults: Iterable[Fault]) -> None:
    """The first sheet: every fault, with where it stands."""
    from openpyxl.styles import Alignment, Font

    name = sheet_name(FAULTS)
    if name in book.sheetnames:
        del book[name]
    page = book.create_sheet(name, 0)
    page.append([say("scheme_where"), say("scheme_fault")])
    for fault in faults:
        page.append(["", ""])
        row = page.max_row
        for column, text in enumerate(("" if fault.file is None else fault.place(), say_without_place(fault)), 1):
            page.cell(row, column).value = text
            page.cell(row, column).data_type = "s"  # never a formula
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        if fault.sheet in book.sheetnames and fault.cell:
            page.cell(row, 1).hyperlink = f"#'{fault.sheet}'!{fault.cell}"
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 50, 100
    page.freeze_panes = "A2"
    book.active = 0
