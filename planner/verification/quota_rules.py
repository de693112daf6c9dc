"""Section 5 of the contract, the rules that count the starts of many: seats, classes, money, pins and `must`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.activities import Chosen
from planner.verification.admissibility import pin_keys, pinned
from planner.verification.attainment import attainment_table
from planner.verification.findings import Finding, phrase
from planner.verification.numbers import fraction, total
from planner.verification.past import past_in
from planner.verification.quotas import in_pool, pool_totals, pool_years
from planner.verification.shares import share_counts


def _span(problem: Problem) -> str:
    """The horizon as a place."""
    return f"{problem.years[0]}-{problem.years[-1]}"


def seats(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """A pool's starts in a year are at most `max`, over the horizon at most `total`; the history counts in the total.

    An excess that the history alone makes is not the plan's.
    """
    for pool in pool_years(problem, chosen):
        if pool.max is not None and pool.starts > pool.max:
            yield Finding("seats", (pool.pool, pool.year), pool.starts, pool.max)
    for whole in pool_totals(problem, chosen):
        new = in_pool(problem, chosen.starts, whole.pool).any()
        if new and whole.max is not None and whole.starts > whole.max:
            yield Finding("seats", (whole.pool, _span(problem)), whole.starts, whole.max)


def per_agency(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The starts in a pool of one agency's cadres are at most `max` in a year and `total` over the horizon."""
    agency = problem.cadres["agency"].to_numpy()
    for name, pool in problem.scenario.seats.items():
        if pool.per_agency is None:
            continue
        counted = chosen.starts[in_pool(problem, chosen.starts, name)]
        counted = counted.assign(agency=agency[counted["person"]])
        yield from _per_year(name, counted, pool.per_agency.max)
        past = Counter(past_in(problem, "pools", name)["agency"])
        for each, new in sorted(Counter(counted["agency"]).items()):
            number = new + past[each]
            if pool.per_agency.total is not None and number > pool.per_agency.total:
                yield Finding("per_agency", (name, each, _span(problem)), number, pool.per_agency.total)


def _per_year(name: str, counted: pd.DataFrame, most: int | None) -> Iterator[Finding]:
    for (agency, year), number in sorted(Counter(zip(counted["agency"], counted["start"], strict=True)).items()):
        if most is not None and number > most:
            yield Finding("per_agency", (name, agency, year), number, most)


def classes(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The starts of the programme in a year fill k whole classes of min to max cadres."""
    for programme, size in problem.scenario.classes.items():
        years = chosen.starts["start"][chosen.starts["programme"] == programme]
        for year, number in sorted(Counter(years).items()):
            if not fills_classes(number, size.min, size.max):
                allowed = phrase("verify_classes", low=size.min, high="" if size.max is None else size.max)
                yield Finding("classes", (programme, year), number, allowed)


def fills_classes(number: int, low: int, high: int | None) -> bool:
    """Whether so many starts are k classes of `low` to `high` cadres; the fewest that hold all are easiest to fill."""
    count = min(1, number) if high is None else -(-number // high) if high else 0
    return number >= count * low and (high is None or number <= count * high)


def budget(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The costs of the programmes started in a year are at most the year's budget."""
    if problem.scenario.budget is None:
        return
    amounts = problem.scenario.budget.per_year
    for year in map(int, problem.years):
        spent = Fraction(total(chosen.starts["cost"][chosen.starts["start"] == year]))
        amount = amounts.get(year) if isinstance(amounts, dict) else amounts
        if amount is not None and spent > fraction(amount):
            yield Finding("budget", (year,), spent, fraction(amount))


def pins(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """Every `require` pin is met by at least one start."""
    for pin in problem.scenario.pins.require:
        if not pinned(chosen.starts, pin).any():
            yield Finding("pins", pin_keys(pin), 0, phrase("verify_required"))


def must(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """A target or share that says `must` has no shortfall, a pool that says so nothing below a `min`."""
    if any(target.must for target in problem.scenario.targets.values()):
        targets = attainment_table(problem, chosen)
        for name, needed, attained, shortfall in targets[["target", "required", "attained", "shortfall"]].values:
            if problem.scenario.targets[name].must and shortfall:
                yield Finding("must", (name,), attained, phrase("verify_no_fewer", count=needed))
    for share in share_counts(problem, chosen):
        if problem.scenario.shares[share.share].must and share.shortfall:
            where = (share.share, _span(problem) if share.year is None else share.year)
            yield Finding("must", where, share.of_group, phrase("verify_no_fewer", count=share.required))
    for pool in pool_years(problem, chosen):
        if problem.scenario.seats[pool.pool].must and pool.below_min:
            yield Finding("must", (pool.pool, pool.year), pool.starts, phrase("verify_no_fewer", count=pool.min))
    for whole in pool_totals(problem, chosen):
        if problem.scenario.seats[whole.pool].must and whole.below_min:
            allowed = phrase("verify_no_fewer", count=whole.min)
            yield Finding("must", (whole.pool, _span(problem)), whole.starts, allowed)
