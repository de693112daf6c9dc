"""Studies under way: the columns `studying` and `studying_until`, which may hold several, separated by blanks."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from planner.common.errors import Fault
from planner.inputs.roster.cell_values import Reading, year


def read_studies(reading: Reading, frame: pd.DataFrame, programmes: Collection[str]) -> pd.DataFrame:
    """The studies under way that a table of text tells; a column that is missing is empty.

    Returns
    -------
    DataFrame
        row (the label of the cadre's row), programme (id), until [year]; in the table's order. What cannot be read is
        left out and told to `reading`.
    """
    blank = pd.Series("", index=frame.index, dtype="str")
    studying, until = frame.get("studying", blank), frame.get("studying_until", blank)
    reading.faults += _pairless(reading, studying, until, "roster_studying_until", "studying")
    reading.faults += _pairless(reading, until, studying, "roster_studying", "until")
    programme = _parts(studying.rename("studying"))
    years = _parts(until.rename("studying_until"))
    known = reading.numbers(
        programme, lambda text: 1 if text in programmes else None, "roster_programme", sorted(programmes)
    )
    ends = reading.years(years)
    numbers = programme.groupby(level=0).size().reindex(frame.index, fill_value=0)
    others = years.groupby(level=0).size().reindex(frame.index, fill_value=0)
    uneven = (numbers != others) & (numbers > 0) & (others > 0)
    reading.faults += _uneven(reading, numbers[uneven], others[uneven])
    paired = ((numbers == others) & (numbers > 0)).to_numpy()
    first, second = (np.isin(column.index, frame.index[paired]) for column in (programme, years))
    studies = pd.DataFrame(
        {
            "row": programme.index[first].to_numpy(dtype=int),
            "programme": programme.to_numpy(dtype=object)[first],
            "until": ends[second],
        }
    )
    sound = (known[first] == 1) & studies["until"].notna().to_numpy()
    return studies[sound].astype({"until": int}).reset_index(drop=True)


def _parts(column: pd.Series) -> pd.Series:
    """The texts of each cell that is not empty, each under its row; a date with a time is one text."""
    held = column[column != ""]
    split = [[text] if year(text) is not None else text.split() for text in held]
    parts = pd.Series(split, index=held.index, dtype=object, name=column.name).explode()
    return parts.dropna()


def _pairless(reading: Reading, column: pd.Series, other: pd.Series, key: str, blank: str) -> Iterator[Fault]:
    alone = column[(column != "") & (other == "")]
    for text, rows in alone.groupby(alone).groups.items():
        values = {blank: f"'{text}'", "more": reading.further(list(rows))}
        yield Fault(key, values, **reading.at(list(rows)))


def _uneven(reading: Reading, programmes: pd.Series, years: pd.Series) -> Iterator[Fault]:
    for row in programmes.index:
        values = {"programmes": int(programmes[row]), "years": int(years[row])}
        yield Fault("roster_study_pairs", values, **reading.at([int(row)]))
