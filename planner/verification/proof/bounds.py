"""The bound that multipliers prove: no plan within some limits is better, in whole numbers from beginning to end.

For rows A x <= b and any multipliers y >= 0, every plan x has c x >= c x + y (A x - b). The right-hand side falls apart
into one sum for each cadre, whose smallest value is that of the cheapest of his study plans, all of which are listed,
and one for each of the other columns, cheapest at one of its ends. So

    c x  >=  sum over cadres of min over study plans of (c + y A)  +  sum over other columns of the cheaper end  -  y b

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

import numpy as np

from planner.verification.proof.choices import EXACT_INTEGERS, Limits, MisfitError, choices_of
from planner.verification.proof.objectives import Objective
from planner.verification.proof.rows import Key, Row, Rows


class Bounder:
    """Bounds for one problem."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._choices = [choices_of(rows, kind) for kind in rows.study_plans.kinds]
        self._cadre_of = {
            int(column): (number, row)
            for number, choices in enumerate(self._choices)
            for row, own in enumerate(choices.columns)
            for column in own
            if column >= 0
        }

    def bound(
        self,
        objective: Objective,
        multipliers: Mapping[Key, int],
        denominator: int,
        earlier: Mapping[Key, Row],
        limits: Limits,
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
        known = {**self.rows.rows, **earlier}
        if not multipliers.keys() <= known.keys():
            raise MisfitError("row")
        used = [(known[key], number) for key, number in multipliers.items()]
        if denominator < 1 or any(number < 0 for _, number in used):
            raise MisfitError("numbers")
        price = _price(objective, used, denominator)
        total = self._at_ends(price, limits) - sum(number * row.most for row, number in used)
        confined = self._by_cadre(limits)
        for number, choices in enumerate(self._choices):
            least = choices.cheapest(price, confined.get(number, {}))
            if least is None:
                return None
            total += least
        return total

    def _by_cadre(self, limits: Limits) -> dict[int, dict[int, dict[int, tuple[int, int]]]]:
        """The limits of what study plans decide: number of the kind -> row of the cadre -> column -> values."""
        confined: dict[int, dict[int, dict[int, tuple[int, int]]]] = {}
        for column, ends in limits.items():
            if column in self._cadre_of:
                number, row = self._cadre_of[column]
                confined.setdefault(number, {}).setdefault(row, {})[column] = ends
        return confined

    def _at_ends(self, price: np.ndarray, limits: Limits) -> int:
        """The whole numbers that no study plan decides, each at its cheaper end."""
        total = 0
        for column, most in self.rows.upper.items():
            low, high = limits.get(column, (0, most))
            total += min(int(price[column]) * max(low, 0), int(price[column]) * min(high, most))
        return total


def _price(objective: Objective, used: list[tuple[Row, int]], denominator: int) -> np.ndarray:
    """C + y A, times the denominator."""
    largest = denominator * max((abs(each) for each in objective.coefficients), default=0)
    largest += sum(number * max((abs(each) for each in row.coefficients), default=0) for row, number in used)
    if largest >= EXACT_INTEGERS:
        raise MisfitError("numbers")
    price: np.ndarray = objective.coefficients.astype(np.int64) * denominator
    for row, number in used:
        price[row.columns] += number * row.coefficients.astype(np.int64)
    return price
