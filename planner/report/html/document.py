"""The report of a plan as a file."""

from __future__ import annotations

from pathlib import Path

from planner.analysis.given import APlan, beside
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.saved_answers import complete, kept
from planner.common.errors import Fault, InputError
from planner.common.workers import THIS_MACHINE, Parallel
from planner.plans.run_folder import Run, read_run
from planner.report.html.page import write_report


def report(
    plan: APlan,
    path: str | Path | None = None,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
    *,
    answers: bool = False,
) -> Path:
    """Write the report of a plan, one HTML file that opens offline: `planner report`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run; only for a run its versions, inputs and kept answers stand in the report.
    path
        Where to write; by default `report.html` in the run's folder.
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where they are answered.
    answers
        Ask first whatever the run's folder holds no answer to yet, and keep it there.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        The file cannot be written, the run is faulty, or answers are wanted of a plan that is in no folder.
    """
    target = beside(plan, path, "report.html")
    run = read_run(plan) if isinstance(plan, str | Path) else plan
    if not isinstance(run, Run):
        if answers:
            raise InputError(Fault("answers_need_a_run"))
        write_report(run, target)
        return target
    if answers:
        complete(run.folder, on_progress, parallel)
    write_report(run.plan(), target, run.manifest, kept(run.folder))
    return target
