"""Entries of the scenario that cover nobody, ask for more than there is, or lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from planner.inputs.problem import Problem, required
from planner.inputs.warnings.warning import ScenarioWarning, people_in_id, warning_at

MOST_CADRES_NAMED = 10  # cadres named in one warning


def entry_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """The warnings about entries, in the order of the scenario's sections."""
    yield from _groups(problem)
    yield from _targets(problem)
    yield from _pools(problem)
    yield from _shares(problem)
    yield from _covering_nobody(problem)
    yield from _programmes(problem)
    yield from _history(problem)


def _groups(problem: Problem) -> Iterator[ScenarioWarning]:
    year = problem.scenario.year_of_reading()
    for name in problem.groups:
        if not problem.groups.size(name):
            yield warning_at(problem, ("groups", name), "warning_empty_group", year=year)


def _covering_nobody(problem: Problem) -> Iterator[ScenarioWarning]:
    """Priorities, approvals, rates and leaders of nobody."""
    for name in problem.favoured:
        if not problem.favoured.size(name):
            yield warning_at(problem, ("priority", name), "warning_empty_priority")
    for name in problem.approvers:
        if not problem.approvers.size(name):
            yield warning_at(problem, ("approval", name), "warning_empty_approval")
    for name, concerned in problem.risk.items():
        if not concerned.any():
            yield warning_at(problem, ("risk", name), "warning_empty_rate")
    absence = problem.scenario.absence
    if absence is not None and absence.leaders is not None and not problem.leaders.any():
        yield warning_at(problem, ("absence", "leaders"), "warning_empty_leaders")


def _targets(problem: Problem) -> Iterator[ScenarioWarning]:
    for name, target in problem.scenario.targets.items():
        members = len(problem.counted_rows(name))
        wanted = required(target, members)
        if not members:
            yield warning_at(problem, ("targets", name), "warning_empty_target")
            continue
        if wanted > members:
            yield warning_at(problem, ("targets", name), "warning_target_too_large", required=wanted, members=members)
        for ladder, level in target.level.items():
            yield from _without_programme(problem, name, ladder, level, wanted)


def _without_programme(problem: Problem, name: str, ladder: str, level: str, wanted: int) -> Iterator[ScenarioWarning]:
    """The level of a target that too few hold, and to which no programme and no current study leads."""
    target = problem.scenario.targets[name]
    if not (target.weight > 0 or target.must):  # it is only watched
        return
    index = problem.scenario.ladders[ladder].index(level)
    ladders, highs = (problem.programmes[column].to_numpy() for column in ("ladder", "high"))
    held = int((problem.cadres[ladder].to_numpy()[problem.counted_rows(name)] >= index).sum())
    if held < wanted and not ((ladders == ladder) & (highs >= index)).any():
        told = {"ladder": ladder, "level": level, "held": held, "required": wanted}
        yield warning_at(problem, ("targets", name, "level", ladder), "warning_no_programme", **told)


def _pools(problem: Problem) -> Iterator[ScenarioWarning]:
    for name in problem.pools:
        if not problem.pools.size(name):
            yield warning_at(problem, ("seats", name), "warning_empty_pool")
        pool = problem.scenario.seats[name]
        least = sum(pool.of_year(int(year)).min for year in problem.years)
        if pool.total.max is not None and least > pool.total.max:
            told = {"least": least, "most": pool.total.max}
            yield warning_at(problem, ("seats", name, "total"), "warning_floors_above_total", **told)


def _shares(problem: Problem) -> Iterator[ScenarioWarning]:
    for name, share in problem.scenario.shares.items():
        if share.min > 0 and not (problem.share_group[name] & problem.share_among[name]).any():
            yield warning_at(problem, ("shares", name), "warning_empty_share")


def _programmes(problem: Problem) -> Iterator[ScenarioWarning]:
    under_way = {*problem.programmes["programme"].iloc[problem.studies["programme"]]}
    seated = {
        programme
        for name, pool in problem.scenario.seats.items()
        if problem.pools.size(name)
        for programme in pool.programmes
    }
    for name, programme in problem.scenario.programmes.items():
        if not programme.open and name not in seated | under_way:
            yield warning_at(problem, ("programmes", name), "warning_no_seats")


def _history(problem: Problem) -> Iterator[ScenarioWarning]:
    """Rows of the history that stand twice, and a history that counts in no pool where pools have totals."""
    history = problem.history
    begun = history[history["start"].notna()]
    twice = begun[begun.duplicated(["cadre", "programme", "start"])]
    if len(twice):
        yield warning_at(
            problem,
            ("history",),
            "warning_history_twice",
            people_in_id([*twice["cadre"].unique()]),
            people=", ".join(twice["cadre"].unique()[:MOST_CADRES_NAMED]),
        )
    limited = any(pool.total.max is not None or pool.total.min > 0 for pool in problem.scenario.seats.values())
    if len(begun) and limited and not any(begun["pools"]):
        yield warning_at(problem, ("history",), "warning_history_in_no_pool", rows=len(begun))
