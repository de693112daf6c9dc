"""Entries that do nothing, because another stands before them, forbids them, or because they ask for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.inputs.problem import Problem, required
from planner.inputs.scenario.ranked_goals import SECTIONS
from planner.inputs.warnings.warning import ScenarioWarning, warning_at


def idle_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """Entries without effect, in the order of the scenario's sections."""
    yield from _asking_nothing(problem)
    yield from _bands(problem)
    yield from _classes(problem)
    yield from _budget(problem)
    yield from _approvals(problem)
    yield from _unranked(problem)


def _asking_nothing(problem: Problem) -> Iterator[ScenarioWarning]:
    """Targets that require nobody, shares that all starts have, priorities without points or of everybody."""
    for name, target in problem.scenario.targets.items():
        members = len(problem.counted_rows(name))
        if members and not required(target, members):
            yield warning_at(problem, ("targets", name), "warning_nothing_required", members=members)
    for name, entry in problem.scenario.priority.items():
        if entry.points == 0:
            yield warning_at(problem, ("priority", name, "points"), "warning_no_points")
        elif entry.programmes is None and len(problem.cadres) > 1 and problem.favoured[name].all():
            yield warning_at(problem, ("priority", name), "warning_priority_of_all")
    for name, share in problem.scenario.shares.items():
        among = problem.share_among[name]
        if share.min > 0 and among.any() and problem.share_group[name][among].all():
            yield warning_at(problem, ("shares", name), "warning_share_of_all")


def _bands(problem: Problem) -> Iterator[ScenarioWarning]:
    """Bands of the absence that no headcount comes to, since one before them fits it already."""
    bands = problem.scenario.absence.bands if problem.scenario.absence is not None else []
    reach = 0.0
    for index, band in enumerate(bands):
        own = float("inf") if band.up_to is None else band.up_to
        if index and own <= reach:
            yield warning_at(problem, ("absence", "bands", index), "warning_band_never_fits", number=index + 1)
        reach = max(reach, own)


def _classes(problem: Problem) -> Iterator[ScenarioWarning]:
    """Classes larger than all the seats that a year has for their programme."""
    scenario = problem.scenario
    for name, size in scenario.classes.items():
        pools = [pool for pool in scenario.seats.values() if name in pool.programmes]
        if scenario.programmes[name].open or not pools:
            continue
        seats = max(
            _seats(limits) for limits in ([pool.of_year(int(year)).max for pool in pools] for year in problem.years)
        )
        if 0 < seats < size.min:
            yield warning_at(problem, ("classes", name), "warning_class_beyond_seats", least=size.min, seats=int(seats))


def _seats(limits: list[int | None]) -> float:
    return sum(float("inf") if limit is None else limit for limit in limits)


def _budget(problem: Problem) -> Iterator[ScenarioWarning]:
    """Programmes of which no year's budget pays one start."""
    budget = problem.scenario.budget
    if budget is None:
        return
    yearly = budget.per_year
    years = [yearly.get(int(year)) if isinstance(yearly, dict) else yearly for year in problem.years]
    if any(amount is None for amount in years):
        return  # a year without a limit
    most = max(amount for amount in years if amount is not None)
    for name, programme in problem.scenario.programmes.items():
        if programme.cost > most:
            told = {"cost": programme.cost, "most": most}
            yield warning_at(problem, ("programmes", name, "cost"), "warning_beyond_budget", **told)


def _approvals(problem: Problem) -> Iterator[ScenarioWarning]:
    """Approvals that are never reached: an earlier one covers all their cadres and programmes, in every year."""
    entries = list(problem.scenario.approval.items())
    for index, (name, entry) in enumerate(entries):
        covered = problem.approvers[name]
        for before, earlier in entries[:index]:
            cadres = bool(np.all(problem.approvers[before] | ~covered))
            programmes = earlier.programmes is None or {*(entry.programmes or problem.scenario.programmes)} <= {
                *earlier.programmes
            }
            if covered.any() and cadres and programmes and earlier.years is None:
                yield warning_at(problem, ("approval", name), "warning_approval_never_reached", before=before)
                break


def _unranked(problem: Problem) -> Iterator[ScenarioWarning]:
    """Entries that no ranked goal counts, so that nothing is done for them."""
    scenario = problem.scenario
    asking = {
        "attainment": [name for name, target in scenario.targets.items() if target.weight > 0 and not target.must],
        "seat_floors": [
            name for name, pool in scenario.seats.items() if not pool.must and (pool.has_floors or pool.total.min > 0)
        ],
        "shares": [
            name for name, share in scenario.shares.items() if share.min > 0 and share.weight > 0 and not share.must
        ],
        "priority": [name for name, entry in scenario.priority.items() if entry.points != 0],
    }
    for kind, names in asking.items():
        ranked = [goal for goal in scenario.goals if goal.kind == kind]
        if any(not goal.entries for goal in ranked):
            continue
        counted = {entry for goal in ranked for entry in goal.entries}
        if left := [name for name in names if name not in counted]:
            about = f"{SECTIONS[kind]}.{'+'.join(left)}"
            yield warning_at(problem, ("goals",), "warning_unranked", about, kind=kind, names=", ".join(left))
