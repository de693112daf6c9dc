"""The bytes of a .csv or .xlsx file as rows of text: encodings, separators, cell types, and limits against bombs."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError
from planner.inputs.synonyms import Recogniser

Row = tuple[int, list[str]]
"""A row's number as a spreadsheet shows it, and its cells as text."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet that are not empty, and the rows with formulas that nobody has worked out yet."""

    name: str
    rows: list[Row]
    uncalculated: list[int] = field(default_factory=list)


MAX_ROWS, MAX_COLUMNS = 500_000, 1_000
"""No table of people is larger; a sheet that claims to be is a mistake or an attack."""
MAX_CELLS = 30_000_000
MAX_UNPACKED = 150 * 1024**2
LAST_ROW = 1_048_576
"""The last row of an Excel sheet."""

_SEPARATORS = ",;\t"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]")
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_FORMULA = re.compile(rb'<c r="[A-Z]+(\d+)"([^>]*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')

OLD_FONTS = re.compile(
    # TCVN3 writes "Năm sinh" as "N¨m sinh": signs stand in the middle of words.
    r"[A-Za-z][µ¸¶·¹¨©ª¾¼½](?=[A-Za-z\s,.;]|$)|[A-Za-z][«»¬\xad][A-Za-z]|®[A-Za-z¨©ª«¬À-ÿ]"
    # VNI writes "Họ và tên" as "Hoï vaø teân": a second, accented letter carries the accent of a vowel.
    r"|[AEOUYaeouy][øØûÛïÏåÅäÄëË]|[AEOaeo][âêÂÊ]|[AEOaeo][ùÙ]"
)
"""Traces of Vietnamese fonts from before Unicode, in text read as Latin-1."""


def csv_sheet(file: Path, data: bytes, headers: Recogniser) -> Sheet:
    """The one sheet of a CSV file."""
    text = _decoded(file, data).rstrip("\x1a")
    separator = None
    # Excel's own way to say the separator; a spreadsheet does not show this line, so it is not counted either.
    if stated := re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE):
        separator, text = stated[1], text[stated.end() :]
    if _CONTROL.search(text):
        raise InputError(Fault("table_binary", file=file))
    return Sheet("", _records(file, text, separator or _separator(text, headers)))


def _decoded(file: Path, data: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 or Windows-1258."""
    if data.startswith(_ZIP):
        raise InputError(Fault("table_is_workbook", file=file))
    if data.startswith(_OLE):
        raise InputError(Fault("table_old_excel", file=file))
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), _without_mark(data))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("utf-8"):
            raise InputError(Fault("table_encoding", {"encoding": encoding.upper()}, file=file)) from None
        line = data.count(b"\n", 0, error.start) + 1
    if b"\0" in data:
        raise InputError(Fault("table_binary", file=file))
    guess = data.decode("utf-8", errors="replace")
    # Mostly good UTF-8 is UTF-8 with damage: as Windows-1258 it would turn into other words.
    if encoding == "utf-8-sig" or sum(letter > "\x7f" for letter in guess) > 2 * guess.count("\ufffd"):
        raise InputError(Fault("table_encoding", {"encoding": "UTF-8"}, file=file, line=line))
    return _single_bytes(file, data, line)


def _without_mark(data: bytes) -> str:
    """UTF-16 shows by the zero bytes beside its separators and line ends, even without a mark."""
    start = data[:2000]
    if start.count(0) * 4 < len(start):
        return "utf-8"
    return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"


def _single_bytes(file: Path, data: bytes, line: int) -> str:
    """Text of one byte a letter: Windows-1258, unless its words are those of a font from before Unicode."""
    latin = data.decode("cp1252", errors="replace")
    if len(set(OLD_FONTS.findall(latin))) >= 2:
        return latin
    try:
        return data.decode("cp1258")
    except UnicodeDecodeError:
        raise InputError(Fault("table_encoding", {"encoding": "UTF-8, Windows-1258"}, file=file, line=line)) from None


def _separator(text: str, headers: Recogniser) -> str:
    """The separator that shows most known headers among the first rows, else the longest rows."""
    lines = list(islice(io.StringIO(text[:100_000], newline=""), 40))

    def shows(separator: str) -> tuple[int, int]:
        rows: list[list[str]] = []
        # A wrong separator breaks quoted cells; what was read until then still counts.
        with suppress(csv.Error):
            rows.extend(islice(csv.reader(lines, delimiter=separator, strict=True), 20))
        named = [len({headers(" ".join(cell.split())) for cell in row} - {None}) for row in rows]
        return max(named, default=0), max(map(len, rows), default=0)

    return max(_SEPARATORS, key=shows)


def _records(file: Path, text: str, separator: str) -> list[Row]:
    # Strict, for without it one quotation mark left open swallows the rest of the file in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(number, cells) for number, cells in enumerate(reader, 1) if any(map(str.strip, cells))]
    except csv.Error:
        raise InputError(Fault("table_quotes", file=file, line=reader.line_num)) from None
    for number, cells in rows:
        if len(cells) > MAX_COLUMNS or number > MAX_ROWS:
            raise InputError(Fault("table_size", {"rows": MAX_ROWS, "columns": MAX_COLUMNS}, file=file, row=number))
    return rows


def xlsx_sheets(file: Path, data: bytes) -> list[Sheet]:
    """The sheets of a workbook that are not hidden."""
    if data.startswith(_OLE):
        raise InputError(Fault("table_old_excel", file=file))
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
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            return [Sheet(sheet.title, list(sheet_rows(file, sheet)), _uncalculated(parts, sheet)) for sheet in shown]
        finally:
            book.close()


def _uncalculated(parts: zipfile.ZipFile, sheet: Any) -> list[int]:
    """The rows with formulas that no spreadsheet has worked out: they are read as if their cells were empty."""
    text = parts.read(sheet._worksheet_path)
    # A formula whose result is an empty text says that it is one (t="str").
    return [int(cell[1]) for cell in _FORMULA.finditer(text) if b't="str"' not in cell[2]]


def sheet_rows(file: Path, sheet: Any) -> Iterator[Row]:
    """The rows of a sheet opened for reading that are not empty."""
    sheet.reset_dimensions()  # a sheet may declare fewer rows than it has
    walked = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        walked += len(values)
        cells = [_cell_text(value) for value in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if number > LAST_ROW or walked > MAX_CELLS or len(cells) > MAX_COLUMNS or (cells and number > MAX_ROWS):
            values = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
            raise InputError(Fault("table_size", values, file=file, row=number))
        if cells:
            yield number, cells


def _cell_text(value: object) -> str:
    """What a spreadsheet's cell says: 1985.0 is 1985, a date its ISO form, a truth value yes or no."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time() else value).isoformat()
    return str(value)
