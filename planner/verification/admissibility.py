"""Section 4 of the contract: which of its conditions a chosen start breaks, each told on its own.

That `from` is held by the year of the start is told by the rule `ladder_order`: a plan either brings the cadre there
or does not, whatever other plans could do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.schema import Pin
from planner.messages import say
from planner.verification.activities import Activity, Chosen
from planner.verification.findings import Finding, place
from planner.verification.workload import overloads


def where(start: pd.Series) -> str:
    """The place of a start in words."""
    return place(start["cadre"], start["programme"], start["start"])


def level_name(problem: Problem, ladder: str, at: int) -> str:
    """The name of a place in a ladder."""
    return say("verify_unknown_level") if at == UNKNOWN else problem.scenario.ladders[ladder][at]


def level(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The cadre's level on the ladder is known and below `to`."""
    starts = chosen.starts
    for _, start in starts[(starts["held"] == UNKNOWN) | (starts["held"] >= starts["high"])].iterrows():
        found = level_name(problem, start["ladder"], start["held"])
        allowed = say("verify_below", level=level_name(problem, start["ladder"], start["high"]))
        yield Finding("level", where(start), found, allowed)


def eligible(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """`eligible` holds in the year of the start."""
    starts = chosen.starts
    holds = problem.eligible[starts["person"], starts["course"], starts["start"] - problem.years[0]]
    for _, start in starts[~holds].iterrows():
        yield Finding("eligible", where(start), say("verify_not_eligible"), say("verify_eligible"))


def retires(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The service owed after the programme ends before the cadre leaves service."""
    starts = chosen.starts
    served = starts["finish"] + starts["serve"]
    leaves = problem.cadres["retires"].to_numpy(dtype=float)[starts["person"]]
    late = served.to_numpy() >= leaves  # an empty cell is NaN: never late
    for (_, start), until, year in zip(starts[late].iterrows(), served[late], leaves[late], strict=True):
        found = say("verify_serves_until", year=f"{until:g}")
        yield Finding("retires", where(start), found, say("verify_before", year=f"{year:g}"))


def seat_pool(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """Some seat pool lists the programme and covers the cadre, or the programme is open."""
    starts = chosen.starts
    seated = starts["open"].to_numpy(dtype=bool)
    for name in problem.scenario.seats:
        seated = seated | in_pool(problem, starts, name)
    for _, start in starts[~seated].iterrows():
        yield Finding("seat_pool", where(start), say("verify_no_pool"), say("verify_pool"))


def in_pool(problem: Problem, starts: pd.DataFrame, name: str) -> np.ndarray:
    """The starts that a seat pool counts: it lists their programme and covers their cadre."""
    listed = starts["programme"].isin(problem.scenario.seats[name].programmes).to_numpy(dtype=bool)
    counted: np.ndarray = listed & problem.pools[name][starts["person"].to_numpy()]
    return counted


def forbid(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """No `forbid` pin matches."""
    for pin in problem.scenario.pins.forbid:
        for _, start in chosen.starts[pinned(chosen.starts, pin)].iterrows():
            yield Finding("forbid", where(start), say("verify_forbidden", pin=pin_text(pin)), say("verify_no_start"))


def pinned(starts: pd.DataFrame, pin: Pin) -> np.ndarray:
    """The starts that a pin matches; a key left out means any."""
    matched = np.ones(len(starts), dtype=bool)
    for column, wanted in (("cadre", pin.cadre), ("programme", pin.programme), ("start", pin.start)):
        if wanted is not None:
            matched &= (starts[column] == wanted).to_numpy(dtype=bool)
    return matched


def pin_text(pin: Pin) -> str:
    """A pin in words: its keys, or that it means any start."""
    keys = {"cadre": pin.cadre, "programme": pin.programme, "start": pin.start}
    return place(*(f"{key} {value}" for key, value in keys.items() if value is not None)) or say("verify_any_start")


def study(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The cadre does not study as high on the same ladder, and no rule forbids the start beside that study."""
    shorts = problem.scenario.study_load.short_per_year
    for doing in chosen.busy:
        for now in (each for each in doing if not each.new):
            for start in (each for each in doing if each.new):
                if _in_the_way(now, start, shorts):
                    found = say("verify_studying", programme=now.programme, year=now.last)
                    at = place(start.cadre, start.programme, start.first)
                    yield Finding("study", at, found, say("verify_free_of_study"))


def _in_the_way(now: Activity, start: Activity, shorts: int) -> bool:
    """Whether current study forbids a start, whatever else the cadre does."""
    same_ladder = now.ladder == start.ladder
    as_high, not_over = now.high >= start.high, start.first <= now.last
    return (same_ladder and (as_high or not_over)) or any(overloads([now, start], shorts))


CONDITIONS: dict[str, Callable[[Problem, Chosen], Iterator[Finding]]] = {
    "level": level,
    "eligible": eligible,
    "retires": retires,
    "seat_pool": seat_pool,
    "forbid": forbid,
    "study": study,
}
