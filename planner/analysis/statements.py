"""What the scenario states: a rule with its place in the file, its source and the number it asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import admissible_starts
from planner.model.rows import Key, Limit
from planner.model.rules import STATED


@dataclass(frozen=True)
class Statement:
    """A rule of the scenario: its id, such as seats[theory, 2022], the file and line of its entry, and its source.

    `limit` is the most that it allows, or for `must` the least that it asks for; None where it is no one number.
    `against` are the reasons why a required start is not admissible. `may_change` is what the scenario says of the
    entry: whether whoever makes the scheme may change it; None where it does not say.
    """

    id: str
    rule: str
    key: Key
    where: str
    file: str
    line: int | None
    source: str | dict[str, str] = field(hash=False)
    limit: float | None = None
    against: tuple[str, ...] = ()
    may_change: bool | None = None


def stated(problem: Problem, statement: Limit) -> Statement:
    """A statement with its place in the scenario."""
    name, key = statement
    rule = STATED[name]
    at, where = rule.entry(problem, key), rule.where(key)
    file, line = problem.source.file_and_line(at) if at else ("", None)
    identity = f"{name}[{where}]" if where else name
    against = _against(problem, int(key[0])) if name == "pins" else ()
    source, limit = _source(problem, at), rule.limit(problem, key)
    return Statement(identity, name, key, where, file, line, source, limit, against, may_change(problem, at))


def _against(problem: Problem, index: int) -> tuple[str, ...]:
    """The reasons against a required start that no admissible start meets."""
    return admissible_starts(problem).reasons_against(problem.scenario.pins.require[index])


def may_change(problem: Problem, at: Location) -> bool | None:
    """Whether whoever makes the scheme may change an entry; None where the scenario does not say."""
    said = _innermost(problem, at, "may_change")
    return said if isinstance(said, bool) else None


def _source(problem: Problem, at: Location) -> str | dict[str, str]:
    """The source that the innermost entry around a place names, in each language that it has."""
    said = _innermost(problem, at, "source")
    return said if isinstance(said, str | dict) else ""


def _innermost(problem: Problem, at: Location, key: str) -> object:
    """What the innermost entry around a place says under a key; None where none says anything."""
    for length in range(len(at), 0, -1):
        entry = problem.source.root.find(problem.source.root.existing(at[:length])).value
        said = entry[key].plain() if isinstance(entry, dict) and key in entry else None
        if said is not None:
            return said
    return None
