"""What binds at a glance, full-time study by month, and what the plan costs by programme and year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.messages import DASH, figure, localised, say
from planner.model.rules.budget import amount_of
from planner.plans import tabulation
from planner.plans.agency_titles import agency_title
from planner.plans.binding_limits import binding_limits, seat_limits
from planner.plans.monthly_load import MONTHS, monthly_load, without_month
from planner.plans.plan import Plan
from planner.plans.tables import number as whole
from planner.report.html.plan_tables import Cell, Grid, number, texts

SHADES = 4  # how many shades a month may have
ALL_OFFICES = 8  # offices that the first table names; of more it says how many there are
OFFICES = {
    "absence": ("page_binds_absence", "page_binds_absence_many"),
    "leaders": ("page_binds_leaders", "page_binds_leaders_many"),
    "per_agency": ("page_binds_per_agency", "page_binds_per_agency_many"),
    "per_agency_total": ("page_binds_per_agency_total", "page_binds_per_agency_total_many"),
}
"""What is said of one office at a limit of a kind, and of many."""


def binding(plan: Plan) -> Grid:
    """The limits that are used up: seats by pool, budget, classes, and those of offices, these together where many."""
    headings = ["limit_of", "years_full", "used", "allowed", "period_full"]
    grid = Grid("binding", say("page_binding_caption"), [say(f"page_{name}") for name in headings])
    table = binding_limits(plan)
    table["agency"] = [agency_title(plan.problem, name) if name else "" for name in table["agency"]]
    wholes = {row["name"]: row for _, row in table[table["kind"] == "total"].iterrows()}
    limits = seat_limits(plan).set_index("pool")
    for name in plan.problem.scenario.seats:
        if name in limits.index and limits["used_up"][name]:
            own = table[(table["kind"] == "seats") & (table["name"] == name)]
            cells = _used(own.iloc[0]) if len(own) else [Cell(DASH), *[Cell(DASH, "number")] * 2]
            over_all = DASH
            if limits["over_all"][name]:
                over_all = _of(wholes[name] if name in wholes else own.iloc[0])
            grid.rows.append([*texts(limits["title"][name]), *cells, Cell(over_all)])
        grid.rows.extend(_offices("per_agency", table[table["name"] == name]))
        grid.rows.extend(_offices("per_agency_total", table[table["name"] == name]))
    for _, row in table[table["kind"] == "budget"].iterrows():
        grid.rows.append([*texts(say("page_budget")), *_used(row), Cell(DASH)])
    for _, row in table[table["kind"] == "classes"].iterrows():
        grid.rows.append([*texts(say("page_binds_classes", title=row["title"])), *_used(row), Cell(DASH)])
    grid.rows.extend(_offices("absence", table))
    grid.rows.extend(_offices("leaders", table))
    return grid


def _offices(kind: str, limits: pd.DataFrame) -> Iterator[list[Cell]]:
    """The offices at a limit of a kind, a row each; one for all where they are many."""
    table = limits[limits["kind"] == kind]
    one, many = OFFICES[kind]
    if len(table) <= ALL_OFFICES:
        rows = [(say(one, title=row["title"], agency=row["agency"]), row) for _, row in table.iterrows()]
    else:
        years = tuple(sorted({year for each in table["years"] for year in each}))
        sums = pd.Series({"years": years, "used": int(table["used"].sum()), "allowed": int(table["allowed"].sum())})
        rows = [(say(many, title=table["title"].iloc[0], offices=len(table)), sums)]
    for told, row in rows:
        over_all = [Cell(DASH), *[Cell(DASH, "number")] * 2, Cell(_of(row))]
        yield [
            *texts(told),
            *(over_all if kind == "per_agency_total" else [*_used(row), Cell(DASH)]),
        ]


def _of(row: pd.Series) -> str:
    """What is used of what is allowed."""
    return say("page_of", used=figure(row["used"]), allowed=figure(row["allowed"]))


def _used(row: pd.Series) -> list[Cell]:
    """The years in which a limit is used up, what is used in them, and what is allowed."""
    return [*texts(", ".join(map(str, row["years"]))), number(whole(row["used"])), number(whole(row["allowed"]))]


def months(plan: Plan) -> tuple[Grid, list[str]]:
    """The cadres who study full time in each month, the darker the more; and what is left out. No rows where no
    programme says when it begins.
    """
    names = [str(month) for month in range(1, MONTHS + 1)]
    grid = Grid("months", say("page_months_caption"), [say("page_year"), *names], calendar=True)
    table = monthly_load(plan)
    if table.empty:
        return grid, []
    most = int(table["away"].max())
    for year, own in table.groupby("year"):
        shades = [0 if not away else max(1, round(SHADES * away / most)) for away in own["away"]]
        cells = [number(int(away), f"number shade-{shade}") for away, shade in zip(own["away"], shades, strict=True)]
        grid.rows.append([Cell(str(year), "number"), *cells])
    left = without_month(plan)
    return grid, [say("page_months_left", number=left)] if left else []


def costs(plan: Plan) -> Grid:
    """What the starts of each programme cost by year, their sum, the budget and what is left; no rows without costs."""
    years = list(map(int, plan.problem.years))
    sums = [*map(str, years), say("page_sum")]
    currency = localised(plan.problem.scenario.currency)
    caption = say("page_costs_in", currency=currency) if currency else say("page_costs_caption")
    grid = Grid("costs", caption, [say("page_programme"), *sums])
    table = _by_programme(plan, years)
    if not table.to_numpy().any():
        return grid
    for title, own in zip(table.index, table.to_numpy(), strict=True):
        grid.rows.append([*texts(title), *map(_amount, [*own, own.sum()])])
    each = table.to_numpy().sum(axis=0)
    grid.rows.append([Cell(say("page_sum"), "sum"), *map(_amount, [*each, each.sum()])])
    grid.rows.extend(_budget(plan, years, each))
    return grid


def _by_programme(plan: Plan, years: list[int]) -> pd.DataFrame:
    """Title x year: the cost of the starts of each programme that costs something."""
    chosen, programmes = tabulation.found(plan, "assignments"), plan.problem.scenario.programmes
    cost = chosen["programme"].map({name: float(entry.cost) for name, entry in programmes.items()}).astype(float)
    table = chosen.assign(cost=cost)[cost > 0]
    found = table.pivot_table(index="programme", columns="start", values="cost", aggfunc="sum")
    order = [name for name in programmes if name in found.index]
    found = found.reindex(index=order, columns=years).fillna(0.0)
    return found.set_axis([localised(programmes[name].title, name) for name in order])


def _budget(plan: Plan, years: list[int], spent: list[float]) -> Iterator[list[Cell]]:
    amounts = [amount_of(plan.problem, year) for year in years]
    if all(amount is None for amount in amounts):
        return
    left = [None if amount is None else amount - used for amount, used in zip(amounts, spent, strict=True)]
    for name, row in (("budget", amounts), ("left", left)):
        whole_sum = None if any(each is None for each in row) else sum(each for each in row if each is not None)
        cells = [Cell(DASH, "number") if each is None else _amount(each) for each in (*row, whole_sum)]
        yield [Cell(say(f"page_{name}"), "sum"), *cells]


def _amount(value: float) -> Cell:
    return number(whole(round(float(value), 9)))
