"""What stands in cells merged downwards, given to every person beside them, and said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.inputs.roster.findings import Findings
from planner.inputs.roster.headers import Header
from planner.inputs.roster.meanings import Column
from planner.inputs.roster.sheets import Merge, Sheet


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


def _downwards(merges: Sequence[Merge], columns: Sequence[Column], header_row: int) -> list[Merge]:
    ids = {column.place for column in columns if column.kind == "numbering" or column.name in ("cadre", "name")}
    return [
        merge
        for merge in merges
        if merge.bottom > merge.top > header_row and merge.left < len(columns) and merge.left not in ids
    ]
