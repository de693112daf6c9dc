"""The tables of the report page about quotas: seats by year, over the horizon, and the shares of groups."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from planner.messages import DASH, figure, say
from planner.plans import tabulation
from planner.plans.plan import Plan
from planner.report.html.plan_tables import Cell, Grid, number, rows_of, share, texts


def seats(plan: Plan) -> Grid:
    """The starts of every pool by year, against what it may have."""
    years = list(map(int, plan.problem.years))
    headings = ["pool", "range"], ["starts", "total", "below_min"]
    texts = [[say(f"page_{heading}") for heading in part] for part in headings]
    grid = Grid("seats", say("page_seats_caption"), [*texts[0], *map(str, years), *texts[1]])
    table = tabulation.utilisation(plan)
    for _, own in table.groupby("pool", sort=False):
        first = own.iloc[0]
        limits = Cell(limits_by_year(own), "number" if own[["min", "max"]].drop_duplicates().shape[0] == 1 else "")
        used = [number(starts, "bad" if below else "number") for starts, below in _below(own)]
        sums = [number(int(own["starts"].sum())), number(first["total"]), number(int(own["below_min"].sum()))]
        grid.rows.append([Cell(first["title"]), limits, *used, *sums])
    return grid


def limits_by_year(own: pd.DataFrame) -> str:
    """What a pool may have in a year; where years differ each by its name, those in a row with the same together."""
    table = own.sort_values("year")
    told = [_range(low, high) for low, high in zip(table["min"], table["max"], strict=True)]
    runs = [
        (text, [year for _, year in alike])
        for text, alike in groupby(zip(told, table["year"], strict=True), itemgetter(0))
    ]
    if len(runs) == 1:
        return told[0]
    return "; ".join(
        f"{years[0] if len(years) == 1 else f'{years[0]}{DASH}{years[-1]}'}: {text}" for text, years in runs
    )


def _range(low: Any, high: Any) -> str:
    if pd.isna(high):
        return say("page_at_least", number=int(low))
    if not high:
        return say("page_no_seats")
    return figure(high) if low == high else f"{figure(low)}{DASH}{figure(high)}"


def totals(plan: Plan) -> Grid:
    """The starts of every pool over the horizon, those before it that count included, against its limits."""
    headings = ["pool", "total_min", "total_max", "begun", "starts", "below_min"]
    grid = Grid("totals", say("page_totals_caption"), [say(f"page_{heading}") for heading in headings])
    table = tabulation.totals(plan)
    if (table["min"] > 0).any() or table["begun"].any():
        for row in rows_of(table):
            figures = (row.min, row.max, row.begun, row.starts)
            below = number(row.below_min, "bad" if row.below_min else "number")
            grid.rows.append([Cell(row.title), *map(number, figures), below])
    return grid


def shares(plan: Plan) -> Grid:
    """Of those who are sent, the group that is to have a share, against the least that it should have."""
    headings = ["share", "year", "least", "starts", "of_group", "group_share", "required", "short"]
    grid = Grid("shares", say("page_shares_caption"), [say(f"page_{heading}") for heading in headings], row_heads=2)
    for row in rows_of(tabulation.group_shares(plan)):
        year = say("whole_period") if row.year == tabulation.WHOLE else str(row.year)
        counts = [number(row.starts), number(row.of_group), share(row.group_share)]
        short = number(row.shortfall, "bad" if row.shortfall else "number")
        grid.rows.append([*texts(row.title, year), share(row.least), *counts, number(row.required), short])
    return grid


def _below(own: pd.DataFrame) -> Iterator[tuple[int, bool]]:
    table = own.sort_values("year")
    for starts, below in zip(table["starts"], table["below_min"], strict=True):
        yield int(starts), int(below) > 0
