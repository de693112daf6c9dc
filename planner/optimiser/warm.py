"""A proven problem kept warm: what a small change does to the ranked goals, from where the proof stands.

How it works. The proof of the best plan leaves, before each goal k, the plans M_k that are best in all goals before it,
the relaxation of the goal over them with its basis, and the best value z_k. A change is a column fixed, one of some
columns required, a limit raised or lowered. Then

1. a change that only forbids makes no goal before k better, and M_k with the change is exactly what is best before k,
   if anything is left of it. The goals are taken up at the last k where something is: from the last goal backwards,
   and a step back is one infeasible linear programme, often only a column that M_k has fixed otherwise;
2. a limit that no proof before k rests on (the row's dual is exactly 0 there, and the rounded bound is the value) can
   be raised in M_k: bounds, fixed columns and equalities remain implied. The goals are taken up at the first k whose
   proof rests on the limit; where there is none, nothing changes, and no solve is needed to prove it;
3. from there on the goals are settled as in any other problem (`planner.optimiser.lexicographic`), each relaxation
   going on from the basis that the same goal had before, and by an integer search only where that is not enough.

Rows that a question adds (cuts, and "one of these") are kept for the questions to come: the cuts are true of every
plan, since they follow from rows that no change relaxes (the `firm` ones); the others are open until asked again. When
there are too many, questions begin again from the proof as it was (`WarmProgram.renewed`), so that what is kept does
not grow with the number of questions.

References
----------
Gal, Nedoma, "Multiparametric linear programming", Management Science 18 (1972): what a basis proves after a change.
Danna, Rothberg, Le Pape, "Exploring relaxation induced neighborhoods to improve MIP solutions", Mathematical
Programming 102 (2005).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from planner.optimiser.asking import Asking, FarAsking, Whole
from planner.optimiser.changes import Change, SharedRows
from planner.optimiser.completion import completed
from planner.optimiser.cuts import CutGenerator
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits, dot
from planner.optimiser.lexicographic import LexicographicResult, SettledGoal, in_order, measures
from planner.optimiser.own_plans import Owners
from planner.optimiser.reduced_cost_fixing import next_value, tolerance
from planner.optimiser.row_prices import Question, RowPrices
from planner.optimiser.standing import Standing

GROWN = 1.25  # times as many terms as in the proof are too many
FIRST = 1  # the level before which only the first goal is best
LOOKED_AT = 2  # levels at which nothing is left, before the first goal alone is looked at; measured, see benchmarks/
ANY = "any plan"  # a goal that every plan meets


class WarmProgram:
    """An integer programme whose goals are proven, one after another, to ask what a change would do.

    Threads may ask side by side.

    Parameters
    ----------
    matrix, goals, owner, gap
        As `optimise_in_order` has them.
    firm
        The rows that no change raises.
    kept
        The first so many goals are those that are asked about; the others only choose among the best plans.
    known
        What is said to be the best plan, `nan` for columns that nothing is said of. It saves the search for one, never
        the proof: where it is not the best, or no plan at all, a better one is found.

    Attributes
    ----------
    result
        The outcome as things are. Only where it is optimal may anything be asked.
    levels
        What is proven of each goal.
    rows, cuts
        The rows that all questions share, and where their cuts come from.
    """

    def __init__(
        self,
        matrix: IntegerProgram,
        goals: Sequence[Goal],
        owner: np.ndarray,
        firm: np.ndarray,
        gap: float,
        kept: int,
        effort: SolveLimits,
        known: np.ndarray | None = None,
    ) -> None:
        self.matrix, self.goals, self.gap, self.kept = matrix, list(goals), gap, kept
        self.cuts = CutGenerator(matrix, owner, firm)
        settled = [SettledGoal(goal) for goal in goals]
        work = Whole(matrix, settled, effort, gap, lambda *news: None, self.cuts, measures(goals, owner))
        if known is not None:
            work.begin_with(completed(matrix, goals, owner, known, effort))
        self.result = in_order(work)
        self.rows, self._last = SharedRows(work.matrix.terms), work.matrix
        self.levels = work.proven() if self.result.status == OPTIMAL else []
        self.standing = Standing(self.goals, self.levels)

    @property
    def overgrown(self) -> bool:
        """Whether questions have left so many rows that it is time for `renewed`."""
        return self.rows.terms.nnz > GROWN * self._last.terms.nnz

    def renewed(self) -> WarmProgram:
        """The same proof without the rows and engines that questions have left; the row prices stay.

        Who is asking the old one goes on asking it: rows and engines belong together.
        """
        new = copy(self)
        new.rows, new.standing = SharedRows(self._last.terms), Standing(self.goals, self.levels)
        if "prices" in self.__dict__:
            new.prices = self.prices
        return new

    def best(
        self,
        change: Change,
        effort: SolveLimits,
        then: Sequence[Goal] = (),
        kept: int | None = None,
        *,
        far: bool = False,
    ) -> LexicographicResult:
        """What `optimise_in_order` would say of the changed matrix: of the first goals that are kept, and `then`.

        Parameters
        ----------
        then
            Goals to optimise after those that are kept.
        kept
            How many of the goals are kept, where that is not `self.kept`; the others are not asked for.
        far
            Whether `then` is another ranking, so that no basis is near its best plan.
        """
        number = self.kept if kept is None else kept
        if not then and self._stands(change, number):
            return LexicographicResult(OPTIMAL, self.result.x, self.result.goals[:number])
        asked = [*self.goals[:number], *then]
        question = None if then or number != self.kept else self._of_one(change)
        bound = None
        if question is not None:
            plan, bound = self.prices.answer(question)
            if plan is not None:
                values = [dot(goal.coefficients, plan) for goal in asked]
                told = (SettledGoal(goal, OPTIMAL, value, value) for goal, value in zip(asked, values, strict=True))
                return LexicographicResult(OPTIMAL, plan, tuple(told))
        for level, plans in self._left(change, number, effort, further=bool(then)):
            goals = asked[level:] or [Goal(ANY, "min", np.zeros(len(plans.lower)), Fraction(1))]
            kind = FarAsking if far else Asking
            work = kind(plans, self, goals, effort, level, change)
            found = in_order(work)
            if found.status != INFEASIBLE:
                settled = (*self.result.goals[:level], *found.goals)
                if question is not None and found.status == OPTIMAL and found.x is not None and not work.apart:
                    self._learn(question, work, found.x, bound)
                return replace(found, goals=settled[: len(asked)])
        return LexicographicResult(INFEASIBLE, None, tuple(SettledGoal(goal) for goal in asked))

    def bounds(
        self,
        change: Change,
        effort: SolveLimits,
        then: Sequence[Goal] = (),
        kept: int | None = None,
        until: Sequence[float] = (),
    ) -> tuple[float, ...] | None:
        """What no plan is better than after a change, by linear programmes alone; None where there is no plan.

        Each number is a bound on its goal if those before it are reached, so that in the order of the goals no plan
        comes before them all. There may be fewer numbers than goals: none after the first that is not that of `until`.
        """
        number = self.kept if kept is None else kept
        known = tuple(settled.value for settled in self.result.goals)
        if not then and self._stands(change, number):
            return known[:number]
        asked = [*self.goals[:number], *then]
        for level, plans in self._left(change, number, effort, further=bool(then)):
            goals = asked[level:] or [Goal(ANY, "min", np.zeros(len(plans.lower)), Fraction(1))]
            found = Asking(plans, self, goals, effort, level, change).bounds(until[level:])
            if found is not None:
                return (*known[:level], *found)[: len(asked)]
        return None

    @cached_property
    def prices(self) -> RowPrices:
        """The row prices of the questions answered so far."""
        best = np.zeros(len(self.matrix.cost)) if self.result.x is None else self.result.x
        return RowPrices(Owners(self.matrix, self.goals[: self.kept], self.cuts), best)

    def _of_one(self, change: Change) -> Question | None:
        """A change as a question about one owner; None where it is more."""
        if change.limits or any(change.fixed.values()) or len(change.required) > 1:
            return None
        forbidden = np.array(list(change.fixed), dtype=int)
        required = np.concatenate([np.zeros(0, dtype=int), *change.required])
        owner = np.unique(self.cuts.number[np.append(forbidden, required)])
        if len(owner) != 1 or owner[0] < 0 or not self.prices.owners.counts:
            return None
        return Question(int(owner[0]), forbidden, required)

    def _learn(self, question: Question, work: Asking, x: np.ndarray, bound: np.ndarray | None) -> None:
        """Keep the row prices of a question, unless those known tell what no plan is better than."""
        values = [dot(goal.coefficients, x) for goal in self.goals[: self.kept]]
        if bound is not None and np.array_equal(bound, np.round(values)):
            return
        duals = [each.relaxed.duals for each in self.levels[: self.kept]]
        duals[work.level :] = [relaxed.duals for _, (_, relaxed) in sorted(work.levels.items())]
        if len(duals) != self.kept:  # a goal was settled by another
            return
        rows = self.rows.padded(self._last)
        after = np.arange(len(self.matrix.row_upper), len(rows.row_upper))
        self.prices.learn(question, duals, rows.of_rows(after), x)

    def _stands(self, change: Change, number: int) -> bool:
        """Whether the best plan as things are is best after a change, too, without a solve."""
        return self._first_changed(change, number) == number and self.obeys(change)

    def _left(
        self, change: Change, number: int, effort: SolveLimits, *, further: bool
    ) -> Iterator[tuple[int, IntegerProgram]]:
        """The levels at which the goals may be taken up, the last first, and the plans left before each.

        Where nothing was left before two, what is best in the first goal alone is looked at: if nothing of it is left,
        nothing is of what is best in more goals, and all plans are next.
        """
        last = number - 1 if change.forbids(self.matrix) or not further else number
        nothing_best, empty = False, 0
        for level in range(min(self._first_changed(change, number), max(last, 0)), -1, -1):
            plans = None if level and nothing_best else self._changed(level, change)
            if plans is not None:
                yield level, plans
                empty += 1
                if empty == LOOKED_AT and level > FIRST:
                    nothing_best = self._none_left(FIRST, change, effort)

    def _none_left(self, level: int, change: Change, effort: SolveLimits) -> bool:
        """Whether few columns tell that no plan that is best before a level obeys a change."""
        with self.standing.core(self.goals[level], level) as core:
            if core is None:
                return False
            violation, most = self.violation(level, change)
            nearest = core.relax(violation, effort, self.concerned(change))
            return nearest is not None and nearest.bound > most + tolerance(nearest.bound)

    def obeys(self, change: Change) -> bool:
        """Whether the best plan as things are obeys a change."""
        x = self.result.x
        if x is None:
            return False
        fixed = all(x[column] == value for column, value in change.fixed.items())
        required = all(x[columns].sum() > 0.5 for columns in change.required)
        rows = np.array(list(change.limits), dtype=int)
        return fixed and required and bool(np.all(self.matrix.terms[rows] @ x <= list(change.limits.values())))

    def concerned(self, change: Change) -> np.ndarray:
        """Which columns a change is about, and those of the same cadres (Boolean)."""
        owner = self.cuts.owner
        columns = np.concatenate([np.array(list(change.fixed), dtype=int), *change.required])
        concerned = np.isin(owner, np.unique(owner[columns])) & (owner >= 0)
        concerned[columns] = True
        return concerned

    def violation(self, level: int, change: Change) -> tuple[IntegerProgram, float]:
        """How far the plans that are best before a level are from a change, to minimise, but for a constant.

        Also says the most that it is of a plan that obeys the change. Some plan is left by the matrix, the best one as
        things are, so that its relaxation always has a solution.
        """
        raised = {row: most for row, most in change.limits.items() if most > self.matrix.row_upper[row]}
        plans = self._changed(level, Change(limits=raised)) or self.plans(level)
        cost, most = np.zeros(len(plans.cost)), 0.0
        for column, value in change.fixed.items():
            cost[column] = 1.0 if value <= plans.lower[column] else -1.0
            most += cost[column] * value
        for columns in change.required:
            cost[columns] -= 1.0
            most -= 1.0
        return replace(plans, cost=cost), most

    def _first_changed(self, change: Change, number: int) -> int:
        """The first goal whose proof rests on a limit that is raised; the number of goals where none does."""
        raised = np.array([row for row, most in change.limits.items() if most > self.matrix.row_upper[row]], dtype=int)
        if len(raised):
            for index, (goal, level) in enumerate(zip(self.goals[:number], self.levels[:number], strict=True)):
                proof = next_value(level.relaxed.bound, goal.step) >= level.value
                if not proof or np.any(level.relaxed.duals[raised] != 0):
                    return index
        return number

    def _changed(self, level: int, change: Change) -> IntegerProgram | None:
        """The plans that are best in the goals before a level, with the change; None where plainly none is left."""
        plans = self.plans(level)
        lower, upper, row_lower, row_upper = (
            bound.copy() for bound in (plans.lower, plans.upper, plans.row_lower, plans.row_upper)
        )
        for column, value in change.fixed.items():
            lower[column], upper[column] = max(lower[column], value), min(upper[column], value)
        open_ = [columns[upper[columns] > 0] for columns in change.required]
        for columns in open_:
            if len(columns) == 1:
                lower[columns] = 1
        if any(len(columns) == 0 for columns in open_) or np.any(lower > upper):
            return None
        for row, most in change.limits.items():
            row_upper[row] = min(row_upper[row], most) if most < self.matrix.row_upper[row] else most
        if np.any(row_lower > row_upper):
            return None
        changed = replace(plans, lower=lower, upper=upper, row_lower=row_lower, row_upper=row_upper)
        for columns, all_ in zip(open_, change.required, strict=True):
            if len(columns) > 1:
                changed = self.rows.required(changed, all_)
        return changed

    def plans(self, level: int) -> IntegerProgram:
        """The plans that are best in all goals before a level; those that are best in all, after the last."""
        return self.rows.padded(self.levels[level].plans if level < len(self.levels) else self._last)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: the proof, not what questions have left."""
        return {name: value for name, value in self.__dict__.items() if name != "prices"}
