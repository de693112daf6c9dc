"""From a problem to a plan: options, model, the ranked goals one after another. Only wiring."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd
from scipy import sparse

from planner.common.errors import Fault, PlannerError
from planner.infeasibility import conflict
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin, RankedGoal
from planner.model.build import build_model, goal_of
from planner.model.goals import kind_of
from planner.model.matrix import strengthened
from planner.model.options import Options, admissible_starts
from planner.model.rows import Limit, ModelTables
from planner.optimiser.answers import UntrueAnswerError
from planner.optimiser.decomposition import SolveCache, optimise_parts
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import LexicographicResult, SettledGoal
from planner.plans.columns import TABLES
from planner.plans.plan import Plan, no_plan, plan_of
from planner.plans.tables import number


@dataclass(frozen=True)
class Progress:
    """News of a solve: the goal at work, its value and proven bound so far, in its own sense; seconds since the start.

    A value is None while no plan is known. The problem may fall apart into parts that are solved by themselves: value
    and bound are sums over the `parts` heard of, out of `of_parts`.
    """

    goal: str
    value: int | float | None
    bound: int | float | None
    seconds: float
    parts: int = 1
    of_parts: int = 1

    @property
    def gap(self) -> float | None:
        """The distance between value and bound, relative to the value."""
        if self.value is None or self.bound is None or self.parts < self.of_parts:
            return None
        return abs(self.value - self.bound) / max(abs(self.value), 1)


OnProgress = Callable[[Progress], None]


def solve_problem(
    problem: Problem,
    on_progress: OnProgress | None = None,
    cache: SolveCache | None = None,
    executor: Executor | None = None,
    more: Mapping[Limit, int] | None = None,
    wish: Pin | None = None,
    within: Mapping[RankedGoal, int] | None = None,
) -> Plan:
    """The best plan of a problem, each goal proven where the time allows; or why there is none.

    Parameters
    ----------
    on_progress
        Told of every value and bound as they are found.
    cache
        Parts of other problems proven before: of a problem that differs little, only that little is solved.
    executor
        Where the parts of the problem are solved, a Dask cluster for one; in threads of this process without it.
    more
        What if: so many more (or fewer) than the limit of a row, by its rule and key, as ("seats", (pool, year)).
    wish
        Of the best plans one with a start that this pin matches, if there is one. It breaks ties and costs nothing.
    within
        What if: goals to minimise that may be no worse than a value, whether the scenario ranks them or not.

    Raises
    ------
    PlannerError
        What the executor's machines answered cannot be true, or they do not answer.
    """
    began = time.monotonic()
    settings = problem.scenario.solver
    effort = SolveLimits(began + settings.time_limit_s, settings.workers, settings.seed)
    options = admissible_starts(problem)
    model = build_model(options)
    tables = model.tables.allowing(more or {})
    matrix = no_worse(strengthened(tables), tables, within or {})
    wishes = () if wish is None else (_wish(options, wish, len(tables.upper)),)
    offsets = {goal.name: kind_of(goal.name).constant(problem) for goal in model.goals}

    def news(goal: Goal, value: float, bound: float, parts: int, of_parts: int) -> None:
        if on_progress is not None and goal.name in offsets:
            shown, proven = (_shown(goal, figure, offsets[goal.name]) for figure in (value, bound))
            on_progress(Progress(goal.name, shown, proven, time.monotonic() - began, parts, of_parts))

    ranked_goals = (*model.goals, *wishes)
    try:
        ranked = optimise_parts(matrix, ranked_goals, effort, settings.gap, news, tables.owner, cache, executor)
    except UntrueAnswerError as error:
        raise PlannerError(Fault("cluster_untrue", {"what": str(error)})) from None
    goals = goal_table(ranked, offsets)
    if ranked.x is not None:
        chosen = np.flatnonzero(ranked.x[: len(options)] > 0.5)
        plan = plan_of(options, chosen, ranked.status, goals)
        return replace(plan, goals=_as_planned(plan, chosen, ranked, offsets))
    if ranked.status == INFEASIBLE:
        return no_plan(problem, INFEASIBLE, goals, conflict(tables, effort))
    return no_plan(problem, "time_limit", goals)


def no_worse(
    matrix: IntegerProgram, tables: ModelTables, within: Mapping[RankedGoal, int] | Mapping[RankedGoal, Fraction]
) -> IntegerProgram:
    """The matrix with a row for each goal that is kept within a value."""
    problem = tables.options.problem
    for name, value in within.items():
        goal = goal_of(name, tables)
        most = math.floor((value - kind_of(name).constant(problem)) * goal.scale)
        row = sparse.csr_matrix(goal.coefficients.reshape(1, -1))
        matrix = matrix.with_rows(row, np.array([-np.inf]), np.array([float(most)]))
    return matrix


def _wish(options: Options, pin: Pin, columns: int) -> Goal:
    """A last goal: as many starts that the pin matches as can be."""
    return Goal("wish", "max", np.append(-1.0 * options.matching(pin), np.zeros(columns - len(options))), Fraction(1))


def goal_table(ranked: LexicographicResult, offsets: dict[str, int]) -> pd.DataFrame:
    """goal, sense, value, bound, status, seconds; `offsets` are what each goal's value has beside its columns."""
    rows = []
    for settled in ranked.goals:
        if settled.goal.name not in offsets:  # a wish
            continue
        goal, offset = settled.goal, offsets[settled.goal.name]
        value, bound = _shown(goal, settled.value, offset), _shown(goal, settled.bound, offset)
        rows.append((goal.name, goal.sense, value, bound, _status(settled, ranked), round(settled.seconds, 3)))
    columns = ["goal", "sense", "value", "bound", "status", "seconds"]
    return pd.DataFrame(rows, columns=columns, dtype=object).astype({"seconds": float})  # whole numbers stay whole


def _as_planned(plan: Plan, chosen: np.ndarray, ranked: LexicographicResult, offsets: dict[str, int]) -> pd.DataFrame:
    """The table of the goals, every value that of the plan.

    What a search that was cut short knows is no more than a limit of it: a shortfall may stand higher in its matrix
    than the plan's, and a goal may have become better while a later one was optimised.
    """
    goals, tables = plan.goals.copy(), {name: getattr(plan, name) for name in TABLES}
    own = [settled.goal for settled in ranked.goals if settled.goal.name in offsets]
    values = [_of_plan(goal, plan.problem, tables, chosen, offsets[goal.name]) for goal in own]
    for goal, told, value, status in zip(own, goals["value"], values, goals["status"], strict=True):
        if status == OPTIMAL and told != value:
            raise ArithmeticError(f"{goal.name} was proven to be {told} and is {value}")
    return goals.assign(value=pd.Series(values, dtype=object))


def _of_plan(
    goal: Goal, problem: Problem, tables: Mapping[str, pd.DataFrame], chosen: np.ndarray, offset: int
) -> int | float:
    """The value of a goal by the plan's starts, or by its tables."""
    return number(_exactly(goal, problem, tables, chosen, offset))


def _exactly(
    goal: Goal, problem: Problem, tables: Mapping[str, pd.DataFrame], chosen: np.ndarray, offset: int
) -> Fraction:
    kind = kind_of(goal.name)
    if kind.measured is not None:
        return kind.measured(problem, tables, RankedGoal.read(goal.name).entries)
    whole = sum(int(value) for value in goal.coefficients[chosen])
    return Fraction(whole * goal.sign) / goal.scale + offset


def values_of(plan: Plan, options: Options, chosen: np.ndarray) -> dict[str, Fraction]:
    """The exact value of each ranked goal, by the chosen options and the plan's tables; no rows are written for it."""
    problem, none = plan.problem, sparse.csr_matrix((0, len(options)))
    starts = ModelTables(options, (), (), none)
    tables = {name: getattr(plan, name) for name in TABLES}
    return {
        name: _exactly(goal_of(name, starts), problem, tables, chosen, kind_of(name).constant(problem))
        for name in problem.scenario.goals
    }


def _status(settled: SettledGoal, ranked: LexicographicResult) -> str:
    """optimal, feasible, or what stopped the search."""
    if ranked.status == INFEASIBLE:
        return INFEASIBLE
    return "time_limit" if settled.status == "unknown" else settled.status


def _shown(goal: Goal, value: float, offset: int) -> int | float | None:
    """A value of the form to minimise as the goal itself has it."""
    return number(Fraction(round(value) * goal.sign) / goal.scale + offset) if np.isfinite(value) else None
