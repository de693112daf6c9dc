"""The picture of who is away: every agency's limit and how much of it is used."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planner.messages import figure, percentage, say
from planner.report.charts.bar_grids import Grid, tall
from planner.report.charts.batches import box
from planner.report.charts.canvas import (
    BLACK,
    PALE,
    blank,
    fit,
    nothing,
    picture,
    records,
    text_width,
)

AGENCIES = 28  # as many agencies as a page shows
MOST = 120  # agencies that a picture can hold


# --- absence --------------------------------------------------------------------------------------------------------


@picture
def absence(table: pd.DataFrame, ax: Axes | None = None, rows: int = AGENCIES) -> Axes:
    """Away of the limit, by agency and year, the darker the nearer to it; a frame where the limit binds.

    Of many agencies the `rows` are shown that reach their limit in most years, then those with most away; the last
    rows add up the others and all. Every agency that reaches its limit is shown, however many they are, up to `MOST`;
    of those beyond the row of the others says how many are at theirs.
    """
    if table.empty:
        return nothing(ax, say("chart_absence"))
    full = set(table.loc[at_limit(table), "agency"])
    shown = agencies_by_interest(table)[: max(rows, min(len(full), MOST))]
    others = table[~table["agency"].isin(shown)]
    lines = len(shown) + (2 if len(others) else 1)
    ax, width, height = blank(ax, tall(lines, 0.32), say("chart_absence"))
    years = sorted(table["year"].unique())
    high = (height - 0.75) / lines
    size = min(9.0, 0.55 * 72 * high)
    names = _agency_names(table, shown)
    rest = _others(others, full - set(shown))
    sums = [text_width(told, size, "bold") for told in (say("chart_all_agencies"), rest)]
    left = min(0.4 * width, max(*sums, *(text_width(name, size) for name in names)) + 0.3)
    grid = Grid(ax, left, (width - left) / len(years), high, size)
    grid.head(0.15, [str(year) for year in years])
    for place, (agency, name) in enumerate(zip(shown, names, strict=True)):
        grid.text(0, 0.3 + place * high, fit(name, left - 0.1, size))
        for row in records(table[table["agency"] == agency]):
            _away(grid, years.index(row.year), 0.3 + place * high, row)
    y = 0.3 + len(shown) * high
    ax.axhline(y, color=BLACK, linewidth=0.8)
    if len(others):
        _away_in_all(grid, y, fit(rest, left - 0.1, size, weight="bold"), others, years)
    _away_in_all(grid, y + (lines - len(shown) - 1) * high, say("chart_all_agencies"), table, years)
    _ramp(ax, height)
    return ax


def agencies_by_interest(table: pd.DataFrame) -> list[str]:
    """The agencies of a table: those that reach their limit in most years first, then those with most away."""
    order = table.assign(full=at_limit(table).astype(int)).groupby("agency")[["full", "away"]].sum()
    return list(order.sort_values(["full", "away"], ascending=False, kind="stable").index)


def at_limit(table: pd.DataFrame) -> pd.Series:
    """Whether an agency has as many away in a year as it may: Boolean."""
    return ((table["away"] >= table["limit"]) & (table["away"] > 0)).fillna(value=False).astype(bool)


def _others(others: pd.DataFrame, full: set[str]) -> str:
    """What the row of the agencies that are not shown is called."""
    number = others["agency"].nunique()
    return (
        say("chart_others_at_limit", number=number, full=len(full))
        if full
        else say("chart_other_agencies", number=number)
    )


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
