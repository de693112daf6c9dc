"""The model: the three tables of a problem and its goals, as whole numbers; at once the matrix that an engine takes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from planner.common.errors import Fault, InputError
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import RankedGoal
from planner.model.futures.shortfall_rows import future_shortfalls
from planner.model.goals import kind_of
from planner.model.options import Options
from planner.model.rows import ModelBuilder, ModelTables
from planner.model.rules import RULES
from planner.model.shortfalls import seat_floors, share_shortfalls, target_shortfalls
from planner.optimiser.goal import Goal

LARGEST_COEFFICIENT = 10_000_000  # larger ones an engine's tolerance of 1e-6 may not tell apart


@dataclass(frozen=True)
class Model:
    """The tables and the goals in their order."""

    tables: ModelTables
    goals: tuple[Goal, ...]


def build_model(options: Options) -> Model:
    """Write every shortfall, rule and goal of the scenario."""
    tables = build_tables(options)
    return Model(tables, tuple(goal_of(name, tables) for name in options.problem.scenario.goals))


def build_tables(options: Options) -> ModelTables:
    """Write every shortfall and rule of the scenario."""
    problem = options.problem
    builder = ModelBuilder(options)
    target_shortfalls(builder, problem)
    seat_floors(builder, problem)
    share_shortfalls(builder, problem)
    future_shortfalls(builder, problem)
    for rule in RULES.values():
        rule.write(builder, problem, options)
    return builder.tables()


def goal_of(name: RankedGoal, tables: ModelTables) -> Goal:
    """A goal as the engines have it: whole numbers as small as can be, to be minimised.

    Raises
    ------
    InputError
        Its numbers need too many digits together: those to round, with file and line, and to what.
    """
    kind = kind_of(name)
    whole, scale = whole_numbers(kind.coefficients(tables, name.entries))
    largest = Fraction(int(np.abs(whole).max(initial=0))) / scale
    if largest * scale > LARGEST_COEFFICIENT:
        raise InputError(_to_round(name, tables.options.problem, largest))
    return Goal(name, kind.sense, whole if kind.sense == "min" else -whole, scale, kind.patience)


def whole_numbers(values: np.ndarray) -> tuple[np.ndarray, Fraction]:
    """Decimals in their largest common unit, and how many units a 1 is: forty million in tens of millions is 4."""
    distinct, inverse = np.unique(values, return_inverse=True)
    if np.array_equal(distinct, np.round(distinct)) and np.abs(distinct).max(initial=0) < 2**53:
        divisor = int(np.gcd.reduce(distinct.astype(np.int64))) or 1
        return values / divisor, Fraction(1, divisor)
    exact = [Fraction(str(float(value))) for value in distinct]
    once = math.lcm(*(value.denominator for value in exact))
    scale = Fraction(once, math.gcd(*(int(value * once) for value in exact)) or 1)
    return np.array([float(value * scale) for value in exact])[inverse], scale


def _to_round(goal: RankedGoal, problem: Problem, largest: Fraction) -> Iterator[Fault]:
    """The entries of a goal that are no multiples of the unit in which the largest number has not too many digits."""
    unit = Fraction(1)
    while largest / unit > LARGEST_COEFFICIENT:
        unit *= 10
    while largest / (unit / 10) <= LARGEST_COEFFICIENT:
        unit /= 10
    section, key = NUMBERS[kind_of(goal).name]
    for name, entry in getattr(problem.scenario, section).items():
        value = Fraction(str(getattr(entry, key)))
        if value % unit and (name in goal.entries or not goal.entries):
            file, line = problem.source.file_and_line((section, name, key))
            values = {"goal": goal, "value": _plain(value), "largest": _plain(largest), "unit": _plain(unit)}
            yield Fault("too_many_digits", values, file=file, line=line)


def _plain(value: Fraction) -> str:
    """A decimal with all its digits, as a scenario writes it."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


NUMBERS = {
    "attainment": ("targets", "weight"),
    "expected": ("targets", "weight"),
    "worst_tenth": ("targets", "weight"),
    "shares": ("shares", "weight"),
    "priority": ("priority", "points"),
    "cost": ("programmes", "cost"),
}
"""Where the scenario says the numbers that goals sum; those of the other goals are never large."""
