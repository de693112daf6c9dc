"""The rules: each reads like the sentence the administration would say, and writes its rows.

Names and order are those of the contract, section 5; `planner.verification` holds the same rules a second time,
without any of this code.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import combinations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, allowance
from planner.model.options import Options
from planner.model.rows import Draft
from planner.model.shortfalls import pool_starts

Rule = Callable[[Draft, Problem, Options], None]


def one_at_a_time(draft: Draft, problem: Problem, options: Options) -> None:
    """In one year a cadre is in at most one long programme; full time excludes every other; short ones are few."""
    running, shorts = options.running, problem.scenario.study_load.short_per_year
    long = running[running["mode"] != "short"]
    draft.at_most("one_at_a_time", long, ["cadre", "year"], 1)
    # With k short ones allowed: k x full time + short <= k; current short study has taken one of the k.
    together = running[(running["mode"] == "short") | ((running["mode"] == "full_time") & (shorts > 0))]
    weighed = together.assign(coefficient=np.where(together["mode"] == "full_time", shorts, 1))
    studying = _studying(problem, ("short",), problem.years)
    draft.at_most("one_at_a_time", weighed, ["cadre", "year"], lambda key: _left(problem, shorts, studying, key))


def ladder_order(draft: Draft, problem: Problem, options: Options) -> None:
    """On one ladder each programme starts after the last has ended, leads higher, and its `from` is held by then."""
    frame = options.frame.assign(option=np.arange(len(options)))
    for ladder in problem.scenario.ladders:
        steps = frame[frame["ladder"] == ladder].drop(columns=["ladder", "mode"]).assign(ladder=ladder)
        key = ["cadre", "ladder", "level"]
        draft.at_most("ladder_order", steps.assign(level=steps["high"]), key, 1)
        for level in np.unique(steps["high"]):
            _only_after_from(draft, problem, steps, int(level), options.held[ladder].to_numpy())
        for low, high in combinations(np.unique(steps["high"]), 2):
            _lower_level_first(draft, problem, steps, int(low), int(high))


def _lower_level_first(draft: Draft, problem: Problem, steps: pd.DataFrame, low: int, high: int) -> None:
    """Of the starts to `low` that still run in a year and those to `high` begun by that year, one at most."""
    both = np.intersect1d(steps.loc[steps["high"] == low, "cadre"], steps.loc[steps["high"] == high, "cadre"])
    steps = steps[steps["cadre"].isin(both)]
    for year in problem.years:
        clashing = (steps["high"] == low) & (steps["finish"] >= year) | (steps["high"] == high) & (
            steps["start"] <= year
        )
        terms = steps[clashing].assign(level=high, year=year)
        draft.at_most("ladder_order", terms, ["cadre", "ladder", "level", "year"], 1)


def _only_after_from(draft: Draft, problem: Problem, steps: pd.DataFrame, level: int, held: np.ndarray) -> None:
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
            draft.at_most("ladder_order", terms, ["cadre", "ladder", "level", "from_level", "year"], 0)


def seats(draft: Draft, problem: Problem, options: Options) -> None:
    """A pool's starts in a year are at most `max`; over the horizon at most `total`."""
    for name, pool in problem.scenario.seats.items():
        starts = pool_starts(draft, problem, name)
        if pool.per_year.max is not None:
            for year, of_year in starts.items():
                draft.row("seats", name, year, columns=of_year, upper=pool.per_year.max)
        if pool.total is not None:
            draft.row("seats", name, "total", columns=np.concatenate(list(starts.values())), upper=pool.total)


def absence(draft: Draft, problem: Problem, options: Options) -> None:
    """In a year, the cadres of an agency who are in a programme of one of `modes` are at most its allowance."""
    if problem.scenario.absence is None:
        return
    limits, years = allowance(problem), _limited_years(problem, options)
    away = _away(draft, problem, options, years)
    limited = away[~np.isnan(limits[away["agency"]])]
    gone = _gone(problem, np.ones(len(problem.cadres), dtype=bool), years)
    draft.at_most("absence", limited, ["agency", "year"], lambda key: _left(problem, limits, gone, key))


def leaders(draft: Draft, problem: Problem, options: Options) -> None:
    """In an agency with two or more leaders, those away leave at least `present` of them."""
    entry = problem.scenario.absence
    if entry is None or entry.leaders is None:
        return
    agency = problem.cadres["agency_id"].to_numpy()
    number = np.bincount(agency[problem.leaders], minlength=len(problem.agencies))
    years = _limited_years(problem, options)
    away = _away(draft, problem, options, years)
    led = away[problem.leaders[away["cadre"]] & (number[away["agency"]] >= 2)]
    gone = _gone(problem, problem.leaders, years)
    may_leave = (number - entry.leaders.present).clip(min=0)
    draft.at_most("leaders", led, ["agency", "year"], lambda key: _left(problem, may_leave, gone, key))


def classes(draft: Draft, problem: Problem, options: Options) -> None:
    """The starts of the programme in a year number n with k x min <= n <= k x max for some whole k >= 0."""
    frame = options.frame
    for name, size in problem.scenario.classes.items():
        programme = problem.programme_ids([name])[0]
        for year in map(int, problem.years):
            starts = np.flatnonzero((frame["programme"] == programme) & (frame["start"] == year))
            if len(starts) == 0:
                continue
            number = draft.column("classes", name, year, upper=len(starts))
            terms = [*starts, number]
            draft.row("classes", name, year, columns=terms, coefficients=[*[1.0] * len(starts), -size.min], lower=0)
            largest = size.max if size.max is not None else len(starts)
            draft.row("classes", name, year, columns=terms, coefficients=[*[1.0] * len(starts), -largest], upper=0)


def budget(draft: Draft, problem: Problem, options: Options) -> None:
    """The costs of the programmes started in a year are at most the year's budget."""
    entry = problem.scenario.budget
    for year in map(int, problem.years) if entry is not None else ():
        amount = entry.per_year.get(year) if isinstance(entry.per_year, dict) else entry.per_year  # type: ignore[union-attr]
        if amount is not None:
            starts = np.flatnonzero(options.frame["start"] == year)
            costs = options.frame["cost"].to_numpy()[starts]
            draft.row("budget", year, columns=starts, coefficients=costs, upper=amount)


def pins(draft: Draft, problem: Problem, options: Options) -> None:
    """Every `require` pin is met by at least one start."""
    for place, pin in enumerate(problem.scenario.pins.require):
        draft.row("pins", place, columns=np.flatnonzero(options.matching(pin)), lower=1)


def must(draft: Draft, problem: Problem, options: Options) -> None:
    """A target or a pool that says `must: true` has no shortfall, and no starts below its `min`."""
    for name, target in problem.scenario.targets.items():
        place = draft.place("shortfall", name)
        if target.must and place is not None:
            draft.row("must", name, columns=[place], upper=0)
    for name, pool in problem.scenario.seats.items():
        for year in map(int, problem.years) if pool.must else ():
            place = draft.place("below_min", name, year)
            if place is not None:
                draft.row("must", name, year, columns=[place], upper=0)


RULES: tuple[Rule, ...] = (one_at_a_time, ladder_order, seats, absence, leaders, classes, budget, pins, must)


# --- who is away ----------------------------------------------------------------------------------------------------


def _studying(problem: Problem, modes: Collection[str], years: np.ndarray) -> np.ndarray:
    """Who is in current study of one of the modes: Boolean, cadres x years."""
    of_mode = np.append(problem.programmes["mode"].isin(modes).to_numpy(), False)  # the last: no study (-1)
    lasting = problem.cadres["study_until"].to_numpy()[:, None] >= years
    return of_mode[problem.cadres["study"]][:, None] & lasting


def _left(problem: Problem, limit: float | np.ndarray, taken: np.ndarray, key: pd.DataFrame) -> np.ndarray:
    """What current study leaves of a limit, per group and year; never below nothing: an excess is not refused."""
    group = key.iloc[:, 0].to_numpy()
    year = key["year"].to_numpy() - problem.scenario.horizon.first
    whole = limit[group] if isinstance(limit, np.ndarray) else np.full(len(key), float(limit))
    return np.maximum(whole - taken[group, year], 0)


def _gone(problem: Problem, counted: np.ndarray, years: np.ndarray) -> np.ndarray:
    """How many of the counted are away in current study: agencies x years."""
    assert problem.scenario.absence is not None
    gone = np.zeros((len(problem.agencies), len(years)))
    studying = _studying(problem, problem.scenario.absence.modes, years) & counted[:, None]
    np.add.at(gone, problem.cadres["agency_id"].to_numpy(), studying)
    return gone


def _limited_years(problem: Problem, options: Options) -> np.ndarray:
    """The years in which absence is limited.

    Who is away after the horizon was away in its last year, so the horizon says it all; unless a cadre could start
    another programme beside the current study, and is a further one away once that has ended.
    """
    assert problem.scenario.absence is not None
    horizon, modes = problem.scenario.horizon, problem.scenario.absence.modes
    last = horizon.last
    if "short" in modes and _studying(problem, modes, problem.years)[:, -1].any():
        last = max(last, int(options.frame["finish"].max()) if len(options) else last)
    return np.arange(horizon.first, last + 1)


def _away(draft: Draft, problem: Problem, options: Options, years: np.ndarray) -> pd.DataFrame:
    """The terms that count cadres away: agency, year, cadre, option; each cadre counts once in a year.

    Where a cadre could be in two programmes of the modes at once, a column away[cadre, year] stands for both. Cadres
    who are away in current study anyhow are no further cadres.
    """
    assert problem.scenario.absence is not None
    modes = problem.scenario.absence.modes
    running = options.running_to(int(years[-1]))
    terms = running[running["mode"].isin(modes)]
    terms = terms[~_studying(problem, modes, years)[terms["cadre"], terms["year"] - years[0]]]
    if "short" not in modes or ("in_service" not in modes and problem.scenario.study_load.short_per_year <= 1):
        return terms
    return _away_columns(draft, problem, terms)


def _away_columns(draft: Draft, problem: Problem, terms: pd.DataFrame) -> pd.DataFrame:
    """away[cadre, year] >= each of the cadre's starts that run in the year."""
    codes = problem.cadres["cadre"].to_numpy()
    pairs = terms[["cadre", "year", "agency"]].drop_duplicates()
    keys = [(codes[cadre], int(year)) for cadre, year in zip(pairs["cadre"], pairs["year"], strict=True)]
    known = [draft.place("away", *key) for key in keys]
    new = np.array([place is None for place in known], dtype=bool)
    places = [
        draft.column("away", *key, upper=1) if place is None else place for key, place in zip(keys, known, strict=True)
    ]
    pairs = pairs.assign(option=places)
    starts = terms.merge(pairs[new], on=["cadre", "year", "agency"], suffixes=("", "_away"))
    own = starts.assign(start=starts["option"], coefficient=1.0)
    away = starts.assign(start=starts["option"], option=starts["option_away"], coefficient=-1.0)
    columns = ["cadre", "year", "start", "option", "coefficient"]
    draft.at_most("away", pd.concat([own, away])[columns], ["cadre", "year", "start"], 0)
    return pairs
