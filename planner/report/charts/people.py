"""Pictures of who is sent: shares of the favoured, the years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from planner.messages import figure, percentage, say
from planner.plans.tabulation import MODES, WHOLE
from planner.report.charts.canvas import (
    BLACK,
    BLUE,
    GREY,
    HEIGHT,
    ORANGE,
    SKY,
    fit,
    framed,
    nothing,
    picture,
    records,
    text_width,
)  # fmt: skip

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
    size = 8.5 if len(rows) <= 36 else 6.0
    names, counts = [_name(row) for row in records(rows)], [_counts(row) for row in records(rows)]
    left, right = max(text_width(name, size, "bold") for name in names), max(text_width(each, size) for each in counts)
    height = min(HEIGHT, 1.6 + 0.21 * rows["place"].max())
    ax = framed(ax, height, say("chart_priority_shares"), (left + 0.2, right + 0.3, 0.65))
    ax.hlines(rows["place"], rows["eligible_share"], rows["sent_share"], color=GREY, linewidth=2.5, zorder=1)
    for place, told in zip(rows["place"], counts, strict=True):
        ax.text(1.02, place, told, transform=ax.get_yaxis_transform(), va="center", size=size)
    dots: dict[str, Any] = {"linestyle": "none", "markersize": 7, "markeredgecolor": BLACK}
    hollow = {**dots, "marker": "o", "markerfacecolor": "white"}
    ax.plot(rows["eligible_share"], rows["place"], **hollow, label=say("chart_eligible"))
    ax.plot(rows["sent_share"], rows["place"], marker="D", markerfacecolor=BLUE, **dots, label=say("chart_sent"))
    ax.set_yticks(rows["place"], names, size=size)
    for label, year in zip(ax.get_yticklabels(), rows["year"], strict=True):
        label.set_fontweight("bold" if year == WHOLE else "normal")
    shares = rows[["sent_share", "eligible_share"]].max().max()
    ax.set(ylim=(rows["place"].max() + 0.8, -0.8), xlim=(0, min(1.02, 1.1 * shares) if shares > 0 else 1))
    ax.xaxis.set_major_formatter(lambda share, _: percentage(share, 0))
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    ax.legend(loc="upper left", bbox_to_anchor=(0, 0), ncols=2, borderaxespad=2.6)
    return ax


def _name(row: Any) -> str:
    return fit(str(row.title), 2.6, 8.5, weight="bold") if row.year == WHOLE else str(row.year)


def _counts(row: Any) -> str:
    sent, eligible = percentage(row.sent_share), percentage(row.eligible_share)
    return say("chart_shares", sent=sent, people=row.sent, eligible=eligible)


# --- the years ------------------------------------------------------------------------------------------------------


@picture
def yearly(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The starts of each year by mode, one on the other; above them starts, cadres and cost.

    A column `currency` says in which unit costs are.
    """
    if table.empty:
        return nothing(ax, say("chart_yearly"))
    ax = framed(ax, 5.2, say("chart_yearly"), (0.7, 0.1, 0.65))
    places = np.arange(len(table))
    bottom = np.zeros(len(table))
    for mode in MODES:
        counts = table[mode].to_numpy(dtype=float)
        bars = ax.bar(places, counts, 0.6, bottom=bottom, **LOOKS[mode], label=say(f"chart_mode_{mode}"))
        room = 0.02 * max(table["starts"].max(), 1)
        texts = [figure(count) if count > room else "" for count in counts]
        back = {"boxstyle": "round,pad=0.08", "facecolor": "white", "edgecolor": "none"}
        for text in ax.bar_label(bars, texts, label_type="center", size=8):
            text.set_bbox(back if text.get_text() else None)
        bottom += counts
    currency = str(table["currency"].iloc[0]) if "currency" in table else ""
    with_cost = "chart_year_in" if currency else "chart_year"
    sentence = with_cost if table["cost"].any() else "chart_year_without_cost"
    for place, row in zip(places, records(table), strict=True):
        told = say(sentence, starts=row.starts, cadres=row.cadres, cost=row.cost, currency=currency)
        behind: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        ax.text(float(place), row.starts, told, ha="center", va="bottom", size=8.5, linespacing=1.3, bbox=behind)
    ax.set_xticks(places, table["year"].astype(str))
    ax.set(ylim=(0, 1.22 * max(table["starts"].max(), 1)), xlim=(-0.6, max(len(table) - 0.4, 0.6)))
    ax.set_ylabel(say("chart_starts"))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="y")
    ax.tick_params(axis="x", length=0)
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.08), ncols=3, borderaxespad=0)
    return ax
