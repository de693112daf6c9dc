"""What the rules about many cadres ask of a plan, as rows (contract, sections 5, 6 and 10).

Written from the contract, as verification reads it: each is true of every plan that verification finds nothing wrong
with, and none is taken from a certificate. A rule that is not written here, or not sharply, makes a proof weaker and
never untrue. What rules ask of one cadre alone is in his study plans.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from fractions import Fraction

import numpy as np

from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import SeatPool
from planner.verification.admissibility import pinned
from planner.verification.attainment import attained, leading, members, required
from planner.verification.away import Away, allowed_away, leaders_in_service
from planner.verification.numbers import TOLERANCE, fraction
from planner.verification.past import past_in
from planner.verification.proof.rows import TOTAL, Key, Rows
from planner.verification.proof.study_plans import StudyPlans
from planner.verification.quotas import in_pool
from planner.verification.shares import in_share, of_group


def rows_of(study_plans: StudyPlans) -> Rows:
    """Every row of a problem."""
    rows = Rows(study_plans)
    for write in (shortfalls, pools, per_agency, shares, away, classes, budget, pins):
        write(rows, study_plans.problem)
    return rows


def shortfalls(rows: Rows, problem: Problem) -> None:
    """shortfall[target] + the members who attain by starts >= those still needed; 0 where the target says `must`."""
    starts, cadres = rows.study_plans.starts, problem.cadres["cadre"].to_numpy()
    for name, target in problem.scenario.targets.items():
        counted, already = members(problem, name), attained(problem, target, starts.iloc[:0])
        ways = np.logical_or.reduce([leading(problem, target, ladder, starts) for ladder in target.level])
        able = [person for person in np.unique(starts["person"].to_numpy()[ways]) if (counted & ~already)[person]]
        needed = required(target, int(counted.sum())) - int((counted & already).sum())
        short = rows.number("shortfall", name, most=0 if target.must else max(0, needed))
        new = [rows.decided("attained", name, str(cadres[person])) for person in able]
        rows.at_least(("shortfall", name), needed, ([short], 1), (new, 1))


def pools(rows: Rows, problem: Problem) -> None:
    """Seats at most, and below_min[pool, year] + starts at least: in a year, and over the horizon with the history."""
    for name, pool in problem.scenario.seats.items():
        for span, own, taken, least, most in _spans(rows, problem, name, pool):
            if most is not None:
                rows.at_most(("seats", name, span), max(0, most - taken), (own, 1))
            if least > taken:
                below = rows.number("below_min", name, span, most=0 if pool.must else least - taken)
                rows.at_least(("below_min", name, span), least - taken, ([below], 1), (own, 1))


def _spans(
    rows: Rows, problem: Problem, name: str, pool: SeatPool
) -> Iterator[tuple[int | str, np.ndarray, int, int, int | None]]:
    """Each year and the horizon, a pool's starts in it, those of the history, the fewest and the most."""
    starts = rows.study_plans.starts
    counted = in_pool(problem, starts, name)
    for year in map(int, problem.years):
        own = np.flatnonzero(counted & (starts["start"] == year).to_numpy())
        yield year, own, 0, pool.of_year(year).min, pool.of_year(year).max
    yield TOTAL, np.flatnonzero(counted), len(past_in(problem, "pools", name)), pool.total.min, pool.total.max


def per_agency(rows: Rows, problem: Problem) -> None:
    """The starts of one agency's cadres in a pool at most: in a year, and over the horizon with the history."""
    starts = rows.study_plans.starts
    agency = problem.cadres["agency"].to_numpy()[starts["person"]]
    for name, pool in problem.scenario.seats.items():
        if pool.per_agency is None:
            continue
        counted, past = in_pool(problem, starts, name), past_in(problem, "pools", name)["agency"]
        for each in np.unique(agency[counted].astype(str)):
            own = counted & (agency == each)
            for year in map(int, problem.years):
                if pool.per_agency.max is not None:
                    of_year = np.flatnonzero(own & (starts["start"] == year).to_numpy())
                    rows.at_most(("per_agency", name, str(each), year), pool.per_agency.max, (of_year, 1))
            if pool.per_agency.total is not None:
                left = max(0, pool.per_agency.total - int((past == each).sum()))
                rows.at_most(("per_agency", name, str(each), TOTAL), left, (np.flatnonzero(own), 1))


def shares(rows: Rows, problem: Problem) -> None:
    """short_share[share, year] + the starts of the group >= min x starts; over the horizon with the history."""
    starts = rows.study_plans.starts
    for name, share in problem.scenario.shares.items():
        counted, group = in_share(problem, starts, name), of_group(problem, starts, name)
        least = fraction(share.min)
        if Fraction(1, least.denominator) <= TOLERANCE:
            continue  # of a share with so many digits, rounding up with tolerance may be rounding down
        past = past_in(problem, "shares", name)
        spans: list[tuple[int | str, np.ndarray, int, int]] = [
            (year, counted & (starts["start"] == year).to_numpy(), 0, 0) for year in map(int, problem.years)
        ]
        if share.per == "horizon":
            spans = [(TOTAL, counted, len(past), sum(name in groups for groups in past["of_group"]))]
        for span, which, begun, begun_of_group in spans:
            most = math.ceil(least * (int(which.sum()) + begun))
            short = rows.number("short_share", name, span, most=0 if share.must else most)
            of_it, others = np.flatnonzero(which & group), np.flatnonzero(which & ~group)
            bound = least * begun - begun_of_group
            rows.at_least(("short_share", name, span), bound, ([short], 1), (of_it, 1 - least), (others, -least))


def away(rows: Rows, problem: Problem) -> None:
    """Of an agency no more are away than may be, beside those whom study and leave take away whatever the plan."""
    section = problem.scenario.absence
    if section is None:
        return
    anyway = Away(problem, rows.study_plans.chosen).anyway
    limits, agencies = allowed_away(problem), problem.cadres["agency_id"].to_numpy()
    movable = _movable(rows.study_plans, section.modes)
    for year in map(int, problem.years):
        leads = leaders_in_service(problem, year)
        for agency, name in enumerate(problem.agencies["agency"]):
            gone = anyway.get((agency, year), set())
            people = [person for person in movable.get((agency, year), ()) if person not in gone]
            limit, there = limits[agency], int((leads & (agencies == agency)).sum())
            if limit is not None:
                _away(rows, ("absence", str(name), year), people, limit - len(gone), year)
            if section.leaders is not None and there >= 2:
                left = there - section.leaders.present - sum(bool(leads[each]) for each in gone)
                _away(rows, ("leaders", str(name), year), [each for each in people if leads[each]], left, year)


def _away(rows: Rows, key: Key, people: list[int], most: int, year: int) -> None:
    if len(people) > max(0, most):
        cadres = rows.study_plans.problem.cadres["cadre"].to_numpy()
        rows.at_most(key, max(0, most), ([rows.decided("away", str(cadres[each]), year) for each in people], 1))


def _movable(study_plans: StudyPlans, modes: Collection[str]) -> dict[tuple[int, int], list[int]]:
    """Agency and year -> the cadres whom some study plan takes away."""
    movable: dict[tuple[int, int], list[int]] = {}
    agencies = study_plans.problem.cadres["agency_id"].to_numpy()
    for kind in study_plans.kinds:
        for year in map(int, study_plans.problem.years):
            if any(each.mode in modes and each.runs(year) for each in kind.candidates):
                for person in kind.first:
                    movable.setdefault((int(agencies[person]), year), []).append(person)
    return movable


def classes(rows: Rows, problem: Problem) -> None:
    """The starts of a programme in a year fill a whole number of classes."""
    starts = rows.study_plans.starts
    for name, size in problem.scenario.classes.items():
        for year in map(int, problem.years):
            own = np.flatnonzero((starts["programme"] == name) & (starts["start"] == year))
            if len(own) == 0:
                continue
            # Without a largest size one class holds them all, and so where one more than it holds makes two classes.
            endless = size.max is None or size.max + 1 >= 2 * size.min > 2
            most = len(own) if size.max is None or endless else size.max
            number = rows.number("classes", name, year, most=-(-len(own) // most))
            rows.at_least(("classes", name, "min", year), 0, (own, 1), ([number], -size.min))
            rows.at_most(("classes", name, "max", year), 0, (own, 1), ([number], -most))


def budget(rows: Rows, problem: Problem) -> None:
    """The costs of the programmes started in a year are at most the year's budget."""
    if problem.scenario.budget is None:
        return
    starts, amounts = rows.study_plans.starts, problem.scenario.budget.per_year
    for year in map(int, problem.years):
        amount = amounts.get(year) if isinstance(amounts, dict) else amounts
        if amount is not None:
            own = np.flatnonzero(starts["start"] == year)
            costs = [fraction(cost) for cost in starts["cost"].iloc[own]]
            rows.at_most(("budget", year), fraction(amount), (own, costs))


def pins(rows: Rows, problem: Problem) -> None:
    """Every `require` pin is met by at least one start."""
    for number, pin in enumerate(problem.scenario.pins.require):
        rows.at_least(("pins", number), 1, (np.flatnonzero(pinned(rows.study_plans.starts, pin)), 1))
