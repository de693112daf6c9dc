"""Tables given in Python: a frame becomes the CSV file that it would be written as, and is read like any other."""

from __future__ import annotations

import pandas as pd

from planner.common.csv_cells import csv_text
from planner.common.files import GivenFile


def given_table(name: str, frame: pd.DataFrame) -> GivenFile:
    """The frame as the content of a CSV file called `name`; its index is left out.

    Faults name this file and the row in it: 1 is the header, 2 the frame's first row. Whole numbers beside empty
    cells, which pandas keeps as 1985.0, are written as whole; missing values are empty cells.
    """
    columns = {column: _whole(frame.iloc[:, column]) for column in range(frame.shape[1])}
    table = pd.DataFrame(columns)
    table.columns = pd.Index(list(map(str, frame.columns)))
    return GivenFile(name, csv_text(table).encode())


def _whole(column: pd.Series) -> pd.Series:
    """A column of decimals as one of whole numbers, if all of it are."""
    plain = column.reset_index(drop=True)
    return plain.convert_dtypes() if pd.api.types.is_float_dtype(plain) else plain
