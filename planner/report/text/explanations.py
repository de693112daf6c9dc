"""Explanations in sentences, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from planner.analysis.partial_answers import Unproven
from planner.analysis.price import Price, Start
from planner.analysis.why.all_cadres import Everybody
from planner.analysis.why.cadre import INADMISSIBLE, Explanation, Got, Missed
from planner.analysis.why.remedies import MOST, POINTS, Remedy
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Scenario
from planner.messages import say
from planner.model.rules import RULES
from planner.plans.agency_titles import agency_title
from planner.plans.persons import person
from planner.plans.reasons import reason
from planner.plans.summary import goal_in_words
from planner.report.text.rules import fact_told, reason_told, rules_told, way_told
from planner.report.text.titles import period_title, programme_title

SHOWN = 8  # starts named in one sentence


def explained(problem: Problem, answer: Explanation) -> Iterator[str]:
    """The sentences of an explanation: one a line, the cadre first."""
    yield say("explain_title", cadre=person(problem, answer.cadre), agency=agency_title(problem, answer.agency))
    if not answer.got:
        yield "  " + say("explain_gets_nothing")
    for got in answer.got:
        yield from (f"  {line}" for line in _got(problem, got))
    for missed in answer.missed:
        yield from (f"  {line}" for line in _missed(problem, answer.cadre, missed))


def all_explained(answer: Everybody) -> str:
    """The answers for everybody in one sentence."""
    kept = (answer.starts, "held"), (answer.waiting, "cadre")  # without rows such a table has lost its columns
    held, waiting = (table.reindex(columns=[name])[name] for table, name in kept)
    prices = [price for price in answer.prices if not isinstance(price, Unproven)]
    told = say(
        "explain_all",
        starts=len(held),
        every=int((held == "every").sum()),
        some=int((held == "some").sum()),
        waiting=waiting.nunique(),
        pairs=len(answer.prices),
        free=sum(price is None or price.free for price in prices),
        costs=sum(price is not None and price.possible and not price.free for price in prices),
        impossible=sum(price is not None and not price.possible for price in prices),
    )
    late = say("explain_all_tied", seconds=answer.tied.seconds) if answer.tied else ""
    number = len(answer.prices) - len(prices)
    return " ".join(filter(None, (told, late, say("explain_all_unproven", number=number) if number else "")))


def in_words(change: Mapping[str, Fraction], scenario: Scenario) -> str:
    """A change of goals: places short of the targets +1; priority points -3."""
    told = [
        say("change_more" if by > 0 else "change_less", goal=goal_in_words(goal, scenario), by=abs(by))
        for goal, by in change.items()
        if by
    ]
    return "; ".join(told) or say("change_none")


def _got(problem: Problem, got: Got) -> Iterator[str]:
    period = period_title(got.start, got.finish)
    yield say("explain_gets", programme=programme_title(problem, got.programme), period=period)
    yield "  " + reason(problem, got.serves)
    if got.without.free:
        yield "  " + say("explain_some")
    elif got.without.possible:
        yield "  " + say("explain_every", change=in_words(got.without.change, problem.scenario))
    else:
        yield "  " + say("explain_every_must")
    yield from (f"  {line}" for line in _reasons(problem, got.programme, got.sooner))


def _missed(problem: Problem, cadre: str, missed: Missed) -> Iterator[str]:
    programme = programme_title(problem, missed.programme)
    when = say("explain_any_year") if missed.start is None else say("explain_year", year=missed.start)
    if missed.price is None:
        yield say("explain_inadmissible", programme=programme)
    elif not missed.price.possible:
        yield say("explain_impossible", programme=programme, when=when)
        yield from (f"  {told}" for told in rules_told(problem, missed.price.conflict))
        if not missed.price.minimal:
            yield "  " + say("conflict_not_minimal" if missed.price.conflict else "missed_rules_unknown")
        if missed.way_out is not None:
            changes = "; ".join(way_told(problem, missed.way_out))
            yield "  " + say("explain_way_out", cadre=person(problem, cadre), changes=changes)
    elif missed.price.free:
        yield say("explain_free", programme=programme, when=when)
    else:
        yield say(
            "explain_costs", programme=programme, when=when, change=in_words(missed.price.change, problem.scenario)
        )
        yield from (f"  {line}" for line in _exchange(problem, missed.price))
    if missed.verdict == INADMISSIBLE or missed.remedies is not None:
        yield from (f"  {line}" for line in _reasons(problem, missed.programme, missed.reasons))
    if missed.remedies is not None:
        yield from (f"  {line}" for line in _remedies(problem, cadre, missed))


def _exchange(problem: Problem, price: Price) -> Iterator[str]:
    if price.loses:
        yield say("explain_loses", starts=_starts(problem, price.loses))
    if price.gains:
        yield say("explain_gains", starts=_starts(problem, price.gains))


def _reasons(problem: Problem, programme: str, reasons: Mapping[int, tuple[str, ...]]) -> Iterator[str]:
    """The years that have the same reasons against a start, together."""
    years: dict[tuple[str, ...], list[int]] = {}
    for year, found in reasons.items():
        if found:
            years.setdefault(found, []).append(year)
    for found, own in years.items():
        told = "; ".join(reason_told(problem, programme, reason) for reason in found)
        yield say("explain_reason", years=", ".join(map(str, own)), reasons=told)


def _remedies(problem: Problem, cadre: str, missed: Missed) -> Iterator[str]:
    found, price = missed.remedies, missed.price
    if found is None or price is None:
        return
    for remedy in found.found:
        certainty = say("explain_certain" if remedy.certain else "explain_tied")
        change = remedy_told(problem, remedy)
        yield say("explain_remedy", cadre=person(problem, cadre), change=change, certainty=certainty)
    if not any(remedy.more for remedy in found.found):
        yield say("explain_no_remedy", number=MOST, cadre=person(problem, cadre))
    if found.points_hopeless and price.decided_by:
        yield say("explain_points_hopeless", goal=goal_in_words(price.decided_by, problem.scenario))
    elif not found.points_hopeless and not any(remedy.points for remedy in found.found):
        yield say("explain_points_no", number=POINTS)


def remedy_told(problem: Problem, remedy: Remedy) -> str:
    """What a remedy changes: two more seats of a pool; a priority point more."""
    told = [say("explain_more_points", number=remedy.points)] if remedy.points else []
    for (name, key), by in remedy.more.items():
        suffix, facts = RULES[name].said(problem, key)
        words = {blank: fact_told(problem, blank, fact) for blank, fact in facts.items()}
        told.append(say(f"explain_more_{name}{suffix.removesuffix('_nobody')}", number=by, year=key[-1], **words))
    return "; ".join(told)


def _starts(problem: Problem, starts: Iterable[Start]) -> str:
    every = [
        f"{person(problem, cadre)} {programme_title(problem, programme)} {year}" for cadre, programme, year in starts
    ]
    shown = "; ".join(every[:SHOWN])
    return shown if len(every) <= SHOWN else say("explain_more", starts=shown, number=len(every) - SHOWN)
