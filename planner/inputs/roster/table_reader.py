"""Tables in: a .csv or .xlsx file, as people have them, becomes a table of clean text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile
from planner.common.os_errors import os_reason
from planner.inputs.roster.spreadsheets import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    OLD_FONTS,
    Row,
    Sheet,
    csv_sheet,
    xlsx_sheets,
)
from planner.inputs.synonyms import NUMBERING, Recogniser, known_header
from planner.messages import Sentence

HEADER_WITHIN = 20
"""A header stands among the first rows that hold anything [rows]."""
MAX_BYTES = 200 * 1024**2
EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})

_INVISIBLE = r"\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_LATIN = re.compile(r"[\x00-\xff]*")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_UNTIDY = re.compile(rf"^['\s]|\s$|\s\s|[^\S ]|[{_INVISIBLE}]")


@dataclass(frozen=True)
class SourceTable:
    """A table of text as it stands in a file.

    Attributes
    ----------
    file
        Where it was read.
    frame
        One column per header, under the header's own text; every cell a string, "" where empty. The index is the
        row's number as a spreadsheet shows it: from 1, header and empty rows counted; a record of a CSV file is one
        row, however many lines its quoted cells span.
    header_row
        The number of the (last) header row.
    """

    file: Path
    frame: pd.DataFrame
    header_row: int


def read_table(path: str | Path, headers: Recogniser = known_header) -> SourceTable:
    """The table in a .csv or .xlsx file.

    Parameters
    ----------
    headers
        What knows a header when it sees one: the header row is the first of the first 20 with two of them, else the
        first that is not empty. A workbook's sheet is the one that knows most of them.

    Raises
    ------
    InputError
        The file is missing, is no table or cannot be decoded; or, all together: headers that occur twice, rows longer
        than the header, columns without a header, cells that hold a spreadsheet's error.
    """
    table, faults = scan_table(path, headers)
    if faults:
        raise InputError(faults)
    return table


def scan_table(path: str | Path, headers: Recogniser = known_header) -> tuple[SourceTable, list[Fault]]:
    """`read_table` for whoever has faults to add: those that leave something to read come back beside the table."""
    file = Path(path)
    data = path.content if isinstance(path, GivenFile) else _bytes(file)
    sheets = [csv_sheet(file, data, headers)] if file.suffix.lower() == ".csv" else xlsx_sheets(file, data)
    rows = _choose(file, sheets, headers).rows
    top = [(number, [clean(cell) for cell in cells]) for number, cells in rows[: HEADER_WITHIN + 3]]
    header, start = _header(top, headers)
    body, header_row = rows[start:], top[start - 1][0]
    faults = [*_repeated_headers(file, header, header_row), *_longer_rows(file, len(header), body)]
    columns = _columns(file, body, len(header))
    texts = [set(column.tolist()) for column in columns]
    _refuse_old_fonts(file, rows, {cell for _, cells in rows[:start] for cell in cells}.union(*texts))
    cleaned = [_clean_column(column, distinct) for column, distinct in zip(columns, texts, strict=True)]
    numbers = np.array([number for number, _ in body], dtype=np.int64)
    faults += _nameless_columns(file, header, cleaned, numbers)
    faults += _error_cells(file, header, columns, texts, numbers)
    kept = {name: cleaned[column] for column, name in reversed([*enumerate(header)]) if name}
    named = {name: kept[name] for name in header if name}
    frame = pd.DataFrame(named, index=pd.Index(numbers, name="row"), dtype="str")
    return SourceTable(file, frame[filled(frame)], header_row), faults


def clean(text: str) -> str:
    """`text` in NFC, without invisible characters, with single spaces and without a leading apostrophe.

    An apostrophe before a cell tells spreadsheets that it is text ('007, '=SUM); it is no part of it.
    """
    if not _UNTIDY.search(text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    text = " ".join(text.split())
    return text[1:].lstrip() if text[:1] == "'" else text


def filled(frame: pd.DataFrame) -> np.ndarray:
    """Which rows of a table of text hold anything at all."""
    some = np.zeros(len(frame), dtype=bool)
    for name in frame.columns:
        if some.all():
            break
        some |= frame[name].to_numpy(dtype=object) != ""
    return some


def further_rows(rows: Sequence[int]) -> Sentence | str:
    """The end of a sentence about the first of `rows`: in which others the same holds."""
    if len(rows) < 2:
        return ""
    named = ", ".join(str(row) for row in rows[1:11])
    more = {"count": len(rows) - 11} if len(rows) > 11 else {}
    return Sentence("table_more_rows" if more else "table_rows", {"rows": named, **more})


def _bytes(file: Path) -> bytes:
    """The file's content, if it is a file of a kind that is read here."""
    try:
        if file.is_dir():
            raise InputError(Fault("table_folder", file=file))
        if not file.exists():
            raise InputError(Fault("file_missing", file=file))
        if not file.is_file():
            raise InputError(Fault("table_not_a_file", file=file))
        if file.suffix.lower() not in (".csv", ".xlsx"):
            raise InputError(Fault("table_extension", {"extension": file.suffix or file.name}, file=file))
        if file.stat().st_size > MAX_BYTES:
            raise InputError(Fault("table_bytes", {"limit": MAX_BYTES // 1024**2}, file=file))
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, file=file)) from None


def _choose(file: Path, sheets: Iterable[Sheet], headers: Recogniser) -> Sheet:
    """The sheet with most known headers, else the first that holds anything."""
    held = [sheet for sheet in sheets if sheet.rows]
    if not held:
        raise InputError(Fault("table_empty", file=file))
    scores = [max(known(cells, headers) for _, cells in sheet.rows[:HEADER_WITHIN]) for sheet in held]
    best = [sheet for sheet, score in zip(held, scores, strict=True) if score == max(scores)]
    # To take one of several sheets with the same columns would leave people out of the plan without a word.
    if len(best) > 1 and max(scores) >= 2:
        raise InputError(Fault("table_sheets", {"sheets": ", ".join(f"'{sheet.name}'" for sheet in best)}, file=file))
    if rows := best[0].uncalculated:
        values = {"sheet": best[0].name, "more": further_rows(sorted(set(rows)))}
        raise InputError(Fault("table_formula", values, file=file, row=min(rows)))
    return best[0]


def known(cells: Iterable[str], headers: Recogniser) -> int:
    """How many different columns the cells of a row name."""
    return len({headers(clean(cell)) for cell in cells} - {None})


def _header(top: Sequence[tuple[int, list[str]]], headers: Recogniser) -> tuple[list[str], int]:
    """The header, its lines put together, and at which of the rows the data begin."""
    within = [cells for _, cells in top[:HEADER_WITHIN]]
    line = next((i for i, cells in enumerate(within) if known(cells, headers) >= 2), 0)
    header = [*within[line]]
    if line:  # cells merged over both lines of a header have their text in the upper one
        for column, above in enumerate(within[line - 1]):
            if column < len(header) and not header[column] and headers(above):
                header[column] = above
    start = line + 1
    if start < len(top) and _continues(header, top[start][1], headers):
        header = _joined(header, top[start][1], headers)
        start += 1
    if start < len(top) and _counts_columns(top[start][1]):
        start += 1
    while header and not header[-1]:
        header.pop()
    return header, start


def _continues(header: Sequence[str], cells: Sequence[str], headers: Recogniser) -> bool:
    """Whether a row is a header's second line: it fills only columns that the first line leaves blank or groups."""
    grouped = {j for j in range(len(cells)) if j >= len(header) or not header[j]}
    grouped |= {j - 1 for j in grouped}
    below = {j for j, cell in enumerate(cells) if cell}
    names = _joined(header, cells, headers)
    return bool(below) and below <= grouped and any(headers(names[j]) for j in below)


def _joined(header: Sequence[str], cells: Sequence[str], headers: Recogniser) -> list[str]:
    """Both lines of a header as one: "Năm sinh" over "Nam" and "Nữ" is "Năm sinh Nam", "Năm sinh Nữ"."""
    names, group = [], ""
    for j in range(max(len(header), len(cells))):
        upper = header[j] if j < len(header) else ""
        lower = cells[j] if j < len(cells) else ""
        group = upper or group
        whole = f"{group} {lower}".strip()
        names.append(upper if not lower else lower if headers(lower) and not headers(whole) else whole)
    return names


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, as forms do: (1) (2) (3), or A B 1 2 3."""
    marks = [cell.strip("() .") for cell in cells if cell]
    numbers = [mark for mark in marks if not re.fullmatch("[A-Za-z]", mark)]
    return len(numbers) >= 3 and numbers == [str(i + 1) for i in range(len(numbers))]


def _longer_rows(file: Path, width: int, rows: Sequence[Row]) -> list[Fault]:
    longer = [number for number, cells in rows if len(cells) > width and any(map(clean, cells[width:]))]
    if not longer:
        return []
    return [Fault("table_row_longer", {"columns": width, "more": further_rows(longer)}, file=file, row=longer[0])]


def _columns(file: Path, rows: Sequence[Row], width: int) -> list[np.ndarray]:
    """The rows turned into columns, short rows filled up and long ones cut."""
    if len(rows) * width > MAX_CELLS:
        raise InputError(Fault("table_size", {"rows": MAX_ROWS, "columns": MAX_COLUMNS}, file=file))
    blanks = [""] * width
    even = [cells if len(cells) == width else (cells + blanks)[:width] for _, cells in rows]
    return list(np.array(even, dtype=object).reshape(len(rows), width).T)


def _clean_column(column: np.ndarray, distinct: Iterable[str]) -> np.ndarray:
    changed = {text: tidy for text in distinct if (tidy := clean(text)) != text}
    return np.array([changed.get(text, text) for text in column], dtype=object) if changed else column


def _refuse_old_fonts(file: Path, rows: Sequence[Row], texts: Iterable[str]) -> None:
    """Refuse text typed in a Vietnamese font from before Unicode: it would be taken for other words."""
    # A cell with letters beyond Latin-1 is Unicode, whatever signs it has.
    old = {text for text in texts if not text.isascii() and _LATIN.fullmatch(text) and OLD_FONTS.search(text)}
    if len(old) >= 2:
        row, cells = next((number, cells) for number, cells in rows if not old.isdisjoint(cells))
        found = next(cell for cell in cells if cell in old)[:60]
        raise InputError(Fault("table_old_font", {"found": found}, file=file, row=row))


def _repeated_headers(file: Path, header: Sequence[str], row: int) -> list[Fault]:
    faults = []
    for name in dict.fromkeys(header):
        letters = [letter(j) for j, other in enumerate(header) if other == name]
        if name and len(letters) > 1 and known_header(name) != NUMBERING:
            faults.append(
                Fault("table_header_twice", {"name": name, "columns": ", ".join(letters)}, file=file, row=row)
            )
    return faults


def _nameless_columns(
    file: Path, header: Sequence[str], columns: Sequence[np.ndarray], numbers: np.ndarray
) -> list[Fault]:
    """Columns that hold values although their header is blank."""
    faults = []
    for j, column in enumerate(columns):
        rows = [] if header[j] else numbers[column != ""].tolist()
        if rows:
            values = {"column": letter(j), "more": further_rows(rows)}
            faults.append(Fault("table_no_header", values, file=file, row=rows[0]))
    return faults


def _error_cells(
    file: Path, header: Sequence[str], columns: Sequence[np.ndarray], texts: Sequence[set[str]], numbers: np.ndarray
) -> list[Fault]:
    faults = []
    for name, column, distinct in zip(header, columns, texts, strict=True):
        for text in sorted(EXCEL_ERRORS & distinct):
            rows = numbers[column == text].tolist()
            values = {"column": name, "found": text, "more": further_rows(rows)}
            faults.append(Fault("table_error_cell", values, file=file, row=rows[0]))
    return faults


def letter(column: int) -> str:
    """How a spreadsheet calls a column [0 = first]: A, B, ..., Z, AA, ..."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
