"""Futures in which the plan is made again every year, after what happened in it (`docs/reference/risk.md`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planner.analysis.risk.futures import draw_futures
from planner.common.cluster import begun
from planner.common.drafts import scratch_folder
from planner.common.errors import Fault, PlannerError
from planner.common.workers import THIS_MACHINE, Parallel, workplace
from planner.inputs.problem import Problem
from planner.model.futures.careers import Career, careers_of, events_of, lived
from planner.model.futures.draws import PER_STEP, Draws
from planner.model.futures.rates import rates_of
from planner.plans.plan import Plan
from planner.plans.run_folder import Run, read_run, write_run
from planner.plans.verdicts import untold
from planner.solver import solve_problem
from planner.years.events import GONE, Event
from planner.years.ledger import gather
from planner.years.successor import succeed

Start = tuple[str, str, int, int]
"""Cadre, programme, start, finish [year]."""
COLUMNS = ("future", "shortfall", "recourse", "starts", "stopped")


@dataclass(frozen=True)
class Remade:
    """A future in which the plan was made again.

    Attributes
    ----------
    future
        Its place, from 0.
    shortfall, recourse
        The weighted shortfall with the plan as it was, and with the plans made again: of the targets that can be told
        of the plan as it was.
    starts
        Every start of every plan in the year in which it stood.
    stopped
        The year for which no plan was found, so that the one before went on; None: every year had its own.
    """

    future: int
    shortfall: float
    recourse: float
    starts: tuple[Start, ...]
    stopped: int | None = None


def with_recourse(
    run: Run,
    number: int,
    seed: int,
    on_futures: Callable[[int, int], None] | None = None,
    parallel: Parallel = THIS_MACHINE,
) -> list[Remade]:
    """The first futures of a seed, in each of which the plan is made again as every later year begins.

    The run's problem holds the rates. Each future is a task of its own, in a process or on a cluster.
    """
    found: list[Remade] = []
    with workplace(parallel) as (place_of_work, _):
        limit = run.problem.scenario.solver.time_limit_s * len(run.problem.years)
        work: list[Future[Remade]] = [
            begun(place_of_work, limit, remade, run.folder, run.problem, seed, future) for future in range(number)
        ]
        for each in as_completed(work):
            found.append(_whole(each.result()))
            if on_futures is not None:
                on_futures(len(found), number)
    return sorted(found, key=lambda each: each.future)


def _whole(found: object) -> Remade:
    """What a cluster may have answered, if it is what was asked for."""
    if not isinstance(found, Remade):
        raise PlannerError(Fault("cluster_untrue", {"what": type(found).__name__}))
    return found


def remade(folder: Path, problem: Problem, seed: int, future: int) -> Remade:
    """One future: each year what is drawn goes into a ledger, and the plan is made again from the next year on."""
    run = replace(read_run(folder), problem=problem)
    first = run.plan()
    plan, years = first, [int(year) for year in problem.years]
    starts: list[Start] = []
    stopped: int | None = None
    last = years[-1]
    with scratch_folder() as drafts:
        for year in years[:-1]:
            starts += _starts(plan, range(year, year + 1))
            happened = tuple(_happened(plan, seed, future, year))
            if {event.cadre for event in happened if event.kind in GONE} == {*run.problem.cadres["cadre"]}:
                last = year  # nobody is left for whom to plan
                break
            news = gather(run, more=happened)
            again = solve_problem(succeed(run, news, year + 1).problem)
            if not again.found:
                stopped = year + 1
                break
            write_run(again, drafts / str(year + 1))
            run = read_run(drafts / str(year + 1))
            plan = run.plan()
    starts += _starts(plan, range(stopped or years[-1], last + 1))
    before, after = (
        _shortfall(problem, each, seed, future, untold(first)) for each in (first.starts, _rows(problem, starts))
    )
    return Remade(future, before, after, tuple(starts), stopped)


def _starts(plan: Plan, years: range) -> list[Start]:
    table = plan.assignments[plan.assignments["start"].isin(years)]
    columns = table[["cadre", "programme", "start", "finish"]].itertuples(index=False, name=None)
    return [(str(cadre), str(programme), int(start), int(finish)) for cadre, programme, start, finish in columns]


def _rows(problem: Problem, starts: Sequence[Start]) -> pd.DataFrame:
    """Starts by the rows of the problem's tables."""
    table = pd.DataFrame(starts, columns=["cadre", "programme", "start", "finish"])
    cadres, programmes = pd.Index(problem.cadres["cadre"]), pd.Index(problem.programmes["programme"])
    return table.assign(
        cadre=cadres.get_indexer(table["cadre"]), programme=programmes.get_indexer(table["programme"])
    ).astype(int)


def _window(future: int) -> int:
    """The first place of the few futures that are drawn to have one."""
    return future - future % PER_STEP


def _shortfall(problem: Problem, starts: pd.DataFrame, seed: int, future: int, left_out: Collection[str]) -> float:
    """The weighted shortfall of one future, without some targets."""
    first = _window(future)
    found = draw_futures(problem, starts, PER_STEP, seed, first=first, hinged=False)
    return float(found.without(left_out).weighted[future - first])


# --- what happens in a year -----------------------------------------------------------------------------------------


def _happened(plan: Plan, seed: int, future: int, year: int) -> Iterator[Event]:
    """The events of one year in one future, as a ledger has them."""
    problem = plan.problem
    draws = Draws(seed, _window(future), PER_STEP)
    for career in careers_of(problem, plan.starts, rates_of(problem)):
        if career.at_risk:
            yield from _of_career(career, draws, future % PER_STEP, year)


def _of_career(career: Career, draws: Draws, place: int, year: int) -> Iterator[Event]:
    """A transfer out of the scheme is an event `left`: the ledger's `transferred` stays inside it."""
    events = events_of(career, draws)
    begins, ends = dt.date(year, 1, 1), dt.date(year, 12, 31)
    for (when, happens), (_, event, _) in zip(events.leaving, career.leaving, strict=True):
        if when == year and happens[place]:
            yield Event("retired" if event == "retired" else "left", begins, career.cadre)
            return
    found = lived(career, events, draws.count)
    for number, study in enumerate(career.studies):
        declines = events.declined[number]
        if study.start == year and declines is not None and declines[place]:
            yield Event("declined", begins, career.cadre, study.programme, year)
        elif found.begun[number][place] and int(found.failed[number][place]) == year:
            yield Event("failed", ends, career.cadre, study.programme)
