"""Ranked goals, one after another: each is optimised over the plans that are best for those before it.

How it works. The LP relaxation of a goal gives a bound; cuts (`planner.optimiser.cuts`) raise it, until there are none
or they raise it no more. Where that bound is a value that a plan could have, it is *assumed* to be the best: the next
goal is optimised over the plans that reach the bound, before any such plan is known. The integer search then runs once,
on the last goal or the first whose bound is no possible value; by then the plans left are few and it is quick. The plan
it finds reaches every assumed bound, so all of them are proven at once. If there is no such plan, the last assumption
is withdrawn: that goal and those before it are each proven by a search of their own.

In a small matrix two things spare searches. A bound that no plan can have may become one that a plan could have, if the
budgets are whole (`planner.optimiser.engines.bound_of_hulls`). And after a goal whose best value was not its bound, no
further bound is assumed: it would most often be withdrawn again.

All relaxations of a run are one linear programme: a goal differs from the one before by its cost and by what is
fixed, a cut by a row, and the simplex method goes on from where it stands. Cuts hold for every plan, so they stay.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from planner.optimiser.cuts import CutGenerator
from planner.optimiser.engines import bound_of_hulls, is_small
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits, dot
from planner.optimiser.lp import Relaxation, Simplex
from planner.optimiser.reduced_cost_fixing import GoalResult, best, face, next_value, tolerance

MOST_STALLED_ROUNDS = 1  # rounds of cuts in a row that do not raise the bound, before no more are added

OnGoalProgress = Callable[
    [Goal, float, float], None
]  # goal, value and bound so far, to minimise; infinite where there is none


@dataclass
class SettledGoal:
    """What is known of one goal: status, value and bound in the form to minimise, seconds spent on it."""

    goal: Goal
    status: str = UNKNOWN
    value: float = np.inf
    bound: float = -np.inf
    seconds: float = 0.0


@dataclass(frozen=True)
class Level:
    """What is proven of one goal: the plans left before it, with its cost; their relaxation; the best value."""

    plans: IntegerProgram
    relaxed: Relaxation
    value: float


@dataclass(frozen=True)
class LexicographicResult:
    """The outcome: `status` is optimal, feasible (a goal was cut short), infeasible or unknown (no plan was found)."""

    status: str
    x: np.ndarray | None
    goals: tuple[SettledGoal, ...]


def optimise_in_order(
    matrix: IntegerProgram,
    goals: Sequence[Goal],
    effort: SolveLimits,
    gap: float,
    on_progress: OnGoalProgress,
    owner: np.ndarray,
) -> LexicographicResult:
    """Optimise the goals in their order; none is ever worse afterwards than the value at which it was settled.

    `owner` says of each column to which cadre it belongs (-1: to none), so that cuts can be found.
    """
    cuts = CutGenerator(matrix, owner)
    settled = [SettledGoal(goal) for goal in goals]
    return in_order(Work(matrix, settled, effort, gap, on_progress, cuts, measures(goals, owner)))


def measures(goals: Sequence[Goal], owner: np.ndarray) -> np.ndarray:
    """The columns of nobody that no goal wants high: what is short. A plan that is best for one goal may leave those of
    later goals higher than it needs; lowered, they say how good it already is for these.
    """
    wanted = np.logical_or.reduce([np.zeros(len(owner), dtype=bool), *(goal.coefficients < 0 for goal in goals)])
    return np.flatnonzero((owner < 0) & ~wanted)


def in_order(work: Work) -> LexicographicResult:
    """Settle the goals of some work, one after another."""
    index, goals = 0, work.results
    while index < len(goals):
        began = time.monotonic()
        status = work.settle(index)
        work.results[index].seconds += time.monotonic() - began
        if status in (OPTIMAL, FEASIBLE):
            index += 1
        elif work.assumed:
            index = work.withdraw()
        else:
            return work.cut_short(index, status)
    return work.outcome()


@dataclass
class Work:
    """How far the work is: the plans left, the plan that proves what is settled, the goals whose bounds are assumed.

    `levels` are the plans that were left before each goal, and their relaxations.
    """

    matrix: IntegerProgram
    results: list[SettledGoal]
    effort: SolveLimits
    gap: float
    on_progress: OnGoalProgress
    cut_generator: CutGenerator
    measures: np.ndarray
    simplex: Simplex = field(default_factory=Simplex)
    x: np.ndarray | None = None
    assumed: list[tuple[int, IntegerProgram]] = field(default_factory=list)  # goal, and the plans left before it
    withdrawn: int = -1  # up to this goal no bound is assumed any more
    levels: dict[int, tuple[IntegerProgram, Relaxation]] = field(default_factory=dict)
    near: Sequence[np.ndarray] = ()  # plans of problems like this one
    most_stalled: int = MOST_STALLED_ROUNDS

    def settle(self, index: int) -> str:
        """Optimise one goal over the plans left: assume its bound, or search. Returns its status."""
        goal = self.results[index].goal
        known = None if self.assumed else self.x
        value = dot(goal.coefficients, known) if known is not None else np.inf
        if known is not None and self.repeats(index):
            self.accept(index, GoalResult(OPTIMAL, known, value, value, self.matrix), known)
            return OPTIMAL
        relaxed = self.relax(goal, value)
        if relaxed.status != OPTIMAL:
            return relaxed.status
        over, bound = replace(self.matrix, cost=goal.coefficients), next_value(relaxed.bound, goal.step)
        self.levels[index] = over, relaxed
        if value > bound and self.withdrawn < index < len(self.results) - 1 and not self.misled(index):
            sharper = self.possible(over, relaxed.bound, goal.step)
            if sharper is not None:
                self.assume(index, face(over, relaxed, sharper, sharper), sharper)
                return OPTIMAL
        effort = self.effort if goal.patience == 1 else self.effort.within(goal.patience * self.effort.seconds)
        told, gap = (lambda v, b: self.on_progress(goal, v, b)), self.gap
        found = best(over, relaxed, goal.step, effort, gap, known, told, self.cut_generator.owner, self.near)
        if found.x is not None:
            self.accept(index, found, found.x)
        return found.status

    def possible(self, over: IntegerProgram, bound: float, step: int) -> float | None:
        """The value at a bound, or at the sharper one of a small matrix whose budgets are whole, if it is possible."""
        if not _possible(bound, step):
            bound = max(bound, bound_of_hulls(over, self.effort))
        return next_value(bound, step) if _possible(bound, step) else None

    def misled(self, index: int) -> bool:
        """Whether an earlier goal's best value is not its bound in a small matrix: hardly will this one's be."""
        proven = (earlier for earlier in range(index) if self.results[earlier].status == OPTIMAL)
        return is_small(self.matrix) and any(
            next_value(self.levels[earlier][1].bound, self.results[earlier].goal.step) < self.results[earlier].value
            for earlier in proven
            if earlier in self.levels
        )

    def repeats(self, index: int) -> bool:
        """Whether a goal is a multiple of one that is proven: every plan left has the best value of it already."""
        goal = self.results[index].goal
        return any(
            earlier.status == OPTIMAL and goal.multiple_of(earlier.goal) and earlier.value == earlier.bound
            for earlier in self.results[:index]
        )

    def assume(self, index: int, left: IntegerProgram, bound: float) -> None:
        """Go on with the plans that reach a goal's bound, though none is known yet."""
        self.assumed.append((index, self.matrix))
        self.results[index].bound = bound
        self.matrix = left

    def relax(self, goal: Goal, value: float) -> Relaxation:
        """The relaxation over the plans left, with all cuts that raise its bound towards `value`, the best known."""
        relaxed = self.relaxation(goal)
        stalled = 0
        while relaxed.status == OPTIMAL:
            bound = next_value(relaxed.bound, goal.step)
            self.on_progress(goal, value, bound)
            if value <= bound or stalled == self.most_stalled:
                break
            rows, upper = self.cut_generator.cuts(relaxed.x, self.effort)
            if len(upper) == 0:
                break
            before = self.matrix
            self.matrix = self.with_cuts(rows, upper)
            again = self.relaxation(goal)
            if again.status == UNKNOWN:  # no time left: what is proven stays proven
                self.matrix = before
                break
            stalled = stalled + 1 if again.bound <= relaxed.bound + tolerance(relaxed.bound) else 0
            relaxed = again
        return relaxed

    def relaxation(self, goal: Goal) -> Relaxation:
        """The relaxation over the plans left."""
        return self.simplex.relax(replace(self.matrix, cost=goal.coefficients), self.effort)

    def with_cuts(self, rows: sparse.csr_matrix, upper: np.ndarray) -> IntegerProgram:
        """The plans left, with cuts."""
        return self.matrix.with_rows(rows, np.full(len(upper), -np.inf), upper)

    def proven(self) -> list[Level]:
        """The level of each goal, once all are settled."""
        return [Level(*self.levels[index], result.value) for index, result in enumerate(self.results)]

    def accept(self, index: int, found: GoalResult, x: np.ndarray) -> None:
        """Settle a goal by a plan, and with it those whose bounds were assumed."""
        self.x, self.matrix = found.matrix.lowered(x, self.measures), found.matrix
        current = self.results[index]
        current.status, current.value, current.bound = found.status, found.value, found.bound
        for earlier, _ in self.assumed:
            self.results[earlier].status, self.results[earlier].value = OPTIMAL, self.results[earlier].bound
            self.on_progress(self.results[earlier].goal, self.results[earlier].value, self.results[earlier].bound)
        self.assumed.clear()
        self.check(index)

    def withdraw(self) -> int:
        """Go back to the last goal whose bound was assumed; it is proven by a search. Returns its index.

        Its own bound stands; what was found out about later goals held of plans that reach it, of which there is none.
        """
        index, self.matrix = self.assumed.pop()
        self.withdrawn = index
        for later in self.results[index + 1 :]:
            later.bound = -np.inf
        return index

    def check(self, index: int) -> None:
        """No settled goal may have become worse: that would be an error of rounding in an engine."""
        if self.x is None:
            return
        for result in self.results[: index + 1]:
            value = dot(result.goal.coefficients, self.x)
            if value > result.value + 1e-6:
                raise ArithmeticError(f"{result.goal.name} was settled at {result.value} and became {value}")

    def cut_short(self, index: int, status: str) -> LexicographicResult:
        """The outcome when a goal could not be settled: the plan so far, if there is one."""
        if self.x is None:
            return LexicographicResult(INFEASIBLE if status == INFEASIBLE else UNKNOWN, None, tuple(self.results))
        for result in self.results[index:]:
            result.value = dot(result.goal.coefficients, self.x)
        return LexicographicResult(FEASIBLE, self.x, tuple(self.results))

    def outcome(self) -> LexicographicResult:
        """The outcome when every goal was settled."""
        proven = all(result.status == OPTIMAL for result in self.results)
        return LexicographicResult(OPTIMAL if proven else FEASIBLE, self.x, tuple(self.results))


def _possible(bound: float, step: int) -> bool:
    """Whether a bound is a value that a plan could have."""
    return next_value(bound, step) - bound <= tolerance(bound) * 2
