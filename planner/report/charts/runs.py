"""All pictures of a run, under names that stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planner.plan import Plan
from planner.report import tables
from planner.report.charts.agencies import absence, gantt
from planner.report.charts.grids import attainment, utilisation
from planner.report.charts.paper import caption, save
from planner.report.charts.people import priority_shares, yearly
from planner.words import localised


def pictures(plan: Plan, agencies: Sequence[str] | None = None) -> Iterator[tuple[str, Figure]]:
    """The name and figure of every picture; a Gantt `gantt-AGENCY` for each of `agencies`, by default the busiest."""
    chosen = _busiest(plan) if agencies is None else list(dict.fromkeys(agencies))
    drawn: list[tuple[str, Axes]] = [
        ("utilisation", utilisation(tables.utilisation(plan))),
        ("attainment", attainment(tables.attainment_by_year(plan))),
        ("absence", absence(tables.absence_by_year(plan))),
        ("priority_shares", priority_shares(tables.priority_shares(plan))),
        ("yearly", yearly(tables.yearly(plan))),
    ]
    drawn += [(_file_name(agency), gantt(tables.gantt(plan, agency))) for agency in chosen]
    title = localised(plan.problem.scenario.title)
    for name, axes in drawn:
        figure = cast("Figure", axes.get_figure(root=True))
        caption(figure, title)
        yield name, figure


def plot_run(
    plan: Plan, folder: str | Path, formats: Sequence[str] = ("svg", "png"), agencies: Sequence[str] | None = None
) -> list[Path]:
    """Write every picture of a run into `folder`, in each of `formats`; return the files.

    Raises
    ------
    InputError
        There is no such agency or format, or a file cannot be written.
    """
    written = []
    for name, figure in pictures(plan, agencies):
        for kind in formats:
            written.append(Path(folder) / f"{name}.{kind}")
            save(figure, written[-1])
    return written


def _busiest(plan: Plan) -> list[str]:
    """The agency with the most starts; none in an empty plan."""
    if plan.assignments.empty:
        return []
    counts = plan.assignments["agency"].value_counts()
    return [min(counts.index[counts == counts.max()])]


def _file_name(agency: str) -> str:
    """A name that every file system takes: "gantt-Phòng Nội vụ" -> gantt-Phong_Noi_vu."""
    letters = unicodedata.normalize("NFD", agency.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return "gantt-" + (re.sub(r"\W+", "_", plain).strip("_") or "agency")
