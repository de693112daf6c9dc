"""Who is covered by a condition: a Boolean column over the roster."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from planner.common.errors import Fault, nearest
from planner.inputs.roster.cell_values import days, truth, year
from planner.inputs.roster.notes import Heading
from planner.inputs.roster.roster import YEARS, Roster
from planner.inputs.roster.table_reader import clean
from planner.inputs.scenario.conditions import Combine, Compare, Condition, GroupName, Scalar, groups_below, written
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.synonyms import plain

_NUMBER = re.compile(r"[-+]?(\d++(\.\d*)?|\.\d+)", re.ASCII)
_TRUTH = {"yes": Decimal(1), "true": Decimal(1), "no": Decimal(0), "false": Decimal(0)}
_AGES = {"age": "birth_year", "service_years": "service_start"}
_STUDIES = {"studying": "programme", "studying_until": "until"}

Complain = Callable[..., None]


@dataclass(frozen=True)
class Moment:
    """When a condition is read: a year; with a month, ages are those completed on the first day of that month."""

    year: int
    month: int | None = None


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
    _members: dict[tuple[str, Moment], np.ndarray] = field(default_factory=dict)
    _texts: dict[str, tuple[np.ndarray, list[str | Decimal | None]]] = field(default_factory=dict)
    _truths: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def nobody(self) -> np.ndarray:
        """No cadre."""
        return np.zeros(len(self.roster.frame), dtype=bool)

    def members(self, group: str, moment: Moment) -> np.ndarray:
        """The members of a named group."""
        if self.groups[group] is None:
            return self.nobody
        # Those that it needs come first, so that a long chain of groups is read link by link.
        for name, condition in groups_below(group, self.groups, lambda each: (each, moment) in self._members):
            self._members[name, moment] = matches(condition, self, moment, ("groups", name))
        return self._members[group, moment]

    def column(self, name: str, moment: Moment) -> pd.Series | None:
        """A roster column or one computed from it; None where the roster lacks it."""
        frame = self.roster.frame
        if name in _AGES:
            return self._years_since(_AGES[name], moment) if _AGES[name] in frame else None
        if name == "headcount":
            return pd.Series(self.headcount, index=frame.index, dtype=float)
        return frame.get(name)

    def _years_since(self, name: str, moment: Moment) -> pd.Series:
        """The years from a year in the roster; to the day of birth where it is known and the moment has a month."""
        frame = self.roster.frame
        passed = moment.year - frame[name]
        if name == "birth_year" and moment.month is not None and "birth_date" in frame:
            born = frame["birth_date"].dt
            to_come = (born.month > moment.month) | ((born.month == moment.month) & (born.day > 1))
            passed = passed - to_come.astype(int)
        return passed

    def text(self, name: str) -> tuple[np.ndarray, list[str | Decimal | None]]:
        """A text column taken apart once: the index of each cell's value, and the distinct values; None where empty."""
        if name not in self._texts:
            index, cells = pd.factorize(self.roster.frame[name])
            self._texts[name] = index, [None if cell == "" else canonical(cell) for cell in cells]
        return self._texts[name]

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

    def names(self) -> list[str]:
        """The columns that conditions may use."""
        return [*map(str, self.roster.frame.columns), "age", "service_years", "headcount"]


_COMPUTED = {
    **dict.fromkeys(("tuoi", "tuoi doi", "do tuoi", "years"), "age"),
    **dict.fromkeys(("tham nien", "so nam cong tac", "nam cong tac", "thoi gian cong tac"), "service_years"),
    **dict.fromkeys(("bien che", "so nguoi", "quy mo"), "headcount"),
}
"""What people call the columns that are reckoned, not read."""


def matches(condition: Condition, people: People, moment: Moment, at: Location) -> np.ndarray:
    """Which cadres satisfy the `condition` at a location in the scenario: Boolean, in the roster's order."""
    match condition:
        case GroupName(name=name):
            if name not in people.groups:
                people.complain((*at, *condition.at), "unknown_group", name=name, nearest=nearest(name, people.groups))
                return people.nobody
            return people.members(name, moment)
        case Combine(how=how, parts=parts):
            columns = [matches(part, people, moment, at) for part in parts]
            if how == "not":
                return ~columns[0]
            if how == "any":
                return np.logical_or.reduce(columns) if columns else people.nobody
            return np.logical_and.reduce(columns) if columns else ~people.nobody
        case Compare():
            return _compare(condition, people, moment, (*at, *condition.at))


def _compare(condition: Compare, people: People, moment: Moment, at: Location) -> np.ndarray:
    column = people.column(condition.column, moment)
    if column is None:
        name = condition.column
        meant = _COMPUTED.get(plain(name), name)
        names = [str(Heading(other, other)) for other in people.names()]
        called = nearest(str(Heading(meant, meant)), names)
        people.complain(at, "unknown_column", name=Heading(name, name), nearest=called)
        return people.nobody
    if not condition.values and condition.low is None and condition.high is None:
        return people.nobody  # an empty list: none of no values
    if condition.column in people.ladders:
        return _compare_levels(condition, column, people, at)
    if condition.column in _STUDIES:
        return _compare_studies(condition, people, at)
    if condition.values:
        return np.logical_or.reduce([_equal(column, value, people, at) for value in condition.values])
    return _within(column, condition, people, at)


def _compare_levels(condition: Compare, column: pd.Series, people: People, at: Location) -> np.ndarray:
    """Compare by the level's index in the ladder; an empty cell (-1) satisfies nothing."""
    ladder = people.ladders[condition.column]
    named = [value for value in (*condition.values, condition.low, condition.high) if value is not None]
    unknown = [value for value in named if value not in ladder]
    for value in unknown:
        people.complain(at, "unknown_level", name=value, nearest=nearest(value, ladder))
    if unknown:
        return people.nobody
    level = column.to_numpy()
    if condition.values:
        return np.isin(level, [ladder.index(str(value)) for value in condition.values])
    low = 0 if condition.low is None else ladder.index(str(condition.low))
    high = len(ladder) if condition.high is None else ladder.index(str(condition.high))
    if low > high:
        people.complain(at, "min_above_max", min=condition.low, max=condition.high)
    return (level >= low) & (level <= high)


def _compare_studies(condition: Compare, people: People, at: Location) -> np.ndarray:
    """Compare each of a cadre's studies under way; one that fits is enough."""
    studies = people.roster.studies
    column = studies[_STUDIES[condition.column]].rename(condition.column)
    if condition.values and condition.column == "studying":
        fits = column.map(canonical).isin([canonical(value) for value in condition.values]).to_numpy()
    elif condition.values:
        fits = np.logical_or.reduce([_equal(column, value, people, at) for value in condition.values])
    else:
        fits = _within(column, condition, people, at)
    return people.roster.frame.index.isin(studies["row"][fits])


def _equal(column: pd.Series, value: Scalar, people: People, at: Location) -> np.ndarray:
    if not pd.api.types.is_string_dtype(column):
        number = _number(column, value, people, at)
        return np.zeros(len(column), dtype=bool) if number is None else (_numeric(column) == number)
    if column.name == "sex" and value not in ("F", "M", ""):
        people.complain(at, "want_sex", found=written(value))
        return people.nobody
    if isinstance(value, bool):
        return people.truth(str(column.name)) == float(value)
    index, cells = people.text(str(column.name))
    wanted = canonical(value)
    return np.array([cell == wanted for cell in cells], dtype=bool)[index]


def _within(column: pd.Series, condition: Compare, people: People, at: Location) -> np.ndarray:
    bounds = [
        None if bound is None else _number(column, bound, people, at) for bound in (condition.low, condition.high)
    ]
    if (condition.low is not None and bounds[0] is None) or (condition.high is not None and bounds[1] is None):
        return np.zeros(len(column), dtype=bool)
    low, high = (-np.inf if bounds[0] is None else bounds[0], np.inf if bounds[1] is None else bounds[1])
    if low > high:
        people.complain(at, "min_above_max", min=condition.low, max=condition.high)
    numbers = _numeric(column)
    if pd.api.types.is_string_dtype(column):
        for row in column.index[np.isnan(numbers) & (column != "").to_numpy()]:
            found = {"column": column.name, "found": column.loc[row]}
            people.faults.append(Fault("cell_not_number", found, **people.roster.at(int(row))))
    return (numbers >= low) & (numbers <= high)


def _numeric(column: pd.Series) -> np.ndarray:
    """The numbers of a column, NaN where there is none; dates as days since 1 January 1970."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return ((column - pd.Timestamp(0)) / pd.Timedelta(days=1)).to_numpy(dtype=float)
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)


def _number(column: pd.Series, value: Scalar, people: People, at: Location) -> float | None:
    """A value as a number that the column's can be compared with, read as the roster's cell would be."""
    if pd.api.types.is_datetime64_any_dtype(column):
        found = days(clean(written(value)))
        if found is None or np.isnan(found):
            people.complain(at, "want_date", found=written(value))
            return None
        return found
    wanted = canonical(value)
    if isinstance(wanted, str) and column.name == "local":
        truth_value, bad = truth(pd.Series([wanted]))
        wanted = wanted if bad else Decimal(int(truth_value.iloc[0]))
    if isinstance(wanted, str) and column.name in ("birth_year", "studying_until", *YEARS):
        wanted = Decimal(read) if (read := year(clean(str(value)))) is not None else wanted
    if isinstance(wanted, str):
        people.complain(at, "want_number", found=value)
        return None
    return float(wanted)


def canonical(value: Scalar) -> str | Decimal:
    """What a value is compared by.

    yes, true and 1 are one value, so are no, false and 0; numbers compare as numbers, all else as text in which letter
    case, accents composed or not, and outer blanks do not matter.
    """
    text = clean(written(value)).casefold()
    if text in _TRUTH:
        return _TRUTH[text]
    return Decimal(text) if _NUMBER.fullmatch(text) else unicodedata.normalize("NFC", text)
