"""The best plans of a tiny scenario by trying every plan; a plain reading of the contract's sections 3 to 6.

It shares nothing with planner: the files are read by `plain_reading`.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from plain_reading import Register, Row, calendar_years, exact

MOST_PLANS = 600_000
"""More combinations than this take too long to try [plans]."""
LONG = ("full_time", "in_service")
BY_ENTRY = ("attainment", "seat_floors", "shares")
"""Goals that are measured by entries of the scenario; the others add up over the starts."""

Key = tuple[Any, ...]
Tally = dict[Key, Any]
Goal = tuple[str, tuple[str, ...]]
Chosen = frozenset[tuple[str, str, int]]


class TooManyPlansError(Exception):
    """The scenario is not tiny."""


class Start(NamedTuple):
    """A cadre's programme from its first to its last year; current study has a first year long past."""

    cadre: str
    programme: str
    first: int
    last: int

    def overlaps(self, other: Start) -> bool:
        """Whether both occupy some year."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Optimum:
    """The value of every goal in the best plans, by its name in goals.csv; None where no plan exists.

    `plan` is one best plan (cadre, programme, start), `best` are all of them; `plans` is how many obey the rules.
    """

    goals: dict[str, Fraction] | None
    plan: Chosen
    plans: int
    best: tuple[Chosen, ...] = ()


def best_plan(path: Path, *, without: Sequence[str] = (), most: int = MOST_PLANS) -> Optimum:
    """The lexicographic optimum over all plans, by the scenario's goals but those `without`.

    Raises
    ------
    TooManyPlansError
        More than `most` combinations.
    """
    world = World(path)
    goals = [goal for goal in world.goals if goal[0] not in without]
    best: list[Fraction] | None = None
    plans: list[Chosen] = []
    count = 0
    for starts, total in every_plan(world, most):
        count += 1
        score = _no_worse(best, (world.score(goal, total) for goal in goals))
        if score is None:
            continue
        if score != best:
            best, plans = score, []
        plans.append(frozenset((start.cadre, start.programme, start.first) for start in starts))
    if best is None:
        return Optimum(None, frozenset(), 0)
    values = {called(goal): world.signed(goal, score) for goal, score in zip(goals, best, strict=True)}
    return Optimum(values, plans[0], count, tuple(plans))


def _no_worse(best: Sequence[Fraction] | None, scores: Iterable[Fraction]) -> list[Fraction] | None:
    """The scores; None as soon as they turn out worse than the best, so that the rest need not be counted."""
    kept: list[Fraction] = []
    for place, score in enumerate(scores):
        if best is not None and kept == best[:place] and score > best[place]:
            return None
        kept.append(score)
    return kept


def best_plans(path: Path) -> tuple[Optimum, list[Chosen]]:
    """The best values of all goals but `lot`, and every plan that has them. Raises as `best_plan` does."""
    optimum = best_plan(path, without=("lot",))
    return optimum, list(optimum.best)


def called(goal: Goal) -> str:
    """What a goal is called in goals.csv."""
    kind, entries = goal
    return f"{kind}[{','.join(entries)}]" if entries else kind


def every_plan(world: World, most: int = MOST_PLANS) -> Iterator[tuple[tuple[Start, ...], Tally]]:
    """Every plan that obeys all rules, and the sum of its tallies."""
    choices = [[(chosen, world.tally(cadre, chosen)) for chosen in world.careers(cadre)] for cadre in world.roster]
    if (number := math.prod(map(len, choices))) > most:
        raise TooManyPlansError(f"{number} combinations")
    combinations = _combinations(choices, world.limits, world.before)
    return ((starts, total) for starts, total in combinations if world.permits(total))


def _combinations(
    choices: Sequence[Sequence[tuple[tuple[Start, ...], Tally]]], limits: Mapping[Key, Any], before: Tally
) -> Iterator[tuple[tuple[Start, ...], Tally]]:
    """Every combination of the cadres' choices that keeps to the limits; a limit once broken stays broken."""
    if not choices:
        yield (), before
        return
    for starts, total in _combinations(choices[:-1], limits, before):
        for more, tally in choices[-1]:
            if all(total.get(key, 0) + tally[key] <= limits[key] for key in tally.keys() & limits.keys()):
                together = dict(total)
                for key, amount in tally.items():
                    together[key] = together.get(key, 0) + amount
                yield starts + more, together


class World(Register):
    """A scenario with its tables, and every sentence of the contract's sections 3 to 6 as a method.

    `more` are limits that are so many higher (or lower) than the scenario says, by their key in `limits`.
    """

    def __init__(self, path: Path, more: Mapping[Key, int] | None = None) -> None:
        super().__init__(path)
        self.more = more or {}

    # Sections 3 and 4: time, and which starts are admissible.

    def start(self, cadre: str, programme: str, year: int) -> Start:
        """A start; it is completed in its last year."""
        return Start(cadre, programme, year, year + calendar_years(self.programmes[programme]) - 1)

    def studies(self, cadre: str) -> list[Start]:
        """The current studies, which began before the horizon."""
        row = self.roster[cadre]
        until = (row.get("studying_until") or "").split()
        names = (row.get("studying") or "").split()
        return [Start(cadre, name, 0, int(year)) for name, year in zip(names, until, strict=True)]

    def admits(self, start: Start) -> bool:
        """Section 4 but for what is to be held before, which ladder_order and requires look after."""
        row, entry = self.roster[start.cadre], self.programmes[start.programme]
        level = self.level(row, entry["ladder"])
        return (
            level is not None
            and level < self.place(entry["ladder"], entry["to"])
            and self.covers(entry.get("eligible", {}), row, start.first, entry.get("begins"))
            and self._serves(start)
            and (entry.get("open", False) or any(self.counts(pool, start) for pool in self.seats))
            and not any(_meets(start, pin) for pin in self.pins.get("forbid", []))
            and all(self._after_study(study, start) for study in self.studies(start.cadre))
            and self._in_time(start)
            and self._after_history(start)
        )

    def _serves(self, start: Start) -> bool:
        """Whether the service owed ends before the cadre retires."""
        owed = exact(self.programmes[start.programme].get("serve_after_years", 0))
        retires = self.retires(self.roster[start.cadre])
        return retires is None or start.last + owed < retires

    def _in_time(self, start: Start) -> bool:
        """Whether the programme may be started in the year, the cadre is in service by then, and never on leave."""
        years = self.programmes[start.programme].get("years", {})
        joined = self.joins(self.roster[start.cadre])
        on_leave = any(self.on_leave(start.cadre, year) for year in range(start.first, start.last + 1))
        in_range = years.get("from", start.first) <= start.first <= years.get("to", start.first)
        return in_range and (joined is None or start.first >= joined) and not on_leave

    def on_leave(self, cadre: str, year: int, *, away: bool = False) -> bool:
        """Whether a cadre is on leave in a year; `away`: on a leave that counts as absence."""
        return any(
            str(leave["cadre"]) == cadre and leave["from"] <= year <= leave["to"] and (leave.get("away") or not away)
            for leave in self.scenario.get("leave", {}).values()
        )

    def _after_study(self, study: Start, start: Start) -> bool:
        learns, entry = self.programmes[study.programme], self.programmes[start.programme]
        if learns["ladder"] == entry["ladder"]:
            ladder = entry["ladder"]
            return self.place(ladder, learns["to"]) < self.place(ladder, entry["to"]) and self.agree(study, start)
        return self.agree(study, start)

    def _after_history(self, start: Start) -> bool:
        """Whether enough years lie between the long programmes that happened and a start."""
        rows = [row for row in self.history if row["cadre"] == start.cadre and self._long(row["programme"])]
        rested = all(self._rested(int(row["finish"]), start.first) for row in rows)
        return rested or not self._long(start.programme)

    def _long(self, programme: str) -> bool:
        """Whether a programme, which history may name although it is no more, is a long one."""
        return programme in self.programmes and self.programmes[programme]["mode"] in LONG

    def _rested(self, finish: int, start: int) -> bool:
        pause: int = self.scenario.get("study_load", {}).get("years_between", 0)
        return not pause or start - finish - 1 >= pause

    def counts(self, pool: str, start: Start) -> bool:
        """Whether a start counts in a pool."""
        entry, row = self.seats[pool], self.roster[start.cadre]
        return start.programme in entry["programmes"] and self.covers(entry["who"], row, self.as_of)

    # Section 5, what concerns one cadre.

    def careers(self, cadre: str) -> list[tuple[Start, ...]]:
        """Every set of starts that one cadre may make, the empty one included."""
        starts = [self.start(cadre, name, year) for name in self.programmes for year in self.years]
        most = self._most_starts(cadre)
        sets: list[tuple[Start, ...]] = [()]
        for start in filter(self.admits, starts):
            shorter = [chosen for chosen in sets if len(chosen) < most]
            sets += [(*chosen, start) for chosen in shorter if all(self.agree(start, other) for other in chosen)]
            if len(sets) > MOST_PLANS:
                raise TooManyPlansError(cadre)
        return [chosen for chosen in sets if self.few_short(cadre, chosen) and self.prepared(cadre, chosen)]

    def _most_starts(self, cadre: str) -> float:
        """How many starts a cadre has left; never less than none."""
        most = self.scenario.get("study_load", {}).get("starts_per_cadre", math.inf)
        return max(0, most - sum(row["cadre"] == cadre for row in self.happened))

    def agree(self, one: Start, other: Start) -> bool:
        """Whether one_at_a_time, ladder_order and study_load let a cadre do both, whatever else he does."""
        mine, yours = self.programmes[one.programme], self.programmes[other.programme]
        same_ladder, modes = mine["ladder"] == yours["ladder"], (mine["mode"], yours["mode"])
        if one.overlaps(other):
            return not same_ladder and "full_time" not in modes and "short" in modes
        earlier, later = sorted([one, other], key=lambda start: start.last)
        if "short" not in modes and not self._rested(earlier.last, later.first):
            return False
        ladder, low, high = mine["ladder"], *(self.programmes[each.programme]["to"] for each in (earlier, later))
        return not same_ladder or self.place(ladder, low) < self.place(ladder, high)

    def few_short(self, cadre: str, chosen: Sequence[Start]) -> bool:
        """At most `short_per_year` short programmes in a year; current study counts but breaks no rule alone."""
        limit = self.scenario.get("study_load", {}).get("short_per_year", 1)
        for year in range(self.first, max((start.last for start in chosen), default=self.first) + 1):
            new = sum(self._in(start, year, ["short"]) for start in chosen)
            if new and new + sum(self._in(study, year, ["short"]) for study in self.studies(cadre)) > limit:
                return False
        return True

    def _in(self, start: Start, year: int, modes: Sequence[str]) -> bool:
        return start.first <= year <= start.last and self.programmes[start.programme]["mode"] in modes

    def prepared(self, cadre: str, chosen: Sequence[Start]) -> bool:
        """Whether each programme's `from` and all that it `requires` is held before it starts."""
        return all(
            self.holds(cadre, ladder, start.first - 1, chosen) >= self.place(ladder, level)
            for start in chosen
            for ladder, level in self._asked(start.programme)
        )

    def _asked(self, programme: str) -> list[tuple[str, str]]:
        entry = self.programmes[programme]
        return [(entry["ladder"], entry["from"]), *entry.get("requires", {}).items()]

    def holds(self, cadre: str, ladder: str, year: int, chosen: Sequence[Start], *, begun: bool = False) -> int:
        """The place of the level that a cadre holds at the end of a year, or, `begun`, holds or studies for.

        -1 where it is unknown: only current study makes such a level known.
        """
        level = self.level(self.roster[cadre], ladder)
        done = [start for start in chosen if (start.first if begun else start.last) <= year]
        done += [study for study in self.studies(cadre) if begun or study.last <= year]
        own = [self.programmes[start.programme] for start in done]
        reached = [self.place(ladder, entry["to"]) for entry in own if entry["ladder"] == ladder]
        return max([-1 if level is None else level, *reached])

    # Section 5, what concerns many: a tally per cadre, and what the sum of them must keep to.

    def tally(self, cadre: str, chosen: Sequence[Start]) -> Tally:
        """What a cadre's starts add to everything that rules and goals count."""
        keys = [(key, amount) for start in chosen for key, amount in self._tally_of(start)]
        agency = self.roster[cadre]["agency"]
        for year in self.years:
            if self.leaves(cadre, year, chosen):
                keys.append((("away", agency, year), 1))
                keys.append((("leaders", agency, year), int(self.leads(cadre, year))))
        keys += [(("attained", target), int(self.attains(target, cadre, chosen))) for target in self.targets]
        return _summed(keys)

    def _tally_of(self, start: Start) -> Iterator[tuple[Key, Any]]:
        """What one start adds."""
        agency, year = self.roster[start.cadre]["agency"], start.first
        yield ("class", start.programme, year), 1
        yield ("budget", year), exact(self.programmes[start.programme].get("cost", 0))
        for pool in self.seats:
            if self.counts(pool, start):
                yield ("pool", pool, year), 1
                yield ("total", pool), 1
                yield ("agency", pool, agency, year), 1
                yield ("agency_total", pool, agency), 1
        for share in self.shares:
            yield from self._tally_of_share(share, start)
        for number, pin in enumerate(self.pins.get("require", [])):
            yield ("pin", number), int(_meets(start, pin))
        for kind, entries in self.goals:
            if kind not in BY_ENTRY:
                yield ("goal", kind, entries), self.each(kind, entries, start)

    def _tally_of_share(self, share: str, start: Start) -> Iterator[tuple[Key, Any]]:
        entry, row = self.shares[share], self.roster[start.cadre]
        year = start.first if entry.get("per") == "year" else None
        if start.programme in entry.get("programmes", self.programmes) and self._among(share, "among", row):
            yield ("sent", share, year), 1
            yield ("of_group", share, year), int(self._among(share, "who", row))

    def _among(self, share: str, key: str, row: Row) -> bool:
        return self.covers(self.shares[share].get(key, {}), row, self.as_of)

    @cached_property
    def before(self) -> Tally:
        """What history adds to all that is counted over the horizon, and the earlier plan to the changes."""
        keys: list[tuple[Key, Any]] = [(("goal", "changes", ()), len(self.earlier))]
        for row in self.happened:
            for pool in set(row["pools"].split()) & set(self.seats):
                keys.append((("total", pool), 1))
                keys.append((("agency_total", pool, row["agency"]), 1))
            for share in set(row["shares"].split()) & set(self.shares):
                if self.shares[share].get("per") != "year":
                    keys.append((("sent", share, None), 1))
                    keys.append((("of_group", share, None), int(share in row["of_group"].split())))
        return _summed(keys)

    def leaves(self, cadre: str, year: int, chosen: Sequence[Start]) -> bool:
        """Whether the starts take a cadre away who is not away already."""
        return any(self.takes_away(start, year) for start in chosen) and not self.away_already(cadre, year)

    def takes_away(self, start: Start, year: int) -> bool:
        """Whether a programme takes its cadre away in a year."""
        return self._in(start, year, self.scenario.get("absence", {}).get("modes", []))

    def away_already(self, cadre: str, year: int) -> bool:
        """Whether current study or leave takes a cadre away in a year."""
        studying = any(self.takes_away(study, year) for study in self.studies(cadre))
        return studying or self.on_leave(cadre, year, away=True)

    def leads(self, cadre: str, year: int) -> bool:
        """Whether the cadre is one of the leaders and in service in a year."""
        leaders, row = self.scenario.get("absence", {}).get("leaders"), self.roster[cadre]
        return bool(leaders and self.covers(leaders["who"], row, self.as_of) and self.in_service(row, year))

    @cached_property
    def limits(self) -> Tally:
        """The most that the sum of the tallies may reach; what history, study and leave used up is not given back."""
        raised = {key: limit + self.more.get(key, 0) - self.gone.get(key, 0) for key, limit in self.written.items()}
        return {key: max(limit, self.before.get(key, 0)) for key, limit in raised.items()}

    @cached_property
    def written(self) -> Tally:
        """The limits as the scenario has them."""
        limits: Tally = {}
        for pool in self.seats:
            limits |= self._limits_of_pool(pool)
        amounts = self.scenario.get("budget", {}).get("per_year", {})
        for year in self.years:
            if not isinstance(amounts, dict) or year in amounts:
                limits["budget", year] = exact(amounts[year] if isinstance(amounts, dict) else amounts)
        for agency in self.agencies:
            for year in self.years:
                limits |= self._limits_away(agency, year)
        return limits

    @cached_property
    def agencies(self) -> list[str]:
        """The agencies of the roster."""
        return sorted({row["agency"] for row in self.roster.values()})

    def _limits_of_pool(self, pool: str) -> Tally:
        total = self.seats[pool].get("total", {})
        total = total.get("max") if isinstance(total, dict) else total
        per_agency = self.seats[pool].get("per_agency", {})
        limits = {("total", pool): total}
        limits |= {("pool", pool, year): self.per_year(pool, year)[1] for year in self.years}
        for agency in self.agencies:
            limits["agency_total", pool, agency] = per_agency.get("total")
            limits |= {("agency", pool, agency, year): per_agency.get("max") for year in self.years}
        return {key: limit for key, limit in limits.items() if limit is not None}

    def per_year(self, pool: str, year: int) -> tuple[int, int | None]:
        """The fewest and the most starts of a pool in a year."""
        entry = self.seats[pool].get("per_year", {})
        if isinstance(entry, dict) and any(isinstance(key, int) for key in entry):
            entry = entry.get(year, 0)
        return (entry.get("min", 0), entry.get("max")) if isinstance(entry, dict) else (0, entry)

    def _limits_away(self, agency: str, year: int) -> Tally:
        """An agency's allowance, and how many of its leaders may leave."""
        absence = self.scenario.get("absence", {})
        limits: Tally = {}
        for band in absence.get("bands", []):
            if self.headcounts[agency] <= band.get("up_to", math.inf):
                share = exact(band.get("share", 0)) * self.headcounts[agency]
                limits["away", agency, year] = band.get("away", math.floor(share))
                break
        leaders = [cadre for cadre in self._staff(agency) if self.leads(cadre, year)]
        if len(leaders) >= 2:
            limits["leaders", agency, year] = max(0, len(leaders) - absence["leaders"].get("present", 1))
        return limits

    def _staff(self, agency: str) -> list[str]:
        return [cadre for cadre, row in self.roster.items() if row["agency"] == agency]

    @cached_property
    def gone(self) -> Tally:
        """How many of an agency, and of its leaders, current study and leave take away in a year."""
        return _summed(
            (key, number)
            for agency in self.agencies
            for year in self.years
            for cadre in self._staff(agency)
            if self.away_already(cadre, year)
            for key, number in (
                (("away", agency, year), 1),
                (("leaders", agency, year), int(self.leads(cadre, year))),
            )
        )

    def permits(self, total: Tally) -> bool:
        """Whether the sum of the tallies keeps the rules that ask for something, not only limit it."""
        for programme, size in self.scenario.get("classes", {}).items():
            if not all(_fills(total.get(("class", programme, year), 0), size) for year in self.years):
                return False
        if not all(total.get(("pin", number)) for number in range(len(self.pins.get("require", [])))):
            return False
        lacks = ((self.targets, self.shortfall), (self.seats, self.below), (self.shares, self.lacking))
        return not any(entry.get("must") and lack(name, total) for all_, lack in lacks for name, entry in all_.items())

    # Section 6.

    def score(self, goal: Goal, total: Tally) -> Fraction:
        """The value of a goal, the smaller the better."""
        return self.signed(goal, self.value(goal, total))

    def signed(self, goal: Goal, value: Fraction) -> Fraction:
        """Turned round where more is better."""
        return -value if goal[0] == "priority" else value

    def value(self, goal: Goal, total: Tally) -> Fraction:
        """The value of a goal."""
        kind, entries = goal
        match kind:
            case "attainment":
                return self._weighed(self.targets, entries, total, self.shortfall)
            case "seat_floors":
                return Fraction(sum(self.below(pool, total) for pool in entries or self.seats))
            case "shares":
                return self._weighed(self.shares, entries, total, self.lacking)
            case _:
                return Fraction(total.get(("goal", *goal), 0))

    def _weighed(self, among: dict[str, Any], entries: Iterable[str], total: Tally, lack: Any) -> Fraction:
        weights = {name: exact(among[name].get("weight", 1)) for name in entries or among}
        return sum((weight * lack(name, total) for name, weight in weights.items()), Fraction(0))

    def each(self, kind: str, entries: Sequence[str], start: Start) -> Fraction:
        """What one start adds to a goal."""
        match kind:
            case "starts":
                return Fraction(1)
            case "priority":
                named = [entry for name, entry in self.scenario.get("priority", {}).items() if name in entries]
                ranks = named if entries else self.scenario.get("priority", {}).values()
                return sum((self._points(rank, start) for rank in ranks), Fraction(0))
            case "early":
                return Fraction(start.last - self.first + 1)
            case "cost":
                return exact(self.programmes[start.programme].get("cost", 0))
            case "changes":
                return Fraction(-1 if (start.cadre, start.programme, start.first) in self.earlier else 1)
            case _:
                text = f"{self.scenario.get('lot', 1)}|{start.cadre}|{start.programme}|{start.first}"
                return Fraction(int(hashlib.sha256(text.encode("utf-8")).hexdigest()[:5], 16))

    def _points(self, rank: Mapping[str, Any], start: Start) -> Fraction:
        listed = start.programme in rank.get("programmes", self.programmes)
        covered = self.covers(rank["who"], self.roster[start.cadre], self.as_of)
        return exact(rank["points"]) if listed and covered else Fraction(0)

    def by(self, target: str) -> int:
        """The year of reckoning."""
        return int(self.targets[target].get("by", self.last))

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """The members of each target who are counted."""
        return {
            target: {cadre for cadre, row in self.roster.items() if self._is_member(target, row)}
            for target in self.targets
        }

    def _is_member(self, target: str, row: Row) -> bool:
        entry, by = self.targets[target], self.by(target)
        leaves = entry.get("leavers") == "excluded" and (self.retires(row) or 9999) <= by
        covered = self.covers(entry["who"], row, entry.get("as_of", self.as_of))
        return covered and not leaves and (self.joins(row) or 0) <= by

    def attains(self, target: str, cadre: str, chosen: Sequence[Start]) -> bool:
        """Whether a cadre is a counted member who has every level by the year of reckoning."""
        entry = self.targets[target]
        begun, year = entry.get("counts") == "enrolled", self.by(target)
        return cadre in self.members[target] and all(
            self.holds(cadre, ladder, year, chosen, begun=begun) >= self.place(ladder, level)
            for ladder, level in entry["level"].items()
        )

    @cached_property
    def required(self) -> dict[str, int]:
        """The number of members that each target asks for."""
        return {target: self._required(target) for target in self.targets}

    def _required(self, target: str) -> int:
        entry = self.targets[target]
        if "at_least" in entry:
            return int(entry["at_least"])
        number, bit = exact(entry["share"]) * len(self.members[target]), Fraction(1, 10**9)
        rounding = entry.get("rounding", "up")
        if rounding == "up":
            return math.ceil(number - bit)
        return math.floor(number + bit + (Fraction(1, 2) if rounding == "nearest" else 0))

    def shortfall(self, target: str, total: Tally) -> int:
        """How many members a target lacks."""
        return max(0, self.required[target] - int(total.get(("attained", target), 0)))

    def below(self, pool: str, total: Tally) -> int:
        """How many starts a pool lacks to its minima, those of the years and that of the horizon."""
        floors = ((self.per_year(pool, year)[0], ("pool", pool, year)) for year in self.years)
        whole = self.seats[pool].get("total", {})
        least = whole.get("min", 0) if isinstance(whole, dict) else 0
        return sum(max(0, floor - total.get(key, 0)) for floor, key in (*floors, (least, ("total", pool))))

    def lacking(self, share: str, total: Tally) -> int:
        """How many starts of the group a share lacks, in its years or over the horizon."""
        entry = self.shares[share]
        lack = 0
        for year in self.years if entry.get("per") == "year" else (None,):
            sent, group = (total.get((key, share, year), 0) for key in ("sent", "of_group"))
            lack += max(0, math.ceil(exact(entry["min"]) * sent - group - Fraction(1, 10**9)))
        return lack


def _summed(keys: Iterable[tuple[Key, Any]]) -> Tally:
    """The sum of the amounts of each key, without zeros."""
    total: Tally = {}
    for key, amount in keys:
        total[key] = total.get(key, 0) + amount
    return {key: amount for key, amount in total.items() if amount}


def _fills(number: int, size: Mapping[str, int]) -> bool:
    """Whether a number of starts makes whole classes; without a largest size one class holds them all."""
    least, most = size.get("min", 0), size.get("max", max(number, 1))
    return any(classes * least <= number <= classes * most for classes in range(number + 1))


def _meets(start: Start, pin: Mapping[str, Any]) -> bool:
    given = {"cadre": start.cadre, "programme": start.programme, "start": start.first}
    return all(str(given[key]) == str(want) for key, want in pin.items() if key != "source")
