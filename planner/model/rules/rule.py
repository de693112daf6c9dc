"""What a rule is: one object that holds all that planner knows of it, except its sentences.

The sentences stand in `planner.messages.rules` under `rule_NAME` and `relax_NAME`, each with the suffix that `said`
gives. The same rule is checked a second time, from the contract's words alone, in `planner.verification.rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder

Said = tuple[str, Mapping[str, Any]]  # the suffix of the sentence, and what fills its blanks: ids and figures


def whole_key(key: Key) -> Key:
    """Every row is a statement of its own."""
    return key


def everybody(key: Key) -> Key:
    """All rows are one statement about everybody."""
    return ()


def nothing_more(problem: Problem, key: Key) -> Said:
    """The sentence has no blanks."""
    return "", {}


def no_limit(problem: Problem, key: Key) -> None:
    """The rule asks for no one number."""


def nowhere(problem: Problem, key: Key) -> Location:
    """The rule holds without being written anywhere."""
    return ()


def one(problem: Problem) -> float:
    """A unit of giving way is a unit of the limit."""
    return 1.0


def never(key: Key) -> bool:
    """No row gives way."""
    return False


def always(key: Key) -> bool:
    """Every row may give way."""
    return True


def joined(key: Key) -> str:
    """A statement's key as text."""
    return ", ".join(map(str, key))


def last_number(key: Key) -> int | None:
    """The year of a statement: the last part of its key, where that is a number."""
    return key[-1] if key and isinstance(key[-1], int) else None


@dataclass(frozen=True)
class Rule:
    """A rule of the contract, section 5.

    Attributes
    ----------
    name
        The contract's id.
    write
        Writes the rows, each with a key: cadres and agencies by their row in the problem's tables, years as numbers.
    statement
        What of a row's readable key tells which statement of the scenario it belongs to: rows with the same
        statement stand or fall together in a conflict. None: the row only says what the other rows mean.
    entry
        Where the scenario says it.
    limit
        The number it asks for: the most that it allows, or for `must` the least.
    said
        The suffix of its sentence, and the ids and figures that fill the blanks.
    suffixes
        Every suffix that `said` can give.
    where, year
        The statement as text, and its year.
    gives_way
        Which of its rows a way out of a conflict may relax, by `unit` at a time.
    priced
        Whether `value` asks what one more of its limit is worth, and `explain` whether that gets somebody in. Of
        those with `only_full` only limits that the plan uses up are asked about.
    """

    name: str
    write: Callable[[ModelBuilder, Problem, Options], None]
    statement: Callable[[Key], Key | None] = whole_key
    entry: Callable[[Problem, Key], Location] = nowhere
    limit: Callable[[Problem, Key], float | None] = no_limit
    said: Callable[[Problem, Key], Said] = nothing_more
    suffixes: tuple[str, ...] = ("",)
    where: Callable[[Key], str] = joined
    year: Callable[[Key], int | None] = last_number
    gives_way: Callable[[Key], bool] = never
    unit: Callable[[Problem], float] = one
    priced: bool = False
    only_full: bool = False
