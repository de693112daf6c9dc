"""The goals as sums over columns: of starts, and of the shortfalls that the rows define (contract, section 6)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.inputs.scenario.schema import RankedGoal
from planner.verification.goals import GOALS, drawn_lot, points
from planner.verification.numbers import Number, fraction
from planner.verification.proof.rows import Row, Rows


@dataclass(frozen=True)
class Objective:
    """A goal in the form to minimise: `scale` x sense x goal = coefficients x columns + `constant`, all whole.

    Attributes
    ----------
    coefficients
        A whole number for every column.
    sign
        1 where the goal is minimised, -1 where it is maximised.
    step
        Divides every value of coefficients x columns.
    """

    coefficients: np.ndarray
    constant: int
    scale: int
    sign: int
    step: int

    def written(self, value: Number) -> int:
        """A value of the goal as the value of coefficients x columns."""
        whole = Fraction(value) * self.scale * self.sign - self.constant
        return whole.numerator if whole.denominator == 1 else math.floor(whole)

    def read(self, whole: int) -> Fraction:
        """The other way round."""
        return Fraction(whole + self.constant, self.scale) * self.sign

    def no_worse(self, value: Number) -> Row:
        """The row that says: the goal is no worse than a value."""
        columns = np.flatnonzero(self.coefficients != 0)
        return Row(columns, self.coefficients[columns], self.written(value))


def objectives(rows: Rows, goals: Iterable[RankedGoal]) -> dict[RankedGoal, Objective]:
    """Those of the ranked goals that can be written over the columns of the rows; of others nothing is proven."""
    return {goal: objective(rows, goal) for goal in goals if goal.kind in TERMS}


def objective(rows: Rows, goal: RankedGoal) -> Objective:
    """A ranked goal over the columns of the rows."""
    values, constant = TERMS[goal.kind](rows, goal)
    scale = math.lcm(*(Fraction(each).denominator for each in {*values.values()}))
    sign = 1 if GOALS[goal.kind].sense == "min" else -1
    whole = np.zeros(rows.size, dtype=object)
    for column, value in values.items():
        whole[column] = int(value * scale) * sign
    step = math.gcd(*(int(each) for each in {*whole})) or 1
    return Objective(whole, constant * scale * sign, scale, sign, step)


Terms = tuple[Mapping[int, Fraction | int], int]


def _attainment(rows: Rows, goal: RankedGoal) -> Terms:
    targets = rows.study_plans.problem.scenario.targets
    return _weighted(rows, "shortfall", goal, {name: fraction(entry.weight) for name, entry in targets.items()})


def _shares(rows: Rows, goal: RankedGoal) -> Terms:
    entries = rows.study_plans.problem.scenario.shares
    return _weighted(rows, "short_share", goal, {name: fraction(entry.weight) for name, entry in entries.items()})


def _seat_floors(rows: Rows, goal: RankedGoal) -> Terms:
    return _weighted(rows, "below_min", goal, dict.fromkeys(rows.study_plans.problem.scenario.seats, Fraction(1)))


def _weighted(rows: Rows, kind: str, goal: RankedGoal, weights: Mapping[str, Fraction]) -> Terms:
    """The columns of a kind, those of the entries named if any are, times the weights of their entries."""
    named = goal.entries or tuple(weights)
    own = {key: column for key, column in rows.columns.items() if key[0] == kind and key[1] in named}
    return {column: weights[str(key[1])] for key, column in own.items()}, 0


def _of_starts(rows: Rows, values: list[Fraction] | list[int]) -> Terms:
    return dict(enumerate(values)), 0


def _starts(rows: Rows, goal: RankedGoal) -> Terms:
    return _of_starts(rows, [1] * len(rows.study_plans.starts))


def _priority(rows: Rows, goal: RankedGoal) -> Terms:
    return _of_starts(rows, points(rows.study_plans.problem, rows.study_plans.starts, goal.entries))


def _early(rows: Rows, goal: RankedGoal) -> Terms:
    first = rows.study_plans.problem.scenario.horizon.first
    return _of_starts(rows, [int(finish) - first + 1 for finish in rows.study_plans.starts["finish"]])


def _cost(rows: Rows, goal: RankedGoal) -> Terms:
    return _of_starts(rows, [fraction(cost) for cost in rows.study_plans.starts["cost"]])


def _lot(rows: Rows, goal: RankedGoal) -> Terms:
    drawn = rows.study_plans.problem.scenario.lot
    return _of_starts(rows, [drawn_lot(drawn, *start) for start in _keys(rows)])


def _changes(rows: Rows, goal: RankedGoal) -> Terms:
    earlier = rows.study_plans.problem.earlier
    before = set(zip(earlier["cadre"], earlier["programme"], earlier["start"].astype(int), strict=True))
    return dict(enumerate(-1 if start in before else 1 for start in _keys(rows))), len(before)


def _keys(rows: Rows) -> list[tuple[str, str, int]]:
    starts = rows.study_plans.starts
    return list(zip(starts["cadre"], starts["programme"], starts["start"].astype(int), strict=True))


TERMS: dict[str, Callable[[Rows, RankedGoal], Terms]] = {
    "attainment": _attainment,
    "seat_floors": _seat_floors,
    "shares": _shares,
    "starts": _starts,
    "priority": _priority,
    "early": _early,
    "cost": _cost,
    "lot": _lot,
    "changes": _changes,
}
