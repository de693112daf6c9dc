"""The planning problem as a textbook writes it in CP-SAT: one Boolean per start, one `add` per rule, goals in order.

It is planner's yardstick and its second opinion: written from the contract's sections 3 to 6 alone, it shares no
line with planner's own options, rules and goals.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pandas as pd
from ortools.sat.python import cp_model

from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin, Target

LONG = ("full_time", "in_service")
MAXIMISED = ("priority",)

Linear = Any  # what CP-SAT's operators build: a variable, an expression or a plain number


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
) -> TextbookResult:
    """Solve the goals one after another, each fixed at the value it reached.

    Parameters
    ----------
    time_limit_s
        For each goal [seconds].
    parameters
        Further CP-SAT parameters by name; its defaults otherwise.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = time_limit_s
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    for name, parameter in (parameters or {}).items():
        setattr(solver.parameters, name, parameter)
    model = _Model(Reading(problem))
    chosen: list[Start] | None = None
    result = TextbookResult("optimal")
    for goal in problem.scenario.goals:
        began = time.perf_counter()
        expression, scale = model.goal(goal)
        model.optimise(expression, maximise=goal in MAXIMISED)
        status = solver.solve(model.cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            chosen = model.keep(solver)
        elif chosen is None:
            return TextbookResult("infeasible" if status == cp_model.INFEASIBLE else "unknown")
        value = model.reading.value(goal, chosen)
        proven = status == cp_model.OPTIMAL
        result.goals[goal] = value
        result.bounds[goal] = value if proven else _bound(solver, scale, maximise=goal in MAXIMISED)
        result.statuses[goal] = solver.status_name(status).lower()
        model.fix(expression, value * scale, maximise=goal in MAXIMISED)
        result.seconds[goal] = time.perf_counter() - began
    ended = "optimal" if set(result.statuses.values()) <= {"optimal"} else "feasible"
    seconds = result.seconds
    return TextbookResult(ended, result.goals, result.bounds, result.statuses, seconds, table_of(chosen or []))


def _bound(solver: cp_model.CpSolver, scale: int, *, maximise: bool) -> Fraction | None:
    """The proven bound, rounded to the whole units in which the goal was solved."""
    bound = solver.best_objective_bound
    if not math.isfinite(bound):
        return None
    return Fraction(math.floor(bound + 1e-6) if maximise else math.ceil(bound - 1e-6), scale)


# --- the problem in plain numbers: sections 3 and 4, and the goals of section 6 -------------------------------------


@dataclass(frozen=True, eq=False)
class Course:
    """A programme in numbers: the places of its levels, the calendar years it occupies."""

    name: str
    ladder: str
    low: int
    high: int
    mode: str
    years: int
    serve: Fraction
    cost: Fraction
    open: bool


@dataclass(frozen=True, eq=False)
class Person:
    """A cadre: the place in each ladder (-1 unknown), the current study and the last year of it."""

    row: int
    cadre: str
    agency: int
    levels: Mapping[str, int]
    retires: float
    points: Fraction
    study: Course | None
    until: int

    def studies(self, year: int, modes: Iterable[str]) -> bool:
        """Whether current study in one of `modes` still goes on in `year`."""
        return self.study is not None and self.study.mode in modes and year <= self.until


@dataclass(frozen=True, eq=False)
class Start:
    """The decision that a cadre starts a programme in a year."""

    person: Person
    course: Course
    year: int

    @property
    def last(self) -> int:
        """The year in which the programme is completed."""
        return self.year + self.course.years - 1

    def runs(self, year: int) -> bool:
        """Whether the programme occupies `year`."""
        return self.year <= year <= self.last

    def meets(self, pin: Pin) -> bool:
        """Whether this is one of the starts that a pin speaks of."""
        asked = (pin.cadre, pin.programme, pin.start)
        given = (self.person.cadre, self.course.name, self.year)
        return all(want is None or want == have for want, have in zip(asked, given, strict=True))

    def prepared(self) -> bool:
        """Whether `from` is held on the roster, or by current study that has ended before the start."""
        person, course, study = self.person, self.course, self.person.study
        if person.levels[course.ladder] >= course.low:
            return True
        studied = study is not None and study.ladder == course.ladder and study.high >= course.low
        return studied and person.until < self.year

    def prepares(self, later: Start) -> bool:
        """Whether completing this start gives a later one of the same cadre its `from` in time."""
        same_ladder = self.course.ladder == later.course.ladder
        return same_ladder and self.course.high >= later.course.low and self.last < later.year


def exact(number: float) -> Fraction:
    """The decimal that was written, not the binary number nearest to it."""
    return Fraction(str(round(float(number), 9)))


def excludes(one: Course, other: Course) -> bool:
    """Whether the modes of two programmes never go together in one year."""
    return "full_time" in (one.mode, other.mode) or (one.mode in LONG and other.mode in LONG)


def table_of(starts: Iterable[Start]) -> pd.DataFrame:
    """cadre, programme, start; sorted by cadre, start, programme."""
    rows = [(start.person.cadre, start.course.name, start.year) for start in starts]
    frame = pd.DataFrame(rows, columns=["cadre", "programme", "start"])
    return frame.sort_values(["cadre", "start", "programme"], ignore_index=True)


class Reading:
    """A problem in plain numbers: its courses, people and admissible starts, and the value of each goal."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.scenario = problem.scenario
        self.years = list(problem.scenario.horizon.years)
        self.courses = [self._course(name) for name in self.scenario.programmes]
        self.people = [self._person(row, record) for row, record in enumerate(problem.cadres.to_dict("records"))]
        self.starts = [start for person in self.people for start in self.admissible(person)]

    def _course(self, name: str) -> Course:
        entry = self.scenario.programmes[name]
        levels = self.scenario.ladders[entry.ladder]
        return Course(
            name=name,
            ladder=entry.ladder,
            low=levels.index(entry.from_),
            high=levels.index(entry.to),
            mode=entry.mode,
            years=math.ceil(exact(entry.months) / 12),
            serve=exact(entry.serve_after_years),
            cost=exact(entry.cost),
            open=entry.open,
        )

    def _person(self, row: int, record: Mapping[Any, Any]) -> Person:
        retires, study = float(record["retires"]), int(record["study"])
        return Person(
            row=row,
            cadre=str(record["cadre"]),
            agency=int(record["agency_id"]),
            levels={ladder: int(record[ladder]) for ladder in self.scenario.ladders},
            retires=math.inf if math.isnan(retires) else retires,
            points=exact(record["points"]),
            study=self.courses[study] if study >= 0 else None,
            until=int(record["study_until"]),
        )

    def admissible(self, person: Person) -> list[Start]:
        """The starts of one cadre that section 4 admits, in the order of the years."""
        found: list[Start] = []
        for year in self.years:
            for place, course in enumerate(self.courses):
                start = Start(person, course, year)
                if (
                    0 <= person.levels[course.ladder] < course.high
                    and (start.prepared() or any(earlier.prepares(start) for earlier in found))
                    and self.problem.eligible[person.row, place, year - self.years[0]]
                    and start.last + course.serve < person.retires
                    and (course.open or self.has_seat(start))
                    and not any(start.meets(pin) for pin in self.scenario.pins.forbid)
                    and not self.clashes(start)
                ):
                    found.append(start)
        return found

    def has_seat(self, start: Start) -> bool:
        """Whether some pool counts the start."""
        return any(self.counts(name, start) for name in self.scenario.seats)

    def counts(self, pool: str, start: Start) -> bool:
        """Whether a pool lists the programme and covers the cadre."""
        listed = start.course.name in self.scenario.seats[pool].programmes
        return listed and bool(self.problem.pools[pool][start.person.row])

    def clashes(self, start: Start) -> bool:
        """Whether current study forbids the start, by its ladder or by its time."""
        person, study, course = start.person, start.person.study, start.course
        if study is None:
            return False
        at_once = start.year <= person.until
        if study.ladder == course.ladder and (study.high >= course.high or at_once):
            return True
        return at_once and excludes(study, course)

    def by(self, target: Target) -> int:
        """The year of reckoning."""
        return self.scenario.horizon.last if target.by is None else target.by

    def members(self, name: str) -> list[Person]:
        """The counted members of a target's group."""
        target = self.scenario.targets[name]
        stay = target.leavers == "included"
        covered = [person for person in self.people if self.problem.members[name][person.row]]
        return [person for person in covered if stay or person.retires > self.by(target)]

    def required(self, name: str) -> int:
        """How many members a target asks for."""
        target = self.scenario.targets[name]
        if target.at_least is not None:
            return target.at_least
        number = exact(target.share or 0) * len(self.members(name))
        tolerance = Fraction(1, 10**9)
        match target.rounding:
            case "up":
                return math.ceil(number - tolerance)
            case "down":
                return math.floor(number + tolerance)
            case _:
                return math.floor(number + Fraction(1, 2) + tolerance)

    def missing(self, name: str, person: Person) -> dict[str, int] | None:
        """The ladders and levels of a target that a cadre lacks without a new start; None where a level is unknown."""
        target = self.scenario.targets[name]
        lacking = {}
        for ladder, level in target.level.items():
            place = self.scenario.ladders[ladder].index(level)
            if person.levels[ladder] < 0:
                return None
            study = person.study
            studied = study is not None and study.ladder == ladder and study.high >= place
            in_time = person.until <= self.by(target) or target.counts == "enrolled"
            if person.levels[ladder] < place and not (studied and in_time):
                lacking[ladder] = place
        return lacking

    def gives(self, name: str, ladder: str, place: int, start: Start) -> bool:
        """Whether a start gives its cadre that level in time for a target."""
        target = self.scenario.targets[name]
        in_time = (start.year if target.counts == "enrolled" else start.last) <= self.by(target)
        return start.course.ladder == ladder and start.course.high >= place and in_time

    def shortfall(self, name: str, chosen: Iterable[Start]) -> int:
        """How many members a target lacks under a plan."""
        own = _by_person(chosen)
        attained = 0
        for person in self.members(name):
            lacking = self.missing(name, person)
            if lacking is not None:
                attained += all(any(self.gives(name, *level, s) for s in own[person]) for level in lacking.items())
        return max(0, self.required(name) - attained)

    def below(self, chosen: Sequence[Start]) -> int:
        """The seats that pools lack to their yearly minima under a plan."""
        lacking = 0
        for name, pool in self.scenario.seats.items():
            for year in self.years:
                taken = sum(start.year == year and self.counts(name, start) for start in chosen)
                lacking += max(0, pool.per_year.min - taken)
        return lacking

    def each(self, goal: str, start: Start) -> Fraction:
        """What one start adds to a goal that is a sum over starts."""
        match goal:
            case "priority":
                return start.person.points
            case "early":
                return Fraction(start.last - self.years[0] + 1)
            case "cost":
                return start.course.cost
            case _:
                text = f"{self.scenario.lot}|{start.person.cadre}|{start.course.name}|{start.year}"
                return Fraction(int(hashlib.sha256(text.encode()).hexdigest()[:5], 16))

    def earlier(self) -> set[tuple[str, str, int]]:
        """The starts of the earlier plan."""
        plan = self.problem.earlier
        return set(zip(plan["cadre"], plan["programme"], plan["start"], strict=True))

    def value(self, goal: str, chosen: Sequence[Start]) -> Fraction:
        """The exact value of a goal under a plan."""
        match goal:
            case "attainment":
                targets = self.scenario.targets.items()
                weighted = (exact(target.weight) * self.shortfall(name, chosen) for name, target in targets)
                return sum(weighted, Fraction(0))
            case "seat_floors":
                return Fraction(self.below(chosen))
            case "changes":
                plan = {(start.person.cadre, start.course.name, start.year) for start in chosen}
                return Fraction(len(plan ^ self.earlier()))
            case _:
                return sum((self.each(goal, start) for start in chosen), Fraction(0))


def _by_person(starts: Iterable[Start]) -> defaultdict[Person, list[Start]]:
    result: defaultdict[Person, list[Start]] = defaultdict(list)
    for start in starts:
        result[start.person].append(start)
    return result


# --- the model: section 5, one rule after another -------------------------------------------------------------------


class _Model:
    """A CP-SAT model with every rule in it, and the goals as linear expressions."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.scenario = reading.scenario
        self.years = reading.years
        self.cp = cp_model.CpModel()
        self.x = {start: self.cp.new_bool_var("") for start in reading.starts}
        self.own = _by_person(reading.starts)
        self.pools = {name: [s for s in reading.starts if reading.counts(name, s)] for name in self.scenario.seats}
        self.shortfalls = {name: self._shortfall(name) for name in self.scenario.targets}
        self.floors = {(name, year): self._floor(name, year) for name in self.scenario.seats for year in self.years}
        for person in reading.people:
            self.one_at_a_time(person)
            self.ladder_order(person)
        for add_rule in (self.seats, self.absence, self.leaders, self.classes, self.budget, self.pins, self.must):
            add_rule()

    # What plans are measured by.

    def total(self, starts: Iterable[Start]) -> Linear:
        """How many of the starts are chosen."""
        return cp_model.LinearExpr.sum([self.x[start] for start in starts])

    def _shortfall(self, name: str) -> Linear:
        """A variable that is at least the shortfall of a target."""
        members = [(person, self.reading.missing(name, person)) for person in self.reading.members(name)]
        attained: list[Linear] = []
        for person, lacking in members:
            if lacking is not None:
                attained.append(self._attains(name, person, lacking) if lacking else 1)
        required = self.reading.required(name)
        shortfall = self.cp.new_int_var(0, required, "")
        self.cp.add(shortfall >= required - sum(attained))
        return shortfall

    def _attains(self, name: str, person: Person, lacking: dict[str, int]) -> Linear:
        """A Boolean that can only be 1 when a chosen start gives each of the lacking levels."""
        attains = self.cp.new_bool_var("")
        for ladder, place in lacking.items():
            giving = [start for start in self.own[person] if self.reading.gives(name, ladder, place, start)]
            self.cp.add(attains <= self.total(giving))
        return attains

    def _floor(self, name: str, year: int) -> Linear:
        """A variable that is at least what a pool's starts of a year lack to its minimum."""
        floor = self.scenario.seats[name].per_year.min
        below = self.cp.new_int_var(0, floor, "")
        if floor:
            self.cp.add(below >= floor - self.total(self._taken(name, year)))
        return below

    def _taken(self, pool: str, year: int | None = None) -> list[Start]:
        return [start for start in self.pools[pool] if year in (None, start.year)]

    # The rules, in the contract's order.

    def one_at_a_time(self, person: Person) -> None:
        """In one year at most one long programme; a full-time one excludes every other; few short ones."""
        limit = self.scenario.study_load.short_per_year
        for year in self.years:
            running = [start for start in self.own[person] if start.runs(year)]
            short = [start for start in running if start.course.mode == "short"]
            self.cp.add_at_most_one(self.x[start] for start in running if start.course.mode in LONG)
            full_time = self.total(start for start in running if start.course.mode == "full_time")
            for start in short:
                self.cp.add(full_time + self.x[start] <= 1)
            if short:
                self.cp.add(self.total(short) <= max(0, limit - person.studies(year, ["short"])))

    def ladder_order(self, person: Person) -> None:
        """On one ladder the next programme starts after the last has ended, leads higher, and its `from` is held."""
        starts = self.own[person]
        for place, one in enumerate(starts):
            for other in starts[place + 1 :]:
                in_turn = one.last < other.year and one.course.high < other.course.high
                if one.course.ladder == other.course.ladder and not in_turn:
                    self.cp.add_at_most_one(self.x[one], self.x[other])
        for later in starts:
            if not later.prepared():
                self.cp.add(self.x[later] <= self.total(start for start in starts if start.prepares(later)))

    def seats(self) -> None:
        """A pool's starts in a year are at most `max`; over the horizon at most `total`."""
        for name, pool in self.scenario.seats.items():
            if pool.per_year.max is not None:
                for year in self.years:
                    self.cp.add(self.total(self._taken(name, year)) <= pool.per_year.max)
            if pool.total is not None:
                self.cp.add(self.total(self._taken(name)) <= pool.total)

    def absence(self) -> None:
        """Of an agency at most the allowance of its headcount are away in a year; each cadre counts once."""
        if self.scenario.absence is None:
            return
        for agency, headcount in enumerate(self.reading.problem.agencies["headcount"]):
            limit = self._allowance(int(headcount))
            if limit is not None:
                self._limit_away([person for person in self.reading.people if person.agency == agency], limit)

    def _allowance(self, headcount: int) -> int | None:
        """The first band that fits; None without one."""
        assert self.scenario.absence is not None
        for band in self.scenario.absence.bands:
            if band.up_to is None or headcount <= band.up_to:
                return math.floor(exact(band.share) * headcount) if band.share is not None else band.away
        return None

    def _limit_away(self, staff: Sequence[Person], limit: int) -> None:
        """At most `limit` of the staff are away in a year; those who study already take their places first."""
        assert self.scenario.absence is not None
        modes = self.scenario.absence.modes
        for year in self.years:
            already = [person for person in staff if person.studies(year, modes)]
            others = [self._away(person, year) for person in staff if person not in already]
            self.cp.add(sum(others) <= max(0, limit - len(already)))

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
        """In an agency with two or more leaders, those away leave `present` of them."""
        absence = self.scenario.absence
        if absence is None or absence.leaders is None:
            return
        for agency in range(len(self.reading.problem.agencies)):
            staff = [person for person in self.reading.people if person.agency == agency]
            leaders = [person for person in staff if self.reading.problem.leaders[person.row]]
            if len(leaders) >= 2:
                self._limit_away(leaders, len(leaders) - absence.leaders.present)

    def classes(self) -> None:
        """A programme's starts in a year fill some whole number of classes."""
        for name, size in self.scenario.classes.items():
            for year in self.years:
                starts = [s for s in self.reading.starts if s.course.name == name and s.year == year]
                classes = self.cp.new_int_var(0, len(starts), "")
                number = self.total(starts)
                self.cp.add(number >= size.min * classes)
                # Without a largest size one class holds everybody, but no class still holds nobody.
                self.cp.add(number <= (len(starts) if size.max is None else size.max) * classes)

    def budget(self) -> None:
        """The costs of the programmes started in a year are at most the year's budget."""
        if self.scenario.budget is None:
            return
        amounts = self.scenario.budget.per_year
        for year in self.years:
            amount = amounts.get(year) if isinstance(amounts, dict) else amounts
            if amount is not None:
                starts = [start for start in self.reading.starts if start.year == year]
                costs = [start.course.cost for start in starts]
                scale = _scale([exact(amount), *costs])
                self.cp.add(self._weighted(starts, costs, scale) <= int(exact(amount) * scale))

    def _weighted(self, starts: Sequence[Start], values: Sequence[Fraction], scale: int) -> Linear:
        return cp_model.LinearExpr.weighted_sum([self.x[s] for s in starts], [int(value * scale) for value in values])

    def pins(self) -> None:
        """Every `require` pin is met by at least one start."""
        for pin in self.scenario.pins.require:
            self.cp.add_bool_or([self.x[start] for start in self.reading.starts if start.meets(pin)])

    def must(self) -> None:
        """A target or pool that says so has no shortfall, or no start below its minimum."""
        for name, target in self.scenario.targets.items():
            if target.must:
                self.cp.add(self.shortfalls[name] == 0)
        for (name, _), below in self.floors.items():
            if self.scenario.seats[name].must:
                self.cp.add(below == 0)

    # The goals.

    def goal(self, goal: str) -> tuple[Linear, int]:
        """A goal as a linear expression in whole numbers, and by what its value was multiplied to be whole."""
        match goal:
            case "attainment":
                weights = [exact(target.weight) for target in self.scenario.targets.values()]
                scale = _scale(weights)
                whole = [int(weight * scale) for weight in weights]
                return cp_model.LinearExpr.weighted_sum(list(self.shortfalls.values()), whole), scale
            case "seat_floors":
                return cp_model.LinearExpr.sum(list(self.floors.values())), 1
            case "changes":
                return self._changes(), 1
            case _:
                values = [self.reading.each(goal, start) for start in self.reading.starts]
                scale = _scale(values)
                return self._weighted(self.reading.starts, values, scale), scale

    def _changes(self) -> Linear:
        earlier = self.reading.earlier()
        keys = {start: (start.person.cadre, start.course.name, start.year) for start in self.reading.starts}
        kept = self.total(start for start, key in keys.items() if key in earlier)
        return len(earlier) - kept + self.total(start for start, key in keys.items() if key not in earlier)

    def optimise(self, expression: Linear, *, maximise: bool) -> None:
        """Make `expression` the objective."""
        if maximise:
            self.cp.maximize(expression)
        else:
            self.cp.minimize(expression)

    def fix(self, expression: Linear, value: Fraction, *, maximise: bool) -> None:
        """No later goal may make this one worse."""
        self.cp.add(expression >= int(value) if maximise else expression <= int(value))

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
