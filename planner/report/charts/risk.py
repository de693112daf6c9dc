"""Pictures of risk: how surely each target is reached, and how many are short in how many futures."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from planner.messages import figure, percentage, say
from planner.report.charts.canvas import (
    BLACK,
    BLUE,
    HEIGHT,
    ORANGE,
    RED,
    SKY,
    fit,
    heading,
    nothing,
    picture,
    records,
    sheet,
)

MOST_TARGETS = 36
"""Rows that a sheet has room for."""
BARS = 60


@picture
def risk_chances(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """The chance of each target with its range, the least sure first; the columns are those of `Risk.targets`.

    Targets that are reached in every future or in none are left out, and told to be.
    """
    own = table[table["target"] != ""]
    open_ones = own[(own["chance"] > 0) & (own["chance"] < 1)].sort_values("chance", kind="stable")
    shown = open_ones.head(MOST_TARGETS)
    if shown.empty:
        return nothing(ax, say("chart_risk_chances"))
    ax = sheet(ax, min(HEIGHT, 1.6 + 0.2 * len(shown)))
    places = np.arange(len(shown))
    ax.barh(places, shown["chance"], 0.7, color=SKY, edgecolor="none")
    ax.hlines(places, shown["chance_low"], shown["chance_high"], color=BLACK, linewidth=1.4)
    for place, row in enumerate(records(shown)):
        ax.text(1.02, place, figure(row.expected, 1), va="center", size=8)
    ax.set(xlim=(0, 1.12), ylim=(len(shown) - 0.4, -0.6))
    ax.set_yticks(places, [fit(title, 5.2, 8) for title in shown["title"]], size=8)
    ax.set_xticks(np.linspace(0, 1, 6), [percentage(share, 0) for share in np.linspace(0, 1, 6)])
    ax.tick_params(length=0)
    ax.grid(axis="x")
    note = say("chart_risk_chances_note")
    if more := len(own) - len(shown):
        note += "\n" + say("chart_risk_more", number=more)
    ax.set_xlabel(note, size=8.5)
    heading(ax, say("chart_risk_chances"))
    return ax


@picture
def risk_shortfall(futures: pd.DataFrame, targets: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """How many futures have which weighted shortfall, with the plan's own, the mean and that of the worst tenth.

    `futures` has the column shortfall, a row per future; `targets` is `Risk.targets`.
    """
    values = futures["shortfall"].to_numpy(dtype=float)
    whole = targets.iloc[0]
    ax = sheet(ax, 4.4)
    step = np.ceil((np.ptp(values) + 1) / BARS)  # as many numbers in every bar, so that none stands out by chance
    edges = [*np.arange(values.min() - 0.5, values.max() + step, step)]
    ax.hist(values, edges if (values == values.round()).all() else BARS, color=SKY, edgecolor="white", linewidth=0.4)
    marks = (("planned", BLACK, ":", "planned"), ("mean", BLUE, "-", "expected"), ("tail", RED, "--", "worst_tenth"))
    for key, colour, line, column in marks:
        told = say(f"chart_risk_{key}", value=figure(whole[column], 1))
        ax.axvline(float(whole[column]), color=colour, linestyle=line, linewidth=1.8, label=told)
    ax.axvspan(float(np.quantile(values, 0.9)), max(values.max(), float(whole["planned"])), color=ORANGE, alpha=0.15)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(marks), borderaxespad=0)
    ax.set_xlabel(say("chart_risk_across"))
    ax.set_ylabel(say("chart_risk_futures"))
    ax.xaxis.set_major_formatter(lambda value, _: figure(value))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    ax.yaxis.set_major_formatter(lambda value, _: figure(value))
    heading(ax, say("chart_risk_shortfall"))
    return ax


@picture
def resilience(futures: pd.DataFrame, figures: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Two plans over the futures: of each the share of futures that leave at most so many short, and its three figures.

    `futures` has the columns today and resilient, the weighted shortfalls, a row per future; `figures` is that of
    `planner.resilient`.
    """
    ax = sheet(ax, 5.2)
    values = {row["figure"]: row for row in figures.to_dict("records")}
    plans = (("today", ORANGE, "--"), ("resilient", BLUE, "-"))
    for name, colour, line in plans:
        ordered = np.sort(futures[name].to_numpy(dtype=float))
        shares = np.arange(1, len(ordered) + 1) / len(ordered)
        ax.step(ordered, shares, where="post", color=colour, linestyle=line, label=say(f"resilient_column_{name}"))
        left = name == "resilient"
        for figure_name, shape in (("planned", "o"), ("expected", "D"), ("worst_tenth", "s")):
            value = float(values[figure_name][name])
            place = float((ordered <= value).mean())
            told = say(f"chart_resilience_{figure_name}", value=figure(value, 0 if value.is_integer() else 1))
            ax.plot(value, place, shape, color=colour, markeredgecolor=BLACK, zorder=4, clip_on=False)
            if figure_name == "planned" and left and value == float(values["planned"]["today"]):
                continue  # said once
            turned = "right" if left and figure_name != "planned" else "left"
            away = (-9 if turned == "right" else 9), (9 if left else -11)  # points, off the curve
            if figure_name == "planned":
                place, away = 0.0, (9, -23 if left else -11)  # below both curves
            ax.annotate(
                told,
                (value, place),
                xytext=away,
                textcoords="offset points",
                color=BLACK,
                size=8,
                va="center",
                horizontalalignment=turned,
            )
    ax.set(ylim=(-0.12, 1.06))
    ax.margins(x=0.14)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=len(plans), borderaxespad=0)
    ax.set_xlabel(say("chart_resilience_across"))
    ax.set_ylabel(say("chart_resilience_up"))
    ax.xaxis.set_major_formatter(lambda value, _: figure(value))
    ax.yaxis.set_major_formatter(lambda value, _: percentage(value, 0))
    ax.grid(axis="x")
    heading(ax, say("chart_resilience"))
    return ax
