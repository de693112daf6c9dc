"""The bound that multipliers prove: no plan within some limits is better, in whole numbers from beginning to end.

For rows A x <= b and any multipliers y >= 0, every plan x has c x >= c x + y (A x - b). The right-hand side falls apart
into one sum for each cadre, whose smallest value is that of the cheapest of his study plans, all of which are listed,
and one for each of the other columns, cheapest at one of its ends. So

    c x  >=  sum over cadres of min over study plans of (c + y A)  +  sum over other columns of their cheaper end  -  y b

whatever the multipliers are: wrong ones make the bound weaker, never untrue. Multipliers are whole numbers over a
common denominator, so that nothing is rounded.

References
----------
Geoffrion, "Lagrangean relaxation for integer programming", Mathematical Programming Study 2 (1974).
Everett, "Generalized Lagrange multiplier method for solving problems of optimum allocation of resources", Operations
Research 11 (1963).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.verification.proof.objectives import Objective
from planner.verification.proof.rows import Key, Row, Rows, attaining, takes_away
from planner.verification.proof.study_plans import Kind

EXACT_FLOATS = 2**53  # whole numbers below it, and sums below it, are exact as floats
EXACT_INTEGERS = 2**62
Limits = Mapping[int, tuple[int, int]]  # column -> the smallest and the largest value


class MisfitError(ValueError):
    """A certificate that does not fit the problem.

    Attributes
    ----------
    what
        `row` or `column`: it names one that there is not; `numbers`: they are negative, or have more digits than whole
        numbers are reckoned with here.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class _Choices:
    """A kind's study plans with all that they decide: Boolean, plans x features; and each cadre's columns.

    `plans` is None where there are too many; `columns` is cadres x features, -1 where no row counts the feature.
    """

    plans: np.ndarray | None
    columns: np.ndarray


class Bounder:
    """Bounds for one problem."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._choices = [_choices(rows, kind) for kind in rows.study_plans.kinds]
        beside = np.array(sorted(rows.upper), dtype=int)
        self._beside, self._upper = beside, np.array([rows.upper[column] for column in beside], dtype=object)
        self._row_of = {
            int(column): (number, row)
            for number, each in enumerate(self._choices)
            for row, own in enumerate(each.columns)
            for column in own
            if column >= 0
        }

    def bound(
        self,
        objective: Objective,
        multipliers: Mapping[Key, int],
        denominator: int,
        earlier: Mapping[Key, Row] | None = None,
        limits: Limits | None = None,
    ) -> int | None:
        """What the objective times the denominator is at least, for every plan within the limits.

        Parameters
        ----------
        multipliers
            For some of the rows a number of at least 0, times the denominator.
        earlier
            Further rows, those of the goals that rank before.
        limits
            Values that columns are confined to.

        Returns
        -------
        int or None
            None: there is no plan within the limits at all.

        Raises
        ------
        MisfitError
            There is no such row; a multiplier is negative, or the numbers are too large.
        """
        known = {**self.rows.rows, **(earlier or {})}
        if not multipliers.keys() <= known.keys():
            raise MisfitError("row")
        used = [(known[key], number) for key, number in multipliers.items() if number]
        if denominator < 1 or any(number < 0 for _, number in used):
            raise MisfitError("numbers")
        price = _price(objective, used, denominator)
        total = -sum(number * row.most for row, number in used)
        confined = self._by_cadre(limits or {})
        for number, choices in enumerate(self._choices):
            least = _cheapest(choices, price, confined.get(number, {}))
            if least is None:
                return None
            total += least
        return total + self._ends(price, limits or {})

    def _by_cadre(self, limits: Limits) -> dict[int, dict[int, dict[int, tuple[int, int]]]]:
        """The limits of features: number of the kind -> row of the cadre -> column -> values."""
        confined: dict[int, dict[int, dict[int, tuple[int, int]]]] = {}
        for column, ends in limits.items():
            if column in self._row_of:
                number, row = self._row_of[column]
                confined.setdefault(number, {}).setdefault(row, {})[column] = ends
        return confined

    def _ends(self, price: np.ndarray, limits: Limits) -> int:
        """The columns beside the features at their cheaper ends."""
        lower, upper = np.zeros(len(self._beside), dtype=object), self._upper.copy()
        for at, column in enumerate(map(int, self._beside)):
            if column in limits:
                lower[at] = max(0, limits[column][0])
                upper[at] = min(upper[at], limits[column][1])
        own = price[self._beside].astype(object)
        return int(np.where(own > 0, own * lower, own * upper).sum())


def _choices(rows: Rows, kind: Kind) -> _Choices:
    """A kind's study plans, and what of the things that rows count each of them brings about."""
    problem, people = rows.study_plans.problem, list(kind.first)
    starts = np.array([kind.first[person] for person in people])[:, None] + np.arange(len(kind.candidates))
    cadres = problem.cadres["cadre"].to_numpy()
    targets, years = list(problem.scenario.targets), list(map(int, problem.years))
    columns = np.array(
        [
            [
                *(rows.columns.get(("attained", name, str(cadres[person])), -1) for name in targets),
                *(rows.columns.get(("away", str(cadres[person]), year), -1) for year in years),
            ]
            for person in people
        ],
        dtype=int,
    )
    counted = (columns >= 0).any(axis=0)
    columns = np.hstack([starts, columns[:, counted]])
    if kind.plans is None:
        return _Choices(None, columns)
    decided = [
        *((attaining, name) for name in targets),
        *((takes_away, year) for year in years),
    ]
    made = [decide(problem, kind, kind.plans, what) for (decide, what), shown in zip(decided, counted, strict=True) if shown]
    return _Choices(np.column_stack([kind.plans, *made]), columns)


def _price(objective: Objective, used: list[tuple[Row, int]], denominator: int) -> np.ndarray:
    """c + y A, times the denominator."""
    largest = denominator * max((abs(each) for each in objective.coefficients), default=0)
    largest += sum(number * max((abs(each) for each in row.coefficients), default=0) for row, number in used)
    if largest >= EXACT_INTEGERS:
        raise MisfitError("numbers")
    price = objective.coefficients.astype(np.int64) * denominator
    for row, number in used:
        price[row.columns] += number * row.coefficients.astype(np.int64)  # no row has a column twice
    return price


def _cheapest(choices: _Choices, price: np.ndarray, confined: Mapping[int, Mapping[int, tuple[int, int]]]) -> int | None:
    """The sum over a kind's cadres of the price of the cheapest study plan; None where one of them has none left."""
    own = np.where(choices.columns >= 0, price[choices.columns], 0)
    if int(np.abs(own).max(initial=0)) * own.shape[1] >= EXACT_INTEGERS:
        raise MisfitError("numbers")
    if choices.plans is None:
        return _loosely(choices, own, confined)
    exact = int(np.abs(own).max(initial=0)) * own.shape[1] < EXACT_FLOATS
    number = np.float64 if exact else np.int64
    free = [row for row in range(len(own)) if row not in confined]
    total = 0
    if free:
        different, times = np.unique(own[free], axis=0, return_counts=True)
        least = (choices.plans.astype(number) @ different.T.astype(number)).min(axis=0)
        total += sum(int(each) * int(count) for each, count in zip(least, times, strict=True))
    for row, limits in confined.items():
        allowed = np.ones(len(choices.plans), dtype=bool)
        for at, column in enumerate(choices.columns[row]):
            if int(column) in limits:
                low, high = limits[int(column)]
                allowed &= (choices.plans[:, at] >= low) & (choices.plans[:, at] <= high)
        if not allowed.any():
            return None
        total += int((choices.plans[allowed].astype(number) @ own[row].astype(number)).min())
    return total


def _loosely(choices: _Choices, own: np.ndarray, confined: Mapping[int, Mapping[int, tuple[int, int]]]) -> int:
    """The same where the study plans are too many: every feature by itself at its cheaper end."""
    total = int(np.minimum(own, 0).sum())
    for row, limits in confined.items():
        for at, column in enumerate(choices.columns[row]):
            if int(column) in limits:
                low, high = max(0, limits[int(column)][0]), min(1, limits[int(column)][1])
                price = int(own[row, at])
                total += min(price * low, price * high) - min(price, 0)
    return total
