"""Why a start is in a plan and who signs for it, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.messages import localised, say
from planner.model.attainment import serves
from planner.plans.plan import Plan


def authorities(problem: Problem, starts: pd.DataFrame) -> np.ndarray:
    """Who signs for each start: the authority of the first approval entry that matches, empty without one."""
    signs = np.full(len(starts), "", dtype=object)
    for name, entry in reversed(problem.scenario.approval.items()):
        listed = np.ones(len(starts), dtype=bool)
        if entry.programmes is not None:
            listed = starts["programme"].isin(problem.programme_ids(entry.programmes)).to_numpy()
        signs[listed & problem.approvers[name][starts["cadre"]]] = localised(entry.authority)
    return signs


def reasons(plan: Plan, starts: pd.DataFrame) -> list[str]:
    """Why each start is in the plan: the targets that need it or the pools it fills; priority groups."""
    scenario = plan.problem.scenario
    targets: list[list[str]] = [[] for _ in range(len(starts))]
    pools: list[list[str]] = [[] for _ in range(len(starts))]
    groups: list[list[str]] = [[] for _ in range(len(starts))]
    for name, target in scenario.targets.items():
        for row in np.flatnonzero(serves(plan.problem, name, starts)):
            targets[row].append(localised(target.title, name))
    for name, pool in scenario.seats.items():
        listed = starts["programme"].isin(plan.problem.programme_ids(pool.programmes)).to_numpy()
        for row in np.flatnonzero(listed & plan.problem.pools[name][starts["cadre"]] & (pool.per_year.min > 0)):
            pools[row].append(localised(pool.title, name))
    for name, covered in plan.problem.favoured.items():
        for row in np.flatnonzero(covered[starts["cadre"]]):
            groups[row].append(localised(scenario.priority[name].title, name))
    return [_reason(*lists) for lists in zip(targets, pools, groups, strict=True)]


def _reason(targets: list[str], pools: list[str], groups: list[str]) -> str:
    if targets:
        need = say("reason_targets", targets="; ".join(targets))
    else:
        need = say("reason_seats", pools="; ".join(pools)) if pools else say("reason_beyond")
    return f"{need}. {say('reason_priority', groups=', '.join(groups))}" if groups else need
