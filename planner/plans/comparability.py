"""What the goals of different plans are measured by, and which of their values is the best beyond doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.inputs.scenario.schema import RankedGoal
from planner.model.goals import kind_of
from planner.plans.plan import Plan

OF_AN_END = ("attainment", "changes")
"""Goals that tell how a plan ends, or how it differs from an earlier one; the others sum over the years."""


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
    entries = RankedGoal.read(goal).entries
    yardsticks = [kind_of(goal).yardstick(plan.problem, len(plan.assignments), entries) for plan in having]
    return not kind_of(goal).breaks_ties and all(yardstick == yardsticks[0] for yardstick in yardsticks)


def of_other_years(goal: str, plans: Mapping[str, Plan]) -> bool:
    """Whether a goal sums over the years and the plans that have it cover other years."""
    having = [plan for plan in plans.values() if plan.found and goal in set(plan.goals["goal"])]
    return kind_of(goal).name not in OF_AN_END and len({horizon_of(plan) for plan in having}) > 1


def horizon_of(plan: Plan) -> tuple[int, int]:
    """The first and the last year of the plan's horizon."""
    horizon = plan.problem.scenario.horizon
    return horizon.first, horizon.last


def years_of_both(a: Plan, b: Plan) -> range:
    """The years that both plans cover."""
    (first_a, last_a), (first_b, last_b) = horizon_of(a), horizon_of(b)
    return range(max(first_a, first_b), min(last_a, last_b) + 1)
