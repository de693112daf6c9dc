"""What a certificate leaves open, asked of a second engine: whether there is a plan that is better.

The question is put to CP-SAT, which shares nothing with the engine that found the plan but the rows.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from scipy import sparse

from planner.inputs.problem import Problem
from planner.model.build import build_model
from planner.model.goals import kind_of
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.optimiser.engines import optimise
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.verification.numbers import Number

SAID = {INFEASIBLE: True, OPTIMAL: False, FEASIBLE: False}


def second_opinion(
    problem: Problem, values: Mapping[str, Number], asked: Collection[str], seconds: float
) -> dict[str, bool | None]:
    """For each goal asked about, whether a second engine agrees that no plan is better; None: it could not say.

    Parameters
    ----------
    values
        The plan's value of each goal.
    seconds
        For all goals together [seconds].
    """
    model = build_model(admissible_starts(problem))
    matrix = strengthened(model.tables)
    settings = problem.scenario.solver
    effort = SolveLimits(time.monotonic() + seconds, settings.workers, settings.seed, "cp_sat")
    told: dict[str, bool | None] = {}
    for goal in model.goals:
        value = _written(problem, goal, values[goal.name])
        if goal.name in asked:
            better = _no_worse(matrix, goal, value - goal.step)
            told[str(goal.name)] = SAID.get(optimise(better, effort).status)
        matrix = _no_worse(matrix, goal, value)
    return told


def _written(problem: Problem, goal: Goal, value: Number) -> float:
    """A goal's value in the form to minimise."""
    return float((value - kind_of(goal.name).constant(problem)) * goal.scale * goal.sign)


def _no_worse(matrix: IntegerProgram, goal: Goal, value: float) -> IntegerProgram:
    row = sparse.csr_matrix(goal.coefficients.reshape(1, -1))
    return replace(matrix, cost=np.zeros(len(matrix.cost))).with_rows(row, np.array([-np.inf]), np.array([value]))
