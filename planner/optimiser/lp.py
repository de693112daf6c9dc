"""The LP relaxation, kept warm: solved again after a change from where the last solution stands.

The goals of one problem, and the cuts of one goal, differ by a cost, some bounds or some rows; the simplex method then
starts from the last basis instead of from nothing. Without presolve, which would forget that basis, GLOP is faster on
these matrices even from a cold start (measured in benchmarks/).

The bound is computed from the duals by this module's own arithmetic, so that no engine's tolerance enters a proof: for
any duals y with the right signs, y b + (c - y A) x at its cheapest ends is at most the value of every plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver as core
from ortools.math_opt.python import parameters as mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter
from pybind11_abseil.status import StatusNotOk
from scipy import sparse

from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits, dot
from planner.optimiser.single_search import watched

_STATUS = {result_pb2.TERMINATION_REASON_OPTIMAL: OPTIMAL, result_pb2.TERMINATION_REASON_INFEASIBLE: INFEASIBLE}
FRESH = (
    (mathopt.Emphasis.MEDIUM, None),
    (mathopt.Emphasis.OFF, mathopt.LPAlgorithm.DUAL_SIMPLEX),
    (mathopt.Emphasis.OFF, mathopt.LPAlgorithm.PRIMAL_SIMPLEX),
)  # ways to begin again without a basis, one after another
APART = 0.5  # of the free columns have a cost of their own; measured, see benchmarks/
MIXED = 1e-6  # a column nearer to a whole number is whole
_STOPPED = (result_pb2.TERMINATION_REASON_FEASIBLE, result_pb2.TERMINATION_REASON_NO_SOLUTION_FOUND)


@dataclass(frozen=True)
class Relaxation:
    """The LP relaxation: its status, solution, a proven lower bound, and the reduced costs and row duals behind it.

    `basis` is where the simplex method ended, for another to begin there.
    """

    status: str
    x: np.ndarray
    bound: float
    reduced_costs: np.ndarray
    duals: np.ndarray
    basis: solution_pb2.BasisProto | None = None


class Simplex:
    """A linear programme that remembers its basis from one `relax` to the next.

    It speaks to the engine in MathOpt's messages: its Python model has an object for every column, and making and
    reading those takes as long as GLOP itself, while no other thread can work.

    Parameters
    ----------
    basis
        Where to begin, and to begin again after numerical trouble: that of a relaxation of as many columns and of the
        first rows.

    Attributes
    ----------
    mixed
        How many columns of the last solution are no whole numbers.
    """

    def __init__(self, basis: solution_pb2.BasisProto | None = None) -> None:
        self.mixed = 0
        self._matrix: IntegerProgram | None = None
        self._home = basis
        self._start: solution_pb2.BasisProto | None = None
        self._last: solution_pb2.BasisProto | None = None

    @property
    def size(self) -> int:
        """The columns and rows of the last matrix."""
        return 0 if self._matrix is None else sum(self._matrix.terms.shape)

    def relax(self, matrix: IntegerProgram, effort: SolveLimits) -> Relaxation:
        """Solve the LP relaxation of a matrix.

        It is taken up where the last one stands if the terms of that one stand first in it, in its first rows and
        columns, whatever their bounds.
        """
        before, algorithm = self._matrix, None
        if before is None or not _continues(before, matrix) or not self._solver.update(_update(before, matrix)):
            self._begin(matrix)
            algorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX if self._home is None and tells_apart(matrix) else None
        else:
            # After new rows or bounds the last solution is dual feasible, after new costs or columns primal feasible.
            wider = len(matrix.cost) > len(before.cost)
            same = not wider and np.array_equal(matrix.cost, before.cost)
            algorithm = mathopt.LPAlgorithm.DUAL_SIMPLEX if same else mathopt.LPAlgorithm.PRIMAL_SIMPLEX
            if wider and self._last is not None:
                self._start = extended(self._last, *matrix.terms.shape)
        self._matrix = matrix
        result = self._solve(effort, mathopt.Emphasis.OFF, algorithm)
        if result is None and self._home is not None and algorithm is not None:
            self._begin(matrix)
            result = self._solve(effort, mathopt.Emphasis.OFF, mathopt.LPAlgorithm.DUAL_SIMPLEX)
        self._home = None if result is None else self._home
        for presolve, method in FRESH:  # after numerical trouble, from the beginning
            if result is not None:
                break
            self._begin(matrix)
            result = self._solve(effort, presolve, method)
        status = UNKNOWN if result is None else _STATUS.get(result.termination.reason, UNKNOWN)
        if result is None or status != OPTIMAL:
            return Relaxation(status, np.zeros(0), -np.inf, np.zeros(0), np.zeros(0))
        found = result.solutions[0]
        x = _vector(found.primal_solution.variable_values, len(matrix.cost))
        self.mixed = int((np.abs(x - np.round(x)) > MIXED).sum())
        duals = _vector(found.dual_solution.dual_values, len(matrix.row_lower))
        self._last = found.basis if found.HasField("basis") else None
        return replace(proven(matrix, x, duals), basis=self._last)

    def _begin(self, matrix: IntegerProgram) -> None:
        initial = parameters_pb2.SolverInitializerProto()
        self._solver = core.new(parameters_pb2.SOLVER_TYPE_GLOP, _message(matrix), initial)
        self._start = None if self._home is None else extended(self._home, *matrix.terms.shape)

    def _solve(
        self, effort: SolveLimits, presolve: mathopt.Emphasis, algorithm: mathopt.LPAlgorithm | None
    ) -> result_pb2.SolveResultProto | None:
        """What the engine says; None where it lost its numbers, whether it says so or raises."""
        limit = timedelta(seconds=effort.seconds)
        parameters = mathopt.SolveParameters(time_limit=limit, presolve=presolve, lp_algorithm=algorithm).to_proto()
        interrupter = SolveInterrupter()
        arguments = (parameters, _wanted(self._start), None, callback_pb2.CallbackRegistrationProto(), None)
        self._start = None
        try:
            work = partial(self._solver.solve, *arguments, interrupter.pybind_interrupter)
            result: result_pb2.SolveResultProto = watched(work, interrupter.interrupt, effort.cancelled)
        except StatusNotOk:  # GLOP ended as ABNORMAL, which MathOpt knows no word for
            return None
        return result if result.termination.reason in (*_STATUS, *_STOPPED) else None


def extended(basis: solution_pb2.BasisProto, rows: int, columns: int) -> solution_pb2.BasisProto:
    """A basis for more rows and columns: the rows are basic, the columns stay where they are lowest."""
    wider = solution_pb2.BasisProto()
    wider.CopyFrom(basis)
    sides = (
        (wider.constraint_status, rows, solution_pb2.BASIS_STATUS_BASIC),
        (wider.variable_status, columns, solution_pb2.BASIS_STATUS_AT_LOWER_BOUND),
    )
    for side, size, status in sides:
        own = len(side.ids)
        side.ids.extend(range(own, size))
        side.values.extend([status] * (size - own))
    return wider


def relax(matrix: IntegerProgram, effort: SolveLimits) -> Relaxation:
    """Solve one LP relaxation by itself."""
    return Simplex().relax(matrix, effort)


def tells_apart(matrix: IntegerProgram) -> bool:
    """Whether the cost is another for most of the free columns, and never below 0.

    The dual simplex method is then the quicker one from nothing: where all are low no dual is wrong, and none is equal.
    """
    cost = matrix.cost[matrix.upper > matrix.lower]
    return len(cost) > 0 and cost.min() >= 0 and len(np.unique(cost)) > APART * len(cost)


def _continues(before: IntegerProgram, after: IntegerProgram) -> bool:
    """Whether the terms of a matrix stand in the first rows and columns of another."""
    one, two = before.terms, after.terms
    if one is two:
        return True
    if one.shape[0] > two.shape[0] or one.shape[1] > two.shape[1]:
        return False
    own = two if one.shape[1] == two.shape[1] else two[: one.shape[0], : one.shape[1]]
    size = one.nnz
    return (
        np.array_equal(one.indptr, own.indptr[: len(one.indptr)])
        and np.array_equal(one.indices, own.indices[:size])
        and np.array_equal(one.data, own.data[:size])
    )


def _message(matrix: IntegerProgram) -> model_pb2.ModelProto:
    """The matrix as MathOpt takes it, whole."""
    rows, columns = matrix.terms.shape
    model = model_pb2.ModelProto()
    model.variables.ids.extend(range(columns))
    model.variables.lower_bounds.extend(matrix.lower.tolist())
    model.variables.upper_bounds.extend(matrix.upper.tolist())
    model.variables.integers.extend([False] * columns)
    model.linear_constraints.ids.extend(range(rows))
    model.linear_constraints.lower_bounds.extend(matrix.row_lower.tolist())
    model.linear_constraints.upper_bounds.extend(matrix.row_upper.tolist())
    _put(model.objective.linear_coefficients, np.flatnonzero(matrix.cost), matrix.cost)
    _put_terms(model.linear_constraint_matrix, matrix.terms, 0, 0)
    return model


def _update(before: IntegerProgram, after: IntegerProgram) -> model_update_pb2.ModelUpdateProto:
    """What has changed from a matrix to one that continues it."""
    update, (rows, columns) = model_update_pb2.ModelUpdateProto(), before.terms.shape
    cost = np.append(before.cost, np.zeros(len(after.cost) - columns))
    _put(update.objective_updates.linear_coefficients, np.flatnonzero(after.cost != cost), after.cost)
    for name, of_rows in (("lower_bounds", "row_lower"), ("upper_bounds", "row_upper")):
        one, two = getattr(before, name[:5]), getattr(after, name[:5])
        _put(getattr(update.variable_updates, name), np.flatnonzero(one != two[:columns]), two)
        one, two = getattr(before, of_rows), getattr(after, of_rows)
        _put(getattr(update.linear_constraint_updates, name), np.flatnonzero(one != two[:rows]), two)
    for new, old, lower, upper in (
        (update.new_variables, columns, after.lower, after.upper),
        (update.new_linear_constraints, rows, after.row_lower, after.row_upper),
    ):
        new.ids.extend(range(old, len(lower)))
        new.lower_bounds.extend(lower[old:].tolist())
        new.upper_bounds.extend(upper[old:].tolist())
    update.new_variables.integers.extend([False] * (len(after.cost) - columns))
    if after.terms.shape != before.terms.shape:
        _put_terms(update.linear_constraint_matrix_updates, after.terms, rows, columns)
    return update


def _put(vector: sparse_containers_pb2.SparseDoubleVectorProto, indices: np.ndarray, values: np.ndarray) -> None:
    """Write the values at some indices."""
    vector.ids.extend(indices.tolist())
    vector.values.extend(values[indices].tolist())


def _put_terms(
    message: sparse_containers_pb2.SparseDoubleMatrixProto, terms: sparse.csr_matrix, rows: int, columns: int
) -> None:
    """Write the terms, but for those of the first rows and columns."""
    own = terms.sorted_indices()
    wider = terms.shape[1] > columns
    first = 0 if wider else own.indptr[rows]
    of_row = np.repeat(np.arange(terms.shape[0]), np.diff(own.indptr))[first:]
    indices, data = own.indices[first:], own.data[first:]
    if wider:
        new = (of_row >= rows) | (indices >= columns)
        of_row, indices, data = of_row[new], indices[new], data[new]
    message.row_ids.extend(of_row.tolist())
    message.column_ids.extend(indices.tolist())
    message.coefficients.extend(data.tolist())


def _wanted(start: solution_pb2.BasisProto | None) -> model_parameters_pb2.ModelSolveParametersProto:
    """Values and duals that are not 0; no reduced costs, which are computed here; and the basis to begin with."""
    wanted = model_parameters_pb2.ModelSolveParametersProto()
    wanted.variable_values_filter.skip_zero_values = True
    wanted.dual_values_filter.skip_zero_values = True
    wanted.reduced_costs_filter.filter_by_ids = True
    if start is not None:
        wanted.initial_basis.CopyFrom(start)
    return wanted


def _vector(message: sparse_containers_pb2.SparseDoubleVectorProto, size: int) -> np.ndarray:
    """A sparse vector as an array."""
    found = np.zeros(size)
    found[np.array(message.ids, dtype=int)] = np.array(message.values, dtype=float)
    return found


def proven(matrix: IntegerProgram, x: np.ndarray, duals: np.ndarray) -> Relaxation:
    """The bound that the duals prove, which does not rest on the bound the engine gives."""
    # A dual against an infinite bound is noise of the engine; without it the bound below holds for any duals.
    duals[(duals > 0) & np.isinf(matrix.row_lower)] = 0
    duals[(duals < 0) & np.isinf(matrix.row_upper)] = 0
    reduced_costs = matrix.cost - matrix.terms.T @ duals
    sides = np.where(duals > 0, matrix.row_lower, np.where(duals < 0, matrix.row_upper, 0.0))
    ends = np.where(reduced_costs > 0, matrix.lower, matrix.upper)
    return Relaxation(OPTIMAL, x, dot(duals, sides) + dot(reduced_costs, ends), reduced_costs, duals)
