"""The LP relaxation of what is left of a matrix: without fixed columns and rows that cannot be broken, from nothing.

Where a question is far from what was solved before, another ranking of the goals, the last basis is of no use: from
there the simplex method needs several times as many steps as from nothing, over twice as many columns and half as many
rows again (measured in benchmarks/). Within one goal, as cuts are added, it goes on from where it stands.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from ortools.math_opt import solution_pb2
from scipy import sparse

from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex, proven

MOST_OF = 0.95  # of the columns are left: it is gone on with; measured, see benchmarks/
NOTHING = Relaxation(INFEASIBLE, np.zeros(0), -np.inf, np.zeros(0), np.zeros(0))


class Remnant:
    """A linear programme of what is left of one matrix after another.

    What it says, bounds and duals and bases, is of all columns and rows of the matrix it is asked about.
    """

    def __init__(self) -> None:
        self._of: IntegerProgram | None = None

    @property
    def size(self) -> int:
        """The columns and rows of what is left."""
        return 0 if self._of is None else len(self._free) + len(self._rows)

    def relax(self, matrix: IntegerProgram, effort: SolveLimits) -> Relaxation:
        """Solve the LP relaxation; from where the last one stands if that one's solution is of use."""
        before = self._of
        if before is None or not self._useful(before, matrix):
            self._kept, self._free, self._rows = matrix.reduced()
            self._simplex, self._aside = Simplex(), matrix.fixed()
        else:
            self._go_on(before, matrix)
        self._of = matrix
        x, duals = self._aside.copy(), np.zeros(len(matrix.row_lower))
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

    def _useful(self, before: IntegerProgram, after: IntegerProgram) -> bool:
        """Whether it holds all that is left of a matrix, little beside, and a solution of the same costs or plans."""
        if not _only_closer(before, after) or np.sum(after.upper > after.lower) < MOST_OF * len(self._free):
            return False
        alike = all(np.array_equal(getattr(before, name), getattr(after, name)) for name in ("lower", "upper"))
        return alike or np.array_equal(before.cost, after.cost)

    def _go_on(self, before: IntegerProgram, after: IntegerProgram) -> None:
        """Take in another cost, closer bounds and further rows."""
        old = len(before.row_lower)
        closer = (before.row_lower != after.row_lower[:old]) | (before.row_upper != after.row_upper[:old])
        closer[self._rows[self._rows < old]] = False
        new = np.append(np.flatnonzero(closer), np.arange(old, len(after.row_lower)))
        terms = sparse.vstack([self._kept.terms, after.terms[new][:, self._free]], format="csr")
        self._rows = np.append(self._rows, new)
        shift = after.terms[self._rows] @ self._aside
        sides = after.row_lower[self._rows] - shift, after.row_upper[self._rows] - shift
        bounds = after.lower[self._free], after.upper[self._free]
        self._kept = IntegerProgram(after.cost[self._free], terms, *sides, *bounds)


def _only_closer(before: IntegerProgram, after: IntegerProgram) -> bool:
    """Whether nothing but rows at the end is new, and bounds are closer, if anything."""
    old = len(before.row_lower)
    own, more = before.terms, after.terms
    return (
        old <= len(after.row_lower)
        and bool(np.all(before.lower <= after.lower) and np.all(before.upper >= after.upper))
        and bool(
            np.all(before.row_lower <= after.row_lower[:old]) and np.all(before.row_upper >= after.row_upper[:old])
        )
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
