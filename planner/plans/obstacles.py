"""How a target's level can be reached, and what stands against those who cannot: the start nearest to possible."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.inputs.scenario.schema import Target
from planner.model.admissibility import REASONS
from planner.model.attainment import holding, in_time, passing
from planner.model.options import Options

TOO_LATE = "too_late"  # the reason where no start of any year would count in time


@dataclass(frozen=True)
class Nearest:
    """For some cadres the start to a level with the fewest reasons against it.

    Attributes
    ----------
    programme
        Row in the problem's programmes; -1 where no start would count in time.
    bits
        The reasons, as `Options.reasons` has them; 0 where it is admissible, or where there is none.
    """

    programme: np.ndarray
    bits: np.ndarray


def stuck(options: Options, entry: Target, ladder: str) -> np.ndarray:
    """Who lacks the target's level of a ladder and has no admissible start that passes it in time: Boolean.

    Current study that ends too late is no help. Those of unknown level lack it, too.
    """
    problem = options.problem
    starts = (options.reasons == 0) & (passing(problem, entry, ladder)[:, None] & in_time(problem, entry))
    return (holding(problem, entry, ladder) > problem.by(entry)) & ~starts.any(axis=(1, 2))


def nearest_start(options: Options, entry: Target, ladder: str, cadres: np.ndarray) -> Nearest:
    """Of the starts that would pass the level of a ladder in time, the one with the fewest reasons against it."""
    problem = options.problem
    programme, year = np.nonzero(passing(problem, entry, ladder)[:, None] & in_time(problem, entry))
    if len(programme) == 0:
        return Nearest(np.full(len(cadres), -1), np.zeros(len(cadres), dtype=int))
    against = options.reasons[cadres][:, programme, year].astype(int)
    best = np.argmin((np.bitwise_count(against).astype(int) << len(REASONS)) + against, axis=1)
    return Nearest(programme[best], against[np.arange(len(cadres)), best])
