"""Pictures that are grids of small bars, a row each: seats, targets."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from planner.messages import DASH, figure, say, signed
from planner.report.charts.batches import box, stroke
from planner.report.charts.canvas import (
    BLACK,
    BLUE,
    HEIGHT,
    ORANGE,
    PALE,
    RED,
    blank,
    fit,
    legible,
    nothing,
    picture,
    records,
    text_width,
)  # fmt: skip

FULL = {"facecolor": BLUE}
UNDER_WAY = {"facecolor": ORANGE}
BELOW: dict[str, Any] = {"facecolor": RED, "hatch": "////", "edgecolor": "white"}
UNKNOWN: dict[str, Any] = {"facecolor": "#F6E6EF", "hatch": "....", "edgecolor": "#A6527F"}
UNDECIDED = {"facecolor": "#CC79A7"}  # of those who attain, where it cannot be told whether they are enough
INDENT = 0.1  # of what stands under a heading [inches]


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
            self.ax.text(
                self.left + (place + 0.4) * self.wide,
                y,
                legible(label),
                ha="center",
                va="center",
                weight="bold",
                size=self.size,
            )

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        """A text in a row, `y` being the row's upper edge."""
        self.ax.text(x, y + self.high / 2, legible(text), **{"va": "center_baseline", "size": self.size, **look})


def tall(rows: int, high: float) -> float:
    """The height of a grid with `rows` each `high` or, to stay on the sheet, less; of more rows than fit, more."""
    return 0.75 + rows * max(min(high, (HEIGHT - 1.3) / rows), 0.15)


# --- seats ----------------------------------------------------------------------------------------------------------


@picture
def utilisation(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The starts of every pool and year against its range: a bar in a box that is full at the year's `max`, a mark at
    `min`; a dash in a year without seats.

    The last column adds the years up, with what was begun before them, against the limits over the horizon; the last
    row adds the pools up.
    """
    if table.empty:
        return nothing(ax, say("chart_utilisation"))
    pools = [own for _, own in table.groupby("pool", sort=False)]
    rows, signs = len(pools) + 1, _signs(table)
    foot = 0.25 if signs else 0.0
    ax, width, height = blank(ax, tall(rows, 0.4) + foot, say("chart_utilisation"))
    ax.text(0, height - 0.14, "      ".join(signs), va="center", size=8.5)
    height -= foot
    years = list(table["year"].unique())
    high = (height - 0.75) / rows
    size = min(9.0, 0.5 * 72 * high)
    left = min(0.34 * width, max(text_width(title, size) for title in table["title"]) + 0.2)
    told = max(text_width(_starts_told(row), size, "bold") for row in records(table))
    sums = [_sum_told(own) for own in pools]
    last = max(text_width(text, size, "bold") for text in (*sums, say("chart_total"))) + 0.15
    grid = Grid(ax, left, (width - left - last) / len(years), high, size)
    grid.head(0.15, list(map(str, years)))
    ax.text(width, 0.15, say("chart_total"), ha="right", va="center", weight="bold", size=size)
    for place, own in enumerate(pools):
        _pool(grid, 0.3 + place * high, own, told)
        grid.text(width, 0.3 + place * high, sums[place], ha="right", weight="bold")
    _sum_of_pools(grid, 0.3 + len(pools) * high, table, years, width)
    mark = say("chart_minimum") if (table["min"] > 0).any() else ""
    entries = [(FULL, say("chart_seats_used"))]
    if (table["starts"] < table["min"]).any():
        entries.append((BELOW, say("chart_below_minimum")))
    legend(ax, height, entries, mark)
    return ax


def _pool(grid: Grid, y: float, own: pd.DataFrame, told: float) -> None:
    """The title and the years of a pool; a year without a maximum is drawn to the pool's largest figure."""
    grid.text(0, y, fit(own["title"].iloc[0], grid.left - 0.1, grid.size))
    scale = max(own[["min", "max", "starts"]].astype(float).max().max(), 1)
    for column, row in enumerate(records(own)):
        _seats(grid, column, y, row, row.max if pd.notna(row.max) and row.max > 0 else scale, told)


def _seats(grid: Grid, column: int, y: float, row: Any, scale: float, told: float) -> None:
    x, wide = grid.left + column * grid.wide, max(0.1 * grid.wide, grid.wide - told - 0.2)
    if without_seats(row):
        grid.text(x + wide / 2, y, DASH, ha="center", color="#555555")
        return
    top, high = y + 0.18 * grid.high, 0.64 * grid.high
    look = BELOW if row.starts < row.min else FULL
    box(grid.ax, x, top, wide, high, facecolor=PALE)
    box(grid.ax, x, top, wide * min(1.0, row.starts / scale), high, **look, label="starts")
    if row.min > 0:
        mark(grid, x + wide * min(1.0, row.min / scale), y)
    grid.text(x + wide + 0.06, y, _starts_told(row), weight="bold" if row.starts < row.min else "normal")


def without_seats(row: Any) -> bool:
    """Whether nobody may start then, and nobody does."""
    return bool(pd.notna(row.max) and row.max == 0 and row.min == 0 and row.starts == 0)


def _starts_told(row: Any) -> str:
    return f"{figure(row.starts)} {range_told(row.min, row.max)}".rstrip()


def range_told(low: int, high: Any) -> str:
    """The least and the most starts in brackets; nothing where neither is set."""
    if pd.isna(high):
        return f"(≥{figure(low)})" if low else ""
    return f"({figure(high)})" if low == high else f"({figure(low)}–{figure(high)})"


def _sum_told(own: pd.DataFrame) -> str:
    """The starts of a pool in all years, those begun before and the limits: `3 + 20 / 22`."""
    first = own.iloc[0]
    begun, low, high = (own[name].iloc[0] if name in own else 0 for name in ("begun", "total_min", "total"))
    starts = int(own["starts"].sum())
    told = f"{figure(begun)} + {figure(starts)}" if begun else figure(starts)
    if begun + starts < low:
        told = f"▼ {told}"
    if low:
        return f"{told} {range_told(low, high)}"
    return f"{told} / {figure(first['total'])}" if "total" in own and pd.notna(high) else told


def _signs(table: pd.DataFrame) -> list[str]:
    """What a dash, a sum and ▼ mean, where they stand."""
    sums = [_sum_told(own) for _, own in table.groupby("pool", sort=False)]
    signs = [say("chart_no_seats")] if any(map(without_seats, records(table))) else []
    signs += [say("chart_begun")] if any("+" in told for told in sums) else []
    return signs + ([say("chart_below_total")] if any("▼" in told for told in sums) else [])


def _sum_of_pools(grid: Grid, y: float, table: pd.DataFrame, years: list[int], width: float) -> None:
    grid.ax.axhline(y, color=BLACK, linewidth=0.8)
    grid.text(0, y, say("chart_all_pools"), weight="bold")
    sums = table.groupby("year")["starts"].sum()
    for column, total in enumerate(sums.loc[years]):
        grid.text(grid.left + (column + 0.4) * grid.wide, y, figure(total), ha="center", weight="bold")
    grid.text(width, y, figure(table["starts"].sum()), ha="right", weight="bold")


def mark(grid: Grid, x: float, y: float) -> None:
    """The line to reach."""
    stroke(grid.ax, x, y + 0.08 * grid.high, 0, 0.84 * grid.high, edgecolor=BLACK, linewidth=1.6, label="mark")


def legend(ax: Axes, height: float, entries: list[tuple[dict[str, Any], str]], mark: str) -> None:
    """What the bars mean, below them; `mark` says what the black line is, if there is one."""
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
    """Who attains each target by the end of each year: a bar in a box that all members fill, a mark at what to reach.

    Members of unknown level are dots at the box's far end. Where it hangs on them whether a target is reached, that
    cannot be told: it has a colour of its own, and the range of what may be attained; it is no shortfall. A target
    without members says so. Targets in a row whose titles begin alike ("Leaders: ...") stand under that beginning.
    """
    if table.empty:
        return nothing(ax, say("chart_attainment"))
    lines = _lines(table)
    columns = 2 if len(lines) > 30 else 1
    halves = _halves(lines) if columns == 2 else [lines]
    rows = max(map(len, halves))
    ax, width, height = blank(ax, tall(rows, 0.3), say("chart_attainment"))
    gap = 0.3
    wide = (width - gap * (columns - 1)) / columns
    for place, half in enumerate(halves):
        _targets(ax, place * (wide + gap), wide, (height - 0.75) / rows, half, table)
    entries = [(FULL, say("chart_reached")), (UNDER_WAY, say("chart_under_way")), (BELOW, say("chart_missed"))]
    if table["unknown"].sum():
        entries.append((UNKNOWN, say("chart_cannot_be_told")))
    legend(ax, height, entries, say("chart_required"))
    return ax


Line = tuple[str, pd.DataFrame | None, float]  # a target's name, rows and indent; or a heading


def _lines(table: pd.DataFrame) -> list[Line]:
    """The targets in their order; before those whose titles begin alike, up to a colon, that beginning as a heading."""
    lines: list[Line] = []
    targets = [rows for _, rows in table.groupby("target", sort=False)]
    for head, alike in groupby(targets, key=lambda rows: rows["title"].iloc[0].rpartition(": ")[0]):
        own = list(alike)
        if head and len(own) > 1:
            lines.append((head, None, 0.0))
            lines += [(rows["title"].iloc[0].removeprefix(f"{head}: "), rows, INDENT) for rows in own]
        else:
            lines += [(rows["title"].iloc[0], rows, 0.0) for rows in own]
    return lines


def _halves(lines: list[Line]) -> list[list[Line]]:
    """Cut where a group begins, as near to the middle as can be."""
    heads = [place for place, (_, rows, _) in enumerate(lines) if rows is None and place > 0] or [len(lines) // 2]
    middle = min(heads, key=lambda place: abs(place - len(lines) / 2))
    return [lines[:middle], lines[middle:]]


def _targets(ax: Axes, x: float, width: float, high: float, lines: list[Line], table: pd.DataFrame) -> None:
    size = min(9.0, 0.52 * 72 * high)
    years = sorted(table["year"].unique())
    reckoned = table[table["year"] == table["by"]]
    right = max(text_width(_reckoned(row), size, "bold") for row in records(reckoned)) + 0.1
    short = max(text_width(_short(row), size, "bold") for row in records(reckoned)) + 0.05
    names = [text_width(name, size) + indent for name, rows, indent in lines if rows is not None]
    label = min(0.48 * width, max(names, default=0) + 0.12)
    grid = Grid(ax, x + label, (width - label - right - short) / len(years), high, size)
    grid.head(0.15, [str(year) for year in years])
    for place, (name, rows, indent) in enumerate(lines):
        y = 0.3 + place * high
        if rows is None:
            grid.text(x, y, fit(name, width, size, weight="bold"), weight="bold")
            continue
        grid.text(x + indent, y, fit(name, label - indent - 0.08, size))
        for row in records(rows):
            _attained(grid, years.index(row.year), y, row)
            if row.year == row.by:
                bold = "bold" if _short(row) else "normal"
                grid.text(x + width - short, y, _reckoned(row), ha="right", weight=bold)
                grid.text(x + width, y, _short(row), ha="right", weight="bold")
        if rows["unknown"].iloc[0] == rows["members"].iloc[0]:
            back = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
            middle = grid.left + (len(years) / 2 - 0.07) * grid.wide
            text = say("chart_unknown" if rows["members"].iloc[0] else "chart_memberless")
            grid.text(middle, y, text, ha="center", bbox=back)


def _attained(grid: Grid, column: int, y: float, row: Any) -> None:
    x, wide = grid.left + column * grid.wide, 0.86 * grid.wide
    top, high = y + 0.18 * grid.high, 0.64 * grid.high
    scale = max(row.members, row.required, 1)
    reached, due = row.attained >= row.required, row.year >= row.by
    look = FULL if reached else UNDER_WAY if not due else UNDECIDED if undecided(row) else BELOW
    box(grid.ax, x, top, wide, high, facecolor=PALE)
    if row.unknown:
        share = row.unknown / scale
        box(grid.ax, x + wide * (row.members / scale - share), top, wide * share, high, **UNKNOWN, label="unknown")
    box(grid.ax, x, top, wide * row.attained / scale, high, **look, label="attained")
    if row.unknown < row.members or row.required > row.members:
        mark(grid, x + wide * row.required / scale, y)


def undecided(row: Any) -> bool:
    """Whether it hangs on members of unknown level if a target is reached."""
    return bool(row.attained < row.required <= row.attained + row.unknown)


def _reckoned(row: Any) -> str:
    """What is attained of what is required in the year of reckoning; a range where levels are unknown and it matters.

    A dash where there are no members to attain it.
    """
    if not row.members and not row.required:
        return DASH
    most = row.attained + row.unknown if row.attained < row.required else row.attained
    told = figure(row.attained) if most == row.attained else f"{figure(row.attained)}–{figure(most)}"
    return f"{told} / {figure(row.required)}"


def _short(row: Any) -> str:
    """How many are surely short: as many as would be if every member of unknown level attained it."""
    short = row.required - row.attained - row.unknown
    return signed(-short) if short > 0 else ""
