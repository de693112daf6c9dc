"""The chance of every event for every cadre, programme and year: for each event the first entry that matches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.inputs.problem import Problem
from planner.inputs.scenario.rates import OF_PEOPLE, OF_STUDIES, Rate


@dataclass(frozen=True)
class Rates:
    """Chances of a year.

    Attributes
    ----------
    years
        The years in which something may happen.
    of_people
        left, retired, transferred -> years x cadres; 0 where a cadre is not in service.
    of_studies
        declined, failed -> years x programmes x cadres.
    """

    years: range
    of_people: dict[str, np.ndarray]
    of_studies: dict[str, np.ndarray]


def rates_of(problem: Problem) -> Rates:
    """The chances that the entries of `risk` give, each in its years, to its cadres and programmes."""
    years, chances_of = problem.scenario.years_at_risk(), chances(problem)
    serving = _serving(problem, years)
    of_people: dict[str, np.ndarray] = {event: chances_of[event][:, 0, :] * serving for event in OF_PEOPLE}
    return Rates(years, of_people, {event: chances_of[event] for event in OF_STUDIES})


def chances(problem: Problem) -> dict[str, np.ndarray]:
    """Event -> years at risk x programmes (of events of people one row for all) x cadres, in service or not."""
    found: dict[str, np.ndarray] = {event: np.zeros(_shape(problem, event)) for event in (*OF_STUDIES, *OF_PEOPLE)}
    for name, counts in counting(problem, in_service=False):
        entry = problem.scenario.risk[name]
        found[entry.event][counts] = entry.rate
    return found


def counting(problem: Problem, *, in_service: bool = True) -> Iterator[tuple[str, np.ndarray]]:
    """Each entry of `risk` with where it counts: years x programmes (of people one) x cadres; the first that matches.

    Events of people happen only in years in service; with `in_service` false, in whatever year.
    """
    years = problem.scenario.years_at_risk()
    taken = {event: np.zeros(_shape(problem, event), dtype=bool) for event in (*OF_STUDIES, *OF_PEOPLE)}
    for event in OF_PEOPLE if in_service else ():
        taken[event][:, 0, :] = ~_serving(problem, years)
    for name, entry in problem.scenario.risk.items():
        own = taken[entry.event]
        covered = problem.risk[name][:, None, :] & _within(entry, years)[:, None, None]
        covered = covered & _listed(problem, entry, own.shape[1])[None, :, None] & ~own
        own |= covered
        yield name, covered


def _shape(problem: Problem, event: str) -> tuple[int, int, int]:
    programmes = 1 if event in OF_PEOPLE else len(problem.programmes)
    return len(problem.scenario.years_at_risk()), programmes, len(problem.cadres)


def _within(entry: Rate, years: range) -> np.ndarray:
    return np.array([entry.years is None or entry.years.holds(year) for year in years], dtype=bool)


def _listed(problem: Problem, entry: Rate, number: int) -> np.ndarray:
    """The programmes that an entry speaks of; one row stands for all where the event is of people."""
    if entry.programmes is None:
        return np.ones(number, dtype=bool)
    return problem.programmes["programme"].isin(entry.programmes).to_numpy()


def _serving(problem: Problem, years: range) -> np.ndarray:
    """Who is in service in each year, as the roster has it."""
    cadres, year = problem.cadres, np.array(years)[:, None]
    gone = cadres["retires"].to_numpy(dtype=float) <= year
    to_come = cadres["service_start"].to_numpy(dtype=float) > year
    return ~gone & ~to_come
