"""The engines: one small interface to the LP and integer solvers inside OR-Tools.

Both CP-SAT and HiGHS take the same matrix; each is the other's check. An engine's objective value is not used:
values are recomputed from the solution.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from ortools.linear_solver.python import model_builder

from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits, dot

T = TypeVar("T")

ENGINES = ("highs", "cp_sat")

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
    """Solve the integer problem with the effort's engine."""
    kept, free, _ = matrix.reduced()
    x = matrix.fixed()
    offset = dot(matrix.cost, x)
    if len(free) == 0:
        return EngineResult(OPTIMAL, x, offset) if matrix.feasible(x) else EngineResult(INFEASIBLE, None, np.inf)
    solver = model_builder.Solver("HIGHS" if effort.engine == "highs" else "SAT")
    solver.set_solver_specific_parameters(_parameters(effort))
    model = _model(kept, whole=True)
    if hint is not None and effort.engine == "cp_sat":  # a hint crashes the HiGHS inside OR-Tools 9.15
        for variable, value in zip(model.get_variables(), hint[free], strict=True):
            model.add_hint(variable, float(value))
    status = _solve(solver, model, effort)
    if status not in (OPTIMAL, FEASIBLE):
        return EngineResult(status, None, np.inf if status == INFEASIBLE else -np.inf)
    x[free] = np.round(solver.values(model.get_variables()))
    if not matrix.feasible(x):  # feasible within the engine's tolerance only
        return EngineResult(UNKNOWN, None, -np.inf)
    return EngineResult(status, x, float(solver.best_objective_bound) + offset)


def _model(matrix: IntegerProgram, *, whole: bool = False) -> model_builder.Model:
    model = model_builder.Model()
    # HiGHS reads a bound of 9.2e18 as a number, so infinite bounds are handed over as infinite.
    parts: list[Any] = [matrix.lower, matrix.upper, matrix.cost, matrix.row_lower, matrix.row_upper, matrix.terms]
    model.helper.fill_model_from_sparse_data(*parts)
    if whole:
        for column in range(len(matrix.cost)):
            model.helper.set_var_integrality(column, True)
    return model


def _parameters(effort: SolveLimits) -> str:
    if effort.engine == "highs":
        options = {
            "output_flag": "false",
            "mip_rel_gap": "0",
            "mip_abs_gap": "0.5",
            "random_seed": effort.seed % 2**31,
            "threads": effort.workers,
        }
        return "\n".join(f"{key}={value}" for key, value in options.items())
    return (
        f"num_workers:{effort.workers} random_seed:{effort.seed} linearization_level:2 catch_sigint_signal:false "
        "relative_gap_limit:0"
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
