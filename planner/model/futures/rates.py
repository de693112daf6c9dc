"""The chance of every event for every cadre, programme and year: for each event the first entry that matches."""

from __future__ import annotations

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
    years = problem.scenario.years_at_risk()
    shape = len(years), len(problem.programmes), len(problem.cadres)
    found = {event: np.full(shape, np.nan) for event in OF_STUDIES} | {
        event: np.full((shape[0], 1, shape[2]), np.nan) for event in OF_PEOPLE
    }
    for name, entry in problem.scenario.risk.items():
        own = found[entry.event]
        covered = problem.risk[name][:, None, :] & _within(entry, years)[:, None, None]
        covered = covered & _listed(problem, entry, own.shape[1])[None, :, None]
        own[covered & np.isnan(own)] = entry.rate
    return {event: np.nan_to_num(own) for event, own in found.items()}


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
