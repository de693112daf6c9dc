"""The rows of a roster's files that are no people, as they would be read if they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from planner.inputs import synonyms
from planner.inputs.roster.edits import RowKey
from planner.inputs.roster.spreadsheets import sheets_in
from planner.inputs.roster.texts import clean, letter
from planner.inputs.roster.told import GatheredRows
from planner.inputs.synonyms import FEMALE, MALE, known_header

_SEXES = {MALE: "M", FEMALE: "F"}


def left_out_cells(rows: GatheredRows, files: Sequence[str | Path]) -> dict[RowKey, dict[str, str]]:
    """The cells of the rows that are no people, by their columns; none in a sheet that is not read."""
    wanted: dict[tuple[str, str], set[int]] = {}
    for file, sheet, row, role in rows.rows[["file", "sheet", "row", "role"]].itertuples(index=False, name=None):
        if role not in ("person", "empty"):
            wanted.setdefault((str(file), sheet), set()).add(int(row))
    columns: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for file, sheet, place, header, column in rows.columns[["file", "sheet", "letter", "header", "column"]].itertuples(
        index=False, name=None
    ):
        if column:
            columns.setdefault((str(file), sheet), {})[place] = (column, header)
    found: dict[RowKey, dict[str, str]] = {}
    for path in files:
        file = str(path)
        if not any(name == file for name, _ in wanted):
            continue
        for sheet in sheets_in(path, known_header)[1]:
            for name in (sheet.name, ""):  # the only sheet of a file has no name here
                own = columns.get((file, name), {})
                for number, cells in sheet.rows if own else ():
                    if number in wanted.get((file, name), ()):
                        found[file, name, number] = _joined(_told(cells, own))
    return found


def _told(cells: Sequence[str], columns: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Column and text of each cell that holds anything; a mark under a level is that level."""
    several = [column for column, _ in columns.values()]
    for place, cell in enumerate(cells):
        text, (column, header) = clean(cell), columns.get(letter(place), ("", ""))
        if not text or not column:
            continue
        marked = synonyms.truth(text) is True
        if column in _SEXES:
            yield "sex", _SEXES[column]
            if not marked:
                yield "birth_year", text
        elif several.count(column) > 1 and marked:
            yield column, header.rpartition(" > ")[2]
        else:
            yield column, text


def _joined(told: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, text in told:
        found[column] = f"{found[column]}; {text}" if column in found else text
    return found
