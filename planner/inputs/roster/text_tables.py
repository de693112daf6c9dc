"""The bytes of a .csv file as rows of text: encodings, separators, and limits."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.inputs.roster.sheets import LAST_ROW, Row, Sheet, Walked, kept_rows, too_large
from planner.inputs.synonyms import Recogniser, known_header

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
"""How workbooks begin: those of Excel 2003 and those that are locked, and those since."""
_SEPARATORS = ",;\t|"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]")

OLD_FONTS = re.compile(
    # TCVN3 writes "Năm sinh" as "N¨m sinh": signs stand in the middle of words.
    r"[A-Za-z][µ¸¶·¹¨©ª¾¼½](?=[A-Za-z\s,.;]|$)|[A-Za-z][«»¬\xad][A-Za-z]|®[A-Za-z¨©ª«¬À-ÿ]"
    # VNI writes "Họ và tên" as "Hoï vaø teân": a second, accented letter carries the accent of a vowel.
    r"|[AEOUYaeouy][øØûÛïÏåÅäÄëË]|[AEOaeo][âêÂÊ]|[AEOaeo][ùÙ]"
)
"""Traces of Vietnamese fonts from before Unicode, in text read as Latin-1."""


def csv_sheet(file: Path, data: bytes, headers: Recogniser) -> Sheet:
    """The one sheet of a CSV file."""
    _, separator, text = csv_records(file, data, headers)
    if _CONTROL.search(text):
        raise InputError(Fault("table_binary", file=file))
    return Sheet("", _records(file, text, separator))


def csv_records(file: Path, data: bytes, headers: Recogniser = known_header) -> tuple[str, str, str]:
    """The text of a CSV file: what stands before its records, what separates their cells, the records."""
    text = _decoded(file, data).rstrip("\x1a")
    # Excel's own way to say the separator; a spreadsheet does not show this line, so it is not counted either.
    if stated := re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE):
        return stated[0], stated[1], text[stated.end() :]
    return "", _separator(text, headers), text


def _decoded(file: Path, data: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 or Windows-1258."""
    if data.startswith(ZIP):
        raise InputError(Fault("table_is_workbook", file=file))
    if data.startswith(OLE):
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
        return list(kept_rows(file, _numbered(file, reader), Walked()))
    except csv.Error:
        raise InputError(Fault("table_quotes", file=file, line=reader.line_num)) from None


def _numbered(file: Path, records: Iterable[list[str]]) -> Iterator[Row]:
    """The records with their numbers; no spreadsheet has more, be they empty."""
    for number, cells in enumerate(records, 1):
        if number > LAST_ROW:
            raise too_large(file, number)
        yield number, cells
