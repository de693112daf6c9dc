"""Cells of text read as years, numbers and truth; what cannot be read becomes faults, one for each wrong text."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.common.errors import Fault, nearest
from planner.inputs import synonyms
from planner.inputs.roster.texts import further_rows
from planner.inputs.roster.told import Place, place_of
from planner.messages import Sentence

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years outside are taken as typing errors."""

_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%m/%Y", "%m-%Y", "%m.%Y")

Floats = npt.NDArray[np.float64]


def parsed(column: pd.Series, read: Callable[[str], float | None]) -> tuple[Floats, dict[str, list[int]]]:
    """What `read` makes of each cell, NaN where it is empty or unreadable; unreadable text -> its rows."""
    codes, texts = pd.factorize(column.to_numpy(dtype=object))
    found = [math.nan if text == "" else read(text) for text in texts]
    bad = {texts[i]: column.index[codes == i].tolist() for i, value in enumerate(found) if value is None}
    values = np.array([math.nan if value is None else value for value in found] or [math.nan], dtype=np.float64)
    return values[codes], bad


def truth(column: pd.Series) -> tuple[pd.Series, list[int]]:
    """What a column of text says of yes and no, and the rows that say neither.

    1.0 for yes, 0.0 for no, NaN for an empty cell; but where x is the only mark a column has, as people keep lists,
    an empty cell means no.
    """
    values, bad = parsed(column, synonyms.truth)
    marks = set(column.unique()) - {""}
    if marks and marks <= {"x", "X", *synonyms.TICKS}:
        values = np.nan_to_num(values, nan=0.0)
    return pd.Series(values, index=column.index), sorted(row for rows in bad.values() for row in rows)


def year(text: str) -> int | None:
    """The year that `text` (1985, 1985.0, 31/12/1985, 12/1985, 1985-12-31) names, if it is a plausible one."""
    if re.fullmatch(r"\d{4}(\.0+)?", text, re.ASCII):
        found = int(text[:4])
        return found if FIRST_YEAR <= found <= LAST_YEAR else None
    read = _read_date(text)
    return None if read is None else read[0].year


def days(text: str) -> float | None:
    """The day that `text` (31/12/1985, 1985-12-31) names, counted from 1 January 1970; NaN for a year or month alone.

    None where it names no plausible year at all.
    """
    read = _read_date(text)
    if read is None or "%d" not in read[1]:
        return None if year(text) is None else math.nan
    return read[0].toordinal() - dt.date(1970, 1, 1).toordinal()


def _read_date(text: str) -> tuple[dt.date, str] | None:
    """A date in a plausible year, and the form in which it was written."""
    day = re.sub(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$", "", text)
    for form in _DATES if day[:1].isdigit() else ():
        try:
            found = dt.datetime.strptime(day, form).date()
        except ValueError:
            continue
        # A year typed into a cell made for dates turns into one of the days of 1905: no cadre is that old.
        plausible = FIRST_YEAR <= found.year <= LAST_YEAR and not (found.year == 1905 and form == "%Y-%m-%d")
        return (found, form) if plausible else None
    return None


def headcount(text: str) -> int | None:
    """The number of people [people] that `text` (35, 35.0) says."""
    return int(text.partition(".")[0]) if re.fullmatch(r"\d{1,9}(\.0+)?", text, re.ASCII) else None


def _elsewhere(place: Place, first: Place) -> str:
    """A row on another sheet than the first, or in another file."""
    where = [place.file.name] if place.file != first.file else []
    return " ".join([*where, *([f"'{place.sheet}'"] if place.sheet else []), str(place.row)])


@dataclass
class Reading:
    """The columns of a table as they are read; their faults are gathered.

    `headers` says what a column is called in the file, which is what its user looks for; `places` where each row stands
    (`GatheredRows.places`), if the table was put together from several sheets.
    """

    file: Path
    headers: Mapping[str, str]
    faults: list[Fault]
    places: pd.DataFrame | None = None

    def at(self, rows: Sequence[int]) -> dict[str, Any]:
        """The place of the first of some rows, as a `Fault` takes it."""
        if self.places is None:
            return {"file": self.file, "row": int(rows[0])}
        return place_of(self.places, rows[0])._asdict()

    def further(self, rows: Sequence[int]) -> Sentence | str:
        """The end of a sentence about the first of some rows: in which others the same holds."""
        return further_rows(self.named(rows))

    def named(self, rows: Sequence[int]) -> list[int | str]:
        """Rows as their user finds them: the number; the sheet before it, where it is not that of the first."""
        if self.places is None:
            return [*rows]
        first, *others = (place_of(self.places, row) for row in rows)
        return [first.row, *(other.row if other[:2] == first[:2] else _elsewhere(other, first) for other in others)]

    def label(self, column: str) -> str:
        """A column as its user knows it: the contract's name, and the file's where they differ."""
        header = self.headers.get(column, column)
        return column if header == column else f"{column} ({header})"

    def numbers(
        self,
        column: pd.Series,
        read: Callable[[str], float | None],
        fault: str,
        known: Collection[str] = (),
        **values: object,
    ) -> Floats:
        """The column's cells as numbers; a fault for every text that is none."""
        found, bad = parsed(column, read)
        for text, rows in bad.items():
            told = {"column": self.label(str(column.name)), "found": text[:60], "more": self.further(rows)}
            hint = nearest(text, known) if known else ""
            self.faults.append(Fault(fault, {**told, "hint": hint, **values}, **self.at(rows)))
        return found

    def years(self, column: pd.Series) -> Floats:
        """The column's cells as years, dates' years included; a fault for every text that is none."""
        return self.numbers(column, year, "roster_year", first=FIRST_YEAR, last=LAST_YEAR)

    def check_filled(self, column: pd.Series) -> None:
        """No cell may be empty."""
        rows = column.index[column == ""].tolist()
        if rows:
            values = {"column": self.label(str(column.name)), "more": self.further(rows)}
            self.faults.append(Fault("roster_empty_cell", values, **self.at(rows)))

    def check_key(self, column: pd.Series) -> None:
        """No cell may be empty, no text may stand twice."""
        self.check_filled(column)
        repeated = column[column.duplicated(keep=False) & (column != "")]
        rows: dict[str, list[int]] = {}
        for row, text in repeated.items():
            rows.setdefault(text, []).append(int(str(row)))
        for text, found_in in rows.items():
            values = {
                "column": self.label(str(column.name)),
                "found": text,
                "rows": ", ".join(map(str, self.named(found_in))),
            }
            self.faults.append(Fault("roster_twice", values, **self.at(found_in[1:])))
