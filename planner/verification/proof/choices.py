"""What the study plans of a kind decide, and the cheapest of them at given prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.inputs.problem import Problem
from planner.verification.activities import Activity
from planner.verification.attainment import level_of, without_starts, year_of
from planner.verification.proof.rows import Rows
from planner.verification.proof.study_plans import Kind

EXACT_FLOATS = 2**53  # whole numbers, and sums of them, are exact as floats below it
EXACT_INTEGERS = 2**62
Limits = Mapping[int, tuple[int, int]]  # column -> the smallest and the largest value


class MisfitError(ValueError):
    """A certificate that does not fit the problem.

    Attributes
    ----------
    what
        `row` or `column`: it names one that there is not; `numbers`: they are negative, or have more digits than whole
        numbers are reckoned with here.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True)
class Choices:
    """A kind's study plans with all that they decide.

    Attributes
    ----------
    plans
        Boolean, plans x features: the starts, then what rows count beside them. None where there are too many.
    columns
        Cadres x features: the column of the feature, -1 where no row counts it.
    """

    plans: np.ndarray | None
    columns: np.ndarray

    def cheapest(self, price: np.ndarray, confined: Mapping[int, Limits]) -> int | None:
        """The sum over the kind's cadres of the price of the cheapest study plan, exact.

        Parameters
        ----------
        price
            Of each column, whole numbers.
        confined
            Row of a cadre -> limits that his study plan has to keep.

        Returns
        -------
        int or None
            None: one of them has no study plan left.

        Raises
        ------
        MisfitError
            The numbers are too large.
        """
        own = np.where(self.columns >= 0, price[self.columns], 0)
        largest = int(np.abs(own).max(initial=0)) * own.shape[1]
        if largest >= EXACT_INTEGERS:
            raise MisfitError("numbers")
        if self.plans is None:
            return self._loosely(own, confined)
        number = np.float64 if largest < EXACT_FLOATS else np.int64
        free = np.delete(own, list(confined), axis=0)
        different, times = np.unique(free, axis=0, return_counts=True)
        least = (self.plans.astype(number) @ different.T.astype(number)).min(axis=0)
        total = sum(int(each) * int(count) for each, count in zip(least, times, strict=True))
        for row, limits in confined.items():
            left = self.plans[self._within(row, limits)]
            if len(left) == 0:
                return None
            total += int((left.astype(number) @ own[row].astype(number)).min())
        return total

    def _within(self, row: int, limits: Limits) -> np.ndarray:
        """The study plans that keep a cadre's limits."""
        assert self.plans is not None
        allowed = np.ones(len(self.plans), dtype=bool)
        for at, low, high in self._confined(row, limits):
            allowed &= (self.plans[:, at] >= low) & (self.plans[:, at] <= high)
        return allowed

    def _confined(self, row: int, limits: Limits) -> list[tuple[int, int, int]]:
        """Feature, smallest and largest value of the features that limits confine."""
        columns = enumerate(map(int, self.columns[row]))
        return [(at, *limits[column]) for at, column in columns if column in limits]

    def _loosely(self, own: np.ndarray, confined: Mapping[int, Limits]) -> int | None:
        """The same where the study plans are too many to list: each feature by itself at its cheaper end."""
        total = int(np.minimum(own, 0).sum())
        for row, limits in confined.items():
            for at, low, high in self._confined(row, limits):
                ends = [int(own[row, at]) * value for value in (0, 1) if low <= value <= high]
                if not ends:
                    return None
                total += min(ends) - min(int(own[row, at]), 0)
        return total


def choices_of(rows: Rows, kind: Kind) -> Choices:
    """A kind's study plans, and what of the things that rows count each of them brings about."""
    problem, people = rows.study_plans.problem, list(kind.first)
    codes = [str(code) for code in problem.cadres["cadre"].to_numpy()[people]]
    targets, years = list(problem.scenario.targets), list(map(int, problem.years))
    starts = np.array(list(kind.first.values()))[:, None] + np.arange(len(kind.candidates))
    beside = np.array(
        [
            [rows.columns.get(("attained", name, code), -1) for name in targets]
            + [rows.columns.get(("away", code, year), -1) for year in years]
            for code in codes
        ],
        dtype=int,
    )
    counted = np.flatnonzero((beside >= 0).any(axis=0))
    columns = np.hstack([starts, beside[:, counted]])
    if kind.plans is None:
        return Choices(None, columns)
    made = [
        attaining(problem, kind, targets[at])
        if at < len(targets)
        else takes_away(problem, kind, years[at - len(targets)])
        for at in map(int, counted)
    ]
    return Choices(np.column_stack([kind.plans, *made]), columns)


def attaining(problem: Problem, kind: Kind, name: str) -> np.ndarray:
    """With which of a kind's study plans a member attains a target: Boolean, plans."""
    assert kind.plans is not None
    target = problem.scenario.targets[name]
    holds = np.ones(len(kind.plans), dtype=bool)
    person = next(iter(kind.first))
    for ladder in target.level:
        if not without_starts(problem, target, ladder)[person]:
            ways = [_leads(problem, each, name, ladder) for each in kind.candidates]
            holds &= kind.plans[:, ways].any(axis=1)
    return holds


def _leads(problem: Problem, start: Activity, name: str, ladder: str) -> bool:
    """Whether a start brings its cadre, whose level is known as that of every candidate is, to the level in time."""
    target = problem.scenario.targets[name]
    reckoned = start.first if target.counts == "enrolled" else start.last
    led = start.ladder == ladder and start.high >= level_of(problem, target, ladder)
    return led and reckoned <= year_of(problem, target)


def takes_away(problem: Problem, kind: Kind, year: int) -> np.ndarray:
    """With which of a kind's study plans a cadre is away in a year: Boolean, plans."""
    assert kind.plans is not None
    modes = problem.scenario.absence.modes if problem.scenario.absence else []
    ways = [each.mode in modes and each.runs(year) for each in kind.candidates]
    return np.asarray(kind.plans[:, ways].any(axis=1), dtype=bool)
