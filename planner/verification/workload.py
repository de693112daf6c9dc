"""How much one cadre studies in one year: the rule `one_at_a_time` for a given list of activities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.messages import say
from planner.verification.activities import Activity


class Overload(NamedTuple):
    """A year in which a cadre is in programmes that exclude one another, and what is allowed instead."""

    year: int
    programmes: list[str]
    allowed: str


def overloads(doing: list[Activity], shorts: int) -> Iterator[Overload]:
    """The years in which one cadre's activities are too many; years with current study alone are not the plan's.

    At most one long programme (`full_time` or `in_service`); a `full_time` one excludes every other; at most `shorts`
    short ones.
    """
    years = {year for each in doing if each.new for year in range(each.first, each.last + 1)}
    for year in sorted(years):
        running = [each for each in doing if each.runs(year)]
        short = [each for each in running if each.mode == "short"]
        if len(running) - len(short) > 1:
            yield Overload(year, _names(running, "full_time", "in_service"), say("verify_one_long"))
        elif len(running) > 1 and any(each.mode == "full_time" for each in running):
            yield Overload(year, [each.programme for each in running], say("verify_alone"))
        if len(short) > shorts and any(each.new for each in short):
            yield Overload(year, _names(running, "short"), say("verify_shorts", count=shorts))


def _names(running: list[Activity], *modes: str) -> list[str]:
    return [each.programme for each in running if each.mode in modes]
