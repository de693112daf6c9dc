"""All pictures of a run, under names that stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planner.inputs.synonyms import plain
from planner.messages import localised
from planner.plans import tabulation
from planner.plans.persons import person
from planner.plans.plan import Plan
from planner.report.charts.agencies import absence, gantt
from planner.report.charts.bar_grids import attainment, utilisation
from planner.report.charts.canvas import caption, save
from planner.report.charts.people import priority_shares, yearly
from planner.report.charts.shares import shares


def pictures(plan: Plan, agencies: Sequence[str] | None = None) -> Iterator[tuple[str, Figure]]:
    """The name and figure of every picture; a Gantt `gantt-AGENCY` for each of `agencies`, by default the busiest."""
    chosen = _busiest(plan) if agencies is None else list(dict.fromkeys(agencies))
    drawn: list[tuple[str, Axes]] = [
        ("utilisation", utilisation(tabulation.utilisation(plan))),
        ("attainment", attainment(tabulation.attainment_by_year(plan))),
        ("absence", absence(tabulation.absence_by_year(plan))),
        ("priority_shares", priority_shares(tabulation.priority_shares(plan))),
        ("yearly", yearly(tabulation.yearly(plan))),
    ]
    if plan.problem.scenario.shares:
        drawn.append(("shares", shares(tabulation.group_shares(plan))))
    names = _file_names(chosen)
    drawn += [(name, gantt(_calendar(plan, agency))) for name, agency in zip(names, chosen, strict=True)]
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


def _calendar(plan: Plan, agency: str) -> pd.DataFrame:
    """The studies of an agency's cadres, these called by name where names are asked for."""
    table = tabulation.gantt(plan, agency)
    return table.assign(cadre=[person(plan.problem, cadre) for cadre in table["cadre"]])


def _busiest(plan: Plan) -> list[str]:
    """The agency with the most starts; none in an empty plan."""
    if plan.assignments.empty:
        return []
    counts = plan.assignments["agency"].value_counts()
    return [min(counts.index[counts == counts.max()])]


def _file_names(agencies: Sequence[str]) -> list[str]:
    """Names that every file system takes: "Phòng Nội vụ" -> gantt-phong_noi_vu; a second of that name ends in -2."""
    seen: Counter[str] = Counter()
    names = []
    for agency in agencies:
        name = "gantt-" + (plain(agency).replace(" ", "_")[:60] or "agency")
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names
