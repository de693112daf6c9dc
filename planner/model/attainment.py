"""Who attains a target, and by when: on the roster, by current study, or by a plan's starts (contract, section 6)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import NEVER, UNKNOWN, Problem
from planner.inputs.scenario.schema import Target

NO_STARTS = pd.DataFrame({name: np.zeros(0, dtype=int) for name in ("cadre", "programme", "start", "finish")})


def unknown_level(problem: Problem, target: Target) -> np.ndarray:
    """Whose level is unknown on any ladder of the target: Boolean, in the order of `problem.cadres`.

    Current study that leads to the level in time makes it known.
    """
    by = problem.by(target)
    return np.logical_or.reduce(
        [
            (problem.cadres[ladder].to_numpy() == UNKNOWN) & (holding(problem, target, ladder) > by)
            for ladder in target.level
        ]
    )


def attaining(problem: Problem, target: Target, starts: pd.DataFrame = NO_STARTS) -> np.ndarray:
    """The year by whose end each cadre holds every level of the target: 0 from the outset, NEVER if at no time.

    `starts` has the columns cadre and programme (rows in the problem's tables), start and finish [year]. A cadre of
    unknown level never attains; with `counts: enrolled` being in the programme is enough.
    """
    return np.maximum.reduce([holding(problem, target, ladder, starts) for ladder in target.level])


def holding(problem: Problem, target: Target, ladder: str, starts: pd.DataFrame = NO_STARTS) -> np.ndarray:
    """The same for one of the target's ladders alone."""
    enrolled = target.counts == "enrolled"
    cadres, programmes, studies = problem.cadres, problem.programmes, problem.studies
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    passing = (programmes["ladder"].to_numpy() == ladder) & (programmes["high"].to_numpy() >= wanted)
    since = np.full(len(cadres), NEVER)
    leading = passing[studies["programme"].to_numpy()]
    until = np.zeros(len(studies), dtype=int) if enrolled else studies["until"].to_numpy()
    np.minimum.at(since, studies["cadre"].to_numpy()[leading], until[leading])
    known = cadres[ladder].to_numpy() != UNKNOWN
    leading = passing[starts["programme"].to_numpy()] & known[starts["cadre"].to_numpy()]
    year = starts["start" if enrolled else "finish"].to_numpy()
    np.minimum.at(since, starts["cadre"].to_numpy()[leading], year[leading])
    return np.where(cadres[ladder].to_numpy() >= wanted, 0, since)


def passing(problem: Problem, entry: Target, ladder: str) -> np.ndarray:
    """The programmes that lead from below the target's level of a ladder to it: Boolean."""
    wanted, programmes = problem.scenario.ladders[ladder].index(entry.level[ladder]), problem.programmes
    low, high = programmes["low"].to_numpy(), programmes["high"].to_numpy()
    return (programmes["ladder"].to_numpy() == ladder) & (low < wanted) & (wanted <= high)


def in_time(problem: Problem, entry: Target) -> np.ndarray:
    """Whether a start would count in time: Boolean, programmes x years."""
    lasting = 0 if entry.counts == "enrolled" else problem.programmes["years"].to_numpy() - 1
    return problem.years + np.broadcast_to(lasting, len(problem.programmes))[:, None] <= problem.by(entry)
