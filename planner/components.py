"""Parts of a problem that have nothing to do with each other, each solved by itself and side by side.

Cadres of different blocks share no seats, no office and no target; then no row joins their columns, and the tables
fall apart into connected components. Every goal is a sum over columns, so a plan that is best in each part, goal by
goal, is best as a whole: its values and its bounds are the sums of the parts'.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from planner.engines import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, Effort, Matrix
from planner.model import Goal
from planner.ranking import Ranked, Settled, optimise_in_order

PartNews = Callable[[Goal, float, float, int, int], None]  # as News, summed over the parts heard of; how many, of all
SMALL = 500  # columns; parts below this are put together until they are not


@dataclass(frozen=True)
class Part:
    """Some columns and all rows that concern them, as a matrix of their own."""

    rows: np.ndarray
    columns: np.ndarray
    matrix: Matrix


def parts(matrix: Matrix) -> list[Part]:
    """The connected components of a matrix, the largest first; small ones and empty rows together."""
    rows = matrix.terms.shape[0]
    joined = sparse.bmat([[None, matrix.terms], [matrix.terms.T, None]], format="csr")
    _, component = connected_components(joined, directed=False)
    bag = _bags(np.bincount(component[rows:], minlength=component.max(initial=-1) + 1))
    of_row, of_column = bag[component[:rows]], bag[component[rows:]]
    found = []
    for number in range(int(bag.max(initial=-1)) + 1):
        own_rows, own = np.flatnonzero(of_row == number), np.flatnonzero(of_column == number)
        bounds = (matrix.row_lower[own_rows], matrix.row_upper[own_rows], matrix.lower[own], matrix.upper[own])
        found.append(Part(own_rows, own, Matrix(matrix.cost[own], matrix.terms[own_rows][:, own], *bounds)))
    return sorted(found, key=lambda part: -len(part.columns))


def _bags(sizes: np.ndarray) -> np.ndarray:
    """A number for each component, the same for those that are put together."""
    bag = np.zeros(len(sizes), dtype=int)
    number, filled = 0, 0
    for component in np.argsort(-sizes, kind="stable"):
        if filled >= SMALL:
            number, filled = number + 1, 0
        bag[component] = number
        filled += sizes[component]
    return bag


def optimise_parts(
    matrix: Matrix, goals: Sequence[Goal], effort: Effort, gap: float, news: PartNews, owner: np.ndarray
) -> Ranked:
    """Optimise the goals in their order, part by part, as many parts at a time as the effort has workers.

    `owner` says of each column to which cadre it belongs (-1: to none).
    """
    split = parts(matrix) or [Part(np.zeros(0, dtype=int), np.zeros(0, dtype=int), matrix)]
    board = _Board(goals, len(split), news)
    pool = ThreadPoolExecutor(max_workers=effort.workers)
    alone = replace(effort, workers=1)
    work = [
        pool.submit(
            optimise_in_order,
            part.matrix,
            [replace(goal, coefficients=goal.coefficients[part.columns]) for goal in goals],
            alone,
            gap,
            partial(board.tell, place),
            owner[part.columns],
        )
        for place, part in enumerate(split)
    ]
    try:
        return _together(split, goals, _results(work), len(matrix.cost))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _results(work: list[Future[Ranked]]) -> list[Ranked]:
    """The outcomes; if one is infeasible, the others are not waited for. Ctrl-C gets through at once."""
    waiting = set(work)
    done: set[Future[Ranked]] = set()
    while waiting:
        ended, waiting = wait(waiting, timeout=0.1, return_when=FIRST_EXCEPTION)
        done |= ended
        if any(future.result().status == INFEASIBLE for future in ended):
            break
    return [future.result() for future in work if future in done]


def _together(split: list[Part], goals: Sequence[Goal], results: list[Ranked], columns: int) -> Ranked:
    statuses = {result.status for result in results}
    status = next(status for status in (INFEASIBLE, UNKNOWN, FEASIBLE, OPTIMAL) if status in statuses)
    settled = tuple(_sum(goal, [result.goals[place] for result in results]) for place, goal in enumerate(goals))
    if status in (INFEASIBLE, UNKNOWN):
        return Ranked(status, None, settled)
    x = np.zeros(columns)
    for part, result in zip(split, results, strict=True):
        x[part.columns] = result.x
    return Ranked(status, x, settled)


def _sum(goal: Goal, results: Sequence[Settled]) -> Settled:
    statuses = {result.status for result in results}
    return Settled(
        goal,
        next(status for status in (UNKNOWN, FEASIBLE, OPTIMAL) if status in statuses),
        sum(result.value for result in results),
        sum(result.bound for result in results),
        sum(result.seconds for result in results),
    )


class _Board:
    """The latest value and bound of each part, told on as their sums."""

    def __init__(self, goals: Sequence[Goal], number: int, news: PartNews) -> None:
        self.goals = {goal.name: goal for goal in goals}
        self.values = {goal.name: np.full(number, np.inf) for goal in goals}
        self.bounds = {goal.name: np.full(number, -np.inf) for goal in goals}
        self.news = news
        self.lock = threading.Lock()

    def tell(self, place: int, goal: Goal, value: float, bound: float) -> None:
        """A part's news becomes news of the whole."""
        with self.lock:
            self.values[goal.name][place], self.bounds[goal.name][place] = value, bound
            heard = np.isfinite(self.bounds[goal.name])
            total, proven = self.values[goal.name][heard].sum(), self.bounds[goal.name][heard].sum()
            self.news(self.goals[goal.name], float(total), float(proven), int(heard.sum()), len(heard))
