"""The bytes of an .xlsx or .xlsm file as sheets: cell types, merged and hidden cells, and limits against bombs.

Macros are neither run nor kept: nothing but the sheets' cells is read.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError
from planner.inputs.roster.sheets import (
    LAST_ROW,
    MAX_COLUMNS,
    MAX_UNPACKED,
    Merge,
    Row,
    Sheet,
    Walked,
    apart,
    cell_text,
    kept_rows,
    shown,
    shows_more,
    too_large,
)

LAST_COLUMN = 16_384
"""The last column of an Excel sheet; each is told of once."""

# Each takes time in proportion to the sheet, whatever stands in it: no two parts may share a run of signs between them,
# and a tag ends before the next begins.
_FORMULA = re.compile(
    rb'<c r="[A-Z]{1,3}(\d{1,7})"([^<>]*+)>\s*+<f(?:\s[^<>]*+|/)?+(?:(?<=/)>|>[^<]*+</f>)\s*+'
    rb"(?:<v\s*+/>\s*+|<v></v>\s*+)?</c>"
)
_MERGE = re.compile(rb'<(?:\w{1,40}+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w{1,40}+:)?row\s[^<>]*+>")
_COLUMN = re.compile(rb"<(?:\w{1,40}+:)?col\s[^<>]*+>")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_FILTER = re.compile(rb"<(?:\w+:)?filterColumn[\s>]")


def xlsx_sheets(file: Path, data: bytes) -> list[Sheet]:
    """The sheets of a workbook, the hidden ones too.

    Raises
    ------
    InputError
        The file is damaged, is no workbook, or larger than any table of people.
    """
    if not data:
        raise InputError(Fault("table_empty", file=file))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise InputError(Fault("table_unpacked", {"limit": MAX_UNPACKED // 1024**2}, file=file))
            return _workbook(file, data, parts)
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl and zipfile meet damage with whatever Python raises there: KeyError, TypeError, ...
        raise InputError(Fault("table_not_workbook", file=file)) from None


def _workbook(file: Path, data: bytes, parts: zipfile.ZipFile) -> list[Sheet]:
    import openpyxl  # takes a third of a second, which a run on CSV files need not wait for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations that openpyxl does not keep
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            told = any(map(shows_more, getattr(book, "_number_formats", ())))
            if sum(parts.getinfo(_part(sheet)).file_size for sheet in book.worksheets) > MAX_UNPACKED:
                raise InputError(Fault("table_unpacked", {"limit": MAX_UNPACKED // 1024**2}, file=file))
            walked = Walked()
            return [_sheet(file, sheet, parts, told, walked) for sheet in book.worksheets]
        finally:
            book.close()


def _sheet(file: Path, sheet: Any, parts: zipfile.ZipFile, told: bool, walked: Walked) -> Sheet:
    """A sheet's rows, and from its XML what openpyxl does not show where it reads without keeping all cells.

    `told`: whether a number format of the workbook says more than digits.
    """
    xml = parts.read(_part(sheet))
    return Sheet(
        sheet.title,
        list(kept_rows(file, _rows(file, sheet, told), walked)),
        # A formula whose result is an empty text says that it is one (t="str").
        [int(cell[1]) for cell in _FORMULA.finditer(xml) if b't="str"' not in cell[2]],
        apart(file, _merges(xml), sheet.title),
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(_hidden_rows(xml)),
        hidden_columns=frozenset(_hidden_columns(xml)),
        filtered=_FILTER.search(xml) is not None,
    )


def _part(sheet: Any) -> str:
    """The part of the file in which a sheet stands; several may be one."""
    return str(sheet._worksheet_path)


def _rows(file: Path, sheet: Any, told: bool) -> Iterator[Row]:
    sheet.reset_dimensions()  # a sheet may declare fewer rows than it has
    for number, cells in enumerate(sheet.iter_rows(values_only=not told), 1):
        if number > LAST_ROW:
            raise too_large(file, number)
        values = [shown(cell.value, cell.number_format) for cell in cells] if told else cells
        yield number, [cell_text(value) for value in values]


def _merges(xml: bytes) -> Iterator[Merge]:
    for found in _MERGE.finditer(xml):
        left, top, right, bottom = found.groups()
        yield Merge(int(top), _place(left), int(bottom), _place(right))


def _hidden_rows(xml: bytes) -> Iterator[int]:
    """The hidden rows; a row that does not say its number follows the one before."""
    number = 0
    for row in _ROW.finditer(xml) if b"hidden=" in xml else ():
        stated = re.search(rb'\sr="(\d{1,9})"', row[0])
        number = int(stated[1]) if stated else number + 1
        if _HIDDEN.search(row[0]):
            yield number


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for column in islice(_COLUMN.finditer(xml), LAST_COLUMN):
        first, last = (re.search(rb"\s%b=\"(\d{1,5})\"" % end, column[0]) for end in (b"min", b"max"))
        if first and last and _HIDDEN.search(column[0]):
            yield from range(int(first[1]) - 1, min(int(last[1]), MAX_COLUMNS))


def _place(letters: bytes) -> int:
    """The column [0 = first] that a spreadsheet calls by letters."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
