"""Which limits a plan uses up: seats, those of one office, the places of offices and leaders, classes, the budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.scenario.schema import ClassSize
from planner.messages import localised
from planner.model.rules.absence import in_service, leaders_in_service
from planner.model.rules.budget import amount_of
from planner.model.shortfalls import pool_history
from planner.plans import summary, tabulation
from planner.plans.plan import Plan
from planner.plans.tables import counted_in, gone

CENT = 1e-9  # below which two amounts are the same
LED = 2  # leaders in service from which on the rule `leaders` holds (contract, section 5)
COLUMNS = ["kind", "name", "title", "agency", "years", "used", "allowed"]


def binding_limits(plan: Plan) -> pd.DataFrame:
    """kind, name, title, agency, years (those in which nothing is left), used, allowed: a row per limit used up.

    `seats`: a pool's seats of a year; `total`: its seats over the horizon, starts of the history included;
    `per_agency` and `per_agency_total`: the same of one agency in a pool; `absence`: those of an agency who may be
    away, `leaders`: its leaders who may; `classes`: a programme's classes of a year are full, and one further start
    would make no class; `budget`: what is left of a year pays for no programme that costs something.
    `name` is the pool, agency or programme, `agency` empty where the limit is of no agency. `used` and `allowed` are
    sums over `years` [starts, people, the scenario's unit of cost].
    """
    if not plan.found:
        return pd.DataFrame(columns=COLUMNS)
    kinds = (_seats, _totals, _per_agency, _absence, _leaders, _classes, _budget)
    return pd.DataFrame([row for kind in kinds for row in kind(plan)], columns=COLUMNS)


def seat_limits(plan: Plan) -> pd.DataFrame:
    """pool, title, in_some_year, over_all, used_up: a row per pool that limits its starts; whether it is used up.

    `in_some_year` (Boolean): nothing is left of the seats of a year itself; `over_all` (Boolean): nothing is left over
    the horizon, be it of the limit of the whole or because every year is full; `used_up` (Boolean): one or the other.
    """
    use, table = summary.seat_use(plan), binding_limits(plan)
    full, total = (set(table.loc[table["kind"] == kind, "name"]) for kind in ("seats", "total"))
    limits = {name: [pool.total.max, *(pool.of_year(int(year)).max for year in plan.problem.years)]
              for name, pool in plan.problem.scenario.seats.items()}  # fmt: skip
    limited = use[use["pool"].map(lambda name: any(limits[name])).astype(bool)]
    whole = (limited["room"] > 0).fillna(value=False) & (limited["starts"] >= limited["room"]).fillna(value=False)
    some = limited["pool"].isin(full)
    told = {"in_some_year": some, "over_all": whole, "used_up": some | whole | limited["pool"].isin(total)}
    return limited[["pool", "title"]].assign(**{name: column.astype(bool) for name, column in told.items()})


def _seats(plan: Plan) -> Iterator[tuple[Any, ...]]:
    table = tabulation.utilisation(plan)
    full = table[(table["max"] > 0).fillna(False) & (table["starts"] >= table["max"]).fillna(False)]
    for pool, own in full.groupby("pool", sort=False):
        title = own["title"].iloc[0]
        yield "seats", pool, title, "", tuple(own["year"]), int(own["starts"].sum()), int(own["max"].sum())


def _totals(plan: Plan) -> Iterator[tuple[Any, ...]]:
    table = tabulation.totals(plan)
    full = table[(table["max"] > 0).fillna(False) & (table["starts"] >= table["max"]).fillna(False)]
    for row in full.to_dict("records"):
        yield "total", row["pool"], row["title"], "", (), int(row["starts"]), int(row["max"])


def _per_agency(plan: Plan) -> Iterator[tuple[Any, ...]]:
    problem, starts = plan.problem, plan.starts
    agencies = problem.cadres["agency"].to_numpy()[starts["cadre"]]
    for name, pool in problem.scenario.seats.items():
        if pool.per_agency is None:
            continue
        title = localised(pool.title, name)
        own = pd.DataFrame({"agency": agencies, "year": starts["start"]})[counted_in(problem, starts, name)]
        if most := pool.per_agency.max:
            counts = own.value_counts().reset_index(name="starts")
            for agency, full in counts[counts["starts"] >= most].groupby("agency", sort=True):
                years = tuple(sorted(full["year"]))
                yield "per_agency", name, title, agency, years, int(full["starts"].sum()), most * len(years)
        if most := pool.per_agency.total:
            every = pd.concat([own["agency"], pool_history(problem, name)["agency"]]).value_counts().sort_index()
            for agency, number in every[every >= most].items():
                yield "per_agency_total", name, title, agency, (), int(number), most


def _absence(plan: Plan) -> Iterator[tuple[Any, ...]]:
    table = tabulation.absence_by_year(plan)
    full = table[(table["away"] > 0) & (table["away"] >= table["limit"]).fillna(False)]
    for agency, own in full.groupby("agency", sort=True):
        yield "absence", agency, agency, agency, tuple(own["year"]), int(own["away"].sum()), int(own["limit"].sum())


def _leaders(plan: Plan) -> Iterator[tuple[Any, ...]]:
    problem = plan.problem
    section = problem.scenario.absence
    if section is None or section.leaders is None:
        return
    serving = leaders_in_service(problem).astype(int)
    away = np.zeros_like(serving)
    counted = gone(problem, plan.starts) & problem.leaders[:, None] & in_service(problem)
    np.add.at(away, problem.cadres["agency_id"].to_numpy(), counted)
    allowed = (serving - section.leaders.present).clip(min=0)
    full = (serving >= LED) & (away > 0) & (away >= allowed)
    for row in np.flatnonzero(full.any(axis=1)):
        agency, own = problem.agencies["agency"].iloc[row], full[row]
        used, of = int(away[row][own].sum()), int(allowed[row][own].sum())
        yield "leaders", agency, agency, agency, tuple(map(int, problem.years[own])), used, of


def _classes(plan: Plan) -> Iterator[tuple[Any, ...]]:
    problem = plan.problem
    for name, size in problem.scenario.classes.items():
        own = plan.starts["programme"] == problem.programme_ids([name])[0]
        counts = plan.starts.loc[own, "start"].value_counts().sort_index()
        full = [int(year) for year, number in counts.items() if not _makes_classes(int(number) + 1, size)]
        if full:
            used = int(counts[full].sum())
            yield "classes", name, localised(problem.scenario.programmes[name].title, name), "", tuple(full), used, used


def _makes_classes(number: int, size: ClassSize) -> bool:
    """Whether so many starts make whole classes: k x min <= number <= k x max for some whole k."""
    most = number // size.min if size.min else number  # the most classes that they fill
    return size.max is None or most * size.max >= number


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
        yield "budget", "", "", "", tuple(full["year"]), used, allowed
