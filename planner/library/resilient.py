"""A plan that survives: the best over sampled futures, beside the plan of today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.given import problem_of
from planner.analysis.risk.futures import draw_futures
from planner.analysis.risk.reserves import with_reserves
from planner.analysis.risk.resilient import (
    MEASURES,
    Bounds,
    Resilience,
    Samples,
    figures_table,
    for_futures,
    no_resilience,
    without_futures,
)
from planner.common.errors import Fault, InputError
from planner.common.workers import THIS_MACHINE, Parallel, parts_place
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given
from planner.library.risk import risk, with_rates
from planner.plans.plan import Plan
from planner.report import charts
from planner.solver import OnProgress, solve_problem

MOST_SAMPLES = 1_000
MOST_ROWS = 500
"""Targets x futures: of more the ranked goals are not settled in the time of a solve (measured on the district)."""
LEAST_BOUND = 100
"""Futures of a sample that only bounds: cuts take hardly longer for many than for few."""


def resilient(
    scenario: Given | Problem,
    measure: str = "expected",
    *,
    futures: int | None = None,
    seed: int | None = None,
    rates: str | Path | Mapping[str, Any] | None = None,
    keep_today: bool = False,
    samples: int = 3,
    judged_in: int = 10_000,
    reserves: bool | None = None,
    on_plan: Callable[[Plan], object] | None = None,
    on_progress: OnProgress | None = None,
    on_sample: Callable[[int, int], None] | None = None,
    parallel: Parallel = THIS_MACHINE,
) -> Resilience:
    """The plan with the least expected (or worst) shortfall over sampled futures: `planner solve --resilient`.

    A future is what `planner.risk` draws; the plan is not made again in it. The plan is the best for the sample, proven
    as any other plan is; of a large scheme it is one with reserves, with a bound on the best. It is judged
    beside the plan of the scenario's own goals, in fresh futures, the same for both.

    Parameters
    ----------
    scenario
        A problem, or what `planner.load` takes.
    measure
        `expected`: the mean of the weighted shortfall; `worst_tenth`: its mean over the tenth of the futures in which
        it is largest.
    futures
        Of the sample; by default as the scenario says under `resilient`. 10 to 10000, a multiple of 10 that divides
        10000.
    seed
        What the sample is drawn with; by default as the scenario says.
    rates
        As for `planner.risk`.
    keep_today
        What is attained where nothing happens stays the best there is; without it the futures come first.
    samples
        How many samples the bound rests on, the plan's own included; each of the others takes a solve. With 1 there
        is no bound.
    judged_in
        How many fresh futures both plans are judged in. They have the seed after those of the samples.
    reserves
        Whether the plan is made with reserves (`docs/reference/risk.md`), not for the futures of the sample themselves;
        by default where the sample has more than 500 rows, one for each target and future. The bound then rests on at
        least 100 futures in each sample, unless `futures` says otherwise.
    on_plan
        Told of the plan as soon as it is found: what it is judged by may take long, and may be cut short.
    on_progress
        Told of every value and bound as they are found.
    on_sample
        Told which further sample is solved, of how many.
    parallel
        As for `planner.solve`.

    Returns
    -------
    Resilience
        `plan` and `today`; `figures`, `samples`, `gap`; `judged` and `today_judged`, as `planner.risk` returns them.
        Where one of the plans was not found, its `status` says why, the tables are empty and nothing is judged.

    Raises
    ------
    InputError
        There are no rates or no targets, or they are faulty; the numbers are out of range.
    """
    if measure not in MEASURES:
        raise InputError(Fault("resilient_measure", {"found": measure, "names": ", ".join(MEASURES)}))
    if not 1 <= samples <= MOST_SAMPLES:
        raise InputError(Fault("resilient_samples", {"found": samples, "most": MOST_SAMPLES}))
    problem = with_rates(problem_of(scenario), rates)
    sample = problem.scenario.resilient
    number, first = sample.futures if futures is None else futures, sample.seed if seed is None else seed
    by_reserves = number * len(problem.scenario.targets) > MOST_ROWS if reserves is None else reserves
    with parts_place(parallel) as executor:
        today = solve_problem(without_futures(problem), on_progress, executor=executor)
        if not today.found:
            return no_resilience(measure, today, today)
        if by_reserves:
            number = max(number, LEAST_BOUND) if futures is None else number
            bounds = Bounds(measure, number, first, samples, keep_today, on_sample)
            solving = partial(solve_problem, on_progress=on_progress, executor=executor)
            return _with_reserves(today, bounds, judged_in, solving, on_plan)
        for_them = for_futures(problem, measure, number, first, keep_today=keep_today)
        plan = solve_problem(for_them, on_progress, executor=executor)
        if not plan.found:
            return no_resilience(measure, plan, today)
        if on_plan is not None:
            on_plan(plan)
        more = Samples(measure, samples, keep_today, on_progress, on_sample, executor)
        table = more.of(problem, plan)
    fresh = first + samples
    judged, today_judged = (risk(each, judged_in, fresh) for each in (plan, today))
    figures = figures_table(today_judged, judged)
    return Resilience(measure, plan, today, judged, today_judged, figures, table, keep_today=keep_today)


def _with_reserves(
    today: Plan,
    bounds: Bounds,
    judged_in: int,
    solve: Callable[..., Plan],
    on_plan: Callable[[Plan], object] | None,
) -> Resilience:
    """The plan with reserves, judged by the targets as they are."""
    problem = today.problem
    drawn = draw_futures(problem, today.starts, bounds.futures, bounds.seed, hinged=False)
    reserved = load(
        with_reserves(problem, today.attainment, drawn, keep_today=bounds.keep_today),
        {"resilient": {"futures": bounds.futures, "seed": bounds.seed}},
    )
    plan = solve(reserved)
    if not plan.found:
        return no_resilience(bounds.measure, plan, today)
    as_asked = replace(plan, problem=problem)
    if on_plan is not None:
        on_plan(as_asked)
    table = bounds.of(problem, as_asked, today)
    fresh = bounds.seed + bounds.number
    judged, today_judged = (risk(each, judged_in, fresh) for each in (as_asked, today))
    added = len(reserved.scenario.targets) - len(problem.scenario.targets)
    figures = figures_table(today_judged, judged)
    kept = bounds.keep_today
    return Resilience(bounds.measure, plan, today, judged, today_judged, figures, table, added, kept)


def write_resilience(found: Resilience, path: str | Path) -> Path:
    """Draw what the plan costs and gains: how many futures leave how many short, with each plan.

    Parameters
    ----------
    found
        What `planner.resilient` returned.
    path
        The picture: .svg or .png.

    Returns
    -------
    Path
        The picture.

    Raises
    ------
    InputError
        There is no plan; the ending is another one, or the file cannot be written.
    """
    if found.judged is None or found.today_judged is None:
        raise InputError(Fault("resilient_no_plan"))
    one, other = found.today_judged.drawn.weighted, found.judged.drawn.weighted
    charts.save(charts.resilience(pd.DataFrame({"today": one, "resilient": other}), found.figures), path)
    return Path(path)
