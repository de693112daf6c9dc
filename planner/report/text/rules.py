"""Rules, conditions and reasons as an administration would say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.analysis.statements import Statement
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.messages import known, localised, say
from planner.model.rules import STATED
from planner.model.rules.absence import gone_from
from planner.plans.agency_titles import agency_title
from planner.plans.persons import person
from planner.report.text.conditions import condition_told, level_title
from planner.report.text.titles import programme_title, source_told

if TYPE_CHECKING:
    from planner.analysis.why.ways_out import WayOut

PLACES = ("pool", "target", "share", "programme", "agency", "cadre")
"""Facts of a rule that say where it stands, in the order in which they are told."""


def rules_told(problem: Problem, rules: Sequence[Statement]) -> Iterator[str]:
    """The rules in sentences, those that differ by their year in one: what they ask, then file and line, source."""
    together: dict[tuple[str, ...], list[Statement]] = {}
    for rule in rules:
        told = (_sentence(problem, rule, ""), _gone(problem, rule), rule.file, str(rule.line))
        together.setdefault(told, []).append(rule)
    for own in together.values():
        years = ", ".join(year for rule in own if (year := _year(rule)))
        against = "; ".join(_against(problem, own[0]))
        fixed = say("rule_fixed") if own[0].may_change is False else ""
        facts = [_sentence(problem, own[0], years), _gone(problem, own[0]), against, fixed]
        parts = [*facts, _at(own[0]), source_told(own[0].source)]
        yield " – ".join(part for part in parts if part)


def standing_against(problem: Problem, rules: Sequence[Statement]) -> Iterator[str]:
    """What stands against a start, each once: an entry of the scenario as it says it, else the rule in a few words."""
    told = (_few_words(rule) or _sentence(problem, rule, _year(rule)) for rule in rules)
    yield from dict.fromkeys(told)


def _few_words(rule: Statement) -> str:
    """The rule in a few words, where it is no entry of the scenario."""
    return say(f"stands_{rule.rule}") if not rule.where and known(f"stands_{rule.rule}") else ""


def _gone(problem: Problem, rule: Statement) -> str:
    """Who is away from an agency anyway, where a limit on that is told."""
    number = gone_from(problem, rule.rule, rule.key) if rule.rule in ("absence", "leaders") else 0
    return say("rule_gone", number=number) if number else ""


def way_told(problem: Problem, way: WayOut) -> Iterator[str]:
    """What a way out relaxes, a rule or an exemption at a time.

    A person is only named for an exemption that the scheme's makers may grant; others are counted.
    """
    for rule, by in way.relaxed:
        yield relaxation(problem, rule, by)
    unsaid: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for exempt in way.exemptions:
        if not exempt.may_change:
            unsaid[exempt.programme, exempt.waived] += 1
            continue
        yield say(
            "relax_exempt",
            cadre=person(problem, exempt.cadre),
            programme=programme_title(problem, exempt.programme),
            start=exempt.start,
            reasons=_waived(problem, exempt.programme, exempt.waived),
        )
    for (programme, waived), number in unsaid.items():
        words = {"programme": programme_title(problem, programme), "reasons": _waived(problem, programme, waived)}
        yield say("relax_exempt_unsaid", number=number, **words)


def _waived(problem: Problem, programme: str, reasons: Sequence[str]) -> str:
    return "; ".join(reason_told(problem, programme, reason) for reason in reasons)


def relaxation(problem: Problem, statement: Statement, by: float) -> str:
    """What it means to relax a rule by so much."""
    suffix, facts = STATED[statement.rule].said(problem, statement.key)
    key = f"relax_{statement.rule}{suffix}"
    words = {name: fact_told(problem, name, fact) for name, fact in facts.items()}
    where = ", ".join(str(words[name]) for name in PLACES if name in words)
    if (year := STATED[statement.rule].year(statement.key)) is not None:
        where = say("relax_in_year", where=where, year=year) if where else str(year)
    words |= {"where": where or statement.where, "by": by}
    return say(key if known(key) else f"relax_{statement.rule}", **words)


def reason_told(problem: Problem, programme: str, reason: str) -> str:
    """Why a start is not admissible, with what the programme asks for."""
    entry, said = problem.scenario.programmes[programme], say(f"reason_{reason}")
    asked = ""
    if reason == "not_eligible" and entry.eligible is not None:
        asked = condition_told(problem, entry.eligible)
    elif reason == "from_out_of_reach":
        asked = level_title(entry.ladder, entry.from_)
    elif reason == "retires_too_soon" and entry.serve_after_years:
        asked = say("reason_service_owed", years=entry.serve_after_years)
    return say("reason_with", reason=said, asked=asked) if asked else said


# --- rules ----------------------------------------------------------------------------------------------------------


def _against(problem: Problem, rule: Statement) -> Iterator[str]:
    """Why a required start is not admissible, with the years of service where these are too few."""
    if not rule.against:
        return
    pin = problem.scenario.pins.require[int(rule.key[0])]
    for reason in rule.against:
        told = reason_told(problem, pin.programme, reason) if pin.programme is not None else say(f"reason_{reason}")
        years = _service_years(problem, pin) if reason == "retires_too_soon" else None
        yield say("reason_service_years", reason=told, retires=years[0], until=years[1]) if years else told


def _service_years(problem: Problem, pin: Pin) -> tuple[int, int] | None:
    """When a cadre retires, and until when service would be owed after a start; None where the pin does not say."""
    if pin.cadre is None or pin.programme is None or pin.start is None:
        return None
    cadre = problem.cadres[problem.cadres["cadre"] == pin.cadre].iloc[0]
    programme = problem.programmes.iloc[int(problem.programme_ids([pin.programme])[0])]
    return int(cadre["retires"]), int(pin.start + programme["years"] - 1 + programme["serve"])


def _at(rule: Statement) -> str:
    return say("at_line", file=rule.file, line=rule.line) if rule.line else rule.file


def _year(rule: Statement) -> str:
    year = STATED[rule.rule].year(rule.key)
    return "" if year is None else str(year)


def _sentence(problem: Problem, rule: Statement, years: str) -> str:
    """What a rule asks for; `years` stand where it says when."""
    suffix, facts = STATED[rule.rule].said(problem, rule.key)
    words = {"limit": rule.limit} | {name: fact_told(problem, name, fact) for name, fact in facts.items()}
    return say(f"rule_{rule.rule}{suffix}", when=say("rule_years", years=years) if years else "", **words)


def fact_told(problem: Problem, name: str, fact: Any) -> Any:
    """A fact of a sentence as people say it: the title of a pool, target, programme or agency; else as it is.

    A cadre is called by his name where names are asked for.
    """
    if name == "cadre":
        return person(problem, str(fact))
    if name == "agency":
        return agency_title(problem, str(fact))
    if name == "eligible":
        return condition_told(problem, fact)
    scenario = problem.scenario
    if isinstance(fact, Pin):
        programme = None if fact.programme is None else programme_title(problem, fact.programme)
        return ", ".join(str(part) for part in (fact.cadre, programme, fact.start) if part is not None)
    entries: dict[str, Mapping[str, Any]] = {
        "pool": scenario.seats,
        "target": scenario.targets,
        "programme": scenario.programmes,
        "share": scenario.shares,
    }
    return localised(entries[name][fact].title, fact) if name in entries else fact
