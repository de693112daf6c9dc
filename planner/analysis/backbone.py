"""The backbone: which starts are in every best plan, in some of them, in none.

How it works. All goals but `lot` are optimised; what the proofs leave of the matrix are the best plans and no others.
Over these a plan is sought that differs most from what all plans met so far agree on: it leaves out as many as
possible of the starts that all of them have, and takes as many as possible of those that none has. When the best it
can do is nothing, what is agreed on is certain. Every plan met disagrees as much as it can, so a few solves settle all
starts at once; each is proven by the same search as any goal.

References
----------
Monasson, Zecchina, Kirkpatrick, Selman, Troyansky, "Determining computational complexity from characteristic phase
transitions", Nature 400 (1999): the backbone.
Janota, Lynce, Marques-Silva, "Algorithms for computing backbones of propositional formulae", AI Communications 28
(2015).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pandas as pd

from planner.analysis.what_if import WhatIf, unproven, without_lot
from planner.inputs.problem import Problem
from planner.model.build import build_model
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.optimiser.decomposition import parts
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import LexicographicResult, best_plans, optimise_in_order

EVERY, SOME, NONE = "every", "some", "none"

Tell = Callable[[int, int], None]  # columns settled, of all


def backbone(what_if: WhatIf, tell: Tell = lambda done, all_: None) -> pd.DataFrame:
    """What the best plans agree on: cadre, programme, start, held (by `every`, `some` or `none`), a row per option.

    Raises
    ------
    InputError
        The time limit of the scenario was too short.
    """
    problem = without_lot(what_if.problem)
    options = admissible_starts(problem)
    model = build_model(options)
    matrix, owner = strengthened(model.tables), model.tables.owner
    held, done = np.full(len(matrix.cost), NONE, dtype=object), 0
    for part in parts(matrix):
        goals = [goal.over(part.columns) for goal in model.goals]
        starts = part.columns < len(options)
        held[part.columns] = _of_part(part.matrix, goals, owner[part.columns], starts, problem)
        done += len(part.columns)
        tell(done, len(matrix.cost))
    frame, cadres, programmes = options.frame, what_if.problem.cadres, what_if.problem.programmes
    return pd.DataFrame(
        {
            "cadre": cadres["cadre"].to_numpy()[frame["cadre"]],
            "programme": programmes["programme"].to_numpy()[frame["programme"]],
            "start": frame["start"].to_numpy(),
            "held": held[: len(options)],
        }
    )


def _of_part(
    matrix: IntegerProgram, goals: list[Goal], owner: np.ndarray, starts: np.ndarray, problem: Problem
) -> np.ndarray:
    """Which best plans of a part have each column."""
    solver = problem.scenario.solver
    effort = SolveLimits(time.monotonic() + solver.time_limit_s, 1, solver.seed)

    def proven(ranked: LexicographicResult) -> np.ndarray:
        if ranked.status != OPTIMAL or ranked.x is None:
            raise unproven(problem)
        return ranked.x > 0.5

    ranked, face = best_plans(matrix, goals, effort, owner)
    agreed = np.where(proven(ranked), 1.0, -1.0) * starts  # 1: all plans met have it; -1: none has it
    while True:
        differing = Goal("differing", "min", agreed, Fraction(1))
        chosen = proven(optimise_in_order(face, [differing], effort, 0, lambda *news: None, owner))
        if agreed @ chosen == (agreed > 0).sum():
            return np.select([agreed > 0, agreed < 0], [EVERY, NONE], SOME).astype(object)
        agreed = np.where(chosen == (agreed > 0), agreed, 0)
