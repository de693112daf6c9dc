"""The rows: what the rules about many cadres together ask of a plan, as inequalities with whole numbers.

Written from the contract, as verification reads it: each is true of every plan that verification finds nothing wrong
with, and none is taken from a certificate. What is counted are *features*: the starts; that a cadre attains a target
(`attained`); that a cadre is away in a year (`away`), which his study plan decides; and beside them the whole numbers
that goals and classes speak of: `shortfall`, `below_min`, `short_share`, `classes`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from planner.inputs.problem import UNKNOWN, Problem
from planner.verification.activities import Activity
from planner.verification.admissibility import pinned
from planner.verification.attainment import attained, leading, members, required, without_starts, year_of
from planner.verification.away import Away, allowed_away, leaders_in_service
from planner.verification.numbers import TOLERANCE, fraction
from planner.verification.past import past_in
from planner.verification.proof.study_plans import Kind, StudyPlans
from planner.verification.quotas import in_pool
from planner.verification.shares import in_share, of_group

Key = tuple[str | int, ...]
TOTAL = "total"  # where the year would stand: over the horizon


@dataclass(frozen=True)
class Row:
    """The sum of coefficient x column is at most `most`."""

    columns: np.ndarray
    coefficients: np.ndarray
    most: int


@dataclass
class Rows:
    """The columns and the rows of a problem.

    Columns are numbered: the starts of `study_plans.starts` first, then the features of each cadre, then the whole
    numbers beside them. Every column's smallest value is 0.

    Attributes
    ----------
    columns
        The key of each column after the starts -> its number.
    upper
        The largest value of the columns beside the features: number of the column -> value.
    rows
        Key -> row.
    """

    study_plans: StudyPlans
    columns: dict[Key, int] = field(default_factory=dict)
    upper: dict[int, int] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)

    def column(self, *key: str | int, upper: int | None = None) -> int:
        """The number of a column beside the starts, new or known."""
        number = self.columns.setdefault(key, len(self.study_plans.starts) + len(self.columns))
        if upper is not None:
            self.upper[number] = upper
        return number

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.study_plans.starts) + len(self.columns)

    def at_most(self, key: Key, terms: Iterable[tuple[Sequence[int] | np.ndarray, object]], most: Fraction | int) -> None:
        """A row: columns with their coefficient or coefficients, and the bound; multiplied until all are whole."""
        columns, coefficients = joined(terms)
        if len(columns) == 0:
            return
        scale = math.lcm(*(Fraction(each).denominator for each in {*coefficients, most}))
        whole = np.array([int(each * scale) for each in coefficients], dtype=object)
        self.rows[key] = Row(columns, whole, int(most * scale))

    def at_least(self, key: Key, terms: Iterable[tuple[Sequence[int] | np.ndarray, object]], least: Fraction | int) -> None:
        """The same the other way round."""
        columns, coefficients = joined(terms)
        self.at_most(key, [(columns, [-each for each in coefficients])], -least)


def joined(terms: Iterable[tuple[Sequence[int] | np.ndarray, object]]) -> tuple[np.ndarray, list[Fraction | int]]:
    """Columns and coefficients, one by one; a single coefficient holds for all columns beside it."""
    columns: list[int] = []
    coefficients: list[Fraction | int] = []
    for some, weights in terms:
        columns += map(int, some)
        coefficients += list(weights) if isinstance(weights, list) else [weights] * len(some)  # type: ignore[list-item]
    return np.array(columns, dtype=int), coefficients


def rows_of(study_plans: StudyPlans) -> Rows:
    """Every row of the contract's rules about more than one cadre, and of what the goals count."""
    rows = Rows(study_plans)
    for write in (shortfalls, pools, shares, away, classes, budget, pins):
        write(rows, study_plans.problem)
    return rows


# --- what study plans decide ----------------------------------------------------------------------------------------


def attaining(problem: Problem, kind: Kind, plans: np.ndarray, target: str) -> np.ndarray:
    """With which of a kind's study plans a member attains a target: Boolean, plans."""
    entry = problem.scenario.targets[target]
    holds = np.ones(len(plans), dtype=bool)
    person = next(iter(kind.first))
    for ladder in entry.level:
        if not without_starts(problem, entry, ladder)[person]:
            ways = [_leads(problem, each, target, ladder) for each in kind.candidates]
            holds &= plans[:, ways].any(axis=1)
    return holds


def _leads(problem: Problem, start: Activity, target: str, ladder: str) -> bool:
    entry = problem.scenario.targets[target]
    wanted = problem.scenario.ladders[ladder].index(entry.level[ladder])
    reckoned = start.first if entry.counts == "enrolled" else start.last
    return start.ladder == ladder and start.high >= wanted and reckoned <= year_of(problem, entry)


def takes_away(problem: Problem, kind: Kind, plans: np.ndarray, year: int) -> np.ndarray:
    """With which of a kind's study plans a cadre is away in a year: Boolean, plans."""
    modes = problem.scenario.absence.modes if problem.scenario.absence else []
    return np.asarray(plans[:, [each.mode in modes and each.runs(year) for each in kind.candidates]].any(axis=1))


# --- the rules ------------------------------------------------------------------------------------------------------


def shortfalls(rows: Rows, problem: Problem) -> None:
    """shortfall[target] + the members who attain >= required; 0 where the target says `must`."""
    starts = rows.study_plans.starts
    nobody = starts.iloc[:0]
    for name, target in problem.scenario.targets.items():
        counted, already = members(problem, name), attained(problem, target, nobody)
        ways = np.logical_or.reduce([leading(problem, target, ladder, starts) for ladder in target.level])
        able, cadres = np.unique(starts["person"].to_numpy()[ways]), problem.cadres["cadre"].to_numpy()
        needed = required(target, int(counted.sum())) - int((counted & already).sum())
        short = rows.column("shortfall", name, upper=0 if target.must else max(0, needed))
        new = [rows.column("attained", name, str(cadres[person])) for person in able if (counted & ~already)[person]]
        rows.at_least(("shortfall", name), [([short], 1), (new, 1)], needed)


def pools(rows: Rows, problem: Problem) -> None:
    """Seats and their floors: in a year, over the horizon with the history, and of one agency."""
    starts = rows.study_plans.starts
    years, agency = starts["start"].to_numpy(), problem.cadres["agency"].to_numpy()[starts["person"]]
    for name, pool in problem.scenario.seats.items():
        counted = in_pool(problem, starts, name)
        past = past_in(problem, "pools", name)
        spans = [(year, counted & (years == year), pool.of_year(year), 0) for year in map(int, problem.years)]
        for span, which, limits, taken in [*spans, (TOTAL, counted, pool.total, len(past))]:
            own = np.flatnonzero(which)
            if limits.max is not None:
                rows.at_most(("seats", name, span), [(own, 1)], max(0, limits.max - taken))
            if limits.min > taken:
                below = rows.column("below_min", name, span, upper=0 if pool.must else limits.min - taken)
                rows.at_least(("below_min", name, span), [([below], 1), (own, 1)], limits.min - taken)
        if pool.per_agency is None:
            continue
        for each in np.unique(agency[counted]):
            own, begun = counted & (agency == each), int((past["agency"] == each).sum())
            for year in map(int, problem.years) if pool.per_agency.max is not None else ():
                key = ("per_agency", name, str(each), year)
                rows.at_most(key, [(np.flatnonzero(own & (years == year)), 1)], pool.per_agency.max)
            if pool.per_agency.total is not None:
                left = max(0, pool.per_agency.total - begun)
                rows.at_most(("per_agency", name, str(each), TOTAL), [(np.flatnonzero(own), 1)], left)


def shares(rows: Rows, problem: Problem) -> None:
    """short_share[share, year] >= min x starts - those of the group, the history with them over the horizon."""
    starts = rows.study_plans.starts
    for name, share in problem.scenario.shares.items():
        counted, group = in_share(problem, starts, name), of_group(problem, starts, name)
        least = fraction(share.min)
        if Fraction(1, least.denominator) <= TOLERANCE:
            continue  # what the tolerance of rounding up takes away would have to be counted
        past = past_in(problem, "shares", name)
        spans: list[tuple[int | str, np.ndarray, int, int]] = [
            (year, counted & (starts["start"] == year).to_numpy(), 0, 0) for year in map(int, problem.years)
        ]
        if share.per == "horizon":
            spans = [(TOTAL, counted, len(past), sum(name in groups for groups in past["of_group"]))]
        for span, which, begun, begun_of_group in spans:
            most = math.ceil(least * (int(which.sum()) + begun))
            short = rows.column("short_share", name, span, upper=0 if share.must else most)
            terms = [([short], 1), (np.flatnonzero(which & group), 1 - least), (np.flatnonzero(which & ~group), -least)]
            rows.at_least(("short_share", name, span), terms, least * begun - begun_of_group)


def away(rows: Rows, problem: Problem) -> None:
    """Of an agency no more are away than may be, beside those whom study and leave take away whatever the plan."""
    section = problem.scenario.absence
    if section is None:
        return
    anyway = Away(problem, rows.study_plans.chosen).anyway
    limits, agencies = allowed_away(problem), problem.cadres["agency_id"].to_numpy()
    movable = _movable(rows.study_plans, section.modes)
    for year in map(int, problem.years):
        leading_now = leaders_in_service(problem, year)
        for agency, name in enumerate(problem.agencies["agency"]):
            gone = anyway.get((agency, year), set())
            people = [person for person in movable.get(year, ()) if agencies[person] == agency and person not in gone]
            if limits[agency] is not None:
                _away(rows, ("absence", name, year), people, max(0, limits[agency] - len(gone)), year)
            there = int((leading_now & (agencies == agency)).sum())
            if section.leaders is not None and there >= 2:
                led = [person for person in people if leading_now[person]]
                left = max(0, there - section.leaders.present - sum(bool(leading_now[each]) for each in gone))
                _away(rows, ("leaders", name, year), led, left, year)


def _away(rows: Rows, key: Key, people: list[int], most: int, year: int) -> None:
    if len(people) > most:
        cadres = rows.study_plans.problem.cadres["cadre"].to_numpy()
        rows.at_most(key, [([rows.column("away", str(cadres[person]), year) for person in people], 1)], most)


def _movable(study_plans: StudyPlans, modes: Sequence[str]) -> dict[int, list[int]]:
    """Year -> the cadres whom some study plan takes away in it."""
    movable: dict[int, list[int]] = {}
    for kind in study_plans.kinds:
        for year in map(int, study_plans.problem.years):
            if any(each.mode in modes and each.runs(year) for each in kind.candidates):
                movable.setdefault(year, []).extend(kind.first)
    return movable


def classes(rows: Rows, problem: Problem) -> None:
    """The starts of a programme in a year fill k whole classes."""
    starts = rows.study_plans.starts
    for name, size in problem.scenario.classes.items():
        for year in map(int, problem.years):
            own = np.flatnonzero((starts["programme"] == name) & (starts["start"] == year))
            if len(own) == 0:
                continue
            # Without a largest size one class holds them all.
            number = rows.column("classes", name, year, upper=1 if size.max is None else -(-len(own) // size.max))
            most = len(own) if size.max is None else size.max
            rows.at_least(("classes", name, "min", year), [(own, 1), ([number], -size.min)], 0)
            rows.at_most(("classes", name, "max", year), [(own, 1), ([number], -most)], 0)


def budget(rows: Rows, problem: Problem) -> None:
    """The costs of the programmes started in a year are at most the year's budget."""
    if problem.scenario.budget is None:
        return
    starts, amounts = rows.study_plans.starts, problem.scenario.budget.per_year
    costs = {cost: fraction(cost) for cost in starts["cost"].unique()}
    for year in map(int, problem.years):
        amount = amounts.get(year) if isinstance(amounts, dict) else amounts
        if amount is not None:
            own = np.flatnonzero(starts["start"] == year)
            rows.at_most(("budget", year), [(own, [costs[cost] for cost in starts["cost"].iloc[own]])], fraction(amount))


def pins(rows: Rows, problem: Problem) -> None:
    """Every `require` pin is met by at least one start."""
    for number, pin in enumerate(problem.scenario.pins.require):
        matched = np.flatnonzero(pinned(rows.study_plans.starts, pin))
        rows.at_least(("pins", number), [(matched, 1)], 1)
