"""The case at hand: a plan, its problem, and what would be if something were different, solved and proven."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from planner.analysis.asked import Asked
from planner.analysis.proven import ProvenProblem
from planner.common.errors import Fault, InputError
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin, RankedGoal, Scenario, Target
from planner.model.goals import telling
from planner.model.rows import Limit
from planner.optimiser.decomposition import SolveCache
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, dot, not_wanted
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run
from planner.solver import solve_problem

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """The best plan after a change: the value of each goal, and the starts: cadre, programme, year."""

    values: dict[str, Fraction]
    starts: tuple[tuple[str, str, int], ...]


@dataclass
class WhatIf:
    """A problem and its best plan, to ask questions of.

    Every answer is proven for every goal. What is near the problem, a start more or less, a limit, another ranking or
    other points, is answered from where the proof of the best plan stands (`proven`); what is further from it by a
    solve of its own (`best`), for which parts solved before are remembered. Threads may ask one case side by side, and
    it can be sent to another process with all that it has proven.

    Attributes
    ----------
    claimed
        A plan that is said to be the best: the proof begins with it, so that nothing is left but to prove it. Where it
        is not the best, a better one is found.
    loose
        Rules whose limits may be raised by a question, beside those that are priced.
    """

    problem: Problem
    cache: SolveCache = field(default_factory=SolveCache)
    claimed: Plan | None = None
    loose: tuple[str, ...] = ()
    _plan: Plan | None = None
    _proven: ProvenProblem | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    _made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def plan(self) -> Plan:
        """The best plan as things are, with every goal of the scenario proven."""
        if self._plan is None:
            self._plan = self.proven.plan() or self.best()
        return self._plan

    @property
    def proven(self) -> ProvenProblem:
        """The problem with the proof of its best plan; made when first asked for.

        One that was cut short since nobody wanted the answer any more is not kept: others may be waiting for it.
        """
        with self._lock:
            if self._proven is not None:
                return self._proven
            made, event = ProvenProblem(self.problem, self.claimed, self.loose), not_wanted()
            if made.x is not None or event is None or not event.is_set():
                self._proven = made
            return made

    def once(self, make: Callable[[WhatIf], T]) -> T:
        """What is made of the case as it is, kept for all who ask; another process makes its own."""
        if make not in self._made:
            self._made.setdefault(make, make(self))
        made: T = self._made[make]
        return made

    def told_by(self, problem: Problem) -> WhatIf:
        """The same case by a problem that differs in its limits of time alone; what is made of one is of both."""
        other = replace(self, problem=problem)
        other._made = self._made  # noqa: SLF001 -- of its own class
        return other

    def after(
        self,
        asked: Asked,
        problem: Problem | None = None,
        goals: Sequence[str] | None = None,
        *,
        wish: Pin | None = None,
        near: bool = False,
        far: bool = False,
    ) -> Outcome | None:
        """The best plan after a small change; None where no plan obeys it.

        Parameters
        ----------
        problem
            A problem of the same starts and rules, whose goals are meant: with other points, say.
        goals
            The goals, in their order; by default those that tell.
        wish
            Of the best plans one with a start that this pin matches, if there is one.
        near
            Of the best plans the one nearest to the plan at hand, the lot deciding ties.
        far
            Whether the goals are ranked or weighed quite otherwise: it says where the search begins, not what it finds.

        Raises
        ------
        InputError
            The time limit of the scenario was too short to prove it.
        """
        meant = problem or self.problem
        names = telling(meant.scenario.goals) if goals is None else list(goals)
        proven = self.proven
        at_hand = proven.at_hand(self.plan) if near else None
        own = [proven.goal(name, problem) for name in names]
        further = [] if wish is None else [proven.wish(wish)]
        further += [] if at_hand is None else proven.exchange(at_hand)
        found = proven.best(asked, [*own, *further], at_hand, far=far) if own or further else None
        if found is None:
            return self._built(asked, near_to(self) if near else with_goals(meant, names or meant.scenario.goals), wish)
        if found.status == INFEASIBLE:
            return None
        if found.status != OPTIMAL or found.x is None:
            raise unproven(self.problem)
        values = [settled.value for settled in found.goals]
        return Outcome(proven.values(own, values, meant), tuple(proven.starts(found.x)))

    def at_best(
        self,
        asked: Asked,
        problem: Problem | None = None,
        goals: Sequence[str] | None = None,
        than: Values | None = None,
    ) -> Values | None:
        """Values that no plan is better than after a change, in the order of the goals; None: no plan obeys it.

        As far as linear programmes tell, and no further than to the first that is not that of `than`: there may be
        values of the first goals only, or of none.
        """
        if self.proven.x is None:  # the time did not suffice for a warm proof: there is nothing that tells
            return {}
        meant = problem or self.problem
        names = telling(meant.scenario.goals) if goals is None else list(goals)
        own = [self.proven.goal(name, problem) for name in names]
        found = self.proven.bounds(asked, own, [] if than is None else self.proven.minimised(own, than, meant))
        return None if found is None else self.proven.values(own, found, meant)

    def worth_in(self, problem: Problem) -> dict[str, Fraction]:
        """The values of a best plan in a problem of the same starts and rules, with other points, say."""
        x, names = self.proven.x, telling(problem.scenario.goals)
        own = [self.proven.goal(name, problem) for name in names]
        return {} if x is None else self.proven.values(own, [dot(goal.coefficients, x) for goal in own], problem)

    def _built(self, asked: Asked, problem: Problem, wish: Pin | None) -> Outcome | None:
        """The best plan after a change, by building and solving the changed problem."""
        changed = with_pin(with_pin(problem, "require", *asked.require), "forbid", *asked.forbid)
        changed = with_reached(changed, *asked.reached) if asked.reached else changed
        plan = self.best(changed, asked.more, wish=wish)
        return Outcome(worth(plan), tuple(starts_of(plan))) if plan.found else None

    def __getstate__(self) -> dict[str, Any]:
        """All but the lock, and what is made of it."""
        return {**self.__dict__, "_lock": None, "_made": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """All, and a lock."""
        self.__dict__.update(state)
        self._lock = threading.Lock()

    def best(
        self,
        problem: Problem | None = None,
        more: Mapping[Limit, int] | None = None,
        *,
        lot: bool = True,
        wish: Pin | None = None,
    ) -> Plan:
        """The best plan of the problem, or of another one near it, with limits and a wish as `solve_problem` has them.

        Parameters
        ----------
        lot
            Whether the goal `lot` is optimised too; without it the plan is one of the best, the others' values stand.

        Raises
        ------
        InputError
            The time limit of the scenario was too short to prove it.
        """
        asked = self.problem if problem is None else problem
        plan = solve_problem(asked if lot else without_lot(asked), cache=self.cache, more=more, wish=wish)
        if plan.status not in ("optimal", "infeasible"):
            raise unproven(asked)
        return plan


def read_what_if(folder: str | Path) -> WhatIf:
    """The case of a run folder: its problem, solved again, and its plan, if that is a best one.

    Raises
    ------
    InputError
        It is no run folder, holds no plan, or that is not the best plan: it was cut short, or altered.
    """
    return what_if_of(read_run(folder).plan(), folder)


def what_if_of(plan: Plan, name: str | Path) -> WhatIf:
    """The case of a plan at hand, which is called `name` in faults. Raises as `read_what_if` does."""
    if not plan.found:
        raise InputError(Fault("no_plan_to_explain", {"folder": name}))
    what_if = WhatIf(plan.problem, claimed=plan)
    if not _is_best(what_if, plan):
        raise InputError(Fault("not_the_best_plan", {"folder": name}))
    return replace(what_if, claimed=None, _plan=plan)  # of the best plans it is the one at hand


def _is_best(what_if: WhatIf, plan: Plan) -> bool:
    """Whether a plan has the values of the best one; and, where the lot leaves no other, its starts."""
    proven, goals = what_if.proven, what_if.problem.scenario.goals
    if proven.x is None:
        values, starts = worth(what_if.plan), starts_of(what_if.plan)
    else:
        values, starts = _values(proven.goal_table()), proven.starts(proven.x)
    return values == worth(plan) and (telling(goals) == goals or set(starts) == set(starts_of(plan)))


def unproven(problem: Problem) -> InputError:
    """What to raise when the time did not suffice for a proof."""
    solver = problem.scenario.solver
    if solver.gap > 0:
        return InputError(Fault("not_proven_gap", {"gap": solver.gap, "seconds": solver.time_limit_s}))
    return InputError(Fault("not_proven", {"seconds": solver.time_limit_s}))


Values = Mapping[str, Fraction]  # of goals, each in its own sense, in their order


def worth(plan: Plan | Outcome | Values) -> dict[str, Fraction]:
    """The value of each goal."""
    if isinstance(plan, Outcome):
        return plan.values
    if not isinstance(plan, Plan):
        return dict(plan)
    return _values(plan.goals)


def _values(goals: pd.DataFrame) -> dict[str, Fraction]:
    return {str(goal): Fraction(str(value)) for goal, value in zip(goals["goal"], goals["value"], strict=True)}


def change(before: Plan | Outcome, after: Plan | Outcome) -> dict[str, Fraction]:
    """How much each goal's value changes from one plan to another; a last lot is left out: it only breaks ties.

    In the goal's own sense: +1 is worse for a goal to minimise and better for one to maximise. The goals are ranked:
    only the first that changes says whether a plan is better; those after it may well go the other way.
    """
    old, new = worth(before), worth(after)
    return {goal: new[goal] - old[goal] for goal in telling(list(old)) if goal in new}


def near_to(what_if: WhatIf) -> Problem:
    """The problem in which of the best plans the one nearest to the plan at hand is sought, the lot deciding ties."""
    goals = [goal for goal in telling(what_if.problem.scenario.goals) if goal != "changes"]
    known = what_if.plan.assignments[["cadre", "programme", "start"]]
    return replace(with_goals(what_if.problem, [*goals, "changes", *({"lot"} - set(goals))]), earlier=known)


def starts_of(plan: Plan) -> list[tuple[str, str, int]]:
    """cadre, programme, start of each assignment."""
    rows = plan.assignments
    return [(str(c), str(p), int(s)) for c, p, s in zip(rows["cadre"], rows["programme"], rows["start"], strict=True)]


def starts_table(problem: Problem, starts: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    """Starts by the rows of a problem's tables: cadre, programme, start and finish [year], in their order."""
    table = pd.DataFrame(starts, columns=["cadre", "programme", "start"])
    for name, known in (("cadre", problem.cadres), ("programme", problem.programmes)):
        table[name] = pd.Index(known[name]).get_indexer(table[name])
    table["finish"] = table["start"] + problem.programmes["years"].to_numpy()[table["programme"]] - 1
    return table.astype(int)


def without_lot(problem: Problem) -> Problem:
    """The problem without a last goal that only breaks ties, unless it has no other."""
    goals = telling(problem.scenario.goals)
    return with_goals(problem, goals) if goals else problem


def with_goals(problem: Problem, goals: Sequence[str]) -> Problem:
    """The problem with other goals, in their order."""
    ranked = [goal if isinstance(goal, RankedGoal) else RankedGoal.read(goal) for goal in goals]
    return reworded(problem, lambda scenario: scenario.model_copy(update={"goals": ranked}))


def with_pin(problem: Problem, kind: str, *pins: Pin) -> Problem:
    """The problem with further pins of a kind: `require` or `forbid`."""
    old = problem.scenario.pins
    new = old.model_copy(update={kind: [*getattr(old, kind), *pins]})
    return reworded(problem, lambda scenario: scenario.model_copy(update={"pins": new}))


def with_targets(problem: Problem, entries: Mapping[str, Target]) -> Problem:
    """The problem with other targets, of the same members where they have the same names."""
    return reworded(problem, lambda scenario: scenario.model_copy(update={"targets": dict(entries)}))


def with_reached(problem: Problem, *targets: str) -> Problem:
    """The problem in which some targets must be reached, beside those that must be anyway."""
    entries = problem.scenario.targets.items()
    return with_targets(
        problem, {name: entry.model_copy(update={"must": name in targets or entry.must}) for name, entry in entries}
    )


def reworded(problem: Problem, how: Callable[[Scenario], Scenario]) -> Problem:
    """The problem of a scenario that says something else, about the same people.

    Only for what is not resolved into columns of people on loading: seats, pins, goals, weights; not for groups.
    """
    return replace(problem, scenario=how(problem.scenario))
