"""The picture of an agency's calendar: who studies what and when, and how many are away against the limit."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from planner.messages import figure, say
from planner.plans.tabulation import LEAVE, MODES
from planner.report.charts.bar_grids import BELOW
from planner.report.charts.batches import box
from planner.report.charts.canvas import (
    BLACK,
    GREY,
    HEIGHT,
    WIDTH,
    fit,
    heading,
    nothing,
    picture,
    records,
    text_width,
)  # fmt: skip
from planner.report.charts.people import LOOKS

CURRENT: dict[str, Any] = {"facecolor": "#888888", "hatch": "xxxx", "edgecolor": "white"}
AWAY: dict[str, Any] = {"facecolor": "#BBBBBB", "hatch": "....", "edgecolor": "black"}
SIZE = 7.5  # of the letters of a calendar [points]
GAP = 0.06  # between a bar and its name [inches]
PANEL = 0.9  # the height of the axes of those away, with what is between [inches]


@picture
def gantt(
    table: pd.DataFrame,
    ax: Axes | None = None,
    away: pd.DataFrame | None = None,
    others: Sequence[str] = (),
    agency: str = "",
) -> Axes:
    """Who of an agency studies what and when, a line or more for each cadre, the programme's name beside its bar.

    Study under way before the plan is grey, leave is dotted.

    Parameters
    ----------
    away
        The agency's rows of `planner.tabulation.absence_by_year`: drawn below, the limit as a line.
    others
        Who of the agency has no study in these years; they are named at the foot.
    agency
        What the agency is called; by default as in the table.
    """
    agency = agency or (str(table["agency"].iloc[0]) if len(table) and "agency" in table else "")
    title = say("chart_gantt_of", agency=agency) if agency else say("chart_gantt")
    if table.empty:
        return _nobody(ax, title, others)
    first, last = int(table["start"].min()), int(table["finish"].max()) + 1
    cadres = {cadre: fit(str(cadre), 2.4, SIZE) for cadre in table["cadre"].unique()}
    wide = _width(ax)
    left = max(text_width(cadre, SIZE) for cadre in cadres.values()) + 0.2
    room = wide - left - 0.2
    names = [fit(name, 0.5 * room, SIZE) for name in table["title"]]
    told = np.array([2 * GAP + text_width(name, SIZE) for name in names])
    # as long an axis [years] as the names need: (finish + 1 - first) + told x span / room <= span
    span = max(last - first, ((table["finish"].to_numpy(dtype=float) + 1 - first) / (1 - told / room)).max())
    ends = table["finish"].to_numpy() + 1 + told * span / room
    lanes, firsts = _lanes(table, ends)
    count = max(lanes) + 1
    foot = fit(say("chart_without_study", number=len(others), who=", ".join(others)), room, SIZE, 40) if others else ""
    limited = away is not None and len(away) > 0
    below = (PANEL if limited else 0.0) + 0.15 * (foot.count("\n") + 1 if foot else 0)
    handles = _modes(table) + (_away_handles(away) if away is not None and limited else [])
    columns = min(5, max(1, int(room / (max(text_width(str(each.get_label()), 8.5) for each in handles) + 0.65))))
    columns = ceil(len(handles) / ceil(len(handles) / columns))  # rows that are about equally long
    if ax is None:
        high = max(0.16, min(0.26, (HEIGHT - 1.3 - below) / count)) * count
        bottom = below + 0.15 + 0.2 * ceil(len(handles) / columns)
        full = 0.85 + high + bottom
        ax = Figure(figsize=(WIDTH, full)).add_axes((left / WIDTH, bottom / full, room / WIDTH, high / full))
    else:
        high = ax.get_position().height * float(cast("Figure", ax.get_figure(root=True)).get_size_inches()[1])
    gap = GAP * span / room
    for lane, row, name in zip(lanes, records(table), names, strict=True):
        look = CURRENT if row.current else AWAY if row.mode == LEAVE else LOOKS[row.mode]
        box(ax, row.start, lane - 0.36, row.finish + 1 - row.start, 0.72, **look, label="study")
        back = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
        ax.text(row.finish + 1 + gap, lane, name, va="center_baseline", size=SIZE, bbox=back)
    ax.set_yticks(list(firsts.values()), [cadres[cadre] for cadre in firsts], size=SIZE)
    ax.hlines(np.array(list(firsts.values())) - 0.5, first, first + span, color="#BBBBBB", linewidth=0.6)
    ax.vlines(np.arange(first, last + 1), -0.5, count - 0.5, color="#BBBBBB", linewidth=0.6, zorder=0)
    ax.set(xlim=(first, first + span), ylim=(count - 0.5, -0.5))
    ax.set_xticks(np.arange(first, last) + 0.5, [str(year) for year in range(first, last)])
    ax.tick_params(length=0)
    ax.xaxis.tick_top()
    ax.spines[["left", "bottom"]].set_color("#BBBBBB")
    heading(ax, title, wide - 1.2)
    if away is not None and limited:
        _away(ax, away, high)
    if foot:
        ax.text(0, -((PANEL if limited else 0.0) + 0.04) / high, foot, transform=ax.transAxes, va="top", size=SIZE)
    place = (0.0, -below / high - 0.01)
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=place, ncols=columns, borderaxespad=0.4)
    return ax


def _nobody(ax: Axes | None, title: str, others: Sequence[str]) -> Axes:
    """The calendar of an agency of which nobody studies."""
    ax = nothing(ax, title)
    if others:
        told = say("chart_without_study", number=len(others), who=", ".join(others))
        ax.text(0, ax.get_ylim()[0] - 0.1, fit(told, ax.get_xlim()[1], SIZE, 3), va="bottom", size=SIZE)
    return ax


def _width(ax: Axes | None) -> float:
    """How wide a picture may be [inches]."""
    if ax is None:
        return WIDTH
    full = float(cast("Figure", ax.get_figure(root=True)).get_size_inches()[0])
    return full * ax.get_position().x1


def _lanes(table: pd.DataFrame, ends: np.ndarray) -> tuple[list[int], dict[str, int]]:
    """The line of each study, on which it ends, its name included, before the next; the first line of each cadre."""
    lanes: list[int] = []
    firsts: dict[str, int] = {}
    taken: list[float] = []  # until when each line is
    for row, end in zip(records(table), ends, strict=True):
        first = firsts.setdefault(str(row.cadre), len(taken))
        free = [lane for lane in range(first, len(taken)) if taken[lane] <= row.start]
        if not free:
            taken.append(0.0)
        lanes.append(free[0] if free else len(taken) - 1)
        taken[lanes[-1]] = end
    return lanes, firsts


def _away(ax: Axes, away: pd.DataFrame, high: float) -> None:
    """Small axes below: how many are away in each year, and the limit as a line."""
    inner = ax.inset_axes((0, -(PANEL - 0.12) / high, 1, (PANEL - 0.32) / high))
    years = away["year"].to_numpy(dtype=float)
    counts = away["away"].to_numpy(dtype=float)
    limits = away["limit"].astype(float).to_numpy()
    most = np.nanmax([*counts, *limits, 1.0])
    for year, count, limit in zip(years, counts, limits, strict=True):
        look = BELOW if count > limit else {"facecolor": GREY}
        box(inner, year + 0.1, 0, 0.8, count, **look, label="away")
        inner.text(year + 0.5, count + 0.08 * most, figure(count), ha="center", size=SIZE)
    inner.hlines(limits, years, years + 1, color=BLACK, linewidth=2.2, label="limit")
    inner.set(xlim=ax.get_xlim(), ylim=(0, 1.35 * most), xticks=[])
    inner.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True, min_n_ticks=1))
    inner.yaxis.set_major_formatter(lambda value, _: figure(value))
    inner.tick_params(labelsize=SIZE)


def _away_handles(away: pd.DataFrame) -> list[Patch | Line2D]:
    """What the bars and the line of `_away` are called in the legend."""
    handles: list[Patch | Line2D] = [Patch(facecolor=GREY, label=say("chart_away"))]
    if (away["away"] > away["limit"]).fillna(False).any():
        handles.append(Patch(**BELOW, label=say("chart_away_over")))
    if away["limit"].notna().any():
        handles.append(Line2D([], [], color=BLACK, linewidth=2.2, label=say("chart_away_limit")))
    return handles


def _modes(table: pd.DataFrame) -> list[Patch | Line2D]:
    used = [mode for mode in MODES if ((table["mode"] == mode) & ~table["current"]).any()]
    handles: list[Patch | Line2D] = [Patch(**LOOKS[mode], label=say(f"chart_mode_{mode}")) for mode in used]
    if table["current"].any():
        handles.append(Patch(**CURRENT, label=say("chart_current")))
    if (table["mode"] == LEAVE).any():
        handles.append(Patch(**AWAY, label=say("chart_leave")))
    return handles
