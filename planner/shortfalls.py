"""What goals and the rule `must` look at: the shortfall of each target, and the starts below each pool's `min`.

Each becomes a column and the row that defines it from the starts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.problem import UNKNOWN, Problem, required
from planner.rows import Draft
from planner.schema import Target


def target_shortfalls(draft: Draft, problem: Problem) -> None:
    """shortfall[target] >= required - attained: the members who hold every level of the target in time."""
    for name, target in problem.scenario.targets.items():
        members = problem.counted(name)
        short = required(target, int(members.sum())) - int((members & attained_already(draft, target)).sum())
        if short <= 0:
            continue
        place = draft.column("shortfall", name, upper=short)
        attaining = _attaining(draft, problem, name, target)
        draft.row("shortfall", name, columns=[place, *attaining], lower=short)


def seat_floors(draft: Draft, problem: Problem) -> None:
    """below_min[pool, year] >= min - starts."""
    for name, pool in problem.scenario.seats.items():
        for year in problem.years if pool.per_year.min else ():
            starts = pool_starts(draft, problem, name, int(year))
            place = draft.column("below_min", name, int(year), upper=pool.per_year.min)
            draft.row("below_min", name, int(year), columns=[place, *starts], lower=pool.per_year.min)


def pool_starts(draft: Draft, problem: Problem, pool: str, year: int | None = None) -> np.ndarray:
    """The options that count in a seat pool, in one year or in all."""
    frame = draft.options.frame
    listed = problem.programmes["programme"].isin(problem.scenario.seats[pool].programmes).to_numpy()
    counted = listed[frame["programme"]] & problem.pools[pool][frame["cadre"]]
    if year is not None:
        counted = counted & (frame["start"] == year).to_numpy()
    return np.flatnonzero(counted)


def attained_already(draft: Draft, target: Target) -> np.ndarray:
    """Who holds every level without any new start: on the roster or by current study, in time."""
    problem = draft.options.problem
    known = ~unknown_level(problem, target)
    return known & np.logical_and.reduce([_holds(draft, target, ladder) for ladder in target.level])


def unknown_level(problem: Problem, target: Target) -> np.ndarray:
    """Whose level is unknown on any ladder of the target."""
    return np.logical_or.reduce([problem.cadres[ladder].to_numpy() == UNKNOWN for ladder in target.level])


def _holds(draft: Draft, target: Target, ladder: str) -> np.ndarray:
    """Who holds the target's level of one ladder without any new start."""
    problem = draft.options.problem
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    on_roster = problem.cadres[ladder].to_numpy() >= wanted
    by_study = draft.options.held[ladder].to_numpy() >= wanted
    in_time = (problem.cadres["study_until"].to_numpy() <= problem.by(target)) | (target.counts == "enrolled")
    return on_roster | (by_study & in_time)


def _attaining(draft: Draft, problem: Problem, name: str, target: Target) -> np.ndarray:
    """Columns of which each is 1 for one more member who attains: starts, where one start settles it, else new columns.

    A start settles it where the target asks for one level and the cadre has no two starts, one after the other, that
    both pass it.
    """
    wanting = problem.counted(name) & ~unknown_level(problem, target) & ~attained_already(draft, target)
    passing = {ladder: _passing(draft, problem, target, ladder, wanting) for ladder in target.level}
    frame = draft.options.frame
    if len(passing) == 1:
        (option,) = passing.values()
        # Starts to one and the same level exclude each other; only where a cadre has some to several may two pass.
        cadre, high = frame["cadre"].to_numpy()[option], frame["high"].to_numpy()[option]
        if len(np.unique(np.column_stack([cadre, high]), axis=0)) == len(np.unique(cadre)):
            return option
    terms = pd.concat(
        [
            pd.DataFrame({"cadre": frame["cadre"].to_numpy()[option], "ladder": ladder, "option": option})
            for ladder, option in passing.items()
        ],
        ignore_index=True,
    )
    able = _able(terms, draft, wanting, target)
    return _attained_columns(draft, problem, name, terms[able[terms["cadre"]]])


def _passing(draft: Draft, problem: Problem, target: Target, ladder: str, wanting: np.ndarray) -> np.ndarray:
    """The options by which a wanting cadre who lacks the target's level of one ladder passes it in time."""
    frame, programmes = draft.options.frame, problem.programmes
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    passes = (programmes["ladder"] == ladder) & (programmes["low"] < wanted) & (wanted <= programmes["high"])
    year = frame["start" if target.counts == "enrolled" else "finish"].to_numpy()
    lacking = wanting & ~_holds(draft, target, ladder)
    in_time = passes.to_numpy()[frame["programme"]] & (year <= problem.by(target)) & lacking[frame["cadre"]]
    return np.flatnonzero(in_time)


def _able(terms: pd.DataFrame, draft: Draft, wanting: np.ndarray, target: Target) -> np.ndarray:
    """Who of the wanting can attain: a start for every ladder whose level is lacking."""
    able = wanting.copy()
    for ladder in target.level:
        reachable = np.zeros(len(wanting), dtype=bool)
        reachable[terms.loc[terms["ladder"] == ladder, "cadre"]] = True
        able &= reachable | _holds(draft, target, ladder)
    return able


def _attained_columns(draft: Draft, problem: Problem, name: str, terms: pd.DataFrame) -> np.ndarray:
    """attained[target, cadre] <= the sum of the cadre's starts that pass the level, on each ladder that lacks it."""
    codes = problem.cadres["cadre"].to_numpy()
    cadres = np.unique(terms["cadre"])
    place = {cadre: draft.column("attained", name, codes[cadre], upper=1) for cadre in cadres}
    pairs = terms[["cadre", "ladder"]].drop_duplicates()
    own = pairs.assign(option=pairs["cadre"].map(place), coefficient=1.0)
    starts = terms.assign(coefficient=-1.0)
    columns = ["cadre", "ladder", "option", "coefficient"]
    every = pd.concat([own[columns], starts[columns]], ignore_index=True).assign(target=name)
    draft.at_most("attained", every, ["target", "cadre", "ladder"], 0)
    return np.array(list(place.values()), dtype=int)
