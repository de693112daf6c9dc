"""What the scenario states: a rule with its place in the file, its source and the number it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import admissible_starts
from planner.model.rows import Key, Limit
from planner.model.rules import RULES


@dataclass(frozen=True)
class Statement:
    """A rule of the scenario: its id, such as seats[theory, 2022], the file and line of its entry, and its source.

    `limit` is the most that it allows, or for `must` the least that it asks for; None where it is no one number.
    `against` are the reasons why a required start is not admissible.
    """

    id: str
    rule: str
    key: Key
    where: str
    file: str
    line: int | None
    source: str
    limit: float | None = None
    against: tuple[str, ...] = ()


def stated(problem: Problem, statement: Limit) -> Statement:
    """A statement with its place in the scenario."""
    name, key = statement
    rule = RULES[name]
    at, where = rule.entry(problem, key), rule.where(key)
    file, line = problem.source.file_and_line(at) if at else ("", None)
    identity = f"{name}[{where}]" if where else name
    against = _against(problem, int(key[0])) if name == "pins" else ()
    return Statement(identity, name, key, where, file, line, _source(problem, at), rule.limit(problem, key), against)


def _against(problem: Problem, index: int) -> tuple[str, ...]:
    """The reasons against a required start that no admissible start meets."""
    return admissible_starts(problem).reasons_against(problem.scenario.pins.require[index])


def _source(problem: Problem, at: Location) -> str:
    """The source that the innermost entry around a place names."""
    for length in range(len(at), 0, -1):
        node = problem.source.root.find(problem.source.root.existing(at[:length])).plain()
        if isinstance(node, dict) and isinstance(node.get("source"), str):
            return str(node["source"])
    return ""
