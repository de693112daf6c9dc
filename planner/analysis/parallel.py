"""Many questions about one case, side by side in processes or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from math import ceil, inf
from typing import TypeVar

from planner.analysis.what_if import WhatIf
from planner.common.cluster import begun
from planner.common.errors import Fault, PlannerError, StoppedError, TaskCrashedError
from planner.common.progress import OnProgress, silent
from planner.common.workers import THIS_MACHINE, Parallel, workplace
from planner.inputs.problem import Problem
from planner.optimiser.integer_program import not_wanted

__all__ = ["EngineResult", "OnAnswers", "OnProgress", "answers", "silent"]

Q = TypeVar("Q")
A = TypeVar("A")

AT_A_TIME = 60  # questions handed to one process at least: to start it takes as long as some twenty answers
LOOK = 0.1  # between two looks at whether the answers are still wanted [seconds]
ROUNDS = 16  # times that each worker is handed questions at most, so that news comes often enough

OnAnswers = Callable[[Sequence[int], Sequence[A]], None]
EngineResult = Callable[[WhatIf, Q], A]  # a function at the top of a module


def answers(
    answer: EngineResult[Q, A],
    case: WhatIf | Problem,
    questions: Sequence[Q],
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
    on_answers: OnAnswers[A] | None = None,
    seconds: Sequence[float] = (),
) -> list[A]:
    """The answers to all questions, in their order.

    Where a process dies its questions are asked again, each in a process of its own; other processes lose nothing.

    Parameters
    ----------
    case
        A case goes to every process with all that it has proven; of a problem each process makes one for itself.
    parallel
        Where they are answered.
    on_answers
        Told of answers as they come: the places of their questions, and themselves.
    seconds
        What each question may take, if that is known: a cluster is held to it.

    Raises
    ------
    TaskCrashedError
        A question takes down its process by itself.
    StoppedError
        The answers are not wanted any more (`planner.analysis.stopping`).
    PlannerError
        A cluster is lost, or answers what cannot be true.
    """
    found: dict[int, A] = {}
    problem = case.problem if isinstance(case, WhatIf) else case
    usual = problem.scenario.solver.time_limit_s  # for the best plan as things are, once
    on_progress(0, len(questions))
    with workplace(parallel) as (place_of_work, workers):
        size = min(max(AT_A_TIME, ceil(len(questions) / (ROUNDS * workers))), ceil(len(questions) / workers)) or 1
        work: dict[Future[list[A]], list[int]] = {}

        def hand_over(places: list[int]) -> None:
            asked = [questions[place] for place in places]
            limit = usual + sum(seconds[place] for place in places) if seconds else inf
            if isinstance(place_of_work, ThreadPoolExecutor):  # what holds in this thread holds in those
                work[place_of_work.submit(copy_context().run, _answered, answer, case, asked)] = places
                return
            work[begun(place_of_work, limit, _answered, answer, case, asked)] = places

        for first in range(0, len(questions), size):
            hand_over(list(range(first, min(first + size, len(questions)))))
        try:
            while work:
                future = _first_done(work)
                places = work.pop(future)
                try:
                    came = _whole(future.result(), len(places))
                    found |= zip(places, came, strict=True)
                    if on_answers is not None:
                        on_answers(places, came)
                except TaskCrashedError:
                    if len(places) == 1:
                        raise
                    for place in places:
                        hand_over([place])
                on_progress(len(found), len(questions))
        finally:
            for future in work:  # what is left of a batch that ends early is not wanted any more
                future.cancel()
    return [found[place] for place in range(len(questions))]


def _first_done(work: Collection[Future[A]]) -> Future[A]:
    """The first of several futures that is done, while the answers are wanted."""
    event = not_wanted()
    while True:
        done, _ = wait(work, None if event is None else LOOK, FIRST_COMPLETED)
        if event is not None and event.is_set():
            raise StoppedError
        if done:
            return done.pop()


def _whole(came: list[A], number: int) -> list[A]:
    """The answers of a batch, as many as were asked for."""
    if not isinstance(came, list) or len(came) != number:
        raise PlannerError(Fault("cluster_untrue", {"what": f"{type(came).__name__}, {number}"}))
    return came


def _answered(answer: EngineResult[Q, A], case: WhatIf | Problem, questions: Sequence[Q]) -> list[A]:
    what_if = case if isinstance(case, WhatIf) else WhatIf(case)
    return [answer(what_if, question) for question in questions]
