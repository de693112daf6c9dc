"""The seats of a pool: in a year, over the horizon, and for the cadres of one agency."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always
from planner.model.shortfalls import TOTAL, pool_history, pool_starts


def seats(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A pool's starts in a year are at most `max`; over the horizon, with history, at most `total`."""
    for name, pool in problem.scenario.seats.items():
        starts = pool_starts(options, name)
        for year, of_year in starts.items():
            most = pool.of_year(year).max
            if most is not None:
                builder.row("seats", name, year, columns=of_year, upper=most)
        if pool.total.max is not None:
            taken, every = len(pool_history(problem, name)), np.concatenate(list(starts.values()))
            builder.row("seats", name, TOTAL, columns=every, upper=pool.total.max, taken=taken)


def _entry(problem: Problem, key: Key) -> Location:
    return ("seats", key[0], "total", "max") if key[1] == TOTAL else (*year_entry(problem, *key), "max")


def year_entry(problem: Problem, pool: str | int, year: str | int) -> Location:
    """Where the scenario says the seats of a pool in a year: for all years together, or year by year."""
    by_year = isinstance(problem.scenario.seats[str(pool)].per_year, dict)
    return "seats", pool, "per_year", *((year,) if by_year else ())


def _limit(problem: Problem, key: Key) -> float | None:
    pool = problem.scenario.seats[str(key[0])]
    return pool.total.max if key[1] == TOTAL else pool.of_year(int(key[1])).max


def _said(problem: Problem, key: Key) -> Said:
    return "_total" if key[1] == TOTAL else "", {"pool": key[0]}


SEATS = Rule(
    "seats", seats, entry=_entry, limit=_limit, said=_said, suffixes=("", "_total"), gives_way=always, priced=True
)


# --- one agency's part ----------------------------------------------------------------------------------------------


def per_agency(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In a pool the starts of one agency's cadres are at most `max` in a year and, with history, `total` over all."""
    frame = options.frame
    for name, pool in problem.scenario.seats.items():
        if pool.per_agency is None:
            continue
        option = np.concatenate(list(pool_starts(options, name).values()))
        terms = pd.DataFrame(
            {
                "pool": name,
                "agency": frame["agency"].to_numpy()[option],
                "year": frame["start"].to_numpy()[option],
                "option": option,
            }
        )
        if pool.per_agency.max is not None:
            builder.at_most("per_agency", terms, ["pool", "agency", "year"], pool.per_agency.max)
        if pool.per_agency.total is not None:
            every, taken = terms.assign(year=TOTAL), partial(_begun, problem, name)
            builder.at_most("per_agency", every, ["pool", "agency", "year"], pool.per_agency.total, taken)


def _begun(problem: Problem, pool: str, key: pd.DataFrame) -> np.ndarray:
    """How many starts before the horizon count in a pool, by the agency of that time, for each key's agency."""
    counts = pool_history(problem, pool)["agency"].value_counts()
    return counts.reindex(problem.agencies["agency"].to_numpy()[key["agency"]], fill_value=0).to_numpy()


def _agency_entry(problem: Problem, key: Key) -> Location:
    return "seats", key[0], "per_agency", "total" if key[2] == TOTAL else "max"


def _agency_limit(problem: Problem, key: Key) -> float | None:
    limits = problem.scenario.seats[str(key[0])].per_agency
    return None if limits is None else limits.total if key[2] == TOTAL else limits.max


def _agency_said(problem: Problem, key: Key) -> Said:
    return "_total" if key[2] == TOTAL else "", {"pool": key[0], "agency": key[1]}


PER_AGENCY = Rule(
    "per_agency",
    per_agency,
    entry=_agency_entry,
    limit=_agency_limit,
    said=_agency_said,
    suffixes=("", "_total"),
    gives_way=always,
    priced=True,
    only_full=True,
)
