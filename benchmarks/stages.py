"""planner's own solve of a scenario: the seconds of every stage from the file to the report, and when gaps closed."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.solvers import Way
from planner.analysis.what_if import reworded
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.model.build import build_model
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.optimiser.decomposition import parts
from planner.plans.plan import Plan
from planner.plans.run_folder import write_run
from planner.report.html.page import write_report
from planner.solver import Progress, solve_problem

NEAR = {"lot": 0.005}  # the gap at which a goal is near its bound: issue 4, item 3
NEARLY = 0.0005  # of every other goal
BUDGET = ("loading", "options", "model", "cliques", "parts", "run folder", "report")  # all that is not the search

T = TypeVar("T")


def solved_by_stages(scenario: Path, way: Way) -> Iterator[dict[str, Any]]:
    """Load, build and solve a scenario, write its run folder and report.

    Yields the goals as `benchmarks.contestants` has them, then facts: `stages` (name -> seconds; those that the solve
    goes through again are timed once before it), `seconds` of the solve, `solve_megabytes` (the peak until its end),
    `near` (goal -> seconds until its gap was as small as NEAR), `processor` (stage -> processor seconds of all threads,
    the solve included), the size of the instance and the plan's status.
    """
    import resource  # not on Windows

    watch = Watch()
    problem = watch.time("loading", lambda: _allowing(load(scenario), way))
    yield _size(problem, watch)
    news = Nearness()
    plan = watch.time("solve", lambda: solve_problem(problem, news))
    seconds, megabytes = watch.seconds.pop("solve"), peak_megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    yield from plan.goals.to_dict("records")
    near = news.near(plan, seconds)
    yield {"status": plan.status, "seconds": seconds, "solve_megabytes": megabytes, "near": near}
    with tempfile.TemporaryDirectory() as folder:
        if plan.found:
            watch.time("run folder", lambda: write_run(plan, Path(folder) / "run"))
            watch.time("report", lambda: write_report(plan, Path(folder) / "report.html"))
    yield {"stages": watch.seconds, "processor": watch.processor}


def peak_megabytes(maxrss: int) -> float:
    """The peak memory [MB] that a `ru_maxrss` means here."""
    return maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def _allowing(problem: Problem, way: Way) -> Problem:
    """The problem with as much time in all as an engine has goal by goal."""
    own = {
        "time_limit_s": way.limit * len(problem.scenario.goals),
        "workers": way.workers,
        "seed": way.seed,
        "gap": 0.0,
    }
    solver = problem.scenario.solver.model_copy(update=own)
    return reworded(problem, lambda scenario: scenario.model_copy(update={"solver": solver}))


def _size(problem: Problem, watch: Watch) -> dict[str, Any]:
    """What there is of everything; the tables are thrown away again."""
    options = watch.time("options", lambda: admissible_starts(replace(problem)))  # the solve is to find them again
    model = watch.time("model", lambda: build_model(options))
    matrix = watch.time("cliques", lambda: strengthened(model.tables))
    found = watch.time("parts", lambda: parts(matrix))
    rows, columns = model.tables.terms.shape
    return {
        "cadres": len(problem.cadres),
        "starts": len(options),
        "columns": columns,
        "rows": rows,
        "parts": len(found),
        "goals": list(problem.scenario.goals),
    }


@dataclass
class Watch:
    """Seconds by stage, and processor seconds of all threads."""

    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def time(self, stage: str, work: Callable[[], T]) -> T:
        """Do the work of a stage."""
        began, used = time.perf_counter(), time.process_time()
        done = work()
        self.seconds[stage], self.processor[stage] = time.perf_counter() - began, time.process_time() - used
        return done


@dataclass
class Nearness:
    """A listener that notes when each goal's gap was first as small as it has to be."""

    seconds: dict[str, float] = field(default_factory=dict)

    def __call__(self, news: Progress) -> None:
        """Hear of a value and a bound."""
        if news.gap is not None and news.gap <= NEAR.get(news.goal, NEARLY):
            self.seconds.setdefault(news.goal, news.seconds)

    def near(self, plan: Plan, seconds: float) -> dict[str, float | None]:
        """For each goal the seconds; None where the plan is not that near even at the end."""
        near: dict[str, float | None] = {}
        for goal, value, bound in zip(plan.goals["goal"], plan.goals["value"], plan.goals["bound"], strict=True):
            there = value is not None and bound is not None
            there = there and abs(value - bound) <= NEAR.get(goal, NEARLY) * max(abs(value), 1)
            near[goal] = self.seconds.get(goal, seconds) if there else None
        return near
