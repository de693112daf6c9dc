"""What no plan undercuts over a large sample of futures: a bound by cuts, without a row for every future.

How it works. The mean over the futures (or over their worst tenth) is a convex function of the starts. Its LP
relaxation is solved by cuts (`planner.model.futures.sampled`), a few for each target instead of a row for each target
and future.
Each relaxation on the way bounds every plan from below, so the bound holds wherever the search ends.

References
----------
Van Slyke, Wets, "L-shaped linear programs with applications to optimal control and stochastic programming", SIAM
Journal on Applied Mathematics 17 (1969).
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from scipy import sparse

from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.model.build import build_model
from planner.model.futures.sampled import EXACT, Cut, Sample, Touching, sample_of
from planner.model.futures.shortfalls import TAIL
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Simplex
from planner.solver import no_worse

CLOSE = 0.1
"""Of the allowance: where a round of cuts raises the bound by less, it is left at that."""


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

    def matrix(self) -> IntegerProgram:
        """The matrix with the columns and the cuts."""
        number = len(self.plain.cost)
        largest = [float(np.maximum(target.short, 0).sum()) for target in self.sample.targets]
        tail = sum(one * target.weight for one, target in zip(largest, self.sample.targets, strict=True))
        rows = [
            self._row(np.append(cut.options, number + self._place(cut)), np.append(cut.coefficients, 1.0))
            for cut in self.found
        ]
        least = [float(cut.least) for cut in self.found]
        terms = sparse.vstack([sparse.csr_matrix((0, number + self.columns)), *rows], format="csr")
        none = np.zeros(self.columns)
        wider = IntegerProgram(
            np.append(self.plain.cost, none),
            sparse.hstack([self.plain.terms, sparse.csr_matrix((self.plain.terms.shape[0], self.columns))], "csr"),
            self.plain.row_lower,
            self.plain.row_upper,
            np.append(self.plain.lower, none),
            np.concatenate([self.plain.upper, largest, [tail]]),
        )
        return wider.with_rows(terms, np.array(least), np.full(len(least), np.inf))

    def _row(self, columns: np.ndarray, coefficients: np.ndarray) -> sparse.csr_matrix:
        place = np.zeros(len(columns), dtype=int)
        return sparse.csr_matrix((coefficients, (place, columns)), shape=(1, len(self.plain.cost) + self.columns))

    def _place(self, cut: Cut) -> int:
        return cut.target if cut.target >= 0 else self.columns - 1

    def at(self, x: np.ndarray) -> list[Touching]:
        """Every target at a point of the matrix."""
        return self.sample.at(x[: len(self.plain.cost)])

    def add(self, every: Sequence[Touching], x: np.ndarray, least: float) -> int:
        """Cut off a point where its columns are too low by more than `least`; how many cuts that took."""
        added = x[len(self.plain.cost) :]
        cuts = [self.sample.tail_cut(every)] if self.measure != "expected" else []
        if self.measure == "expected":
            cuts = [self.sample.cut(place, at) for place, at in enumerate(every) if at.target.weight]
        new = [
            cut
            for cut in cuts
            if cut.least - float(cut.coefficients @ x[cut.options]) - added[self._place(cut)] > least
        ]
        self.found += new
        return len(new)


def bound(cuts: Cuts, allowance: float, effort: SolveLimits) -> float:
    """What no plan undercuts, by the LP relaxation and its cuts.

    Parameters
    ----------
    allowance
        What is small, in the goal's unit: cuts that raise the bound by a tenth of it or less end the search.
    """
    simplex, best, close = Simplex(), 0.0, CLOSE * allowance * float(cuts.scale)
    while True:
        relaxed = simplex.relax(replace(cuts.matrix(), cost=cuts.goal), effort)
        raised = relaxed.bound - best if relaxed.status == OPTIMAL else -math.inf
        best = max(best, relaxed.bound)
        added = cuts.add(cuts.at(relaxed.x), relaxed.x, close / cuts.columns) if raised > -math.inf else 0
        if not added or (raised <= close and len(cuts.found) > cuts.columns):
            return math.ceil(best - EXACT * max(1.0, abs(best))) / float(cuts.scale)


def sampled_bound(
    problem: Problem, measure: str, futures: int, seed: int, allowance: float, within: Mapping[RankedGoal, Fraction]
) -> float:
    """The bound of a measure over the first futures of a seed, in the time that the scenario gives a solve.

    Parameters
    ----------
    within
        Goals that are no worse than a value.
    """
    settings = problem.scenario.solver
    options = admissible_starts(problem)
    tables = build_model(options).tables
    plain = no_worse(strengthened(tables), tables, within)
    cuts = Cuts(plain, sample_of(problem, options, futures, seed), measure, [])
    return bound(
        cuts, allowance, SolveLimits(time.monotonic() + settings.time_limit_s, settings.workers, settings.seed)
    )
