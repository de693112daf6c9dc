"""Section 5 of the contract, the rules that count who is away: `absence` and `leaders`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from planner.inputs.problem import Problem
from planner.verification.activities import Chosen
from planner.verification.away import Away, allowed_away, leaders_in_service
from planner.verification.findings import Finding, phrase

MOST_NAMES = 10  # names in one finding


def absence(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The cadres of an agency who are away in a year are at most the allowance of its headcount."""
    limits, everyone = allowed_away(problem), np.ones(len(problem.cadres), dtype=bool)
    yield from _too_many_away("absence", problem, chosen, lambda _: (limits, everyone))


def leaders(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """In an agency with two or more leaders in service, those away leave at least `present` of them."""
    section = problem.scenario.absence
    if section is None or section.leaders is None:
        return
    present = section.leaders.present

    def limits(year: int) -> tuple[list[int | None], np.ndarray]:
        serving = leaders_in_service(problem, year)
        there = np.bincount(problem.cadres["agency_id"][serving], minlength=len(problem.agencies))
        return [int(number) - present if number >= 2 else None for number in there], serving

    yield from _too_many_away("leaders", problem, chosen, limits)


def _too_many_away(
    rule: str, problem: Problem, chosen: Chosen, limits: Callable[[int], tuple[list[int | None], np.ndarray]]
) -> Iterator[Finding]:
    """Where the plan sends away more than are allowed, or anybody beside those who are too many anyway.

    `limits` gives, for a year, every agency's limit (None: no limit) and who is counted.
    """
    away = Away(problem, chosen)
    by_year = {year: limits(year) for year in map(int, problem.years)}
    for (agency, year), people in sorted(away.everybody.items()):
        limit, counted = by_year[year][0][agency], by_year[year][1]
        gone = [person for person in sorted(people) if counted[person]]
        anyway = [person for person in away.anyway.get((agency, year), ()) if counted[person]]
        if limit is not None and len(gone) > max(limit, 0, len(anyway)):
            cadres = problem.cadres["cadre"].to_numpy()[gone]
            found = phrase(
                "verify_away", count=len(gone), names=(*cadres[:MOST_NAMES], *["..."][: len(gone) > MOST_NAMES])
            )
            yield Finding(rule, (problem.agencies["agency"].iloc[agency], year), found, max(limit, len(anyway), 0))
