"""Pictures of several plans: scenarios side by side, and a goal over what a sweep varies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from math import ceil
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from planner.report.charts.paper import (
    BLACK, BLUE, GREEN, GREY, HEIGHT, ORANGE, RED, SKY, WIDTH, figures, fit, nothing, picture, text_width,
)  # fmt: skip
from planner.words import catalogue, say

NOT_VALUES = {"scenario", "status", "seconds", "proven", "folder", "error", "title"}


@picture
def comparison(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The scenarios side by side, a small panel for each measure, each with its own scale; the best is dark.

    Columns scenario, measure, value (empty: not known) and best; optionally proven: a value that is not is hatched.
    """
    if table.empty:
        return nothing(ax, say("chart_comparison"))
    scenarios, measures = list(table["scenario"].unique()), list(table["measure"].unique())
    across = min(4, len(measures))
    down = ceil(len(measures) / across)
    label = min(2.6, max(text_width(name, 8.5) for name in scenarios) + 0.2)
    panel = min(0.45 + 0.26 * len(scenarios), (HEIGHT - 0.9) / down - 0.3)
    ax = _host(ax, down * (panel + 0.3) + 0.2, say("chart_comparison"))
    for place, measure in enumerate(measures):
        inner = _panel(ax, place, across, down, label / WIDTH)
        own = table[table["measure"] == measure].set_index("scenario").reindex(scenarios)
        _bars(inner, own)
        inner.set_title(fit(_goal(measure), (WIDTH - label) / across * 0.86, 8.5, lines=2), size=8.5, weight="bold")
        if place % across == 0:
            inner.set_yticks(range(len(scenarios)), [fit(name, label - 0.1, 8.5) for name in scenarios], size=8.5)
    legend = say("chart_best")
    if "proven" in table and not table["proven"].fillna(False).astype(bool).all():
        legend += "   " + say("chart_not_proven")
    ax.text(0, -0.02, legend, transform=ax.transAxes, va="top", size=8.5)
    return ax


def _bars(ax: Axes, own: pd.DataFrame) -> None:
    values = own["value"].astype(float)
    best = own["best"].fillna(False).astype(bool)
    proven = own["proven"].fillna(False).astype(bool) if "proven" in own else values.notna()
    bars = ax.barh(range(len(own)), values.fillna(0), 0.66, color=[BLUE if each else "#BFD9EA" for each in best])
    for bar, sure in zip(bars, proven, strict=True):
        bar.set(hatch=None if sure else "////", edgecolor=GREY, linewidth=0.5)
    widest = max(values.abs().max() if values.notna().any() else 0, 1e-9)
    low = min(0.0, values.min()) if values.notna().any() else 0.0
    for place, (value, top) in enumerate(zip(values, best, strict=True)):
        text = figures(value) + (" ★" if top else "")
        edge = max(value, 0) if pd.notna(value) else 0
        ax.text(edge + 0.03 * widest, place, text, va="center", size=8.5, weight="bold" if top else "normal")
    ax.set(ylim=(len(own) - 0.5, -0.5), xlim=(1.1 * low, 1.5 * widest))
    ax.set_yticks([])
    ax.set_xticks([])
    ax.spines[["bottom"]].set_visible(False)


@picture
def sweep(
    table: pd.DataFrame, ax: Axes | None = None, keys: Sequence[str] | None = None, values: Sequence[str] | None = None
) -> Axes:
    """Every goal over what was varied: the first key across, a line for each combination of the others.

    Parameters
    ----------
    keys
        The columns that were varied; by default those whose names are paths in a scenario (with a dot).
    values
        The columns to draw, a panel each; by default all other columns of numbers.
    """
    varied = list(keys) if keys is not None else [name for name in table if "." in str(name)]
    shown = list(values) if values is not None else _values(table, varied)
    if table.empty or not varied or not shown:
        return nothing(ax, say("chart_sweep"))
    across = min(3 if len(shown) > 4 else 2, len(shown))
    down = ceil(len(shown) / across)
    ax = _host(ax, min(HEIGHT - 0.3, 0.6 + 2.9 * down), say("chart_sweep"))
    lines = list(table.groupby(varied[1:], sort=False)) if len(varied) > 1 else [((), table)]
    ticks = _ticks(table[varied[0]])
    for place, name in enumerate(shown):
        inner = _panel(ax, place, across, down, 0.06, foot=0.3)
        for (key, own), look in zip(lines, cycle(_looks()), strict=False):
            told = ", ".join(f"{column} = {_cell(value)}" for column, value in zip(varied[1:], key, strict=True))
            x = own[varied[0]].map(ticks.index) if isinstance(ticks, list) else own[varied[0]].astype(float)
            order = np.argsort(x.to_numpy(), kind="stable")
            inner.plot(x.to_numpy()[order], own[name].astype(float).to_numpy()[order], **look, label=told)
        _dress(inner, varied[0], str(name), ticks, down)
    if len(varied) > 1:
        handles, labels = ax.child_axes[0].get_legend_handles_labels()
        wide = max(map(len, labels))
        columns = max(1, min(len(labels), int(140 / (wide + 6))))
        ax.legend(handles, labels, loc="upper left", bbox_to_anchor=(0, -0.02), ncols=columns, fontsize=8)
    return ax


def _values(table: pd.DataFrame, varied: Sequence[str]) -> list[str]:
    others = [name for name in table if name not in varied and name not in NOT_VALUES]
    return [name for name in others if pd.api.types.is_numeric_dtype(table[name]) and table[name].notna().any()]


def _ticks(column: pd.Series) -> list[Any] | None:
    """The values of a key that is not a number, in their order; None for numbers."""
    return None if pd.api.types.is_numeric_dtype(column) else list(column.unique())


def _cell(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _looks() -> list[dict[str, Any]]:
    styles = zip([BLUE, RED, BLACK, GREEN, ORANGE, SKY], "oDs^v*", ["-", "--", ":", "-.", "-", "--"], strict=True)
    return [{"color": colour, "marker": marker, "linestyle": line} for colour, marker, line in styles]


def _dress(ax: Axes, key: str, name: str, ticks: list[Any] | None, down: int) -> None:
    ax.set_title(fit(_goal(name), 4.6 if down < 3 else 3.2, 9, lines=1, weight="bold"), size=9)
    ax.set_xlabel(fit(key, 4.6, 8.5), size=8.5)
    if ticks is not None:
        ax.set_xticks(range(len(ticks)), [fit(_cell(tick), 1.2, 8) for tick in ticks])
    else:
        ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_formatter(lambda value, _: figures(value))
    ax.tick_params(labelsize=8)
    ax.margins(y=0.12)
    ax.grid()


def _goal(name: str) -> str:
    """A goal in words; any other measure as it is called."""
    return say(f"goal_{name}") if f"goal_{name}" in catalogue() else name


# --- panels ---------------------------------------------------------------------------------------------------------


def _host(ax: Axes | None, height: float, title: str) -> Axes:
    """The axes that hold the panels: nothing of their own but the title and a legend."""
    if ax is None:
        full = height + 1.0
        ax = Figure(figsize=(WIDTH, full)).add_axes((0.012, 0.5 / full, 0.976, height / full))
    ax.set_axis_off()
    ax.set_title(title, pad=12)
    return ax


def _panel(ax: Axes, place: int, across: int, down: int, label: float, foot: float = 0.0) -> Axes:
    """One of `across` x `down` panels; `label` is the room for labels at the left, a share of the whole width."""
    row, column = divmod(place, across)
    each = 1 - label if foot == 0 else 1.0
    left = label + column * each / across if foot == 0 else column / across + label
    wide = each / across * 0.94 if foot == 0 else 1 / across - label - 0.01
    high = 1 / down
    return ax.inset_axes((left, 1 - (row + 1) * high + foot * high * 0.75, wide, high * (0.8 - 0.85 * foot)))
