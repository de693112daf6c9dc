"""The pictures of a plan as files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from planner.analysis.given import APlan, beside, plan_of
from planner.report.charts.gallery import plot_run


def plot(
    plan: APlan,
    folder: str | Path | None = None,
    agencies: Sequence[str] | None = None,
    formats: Sequence[str] = ("svg", "png"),
    names: Collection[str] = (),
    *,
    every_agency: bool = False,
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
    names
        Which pictures: utilisation, wall, attainment, absence, priority_shares, yearly, shares, gantt; by default all.
    every_agency
        Draw a Gantt chart of every agency.

    Returns
    -------
    list of Path
        The files, one for each picture and format.

    Raises
    ------
    InputError
        There is no such agency, picture or format, a file cannot be written, or the run is faulty.
    """
    drawn = plan_of(plan)
    chosen = list(drawn.problem.agencies["agency"]) if every_agency else agencies
    return plot_run(drawn, beside(plan, folder, "pictures"), formats, chosen, names)
