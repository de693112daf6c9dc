"""Limits that limit nothing, or that let nobody start: bands of absence, seats of an agency, the load of a cadre."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from planner.inputs.problem import Problem, allowance
from planner.inputs.scenario.schema import Band
from planner.inputs.scenario.seats import SeatPool
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.warnings.warning import ScenarioWarning, people_in_id, warning_at

MOST_AGENCIES_NAMED = 10  # agencies named in one warning


def limit_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """The warnings about limits, in the order of the scenario's sections."""
    yield from _headcounts(problem)
    yield from _letting_nobody(problem)
    yield from _unlimited_pools(problem)
    yield from _bands(problem)
    yield from _leaders(problem)
    yield from _unlimited_budgets(problem)
    yield from _pins(problem)


def _headcounts(problem: Problem) -> Iterator[ScenarioWarning]:
    """Agencies that have more people on the roster than headcount, in one warning."""
    rows = problem.agencies["agency"].map(problem.cadres.groupby("agency").size()).fillna(0).astype(int)
    small = problem.agencies.assign(rows=rows)[problem.agencies["headcount"] < rows]
    if len(small):
        figures = [f"{row.agency} ({row.headcount}; {row.rows})" for row in small.itertuples()]
        told = {"agencies": _in_short(figures), "number": len(small)}
        about = people_in_id([*small["agency"]])
        yield ScenarioWarning("warning_headcount", told, problem.scenario.agencies, about=about)


def _in_short(names: list[str]) -> str:
    more = len(names) - MOST_AGENCIES_NAMED
    return ", ".join(names[:MOST_AGENCIES_NAMED]) + (f", ... (+{more})" if more > 0 else "")


def _letting_nobody(problem: Problem) -> Iterator[ScenarioWarning]:
    """Limits of 0, with which nobody starts."""
    scenario = problem.scenario
    limits: dict[Location, int | None] = {
        ("study_load", "short_per_year"): scenario.study_load.short_per_year,
        ("study_load", "starts_per_cadre"): scenario.study_load.starts_per_cadre,
    }
    for name, pool in scenario.seats.items():
        limits["seats", name, "total"] = pool.total.max
        if pool.per_agency is not None:
            limits["seats", name, "per_agency", "max"] = pool.per_agency.max
            limits["seats", name, "per_agency", "total"] = pool.per_agency.total
    for place, limit in limits.items():
        if limit == 0:
            yield warning_at(problem, place, "warning_limit_of_none", ".".join(map(str, place)))
    between = scenario.study_load.years_between
    if between >= len(scenario.horizon.years) > 1:
        at: Location = ("study_load", "years_between")
        yield warning_at(problem, at, "warning_years_between", ".".join(map(str, at)), years=between)


def _unlimited_pools(problem: Problem) -> Iterator[ScenarioWarning]:
    """Pools without any limit, of a year, of the horizon or of an agency, where other pools have one."""
    pools = problem.scenario.seats
    unlimited = [name for name, pool in pools.items() if not _limited(problem, pool)]
    if len(unlimited) < len(pools):
        for name in unlimited:
            yield warning_at(problem, ("seats", name), "warning_unlimited_pool")


def _limited(problem: Problem, pool: SeatPool) -> bool:
    of_a_year = any(pool.of_year(int(year)).max is not None for year in problem.years)
    return of_a_year or pool.total.max is not None or pool.per_agency is not None


# --- absence --------------------------------------------------------------------------------------------------------


def _bands(problem: Problem) -> Iterator[ScenarioWarning]:
    """Bands that let whole agencies go, or fewer of a larger agency; bands that leave agencies out, or let nobody go;
    modes that no programme has.
    """
    absence = problem.scenario.absence
    if absence is None:
        return
    if not {programme.mode for programme in problem.scenario.programmes.values()} & {*absence.modes}:
        modes = ", ".join(absence.modes)
        yield warning_at(problem, ("absence", "modes"), "warning_absence_of_no_programme", modes=modes)
    for index, band in enumerate(absence.bands):
        at: Location = ("absence", "bands", index)
        if band.share == 1 or (band.up_to is not None and band.away is not None and band.away >= band.up_to > 0):
            yield warning_at(problem, at, "warning_band_of_all", number=index + 1)
        if band.up_to is not None and index + 1 < len(absence.bands):
            below, above = _allowed(band, band.up_to), _allowed(absence.bands[index + 1], band.up_to + 1)
            if above < below:
                told = {"below": below, "above": above, "headcount": band.up_to}
                yield warning_at(problem, ("absence", "bands", index + 1), "warning_band_of_fewer", **told)
    limits = allowance(problem)
    beyond = problem.agencies[np.isnan(limits) & (problem.agencies["headcount"] > 0)]
    if absence.bands and len(beyond):
        figures = [f"{row.agency} ({row.headcount})" for row in beyond.itertuples()]
        named = _in_short(figures)
        yield warning_at(problem, ("absence", "bands"), "warning_beyond_bands", agencies=named, number=len(figures))
    if absence.bands and len(limits) and (limits == 0).all():
        yield warning_at(problem, ("absence", "bands"), "warning_nobody_away")


def _allowed(band: Band, headcount: int) -> int:
    """How many may be away of a headcount that the band fits."""
    return (band.away or 0) if band.share is None else math.floor(Fraction(str(band.share)) * headcount)


def _leaders(problem: Problem) -> Iterator[ScenarioWarning]:
    """Leaders of whom none has to stay, or of whom in no agency anyone may go."""
    absence = problem.scenario.absence
    if absence is None or absence.leaders is None:
        return
    at: Location = ("absence", "leaders", "present")
    leading = problem.cadres[problem.leaders].groupby("agency").size()
    several = leading[leading > 1]
    if absence.leaders.present == 0:
        yield warning_at(problem, at, "warning_no_leader_stays")
    elif len(several) and (several <= absence.leaders.present).all():
        told = {"present": absence.leaders.present, "most": int(several.max())}
        yield warning_at(problem, at, "warning_all_leaders_stay", **told)


# --- budget, pins ---------------------------------------------------------------------------------------------------


def _unlimited_budgets(problem: Problem) -> Iterator[ScenarioWarning]:
    """Years that a budget by year leaves out: they have no limit."""
    budget = problem.scenario.budget
    if budget is None or not isinstance(budget.per_year, dict):
        return
    if left_out := [str(year) for year in problem.scenario.horizon.years if year not in budget.per_year]:
        at: Location = ("budget", "per_year")
        yield warning_at(problem, at, "warning_budget_left_out", ".".join(map(str, at)), years=", ".join(left_out))


ANY = {"require": "warning_require_any", "forbid": "warning_forbid_any"}


def _pins(problem: Problem) -> Iterator[ScenarioWarning]:
    """Pins that say nothing of whom, what or when, and forbidden years that are none of the plan's."""
    horizon = problem.scenario.horizon
    for kind, key in ANY.items():
        for index, pin in enumerate(getattr(problem.scenario.pins, kind)):
            at: Location = ("pins", kind, index)
            if pin.cadre is None and pin.programme is None and pin.start is None:
                yield warning_at(problem, at, key)
            elif kind == "forbid" and pin.start is not None and not horizon.first <= pin.start <= horizon.last:
                told = {"years": pin.start, "first": horizon.first, "last": horizon.last}
                place: Location = (*at, "start")
                yield warning_at(problem, place, "warning_years_outside", ".".join(map(str, place)), **told)
