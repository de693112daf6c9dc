"""Conflicts and ways out in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from planner.answers.contradictions import Contradictions, Rule, WayOut
from planner.words import say


def contradicted(answer: Contradictions) -> Iterator[str]:
    """The sentences, one a line."""
    if not answer.conflicts:
        yield say("conflict_none")
        return
    for number, conflict in enumerate(answer.conflicts, 1):
        yield say("conflict_title", number=number, of=len(answer.conflicts), rules=len(conflict.rules))
        yield from (f"  {placed(rule)}" for rule in conflict.rules)
        confirmed = conflict.together_impossible and conflict.less_one_possible
        yield "  " + say("conflict_confirmed" if confirmed else "conflict_not_confirmed")
    yield from told_ways_out(answer.ways_out)


def told_ways_out(ways: tuple[WayOut, ...]) -> Iterator[str]:
    """The ways out, the cheapest first."""
    for number, way in enumerate(ways, 1):
        yield say("way_out", number=number, units=way.units, rules=len(way.relaxed))
        for rule, by in way.relaxed:
            yield f"  {relaxation(rule, by)} ({placed(rule)})"
        yield "  " + say("way_out_possible" if way.possible else "way_out_not_confirmed")


def print_contradictions(answer: Contradictions, *, error: bool = False) -> None:
    """The sentences, on standard output or standard error."""
    console = Console(stderr=error, highlight=False)
    for line in contradicted(answer):
        console.print(escape(line), soft_wrap=True)


def placed(rule: Rule) -> str:
    """seats[theory, 2022], base.yaml:42, source III.2.a."""
    told = rule.id
    if rule.file:
        told += f" – {rule.file}:{rule.line}" if rule.line else f" – {rule.file}"
    return told + (f" – {rule.source}" if rule.source else "")


def relaxation(rule: Rule, by: int) -> str:
    """What it means to relax a rule by so many units."""
    key = rule.rule
    if rule.rule == "must":
        key = "must_seats" if "," in rule.where else "must_target"
    return say(f"relax_{key}", where=rule.where, by=by)
