"""What the goals of different plans are measured by, and which of their values is the best beyond doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.plans.plan import Plan


def goals_of(plan: Plan) -> dict[str, dict[str, Any]]:
    """The goals with value, bound and whether the value is proven: itself and every better goal, on which it rests."""
    result: dict[str, dict[str, Any]] = {}
    proven = True
    for row in plan.goals.itertuples() if plan.found else ():
        proven &= str(row.status) == "optimal"
        bound = row.bound if proven or row.status == "feasible" else None
        result[str(row.goal)] = {"sense": row.sense, "value": row.value, "bound": bound, "proven": proven}
    return result


def settled_best(known: Mapping[str, Mapping[str, Any]], sense: str) -> set[str]:
    """The plans that no other scenario's best plan can beat, whatever is not proven; none where all are equal."""
    sign = 1 if sense == "min" else -1
    values = {name: sign * row["value"] for name, row in known.items()}
    if len(set(values.values())) == 1:
        return set()
    ends = {name: values[name] if row["proven"] else _bound(row, sign) for name, row in known.items()}
    return {name for name in values if all(values[name] <= ends[other] for other in ends if other != name)}


def _bound(row: Mapping[str, Any], sign: int) -> float:
    return float("-inf") if row["bound"] is None or pd.isna(row["bound"]) else sign * row["bound"]


def alike(goal: str, plans: Mapping[str, Plan]) -> bool:
    """Whether the plans that have the goal measure it alike. A lot is never better than another."""
    having = [plan for plan in plans.values() if plan.found and goal in set(plan.goals["goal"])]
    yardsticks = [_yardstick(goal, plan) for plan in having] if goal != "lot" else [0, 1]
    return all(yardstick == yardsticks[0] for yardstick in yardsticks)


def _yardstick(goal: str, plan: Plan) -> object:
    """What a goal's value depends on beside the plan."""
    problem = plan.problem
    scenario, horizon = problem.scenario, horizon_of(plan)
    match goal:
        case "attainment":
            measured: object = {name: _measure_of(plan, name) for name in scenario.targets}
        case "seat_floors":
            measured = horizon, {name: (pool.programmes, pool.per_year.min) for name, pool in scenario.seats.items()}
        case "priority":
            measured = dict(zip(problem.cadres["cadre"], problem.cadres["points"], strict=True))
        case "cost":
            measured = {name: entry.cost for name, entry in scenario.programmes.items()}
        case "changes":
            measured = problem.earlier.to_dict("list")
        case _:  # early: whoever sends fewer is done earlier, which is no merit
            measured = horizon, len(plan.assignments)
    return measured


def _measure_of(plan: Plan, target: str) -> tuple[object, ...]:
    """What a target asks of whom."""
    problem, entry = plan.problem, plan.problem.scenario.targets[target]
    required = plan.attainment.loc[plan.attainment["target"] == target, "required"].tolist()
    members = problem.cadres.loc[problem.counted(target), "cadre"].tolist()
    return entry.level, entry.counts, problem.by(entry), entry.weight, required, members


def horizon_of(plan: Plan) -> tuple[int, int]:
    """The first and the last year of the plan's horizon."""
    horizon = plan.problem.scenario.horizon
    return horizon.first, horizon.last
