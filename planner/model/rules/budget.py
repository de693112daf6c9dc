"""What the programmes started in a year may cost."""

from __future__ import annotations

import numpy as np

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, always


def budget(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """The costs of the programmes started in a year are at most the year's budget."""
    for year in map(int, problem.years):
        amount = amount_of(problem, year)
        if amount is not None:
            starts = np.flatnonzero(options.frame["start"] == year)
            costs = options.frame["cost"].to_numpy()[starts]
            builder.row("budget", year, columns=starts, coefficients=costs, upper=amount)


def amount_of(problem: Problem, year: int) -> float | None:
    """The budget of a year; None where there is no limit."""
    entry = problem.scenario.budget
    if entry is None:
        return None
    return entry.per_year.get(year) if isinstance(entry.per_year, dict) else entry.per_year


def _entry(problem: Problem, key: Key) -> Location:
    return ("budget",)


def _limit(problem: Problem, key: Key) -> float | None:
    return amount_of(problem, int(key[0]))


def _unit(problem: Problem) -> float:
    """What gives way at a time: what the dearest programme costs (assumed to weigh as much as one seat more)."""
    return float(problem.programmes["cost"].max()) or 1.0


BUDGET = Rule("budget", budget, entry=_entry, limit=_limit, gives_way=always, unit=_unit)
