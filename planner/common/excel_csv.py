"""Tables as CSV that Excel opens with a double click where Vietnamese is spoken: a mark, semicolons, decimal commas."""

from __future__ import annotations

import csv
import io
import re
from numbers import Integral, Real
from typing import Any

import pandas as pd

from planner.common.csv_cells import guarded

MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the machine's own encoding, and every Vietnamese letter is lost."""
FIGURES, DECIMAL = re.compile(r"[-0-9.]*"), re.compile(r"-?[0-9]+(\.[0-9]+)?")
CODES = ("cadre", "agency")
"""Columns whose cells are codes, even where they look like figures."""


def excel_csv(table: pd.DataFrame) -> bytes:
    """The table with a header; UTF-8 behind a mark, separated by semicolons, with decimal commas and Windows' lines."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(_cell, table.columns))
    columns = [_cells(table.iloc[:, place]) for place in range(table.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    return (MARK + text.getvalue()).encode("utf-8")


def _cells(column: pd.Series) -> list[str]:
    """A column as text; one that holds nothing but figures written as text (8.1, 265..275) has decimal commas, too.

    With its point Excel would take 8.1 for the eighth of January. Codes stay what they are.
    """
    cells = [_cell(value) for value in column]
    texts = [value for value in column if isinstance(value, str)]
    if column.name in CODES or not texts or not all(FIGURES.fullmatch(text) for text in texts):
        return cells
    decimal = [isinstance(value, str) and DECIMAL.fullmatch(value) is not None for value in column]
    return [
        str(value).replace(".", ",") if is_decimal else cell
        for value, cell, is_decimal in zip(column, cells, decimal, strict=True)
    ]


def _cell(value: Any) -> str:
    """A number with a decimal comma; a text that is none for Excel to compute; empty for none."""
    if isinstance(value, str):
        return guarded(value)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    return str(int(value)) if isinstance(value, Integral) else repr(float(value)).replace(".", ",")
