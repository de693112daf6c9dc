"""A problem solved block by block: each is built and solved elsewhere, and what comes back are starts and figures.

The plan is the one that the whole would give. It is put together from the starts; its tables and the values of its
goals are computed here again, block by block, and its rules are looked at by `planner.verification`. The machine that
asks holds the whole as it was read, the starts, and one block at a time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, wait
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from planner import verification
from planner.analysis.what_if import reworded
from planner.common.cluster import begun
from planner.common.errors import Fault, PlannerError
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.model.blocks import SMALLEST_BLOCK, blocks_of, goals_of_block
from planner.model.goals import kind_of
from planner.model.options import admissible_starts
from planner.plans.columns import TABLES
from planner.plans.plan import Plan, no_plan, plan_of
from planner.plans.tables import number
from planner.solver import OnProgress, Progress, solve_problem, values_of

Figures = tuple[str, Fraction | None, Fraction | None, float]
Found = Sequence[tuple["BlockPlan", Sequence[str]]]
"""The plans of blocks, each with the goals of the whole that it speaks of."""


@dataclass(frozen=True)
class BlockPlan:
    """The plan of a block.

    Attributes
    ----------
    status
        As a plan has it.
    starts
        cadre, programme (codes) and start [year].
    goals
        Status, value, bound, seconds of each goal of the block; value and bound exact, None where there is none.
    """

    status: str
    starts: pd.DataFrame
    goals: list[Figures]


def solve_in_blocks(
    problem: Problem, executor: Executor, on_progress: OnProgress | None = None, least: int = SMALLEST_BLOCK
) -> Plan:
    """The best plan of a problem whose blocks are solved elsewhere; without several blocks, whose parts are.

    Parameters
    ----------
    executor
        Where the blocks are built and solved. The clocks of the machines should agree.
    on_progress
        Told when a block is done.
    least
        Cadres of a block, at least.

    Raises
    ------
    PlannerError
        The executor's machines are lost, or what they answered cannot be true.
    """
    blocks = blocks_of(problem, least)
    if len(blocks) == 1:
        return solve_problem(problem, on_progress, executor=executor)
    began, limit = time.monotonic(), problem.scenario.solver.time_limit_s
    ends = time.time() + limit
    work: list[Future[BlockPlan]] = []
    goals: list[Sequence[str]] = []
    board = _Board(problem, len(blocks), began, on_progress)
    try:
        for block in blocks:
            goals.append(goals_of_block(problem, block))
            work.append(begun(executor, limit, block_plan, block, ends))
        found = _gathered(work, goals, board)
    finally:
        for future in work:
            future.cancel()
    statuses = {each.status for each, _ in found}
    if "infeasible" in statuses:  # found here once more, with the rules in conflict
        left = max(limit - (time.monotonic() - began), 0.0)
        return replace(solve_problem(_within(problem, left)), problem=problem)
    if "time_limit" in statuses:
        return no_plan(problem, "time_limit", _goals(problem, found, None))
    return _whole(problem, blocks, found)


def block_plan(block: Problem, ends: float) -> BlockPlan:
    """Build and solve a block by its end [seconds since 1970]; what a worker does."""
    plan = solve_problem(_within(block, max(ends - time.time(), 0.0)))
    columns = [plan.goals[name].tolist() for name in ("status", "value", "bound", "seconds")]
    goals: list[Figures] = [
        (status, _exact(value), _exact(bound), seconds) for status, value, bound, seconds in zip(*columns, strict=True)
    ]
    starts = plan.assignments[["cadre", "programme", "start"]] if plan.found else pd.DataFrame()
    return BlockPlan(plan.status, starts, goals)


def _exact(figure: Any) -> Fraction | None:
    return None if figure is None or pd.isna(figure) else Fraction(str(figure))


def _within(problem: Problem, seconds: float) -> Problem:
    """The problem with as much time as is left, and one worker: others have other blocks."""
    solver = problem.scenario.solver.model_copy(update={"time_limit_s": seconds, "workers": 1})
    return reworded(problem, lambda scenario: scenario.model_copy(update={"solver": solver}))


@dataclass
class _Board:
    """News of the blocks that are done, as sums."""

    problem: Problem
    blocks: int
    began: float
    on_progress: OnProgress | None
    done: list[tuple[BlockPlan, Sequence[str]]] = field(default_factory=list)

    def tell(self, found: BlockPlan, goals: Sequence[str]) -> None:
        """Count one more."""
        self.done.append((found, goals))
        if self.on_progress is None:
            return
        seconds = time.monotonic() - self.began
        for name in self.problem.scenario.goals:
            figures = _of(self.done, name)
            value, bound = _sum(figures, 1), _sum(figures, 2)
            told = [None if figure is None else number(figure) for figure in (value, bound)]
            self.on_progress(Progress(name, told[0], told[1], seconds, len(self.done), self.blocks))


def _gathered(work: Sequence[Future[BlockPlan]], goals: Sequence[Sequence[str]], board: _Board) -> Found:
    """The plans of the blocks in their order, or as many as came until one had none; Ctrl-C gets through at once."""
    waiting, places = set(work), {future: place for place, future in enumerate(work)}
    came: dict[int, BlockPlan] = {}
    while waiting:
        ended, waiting = wait(waiting, timeout=0.1, return_when=FIRST_EXCEPTION)
        for future in ended:
            found, place = future.result(), places[future]
            if not isinstance(found, BlockPlan) or len(found.goals) != len(goals[place]):
                raise PlannerError(Fault("cluster_untrue", {"what": type(found).__name__}))
            came[place] = found
            board.tell(found, goals[place])
        if any(found.status == "infeasible" for found in came.values()):
            break
    return [(came[place], goals[place]) for place in sorted(came)]


def _whole(problem: Problem, blocks: Sequence[Problem], found: Found) -> Plan:
    """The plan of all starts, if it can be true; of one block after another, none of which is kept."""
    proven = all(each.status == "optimal" for each, _ in found)
    values = dict.fromkeys(problem.scenario.goals, Fraction(0))
    tables: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES if name != "goals"}
    for block, (each, goals) in zip(blocks, found, strict=True):
        try:
            part, own = _part(block, each)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise PlannerError(Fault("cluster_untrue", {"what": f"{type(error).__name__}: {error}"})) from None
        for name, parts in tables.items():
            parts.append(getattr(part, name))
        for name, value in zip(goals, own, strict=True):
            values[RankedGoal.read(name)] += value
    whole = {name: _together(problem, name, parts) for name, parts in tables.items()}
    return Plan(problem, "optimal" if proven else "feasible", **whole, goals=_goals(problem, found, values))


def _part(block: Problem, found: BlockPlan) -> tuple[Plan, list[Fraction]]:
    """The plan of a block and the values of its goals, computed here.

    Raises
    ------
    ValueError
        A start is not admissible, a rule is broken, a value is not the plan's, or a bound is better than it.
    """
    options = admissible_starts(block)
    chosen = np.flatnonzero(options.having(_rows(block, found.starts)))
    if len(chosen) != len(found.starts):
        raise ValueError("starts")
    plan = plan_of(options, chosen, found.status, pd.DataFrame())
    for broken in verification.plan_findings(block, plan.assignments):
        raise ValueError(f"{broken.rule} {broken.where}")
    values = values_of(plan, options, chosen)
    own = [values[name] for name in block.scenario.goals]
    for name, value, (status, told, bound, _) in zip(block.scenario.goals, own, found.goals, strict=True):
        sign = 1 if kind_of(name).sense == "min" else -1
        if (status == "optimal" and value != told) or (bound is not None and sign * bound > sign * value):
            raise ValueError(name)
    return plan, own


def _together(problem: Problem, name: str, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """A table of the whole from those of its blocks, its rows in the order that the whole gives them."""
    filled = [table for table in tables if len(table)]
    if not filled:
        return tables[0]
    every = pd.concat(filled, ignore_index=True)
    if name not in ("assignments", "absence"):  # of cells that are empty in one block only
        rows = [row for table in filled for row in table.astype(object).to_numpy().tolist()]
        every = pd.DataFrame(rows, columns=every.columns)
    key = str(every.columns[0])
    ranks = [pd.Index(_order(problem)[key]).get_indexer(pd.Index(every[key]))]
    if name == "assignments":
        programmes = pd.Index(problem.programmes["programme"])
        ranks = [programmes.get_indexer(pd.Index(every["programme"])), every["start"].to_numpy(), *ranks]
    return every.iloc[np.lexsort(ranks)].reset_index(drop=True)


def _order(problem: Problem) -> dict[str, list[str]]:
    """What a table's first column names, in the order of the whole."""
    scenario = problem.scenario
    named = {"target": list(scenario.targets), "pool": list(scenario.seats), "share": list(scenario.shares)}
    return {**named, "cadre": problem.cadres["cadre"].tolist(), "agency": problem.agencies["agency"].tolist()}


def _rows(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    """Starts by the rows of the problem's tables."""
    cadres, programmes = pd.Index(problem.cadres["cadre"]), pd.Index(problem.programmes["programme"])
    return pd.DataFrame(
        {
            "cadre": cadres.get_indexer(starts["cadre"]),
            "programme": programmes.get_indexer(starts["programme"]),
            "start": starts["start"].astype(int),
        }
    )


def _goals(problem: Problem, found: Found, values: Mapping[RankedGoal, Fraction] | None) -> pd.DataFrame:
    """goal, sense, value, bound, status, seconds of the whole; `values` are the plan's own."""
    rows = []
    for name in problem.scenario.goals:
        figures = _of(found, name)
        proven = all(status == "optimal" for status, *_ in figures)
        status = "optimal" if proven else "feasible" if values is not None else "time_limit"
        ends = None if values is None else values[name], _sum(figures, 2)
        shown = [None if figure is None else number(figure) for figure in ends]
        rows.append((name, kind_of(name).sense, *shown, status, round(sum(each[3] for each in figures), 3)))
    columns = ["goal", "sense", "value", "bound", "status", "seconds"]
    return pd.DataFrame(rows, columns=columns, dtype=object).astype({"seconds": float})


def _of(found: Found, name: str) -> list[Figures]:
    """The figures of a goal in every block that has some of its entries."""
    return [each.goals[list(goals).index(name)] for each, goals in found if name in goals]


def _sum(figures: Sequence[Figures], place: int) -> Fraction | None:
    """The sum of values or bounds; None where one is not there."""
    own = [each[place] for each in figures]
    return (
        None
        if any(each is None for each in own)
        else sum((each for each in own if isinstance(each, Fraction)), Fraction(0))
    )
