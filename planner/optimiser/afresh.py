"""The LP relaxation of what is left of a matrix: without fixed columns and rows that cannot be broken, from nothing.

Where a question is far from what was solved before, another ranking of the goals, the last basis is of no use: from
there the simplex method needs several times as many steps as from nothing, over twice as many columns and half as many
rows again (measured in benchmarks/). Within one goal, as cuts are added, it goes on from where it stands.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from ortools.math_opt import solution_pb2

from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex, proven

NOTHING = Relaxation(INFEASIBLE, np.zeros(0), -np.inf, np.zeros(0), np.zeros(0))


class Remnant:
    """A linear programme of what is left of one matrix after another.

    What it says, bounds and duals and bases, is of all columns and rows of the matrix it is asked about.
    """

    def __init__(self) -> None:
        self._of: IntegerProgram | None = None

    def relax(self, matrix: IntegerProgram, effort: SolveLimits) -> Relaxation:
        """Solve the LP relaxation; from where the last one stands if nothing but rows is new since."""
        before = self._of
        if before is None or not _only_wider(before, matrix):
            self._kept, self._free, self._rows = matrix.reduced()
            self._simplex = Simplex()
        else:
            new = np.arange(len(before.row_lower), len(matrix.row_lower))
            terms = matrix.terms[new]
            shift = terms @ matrix.fixed()
            bounds = (matrix.row_lower[new] - shift, matrix.row_upper[new] - shift)
            self._kept = self._kept.with_rows(terms[:, self._free], *bounds)
            self._rows = np.append(self._rows, new)
        self._of = matrix
        x, duals = matrix.fixed(), np.zeros(len(matrix.row_lower))
        if len(self._free) == 0:
            return proven(matrix, x, duals) if matrix.feasible(x) else NOTHING
        found = self._simplex.relax(self._kept, effort)
        if found.status != OPTIMAL:
            return found
        x[self._free], duals[self._rows] = found.x, found.duals
        told = proven(matrix, x, duals)
        if found.basis is None:
            return told
        return replace(told, basis=_of_all(found.basis, matrix, self._free, self._rows))


def _only_wider(before: IntegerProgram, after: IntegerProgram) -> bool:
    """Whether nothing but rows at the end is new."""
    old = len(before.row_lower)
    names = ("cost", "lower", "upper", "row_lower", "row_upper")
    ends = [(getattr(before, name), getattr(after, name)) for name in names]
    own, more = before.terms, after.terms
    return (
        old <= len(after.row_lower)
        and all(np.array_equal(one, two[: len(one)]) for one, two in ends)
        and (
            own is more
            or (
                np.array_equal(own.indptr, more.indptr[: old + 1])
                and np.array_equal(own.indices, more.indices[: own.nnz])
                and np.array_equal(own.data, more.data[: own.nnz])
            )
        )
    )


def _of_all(
    basis: solution_pb2.BasisProto, matrix: IntegerProgram, free: np.ndarray, rows: np.ndarray
) -> solution_pb2.BasisProto:
    """The basis of some columns and rows as one of all: the other rows are basic, the other columns fixed."""
    columns = np.full(len(matrix.cost), solution_pb2.BASIS_STATUS_FIXED_VALUE)
    columns[free[list(basis.variable_status.ids)]] = basis.variable_status.values
    sides = np.full(len(matrix.row_lower), solution_pb2.BASIS_STATUS_BASIC)
    sides[rows[list(basis.constraint_status.ids)]] = basis.constraint_status.values
    whole = solution_pb2.BasisProto()
    for own, statuses in ((whole.variable_status, columns), (whole.constraint_status, sides)):
        own.ids.extend(range(len(statuses)))
        own.values.extend(statuses.tolist())
    whole.basic_dual_feasibility = basis.basic_dual_feasibility
    return whole
