"""The best over a large sample of futures, from below and from above: a bound by cuts, and plans nearly as good.

How it works. The mean over the futures (or over their worst tenth) is a convex function of the starts. Its LP relaxation
is solved by cuts (`planner.model.futures.sampled`), a few for each target instead of a row for each target and future:
what it ends at is a bound that no plan undercuts over the sample. Then the goals of the scenario are optimised in their
order over the plans that the cuts do not put above this bound and an allowance. A plan found so whose own measure is
within the allowance is the best of all plans within it, as those are among the plans over which it was optimised;
another one is cut off where the cuts were too low for it, and the search goes on.

References
----------
Van Slyke, Wets, "L-shaped linear programs with applications to optimal control and stochastic programming", SIAM
Journal on Applied Mathematics 17 (1969).
Haimes, Lasdon, Wismer, "On a bicriterion formulation of the problems of integrated system identification and system
optimization", IEEE Transactions on Systems, Man, and Cybernetics 1 (1971): a goal held within an allowance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from scipy import sparse

from planner.model.futures.sampled import Cut, Sample, Touching
from planner.model.futures.shortfalls import TAIL
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Simplex
from planner.solver import Beside

CLOSE = 0.01
"""Of the allowance: cuts that would raise the bound by less are left out."""


@dataclass
class Cuts:
    """A matrix with a column for each target's shortfall, summed over the futures, and one for the worst tenth.

    All are whole numbers: the columns of targets in people x futures, the last one in the weights' unit.

    Attributes
    ----------
    plain
        Without the columns.
    found
        The cuts so far.
    """

    plain: IntegerProgram
    sample: Sample
    measure: str
    found: list[Cut]

    @property
    def columns(self) -> int:
        """How many columns are added."""
        return len(self.sample.targets) + 1

    @property
    def scale(self) -> Fraction:
        """By what a value of the goal is multiplied."""
        number = self.sample.futures if self.measure == "expected" else self.sample.futures // TAIL
        return number / self.sample.unit

    @property
    def goal(self) -> np.ndarray:
        """The measure, as coefficients of all columns."""
        own = [float(target.weight) for target in self.sample.targets]
        added = [*own, 0.0] if self.measure == "expected" else [*(0.0 for _ in own), 1.0]
        return np.concatenate([np.zeros(len(self.plain.cost)), added])

    def beside(self, most: int | None = None) -> Beside:
        """The columns and the cuts, as they stand beside a problem's own; the measure at most at a value."""
        number = len(self.plain.cost)
        largest = [float(np.maximum(target.short, 0).sum()) for target in self.sample.targets]
        tail = sum(one * target.weight for one, target in zip(largest, self.sample.targets, strict=True))
        rows = [
            self._row(np.append(cut.options, number + self._place(cut)), np.append(cut.coefficients, 1.0))
            for cut in self.found
        ]
        least = [float(cut.least) for cut in self.found]
        if most is not None:
            columns = np.flatnonzero(self.goal)
            rows.append(self._row(columns, -self.goal[columns]))
            least.append(-float(most))
        terms = sparse.vstack([sparse.csr_matrix((0, number + self.columns)), *rows], format="csr")
        return Beside(np.array([*largest, tail]), terms, np.array(least))

    def _row(self, columns: np.ndarray, coefficients: np.ndarray) -> sparse.csr_matrix:
        place = np.zeros(len(columns), dtype=int)
        return sparse.csr_matrix((coefficients, (place, columns)), shape=(1, len(self.plain.cost) + self.columns))

    def _place(self, cut: Cut) -> int:
        return cut.target if cut.target >= 0 else self.columns - 1

    def at(self, x: np.ndarray) -> list[Touching]:
        """Every target at a point of the matrix."""
        return self.sample.at(x[: len(self.plain.cost)])

    def value(self, every: Sequence[Touching]) -> float:
        """The measure at a point, in the matrix's unit."""
        weighted = np.sort(self.sample.weighted(every))
        return float(weighted.sum() if self.measure == "expected" else weighted[-(self.sample.futures // TAIL) :].sum())

    def add(self, every: Sequence[Touching], x: np.ndarray, least: float) -> int:
        """Cut off a point where its columns are too low by more than `least`; how many cuts that took."""
        added, new = x[len(self.plain.cost) :], []
        cuts = [self.sample.tail_cut(every)] if self.measure != "expected" else []
        if self.measure == "expected":
            cuts = [self.sample.cut(place, at) for place, at in enumerate(every) if at.target.weight]
        for cut in cuts:
            if cut.least - float(cut.coefficients @ x[cut.options]) - added[self._place(cut)] > least:
                new.append(cut)
        self.found += new
        return len(new)


@dataclass(frozen=True)
class Bound:
    """What no plan undercuts over the sample, in the matrix's unit, and whether the cuts have come near to it."""

    value: float
    settled: bool
    rounds: int


def bound(cuts: Cuts, allowance: float, effort: SolveLimits) -> Bound:
    """The LP relaxation by cuts, until they would raise it by less than a part of the allowance or the time is over."""
    simplex, best, rounds = Simplex(), -math.inf, 0
    while True:
        relaxed = simplex.relax(replace(cuts.beside().widened(cuts.plain), cost=cuts.goal), effort)
        if relaxed.status != OPTIMAL:
            return Bound(best, False, rounds)
        best, rounds = max(best, relaxed.bound), rounds + 1
        every = cuts.at(relaxed.x)
        short = cuts.value(every) - best
        if short <= CLOSE * allowance:
            return Bound(best, True, rounds)
        if not cuts.add(every, relaxed.x, CLOSE * allowance / (2 * cuts.columns)):
            return Bound(best, True, rounds)
