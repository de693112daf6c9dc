"""Tables as CSV that Excel opens with a double click where Vietnamese is spoken: a mark, semicolons, decimal commas."""

from __future__ import annotations

import csv
import io
from numbers import Integral, Real
from typing import Any

import pandas as pd

MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own encoding, and every Vietnamese letter is lost."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that Excel would compute; behind an apostrophe it stays text."""


def excel_csv(table: pd.DataFrame) -> bytes:
    """The table with a header; UTF-8 behind a mark, separated by semicolons, with decimal commas and Windows' lines."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_cell, table.columns))
    writer.writerows([_cell(value) for value in row] for row in table.itertuples(index=False, name=None))
    return (MARK + text.getvalue()).encode("utf-8")


def _cell(value: Any) -> str:
    """A number with a decimal comma; a text that is none for Excel to compute; empty for none."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULAS) else value
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    return str(int(value)) if isinstance(value, Integral) else repr(float(value)).replace(".", ",")
