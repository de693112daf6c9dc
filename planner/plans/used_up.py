"""Whether the seats and the offices' limits alone explain why somebody waits, or something else must."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.scenario.schema import Target
from planner.model.attainment import in_time, passing
from planner.model.options import Options
from planner.model.shortfalls import pool_starts
from planner.plans.plan import Plan


def no_place_left(options: Options, target: Target, cadres: np.ndarray, full: np.ndarray) -> bool:
    """Whether every admissible start by which one of `cadres` would reach a level of the target meets a used up limit.

    The limits are those of seats (of the year and in all) and of the away of an office. Where one start meets none of
    them, something else stands against it: a class, the study load, a budget, a pin, a goal that counts more.

    Parameters
    ----------
    cadres
        Rows in the problem's cadres.
    full
        The options that meet one, as `without_place` has them.
    """
    frame, first = options.frame, options.problem.scenario.horizon.first
    leads = np.zeros(len(frame), dtype=bool)
    for ladder in target.level:
        ways = passing(options.problem, target, ladder)[:, None] & in_time(options.problem, target)
        leads |= ways[frame["programme"].to_numpy(), frame["start"].to_numpy() - first]
    leads &= np.isin(frame["cadre"].to_numpy(), cadres)
    return bool(leads.any()) and bool(full[leads].all())


def without_place(plan: Plan, options: Options) -> np.ndarray:
    """The options that meet a limit of seats or of an office that the plan uses up: Boolean."""
    return _seatless(plan, options) | _officeless(plan, options)


def _seatless(plan: Plan, options: Options) -> np.ndarray:
    """The options that count in a pool of which the year's seats, or those in all, are taken: Boolean."""
    full = np.zeros(len(options), dtype=bool)
    for name in options.problem.scenario.seats:
        total = plan.totals[plan.totals["pool"] == name]
        spent = bool(_reached(total["starts"], total["max"]).any())
        years = plan.seats[plan.seats["pool"] == name]
        taken = set(years.loc[_reached(years["starts"], years["max"]), "year"].astype(int))
        for year, of_year in pool_starts(options, name).items():
            full[of_year] |= spent or year in taken
    return full


def _officeless(plan: Plan, options: Options) -> np.ndarray:
    """The options with a year away in which as many of the office are away as may be: Boolean."""
    problem, frame = options.problem, options.frame
    full = np.zeros(len(options), dtype=bool)
    if problem.scenario.absence is None or plan.absence.empty:
        return full
    away = frame["mode"].isin(list(problem.scenario.absence.modes)).to_numpy()
    agency = problem.agencies["agency"].to_numpy()[frame["agency"].to_numpy()]
    table = plan.absence[_reached(plan.absence["away"], plan.absence["limit"])]
    for year, own in table.groupby("year"):
        meant = (frame["start"] <= int(str(year))) & (frame["finish"] >= int(str(year)))
        full |= away & meant.to_numpy() & np.isin(agency, own["agency"].to_numpy())
    return full


def _reached(number: pd.Series, limit: pd.Series) -> np.ndarray:
    """Whether a limit is set and reached: Boolean."""
    most = pd.to_numeric(limit).astype(float)
    return np.asarray(number.astype(float) >= most) & np.asarray(most.notna())
