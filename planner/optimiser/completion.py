"""A plan of which only some columns are known: the others as the ranked goals want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import optimise_in_order


def completed(
    matrix: IntegerProgram, goals: Sequence[Goal], owner: np.ndarray, known: np.ndarray, effort: SolveLimits
) -> np.ndarray | None:
    """The best solution that has the known columns; None where there is none, or none was proven best in time.

    Parameters
    ----------
    known
        The value of each column, `nan` where it is not known.
    """
    said = ~np.isnan(known)
    value = np.where(said, known, 0.0)
    if np.any(said & ((value < matrix.lower) | (value > matrix.upper))):
        return None
    left = replace(matrix, lower=np.where(said, value, matrix.lower), upper=np.where(said, value, matrix.upper))
    kept, free, _ = left.reduced()
    x = left.fixed()
    if len(free):
        own = [goal.over(free) for goal in goals]
        found = optimise_in_order(kept, own, effort, 0.0, lambda *news: None, owner[free])
        if found.status != OPTIMAL or found.x is None:
            return None
        x[free] = found.x
    return x if matrix.feasible(x) else None
