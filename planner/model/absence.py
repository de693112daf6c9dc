"""Who is away: by current study, or by a start of the plan (contract, section 5, absence and leaders)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.options import Options
from planner.model.rows import ModelBuilder


def in_study(problem: Problem, modes: Collection[str], years: np.ndarray) -> np.ndarray:
    """Who is in current study of one of the modes: Boolean, cadres x years."""
    of_mode = np.append(problem.programmes["mode"].isin(modes).to_numpy(), False)  # the last: no study (-1)
    lasting = problem.cadres["study_until"].to_numpy()[:, None] >= years
    return of_mode[problem.cadres["study"]][:, None] & lasting


def left_by_study(problem: Problem, limit: float | np.ndarray, taken: np.ndarray, key: pd.DataFrame) -> np.ndarray:
    """What current study leaves of a limit, per group and year; never below nothing: an excess is not refused."""
    group = key.iloc[:, 0].to_numpy()
    year = key["year"].to_numpy() - problem.scenario.horizon.first
    whole = limit[group] if isinstance(limit, np.ndarray) else np.full(len(key), float(limit))
    return np.maximum(whole - taken[group, year], 0)


def away_in_study(problem: Problem, counted: np.ndarray, years: np.ndarray) -> np.ndarray:
    """How many of the counted are away in current study: agencies x years."""
    assert problem.scenario.absence is not None
    gone = np.zeros((len(problem.agencies), len(years)))
    studying = in_study(problem, problem.scenario.absence.modes, years) & counted[:, None]
    np.add.at(gone, problem.cadres["agency_id"].to_numpy(), studying)
    return gone


def limited_years(problem: Problem, options: Options) -> np.ndarray:
    """The years in which absence is limited.

    Who is away after the horizon was away in its last year, so the horizon says it all; unless a cadre could start
    another programme beside the current study, and is a further one away once that has ended.
    """
    assert problem.scenario.absence is not None
    horizon, modes = problem.scenario.horizon, problem.scenario.absence.modes
    last = horizon.last
    if "short" in modes and in_study(problem, modes, problem.years)[:, -1].any():
        last = max(last, int(options.frame["finish"].max()) if len(options) else last)
    return np.arange(horizon.first, last + 1)


def away_terms(builder: ModelBuilder, problem: Problem, options: Options, years: np.ndarray) -> pd.DataFrame:
    """The terms that count cadres away: agency, year, cadre, option; each cadre counts once in a year.

    Where a cadre could be in two programmes of the modes at once, a column away[cadre, year] stands for both. Cadres
    who are away in current study anyhow are no further cadres.
    """
    assert problem.scenario.absence is not None
    modes = problem.scenario.absence.modes
    running = options.running_to(int(years[-1]))
    terms = running[running["mode"].isin(modes)]
    terms = terms[~in_study(problem, modes, years)[terms["cadre"], terms["year"] - years[0]]]
    if "short" not in modes or ("in_service" not in modes and problem.scenario.study_load.short_per_year <= 1):
        return terms
    return _away_columns(builder, problem, terms)


def _away_columns(builder: ModelBuilder, problem: Problem, terms: pd.DataFrame) -> pd.DataFrame:
    """away[cadre, year] >= each of the cadre's starts that run in the year."""
    codes = problem.cadres["cadre"].to_numpy()
    pairs = terms[["cadre", "year", "agency"]].drop_duplicates()
    keys = [(codes[cadre], int(year)) for cadre, year in zip(pairs["cadre"], pairs["year"], strict=True)]
    known = [builder.place("away", *key) for key in keys]
    new = np.array([place is None for place in known], dtype=bool)
    places = [
        builder.column("away", *key, upper=1) if place is None else place
        for key, place in zip(keys, known, strict=True)
    ]
    pairs = pairs.assign(option=places)
    starts = terms.merge(pairs[new], on=["cadre", "year", "agency"], suffixes=("", "_away"))
    own = starts.assign(start=starts["option"], coefficient=1.0)
    away = starts.assign(start=starts["option"], option=starts["option_away"], coefficient=-1.0)
    columns = ["cadre", "year", "start", "option", "coefficient"]
    builder.at_most("away", pd.concat([own, away])[columns], ["cadre", "year", "start"], 0)
    return pairs
