"""Missed targets in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape

from planner.answers.missed import Missed
from planner.problem import Problem
from planner.report.contradicted import placed, relaxation
from planner.words import localised, say


def missing(problem: Problem, answers: Sequence[Missed]) -> Iterator[str]:
    """The sentences, one a line; a target's name first."""
    if not answers:
        yield say("missed_none")
    for answer in answers:
        title = localised(problem.scenario.targets[answer.target].title, answer.target)
        yield say("missed_title", target=title, number=answer.shortfall)
        yield from (f"  {line}" for line in _why(problem, answer))


def print_missing(problem: Problem, answers: Sequence[Missed]) -> None:
    """The sentences, on standard output."""
    console = Console(highlight=False)
    for line in missing(problem, answers):
        console.print(escape(line), soft_wrap=True)


def _why(problem: Problem, answer: Missed) -> Iterator[str]:
    if answer.unknown:
        yield say("missed_unknown", number=answer.unknown)
    if answer.unable:
        yield say("missed_unable", number=answer.unable)
        for reason, number in answer.reasons.items():
            yield "  " + say("missed_reason", number=number, reason=say(f"reason_{reason}"))
    if answer.verdict == "competes":
        costs = "; ".join(
            say("missed_cost", target=localised(problem.scenario.targets[name].title, name), number=by)
            for name, by in answer.costs.items()
        )
        yield say("missed_competes", costs=costs or say("missed_no_target"))
        return
    yield say("missed_best", number=answer.best)
    if answer.blocking:
        yield say("missed_blocked", rules=len(answer.blocking))
        yield from (f"  {placed(rule)}" for rule in answer.blocking)
    if answer.repair is not None:
        changes = "; ".join(relaxation(rule, by) for rule, by in answer.repair.relaxed)
        yield say("missed_repair", changes=changes)
    elif answer.verdict == "blocked":
        yield say("missed_no_repair")
