"""Section 5 of the contract, the rules that look at one cadre at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.inputs.problem import UNKNOWN, Problem
from planner.verification.activities import Activity, Chosen, level_held
from planner.verification.admissibility import level_name
from planner.verification.findings import Finding, phrase
from planner.verification.past import past_long, past_starts
from planner.verification.workload import overloads, too_soon


def one_at_a_time(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """In one year one long programme at most, `full_time` alone, few short ones; current study counts."""
    for doing in chosen.busy:
        for year, programmes, allowed in overloads(doing, problem.scenario.study_load.short_per_year):
            yield Finding("one_at_a_time", (doing[0].cadre, year), programmes, allowed)


def ladder_order(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """On one ladder programmes follow one another, each from a level that is held by then to a higher one."""
    rostered = {ladder: problem.cadres[ladder].to_numpy() for ladder in problem.scenario.ladders}
    for doing in chosen.busy:
        for position, start in enumerate(doing):
            if start.new:
                earlier = [each for each in doing[:position] if each.ladder == start.ladder]
                yield from _out_of_order(problem, start, earlier)
                yield from _too_low(problem, start, earlier, int(rostered[start.ladder][start.person]))


def _out_of_order(problem: Problem, start: Activity, earlier: Iterable[Activity]) -> Iterator[Finding]:
    for each in earlier:
        if each.last >= start.first:
            found = phrase("verify_ends", programme=each.programme, year=each.last)
            yield Finding("ladder_order", start.key, found, phrase("verify_before", year=start.first))
        if each.high >= start.high:
            reached, below = (level_name(problem, start.ladder, at) for at in (each.high, start.high))
            found = phrase("verify_leads_to", programme=each.programme, level=reached)
            yield Finding("ladder_order", start.key, found, phrase("verify_below", level=below))


def _too_low(problem: Problem, start: Activity, earlier: Iterable[Activity], on_roster: int) -> Iterator[Finding]:
    held = level_held(on_roster, earlier, start.ladder, start.first)
    # Of a level that nobody knows the condition `level` tells already.
    if on_roster != UNKNOWN and held < start.low:
        found, needed = (level_name(problem, start.ladder, at) for at in (held, start.low))
        yield Finding("ladder_order", start.key, found, phrase("verify_at_least", level=needed))


def requires(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """Every level that a started programme requires is held when its year begins."""
    for doing in chosen.busy:
        for start in (each for each in doing if each.new):
            for ladder, needed in problem.requires.get(start.course, {}).items():
                held = level_held(int(problem.cadres[ladder].iloc[start.person]), doing, ladder, start.first)
                if held < needed:
                    allowed = phrase("verify_at_least", level=level_name(problem, ladder, needed))
                    yield Finding("requires", start.key, level_name(problem, ladder, held), allowed)


def study_load(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """A cadre has few starts, and some years lie between one long programme and the next; the history counts."""
    yield from _starts_per_cadre(problem, chosen)
    yield from _years_between(problem, chosen)


def _starts_per_cadre(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    most = problem.scenario.study_load.starts_per_cadre
    if most is None:
        return
    before = past_starts(problem)["cadre"].value_counts()
    for doing in chosen.busy:
        number = sum(each.new for each in doing) + int(before.get(doing[0].cadre, 0))
        if number > most:
            found = phrase("verify_starts", count=number)
            yield Finding("study_load", (doing[0].cadre,), found, phrase("verify_at_most", count=most))


def _years_between(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    between = problem.scenario.study_load.years_between
    past: dict[str, list[tuple[str, int]]] = {}
    for cadre, programme, finish in past_long(problem)[["cadre", "programme", "finish"]].itertuples(index=False):
        past.setdefault(cadre, []).append((programme, int(finish)))
    for doing in chosen.busy:
        long = [each for each in doing if each.long]
        for position, start in enumerate(long):
            earlier = [(each.programme, each.last) for each in long[:position]]
            for programme, finish in [*past.get(start.cadre, []), *earlier] if start.new else ():
                if too_soon(finish, start.first, between):
                    found = phrase("verify_ends", programme=programme, year=finish)
                    allowed = phrase("verify_before", year=start.first - between)
                    yield Finding("study_load", start.key, found, allowed)
