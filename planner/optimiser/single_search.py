"""One search by one engine: a small interface to the integer solvers inside OR-Tools.

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

from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits

T = TypeVar("T")

MIXED = 1e-6  # a column nearer to a whole number is whole
PATIENCE = 0.5  # with an engine that was told to stop [seconds]
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


def search(
    matrix: IntegerProgram,
    effort: SolveLimits,
    engine: str,
    hint: np.ndarray | None,
    turn: str = "",
    whole: np.ndarray | None = None,
) -> EngineResult:
    """Search with one engine; `turn` is a parameter of it that ends the search.

    With `whole` only these columns need be whole numbers: a bound is found, and a plan if the others come out whole.
    """
    solver = model_builder.Solver("HIGHS" if engine == "highs" else "SAT")
    solver.set_solver_specific_parameters(_parameters(effort, engine, turn))
    model = _model(matrix, np.arange(len(matrix.cost)) if whole is None else np.flatnonzero(whole))
    if hint is not None and engine == "cp_sat":  # a hint crashes the HiGHS inside OR-Tools 9.15
        for variable, value in zip(model.get_variables()[: len(hint)], hint, strict=True):
            model.add_hint(variable, float(value))
    status = _solve(solver, model, effort)
    if status not in (OPTIMAL, FEASIBLE):
        return EngineResult(status, None, np.inf if status == INFEASIBLE else -np.inf)
    # A plain array: the values come as a series whose index is the variables, which die with the model.
    values, bound = np.array(solver.values(model.get_variables()), dtype=float), float(solver.best_objective_bound)
    x = np.round(values)
    mixed = whole is not None and np.abs(values - x).max(initial=0.0) > MIXED
    return EngineResult(UNKNOWN, None, bound) if mixed else EngineResult(status, x, bound)


def _model(matrix: IntegerProgram, whole: np.ndarray) -> model_builder.Model:
    model = model_builder.Model()
    # HiGHS reads a bound of 9.2e18 as a number, so infinite bounds are handed over as infinite.
    parts: list[Any] = [matrix.lower, matrix.upper, matrix.cost, matrix.row_lower, matrix.row_upper, matrix.terms]
    model.helper.fill_model_from_sparse_data(*parts)
    for column in whole.tolist():
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
    try:
        return _STATUS.get(watched(lambda: solver.solve(model), solver.stop_search, effort.cancelled), UNKNOWN)
    except DeafEngineError:
        return UNKNOWN


class DeafEngineError(Exception):
    """An engine was told to stop and goes on: HiGHS is deaf until it ends by itself, at its deadline."""


def watched(work: Callable[[], T], stop: Callable[[], None], cancelled: threading.Event | None = None) -> T:
    """Do an engine's work in a thread of its own: Ctrl-C, or `cancelled`, then reaches the user's and stops it.

    Raises
    ------
    DeafEngineError
        It was cancelled and has not ended. It is left to itself; nobody hears of what it finds.
    """
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
                thread.join(PATIENCE)
                if thread.is_alive():
                    raise DeafEngineError
    except DeafEngineError:
        raise
    except BaseException:
        stop()
        raise
    if failure:
        raise failure[0]
    return answer[0]
