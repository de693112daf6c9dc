"""Years outside the plan's: quotas, budgets and leave that concern no year of it, targets reckoned elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.inputs.problem import Problem
from planner.inputs.scenario.value_types import FIRST_YEAR, LAST_YEAR, YearRange
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.warnings.warning import ScenarioWarning, warning_at

LONGEST = 12  # years beyond which a horizon is more likely a slip of the hand


def year_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """Entries by year that name years outside the horizon; targets whose year of reckoning no start can end in."""
    scenario = problem.scenario
    for name, pool in scenario.seats.items():
        if isinstance(pool.per_year, dict):
            yield from _outside(problem, ("seats", name, "per_year"), pool.per_year)
            yield from _gaps(problem, ("seats", name, "per_year"), pool.per_year)
    if scenario.budget is not None and isinstance(scenario.budget.per_year, dict):
        yield from _outside(problem, ("budget", "per_year"), scenario.budget.per_year)
    for name, leave in scenario.leave.items():
        if leave.to < scenario.horizon.first or leave.from_ > scenario.horizon.last:
            yield from _outside(problem, ("leave", name), (leave.from_, leave.to))
    for name, entry in scenario.approval.items():
        if entry.years is not None and not any(entry.years.holds(year) for year in scenario.horizon.years):
            yield from _outside(problem, ("approval", name, "years"), _ends(entry.years))
    yield from _reckoning(problem)
    if len(scenario.horizon.years) > LONGEST:
        told = {"first": scenario.horizon.first, "last": scenario.horizon.last, "years": len(scenario.horizon.years)}
        yield warning_at(problem, ("horizon",), "warning_long_horizon", "last", **told)
    yield from _reading(problem, ("as_of",), scenario.year_of_reading())
    for name, target in scenario.targets.items():
        if target.as_of is not None:
            yield from _reading(problem, ("targets", name, "as_of"), target.as_of)


def _reading(problem: Problem, at: Location, year: int) -> Iterator[ScenarioWarning]:
    """A year of reading after the horizon, or longer before it than it lasts."""
    years = problem.scenario.horizon.years
    if year > years[-1] or years[0] - year > len(years):
        told = {"year": year, "first": years[0], "last": years[-1]}
        about = ".".join(map(str, (*at[1:-1], year)))
        yield warning_at(problem, at, "warning_reading_outside", about, **told)


def _ends(years: YearRange) -> list[int]:
    """The ends of a range of years that somebody wrote."""
    return [year for year in (years.from_, years.to) if year not in (FIRST_YEAR, LAST_YEAR)]


def _outside(problem: Problem, at: Location, years: Iterable[int]) -> Iterator[ScenarioWarning]:
    horizon = problem.scenario.horizon
    outside = sorted({year for year in years if not horizon.first <= year <= horizon.last})
    if outside:
        told = {"years": ", ".join(map(str, outside)), "first": horizon.first, "last": horizon.last}
        yield warning_at(problem, at, "warning_years_outside", ".".join(map(str, at)), **told)


def _gaps(problem: Problem, at: Location, years: Iterable[int]) -> Iterator[ScenarioWarning]:
    """Years left out between years that are named: there are no seats in them."""
    listed = sorted(years)
    left_out = [year for year in problem.scenario.horizon.years if listed[0] < year < listed[-1] and year not in listed]
    if left_out:
        yield warning_at(
            problem, at, "warning_years_left_out", ".".join(map(str, at)), years=", ".join(map(str, left_out))
        )


def _reckoning(problem: Problem) -> Iterator[ScenarioWarning]:
    """Targets reckoned before the horizon begins, or so late that everything has long ended."""
    horizon, longest = problem.scenario.horizon, problem.programmes["years"].max()
    for name, target in problem.scenario.targets.items():
        by = problem.by(target)
        if by < horizon.first or (len(problem.programmes) and by > horizon.last + longest):
            told = {"by": by, "first": horizon.first, "last": horizon.last}
            yield warning_at(problem, ("targets", name, "by"), "warning_by_outside", **told)
