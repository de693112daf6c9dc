"""The engines: one small interface to the LP and integer solvers inside OR-Tools.

Both CP-SAT and HiGHS take the same matrix; each is the other's check. An engine's objective value is not used:
values are recomputed from the solution.

How long a search takes is a matter of luck: of two engines one may need a hundred times as long as the other, and
nobody knows beforehand which. So small matrices are searched by both in turns: CP-SAT for a while, which is counted in
its own steps and not by the clock, so that a run repeats; then HiGHS, which begins again from other seeds, each time
with more nodes, until it has searched to the end. A turn looks only for what is better than the plan that earlier turns
found: that cuts off most of the tree, and that there is none proves the plan. Large matrices are HiGHS's at once: there
the linear programme decides.

References
----------
Gomes, Selman, "Algorithm portfolios", Artificial Intelligence 126 (2001).
Luby, Sinclair, Zuckerman, "Optimal speedup of Las Vegas algorithms", Information Processing Letters 47 (1993).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from ortools.linear_solver.python import model_builder
from scipy import sparse

from planner.optimiser.aggregation import aggregated, counted
from planner.optimiser.hulls import with_hulls
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits, dot

T = TypeVar("T")

ENGINES = ("in_turns", "highs", "cp_sat")
SMALL = 2_000  # free columns; up to so many both engines search in turns; measured, see benchmarks/
SHORT, LONG = "max_deterministic_time:0.2", "max_deterministic_time:1"  # CP-SAT's time, about seconds; measured
TREES = tuple(("highs", f"mip_max_nodes={nodes}" if nodes else "") for nodes in (100, 400, 1600, 0))  # 0: to the end
TURNS = (("cp_sat", SHORT), TREES[0], ("cp_sat", LONG), *TREES[1:])
DISTINCT = (("cp_sat", LONG), *TREES)  # where nearly every column has a cost of its own; measured, see benchmarks/
CLOSE = 0.5  # whole values that are nearer are the same

_STATUS = {
    model_builder.SolveStatus.OPTIMAL: OPTIMAL,
    model_builder.SolveStatus.FEASIBLE: FEASIBLE,
    model_builder.SolveStatus.INFEASIBLE: INFEASIBLE,
}


@dataclass(frozen=True)
class EngineResult:
    """What an engine says of the integer problem: optimal or feasible with `x`, infeasible, or unknown."""

    status: str
    x: np.ndarray | None
    bound: float


def optimise(matrix: IntegerProgram, effort: SolveLimits, hint: np.ndarray | None = None) -> EngineResult:
    """Solve the integer problem with the effort's engine, or with both in turns."""
    kept, free, _ = matrix.reduced()
    x = matrix.fixed()
    offset = dot(matrix.cost, x)
    if len(free) == 0:
        return EngineResult(OPTIMAL, x, offset) if matrix.feasible(x) else EngineResult(INFEASIBLE, None, np.inf)
    found = _searched(kept.in_lowest_terms(), effort, None if hint is None else hint[free])
    if found.x is None:
        return found
    x[free] = found.x
    if not matrix.feasible(x):  # feasible within the engine's tolerance only
        return EngineResult(UNKNOWN, None, -np.inf)
    return EngineResult(found.status, x, found.bound + offset)


def _searched(matrix: IntegerProgram, effort: SolveLimits, hint: np.ndarray | None) -> EngineResult:
    """Search a matrix without fixed columns."""
    if effort.engine != "in_turns":
        return _search(matrix, effort, effort.engine, hint)
    if len(matrix.cost) > SMALL:
        return _search(matrix, effort, "highs", None)
    written = aggregated(matrix)
    numbered, distinct = with_hulls(written), _tells_apart(matrix.cost)
    known = None if hint is None else counted(written, hint)
    found = EngineResult(UNKNOWN, None, -np.inf)
    if known is not None and numbered.feasible(known):
        found = EngineResult(FEASIBLE, known, -np.inf)
    turns = DISTINCT if distinct else TURNS
    for number in range(len(turns)):
        better = None if distinct or number == 0 else _better(numbered, found)
        again = replace(effort, seed=effort.seed + number)
        told = _search(numbered if better is None else better, again, turns[number][0], known, turns[number][1])
        if better is not None and found.x is not None and told.status == INFEASIBLE:  # nothing is better
            told = EngineResult(OPTIMAL, found.x, dot(numbered.cost, found.x))
        found = _both(numbered, found, told)
        if found.status in (OPTIMAL, INFEASIBLE):
            break
        if found.x is None and turns is TURNS:  # HiGHS is quick where it need only look for what is better
            turns = (TURNS[0], *DISTINCT)
    return found if found.x is None else replace(found, x=found.x[: len(matrix.cost)])


def _tells_apart(cost: np.ndarray) -> bool:
    """Whether a cost tells nearly every column from every other, as a lot does."""
    return len(np.unique(cost)) > len(cost) / 2


def _better(matrix: IntegerProgram, found: EngineResult) -> IntegerProgram | None:
    """The plans better than the one found, by a row for the cost; None where there is none or the cost is not whole."""
    if found.x is None or not np.array_equal(matrix.cost, np.round(matrix.cost)):
        return None
    step = int(np.gcd.reduce(np.abs(matrix.cost).astype(np.int64))) or 1
    most = dot(matrix.cost, found.x) - step
    return matrix.with_rows(sparse.csr_matrix(matrix.cost), np.array([-np.inf]), np.array([most]))


def _both(matrix: IntegerProgram, first: EngineResult, second: EngineResult) -> EngineResult:
    """What two turns know together: the better plan, the better bound. The second may have sought better plans only.

    A plan that is one within an engine's tolerance only is none.
    """
    plans = [found.x for found in (first, second) if found.x is not None and matrix.feasible(found.x)]
    if second.status == INFEASIBLE and not plans:
        return second
    if second.status == OPTIMAL and second.x is not None and matrix.feasible(second.x):
        return second
    values = [dot(matrix.cost, plan) for plan in plans]
    bound = max(first.bound, min([second.bound, *values]) if second.status == FEASIBLE else -np.inf)
    if not plans:
        return EngineResult(UNKNOWN, None, bound)
    value = min(values)
    return EngineResult(OPTIMAL if value - bound < CLOSE else FEASIBLE, plans[values.index(value)], bound)


def _search(
    matrix: IntegerProgram, effort: SolveLimits, engine: str, hint: np.ndarray | None, turn: str = ""
) -> EngineResult:
    """Search with one engine; `turn` is a parameter of it that ends the search."""
    solver = model_builder.Solver("HIGHS" if engine == "highs" else "SAT")
    solver.set_solver_specific_parameters(_parameters(effort, engine, turn))
    model = _model(matrix, whole=True)
    if hint is not None and engine == "cp_sat":  # a hint crashes the HiGHS inside OR-Tools 9.15
        for variable, value in zip(model.get_variables()[: len(hint)], hint, strict=True):
            model.add_hint(variable, float(value))
    status = _solve(solver, model, effort)
    if status not in (OPTIMAL, FEASIBLE):
        return EngineResult(status, None, np.inf if status == INFEASIBLE else -np.inf)
    # A plain array: the values come as a series whose index is the variables, which die with the model.
    x = np.round(np.array(solver.values(model.get_variables()), dtype=float))
    return EngineResult(status, x, float(solver.best_objective_bound))


def _model(matrix: IntegerProgram, *, whole: bool = False) -> model_builder.Model:
    model = model_builder.Model()
    # HiGHS reads a bound of 9.2e18 as a number, so infinite bounds are handed over as infinite.
    parts: list[Any] = [matrix.lower, matrix.upper, matrix.cost, matrix.row_lower, matrix.row_upper, matrix.terms]
    model.helper.fill_model_from_sparse_data(*parts)
    if whole:
        for column in range(len(matrix.cost)):
            model.helper.set_var_integrality(column, True)
    return model


def _parameters(effort: SolveLimits, engine: str, turn: str) -> str:
    if engine == "highs":
        options = {
            "output_flag": "false",
            "mip_rel_gap": "0",
            "mip_abs_gap": "0.5",
            "random_seed": effort.seed % 2**31,
            "threads": effort.workers,
        }
        return "\n".join([*(f"{key}={value}" for key, value in options.items()), turn])
    return (
        f"num_workers:{effort.workers} random_seed:{effort.seed} linearization_level:2 catch_sigint_signal:false "
        f"relative_gap_limit:0 {turn}"
    )


def _solve(solver: model_builder.Solver, model: model_builder.Model, effort: SolveLimits) -> str:
    solver.set_time_limit_in_seconds(effort.seconds)
    return _STATUS.get(watched(lambda: solver.solve(model), solver.stop_search, effort.cancelled), UNKNOWN)


def watched(work: Callable[[], T], stop: Callable[[], None], cancelled: threading.Event | None = None) -> T:
    """Do an engine's work in a thread of its own: Ctrl-C, or `cancelled`, then reaches the user's and stops it."""
    answer: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again in the user's thread
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(0.1)
            if cancelled is not None and cancelled.is_set():
                stop()
    except BaseException:
        stop()
        raise
    if failure:
        raise failure[0]
    return answer[0]
