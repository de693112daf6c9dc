"""Tables beside the roster in: a file, as people have them, becomes a table of clean text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs.roster.headers import HEADER_WITHIN, counts_columns, find_header, known
from planner.inputs.roster.sheets import MAX_CELLS, Row, Sheet, too_large
from planner.inputs.roster.spreadsheets import sheets_in
from planner.inputs.roster.text_tables import OLD_FONTS
from planner.inputs.roster.texts import EXCEL_ERRORS, clean, clean_column, filled, further_rows, letter
from planner.inputs.synonyms import NUMBERING, Recogniser, known_header

__all__ = ["SourceTable", "clean", "filled", "further_rows", "letter", "read_table", "scan_table"]

_LATIN = re.compile(r"[\x00-\xff]*")


@dataclass(frozen=True)
class SourceTable:
    """A table of text as it stands in a file.

    Attributes
    ----------
    file
        Where it was read.
    frame
        One column per header, under the header's own text, an upper line before " > "; every cell a string, "" where
        empty. The index is the row's number as a spreadsheet shows it: from 1, header and empty rows counted; a record
        of a CSV file is one row, however many lines its quoted cells span.
    header_row
        The number of the (last) header row.
    """

    file: Path
    frame: pd.DataFrame
    header_row: int


def read_table(path: str | Path, headers: Recogniser = known_header) -> SourceTable:
    """The table in a file.

    Parameters
    ----------
    headers
        What knows a header when it sees one. A workbook's sheet is the one that knows most of them.

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
    file, sheets = sheets_in(path, headers)
    sheet = _choose(file, [sheet for sheet in sheets if not sheet.hidden] or sheets, headers)
    header = find_header(sheet.rows, headers, sheet.merges)
    start = header.last + 1
    if start < len(sheet.rows) and counts_columns([clean(cell) for cell in sheet.rows[start][1]]):
        start += 1
    body = sheet.rows[start:]
    header_row = sheet.rows[start - 1][0]
    faults = [*_repeated_headers(file, header.lines, header_row), *longer_rows(file, len(header.names), body)]
    numbers = np.array([number for number, _ in body], dtype=np.int64)
    raw, columns, _ = clean_columns(file, sheet.rows, body, len(header.names))
    faults += _nameless_columns(file, header.names, columns, numbers)
    faults += error_cells(file, header.names, raw, numbers)
    named = {name: columns[place] for place, name in enumerate(header.names) if name}
    frame = pd.DataFrame(named, index=pd.Index(numbers, name="row"), dtype="str")
    return SourceTable(file, frame[filled(frame)], header_row), faults


def clean_columns(
    file: Path, rows: Sequence[Row], body: Sequence[Row], width: int
) -> tuple[list[np.ndarray], list[np.ndarray], frozenset[str]]:
    """The columns of the `body` of a sheet's `rows`: as they stand there, and clean; the spreadsheet's errors in them.

    Short rows are filled up.

    Raises
    ------
    InputError
        They are typed in a font from before Unicode, or are more than any table of people has.
    """
    raw = _columns(file, body, width)
    texts = [set(column.tolist()) for column in raw]
    above = rows[: len(rows) - len(body)]
    _refuse_old_fonts(file, rows, {cell for _, cells in above for cell in cells}.union(*texts))
    errors = frozenset().union(*(EXCEL_ERRORS & distinct for distinct in texts))
    return raw, [clean_column(column, distinct) for column, distinct in zip(raw, texts, strict=True)], errors


def longer_rows(file: Path, width: int, rows: Iterable[Row], sheet: str | None = None) -> list[Fault]:
    """The rows with cells beyond the header, as one fault."""
    longer = [number for number, cells in rows if len(cells) > width and any(map(clean, cells[width:]))]
    if not longer:
        return []
    values = {"columns": width, "more": further_rows(longer)}
    return [Fault("table_row_longer", values, file=file, row=longer[0], sheet=sheet)]


def error_cells(
    file: Path, header: Sequence[str], columns: Sequence[np.ndarray], numbers: np.ndarray, sheet: str | None = None
) -> list[Fault]:
    """The cells that hold a spreadsheet's error, as a fault for each error and column."""
    faults = []
    for name, column in zip(header, columns, strict=True):
        for text in sorted(EXCEL_ERRORS.intersection(column.tolist())):
            rows = numbers[column == text].tolist()
            values = {"column": name, "found": text, "more": further_rows(rows)}
            faults.append(Fault("table_error_cell", values, file=file, row=rows[0], sheet=sheet))
    return faults


def _choose(file: Path, sheets: Iterable[Sheet], headers: Recogniser) -> Sheet:
    """The sheet with most known headers, else the first that holds anything."""
    held = [sheet for sheet in sheets if sheet.rows]
    if not held:
        raise InputError(Fault("table_empty", file=file))
    scores = [max(len(known(map(clean, cells), headers)) for _, cells in sheet.rows[:HEADER_WITHIN]) for sheet in held]
    best = [sheet for sheet, score in zip(held, scores, strict=True) if score == max(scores)]
    # To take one of several sheets with the same columns would leave people out of the plan without a word.
    if len(best) > 1 and max(scores) >= 2:
        raise InputError(Fault("table_sheets", {"sheets": ", ".join(f"'{sheet.name}'" for sheet in best)}, file=file))
    if rows := best[0].uncalculated:
        values = {"sheet": best[0].name, "more": further_rows(sorted(set(rows)))}
        raise InputError(Fault("table_formula", values, file=file, row=min(rows)))
    return best[0]


def _columns(file: Path, rows: Sequence[Row], width: int) -> list[np.ndarray]:
    """The rows turned into columns, short rows filled up and long ones cut."""
    if len(rows) * width > MAX_CELLS:
        raise too_large(file)
    blanks = [""] * width
    even = [cells if len(cells) == width else (cells + blanks)[:width] for _, cells in rows]
    return list(np.array(even, dtype=object).reshape(len(rows), width).T)


def _refuse_old_fonts(file: Path, rows: Sequence[Row], texts: Iterable[str]) -> None:
    """Refuse text typed in a Vietnamese font from before Unicode: it would be taken for other words."""
    # A cell with letters beyond Latin-1 is Unicode, whatever signs it has.
    old = {text for text in texts if not text.isascii() and _LATIN.fullmatch(text) and OLD_FONTS.search(text)}
    if len(old) >= 2:
        row, cells = next((number, cells) for number, cells in rows if not old.isdisjoint(cells))
        found = next(cell for cell in cells if cell in old)[:60]
        raise InputError(Fault("table_old_font", {"found": found}, file=file, row=row))


def _repeated_headers(file: Path, header: Sequence[tuple[str, ...]], row: int) -> list[Fault]:
    faults = []
    for lines in dict.fromkeys(header):
        name = " > ".join(lines)
        letters = [letter(j) for j, other in enumerate(header) if other == lines]
        if name and len(letters) > 1 and known_header(name) != NUMBERING:
            values = {"name": name, "columns": ", ".join(letters)}
            faults.append(Fault("table_header_twice", values, file=file, row=row))
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
