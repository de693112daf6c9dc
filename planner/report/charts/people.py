"""Pictures of who is sent and when: shares of the favoured, an agency's calendar, the years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from planner.report.charts.paper import (
    BLACK, BLUE, GREY, HEIGHT, ORANGE, SKY, box, figures, fit, nothing, picture, sheet, text_width,
)  # fmt: skip
from planner.report.tables import MODES, WHOLE
from planner.words import say

LOOKS: dict[str, dict[str, Any]] = {
    "full_time": {"facecolor": BLUE},
    "in_service": {"facecolor": ORANGE, "hatch": "////", "edgecolor": "white"},
    "short": {"facecolor": SKY, "hatch": "....", "edgecolor": "white"},
}


# --- priority -------------------------------------------------------------------------------------------------------


@picture
def priority_shares(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The share of each favoured group among those sent (full) against its share among those who could be (hollow)."""
    if table.empty:
        return nothing(ax, say("chart_priority_shares"))
    names = list(table["priority"].unique())
    rows = table.assign(place=np.arange(len(table)) + 0.9 * table["priority"].map(names.index))
    ax = sheet(ax, min(HEIGHT, 1.6 + 0.21 * rows["place"].max()))
    size = 8.5 if len(rows) <= 36 else 6.0
    for row in rows.itertuples():
        ax.plot([row.eligible_share, row.sent_share], [row.place] * 2, color=GREY, linewidth=2.5, zorder=1)
        ax.text(1.02, row.place, _counts(row), transform=ax.get_yaxis_transform(), va="center", size=size)
    dots = {"linestyle": "none", "markersize": 7, "markeredgecolor": BLACK}
    ax.plot(rows["eligible_share"], rows["place"], marker="o", markerfacecolor="white", **dots, label=say("chart_eligible"))
    ax.plot(rows["sent_share"], rows["place"], marker="D", markerfacecolor=BLUE, **dots, label=say("chart_sent"))
    ax.set_yticks(rows["place"], [_name(row) for row in rows.itertuples()], size=size)
    for label, year in zip(ax.get_yticklabels(), rows["year"], strict=True):
        label.set_weight("bold" if year == WHOLE else "normal")
    shares = rows[["sent_share", "eligible_share"]].max().max()
    ax.set(ylim=(rows["place"].max() + 0.8, -0.8), xlim=(0, min(1.02, 1.1 * shares) if shares > 0 else 1))
    ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    ax.set_title(say("chart_priority_shares"))
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.07), ncols=2, borderaxespad=0)
    return ax


def _name(row: Any) -> str:
    return fit(str(row.title), 2.6, 8.5, weight="bold") if row.year == WHOLE else str(row.year)


def _counts(row: Any) -> str:
    shares = ["–" if pd.isna(share) else f"{share:.0%}" for share in (row.sent_share, row.eligible_share)]
    return say("chart_shares", sent=shares[0], people=figures(row.sent), eligible=shares[1])


# --- an agency's calendar -------------------------------------------------------------------------------------------


@picture
def gantt(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Who of an agency studies what and when, a line each; the study under way before the plan is grey."""
    agency = str(table["agency"].iloc[0]) if len(table) and "agency" in table else ""
    title = say("chart_gantt_of", agency=agency) if agency else say("chart_gantt")
    if table.empty:
        return nothing(ax, title)
    first, last = int(table["start"].min()), int(table["finish"].max()) + 1
    high = min(0.26, max(0.15, (HEIGHT - 1.2) / len(table)))
    ax = sheet(ax, 1.2 + high * len(table))
    size = min(8.0, 0.52 * 72 * high)
    inch = (last - first) / 9.2  # in years, about
    for place, row in enumerate(table.itertuples()):
        look = {"facecolor": "#BBBBBB", "hatch": "xxxx", "edgecolor": "white"} if row.current else LOOKS[row.mode]
        box(ax, row.start, place - 0.4, 0.06 * (row.finish + 1 - row.start), 0.8, **look)
        pale = {**look, "alpha": 0.25, "hatch": None, "edgecolor": "none"}
        box(ax, row.start, place - 0.4, row.finish + 1 - row.start, 0.8, **pale, label="study")
        _programme(ax, row, place, size, inch, last)
    changes = np.flatnonzero(table["cadre"].to_numpy() != table["cadre"].shift().to_numpy())
    ax.set_yticks(changes, table["cadre"].iloc[changes], size=size)
    ax.hlines(changes[1:] - 0.5, first, last, color="#BBBBBB", linewidth=0.6)
    ax.set(xlim=(first, last), ylim=(len(table) - 0.5, -0.5))
    ax.set_xticks(np.arange(first, last) + 0.5, [str(year) for year in range(first, last)])
    ax.vlines(np.arange(first, last + 1), -0.5, len(table) - 0.5, color="#BBBBBB", linewidth=0.6, zorder=0)
    ax.tick_params(length=0)
    ax.xaxis.tick_top()
    ax.set_title(title)
    _modes(ax, table)
    return ax


def _programme(ax: Axes, row: Any, place: int, size: float, inch: float, last: int) -> None:
    """The programme's name on its bar; it may run over into the empty rest of the line, but not off the sheet."""
    name = fit(str(row.title), 9.0, size)
    x = row.start + 0.06 * (row.finish + 1 - row.start) + 0.05 * inch
    if x + text_width(name, size) * inch <= last:
        ax.text(x, place, name, va="center_baseline", size=size)
    else:
        ax.text(last - 0.05 * inch, place, name, va="center_baseline", ha="right", size=size)


def _modes(ax: Axes, table: pd.DataFrame) -> None:
    used = [mode for mode in MODES if ((table["mode"] == mode) & ~table["current"]).any()]
    handles = [Patch(**LOOKS[mode], label=say(f"chart_mode_{mode}")) for mode in used]
    if table["current"].any():
        handles.append(Patch(facecolor="#BBBBBB", hatch="xxxx", edgecolor="white", label=say("chart_current")))
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.01), ncols=4, borderaxespad=0.4)


# --- the years ------------------------------------------------------------------------------------------------------


@picture
def yearly(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The starts of each year by mode, one on the other; above them starts, cadres and cost."""
    if table.empty:
        return nothing(ax, say("chart_yearly"))
    ax = sheet(ax, 5.2)
    places = np.arange(len(table))
    bottom = np.zeros(len(table))
    for mode in MODES:
        counts = table[mode].to_numpy(dtype=float)
        bars = ax.bar(places, counts, 0.6, bottom=bottom, **LOOKS[mode], label=say(f"chart_mode_{mode}"))
        room = 0.035 * max(table["starts"].max(), 1)
        texts = [figures(count) if count > room else "" for count in counts]
        back = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
        for text in ax.bar_label(bars, texts, label_type="center", size=8):
            text.set_bbox(back if text.get_text() else None)
        bottom += counts
    for place, row in zip(places, table.itertuples(), strict=True):
        told = say("chart_year", starts=figures(row.starts), cadres=figures(row.cadres), cost=figures(row.cost))
        ax.text(place, row.starts, told, ha="center", va="bottom", size=8.5, linespacing=1.3)
    ax.set_xticks(places, table["year"].astype(str))
    ax.set(ylim=(0, 1.22 * max(table["starts"].max(), 1)), xlim=(-0.6, max(len(table) - 0.4, 0.6)))
    ax.set_ylabel(say("chart_starts"))
    ax.grid(axis="y")
    ax.tick_params(axis="x", length=0)
    ax.set_title(say("chart_yearly"))
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.08), ncols=3, borderaxespad=0)
    return ax
