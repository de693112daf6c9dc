"""Text in the cells of a CSV file: what begins like a formula stands behind an apostrophe, so that nothing computes it.

A guarded cell is read back as the text that it was, see `unguarded`; numbers that are no text need no guard.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import content_of
from planner.common.os_errors import os_reason
from planner.messages import Sentence

GUARD = "'"
_COMPUTED = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet would compute, guarded or not."""
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

MOST_COLUMNS, LONGEST_HEADER = 1_000, 1_000_000
"""Of a table that is written here: columns, and bytes of its header."""

T = TypeVar("T")


def guarded(cell: T) -> T | str:
    """A text that a spreadsheet would compute, with an apostrophe before it; anything else as it is.

    An apostrophe that stands there already gets another, so that no two texts become one.
    """
    if not isinstance(cell, str) or not _COMPUTED.match(cell):
        return cell
    return GUARD + cell


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if cell.startswith(GUARD) and _GUARDED.match(cell) else cell


def csv_text(table: pd.DataFrame) -> str:
    """A table as CSV: a header, commas, a line feed behind each row, empty for none; every text guarded."""
    shown = table.copy(deep=False)
    for place in range(table.shape[1]):
        cells = table.iloc[:, place]
        if not pd.api.types.is_numeric_dtype(cells.dtype) and any(map(_would_compute, cells)):
            shown.isetitem(place, cells.astype(object).map(guarded).to_list())
    header = [guarded(str(name)) for name in table.columns]
    return str(shown.to_csv(index=False, header=header, lineterminator="\n"))


def csv_table(file: str | Path) -> pd.DataFrame:
    """A table that `csv_text` wrote, every cell as the text that it was.

    Raises
    ------
    InputError
        The file is not there, cannot be read, or is no table.
    """
    try:
        content = content_of(file)
        if content[:LONGEST_HEADER].partition(b"\n")[0].count(b",") >= MOST_COLUMNS:
            raise InputError(Fault("file_unreadable", {"reason": Sentence("csv_damaged")}, file))
        table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(Fault("file_missing", {}, file)) from None
    except OSError as error:
        raise InputError(Fault("file_unreadable", {"reason": os_reason(error)}, file)) from None
    except ValueError:  # pandas' own errors are ValueErrors
        raise InputError(Fault("file_unreadable", {"reason": Sentence("csv_damaged")}, file)) from None
    return without_guards(table)


def without_guards(table: pd.DataFrame) -> pd.DataFrame:
    """A table of text that was read from CSV, every cell as it was before it was guarded."""
    read = table.copy(deep=False)
    for place in range(table.shape[1]):
        cells = table.iloc[:, place]
        if cells.str.startswith(GUARD, na=False).any():
            read.isetitem(place, pd.Series(cells.map(unguarded), dtype="str").to_numpy())
    read.columns = pd.Index([unguarded(str(name)) for name in table.columns])
    return read


def _would_compute(cell: Any) -> bool:
    return guarded(cell) is not cell
