"""What goals and the rule `must` look at: the shortfall of each target and share, the starts below each pool's `min`.

Each becomes a column and the row that defines it from the starts.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas as pd

from planner.inputs.membership import column_of
from planner.inputs.problem import Problem, derived_once, required
from planner.inputs.scenario.schema import Target
from planner.model.attainment import attaining, holding, unknown_level
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder

TOTAL = "total"  # where the year would stand: over the horizon


def target_shortfalls(builder: ModelBuilder, problem: Problem) -> None:
    """shortfall[target] >= required - attained: the members who hold every level of the target in time."""
    for name, target in problem.scenario.targets.items():
        members = problem.counted_rows(name)
        already = attaining(problem, target, rows=members) <= problem.by(target)
        short = required(target, len(members)) - int(already.sum())
        if short > 0:
            column = builder.column("shortfall", name, upper=short)
            builder.row("shortfall", name, columns=[column, *_attained_by(builder, problem, name, target)], lower=short)


def seat_floors(builder: ModelBuilder, problem: Problem) -> None:
    """below_min[pool, year] >= min - starts; below_min[pool, total] >= total.min - starts and history."""
    for name, pool in problem.scenario.seats.items():
        starts = pool_starts(builder.options, name)
        for year, of_year in starts.items():
            _floor(builder, (name, year), of_year, pool.of_year(year).min)
        _floor(builder, (name, TOTAL), _all_of(starts), pool.total.min - len(pool_history(problem, name)))


def _floor(builder: ModelBuilder, key: Key, starts: np.ndarray, least: int) -> None:
    if least > 0:
        below = builder.column("below_min", *key, upper=least)
        builder.row("below_min", *key, columns=[below, *starts], lower=least)


def share_shortfalls(builder: ModelBuilder, problem: Problem) -> None:
    """short_share[share, year] >= min x starts - those of the group; where N starts, history counted, give W of it.

    The shortfall is a whole number, so it is at least what that rounds up to. Where nobody starts, it is 0.
    """
    for name, share in problem.scenario.shares.items():
        least = least_share(share.min)
        for year in share_years(problem, name):
            starts, of_group = share_starts(builder.options, name, year)
            begun, begun_of_group = share_history(problem, name, year)
            upper = math.ceil(least * (len(starts) + begun))
            if least == 0 or upper == 0:
                continue
            weights = np.full(len(starts), -float(least.numerator)) + least.denominator * of_group
            short = builder.column("short_share", name, year, upper=upper)
            lower = least.numerator * begun - least.denominator * begun_of_group
            builder.row(
                "short_share",
                *(name, year),
                columns=[short, *starts],
                coefficients=[float(least.denominator), *weights],
                lower=lower,
            )


def least_share(least: float) -> Fraction:
    """The share as a fraction: exactly as written, or, of many digits, the nearest that makes no difference."""
    exact = Fraction(str(least))
    near = exact.limit_denominator(100_000)
    return near if abs(near - exact) < Fraction(1, 10**13) else exact


def share_years(problem: Problem, name: str) -> list[int | str]:
    """The years in which a share is reckoned; one for the whole horizon."""
    yearly = problem.scenario.shares[name].per == "year"
    return list(map(int, problem.years)) if yearly else [TOTAL]


def share_starts(options: Options, name: str, year: int | str) -> tuple[np.ndarray, np.ndarray]:
    """The options that count in a share, and which of them count as of the group (Boolean)."""
    problem, share = options.problem, options.problem.scenario.shares[name]
    option = options.of_cadres(problem.share_among.rows(name))
    if share.programmes is not None:
        listed = problem.programmes["programme"].isin(share.programmes).to_numpy()
        option = option[listed[options.frame["programme"].to_numpy()[option]]]
    if year != TOTAL:
        option = option[options.frame["start"].to_numpy()[option] == year]
    return option, problem.share_group[name][options.frame["cadre"].to_numpy()[option]]


def share_history(problem: Problem, name: str, year: int | str) -> tuple[int, int]:
    """Of the starts before the horizon those that count in a share over all years, and those of the group."""
    if year != TOTAL:
        return 0, 0
    begun = problem.history[problem.history["start"].notna()]
    counted = [name in shares for shares in begun["shares"]]
    of_group = [
        name in shares and name in groups for shares, groups in zip(begun["shares"], begun["of_group"], strict=True)
    ]
    return sum(counted), sum(of_group)


def pool_history(problem: Problem, pool: str) -> pd.DataFrame:
    """The starts before the horizon that count in a pool: rows of `problem.history`."""
    return problem.history.iloc[_history_rows(problem).get(pool, [])]


@derived_once
def _history_rows(problem: Problem) -> dict[str, list[int]]:
    """By pool the places in `problem.history` of the starts that count in it."""
    found: dict[str, list[int]] = {}
    for place, (start, pools) in enumerate(zip(problem.history["start"], problem.history["pools"], strict=True)):
        for pool in dict.fromkeys(pools) if pd.notna(start) else ():
            found.setdefault(pool, []).append(place)
    return found


def pool_starts(options: Options, pool: str) -> dict[int, np.ndarray]:
    """The options that count in a seat pool, by the year of the start."""
    problem = options.problem
    listed = np.zeros(len(problem.programmes), dtype=bool)
    listed[problem.programme_ids(problem.scenario.seats[pool].programmes)] = True
    option = options.of_cadres(problem.pools.rows(pool))
    option = option[listed[options.frame["programme"].to_numpy()[option]]]
    start = options.frame["start"].to_numpy()[option]
    return {int(year): option[start == year] for year in problem.years}


def _all_of(starts: dict[int, np.ndarray]) -> np.ndarray:
    """The options of all years."""
    return np.concatenate(list(starts.values()))


def _attained_by(builder: ModelBuilder, problem: Problem, name: str, target: Target) -> np.ndarray:
    """Columns of which each is 1 for one more member who attains: starts, where one start settles it, else new columns.

    A start settles it where the target asks for one level and the cadre has no two starts, one after the other, that
    both pass it.
    """
    members = problem.counted_rows(name)
    lacking = attaining(problem, target, rows=members) > problem.by(target)
    wanting = members[lacking & ~unknown_level(problem, target, members)]
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
    option = options.of_cadres(wanting[holding(problem, target, ladder)[wanting] > problem.by(target)])
    year = options.frame["start" if target.counts == "enrolled" else "finish"].to_numpy()[option]
    return option[passes[options.frame["programme"].to_numpy()[option]] & (year <= problem.by(target))]


def _able(terms: pd.DataFrame, problem: Problem, wanting: np.ndarray, target: Target) -> np.ndarray:
    """Who of the wanting can attain: a start for every ladder whose level is lacking."""
    able = column_of(wanting, len(problem.cadres))
    for ladder in target.level:
        reachable = column_of(terms.loc[terms["ladder"] == ladder, "cadre"].to_numpy(), len(able))
        able &= reachable | (holding(problem, target, ladder) <= problem.by(target))
    return able


def _attained_columns(builder: ModelBuilder, problem: Problem, name: str, terms: pd.DataFrame) -> np.ndarray:
    """attained[target, cadre] <= the sum of the cadre's starts that pass the level, on each ladder that lacks it."""
    codes = problem.cadres["cadre"].to_numpy()
    cadres = np.unique(terms["cadre"])
    column = {cadre: builder.column("attained", name, codes[cadre], upper=1) for cadre in cadres}
    pairs = terms[["cadre", "ladder"]].drop_duplicates()
    own = pairs.assign(option=pairs["cadre"].map(column), coefficient=1.0)
    starts = terms.assign(coefficient=-1.0)
    columns = ["cadre", "ladder", "option", "coefficient"]
    every = pd.concat([own[columns], starts[columns]], ignore_index=True).assign(target=name)
    builder.at_most("attained", every, ["target", "cadre", "ladder"], 0)
    return np.array(list(column.values()), dtype=int)
