"""Pictures that are grids of small cells, a row each: seats, targets, absence."""

from __future__ import annotations

from dataclasses import dataclass
from os.path import commonprefix
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planner.report.charts.paper import (
    BLACK, BLUE, GREY, HEIGHT, ORANGE, PALE, RED, blank, box, figures, fit, nothing, picture, text_width,
)  # fmt: skip
from planner.words import say

FULL = {"facecolor": BLUE}
UNDER_WAY = {"facecolor": ORANGE}
BELOW = {"facecolor": RED, "hatch": "////", "edgecolor": "white"}
UNKNOWN = {"facecolor": "white", "hatch": "....", "edgecolor": GREY}
AGENCIES = 28  # as many agencies as a page shows


@dataclass(frozen=True)
class Grid:
    """Where the cells of a grid stand: the first at `left`, each `wide` [inches]; texts of `size` [points]."""

    ax: Axes
    left: float
    wide: float
    high: float
    size: float

    def head(self, y: float, labels: list[str]) -> None:
        """The columns' headings."""
        for place, label in enumerate(labels):
            self.ax.text(self.left + (place + 0.4) * self.wide, y, label, ha="center", va="center", weight="bold", size=self.size)

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        """A text in a row, `y` being the row's upper edge."""
        self.ax.text(x, y + self.high / 2, text, **{"va": "center_baseline", "size": self.size, **look})


# --- seats ----------------------------------------------------------------------------------------------------------


@picture
def utilisation(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The starts of every pool and year against its range: a bar in a box that is full at `max`, a mark at `min`.

    The last column adds the years up, the last row the pools.
    """
    if table.empty:
        return nothing(ax, say("chart_utilisation"))
    pools = table.groupby("pool", sort=False)
    rows = len(pools) + 1
    ax, width, height = blank(ax, min(HEIGHT - 0.6, 0.75 + 0.4 * rows), say("chart_utilisation"))
    years = list(table["year"].unique())
    high = (height - 0.75) / rows
    size = min(9.0, 0.5 * 72 * high)
    left = min(0.34 * width, max(text_width(title, size) for title in table["title"]) + 0.2)
    grid = Grid(ax, left, (width - left) / (len(years) + 1), high, size)
    grid.head(0.15, [*map(str, years), say("chart_total")])
    for place, (_, own) in enumerate(pools):
        y = 0.3 + place * high
        grid.text(0, y, fit(own["title"].iloc[0], left - 0.1, size))
        scale = max(own[["min", "max", "starts"]].max().max(), 1)
        for column, row in enumerate(own.itertuples()):
            _seats(grid, column, y, row, row.max if pd.notna(row.max) and row.max > 0 else scale)
        _sum_of_years(grid, len(years), y, own)
    _sum_of_pools(grid, 0.3 + len(pools) * high, table, years)
    mark = say("chart_minimum") if (table["min"] > 0).any() else ""
    _legend(ax, height, [(FULL, say("chart_seats_used")), (BELOW, say("chart_below_minimum"))], mark)
    return ax


def _seats(grid: Grid, column: int, y: float, row: Any, scale: float) -> None:
    x, wide = grid.left + column * grid.wide, 0.5 * grid.wide
    top, high = y + 0.18 * grid.high, 0.64 * grid.high
    box(grid.ax, x, top, wide, high, facecolor=PALE)
    box(grid.ax, x, top, wide * min(1.0, row.starts / scale), high, **(BELOW if row.starts < row.min else FULL), label="starts")
    if row.min > 0:
        _mark(grid, x + wide * min(1.0, row.min / scale), y)
    grid.text(x + wide + 0.05, y, f"{figures(row.starts)} {_range(row.min, row.max)}".rstrip())


def _range(low: int, high: Any) -> str:
    if pd.isna(high):
        return f"(≥{figures(low)})" if low else ""
    return f"({figures(high)})" if low == high else f"({figures(low)}–{figures(high)})"


def _sum_of_years(grid: Grid, column: int, y: float, own: pd.DataFrame) -> None:
    total = own["total"].iloc[0] if "total" in own else pd.NA
    room = f" / {figures(total)}" if pd.notna(total) else ""
    grid.text(grid.left + (column + 0.4) * grid.wide, y, figures(own["starts"].sum()) + room, ha="center", weight="bold")


def _sum_of_pools(grid: Grid, y: float, table: pd.DataFrame, years: list[int]) -> None:
    grid.ax.axhline(y, color=BLACK, linewidth=0.8)
    grid.text(0, y, say("chart_all_pools"), weight="bold")
    sums = table.groupby("year")["starts"].sum()
    for column, total in enumerate([*sums.loc[years], table["starts"].sum()]):
        grid.text(grid.left + (column + 0.4) * grid.wide, y, figures(total), ha="center", weight="bold")


def _mark(grid: Grid, x: float, y: float) -> None:
    """The line to reach."""
    grid.ax.plot([x, x], [y + 0.08 * grid.high, y + 0.92 * grid.high], color=BLACK, linewidth=1.6, solid_capstyle="butt")


def _legend(ax: Axes, height: float, entries: list[tuple[dict[str, Any], str]], mark: str) -> None:
    x = 0.0
    for look, text in entries:
        box(ax, x, height - 0.3, 0.3, 0.17, **look)
        ax.text(x + 0.37, height - 0.21, text, va="center", size=8.5)
        x += 0.37 + text_width(text, 8.5) + 0.35
    if mark:
        ax.plot([x + 0.1, x + 0.1], [height - 0.33, height - 0.1], color=BLACK, linewidth=1.6)
        ax.text(x + 0.2, height - 0.21, mark, va="center", size=8.5)


# --- targets --------------------------------------------------------------------------------------------------------


@picture
def attainment(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Who attains each target by the end of each year: a bar in a box that all members fill, a mark at the line to reach.

    Members of unknown level are dots at the box's far end. Targets of one group stand under its name, which is what
    their titles begin with.
    """
    if table.empty:
        return nothing(ax, say("chart_attainment"))
    lines = _lines(table)
    columns = 2 if len(lines) > 30 else 1
    halves = _halves(lines) if columns == 2 else [lines]
    rows = max(map(len, halves))
    ax, width, height = blank(ax, min(HEIGHT - 0.45, 0.75 + 0.3 * rows), say("chart_attainment"))
    gap = 0.3
    wide = (width - gap * (columns - 1)) / columns
    for place, half in enumerate(halves):
        _targets(ax, place * (wide + gap), wide, (height - 0.75) / rows, half, table)
    entries = [(FULL, say("chart_reached")), (UNDER_WAY, say("chart_under_way")), (BELOW, say("chart_missed"))]
    if table["unknown"].sum():
        entries.append((UNKNOWN, say("chart_unknown")))
    _legend(ax, height, entries, say("chart_required"))
    return ax


Line = tuple[str, pd.DataFrame | None]  # a target's name and rows; or a heading


def _lines(table: pd.DataFrame) -> list[Line]:
    """The targets in their order, with a heading before those of one group that share the beginning of their titles."""
    lines: list[Line] = []
    group = (table["who"] != table["who"].shift()).cumsum()
    for _, own in table.groupby(group, sort=False):
        titles = list(own["title"].unique())
        shared = commonprefix(titles)
        head = shared[: shared.rfind(": ")] if len(titles) > 1 and ": " in shared else ""
        if head:
            lines.append((head, None))
        lines += [(rows["title"].iloc[0].removeprefix(f"{head}: "), rows) for _, rows in own.groupby("target", sort=False)]
    return lines


def _halves(lines: list[Line]) -> list[list[Line]]:
    """Cut where a group begins, as near to the middle as can be."""
    heads = [place for place, (_, rows) in enumerate(lines) if rows is None and place > 0] or [len(lines) // 2]
    middle = min(heads, key=lambda place: abs(place - len(lines) / 2))
    return [lines[:middle], lines[middle:]]


def _targets(ax: Axes, x: float, width: float, high: float, lines: list[Line], table: pd.DataFrame) -> None:
    size = min(9.0, 0.52 * 72 * high)
    years = sorted(table["year"].unique())
    right = text_width("000 / 000 −000", size) + 0.05
    names = [text_width(name, size) for name, rows in lines if rows is not None]
    label = min(0.48 * width, max(names, default=0) + 0.2)
    grid = Grid(ax, x + label, (width - label - right) / len(years), high, size)
    grid.head(0.15, [str(year) for year in years])
    for place, (name, rows) in enumerate(lines):
        y = 0.3 + place * high
        if rows is None:
            grid.text(x, y, fit(name, width, size, weight="bold"), weight="bold")
            continue
        grid.text(x + 0.08, y, fit(name, label - 0.13, size))
        for row in rows.itertuples():
            _attained(grid, years.index(row.year), y, row)
        _reckoning(grid, x + width, y, rows)


def _attained(grid: Grid, column: int, y: float, row: Any) -> None:
    x, wide = grid.left + column * grid.wide, 0.86 * grid.wide
    top, high = y + 0.18 * grid.high, 0.64 * grid.high
    scale = max(row.members, row.required, 1)
    reached, due = row.attained >= row.required, row.year >= row.by
    look = FULL if reached else BELOW if due else UNDER_WAY
    box(grid.ax, x, top, wide, high, facecolor=PALE)
    if row.unknown:
        share = row.unknown / scale
        box(grid.ax, x + wide * (row.members / scale - share), top, wide * share, high, **UNKNOWN, label="unknown")
    box(grid.ax, x, top, wide * row.attained / scale, high, **look, label="attained")
    _mark(grid, x + wide * row.required / scale, y)


def _reckoning(grid: Grid, right: float, y: float, rows: pd.DataFrame) -> None:
    """What is attained of what is required in the year of reckoning, and how many are short."""
    row = rows.loc[rows["year"] == rows["by"]].iloc[-1]
    short = max(0, row["required"] - row["attained"])
    missing = f" −{figures(short)}" if short else ""
    text = f"{figures(row['attained'])} / {figures(row['required'])}"
    edge = right - text_width(" −000", grid.size)
    grid.text(edge, y, text, ha="right", weight="bold" if short else "normal")
    grid.text(right, y, missing.strip(), ha="right", weight="bold")


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
    ax, width, height = blank(ax, min(HEIGHT - 0.45, 0.75 + 0.32 * lines), say("chart_absence"))
    years = sorted(table["year"].unique())
    high = (height - 0.75) / lines
    size = min(9.0, 0.55 * 72 * high)
    names = _agency_names(table, shown)
    left = min(0.4 * width, max(text_width(name, size) for name in [*names, say("chart_all_agencies")]) + 0.25)
    grid = Grid(ax, left, (width - left) / len(years), high, size)
    grid.head(0.15, [str(year) for year in years])
    for place, (agency, name) in enumerate(zip(shown, names, strict=True)):
        grid.text(0, 0.3 + place * high, fit(name, left - 0.1, size))
        for row in table[table["agency"] == agency].itertuples():
            _away(grid, years.index(row.year), 0.3 + place * high, row)
    y = 0.3 + len(shown) * high
    ax.axhline(y, color=BLACK, linewidth=0.8)
    if len(others):
        _away_in_all(grid, y, say("chart_other_agencies", number=others["agency"].nunique()), others, years)
    _away_in_all(grid, y + (lines - len(shown) - 1) * high, say("chart_all_agencies"), table, years)
    _ramp(ax, height)
    return ax


def agencies_by_interest(table: pd.DataFrame) -> list[str]:
    """The agencies of `absence_by_year`: those that reach their limit in most years first, then those with most away."""
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
    text = f"{figures(row.away)} / {figures(row.limit)}" if limited else figures(row.away)
    text += " !" if limited and row.away > row.limit else ""
    grid.text(x + wide / 2, y, text, ha="center", color=ink, weight="bold" if full else "normal")


def _shade(share: float) -> Any:
    return mpl.colormaps["cividis"](1 - 0.95 * share)


def _away_in_all(grid: Grid, y: float, name: str, table: pd.DataFrame, years: list[int]) -> None:
    grid.text(0, y, name, weight="bold")
    for column, away in enumerate(table.groupby("year")["away"].sum().loc[years]):
        grid.text(grid.left + (column + 0.4) * grid.wide, y, figures(away), ha="center", weight="bold")


def _ramp(ax: Axes, height: float) -> None:
    x = 0.0
    for share in np.linspace(0.25, 1, 4):
        frame = {"edgecolor": BLACK, "linewidth": 1.8} if share == 1 else {}
        box(ax, x, height - 0.3, 0.3, 0.17, facecolor=_shade(share), **frame)
        text = say("chart_limit_reached") if share == 1 else f"{share:.0%}"
        ax.text(x + 0.37, height - 0.21, text, va="center", size=8.5)
        x += 0.37 + text_width(text, 8.5) + 0.25
    ax.text(x + 0.1, height - 0.21, say("chart_away_of_limit"), va="center", size=8.5)
