"""A grid of scenarios solved side by side: on this machine's cores, on a Dask cluster, or by any executor.

Every finished solve is kept in a folder of its own, known by a hash of its scenario and inputs, so that a sweep that
was killed goes on where it stopped. A solve that crashes loses itself alone, and is reported.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from planner import verification
from planner.common.cluster import ClusterLostError, begun
from planner.common.csv_cells import csv_text
from planner.common.drafts import is_draft
from planner.common.errors import Fault, InputError, PlannerError
from planner.common.files import MOST_JSON, GivenFile, content_of, fresh_folder, make_folder, sha256, write_file
from planner.common.os_errors import os_reason
from planner.common.workers import THIS_MACHINE, Parallel, workplace
from planner.inputs.loading import build
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import PATHS, Given, Source, load_scenario, source_of
from planner.inputs.scenario.schema import Scenario
from planner.plans.columns import COLUMNS
from planner.plans.plan import Plan
from planner.plans.run_folder import MANIFEST, package_version, recorded, write_run
from planner.solver import solve_problem
from planner.studies.figures import FIGURES, overall
from planner.studies.sweep_axes import Axis, grid, read_axes, varied_tree

MARK, RESULT, TABLE, RUN, INPUTS = "sweep.json", "result.json", "sweep.csv", "run", "inputs"
PROVEN = ("optimal", "infeasible")  # with another status the scenario is solved again
PROGRAMS = ("planner", "ortools")  # another version of these may find another result

Solve = Callable[[Problem], Plan]
EngineResult = tuple[str, dict[str, pd.DataFrame], float] | PlannerError  # status, tables, seconds; or what went wrong
Row = dict[str, Any]


@dataclass(frozen=True)
class SweepProgress:
    """News of a sweep: scenarios done, those of them kept from an earlier sweep, all; time left [seconds], if known."""

    done: int
    kept: int
    total: int
    seconds_left: float | None


@dataclass(frozen=True)
class Sweep:
    """What a sweep has to say.

    Attributes
    ----------
    table
        A row per scenario in the grid's order: a column per key that is varied (named as it was written); status
        (optimal, feasible, infeasible, time_limit, or `error`); for each goal its value, named as the goal, and its
        proven bound, `GOAL_bound`; targets_reached, targets_told (reached or missed), places_short (whatever those of
        unknown level hold), places_unknown, planned_starts, planned_cadres, planned_cost (empty without a plan);
        seconds; folder (of the run, in the sweep's folder; empty without a plan); error
        (what went wrong, in words).
    keys, goals
        The columns that were varied, and those that are values of goals.
    scenario
        The first of the grid, whose titles count.
    """

    table: pd.DataFrame
    keys: tuple[str, ...]
    goals: tuple[str, ...]
    scenario: Scenario | None = None


@dataclass(frozen=True)
class _Point:
    """One scenario of the grid."""

    values: tuple[Any, ...]
    source: Source
    key: str


def run_sweep(
    base: Given | Problem,
    varied: Sequence[str] | Mapping[str, Sequence[Any]],
    folder: str | Path,
    on_progress: Callable[[SweepProgress], None] | None = None,
    parallel: Parallel = THIS_MACHINE,
    solve: Solve = solve_problem,
) -> Sweep:
    """Solve every scenario of a grid, and keep each result in `folder` as it comes.

    Parameters
    ----------
    base
        The scenario: a file's path, or a mapping, a `planner.Scenario` or a problem, as `planner.load` takes them.
    varied
        The keys, as paths with dots, and their values: a mapping `{"seats.theory.per_year.max": [4, 5, 6]}`, where
        None removes a key; or texts such as `seats.theory.per_year.max=4..6`, which
        `planner.studies.sweep_axes.read_axes` explains.
    folder
        Where the results are, one folder per scenario, and `sweep.csv`. Results that an earlier sweep has left there
        for the same scenario and inputs are used, not computed again, where they are proven; what is not, and
        crashes, are tried again.
    on_progress
        Told how many scenarios are done.
    parallel
        Where they are solved, and how many at the same time.
    solve
        What solves one.

    Returns
    -------
    Sweep
        Its `table` has a row per scenario, in the grid's order; it is `sweep.csv`, too.

    Raises
    ------
    InputError
        The scenario, a path, a value or the folder is wrong: before anything is solved.
    PlannerError
        The cluster is lost; what was found until then is kept.
    """
    if parallel.at_once is not None and parallel.at_once < 1:
        raise InputError(Fault("workers_positive"))
    source = base.source if isinstance(base, Problem) else load_scenario(base)
    axes = read_axes(source.root, varied)
    points = _points(source, axes)
    build(points[0].source)
    root = Path(folder)
    rows: dict[int, Row] = {}
    with _told_of_the_sweep(root, rows, points):
        _claim(root, base if isinstance(base, str | Path) else source.root.file, varied)
    rows |= {place: row for place, point in enumerate(points) if (row := _kept(root, point)) is not None}
    kept, began = len(rows), time.monotonic()
    tell = on_progress or (lambda news: None)
    tell(SweepProgress(kept, kept, len(points), None))
    with workplace(parallel) as (place_of_work, number):
        for place, answer in _solved(points, set(rows), place_of_work, number, solve):
            with _told_of_the_sweep(root, rows, points):
                rows[place] = _keep(
                    root, points[place], _believed(points[place], answer, solve) if parallel.elsewhere else answer
                )
                _write_table(root, _table(points, rows, axes))
            each = (time.monotonic() - began) / (len(rows) - kept)
            tell(SweepProgress(len(rows), kept, len(points), each * (len(points) - len(rows))))
    sweep = _table(points, rows, axes)
    with _told_of_the_sweep(root, rows, points):
        _write_table(root, sweep)
    return sweep


# --- the grid -------------------------------------------------------------------------------------------------------


def _points(source: Source, axes: Sequence[Axis]) -> list[_Point]:
    """Every scenario of the grid, checked; the faults of all of them together."""
    points: list[_Point] = []
    faults: list[Fault] = []
    digests: dict[str, str] = {}
    for values in grid(axes):
        try:
            own = replace(source_of(varied_tree(source.root, axes, values)), files=source.files)
        except InputError as error:
            faults += error.faults
            continue
        points.append(_Point(values, own, _hash(own, digests)))
    if faults:
        raise InputError(faults)
    return points


def _hash(source: Source, digests: dict[str, str]) -> str:
    """What a result depends on: the scenario, the contents of its tables, the programs that solve it."""
    scenario = source.merged()
    for name in PATHS:
        if name in scenario:
            path = scenario[name]
            if path not in digests:  # a file that is missing is a fault that `build` names
                there = isinstance(path, GivenFile) or Path(path).is_file()
                digests[path] = sha256(path) if there else ""
            scenario[name] = digests[path]
    text = json.dumps([scenario, list(map(package_version, PROGRAMS))], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _solved(
    points: Sequence[_Point], known: Collection[int], executor: Executor, number: int, solve: Solve
) -> Iterator[tuple[int, EngineResult]]:
    """The places of the points that are not known yet with their answers, as they come; `number` at work at a time."""
    waiting = deque(place for place in range(len(points)) if place not in known)
    running: dict[Future[EngineResult], int] = {}
    while waiting or running:
        while waiting and len(running) < number:
            place = waiting.popleft()
            try:
                problem = build(points[place].source)
            except InputError as error:
                yield place, error
            else:
                limit = problem.scenario.solver.time_limit_s
                running[begun(executor, limit, _task, problem, solve)] = place
        for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
            yield running.pop(future), _answer_of(future)


def _task(problem: Problem, solve: Solve) -> EngineResult:
    """What is done elsewhere: solve, and send the plan back without its problem, which is known here."""
    began = time.monotonic()
    plan = solve(problem)
    tables = {name: getattr(plan, name) for name in (*COLUMNS, "conflict")}
    return plan.status, tables, round(time.monotonic() - began, 3)


def _believed(point: _Point, answer: EngineResult, solve: Solve) -> EngineResult:
    """What a cluster answered, if by the rules it can be true; that there is no plan is found here once more."""
    if isinstance(answer, PlannerError):
        return answer
    try:
        status, tables, _ = answer
        problem = build(point.source)
        if status == "infeasible":
            return _task(problem, solve)
        plan = Plan(problem, status, **tables)
        found = list(verification.plan_findings(problem, plan.assignments))
        own = {name: getattr(plan, name) for name in COLUMNS}
        found += verification.figure_findings(own, verification.figures(problem, plan.assignments))
        wrong = verification.findings_table(found).astype(str)
        what = [" ".join(wrong.iloc[0])] if plan.found and len(wrong) else []
    except (TypeError, ValueError, KeyError, AttributeError, IndexError) as error:
        what = [type(error).__name__]
    return PlannerError(Fault("cluster_untrue", {"what": what[0]})) if what else answer


def _answer_of(future: Future[EngineResult]) -> EngineResult:
    try:
        return future.result()
    except ClusterLostError:
        raise
    except PlannerError as error:
        return error
    except Exception as error:  # noqa: BLE001 -- whatever it was, it is this task's alone
        return PlannerError(Fault("task_failed", {"reason": f"{type(error).__name__}: {error}"}))


# --- the folder -----------------------------------------------------------------------------------------------------


def _claim(root: Path, base: str | Path, varied: Sequence[str] | Mapping[str, Sequence[Any]]) -> None:
    """Make the folder one of a sweep; refuse it if it holds anything else."""
    if root.exists() and not (root.is_dir() and ((root / MARK).is_file() or all(map(is_draft, root.iterdir())))):
        raise InputError(Fault("not_a_sweep", {"folder": root}))
    try:
        make_folder(root.absolute())
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": root, "reason": os_reason(error)})) from None
    texts = [f"{key}={list(values)}" for key, values in varied.items()] if isinstance(varied, Mapping) else list(varied)
    said = {"base": Path(base).name, "varied": texts}
    write_file(root / MARK, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def _told_of_the_sweep(root: Path, rows: Mapping[int, Row], points: Sequence[_Point]) -> Iterator[None]:
    """Let a disk that takes nothing more be told of the sweep, and what is kept, not of a draft in it."""
    try:
        yield
    except InputError as error:
        if not rows and not root.is_dir():
            raise
        kept = sum(row["status"] != "error" for row in rows.values())
        told = {"folder": root, "kept": kept, "total": len(points)}
        raise InputError(
            Fault("sweep_cannot_write", told | {"reason": fault.values["reason"]})
            if fault.key == "cannot_write"
            else fault
            for fault in error.faults
        ) from None


def _keep(root: Path, point: _Point, answer: EngineResult) -> Row:
    """Write what a solve gave, whole or not at all; a solve that gave nothing is only told."""
    if isinstance(answer, PlannerError):
        return {"status": "error", "seconds": None, "folder": "", "error": _brief(answer)}
    status, tables, seconds = answer
    ends = tables["goals"][["value", "bound"]].astype(object)
    both = ends.where(ends.notna(), None).to_numpy().tolist()
    goals = dict(zip(tables["goals"]["goal"], both, strict=True))
    with fresh_folder(root / point.key, force=True, mark=RESULT, others=(f"{RUN}/**",), record=_recorded) as draft:
        plan = Plan(build(point.source), status, **tables)
        if plan.found:
            write_run(plan, draft / RUN)
            _share_inputs(root, draft / RUN)
        figures = overall(plan)
        result = {"status": status, "seconds": seconds, "goals": goals, "figures": figures}
        (draft / RESULT).write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return _row(point, status, seconds, goals, figures)


def _recorded(folder: Path) -> dict[str, str]:
    """What the run of a scenario tells of its files."""
    return {f"{RUN}/{name}": digest for name, digest in recorded(folder / RUN).items()}


def _share_inputs(root: Path, run: Path) -> None:
    """Let the tables of a run be those of the runs before it, one file on the disk for each content, where it can."""
    for file in sorted((run / "inputs").iterdir()):
        shared = root / INPUTS / f"{sha256(file)[:16]}{file.suffix}"
        shared.parent.mkdir(exist_ok=True)
        other = file.with_name(f"{file.name}.part")
        try:
            if not shared.exists():
                os.link(file, shared)
            elif sha256(shared) == sha256(file):
                os.link(shared, other)
                other.replace(file)
        except OSError:  # a file system without links
            other.unlink(missing_ok=True)


def _brief(error: PlannerError) -> str:
    """What went wrong, with the names of files and not where they lie: the table is handed on."""
    return "\n".join(fault.brief() for fault in error.faults) if isinstance(error, InputError) else str(error)


def _kept(root: Path, point: _Point) -> Row | None:
    """What an earlier sweep has left of a scenario; None if nothing, nothing whole, or what was not proven."""
    try:
        result = json.loads(content_of(root / point.key / RESULT, MOST_JSON))
        if result["status"] not in PROVEN:
            return None
        row = _row(point, result["status"], result["seconds"], result["goals"], result["figures"])
        return row if not row["folder"] or (root / row["folder"] / MANIFEST).is_file() else None
    except (InputError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _row(
    point: _Point, status: str, seconds: float, goals: dict[str, list[Any]], figures: Mapping[str, int | float | None]
) -> Row:
    row: Row = {"status": status, **{name: figures[name] for name in FIGURES}}
    for goal, (value, bound) in goals.items():
        row |= {goal: value, f"{goal}_bound": bound}
    found = status in ("optimal", "feasible")
    return row | {"seconds": seconds, "folder": f"{point.key}/{RUN}" if found else "", "error": ""}


def _write_table(root: Path, sweep: Sweep) -> None:
    write_file(root / TABLE, csv_text(sweep.table))


def _table(points: Sequence[_Point], rows: dict[int, Row], axes: Sequence[Axis]) -> Sweep:
    """The rows known so far, in the grid's order."""
    goals = tuple(dict.fromkeys(goal for point in points for goal in point.source.scenario.goals))
    # `lot` alone is both a key of scenarios and a goal.
    keys = tuple(f"{axis.key}.varied" if axis.key in goals else axis.key for axis in axes)
    numbers = [*(name for goal in goals for name in (goal, f"{goal}_bound")), *FIGURES]
    records = [dict(zip(keys, points[place].values, strict=True)) | rows[place] for place in sorted(rows)]
    table = pd.DataFrame(records, columns=[*keys, "status", *numbers, "seconds", "folder", "error"])
    for name in numbers:
        table[name] = pd.to_numeric(table[name]).convert_dtypes()
    return Sweep(table, keys, goals, points[0].source.scenario)
