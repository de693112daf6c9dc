"""The picture of the shares that groups are to have among those sent."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from planner.messages import DASH, figure, percentage, say
from planner.plans.tabulation import WHOLE
from planner.report.charts.bar_grids import BELOW, FULL, Grid, legend, mark, tall
from planner.report.charts.batches import box
from planner.report.charts.canvas import PALE, blank, fit, nothing, picture, records, text_width

NAMES = 0.4  # of the width, at most, for the titles


@picture
def shares(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The share of each group among those sent, a row for each year or for the whole horizon; a mark at the least.

    A box is full at 100 %. Beside it stand the share, the starts of the group of all that count, and what is lacking.
    """
    if table.empty:
        return nothing(ax, say("chart_group_shares"))
    ax, width, height = blank(ax, tall(len(table), 0.34), say("chart_group_shares"))
    high = (height - 0.75) / len(table)
    size = min(9.0, 0.5 * 72 * high)
    names = _names(table)
    left = min(NAMES * width, max(text_width(name, size, "bold") for name in names) + 0.15)
    right = max(text_width(_told(row), size, "bold") for row in records(table)) + 0.15
    grid = Grid(ax, left, width - left - right, high, size)
    for place, (name, row) in enumerate(zip(names, records(table), strict=True)):
        y = 0.2 + place * high
        grid.text(0, y, fit(name, left - 0.1, size))
        _share(grid, y, row)
    entries = [(FULL, say("chart_group_share")), (BELOW, say("chart_below_share"))]
    legend(ax, height, entries, say("chart_least_share"))
    return ax


def _share(grid: Grid, y: float, row: Any) -> None:
    top, high = y + 0.18 * grid.high, 0.64 * grid.high
    box(grid.ax, grid.left, top, grid.wide, high, facecolor=PALE)
    share = 0.0 if pd.isna(row.group_share) else row.group_share
    look = BELOW if row.shortfall else FULL
    box(grid.ax, grid.left, top, grid.wide * share, high, **look, label="share")
    mark(grid, grid.left + grid.wide * row.least, y)
    grid.text(grid.left + grid.wide + 0.1, y, _told(row), weight="bold" if row.shortfall else "normal")


def _names(table: pd.DataFrame) -> list[str]:
    """The title of each share with its year."""
    return [row.title if row.year == WHOLE else f"{row.title}, {row.year}" for row in records(table)]


def _told(row: Any) -> str:
    if not row.starts:
        return DASH
    counts = say("chart_share_counts", share=percentage(row.group_share), of_group=row.of_group, starts=row.starts)
    return f"{counts}  −{figure(row.shortfall)}" if row.shortfall else counts
