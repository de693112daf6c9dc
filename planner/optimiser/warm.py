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
plan, since they follow from rows that no change relaxes (the `firm` ones); the others are open until asked again.

References
----------
Gal, Nedoma, "Multiparametric linear programming", Management Science 18 (1972): what a basis proves after a change.
Danna, Rothberg, Le Pape, "Exploring relaxation induced neighborhoods to improve MIP solutions", Mathematical
Programming 102 (2005).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from planner.optimiser.afresh import NOTHING, Remnant
from planner.optimiser.completion import completed
from planner.optimiser.cuts import CutGenerator
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits, dot
from planner.optimiser.lexicographic import LexicographicResult, SettledGoal, Work, in_order, measures
from planner.optimiser.lp import MIXED, Relaxation, Simplex, tells_apart
from planner.optimiser.own_plans import Owners
from planner.optimiser.reduced_cost_fixing import GoalResult, face, next_value, tolerance
from planner.optimiser.row_prices import Question, RowPrices
from planner.optimiser.sifting import SLACK, Core

MORE_MIXED, SOME = 1.5, 20  # so many times as many columns, and some, may be mixed
TO_A_PLAN = 5  # rounds of cuts in a row that do not raise the bound, where a plan is known that it may reach
FEW = 5  # so many columns more than in the proof may be mixed in a core, which is quickly made anew
FIRST = 1  # the level before which only the first goal is best
ANY = "any plan"  # a goal that every plan meets


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
        work = _Whole(matrix, settled, effort, gap, lambda *news: None, self.cuts, measures(goals, owner))
        if known is not None:
            work.begin_with(completed(matrix, goals, owner, known, effort))
        self.result = in_order(work)
        self.rows, self._last = _Rows(work.matrix.terms), work.matrix
        self.levels = work.proven() if self.result.status == OPTIMAL else []
        self._idle: dict[str, list[Simplex]] = {}
        self._cores: dict[tuple[str, int], list[Core]] = {}
        self._lock = threading.Lock()

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
            kind = _Far if far else _Question
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
            found = _Question(plans, self, goals, effort, level, change).bounds(until[level:])
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

    def _learn(self, question: Question, work: _Question, x: np.ndarray, bound: np.ndarray | None) -> None:
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

        Where nothing was left before one, what is best in the first goal alone is looked at: if nothing of it is left,
        nothing is of what is best in more goals, and all plans are next.
        """
        last = number - 1 if change.forbids(self.matrix) or not further else number
        nothing_best = False
        for level in range(min(self._first_changed(change, number), max(last, 0)), -1, -1):
            plans = None if level and nothing_best else self._changed(level, change)
            if plans is not None:
                yield level, plans
                nothing_best = nothing_best or (level > FIRST and self._none_left(FIRST, change, effort))

    def _none_left(self, level: int, change: Change, effort: SolveLimits) -> bool:
        """Whether few columns tell that no plan that is best before a level obeys a change."""
        with self.core(self.goals[level], level) as core:
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

    @contextmanager
    def simplex(self, goal: Goal) -> Iterator[Simplex]:
        """A simplex that stands where one like this goal was last solved; nobody else has it meanwhile.

        The first of a goal that was not proven begins where the proof of the first goal ended.

        One that was led to a solution much more mixed than that of the proof is not used again: what is next to such a
        solution is mixed as well.
        """
        home = self._home(goal)
        with self._lock:
            idle = self._idle.setdefault(goal.name, [])
            found = idle.pop() if idle else Simplex((home or self.levels[0].relaxed).basis)
        yield found
        if home is None or found.mixed <= MORE_MIXED * (SOME + _mixed(home)):
            with self._lock:
                idle.append(found)

    @contextmanager
    def core(self, goal: Goal, level: int) -> Iterator[Core | None]:
        """What matters where a goal like this one was last solved, if that is little; nobody else has it meanwhile.

        It is one of those that questions use which take up the goals at a level: what matters to them is alike.
        """
        home = self._home(goal)
        begin = home or self.levels[-1].relaxed
        if begin.basis is None:
            yield None
            return
        with self._lock:
            idle = self._cores.setdefault((goal.name, level), [])
            found = idle.pop() if idle else Core(begin)
        yield found if found.worth_it else None
        astray = found.mixed > _mixed(begin) + FEW
        if home is None and astray:
            found.begin_again()
        if home is None or not (found.too_large or astray):
            with self._lock:
                idle.append(found)

    def _home(self, goal: Goal) -> Relaxation | None:
        """The relaxation that the proof of a goal ended with, if it was proven."""
        named = (each.name for each in self.goals)
        return next((level.relaxed for name, level in zip(named, self.levels, strict=True) if name == goal.name), None)

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
        """What another process needs: the proof, not the engines at work."""
        kept = {name: value for name, value in self.__dict__.items() if name != "prices"}
        return {**kept, "_idle": {}, "_cores": {}, "_lock": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take up the proof of another process."""
        self.__dict__.update(state)
        self._lock = threading.Lock()


class _Rows:
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


class _Whole(Work):
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


class _Question(Work):
    """The work on a changed problem, from a level on. Where a goal needs a row of its own, it goes on by itself."""

    def __init__(
        self,
        plans: IntegerProgram,
        of: WarmProgram,
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
            with self._of.simplex(goal) as simplex:
                found = simplex.relax(over, self.effort)
        if found.status == OPTIMAL:
            self._likely, self._met = self._likely | (found.x > SLACK), True
        return found

    def _near(self, goal: Goal, over: IntegerProgram) -> Relaxation | None:
        """The relaxation as few columns tell it; None where they do not.

        Where they have no solution, what is looked for first is one that is as near to the change as can be: it shows
        that nothing is left, or which columns are needed.
        """
        with self._of.core(goal, self.level) as core:
            if core is None:
                return None
            found = core.relax(over, self.effort, self._likely)
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

    def accept(self, index: int, found: GoalResult, x: np.ndarray) -> None:
        """Settle a goal by a plan, and with it those whose bounds were assumed."""
        self.apart = self.apart or found.matrix.terms is not self.matrix.terms
        super().accept(index, found, x)


class _Far(_Question):
    """The work on goals ranked otherwise: each begins from nothing, over what those before it leave."""

    def __init__(self, *of_question: Any) -> None:
        super().__init__(*of_question)
        self._left = Remnant()

    def _relaxed(self, goal: Goal, over: IntegerProgram) -> Relaxation:  # noqa: ARG002 - nothing of another goal is near
        """The relaxation from nothing."""
        return self._left.relax(over, self.effort)


def _mixed(relaxed: Relaxation | None) -> int:
    """How many columns of a solution are no whole numbers."""
    return 0 if relaxed is None else int((np.abs(relaxed.x - np.round(relaxed.x)) > MIXED).sum())
