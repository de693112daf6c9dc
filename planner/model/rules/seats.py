"""The seats of a pool, in a year and over the horizon."""

from __future__ import annotations

import numpy as np

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always
from planner.model.shortfalls import pool_starts

TOTAL = "total"  # in the place of the year: the limit over the horizon


def seats(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A pool's starts in a year are at most `max`; over the horizon at most `total`."""
    for name, pool in problem.scenario.seats.items():
        starts = pool_starts(builder, problem, name)
        if pool.per_year.max is not None:
            for year, of_year in starts.items():
                builder.row("seats", name, year, columns=of_year, upper=pool.per_year.max)
        if pool.total is not None:
            builder.row("seats", name, TOTAL, columns=np.concatenate(list(starts.values())), upper=pool.total)


def _entry(problem: Problem, key: Key) -> Location:
    pool, year = key
    return ("seats", pool, "total") if year == TOTAL else ("seats", pool, "per_year", "max")


def _limit(problem: Problem, key: Key) -> float | None:
    pool = problem.scenario.seats[str(key[0])]
    return pool.total if key[1] == TOTAL else pool.per_year.max


def _said(problem: Problem, key: Key) -> Said:
    return "_total" if key[1] == TOTAL else "", {"pool": key[0]}


SEATS = Rule("seats", seats, entry=_entry, limit=_limit, said=_said, gives_way=always, priced=True)
