"""The work on goals, taken up where a proof stands: of the problem as it is, a changed one, another ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from planner.optimiser.afresh import NOTHING, Remnant
from planner.optimiser.changes import Change, SharedRows
from planner.optimiser.cuts import CutGenerator
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import LexicographicResult, SettledGoal, Work, measures
from planner.optimiser.lp import Relaxation, tells_apart
from planner.optimiser.reduced_cost_fixing import GoalResult, face, next_value, tolerance
from planner.optimiser.sifting import SLACK
from planner.optimiser.standing import Standing

TO_A_PLAN = 5  # rounds of cuts in a row that do not raise the bound, where a plan is known that it may reach


class Proof(Protocol):
    """What the work on a question needs of the proof where it is taken up."""

    cuts: CutGenerator
    gap: float
    rows: SharedRows
    result: LexicographicResult
    standing: Standing

    def concerned(self, change: Change) -> np.ndarray:
        """Which columns a change is about, and those of the same cadres."""

    def violation(self, level: int, change: Change) -> tuple[IntegerProgram, float]:
        """How far plans are from a change, to minimise, and the most that it is of a plan that obeys it."""


class Whole(Work):
    """The work on the problem as it is: a question may go on from any goal, so each has a relaxation."""

    def begin_with(self, plan: np.ndarray | None) -> None:
        """Begin with a plan. No bound is assumed then: whether it is reached is told by the plan."""
        if plan is not None:
            self.x, self.withdrawn, self.most_stalled = plan, len(self.results), TO_A_PLAN

    def relaxation(self, goal: Goal) -> Relaxation:
        """The relaxation over the plans left; of what tells nearly all of them apart, without all that is fixed."""
        over = replace(self.matrix, cost=goal.coefficients)
        return Remnant().relax(over, self.effort) if tells_apart(over) else super().relaxation(goal)

    def repeats(self, index: int) -> bool:  # noqa: ARG002 -- as every work says
        """No goal is settled by another alone."""
        return False


class Asking(Work):
    """The work on a changed problem, from a level on. Where a goal needs a row of its own, it goes on by itself."""

    def __init__(
        self,
        plans: IntegerProgram,
        of: Proof,
        goals: Sequence[Goal],
        effort: SolveLimits,
        level: int,
        change: Change,
    ) -> None:
        settled, low = [SettledGoal(goal) for goal in goals], measures(goals, of.cuts.owner)
        super().__init__(plans, settled, effort, of.gap, lambda *news: None, of.cuts, low)
        self._of = of
        self._rows = of.rows
        self.level, self._change = level, change
        self._likely, self._met = of.concerned(change), False
        self._together = any(of.cuts.owner[column] < 0 for column in change.fixed)
        self.apart = False
        self.near = () if of.result.x is None else (of.result.x,)

    def relaxation(self, goal: Goal) -> Relaxation:
        """The relaxation over the plans left."""
        if not self.apart:
            self.matrix = self._rows.padded(self.matrix)
        over = replace(self.matrix, cost=goal.coefficients)
        if np.any(over.row_lower > over.row_upper) or np.any(over.lower > over.upper):
            return NOTHING
        return self._relaxed(goal, over)

    def _relaxed(self, goal: Goal, over: IntegerProgram) -> Relaxation:
        """The relaxation over plans that the bounds do not already rule out."""
        if self.apart:
            return Remnant().relax(over, self.effort)
        found = self._near(goal, over)
        if found is None:
            with self._of.standing.simplex(goal) as simplex:
                found = simplex.relax(over, self.effort)
        if found.status == OPTIMAL:
            self._likely, self._met = self._likely | (found.x > SLACK), True
        return found

    def _near(self, goal: Goal, over: IntegerProgram) -> Relaxation | None:
        """The relaxation as few columns tell it; None where they do not.

        Where they have no solution, what is looked for first is one that is as near to the change as can be: it shows
        that nothing is left, or which columns are needed. So it is at once where the change is no owner's: what many
        have to do together few columns hardly do.
        """
        with self._of.standing.core(goal, self.level) as core:
            if core is None:
                return None
            found = None if self._together and not self._met else core.relax(over, self.effort, self._likely)
            if found is not None or self._met:
                return found
            violation, most = self._of.violation(self.level, self._change)
            nearest = core.relax(violation, self.effort, self._likely)
            if nearest is None:
                return None
            if nearest.bound > most + tolerance(nearest.bound):
                return NOTHING
            return core.relax(over, self.effort, self._likely | (nearest.x > SLACK))

    def with_cuts(self, rows: sparse.csr_matrix, upper: np.ndarray) -> IntegerProgram:
        """The plans left, with cuts."""
        return super().with_cuts(rows, upper) if self.apart else self._rows.with_cuts(self.matrix, rows, upper)

    def bounds(self, until: Sequence[float]) -> list[float] | None:
        """A bound on each goal if those before it reach theirs, up to the first that is not that of `until`, and as far
        as linear programmes tell; None: no plan.
        """
        found: list[float] = []
        for settled in self.results:
            goal = settled.goal
            relaxed = self.relax(goal, np.inf)
            if relaxed.status == INFEASIBLE:
                return [*found, np.inf] if found else None
            if relaxed.status != OPTIMAL:
                break
            found.append(next_value(relaxed.bound, goal.step))
            if found[-1] != next(iter(until[len(found) - 1 :]), found[-1]):
                break
            over = replace(self.matrix, cost=goal.coefficients)
            left = face(over, relaxed, found[-1])
            if left.terms is not over.terms:  # what is left of it needs a row of its own
                break
            self.matrix = left
        return found

    def assume(self, index: int, left: IntegerProgram, bound: float) -> None:
        """Go on with the plans that reach a goal's bound; by itself, if a row of its own says which these are."""
        self.apart = self.apart or left.terms is not self.matrix.terms
        super().assume(index, left, bound)

    def accept(self, index: int, found: GoalResult, x: np.ndarray) -> None:
        """Settle a goal by a plan, and with it those whose bounds were assumed."""
        self.apart = self.apart or found.matrix.terms is not self.matrix.terms
        super().accept(index, found, x)


class FarAsking(Asking):
    """The work on goals ranked otherwise: each begins from nothing, over what those before it leave.

    The first of them goes on from where one like it was last asked about, if as much is left: points that differ.
    """

    def __init__(self, *of_question: Any) -> None:
        super().__init__(*of_question)
        self._left = Remnant()

    def _relaxed(self, goal: Goal, over: IntegerProgram) -> Relaxation:
        """The relaxation from nothing, or from that of another question."""
        if goal is not self.results[0].goal:
            return self._left.relax(over, self.effort)
        with self._of.standing.remnant(goal) as left:
            return left.relax(over, self.effort)
