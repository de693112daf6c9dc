"""Which limits a plan uses up: seats, the places of offices, the budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from planner.model.rules.budget import amount_of
from planner.plans import tabulation
from planner.plans.plan import Plan

CENT = 1e-9  # below which two amounts are the same
COLUMNS = ["kind", "name", "title", "years", "used", "allowed"]


def binding_limits(plan: Plan) -> pd.DataFrame:
    """kind, name, title, years (those in which nothing is left), used, allowed: a row per limit that is used up.

    `seats`: a pool's seats of a year; `total`: its seats over the horizon, starts of the history included; `absence`:
    those of an agency who may be away; `budget`: what is left of a year pays for no programme that costs something.
    `used` and `allowed` are sums over `years` [starts, people, the scenario's unit of cost].
    """
    if not plan.found:
        return pd.DataFrame(columns=COLUMNS)
    rows = [*_seats(plan), *_totals(plan), *_absence(plan), *_budget(plan)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _seats(plan: Plan) -> Iterator[tuple[Any, ...]]:
    table = tabulation.utilisation(plan)
    full = table[(table["max"] > 0).fillna(False) & (table["starts"] >= table["max"]).fillna(False)]
    for pool, own in full.groupby("pool", sort=False):
        title = own["title"].iloc[0]
        yield "seats", pool, title, tuple(own["year"]), int(own["starts"].sum()), int(own["max"].sum())


def _totals(plan: Plan) -> Iterator[tuple[Any, ...]]:
    table = tabulation.totals(plan)
    full = table[(table["max"] > 0).fillna(False) & (table["starts"] >= table["max"]).fillna(False)]
    for row in full.to_dict("records"):
        yield "total", row["pool"], row["title"], (), int(row["starts"]), int(row["max"])


def _absence(plan: Plan) -> Iterator[tuple[Any, ...]]:
    table = tabulation.absence_by_year(plan)
    full = table[(table["away"] > 0) & (table["away"] >= table["limit"]).fillna(False)]
    for agency, own in full.groupby("agency", sort=True):
        yield "absence", agency, agency, tuple(own["year"]), int(own["away"].sum()), int(own["limit"].sum())


def _budget(plan: Plan) -> Iterator[tuple[Any, ...]]:
    scenario = plan.problem.scenario
    costs = [float(entry.cost) for entry in scenario.programmes.values() if entry.cost]
    if scenario.budget is None or not costs:
        return
    table = tabulation.yearly(plan)
    table["allowed"] = pd.Series([amount_of(plan.problem, year) for year in table["year"]], dtype=float)
    full = table[table["allowed"].notna() & (table["allowed"] - table["cost"] < min(costs) - CENT)]
    if len(full):
        used, allowed = float(full["cost"].sum()), float(full["allowed"].sum())
        yield "budget", "", "", tuple(full["year"]), used, allowed
