"""Who counts in a target, and who attains it, in each future (contract, section 6; `docs/reference/risk.md`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.inputs.problem import Problem, required
from planner.model.futures.careers import Career, Lived


@dataclass(frozen=True)
class Aim:
    """A target as the futures are judged by it.

    Attributes
    ----------
    counted
        Who counts where nothing happens: Booleans over the cadres.
    required
        For each number of members the number to reach [people].
    """

    name: str
    by: int
    weight: float
    levels: dict[str, int]
    enrolled: bool
    excluded: bool
    counted: np.ndarray
    required: np.ndarray


def aims_of(problem: Problem) -> list[Aim]:
    """The targets, in the scenario's order."""
    found = []
    for name, target in problem.scenario.targets.items():
        counted = problem.counted(name)
        levels = {ladder: problem.scenario.ladders[ladder].index(level) for ladder, level in target.level.items()}
        table = np.array([required(target, members) for members in range(int(counted.sum()) + 1)], dtype=np.int32)
        found.append(
            Aim(
                name,
                problem.by(target),
                float(target.weight),
                levels,
                target.counts == "enrolled",
                target.leavers == "excluded",
                counted,
                table,
            )
        )
    return found


def standing(career: Career, aim: Aim, found: Lived) -> tuple[np.ndarray, np.ndarray]:
    """Whether a member of the group still counts in each future, and whether he or she attains.

    Who is gone in or before the year of reckoning counts unless the target leaves out those who retire until then, and
    attains with what was reached before.
    """
    member = found.gone > aim.by if aim.excluded else np.ones(len(found.gone), dtype=bool)
    attained = member.copy()
    for ladder, wanted in aim.levels.items():
        if career.levels[ladder] < wanted:
            attained &= _holds(career, aim, found, ladder)
    return member, attained


def _holds(career: Career, aim: Aim, found: Lived, ladder: str) -> np.ndarray:
    """Where a level is reached by the year of reckoning, or being studied for where that is enough."""
    own = [held_by(career, aim, found, place) for place in passing(career, aim, ladder)]
    return np.logical_or.reduce([np.zeros(len(found.gone), dtype=bool), *own], axis=0)


def passing(career: Career, aim: Aim, ladder: str) -> list[int]:
    """The places, among a cadre's studies, of those that may give the target's level of a ladder in time."""
    return [
        place
        for place, study in enumerate(career.studies)
        if study.ladder == ladder
        and study.high >= aim.levels[ladder]
        and study.known
        and (study.finish <= aim.by or (aim.enrolled and (study.start or 0) <= aim.by))
    ]


def held_by(career: Career, aim: Aim, found: Lived, place: int) -> np.ndarray:
    """Where one of these studies has given the level, or is under way where that is enough."""
    if career.studies[place].finish <= aim.by:
        return found.reached[place]
    return found.begun[place] & (found.failed[place] > aim.by) & (found.gone > aim.by)
