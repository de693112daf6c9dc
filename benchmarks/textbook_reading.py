"""A problem in plain numbers, as the textbook model wants it: courses, people, admissible starts, values of goals.

Written from the contract's sections 3, 4 and 6 alone; it shares no line with planner's own options, rules and goals.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin, RankedGoal, Target

LONG = ("full_time", "in_service")
TOLERANCE = Fraction(1, 10**9)


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
    window: range
    requires: Mapping[str, int]


@dataclass(frozen=True)
class Study:
    """A study under way, and its last year."""

    course: Course
    until: int


@dataclass(frozen=True, eq=False)
class Person:
    """A cadre: the place in each ladder (-1 unknown), studies under way, years of service, of leave and of the past.

    `starts_before` counts the starts that happened before the horizon, `long_until` are the years in which the long
    ones of history were completed.
    """

    row: int
    cadre: str
    agency: int
    levels: Mapping[str, int]
    joins: float
    retires: float
    studies: tuple[Study, ...]
    leave: frozenset[int]
    away: frozenset[int]
    starts_before: int
    long_until: tuple[int, ...]

    def studying(self, year: int, modes: Iterable[str]) -> int:
        """How many studies under way in one of `modes` still go on in `year`."""
        return sum(study.course.mode in modes and year <= study.until for study in self.studies)

    def held(self, ladder: str, year: int) -> int:
        """The place held at the end of a year by the roster and the studies under way; -1 unknown."""
        studied = (study.course for study in self.studies if study.until <= year)
        return max([self.levels[ladder], *(course.high for course in studied if course.ladder == ladder)])


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

    @property
    def key(self) -> tuple[str, str, int]:
        """Cadre, programme and year."""
        return self.person.cadre, self.course.name, self.year

    def runs(self, year: int) -> bool:
        """Whether the programme occupies `year`."""
        return self.year <= year <= self.last

    def meets(self, pin: Pin) -> bool:
        """Whether this is one of the starts that a pin speaks of."""
        asked = (pin.cadre, pin.programme, pin.start)
        return all(want is None or want == have for want, have in zip(asked, self.key, strict=True))

    def asks_from(self) -> dict[str, int]:
        """The level `from`, unless it is held by then anyway."""
        return self._lacked({self.course.ladder: self.course.low})

    def asks_else(self) -> dict[str, int]:
        """The levels that it `requires`, without those held by then anyway."""
        return self._lacked(self.course.requires)

    def _lacked(self, wanted: Mapping[str, int]) -> dict[str, int]:
        return {ladder: place for ladder, place in wanted.items() if self.person.held(ladder, self.year - 1) < place}

    def gives(self, ladder: str, place: int) -> bool:
        """Whether it leads to a level or higher."""
        return self.course.ladder == ladder and self.course.high >= place


def exact(number: float) -> Fraction:
    """The decimal that was written, not the binary number nearest to it."""
    return Fraction(str(round(float(number), 9)))


def excludes(one: Course, other: Course) -> bool:
    """Whether the modes of two programmes never go together in one year."""
    return "full_time" in (one.mode, other.mode) or (one.mode in LONG and other.mode in LONG)


def table_of(starts: Iterable[Start]) -> pd.DataFrame:
    """cadre, programme, start; sorted by cadre, start, programme."""
    frame = pd.DataFrame([start.key for start in starts], columns=["cadre", "programme", "start"])
    return frame.sort_values(["cadre", "start", "programme"], ignore_index=True)


def by_person(starts: Iterable[Start]) -> defaultdict[Person, list[Start]]:
    """The starts of each cadre."""
    result: defaultdict[Person, list[Start]] = defaultdict(list)
    for start in starts:
        result[start.person].append(start)
    return result


class Reading:
    """A problem in plain numbers: its courses, people and admissible starts, and the value of each goal.

    `exempt` are starts (cadre, programme, year) of which it is not asked whether the cadre is eligible, has a seat and
    serves long enough afterwards; he still may not retire before the end. `aside` are rules that are set aside: without
    `ladder_order` it is not asked whether `from` can be reached, without `requires` whether the other levels can.
    """

    def __init__(
        self, problem: Problem, exempt: Collection[tuple[str, str, int]] = (), aside: Collection[str] = ()
    ) -> None:
        self.problem = problem
        self.aside = set(aside)
        self.exempt = set(exempt)
        self.scenario = problem.scenario
        self.years = list(problem.scenario.horizon.years)
        self.courses = [self._course(name) for name in self.scenario.programmes]
        self.history = problem.history.to_dict("records")
        # Rows without a start are studies that nobody planned: they count in `years_between` alone.
        self.happened = [row for row in self.history if not pd.isna(row["start"])]
        self.earlier = self._earlier()
        self.people = list(self._people())
        self.starts = [start for person in self.people for start in self.admissible(person)]

    # Reading.

    def _course(self, name: str) -> Course:
        entry, ladders = self.scenario.programmes[name], self.scenario.ladders
        levels = ladders[entry.ladder]
        begins = 1 if entry.begins is None else entry.begins
        years = entry.years
        window = self.scenario.horizon.years if years is None else range(years.from_, years.to + 1)
        return Course(
            name=name,
            ladder=entry.ladder,
            low=levels.index(entry.from_),
            high=levels.index(entry.to),
            mode=entry.mode,
            years=math.ceil((begins - 1 + exact(entry.months)) / 12),
            serve=exact(entry.serve_after_years),
            cost=exact(entry.cost),
            open=entry.open,
            window=window,
            requires={ladder: ladders[ladder].index(level) for ladder, level in entry.requires.items()},
        )

    def _people(self) -> Iterator[Person]:
        studies: defaultdict[int, list[Study]] = defaultdict(list)
        for row, course, until in self.problem.studies[["cadre", "programme", "until"]].itertuples(index=False):
            studies[int(row)].append(Study(self.courses[int(course)], int(until)))
        leave, away = self._leave()
        for row, record in enumerate(self.problem.cadres.to_dict("records")):
            yield Person(
                row=row,
                cadre=str(record["cadre"]),
                agency=int(record["agency_id"]),
                levels={ladder: int(record[ladder]) for ladder in self.scenario.ladders},
                joins=_or(record["service_start"], -math.inf),
                retires=_or(record["retires"], math.inf),
                studies=tuple(studies[row]),
                leave=frozenset(leave[row]),
                away=frozenset(away[row]),
                starts_before=sum(happened["row"] == row for happened in self.happened),
                long_until=tuple(self._long_until(row)),
            )

    def _leave(self) -> tuple[defaultdict[int, set[int]], defaultdict[int, set[int]]]:
        """The years of leave by cadre: all, and those that count as absence."""
        leave: defaultdict[int, set[int]] = defaultdict(set)
        away: defaultdict[int, set[int]] = defaultdict(set)
        columns = self.problem.leave[["cadre", "first", "last", "away"]]
        for row, first, last, is_away in columns.itertuples(index=False):
            leave[int(row)] |= set(range(int(first), int(last) + 1))
            if is_away:
                away[int(row)] |= set(range(int(first), int(last) + 1))
        return leave, away

    def _long_until(self, row: int) -> Iterator[int]:
        for past in self.history:
            course = self.courses[past["programme_row"]] if past["programme_row"] >= 0 else None
            if past["row"] == row and course is not None and course.mode in LONG:
                yield int(past["finish"])

    def _earlier(self) -> set[tuple[str, str, int]]:
        plan = self.problem.earlier
        rows = zip(plan["cadre"], plan["programme"], plan["start"], strict=True)
        return {(str(cadre), str(programme), int(start)) for cadre, programme, start in rows}

    # Section 4.

    def admissible(self, person: Person) -> list[Start]:
        """The starts of one cadre that section 4 admits, in the order of the years."""
        found: list[Start] = []
        for year in self.years:
            for place, course in enumerate(self.courses):
                start = Start(person, course, year)
                if (
                    0 <= person.levels[course.ladder] < course.high
                    and self._reaches(start, found)
                    and self._may(start, place)
                    and not any(start.meets(pin) for pin in self.scenario.pins.forbid)
                    and not any(self.clashes(study, start) for study in person.studies)
                    and not self.enough_short(start)
                    and year in course.window
                    and year >= person.joins
                    and person.leave.isdisjoint(range(year, start.last + 1))
                ):
                    found.append(start)
        return found

    def _reaches(self, start: Start, found: Sequence[Start]) -> bool:
        """Whether the levels to be held before can be reached by other starts that are admissible.

        One that leads as high is no way to `from`: after it the level is no longer below `to`.
        """
        lower = [
            one for one in found if one.course.high < start.course.high or one.course.ladder != start.course.ladder
        ]
        ways = [("ladder_order", lower, start.asks_from()), ("requires", found, start.asks_else())]
        return all(
            any(self.prepares(one, start, *level) for one in among)
            for rule, among, asked in ways
            if rule not in self.aside
            for level in asked.items()
        )

    def _may(self, start: Start, place: int) -> bool:
        """Whether the cadre is eligible, serves long enough afterwards and has a seat, or is exempt from all that."""
        if start.key in self.exempt:
            return start.last < start.person.retires
        eligible = bool(self.problem.eligible[start.person.row, place, start.year - self.years[0]])
        serves = start.last + start.course.serve < start.person.retires
        return eligible and serves and (start.course.open or self.has_seat(start))

    def prepares(self, earlier: Start, later: Start, ladder: str, place: int) -> bool:
        """Whether completing a start gives a later one of the same cadre a level in time."""
        return earlier.gives(ladder, place) and earlier.last < later.year

    def has_seat(self, start: Start) -> bool:
        """Whether some pool counts the start."""
        return any(self.counts(name, start) for name in self.scenario.seats)

    def counts(self, pool: str, start: Start) -> bool:
        """Whether a pool lists the programme and covers the cadre."""
        listed = start.course.name in self.scenario.seats[pool].programmes
        return listed and bool(self.problem.pools[pool][start.person.row])

    def clashes(self, study: Study, start: Start) -> bool:
        """Whether a study under way forbids the start, by its ladder, by its time or by the rest after it."""
        course, at_once = start.course, start.year <= study.until
        if study.course.ladder == course.ladder and (study.course.high >= course.high or at_once):
            return True
        if at_once:
            return excludes(study.course, course)
        both_long = study.course.mode in LONG and course.mode in LONG
        return both_long and not self.rested(study.until, start.year)

    def enough_short(self, start: Start) -> bool:
        """Whether a short start finds its cadre in as many short studies under way as one may be in."""
        under_way = start.person.studying(start.year, ["short"])
        return start.course.mode == "short" and under_way >= max(1, self.scenario.study_load.short_per_year)

    def rested(self, until: int, year: int) -> bool:
        """Whether enough whole years lie between the end of a long programme and the start of the next."""
        pause = self.scenario.study_load.years_between
        return pause == 0 or year - until - 1 >= pause

    # Section 6: targets.

    def by(self, target: Target) -> int:
        """The year of reckoning."""
        return self.scenario.horizon.last if target.by is None else target.by

    def members(self, name: str) -> list[Person]:
        """The counted members of a target's group."""
        target = self.scenario.targets[name]
        stay, by = target.leavers == "included", self.by(target)
        covered = [person for person in self.people if self.problem.members[name][person.row]]
        return [person for person in covered if person.joins <= by and (stay or person.retires > by)]

    def required(self, name: str) -> int:
        """How many members a target asks for."""
        target = self.scenario.targets[name]
        if target.at_least is not None:
            return target.at_least
        number = exact(target.share or 0) * len(self.members(name))
        match target.rounding:
            case "up":
                return math.ceil(number - TOLERANCE)
            case "down":
                return math.floor(number + TOLERANCE)
            case _:
                return math.floor(number + Fraction(1, 2) + TOLERANCE)

    def missing(self, name: str, person: Person) -> dict[str, int]:
        """The ladders and levels of a target that a cadre lacks without a new start.

        An unknown level is lacking: no start can give it, but a study under way can.
        """
        target = self.scenario.targets[name]
        until = math.inf if target.counts == "enrolled" else self.by(target)
        wanted = {ladder: self.scenario.ladders[ladder].index(level) for ladder, level in target.level.items()}
        return {ladder: place for ladder, place in wanted.items() if person.held(ladder, until) < place}

    def attains_by(self, name: str, ladder: str, place: int, start: Start) -> bool:
        """Whether a start gives its cadre that level in time for a target."""
        target = self.scenario.targets[name]
        in_time = (start.year if target.counts == "enrolled" else start.last) <= self.by(target)
        return start.gives(ladder, place) and in_time

    def shortfall(self, name: str, chosen: Iterable[Start]) -> int:
        """How many members a target lacks under a plan."""
        own = by_person(chosen)
        attained = 0
        for person in self.members(name):
            lacking = self.missing(name, person).items()
            attained += all(any(self.attains_by(name, *level, start) for start in own[person]) for level in lacking)
        return max(0, self.required(name) - attained)

    # Section 6: pools and shares.

    def before(self, pool: str, agency: str | None = None) -> int:
        """The starts of history that count in a pool, or in its share of an agency."""
        rows = [row for row in self.happened if pool in row["pools"]]
        return sum(agency in (None, row["agency"]) for row in rows)

    def below(self, name: str, chosen: Iterable[Start]) -> int:
        """The starts that a pool lacks to its minima under a plan."""
        pool = self.scenario.seats[name]
        taken = [start.year for start in chosen if self.counts(name, start)]
        lacking = sum(max(0, pool.of_year(year).min - taken.count(year)) for year in self.years)
        return lacking + max(0, pool.total.min - len(taken) - self.before(name))

    def sent(self, name: str, starts: Iterable[Start], year: int | None) -> tuple[list[Start], list[Start]]:
        """The starts that a share counts in a year (None: any), and those of its group."""
        share = self.scenario.shares[name]
        among = [
            start
            for start in starts
            if year in (None, start.year)
            and (share.programmes is None or start.course.name in share.programmes)
            and self.problem.share_among[name][start.person.row]
        ]
        return among, [start for start in among if self.problem.share_group[name][start.person.row]]

    def sent_before(self, name: str, year: int | None) -> tuple[int, int]:
        """The starts of history that a share counts over the horizon, and those of its group."""
        rows = [row for row in self.happened if year is None and name in row["shares"]]
        return len(rows), sum(name in row["of_group"] for row in rows)

    def periods(self, name: str) -> list[int | None]:
        """The years of a share, or None for the horizon."""
        return [*self.years] if self.scenario.shares[name].per == "year" else [None]

    def lacking(self, name: str, chosen: Sequence[Start]) -> int:
        """The starts of the group that a share lacks under a plan."""
        lack = 0
        for year in self.periods(name):
            sent, group = (
                len(starts) + more
                for starts, more in zip(self.sent(name, chosen, year), self.sent_before(name, year), strict=True)
            )
            lack += max(0, math.ceil(exact(self.scenario.shares[name].min) * sent - group - TOLERANCE))
        return lack

    # Section 6: goals.

    def each(self, goal: RankedGoal, start: Start) -> Fraction:
        """What one start adds to a goal that is a sum over starts."""
        match goal.kind:
            case "starts":
                return Fraction(1)
            case "priority":
                return sum((self._points(name, start) for name in self.entries(goal)), Fraction(0))
            case "early":
                return Fraction(start.last - self.years[0] + 1)
            case "cost":
                return start.course.cost
            case "changes":
                return Fraction(-1 if start.key in self.earlier else 1)
            case _:
                text = "|".join(map(str, (self.scenario.lot, *start.key)))
                return Fraction(int(hashlib.sha256(text.encode()).hexdigest()[:5], 16))

    def _points(self, name: str, start: Start) -> Fraction:
        entry = self.scenario.priority[name]
        listed = entry.programmes is None or start.course.name in entry.programmes
        favoured = listed and bool(self.problem.favoured[name][start.person.row])
        return exact(entry.points) if favoured else Fraction(0)

    def entries(self, goal: RankedGoal) -> list[str]:
        """The entries that a goal counts."""
        sections: dict[str, Mapping[str, Any]] = {
            "attainment": self.scenario.targets,
            "seat_floors": self.scenario.seats,
            "shares": self.scenario.shares,
            "priority": self.scenario.priority,
        }
        return list(goal.entries or sections[goal.kind])

    def weight(self, goal: RankedGoal, name: str) -> Fraction:
        """What one missing start or member of an entry is worth in a goal."""
        match goal.kind:
            case "attainment":
                return exact(self.scenario.targets[name].weight)
            case "shares":
                return exact(self.scenario.shares[name].weight)
            case _:
                return Fraction(1)

    def constant(self, goal: RankedGoal) -> int:
        """What a goal that is a sum over starts is worth without any."""
        return len(self.earlier) if goal.kind == "changes" else 0

    def value(self, goal: RankedGoal, chosen: Sequence[Start]) -> Fraction:
        """The exact value of a goal under a plan."""
        lacks = {"attainment": self.shortfall, "seat_floors": self.below, "shares": self.lacking}
        if goal.kind in lacks:
            lack = lacks[goal.kind]
            return sum((self.weight(goal, name) * lack(name, chosen) for name in self.entries(goal)), Fraction(0))
        return sum((self.each(goal, start) for start in chosen), Fraction(self.constant(goal)))


def _or(cell: Any, instead: float) -> float:
    """A year, or something else where the cell is empty."""
    return instead if pd.isna(cell) else float(cell)
