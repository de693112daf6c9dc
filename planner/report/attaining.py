"""Who holds what when, by a plan: what tables, reasons and summaries of a plan are computed from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.plan import COLUMNS, Plan
from planner.problem import NEVER, UNKNOWN, Problem
from planner.schema import Target


def found(plan: Plan, table: str) -> pd.DataFrame:
    """A table of the plan; with its columns even if no plan was found."""
    return getattr(plan, table).reindex(columns=COLUMNS[table])


def starts_of(plan: Plan) -> pd.DataFrame:
    """The assignments with the rows of cadre and programme in the problem's tables: cadre, programme, start, finish."""
    problem, chosen = plan.problem, found(plan, "assignments")
    return pd.DataFrame(
        {
            "cadre": pd.Index(problem.cadres["cadre"]).get_indexer(chosen["cadre"]),
            "programme": pd.Index(problem.programmes["programme"]).get_indexer(chosen["programme"]),
            "start": chosen["start"].to_numpy(dtype=int),
            "finish": chosen["finish"].to_numpy(dtype=int),
        }
    )


def attained_from(plan: Plan, target: Target) -> np.ndarray:
    """The year by whose end each cadre holds every level of `target`: 0 from the outset, NEVER if the plan has none.

    In the order of `problem.cadres`. As in the contract, section 6: a cadre of unknown level never does; with `counts:
    enrolled` being in the programme is enough.
    """
    return attaining(plan.problem, target, starts_of(plan))


def attaining(problem: Problem, target: Target, starts: pd.DataFrame) -> np.ndarray:
    """The same by `starts_of` a plan."""
    since = np.zeros(len(problem.cadres), dtype=int)
    for ladder in target.level:
        since = np.maximum(since, holding(problem, target, ladder, starts))
    return since


def holding(problem: Problem, target: Target, ladder: str, starts: pd.DataFrame) -> np.ndarray:
    """The same for one of the target's ladders alone."""
    enrolled = target.counts == "enrolled"
    cadres, programmes = problem.cadres, problem.programmes
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    passing = ((programmes["ladder"] == ladder) & (programmes["high"] >= wanted)).to_numpy()
    studied = np.append(passing, False)[cadres["study"]]  # the last: no study (-1)
    ends = 0 if enrolled else cadres["study_until"].to_numpy()
    since = np.where(studied, ends, NEVER)
    leading = starts[passing[starts["programme"]]]
    np.minimum.at(since, leading["cadre"].to_numpy(), leading["start" if enrolled else "finish"].to_numpy())
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
