"""The rules: each reads like the sentence the administration would say, and writes its rows.

Names and order are those of the contract, section 5; `planner.verification` holds the same rules a second time,
without any of this code.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, allowance
from planner.model.absence import away_in_study, away_terms, in_study, left_by_study, limited_years
from planner.model.options import Options
from planner.model.rows import ModelBuilder
from planner.model.shortfalls import pool_starts

Rule = Callable[[ModelBuilder, Problem, Options], None]


def one_at_a_time(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In one year a cadre is in at most one long programme; full time excludes every other; short ones are few."""
    running, shorts = options.running, problem.scenario.study_load.short_per_year
    long = running[running["mode"] != "short"]
    builder.at_most("one_at_a_time", long, ["cadre", "year"], 1)
    # With k short ones allowed: k x full time + short <= k; current short study has taken one of the k.
    together = running[(running["mode"] == "short") | ((running["mode"] == "full_time") & (shorts > 0))]
    weighed = together.assign(coefficient=np.where(together["mode"] == "full_time", shorts, 1))
    studying = in_study(problem, ("short",), problem.years)
    builder.at_most(
        "one_at_a_time", weighed, ["cadre", "year"], lambda key: left_by_study(problem, shorts, studying, key)
    )


def ladder_order(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """On one ladder each programme starts after the last has ended, leads higher, and its `from` is held by then."""
    frame = options.frame.assign(option=np.arange(len(options)))
    for ladder in problem.scenario.ladders:
        steps = frame[frame["ladder"] == ladder].drop(columns=["ladder", "mode"]).assign(ladder=ladder)
        key = ["cadre", "ladder", "level"]
        builder.at_most("ladder_order", steps.assign(level=steps["high"]), key, 1)
        for level in np.unique(steps["high"]):
            _only_after_from(builder, problem, steps, int(level), options.held[ladder].to_numpy())
        for low, high in combinations(np.unique(steps["high"]), 2):
            _lower_level_first(builder, problem, steps, int(low), int(high))


def _lower_level_first(builder: ModelBuilder, problem: Problem, steps: pd.DataFrame, low: int, high: int) -> None:
    """Of the starts to `low` that still run in a year and those to `high` begun by that year, one at most."""
    both = np.intersect1d(steps.loc[steps["high"] == low, "cadre"], steps.loc[steps["high"] == high, "cadre"])
    steps = steps[steps["cadre"].isin(both)]
    for year in problem.years:
        clashing = (steps["high"] == low) & (steps["finish"] >= year) | (steps["high"] == high) & (
            steps["start"] <= year
        )
        terms = steps[clashing].assign(level=high, year=year)
        builder.at_most("ladder_order", terms, ["cadre", "ladder", "level", "year"], 1)


def _only_after_from(
    builder: ModelBuilder, problem: Problem, steps: pd.DataFrame, level: int, held: np.ndarray
) -> None:
    """The starts to `level` that ask for more than is held are no more than the starts that led there before.

    Summed over all years up to each: at most one start leads to `level`, so the sum is as true as its parts, and
    stronger in the LP relaxation.
    """
    to_level = steps[(steps["high"] == level) & (steps["low"] > held[steps["cadre"]])]
    for low in np.unique(to_level["low"]):
        asking = to_level[to_level["low"] >= low]
        leading = steps[(steps["high"] >= low) & (steps["high"] < level) & steps["cadre"].isin(asking["cadre"])]
        for year in problem.years:
            terms = pd.concat(
                [
                    asking[asking["start"] <= year].assign(coefficient=1.0),
                    leading[leading["finish"] < year].assign(coefficient=-1.0),
                ]
            ).assign(level=level, from_level=low, year=year)
            builder.at_most("ladder_order", terms, ["cadre", "ladder", "level", "from_level", "year"], 0)


def seats(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A pool's starts in a year are at most `max`; over the horizon at most `total`."""
    for name, pool in problem.scenario.seats.items():
        starts = pool_starts(builder, problem, name)
        if pool.per_year.max is not None:
            for year, of_year in starts.items():
                builder.row("seats", name, year, columns=of_year, upper=pool.per_year.max)
        if pool.total is not None:
            builder.row("seats", name, "total", columns=np.concatenate(list(starts.values())), upper=pool.total)


def absence(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In a year, the cadres of an agency who are in a programme of one of `modes` are at most its allowance."""
    if problem.scenario.absence is None:
        return
    limits, years = allowance(problem), limited_years(problem, options)
    away = away_terms(builder, problem, options, years)
    limited = away[~np.isnan(limits[away["agency"]])]
    gone = away_in_study(problem, np.ones(len(problem.cadres), dtype=bool), years)
    builder.at_most("absence", limited, ["agency", "year"], lambda key: left_by_study(problem, limits, gone, key))


def leaders(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In an agency with two or more leaders, those away leave at least `present` of them."""
    entry = problem.scenario.absence
    if entry is None or entry.leaders is None:
        return
    agency = problem.cadres["agency_id"].to_numpy()
    number = np.bincount(agency[problem.leaders], minlength=len(problem.agencies))
    years = limited_years(problem, options)
    away = away_terms(builder, problem, options, years)
    led = away[problem.leaders[away["cadre"]] & (number[away["agency"]] >= 2)]
    gone = away_in_study(problem, problem.leaders, years)
    may_leave = (number - entry.leaders.present).clip(min=0)
    builder.at_most("leaders", led, ["agency", "year"], lambda key: left_by_study(problem, may_leave, gone, key))


def classes(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """The starts of the programme in a year number n with k x min <= n <= k x max for some whole k >= 0."""
    frame = options.frame
    for name, size in problem.scenario.classes.items():
        programme = problem.programme_ids([name])[0]
        for year in map(int, problem.years):
            starts = np.flatnonzero((frame["programme"] == programme) & (frame["start"] == year))
            if len(starts) == 0:
                continue
            number = builder.column("classes", name, year, upper=len(starts))
            terms = [*starts, number]
            builder.row("classes", name, year, columns=terms, coefficients=[*[1.0] * len(starts), -size.min], lower=0)
            largest = size.max if size.max is not None else len(starts)
            builder.row("classes", name, year, columns=terms, coefficients=[*[1.0] * len(starts), -largest], upper=0)


def budget(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """The costs of the programmes started in a year are at most the year's budget."""
    entry = problem.scenario.budget
    for year in map(int, problem.years) if entry is not None else ():
        amount = entry.per_year.get(year) if isinstance(entry.per_year, dict) else entry.per_year  # type: ignore[union-attr]
        if amount is not None:
            starts = np.flatnonzero(options.frame["start"] == year)
            costs = options.frame["cost"].to_numpy()[starts]
            builder.row("budget", year, columns=starts, coefficients=costs, upper=amount)


def pins(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """Every `require` pin is met by at least one start."""
    for place, pin in enumerate(problem.scenario.pins.require):
        builder.row("pins", place, columns=np.flatnonzero(options.matching(pin)), lower=1)


def must(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A target or a pool that says `must: true` has no shortfall, and no starts below its `min`."""
    for name, target in problem.scenario.targets.items():
        place = builder.place("shortfall", name)
        if target.must and place is not None:
            builder.row("must", name, columns=[place], upper=0)
    for name, pool in problem.scenario.seats.items():
        for year in map(int, problem.years) if pool.must else ():
            place = builder.place("below_min", name, year)
            if place is not None:
                builder.row("must", name, year, columns=[place], upper=0)


RULES: tuple[Rule, ...] = (one_at_a_time, ladder_order, seats, absence, leaders, classes, budget, pins, must)


# --- who is away ----------------------------------------------------------------------------------------------------
