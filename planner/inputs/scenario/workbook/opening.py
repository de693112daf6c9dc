"""Workbooks in: the cells of the scheme's sheets as they are, and which of them are formulas that nobody worked out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile
from planner.common.os_errors import os_reason

SUFFIXES = (".xlsx", ".xlsm")
MAX_BYTES = 200 * 1024**2
MAX_UNPACKED = 150 * 1024**2
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 2_000_000
"""No sheet of a scheme is larger; one that claims to be is a mistake or an attack."""

MAX_MERGED = 1_000
"""Further down no scheme has merged cells [rows]."""
_MERGED = re.compile(rb'<mergeCell [^<>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MAX_EMPTY = 30_000_000
"""So many empty cells may stand before the first that is not."""

Cells = list[tuple[int, list[Any]]]
"""Rows that hold anything: the number that a spreadsheet shows, and the cells from column A on, None where empty."""


@dataclass(frozen=True)
class OpenedSheet:
    """A sheet: its name, its rows, and the cells (row, column from 0) whose formula has no stored result.

    `merged` are the cells that are merged with one above them, in one column: row -> columns from 0, each with the row
    of the one above.
    """

    name: str
    rows: Cells
    uncalculated: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    merged: Mapping[int, list[tuple[int, int]]] = field(default_factory=dict)

    def rows_below(self, top: int) -> Iterator[tuple[int, list[Any]]]:
        """The rows below the headings; a cell that is merged with one above it says what that says."""
        above: dict[tuple[int, int], Any] = {}
        for number, cells in self.rows:
            if number <= top:
                continue
            above |= {(number, place): cell for place, cell in enumerate(cells) if cell is not None}
            filled = list(cells)
            for place, first in self.merged.get(number, ()):
                if (first, place) in above:
                    filled += [None] * (place + 1 - len(filled))
                    filled[place] = above[first, place]
            yield number, filled


class OpenedBook:
    """A workbook; a sheet is read only when it is asked for."""

    def __init__(self, file: Path | GivenFile) -> None:
        """Open a file.

        Raises
        ------
        InputError
            It is missing, too large, or no workbook.
        """
        self.file = Path(file)
        data = file.content if isinstance(file, GivenFile) else _bytes(self.file)
        file = self.file
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                    raise InputError(Fault("table_unpacked", {"limit": MAX_UNPACKED // 1024**2}, file))
                self._results, self._formulas = _loaded(data, results=True), _loaded(data, results=False)
                # Many sheets may be one and the same part, each time unpacked again.
                sizes = [parts.getinfo(sheet._worksheet_path).file_size for sheet in self._results.worksheets]  # noqa: SLF001
                if sum(sizes) > MAX_UNPACKED:
                    raise InputError(Fault("table_unpacked", {"limit": MAX_UNPACKED // 1024**2}, file))
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - openpyxl and zipfile meet damage with whatever Python raises there
            raise InputError(Fault("table_not_workbook", {}, file)) from None
        self.names = [sheet.title for sheet in self._results.worksheets]

    def sheet(self, name: str) -> OpenedSheet:
        """The cells of a sheet.

        Raises
        ------
        InputError
            It reaches too far, or is damaged.
        """
        try:
            rows = list(self._rows(name))
            held = {(number, place) for number, cells in rows for place, cell in enumerate(cells) if cell is not None}
            return OpenedSheet(name, rows, frozenset(set(self._formula_cells(name)) - held), self._merged_cells(name))
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - as above
            raise InputError(Fault("table_not_workbook", {}, self.file)) from None

    def is_empty(self, name: str) -> bool:
        """Whether a sheet holds nothing at all."""
        return next(self._filled(name), None) is None

    def _merged_cells(self, name: str) -> dict[int, list[tuple[int, int]]]:
        from openpyxl.utils import column_index_from_string

        with self._results[name]._get_source() as source:  # noqa: SLF001 - openpyxl tells no merged cells here
            areas = _MERGED.findall(source.read())
        found: dict[int, list[tuple[int, int]]] = {}
        taken: set[tuple[int, int]] = set()
        for left, first, right, last in areas[:MAX_ROWS]:
            if left == right and int(last) <= MAX_MERGED:
                place = column_index_from_string(left.decode()) - 1
                for row in range(int(first) + 1, int(last) + 1):
                    if (row, place) in taken:  # merged cells that overlap: no spreadsheet makes them
                        raise InputError(Fault("table_not_workbook", {}, self.file))
                    taken.add((row, place))
                    found.setdefault(row, []).append((place, int(first)))
        return found

    def holds_rows(self, name: str) -> bool:
        """Whether a sheet holds anything below its first row that is not empty; of any size, it is not read whole."""
        return len(list(islice(self._filled(name), 2))) == 2

    def _filled(self, name: str) -> Iterator[Sequence[Any]]:
        """The rows of a sheet that hold anything, of which a few are enough; the empty ones before it have a limit."""
        sheet = self._results[name]
        sheet.reset_dimensions()
        walked = 0
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            walked += len(row) + 1
            if any(cell not in (None, "") for cell in row):
                yield row
            elif walked > MAX_EMPTY:
                values = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
                raise InputError(Fault("table_size", values, self.file, row=number, sheet=name))

    def _rows(self, name: str) -> Iterator[tuple[int, list[Any]]]:
        sheet = self._results[name]
        sheet.reset_dimensions()
        walked = 0
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [
                None if value is None or (isinstance(value, str) and not value.strip()) else value for value in values
            ]
            walked += max(len(cells), 1)
            while cells and cells[-1] is None:
                cells.pop()
            if walked > MAX_CELLS or len(cells) > MAX_COLUMNS or (cells and number > MAX_ROWS):
                values = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
                raise InputError(Fault("table_size", values, self.file, row=number, sheet=name))
            if cells:
                yield number, cells

    def _formula_cells(self, name: str) -> Iterator[tuple[int, int]]:
        sheet = self._formulas[name]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), 1):
            for place, cell in enumerate(row):
                if cell.data_type == "f":
                    yield number, place


def _loaded(data: bytes, *, results: bool) -> Any:
    import openpyxl  # takes a third of a second, which a scenario in YAML need not wait for

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations that openpyxl does not keep
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)


def _bytes(file: Path) -> bytes:
    try:
        if file.is_dir():
            raise InputError(Fault("is_folder", {}, file))
        if file.exists() and not file.is_file():
            raise InputError(Fault("not_a_file", {}, file))
        if file.stat().st_size > MAX_BYTES:
            raise InputError(Fault("table_bytes", {"limit": MAX_BYTES // 1024**2}, file))
        data = file.read_bytes()
    except FileNotFoundError:
        raise InputError(Fault("file_missing", {}, file)) from None
    except (OSError, ValueError) as error:
        raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, str(file)[:200])) from None
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(Fault("table_old_excel", {}, file))
    return data


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: row from 1, column from 0; B3."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
