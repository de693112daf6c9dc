"""An integer programme, how long an engine may work on it, and how that can end."""

from __future__ import annotations

import time
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
        free = np.flatnonzero(self.upper > self.lower)
        shift = self.terms @ self.fixed()
        terms = self.terms[:, free]
        row_lower, row_upper = self.row_lower - shift, self.row_upper - shift
        least = terms.minimum(0) @ self.upper[free] + terms.maximum(0) @ self.lower[free]
        most = terms.maximum(0) @ self.upper[free] + terms.minimum(0) @ self.lower[free]
        needed = (least < row_lower - 1e-6) | (most > row_upper + 1e-6)
        kept = IntegerProgram(
            self.cost[free], terms[needed], row_lower[needed], row_upper[needed], self.lower[free], self.upper[free]
        )
        return kept, free, np.flatnonzero(needed)

    def feasible(self, x: np.ndarray) -> bool:
        """Whether `x`, whole numbers, obeys every bound."""
        activity = self.terms @ x
        rows = np.all(activity >= self.row_lower - 1e-6) and np.all(activity <= self.row_upper + 1e-6)
        return bool(rows and np.all(x >= self.lower) and np.all(x <= self.upper))


@dataclass(frozen=True)
class SolveLimits:
    """How an engine may work: until `deadline` (of `time.monotonic`), with so many workers, from a seed.

    When `cancelled` is set, by whatever thread, it ends within a tenth of a second, as if the time had run out.
    """

    deadline: float
    workers: int = 1
    seed: int = 1
    engine: str = "highs"
    cancelled: Event | None = None

    @property
    def seconds(self) -> float:
        """What is left of the time [seconds]."""
        left = 0.0 if self.cancelled is not None and self.cancelled.is_set() else self.deadline - time.monotonic()
        return max(left, 0.01)

    def within(self, seconds: float) -> SolveLimits:
        """The same, for at most so many seconds."""
        return replace(self, deadline=min(self.deadline, time.monotonic() + seconds))
