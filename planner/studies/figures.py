"""The figures of a plan that comparisons put side by side, beside its goals."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.plans import tabulation
from planner.plans.plan import Plan
from planner.plans.summary import seat_use, targets
from planner.plans.tables import number
from planner.plans.verdicts import outcome

Key = tuple[str, str, str, str]  # kind, item, measure, sense
TOTAL = "total"  # the item of the rows that sum the years
SENSES = {
    "targets": {"members": "", "required": "", "attained": "max", "shortfall": "min", "share": "max"},
    "seats": {"starts": "", "room": "", "below_min": "min"},
    "totals": {"begun": "", "starts": "", "min": "", "max": "", "below_min": "min"},
    "shares": {"starts": "", "of_group": "", "least": "", "required": "", "shortfall": "min"},
    "priority": {"sent": "", "sent_share": "max", "eligible_share": ""},
    "yearly": {"starts": "", "cadres": "", "cost": "min", "full_time": "", "in_service": "", "short": ""},
}
SHARES = ("share", "sent_share", "eligible_share", "least")
"""The measures that are shares of 1."""
ASKED = {"targets": "required", "totals": "min", "shares": "least"}
"""What is asked for: figures of plans that ask for something else are not ranked."""
FIGURES = (
    *("targets_reached", "targets_told", "places_short", "places_unknown"),
    *("planned_starts", "planned_cadres", "planned_cost"),
)
"""What a plan amounts to, whatever its scenario's goals are."""


def overall(plan: Plan) -> dict[str, int | float | None]:
    """`FIGURES` of a plan: targets reached, of how many that can be told, places, starts, people, cost.

    All None where no plan was found.
    """
    if not plan.found:
        return dict.fromkeys(FIGURES)
    found, sent = outcome(plan), plan.assignments
    cost = number(round(float(tabulation.yearly(plan)["cost"].sum()), 9))
    standing = found.reached, found.told, found.short, found.open
    return dict(zip(FIGURES, (*standing, len(sent), sent["cadre"].nunique(), cost), strict=True))


def figures_of(plan: Plan) -> Iterator[tuple[Key, float]]:
    """Every figure of a plan beside its goals: (kind, item, measure, sense) and the value."""
    if not plan.found:
        return
    favoured, shares = tabulation.priority_shares(plan), tabulation.group_shares(plan)
    for kind, key, table in (
        ("targets", "target", targets(plan).merge(plan.attainment[["target", "share"]], on="target")),
        ("seats", "pool", seat_use(plan)),
        ("totals", "pool", _limited(tabulation.totals(plan))),
        ("shares", "share", shares.assign(share=list(map(_share_item, shares["share"], shares["year"])))),
        ("priority", "priority", favoured[favoured["year"] == tabulation.WHOLE]),
        ("yearly", "year", _with_total(tabulation.yearly(plan), plan)),
    ):
        for row in table.to_dict("records"):
            for measure, sense in SENSES[kind].items():
                yield (kind, str(row[key]), measure, sense), row[measure]


def _limited(totals: pd.DataFrame) -> pd.DataFrame:
    """The pools that have a limit over the horizon."""
    return totals[(totals["min"] > 0) | totals["max"].notna()]


def _share_item(name: str, year: int | str) -> str:
    """What a row of the shares is called: the share, of a year with the year behind it."""
    return name if year == tabulation.WHOLE else f"{name}/{year}"


def _with_total(yearly: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    total = yearly.drop(columns="year").sum().to_dict() | {"year": TOTAL}
    total["cadres"] = plan.assignments["cadre"].nunique()  # who starts in two years is one cadre
    return pd.concat([yearly.astype({"year": object}), pd.DataFrame([total])], ignore_index=True)
