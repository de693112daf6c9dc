"""Section 5 of the contract: one check per rule, under the rule's id, over the chosen starts alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem, allowance
from planner.messages import say
from planner.verification.activities import Activity, Chosen, away, choose
from planner.verification.admissibility import CONDITIONS, in_pool, level_name, pin_text, pinned
from planner.verification.findings import Finding, findings_table, place
from planner.verification.recomputed import attainment_table, exact, number_text, seats_table, total
from planner.verification.workload import overloads


def broken_rules(problem: Problem, assignments: pd.DataFrame) -> pd.DataFrame:
    """Everything that a plan breaks.

    Parameters
    ----------
    assignments
        cadre, programme, start [year]; numbers may be text. Further columns are ignored.

    Returns
    -------
    pd.DataFrame
        rule, where, found, allowed, all text: first `assignments` (rows that name no start; they are left out of
        everything else), then the conditions of section 4, then the rules of section 5. Empty for a plan that holds.
    """
    chosen, findings = choose(problem, assignments)
    for check in (*CONDITIONS.values(), *RULES.values()):
        findings += check(problem, chosen)
    return findings_table(findings)


def one_at_a_time(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """In one year one long programme at most, `full_time` alone, few short ones; current study counts."""
    for doing in chosen.busy:
        for year, programmes, allowed in overloads(doing, problem.scenario.study_load.short_per_year):
            yield Finding("one_at_a_time", place(doing[0].cadre, year), place(*programmes), allowed)


def ladder_order(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """On one ladder programmes follow one another, each from a level that is held by then to a higher one."""
    rostered = {ladder: problem.cadres[ladder].to_numpy() for ladder in problem.scenario.ladders}
    for doing in chosen.busy:
        for position, start in enumerate(doing):
            if start.new:
                earlier = [each for each in doing[:position] if each.ladder == start.ladder]
                yield from _out_of_order(problem, start, earlier, int(rostered[start.ladder][start.person]))


def _out_of_order(problem: Problem, start: Activity, earlier: list[Activity], on_roster: int) -> Iterator[Finding]:
    where = place(start.cadre, start.programme, start.first)

    def level(at: int) -> str:
        return level_name(problem, start.ladder, at)

    for each in earlier:
        if each.last >= start.first:
            found = say("verify_ends", programme=each.programme, year=each.last)
            yield Finding("ladder_order", where, found, say("verify_before", year=start.first))
        if each.high >= start.high:
            found = say("verify_leads_to", programme=each.programme, level=level(each.high))
            yield Finding("ladder_order", where, found, say("verify_below", level=level(start.high)))
    held = max([on_roster, *(each.high for each in earlier if each.last < start.first)])
    # Of a level that nobody knows the condition `level` tells already.
    if on_roster != UNKNOWN and held < start.low:
        yield Finding("ladder_order", where, level(held), say("verify_at_least", level=level(start.low)))


def seats(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """A pool's starts in a year are at most `max`, over the horizon at most `total`."""
    for name, pool in problem.scenario.seats.items():
        years = chosen.starts["start"][in_pool(problem, chosen.starts, name)]
        for year, number in years.value_counts().sort_index().items():
            if pool.per_year.max is not None and number > pool.per_year.max:
                yield Finding("seats", place(name, year), str(number), str(pool.per_year.max))
        if pool.total is not None and len(years) > pool.total:
            span = f"{problem.years[0]}-{problem.years[-1]}"
            yield Finding("seats", place(name, span), str(len(years)), str(pool.total))


def absence(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The cadres of an agency who are away in a year are at most the allowance of its headcount."""
    yield from _too_many_away("absence", problem, chosen, allowance(problem), None)


def leaders(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """In an agency with two or more leaders, those away leave at least `present` of them."""
    section = problem.scenario.absence
    if section is None or section.leaders is None:
        return
    there = np.bincount(problem.cadres["agency_id"][problem.leaders], minlength=len(problem.agencies))
    limits = np.where(there >= 2, there - section.leaders.present, np.nan)
    yield from _too_many_away("leaders", problem, chosen, limits, problem.leaders)


def _too_many_away(
    rule: str, problem: Problem, chosen: Chosen, limits: np.ndarray, among: np.ndarray | None
) -> Iterator[Finding]:
    """Where more are away than the agency's limit (NaN: none), and more than current study takes away on its own."""
    everybody, studying = away(problem, chosen, among)
    agencies, cadres = problem.agencies["agency"].to_numpy(), problem.cadres["cadre"].to_numpy()
    for (agency, year), people in sorted(everybody.items()):
        limit = limits[agency]
        if math.isnan(limit):
            continue
        allowed = max(int(limit), len(studying.get((agency, year), ())))
        if len(people) > allowed:
            found = say("verify_away", count=len(people), names=_shortened([cadres[each] for each in sorted(people)]))
            yield Finding(rule, place(agencies[agency], year), found, str(allowed))


def _shortened(names: list[str], most: int = 10) -> str:
    return place(*names[:most], *(["..."] if len(names) > most else []))


def classes(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The starts of the programme in a year fill k whole classes of min to max cadres."""
    for programme, size in problem.scenario.classes.items():
        years = chosen.starts["start"][chosen.starts["programme"] == programme]
        for year, number in years.value_counts().sort_index().items():
            # The fewest classes that hold all are the easiest to fill.
            count = 1 if size.max is None else -(-number // size.max)
            if number < count * size.min:
                allowed = say("verify_classes", low=size.min, high="" if size.max is None else size.max)
                yield Finding("classes", place(programme, year), str(number), allowed)


def budget(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The costs of the programmes started in a year are at most the year's budget."""
    if problem.scenario.budget is None:
        return
    amounts = problem.scenario.budget.per_year
    for year in map(int, problem.years):
        spent = total(chosen.starts["cost"][chosen.starts["start"] == year])
        amount = amounts.get(year) if isinstance(amounts, dict) else amounts
        if amount is not None and spent > exact(amount):
            yield Finding("budget", str(year), number_text(spent), number_text(exact(amount)))


def pins(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """Every `require` pin is met by at least one start."""
    for pin in problem.scenario.pins.require:
        if not pinned(chosen.starts, pin).any():
            yield Finding("pins", pin_text(pin), "0", say("verify_required"))


def must(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """A target that says `must` has no shortfall, a pool that says so no year below its `min`."""
    targets = attainment_table(problem, chosen)
    for target, needed, attained, shortfall in targets[["target", "required", "attained", "shortfall"]].values:
        if problem.scenario.targets[target].must and shortfall:
            yield Finding("must", target, str(attained), say("verify_no_fewer", count=needed))
    floors = seats_table(problem, chosen)
    for pool, year, least, starts, below in floors[["pool", "year", "min", "starts", "below_min"]].values:
        if problem.scenario.seats[pool].must and below:
            yield Finding("must", place(pool, year), str(starts), say("verify_no_fewer", count=least))


RULES: dict[str, Callable[[Problem, Chosen], Iterator[Finding]]] = {
    "one_at_a_time": one_at_a_time,
    "ladder_order": ladder_order,
    "seats": seats,
    "absence": absence,
    "leaders": leaders,
    "classes": classes,
    "budget": budget,
    "pins": pins,
    "must": must,
}
