"""Years and dates of birth: a date implies its year, and beside a year it must agree with it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.common.errors import Fault
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
    if len(held) == 2:
        _check_agreement(reading, frame, years["birth_year"], years["birth_date"])
    whole = years["birth_year"] if "birth_year" in years else years["birth_date"]
    if len(held) == 2:
        whole = np.where(np.isnan(whole), years["birth_date"], whole)
    births = pd.DataFrame({"birth_year": whole}, index=frame.index)
    return births.assign(birth_date=dates) if "birth_date" in frame or dates.notna().any() else births


def _dates(column: pd.Series) -> pd.Series:
    """The days that cells name in full; NaT where they name a year alone, or nothing."""
    return pd.Series(pd.to_datetime(parsed(column, days)[0], unit="D"), index=column.index)


def _check_agreement(reading: Reading, frame: pd.DataFrame, years: np.ndarray, of_dates: np.ndarray) -> None:
    apart = ~np.isnan(years) & ~np.isnan(of_dates) & (years != of_dates)
    rows = frame.index[apart].tolist()
    if rows:
        values = {
            "date": frame.loc[rows[0], "birth_date"],
            "year": int(years[apart][0]),
            "column": reading.label("birth_date"),
            "other": reading.label("birth_year"),
        }
        reading.faults.append(Fault("roster_birth", values | {"more": reading.further(rows)}, **reading.at(rows)))
