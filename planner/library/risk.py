"""How surely a plan reaches its targets, when people leave, decline and fail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.risk.figures import hinges_table, targets_table
from planner.analysis.risk.futures import OnFutures, draw_futures
from planner.analysis.risk.recourse import COLUMNS, with_recourse
from planner.analysis.risk.result import Risk, rates_table
from planner.common.errors import Fault, InputError
from planner.common.files import fresh_folder
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import overlaid
from planner.plans.plan import Plan
from planner.plans.run_folder import Run, package_version, read_run, write_table
from planner.plans.tables import number as number_of
from planner.plans.verdicts import untold
from planner.report import charts
from planner.years.checking import standing
from planner.years.ledger import read_ledger

MANIFEST = "risk.json"
TABLES = ("targets", "hinges", "rates", "futures")
BESIDE = (*(f"{name}.csv" for name in (*TABLES, "differences", "recourse")), "chances.svg", "shortfall.svg")
LEAST, MOST = 10, 10_000_000
"""Futures: of fewer there is no worst tenth; more are a slip of the hand."""

APlan = Plan | Run | str | Path


def risk(
    plan: APlan,
    futures: int = 10_000,
    seed: int = 1,
    rates: str | Path | Mapping[str, Any] | None = None,
    *,
    block: int | None = None,
    on_futures: OnFutures | None = None,
) -> Risk:
    """How surely a plan reaches its targets, by drawing what may happen: `planner risk`.

    The plan is not made again: who is gone is not replaced, and a seat that falls free stays free. The order of events
    within a year is that of `docs/reference/risk.md`. What happens to one cadre is independent of what happens to
    others. The same seed draws the same for a person, event, programme and year in every plan, so that two plans are
    compared in the same futures; the first futures of many are the futures of few.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    futures
        How many are drawn.
    seed
        What they are drawn with.
    rates
        Laid on what the scenario says under `risk`: a file (.yaml) with that key alone, or its entries.
    block
        How many futures are worked on at once, by default as many as there is room for; it changes memory and speed,
        and nothing else.
    on_futures
        Told how many futures are done, of all.

    Returns
    -------
    Risk
        `targets`, `hinges`, `rates`, `futures` (tables); `against(other)`; `write(folder)`.

    Raises
    ------
    InputError
        There are no rates or no targets; the rates are faulty, or the file says more than rates; the number of
        futures is out of range.
    """
    if not LEAST <= futures <= MOST:
        raise InputError(Fault("risk_futures", {"found": futures, "least": LEAST, "most": MOST}))
    found = plan if isinstance(plan, Plan) else (plan if isinstance(plan, Run) else read_run(plan)).plan()
    problem = with_rates(found.problem, rates)
    drawn = draw_futures(problem, found.starts, futures, seed, untold=untold(found), block=block, on_futures=on_futures)
    tables = targets_table(problem, drawn), hinges_table(problem, drawn), rates_table(problem)
    return Risk(problem, found, futures, seed, drawn, *tables)


def with_rates(problem: Problem, rates: str | Path | Mapping[str, Any] | None) -> Problem:
    """The problem with its rates, where there are rates and targets."""
    laid = problem if rates is None else _with_rates(problem, rates)
    for key, fault in (("risk", "risk_no_rates"), ("targets", "risk_no_targets")):
        if not getattr(laid.scenario, key):
            raise InputError(Fault(fault))
    return laid


def _with_rates(problem: Problem, rates: str | Path | Mapping[str, Any]) -> Problem:
    """The problem with other rates, and nothing else changed."""
    if isinstance(rates, Mapping):
        return load(problem, {"risk": rates})
    laid = overlaid(problem.source, rates, ())
    faults = [
        Fault("risk_rates_only", {"name": key}, node.file, node.line or None)
        for key, node in laid.root.value.items()
        if key != "risk" and not (problem.source.root.has(key) and node is problem.source.root.find((key,)))
    ]
    if faults:
        raise InputError(faults)
    return load(laid)


def risk_recourse(
    run: Run | str | Path,
    futures: int = 4,
    seed: int = 1,
    rates: str | Path | Mapping[str, Any] | None = None,
    *,
    on_futures: OnFutures | None = None,
    parallel: Parallel = THIS_MACHINE,
) -> pd.DataFrame:
    """A few futures in which the plan is made again every year: `planner risk --recourse`.

    In each, what is drawn for a year goes into a ledger, and `planner.replan` makes the plan again from the next year
    on. They are the first futures of the seed, and are judged as those without recourse: by the members that the plan
    began with. It takes a solve for each later year of each future.

    Parameters
    ----------
    run
        A run, or its folder, on whose ledger nothing is recorded.
    futures
        How many.
    seed
        What they are drawn with.
    rates
        As for `planner.risk`.
    on_futures
        Told how many futures are done, of all.
    parallel
        Where they are worked on, a task each.

    Returns
    -------
    pd.DataFrame
        future (from 1), shortfall (weighted, with the plan as it was, of the targets that can be told of it), recourse
        (of the same targets, with the plans made again), starts (of them all), stopped (the year for which no plan was
        found in time or at all; empty: every year had its own).

    Raises
    ------
    InputError
        As `planner.risk` says; or something is recorded of the run: what has happened is not to be drawn.
    """
    if not 1 <= futures <= MOST:
        raise InputError(Fault("risk_recourse_futures", {"found": futures, "least": 1, "most": MOST}))
    read = run if isinstance(run, Run) else read_run(run)
    problem = with_rates(read.problem, rates)
    if number := recorded(read):
        raise InputError(Fault("risk_recorded", {"number": number, "folder": read.folder}))
    found = with_recourse(replace(read, problem=problem), futures, seed, on_futures, parallel)
    rows = [
        (each.future + 1, number_of(each.shortfall), number_of(each.recourse), len(each.starts), each.stopped)
        for each in found
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS]).astype({"stopped": "Int64"})


def recorded(run: Run) -> int:
    """How many events stand in a run's ledger: `planner.risk` does not look at them."""
    return len(standing(read_ledger(run.folder, run).events)[0])


def write_risk(
    found: Risk,
    folder: str | Path,
    *,
    force: bool = False,
    other: Risk | None = None,
    recourse: pd.DataFrame | None = None,
) -> Path:
    """Write targets.csv, hinges.csv, rates.csv, futures.csv, two pictures and risk.json into a folder.

    Parameters
    ----------
    found
        What `planner.risk` found.
    folder
        Where to write; it appears whole or not at all.
    force
        Replace an existing folder, if it is one of risk.
    other
        Another plan in the same futures, for differences.csv.
    recourse
        What `planner.risk_recourse` found, for recourse.csv.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        The folder exists and may not be replaced, or cannot be written; the two plans cannot be compared.
    """
    with fresh_folder(folder, force=force, mark=MANIFEST, others=BESIDE, not_recorded=()) as draft:
        for name in TABLES:
            write_table(getattr(found, name), draft / f"{name}.csv")
        if other is not None:
            write_table(found.against(other), draft / "differences.csv")
        if recourse is not None:
            write_table(recourse, draft / "recourse.csv")
        shown = found.without(found.untold) if len(found.untold) < len(found.drawn.aims) else found
        charts.save(charts.risk_chances(shown.targets), draft / "chances.svg")
        charts.save(charts.risk_shortfall(shown.futures, shown.targets), draft / "shortfall.svg")
        text = json.dumps(_manifest(found), ensure_ascii=False, indent=1)
        (draft / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return Path(folder)


def _manifest(found: Risk) -> dict[str, Any]:
    """What the tables can be made again from, beside the run."""
    return {
        "futures": found.count,
        "seed": found.seed,
        "risk": found.problem.source.merged()["risk"],
        "starts": len(found.plan.assignments),
        "versions": {name: package_version(name) for name in ("planner", "numpy")},
    }
