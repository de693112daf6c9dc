"""Conflicts and ways out in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from planner.analysis.why.conflicts import Contradictions
from planner.analysis.why.ways_out import WayOut
from planner.inputs.problem import Problem
from planner.messages import say
from planner.report.text.rules import rules_told, way_told


def contradicted(problem: Problem, answer: Contradictions) -> Iterator[str]:
    """The sentences, one a line."""
    if not answer.conflicts:
        yield say("conflict_none" if answer.finished else "conflict_unknown")
        return
    for number, conflict in enumerate(answer.conflicts, 1):
        yield say("conflict_title", number=number, of=len(answer.conflicts), rules=len(conflict.rules))
        yield from (f"  {told}" for told in rules_told(problem, conflict.rules))
        if conflict.confirmed:
            yield "  " + say("conflict_confirmed")
        else:
            yield "  " + say("conflict_not_confirmed" if conflict.minimal else "conflict_not_minimal")
    if not answer.finished:
        yield say("conflict_unfinished")
    yield from told_ways_out(problem, answer.ways_out)
    if not answer.ways_known:
        yield say("ways_unknown")


def told_ways_out(problem: Problem, ways: tuple[WayOut, ...]) -> Iterator[str]:
    """The ways out, the cheapest first."""
    for number, way in enumerate(ways, 1):
        yield say("way_out", number=number, units=way.units, changes=len(way.relaxed) + len(way.exemptions))
        yield from (f"  {line}" for line in way_told(problem, way))
        yield "  " + say("way_out_possible" if way.possible else "way_out_not_confirmed")
