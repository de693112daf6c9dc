"""The way back: codes and names in the place of pseudonyms, in tables, workbooks and scenarios."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.csv_cells import csv_table, csv_text
from planner.common.errors import Fault, InputError
from planner.common.files import content_of
from planner.common.os_errors import os_reason
from planner.library.personal_data.key_file import PSEUDONYM, Key

TEXTS = (".yaml", ".yml", ".txt", ".md")
SUFFIXES = (".csv", ".xlsx", *TEXTS)
"""Files that are read back. Pages and documents are made again from what was read back."""
MOST_UNPACKED = 2**28
"""Of a workbook, all its parts together [bytes]."""


@dataclass(frozen=True)
class ReadBack:
    """Files with codes and names.

    Attributes
    ----------
    files
        Name -> content.
    replaced
        How many pseudonyms were replaced.
    unknown
        Pseudonyms that the key file does not know; they stay.
    passed_over
        Files of other kinds.
    """

    files: dict[str, bytes]
    replaced: int
    unknown: tuple[str, ...]
    passed_over: tuple[str, ...]


def read_back(path: str | Path, key: Key) -> ReadBack:
    """A file, or the files of a folder, with the codes of cadres for pseudonyms; tables get a column of names.

    Of a run folder only its tables and lists are read back: run.json speaks of the plan as it was computed.

    Raises
    ------
    InputError
        A file cannot be read, or there is none to read back.
    """
    given = Path(path)
    files = sorted(file for file in given.rglob("*") if file.is_file()) if given.is_dir() else [given]
    made = _Undone(key)
    found = {file.relative_to(given if given.is_dir() else given.parent).as_posix(): file for file in files}
    written = {name: made.content(file) for name, file in found.items() if file.suffix.lower() in SUFFIXES}
    if not written:
        raise InputError(Fault("pseudonym_nothing", {"kinds": ", ".join(SUFFIXES)}, given))
    passed = tuple(name for name in found if name not in written)
    return ReadBack(written, made.replaced, tuple(sorted(made.unknown)), passed)


class _Undone:
    """Replaces pseudonyms, and counts them."""

    def __init__(self, key: Key) -> None:
        self.key, self.codes = key, key.codes
        self.replaced, self.unknown = 0, set[str]()

    def content(self, file: Path) -> bytes:
        try:
            content = content_of(file)
        except OSError as error:
            raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, file)) from None
        if file.suffix.lower() == ".xlsx":
            return self._workbook(file, content)
        if file.suffix.lower() == ".csv":
            return self._table(file, content)
        return self.text(content.decode("utf-8-sig", errors="replace")).encode()

    def text(self, text: str) -> str:
        """A text with codes in the place of the pseudonyms that are known."""
        for pseudonym in {found[0] for found in PSEUDONYM.finditer(text)} - {*self.codes}:
            self.unknown.add(pseudonym)
        return PSEUDONYM.sub(lambda found: self._code(found[0]), text)

    def _code(self, pseudonym: str) -> str:
        if pseudonym not in self.codes:
            return pseudonym
        self.replaced += 1
        return self.codes[pseudonym]

    def _table(self, file: Path, content: bytes) -> bytes:
        if not PSEUDONYM.search(content.decode("utf-8", errors="replace")):
            return content
        table = csv_table(file)
        result = pd.DataFrame({name: table[name].map(self.text) for name in table})
        return csv_text(self._with_names(result)).encode()

    def _with_names(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with names behind the codes, where the key file has names and the table none."""
        if "cadre" not in table or "name" in table or not self.key.names:
            return table
        named = table.copy()
        named.insert(
            list(table).index("cadre") + 1, "name", table["cadre"].map(lambda code: self.key.names.get(code, ""))
        )
        return named

    def _workbook(self, file: Path, content: bytes) -> bytes:
        """A workbook as it is, its texts read back; a list of planner's is a form, and keeps its columns."""
        from openpyxl import load_workbook

        try:
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                    raise InputError(Fault("too_large", {}, file))
            book = load_workbook(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, KeyError):
            raise InputError(Fault("table_binary", file=file)) from None
        for cell in _texts(book):
            cell.value = self.text(cell.value)
        held = io.BytesIO()
        book.save(held)
        return held.getvalue()


def _texts(book: Any) -> Iterator[Any]:
    """The cells of a workbook that hold text."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield cell
