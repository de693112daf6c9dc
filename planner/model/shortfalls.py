"""What goals and the rule `must` look at: the shortfall of each target, and the starts below each pool's `min`.

Each becomes a column and the row that defines it from the starts.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, required
from planner.inputs.scenario.schema import Target
from planner.model.attainment import attaining, holding, unknown_level
from planner.model.rows import ModelBuilder


def target_shortfalls(builder: ModelBuilder, problem: Problem) -> None:
    """shortfall[target] >= required - attained: the members who hold every level of the target in time."""
    for name, target in problem.scenario.targets.items():
        members = problem.counted(name)
        already = members & (attaining(problem, target) <= problem.by(target))
        short = required(target, int(members.sum())) - int(already.sum())
        if short > 0:
            place = builder.column("shortfall", name, upper=short)
            builder.row("shortfall", name, columns=[place, *_attained_by(builder, problem, name, target)], lower=short)


def seat_floors(builder: ModelBuilder, problem: Problem) -> None:
    """below_min[pool, year] >= min - starts."""
    for name, pool in problem.scenario.seats.items():
        for year, starts in pool_starts(builder, problem, name).items() if pool.per_year.min else ():
            place = builder.column("below_min", name, year, upper=pool.per_year.min)
            builder.row("below_min", name, year, columns=[place, *starts], lower=pool.per_year.min)


def pool_starts(builder: ModelBuilder, problem: Problem, pool: str) -> dict[int, np.ndarray]:
    """The options that count in a seat pool, by the year of the start."""
    options = builder.options
    listed = np.zeros(len(problem.programmes), dtype=bool)
    listed[problem.programme_ids(problem.scenario.seats[pool].programmes)] = True
    place = options.of_cadres(problem.pools[pool])
    place = place[listed[options.frame["programme"].to_numpy()[place]]]
    start = options.frame["start"].to_numpy()[place]
    return {int(year): place[start == year] for year in problem.years}


def _attained_by(builder: ModelBuilder, problem: Problem, name: str, target: Target) -> np.ndarray:
    """Columns of which each is 1 for one more member who attains: starts, where one start settles it, else new columns.

    A start settles it where the target asks for one level and the cadre has no two starts, one after the other, that
    both pass it.
    """
    wanting = problem.counted(name) & ~unknown_level(problem, target)
    wanting &= attaining(problem, target) > problem.by(target)
    passing = {ladder: _passing(builder, problem, target, ladder, wanting) for ladder in target.level}
    frame = builder.options.frame
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
    able = _able(terms, problem, wanting, target)
    return _attained_columns(builder, problem, name, terms[able[terms["cadre"]]])


def _passing(builder: ModelBuilder, problem: Problem, target: Target, ladder: str, wanting: np.ndarray) -> np.ndarray:
    """The options by which a wanting cadre who lacks the target's level of one ladder passes it in time."""
    options, programmes = builder.options, problem.programmes
    wanted = problem.scenario.ladders[ladder].index(target.level[ladder])
    low, high = programmes["low"].to_numpy(), programmes["high"].to_numpy()
    passes = (programmes["ladder"].to_numpy() == ladder) & (low < wanted) & (wanted <= high)
    place = options.of_cadres(wanting & (holding(problem, target, ladder) > problem.by(target)))
    year = options.frame["start" if target.counts == "enrolled" else "finish"].to_numpy()[place]
    return place[passes[options.frame["programme"].to_numpy()[place]] & (year <= problem.by(target))]


def _able(terms: pd.DataFrame, problem: Problem, wanting: np.ndarray, target: Target) -> np.ndarray:
    """Who of the wanting can attain: a start for every ladder whose level is lacking."""
    able = wanting.copy()
    for ladder in target.level:
        reachable = np.zeros(len(wanting), dtype=bool)
        reachable[terms.loc[terms["ladder"] == ladder, "cadre"]] = True
        able &= reachable | (holding(problem, target, ladder) <= problem.by(target))
    return able


def _attained_columns(builder: ModelBuilder, problem: Problem, name: str, terms: pd.DataFrame) -> np.ndarray:
    """attained[target, cadre] <= the sum of the cadre's starts that pass the level, on each ladder that lacks it."""
    codes = problem.cadres["cadre"].to_numpy()
    cadres = np.unique(terms["cadre"])
    place = {cadre: builder.column("attained", name, codes[cadre], upper=1) for cadre in cadres}
    pairs = terms[["cadre", "ladder"]].drop_duplicates()
    own = pairs.assign(option=pairs["cadre"].map(place), coefficient=1.0)
    starts = terms.assign(coefficient=-1.0)
    columns = ["cadre", "ladder", "option", "coefficient"]
    every = pd.concat([own[columns], starts[columns]], ignore_index=True).assign(target=name)
    builder.at_most("attained", every, ["target", "cadre", "ladder"], 0)
    return np.array(list(place.values()), dtype=int)
