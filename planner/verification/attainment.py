"""Targets: who is a member, who attains by the roster, by current study or by the chosen starts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.schema import Target
from planner.verification.activities import Chosen
from planner.verification.numbers import fraction, rounded_down, rounded_up

COLUMNS = ["target", "members", "unknown", "required", "already", "attained", "shortfall", "share"]


def year_of(problem: Problem, target: Target) -> int:
    """The year of reckoning of a target."""
    return problem.scenario.horizon.last if target.by is None else target.by


def members(problem: Problem, name: str) -> np.ndarray:
    """The cadres that a target counts: of its group, in service by its year, and not leaving if it says so."""
    target = problem.scenario.targets[name]
    by = year_of(problem, target)
    # an empty cell is NaN: neither yet to come nor leaving
    to_come = problem.cadres["service_start"].to_numpy(dtype=float) > by
    leaving = problem.cadres["retires"].to_numpy(dtype=float) <= by
    counted: np.ndarray = problem.members[name] & ~to_come
    return counted & ~leaving if target.leavers == "excluded" else counted


def required(target: Target, number: int) -> int:
    """The members, of `number`, that a target asks for."""
    if target.at_least is not None:
        return target.at_least
    exact = fraction(target.share or 0) * number
    if target.rounding == "up":
        return rounded_up(exact)
    return rounded_down(exact + (Fraction(1, 2) if target.rounding == "nearest" else 0))


def unknown(problem: Problem, target: Target) -> np.ndarray:
    """Cadres of whom a level that the target asks about is on no roster and not made known by current study."""
    ladders = [
        (problem.cadres[ladder].to_numpy() == UNKNOWN) & ~by_study(problem, target, ladder) for ladder in target.level
    ]
    return np.asarray(np.logical_or.reduce(ladders), dtype=bool)


def by_study(problem: Problem, target: Target, ladder: str) -> np.ndarray:
    """Cadres whose current study leads to the ladder's level in time; if being enrolled is enough, whenever it ends."""
    cadre, course, until = problem.studies[["cadre", "programme", "until"]].to_numpy(dtype=int).T
    on_it = (problem.programmes["ladder"] == ladder).to_numpy(dtype=bool)[course]
    leads = problem.programmes["high"].to_numpy()[course] >= level_of(problem, target, ladder)
    in_time = (until <= year_of(problem, target)) | (target.counts == "enrolled")
    attained = np.zeros(len(problem.cadres), dtype=bool)
    attained[cadre[on_it & leads & in_time]] = True
    return attained


def without_starts(problem: Problem, target: Target, ladder: str) -> np.ndarray:
    """Cadres who hold the ladder's level on the roster or come to it by current study."""
    held: np.ndarray = problem.cadres[ladder].to_numpy() >= level_of(problem, target, ladder)
    return held | by_study(problem, target, ladder)


def leading(problem: Problem, target: Target, ladder: str, starts: pd.DataFrame) -> np.ndarray:
    """The starts that bring their cadre to the ladder's level in time; no start counts where the level is unknown.

    Begun in or before the year means that it is completed by then or goes on in it.
    """
    reckoned = starts["start" if target.counts == "enrolled" else "finish"].to_numpy() <= year_of(problem, target)
    leads = starts["high"].to_numpy() >= level_of(problem, target, ladder)
    on_it = (starts["ladder"] == ladder).to_numpy(dtype=bool)
    led: np.ndarray = on_it & leads & reckoned & (starts["held"].to_numpy() != UNKNOWN)
    return led


def level_of(problem: Problem, target: Target, ladder: str) -> int:
    """The place in the ladder that a target asks for."""
    return problem.scenario.ladders[ladder].index(target.level[ladder])


def attained(problem: Problem, target: Target, starts: pd.DataFrame) -> np.ndarray:
    """Cadres who hold every level of the target by the end of its year, or are on the way there if that is enough."""
    everywhere = np.ones(len(problem.cadres), dtype=bool)
    for ladder in target.level:
        holds = without_starts(problem, target, ladder)
        holds[starts["person"].to_numpy()[leading(problem, target, ladder, starts)]] = True
        everywhere &= holds
    return everywhere


def attainment_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """target, members, unknown, required, already, attained, shortfall [people], share; in the scenario's order."""
    rows = []
    nobody = chosen.starts.iloc[:0]
    for name, target in problem.scenario.targets.items():
        counted = members(problem, name)
        number = int(counted.sum())
        reached = int((counted & attained(problem, target, chosen.starts)).sum())
        needed = required(target, number)
        rows.append(
            {
                "target": name,
                "members": number,
                "unknown": int((counted & unknown(problem, target)).sum()),
                "required": needed,
                "already": int((counted & attained(problem, target, nobody)).sum()),
                "attained": reached,
                "shortfall": max(0, needed - reached),
                "share": round(reached / number, 6) if number else None,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS).astype({"share": "Float64"})
