"""The LP relaxation, kept warm: solved again after a change from where the last solution stands.

The goals of one problem, and the cuts of one goal, differ by a cost, some bounds or some rows; the simplex method then
starts from the last basis instead of from nothing. Without presolve, which would forget that basis, GLOP is faster on
these matrices even from a cold start (measured in benchmarks/).

The bound is computed from the duals by this module's own arithmetic, so that no engine's tolerance enters a proof: for
any duals y with the right signs, y b + (c - y A) x at its cheapest ends is at most the value of every plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from planner.engines import INFEASIBLE, OPTIMAL, UNKNOWN, Effort, Matrix, watched

_STATUS = {mathopt.TerminationReason.OPTIMAL: OPTIMAL, mathopt.TerminationReason.INFEASIBLE: INFEASIBLE}
_STOPPED = (mathopt.TerminationReason.FEASIBLE, mathopt.TerminationReason.NO_SOLUTION_FOUND)


@dataclass(frozen=True)
class Relaxation:
    """The LP relaxation: its status, solution, a proven lower bound, and the reduced costs and row duals behind it."""

    status: str
    x: np.ndarray
    bound: float
    reduced_costs: np.ndarray
    duals: np.ndarray


class Simplex:
    """A linear programme that remembers its basis from one `relax` to the next."""

    def __init__(self) -> None:
        self._matrix: Matrix | None = None

    def relax(self, matrix: Matrix, effort: Effort) -> Relaxation:
        """Solve the LP relaxation of a matrix.

        It is taken up where the last one stands if its first rows are the rows of that one, whatever their bounds.
        """
        before = self._matrix
        if before is None or not _continues(before, matrix):
            self._begin(matrix)
            algorithm = None
        else:
            # After new rows the last solution is dual feasible, after a new cost primal feasible.
            self._change(before, matrix)
            rows = len(matrix.row_lower) > len(before.row_lower) and np.array_equal(matrix.cost, before.cost)
            algorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX if rows else mathopt.LPAlgorithm.PRIMAL_SIMPLEX
        self._matrix = matrix
        result = self._solve(effort, mathopt.Emphasis.OFF, algorithm)
        if result.termination.reason not in (*_STATUS, *_STOPPED):  # lost its numbers on the way: from the beginning
            self._begin(matrix)
            result = self._solve(effort, mathopt.Emphasis.MEDIUM, None)
        status = _STATUS.get(result.termination.reason, UNKNOWN)
        if status != OPTIMAL:
            return Relaxation(status, np.zeros(0), -np.inf, np.zeros(0), np.zeros(0))
        x = np.array(result.variable_values(self._columns), dtype=float)
        return _proven(matrix, x, np.array(result.dual_values(self._rows), dtype=float))

    def _begin(self, matrix: Matrix) -> None:
        self._model = mathopt.Model.from_model_proto(_message(matrix))
        self._columns = list(self._model.variables())
        self._rows = list(self._model.linear_constraints())
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def _change(self, before: Matrix, after: Matrix) -> None:
        objective, old = self._model.objective, len(before.row_lower)
        for place in np.flatnonzero(after.cost != before.cost):
            objective.set_linear_coefficient(self._columns[place], float(after.cost[place]))
        for place in np.flatnonzero(after.upper != before.upper):
            self._columns[place].upper_bound = float(after.upper[place])
        for place in np.flatnonzero(after.lower != before.lower):
            self._columns[place].lower_bound = float(after.lower[place])
        for place in np.flatnonzero(after.row_upper[:old] != before.row_upper):
            self._rows[place].upper_bound = float(after.row_upper[place])
        for place in np.flatnonzero(after.row_lower[:old] != before.row_lower):
            self._rows[place].lower_bound = float(after.row_lower[place])
        for added in range(old, len(after.row_lower)):
            self._rows.append(self._new_row(after, added))

    def _new_row(self, matrix: Matrix, place: int) -> mathopt.LinearConstraint:
        lower, upper = float(matrix.row_lower[place]), float(matrix.row_upper[place])
        row = self._model.add_linear_constraint(lb=lower, ub=upper)
        own = slice(matrix.terms.indptr[place], matrix.terms.indptr[place + 1])
        for column, coefficient in zip(matrix.terms.indices[own], matrix.terms.data[own], strict=True):
            row.set_coefficient(self._columns[column], float(coefficient))
        return row

    def _solve(
        self, effort: Effort, presolve: mathopt.Emphasis, algorithm: mathopt.LPAlgorithm | None
    ) -> mathopt.SolveResult:
        limit = timedelta(seconds=effort.seconds)
        parameters = mathopt.SolveParameters(time_limit=limit, presolve=presolve, lp_algorithm=algorithm)
        interrupter = SolveInterrupter()
        return watched(lambda: self._solver.solve(params=parameters, interrupter=interrupter), interrupter.interrupt)


def relax(matrix: Matrix, effort: Effort) -> Relaxation:
    """Solve one LP relaxation by itself."""
    return Simplex().relax(matrix, effort)


def _continues(before: Matrix, after: Matrix) -> bool:
    """Whether the first rows of a matrix are those of another."""
    one, two, size = before.terms, after.terms, before.terms.nnz
    return one is two or (
        one.shape[1] == two.shape[1]
        and one.shape[0] <= two.shape[0]
        and np.array_equal(one.indptr, two.indptr[: len(one.indptr)])
        and np.array_equal(one.indices, two.indices[:size])
        and np.array_equal(one.data, two.data[:size])
    )


def _message(matrix: Matrix) -> model_pb2.ModelProto:
    """The matrix as MathOpt takes it, whole."""
    rows, columns = matrix.terms.shape
    terms = matrix.terms.sorted_indices()
    model = model_pb2.ModelProto()
    model.variables.ids.extend(range(columns))
    model.variables.lower_bounds.extend(matrix.lower.tolist())
    model.variables.upper_bounds.extend(matrix.upper.tolist())
    model.variables.integers.extend([False] * columns)
    model.linear_constraints.ids.extend(range(rows))
    model.linear_constraints.lower_bounds.extend(matrix.row_lower.tolist())
    model.linear_constraints.upper_bounds.extend(matrix.row_upper.tolist())
    weighed = np.flatnonzero(matrix.cost)
    model.objective.linear_coefficients.ids.extend(weighed.tolist())
    model.objective.linear_coefficients.values.extend(matrix.cost[weighed].tolist())
    model.linear_constraint_matrix.row_ids.extend(np.repeat(np.arange(rows), np.diff(terms.indptr)).tolist())
    model.linear_constraint_matrix.column_ids.extend(terms.indices.tolist())
    model.linear_constraint_matrix.coefficients.extend(terms.data.tolist())
    return model


def _proven(matrix: Matrix, x: np.ndarray, duals: np.ndarray) -> Relaxation:
    """The bound that the duals prove, whatever the engine believes of itself."""
    # A dual against an infinite bound is noise of the engine; without it the bound below holds for any duals.
    duals[(duals > 0) & np.isinf(matrix.row_lower)] = 0
    duals[(duals < 0) & np.isinf(matrix.row_upper)] = 0
    reduced_costs = matrix.cost - matrix.terms.T @ duals
    sides = np.where(duals > 0, matrix.row_lower, np.where(duals < 0, matrix.row_upper, 0.0))
    ends = np.where(reduced_costs > 0, matrix.lower, matrix.upper)
    return Relaxation(OPTIMAL, x, float(duals @ sides + reduced_costs @ ends), reduced_costs, duals)
