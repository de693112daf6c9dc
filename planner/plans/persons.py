"""Persons by their codes, or by their names where these were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from planner.inputs.problem import Problem
from planner.messages import say

_named: ContextVar[bool] = ContextVar("named", default=False)


@contextmanager
def with_names(*, shown: bool = True) -> Iterator[None]:
    """Call persons by their names inside the block, in this thread or task; everywhere else codes stand alone."""
    before = _named.set(shown)
    try:
        yield
    finally:
        _named.reset(before)


def names_shown() -> bool:
    """Whether names were asked for, here and now."""
    return _named.get()


def person(problem: Problem, cadre: str) -> str:
    """A cadre as sentences and tables call him: the code; where names are asked for and there is one, name and code.

    The code stays behind the name, because two people may have one name.
    """
    if not names_shown():
        return cadre
    name = names(problem).get(cadre, "")
    return say("person_named", name=name, cadre=cadre) if name else cadre


def heading(alone: str) -> str:
    """The heading of a column of persons; `alone` is the sentence where codes stand alone."""
    return say("person_heading" if names_shown() else alone)


def names(problem: Problem) -> dict[str, str]:
    """Code -> name as the roster has it; empty without such a column."""
    if "name" not in problem.cadres:
        return {}
    return dict(zip(problem.cadres["cadre"], problem.cadres["name"].astype(str), strict=True))


def nameless(problem: Problem) -> list[str]:
    """What whoever asked for names should be told: that the roster has none, or how many it lacks."""
    if not names_shown():
        return []
    known = names(problem)
    if not any(known.values()):
        return [say("person_no_names")]
    lacking = sum(not name for name in known.values())
    return [say("person_some_no_names", count=lacking)] if lacking else []
