"""What an owner may do by himself: his own plans, and where they meet the rows that he shares with others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from planner.optimiser.cuts import CutGenerator
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import IntegerProgram

LARGEST = 2.0**31  # of a term or a cost, to be counted with in whole numbers


@dataclass(frozen=True)
class Own:
    """An owner: his columns and plans (Boolean, plans x columns), and the shared rows with his terms in them.

    `number` is his place among the owners, `goals` are the costs of his columns (columns x goals).
    """

    number: int
    columns: np.ndarray
    plans: np.ndarray
    rows: np.ndarray
    terms: np.ndarray
    goals: np.ndarray


class Owners:
    """A matrix by owners: what each may do alone, and the rows that they share.

    Parameters
    ----------
    matrix
        The plans.
    goals
        The goals that are asked about.
    cuts
        The owners' own plans as they are listed there, by the rows that speak of one owner alone.

    Attributes
    ----------
    counts
        Whether all terms and costs are whole numbers, and not too large to count with.
    terms, costs
        The matrix and the goals (columns x goals) in whole numbers.
    lower, upper
        The rows' bounds, rounded inwards.
    shared
        The rows that do not speak of one owner alone (Boolean).
    owner
        For each column the number of its owner, -1 for none.
    nobodys
        The columns that belong to nobody.
    """

    def __init__(self, matrix: IntegerProgram, goals: Sequence[Goal], cuts: CutGenerator) -> None:
        self.matrix, self._cuts = matrix, cuts
        costs = np.column_stack([goal.coefficients for goal in goals]) if goals else np.zeros((len(matrix.cost), 0))
        whole = (np.array_equal(data, np.round(data)) for data in (matrix.terms.data, costs))
        most = max(np.abs(data).max(initial=0) for data in (matrix.terms.data, costs))
        self.counts = len(goals) > 0 and most < LARGEST and all(whole)
        self.costs = costs.astype(np.int64)
        self.lower, self.upper = np.ceil(matrix.row_lower - 1e-9), np.floor(matrix.row_upper + 1e-9)
        self.shared, self.owner, self.number = ~cuts.own_rows, cuts.number, cuts.owners
        self.nobodys = np.flatnonzero(self.owner < 0)
        self._known: dict[int, Own | None] = {}
        self._plans: dict[tuple[int, bytes, bytes], np.ndarray] = {}  # of all who are of one kind and may do the same

    @cached_property
    def terms(self) -> sparse.csr_matrix:
        """The terms in whole numbers."""
        return self.matrix.terms.astype(np.int64)

    @cached_property
    def by_column(self) -> sparse.csc_matrix:
        """The terms in whole numbers, column by column."""
        return self.terms.tocsc()

    @cached_property
    def lengths(self) -> np.ndarray:
        """How many columns stand in each row."""
        return np.diff(self.terms.indptr)

    @cached_property
    def heaviest(self) -> float:
        """The largest sum of the terms of a column, signs left out; at least 1."""
        sizes = np.abs(self.terms.data).astype(float)
        return float(np.bincount(self.terms.indices, sizes, minlength=1).max(initial=1.0))

    @cached_property
    def of_rows(self) -> np.ndarray:
        """The number of the owner of whom alone a row speaks; -1: of none, it is shared."""
        found, own = np.full(len(self.shared), -1), np.flatnonzero(~self.shared)
        found[own] = self.owner[self.terms.indices[self.terms.indptr[own]]]
        return found

    @cached_property
    def idle(self) -> np.ndarray:
        """The owners' columns that no goal speaks of and that help no shared row: what is 0 is no worse (Boolean)."""
        terms, row = self.terms, np.repeat(np.arange(self.terms.shape[0]), np.diff(self.terms.indptr))
        helps = np.where(terms.data > 0, np.isfinite(self.lower[row]), np.isfinite(self.upper[row])) & self.shared[row]
        helped = np.bincount(terms.indices[helps], minlength=terms.shape[1]) > 0
        return ~helped & ~self.costs.any(axis=1) & (self.owner >= 0)

    def of(self, number: int) -> Own | None:
        """An owner; None where his plans are too many to list."""
        if number not in self._known:
            self._known[number] = self._own(number)
        return self._known[number]

    def _own(self, number: int) -> Own | None:
        columns, plans = self._cuts.own_plans(number)
        if plans is None:
            return None
        block = self.by_column[:, columns].tocsr()
        rows = np.flatnonzero((np.diff(block.indptr) > 0) & self.shared)
        bounds, idle = np.column_stack([self.matrix.lower[columns], self.matrix.upper[columns]]), self.idle[columns]
        key = int(self._cuts.kind[number]), bounds.tobytes(), idle.tobytes()
        if key not in self._plans:
            possible = ~plans[:, bounds[:, 1] < 1].any(axis=1) & plans[:, bounds[:, 0] > 0].all(axis=1)
            self._plans[key] = _without_idle(plans[possible], idle)
        return Own(number, columns, self._plans[key], rows, block[rows].toarray(), self.costs[columns])

    def most(self, row: sparse.csr_matrix, said: float) -> float:
        """What every plan keeps a row within: what is said, if each plan of its one owner does; else infinity."""
        numbers = np.unique(self.owner[row.indices])
        columns, plans = (
            self._cuts.own_plans(int(numbers[0])) if len(numbers) == 1 and numbers[0] >= 0 else (None, None)
        )
        if columns is None or plans is None or not np.array_equal(row.data, np.round(row.data)):
            return np.inf
        terms = np.zeros(len(columns))
        terms[np.searchsorted(columns, row.indices)] = row.data
        return said if (plans @ terms).max(initial=-np.inf) <= said else np.inf

    def settled(self, plan: np.ndarray, rows: Iterable[int]) -> np.ndarray:
        """A plan with what belongs to nobody, and stands in some rows, as low as all rows let it be; if they do."""
        matrix, by_column = self.matrix, self.by_column
        of_rows = matrix.terms[np.array(list(rows), dtype=int)].indices
        about = np.unique(of_rows[self.owner[of_rows] < 0])
        plan[about] = matrix.upper[about]
        activity = matrix.terms @ plan
        for column in about:
            inside = slice(by_column.indptr[column], by_column.indptr[column + 1])
            rows_of, terms = by_column.indices[inside], by_column.data[inside]
            over = activity[rows_of] - np.where(terms > 0, self.lower[rows_of], self.upper[rows_of])
            down = np.floor(np.min(over / terms, initial=plan[column] - matrix.lower[column]) + 1e-6)
            plan[column] -= max(0.0, down)
            activity[rows_of] -= max(0.0, down) * terms
        return plan

    def standing_in(self, row: int) -> np.ndarray:
        """The numbers of the owners who stand in a row."""
        terms = self.terms
        found = self.owner[terms.indices[terms.indptr[row] : terms.indptr[row + 1]]]
        return np.unique(found[found >= 0])


def _without_idle(plans: np.ndarray, idle: np.ndarray) -> np.ndarray:
    """The plans but for those that another one equals with an idle column less."""
    for column in np.flatnonzero(idle):
        without = plans.copy()
        without[:, column] = False
        plans = plans[~(plans[:, column] & _among(without, plans))]
    return plans


def _among(some: np.ndarray, all_: np.ndarray) -> np.ndarray:
    """Which rows of one Boolean array are among those of another."""
    one, two = (np.ascontiguousarray(np.packbits(each, axis=1)) for each in (some, all_))
    whole = np.dtype((np.void, max(one.shape[1], 1)))
    return np.isin(one.view(whole).ravel(), two.view(whole).ravel())
