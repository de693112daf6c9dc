"""Figures of a plan: the one place where pictures, pages, workbooks, comparisons and notebooks take them from.

Every table is computed from a plan and its problem alone. A plan that was not found has empty tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.problem import Problem, required
from planner.messages import localised, say
from planner.model.attainment import Attainments, unknown_level
from planner.model.options import Options, admissible_starts
from planner.plans.agency_titles import agency_titles
from planner.plans.columns import COLUMNS
from planner.plans.plan import Plan
from planner.plans.reasons import authorities, reasons
from planner.plans.tables import number

WHOLE = ""  # the year of a row that speaks of the whole horizon
MODES = ("full_time", "in_service", "short")
LEAVE = "leave"  # in the place of the mode, where somebody is on leave


def found(plan: Plan, table: str) -> pd.DataFrame:
    """A table of the plan; with its columns even if no plan was found."""
    return getattr(plan, table).reindex(columns=COLUMNS[table])


# --- seats ----------------------------------------------------------------------------------------------------------


def utilisation(plan: Plan) -> pd.DataFrame:
    """pool, title, year, min, max, starts, share, below_min, total, total_min, begun; a row per pool and year [starts].

    `share` is starts / max, empty where no max is set or it is 0; `total` and `total_min` are the pool's limits over
    the horizon, `total` empty without one; `begun` the starts before the horizon that count in them.
    """
    seats = found(plan, "seats")
    pools = plan.problem.scenario.seats
    table = pd.DataFrame(
        {
            "pool": seats["pool"],
            "title": [localised(pools[name].title, name) for name in seats["pool"]],
            "year": seats["year"],
            "min": seats["min"],
            "max": seats["max"].astype("Int64"),
            "starts": seats["starts"],
        }
    )
    largest = table["max"].astype(float).replace(0, np.nan)
    whole = totals(plan).set_index("pool").loc[seats["pool"]].reset_index()
    share = table["starts"].astype(float) / largest
    over_all = {"total": whole["max"], "total_min": whole["min"], "begun": whole["begun"]}
    return table.assign(share=share, below_min=seats["below_min"], **over_all)


def totals(plan: Plan) -> pd.DataFrame:
    """pool, title, min, max (empty: none), begun, starts, below_min; a row per pool, over the horizon [starts].

    `begun` are the starts before the horizon that count; `starts` counts them, too, as totals.csv does.
    """
    table = found(plan, "totals").reset_index(drop=True)
    pools = plan.problem.scenario.seats
    own = found(plan, "seats").groupby("pool")["starts"].sum()
    table.insert(1, "title", [localised(pools[name].title, name) for name in table["pool"]])
    begun = (table["starts"] - table["pool"].map(own)).astype("int64")
    table.insert(4, "begun", begun)
    return table.assign(max=table["max"].astype("Int64"))


def pool_totals(plan: Plan, year: int) -> pd.DataFrame:
    """pool, title, min, max, starts (in `year`), total, total_min, used_so_far (up to and with `year`) [starts].

    `total` and `total_min` are limits over the horizon, in which starts before it count; so `used_so_far` has them.

    Raises
    ------
    InputError
        `year` is not in the horizon.
    """
    _check_year(plan.problem, year)
    table = utilisation(plan)
    so_far = table[table["year"] <= year].groupby("pool", sort=False)["starts"].sum()
    own = table[table["year"] == year].reset_index(drop=True)
    used = own["pool"].map(so_far).astype(int) + own["begun"]
    return own[["pool", "title", "min", "max", "starts", "total", "total_min"]].assign(used_so_far=used)


def group_shares(plan: Plan) -> pd.DataFrame:
    """share, title, year, least, starts, of_group, group_share, required, shortfall; the rows of shares.csv.

    Of the `starts` that a share speaks of, `of_group` are of its group, which is `group_share`, and at least the share
    `least`, which is `required`, should be; `year` is "" for a share over the horizon.
    """
    table = found(plan, "shares").reset_index(drop=True)
    entries = plan.problem.scenario.shares
    years: list[int | str] = [WHOLE if pd.isna(year) else int(year) for year in table["year"]]
    starts = table["starts"].astype(float).replace(0, np.nan)
    return pd.DataFrame(
        {
            "share": table["share"],
            "title": [localised(entries[name].title, name) for name in table["share"]],
            "year": pd.Series(years, dtype=object),
            "least": pd.Series([entries[name].min for name in table["share"]], dtype=float),
            "starts": table["starts"],
            "of_group": table["of_group"],
            "group_share": table["of_group"].astype(float) / starts,
            "required": table["required"],
            "shortfall": table["shortfall"],
        }
    )


# --- targets --------------------------------------------------------------------------------------------------------


def attainment_by_year(plan: Plan) -> pd.DataFrame:
    """target, title, year, attained, required, members, unknown [people], by.

    A row per target and year of the horizon, and one for the year of reckoning `by` where it lies outside. `attained`
    are the members who hold the levels by the end of the year; at `by` it is that of attainment.csv. `members`,
    `required` and `unknown` are those of the year `by`, so that the line to reach is the same in every year.
    """
    problem, planned = plan.problem, Attainments(plan.problem, plan.starts)
    rows: list[tuple[Any, ...]] = []
    for name, target in problem.scenario.targets.items() if plan.found else ():
        counted, since, by = problem.counted(name), planned.since(target), problem.by(target)
        members, unknown = int(counted.sum()), int((counted & unknown_level(problem, target)).sum())
        wanted, title = required(target, members), localised(target.title, name)
        for year in sorted({*map(int, problem.years), by}):
            attained = int((counted & (since <= year)).sum())
            rows.append((name, title, year, attained, wanted, members, unknown, by))
    columns = ["target", "title", "year", "attained", "required", "members", "unknown", "by"]
    return pd.DataFrame(rows, columns=columns)


# --- absence --------------------------------------------------------------------------------------------------------


def absence_by_year(plan: Plan) -> pd.DataFrame:
    """agency, year, headcount, limit (empty: none), away [people]; a row per agency and year."""
    table = found(plan, "absence").reset_index(drop=True)
    return table.assign(limit=table["limit"].astype("Int64"))


# --- priority -------------------------------------------------------------------------------------------------------


def priority_shares(plan: Plan, options: Options | None = None) -> pd.DataFrame:
    """priority, title, year, sent, sent_share, eligible, eligible_share; a row per entry for the horizon and each year.

    Of the cadres with a start in the year (`year` "": in the horizon) `sent` are covered by the entry [people], which
    is `sent_share` of them; of the cadres with at least one admissible start then `eligible` are. A share of nobody is
    empty. `options` spares computing the admissible starts again.
    """
    problem = plan.problem
    columns = ["priority", "title", "year", "sent", "sent_share", "eligible", "eligible_share"]
    if not (plan.found and problem.scenario.priority):
        return pd.DataFrame(columns=columns)
    able = (options or admissible_starts(problem)).frame
    years: list[int | str] = [WHOLE, *map(int, problem.years)]
    who = {year: [_with_start(starts, year) for starts in (plan.starts, able)] for year in years}
    rows = []
    for name, covered in problem.favoured.items():
        title = localised(problem.scenario.priority[name].title, name)
        for year in years:
            counts = [_covered(cadres, covered) for cadres in who[year]]
            rows.append((name, title, year, *counts[0], *counts[1]))
    return pd.DataFrame(rows, columns=columns)


def _with_start(starts: pd.DataFrame, year: int | str) -> np.ndarray:
    """The cadres with a start in a year."""
    cadres, first = starts["cadre"].to_numpy(), starts["start"].to_numpy()
    return np.unique(cadres if year == WHOLE else cadres[first == year])


def _covered(cadres: np.ndarray, covered: np.ndarray) -> tuple[int, float]:
    """How many of some cadres are covered, and which share that is."""
    count = int(covered[cadres].sum())
    return count, count / len(cadres) if len(cadres) else np.nan


# --- the calendar ---------------------------------------------------------------------------------------------------


def calendar(plan: Plan) -> pd.DataFrame:
    """cadre, programme, title, mode, start, finish [year], current, agency; all studies, sorted by cadre and start.

    `current` marks the studies that were under way before the plan. The roster does not say when they began: their
    `start` is the first year of the horizon. Leave in the years of the horizon has the mode "leave" and no programme.
    """
    problem = plan.problem
    first, cadres = problem.scenario.horizon.first, problem.cadres
    studying = problem.studies[problem.studies["until"] >= first]
    programmes = problem.programmes.iloc[studying["programme"]]
    current = pd.DataFrame(
        {
            "cadre": cadres["cadre"].to_numpy()[studying["cadre"]],
            "programme": programmes["programme"].to_numpy(),
            "mode": programmes["mode"].to_numpy(),
            "start": first,
            "finish": studying["until"].to_numpy(),
            "current": True,
            "agency": cadres["agency"].to_numpy()[studying["cadre"]],
        }
    )
    planned = found(plan, "assignments")[["cadre", "programme", "mode", "start", "finish", "agency"]]
    every = pd.concat([current, planned.assign(current=False)], ignore_index=True)
    every.insert(2, "title", _programme_titles(problem, every["programme"]))
    away = _leave(problem)
    both = pd.concat([every, away], ignore_index=True) if len(away) else every
    return both.sort_values(["cadre", "start", "finish", "programme"], kind="stable", ignore_index=True)


def gantt(plan: Plan, agency: str) -> pd.DataFrame:
    """The rows of `calendar` that are of an agency.

    Raises
    ------
    InputError
        There is no such agency.
    """
    check_agencies(plan, [agency])
    every = calendar(plan)
    return every[every["agency"] == agency].reset_index(drop=True)


def check_agencies(plan: Plan, agencies: Iterable[str]) -> None:
    """Raises `InputError` for the first agency that there is not."""
    known = plan.problem.agencies["agency"]
    there = set(known)
    for agency in agencies:
        if agency not in there:
            values = {"name": agency, "nearest": nearest(agency, [*known, *agency_titles(plan.problem).values()])}
            raise InputError(Fault("no_such_agency", values))


def _leave(problem: Problem) -> pd.DataFrame:
    """The leave in the years of the horizon, as rows of `calendar`."""
    first, last = problem.scenario.horizon.first, problem.scenario.horizon.last
    leave, cadres = problem.leave, problem.cadres
    own = leave[(leave["first"] <= last) & (leave["last"] >= first)]
    return pd.DataFrame(
        {
            "cadre": cadres["cadre"].to_numpy()[own["cadre"]],
            "programme": "",
            "title": [say("chart_leave_away" if away else "chart_leave") for away in own["away"]],
            "mode": LEAVE,
            "start": own["first"].clip(lower=first).to_numpy(),
            "finish": own["last"].clip(upper=last).to_numpy(),
            "current": False,
            "agency": cadres["agency"].to_numpy()[own["cadre"]],
        }
    )


def yearly(plan: Plan) -> pd.DataFrame:
    """year, starts, cadres (with a start in the year), cost, full_time, in_service, short (starts by mode)."""
    chosen = found(plan, "assignments")
    costs = plan.problem.programmes.set_index("programme")["cost"]
    rows = []
    for year in map(int, plan.problem.years):
        own = chosen[chosen["start"] == year]
        cost = number(round(float(own["programme"].map(costs).sum()), 9))
        by_mode = [int((own["mode"] == mode).sum()) for mode in MODES]
        rows.append((year, len(own), own["cadre"].nunique(), cost, *by_mode))
    return pd.DataFrame(rows, columns=["year", "starts", "cadres", "cost", *MODES])


# --- the lists ------------------------------------------------------------------------------------------------------


def nominations(plan: Plan, year: int | None = None) -> pd.DataFrame:
    """Who is sent, who signs and why; of one year or of all, sorted by cadre, start, programme.

    Columns cadre, agency, post, birth_year, sex, programme, title, mode, start, finish, points; authority, who signs by
    the first approval entry that matches, empty without one; reason, in words: what the start serves, and nothing else.

    Raises
    ------
    InputError
        `year` is not in the horizon.
    """
    problem = plan.problem
    if year is not None:
        _check_year(problem, year)
    starts = plan.starts
    chosen = found(plan, "assignments").reset_index(drop=True)
    people = problem.cadres.iloc[starts["cadre"]].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "cadre": chosen["cadre"],
            "agency": chosen["agency"],
            "post": people.get("post", ""),
            "birth_year": people["birth_year"].astype("Int64"),
            "sex": people["sex"],
            "programme": chosen["programme"],
            "title": _programme_titles(problem, chosen["programme"]),
            "mode": chosen["mode"],
            "start": chosen["start"],
            "finish": chosen["finish"],
            "points": chosen["points"],
            "authority": authorities(problem, starts),
            "reason": reasons(problem, chosen["serves"]),
        }
    )
    return table if year is None else table[table["start"] == year].reset_index(drop=True)


# --- what several tables need ---------------------------------------------------------------------------------------


def _programme_titles(problem: Problem, names: pd.Series) -> list[str]:
    titles = {name: localised(entry.title, name) for name, entry in problem.scenario.programmes.items()}
    return [titles[name] for name in names]


def _check_year(problem: Problem, year: int) -> None:
    horizon = problem.scenario.horizon
    if year not in horizon.years:
        raise InputError(Fault("not_in_horizon", {"year": year, "first": horizon.first, "last": horizon.last}))
