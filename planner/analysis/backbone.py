"""The backbone: which starts are in every best plan, in some of them, in none.

How it works. All goals but `lot` are optimised; what the proofs leave of the matrix are the best plans and no others.
Over these a plan is sought that differs most from what all plans met so far agree on: it leaves out as many as
possible of the starts that all of them have, and takes as many as possible of those that none has. When the best it
can do is nothing, what is agreed on is certain. Every plan met disagrees as much as it can, and those that differ from
it in one start or two are looked up (`planner.optimiser.exchanges`), so a few solves settle all starts at once; each is
proven by the same search as any goal. Cadres who are alike (`planner.model.alike`) can be exchanged in any best plan:
what some best plan gives to one of them, some gives to each. So one of them is asked about.

References
----------
Monasson, Zecchina, Kirkpatrick, Selman, Troyansky, "Determining computational complexity from characteristic phase
transitions", Nature 400 (1999): the backbone.
Janota, Lynce, Marques-Silva, "Algorithms for computing backbones of propositional formulae", AI Communications 28
(2015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from planner.analysis.asked import Asked
from planner.analysis.proven import ProvenProblem
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
    number, among = len(proven.options), _alike(proven)
    kinds = int(among.max(initial=-1)) + 1
    one = np.unique(among, return_index=True)[1]  # of each kind the start that stands for all
    about = np.ones(number, dtype=bool) if asked is None else asked
    wanted = np.bincount(among[about], minlength=kinds) > 0
    agreed = np.where(
        wanted, np.where(proven.x[:number][one] > 0.5, 1.0, -1.0), 0.0
    )  # 1: in all plans met; -1: in none
    goals = proven.telling or list(proven.goals)
    agreed = _left(agreed, among, proven.x, proven, goals)
    while True:
        differing = np.zeros(len(proven.x))
        differing[one] = agreed
        found = proven.best(Asked(), [*goals, Goal("differing", "min", differing, Fraction(1))])
        if found is None or found.status != OPTIMAL or found.x is None:
            raise unproven(problem)
        if round(dot(differing, found.x)) == (agreed > 0).sum():
            break
        agreed = _left(agreed, among, found.x, proven, goals)
        tell(int((agreed == 0)[among].sum()), number)
    tell(number, number)
    held = np.select([agreed > 0, agreed < 0], [EVERY, NONE], SOME).astype(object)[among]
    frame = proven.options.frame
    table = pd.DataFrame(
        {
            "cadre": problem.cadres["cadre"].to_numpy()[frame["cadre"]],
            "programme": problem.programmes["programme"].to_numpy()[frame["programme"]],
            "start": frame["start"].to_numpy(),
            "held": held,
        }
    )
    return table if asked is None else table[asked].reset_index(drop=True)


def _alike(proven: ProvenProblem) -> np.ndarray:
    """For each option the number of its kind: starts of one programme in one year by cadres who are alike."""
    frame = proven.options.frame
    who = proven.alike if proven.telling else np.arange(len(proven.problem.cadres))
    said = np.column_stack([who[frame["cadre"]], frame["programme"], frame["start"]])
    return np.unique(said, axis=0, return_inverse=True)[1].reshape(-1)


def _left(
    agreed: np.ndarray, among: np.ndarray, x: np.ndarray, proven: ProvenProblem, goals: Sequence[Goal]
) -> np.ndarray:
    """What is agreed on of each kind after one more plan, and those next to it: what all of it have, what none has."""
    size, chosen = len(agreed), x[: len(among)] > 0.5
    having, all_ = np.bincount(among, chosen, size), np.bincount(among, minlength=size)
    left = np.where(((agreed > 0) & (having == all_)) | ((agreed < 0) & (having == 0)), agreed, 0.0)
    near = proven.next_to(x, (left < 0)[among], goals)
    return np.where((left < 0) & (np.bincount(among, near, size) > 0), 0.0, left)
