"""What every kind of file gives: sheets of rows of text, and what is known of their form beside the cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.inputs.roster.texts import letter

Row = tuple[int, list[str]]
"""A row's number as a spreadsheet shows it, and its cells as text."""

MAX_ROWS, MAX_COLUMNS = 500_000, 1_000
"""No table of people is larger; a sheet that claims to be is a mistake or an attack."""
LAST_ROW = 1_048_576
"""The last row of a spreadsheet: rows below `MAX_ROWS` may be there if nothing stands in them."""
MAX_CELLS = 30_000_000
MAX_MERGES = 100_000
MAX_UNPACKED = 150 * 1024**2
LONGEST_FORMAT = 255  # letters of a number format; Excel takes no more


@dataclass(frozen=True)
class Merge:
    """Cells merged into one: its first and last row [a spreadsheet's number], its first and last column [0 = first]."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """What a spreadsheet calls it: A2:B5."""
        return f"{letter(self.left)}{self.top}:{letter(self.right)}{self.bottom}"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet's rows that are not empty, and what stands in no cell.

    Attributes
    ----------
    name
        "" where the kind of file has no sheets.
    rows
        The rows that hold anything.
    uncalculated
        The rows with formulas that nobody has worked out yet.
    merges
        The merged cells.
    hidden
        Whether the sheet is hidden.
    hidden_rows
        The numbers of the rows that are hidden, by hand or by a filter.
    hidden_columns
        The columns [0 = first] that are hidden.
    filtered
        Whether a filter is set.
    """

    name: str
    rows: list[Row]
    uncalculated: list[int] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False


def too_large(file: Path, row: int | None = None) -> InputError:
    """The refusal of a sheet that reaches beyond the limits."""
    return InputError(Fault("table_size", {"rows": MAX_ROWS, "columns": MAX_COLUMNS}, file=file, row=row))


@dataclass
class Walked:
    """How many cells of a file were read so far: a thousand sheets of it may be one part, named a thousand times."""

    cells: int = 0


def kept_rows(file: Path, rows: Iterable[Row], walked: Walked) -> Iterator[Row]:
    """The rows that hold anything, without the blank cells at their ends.

    Parameters
    ----------
    walked
        That of the whole file.

    Raises
    ------
    InputError
        There are more cells than any table of people has.
    """
    for number, cells in rows:
        walked.cells += len(cells) + 1
        while cells and not cells[-1].strip():
            cells.pop()
        if walked.cells > MAX_CELLS or len(cells) > MAX_COLUMNS or (cells and number > MAX_ROWS):
            raise too_large(file, number)
        if cells:
            yield number, cells


def apart(file: Path, merges: Iterable[Merge], sheet: str) -> tuple[Merge, ...]:
    """The merged cells, none of which may lie over another.

    Raises
    ------
    InputError
        There are more than any table of people has; or two of them overlap, so that nobody knows what stands there.
    """
    found = tuple(islice(merges, MAX_MERGES + 1))
    if len(found) > MAX_MERGES:
        raise too_large(file)
    by_column = sorted(found, key=lambda merge: (merge.left, merge.top))
    by_row = sorted(found, key=lambda merge: (merge.top, merge.left))
    over = [(one, two) for one, two in pairwise(by_column) if one.left == two.left and two.top <= one.bottom]
    over += [(one, two) for one, two in pairwise(by_row) if one.top == two.top and two.left <= one.right]
    if over:
        one, two = over[0]
        values = {"one": one.name, "other": two.name}
        raise InputError(Fault("table_merges_overlap", values, file=file, row=two.top, sheet=sheet or None))
    return found


_LITERAL = r'(?:"[^"]*"|\\.|[-/ ])*'
_SHOWN = re.compile(rf"(?P<before>{_LITERAL})(?P<digits>0+|#|General)(?P<after>{_LITERAL})(?:;.*)?", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def _parts(number_format: str) -> tuple[str, str, str] | None:
    """What a number format shows before the digits, of them, and behind; None where it is of another kind."""
    found = _SHOWN.fullmatch(number_format) if len(number_format) <= LONGEST_FORMAT else None
    return found and (found["before"], found["digits"], found["after"])


def shows_more(number_format: str) -> bool:
    """Whether a number format shows whole numbers as other texts than their digits: `000` shows 7 as 007."""
    found = _parts(number_format)
    return found is not None and bool(found[0] or found[2] or found[1].startswith("00"))


def shown(value: object, number_format: str) -> object:
    """A whole number as a format shows it, text before and after it included; any other value as it is."""
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer() and value < 1e15)
    found = _parts(number_format) if whole and not isinstance(value, bool) else None
    if found is None or not isinstance(value, int | float) or value < 0 or not shows_more(number_format):
        return value
    before, after = (re.sub(r'"|\\', "", found[part]) for part in (0, 2))
    width = len(found[1]) if found[1].startswith("0") else 1
    return f"{before}{int(value):0{width}}{after}"


def cell_text(value: object) -> str:
    """What a spreadsheet's cell says: 1985.0 is 1985, a date its ISO form, a truth value yes or no."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time() else value).isoformat()
    return str(value)
