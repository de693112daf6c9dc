"""Seats against attainment: what a target attains with fewer and with more seats a year, each point a proven solve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from planner.analysis.asked import Asked
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import Unproven, kept_answers
from planner.analysis.what_if import Outcome, WhatIf, reworded, starts_of, starts_table, with_goals, worth
from planner.common.errors import Fault, InputError, nearest
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem, required
from planner.inputs.scenario.schema import PerYear, Scenario, SeatPool
from planner.model.attainment import Attainments
from planner.model.goals import telling
from planner.model.rows import Limit
from planner.model.shortfalls import TOTAL

STEPS = 5  # how many seats fewer and more a year, unless asked otherwise


@dataclass(frozen=True)
class Point:
    """A point of the frontier.

    Attributes
    ----------
    more
        Seats more than in the scenario, in every pool asked about and every year; negative: fewer.
    seats
        Of the pools together, over all years.
    attained, shortfall
        Of the target in the best plan [people].
    attainable
        The most that any plan attains of the target, if nothing else counted [people].
    goals
        The value of every goal but `lot` in the best plan.
    """

    more: int
    seats: int
    attained: int
    shortfall: int
    attainable: int
    goals: dict[str, Fraction]


@dataclass(frozen=True)
class NoPlan:
    """A point at which no plan exists: so many seats more, or fewer, contradict the scenario's other rules."""

    more: int


@dataclass(frozen=True)
class Frontier:
    """The points from the fewest to the most seats; the target's requirement [people]; the pools whose seats vary.

    `late` are the points, by how many seats more, that could not be proven in time; `without` those without a plan.
    """

    target: str
    required: int
    pools: tuple[str, ...]
    points: tuple[Point, ...]
    late: dict[int, Unproven] = field(default_factory=dict)
    without: tuple[NoPlan, ...] = ()

    def every(self) -> Iterator[tuple[int, Point | Unproven | NoPlan]]:
        """Every point by how many seats more, those not proven and those without a plan among them."""
        known: dict[int, Point | Unproven | NoPlan] = {point.more: point for point in self.points}
        without = {point.more: point for point in self.without}
        yield from sorted((known | self.late | without).items(), key=lambda each: each[0])


def frontier(
    what_if: WhatIf,
    target: str,
    pool: str | None = None,
    steps: int = STEPS,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Frontier:
    """What a target attains as the yearly seats of its pools vary; `max`, and `total` by as much over all years.

    Parameters
    ----------
    pool
        The pool whose seats vary; by default every limited one with a programme that leads to the target's level and
        a member of the target in it.
    steps
        How many seats fewer and more, a year; never below 0.

    Raises
    ------
    InputError
        The scenario knows no such target or pool, or no limited pool leads to the target.
    """
    scenario = what_if.problem.scenario
    if not target:
        raise InputError(Fault("frontier_which", {"nearest": nearest("", scenario.targets)}))
    for kind, name, known in (("target", target, scenario.targets), ("pool", pool, scenario.seats)):
        if name is not None and name not in known:
            raise InputError(Fault(f"frontier_unknown_{kind}", {"name": name, "nearest": nearest(name, known)}))
    pools = (pool,) if pool is not None else tuple(_leading(what_if.problem, target))
    years = map(int, what_if.problem.years)
    limits = [scenario.seats[name].of_year(year).max for year in years for name in pools]
    if not pools or None in limits:
        raise InputError(Fault("frontier_no_pool", {"name": target}))
    fewest = min((limit for limit in limits if limit), default=0)
    questions = [(target, pools, more) for more in range(-min(steps, fewest), steps + 1)]
    found = kept_answers(f"frontier-{target}", _point, what_if, questions, on_progress, parallel)
    points = tuple(each for each in found if isinstance(each, Point))
    asked = zip(questions, found, strict=True)
    late = {more: each for (_, _, more), each in asked if isinstance(each, Unproven)}
    without = tuple(each for each in found if isinstance(each, NoPlan))
    return Frontier(target, _required(what_if.problem, target), pools, points, late, without)


def _leading(problem: Problem, target: str) -> list[str]:
    """The limited pools with a programme that leads up to the target's level, and with a member of the target."""
    levels, ladders = problem.scenario.targets[target].level, problem.scenario.ladders
    leading = {
        name
        for name, programme in problem.scenario.programmes.items()
        if programme.ladder in levels
        and ladders[programme.ladder].index(programme.to) >= ladders[programme.ladder].index(levels[programme.ladder])
    }
    return [
        name
        for name, pool in problem.scenario.seats.items()
        if all(pool.of_year(int(year)).max is not None for year in problem.years)
        and leading & set(pool.programmes)
        and np.any(problem.pools[name] & problem.counted(target))
    ]


def _point(what_if: WhatIf, question: tuple[str, tuple[str, ...], int]) -> Point | NoPlan:
    target, pools, more = question
    problem = with_seats(what_if.problem, pools, more)
    best = _best(what_if, problem, _only_limits(what_if.problem, problem, pools))
    if best is None:
        return NoPlan(more)
    asked = _only_limits(
        what_if.problem, problem, pools, floors=any(problem.scenario.seats[name].must for name in pools)
    )
    alone = what_if.once(_Alone(target))
    if asked is not None:
        alone.proven  # noqa: B018 -- made once for all points; each point has the time of its own question
    most = _best(alone.told_by(_only(what_if.problem, target)), _only(problem, target), asked)
    limits = [problem.scenario.seats[name] for name in pools]
    in_all = [sum(pool.of_year(int(year)).max or 0 for year in problem.years) for pool in limits]
    totals = [pool.total.max for pool in limits]
    seats = sum(most if total is None else min(most, total) for total, most in zip(totals, in_all, strict=True))
    goals = {goal: best.values[goal] for goal in telling(problem.scenario.goals)}
    attained = _attained(problem, target, best)
    short = max(0, _required(problem, target) - attained)
    return Point(more, seats, attained, short, attained if most is None else _attained(problem, target, most), goals)


def _best(what_if: WhatIf, problem: Problem, asked: Asked | None) -> Outcome | None:
    """The best plan of a problem, from where the proof of another stands if it differs in limits alone."""
    if asked is not None:
        return what_if.after(asked, goals=problem.scenario.goals)
    plan = what_if.best(problem)
    return Outcome(worth(plan), tuple(starts_of(plan))) if plan.found else None


def _only_limits(problem: Problem, changed: Problem, pools: tuple[str, ...], *, floors: bool = True) -> Asked | None:
    """The seats that a problem has more than another one; None where the minima differ, too, and these matter."""
    more: dict[Limit, int] = {}
    for name in pools:
        old, new = (each.scenario.seats[name] for each in (problem, changed))
        keys: list[int | str] = [*map(int, problem.years), TOTAL]
        for key in keys:
            before, after = (each.total if key == TOTAL else each.of_year(int(key)) for each in (old, new))
            if floors and before.min != after.min:
                return None
            if before.max is not None and after.max is not None:
                more["seats", (name, key)] = after.max - before.max
    return Asked(more=more)


@dataclass(frozen=True)
class _Alone:
    """Makes the case in which nothing counts but one target, to be asked for every point."""

    target: str

    def __call__(self, what_if: WhatIf) -> WhatIf:
        return WhatIf(_only(what_if.problem, self.target), what_if.cache)


def _required(problem: Problem, target: str) -> int:
    return required(problem.scenario.targets[target], int(problem.counted(target).sum()))


def _attained(problem: Problem, target: str, best: Outcome) -> int:
    """How many members attain a target [people]."""
    entry, starts = problem.scenario.targets[target], starts_table(problem, best.starts)
    since = Attainments(problem, starts).since(entry)
    return int((since[problem.counted_rows(target)] <= problem.by(entry)).sum())


def with_seats(problem: Problem, pools: tuple[str, ...], more: int) -> Problem:
    """The problem with so many seats more a year in some pools; `total` by as much in all, `min` never above `max`."""

    def of_year(seats: PerYear) -> PerYear:
        if seats.max == 0:  # a year without seats stays without
            return seats
        most = max(0, (seats.max or 0) + more)
        return seats.model_copy(update={"max": most, "min": min(seats.min, most)})

    def changed(pool: SeatPool) -> SeatPool:
        years = {year: of_year(pool.of_year(year)) for year in map(int, problem.years)}
        total = pool.total
        if total.max is not None:
            most = max(0, total.max + more * len(years))
            total = total.model_copy(update={"max": most, "min": min(total.min, most)})
        return pool.model_copy(update={"per_year": years, "total": total})

    def how(scenario: Scenario) -> Scenario:
        seats = {name: changed(pool) if name in pools else pool for name, pool in scenario.seats.items()}
        return scenario.model_copy(update={"seats": seats})

    return reworded(problem, how)


def _only(problem: Problem, target: str) -> Problem:
    """The problem in which nothing counts but the shortfall of one target, measured against all its members."""

    def how(scenario: Scenario) -> Scenario:
        asked = scenario.targets[target].model_copy(
            update={"share": 1.0, "at_least": None, "weight": 1.0, "must": False}
        )
        return scenario.model_copy(update={"targets": {target: asked}})

    return with_goals(reworded(problem, how), ["attainment"])
