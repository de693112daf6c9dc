"""Pictures of a plan, a function each: `(table, ax=None) -> Axes`, drawn from the tables of `planner.plans.tabulation`.

Without `ax` a picture gets a figure of its own, as large as it needs on A4 landscape: `axes.get_figure()`. They are
readable in black and white and by the colour-blind: what a colour says, a hatch, a shape or a number says, too.
"""

from planner.report.charts.agencies import absence
from planner.report.charts.bar_grids import attainment, utilisation
from planner.report.charts.calendar import gantt
from planner.report.charts.canvas import picture_kind, save
from planner.report.charts.fairness import selection_rates
from planner.report.charts.gallery import plot_run
from planner.report.charts.people import priority_shares, yearly
from planner.report.charts.risk import resilience, risk_chances, risk_shortfall
from planner.report.charts.shares import shares
from planner.report.charts.studies import comparison, sweep
from planner.report.charts.wall import wall

__all__ = [
    "absence",
    "attainment",
    "comparison",
    "gantt",
    "picture_kind",
    "plot_run",
    "priority_shares",
    "resilience",
    "risk_chances",
    "risk_shortfall",
    "save",
    "selection_rates",
    "shares",
    "sweep",
    "utilisation",
    "wall",
    "yearly",
]
