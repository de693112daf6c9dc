"""The tables of section 7 of the contract and the value of every goal, recomputed from the chosen starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import IN_FUTURES
from planner.verification.activities import KEY, Chosen, choose
from planner.verification.attainment import attainment_table
from planner.verification.away import absence_table
from planner.verification.goals import GOALS, Derived, points
from planner.verification.numbers import Number
from planner.verification.quotas import seats_table, totals_table
from planner.verification.serves import serves
from planner.verification.shares import shares_table


@dataclass(frozen=True)
class Figures:
    """What follows from a plan; the tables have the columns of the contract's section 7, missing numbers are NA.

    Attributes
    ----------
    assignments
        cadre, agency, programme, mode, start, finish [years], points, serves; sorted by cadre, start, programme.
    attainment
        target, members, unknown, required, already, attained, shortfall [people], share; in the scenario's order.
    seats
        pool, year, min, max, starts, below_min [starts]; every pool and year of the horizon.
    totals
        pool, min, max, starts, below_min [starts]; every pool, the starts of the history included.
    shares
        share, year (NA: the horizon), starts, of_group, required, shortfall [starts].
    absence
        agency, year, headcount, limit, away [people]; every agency and year of the horizon.
    goals
        goal -> exact value: every kind of goal that looks at the plan alone, and those that the scenario ranks.
    ranked
        goal -> sense, the goals that the scenario ranks, the first first.
    """

    assignments: pd.DataFrame
    attainment: pd.DataFrame
    seats: pd.DataFrame
    totals: pd.DataFrame
    shares: pd.DataFrame
    absence: pd.DataFrame
    goals: dict[str, Number]
    ranked: dict[str, str]


class DerivedTable(NamedTuple):
    """A table of the run folder: the columns that name a row, those that hold text, and how it is derived."""

    keys: tuple[str, ...]
    text: frozenset[str]
    derive: Callable[[Problem, Chosen], pd.DataFrame]


def assignments_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """cadre, agency, programme, mode, start, finish [years], points, serves; sorted by cadre, start, programme."""
    starts = chosen.starts
    numbers = [_number(each) for each in points(problem, starts)]
    return starts[[*KEY[:2], "mode", "start", "finish"]].assign(
        agency=problem.cadres["agency"].to_numpy()[starts["person"]],
        points=pd.Series(numbers, dtype=object),
        serves=pd.Series(serves(problem, chosen), dtype=object),
    )[["cadre", "agency", "programme", "mode", "start", "finish", "points", "serves"]]


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


TABLES: dict[str, DerivedTable] = {
    "assignments": DerivedTable(
        ("cadre", "programme", "start"),
        frozenset({"cadre", "agency", "programme", "mode", "serves"}),
        assignments_table,
    ),
    "attainment": DerivedTable(("target",), frozenset({"target"}), attainment_table),
    "seats": DerivedTable(("pool", "year"), frozenset({"pool"}), seats_table),
    "totals": DerivedTable(("pool",), frozenset({"pool"}), totals_table),
    "shares": DerivedTable(("share", "year"), frozenset({"share"}), shares_table),
    "absence": DerivedTable(("agency", "year"), frozenset({"agency"}), absence_table),
}


def figures(problem: Problem, assignments: pd.DataFrame) -> Figures:
    """Every table of a run folder and the value of every goal, from the starts alone.

    Parameters
    ----------
    assignments
        cadre, programme, start [year]; further columns are ignored, rows that name no start count for nothing.
    """
    chosen, _ = choose(problem, assignments)
    tables = {name: table.derive(problem, chosen) for name, table in TABLES.items()}
    derived, ranked = Derived(problem, chosen, tables), problem.scenario.goals
    goals = {kind: goal.value(derived, ()) for kind, goal in GOALS.items() if kind not in IN_FUTURES}
    goals |= {str(goal): GOALS[goal.kind].value(derived, goal.entries) for goal in ranked}
    senses = {str(goal): GOALS[goal.kind].sense for goal in ranked}
    return Figures(**tables, goals=goals, ranked=senses)


def ranked_values(problem: Problem, assignments: pd.DataFrame) -> dict[str, Number]:
    """The value of every goal that the scenario ranks, as `figures` has them, without the other tables."""
    chosen, _ = choose(problem, assignments)
    counted = ("attainment", "seats", "totals", "shares")
    derived = Derived(problem, chosen, {name: TABLES[name].derive(problem, chosen) for name in counted})
    return {str(goal): GOALS[goal.kind].value(derived, goal.entries) for goal in problem.scenario.goals}
