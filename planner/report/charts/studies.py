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
from matplotlib.text import Text
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
    WIDTH,
    blank,
    fit,
    nothing,
    picture,
    text_width,
)  # fmt: skip
from planner.report.charts.varied_keys import key_in_words

MINUS, IMPOSSIBLE = "−", "infeasible"
NOT_VALUES = {"scenario", "status", "seconds", "proven", "folder", "error", "title"}


@picture
def comparison(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The scenarios side by side, a small panel for each measure, each with its own scale; the best is dark.

    Where all have the same value none is the best.

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
    legend = [say("chart_best")] if any("★" in text.get_text() for text in ax.findobj(Text)) else []
    if "proven" in table and not table.loc[table["value"].notna(), "proven"].fillna(False).astype(bool).all():
        legend.append(say("chart_not_proven"))
    ax.text(0, height - 0.12, "   ".join(legend), va="center", size=8.5)
    return ax


def _bars(ax: Axes, own: pd.DataFrame) -> None:
    values = own["value"].astype(float)
    told = percentage if "share" in own and own["share"].fillna(False).any() else figure
    best = own["best"].fillna(False).astype(bool) & (values.max() > values.min())
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

    A line joins what is proven. A value that is not is a hollow mark with a stroke to its bound (the column
    `NAME_bound`); where there is no value stands a question mark or, if there surely is no plan, a cross.

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
    sure = _proven(table, shown)
    lines = list(table.groupby(varied[1:], sort=False)) if len(varied) > 1 else [((), table)]
    longest = max(text_width(_told(varied[1:], key, scenario), 8) for key, _ in lines)
    columns = max(1, int(WIDTH / (longest + 0.8)))
    signs = _signs(table, shown, sure)
    foot = 0.35 + (0.17 * ceil(len(lines) / columns) if len(varied) > 1 else 0.0)
    ax, width, height = blank(
        ax, max(min(HEIGHT - 0.5, 0.5 + 2.7 * down), 1.7 * down) + foot, title or say("chart_sweep")
    )
    panels = Panels(ax, width, height, across, down, foot=foot, margin=(0.75, 0.15, 0.5, 0.55))
    ticks = _ticks(table[varied[0]])
    for place, name in enumerate(shown):
        inner = panels.panel(place)
        for (key, own), look in zip(lines, cycle(_looks()), strict=False):
            told = fit(_told(varied[1:], key, scenario), width - 1, 8)
            x = own[varied[0]].map(ticks.index) if isinstance(ticks, list) else own[varied[0]].astype(float)
            _line(
                inner, x.to_numpy(dtype=float), own, name, sure.loc[own.index, name].to_numpy(), {**look, "label": told}
            )
        words = goal_in_words(str(name), scenario), key_in_words(varied[0], scenario)
        _dress(inner, words, table[name], ticks, panels.step[0] - 0.9)
    if len(varied) > 1:
        handles, labels = cast("Axes", ax.child_axes[0]).get_legend_handles_labels()
        ax.legend(handles, labels, loc="lower left", ncols=columns, fontsize=8, borderaxespad=0)
    ax.text(0, height - foot + 0.08, "      ".join(signs), va="center", size=8)
    return ax


def _told(names: Sequence[str], values: Sequence[Any], scenario: Scenario | None) -> str:
    """Which values of the other keys a line is of."""
    pairs = zip(names, values, strict=True)
    return ", ".join(f"{key_in_words(name, scenario)} = {entered(value)}" for name, value in pairs)


def _proven(table: pd.DataFrame, shown: Sequence[str]) -> pd.DataFrame:
    """Which values are proven: their own bound and those of the goals ranked above them are reached.

    A value without a bound is proven where its plan is, by the column `status`, or where there is no such column.
    """
    optimal = (table["status"] == "optimal") if "status" in table else pd.Series(True, index=table.index)
    above, proven = pd.Series(True, index=table.index), pd.DataFrame(index=table.index)
    for name in map(str, table):
        if f"{name}_bound" in table:
            values, bounds = (table[column].astype(float) for column in (name, f"{name}_bound"))
            above &= np.isclose(values, bounds, rtol=0, atol=1e-6) | optimal
            proven[name] = above
    for name in shown:
        proven[name] = proven.get(name, optimal) & table[name].notna()
    return proven[list(shown)]


def _signs(table: pd.DataFrame, shown: Sequence[str], sure: pd.DataFrame) -> list[str]:
    """What the marks of points that are no facts mean, where there are any."""
    missing = table[list(shown)].isna()
    impossible = (table["status"] == IMPOSSIBLE) if "status" in table else pd.Series(False, index=table.index)
    there = {
        "hollow": (~sure & ~missing).any(axis=None),
        "missing": missing[~impossible].any(axis=None),
        "impossible": missing[impossible].any(axis=None),
    }
    return [say(f"chart_points_{sign}") for sign, used in there.items() if used]


def _line(ax: Axes, x: np.ndarray, own: pd.DataFrame, name: str, sure: np.ndarray, look: dict[str, Any]) -> None:
    """What is proven as a line; the rest as hollow marks, or as signs where there is no value."""
    values, order = own[name].astype(float).to_numpy(), np.argsort(x, kind="stable")
    ax.plot(x[order], np.where(sure, values, np.nan)[order], **look)
    missing = np.isnan(values)
    signs = np.where(own["status"] == IMPOSSIBLE, "×", "?") if "status" in own else np.full(len(own), "?")
    for place, sign in zip(x[missing], signs[missing], strict=True):
        ax.text(place, 0.03, sign, transform=ax.get_xaxis_transform(), ha="center", size=11, weight="bold")
    open_ones = ~sure & ~missing
    if not open_ones.any():
        return
    hollow = {**look, "linestyle": "none", "markerfacecolor": "white", "label": None}
    if f"{name}_bound" in own:
        bounds = own[f"{name}_bound"].astype(float).to_numpy()
        known = open_ones & ~np.isnan(bounds)
        ax.vlines(x[known], values[known], bounds[known], color=look["color"], linewidth=1.2)
    ax.plot(x[open_ones], values[open_ones], **hollow)


def _values(table: pd.DataFrame, varied: Sequence[str]) -> list[str]:
    bounds = [f"{name}_bound" for name in table]
    others = [str(name) for name in table if name not in (*varied, *bounds) and name not in NOT_VALUES]
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


def _dress(ax: Axes, words: tuple[str, str], values: pd.Series, ticks: list[Any] | None, wide: float) -> None:
    """Title and axes of a panel; whole numbers, such as people, have whole ticks."""
    name, key = words
    ax.set_title(fit(name, wide, 9, 2, weight="bold"), size=9)
    ax.set_xlabel(fit(key, wide, 8.5), size=8.5)
    known = values.dropna().astype(float)
    ax.yaxis.set_major_locator(MaxNLocator(nbins=7, integer=bool((known == known.round()).all()), min_n_ticks=1))
    if ticks is not None:
        ax.set_xticks(range(len(ticks)), [fit(entered(tick), wide / len(ticks), 8) for tick in ticks])
    else:
        places = np.concatenate([np.asarray(line.get_xdata(), dtype=float) for line in ax.lines])
        whole = bool((places == places.round()).all())
        ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10], integer=whole, min_n_ticks=1))
        ax.xaxis.set_major_formatter(lambda value, _: entered(round(float(value), 4)).replace("-", MINUS))
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
