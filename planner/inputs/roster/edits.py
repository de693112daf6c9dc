"""Changes by hand to what was read: cells, rows that are people or not, people who stand nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from pathlib import Path
from typing import Literal

import pandas as pd

from planner.common.errors import Fault
from planner.inputs.roster.told import GatheredRows, Question, Remark, Role

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
    out = [place for place in _keys(people.rows) if place in edits.left_out]
    gone = [places[place] for place in out if place in places]
    frame = people.people.copy()
    changed, lost = [], [place for place in edits.cells if place not in places]
    for place, cells in edits.cells.items():
        label = places.get(place, -1)
        for column, text in cells.items() if place in places and label not in gone else ():
            if column not in frame:
                frame[column] = ""
            if frame.loc[label, column] != text:
                frame.loc[label, column] = text
                changed.append(place)
    remarks = [
        *people.remarks,
        *_remark("edit_cells", changed, [places[place] for place in changed]),
        *_remark("edit_left_out", out, [number for _, _, number in out]),
        *_remark("edit_lost", lost, [number for _, _, number in lost]),
    ]
    kept = frame.drop(index=gone)
    where = places_of(people.places.loc[kept.index])
    return with_changes(
        people,
        people=kept,
        places=people.places.loc[kept.index],
        rows=_with_role(people.rows, {*out}, "note"),
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
    roles = _with_role(rows.rows, {*further}, "person")
    known = set(_keys(roles))
    new = [(Path(file), sheet, row, "person", "") for file, sheet, row in further if (file, sheet, row) not in known]
    if new:
        roles = pd.concat([roles, pd.DataFrame(new, columns=[*roles.columns])], ignore_index=True)
    remarks = _remark("edit_people", [*further], list(labels))
    return with_changes(rows, people=people, places=places, rows=roles, remarks=(*rows.remarks, *remarks))


def _with_role(rows: pd.DataFrame, which: Collection[RowKey], role: Role) -> pd.DataFrame:
    """The table of rows, some of them with another role."""
    return rows.assign(role=[role if key in which else own for key, own in zip(_keys(rows), rows["role"], strict=True)])


def _remark(key: str, where: Sequence[RowKey], rows: Sequence[int]) -> list[Remark]:
    """A remark on edits in some rows; one that is edited in several cells is named once."""
    if not where:
        return []
    numbers = [number for _, _, number in dict.fromkeys(where)]
    told = {"rows": ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else ""), "count": len(where)}
    done: Literal["read", "left_out"] = "left_out" if key in ("edit_left_out", "edit_lost") else "read"
    return [Remark(key, told, file=where[0][0], done=done, rows=tuple(dict.fromkeys(rows)))]


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
