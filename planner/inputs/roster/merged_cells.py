"""What stands in cells merged downwards, or is repeated by a mark, given to every person beside it, and said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.inputs.roster.findings import Findings
from planner.inputs.roster.headers import Header
from planner.inputs.roster.layout_words import DITTO
from planner.inputs.roster.meanings import Column
from planner.inputs.roster.sheets import Merge, Sheet
from planner.inputs.synonyms import plain


def fill_merged(
    people: list[np.ndarray],
    columns: Sequence[Column],
    rows: np.ndarray,
    sheet: Sheet,
    header: Header,
    findings: Findings,
) -> None:
    """What stands in a cell that is merged downwards holds for every person beside it."""
    filled: dict[int, list[int]] = {}
    for merge in _downwards(sheet.merges, columns, header.row):
        first, last = np.searchsorted(rows, [merge.top, merge.bottom + 1])
        if last - first < 2 or rows[first] != merge.top:
            continue
        column = people[merge.left]
        text = column[first]
        blank = np.flatnonzero(column[first:last] == "") + first
        if text and len(blank):
            if not column.flags.writeable:
                column = people[merge.left] = column.copy()
            column[blank] = text
            filled.setdefault(merge.left, []).extend(rows[blank].tolist())
    for place, numbers in filled.items():
        column_name = columns[place].name
        findings.remark("layout_merged_down", "read", numbers, column_name, header=columns[place].header)


def fill_dittos(people: list[np.ndarray], columns: Sequence[Column], rows: np.ndarray, findings: Findings) -> None:
    """A mark that repeats what stands above, such as `-nt-`, says the same."""
    for column in columns:
        texts = people[column.place]
        dittos = {text for text in set(texts.tolist()) if text and DITTO.fullmatch(text.casefold())}
        if not dittos or column.kind == "numbering" or column.name in ("cadre", "name"):
            continue
        filled = texts.copy()
        said = [place for place, text in enumerate(texts) if text in dittos and place > 0]
        for place in said:
            filled[place] = filled[place - 1]
        if said:
            people[column.place] = filled
            found = ", ".join(f"'{text}'" for text in sorted(dittos))
            numbers = rows[said].tolist()
            findings.remark("layout_ditto", "read", numbers, column.name, header=column.header, found=found)


def fill_offices(people: list[np.ndarray], columns: Sequence[Column], rows: np.ndarray, findings: Findings) -> None:
    """An office that is written only beside its first person holds for those below; no office is written twice then."""
    named = [column for column in columns if column.kind == "column" and column.name == "agency"]
    for column in named if len(named) == 1 else ():
        texts = people[column.place]
        held = np.flatnonzero(texts != "")
        if len(held) < 2 or held[0] != 0:
            continue
        blank = np.flatnonzero(texts == "")
        if len(blank) < len(held) or len({plain(texts[place]) for place in held}) < len(held):
            continue
        people[column.place] = texts[held[np.searchsorted(held, np.arange(len(texts)), side="right") - 1]]
        numbers = rows[blank].tolist()
        findings.remark("layout_filled_down", "assumed", numbers, column.name, header=column.header)


def _downwards(merges: Sequence[Merge], columns: Sequence[Column], header_row: int) -> list[Merge]:
    ids = {column.place for column in columns if column.kind == "numbering" or column.name in ("cadre", "name")}
    return [
        merge
        for merge in merges
        if merge.bottom > merge.top > header_row and merge.left < len(columns) and merge.left not in ids
    ]
