"""What a question changes, and the rows that all questions to one matrix share."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy import sparse

from planner.optimiser.integer_program import IntegerProgram


@dataclass(frozen=True)
class Change:
    """What is different: columns that must have a value, columns of which one must be 1, rows with another upper bound.

    A row that is firm may not be raised: cuts may rest on it.
    """

    fixed: Mapping[int, float] = field(default_factory=dict)
    required: tuple[np.ndarray, ...] = ()
    limits: Mapping[int, float] = field(default_factory=dict)

    def forbids(self, matrix: IntegerProgram) -> bool:
        """Whether it forbids anything that the matrix allows."""
        lowered = any(most < matrix.row_upper[row] for row, most in self.limits.items())
        return lowered or bool(self.fixed or self.required)


class SharedRows:
    """The rows of all levels and questions, in one order that only grows, so that every simplex can go on.

    What a matrix does not have of them is open, but for cuts, which hold everywhere.
    """

    def __init__(self, terms: sparse.csr_matrix) -> None:
        self.terms = terms
        self._lower, self._upper = np.full(terms.shape[0], -np.inf), np.full(terms.shape[0], np.inf)
        self._required: dict[bytes, int] = {}
        self._lock = threading.Lock()

    def padded(self, matrix: IntegerProgram) -> IntegerProgram:
        """The matrix with all rows there are; its own are the first of them."""
        with self._lock:
            if matrix.terms is self.terms:
                return matrix
            own = len(matrix.row_lower)
            lower = np.concatenate([matrix.row_lower, self._lower[own:]])
            upper = np.concatenate([matrix.row_upper, self._upper[own:]])
            return replace(matrix, terms=self.terms, row_lower=lower, row_upper=upper)

    def with_cuts(self, matrix: IntegerProgram, rows: sparse.csr_matrix, upper: np.ndarray) -> IntegerProgram:
        """The matrix with cuts, which are kept."""
        self._append(rows, upper)
        return self.padded(matrix)

    def required(self, matrix: IntegerProgram, columns: np.ndarray) -> IntegerProgram:
        """The matrix in which one of the columns must be 1."""
        with self._lock:
            known = self._required.get(columns.tobytes())
        if known is None:
            ones = (np.ones(len(columns)), (np.zeros(len(columns), dtype=int), columns))
            known = self._append(sparse.csr_matrix(ones, shape=(1, matrix.terms.shape[1])), np.full(1, np.inf))
            self._required[columns.tobytes()] = known
        wider = self.padded(matrix)
        lower = wider.row_lower.copy()
        lower[known] = 1
        return replace(wider, row_lower=lower)

    def _append(self, rows: sparse.csr_matrix, upper: np.ndarray) -> int:
        with self._lock:
            first = self.terms.shape[0]
            self.terms = sparse.vstack([self.terms, rows], format="csr")
            self._lower = np.concatenate([self._lower, np.full(len(upper), -np.inf)])
            self._upper = np.concatenate([self._upper, upper])
            return first

    def __getstate__(self) -> dict[str, Any]:
        """All but the lock."""
        with self._lock:
            return {**self.__dict__, "_lock": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """All, and a lock."""
        self.__dict__.update(state)
        self._lock = threading.Lock()
