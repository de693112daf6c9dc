"""An integer programme, how long an engine may work on it, and how that can end."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Event

import numpy as np
from scipy import sparse

OPTIMAL, FEASIBLE, INFEASIBLE, UNKNOWN = "optimal", "feasible", "infeasible", "unknown"


def dot(one: np.ndarray, two: np.ndarray) -> float:
    """The sum of products. `one @ two` would wake a thread of BLAS on every core, which takes longer than the sum."""
    return float(np.multiply(one, two).sum())


@dataclass(frozen=True)
class IntegerProgram:
    """Minimise cost x, row_lower <= terms x <= row_upper, lower <= x <= upper, x whole."""

    cost: np.ndarray
    terms: sparse.csr_matrix
    row_lower: np.ndarray
    row_upper: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    def with_rows(self, terms: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray) -> IntegerProgram:
        """The same with more rows at the end."""
        return replace(
            self,
            terms=sparse.vstack([self.terms, terms], format="csr"),
            row_lower=np.concatenate([self.row_lower, lower]),
            row_upper=np.concatenate([self.row_upper, upper]),
        )

    def of_rows(self, rows: np.ndarray) -> IntegerProgram:
        """The same with some of its rows only: their indices, or a Boolean for each."""
        return replace(self, terms=self.terms[rows], row_lower=self.row_lower[rows], row_upper=self.row_upper[rows])

    def part(self, rows: np.ndarray, columns: np.ndarray) -> IntegerProgram:
        """Some of its rows over some of its columns."""
        kept = self.of_rows(rows)
        bounds = kept.row_lower, kept.row_upper, self.lower[columns], self.upper[columns]
        return IntegerProgram(self.cost[columns], kept.terms[:, columns], *bounds)

    def fixed(self) -> np.ndarray:
        """The fixed columns at their value, the others 0."""
        return np.where(self.upper > self.lower, 0.0, self.lower)

    def reduced(self) -> tuple[IntegerProgram, np.ndarray, np.ndarray]:
        """The matrix without its fixed columns and the rows that cannot be broken; which columns and rows are left."""
        falling, rising = by_sign(self.terms)
        least, most = falling @ self.upper, rising @ self.upper
        if self.lower.any():
            least, most = least + rising @ self.lower, most + falling @ self.lower
        return self.free_part((least < self.row_lower - 1e-6) | (most > self.row_upper + 1e-6))

    def free_part(self, kept: np.ndarray) -> tuple[IntegerProgram, np.ndarray, np.ndarray]:
        """The matrix without its fixed columns, of some rows (Boolean); which columns and rows are left."""
        free, rows = np.flatnonzero(self.upper > self.lower), np.flatnonzero(kept)
        terms = self.terms[rows]
        shift = terms @ self.fixed()
        sides = self.row_lower[rows] - shift, self.row_upper[rows] - shift
        return IntegerProgram(self.cost[free], terms[:, free], *sides, self.lower[free], self.upper[free]), free, rows

    def in_lowest_terms(self) -> IntegerProgram:
        """The same with each row of whole numbers divided by their greatest common divisor, its bounds rounded inwards.

        What is large only because of its unit, such as costs in dong, an engine's tolerance then tells apart.
        """
        lengths = np.diff(self.terms.indptr)
        filled, data = lengths > 0, self.terms.data
        first = self.terms.indptr[:-1][filled]
        whole = (data == np.round(data)) & (np.abs(data) < 2**53)
        divisor = np.ones(len(lengths))
        divisor[filled] = np.gcd.reduceat(np.where(whole, np.abs(data), 1).astype(np.int64), first)
        divisor[divisor == 0] = 1
        if np.all(divisor == 1):
            return self
        terms = self.terms.copy()
        terms.data = data / np.repeat(divisor, lengths)
        return replace(
            self,
            terms=terms,
            row_lower=np.where(divisor > 1, np.ceil(self.row_lower / divisor - 1e-9), self.row_lower),
            row_upper=np.where(divisor > 1, np.floor(self.row_upper / divisor + 1e-9), self.row_upper),
        )

    def lowered(self, x: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """A plan with some columns, one after another, as low as the rows let them be."""
        low, high = x.copy(), columns[x[columns] > self.lower[columns]]
        by_column, activity = self.terms[:, high].tocsc(), self.terms @ x
        for place, column in enumerate(high):
            inside = slice(by_column.indptr[place], by_column.indptr[place + 1])
            rows, terms = by_column.indices[inside], by_column.data[inside]
            over = activity[rows] - np.where(terms > 0, self.row_lower[rows], self.row_upper[rows])
            room = np.min(over / terms, initial=low[column] - self.lower[column])
            down = max(0.0, float(np.floor(room + 1e-6)))
            low[column] -= down
            activity[rows] -= down * terms
        return low

    def feasible(self, x: np.ndarray) -> bool:
        """Whether `x`, whole numbers, obeys every bound."""
        activity = self.terms @ x
        rows = np.all(activity >= self.row_lower - 1e-6) and np.all(activity <= self.row_upper + 1e-6)
        return bool(rows and np.all(x >= self.lower) and np.all(x <= self.upper))


def by_sign(terms: sparse.csr_matrix) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """The terms below 0 and those above, 0 in the places of the others: quicker than `minimum` and `maximum`."""
    rest = terms.indices, terms.indptr
    parts = (sparse.csr_matrix((clip(terms.data, 0), *rest), terms.shape) for clip in (np.minimum, np.maximum))
    return next(parts), next(parts)


_latest: ContextVar[float] = ContextVar("latest", default=math.inf)


@contextmanager
def no_later_than(deadline: float) -> Iterator[None]:
    """Every solve that begins in the block, in this thread, ends by a time (of `time.monotonic`)."""
    token = _latest.set(min(deadline, _latest.get()))
    try:
        yield
    finally:
        _latest.reset(token)


def deadline_after(seconds: float) -> float:
    """The deadline of the `no_later_than` around it, else so many seconds from now."""
    return _latest.get() if math.isfinite(_latest.get()) else time.monotonic() + seconds


_not_wanted: ContextVar[Event | None] = ContextVar("not_wanted", default=None)


@contextmanager
def ended_by(event: Event) -> Iterator[None]:
    """Every solve that begins in the block, in this thread, ends soon after an event is set, by whatever thread."""
    token = _not_wanted.set(event)
    try:
        yield
    finally:
        _not_wanted.reset(token)


def not_wanted() -> Event | None:
    """The event of the `ended_by` around it, if there is one."""
    return _not_wanted.get()


@dataclass(frozen=True)
class SolveLimits:
    """How an engine may work: until `deadline` (of `time.monotonic`), with so many workers, from a seed.

    No deadline is later than that of the `no_later_than` around it.
    When `cancelled` is set, by whatever thread, it ends within a tenth of a second, as if the time had run out; by
    default it is the event of the `ended_by` around it.
    """

    deadline: float
    workers: int = 1
    seed: int = 1
    engine: str = "in_turns"
    cancelled: Event | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "deadline", min(self.deadline, _latest.get()))
        object.__setattr__(self, "cancelled", self.cancelled or _not_wanted.get())

    @property
    def seconds(self) -> float:
        """What is left of the time [seconds]."""
        left = 0.0 if self.cancelled is not None and self.cancelled.is_set() else self.deadline - time.monotonic()
        return max(left, 0.01)

    def within(self, seconds: float) -> SolveLimits:
        """The same, for at most so many seconds."""
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))
