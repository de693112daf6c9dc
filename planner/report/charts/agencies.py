"""Pictures of agencies: who is away, and who studies when."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from planner.messages import figure, percentage, say
from planner.plans.tabulation import LEAVE, MODES
from planner.report.charts.bar_grids import Grid, tall
from planner.report.charts.canvas import (
    BLACK,
    HEIGHT,
    PALE,
    WIDTH,
    blank,
    box,
    fit,
    nothing,
    picture,
    records,
    sheet,
    text_width,
)
from planner.report.charts.people import LOOKS

AGENCIES = 28  # as many agencies as a page shows
CURRENT: dict[str, Any] = {"facecolor": "#888888", "hatch": "xxxx", "edgecolor": "white"}
AWAY: dict[str, Any] = {"facecolor": "#BBBBBB", "hatch": "....", "edgecolor": "black"}
HEAD = 0.16  # the strong beginning of a bar [inches]
SIZE = 7.5  # of the letters of a calendar [points]


# --- absence --------------------------------------------------------------------------------------------------------


@picture
def absence(table: pd.DataFrame, ax: Axes | None = None, rows: int = AGENCIES) -> Axes:
    """Away of the limit, by agency and year, the darker the nearer to it; a frame where the limit binds.

    Of many agencies the `rows` are shown that reach their limit in most years, then those with most away; the last
    rows add up the others and all.
    """
    if table.empty:
        return nothing(ax, say("chart_absence"))
    shown = agencies_by_interest(table)[:rows]
    others = table[~table["agency"].isin(shown)]
    lines = len(shown) + (2 if len(others) else 1)
    ax, width, height = blank(ax, tall(lines, 0.32), say("chart_absence"))
    years = sorted(table["year"].unique())
    high = (height - 0.75) / lines
    size = min(9.0, 0.55 * 72 * high)
    names = _agency_names(table, shown)
    told = [*names, say("chart_all_agencies"), say("chart_other_agencies", number=999)]
    left = min(0.4 * width, max(text_width(name, size) for name in told) + 0.3)
    grid = Grid(ax, left, (width - left) / len(years), high, size)
    grid.head(0.15, [str(year) for year in years])
    for place, (agency, name) in enumerate(zip(shown, names, strict=True)):
        grid.text(0, 0.3 + place * high, fit(name, left - 0.1, size))
        for row in records(table[table["agency"] == agency]):
            _away(grid, years.index(row.year), 0.3 + place * high, row)
    y = 0.3 + len(shown) * high
    ax.axhline(y, color=BLACK, linewidth=0.8)
    if len(others):
        _away_in_all(grid, y, say("chart_other_agencies", number=others["agency"].nunique()), others, years)
    _away_in_all(grid, y + (lines - len(shown) - 1) * high, say("chart_all_agencies"), table, years)
    _ramp(ax, height)
    return ax


def agencies_by_interest(table: pd.DataFrame) -> list[str]:
    """The agencies of a table: those that reach their limit in most years first, then those with most away."""
    full = ((table["away"] >= table["limit"]) & (table["away"] > 0)).fillna(False).astype(int)
    order = table.assign(full=full).groupby("agency")[["full", "away"]].sum()
    return list(order.sort_values(["full", "away"], ascending=False, kind="stable").index)


def _agency_names(table: pd.DataFrame, agencies: list[str]) -> list[str]:
    headcount = table.drop_duplicates("agency").set_index("agency")["headcount"]
    return [say("chart_agency", agency=agency, headcount=headcount[agency]) for agency in agencies]


def _away(grid: Grid, column: int, y: float, row: Any) -> None:
    x, wide, high = grid.left + column * grid.wide, 0.8 * grid.wide, 0.86 * grid.high
    limited = pd.notna(row.limit)
    full = limited and row.away >= row.limit and row.away > 0
    share = 0.0 if not limited else min(1.0, row.away / row.limit) if row.limit else float(row.away > 0)
    colour = _shade(share) if row.away and limited else PALE
    frame = {"edgecolor": BLACK, "linewidth": 1.8} if full else {}
    box(grid.ax, x, y + 0.07 * grid.high, wide, high, facecolor=colour, **frame, label="away")
    ink = "white" if row.away and share > 0.6 else BLACK
    text = f"{figure(row.away)} / {figure(row.limit)}" if limited else figure(row.away)
    text += " !" if limited and row.away > row.limit else ""
    grid.text(x + wide / 2, y, text, ha="center", color=ink, weight="bold" if full else "normal")


def _shade(share: float) -> Any:
    return mpl.colormaps["cividis"](1 - 0.95 * share)


def _away_in_all(grid: Grid, y: float, name: str, table: pd.DataFrame, years: list[int]) -> None:
    grid.text(0, y, name, weight="bold")
    for column, away in enumerate(table.groupby("year")["away"].sum().loc[years]):
        grid.text(grid.left + (column + 0.4) * grid.wide, y, figure(away), ha="center", weight="bold")


def _ramp(ax: Axes, height: float) -> None:
    x = 0.0
    for share in np.linspace(0.25, 1, 4):
        frame = {"edgecolor": BLACK, "linewidth": 1.8} if share == 1 else {}
        box(ax, x, height - 0.3, 0.3, 0.17, facecolor=_shade(share), **frame)
        text = say("chart_limit_reached") if share == 1 else percentage(share, 0)
        ax.text(x + 0.37, height - 0.21, text, va="center", size=8.5)
        x += 0.37 + text_width(text, 8.5) + 0.25
    ax.text(x + 0.1, height - 0.21, say("chart_away_of_limit"), va="center", size=8.5)


# --- an agency's calendar -------------------------------------------------------------------------------------------


@picture
def gantt(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Who of an agency studies what and when, a line or more for each cadre.

    Study under way before the plan is grey, leave is dotted.
    """
    agency = str(table["agency"].iloc[0]) if len(table) and "agency" in table else ""
    title = say("chart_gantt_of", agency=agency) if agency else say("chart_gantt")
    if table.empty:
        return nothing(ax, title)
    first, last = int(table["start"].min()), int(table["finish"].max()) + 1
    room = WIDTH - 0.4 - max(text_width(cadre, SIZE) for cadre in table["cadre"])
    names = [fit(name, 0.7 * room, SIZE) for name in table["title"]]
    told = np.array([HEAD + 0.1 + text_width(name, SIZE) for name in names])
    # as long an axis [years] as the names need: (start - first) + told x span / room <= span
    span = max(last - first, ((table["start"].to_numpy(dtype=float) - first) / (1 - told / room)).max())
    ends = np.maximum(table["finish"].to_numpy() + 1, table["start"].to_numpy() + told * span / room)
    lanes, firsts = _lanes(table, ends)
    count = max(lanes) + 1
    ax = sheet(ax, 1.3 + max(0.16, min(0.26, (HEIGHT - 1.3) / count)) * count)
    head = HEAD * span / room
    for lane, row, name in zip(lanes, records(table), names, strict=True):
        look = CURRENT if row.current else AWAY if row.mode == LEAVE else LOOKS[row.mode]
        pale = {**look, "alpha": 0.3, "hatch": None, "edgecolor": "none"}
        box(ax, row.start, lane - 0.4, row.finish + 1 - row.start, 0.8, **pale, label="study")
        box(ax, row.start, lane - 0.4, head, 0.8, **look)
        ax.text(row.start + 1.3 * head, lane, name, va="center_baseline", size=SIZE)
    ax.set_yticks(list(firsts.values()), list(firsts), size=SIZE)
    ax.hlines(np.array(list(firsts.values())) - 0.5, first, last, color="#BBBBBB", linewidth=0.6)
    ax.vlines(np.arange(first, last + 1), -0.5, count - 0.5, color="#BBBBBB", linewidth=0.6, zorder=0)
    ax.set(xlim=(first, first + span), ylim=(count - 0.5, -0.5))
    ax.set_xticks(np.arange(first, last) + 0.5, [str(year) for year in range(first, last)])
    ax.tick_params(length=0)
    ax.xaxis.tick_top()
    ax.spines[["left", "bottom"]].set_color("#BBBBBB")
    ax.set_title(title)
    _modes(ax, table)
    return ax


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


def _modes(ax: Axes, table: pd.DataFrame) -> None:
    used = [mode for mode in MODES if ((table["mode"] == mode) & ~table["current"]).any()]
    handles = [Patch(**LOOKS[mode], label=say(f"chart_mode_{mode}")) for mode in used]
    if table["current"].any():
        handles.append(Patch(**CURRENT, label=say("chart_current")))
    if (table["mode"] == LEAVE).any():
        handles.append(Patch(**AWAY, label=say("chart_leave")))
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.01), ncols=5, borderaxespad=0.4)
