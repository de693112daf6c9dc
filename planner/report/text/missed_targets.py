"""Missed targets in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planner.analysis.why.missed_targets import BLOCKED, COMPETES, UNKNOWN, Hindrance, Missed
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.messages import say
from planner.plans.summary import goal_in_words
from planner.report.text.rules import reason_told, rules_told, way_told
from planner.report.text.titles import programme_title, target_title


def missing(problem: Problem, answers: Sequence[Missed]) -> Iterator[str]:
    """The sentences, one a line, a target's name first; last those that only the roster could help, a line each."""
    if not answers:
        yield say("missed_none")
    silent = [answer for answer in answers if _only_unknown(answer)]
    for answer in answers:
        if answer not in silent:
            yield _title(problem, answer)
            yield from (f"  {line}" for line in why(problem, answer))
    if silent:
        yield say("missed_silent")
        for answer in silent:
            title = target_title(problem, answer.target)
            yield "  " + say("missed_silent_one", target=title, number=answer.shortfall, unknown=answer.unknown)


def _title(problem: Problem, answer: Missed) -> str:
    """The target, and the places that are short whatever those of unknown level hold; or that it cannot be told."""
    title, short = target_title(problem, answer.target), answer.shortfall - answer.unknown
    if short <= 0:
        return say("missed_untold", target=title, unknown=answer.shortfall)
    return say("missed_title", target=title, number=short)


def why(problem: Problem, answer: Missed) -> Iterator[str]:
    """The sentences about one target."""
    if answer.unknown:
        yield say("missed_unknown", number=answer.unknown)
    if answer.unable:
        yield say("missed_unable", number=answer.unable)
        yield from (f"  {_hindered(problem, answer, found)}" for found in answer.hindrances)
    if answer.verdict == UNKNOWN:
        yield say("missed_even_if")
        return
    yield from (_leading(problem, answer))
    if answer.late is not None:
        yield say("missed_unproven", seconds=answer.late.seconds)
        return
    if answer.verdict == COMPETES:
        yield _competes(problem, answer)
    else:
        yield say("missed_best", number=answer.best)
    yield from _blocking(problem, answer)
    yield from _repair(problem, answer)


def _competes(problem: Problem, answer: Missed) -> str:
    """At whose cost it could be reached: other targets', or that of another goal alone."""
    if not answer.costs and answer.worsens:
        return say("missed_worsens", goal=goal_in_words(answer.worsens, problem.scenario))
    costs = "; ".join(
        say("missed_cost", target=target_title(problem, name), number=by) for name, by in answer.costs.items()
    )
    return say("missed_competes", costs=costs or say("missed_no_target"))


def _blocking(problem: Problem, answer: Missed) -> Iterator[str]:
    """What stands against it, each needed; or that the time did not suffice to know."""
    if answer.blocking:
        yield say(f"missed_rules_{answer.verdict if answer.minimal else 'unproven'}")
        yield from (f"  {told}" for told in rules_told(problem, answer.blocking))
    elif not answer.minimal:
        yield say("missed_rules_unknown")


def _repair(problem: Problem, answer: Missed) -> Iterator[str]:
    """The cheapest repair; or what else would have to change, which the scheme may not."""
    if answer.repair is not None:
        yield say("missed_repair", changes="; ".join(way_told(problem, answer.repair)))
        yield from _not_reckoned(problem, answer)
    elif not answer.blocking and answer.minimal:
        return  # nothing stands against it that could be repaired
    elif answer.fixed:
        yield say("missed_fixed")
        yield from (f"  {told}" for told in rules_told(problem, answer.fixed))
    else:
        yield say("missed_no_repair" if answer.repair_known else "missed_repair_unknown")


def _not_reckoned(problem: Problem, answer: Missed) -> Iterator[str]:
    """What a repair leaves out, by which the next plan may still miss the target: better goals, competing targets."""
    above = [goal_in_words(goal, problem.scenario) for goal in goals_above(problem, answer.target)]
    if above:
        yield say("missed_goals_above", goals="; ".join(above))
    if leaves_out_others(problem, answer):
        yield say("missed_others_left_out")


def leaves_out_others(problem: Problem, answer: Missed) -> bool:
    """Whether other targets, which need not be reached, were not counted when a repair was sought."""
    others = any(name != answer.target and not entry.must for name, entry in problem.scenario.targets.items())
    return answer.verdict == BLOCKED and others


def is_enough(problem: Problem, answer: Missed) -> bool:
    """Whether a plan reaches the target with its repair and nothing that counts as much or more is worse in it."""
    return (
        answer.repair is not None and not leaves_out_others(problem, answer) and not goals_above(problem, answer.target)
    )


def goals_above(problem: Problem, target: str) -> list[RankedGoal]:
    """The goals that the scenario ranks above the shortfall of a target, other than shortfalls themselves."""
    above: list[RankedGoal] = []
    for goal in problem.scenario.goals:
        if goal.kind == "attainment":
            if not goal.entries or target in goal.entries:
                return above
        else:
            above.append(goal)
    return above


def _only_unknown(answer: Missed) -> bool:
    """Whether nothing is to be said but that the roster does not say what the members hold."""
    return answer.verdict == UNKNOWN and not answer.unable


def _hindered(problem: Problem, answer: Missed, found: Hindrance) -> str:
    if not found.programme:
        return say("missed_too_late" if answer.leading else "missed_no_programme", number=found.people)
    reasons = "; ".join(reason_told(problem, found.programme, reason) for reason in found.reasons)
    return say(
        "missed_hindrance", number=found.people, programme=programme_title(problem, found.programme), reasons=reasons
    )


def _leading(problem: Problem, answer: Missed) -> Iterator[str]:
    """How long the way to the level takes."""
    for found in answer.leading:
        words = {"programme": programme_title(problem, found.programme), "years": found.years}
        if found.last_start is None:
            yield say("missed_takes_too_long", **words)
        elif found.years > 1:
            yield say("missed_takes", last=found.last_start, **words)
