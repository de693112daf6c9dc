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

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pandas as pd

from planner.analysis.proven import Asked
from planner.analysis.what_if import WhatIf, unproven
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import OPTIMAL, dot

EVERY, SOME, NONE = "every", "some", "none"

Tell = Callable[[int, int], None]  # columns settled, of all


def backbone(what_if: WhatIf, tell: Tell = lambda done, all_: None, asked: np.ndarray | None = None) -> pd.DataFrame:
    """What the best plans agree on: cadre, programme, start, held (by `every`, `some` or `none`), a row per option.

    Parameters
    ----------
    asked
        Which options are asked about (Boolean); of the others it is not said. By default all.

    Raises
    ------
    InputError
        The time limit of the scenario was too short.
    """
    proven, problem = what_if.proven, what_if.problem
    if proven.x is None:
        raise unproven(problem)
    number = len(proven.options)
    agreed = np.zeros(len(proven.x))  # 1: all plans met have it; -1: none has it
    agreed[:number] = np.where(proven.x[:number] > 0.5, 1.0, -1.0)
    if asked is not None:
        agreed[:number] *= asked
    goals = proven.telling or list(proven.goals)
    while True:
        found = proven.best(Asked(), [*goals, Goal("differing", "min", agreed, Fraction(1))])
        if found is None or found.status != OPTIMAL or found.x is None:
            raise unproven(problem)
        if round(dot(agreed, found.x)) == (agreed > 0).sum():
            break
        agreed = np.where((found.x > 0.5) == (agreed > 0), agreed, 0)
        tell(int((agreed[:number] == 0).sum()), number)
    tell(number, number)
    held = np.select([agreed > 0, agreed < 0], [EVERY, NONE], SOME).astype(object)
    frame = proven.options.frame
    table = pd.DataFrame(
        {
            "cadre": problem.cadres["cadre"].to_numpy()[frame["cadre"]],
            "programme": problem.programmes["programme"].to_numpy()[frame["programme"]],
            "start": frame["start"].to_numpy(),
            "held": held[:number],
        }
    )
    return table if asked is None else table[asked].reset_index(drop=True)
