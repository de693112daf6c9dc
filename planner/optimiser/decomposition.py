"""Parts of a problem that share no row and no column, each solved by itself and side by side.

Cadres of different blocks share no seats, no office and no target; then no row joins their columns, and the tables
fall apart into connected components. Every goal is a sum over columns, so a plan that is best in each part, goal by
goal, is best as a whole: its values and its bounds are the sums of the parts'. What holds of one part holds wherever
it is met again, so a `SolveCache` of proven parts leaves a problem that differs from another in one part only that one
to solve; and a part needs nothing but itself, so it can be solved on another machine.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy import sparse

from planner.optimiser.answers import Told, believed, told
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import LexicographicResult, OnGoalProgress, SettledGoal, optimise_in_order

OnPartProgress = Callable[
    [Goal, float, float, int, int], None
]  # as News, summed over the parts heard of; how many, of all
LATE = 120.0  # seconds for which an answer from elsewhere is waited for after its time
SMALLEST_PART = 500  # columns; parts below this are put together until they are not


@dataclass(frozen=True)
class Part:
    """Some columns and all rows that concern them, as a matrix of their own."""

    rows: np.ndarray
    columns: np.ndarray
    matrix: IntegerProgram


class SolveCache:
    """Parts proven before, each known by all that it says: rows, bounds, goals, owners, gap. Threads may share it."""

    def __init__(self) -> None:
        self._known: dict[bytes, LexicographicResult] = {}

    def recall(self, key: bytes) -> LexicographicResult | None:
        """What is known of a part."""
        return self._known.get(key)

    def keep(self, key: bytes, ranked: LexicographicResult) -> None:
        """Remember a part, if there is nothing left to find out about it."""
        if ranked.status in (OPTIMAL, INFEASIBLE):
            self._known[key] = ranked


def parts(matrix: IntegerProgram) -> list[Part]:
    """The connected components of a matrix, the largest first; small ones and empty rows together."""
    rows, columns = connected(matrix.terms)
    sizes = np.bincount(columns, minlength=max(rows.max(initial=-1), columns.max(initial=-1)) + 1)
    bag = bags(sizes, SMALLEST_PART)
    of_row, of_column = bag[rows], bag[columns]
    found = []
    for number in range(int(bag.max(initial=-1)) + 1):
        own_rows, own = np.flatnonzero(of_row == number), np.flatnonzero(of_column == number)
        found.append(Part(own_rows, own, matrix.part(own_rows, own)))
    return sorted(found, key=lambda part: -len(part.columns))


def connected(terms: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """The number of the connected component of each row and of each column."""
    from scipy.sparse.csgraph import connected_components  # a tenth of a second, which a report need not wait for

    rows = terms.shape[0]
    joined = sparse.bmat([[None, terms], [terms.T, None]], format="csr")
    _, component = connected_components(joined, directed=False)
    return component[:rows], component[rows:]


def bags(sizes: np.ndarray, least: int) -> np.ndarray:
    """A number for each component, from the largest on, the same for those put together until they are `least`."""
    bag = np.zeros(len(sizes), dtype=int)
    number, filled = 0, 0
    for component in np.argsort(-sizes, kind="stable"):
        if filled >= least:
            number, filled = number + 1, 0
        bag[component] = number
        filled += sizes[component]
    return bag


def optimise_parts(
    matrix: IntegerProgram,
    goals: Sequence[Goal],
    effort: SolveLimits,
    gap: float,
    on_progress: OnPartProgress,
    owner: np.ndarray,
    cache: SolveCache | None = None,
    executor: Executor | None = None,
) -> LexicographicResult:
    """Optimise the goals in their order, part by part, as many parts at a time as the effort has workers.

    The smallest parts come first: if one of them has no plan, nothing is lost on the others. Then the largest.

    Parameters
    ----------
    owner
        For each column the cadre it belongs to; -1: none.
    memory
        Parts proven before; what is proven now is added.
    executor
        Where the parts are solved, perhaps on another machine: all at once; `on_progress` comes when a part is done.
        The clocks of the machines should agree: the deadline holds there too. What comes back is looked at before it
        is believed (`planner.optimiser.answers`); that a part has no plan is found out here once more.

    Raises
    ------
    UntrueAnswerError
        What came back cannot be true.
    """
    split = parts(matrix) or [Part(np.zeros(0, dtype=int), np.zeros(0, dtype=int), matrix)]
    board = _Board(goals, len(split), on_progress)
    cache = cache if cache is not None else SolveCache()
    tasks = [
        _Task(part.matrix, [goal.over(part.columns) for goal in goals], owner[part.columns], gap) for part in split
    ]
    keys = [task.key() for task in tasks]
    pool = ThreadPoolExecutor(max_workers=effort.workers)
    alone, ends = replace(effort, workers=1), time.time() + effort.seconds
    begun: dict[int, Future[LexicographicResult]] = {}
    try:
        for number in sorted(range(len(split)), key=lambda number: len(split[number].columns) >= SMALLEST_PART):
            task, known = tasks[number], cache.recall(keys[number])
            if known is not None:
                future: Future[LexicographicResult] = Future()
                future.set_result(known)
            elif executor is not None:
                future = _looked_at(executor.submit(_elsewhere, task, alone.seed, alone.engine, ends), task)
            else:
                future = pool.submit(task.done, alone, partial(board.tell, number))
            future.add_done_callback(partial(board.tell_all, number))
            begun[number] = future
        work = [begun[number] for number in range(len(split))]
        found = _results(work, math.inf if executor is None else ends + LATE)
        if executor is not None:
            found = _proven_here(found, tasks, alone)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for future in begun.values():
            future.cancel()
    for number, result in found.items():
        cache.keep(keys[number], result)
    if not any(result.status == INFEASIBLE for result in found.values()):
        nothing = LexicographicResult(UNKNOWN, None, tuple(map(SettledGoal, goals)))
        found = {number: found.get(number, nothing) for number in range(len(split))}
    return _together(split, goals, list(found.values()), len(matrix.cost))


@dataclass(frozen=True)
class _Task:
    """All that the solving of one part needs to know."""

    matrix: IntegerProgram
    goals: list[Goal]
    owner: np.ndarray
    gap: float

    def done(self, effort: SolveLimits, on_progress: OnGoalProgress) -> LexicographicResult:
        """Solve it here."""
        return optimise_in_order(self.matrix, self.goals, effort, self.gap, on_progress, self.owner)

    def key(self) -> bytes:
        """What tells it from every task with another answer."""
        matrix, terms = self.matrix, self.matrix.terms
        digest = hashlib.sha256(repr((terms.shape, self.gap, [(g.name, g.step, g.sense) for g in self.goals])).encode())
        _, owner = np.unique(self.owner, return_inverse=True)  # the same people may have other numbers
        bounds = (matrix.row_lower, matrix.row_upper, matrix.lower, matrix.upper)
        weights = (goal.coefficients for goal in self.goals)
        for array in (terms.indptr, terms.indices, terms.data, *bounds, (self.owner >= 0), owner, *weights):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.digest()


def _elsewhere(task: _Task, seed: int, engine: str, ends: float) -> Told:
    """Solve a task in another process or on another machine; what comes back are texts and numbers."""
    effort = SolveLimits(time.monotonic() + max(0.0, ends - time.time()), 1, seed, engine)
    return told(task.done(effort, lambda *on_progress: None))


def _looked_at(theirs: Future[Told], task: _Task) -> Future[LexicographicResult]:
    """What another machine tells of a task, as a result once it is found that it can be true."""
    ours: Future[LexicographicResult] = Future()
    ours.add_done_callback(lambda done: theirs.cancel() if done.cancelled() else None)

    def came(_: Future[Told]) -> None:
        if theirs.cancelled() or not ours.set_running_or_notify_cancel():
            return
        try:
            ours.set_result(believed(theirs.result(), task.matrix, task.goals, task.gap))
        except Exception as error:  # noqa: BLE001 -- raised where the result is asked for
            ours.set_exception(error)

    theirs.add_done_callback(came)
    return ours


def _proven_here(
    found: Mapping[int, LexicographicResult], tasks: Sequence[_Task], effort: SolveLimits
) -> dict[int, LexicographicResult]:
    """The results, where those without a plan are found here once more: what is impossible nobody else says."""
    return {
        number: tasks[number].done(effort, lambda *on_progress: None) if result.status == INFEASIBLE else result
        for number, result in found.items()
    }


def _results(work: Sequence[Future[LexicographicResult]], ends: float) -> dict[int, LexicographicResult]:
    """The outcomes by their places; if one is infeasible, the others are not waited for. Ctrl-C gets through at once.

    Nor is what has not come by an end [seconds since 1970].
    """
    waiting = set(work)
    done: set[Future[LexicographicResult]] = set()
    while waiting and time.time() < ends:
        ended, waiting = wait(waiting, timeout=0.1, return_when=FIRST_EXCEPTION)
        done |= ended
        if any(future.result().status == INFEASIBLE for future in ended):
            break
    return {number: future.result() for number, future in enumerate(work) if future in done}


def _together(
    split: list[Part], goals: Sequence[Goal], results: list[LexicographicResult], columns: int
) -> LexicographicResult:
    statuses = {result.status for result in results}
    status = next(status for status in (INFEASIBLE, UNKNOWN, FEASIBLE, OPTIMAL) if status in statuses)
    settled = tuple(_sum(goal, [result.goals[index] for result in results]) for index, goal in enumerate(goals))
    if status in (INFEASIBLE, UNKNOWN):
        return LexicographicResult(status, None, settled)
    x = np.zeros(columns)
    for part, result in zip(split, results, strict=True):
        x[part.columns] = result.x
    return LexicographicResult(status, x, settled)


def _sum(goal: Goal, results: Sequence[SettledGoal]) -> SettledGoal:
    statuses = {result.status for result in results}
    return SettledGoal(
        goal,
        next(status for status in (UNKNOWN, FEASIBLE, OPTIMAL) if status in statuses),
        sum(result.value for result in results),
        sum(result.bound for result in results),
        sum(result.seconds for result in results),
    )


class _Board:
    """The latest value and bound of each part, told on as their sums."""

    def __init__(self, goals: Sequence[Goal], number: int, on_progress: OnPartProgress) -> None:
        self.goals = {goal.name: goal for goal in goals}
        self.values = {goal.name: np.full(number, np.inf) for goal in goals}
        self.bounds = {goal.name: np.full(number, -np.inf) for goal in goals}
        self.on_progress = on_progress
        self.lock = threading.Lock()

    def tell_all(self, part: int, done: Future[LexicographicResult]) -> None:
        """Pass on the goals of a part that has ended; nothing of one that failed or was cancelled."""
        if not done.cancelled() and done.exception() is None:
            for settled in done.result().goals:
                self.tell(part, settled.goal, settled.value, settled.bound)

    def tell(self, part: int, goal: Goal, value: float, bound: float) -> None:
        """Pass on the sums over all parts heard of, now that a part has a new value or bound."""
        with self.lock:
            self.values[goal.name][part], self.bounds[goal.name][part] = value, bound
            heard = np.isfinite(self.bounds[goal.name])
            total, proven = self.values[goal.name][heard].sum(), self.bounds[goal.name][heard].sum()
            self.on_progress(self.goals[goal.name], float(total), float(proven), int(heard.sum()), len(heard))
