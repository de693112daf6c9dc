"""All pictures of a run, under names that stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.synonyms import plain
from planner.messages import localised, say
from planner.plans import tabulation
from planner.plans.agency_titles import agency_called, agency_titles
from planner.plans.persons import person
from planner.plans.plan import Plan
from planner.report.charts.agencies import absence
from planner.report.charts.bar_grids import attainment, utilisation
from planner.report.charts.calendar import gantt
from planner.report.charts.canvas import caption, save
from planner.report.charts.people import priority_shares, yearly
from planner.report.charts.shares import shares
from planner.report.charts.wall import sheets, wall


def absence_titled(plan: Plan) -> pd.DataFrame:
    """The table `planner.tabulation.absence_by_year`, agencies called by their titles."""
    table = tabulation.absence_by_year(plan)
    return table.assign(agency=table["agency"].map(agency_titles(plan.problem)))


def yearly_in_currency(plan: Plan) -> pd.DataFrame:
    """The table `planner.tabulation.yearly`, and beside it `currency`, the unit of costs; empty where none is said."""
    return tabulation.yearly(plan).assign(currency=localised(plan.problem.scenario.currency))


GANTT, WALL = "gantt", "wall"
PICTURES: dict[str, tuple[Callable[[pd.DataFrame], Axes], Callable[[Plan], pd.DataFrame]]] = {
    "utilisation": (utilisation, tabulation.utilisation),
    "attainment": (attainment, tabulation.attainment_by_year),
    "absence": (absence, absence_titled),
    "priority_shares": (priority_shares, tabulation.priority_shares),
    "yearly": (yearly, yearly_in_currency),
    "shares": (shares, tabulation.group_shares),
}
"""The pictures of a plan by name: what draws each, and from which table."""


def pictures(
    plan: Plan, agencies: Sequence[str] | None = None, names: Collection[str] = ()
) -> Iterator[tuple[str, Figure]]:
    """The name and figure of every picture, or of those of `names` (keys of `PICTURES`, `wall` and `gantt`).

    A Gantt is `gantt-AGENCY`, one for each of `agencies` (names or titles), by default the busiest.
    """
    chosen = _busiest(plan) if agencies is None else _called(plan, agencies)
    title = localised(plan.problem.scenario.title)
    for name, (draw, table) in PICTURES.items():
        if name in names or not (names or (name == "shares" and not plan.problem.scenario.shares)):
            yield name, _captioned(draw(table(plan)), title)
    if WALL in names or not names:
        yield from _walls(plan, title)
    if names and GANTT not in names:
        return
    calendars = _Calendars(plan)
    for name, agency in zip(_file_names(chosen), chosen, strict=True):
        yield name, _captioned(calendars.of(agency), title)


def plot_run(
    plan: Plan,
    folder: str | Path,
    formats: Sequence[str] = ("svg", "png"),
    agencies: Sequence[str] | None = None,
    names: Collection[str] = (),
) -> list[Path]:
    """Write every picture of a run, or those of `names`, into `folder`, in each of `formats`; return the files.

    Raises
    ------
    InputError
        There is no such agency or picture, or a file cannot be written.
    """
    known = [*PICTURES, WALL, GANTT]
    if unknown := [name for name in names if name not in known]:
        told = ", ".join(known)
        raise InputError(
            [
                Fault("no_such_picture", {"name": name, "nearest": nearest(name, known), "known": told})
                for name in unknown
            ]
        )
    tabulation.check_agencies(plan, _called(plan, agencies or ()))  # what is not there is refused before all drawing
    written = []
    for name, figure in pictures(plan, agencies, names):
        for kind in formats:
            written.append(Path(folder) / f"{name}.{kind}")
            save(figure, written[-1])
    return written


def _called(plan: Plan, agencies: Sequence[str]) -> list[str]:
    """The agencies that are meant, each once."""
    return list(dict.fromkeys(agency_called(plan.problem, each) for each in agencies))


def _walls(plan: Plan, title: str) -> Iterator[tuple[str, Figure]]:
    """The picture for a wall, on as many sheets as it needs: wall, wall-2, ..."""
    table = tabulation.utilisation(plan)
    parts = list(sheets(table)) or [table]
    for place, part in enumerate(parts, 1):
        told = title if len(parts) == 1 else say("chart_wall_sheet", title=title, sheet=place, sheets=len(parts))
        axes = wall(part, scheme=told, whole=table)
        yield WALL if place == 1 else f"{WALL}-{place}", cast("Figure", axes.get_figure(root=True))


def _captioned(axes: Axes, title: str) -> Figure:
    figure = cast("Figure", axes.get_figure(root=True))
    caption(figure, title)
    return figure


class _Calendars:
    """The calendars of agencies, from tables that are made once for all of them."""

    def __init__(self, plan: Plan) -> None:
        self.problem = plan.problem
        every = tabulation.calendar(plan)
        self.nobody = every.iloc[:0]
        self.titles = agency_titles(plan.problem)
        self.studies = dict(list(every.groupby("agency", sort=False)))
        self.absences = dict(list(tabulation.absence_by_year(plan).groupby("agency", sort=False)))
        self.staff = {str(agency): list(own) for agency, own in plan.problem.cadres.groupby("agency")["cadre"]}

    def of(self, agency: str) -> Axes:
        """An agency's calendar: its cadres, called by name where names are asked for, and its limit."""
        table = self.studies.get(agency, self.nobody).reset_index(drop=True)
        studying = set(table["cadre"])
        others = [person(self.problem, cadre) for cadre in self.staff.get(agency, ()) if cadre not in studying]
        told = table.assign(cadre=[person(self.problem, cadre) for cadre in table["cadre"]])
        return gantt(told, away=self.absences.get(agency), others=others, agency=self.titles[agency])


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
