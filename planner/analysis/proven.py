"""A problem solved and kept warm: what is different after a small change, without building the problem again.

`planner.optimiser.warm` answers for a matrix; here the matrix is a problem's, part by part, and the questions are put
in its words: starts, limits, goals. A change that would be another matrix is not answered (None): a requirement that
joins two parts, or one that no start meets.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from threading import Event

import numpy as np
import pandas as pd

from planner.analysis.asked import SHORTFALL, Asked, Places
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin, RankedGoal
from planner.model.alike import alike
from planner.model.build import build_model, goal_of
from planner.model.goals import kind_of, telling
from planner.model.matrix import strengthened_rows
from planner.model.options import admissible_starts
from planner.model.rules import RULES
from planner.optimiser.changes import Change
from planner.optimiser.decomposition import parts
from planner.optimiser.exchanges import next_to
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, SolveLimits, deadline_after
from planner.optimiser.lexicographic import LexicographicResult, SettledGoal
from planner.optimiser.warm import WarmProgram
from planner.plans.plan import Plan, plan_of
from planner.solver import goal_table

WISH = "wish"
EXCHANGE = "exchange"  # the goal of as few starts as can be that come and go; no goal of a scenario is called so


class ProvenProblem:
    """A problem, its best plan with the proof of every goal, and the answers that follow from where the proof stands.

    Threads may ask side by side; it can be sent to another process.

    Parameters
    ----------
    plan
        What is said to be the best plan. It saves the search for one; that it is the best is proven all the same.
    loose
        Rules whose limits may be raised by a question, beside those that are priced.

    Attributes
    ----------
    options, tables, goals
        The model.
    x
        The best plan as values of the columns; None where none was proven best: then nothing may be asked.
    """

    def __init__(self, problem: Problem, plan: Plan | None = None, loose: Collection[str] = ()) -> None:
        began, solver = time.monotonic(), problem.scenario.solver
        self.problem, self.options = problem, admissible_starts(problem)
        model = build_model(self.options)
        self.tables, self.goals = model.tables, model.goals
        blocks = model.tables.blocks
        kept_firm = [block.rule not in loose and not _priced(block.rule) for block in blocks]
        firm = np.repeat(kept_firm, [len(block.limit) for block in blocks])
        self.matrix, rows = strengthened_rows(model.tables, firm)
        firm = np.append(firm[rows], np.ones(len(self.matrix.row_upper) - len(rows), dtype=bool))
        kept, owner = len(telling(problem.scenario.goals)), self.tables.owner
        self._owner = owner
        effort = SolveLimits(began + solver.time_limit_s, 1, solver.seed)
        known = None if plan is None else self._known(plan)
        self._parts = parts(self.matrix)
        with ThreadPoolExecutor(solver.workers) as pool:
            work = [
                pool.submit(
                    WarmProgram,
                    part.matrix,
                    [goal.over(part.columns) for goal in self.goals],
                    owner[part.columns],
                    firm[part.rows],
                    solver.gap,
                    kept,
                    effort,
                    None if known is None else known[part.columns],
                )
                for part in self._parts
            ]
            self._warm = [each.result() for each in work]
        self._places = Places(self.tables, rows, self._parts)
        found = self._together([warm.result for warm in self._warm], [*self.goals])
        self.result = found
        self.x = found.x if found.status == OPTIMAL else None
        self._at_hand: tuple[Plan, np.ndarray] | None = None  # the plan asked about last

    def best(
        self,
        asked: Asked,
        goals: Sequence[Goal] | None = None,
        at_hand: np.ndarray | None = None,
        cancelled: Event | None = None,
        *,
        far: bool = False,
    ) -> LexicographicResult | None:
        """The best plan after a change; None where that is another matrix, to be built and solved as such.

        Parameters
        ----------
        goals
            The goals to optimise, in their order; by default all that tell. Those that the problem has as well, up to
            the first that differs, are not settled anew.
        at_hand
            A best plan that stands where nothing is changed: it is best there in what `goals` have more than the
            problem, too.
        cancelled
            Set by another thread to give up; the status is then unknown.
        far
            Whether the goals are ranked or weighed quite otherwise than the problem's.
        """
        changes = self._places.changes(asked)
        if self.x is None or changes is None:
            return None
        ranked = self.telling if goals is None else goals
        kept, effort = self._kept(ranked), self._effort(cancelled)
        found = []
        for number, (part, warm) in enumerate(zip(self._parts, self._warm, strict=True)):
            change, then = changes.get(number), [goal.over(part.columns) for goal in ranked[kept:]]
            if change is None and at_hand is not None:
                found.append(_as_is(warm, then, kept, at_hand[part.columns]))
            else:
                found.append(warm.best(change or Change(), effort, then, kept, far=far))
            self._renew(number, warm)
            if found[-1].status in (INFEASIBLE, UNKNOWN):
                return LexicographicResult(found[-1].status, None, tuple(SettledGoal(goal) for goal in ranked))
        return self._together(found, ranked)

    def bounds(self, asked: Asked, goals: Sequence[Goal], until: Sequence[float] = ()) -> tuple[float, ...] | None:
        """What no plan is better than after a change, in the order of the goals, as far as linear programmes tell.

        In the form to minimise; perhaps of the first goals only, perhaps of none. None: there is no plan. After the
        first that is not that of `until` none is asked for.
        """
        changes = self._places.changes(asked)
        if self.x is None or changes is None:
            return ()
        kept, effort = self._kept(goals), self._effort()
        found = []
        for number, (part, warm) in enumerate(zip(self._parts, self._warm, strict=True)):
            then = [goal.over(part.columns) for goal in goals[kept:]]
            own = warm.bounds(changes.get(number, Change()), effort, then, kept, until if len(self._parts) == 1 else ())
            self._renew(number, warm)
            if own is None:
                return None
            found.append(own)
        return tuple(sum(each) for each in zip(*found, strict=False))  # of as many goals as all parts tell

    def _renew(self, number: int, warm: WarmProgram) -> None:
        """Forget what questions about a part have left, where that is too much."""
        if warm.overgrown and self._warm[number] is warm:
            self._warm[number] = warm.renewed()

    def _effort(self, cancelled: Event | None = None) -> SolveLimits:
        solver = self.problem.scenario.solver
        return SolveLimits(deadline_after(solver.time_limit_s), 1, solver.seed, cancelled=cancelled)

    def values(self, goals: Sequence[Goal], values: Sequence[float], problem: Problem) -> dict[str, Fraction]:
        """The value of each goal, in its own sense, as a problem about the same people has it."""
        return {
            goal.name: Fraction(round(value) * goal.sign, goal.scale) + kind_of(goal.name).constant(problem)
            for goal, value in zip(goals, values, strict=False)
            if np.isfinite(value)
        }

    def minimised(self, goals: Sequence[Goal], values: Mapping[str, Fraction], problem: Problem) -> list[float]:
        """Values as the engines have them: the other way round than `values`."""
        return [
            float((values[goal.name] - kind_of(goal.name).constant(problem)) * goal.scale * goal.sign) for goal in goals
        ]

    def goal(self, name: str, problem: Problem | None = None) -> Goal:
        """A goal over the columns, as a problem about the same people and starts has it."""
        if problem is None:
            for own in self.goals:
                if own.name == name:
                    return own
        ranked = name if isinstance(name, RankedGoal) else RankedGoal.read(name)
        return goal_of(ranked, replace(self.tables, options=replace(self.options, problem=problem or self.problem)))

    def wish(self, pin: Pin) -> Goal:
        """The goal of a start that a pin matches."""
        starts = np.zeros(len(self.matrix.cost))
        starts[: len(self.options)] = self.options.matching(pin)
        return Goal(WISH, "max", -starts, Fraction(1))

    def shortfall(self, target: str) -> Goal | None:
        """The goal of one target's shortfall alone [people]; None where it cannot fall short."""
        column = self._places.short.get(target)
        if column is None:
            return None
        return Goal(SHORTFALL, "min", (np.arange(len(self.matrix.cost)) == column).astype(float), Fraction(1))

    def exchange(self, at_hand: np.ndarray) -> list[Goal]:
        """The goals by which of equal plans the one nearest to a plan is chosen, the lot deciding ties."""
        starts = np.arange(len(at_hand)) < len(self.options)
        nearest = Goal(EXCHANGE, "min", np.where(starts, np.where(at_hand > 0.5, -1.0, 1.0), 0.0), Fraction(1))
        names = [goal.name for goal in self.telling]
        return [nearest, *([] if "lot" in names else [self.goal("lot")])]

    @property
    def telling(self) -> list[Goal]:
        """The goals but a last one that only breaks ties."""
        return list(self.goals[: len(telling(self.problem.scenario.goals))])

    @cached_property
    def alike(self) -> np.ndarray:
        """For each cadre the number of a class: those of one class no goal that tells and no rule tells apart."""
        return alike(self.tables, self.telling)

    def at_hand(self, plan: Plan) -> np.ndarray:
        """The starts of a plan as values of the columns, all others 0; not to be changed."""
        known = self._at_hand
        if known is None or known[0] is not plan:
            x = np.zeros(len(self.matrix.cost))
            x[: len(self.options)] = self.options.having(plan.starts)
            x.setflags(write=False)
            self._at_hand = known = plan, x
        return known[1]

    def _known(self, plan: Plan) -> np.ndarray | None:
        """The starts of a plan as values of the columns, nothing of the others; None where one is not admissible."""
        known = np.append(self.options.having(plan.starts), np.full(len(self._owner) - len(self.options), np.nan))
        return known if np.nansum(known) == len(plan.assignments) else None

    def plan(self) -> Plan | None:
        """The best plan as a table; None where none is proven."""
        if self.x is None:
            return None
        chosen = np.flatnonzero(self.x[: len(self.options)] > 0.5)
        return plan_of(self.options, chosen, OPTIMAL, self.goal_table())

    def goal_table(self) -> pd.DataFrame:
        """What is proven of each goal: goal, sense, value, bound, status, seconds."""
        offsets = {goal.name: kind_of(goal.name).constant(self.problem) for goal in self.goals}
        return goal_table(self.result, offsets)

    def starts(self, x: np.ndarray) -> list[tuple[str, str, int]]:
        """cadre, programme, start of what a plan has, in the order of the options."""
        return [self._starts[option] for option in np.flatnonzero(x[: len(self.options)] > 0.5)]

    @cached_property
    def _starts(self) -> list[tuple[str, str, int]]:
        """cadre, programme, start of each option."""
        frame = self.options.frame
        cadres = self.problem.cadres["cadre"].to_numpy()[frame["cadre"]]
        programmes = self.problem.programmes["programme"].to_numpy()[frame["programme"]]
        return [
            (str(cadre), str(programme), int(start))
            for cadre, programme, start in zip(cadres, programmes, frame["start"], strict=True)
        ]

    def obeys(self, asked: Asked, x: np.ndarray) -> bool:
        """Whether a plan has what is required and nothing that is forbidden; limits and targets are not asked about."""
        chosen = x[: len(self.options)] > 0.5
        required = all((chosen & self.options.matching(pin)).any() for pin in asked.require)
        return required and not any((chosen & self.options.matching(pin)).any() for pin in asked.forbid)

    def next_to(self, x: np.ndarray, wanted: np.ndarray, goals: Sequence[Goal]) -> np.ndarray:
        """Which of some options (Boolean) a plan has that is as good as `x` and differs from it in one start or two.

        Only among the first goals that are the problem's own, in which `x` must be best.
        """
        found, kept = np.zeros(len(x), dtype=bool), self._kept(goals)
        among = np.append(wanted, np.zeros(len(x) - len(wanted), dtype=bool))
        for part, warm in zip(self._parts, self._warm, strict=True):
            found[part.columns] = next_to(warm.plans(kept), x[part.columns], among[part.columns])
        return found[: len(wanted)]

    def _kept(self, ranked: Sequence[Goal]) -> int:
        """How many of the first goals are the problem's own."""
        same = [
            one is two or (one.name == two.name and np.array_equal(one.coefficients, two.coefficients))
            for one, two in zip(ranked, self.goals, strict=False)
        ]
        return same.index(False) if False in same else len(same)

    def _together(self, found: Sequence[LexicographicResult], goals: Sequence[Goal]) -> LexicographicResult:
        statuses = {each.status for each in found}
        status = next((each for each in (INFEASIBLE, UNKNOWN, FEASIBLE) if each in statuses), OPTIMAL)
        settled = []
        for index, goal in enumerate(goals):
            own = [each.goals[index] for each in found]
            bound, value = (sum(getattr(part, figure) for part in own) for figure in ("bound", "value"))
            states = {part.status for part in own}
            state = next((each for each in (UNKNOWN, FEASIBLE) if each in states), OPTIMAL)
            settled.append(SettledGoal(goal, state, value, bound, sum(part.seconds for part in own)))
        if status in (INFEASIBLE, UNKNOWN):
            return LexicographicResult(status, None, tuple(settled))
        x = np.zeros(len(self.matrix.cost))
        for part, each in zip(self._parts, found, strict=True):
            x[part.columns] = each.x
        return LexicographicResult(status, x, tuple(settled))


def _priced(rule: str) -> bool:
    """Whether it is asked what one more of the limits of a rule is worth."""
    return rule in RULES and RULES[rule].priced


def _as_is(warm: WarmProgram, then: Sequence[Goal], kept: int, x: np.ndarray) -> LexicographicResult:
    """A part in which nothing changes: the plan at hand."""
    values = [float(goal.coefficients @ x) for goal in then]
    further = tuple(SettledGoal(goal, OPTIMAL, value, value) for goal, value in zip(then, values, strict=True))
    return LexicographicResult(OPTIMAL, x, (*warm.result.goals[:kept], *further))
