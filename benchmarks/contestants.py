"""What each contestant does with a scenario: planner, the engines that prove integers, the linear relaxations.

A contestant is a function from a task to records: plain mappings, yielded as they become known, so that one that dies
on its third goal has still told of two. A record with the key `goal` is about a goal: goal, value, bound, status,
seconds. Any other holds facts by name.

Every engine but `planner` and `textbook` takes the rows of `planner.model.build.build_model`, the rules' own; clique
rows, cuts and all else are planner's way of solving. A goal not proven in its time is fixed at the best value found, so
what follows it is answered for another problem.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.solvers import Solved, Way, solve
from benchmarks.stages import solved_by_stages
from benchmarks.textbook import solve_textbook
from planner.inputs.loading import load
from planner.model.build import Model, build_model
from planner.model.options import admissible_starts
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import FEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Simplex
from planner.plans.tables import number

Record = dict[str, Any]


@dataclass(frozen=True)
class Task:
    """What a contestant is asked: a scenario, how to solve each goal of it, and for a relaxation the former goals.

    `values` says at which value, planner's best, each goal is fixed for those after it.
    """

    scenario: Path
    way: Way
    values: Mapping[str, float]


def _planner(task: Task) -> Iterator[Record]:
    """The solve of planner, and every stage beside it."""
    yield from solved_by_stages(task.scenario, task.way)


def _textbook(task: Task) -> Iterator[Record]:
    """The textbook model at CP-SAT's defaults."""
    problem, began = load(task.scenario), time.perf_counter()
    way = task.way
    result = solve_textbook(problem, time_limit_s=way.limit, workers=way.workers, seed=way.seed)
    for goal, value in result.goals.items():
        bound = result.bounds[goal]
        shown = None if bound is None else number(bound)
        yield _record(goal, number(value), shown, result.statuses[goal], result.seconds[goal])
    yield {"building": time.perf_counter() - began - sum(result.seconds.values())}


def _integers(solver: str, task: Task) -> Iterator[Record]:
    """The goals in order, each a whole problem for a solver, fixed at the value it reached."""
    model, matrix, building = _built(task)
    yield building
    x: np.ndarray | None = None
    for goal in model.goals:
        began = time.perf_counter()
        solved = solve(solver, replace(matrix, cost=goal.coefficients), task.way, whole=True, hint=x)
        seconds = time.perf_counter() - began if solved.seconds is None else solved.seconds
        if solved.x is not None:
            x = solved.x.round()  # what an engine's tolerance lets by would shut out the best plans of later goals
        if x is None:
            yield _record(goal.name, None, None, solved.status, seconds)
            return
        value = float(goal.coefficients @ x)
        status = solved.status if solved.x is not None else FEASIBLE  # the plan of the goal before is one still
        bound = value if status == OPTIMAL else solved.bound
        matrix = _fixed(matrix, goal, value)
        yield _record(goal.name, _whole(goal, value), _whole(goal, bound), status, seconds)


def _relaxations(relax: Callable[[], Callable[[IntegerProgram, Way], Solved]], task: Task) -> Iterator[Record]:
    """The linear relaxation of each goal, solved once, with the goals before it fixed at planner's values."""
    model, matrix, building = _built(task)
    yield building
    solver = relax()
    for goal in model.goals:
        began = time.perf_counter()
        solved = solver(replace(matrix, cost=goal.coefficients), task.way)
        value = None if solved.x is None else float(goal.coefficients @ solved.x) * goal.sign / float(goal.scale)
        yield _record(goal.name, value, value, solved.status, time.perf_counter() - began)
        if goal.name not in task.values:
            return
        matrix = _fixed(matrix, goal, float(task.values[goal.name] * goal.sign * goal.scale))


def _cold(solver: str) -> Callable[[IntegerProgram, Way], Solved]:
    """Every relaxation from its beginning, at the solver's defaults, presolve included."""
    return lambda matrix, way: solve(solver, matrix, way, whole=False)


def _bare(*, warm: bool) -> Callable[[IntegerProgram, Way], Solved]:
    """The simplex of planner, without presolve; warm: each relaxation from where the last one ended."""
    kept = Simplex()

    def relax(matrix: IntegerProgram, way: Way) -> Solved:
        relaxed = (kept if warm else Simplex()).relax(matrix, SolveLimits(time.monotonic() + way.limit))
        return Solved(relaxed.status, relaxed.x if relaxed.status == OPTIMAL else None, relaxed.bound)

    return relax


SOLVERS = {
    "cp_sat": "SAT",
    "highs": "HIGHS",
    "highspy": "HIGHSPY",
    "scip": "SCIP",
    "cbc": "CBC",
    "lp_glop": "GLOP",
    "lp_highs": "HIGHS",
    "lp_clp": "CLP",
    "lp_pdlp": "PDLP",
}
"""The OR-Tools name of the solver that a contestant tries; CP-SAT is well set, the others at their defaults."""
INTEGERS: dict[str, Callable[[Task], Iterator[Record]]] = {
    "textbook": _textbook,
    **{name: partial(_integers, solver) for name, solver in SOLVERS.items() if not name.startswith("lp_")},
}
RELAXATIONS: dict[str, Callable[[Task], Iterator[Record]]] = {
    "lp_glop_warm": partial(_relaxations, partial(_bare, warm=True)),
    "lp_glop_bare": partial(_relaxations, partial(_bare, warm=False)),
    **{
        name: partial(_relaxations, partial(_cold, solver))
        for name, solver in SOLVERS.items()
        if name.startswith("lp_")
    },
}
INEXACT = ("lp_pdlp",)
PLANNER = "planner"
CONTESTANTS = {PLANNER: _planner, **INTEGERS, **RELAXATIONS}


def _built(task: Task) -> tuple[Model, IntegerProgram, Record]:
    """The model of a scenario, its rows without a goal, and the seconds that took, the loading left out."""
    problem, began = load(task.scenario), time.perf_counter()
    model = build_model(admissible_starts(problem))
    tables = model.tables
    nothing = np.zeros(len(tables.upper))
    matrix = IntegerProgram(nothing, tables.terms, tables.row_lower, tables.row_upper, nothing, tables.upper)
    return model, matrix, {"building": time.perf_counter() - began}


def _fixed(matrix: IntegerProgram, goal: Goal, value: float) -> IntegerProgram:
    """The matrix with a row that keeps a goal, in the form to minimise, at its value."""
    return matrix.with_rows(sparse.csr_matrix(goal.coefficients), np.array([-np.inf]), np.array([value]))


def _whole(goal: Goal, value: float) -> int | float | None:
    """A value of the form to minimise as the goal itself has it; a bound is rounded to the next whole unit."""
    return number(Fraction(int(np.ceil(value - 1e-6)) * goal.sign, goal.scale)) if np.isfinite(value) else None


def _record(goal: str, value: float | None, bound: float | None, status: str, seconds: float) -> Record:
    return {"goal": goal, "value": value, "bound": bound, "status": status, "seconds": seconds}
