"""A goal: whole-number coefficients, to minimise or to maximise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np


@dataclass(frozen=True)
class Goal:
    """A ranked goal, in the form to minimise.

    Attributes
    ----------
    coefficients
        One whole number per column: `scale` times those of the goal, negated where it is to be maximised.
    scale
        What the coefficients were multiplied with to become whole, and as small as they can be.
    patience
        How much of the time that is left its search may take; the rest is for the goals after it.
    """

    name: str
    sense: str
    coefficients: np.ndarray
    scale: Fraction
    patience: float = 1.0

    def over(self, columns: np.ndarray) -> Goal:
        """The goal of a part of the problem: some of its columns."""
        return replace(self, coefficients=self.coefficients[columns])

    @property
    def sign(self) -> int:
        """1 where the goal is minimised, -1 where it is maximised."""
        return 1 if self.sense == "min" else -1

    @property
    def step(self) -> int:
        """The largest whole number that divides every value the goal can take."""
        return int(np.gcd.reduce(np.unique(self.coefficients).astype(np.int64))) or 1

    def multiple_of(self, other: Goal) -> bool:
        """Whether every value of this goal is the other's times one positive number; exact, as both are whole."""
        return np.array_equal(self.coefficients // self.step, other.coefficients // other.step)
