"""Who is covered by a condition: the rows of the roster, looked for only among those who can be.

A country has a condition for nearly every twentieth cadre. So none is held against everybody where a text that it
names, in a column of texts or through a group, has an index: the work is as large as what is found there.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd

from planner.common.errors import nearest
from planner.inputs.people import NOBODY, STUDIES, Column, Moment, People, canonical
from planner.inputs.roster.cell_values import days, truth, year
from planner.inputs.roster.notes import Heading
from planner.inputs.roster.roster import YEARS
from planner.inputs.roster.table_reader import clean
from planner.inputs.scenario.conditions import Combine, Compare, Condition, GroupName, Scalar, groups_below, written
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.synonyms import plain

_COMPUTED = {
    **dict.fromkeys(("tuoi", "tuoi doi", "do tuoi", "years"), "age"),
    **dict.fromkeys(("tham nien", "so nam cong tac", "nam cong tac", "thoi gian cong tac"), "service_years"),
    **dict.fromkeys(("bien che", "so nguoi", "quy mo"), "headcount"),
}
"""What people call the columns that are reckoned, not read."""


def matches(
    condition: Condition, people: People, moment: Moment, at: Location, among: np.ndarray | None = None
) -> np.ndarray:
    """Which cadres satisfy the `condition` at a location in the scenario: rows of the roster, in ascending order.

    Parameters
    ----------
    among
        The rows to look at, in ascending order; by default all.
    """
    match condition:
        case GroupName(name=name):
            if name not in people.groups:
                people.complain((*at, *condition.at), "unknown_group", name=name, nearest=nearest(name, people.groups))
                return NOBODY
            return _both(members(people, name, moment), among)
        case Combine(how="not", parts=parts):
            others = people.everybody if among is None else among
            return np.setdiff1d(others, matches(parts[0], people, moment, at, among), assume_unique=True)
        case Combine(how="any", parts=parts):
            return _any([matches(part, people, moment, at, among) for part in parts])
        case Combine(parts=parts):
            left = _first_look(parts, people, moment, at) if among is None else among
            for part in parts:
                left = matches(part, people, moment, at, left)
            return people.everybody if left is None else left
        case Compare():
            return _compare(condition, people, moment, (*at, *condition.at), among)


def members(people: People, group: str, moment: Moment) -> np.ndarray:
    """The members of a named group; of one too faulty to be read, nobody."""
    if people.groups[group] is None:
        return NOBODY
    # Those that it needs come first, so that a long chain of groups is read link by link.
    for name, condition in groups_below(group, people.groups, lambda each: (each, moment) in people.members):
        people.members[name, moment] = matches(condition, people, moment, ("groups", name))
    return people.members[group, moment]


# --- whom to look at ------------------------------------------------------------------------------------------------


def _first_look(parts: tuple[Condition, ...], people: People, moment: Moment, at: Location) -> np.ndarray | None:
    """Of conditions that must all hold, whom the one covers that covers fewest; None where that cannot be told."""
    sizes = [_most(part, people, moment) for part in parts]
    if not parts or min(sizes) >= len(people):
        return None
    return matches(parts[int(np.argmin(sizes))], people, moment, at)


def _most(condition: Condition, people: People, moment: Moment) -> int:
    """How many a condition covers at most, as far as an index tells."""
    everybody = len(people)
    match condition:
        case GroupName(name=name):
            return len(members(people, name, moment)) if name in people.groups else everybody
        case Combine(how="all", parts=parts):
            return min((_most(part, people, moment) for part in parts), default=everybody)
        case Combine(how="any", parts=parts):
            return min(everybody, sum(_most(part, people, moment) for part in parts))
        case Compare(column=name, values=values) if values and name not in STUDIES and name not in people.ladders:
            column = people.column(name, moment)
            texts = [value for value in values if not isinstance(value, bool)]
            indexed = column is not None and column.is_text and len(texts) == len(values)
            return column.number_having(texts) if column is not None and indexed else everybody
    return everybody


def _both(members: np.ndarray, among: np.ndarray | None) -> np.ndarray:
    """Those of some rows who are among others, both in ascending order; the work is that of the fewer."""
    if among is None:
        return members
    few, many = (among, members) if len(among) <= len(members) else (members, among)
    if not len(few):
        return NOBODY
    place = np.searchsorted(many, few).clip(max=len(many) - 1)
    return few[many[place] == few]


def _any(found: list[np.ndarray]) -> np.ndarray:
    """Those of some sets of rows, each in ascending order."""
    return found[0] if len(found) == 1 else np.unique(np.concatenate([NOBODY, *found]))


def _where(test: Callable[[np.ndarray], np.ndarray], values: np.ndarray, among: np.ndarray | None) -> np.ndarray:
    """The rows whose value passes a test."""
    if among is None:
        return np.flatnonzero(test(values)).astype(np.int32)
    return among[test(values[among])]


# --- comparisons ----------------------------------------------------------------------------------------------------


def _compare(condition: Compare, people: People, moment: Moment, at: Location, among: np.ndarray | None) -> np.ndarray:
    column = people.column(condition.column, moment)
    if column is None:
        name = condition.column
        meant = _COMPUTED.get(plain(name), name)
        names = [str(Heading(other, other)) for other in people.names()]
        called = nearest(str(Heading(meant, meant)), names)
        people.complain(at, "unknown_column", name=Heading(name, name), nearest=called)
        return NOBODY
    if not condition.values and condition.low is None and condition.high is None:
        return NOBODY  # an empty list: none of no values
    if condition.column in people.ladders:
        return _compare_levels(condition, column, people, at, among)
    if condition.column in STUDIES:
        return _both(_compare_studies(condition, people, at), among)
    if condition.values:
        return _equal(column, condition.values, people, at, among)
    return _within(column, condition, people, at, among)


def _compare_levels(
    condition: Compare, column: Column, people: People, at: Location, among: np.ndarray | None
) -> np.ndarray:
    """Compare by the level's index in the ladder; an empty cell (-1) satisfies nothing."""
    ladder = people.ladders[condition.column]
    named = [value for value in (*condition.values, condition.low, condition.high) if value is not None]
    unknown = [value for value in named if value not in ladder]
    for value in unknown:
        people.complain(at, "unknown_level", name=value, nearest=nearest(value, ladder))
    if unknown:
        return NOBODY
    if condition.values:
        wanted = [ladder.index(str(value)) for value in condition.values]
        return _where(lambda level: np.isin(level, wanted), column.values, among)
    low = 0 if condition.low is None else ladder.index(str(condition.low))
    high = len(ladder) if condition.high is None else ladder.index(str(condition.high))
    if low > high:
        people.complain(at, "min_above_max", min=condition.low, max=condition.high)
    return _where(lambda level: (level >= low) & (level <= high), column.values, among)


def _compare_studies(condition: Compare, people: People, at: Location) -> np.ndarray:
    """Compare each of a cadre's studies under way; one that fits is enough."""
    column = people.studies[condition.column]
    if condition.values and condition.column == "studying":
        fits = column.having(condition.values)
    elif condition.values:
        fits = _equal(column, condition.values, people, at, None)
    else:
        fits = _within(column, condition, people, at, None)
    found = people.students[fits]
    return np.unique(found[found >= 0]).astype(np.int32)


def _equal(
    column: Column, values: tuple[Scalar, ...], people: People, at: Location, among: np.ndarray | None
) -> np.ndarray:
    """Those whose cell is one of some values."""
    if not column.is_text:
        numbers = [number for value in values if (number := _number(column, value, people, at)) is not None]
        return _where(lambda cells: np.isin(cells, numbers), column.numbers, among)
    wrong = [value for value in values if column.name == "sex" and value not in ("F", "M", "")]
    for value in wrong:
        people.complain(at, "want_sex", found=written(value))
    texts = [value for value in values if value not in wrong and not isinstance(value, bool)]
    truths = [float(value) for value in values if value not in wrong and isinstance(value, bool)]
    found: list[np.ndarray] = []
    if truths:
        found.append(_where(lambda cells: np.isin(cells, truths), people.truth(column.name), among))
    if texts and among is None:
        found.append(column.having(texts))
    elif texts:
        codes = column.codes(texts)
        found.append(_where(lambda cells: np.isin(cells, codes), column.code, among))
    return _any(found)


def _within(column: Column, condition: Compare, people: People, at: Location, among: np.ndarray | None) -> np.ndarray:
    bounds = [
        None if bound is None else _number(column, bound, people, at) for bound in (condition.low, condition.high)
    ]
    if (condition.low is not None and bounds[0] is None) or (condition.high is not None and bounds[1] is None):
        return NOBODY
    low, high = (-np.inf if bounds[0] is None else bounds[0], np.inf if bounds[1] is None else bounds[1])
    if low > high:
        people.complain(at, "min_above_max", min=condition.low, max=condition.high)
    people.tell_no_numbers(column)
    return _where(lambda cells: (cells >= low) & (cells <= high), column.numbers, among)


def _number(column: Column, value: Scalar, people: People, at: Location) -> float | None:
    """A value as a number that the column's can be compared with, read as the roster's cell would be."""
    if column.is_date:
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
