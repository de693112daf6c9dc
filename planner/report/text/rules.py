"""Rules, conditions and reasons as an administration would say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from planner.analysis.statements import Statement
from planner.analysis.why.conflicts import WayOut
from planner.inputs.problem import Problem
from planner.inputs.scenario.conditions import Combine, Compare, Condition, GroupName, Scalar
from planner.inputs.scenario.schema import Pin
from planner.inputs.synonyms import HEADERS
from planner.messages import entered, known, language, localised, say
from planner.model.rules import RULES
from planner.plans.persons import person
from planner.report.text.titles import post_titles, sex_title


def rules_told(problem: Problem, rules: Sequence[Statement]) -> Iterator[str]:
    """The rules in sentences, those that differ by their year in one: what they ask, then id, file and line, source."""
    together: dict[tuple[str, ...], list[Statement]] = {}
    for rule in rules:
        together.setdefault((_sentence(problem, rule, ""), rule.file, str(rule.line)), []).append(rule)
    for own in together.values():
        years = ", ".join(year for rule in own if (year := _year(rule)))
        ids = ", ".join(rule.id for rule in own)
        against = "; ".join(_against(problem, own[0]))
        told = [_sentence(problem, own[0], years), against, ids, _at(own[0]), own[0].source]
        yield " – ".join(part for part in told if part)


def way_told(problem: Problem, way: WayOut) -> Iterator[str]:
    """What a way out relaxes, a rule or an exemption at a time."""
    for rule, by in way.relaxed:
        yield relaxation(problem, rule, by)
    for exempt in way.exemptions:
        programme = localised(problem.scenario.programmes[exempt.programme].title, exempt.programme)
        reasons = "; ".join(reason_told(problem, exempt.programme, reason) for reason in exempt.waived)
        yield say(
            "relax_exempt",
            cadre=person(problem, exempt.cadre),
            programme=programme,
            start=exempt.start,
            reasons=reasons,
        )


def relaxation(problem: Problem, statement: Statement, by: float) -> str:
    """What it means to relax a rule by so much."""
    suffix, facts = RULES[statement.rule].said(problem, statement.key)
    key = f"relax_{statement.rule}{suffix}"
    words = {name: fact_told(problem, name, fact) for name, fact in facts.items()}
    return say(key if known(key) else f"relax_{statement.rule}", **(words | {"where": statement.where, "by": by}))


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
    return f"{rule.file}:{rule.line}" if rule.line else rule.file


def _year(rule: Statement) -> str:
    year = RULES[rule.rule].year(rule.key)
    return "" if year is None else str(year)


def _sentence(problem: Problem, rule: Statement, years: str) -> str:
    """What a rule asks for; `years` stand where it says when."""
    suffix, facts = RULES[rule.rule].said(problem, rule.key)
    words = {"limit": rule.limit} | {name: fact_told(problem, name, fact) for name, fact in facts.items()}
    return say(f"rule_{rule.rule}{suffix}", when=say("rule_years", years=years) if years else "", **words)


def fact_told(problem: Problem, name: str, fact: Any) -> Any:
    """A fact of a sentence as people say it: the title of a pool, a target or a programme; else as it is.

    A cadre is called by his name where names are asked for.
    """
    if name == "cadre":
        return person(problem, str(fact))
    scenario = problem.scenario
    entries: dict[str, Mapping[str, Any]] = {
        "pool": scenario.seats,
        "target": scenario.targets,
        "programme": scenario.programmes,
        "share": scenario.shares,
    }
    return localised(entries[name][fact].title, fact) if name in entries else fact


# --- conditions -----------------------------------------------------------------------------------------------------


def condition_told(problem: Problem, condition: Condition) -> str:
    """A condition in words: age ≤ 44, and (block: school or post: staff)."""
    match condition:
        case GroupName():
            title = problem.source.root.find(("groups", condition.name)).plain()
            return localised(title.get("title") if isinstance(title, dict) else None, condition.name)
        case Compare():
            return _compared(problem, condition)
        case Combine(how="not"):
            return say("condition_not", part=_inside(problem, condition.parts[0]))
        case Combine():
            return _joined(condition.how, (_inside(problem, part) for part in condition.parts))


def level_title(ladder: str, level: str) -> str:
    """A level in words: master's degree; as the scenario writes it where the catalogue does not know it."""
    key = f"level_{ladder}_{level}"
    return say(key) if known(key) else level


def _inside(problem: Problem, condition: Condition) -> str:
    told = condition_told(problem, condition)
    return f"({told})" if isinstance(condition, Combine) and condition.how == "any" else told


def _joined(how: str, parts: Iterable[str]) -> str:
    """The parts with `and` or `or` between them."""
    return f" {say(f'condition_{how}')} ".join(parts)


def _compared(problem: Problem, condition: Compare) -> str:
    column = column_title(condition.column)
    low, high = (
        None if end is None else _value(problem, condition.column, end) for end in (condition.low, condition.high)
    )
    if condition.values:
        values = _joined("any", (_value(problem, condition.column, value) for value in condition.values))
        return f"{column}: {values}"
    if low is None or high is None:
        return f"{column} ≤ {high}" if low is None else f"{column} ≥ {low}"
    return f"{column} {low}–{high}"


def column_title(column: str) -> str:
    """A column in words: its Vietnamese header, its name in English."""
    if known(f"condition_{column}"):
        return say(f"condition_{column}")
    if language() == "vi" and column in HEADERS:
        return HEADERS[column][0].lower()
    return column.replace("_", " ")


def _value(problem: Problem, column: str, value: Scalar) -> str:
    if isinstance(value, bool):
        return say("value_is_yes" if value else "value_is_no")
    if isinstance(value, int | float):
        return entered(value)
    if column in problem.scenario.ladders:
        return level_title(column, value)
    if column == "post":
        return post_titles(problem).get(value, value)
    return sex_title(value) if column == "sex" and sex_title(value) else value
