"""The best value of one goal, proven: LP relaxation, a small neighbourhood of it, reduced-cost fixing.

How it works. The LP relaxation gives a bound L and a reduced cost d_j >= 0 for every column at its lower bound (and
likewise, with the sign turned, at its upper): any plan that moves column j from there costs at least L + |d_j|. So

1. guess a distance g, fix every column with |d_j| > g where the relaxation has it, and solve what is left exactly:
   a tenth of the columns, and the engine's presolve does the rest;
2. a plan of value v <= L + g found there is best of all, because every plan outside costs more than L + g;
3. otherwise v is an upper bound: only columns with |d_j| <= v - L can take part in anything better. With g = v - L
   the second round is exact. Where the guess leaves no plan at all, it is widened.

What is learnt about a goal stays true for all later ones: a column whose reduced cost exceeds the distance between
the relaxation and the best plan is fixed for good, and where that distance is nothing the goal needs no row of its
own: complementary slackness turns it into fixed columns and equalities.

References
----------
Crowder, Johnson, Padberg, "Solving large-scale zero-one linear programming problems", Operations Research 31 (1983).
Danna, Rothberg, Le Pape, "Exploring relaxation induced neighborhoods to improve MIP solutions", Mathematical
Programming 102 (2005).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits, dot
from planner.optimiser.lp import Relaxation

FURTHER = 1_000  # columns freed in the first round beside those that cost nothing; measured, see benchmarks/
UNUSED = 1e-7  # a smaller share of a column counts as none
WIDER = 4  # how many times more after a guess that left no plan

Report = Callable[[float, float], None]  # value and bound so far; infinite where there is none yet


@dataclass(frozen=True)
class GoalResult:
    """The best plan found for a goal: optimal if value and bound meet.

    `matrix` is the matrix with what the proof leaves of it: all plans of this value, and no worse ones.
    """

    status: str
    x: np.ndarray | None
    value: float
    bound: float
    matrix: IntegerProgram


def best(
    matrix: IntegerProgram,
    relaxed: Relaxation,
    step: int,
    effort: SolveLimits,
    gap: float,
    known: np.ndarray | None,
    report: Report,
    owner: np.ndarray | None = None,
    near: Sequence[np.ndarray] = (),
) -> GoalResult:
    """Minimise `matrix.cost`, whose LP relaxation is known.

    `step` divides every value; `gap` is the relative distance at which to stop; `known` is a plan that obeys the
    matrix, if there is one; `near` are plans that need not obey it, though one like them may; `owner` says to which
    cadre each column belongs (-1: to none).
    """
    x, value = known, dot(matrix.cost, known) if known is not None else np.inf
    bound = next_value(relaxed.bound, step)
    if not _near(value, bound, gap):
        x, value = _quickly(matrix, relaxed, effort, owner, near, step, x, value)
    further = FURTHER
    guess = min(_guess(relaxed, matrix, further), value - relaxed.bound)
    while not _near(value, bound, gap):
        answer = optimise(_fixed(matrix, relaxed, guess), effort, hint=x)
        if answer.x is not None and dot(matrix.cost, answer.x) < value:
            x, value = answer.x, dot(matrix.cost, answer.x)
        outside = next_value(relaxed.bound + guess, step) if np.any(_beyond(relaxed, matrix, guess)) else np.inf
        inside = {OPTIMAL: value, INFEASIBLE: np.inf}.get(answer.status, next_value(answer.bound, step))
        bound = max(bound, min(inside, outside, value))
        report(value, bound)
        if answer.status not in (OPTIMAL, INFEASIBLE):
            break
        if np.isinf(bound):
            return GoalResult(INFEASIBLE, None, value, bound, matrix)
        further *= WIDER
        guess = value - relaxed.bound if x is not None else _guess(relaxed, matrix, further)
    if x is None:
        return GoalResult(UNKNOWN, None, value, bound, matrix)
    return GoalResult(OPTIMAL if value <= bound else FEASIBLE, x, value, bound, face(matrix, relaxed, value, bound))


def _quickly(
    matrix: IntegerProgram,
    relaxed: Relaxation,
    effort: SolveLimits,
    owner: np.ndarray | None,
    near: Sequence[np.ndarray],
    step: int,
    x: np.ndarray | None,
    value: float,
) -> tuple[np.ndarray | None, float]:
    """A better plan than the known one, if the relaxation is one, or there is one made of it and of plans near by."""
    rounded = np.round(relaxed.x)
    if matrix.feasible(rounded) and dot(matrix.cost, rounded) < value:
        return rounded, dot(matrix.cost, rounded)
    mixed = () if owner is None else (_of_the_mixed(matrix, relaxed, owner),)
    for left in (*mixed, *(_unused(matrix, relaxed, plan) for plan in near)):
        answer = optimise(left, effort)
        if answer.x is not None and dot(matrix.cost, answer.x) < value:
            x, value = answer.x, dot(matrix.cost, answer.x)
        if value <= next_value(relaxed.bound, step):
            break
    return x, value


def _of_the_mixed(matrix: IntegerProgram, relaxed: Relaxation, owner: np.ndarray) -> IntegerProgram:
    """What is left where all whose columns are whole in the relaxation have them so."""
    mixed = np.abs(relaxed.x - np.round(relaxed.x)) > UNUSED
    free = (owner < 0) | np.isin(owner, np.unique(owner[mixed]))
    value = np.clip(np.round(relaxed.x), matrix.lower, matrix.upper)
    return replace(matrix, lower=np.where(free, matrix.lower, value), upper=np.where(free, matrix.upper, value))


def _unused(matrix: IntegerProgram, relaxed: Relaxation, plan: np.ndarray) -> IntegerProgram:
    """What is left without the columns that neither the relaxation nor a plan uses."""
    used = (relaxed.x > UNUSED) | (plan > UNUSED)
    return replace(matrix, upper=np.where(used, matrix.upper, matrix.lower))


def tolerance(bound: float) -> float:
    """What rounding of the arithmetic may have added to a bound."""
    return 1e-6 + 1e-13 * abs(bound)


def next_value(bound: float, step: int) -> float:
    """The smallest value that a plan can have, at or above a bound."""
    return math.ceil((bound - tolerance(bound)) / step) * step if np.isfinite(bound) else bound


def _near(value: float, bound: float, gap: float) -> bool:
    return value <= bound or (np.isfinite(value) and gap > 0 and value - bound <= gap * max(abs(value), 1.0))


def _beyond(relaxed: Relaxation, matrix: IntegerProgram, distance: float) -> np.ndarray:
    """Free columns that no plan nearer than `distance` to the bound can move from where the relaxation has them."""
    return (np.abs(relaxed.reduced_costs) > distance + tolerance(relaxed.bound)) & (matrix.upper > matrix.lower)


def _fixed(matrix: IntegerProgram, relaxed: Relaxation, distance: float) -> IntegerProgram:
    beyond = _beyond(relaxed, matrix, distance)
    low = beyond & (relaxed.reduced_costs > 0)
    high = beyond & (relaxed.reduced_costs < 0)
    return replace(
        matrix, lower=np.where(high, matrix.upper, matrix.lower), upper=np.where(low, matrix.lower, matrix.upper)
    )


def _guess(relaxed: Relaxation, matrix: IntegerProgram, further: int) -> float:
    """The distance that frees so many columns beside those that cost nothing to move."""
    costs = np.sort(np.abs(relaxed.reduced_costs[matrix.upper > matrix.lower]))
    position = int(np.searchsorted(costs, tolerance(relaxed.bound), side="right")) + further
    return float(costs[min(position, len(costs) - 1)]) if len(costs) else 0.0


def face(matrix: IntegerProgram, relaxed: Relaxation, value: float, bound: float = -np.inf) -> IntegerProgram:
    """The plans whose goal is no worse than `value`; none is better than `bound`, which a search is then told, too."""
    fixed = _fixed(matrix, relaxed, value - relaxed.bound)
    if value - relaxed.bound <= tolerance(relaxed.bound):
        tight_low = relaxed.duals > tolerance(relaxed.bound)
        tight_high = relaxed.duals < -tolerance(relaxed.bound)
        return replace(
            fixed,
            row_upper=np.where(tight_low, fixed.row_lower, fixed.row_upper),
            row_lower=np.where(tight_high, fixed.row_upper, fixed.row_lower),
        )
    return fixed.with_rows(sparse.csr_matrix(fixed.cost), np.array([min(bound, value)]), np.array([value]))
