"""The report of a plan as a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.analysis.given import APlan, beside
from planner.analysis.kept_answers import Kept, kept
from planner.common.errors import Fault, InputError
from planner.common.progress import OnProgress, silent
from planner.common.workers import THIS_MACHINE, Parallel
from planner.plans.plan import Plan
from planner.plans.run_folder import Run, read_run
from planner.report.html.page import write_report
from planner.report.html.split import write_pages


def report(
    plan: APlan,
    path: str | Path | None = None,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
    *,
    answers: bool = False,
    by: str | None = None,
    for_others: bool = False,
) -> Path:
    """Write the report of a plan, one HTML file that opens offline, or one for each part of it: `planner report`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run; only for a run its versions, inputs and kept answers stand in the report.
    path
        Where to write; by default `report.html` in the run's folder, with `by` the folder `report` there.
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where they are answered.
    answers
        Ask first whatever the run's folder holds no answer to yet, and keep it there.
    by
        A column of the roster, such as district: `path` is a folder then, with `index.html` for the whole plan and a
        page for each value of the column: its lists, offices and persons.
    for_others
        For readers outside: no persons, no offices, and no count of few people (`privacy.fewest`).

    Returns
    -------
    Path
        The file, or `index.html` of the folder.

    Raises
    ------
    InputError
        The file cannot be written, the run is faulty, answers are wanted of a plan that is in no folder, or the roster
        has no column `by`.
    """
    target = beside(plan, path, "report" if by else "report.html")
    run = read_run(plan) if isinstance(plan, str | Path) else plan
    if for_others and (answers or by):
        raise InputError(Fault("for_others_with_names"))
    if for_others:
        from planner.report.html.for_others import write_for_others

        return write_for_others(run.plan() if isinstance(run, Run) else run, target)
    if not isinstance(run, Run):
        if answers:
            raise InputError(Fault("answers_need_a_run"))
        return _written(run, target, by)
    if answers:
        from planner.analysis.saved_answers import complete  # engines and all

        complete(run.folder, on_progress, parallel)
    return _written(run.plan(), target, by, run.manifest, kept(run.folder))


def _written(
    plan: Plan, target: Path, by: str | None, manifest: Mapping[str, Any] | None = None, answers: Kept | None = None
) -> Path:
    if by is not None:
        return write_pages(plan, target, by, manifest, answers)
    write_report(plan, target, manifest, answers)
    return target
