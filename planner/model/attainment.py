"""Who attains a target, and by when: on the roster, by current study, or by a plan's starts (contract, section 6)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import NEVER, UNKNOWN, Problem
from planner.inputs.scenario.schema import Target

NO_STARTS = pd.DataFrame({name: np.zeros(0, dtype=int) for name in ("cadre", "programme", "start", "finish")})


def unknown_level(problem: Problem, target: Target) -> np.ndarray:
    """Whose level is unknown on any ladder of the target: Boolean, in the order of `problem.cadres`."""
    return np.logical_or.reduce([problem.cadres[ladder].to_numpy() == UNKNOWN for ladder in target.level])


def attaining(problem: Problem, target: Target, starts: pd.DataFrame = NO_STARTS) -> np.ndarray:
    """The year by whose end each cadre holds every level of the target: 0 from the outset, NEVER if at no time.

    `starts` has the columns cadre and programme (rows in the problem's tables), start and finish [year]. A cadre of
    unknown level never attains; with `counts: enrolled` being in the programme is enough.
    """
    return np.maximum.reduce([holding(problem, target, ladder, starts) for ladder in target.level])


def holding(problem: Problem, target: Target, ladder: str, starts: pd.DataFrame = NO_STARTS) -> np.ndarray:
    """The same for one of the target's ladders alone."""
    enrolled = target.counts == "enrolled"
    cadres, programmes = problem.cadres, problem.programmes
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    passing = (programmes["ladder"].to_numpy() == ladder) & (programmes["high"].to_numpy() >= wanted)
    studied = np.append(passing, False)[cadres["study"].to_numpy()]  # the last: no study (-1)
    since = np.where(studied, 0 if enrolled else cadres["study_until"].to_numpy(), NEVER)
    leading = passing[starts["programme"].to_numpy()]
    year = starts["start" if enrolled else "finish"].to_numpy()
    np.minimum.at(since, starts["cadre"].to_numpy()[leading], year[leading])
    place = cadres[ladder].to_numpy()
    return np.where(place == UNKNOWN, NEVER, np.where(place >= wanted, 0, since))


def serves(problem: Problem, name: str, starts: pd.DataFrame) -> np.ndarray:
    """Which of the plan's `starts` lead a member to the target: it is attained in time, and not without them.

    A start that leads only part of the way serves, too, if a later one goes on from there to the level.
    """
    target = problem.scenario.targets[name]
    cadre = starts["cadre"].to_numpy()
    attains = problem.counted(name) & (attaining(problem, target, starts) <= problem.by(target))
    counts_in = starts["start" if target.counts == "enrolled" else "finish"].to_numpy()
    ladders = problem.programmes["ladder"].to_numpy()[starts["programme"]]
    serving = np.zeros(len(starts), dtype=bool)
    for ladder in target.level:
        since = holding(problem, target, ladder, starts)[cadre]
        serving |= (ladders == ladder) & attains[cadre] & (counts_in <= since)
    return serving
