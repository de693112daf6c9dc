"""The pictures of a plan as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planner.analysis.given import APlan, beside, plan_of
from planner.report.charts.gallery import plot_run


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
    return plot_run(plan_of(plan), beside(plan, folder, "pictures"), formats, agencies)
