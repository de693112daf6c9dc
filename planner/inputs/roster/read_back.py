"""The read-back workbook as it comes back: which files it was made of, and what somebody changed in it.

The workbook carries, on a hidden sheet, the files that it was read from, the answers and what stood in every cell that
may be changed. So it is read again by itself, wherever it is sent, and a cell is an edit only if it differs.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, content_of
from planner.inputs.roster.codes import KEY_COLUMNS
from planner.inputs.roster.edits import Edits, RowKey
from planner.inputs.roster.mapping_file import answered, together
from planner.inputs.roster.texts import clean, further_rows
from planner.inputs.roster.told import IGNORE, Answers
from planner.inputs.roster.wording import Wording
from planner.inputs.roster.workbooks import xlsx_sheets

HIDDEN = "_planner"
"""The sheet that makes a workbook a read-back workbook."""
VERSION = 1
PERSON = "#"
OPEN = "?"
"""What stands in a cell that nobody can tell yet."""
PEOPLE, QUESTIONS, COLUMNS, SHEETS, LEFT_OUT = PARTS = ("people", "questions", "columns", "sheets", "left_out")
_MAKE_CODES = {"name", "birth_year", "birth_date"}
CHUNK = 30_000
"""Signs in a cell of the hidden sheet; Excel takes 32,767."""
MAX_BYTES = 400 * 1024**2
"""What the hidden sheet may unpack to: two of the largest files that are read."""


@dataclass(frozen=True)
class Part:
    """A sheet with cells that may be changed.

    Attributes
    ----------
    sheet
        Its name.
    first
        The number of its first row below the headings, from 1.
    names
        The columns whose cells may be changed; `PERSON` says whether a row is one.
    places
        Where these columns stand, from 0.
    entries
        Number in the first column -> what the row is about, see `Packed`.
    cells
        Number in the first column -> the cells that may be changed, as they were written.
    """

    sheet: str
    first: int
    names: Sequence[str]
    places: Sequence[int]
    entries: Mapping[str, Sequence[Any]]
    cells: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Packed:
    """What the hidden sheet holds.

    Attributes
    ----------
    files
        The files that were read.
    parts
        The sheets with cells that may be changed. Their entries are, of `PEOPLE`, the row's file, sheet and number;
        of `LEFT_OUT` the same, and its cells by column, if it is a person; of the others where the answer is written,
        nothing where it cannot be answered.
    answers, edits, key
        What was answered and changed before, and whose code is whose.
    """

    files: Sequence[GivenFile]
    parts: Mapping[str, Part]
    answers: Answers = field(default_factory=Answers)
    edits: Edits = field(default_factory=Edits)
    key: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(KEY_COLUMNS), dtype="str"))


@dataclass(frozen=True)
class ReadBack:
    """A read-back workbook as somebody gave it back.

    Attributes
    ----------
    packed
        As it was written.
    answers, edits
        All of them, those made in the workbook included.
    """

    packed: Packed
    answers: Answers
    edits: Edits


def packed_lines(packed: Packed) -> list[str]:
    """The cells of the hidden sheet."""
    content = {
        "version": VERSION,
        "files": [str(file) for file in packed.files],
        "parts": {name: vars(part) for name, part in packed.parts.items()},
        "answers": vars(packed.answers),
        "cells": [[*place, cells] for place, cells in sorted(packed.edits.cells.items())],
        "people": [[*place, cells] for place, cells in sorted(packed.edits.people.items())],
        "left_out": [[*place] for place in sorted(packed.edits.left_out)],
        "key": packed.key.to_numpy().tolist(),
    }
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as parts:
        told = {"content.json": json.dumps(content, ensure_ascii=False, default=dict).encode()}
        for name, data in {**told, **{str(n): file.content for n, file in enumerate(packed.files)}}.items():
            parts.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    text = base64.b64encode(store.getvalue()).decode()
    return [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]


def _unpacked(file: Path, lines: Sequence[str]) -> Packed:
    """What the hidden sheet says. Anything may have happened to it, so nothing of it is trusted to be there."""
    try:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode("".join(lines), validate=True))) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_BYTES:
                raise InputError(Fault("table_unpacked", {"limit": MAX_BYTES // 1024**2}, file=file))
            content = json.loads(parts.read("content.json"))
            if content["version"] != VERSION:
                raise InputError(Fault("read_back_version", file=file))
            files = [GivenFile(name, parts.read(str(number))) for number, name in enumerate(content["files"])]
            edits = Edits(
                {_place(row): row[3] for row in content["cells"]},
                {_place(row): row[3] for row in content["people"]},
                frozenset(_place(row) for row in content["left_out"]),
            )
            return Packed(
                files,
                {name: Part(**part) for name, part in content["parts"].items()},
                Answers(**content["answers"]),
                edits,
                pd.DataFrame(content["key"], columns=list(KEY_COLUMNS), dtype="str"),
            )
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, zipfile.BadZipFile):
        raise InputError(Fault("read_back_damaged", file=file)) from None


def _place(row: Sequence[Any]) -> RowKey:
    return str(row[0]), str(row[1]), int(row[2])


def read_back(path: str | Path, wording: Wording) -> ReadBack:
    """A read-back workbook, with what was changed in it.

    Raises
    ------
    InputError
        It is damaged, or one of its sheets is gone or renamed, or a row's number is not one that was written there.
    """
    file = Path(path)
    sheets = _rows_of_sheets(file, content_of(path))
    packed = _unpacked(file, [cell for _, cells in sheets.pop(HIDDEN, []) for cell in cells])
    reader = _Reader(file, packed, wording)
    for name, part in packed.parts.items():
        if part.sheet not in sheets:
            reader.faults.append(Fault("read_back_sheet", {"sheet": part.sheet}, file=file))
            continue
        reader.read(name, part, sheets[part.sheet])
    if reader.faults:
        raise InputError(reader.faults)
    edits = Edits(reader.cells, reader.people, frozenset(reader.left_out))
    return ReadBack(packed, together(packed.answers, *reader.answers), edits.over(packed.edits))


class _Reader:
    """Compares the sheets with what was written there."""

    def __init__(self, file: Path, packed: Packed, wording: Wording) -> None:
        self.file, self.packed, self.wording = file, packed, wording
        self.faults: list[Fault] = []
        self.answers: list[Answers] = []
        self.cells: dict[RowKey, dict[str, str]] = {}
        self.people: dict[RowKey, dict[str, str]] = {}
        self.left_out: set[RowKey] = set()
        self.together = {*wording.ladders, "studying", "studying_until"}
        """Columns of which one cell may have told of another: where one is changed, all count as they are shown."""

    def read(self, name: str, part: Part, rows: Sequence[tuple[int, list[str]]]) -> None:
        seen: set[str] = set()
        for place, cells in rows:
            if place < part.first:
                continue
            number = cells[0]
            now = [cells[column] if column < len(cells) else "" for column in part.places]
            if not number and name == PEOPLE:
                self._further(part, place, cells, now)
            elif number in seen or number not in part.cells:
                key = "read_back_twice" if number in seen else "read_back_number"
                if any(cells):
                    self.faults.append(
                        Fault(key, {"number": number or "–"}, file=self.file, row=place, sheet=part.sheet)
                    )
            elif now != [clean(cell) for cell in part.cells[number]]:
                reading = {PEOPLE: self._people, LEFT_OUT: self._left_out}.get(name, self._answer)
                reading(part, number, place, now)
            seen.add(number)
        if name == PEOPLE:  # a row that was deleted
            self.left_out |= {_place(part.entries[number]) for number in part.cells.keys() - seen}

    def _people(self, part: Part, number: str, row: int, now: Sequence[str]) -> None:
        place = _place(part.entries[number])
        then = dict(zip(part.names, map(clean, part.cells[number]), strict=True))
        told = dict(zip(part.names, now, strict=True))
        if told[PERSON] != then[PERSON] and not self._person(part, row, told[PERSON]):
            self.left_out.add(place)
        del told[PERSON], then[PERSON]
        changed = {name for name in told if told[name] != then[name]}
        if changed & self.together:
            changed |= {name for name in told if name in self.together and told[name] != OPEN}
        if changed & _MAKE_CODES and told.get("cadre", OPEN) != OPEN:
            changed.add("cadre")  # whoever is called otherwise keeps the code
        if changed:
            self.cells[place] = {name: self.wording.meant(name, told[name]) for name in sorted(changed)}

    def _further(self, part: Part, row: int, cells: Sequence[str], now: Sequence[str]) -> None:
        """A person who was written into a row of their own: as taken, or as written where nothing is taken."""
        written = [cells[column - 1] if column - 1 < len(cells) else "" for column in part.places]
        told = {
            name: self.wording.meant(name, taken or text)
            for name, taken, text in zip(part.names, now, written, strict=True)
            if name != PERSON and (taken or text)
        }
        if told:
            self.people[str(self.file), part.sheet, row] = told

    def _left_out(self, part: Part, number: str, row: int, now: Sequence[str]) -> None:
        if not part.entries[number]:  # in a sheet that is not read: the sheet is what can be changed
            self._answer(part, number, row, now)
            return
        *place, cells = part.entries[number]
        if self._person(part, row, now[0]):
            self.people[_place(place)] = dict(cells)
        else:
            self.left_out.add(_place(place))

    def _person(self, part: Part, row: int, text: str) -> bool:
        """Whether a row is a person, as its cell says."""
        found = self.wording.person(text)
        if found is None:
            self.faults.append(Fault("read_back_person", {"found": text}, file=self.file, row=row, sheet=part.sheet))
        return bool(found)

    def _answer(self, part: Part, number: str, row: int, now: Sequence[str]) -> None:
        at = tuple(part.entries[number])
        if not at:
            self.faults.append(
                Fault("read_back_elsewhere", {"cell": now[0]}, file=self.file, row=row, sheet=part.sheet)
            )
        elif now[0]:
            self.answers.append(answered(at, self.wording.answer_meant(at, now[0])))
        elif at[0] == "headers":
            self.answers.append(answered(at, IGNORE))


def _rows_of_sheets(file: Path, data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """All sheets, the hidden one, too, as rows of clean text.

    Raises
    ------
    InputError
        The file is damaged, or a cell holds a formula that no spreadsheet has worked out.
    """
    found = {}
    for sheet in xlsx_sheets(file, data):
        if sheet.uncalculated:
            values = {"sheet": sheet.name, "more": further_rows(sheet.uncalculated)}
            raise InputError(Fault("table_formula", values, file=file, row=min(sheet.uncalculated)))
        found[sheet.name] = [(number, [clean(text) for text in cells]) for number, cells in sheet.rows]
    return found


def is_read_back(path: str | Path) -> bool:
    """Whether a file is a read-back workbook."""
    if Path(path).suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content_of(path))) as parts:
            return f'name="{HIDDEN}"'.encode() in parts.read("xl/workbook.xml")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return False  # what else it may be, its reader tells
