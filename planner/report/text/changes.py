"""The changes of a plan made again, in words: what it was, what it is, why."""

from __future__ import annotations

from planner.analysis.replanning.changes import FORCED, FREE, UNPRICED, WORTH, Change
from planner.inputs.problem import Problem
from planner.messages import DASH, known, say, signed
from planner.plans.reasons import reason
from planner.plans.serves import read
from planner.plans.summary import goal_in_words
from planner.report.text.rules import reason_told, standing_against
from planner.report.text.titles import programme_title


def start_told(problem: Problem, programme: str, start: int | None) -> str:
    """A start in words; a dash for none."""
    if not programme:
        return DASH
    title = programme_title(problem, programme) if programme in problem.scenario.programmes else programme
    return f"{title}, {start}"


def news_told(problem: Problem, cadre: str, programme: str, start: object, detail: object = "") -> str:
    """A cadre's start in words, or what else is told of a cadre: the code, the programme's title, year, detail."""
    known = programme in problem.scenario.programmes
    told = [cadre, programme_title(problem, programme) if known else programme, str(start), str(detail)]
    return " ".join(part for part in told if part)


def rule_told(rule: str) -> str:
    """What stands against a start by a rule."""
    return say(f"stands_{rule}") if known(f"stands_{rule}") else say(f"verify_rule_{rule}")


def why(problem: Problem, change: Change) -> str:
    """The reason of a change and its price, in words."""
    told = []
    if change.cause == FORCED:
        if change.entries:
            told.append(say("replan_forced_entries", entries=", ".join(change.entries)))
        if change.reasons:
            reasons = "; ".join(reason_told(problem, change.was_programme, reason) for reason in change.reasons)
            told.append(say("replan_forced_reasons", reasons=reasons))
        if change.against:
            told.append(say("replan_forced_rules", rules="; ".join(standing_against(problem, change.against))))
        told = told or [say("replan_forced")]
    elif change.cause == WORTH:
        key = "replan_worth_new" if change.kind == "new" else "replan_worth"
        goal = goal_in_words(change.goal, problem.scenario)
        told.append(say(key, goal=goal, by=signed(change.by)))
    elif change.cause == FREE:
        told.append(say("replan_free"))
    elif change.cause == UNPRICED:
        told.append(say("replan_unpriced"))
    if change.serves:
        told.append(say("replan_serves", serves=reason(problem, read(change.serves))))
    return "; ".join(told)
