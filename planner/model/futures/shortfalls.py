"""What a plan leaves short in the futures that a scenario's goals look at."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.futures.careers import careers_of, events_of, lived
from planner.model.futures.draws import Draws
from planner.model.futures.rates import rates_of
from planner.model.futures.standing import aims_of, standing

TAIL = 10
"""The worst futures are one in so many."""


def weighted_shortfalls(problem: Problem, assignments: pd.DataFrame) -> list[Fraction]:
    """The weighted shortfall of all targets in each future; `assignments` has cadre, programme, start, finish."""
    sample, aims = problem.scenario.resilient, aims_of(problem)
    draws = Draws(sample.seed, 0, sample.futures)
    members, attained = (np.zeros((len(aims), sample.futures), dtype=int) for _ in range(2))
    for career in careers_of(problem, _rows(problem, assignments), rates_of(problem)):
        found = lived(career, events_of(career, draws), draws.count)
        for place, aim in enumerate(aims):
            if aim.counted[career.row]:
                member, attains = standing(career, aim, found)
                members[place] += member
                attained[place] += attains
    total = [Fraction(0)] * sample.futures
    for aim, present, reached in zip(aims, members, attained, strict=True):
        short = np.maximum(aim.required[present] - reached, 0)
        weight = Fraction(str(aim.weight))
        total = [so_far + weight * int(more) for so_far, more in zip(total, short, strict=True)]
    return total


def _rows(problem: Problem, assignments: pd.DataFrame) -> pd.DataFrame:
    """Starts by the rows of the problem's tables."""
    cadres, programmes = pd.Index(problem.cadres["cadre"]), pd.Index(problem.programmes["programme"])
    return pd.DataFrame(
        {
            "cadre": cadres.get_indexer(assignments["cadre"]),
            "programme": programmes.get_indexer(assignments["programme"]),
            "start": assignments["start"].to_numpy(dtype=int),
            "finish": assignments["finish"].to_numpy(dtype=int),
        }
    )
