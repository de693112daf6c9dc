"""The sentence with which an answer begins: what to do, or what it comes to; the figures follow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from planner.analysis.fairness.audit import Fairness
from planner.analysis.replanning.changes import Change
from planner.analysis.risk.figures import KINDS
from planner.analysis.risk.result import Risk
from planner.analysis.seats.frontier import Frontier
from planner.analysis.seats.values import SOLVED, Worth
from planner.analysis.why.cadre import Explanation
from planner.analysis.why.cadre import Missed as NotGot
from planner.analysis.why.conflicts import Contradictions
from planner.analysis.why.missed_targets import BLOCKED, COMPETES, Missed
from planner.inputs.problem import Problem
from planner.messages import figure, localised, percentage, say, signed
from planner.plans.agency_titles import agency_title
from planner.plans.persons import person
from planner.plans.plan import Plan
from planner.plans.verdicts import outcome
from planner.report.text.explanations import in_words, remedy_told
from planner.report.text.fairness import attribute_title, difference_shown, p_value, value_title
from planner.report.text.missed_targets import is_enough
from planner.report.text.rules import reason_told, way_told
from planner.report.text.seat_values import limit_told
from planner.report.text.titles import period_title, programme_title, target_title

CHANCE = 0.05  # the usual level: what chance makes at least so often is told as chance


def of_missed(problem: Problem, answers: Sequence[Missed]) -> Iterator[str]:
    """How many targets are missed; then a line for each kind of them: what it needs, and the least change for one."""
    told = [answer for answer in answers if answer.shortfall > answer.unknown]
    silent = len(answers) - len(told)
    parts = []
    if told:
        short = sum(answer.shortfall - answer.unknown for answer in told)
        parts.append(say("first_missed", number=len(told), short=short))
        enough = [answer for answer in told if is_enough(problem, answer)]
        alone = [answer for answer in told if answer.repair is not None and answer not in enough]
        if enough:
            parts.append(say("first_missed_repair", number=len(enough), **_least_repair(problem, enough)))
        if alone:
            key = "first_missed_alone_too" if enough else "first_missed_alone"
            parts.append(say(key, number=len(alone), **({} if enough else _least_repair(problem, alone))))
        rest = [answer for answer in told if answer.repair is None]
        known = [answer for answer in rest if answer.late is None and answer.repair_known]
        competing = sum(answer.verdict == COMPETES for answer in known)
        blocked = sum(answer.verdict == BLOCKED for answer in known)
        parts += [say("first_missed_competes", number=competing)] if competing else []
        parts += [say("first_missed_blocked", number=blocked)] if blocked else []
        late = sum(answer.late is not None or not answer.repair_known for answer in rest)
        parts += [say("first_missed_unproven", number=late)] if late else []
    if silent:
        people = sum(answer.unknown for answer in answers if answer not in told)
        parts.append(say("first_missed_silent", number=silent, places=people))
    for place, part in enumerate(parts):
        yield "  " * bool(place) + say("headline_sentence", parts=part)


def _least_repair(problem: Problem, answers: Sequence[Missed]) -> dict[str, str]:
    """The target of the smallest repair, and what it changes."""
    target, way = min(
        ((answer.target, answer.repair) for answer in answers if answer.repair is not None),
        key=lambda each: each[1].units,
    )
    return {"target": target_title(problem, target), "changes": "; ".join(way_told(problem, way))}


def of_explanation(problem: Problem, answer: Explanation) -> str:
    """What a cadre gets, and what stands between him and what was asked for."""
    cadre = say("explain_title", cadre=person(problem, answer.cadre), agency=agency_title(problem, answer.agency))
    starts = [(programme_title(problem, each.programme), period_title(each.start, each.finish)) for each in answer.got]
    got = "; ".join(say("first_got", programme=programme, period=period) for programme, period in starts)
    parts = [say("first_gets", cadre=cadre, got=got) if got else say("first_gets_nothing", cadre=cadre)]
    if len(answer.missed) == 1:
        parts.append(_not_got(problem, answer, answer.missed[0]))
    elif answer.missed:
        priced = [each.price for each in answer.missed if each.price is not None]
        figures = {
            "free": sum(price.free for price in priced),
            "costs": sum(price.possible and not price.free for price in priced),
            "never": len(answer.missed) - sum(price.possible for price in priced),
        }
        parts.append(say("first_others", number=len(answer.missed), **figures))
    return say("headline_sentence", parts="; ".join(parts))


def _not_got(problem: Problem, answer: Explanation, missed: NotGot) -> str:
    """Why not, and what would get him in, if that was asked and is known."""
    programme = programme_title(problem, missed.programme)
    if missed.price is None:
        reasons = dict.fromkeys(
            reason_told(problem, missed.programme, reason) for own in missed.reasons.values() for reason in own
        )
        return say("first_inadmissible", programme=programme, reasons=", ".join(reasons))
    if not missed.price.possible:
        changes = "; ".join(way_told(problem, missed.way_out)) if missed.way_out is not None else ""
        return say("first_impossible_but" if changes else "first_impossible", programme=programme, changes=changes)
    if missed.price.free:
        return say("first_free", programme=programme)
    remedies = missed.remedies.found if missed.remedies is not None else ()
    if remedies:
        return say("first_remedy", programme=programme, change=remedy_told(problem, remedies[0]))
    return say("first_costs", programme=programme, change=in_words(missed.price.change, problem.scenario))


def of_fairness(problem: Problem, audit: Fairness) -> str:
    """The difference that chance explains least, if it leaves one; which priority rule moves most people."""
    parts = []
    tested = [test for test in audit.tests if test.holm_selected is not None]
    if tested:
        test = min(tested, key=lambda each: each.holm_selected or 0.0)
        rates = {group.value: group.rate for group in audit.groups if group.attribute == test.attribute}
        known = {value: rate for value, rate in rates.items() if rate is not None and not pd.isna(rate)}
        told = {"attribute": attribute_title(test.attribute), "p": p_value(test.holm_selected)}
        if (test.holm_selected or 0.0) >= CHANCE:
            parts.append(say("first_fairness_chance", **told))
        elif len(known) > 1:
            low, high = min(known, key=lambda value: known[value]), max(known, key=lambda value: known[value])
            groups = {"low": value_title(test.attribute, low), "high": value_title(test.attribute, high)}
            rated = {"low_rate": percentage(known[low]), "high_rate": percentage(known[high])}
            parts.append(say("first_fairness", **told, **groups, **rated))
        else:
            parts.append(say("first_fairness_difference", **told, difference=difference_shown(test)))
    else:
        parts.append(say("first_fairness_nothing"))
    if audit.priorities and not audit.secret:
        most = max(audit.priorities, key=lambda rule: len(rule.came_in) + len(rule.went_out))
        title = localised(problem.scenario.priority[most.rule].title, most.rule)
        parts.append(say("first_rule", rule=title, came=len(most.came_in), went=len(most.went_out)))
    return say("headline_sentence", parts="; ".join(parts))


def of_value(problem: Problem, worths: Sequence[Worth]) -> str:
    """The limit of which one more helps most: by the goal ranked first, then by how much."""
    goals = list(map(str, problem.scenario.goals))
    better = [worth for worth in worths if worth.one_more.how == SOLVED and worth.one_more.better]
    late = sum(worth.one_more.late is not None for worth in worths)
    if not better:
        return say("first_value_unproven", number=late) if late else say("first_value_nothing")

    def gain(worth: Worth) -> tuple[int, float]:
        goal = str(worth.one_more.decided_by)
        return goals.index(goal) if goal in goals else len(goals), -abs(float(worth.one_more.change[goal]))

    best = min(better, key=gain)
    where, year, _ = limit_told(problem, best)
    change = in_words(best.one_more.change, problem.scenario)
    return say("first_value", where=where, year=year, change=change, number=len(better))


def of_frontier(problem: Problem, found: Frontier) -> str:
    """The fewest seats with which the target is as near as seats can bring it."""
    title = target_title(problem, found.target)
    today = next((point for point in found.points if point.more == 0), None)
    if today is None:
        return say("first_frontier_unknown", target=title)
    least = min(point.shortfall for point in found.points)
    first = next(point for point in found.points if point.shortfall == least)
    told = {"target": title, "short": today.shortfall, "least": least, "more": signed(first.more)}
    if found.late:
        return say("first_frontier_unproven", **told)
    if first.more > 0:
        return say("first_frontier_more", **told, seats=first.seats - today.seats)
    return say("first_frontier_fewer" if first.more < 0 else "first_frontier_same", **told)


def of_conflicts(problem: Problem, answer: Contradictions) -> str:
    """That no plan can exist, and the cheapest way out; nothing where no conflict stood the check."""
    if not any(conflict.confirmed for conflict in answer.conflicts):
        return ""
    number, ways = len(answer.conflicts), [way for way in answer.ways_out if way.possible]
    if not ways:
        return say("first_conflict", number=number)
    return say("first_conflict_way", number=number, changes="; ".join(way_told(problem, ways[0])))


def of_changes(old: Plan, new: Plan, changes: Sequence[Change], year: int) -> str:
    """How many starts stay, and how the targets stand before and now."""
    numbers = {kind: sum(change.kind == kind for change in changes) for kind in ("kept", "moved", "dropped", "new")}
    before, after = outcome(old), outcome(new)
    figures = {"before": before.reached, "after": after.reached, "was": before.short, "short": after.short}
    return say("first_replan", year=year, **numbers, **figures)


def _of_chances(told: Risk) -> str:
    """The chance that all targets are reached, and how many places are short; that there are none to speak of."""
    if not told.drawn.aims:
        return say("first_risk_none")
    whole = told.targets.iloc[0]
    short = {"expected": figure(whole["expected"], 1), "planned": figure(whole["planned"])}
    return say("first_risk", chance=percentage(whole["chance"]), **short)


def of_risk(found: Risk) -> str:
    """How likely every target is reached, how many places are short on average, and what most hangs on.

    Targets that cannot be told are no shortfall, and are left out.
    """
    untold = found.untold
    parts = [_of_chances(found.without(untold))]
    if untold:
        parts.append(say("first_risk_untold", number=len(untold)))
    for kind in KINDS:
        own = found.hinges[(found.hinges["kind"] == kind) & (found.hinges["gain"] > 0)]
        if len(own):
            row = own.sort_values("gain", ascending=False, kind="stable").iloc[0]
            office = agency_title(found.problem, row["agency"]) if row["agency"] else ""
            names = [person(found.problem, row["cadre"])] if row["cadre"] else [office]
            names += [programme_title(found.problem, row["programme"])] if row["programme"] else []
            names += [] if pd.isna(row["year"]) else [str(row["year"])]
            parts.append(say("first_risk_hinge", what=", ".join(filter(None, names)), gain=figure(row["gain"], 2)))
            break
    return say("headline_sentence", parts="; ".join(parts))
