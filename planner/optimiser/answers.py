"""What another machine tells of a part, and whether it can be true.

A plan is looked at row by row, and the value of each goal is computed again from it: no engine is needed for that.
That nothing better exists is the other machine's word; a bound that is better than the plan's value, or a goal that is
called proven while its bound is another, is found out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, dot
from planner.optimiser.lexicographic import LexicographicResult, SettledGoal

TOLERANCE = 1e-6
NEAR = 0.01  # values of goals are whole numbers, which a float of an engine may miss by less

Told = tuple[str, np.ndarray | None, list[tuple[str, float, float, float]]]
"""Status, plan, and of each goal status, value, bound and seconds."""


class UntrueAnswerError(ArithmeticError):
    """What was answered elsewhere cannot be true; its text says what."""


def told(result: LexicographicResult) -> Told:
    """A result in texts and numbers, without its goals, which are known where it was asked for."""
    figures = [(each.status, float(each.value), float(each.bound), each.seconds) for each in result.goals]
    return result.status, result.x, figures


def believed(answer: Told, matrix: IntegerProgram, goals: Sequence[Goal], gap: float) -> LexicographicResult:
    """The result that was told, if it can be true.

    Raises
    ------
    UntrueAnswerError
        It has not the form of a result; the plan breaks a row; a value is not the plan's; a goal is called proven
        whose bound is another.
    """
    try:
        status, x, figures = answer
        settled = tuple(
            SettledGoal(goal, str(said), float(value), float(bound), float(seconds))
            for goal, (said, value, bound, seconds) in zip(goals, figures, strict=True)
        )
    except (TypeError, ValueError):
        raise UntrueAnswerError("form") from None
    if status not in (OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN) or (x is not None) != (status in (OPTIMAL, FEASIBLE)):
        raise UntrueAnswerError("status")
    if x is None:
        return LexicographicResult(status, None, settled)
    plan = _plan(x, matrix)
    for each in settled:
        _look_at(each, plan, gap)
    if status == OPTIMAL and any(each.status != OPTIMAL for each in settled):
        raise UntrueAnswerError("status")
    return LexicographicResult(status, plan, settled)


def _plan(x: object, matrix: IntegerProgram) -> np.ndarray:
    """A plan in whole numbers that obeys every row."""
    if not isinstance(x, np.ndarray) or x.shape != matrix.lower.shape or x.dtype.kind not in "fiub":
        raise UntrueAnswerError("form")
    plan = np.round(x.astype(float))
    if not np.all(np.isfinite(plan)) or np.abs(plan - x).max(initial=0) > TOLERANCE:
        raise UntrueAnswerError("fractions")
    if np.any(plan < matrix.lower - TOLERANCE) or np.any(plan > matrix.upper + TOLERANCE):
        raise UntrueAnswerError("limits")
    activity, size = matrix.terms @ plan, 1 + abs(matrix.terms) @ np.abs(plan)
    if np.any(activity < matrix.row_lower - TOLERANCE * size) or np.any(activity > matrix.row_upper + TOLERANCE * size):
        raise UntrueAnswerError("rules")
    return plan


def _look_at(settled: SettledGoal, plan: np.ndarray, gap: float) -> None:
    """Whether a goal's figures can be those of a plan."""
    goal, value, own = settled.goal, settled.value, dot(settled.goal.coefficients, plan)
    if settled.status not in (OPTIMAL, FEASIBLE, UNKNOWN):
        raise UntrueAnswerError(f"{goal.name}: status")
    if np.isnan(value) or np.isnan(settled.bound) or own > value + NEAR or settled.bound > own + NEAR:
        raise UntrueAnswerError(f"{goal.name}: value")
    if settled.status != OPTIMAL:
        return
    open_ = value - settled.bound
    if gap == 0 and (abs(own - value) > NEAR or open_ > goal.step - NEAR):
        raise UntrueAnswerError(f"{goal.name}: bound")
    if gap > 0 and open_ > max(goal.step, gap * max(1.0, abs(value))) + NEAR:
        raise UntrueAnswerError(f"{goal.name}: bound")
