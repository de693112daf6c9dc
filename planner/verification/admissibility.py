"""Section 4 of the contract: which of its conditions a chosen start breaks, each told on its own.

That `from` and the levels of `requires` are held by the year of the start is told by the rules `ladder_order` and
`requires`: a plan either brings the cadre there or does not, whatever other plans could do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.schema import Pin, StudyLoad
from planner.verification.activities import Activity, Chosen
from planner.verification.findings import Finding, Phrase, phrase
from planner.verification.quotas import in_pool
from planner.verification.workload import overloads, too_soon


def _each(starts: pd.DataFrame, broken: Any) -> Iterator[Any]:
    """The rows of the starts for which a condition is broken."""
    return starts[np.asarray(broken, dtype=bool)].itertuples()


def _where(start: Any) -> tuple[object, ...]:
    return start.cadre, start.programme, start.start


def level_name(problem: Problem, ladder: str, at: int) -> str | Phrase:
    """The name of a place in a ladder."""
    return phrase("verify_unknown_level") if at == UNKNOWN else problem.scenario.ladders[ladder][at]


def _without_level(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    return np.asarray((starts["held"] == UNKNOWN) | (starts["held"] >= starts["high"]), dtype=bool)


def level(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The cadre's level on the ladder is known and below `to`."""
    for start in _each(chosen.starts, _without_level(problem, chosen.starts)):
        below = phrase("verify_below", level=level_name(problem, start.ladder, start.high))
        yield Finding("level", _where(start), level_name(problem, start.ladder, start.held), below)


def _not_eligible(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    holds: np.ndarray = problem.eligible[starts["person"], starts["course"], starts["start"] - problem.years[0]]
    return ~holds


def eligible(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """`eligible` holds in the year of the start."""
    for start in _each(chosen.starts, _not_eligible(problem, chosen.starts)):
        yield Finding("eligible", _where(start), phrase("verify_not_eligible"), phrase("verify_eligible"))


def _retires_too_soon(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    served = (starts["finish"] + starts["serve"]).to_numpy()
    return np.asarray(served >= _years_of(problem, starts, "retires"), dtype=bool)  # an empty cell is NaN: never late


def retires(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The service owed after the programme ends before the cadre leaves service."""
    leaves = _years_of(problem, chosen.starts, "retires")
    for start in _each(chosen.starts, _retires_too_soon(problem, chosen.starts)):
        found = phrase("verify_serves_until", year=f"{start.finish + start.serve:g}")
        yield Finding("retires", _where(start), found, phrase("verify_before", year=int(leaves[start.Index])))


def _unseated(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    seated = starts["open"].to_numpy(dtype=bool)
    for name in problem.scenario.seats:
        seated = seated | in_pool(problem, starts, name)
    return ~seated


def seat_pool(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """Some seat pool lists the programme and covers the cadre, or the programme is open."""
    for start in _each(chosen.starts, _unseated(problem, chosen.starts)):
        yield Finding("seat_pool", _where(start), phrase("verify_no_pool"), phrase("verify_pool"))


def _forbidden(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    matched = np.zeros(len(starts), dtype=bool)
    for pin in problem.scenario.pins.forbid:
        matched |= pinned(starts, pin)
    return matched


def forbid(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """No `forbid` pin matches."""
    for pin in problem.scenario.pins.forbid:
        for start in _each(chosen.starts, pinned(chosen.starts, pin)):
            found = phrase("verify_forbidden", pin=pin_keys(pin))
            yield Finding("forbid", _where(start), found, phrase("verify_no_start"))


def pinned(starts: pd.DataFrame, pin: Pin) -> np.ndarray:
    """The starts that a pin matches; a key left out means any."""
    matched = np.ones(len(starts), dtype=bool)
    for column, wanted in (("cadre", pin.cadre), ("programme", pin.programme), ("start", pin.start)):
        if wanted is not None:
            matched &= (starts[column] == wanted).to_numpy(dtype=bool)
    return matched


def pin_keys(pin: Pin) -> tuple[object, ...]:
    """A pin's keys with their values, or that it means any start."""
    keys = {"cadre": pin.cadre, "programme": pin.programme, "start": pin.start}
    return tuple(f"{key} {value}" for key, value in keys.items() if value is not None) or (phrase("verify_any_start"),)


def study(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The cadre does not study as high on the same ladder, and no rule forbids the start beside that study."""
    load = problem.scenario.study_load
    for doing in chosen.busy:
        now = [each for each in doing if not each.new]
        for start in (each for each in doing if each.new and now):
            if hindering := _in_the_way(now, start, load):
                found = tuple(phrase("verify_studying", programme=each.programme, year=each.last) for each in hindering)
                yield Finding("study", start.key, found, phrase("verify_free_of_study"))


def _in_the_way(now: list[Activity], start: Activity, load: StudyLoad) -> list[Activity]:
    """The current study that forbids a start, whatever else the cadre does: one by one, or all of it together."""
    alone = [each for each in now if excludes(each, start, load)]
    return alone or (now if any(overloads([*now, start], load.short_per_year)) else [])


def excludes(now: Activity, start: Activity, load: StudyLoad) -> bool:
    """Whether no plan has a start beside an activity that begins in no later year, whatever else the cadre does."""
    as_high, not_over = now.high >= start.high, start.first <= now.last
    in_order = now.ladder != start.ladder or not (as_high or not_over)
    soon = now.long and start.long and too_soon(now.last, start.first, load.years_between)
    return not in_order or soon or any(overloads([now, start], load.short_per_year))


def _not_given(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    programmes = problem.scenario.programmes
    broken = [
        (span := programmes[name].years) is not None and not span.from_ <= year <= span.to
        for name, year in zip(starts["programme"], starts["start"], strict=True)
    ]
    return np.array(broken, dtype=bool)


def years(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The start lies in the programme's `years`."""
    programmes = problem.scenario.programmes
    for start in _each(chosen.starts, _not_given(problem, chosen.starts)):
        span = programmes[start.programme].years
        assert span is not None
        yield Finding("years", _where(start), start.start, phrase("verify_horizon", first=span.from_, last=span.to))


def _not_yet_there(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    enters = _years_of(problem, starts, "service_start")
    return np.asarray(starts["start"].to_numpy() < enters, dtype=bool)  # an empty cell is NaN: never early


def service_start(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """The start does not come before the cadre's `service_start`."""
    enters = _years_of(problem, chosen.starts, "service_start")
    for start in _each(chosen.starts, _not_yet_there(problem, chosen.starts)):
        allowed = phrase("verify_from", year=int(enters[start.Index]))
        yield Finding("service_start", _where(start), start.start, allowed)


def _on_leave(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    matched = np.zeros(len(starts), dtype=bool)
    person, begins, ends = (starts[name].to_numpy() for name in ("person", "start", "finish"))
    for cadre, first, last in problem.leave[["cadre", "first", "last"]].itertuples(index=False, name=None):
        matched |= (person == cadre) & (begins <= last) & (first <= ends)
    return matched


def leave(problem: Problem, chosen: Chosen) -> Iterator[Finding]:
    """None of the years that the programme occupies is one of the cadre's leave."""
    for person, first, last in problem.leave[["cadre", "first", "last"]].itertuples(index=False, name=None):
        for each in chosen.activities.get(int(person), ()):
            if each.new and each.first <= last and first <= each.last:
                found = phrase("verify_on_leave", first=int(first), last=int(last))
                yield Finding("leave", each.key, found, phrase("verify_no_leave"))


def _years_of(problem: Problem, starts: pd.DataFrame, column: str) -> np.ndarray:
    """A column of years of the start's cadre, NaN where the cell is empty."""
    return problem.cadres[column].to_numpy(dtype=float)[starts["person"]]


BARRED: dict[str, Callable[[Problem, pd.DataFrame], np.ndarray]] = {
    "level": _without_level,
    "eligible": _not_eligible,
    "retires": _retires_too_soon,
    "seat_pool": _unseated,
    "forbid": _forbidden,
    "years": _not_given,
    "service_start": _not_yet_there,
    "leave": _on_leave,
}
"""Which of a table of starts break a condition that asks about nothing but the start: Booleans."""


CONDITIONS: dict[str, Callable[[Problem, Chosen], Iterator[Finding]]] = {
    "level": level,
    "eligible": eligible,
    "retires": retires,
    "seat_pool": seat_pool,
    "forbid": forbid,
    "study": study,
    "years": years,
    "service_start": service_start,
    "leave": leave,
}
