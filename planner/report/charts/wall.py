"""The picture for a wall: how the seats of every pool are used, readable from some way off; A3 or A2 landscape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planner.messages import DASH, figure, say
from planner.report.charts.bar_grids import BELOW, FULL, Grid, mark, range_told, without_seats
from planner.report.charts.batches import box
from planner.report.charts.canvas import BLACK, PALE, fit, legible, nothing, picture, records, text_width

SHEET = (16.54, 11.69)  # A3 landscape [inches]; A2 is the same picture, printed larger
EDGE = 0.5  # the margin [inches]
HEAD, FOOT = 2.1, 0.85  # what stands above the rows, below them [inches]
ROWS = 18  # as many pools as a sheet shows so that they can be read from two metres
TITLE, LARGE, SMALL = 30.0, 17.0, 11.5  # letters [points]


def sheets(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows of `planner.tabulation.utilisation` in parts, each of as many pools as a sheet shows."""
    pools = list(table["pool"].unique())
    count = -(-len(pools) // ROWS)
    for place in range(count):
        own = pools[place * len(pools) // count : (place + 1) * len(pools) // count]
        yield table[table["pool"].isin(own)]


@picture
def wall(table: pd.DataFrame, ax: Axes | None = None, scheme: str = "", whole: pd.DataFrame | None = None) -> Axes:
    """Seats used of every pool and year, large: a number, a bar that is full at the `max`, a mark at the `min`.

    Below the minimum the bar is hatched and the number says how many are lacking. The last column is the period.

    Parameters
    ----------
    table
        As `planner.tabulation.utilisation`.
    scheme
        What the scheme is called; it stands at the top.
    whole
        The table of all pools where `table` is a part of it: the sum at the foot is that of all.
    """
    if table.empty:
        return nothing(ax, say("chart_wall"))
    every, given = table if whole is None else whole, ax is not None
    ax = Figure(figsize=SHEET).add_axes((0, 0, 1, 1)) if ax is None else ax
    ax.set(xlim=(0, SHEET[0]), ylim=(SHEET[1], 0))
    ax.set_axis_off()
    room = SHEET[0] - 2 * EDGE
    lines = (
        (0.2, say("chart_wall"), TITLE, "bold"),
        (0.64, scheme, LARGE, "normal"),
        (1.0, _headline(every), 15, "bold"),
    )
    for y, line, size, weight in lines:
        ax.text(EDGE, EDGE + y, fit(line, room, size, weight=weight), va="center", size=size, weight=weight)
    pools = [own for _, own in table.groupby("pool", sort=False)]
    years = list(table["year"].unique())
    high = min(1.3, (SHEET[1] - HEAD - FOOT - EDGE) / (len(pools) + 1))
    large, name = min(32.0, 0.53 * 72 * high), min(20.0, 0.41 * 72 * high)
    told = [*table["title"], say("chart_all_pools")]
    left = min(0.3 * room, max(text_width(title, name, "bold") for title in told) + 0.25)
    wide = (room - left) / (len(years) + 1.3)
    cells = [((row.starts, row.min, row.max), 0, 0.95) for row in records(table)]
    cells += [(*_over_all(own)[:2], 1.2) for own in pools]
    large *= min(1.0, *(share * wide / _cell_width(used, begun, large) for used, begun, share in cells))
    grid = Grid(ax, EDGE + left, wide, high, large)
    for place, label in enumerate([*map(str, years), say("chart_wall_period")]):
        ax.text(grid.left + place * grid.wide, HEAD - 0.2, label, va="center", size=LARGE, weight="bold")
    for place, own in enumerate(pools):
        y = HEAD + place * high
        if place:
            ax.plot([EDGE, SHEET[0] - EDGE], [y, y], color="#D0D0D0", linewidth=0.6)
        title = fit(own["title"].iloc[0], left - 0.2, name, 2)
        ax.text(EDGE, y + high / 2, title, va="center", size=name, linespacing=1.0)
        scale = max(own[["min", "max", "starts"]].astype(float).max().max(), 1)
        for column, row in enumerate(records(own)):
            if without_seats(row):
                grid.text(grid.left + column * grid.wide, y, DASH, color="#555555")
                continue
            most = row.max if pd.notna(row.max) and row.max > 0 else scale
            _cell(grid, column, y, (row.starts, row.min, row.max), most)
        _period(grid, len(years), y, own)
    _foot(grid, HEAD + len(pools) * high, every, years)
    _meaning(ax, SHEET[1] - EDGE - 0.1, table)
    if given:  # the sheet drawn smaller, its letters, too
        wide = ax.get_position().width * float(cast("Figure", ax.get_figure(root=True)).get_size_inches()[0])
        for text in ax.texts:
            text.set_fontsize(float(text.get_fontsize()) * wide / SHEET[0])
    return ax


def _headline(table: pd.DataFrame) -> str:
    """How many starts there are, and how many are lacking to the minimums of the years."""
    lacking = int((table["min"] - table["starts"]).clip(lower=0).sum())
    sentence = "chart_wall_lacking" if lacking else "chart_wall_kept"
    return say(sentence, starts=int(table["starts"].sum()), lacking=lacking)


def _cell(
    grid: Grid, column: float, y: float, used: tuple[Any, Any, Any], most: float, wide: float = 0.86, begun: int = 0
) -> None:
    """A number, its range beside it, and below them the bar."""
    starts, low, high = used
    x, width, lacking = grid.left + column * grid.wide, wide * grid.wide, low - starts
    told = _told(starts, low, begun)
    line = y + 0.36 * grid.high
    grid.ax.text(x, line, told, va="center", size=grid.size, weight="bold")
    beside = x + text_width(told, grid.size, "bold") + 0.1
    small = 0.66 * grid.size
    grid.ax.text(beside, line, range_told(low, high), va="center", size=small, color="#333333")
    top, tall = y + 0.68 * grid.high, 0.2 * grid.high
    box(grid.ax, x, top, width, tall, facecolor=PALE)
    box(grid.ax, x, top, width * min(1.0, starts / most), tall, **(BELOW if lacking > 0 else FULL), label="starts")
    if low > 0:
        mark(replace(grid, high=0.32 * grid.high), x + width * min(1.0, low / most), y + 0.62 * grid.high)


def _told(starts: int, low: int, begun: int) -> str:
    """The starts, those begun before the period apart, marked where they are below the minimum."""
    told = f"{figure(begun)} + {figure(starts - begun)}" if begun else figure(starts)
    return f"▼ {told}" if starts < low else told


def _cell_width(used: tuple[Any, Any, Any], begun: int, size: float) -> float:
    """How wide the numbers of a cell are [inches]."""
    starts, low, high = used
    beside = text_width(range_told(low, high), 0.66 * size)
    return text_width(_told(starts, low, begun), size, "bold") + 0.15 + beside


def _over_all(own: pd.DataFrame) -> tuple[tuple[int, int, Any], int, float]:
    """The starts of a pool in all years with those begun before, the least and the most; those begun; a full bar.

    Without a limit over the period the most are those of the years together.
    """
    first, years = own.iloc[0], own["max"]
    begun, low = int(first["begun"]), int(first["total_min"])
    starts = int(own["starts"].sum()) + begun
    most: Any = first["total"]
    if pd.isna(most) and not years.isna().any():
        most = int(years.sum()) + begun
    full = max(starts, low, 1) if pd.isna(most) else max(float(most), starts, low, 1)
    return (starts, low, most), begun, full


def _period(grid: Grid, column: int, y: float, own: pd.DataFrame) -> None:
    """The cell of the period, against the limits over it."""
    used, begun, full = _over_all(own)
    _cell(grid, column, y, used, full, 1.1, begun)


def _foot(grid: Grid, y: float, table: pd.DataFrame, years: list[int]) -> None:
    """The starts of all pools, by year and in all."""
    grid.ax.plot([EDGE, SHEET[0] - EDGE], [y, y], color=BLACK, linewidth=1.5)
    grid.text(EDGE, y, say("chart_all_pools"), weight="bold", size=min(20.0, 0.41 * 72 * grid.high))
    sums = table.groupby("year")["starts"].sum()
    for column, year in enumerate(years):
        grid.text(grid.left + column * grid.wide, y, figure(sums.get(year, 0)), weight="bold")
    grid.text(grid.left + len(years) * grid.wide, y, figure(table["starts"].sum()), weight="bold")


def _meaning(ax: Axes, y: float, table: pd.DataFrame) -> None:
    """What the bars, the mark and the signs mean that are there."""
    x = EDGE
    looks = [(FULL, "chart_seats_used")]
    pools = table.groupby("pool").agg({"starts": "sum", "begun": "first", "total_min": "first"})
    if (table["starts"] < table["min"]).any() or (pools["starts"] + pools["begun"] < pools["total_min"]).any():
        looks.append((BELOW, "chart_wall_below"))
    for look, sentence in looks:
        box(ax, x, y - 0.12, 0.5, 0.24, **look)
        ax.text(x + 0.6, y, legible(say(sentence)), va="center", size=SMALL)
        x += 0.6 + text_width(say(sentence), SMALL) + 0.5
    signs = [say("chart_no_seats")] if any(map(without_seats, records(table))) else []
    signs += [say("chart_begun")] if table["begun"].any() else []
    if (table["min"] > 0).any() or (table["total_min"] > 0).any():
        ax.plot([x, x], [y - 0.18, y + 0.18], color=BLACK, linewidth=2.4)
        ax.text(x + 0.15, y, say("chart_minimum"), va="center", size=SMALL)
        x += 0.15 + text_width(say("chart_minimum"), SMALL) + 0.5
    ax.text(x, y, "      ".join(signs), va="center", size=SMALL)
