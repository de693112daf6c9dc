"""Years and dates of birth: a date implies its year. That the two agree is seen to by the interpretation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.roster.cell_values import Reading, days, parsed


def read_births(reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    """The births that a table of text tells, whether in a column for the year, for the date, or in both.

    Returns
    -------
    DataFrame
        birth_year [year], float, NaN where empty; birth_date (datetime64, NaT where the day is not known), if the day
        of anybody is known. No columns where the table has neither.
    """
    held = [name for name in ("birth_year", "birth_date") if name in frame]
    if not held:
        return pd.DataFrame(index=frame.index)
    years = {name: reading.years(frame[name]) for name in held}
    dates = pd.concat([_dates(frame[name]) for name in reversed(held)], axis=1).bfill(axis=1).iloc[:, 0]
    whole = years["birth_year"] if "birth_year" in years else years["birth_date"]
    if len(held) == 2:
        whole = np.where(np.isnan(whole), years["birth_date"], whole)
    births = pd.DataFrame({"birth_year": whole}, index=frame.index)
    return births.assign(birth_date=dates) if "birth_date" in frame or dates.notna().any() else births


def _dates(column: pd.Series) -> pd.Series:
    """The days that cells name in full; NaT where they name a year alone, or nothing."""
    told = pd.to_datetime(parsed(column, days)[0], unit="D")
    return pd.Series(told, index=column.index, dtype="datetime64[us]")  # pandas 3.0 and 3.1 choose different units


def births_apart(people: pd.DataFrame) -> pd.DataFrame:
    """A clean roster of text whose full dates, where they stand in `birth_year`, have `birth_date` for themselves.

    So the contract has it, section 2: `birth_year` holds years alone. Where every birth is a full date, it tells the
    year, too, and no other column is needed.
    """
    if "birth_year" not in people or "birth_date" in people:
        return people
    born = people["birth_year"]
    full = born.str.contains("-", regex=False)
    if not full.any():
        return people
    if (full | (born == "")).all():
        return people.rename(columns={"birth_year": "birth_date"})
    parted = people.assign(birth_year=born.str[:4])
    parted.insert([*parted.columns].index("birth_year") + 1, "birth_date", born.where(full, ""))
    return parted
