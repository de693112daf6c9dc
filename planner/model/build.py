"""The model: the three tables of a problem and its goals, as whole numbers; at once the matrix that an engine takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from planner.common.errors import Fault, InputError
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
    problem = options.problem
    builder = ModelBuilder(options)
    target_shortfalls(builder, problem)
    seat_floors(builder, problem)
    share_shortfalls(builder, problem)
    future_shortfalls(builder, problem)
    for rule in RULES.values():
        rule.write(builder, problem, options)
    tables = builder.tables()
    return Model(tables, tuple(goal_of(name, tables) for name in problem.scenario.goals))


def goal_of(name: RankedGoal, tables: ModelTables) -> Goal:
    """A goal as the engines have it: whole numbers, to be minimised. Raises `InputError` on too many digits."""
    kind = kind_of(name)
    values = kind.coefficients(tables, name.entries)
    whole, scale = whole_numbers(values)
    largest = float(np.abs(whole).max(initial=0))
    if largest >= 2**53 or largest / (np.gcd.reduce(np.unique(whole).astype(np.int64)) or 1) > LARGEST_COEFFICIENT:
        raise InputError(Fault("too_many_digits", {"goal": name, "digits": len(str(LARGEST_COEFFICIENT)) - 1}))
    return Goal(name, kind.sense, whole if kind.sense == "min" else -whole, scale, kind.patience)


def whole_numbers(values: np.ndarray) -> tuple[np.ndarray, int]:
    """Decimals times the smallest number that makes them all whole, and that number."""
    if np.array_equal(values, np.round(values)):
        return values, 1
    distinct, inverse = np.unique(values, return_inverse=True)
    exact = [Fraction(str(float(value))) for value in distinct]
    scale = math.lcm(*(value.denominator for value in exact))
    return np.array([float(value * scale) for value in exact])[inverse], scale
