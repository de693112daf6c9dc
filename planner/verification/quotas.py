"""Seat pools: which starts each one counts, in a year and over the horizon, and the tables of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.activities import Chosen
from planner.verification.past import past_in


def in_pool(problem: Problem, starts: pd.DataFrame, name: str) -> np.ndarray:
    """The starts that a seat pool counts: it lists their programme and covers their cadre."""
    listed = starts["programme"].isin(problem.scenario.seats[name].programmes).to_numpy(dtype=bool)
    counted: np.ndarray = listed & problem.pools[name][starts["person"].to_numpy()]
    return counted


class PoolYear(NamedTuple):
    """The starts of a pool in a year, and what the scenario says of them: columns of seats.csv."""

    pool: str
    year: int
    min: int
    max: int | None
    starts: int
    below_min: int


class PoolTotal(NamedTuple):
    """The starts of a pool over the horizon, those of the history included: columns of totals.csv."""

    pool: str
    min: int
    max: int | None
    starts: int
    below_min: int


def pool_years(problem: Problem, chosen: Chosen) -> Iterator[PoolYear]:
    """Every pool and every year of the horizon."""
    for name, pool in problem.scenario.seats.items():
        taken = chosen.starts["start"][in_pool(problem, chosen.starts, name)].value_counts()
        for year in map(int, problem.years):
            limits, number = pool.of_year(year), int(taken.get(year, 0))
            yield PoolYear(name, year, limits.min, limits.max, number, max(0, limits.min - number))


def pool_totals(problem: Problem, chosen: Chosen) -> Iterator[PoolTotal]:
    """Every pool."""
    for name, pool in problem.scenario.seats.items():
        new = int(in_pool(problem, chosen.starts, name).sum())
        number = new + len(past_in(problem, "pools", name))
        yield PoolTotal(name, pool.total.min, pool.total.max, number, max(0, pool.total.min - number))


def seats_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """pool, year, min, max, starts, below_min; every pool and year of the horizon."""
    return pd.DataFrame(pool_years(problem, chosen), columns=list(PoolYear._fields)).astype({"max": "Int64"})


def totals_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """pool, min, max, starts, below_min; every pool."""
    return pd.DataFrame(pool_totals(problem, chosen), columns=list(PoolTotal._fields)).astype({"max": "Int64"})
