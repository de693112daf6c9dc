"""What the reading of a roster tells besides the people: what was done with rows, columns and cells, what is asked.

Nothing is guessed in silence: whatever is not plainly read is a `Remark` (done, and said) or a `Question` (not done
until somebody answers). The answers stand in the scenario, or in a mapping file with the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pandas as pd

from planner.common.errors import Fault

IGNORE = "ignore"
"""The answer that leaves a sheet or a column out."""
UNKNOWN = "unknown"
"""The answer that takes a blank, or a text, for a level that nobody knows."""

Role = Literal["person", "header", "numbers", "section", "total", "signature", "note", "empty", "vacant", "asked"]
"""What a row of a sheet is: `numbers` numbers the columns, `vacant` is a post without anybody, `note` any other text,
`asked` nobody can tell."""


@dataclass(frozen=True)
class Answers:
    """What somebody said of a roster's form, so that it need not be asked again.

    Attributes
    ----------
    sheets
        Sheet -> `people` or `ignore`.
    headers
        Header, as it stands in the file, an upper line before " > " -> a column's name, or `ignore`.
    blank
        Ladder -> the level that a blank or a dash means, or `unknown`.
    synonyms
        Column -> text of a cell -> what it means: a level, an agency's name, a programme's id (`studying`), ...
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    blank: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Remark(Fault):
    """Something that the reading did and that its reader should know; nothing is wrong with it.

    Attributes
    ----------
    done
        `read`: taken for something that it does not say by itself; `left_out`; `assumed`.
    rows
        The labels of the rows concerned, in `RosterReading.people` or, of those left out, in the sheet.
    column
        The contract's name of the column concerned; empty where it is about rows or sheets.
    """

    done: Literal["read", "left_out", "assumed"] = "read"
    rows: tuple[int, ...] = ()
    column: str = ""


@dataclass(frozen=True)
class Question(Fault):
    """Something that only the roster's owner can tell; until then it is a fault.

    Attributes
    ----------
    at
        Where the answer is written: ("synonyms", "theory", "CC (K74)"), ("headers", "Mã số"), ("blank", "theory").
        Empty where only the cell itself can be mended.
    choices
        What may be answered; empty for any text.
    proposal
        The likeliest answer; empty where there is none.
    rows
        The labels of the rows concerned.
    column
        The contract's name of the column concerned.
    """

    at: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    proposal: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""


class Place(NamedTuple):
    """Where a row stands: file, sheet (None where the file has one sheet only), number in it."""

    file: Path
    sheet: str | None
    row: int


def place_of(places: pd.DataFrame, label: int) -> Place:
    """The place of a row by its label; `places` has the columns file, sheet ("" where there is one only) and row."""
    row: Any = places.loc[label]
    return Place(row["file"], row["sheet"] or None, int(row["row"]))


@dataclass(frozen=True)
class GatheredRows:
    """The people of all sheets of all files, under the contract's column names, every cell as it was written.

    Attributes
    ----------
    people
        One row per person, text, "" where empty. The index is unique: the row's number in its sheet where there is
        one sheet only, else a running number.
    places
        Index as of `people`; file (path), sheet (name; "" where the file has one sheet only), row (number in it).
    rows
        Every row of every sheet that holds anything: file, sheet, row, role (a `Role`), text (its first cells).
    columns
        Every column of every sheet: file, sheet, letter, header, column (the contract's name or, of a further column,
        the header; "" if it was left out), why (a sentence, "" where it is plain).
    headers
        Column -> what it is called in the file.
    remarks
        What was done with rows, sheets and columns.
    faults
        What is wrong, questions among it.
    """

    people: pd.DataFrame
    places: pd.DataFrame
    rows: pd.DataFrame
    columns: pd.DataFrame
    headers: dict[str, str]
    remarks: tuple[Remark, ...] = ()
    faults: tuple[Fault, ...] = ()

    def where(self, label: int) -> Place:
        """Where a person of `people` stands."""
        return place_of(self.places, label)


@dataclass(frozen=True)
class RosterReading:
    """A roster as it was read: clean, and beside it what was written.

    Attributes
    ----------
    people
        As `GatheredRows.people`, but every cell as a clean roster writes it: levels by the scenario's names, F or M,
        yes or no, `birth_date` as 1985-12-31, `studying` with `studying_until`, codes made where there were none.
    gathered
        What it was read from.
    remarks
        All remarks, those of `gathered` first.
    faults
        What is wrong, questions among it.
    """

    people: pd.DataFrame
    gathered: GatheredRows
    remarks: tuple[Remark, ...] = ()
    faults: tuple[Fault, ...] = ()
