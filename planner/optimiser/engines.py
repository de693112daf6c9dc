"""The engines: one small interface to the LP and integer solvers inside OR-Tools.

Both CP-SAT and HiGHS take the same matrix; each is the other's check. An engine's objective value is never believed:
values are recomputed from the solution.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from ortools.linear_solver.python import model_builder
from scipy import sparse

T = TypeVar("T")

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"
ENGINES = ("highs", "cp_sat")

_STATUS = {
    model_builder.SolveStatus.OPTIMAL: OPTIMAL,
    model_builder.SolveStatus.FEASIBLE: FEASIBLE,
    model_builder.SolveStatus.INFEASIBLE: INFEASIBLE,
}


@dataclass(frozen=True)
class Matrix:
    """Minimise cost x, row_lower <= terms x <= row_upper, lower <= x <= upper, x whole."""

    cost: np.ndarray
    terms: sparse.csr_matrix
    row_lower: np.ndarray
    row_upper: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    def with_rows(self, terms: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray) -> Matrix:
        """The same with more rows at the end."""
        return replace(
            self,
            terms=sparse.vstack([self.terms, terms], format="csr"),
            row_lower=np.concatenate([self.row_lower, lower]),
            row_upper=np.concatenate([self.row_upper, upper]),
        )

    def of_rows(self, rows: np.ndarray) -> Matrix:
        """The same with some of its rows only: their places, or a Boolean for each."""
        return replace(self, terms=self.terms[rows], row_lower=self.row_lower[rows], row_upper=self.row_upper[rows])

    def part(self, rows: np.ndarray, columns: np.ndarray) -> Matrix:
        """Some of its rows over some of its columns."""
        kept = self.of_rows(rows)
        bounds = kept.row_lower, kept.row_upper, self.lower[columns], self.upper[columns]
        return Matrix(self.cost[columns], kept.terms[:, columns], *bounds)

    def fixed(self) -> np.ndarray:
        """The fixed columns at their value, the others 0."""
        return np.where(self.upper > self.lower, 0.0, self.lower)

    def reduced(self) -> tuple[Matrix, np.ndarray, np.ndarray]:
        """The matrix without its fixed columns and the rows that cannot be broken; which columns and rows are left."""
        free = np.flatnonzero(self.upper > self.lower)
        shift = self.terms @ self.fixed()
        terms = self.terms[:, free]
        row_lower, row_upper = self.row_lower - shift, self.row_upper - shift
        least = terms.minimum(0) @ self.upper[free] + terms.maximum(0) @ self.lower[free]
        most = terms.maximum(0) @ self.upper[free] + terms.minimum(0) @ self.lower[free]
        needed = (least < row_lower - 1e-6) | (most > row_upper + 1e-6)
        kept = Matrix(
            self.cost[free], terms[needed], row_lower[needed], row_upper[needed], self.lower[free], self.upper[free]
        )
        return kept, free, np.flatnonzero(needed)

    def feasible(self, x: np.ndarray) -> bool:
        """Whether `x`, whole numbers, obeys every bound."""
        activity = self.terms @ x
        rows = np.all(activity >= self.row_lower - 1e-6) and np.all(activity <= self.row_upper + 1e-6)
        return bool(rows and np.all(x >= self.lower) and np.all(x <= self.upper))


@dataclass(frozen=True)
class Answer:
    """What an engine says of the integer problem: optimal or feasible with `x`, infeasible, or unknown."""

    status: str
    x: np.ndarray | None
    bound: float


@dataclass(frozen=True)
class Effort:
    """How an engine may work: until `deadline` (of `time.monotonic`), with so many workers, from a seed."""

    deadline: float
    workers: int = 1
    seed: int = 1
    engine: str = "highs"

    @property
    def seconds(self) -> float:
        """What is left of the time [seconds]."""
        return max(self.deadline - time.monotonic(), 0.01)

    def within(self, seconds: float) -> Effort:
        """The same, for at most so many seconds."""
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))


def optimise(matrix: Matrix, effort: Effort, hint: np.ndarray | None = None) -> Answer:
    """Solve the integer problem with the effort's engine."""
    kept, free, _ = matrix.reduced()
    x = matrix.fixed()
    offset = float(matrix.cost @ x)
    if len(free) == 0:
        return Answer(OPTIMAL, x, offset) if matrix.feasible(x) else Answer(INFEASIBLE, None, np.inf)
    solver = model_builder.Solver("HIGHS" if effort.engine == "highs" else "SAT")
    solver.set_solver_specific_parameters(_parameters(effort))
    model = _model(kept, whole=True)
    if hint is not None and effort.engine == "cp_sat":  # a hint crashes the HiGHS inside OR-Tools 9.15
        for variable, value in zip(model.get_variables(), hint[free], strict=True):
            model.add_hint(variable, float(value))
    status = _solve(solver, model, effort)
    if status not in (OPTIMAL, FEASIBLE):
        return Answer(status, None, np.inf if status == INFEASIBLE else -np.inf)
    x[free] = np.round(solver.values(model.get_variables()))
    if not matrix.feasible(x):  # an engine's tolerance is not ours
        return Answer(UNKNOWN, None, -np.inf)
    return Answer(status, x, float(solver.best_objective_bound) + offset)


def _model(matrix: Matrix, *, whole: bool = False) -> model_builder.Model:
    model = model_builder.Model()
    # HiGHS took a bound of 9.2e18 for a number: what is infinite is handed over as infinite, and nothing is that large.
    parts: list[Any] = [matrix.lower, matrix.upper, matrix.cost, matrix.row_lower, matrix.row_upper, matrix.terms]
    model.helper.fill_model_from_sparse_data(*parts)
    if whole:
        for place in range(len(matrix.cost)):
            model.helper.set_var_integrality(place, True)
    return model


def _parameters(effort: Effort) -> str:
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


def _solve(solver: model_builder.Solver, model: model_builder.Model, effort: Effort) -> str:
    solver.set_time_limit_in_seconds(effort.seconds)
    return _STATUS.get(watched(lambda: solver.solve(model), solver.stop_search), UNKNOWN)


def watched(work: Callable[[], T], stop: Callable[[], None]) -> T:
    """Do an engine's work in a thread of its own: Ctrl-C then reaches the user's at once and stops it."""
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
    except BaseException:
        stop()
        raise
    if failure:
        raise failure[0]
    return answer[0]
