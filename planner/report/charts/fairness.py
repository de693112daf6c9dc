"""The picture of the fairness audit: the rate of selection of each group, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from planner.messages import figure, say
from planner.report.charts.canvas import BLACK, BLUE, GREY, HEIGHT, WIDTH, fit, heading, nothing, picture, sheet

Row = tuple[str, str, int, int, float, float, float]  # attribute, group, needing, selected, rate, low, high


@picture
def selection_rates(rows: Sequence[Row], ax: Axes | None = None) -> Axes:
    """A dot per group at its rate, a line over its interval; the groups of an attribute stand together."""
    if not rows:
        return nothing(ax, say("fairness_chart"))
    attributes = list(dict.fromkeys(row[0] for row in rows))
    place = np.arange(len(rows)) + 0.8 * np.array([attributes.index(row[0]) for row in rows])
    ax = sheet(ax, min(HEIGHT, 1.5 + 0.3 * (place[-1] + 1)))
    for (_, _, needing, selected, rate, low, high), y in zip(rows, place, strict=True):
        ax.plot([100 * low, 100 * high], [y, y], color=GREY, linewidth=2.5, zorder=1)
        ax.plot(100 * rate, y, marker="o", markersize=7, color=BLUE, markeredgecolor=BLACK)
        counts = f"{figure(selected)} / {figure(needing)}"
        ax.text(1.02, y, counts, transform=ax.get_yaxis_transform(), va="center", size=8.5)
    ax.set_yticks(place, [fit(f"{row[0]}: {row[1]}", 3.2, 9) for row in rows])
    ax.set_ylim(place[-1] + 0.8, -0.8)
    ax.set_xlim(0, 100)
    ax.set_xlabel(f"{say('fairness_rate')} [%]")
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    heading(ax, say("fairness_chart"), WIDTH - 4.5)
    return ax
