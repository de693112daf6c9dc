"""How many cadres study full time in each month, as far as the scenario says when programmes begin."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from planner.plans.plan import Plan
from planner.plans.tabulation import found

MONTHS = 12


def monthly_load(plan: Plan) -> pd.DataFrame:
    """year, month (1 to 12), away [people]: the plan's full-time starts in each month that they occupy.

    Empty where no full-time programme says the month in which it `begins`. The years run to the end of the last study.
    """
    scenario = plan.problem.scenario
    begins = {name: entry.begins for name, entry in scenario.programmes.items() if entry.begins is not None}
    chosen = found(plan, "assignments")
    own = chosen[(chosen["mode"] == "full_time") & chosen["programme"].isin(list(begins))]
    if own.empty:
        return pd.DataFrame(columns=["year", "month", "away"])
    first = scenario.horizon.first
    spans = [
        (MONTHS * (year - first) + begins[name] - 1, math.ceil(scenario.programmes[name].months))
        for name, year in zip(own["programme"], own["start"], strict=True)
    ]
    last = max(*(begin + length for begin, length in spans), MONTHS * len(scenario.horizon.years))
    away = np.zeros(MONTHS * math.ceil(last / MONTHS), dtype=int)
    for begin, length in spans:
        away[begin : begin + length] += 1
    places = np.arange(len(away))
    return pd.DataFrame({"year": first + places // MONTHS, "month": places % MONTHS + 1, "away": away})


def without_month(plan: Plan) -> int:
    """How many full-time studies `monthly_load` leaves out: starts of programmes without a month, and current study."""
    scenario, problem = plan.problem.scenario, plan.problem
    chosen = found(plan, "assignments")
    silent = [name for name, entry in scenario.programmes.items() if entry.begins is None]
    starts = (chosen["mode"] == "full_time") & chosen["programme"].isin(silent)
    modes = problem.programmes["mode"].to_numpy()[problem.studies["programme"]]
    current = (modes == "full_time") & (problem.studies["until"] >= scenario.horizon.first).to_numpy()
    return int(starts.sum()) + int(current.sum())
