"""The bytes of an .xls file, of Excel 97 to 2003, as sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError
from planner.inputs.roster.sheets import (
    Merge,
    Row,
    Sheet,
    Walked,
    apart,
    cell_text,
    kept_rows,
    shown,
)

MAX_XLS = 60 * 1024**2
"""xlrd keeps every cell as an object: a larger file would fill the memory [bytes]."""


def xls_sheets(file: Path, data: bytes) -> list[Sheet]:
    """The sheets of a workbook of Excel 2003 or older, the hidden ones too; its macros are not read.

    Raises
    ------
    InputError
        The file is locked, damaged, no workbook, or larger than any table of people.
    """
    if len(data) > MAX_XLS:
        raise InputError(Fault("table_bytes", {"limit": MAX_XLS // 1024**2}, file=file))
    import xlrd

    try:
        # Formatting is what tells merged and hidden cells; the log goes nowhere.
        with xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        ) as book:
            walked = Walked()
            return [_sheet(file, book, place, walked) for place in range(book.nsheets)]
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - xlrd meets damage with whatever Python raises there: IndexError, struct.error, ...
        raise InputError(Fault("table_old_excel", file=file)) from None


def _sheet(file: Path, book: Any, place: int, walked: Walked) -> Sheet:
    sheet = book.sheet_by_index(place)
    hidden = {row + 1 for row, shown in sheet.rowinfo_map.items() if shown.hidden}
    columns = {column for column, shown in sheet.colinfo_map.items() if shown.hidden}
    areas = (Merge(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells)
    merges = apart(file, areas, sheet.name)
    rows = list(kept_rows(file, _rows(book, sheet), walked))
    book.unload_sheet(place)
    return Sheet(
        sheet.name,
        rows,
        merges=merges,
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(hidden),
        hidden_columns=frozenset(columns),
    )


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    for row in range(sheet.nrows):
        yield row + 1, [cell_text(_value(book, cell)) for cell in sheet.row(row)]


def _value(book: Any, cell: Any) -> object:
    """A cell's value as openpyxl would give it."""
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case xlrd.XL_CELL_NUMBER:
            told = book.format_map.get(book.xf_list[cell.xf_index].format_key)
            return shown(cell.value, told.format_str) if told else cell.value
        case _:
            return cell.value
