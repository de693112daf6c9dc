"""The cadres as conditions speak of them: columns read once, each with an index of its texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np
import pandas as pd

from planner.common.errors import Fault
from planner.inputs.roster.cell_values import truth
from planner.inputs.roster.roster import Roster
from planner.inputs.roster.table_reader import clean
from planner.inputs.scenario.conditions import Condition, Scalar, written

_NUMBER = re.compile(r"[-+]?(\d++(\.\d*)?|\.\d+)", re.ASCII)
_TRUTH = {"yes": Decimal(1), "true": Decimal(1), "no": Decimal(0), "false": Decimal(0)}
_AGES = {"age": "birth_year", "service_years": "service_start"}
STUDIES = {"studying": "programme", "studying_until": "until"}
"""What is compared with each of a cadre's studies under way, and its column there."""

Complain = Callable[..., None]
NOBODY = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Moment:
    """When a condition is read: a year; with a month, ages are those completed on the first day of that month."""

    year: int
    month: int | None = None


class Column:
    """A column of cells as conditions compare it; what is read of it is read once, however many compare it."""

    def __init__(self, cells: pd.Series) -> None:
        self.cells = cells
        self.name = str(cells.name)

    @cached_property
    def is_text(self) -> bool:
        """Whether the cells are texts."""
        return bool(pd.api.types.is_string_dtype(self.cells))

    @cached_property
    def is_date(self) -> bool:
        """Whether the cells are days."""
        return bool(pd.api.types.is_datetime64_any_dtype(self.cells))

    @cached_property
    def values(self) -> np.ndarray:
        """The cells as they are."""
        return self.cells.to_numpy()

    @cached_property
    def numbers(self) -> np.ndarray:
        """The numbers of the cells, NaN where there is none; dates as days since 1 January 1970."""
        if self.is_date:
            return ((self.cells - pd.Timestamp(0)) / pd.Timedelta(days=1)).to_numpy(dtype=float)
        return pd.to_numeric(self.cells, errors="coerce").to_numpy(dtype=float)

    @cached_property
    def no_numbers(self) -> list[tuple[int, object]]:
        """The cells that hold a text, and no number: row of the file and text."""
        bad = np.isnan(self.numbers) & (self.cells != "").to_numpy() if self.is_text else np.zeros(0, dtype=int)
        return [(int(row), self.cells.loc[row]) for row in self.cells.index[bad]]

    @property
    def code(self) -> np.ndarray:
        """For each cell the number of its text."""
        return self._texts[0]

    @cached_property
    def _texts(self) -> tuple[np.ndarray, dict[str | Decimal, list[int]]]:
        """For each cell the number of its text, and by what is compared the numbers; none of the empty text."""
        code, cells = pd.factorize(self.cells)
        numbers: dict[str | Decimal, list[int]] = {}
        for number, cell in enumerate(cells):
            if cell != "":
                numbers.setdefault(canonical(cell), []).append(number)
        return code, numbers

    @cached_property
    def _by_text(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows, those of each text together; and where those of each begin, behind them where the last end."""
        order = np.argsort(self.code, kind="stable").astype(np.int32)
        texts = int(self.code.max(initial=-1)) + 1
        return order, np.searchsorted(self.code[order], np.arange(texts + 1))

    def codes(self, values: Collection[Scalar]) -> list[int]:
        """The numbers of the texts that are the same as one of some values."""
        known = self._texts[1]
        return sorted({number for value in values for number in known.get(canonical(value), ())})

    def number_having(self, values: Collection[Scalar]) -> int:
        """How many cells hold one of some values."""
        _, begins = self._by_text
        return sum(int(begins[code + 1] - begins[code]) for code in self.codes(values))

    def having(self, values: Collection[Scalar]) -> np.ndarray:
        """The rows of the cells that hold one of some values, in ascending order."""
        order, begins = self._by_text
        slices = [order[begins[code] : begins[code + 1]] for code in self.codes(values)]
        return slices[0] if len(slices) == 1 else np.sort(np.concatenate([NOBODY, *slices]))


@dataclass
class People:
    """The cadres that conditions speak about, and what was found wrong while they did.

    `headcount` is that of each cadre's agency; `groups` the conditions of the named groups, None where one is too
    faulty to be read. Faults of the roster's cells are collected in `faults`; those of a condition go to `complain(at,
    key, **values)`, with their location in the scenario.
    """

    roster: Roster
    headcount: np.ndarray
    ladders: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, Condition | None]
    complain: Complain
    faults: list[Fault] = field(default_factory=list)
    members: dict[tuple[str, Moment], np.ndarray] = field(default_factory=dict)
    _columns: dict[tuple[str, Moment | None], Column] = field(default_factory=dict)
    _truths: dict[str, np.ndarray] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        """How many cadres there are."""
        return len(self.roster.frame)

    @cached_property
    def everybody(self) -> np.ndarray:
        """The rows of all cadres."""
        return np.arange(len(self), dtype=np.int32)

    def column(self, name: str, moment: Moment) -> Column | None:
        """A roster column or one computed from it; None where the roster lacks it."""
        frame = self.roster.frame
        key = name, moment if name in _AGES else None
        if key not in self._columns:
            if name in _AGES:
                cells = self._years_since(_AGES[name], moment) if _AGES[name] in frame else None
            elif name == "headcount":
                cells = pd.Series(self.headcount, index=frame.index, dtype=float)
            else:
                cells = frame.get(name)
            if cells is None:
                return None
            self._columns[key] = Column(cells)
        return self._columns[key]

    def _years_since(self, name: str, moment: Moment) -> pd.Series:
        """The years from a year in the roster; to the day of birth where it is known and the moment has a month."""
        frame = self.roster.frame
        passed = moment.year - frame[name]
        if name == "birth_year" and moment.month is not None and "birth_date" in frame:
            born = frame["birth_date"].dt
            to_come = (born.month > moment.month) | ((born.month == moment.month) & (born.day > 1))
            passed = passed - to_come.astype(int)
        return passed

    @cached_property
    def studies(self) -> dict[str, Column]:
        """What conditions compare with studies under way: a cell for each study."""
        told = self.roster.studies
        return {name: Column(told[column].rename(name)) for name, column in STUDIES.items()}

    @cached_property
    def students(self) -> np.ndarray:
        """The row of the cadre of each study under way."""
        return self.roster.frame.index.get_indexer(pd.Index(self.roster.studies["row"]))

    def truth(self, name: str) -> np.ndarray:
        """A text column read once as yes (1) and no (0), NaN where empty; cells that say neither are faults."""
        if name not in self._truths:
            column = self.roster.frame[name]
            values, bad = truth(column)
            for row in bad:
                found = {"column": name, "found": column.loc[row]}
                self.faults.append(Fault("cell_not_truth", found, **self.roster.at(int(row))))
            self._truths[name] = values.to_numpy(dtype=float)
        return self._truths[name]

    def tell_no_numbers(self, column: Column) -> None:
        """The cells of a column compared with numbers that hold none are faults, each told once."""
        if column.name not in self._told:
            self._told.add(column.name)
            for row, text in column.no_numbers:
                found = {"column": column.name, "found": text}
                self.faults.append(Fault("cell_not_number", found, **self.roster.at(row)))

    def names(self) -> list[str]:
        """The columns that conditions may use."""
        return [*map(str, self.roster.frame.columns), "age", "service_years", "headcount"]


def canonical(value: Scalar) -> str | Decimal:
    """What a value is compared by.

    yes, true and 1 are one value, so are no, false and 0; numbers compare as numbers, all else as text in which letter
    case, accents composed or not, and outer blanks do not matter.
    """
    text = clean(written(value)).casefold()
    if text in _TRUTH:
        return _TRUTH[text]
    return Decimal(text) if _NUMBER.fullmatch(text) else unicodedata.normalize("NFC", text)
