"""The bytes of an .ods file as sheets, by the standard library's parser: no entities, no more cells than the limits."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from planner.common.errors import Fault, InputError
from planner.inputs.roster.sheets import (
    LONGEST_FORMAT,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    MAX_UNPACKED,
    Merge,
    Row,
    Sheet,
    Walked,
    apart,
    cell_text,
    kept_rows,
    too_large,
)

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_SPACE = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
}
MAX_REPEATED = 200_000
"""So many cells that hold something may be repetitions, beside one for each byte of the file."""
_CELLS = ("table:table-cell", "table:covered-table-cell")


def is_open_document(data: bytes) -> bool:
    """Whether a file is a spreadsheet of the OpenDocument kind, as LibreOffice writes it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            stated = parts.getinfo("mimetype")
            return stated.file_size < 200 and parts.read("mimetype").strip().startswith(_MIMETYPE)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not this
        return False


def ods_sheets(file: Path, data: bytes) -> list[Sheet]:
    """The sheets of an OpenDocument spreadsheet, the hidden ones too.

    Raises
    ------
    InputError
        The file is damaged, has entities of its own, or is larger than any table of people.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if parts.getinfo("content.xml").file_size > MAX_UNPACKED:
                raise InputError(Fault("table_unpacked", {"limit": MAX_UNPACKED // 1024**2}, file=file))
            reader = _Reader(file)
            reader.read(parts.read("content.xml"))
        walked = Walked()
        return [table.sheet(file, walked) for table in reader.tables]
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - damage shows as whatever zipfile and expat raise there
        raise InputError(Fault("table_not_workbook", file=file)) from None


@dataclass
class _Table:
    """A sheet as it is being read."""

    name: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    next_row: int = 1
    next_column: int = 0

    def sheet(self, file: Path, walked: Walked) -> Sheet:
        return Sheet(
            self.name,
            list(kept_rows(file, self.rows, walked)),
            merges=apart(file, self.merges, self.name),
            hidden=self.hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            filtered=self.filtered,
        )


class _Reader:
    """The events of the parser, put together to tables."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tables: list[_Table] = []
        self._cells: list[str] = []
        self._lines: list[list[str]] | None = None
        self._cell: dict[str, str] = {}
        self._row: dict[str, str] = {}
        self._style = ""
        self._hiding: set[str] = set()
        self._notes = 0
        self._walked = 0
        self._repeated = 0
        self._size = 0

    def read(self, xml: bytes) -> None:
        self._size = len(xml)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = lambda name, attributes: self._start(
            _short(name), {_short(key): value for key, value in attributes.items()}
        )
        parser.EndElementHandler = lambda name: self._end(_short(name))
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        parser.Parse(xml, True)

    def _refuse(self, *_: object) -> None:
        raise InputError(Fault("table_not_workbook", file=self.file))

    def _start(self, name: str, told: dict[str, str]) -> None:
        if name == "style:style":
            self._style = told.get("style:name", "")
        elif name == "style:table-properties" and told.get("table:display") == "false":
            self._hiding.add(self._style)
        elif name == "table:table":
            self.tables.append(_Table(told.get("table:name", ""), told.get("table:style-name") in self._hiding))
        elif not self.tables:
            return
        elif name == "table:table-column":
            self._column(told)
        elif name == "table:table-row":
            self._row, self._cells = told, []
        elif name in _CELLS:
            self._cell, self._lines = told, []
        elif name in ("office:annotation", "table:shapes"):
            self._notes += 1
        elif self._lines is not None and not self._notes and name == "text:p":
            self._lines.append([])
        elif name in ("text:s", "text:tab", "text:line-break"):
            self._text(" ")

    def _text(self, text: str) -> None:
        if self._lines and not self._notes:
            self._lines[-1].append(text)

    def _end(self, name: str) -> None:
        if name in ("office:annotation", "table:shapes"):
            self._notes -= 1
        elif name in _CELLS and self._lines is not None and self.tables:
            self._close_cell(name)
        elif name == "table:table-row" and self.tables:
            self._close_row()

    def _column(self, told: dict[str, str]) -> None:
        table = self.tables[-1]
        number = int(told.get("table:number-columns-repeated", "1"))
        if told.get("table:visibility", "visible") != "visible":
            table.hidden_columns |= {*range(table.next_column, min(table.next_column + number, MAX_COLUMNS))}
        table.next_column += number

    def _close_cell(self, name: str) -> None:
        table, told = self.tables[-1], self._cell
        text = _value(told, " ".join(map("".join, self._lines or ())))
        self._lines = None
        down, right = (int(told.get(f"table:number-{way}-spanned", "1")) for way in ("rows", "columns"))
        if name == _CELLS[0] and (down > 1 or right > 1):
            left = len(self._cells)
            table.merges.append(Merge(table.next_row, left, table.next_row + down - 1, left + right - 1))
        number = int(told.get("table:number-columns-repeated", "1"))
        if not text:
            number = min(number, max(0, MAX_COLUMNS + 1 - len(self._cells)))
        self._walked += number
        self._repeat(number - 1 if text else 0)
        if self._walked > MAX_CELLS or (text and number > MAX_COLUMNS) or len(table.merges) > MAX_MERGES:
            raise too_large(self.file, table.next_row)
        self._cells += [text] * number

    def _close_row(self) -> None:
        table = self.tables[-1]
        number = int(self._row.get("table:number-rows-repeated", "1"))
        held = any(self._cells)
        shown = self._row.get("table:visibility", "visible")
        self._walked += len(self._cells) * number if held else 0
        self._repeat(len(self._cells) * (number - 1) if held else 0)
        if held and (table.next_row + number > MAX_ROWS or self._walked > MAX_CELLS):
            raise too_large(self.file, table.next_row)
        for row in range(table.next_row, table.next_row + number) if held else ():
            table.rows.append((row, [*self._cells]))
            if shown != "visible":
                table.hidden_rows.add(row)
        table.filtered |= shown == "filter"
        table.next_row += number

    def _repeat(self, number: int) -> None:
        """Count cells that are written once and stand many times: a line of text can make millions of them."""
        self._repeated += number
        if self._repeated > MAX_REPEATED + self._size:
            raise too_large(self.file, self.tables[-1].next_row)


def _short(name: str) -> str:
    """An element or attribute with the usual prefix of its namespace."""
    space, _, local = name.rpartition(" ")
    return f"{_SPACE[space]}:{local}" if space in _SPACE else local


def _value(told: dict[str, str], text: str) -> str:
    """A cell's value as a workbook of Excel would give it."""
    match told.get("office:value-type"):
        case "float" | "percentage" | "currency":
            plain = cell_text(float(told["office:value"]))
            # A format such as 000 or "CB-"000 shows more than the number: 007, CB-007.
            shown = text if len(text) <= LONGEST_FORMAT else ""
            more = re.fullmatch(r"([^\W\d_]*[-/]?)(0*)(\d+)", shown, re.ASCII)
            return text if more and int(more[3]) == float(told["office:value"]) and (more[1] or more[2]) else plain
        case "date":
            return told["office:date-value"].removesuffix("T00:00:00")
        case "boolean":
            return cell_text(told["office:boolean-value"] == "true")
        case _:
            return text
