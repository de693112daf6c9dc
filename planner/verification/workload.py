"""How much one cadre studies: too much in one year, or too soon after the last long programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.verification.activities import Activity
from planner.verification.findings import Phrase, phrase


class Overload(NamedTuple):
    """A year in which a cadre is in programmes that exclude one another, and what is allowed instead."""

    year: int
    programmes: tuple[str, ...]
    allowed: Phrase


def overloads(doing: list[Activity], shorts: int) -> Iterator[Overload]:
    """The years in which one cadre's activities are too many; what current study alone makes too many is not told.

    At most one long programme (`full_time` or `in_service`); a `full_time` one excludes every other; at most `shorts`
    short ones.
    """
    years = {year for each in doing if each.new for year in range(each.first, each.last + 1)}
    for year in sorted(years):
        running = [each for each in doing if each.runs(year)]
        long, short = ([each for each in running if each.long is kind] for kind in (True, False))
        if len(long) > 1 and any(each.new for each in long):
            yield Overload(year, _names(long), phrase("verify_one_long"))
        elif len(running) > 1 and any(each.mode == "full_time" for each in running):
            yield Overload(year, _names(running), phrase("verify_alone"))
        if len(short) > shorts and any(each.new for each in short):
            yield Overload(year, _names(short), phrase("verify_shorts", count=shorts))


def _names(activities: list[Activity]) -> tuple[str, ...]:
    return tuple(each.programme for each in activities)


def too_soon(completed: int, start: int, between: int) -> bool:
    """Whether fewer whole years than asked for lie between a completion [year] and a start [year]."""
    return between > 0 and start - completed - 1 < between
