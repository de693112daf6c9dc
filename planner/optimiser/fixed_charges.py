"""As few units as can be, and of those as few different ones: a unit costs, and so does it to use an amount at all.

How it works. The units alone are a plain goal: a linear programme bounds them, and mostly tells them. The charges are
not: where a thousand units hang on one charge, the relaxation pays a thousandth of it for each, and a search to prove
that two charges are needed goes through thousands of columns. So of every amount that may be used at all it is first
asked how large it can be in a solution of so many units, by a linear programme that goes on from the last, unless the
number of units itself says that it can only be one. A charge is then worth at least the amount's part of that most,
which is mostly enough to prove the number of charges by rounding.

References
----------
Balinski, "Fixed-cost transportation problems", Naval Research Logistics Quarterly 8 (1961): the part of a charge.
Caprara, Locatelli, "Global optimization problems and domain reduction strategies", Mathematical Programming 125 (2010):
bounds of columns from the cost of the best solution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits, dot
from planner.optimiser.lp import Relaxation, Simplex
from planner.optimiser.reduced_cost_fixing import GoalResult, best, face, next_value, tolerance

MANY = 60  # amounts that may be used: so many are asked how large they can be
USED = 1e-7  # a smaller amount is none


@dataclass(frozen=True)
class Charges:
    """What the columns of a matrix cost.

    Attributes
    ----------
    units
        Of every column the units that it costs: whole numbers, none below 0.
    charges
        Of every column the charge, as `units`.
    amounts, uses
        Columns, as many of the one as of the other: where an amount is above 0, its use is 1. A use may have a charge.
    """

    units: np.ndarray
    charges: np.ndarray
    amounts: np.ndarray
    uses: np.ndarray

    def over(self, columns: np.ndarray) -> Charges:
        """Those of some columns: an amount is among them only with its use."""
        place = np.full(len(self.units), -1)
        place[columns] = np.arange(len(columns))
        amounts, uses = place[self.amounts], place[self.uses]
        both = (amounts >= 0) & (uses >= 0)
        return Charges(self.units[columns], self.charges[columns], amounts[both], uses[both])


def cheapest(
    matrix: IntegerProgram,
    costs: Charges,
    effort: SolveLimits,
    owner: np.ndarray,
    near: Sequence[np.ndarray] = (),
) -> GoalResult:
    """The solution of the fewest units, and of those the fewest charges.

    `owner` and `near` are as `planner.optimiser.reduced_cost_fixing.best` has them; the value and the bound of what is
    found are those of the charges where the units are proven, else of the units.
    """
    simplex = Simplex()
    over = replace(matrix, cost=costs.units)
    relaxed = simplex.relax(over, effort)
    if relaxed.status != OPTIMAL:
        return GoalResult(relaxed.status, None, np.inf, relaxed.bound, matrix)
    least = next_value(relaxed.bound, 1)
    if least - relaxed.bound <= 2 * tolerance(relaxed.bound):  # a solution may reach it: see whether one does
        found = _fewest(face(over, relaxed, least), costs, effort, owner, near, simplex, least)
        if found.status != INFEASIBLE:
            return found
    units = best(over, relaxed, 1, effort, 0, None, lambda *news: None, owner, near)
    if units.status != OPTIMAL:
        return units
    return _fewest(units.matrix, costs, effort, owner, near, simplex, units.value)


def _fewest(
    left: IntegerProgram,
    costs: Charges,
    effort: SolveLimits,
    owner: np.ndarray,
    near: Sequence[np.ndarray],
    simplex: Simplex,
    units: float,
) -> GoalResult:
    """Of the solutions left, of so many units, the one of the fewest charges."""
    upper = _largest(_within(left, costs, units), costs.amounts, effort, simplex)
    if upper is None:
        return GoalResult(INFEASIBLE, None, np.inf, np.inf, left)
    left = replace(left, cost=costs.charges, upper=upper)
    part = costs.charges.copy()
    part[costs.uses] = 0
    worth = costs.charges[costs.uses] / np.maximum(upper[costs.amounts], 1)
    np.add.at(part, costs.amounts, worth)
    relaxed = simplex.relax(replace(left, cost=part), effort)
    if relaxed.status != OPTIMAL:
        return GoalResult(relaxed.status, None, np.inf, relaxed.bound, left)
    told = _with_uses(relaxed, left, costs)
    return best(left, told, 1, effort, 0, None, lambda *news: None, owner, near)


def _within(left: IntegerProgram, costs: Charges, units: float) -> IntegerProgram:
    """The matrix with no amount larger than so many units let it be, the other columns as low as they can be."""
    amounts = costs.amounts[costs.units[costs.amounts] > 0]
    more = units - dot(costs.units, left.lower)
    most = left.lower[amounts] + np.floor(more / costs.units[amounts] + tolerance(more))
    upper = left.upper.copy()
    upper[amounts] = np.minimum(upper[amounts], most)
    return replace(left, upper=upper)


def _largest(left: IntegerProgram, amounts: np.ndarray, effort: SolveLimits, simplex: Simplex) -> np.ndarray | None:
    """The upper bounds of the columns, those of the amounts as linear programmes prove them; None: no solution."""
    upper = left.upper.copy()
    asked = amounts[upper[amounts] > np.maximum(left.lower[amounts], 1)]  # a charge is no part of so little
    for column in asked if len(asked) <= MANY else ():
        cost = np.zeros(len(upper))
        cost[column] = -1.0
        found = simplex.relax(replace(left, cost=cost), effort)
        if found.status == INFEASIBLE:
            return None
        if found.status != OPTIMAL:
            break
        upper[column] = min(upper[column], np.floor(-found.bound + tolerance(found.bound)))
    return upper


def _with_uses(relaxed: Relaxation, left: IntegerProgram, costs: Charges) -> Relaxation:
    """The relaxation, every amount that it uses with its use: in whole numbers it may be a solution."""
    x = relaxed.x.copy()
    x[costs.uses] = np.clip(x[costs.amounts] > USED, left.lower[costs.uses], left.upper[costs.uses])
    return replace(relaxed, x=x)
