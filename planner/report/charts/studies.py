"""Pictures of several plans: scenarios side by side, and a goal over what a sweep varies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from math import ceil
from typing import Any, cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from planner.inputs.scenario.schema import Scenario
from planner.messages import entered, figure, percentage, say
from planner.plans.summary import goal_in_words
from planner.report.charts.canvas import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    HEIGHT,
    ORANGE,
    RED,
    SKY,
    blank,
    fit,
    nothing,
    picture,
    text_width,
)  # fmt: skip

NOT_VALUES = {"scenario", "status", "seconds", "proven", "folder", "error", "title"}


@picture
def comparison(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The scenarios side by side, a small panel for each measure, each with its own scale; the best is dark.

    Columns scenario, measure, value (empty: not known) and best; optionally proven (a value that is not is hatched)
    and share (Boolean: the value is one, and is told in per cent).
    """
    if table.empty:
        return nothing(ax, say("chart_comparison"))
    scenarios, measures = list(table["scenario"].unique()), list(table["measure"].unique())
    across = min(4, len(measures))
    down = ceil(len(measures) / across)
    label = min(2.6, max(text_width(name, 8.5) for name in scenarios) + 0.2)
    panel = 0.55 + len(scenarios) * max(min(0.26, ((HEIGHT - 1.0) / down - 0.55) / len(scenarios)), 0.15)
    ax, width, height = blank(ax, down * panel + 0.3, say("chart_comparison"))
    margin = (0.0, 0.12, 0.45, 0.1)
    panels = Panels(ax, width, height, across, down, label, 0.3, margin)
    for place, measure in enumerate(measures):
        inner = panels.panel(place)
        own = table[table["measure"] == measure].set_index("scenario").reindex(scenarios)
        _bars(inner, own)
        inner.set_title(fit(goal_in_words(measure), panels.step[0] - 0.2, 8.5, 2, "bold"), size=8.5, weight="bold")
        if place % across == 0:
            inner.set_yticks(range(len(scenarios)), [fit(name, label - 0.1, 8.5) for name in scenarios], size=8.5)
    legend = say("chart_best")
    if "proven" in table and not table["proven"].fillna(False).astype(bool).all():
        legend += "   " + say("chart_not_proven")
    ax.text(0, height - 0.12, legend, va="center", size=8.5)
    return ax


def _bars(ax: Axes, own: pd.DataFrame) -> None:
    values = own["value"].astype(float)
    told = percentage if "share" in own and own["share"].fillna(False).any() else figure
    best = own["best"].fillna(False).astype(bool)
    proven = own["proven"].fillna(False).astype(bool) if "proven" in own else values.notna()
    bars = ax.barh(range(len(own)), values.fillna(0), 0.66, color=[BLUE if each else "#BFD9EA" for each in best])
    for bar, sure in zip(bars, proven, strict=True):
        bar.set(hatch=None if sure else "////", edgecolor=GREY, linewidth=0.5)
    widest = max(values.abs().max() if values.notna().any() else 0, 1e-9)
    low = min(0.0, values.min()) if values.notna().any() else 0.0
    for place, (value, top) in enumerate(zip(values, best, strict=True)):
        text = told(value) + (" ★" if top else "")
        edge = max(value, 0) if pd.notna(value) else 0
        ax.text(edge + 0.03 * widest, place, text, va="center", size=8.5, weight="bold" if top else "normal")
    ax.set(ylim=(len(own) - 0.5, -0.5), xlim=(1.1 * low, 1.5 * widest))
    ax.set_yticks([])
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.spines[["bottom"]].set_visible(False)


@picture
def sweep(
    table: pd.DataFrame,
    ax: Axes | None = None,
    keys: Sequence[str] | None = None,
    values: Sequence[str] | None = None,
    title: str = "",
    scenario: Scenario | None = None,
) -> Axes:
    """Every goal over what was varied: the first key across, a line for each combination of the others.

    Parameters
    ----------
    keys
        The columns that were varied; by default those whose names are paths in a scenario (with a dot).
    values
        The columns to draw, a panel each; by default all other columns of numbers.
    scenario
        Whose titles the entries of goals have; without it they are told by their ids.
    """
    varied = [str(name) for name in (table if keys is None else keys) if keys is not None or "." in str(name)]
    shown = _values(table, varied) if values is None else list(values)
    if table.empty or not varied or not shown:
        return nothing(ax, say("chart_sweep"))
    across = min(3 if len(shown) > 4 else 2, len(shown))
    down = ceil(len(shown) / across)
    ax, width, height = blank(ax, min(HEIGHT - 0.5, 0.5 + 2.7 * down), title or say("chart_sweep"))
    panels = Panels(ax, width, height, across, down, foot=0.35, margin=(0.75, 0.15, 0.5, 0.55))
    lines = list(table.groupby(varied[1:], sort=False)) if len(varied) > 1 else [((), table)]
    ticks = _ticks(table[varied[0]])
    for place, name in enumerate(shown):
        inner = panels.panel(place)
        for (key, own), look in zip(lines, cycle(_looks()), strict=False):
            told = ", ".join(f"{column} = {entered(value)}" for column, value in zip(varied[1:], key, strict=True))
            x = own[varied[0]].map(ticks.index) if isinstance(ticks, list) else own[varied[0]].astype(float)
            order = np.argsort(x.to_numpy(), kind="stable")
            inner.plot(x.to_numpy()[order], own[name].astype(float).to_numpy()[order], **look, label=told)
        _dress(inner, varied[0], goal_in_words(str(name), scenario), ticks, panels.step[0] - 0.9)
    if len(varied) > 1:
        handles, labels = cast("Axes", ax.child_axes[0]).get_legend_handles_labels()
        columns = max(1, int(width / (max(text_width(told, 8) for told in labels) + 0.8)))
        ax.legend(handles, labels, loc="lower left", ncols=columns, fontsize=8, borderaxespad=0)
    return ax


def _values(table: pd.DataFrame, varied: Sequence[str]) -> list[str]:
    others = [str(name) for name in table if name not in varied and name not in NOT_VALUES]
    return [name for name in others if pd.api.types.is_numeric_dtype(table[name]) and table[name].notna().any()]


def _ticks(column: pd.Series) -> list[Any] | None:
    """The values of a key that is not a number, in their order; None for numbers."""
    return None if pd.api.types.is_numeric_dtype(column) else list(column.unique())


def _looks() -> list[dict[str, Any]]:
    styles = zip([BLUE, RED, BLACK, GREEN, ORANGE, SKY], "oDs^v*", ["-", "--", ":", "-.", "-", "--"], strict=True)
    return [
        {
            "color": colour,
            "marker": marker,
            "linestyle": line,
            "markersize": 10 - 1.2 * place,
        }  # lines that coincide show
        for place, (colour, marker, line) in enumerate(styles)
    ]


def _dress(ax: Axes, key: str, name: str, ticks: list[Any] | None, wide: float) -> None:
    ax.set_title(fit(name, wide, 9, 2, weight="bold"), size=9)
    ax.set_xlabel(fit(key, wide, 8.5), size=8.5)
    if ticks is not None:
        ax.set_xticks(range(len(ticks)), [fit(entered(tick), wide / len(ticks), 8) for tick in ticks])
    else:
        ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(lambda value, _: entered(round(float(value), 4)))
    ax.yaxis.set_major_formatter(lambda value, _: figure(value))
    ax.tick_params(labelsize=8)
    ax.margins(y=0.12)
    ax.grid()


# --- panels ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Panels:
    """Small axes on the large `ax`, `across` in a row; margins around each, left of all and below all [inches]."""

    ax: Axes
    width: float
    height: float
    across: int
    down: int
    left: float = 0.0
    foot: float = 0.0
    margin: tuple[float, float, float, float] = (0, 0, 0, 0)  # left, right, top, bottom

    @property
    def step(self) -> tuple[float, float]:
        """The width and height of a panel with its margins."""
        return (self.width - self.left) / self.across, (self.height - self.foot) / self.down

    def panel(self, place: int) -> Axes:
        """The axes of one panel, counted along the rows."""
        row, column = divmod(place, self.across)
        (wide, high), (left, right, top, bottom) = self.step, self.margin
        x, y = self.left + column * wide + left, self.height - (row + 1) * high + bottom
        return self.ax.inset_axes(
            (x / self.width, y / self.height, (wide - left - right) / self.width, (high - top - bottom) / self.height)
        )
