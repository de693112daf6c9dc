"""What would get a cadre in: the least change, of seats, an office limit or priority points, that would.

A change gets a start in if, once it is made, some best plan has the start; it is certain if every best plan then has
it. Both are proven by the best plan after the change with the start and the best without it: the better of the two is
the best of all. Of each kind the least change is looked for, 1 more, then 2 more, up to a limit; where none suffices,
that is said, and is proven, too. Three things spare solves. Of several changes none helps if with all of them at once
the start remains dearer than a plan that each of them allows: less room makes no plan better; so changes are ruled out
by halves. Whether it remains dearer a bound tells that linear programmes prove. And points can be ruled out where
having the start worsens a goal ranked before `priority`, since no number of points weighs against that; else they must
make up for what having the start costs in priority, which tells with how many to begin.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product

import numpy as np

from planner.analysis.asked import Asked
from planner.analysis.price import Price, better
from planner.analysis.what_if import Values, WhatIf, reworded, worth
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin, Priority
from planner.model.options import Options
from planner.model.rows import Limit, ModelTables
from planner.model.rules import RULES
from planner.model.shortfalls import TOTAL

EXTRA = "more points"  # the entry of `priority` by which a cadre gets more; no entry of a scenario is called so
MOST = 2  # of one limit, how many more are tried
POINTS = 20  # how many more priority points are tried


@dataclass(frozen=True)
class Remedy:
    """A change that gets a start in: limits raised by `more`, or `points` more for the cadre.

    `certain`: every best plan then has it; otherwise some have it, and the lot decides.
    """

    more: dict[Limit, int]
    points: int
    certain: bool


@dataclass(frozen=True)
class Remedies:
    """What gets a start in, the least of each kind; and how far it was looked for without success."""

    found: tuple[Remedy, ...]
    limits_tried: tuple[Limit, ...]
    points_hopeless: bool


def remedies(what_if: WhatIf, options: Options, pin: Pin, price: Price) -> Remedies:
    """The least changes that get an admissible start, which has a price, into a best plan.

    Parameters
    ----------
    pin
        cadre and programme; the year too, or any year.
    """
    limits = list(_limits(options, what_if.proven.tables, pin))
    hopeless = _points_hopeless(what_if, price)
    search = _Search(what_if, pin, price, _most_starts(options, str(pin.cadre)))
    found = _least_limits(search, limits)
    if not hopeless:
        found += list(_least_points(search))
    return Remedies(tuple(found), tuple(limits), hopeless)


def with_points(problem: Problem, cadre: str, points: float) -> Problem:
    """The problem in which each start of one cadre is worth so many priority points more."""
    if not points:
        return problem
    own = (problem.cadres["cadre"] == cadre).to_numpy()
    entry = Priority.model_validate({"who": {"cadre": cadre}, "points": points})
    with_entry = {**problem.scenario.priority, EXTRA: entry}
    more = reworded(problem, lambda scenario: scenario.model_copy(update={"priority": with_entry}))
    return replace(more, favoured=problem.favoured.also({EXTRA: own}))


def _limits(options: Options, tables: ModelTables, pin: Pin) -> Iterator[Limit]:
    """The limits that an admissible start of the pin counts against: the rows that it or its absence stands in."""
    own = np.append(options.matching(pin), np.zeros(len(tables.columns), dtype=bool))
    for index, column in enumerate(tables.columns, len(options)):
        own[index] = column.kind == "away" and column.key[0] == pin.cadre
    counted = tables.terms.maximum(0) @ own > 0
    priced = {name for name, rule in RULES.items() if rule.priced}
    return (limit for _, limit in tables.limits_among(counted, priced))


def _most_starts(options: Options, cadre: str) -> int:
    """The most starts that a cadre could have: no level is reached twice."""
    own = options.frame[options.problem.cadres["cadre"].to_numpy()[options.frame["cadre"]] == cadre]
    return len(own[["ladder", "high"]].drop_duplicates())


def _points_hopeless(what_if: WhatIf, price: Price) -> bool:
    """Whether having the start worsens a goal ranked before `priority`, or there is no such goal."""
    goals = list[str](what_if.problem.scenario.goals)
    return not price.possible or "priority" not in goals or goals.index(price.decided_by) < goals.index("priority")


def _least_limits(search: _Search, limits: list[Limit]) -> list[Remedy]:
    """Every limit that suffices, raised by the least number that any needs.

    Where no single one does, a seat of a year together with one of the pool's total: one more seat means both.
    """
    if search.hopeless(dict.fromkeys(limits, MOST)):
        return []
    totals = {(rule, key[:-1]): (rule, key) for rule, key in limits if key[-1] == TOTAL}
    singles: list[tuple[Limit, ...]] = [(limit,) for limit in limits]
    both: list[tuple[Limit, ...]] = [
        ((rule, key), totals[rule, key[:-1]]) for rule, key in limits if key[-1] != TOTAL and (rule, key[:-1]) in totals
    ]
    for number, changes in product(range(1, MOST + 1), (singles, both)):
        tried = map(search.tried, search.hopeful([dict.fromkeys(change, number) for change in changes]))
        if found := [remedy for remedy in tried if remedy is not None]:
            return found
    return []


def _least_points(search: _Search) -> Iterator[Remedy]:
    for points in range(search.fewest_points(), POINTS + 1):
        remedy = search.tried({}, points)
        if remedy is not None:
            yield remedy
            return


@dataclass
class _Search:
    """Tries changes: the best plan then with the start, and without it."""

    what_if: WhatIf
    pin: Pin
    price: Price
    most_starts: int
    reached: list[tuple[dict[Limit, int], Values]] = field(default_factory=list)  # the best without it, with more

    def hopeful(self, changes: Sequence[dict[Limit, int]]) -> list[dict[Limit, int]]:
        """The changes that are not ruled out by a bound, alone or with others."""
        limits = {limit for change in changes for limit in change}
        most = {limit: max(change.get(limit, 0) for change in changes) for limit in limits}
        if not changes or self.hopeless(most):
            return []
        if len(changes) == 1:
            return list(changes)
        least = {limit: by for limit in limits if (by := min(change.get(limit, 0) for change in changes))}
        if least and self.hopeless(most, self.known(least)):
            return []
        half = len(changes) // 2
        return [*self.hopeful(changes[:half]), *self.hopeful(changes[half:])]

    def hopeless(self, more: dict[Limit, int], reached: Values | None = None) -> bool:
        """Whether with more the start is dearer than a plan without it: the plan at hand, or one with values."""
        values = worth(self.what_if.plan) if reached is None else reached
        having = self.what_if.at_best(Asked(require=(self.pin,), more=more), goals=self.first_goals(), than=values)
        return having is None or better(self.what_if, values, having)

    def known(self, more: dict[Limit, int]) -> Values:
        """The values of the best plan without the start, with so much more."""
        for allowed, values in self.reached:
            if allowed == more:
                return values
        without = self.what_if.after(Asked(forbid=(self.pin,), more=more))
        values = worth(self.what_if.plan if without is None else without)
        self.reached.append((more, values))
        return values

    def first_goals(self) -> list[str]:
        """The goals up to the one that has the price."""
        goals = list[str](self.what_if.problem.scenario.goals)
        return goals[: goals.index(self.price.decided_by) + 1] if self.price.possible else goals[:1]

    def fewest_points(self) -> int:
        """How many points more, on each of the cadre's starts, at least make up for the price in priority."""
        dear = -self.price.change.get("priority", Fraction(0)) if self.price.decided_by == "priority" else Fraction(0)
        return max(1, math.ceil(dear / max(1, self.most_starts)))

    def tried(self, more: dict[Limit, int], points: int = 0) -> Remedy | None:
        """The change as a remedy; None if no best plan has the start."""
        problem = with_points(self.what_if.problem, str(self.pin.cadre), points)
        asked = Asked(require=(self.pin,), more=more)
        reached = self.what_if.worth_in(problem)
        least = self.what_if.at_best(asked, problem, than=reached)
        if least is None or better(self.what_if, reached, least):
            return None
        without = self.what_if.after(Asked(forbid=(self.pin,), more=more), problem)
        if without is not None and better(self.what_if, without, least):
            return None
        having = self.what_if.after(asked, problem)
        if having is None or (without is not None and better(self.what_if, without, having)):
            return None
        return Remedy(more, points, certain=without is None or better(self.what_if, having, without))
