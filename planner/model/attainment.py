"""Who attains a target, and by when: on the roster, by current study, or by a plan's starts (contract, section 6)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import NEVER, UNKNOWN, Problem, derived_once
from planner.inputs.scenario.schema import Target

NO_STARTS = pd.DataFrame({name: np.zeros(0, dtype=int) for name in ("cadre", "programme", "start", "finish")})


EVERYBODY = slice(None)

Rows = slice | np.ndarray


def unknown_level(problem: Problem, target: Target, rows: Rows = EVERYBODY) -> np.ndarray:
    """Whose level is unknown on any ladder of the target: Boolean, in the order of `problem.cadres`, or of some rows.

    Current study that leads to the level in time makes it known.
    """
    by = problem.by(target)
    return np.logical_or.reduce(
        [
            (problem.cadres[ladder].to_numpy()[rows] == UNKNOWN) & (holding(problem, target, ladder)[rows] > by)
            for ladder in target.level
        ]
    )


def attaining(problem: Problem, target: Target, starts: pd.DataFrame = NO_STARTS, rows: Rows = EVERYBODY) -> np.ndarray:
    """The year by whose end each cadre holds every level of the target: 0 from the outset, NEVER if at no time.

    `starts` has the columns cadre and programme (rows in the problem's tables), start and finish [year]. A cadre of
    unknown level never attains; with `counts: enrolled` being in the programme is enough.
    """
    return np.maximum.reduce([holding(problem, target, ladder, starts)[rows] for ladder in target.level])


class Attainments:
    """Who attains what by some starts, reckoned once for all targets that ask for the same; not to be written to."""

    def __init__(self, problem: Problem, starts: pd.DataFrame) -> None:
        self._problem, self._starts = problem, starts
        self._known: dict[tuple[object, ...], np.ndarray] = {}

    def since(self, target: Target) -> np.ndarray:
        """What `attaining` says of the target."""
        asked = target.counts, *sorted(target.level.items())
        if asked not in self._known:
            self._known[asked] = attaining(self._problem, target, self._starts)
        return self._known[asked]


def holding(problem: Problem, target: Target, ladder: str, starts: pd.DataFrame = NO_STARTS) -> np.ndarray:
    """The same for one of the target's ladders alone."""
    enrolled = target.counts == "enrolled"
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    anyway = _without_starts(problem, ladder, wanted, enrolled=enrolled)
    if starts.empty:
        return anyway
    passing, known = _leading_to(problem, ladder, wanted), problem.cadres[ladder].to_numpy() != UNKNOWN
    cadre = starts["cadre"].to_numpy()
    leading = passing[starts["programme"].to_numpy()] & known[cadre]
    year = starts["start" if enrolled else "finish"].to_numpy()
    since = anyway.copy()
    np.minimum.at(since, cadre[leading], year[leading])
    return since


@derived_once
def _without_starts(problem: Problem, ladder: str, wanted: int, *, enrolled: bool) -> np.ndarray:
    """The year from which each cadre holds a level by the roster and current study."""
    studies = problem.studies
    since = np.full(len(problem.cadres), NEVER)
    leading = _leading_to(problem, ladder, wanted)[studies["programme"].to_numpy()]
    until = np.zeros(len(studies), dtype=int) if enrolled else studies["until"].to_numpy()
    np.minimum.at(since, studies["cadre"].to_numpy()[leading], until[leading])
    return np.where(problem.cadres[ladder].to_numpy() >= wanted, 0, since)


@derived_once
def _leading_to(problem: Problem, ladder: str, wanted: int) -> np.ndarray:
    """The programmes that lead to a level, or higher: Boolean."""
    programmes = problem.programmes
    return np.asarray((programmes["ladder"].to_numpy() == ladder) & (programmes["high"].to_numpy() >= wanted))


def passing(problem: Problem, entry: Target, ladder: str) -> np.ndarray:
    """The programmes that lead from below the target's level of a ladder to it: Boolean."""
    wanted, programmes = problem.scenario.ladders[ladder].index(entry.level[ladder]), problem.programmes
    low, high = programmes["low"].to_numpy(), programmes["high"].to_numpy()
    return (programmes["ladder"].to_numpy() == ladder) & (low < wanted) & (wanted <= high)


def in_time(problem: Problem, entry: Target) -> np.ndarray:
    """Whether a start would count in time: Boolean, programmes x years."""
    lasting = 0 if entry.counts == "enrolled" else problem.programmes["years"].to_numpy() - 1
    return problem.years + np.broadcast_to(lasting, len(problem.programmes))[:, None] <= problem.by(entry)
