"""What people read: pictures, the page, the lists of those who are nominated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.analysis.given import APlan, plan_of
from planner.analysis.parallel import OnProgress
from planner.analysis.saved_answers import complete, kept
from planner.common.errors import Fault, InputError
from planner.common.workers import THIS_MACHINE, Parallel
from planner.plans.run_folder import Run, read_run
from planner.report import charts
from planner.report.html.page import write_report
from planner.report.workbook import nominees as lists


def plot(
    plan: APlan,
    folder: str | Path | None = None,
    agencies: Sequence[str] | None = None,
    formats: Sequence[str] = ("svg", "png"),
) -> list[Path]:
    """Draw the pictures of a plan: `planner plot`. To draw one on axes of your own see `planner.charts`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    folder
        Where to write; by default `pictures` in the run's folder.
    agencies
        Those of which a Gantt chart is drawn; by default the one with most starts.
    formats
        svg, png, or both.

    Returns
    -------
    list of Path
        The files, one for each picture and format.

    Raises
    ------
    InputError
        There is no such agency or format, a file cannot be written, or the run is faulty.
    """
    return charts.plot_run(plan_of(plan), _beside(plan, folder, "pictures"), formats, agencies)


def report(
    plan: APlan,
    path: str | Path | None = None,
    on_progress: OnProgress = lambda done, total: None,
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
    target = _beside(plan, path, "report.html")
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


@dataclass(frozen=True)
class Nominees:
    """Who starts in a year.

    Attributes
    ----------
    table
        cadre, agency, post, birth_year, sex, programme, title, mode, start, finish [year], points, authority (who
        signs; empty: nobody is named), reason, name, post_title.
    path
        The workbook that was written; None without one.
    notes
        What its reader should be told besides.
    """

    table: pd.DataFrame
    path: Path | None
    notes: tuple[str, ...]


def nominees(
    plan: APlan, year: int, path: str | Path | None = None, *, with_names: bool = False, letters: bool = False
) -> Nominees:
    """Who is nominated in a year, who signs and why; with `path` also the workbook: `planner nominees`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    year
        Of the start [year].
    path
        The workbook to write (.xlsx), a sheet per authority; by default none.
    with_names
        Whether the sheets show names, and sort by them.
    letters
        Whether there is a letter to each agency, too.

    Returns
    -------
    Nominees
        Its `table` has a row per start.

    Raises
    ------
    InputError
        There is no plan, the year is not in its horizon, the path does not end in .xlsx or cannot be written.
    """
    found = plan_of(plan)
    notes: list[str] = []
    if path is not None:
        notes = lists.write_nominees(found, year, path, with_names=with_names, letters=letters)
    by_name = with_names and "name" in found.problem.cadres
    table = lists.nominees(found, year, by_name=by_name)
    return Nominees(table, None if path is None else Path(path), tuple(notes))


def _beside(plan: APlan, path: str | Path | None, name: str) -> Path:
    """Where to write: `path`, or a name in the folder of the run."""
    if path is not None:
        return Path(path)
    if isinstance(plan, str | Path):
        return Path(plan) / name
    if isinstance(plan, Run):
        return plan.folder / name
    raise InputError(Fault("plan_in_no_folder", {"name": name}))
