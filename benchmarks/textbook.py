"""The planning problem as a textbook writes it in CP-SAT: one Boolean per start, one `add` per rule, goals in order.

It is planner's yardstick and its second opinion: written from the contract's sections 3 to 6 alone, it shares no
line with planner's own options, rules and goals.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd
from ortools.sat.python import cp_model

from benchmarks.textbook_reading import LONG, TOLERANCE, Person, Reading, Start, by_person, exact, table_of
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import PerAgency, RankedGoal

Linear = Any  # what CP-SAT's operators build: a variable, an expression or a plain number


Statement = tuple[str, tuple[str | int, ...]]
"""A rule's id and which of its statements: ("seats", (pool, year or "total")), ("absence", (agency, year)), ..."""
TOTAL = "total"


@dataclass(frozen=True)
class Terms:
    """Under which terms the rules are asked for: as the scenario has them, unless something else is said.

    Attributes
    ----------
    more
        Limits that are so many higher (or lower) than the scenario says; of a `must` and a smallest class how many
        may be lacking.
    only
        The statements that hold; None: all. What is admissible stays so.
    """

    more: Mapping[Statement, float] = field(default_factory=dict)
    only: Collection[Statement] | None = None

    def holds(self, rule: str, *key: str | int) -> bool:
        """Whether a statement is asked for."""
        return self.only is None or (rule, key) in self.only

    def raised(self, rule: str, *key: str | int) -> Fraction:
        """By how much a limit is higher."""
        return exact(self.more.get((rule, key), 0))


@dataclass(frozen=True)
class TextbookResult:
    """What the textbook model found.

    Attributes
    ----------
    status
        `optimal`, `feasible`, `infeasible` or `unknown` (no plan in time).
    goals, bounds, statuses, seconds
        By goal, in the scenario's order: the exact value, a proven bound on it, how its solve ended, its seconds.
    assignments
        cadre, programme, start; sorted by cadre, start, programme.
    """

    status: str
    goals: dict[str, Fraction] = field(default_factory=dict)
    bounds: dict[str, Fraction | None] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    assignments: pd.DataFrame = field(default_factory=lambda: table_of([]))


def solve_textbook(
    problem: Problem,
    *,
    time_limit_s: float,
    workers: int = 2,
    seed: int = 1,
    parameters: Mapping[str, Any] | None = None,
    terms: Terms = Terms(),
    reading: Reading | None = None,
    chosen: Collection[tuple[str, str, int]] | None = None,
    goals: Sequence[RankedGoal] | None = None,
) -> TextbookResult:
    """Solve the goals one after another, each fixed at the value it reached.

    Parameters
    ----------
    time_limit_s
        For each goal [seconds].
    parameters
        Further CP-SAT parameters by name; its defaults otherwise.
    terms
        What if: other limits, or some statements alone.
    reading
        What if: the problem with other admissible starts.
    chosen
        What if: these starts (cadre, programme, year) and no others.
    goals
        Those to solve; the scenario's otherwise.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit_s
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    for name, parameter in (parameters or {}).items():
        setattr(solver.parameters, name, parameter)
    model = _Model(Reading(problem) if reading is None else reading, terms)
    if chosen is not None and not model.chosen(chosen):
        return TextbookResult("infeasible")
    plan: list[Start] | None = None
    result = TextbookResult("optimal")
    if goals is not None and not goals:
        return TextbookResult(solver.status_name(solver.solve(model.cp)).lower())
    for goal in problem.scenario.goals if goals is None else goals:
        began = time.perf_counter()
        expression, scale = model.goal(goal)
        maximise = goal.kind == "priority"
        model.optimise(expression, maximise=maximise)
        status = solver.solve(model.cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            plan = model.keep(solver)
        elif plan is None:
            return TextbookResult("infeasible" if status == cp_model.INFEASIBLE else "unknown")
        value = model.reading.value(goal, plan)
        proven = status == cp_model.OPTIMAL
        result.goals[goal] = value
        result.bounds[goal] = value if proven else _bound(solver, scale, maximise=maximise)
        result.statuses[goal] = solver.status_name(status).lower()
        model.fix(expression, value * scale, maximise=maximise)
        result.seconds[goal] = time.perf_counter() - began
    ended = "optimal" if set(result.statuses.values()) <= {"optimal"} else "feasible"
    seconds = result.seconds
    return TextbookResult(ended, result.goals, result.bounds, result.statuses, seconds, table_of(plan or []))


def possible(reading: Reading, terms: Terms, time_limit_s: float = 300) -> bool:
    """Whether any plan keeps the rules under some terms.

    Raises
    ------
    TimeoutError
        The time was too short to tell.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit_s
    solver.parameters.num_workers = 1
    status = solver.solve(_Model(reading, terms).cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
        raise TimeoutError(solver.status_name(status))
    return status != cp_model.INFEASIBLE


def _bound(solver: cp_model.CpSolver, scale: int, *, maximise: bool) -> Fraction | None:
    """The proven bound, rounded to the whole units in which the goal was solved."""
    bound = solver.best_objective_bound
    if not math.isfinite(bound):
        return None
    return Fraction(math.floor(bound + 1e-6) if maximise else math.ceil(bound - 1e-6), scale)


# --- the model: section 5, one rule after another -------------------------------------------------------------------


class _Model:
    """A CP-SAT model with every rule in it, and the goals as linear expressions."""

    def __init__(self, reading: Reading, terms: Terms) -> None:
        self.reading = reading
        self.terms = terms
        self.scenario = reading.scenario
        self.years = reading.years
        self.cp = cp_model.CpModel()
        self.x = {start: self.cp.new_bool_var("") for start in reading.starts}
        self.own = by_person(reading.starts)
        self.pools = {name: [s for s in reading.starts if reading.counts(name, s)] for name in self.scenario.seats}
        self.lacking_in: dict[Statement, Linear] = {}
        self.lacks = {
            "attainment": {name: self._shortfall(name) for name in self.scenario.targets},
            "seat_floors": {name: self._below(name) for name in self.scenario.seats},
            "shares": {name: self._lacking(name) for name in self.scenario.shares},
        }
        for person in reading.people:
            self.one_at_a_time(person)
            self.ladder_order(person)
            self.study_load(person)
        for add_rule in (self.seats, self.absence, self.leaders, self.classes, self.budget, self.pins, self.must):
            add_rule()

    # What plans are measured by.

    def total(self, starts: Iterable[Start]) -> Linear:
        """How many of the starts are chosen."""
        return cp_model.LinearExpr.sum([self.x[start] for start in starts])

    def _shortfall(self, name: str) -> Linear:
        """A variable that is at least the shortfall of a target."""
        attained: list[Linear] = []
        for person in self.reading.members(name):
            lacking = self.reading.missing(name, person)
            attained.append(self._attains(name, person, lacking) if lacking else 1)
        required = self.reading.required(name)
        shortfall = self.cp.new_int_var(0, required, "")
        self.cp.add(shortfall >= required - sum(attained))
        self.lacking_in["must", ("targets", name)] = shortfall
        return shortfall

    def _attains(self, name: str, person: Person, lacking: dict[str, int]) -> Linear:
        """A Boolean that can only be 1 when a chosen start gives each of the lacking levels."""
        attains = self.cp.new_bool_var("")
        for ladder, place in lacking.items():
            giving = [start for start in self.own[person] if self.reading.attains_by(name, ladder, place, start)]
            self.cp.add(attains <= self.total(giving))
        return attains

    def _below(self, name: str) -> Linear:
        """What a pool's starts lack to its minima, those of the years and that of the horizon."""
        pool = self.scenario.seats[name]
        least = pool.total.min - self.reading.before(name)
        floors: dict[int | str, Linear] = {
            year: self._under(pool.of_year(year).min, self._taken(name, year)) for year in self.years
        }
        floors[TOTAL] = self._under(least, self._taken(name))
        self.lacking_in |= {("must", ("seats", name, when)): under for when, under in floors.items()}
        return sum(floors.values())

    def _under(self, floor: int, starts: Sequence[Start]) -> Linear:
        """A variable that is at least what the starts lack to a minimum."""
        under = self.cp.new_int_var(0, max(0, floor), "")
        self.cp.add(under >= floor - self.total(starts))
        return under

    def _lacking(self, name: str) -> Linear:
        """What the starts of a share's group lack, in its years or over the horizon."""
        lacks = {year: self._lacking_in(name, year) for year in self.reading.periods(name)}
        for year, lack in lacks.items():
            self.lacking_in["must", ("shares", name, TOTAL if year is None else year)] = lack
        return sum(lacks.values())

    def _lacking_in(self, name: str, year: int | None) -> Linear:
        """A variable that is at least the shortfall of a share in a year (None: over the horizon)."""
        share = exact(self.scenario.shares[name].min)
        sent, group = self.reading.sent(name, self.reading.starts, year)
        sent_before, group_before = self.reading.sent_before(name, year)
        lack = self.cp.new_int_var(0, len(sent) + sent_before, "")
        number, of_group = self.total(sent) + sent_before, self.total(group) + group_before
        tolerance = math.floor(share.denominator * TOLERANCE)
        self.cp.add((lack + of_group) * share.denominator >= number * share.numerator - tolerance)
        return lack

    def _taken(self, pool: str, year: int | None = None, agency: int | None = None) -> list[Start]:
        starts = self.pools[pool]
        return [s for s in starts if year in (None, s.year) and agency in (None, s.person.agency)]

    # The rules, in the contract's order.

    def one_at_a_time(self, person: Person) -> None:
        """In one year at most one long programme; a full-time one excludes every other; few short ones."""
        if not self.terms.holds("one_at_a_time"):
            return
        limit = self.scenario.study_load.short_per_year
        for year in self.years:
            running = [start for start in self.own[person] if start.runs(year)]
            short = [start for start in running if start.course.mode == "short"]
            self.cp.add_at_most_one(self.x[start] for start in running if start.course.mode in LONG)
            full_time = self.total(start for start in running if start.course.mode == "full_time")
            for start in short:
                self.cp.add(full_time + self.x[start] <= 1)
            if short:
                self.cp.add(self.total(short) <= max(0, limit - person.studying(year, ["short"])))

    def ladder_order(self, person: Person) -> None:
        """On one ladder the next programme starts after the last and leads higher; what is asked is held by then."""
        starts = self.own[person]
        for place, one in enumerate(starts):
            for other in starts[place + 1 :]:
                in_turn = one.last < other.year and one.course.high < other.course.high
                if self.terms.holds("ladder_order") and one.course.ladder == other.course.ladder and not in_turn:
                    self.cp.add_at_most_one(self.x[one], self.x[other])
        for rule, asked in (("ladder_order", Start.asks_from), ("requires", Start.asks_else)):
            for later in starts if self.terms.holds(rule) else ():
                for level in asked(later).items():
                    preparing = (start for start in starts if self.reading.prepares(start, later, *level))
                    self.cp.add(self.x[later] <= self.total(preparing))

    def study_load(self, person: Person) -> None:
        """At most `starts_per_cadre` starts; `years_between` whole years between two long programmes."""
        starts, most = self.own[person], self.scenario.study_load.starts_per_cadre
        self._at_most(most, starts, person.starts_before, "study_load", person.cadre, "starts_per_cadre")
        apart = "study_load", person.cadre, "years_between"
        if not self.terms.holds(*apart) or self.terms.raised(*apart):
            return
        long = [start for start in starts if start.course.mode in LONG]
        for start in long:
            if not all(self.reading.rested(until, start.year) for until in person.long_until):
                self.cp.add(self.x[start] == 0)
        for one in long:
            for other in long:
                if one.last < other.year and not self.reading.rested(one.last, other.year):
                    self.cp.add_at_most_one(self.x[one], self.x[other])

    def seats(self) -> None:
        """A pool's starts in a year are at most `max`; over the horizon at most `total`; so are each agency's."""
        for name, pool in self.scenario.seats.items():
            for year in self.years:
                self._at_most(pool.of_year(year).max, self._taken(name, year), 0, "seats", name, year)
            self._at_most(pool.total.max, self._taken(name), self.reading.before(name), "seats", name, TOTAL)
            if pool.per_agency is not None:
                self._per_agency(name, pool.per_agency)

    def _per_agency(self, pool: str, limit: PerAgency) -> None:
        for number, agency in enumerate(self.reading.problem.agencies["agency"]):
            for year in self.years:
                self._at_most(limit.max, self._taken(pool, year, number), 0, "per_agency", pool, agency, year)
            before = self.reading.before(pool, agency)
            self._at_most(limit.total, self._taken(pool, agency=number), before, "per_agency", pool, agency, TOTAL)

    def _at_most(self, limit: int | None, starts: Sequence[Start], before: int, rule: str, *key: str | int) -> None:
        """No more than what those before have left; never less than nobody."""
        if limit is not None:
            self._room(self.total(starts), limit, before, rule, *key)

    def _room(self, number: Linear, limit: int, before: int, rule: str, *key: str | int) -> None:
        """A number is at most what those before have left of the limit of a statement."""
        if self.terms.holds(rule, *key):
            self.cp.add(number <= max(0, limit + int(self.terms.raised(rule, *key)) - before))

    def absence(self) -> None:
        """Of an agency at most the allowance of its headcount are away in a year; each cadre counts once."""
        if self.scenario.absence is None:
            return
        agencies = self.reading.problem.agencies
        for place, (agency, headcount) in enumerate(zip(agencies["agency"], agencies["headcount"], strict=True)):
            limit = self._allowance(int(headcount))
            if limit is not None:
                staff = [person for person in self.reading.people if person.agency == place]
                for year in self.years:
                    self._limit_away(staff, limit, "absence", str(agency), year)

    def _allowance(self, headcount: int) -> int | None:
        """The first band that fits; None without one."""
        assert self.scenario.absence is not None
        for band in self.scenario.absence.bands:
            if band.up_to is None or headcount <= band.up_to:
                return math.floor(exact(band.share) * headcount) if band.share is not None else band.away
        return None

    def _limit_away(self, staff: Sequence[Person], limit: int, rule: str, agency: str, year: int) -> None:
        """At most `limit` of the staff are away in a year; those who study or are on leave take their places first."""
        assert self.scenario.absence is not None
        modes = self.scenario.absence.modes
        already = [person for person in staff if person.studying(year, modes) or year in person.away]
        others = [self._away(person, year) for person in staff if person not in already]
        self._room(sum(others), limit, len(already), rule, agency, year)

    def _away(self, person: Person, year: int) -> Linear:
        """At least 1 when a cadre is away in a year, in however many programmes."""
        assert self.scenario.absence is not None
        leaving = [s for s in self.own[person] if s.runs(year) and s.course.mode in self.scenario.absence.modes]
        long = self.total(start for start in leaving if start.course.mode in LONG)
        short = [start for start in leaving if start.course.mode == "short"]
        if not short:
            return long
        away = self.cp.new_bool_var("")
        self.cp.add(away >= long)
        for start in short:
            self.cp.add_implication(self.x[start], away)
        return away

    def leaders(self) -> None:
        """In an agency with two or more leaders in service, those away leave `present` of them."""
        absence = self.scenario.absence
        if absence is None or absence.leaders is None:
            return
        leaders = [person for person in self.reading.people if self.reading.problem.leaders[person.row]]
        for place, agency in enumerate(self.reading.problem.agencies["agency"]):
            for year in self.years:
                serving = [p for p in leaders if p.agency == place and p.joins <= year < p.retires]
                if len(serving) >= 2:
                    may_leave = max(0, len(serving) - absence.leaders.present)
                    self._limit_away(serving, may_leave, "leaders", str(agency), year)

    def classes(self) -> None:
        """A programme's starts in a year fill some whole number of classes."""
        for name, size in self.scenario.classes.items():
            for year in self.years if self.terms.holds("classes", name) else ():
                starts = [s for s in self.reading.starts if s.course.name == name and s.year == year]
                classes = self.cp.new_int_var(0, len(starts), "")
                number = self.total(starts)
                self.cp.add(number >= size.min * classes - int(self.terms.raised("classes", name)))
                # Without a largest size one class holds everybody, but no class still holds nobody.
                self.cp.add(number <= (len(starts) if size.max is None else size.max) * classes)

    def budget(self) -> None:
        """The costs of the programmes started in a year are at most the year's budget."""
        if self.scenario.budget is None:
            return
        amounts = self.scenario.budget.per_year
        for year in self.years:
            amount = amounts.get(year) if isinstance(amounts, dict) else amounts
            if amount is not None and self.terms.holds("budget", year):
                most = max(Fraction(0), exact(amount) + self.terms.raised("budget", year))
                starts = [start for start in self.reading.starts if start.year == year]
                costs = [start.course.cost for start in starts]
                scale = _scale([most, *costs])
                self.cp.add(self._weighted(starts, costs, scale) <= int(most * scale))

    def _weighted(self, starts: Sequence[Start], values: Sequence[Fraction], scale: int) -> Linear:
        return cp_model.LinearExpr.weighted_sum([self.x[s] for s in starts], [int(value * scale) for value in values])

    def pins(self) -> None:
        """Every `require` pin is met by at least one start."""
        for place, pin in enumerate(self.scenario.pins.require):
            if self.terms.holds("pins", place) and not self.terms.raised("pins", place):
                self.cp.add_bool_or([self.x[start] for start in self.reading.starts if start.meets(pin)])

    def must(self) -> None:
        """A target, pool or share that says so lacks nothing."""
        for (rule, key), lack in self.lacking_in.items():
            section, name = str(key[0]), str(key[1])
            if getattr(self.scenario, section)[name].must and self.terms.holds(rule, *key):
                self.cp.add(lack <= int(self.terms.raised(rule, *key)))

    def chosen(self, starts: Collection[tuple[str, str, int]]) -> bool:
        """Choose these starts and no others; False where one of them is not admissible."""
        for start, variable in self.x.items():
            self.cp.add(variable == (start.key in starts))
        return set(starts) <= {start.key for start in self.x}

    # The goals.

    def goal(self, goal: RankedGoal) -> tuple[Linear, int]:
        """A goal as a linear expression in whole numbers, and by what its value was multiplied to be whole."""
        if goal.kind in self.lacks:
            names = self.reading.entries(goal)
            weights = [self.reading.weight(goal, name) for name in names]
            scale = _scale(weights)
            lacks = [self.lacks[goal.kind][name] for name in names]
            return sum(lack * int(weight * scale) for lack, weight in zip(lacks, weights, strict=True)), scale
        values = [self.reading.each(goal, start) for start in self.reading.starts]
        scale = _scale(values)
        return self._weighted(self.reading.starts, values, scale) + self.reading.constant(goal) * scale, scale

    def optimise(self, expression: Linear, *, maximise: bool) -> None:
        """Make `expression` the objective."""
        if maximise:
            self.cp.maximize(expression)
        else:
            self.cp.minimize(expression)

    def fix(self, expression: Linear, value: Fraction, *, maximise: bool) -> None:
        """No later goal may make this one worse."""
        bound = self.cp.new_constant(int(value))
        self.cp.add(expression >= bound if maximise else expression <= bound)

    def keep(self, solver: cp_model.CpSolver) -> list[Start]:
        """The chosen starts, which also become the hint for the next goal."""
        values = {start: solver.boolean_value(variable) for start, variable in self.x.items()}
        self.cp.clear_hints()
        for start, value in values.items():
            self.cp.add_hint(self.x[start], value)
        return [start for start, value in values.items() if value]


def _scale(values: Iterable[Fraction]) -> int:
    """The smallest number that makes all the values whole."""
    return math.lcm(*(value.denominator for value in values))
