"""A plan: the chosen starts and what they amount to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, allowance, required
from planner.model.attainment import attaining, unknown_level
from planner.model.goals import kind_of
from planner.model.options import Options

COLUMNS = {  # the tables of a run folder
    "assignments": ["cadre", "agency", "programme", "mode", "start", "finish", "points"],
    "attainment": ["target", "members", "unknown", "required", "already", "attained", "shortfall", "share"],
    "seats": ["pool", "year", "min", "max", "starts", "below_min"],
    "absence": ["agency", "year", "headcount", "limit", "away"],
    "goals": ["goal", "sense", "value", "bound", "status", "seconds"],
}


@dataclass(frozen=True)
class Plan:
    """What a solve has to say; the tables have the columns of the contract, section 7.

    Attributes
    ----------
    status
        optimal; feasible (some goal was cut short); infeasible (no plan exists); or time_limit (none found in time).
    assignments
        cadre, agency, programme, mode, start, finish [year], points; sorted by cadre, start, programme.
    attainment
        target, members, unknown, required, already, attained, shortfall [people], share.
    seats
        pool, year, min, max, starts, below_min.
    absence
        agency, year, headcount, limit, away [people].
    goals
        goal, sense, value, bound, status, seconds.
    conflict
        rule, where (text), key (tuple): rules of which no plan can obey all; empty unless infeasible.
    """

    problem: Problem
    status: str
    assignments: pd.DataFrame
    attainment: pd.DataFrame
    seats: pd.DataFrame
    absence: pd.DataFrame
    goals: pd.DataFrame
    conflict: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["rule", "where", "key"]))

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.status in ("optimal", "feasible")

    @property
    def starts(self) -> pd.DataFrame:
        """The assignments by the rows of the problem's tables: cadre, programme, start, finish [year]."""
        chosen = self.assignments.reindex(columns=COLUMNS["assignments"])
        return pd.DataFrame(
            {
                "cadre": pd.Index(self.problem.cadres["cadre"]).get_indexer(chosen["cadre"]),
                "programme": pd.Index(self.problem.programmes["programme"]).get_indexer(chosen["programme"]),
                "start": chosen["start"].to_numpy(dtype=int),
                "finish": chosen["finish"].to_numpy(dtype=int),
            }
        )

    @property
    def repeatable(self) -> bool:
        """Whether another run must give the same starts: every goal proven, and the lot last to break ties."""
        return self.status == "optimal" and kind_of(self.problem.scenario.goals[-1]).breaks_ties


def plan_of(options: Options, chosen: np.ndarray, status: str, goals: pd.DataFrame) -> Plan:
    """The plan of the chosen options, its tables computed from the options."""
    starts = options.frame.iloc[np.sort(chosen)]
    problem = options.problem
    return Plan(
        problem,
        status,
        _assignments(problem, starts),
        pd.DataFrame(_attainment(problem, starts), columns=COLUMNS["attainment"]),
        pd.DataFrame(_seats(problem, starts), columns=COLUMNS["seats"]),
        _absence(problem, starts),
        goals,
    )


def no_plan(problem: Problem, status: str, goals: pd.DataFrame, conflict: pd.DataFrame | None = None) -> Plan:
    """A solve that found no plan."""
    empty = pd.DataFrame()
    plan = Plan(problem, status, empty, empty, empty, empty, goals)
    return plan if conflict is None else replace(plan, conflict=conflict)


def number(value: Fraction | float) -> int | float:
    """A number as an integer where it is whole."""
    return int(value) if value == int(value) else float(value)


# --- the tables -----------------------------------------------------------------------------------------------------


def _assignments(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    cadres, programmes = problem.cadres, problem.programmes
    return pd.DataFrame(
        {
            "cadre": cadres["cadre"].to_numpy()[starts["cadre"]],
            "agency": cadres["agency"].to_numpy()[starts["cadre"]],
            "programme": programmes["programme"].to_numpy()[starts["programme"]],
            "mode": programmes["mode"].to_numpy()[starts["programme"]],
            "start": starts["start"].to_numpy(),
            "finish": starts["finish"].to_numpy(),
            "points": pd.Series([number(value) for value in starts["points"]], dtype=object),
        }
    )


def _attainment(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, target in problem.scenario.targets.items():
        counted, by = problem.counted(name), problem.by(target)
        members, unknown = int(counted.sum()), int((counted & unknown_level(problem, target)).sum())
        already = int((counted & (attaining(problem, target) <= by)).sum())
        attained = int((counted & (attaining(problem, target, starts) <= by)).sum())
        wanted = required(target, members)
        share = round(attained / members, 6) if members else None
        yield name, members, unknown, wanted, already, attained, max(0, wanted - attained), share


def _seats(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    for name, pool in problem.scenario.seats.items():
        counted = (
            starts["programme"].isin(problem.programme_ids(pool.programmes)) & problem.pools[name][starts["cadre"]]
        )
        for year in map(int, problem.years):
            number_of_starts = int((counted & (starts["start"] == year)).sum())
            low, high = pool.per_year.min, pool.per_year.max
            yield name, year, low, high, number_of_starts, max(0, low - number_of_starts)


def _absence(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    modes = problem.scenario.absence.modes if problem.scenario.absence else []
    of_mode = np.append(problem.programmes["mode"].isin(modes).to_numpy(), False)  # the last: no study (-1)
    agency = problem.cadres["agency_id"].to_numpy()
    away = np.zeros((len(problem.agencies), len(problem.years)), dtype=int)
    for place, year in enumerate(problem.years):
        gone = of_mode[problem.cadres["study"]] & (problem.cadres["study_until"] >= year).to_numpy()
        running = starts[(starts["start"] <= year) & (year <= starts["finish"])]
        gone[running.loc[of_mode[running["programme"]], "cadre"]] = True
        np.add.at(away[:, place], agency[gone], 1)
    limits = [None if np.isnan(limit) else int(limit) for limit in allowance(problem)]
    return pd.DataFrame(
        {
            "agency": np.repeat(problem.agencies["agency"].to_numpy(), len(problem.years)),
            "year": np.tile(problem.years, len(problem.agencies)),
            "headcount": np.repeat(problem.agencies["headcount"].to_numpy(), len(problem.years)),
            "limit": pd.Series(limits, dtype="Int64").repeat(len(problem.years)).reset_index(drop=True),
            "away": away.ravel(),
        }
    )
