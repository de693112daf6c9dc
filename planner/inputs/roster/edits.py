"""Changes by hand to what was read: cells, rows that are people or not, people who stand nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from pathlib import Path
from typing import Literal

import pandas as pd

from planner.common.errors import Fault
from planner.inputs.roster.told import GatheredRows, Question, Remark

RowKey = tuple[str, str, int]
"""Where a row stands: file, sheet ("" where the file has one), the row's number in it."""


@dataclass(frozen=True)
class Edits:
    """What somebody changed.

    Attributes
    ----------
    cells
        Row -> column (of a clean roster) -> what stands there instead.
    people
        Rows that were left out and are people -> column -> cell.
    left_out
        Rows that were people and are left out.
    """

    cells: Mapping[RowKey, Mapping[str, str]] = field(default_factory=dict)
    people: Mapping[RowKey, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[RowKey] = frozenset()

    def over(self, earlier: Edits) -> Edits:
        """These edits and those before them, of which these take precedence."""
        cells = {
            place: {**earlier.cells.get(place, {}), **own} for place, own in {**earlier.cells, **self.cells}.items()
        }
        people = {place: own for place, own in {**earlier.people, **self.people}.items() if place not in self.left_out}
        left_out = {*earlier.left_out, *self.left_out} - {*self.people}
        return Edits(cells, people, frozenset(left_out))


def mended(rows: GatheredRows, edits: Edits) -> GatheredRows:
    """The rows with the changes, and a remark on each kind of change."""
    if edits == Edits():
        return rows
    places = {place: label for label, place in places_of(rows.places).items()}
    people = _with_people(rows, {place: cells for place, cells in edits.people.items() if place not in places})
    places = {place: label for label, place in places_of(people.places).items()}
    gone = [places[place] for place in edits.left_out if place in places]
    frame = people.people.copy()
    changed = []
    for place, cells in edits.cells.items():
        label = places.get(place)
        if label is None or label in gone:
            continue
        for column, text in cells.items():
            if column not in frame:
                frame[column] = ""
            if frame.loc[label, column] != text:
                frame.loc[label, column] = text
                changed.append(label)
    roles = people.rows
    if gone:
        out = {place for place in edits.left_out if place in places}
        roles = roles.assign(
            role=["note" if key in out else role for key, role in zip(_keys(roles), roles["role"], strict=True)]
        )
    remarks = [
        *people.remarks,
        *_remark("edit_cells", people.places, list(dict.fromkeys(changed)), count=len(changed)),
        *_remark("edit_left_out", people.places, gone, count=len(gone)),
    ]
    kept = frame.drop(index=gone)
    where = places_of(people.places.loc[kept.index])
    return with_changes(
        people,
        people=kept,
        places=people.places.loc[kept.index],
        rows=roles,
        headers={str(name): str(name) for name in frame} | people.headers,
        remarks=tuple(remarks),
        faults=tuple(fault for fault in people.faults if not _settled(fault, edits, kept, where)),
    )


def places_of(places: pd.DataFrame) -> dict[int, RowKey]:
    """Where each row of `GatheredRows.people` stands, as `Edits` names it."""
    return dict(zip(places.index, _keys(places), strict=True))


def _keys(places: pd.DataFrame) -> list[RowKey]:
    columns = [places[name] for name in ("file", "sheet", "row")]
    return [(str(file), str(sheet), int(row)) for file, sheet, row in zip(*columns, strict=True)]


def _with_people(rows: GatheredRows, further: Mapping[RowKey, Mapping[str, str]]) -> GatheredRows:
    """The rows, and behind them people who were left out or stand nowhere else."""
    if not further:
        return rows
    first = max(int(rows.people.index.max()) if len(rows.people) else 0, 1_000_000)
    labels = range(first + 1, first + 1 + len(further))
    own = pd.DataFrame([dict(cells) for cells in further.values()], index=labels)
    people = pd.concat([rows.people, own]).fillna("").astype("str")
    there = pd.DataFrame(
        [(Path(file), sheet, row) for file, sheet, row in further], index=labels, columns=["file", "sheet", "row"]
    )
    places = pd.concat([rows.places, there])
    known = set(_keys(rows.rows))
    roles = rows.rows.assign(
        role=[
            "person" if key in further else role for key, role in zip(_keys(rows.rows), rows.rows["role"], strict=True)
        ]
    )
    new = [(Path(key[0]), key[1], key[2], "person", "") for key in further if key not in known]
    if new:
        roles = pd.concat(
            [roles, pd.DataFrame(new, columns=["file", "sheet", "row", "role", "text"])], ignore_index=True
        )
    remarks = _remark("edit_people", places, list(labels), count=len(further))
    return with_changes(rows, people=people, places=places, rows=roles, remarks=(*rows.remarks, *remarks))


def _remark(key: str, places: pd.DataFrame, labels: Sequence[int], **values: object) -> list[Remark]:
    if not labels:
        return []
    where = places_of(places.loc[list(labels)])
    numbers = [number for _, _, number in where.values()]
    told = {"rows": ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else ""), **values}
    done: Literal["read", "left_out"] = "left_out" if key == "edit_left_out" else "read"
    return [Remark(key, told, file=where[labels[0]][0], done=done, rows=tuple(labels))]


def _settled(fault: Fault, edits: Edits, people: pd.DataFrame, places: Mapping[int, RowKey]) -> bool:
    """Whether a fault was about a row that somebody judged, or about cells that somebody filled."""
    if fault.key == "roster_column_missing" and fault.values["column"] in people:
        return True
    if not isinstance(fault, Question):
        return False
    if (str(fault.file), fault.sheet or "", fault.row) in {*edits.people, *edits.left_out}:
        return True
    told = [fault.column in edits.cells.get(places[row], {}) for row in fault.rows if row in places]
    return bool(fault.column and told) and all(told)
