"""Answers as tables: what the sentences say, a row each, for an analyst to count and to join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from planner.analysis.fairness.audit import Fairness
from planner.analysis.partial_answers import UNPROVEN, Unproven
from planner.analysis.price import Price
from planner.analysis.statements import Statement
from planner.analysis.why.all_cadres import Everybody
from planner.analysis.why.cadre import Explanation
from planner.analysis.why.conflicts import Contradictions
from planner.analysis.why.missed_targets import Missed
from planner.analysis.why.ways_out import Exemption, WayOut
from planner.messages import localised
from planner.plans.serves import written
from planner.plans.tables import number

Row = dict[str, Any]
Tables = dict[str, pd.DataFrame]


def table(rows: Iterable[Row], columns: Sequence[str]) -> pd.DataFrame:
    """The rows; `columns` first, and there even if there are none."""
    listed = list(rows)
    further = dict.fromkeys(name for row in listed for name in row if name not in columns)
    return pd.DataFrame(listed, columns=[*columns, *further])


def by_goal(change: Mapping[str, Fraction]) -> Row:
    """A column per goal."""
    return {goal: number(value) for goal, value in change.items()}


# --- explain --------------------------------------------------------------------------------------------------------


def explanation_tables(found: Explanation) -> Tables:
    """The tables of the explanation of one cadre."""
    got = [
        {
            "programme": own.programme,
            "start": own.start,
            "finish": own.finish,
            "serves": " ".join(map(written, own.serves)),
        }
        | {"held": own.held}
        | _price(own.without)
        for own in found.got
    ]
    missed = [
        {"programme": other.programme, "start": other.start, "verdict": other.verdict} | _price(other.price)
        for other in found.missed
    ]
    reasons = [
        {"programme": other.programme, "year": year, "reason": reason}
        for other in found.missed
        for year, against in other.reasons.items()
        for reason in against
    ]
    return {
        "starts": table(got, ["programme", "start", "finish", "serves", "held", "decided_by", "conflict"]),
        "missed": table(missed, ["programme", "start", "verdict", "decided_by", "conflict"]),
        "reasons": table(reasons, ["programme", "year", "reason"]),
    }


def everybody_tables(found: Everybody) -> Tables:
    """The tables of the explanation of all cadres."""
    waits = found.waiting.to_dict("records")
    priced = [
        {str(key): value for key, value in row.items()} | {"verdict": _verdict(price)} | _price(price)
        for row, price in zip(waits, found.prices, strict=True)
    ]
    columns = ["cadre", "programme", "target", "verdict", "decided_by", "conflict"]
    return {"starts": found.starts, "waiting": table(priced, columns)}


def _verdict(price: Price | Unproven | None) -> str:
    if isinstance(price, Unproven):
        return UNPROVEN
    if price is None or price.free:
        return "free"
    return "costs" if price.possible else "impossible"


def _price(price: Price | Unproven | None) -> Row:
    if price is None or isinstance(price, Unproven):
        return {"decided_by": "", "conflict": ""}
    rules = "; ".join(rule.id for rule in price.conflict)
    return {"decided_by": price.decided_by, "conflict": rules} | by_goal(price.change)


# --- missed, conflict -----------------------------------------------------------------------------------------------


RULE = ["id", "rule", "where", "file", "line", "source", "limit", "may_change"]


def missed_tables(found: Sequence[Missed]) -> Tables:
    """The tables of the targets that are missed."""
    figures = ["target", "shortfall", "verdict", "unknown", "unable", "best", "worsens", "minimal", "repair_known"]
    targets = [{name: getattr(target, name) for name in figures} for target in found]
    costs = [{"target": own.target, "other": name, "more": by} for own in found for name, by in own.costs.items()]
    blocking = [{"target": own.target} | _rule(rule) for own in found for rule in own.blocking]
    repairs = [{"target": own.target} | row for own in found if own.repair for row in _way(own.repair)]
    fixed = [{"target": own.target} | _rule(rule) for own in found for rule in own.fixed]
    return {
        "targets": table(targets, figures),
        "hindrances": table(_of_targets(found, "hindrances"), ["target", "programme", "reasons", "people"]),
        "leading": table(_of_targets(found, "leading"), ["target", "programme", "years", "last_start"]),
        "costs": table(costs, ["target", "other", "more"]),
        "blocking": table(blocking, ["target", *RULE]),
        "repairs": table(repairs, ["target", *WAY]),
        "fixed": table(fixed, ["target", *RULE]),
    }


def _of_targets(found: Sequence[Missed], field: str) -> Iterable[Row]:
    for target in found:
        for part in getattr(target, field):
            yield {"target": target.target} | _flat(part)


def _rule(rule: Statement) -> Row:
    return {name: getattr(rule, name) for name in RULE} | {"source": localised(rule.source)}


WAY = ["kind", "what", "by", "possible", "may_change"]


def _way(way: WayOut) -> Iterable[Row]:
    """A row per rule to relax, and per start to exempt, of one way out."""
    for rule, by in way.relaxed:
        yield {"kind": "relax", "what": rule.id, "by": by, "possible": way.possible} | _allowed(rule)
    for start in way.exemptions:
        what = f"{start.cadre}, {start.programme}, {start.start}: {' '.join(start.waived)}"
        yield {"kind": "exempt", "what": what, "by": 1, "possible": way.possible} | _allowed(start)


def _allowed(change: Statement | Exemption) -> Row:
    """What the scenario says of who may change it: yes, no or nothing."""
    return {"may_change": change.may_change}


def conflict_tables(found: Contradictions) -> Tables:
    """The tables of what contradicts itself, and of the ways out."""
    rules = [
        {"conflict": number, "confirmed": own.confirmed, "minimal": own.minimal or own.confirmed} | _rule(rule)
        for number, own in enumerate(found.conflicts, 1)
        for rule in own.rules
    ]
    ways = [{"way": number} | row for number, way in enumerate(found.ways_out, 1) for row in _way(way)]
    return {"rules": table(rules, ["conflict", *RULE, "confirmed", "minimal"]), "ways_out": table(ways, ["way", *WAY])}


# --- fairness -------------------------------------------------------------------------------------------------------


def fairness_tables(found: Fairness) -> Tables:
    """The tables of the audit of fairness."""
    groups = ["attribute", "value", "needing", "selected", "rate", "low", "high", "mean_wait", "median_wait"]
    tests = ["attribute", "groups", "difference", "low", "high", "p_selected", "p_wait", "holm_selected", "holm_wait"]
    rules = ["rule", "starts_with", "starts_without", "people_with", "people_without", "came_in", "went_out"]
    steps: list[Row] = [{"place": step.place, "times": step.times} | by_goal(step.goals) for step in found.price]
    steps += [{"place": place, "times": times, "unproven": late.seconds} for place, times, late in found.late_steps]
    priorities: list[Row] = [_flat(rule) for rule in found.priorities]
    priorities += [{"rule": name, "unproven": late.seconds} for name, late in found.late_rules.items()]
    return {
        "groups": table(map(_flat, found.groups), groups),
        "tests": table(map(_flat, found.tests), tests),
        "priorities": table(priorities, rules),
        "price": table(steps, ["place", "times"]),
    }


def _flat(part: object) -> Row:
    """The fields of an object as a row: several texts joined by blanks, a column per goal without the rule."""
    row: Row = {}
    for key, value in vars(part).items():
        if isinstance(value, dict):
            row |= {f"{goal}_without": worth for goal, worth in by_goal(value).items()}
        else:
            row[key] = " ".join(value) if isinstance(value, tuple) else value
    return row
