"""The tables of a plan, computed from its starts (contract, section 7)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, allowance, required
from planner.model.attainment import Attainments, attaining, unknown_level
from planner.model.rules.absence import gone_anyway
from planner.model.shortfalls import TOTAL, least_share, pool_history, share_history, share_years
from planner.plans.columns import TABLES
from planner.plans.serves import purposes, share_shortfall, written


def tables_of(problem: Problem, starts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table of a run folder but the goals, by its name.

    `starts` has cadre and programme (rows in the problem's tables), start and finish [year].
    """
    rows = {"attainment": _attainment, "seats": _seats, "totals": _totals, "shares": _shares}
    made = {name: pd.DataFrame(make(problem, starts), columns=TABLES[name].names) for name, make in rows.items()}
    return {"assignments": _assignments(problem, starts), **made, "absence": _absence(problem, starts)}


def number(value: Fraction | float) -> int | float:
    """A number as an integer where it is whole."""
    return int(value) if value == int(value) else float(value)


def _assignments(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    cadres, programmes = problem.cadres, problem.programmes
    points = problem.points[starts["cadre"], starts["programme"]]
    return pd.DataFrame(
        {
            "cadre": cadres["cadre"].to_numpy()[starts["cadre"]],
            "agency": cadres["agency"].to_numpy()[starts["cadre"]],
            "programme": programmes["programme"].to_numpy()[starts["programme"]],
            "mode": programmes["mode"].to_numpy()[starts["programme"]],
            "start": starts["start"].to_numpy(),
            "finish": starts["finish"].to_numpy(),
            "points": pd.Series([number(value) for value in points], dtype=object),
            "serves": [" ".join(map(written, found)) for found in purposes(problem, starts)],
        }
    )


def _attainment(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    planned = Attainments(problem, starts)
    for name, target in problem.scenario.targets.items():
        counted, by = problem.counted_rows(name), problem.by(target)
        members, unknown = len(counted), int(unknown_level(problem, target, counted).sum())
        already = int((attaining(problem, target, rows=counted) <= by).sum())
        attained = int((planned.since(target)[counted] <= by).sum())
        wanted = required(target, members)
        share = round(attained / members, 6) if members else None
        yield name, members, unknown, wanted, already, attained, max(0, wanted - attained), share


def counted_in(problem: Problem, starts: pd.DataFrame, pool: str) -> np.ndarray:
    """The starts that count in a pool: Boolean."""
    listed = starts["programme"].isin(problem.programme_ids(problem.scenario.seats[pool].programmes)).to_numpy()
    return np.asarray(listed & problem.pools[pool][starts["cadre"]])


def _seats(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, pool in problem.scenario.seats.items():
        counted = counted_in(problem, starts, name)
        for year in map(int, problem.years):
            number_of_starts, seats = int((counted & (starts["start"] == year)).sum()), pool.of_year(year)
            yield name, year, seats.min, seats.max, number_of_starts, max(0, seats.min - number_of_starts)


def _totals(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, pool in problem.scenario.seats.items():
        number_of_starts = int(counted_in(problem, starts, name).sum()) + len(pool_history(problem, name))
        yield name, pool.total.min, pool.total.max, number_of_starts, max(0, pool.total.min - number_of_starts)


def _shares(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, share in problem.scenario.shares.items():
        counted = problem.share_among[name][starts["cadre"]]
        if share.programmes is not None:
            counted = counted & starts["programme"].isin(problem.programme_ids(share.programmes)).to_numpy()
        of_group = counted & problem.share_group[name][starts["cadre"]]
        for year in share_years(problem, name):
            own = np.ones(len(starts), dtype=bool) if year == TOTAL else (starts["start"] == year).to_numpy()
            begun, begun_of_group = share_history(problem, name, year)
            number_of_starts, of = begun + int((counted & own).sum()), begun_of_group + int((of_group & own).sum())
            wanted = math.ceil(least_share(share.min) * number_of_starts)
            short = share_shortfall(share.min, number_of_starts, of)
            yield name, None if year == TOTAL else year, number_of_starts, of, wanted, short


def gone(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    """Who is away as `absence` counts it, by study under way, by leave or by the plan: Boolean, cadres x years."""
    if problem.scenario.absence is None:
        return np.zeros((len(problem.cadres), len(problem.years)), dtype=bool)
    modes = problem.scenario.absence.modes
    own = starts[problem.programmes["mode"].isin(modes).to_numpy()[starts["programme"]]]
    away = gone_anyway(problem, modes)
    for index, year in enumerate(problem.years):
        away[own.loc[(own["start"] <= year) & (year <= own["finish"]), "cadre"], index] = True
    return away


def _absence(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    away = np.zeros((len(problem.agencies), len(problem.years)), dtype=int)
    np.add.at(away, problem.cadres["agency_id"].to_numpy(), gone(problem, starts))
    limits = [None if np.isnan(limit) else int(limit) for limit in allowance(problem)]
    return pd.DataFrame(
        {
            "agency": np.repeat(problem.agencies["agency"].to_numpy(), len(problem.years)),
            "year": np.tile(problem.years, len(problem.agencies)),
            "headcount": np.repeat(problem.agencies["headcount"].to_numpy(), len(problem.years)),
            "limit": pd.Series(limits, dtype="Int64").repeat(len(problem.years)).reset_index(drop=True),
            "away": away.ravel(),
        }
    )
