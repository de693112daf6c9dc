"""The LP relaxation of a problem like one that is solved: over few of its columns and rows, proven for all.

How it works. Where a relaxation is solved, a small change concerns few columns: those of the basis, and those that take
their place. So the simplex method is given a *core* of the matrix: the columns of the basis and those that are not 0,
the rows that are tight, some tenth of it. Of its solution is asked, by the whole matrix,

1. whether it breaks a row that the core has not; then the core gets that row;
2. whether a column that the core has not would lower the cost, by the duals of the core's rows; then the core gets it.

Where neither is left, the core's solution is the relaxation's. The bound is computed from the duals over all columns
and rows (`planner.optimiser.lp.proven`), so that it holds for every plan whatever the core leaves out: what it
is given decides only how soon it meets the solution. A core keeps what it is given, until it has grown too large.

References
----------
Bixby, Gregory, Lustig, Marsten, Shanno, "Very large-scale linear programming: a case study in combining interior point
and simplex methods", Operations Research 40 (1992): sifting.
Dantzig, Fulkerson, Johnson, "Solution of a large-scale traveling-salesman problem", Operations Research 2 (1954): rows
as they are needed.
"""

from __future__ import annotations

import numpy as np
from ortools.math_opt import solution_pb2
from scipy import sparse

from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits, dot
from planner.optimiser.lp import Relaxation, Simplex, proven
from planner.optimiser.reduced_cost_fixing import tolerance

ROUNDS = 12  # solutions of a core, before it is given up
SLACK = 1e-9  # a smaller value is none
BROKEN = 1e-7  # a row is broken by so much
LARGER = 1.25  # times as many columns, or rows, as after the first question: a core is too large
SMALLER = 0.5  # of the matrix's columns: a core with more of them is not worth it; measured, see benchmarks/


class Core:
    """The part of a linear programme that matters near a relaxation, and the simplex that stands there.

    Parameters
    ----------
    home
        A relaxation with its basis: of as many columns, and of the first rows.
    """

    def __init__(self, home: Relaxation) -> None:
        if home.basis is None:
            raise ValueError("a core begins from a basis")
        basic = solution_pb2.BASIS_STATUS_BASIC
        columns, rows = (
            np.array(side.values, dtype=int) for side in (home.basis.variable_status, home.basis.constraint_status)
        )
        self._inside = (columns == basic) | (np.abs(home.x) > SLACK)
        self._columns = np.flatnonzero(self._inside)
        self._rows = np.flatnonzero((rows != basic) | (home.duals != 0))
        self._first: tuple[int, int] | None = None  # columns and rows after the first question
        start = solution_pb2.BasisProto()
        for side, status in (
            (start.variable_status, columns[self._columns]),
            (start.constraint_status, rows[self._rows]),
        ):
            side.ids.extend(range(len(status)))
            side.values.extend(status.tolist())
        self._start, self._simplex = start, Simplex(start)
        self._terms = sparse.csr_matrix((0, 0))

    @property
    def mixed(self) -> int:
        """How many columns of its last solution are no whole numbers."""
        return self._simplex.mixed

    @property
    def size(self) -> int:
        """Its columns and rows."""
        return len(self._columns) + len(self._rows)

    @property
    def too_large(self) -> bool:
        """Whether it has grown so much that a new one is quicker."""
        columns, rows = self._first or (np.inf, np.inf)
        return len(self._columns) > LARGER * columns or len(self._rows) > LARGER * rows

    @property
    def worth_it(self) -> bool:
        """Whether it is so much smaller than the matrix that it is quicker."""
        return len(self._columns) <= SMALLER * len(self._inside)

    def begin_again(self) -> None:
        """Leave the last solution for the one where it began, with what it has learnt."""
        self._simplex = Simplex(self._start)

    def relax(self, matrix: IntegerProgram, effort: SolveLimits, likely: np.ndarray) -> Relaxation | None:
        """The relaxation of a matrix; None where the core does not tell it: perhaps there is no solution.

        `likely` are columns that may well be of use (Boolean).
        """
        known = len(self._columns)
        self._take(likely | (matrix.lower != 0) | (matrix.upper < 0))
        self._take_rows(self._binding(matrix, self._columns[known:]))
        for _ in range(ROUNDS):
            found = self._simplex.relax(self._part(matrix), effort)
            if found.status != OPTIMAL:
                return None
            x, duals = np.zeros(len(matrix.cost)), np.zeros(len(matrix.row_lower))
            x[self._columns], duals[self._rows] = found.x, found.duals
            whole, activity = proven(matrix, x, duals), matrix.terms @ x
            broken = (activity < matrix.row_lower - BROKEN) | (activity > matrix.row_upper + BROKEN)
            cheaper = (whole.reduced_costs < -SLACK) & (matrix.upper > 0)
            more, further = self._take_rows(broken), self._take(cheaper)
            if not more and dot(matrix.cost, x) - whole.bound <= tolerance(whole.bound) / 2:
                self._first = self._first or self._terms.shape[::-1]
                return whole
            if not (more or further) or not self.worth_it:
                return None
        return None

    def _take(self, columns: np.ndarray) -> bool:
        """Take in columns; whether any is new."""
        new = np.flatnonzero(columns & ~self._inside)
        self._inside[new] = True
        self._columns = np.append(self._columns, new)
        return len(new) > 0

    def _take_rows(self, rows: np.ndarray) -> bool:
        """Take in rows; whether any is new."""
        rows[self._rows] = False
        new = np.flatnonzero(rows)
        self._rows = np.append(self._rows, new)
        return len(new) > 0

    def _binding(self, matrix: IntegerProgram, columns: np.ndarray) -> np.ndarray:
        """The rows that 0 breaks; and those that some columns stand in, which the core's could break (Boolean)."""
        found = (matrix.row_lower > BROKEN) | (matrix.row_upper < -BROKEN)
        touched = np.flatnonzero(np.diff(matrix.terms[:, columns].indptr))
        terms = matrix.terms[touched]
        low, high = np.where(self._inside, matrix.lower, 0.0), np.where(self._inside, matrix.upper, 0.0)
        positive, negative = terms.maximum(0), terms.minimum(0)
        most, least = positive @ high + negative @ low, positive @ low + negative @ high
        found[touched] |= (most > matrix.row_upper[touched] + BROKEN) | (least < matrix.row_lower[touched] - BROKEN)
        return found

    def _part(self, matrix: IntegerProgram) -> IntegerProgram:
        """The core of a matrix."""
        rows, columns = self._rows, self._columns
        if self._terms.shape != (len(rows), len(columns)):
            self._terms = matrix.terms[rows][:, columns]
            self._terms.sort_indices()
        bounds = matrix.row_lower[rows], matrix.row_upper[rows], matrix.lower[columns], matrix.upper[columns]
        return IntegerProgram(matrix.cost[columns], self._terms, *bounds)
