"""Who is covered by a condition: a Boolean column over the roster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from planner.common.errors import Fault, nearest
from planner.inputs.roster.roster import Roster, truth
from planner.inputs.scenario.conditions import (
    Combine,
    Compare,
    Condition,
    Group,
    Scalar,
)


@dataclass
class People:
    """The cadres that conditions speak about, and what was found wrong while they did.

    `headcount` is that of each cadre's agency; `groups` the members of every named group, Boolean columns. Faults of
    the roster's cells are collected in `faults`; faults of the condition go to the `complain` of `matches`.
    """

    roster: Roster
    headcount: np.ndarray
    ladders: Mapping[str, tuple[str, ...]]
    groups: dict[str, np.ndarray] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _texts: dict[str, tuple[np.ndarray, list[str | float | None]]] = field(default_factory=dict)
    _truths: dict[str, np.ndarray] = field(default_factory=dict)

    def column(self, name: str, year: int) -> pd.Series | None:
        """A roster column or one computed from it; None where the roster lacks it."""
        frame = self.roster.frame
        computed = {"age": "birth_year", "service_years": "service_start"}
        if name in computed:
            return year - frame[computed[name]] if computed[name] in frame else None
        if name == "headcount":
            return pd.Series(self.headcount, index=frame.index, dtype=float)
        return frame.get(name)

    def text(self, name: str) -> tuple[np.ndarray, list[str | float | None]]:
        """A text column taken apart once: the place of each cell's value, and the distinct values; None where empty."""
        if name not in self._texts:
            place, cells = pd.factorize(self.roster.frame[name])
            self._texts[name] = place, [None if cell == "" else _canonical(cell) for cell in cells]
        return self._texts[name]

    def truth(self, name: str) -> np.ndarray:
        """A text column read once as yes (1) and no (0), NaN where empty; cells that say neither are faults."""
        if name not in self._truths:
            column = self.roster.frame[name]
            values, bad = truth(column)
            for row in bad:
                found = {"column": name, "found": column.loc[row]}
                self.faults.append(Fault("cell_not_truth", found, self.roster.file, row=int(row)))
            self._truths[name] = values.to_numpy(dtype=float)
        return self._truths[name]

    def names(self) -> list[str]:
        """The columns that conditions may use."""
        return [*map(str, self.roster.frame.columns), "age", "service_years", "headcount"]


Complain = Callable[..., None]


def matches(condition: Condition, people: People, year: int, complain: Complain) -> np.ndarray:
    """Which cadres satisfy `condition` in `year`: a Boolean array, in the roster's order.

    `complain(at, key, **values)` hears of every unknown group, column or level, and of values of the wrong kind.
    """
    nobody = np.zeros(len(people.roster.frame), dtype=bool)
    match condition:
        case Group(name=name, at=at):
            if name not in people.groups:
                complain(at, "unknown_group", name=name, nearest=nearest(name, people.groups))
            return people.groups.get(name, nobody)
        case Combine(how=how, parts=parts):
            columns = [matches(part, people, year, complain) for part in parts]
            if how == "not":
                return ~columns[0]
            if how == "any":
                return np.logical_or.reduce(columns) if columns else nobody
            return np.logical_and.reduce(columns) if columns else ~nobody
        case Compare():
            return _compare(condition, people, year, complain, nobody)


def _compare(condition: Compare, people: People, year: int, complain: Complain, nobody: np.ndarray) -> np.ndarray:
    column = people.column(condition.column, year)
    if column is None:
        name = condition.column
        complain(condition.at, "unknown_column", name=name, nearest=nearest(name, people.names()))
        return nobody
    if not condition.values and condition.low is None and condition.high is None:
        return nobody  # an empty list: none of no values
    if condition.column in people.ladders:
        return _compare_levels(condition, column, people.ladders[condition.column], complain, nobody)
    if condition.values:
        checks = [_equal(column, value, condition, people, complain) for value in condition.values]
        return np.logical_or.reduce(checks)
    return _within(column, condition, people, complain)


def _compare_levels(
    condition: Compare, column: pd.Series, ladder: tuple[str, ...], complain: Complain, nobody: np.ndarray
) -> np.ndarray:
    """Compare by the level's place in the ladder; an empty cell (-1) satisfies nothing."""
    named = [value for value in (*condition.values, condition.low, condition.high) if value is not None]
    unknown = [value for value in named if value not in ladder]
    for value in unknown:
        complain(condition.at, "unknown_level", name=value, nearest=nearest(value, ladder))
    if unknown:
        return nobody
    place = column.to_numpy()
    if condition.values:
        return np.isin(place, [ladder.index(str(value)) for value in condition.values])
    low = 0 if condition.low is None else ladder.index(str(condition.low))
    high = len(ladder) if condition.high is None else ladder.index(str(condition.high))
    return (place >= low) & (place <= high)


def _equal(column: pd.Series, value: Scalar, condition: Compare, people: People, complain: Complain) -> np.ndarray:
    if pd.api.types.is_numeric_dtype(column):
        number = _canonical(value)
        if isinstance(number, str):
            complain(condition.at, "want_number", found=value)
            return np.zeros(len(column), dtype=bool)
        return (column == number).to_numpy(dtype=bool)
    if isinstance(value, bool):
        return people.truth(str(column.name)) == float(value)
    place, cells = people.text(str(column.name))
    canonical = _canonical(value)
    return np.array([cell == canonical for cell in cells], dtype=bool)[place]


def _within(column: pd.Series, condition: Compare, people: People, complain: Complain) -> np.ndarray:
    low, high = condition.low, condition.high
    for bound in (low, high):
        if isinstance(bound, str):
            complain(condition.at, "want_number", found=bound)
            return np.zeros(len(column), dtype=bool)
    numbers = pd.to_numeric(column, errors="coerce")
    if not pd.api.types.is_numeric_dtype(column):
        for row in column.index[numbers.isna() & (column != "")]:
            found = {"column": column.name, "found": column.loc[row]}
            people.faults.append(Fault("cell_not_number", found, people.roster.file, row=int(row)))
    known = numbers.notna()
    if low is not None:
        known &= numbers >= float(low)
    if high is not None:
        known &= numbers <= float(high)
    return known.to_numpy(dtype=bool)


def _canonical(value: Scalar) -> str | float:
    """yes, true and 1 are one value, so are no, false and 0; numbers compare as numbers, all else as text."""
    text = str(value).strip()
    if text.lower() in ("yes", "true"):
        return 1.0
    if text.lower() in ("no", "false"):
        return 0.0
    try:
        return float(text)
    except ValueError:
        return text
