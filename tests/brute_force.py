"""The best plan of a tiny scenario by trying every plan; a plain reading of the contract, from the files alone.

It shares nothing with planner, not even the reading of files and conditions: it trusts that they have no faults.
"""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

MOST_PLANS = 400_000
"""More combinations than this take too long to try [plans]."""

Row = Mapping[str, str]
Tally = dict[tuple[Any, ...], Any]


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
    """The value of every goal in the best plan, and one plan that has them; None where no plan exists."""

    goals: dict[str, Fraction] | None
    plan: frozenset[tuple[str, str, int]]
    plans: int


def best_plan(path: Path) -> Optimum:
    """The lexicographic optimum over all plans. `plans` is how many obey the rules.

    Raises
    ------
    TooManyPlansError
        More than `MOST_PLANS` combinations.
    """
    world = World(read_scenario(path))
    choices = [[(chosen, world.tally(cadre, chosen)) for chosen in world.careers(cadre)] for cadre in world.roster]
    if math.prod(map(len, choices)) > MOST_PLANS:
        raise TooManyPlansError(f"{path}: {math.prod(map(len, choices))} combinations")
    best: list[Fraction] | None = None
    plan: tuple[Start, ...] = ()
    count = 0
    for starts, total in _plans(choices, world.limits):
        if not world.permits(total):
            continue
        count += 1
        # Larger is worse in all of them, priority turned round.
        score = [-world.value(goal, total) if goal == "priority" else world.value(goal, total) for goal in world.goals]
        if best is None or score < best:
            best, plan = score, starts
    if best is None:
        return Optimum(None, frozenset(), 0)
    values = {goal: -value if goal == "priority" else value for goal, value in zip(world.goals, best, strict=True)}
    return Optimum(values, frozenset((start.cadre, start.programme, start.first) for start in plan), count)


def best_plans(path: Path) -> tuple[Optimum, list[frozenset[tuple[str, str, int]]]]:
    """The best values of all goals but `lot`, and every plan that has them. Raises as `best_plan` does."""
    world = World(read_scenario(path))
    choices = [[(chosen, world.tally(cadre, chosen)) for chosen in world.careers(cadre)] for cadre in world.roster]
    if math.prod(map(len, choices)) > MOST_PLANS:
        raise TooManyPlansError(f"{path}: {math.prod(map(len, choices))} combinations")
    goals = [goal for goal in world.goals if goal != "lot"]
    best: list[Fraction] | None = None
    plans: list[frozenset[tuple[str, str, int]]] = []
    for starts, total in _plans(choices, world.limits):
        if not world.permits(total):
            continue
        score = [-world.value(goal, total) if goal == "priority" else world.value(goal, total) for goal in goals]
        if best is None or score < best:
            best, plans = score, []
        if score == best:
            plans.append(frozenset((start.cadre, start.programme, start.first) for start in starts))
    if best is None:
        return Optimum(None, frozenset(), 0), []
    values = {goal: -value if goal == "priority" else value for goal, value in zip(goals, best, strict=True)}
    return Optimum(values, plans[0], len(plans)), plans


def _plans(
    choices: Sequence[Sequence[tuple[tuple[Start, ...], Tally]]], limits: Mapping[tuple[Any, ...], Any]
) -> Iterator[tuple[tuple[Start, ...], Tally]]:
    """Every combination of the cadres' choices that keeps to the limits; a limit once broken stays broken."""
    if not choices:
        yield (), {}
        return
    for starts, total in _plans(choices[:-1], limits):
        for more, tally in choices[-1]:
            if all(total.get(key, 0) + tally[key] <= limits[key] for key in tally.keys() & limits.keys()):
                together = dict(total)
                for key, amount in tally.items():
                    together[key] = together.get(key, 0) + amount
                yield starts + more, together


# --- reading --------------------------------------------------------------------------------------------------------


def read_scenario(path: Path) -> dict[str, Any]:
    """The scenario with what it extends; its tables under `cadres` and `offices`."""
    scenario = _merged_files(path)
    scenario["cadres"] = _rows(scenario["roster"])
    scenario["offices"] = _rows(scenario["agencies"]) if "agencies" in scenario else None
    return scenario


def _merged_files(path: Path) -> dict[str, Any]:
    own: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in ("roster", "agencies"):
        if key in own:
            own[key] = path.parent / own[key]
    base = own.pop("extends", None)
    return dict(_merged(_merged_files(path.parent / base), own)) if base else own


def _merged(base: Any, over: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    result = {key: _merged(base.get(key), over[key]) if key in over else base[key] for key in {**base, **over}}
    return {key: value for key, value in result.items() if value is not None}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def exact(number: float) -> Fraction:
    """The decimal as it is written."""
    return Fraction(str(number))


# --- the contract ---------------------------------------------------------------------------------------------------


class World:
    """A scenario with its tables, and every sentence of the contract's sections 2 to 6 as a method."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.scenario = scenario
        self.roster: dict[str, Row] = {row["cadre"]: row for row in scenario["cadres"]}
        self.first, self.last = scenario["horizon"]["first"], scenario["horizon"]["last"]
        self.years = range(self.first, self.last + 1)
        self.programmes: dict[str, Any] = scenario["programmes"]
        self.seats: dict[str, Any] = scenario.get("seats", {})
        self.targets: dict[str, Any] = scenario.get("targets", {})
        self.goals: list[str] = scenario["goals"]
        self.pins: dict[str, list[dict[str, Any]]] = scenario.get("pins", {})

    # Section 2: who, levels, headcounts.

    def headcount(self, agency: str) -> int:
        """Of the agencies table, else the rows on the roster."""
        if self.scenario["offices"] is None:
            return sum(row["agency"] == agency for row in self.roster.values())
        return next(int(row["headcount"]) for row in self.scenario["offices"] if row["agency"] == agency)

    def covers(self, who: Any, row: Row, year: int) -> bool:
        """Whether a cadre satisfies a group's name or a condition in a year."""
        if isinstance(who, str):
            return self.covers(self.scenario["groups"][who], row, self.first)
        return all(self._holds(key, want, row, year) for key, want in who.items())

    def _holds(self, key: str, want: Any, row: Row, year: int) -> bool:
        match key:
            case "all":
                return all(self.covers(part, row, year) for part in want)
            case "any":
                return any(self.covers(part, row, year) for part in want)
            case "not":
                return not self.covers(want, row, year)
        have = self._cell(key, row, year)
        if have is None:
            return False
        if isinstance(want, dict):
            low, high = want.get("min"), want.get("max")
            number = float(have)
            return (low is None or number >= self._number(key, low)) and (
                high is None or number <= self._number(key, high)
            )
        wanted = want if isinstance(want, list) else [want]
        return any(_same(have, self._number(key, each) if key in self.scenario["ladders"] else each) for each in wanted)

    def _cell(self, key: str, row: Row, year: int) -> Any:
        """A cell as a number where it is one; None where it is missing."""
        if key == "headcount":
            return self.headcount(row["agency"])
        started = {"age": "birth_year", "service_years": "service_start"}
        if key in started:
            since = row[started[key]]
            return year - int(since) if since else None
        if key in self.scenario["ladders"]:
            return self.level(row, key)
        return row[key] or None

    def _number(self, key: str, value: Any) -> float:
        return self.place(key, value) if key in self.scenario["ladders"] else float(value)

    def place(self, ladder: str, level: str) -> int:
        """The place of a level in its ladder."""
        return list(self.scenario["ladders"][ladder]).index(level)

    def level(self, row: Row, ladder: str) -> int | None:
        """The place of the level that the roster gives a cadre; None where it is unknown."""
        return self.place(ladder, row[ladder]) if row.get(ladder) else None

    # Sections 3 and 4: time, and which starts are admissible.

    def finish(self, programme: str, year: int) -> int:
        """The year in which a programme started in `year` is completed."""
        return year + math.ceil(exact(self.programmes[programme]["months"]) / 12) - 1

    def study(self, cadre: str) -> Start | None:
        """The current study, which began before the horizon."""
        row = self.roster[cadre]
        return Start(cadre, row["studying"], 0, int(row["studying_until"])) if row.get("studying") else None

    def admits(self, start: Start) -> bool:
        """Section 4 but for the ways to reach `from`, which the rule ladder_order looks after."""
        row, entry, study = self.roster[start.cadre], self.programmes[start.programme], self.study(start.cadre)
        level, ladder = self.level(row, entry["ladder"]), entry["ladder"]
        if level is None or level >= self.place(ladder, entry["to"]):
            return False
        if not self.covers(entry.get("eligible", {}), row, start.first):
            return False
        if row.get("retires") and start.last + exact(entry.get("serve_after_years", 0)) >= int(row["retires"]):
            return False
        seated = entry.get("open", False) or any(self.counts(pool, start) for pool in self.seats)
        if not seated or any(_meets(start, pin) for pin in self.pins.get("forbid", [])):
            return False
        if study is None:
            return True
        learns = self.programmes[study.programme]
        higher = learns["ladder"] != ladder or self.place(ladder, learns["to"]) < self.place(ladder, entry["to"])
        return higher and self.agree(study, start)

    def counts(self, pool: str, start: Start) -> bool:
        """Whether a start counts in a pool."""
        entry, row = self.seats[pool], self.roster[start.cadre]
        return start.programme in entry["programmes"] and self.covers(entry["who"], row, self.first)

    # Section 5, what concerns one cadre.

    def careers(self, cadre: str) -> list[tuple[Start, ...]]:
        """Every set of starts that one cadre may make, the empty one included."""
        starts = [Start(cadre, name, year, self.finish(name, year)) for name in self.programmes for year in self.years]
        sets: list[tuple[Start, ...]] = [()]
        for start in filter(self.admits, starts):
            sets += [(*chosen, start) for chosen in sets if all(self.agree(start, other) for other in chosen)]
            if len(sets) > MOST_PLANS:
                raise TooManyPlansError(cadre)
        return [chosen for chosen in sets if self.few_short(cadre, chosen) and self.climbs(cadre, chosen)]

    def agree(self, one: Start, other: Start) -> bool:
        """Whether one_at_a_time and ladder_order let a cadre do both, but for what they say of other starts."""
        mine, yours = self.programmes[one.programme], self.programmes[other.programme]
        same_ladder = mine["ladder"] == yours["ladder"]
        if one.overlaps(other):
            modes = (mine["mode"], yours["mode"])
            return not same_ladder and "full_time" not in modes and "short" in modes
        earlier, later = (mine, yours) if one.last < other.first else (yours, mine)
        return not same_ladder or self.place(mine["ladder"], earlier["to"]) < self.place(mine["ladder"], later["to"])

    def few_short(self, cadre: str, chosen: Sequence[Start]) -> bool:
        """At most `short_per_year` short programmes in a year; current study counts but breaks no rule alone."""
        limit = self.scenario.get("study_load", {}).get("short_per_year", 1)
        study = self.study(cadre)
        for year in range(self.first, max((start.last for start in chosen), default=self.first) + 1):
            new = sum(self._in(start, year, ["short"]) for start in chosen)
            if new and new + (study is not None and self._in(study, year, ["short"])) > limit:
                return False
        return True

    def _in(self, start: Start, year: int, modes: Sequence[str]) -> bool:
        return start.first <= year <= start.last and self.programmes[start.programme]["mode"] in modes

    def climbs(self, cadre: str, chosen: Sequence[Start]) -> bool:
        """Each programme's `from` is held when it starts."""
        return all(
            self.holds(cadre, self.programmes[start.programme]["ladder"], start.first - 1, chosen)
            >= self.place(self.programmes[start.programme]["ladder"], self.programmes[start.programme]["from"])
            for start in chosen
        )

    def holds(self, cadre: str, ladder: str, year: int, chosen: Sequence[Start], *, begun: bool = False) -> int:
        """The place of the level that a cadre holds at the end of a year, or, `begun`, holds or studies for.

        An unknown level stays unknown, whatever is studied: -1.
        """
        level = self.level(self.roster[cadre], ladder)
        if level is None:
            return -1
        study = self.study(cadre)
        done = [start for start in chosen if (start.first if begun else start.last) <= year]
        done += [study] if study is not None and (begun or study.last <= year) else []
        own = [self.programmes[start.programme]["to"] for start in done if self._on(start, ladder)]
        return max([level, *(self.place(ladder, to) for to in own)])

    def _on(self, start: Start, ladder: str) -> bool:
        return bool(self.programmes[start.programme]["ladder"] == ladder)

    # Section 5, what concerns many: a tally per cadre, and what the sum of them must keep to.

    def tally(self, cadre: str, chosen: Sequence[Start]) -> Tally:
        """What a cadre's starts add to everything that rules and goals count."""
        total: Tally = {}

        def add(amount: Any, *key: Any) -> None:
            if amount:
                total[key] = total.get(key, 0) + amount

        for start in chosen:
            add(1, "class", start.programme, start.first)
            add(exact(self.programmes[start.programme].get("cost", 0)), "budget", start.first)
            for pool in self.seats:
                if self.counts(pool, start):
                    add(1, "pool", pool, start.first)
                    add(1, "total", pool)
            for number, pin in enumerate(self.pins.get("require", [])):
                add(int(_meets(start, pin)), "pin", number)
            for goal in set(self.goals) - {"attainment", "seat_floors"}:
                add(self.each(goal, start), "goal", goal)
        for year in self.years:
            if self.leaves(cadre, year, chosen):
                agency = self.roster[cadre]["agency"]
                add(1, "away", agency, year)
                add(int(self.leads(cadre)), "leaders", agency, year)
        for target in self.targets:
            add(int(self.attains(target, cadre, chosen)), "attained", target)
        return total

    def leaves(self, cadre: str, year: int, chosen: Sequence[Start]) -> bool:
        """Whether the starts take a cadre away who is not away already."""
        return any(self.away(start, year) for start in chosen) and not self.away(self.study(cadre), year)

    def away(self, start: Start | None, year: int) -> bool:
        """Whether a programme takes its cadre away in a year."""
        modes = self.scenario.get("absence", {}).get("modes", [])
        return start is not None and self._in(start, year, modes)

    def leads(self, cadre: str) -> bool:
        """Whether the cadre is one of the leaders."""
        leaders = self.scenario.get("absence", {}).get("leaders")
        return bool(leaders and self.covers(leaders["who"], self.roster[cadre], self.first))

    @cached_property
    def limits(self) -> dict[tuple[Any, ...], Any]:
        """The most that the sum of the tallies may reach."""
        limits: dict[tuple[Any, ...], Any] = {}
        for pool, entry in self.seats.items():
            if "total" in entry:
                limits["total", pool] = entry["total"]
            if "max" in entry.get("per_year", {}):
                limits |= {("pool", pool, year): entry["per_year"]["max"] for year in self.years}
        amounts = self.scenario.get("budget", {}).get("per_year", {})
        for year in self.years:
            if not isinstance(amounts, dict) or year in amounts:
                limits["budget", year] = exact(amounts[year] if isinstance(amounts, dict) else amounts)
        for agency in {row["agency"] for row in self.roster.values()}:
            for year in self.years:
                limits |= self._limits_away(agency, year)
        return limits

    def _limits_away(self, agency: str, year: int) -> dict[tuple[Any, ...], Any]:
        """What current study leaves of an agency's allowance, and of its leaders; never less than nobody."""
        absence = self.scenario.get("absence", {})
        staff = [cadre for cadre, row in self.roster.items() if row["agency"] == agency]
        studying = [cadre for cadre in staff if self.away(self.study(cadre), year)]
        limits: dict[tuple[Any, ...], Any] = {}
        for band in absence.get("bands", []):
            if self.headcount(agency) <= band.get("up_to", math.inf):
                share = exact(band.get("share", 0)) * self.headcount(agency)
                limits["away", agency, year] = max(0, band.get("away", math.floor(share)) - len(studying))
                break
        leaders = [cadre for cadre in staff if self.leads(cadre)]
        if len(leaders) >= 2:
            may_leave = len(leaders) - absence["leaders"].get("present", 1)
            limits["leaders", agency, year] = max(0, may_leave - sum(cadre in leaders for cadre in studying))
        return limits

    def permits(self, total: Tally) -> bool:
        """Whether the sum of the tallies keeps the rules that ask for something, not only limit it."""
        for programme, size in self.scenario.get("classes", {}).items():
            if not all(_fills(total.get(("class", programme, year), 0), size) for year in self.years):
                return False
        if not all(total.get(("pin", number)) for number in range(len(self.pins.get("require", [])))):
            return False
        if any(entry.get("must") and self.shortfall(name, total) for name, entry in self.targets.items()):
            return False
        return not any(entry.get("must") and self.below(name, total) for name, entry in self.seats.items())

    # Section 6.

    def value(self, goal: str, total: Tally) -> Fraction:
        """The value of a goal."""
        match goal:
            case "attainment":
                entries = self.targets.items()
                return sum((exact(entry.get("weight", 1)) * self.shortfall(name, total) for name, entry in entries), Z)
            case "seat_floors":
                return Fraction(sum(self.below(name, total) for name in self.seats))
            case _:
                return Fraction(total.get(("goal", goal), 0))

    def each(self, goal: str, start: Start) -> Fraction:
        """What one start adds to a goal; without an earlier plan every start is a change."""
        match goal:
            case "priority":
                row = self.roster[start.cadre]
                entries = self.scenario.get("priority", {}).values()
                return sum((exact(each["points"]) for each in entries if self.covers(each["who"], row, self.first)), Z)
            case "early":
                return Fraction(start.last - self.first + 1)
            case "cost":
                return exact(self.programmes[start.programme].get("cost", 0))
            case "lot":
                text = f"{self.scenario.get('lot', 1)}|{start.cadre}|{start.programme}|{start.first}"
                return Fraction(int(hashlib.sha256(text.encode("utf-8")).hexdigest()[:5], 16))
            case _:
                return Fraction(1)

    def by(self, target: str) -> int:
        """The year of reckoning."""
        return int(self.targets[target].get("by", self.last))

    def members(self, target: str) -> list[str]:
        """The members of a target who are counted."""
        entry = self.targets[target]
        leaves_in = {cadre: int(row["retires"] or 9999) for cadre, row in self.roster.items()}
        return [
            cadre
            for cadre, row in self.roster.items()
            if self.covers(entry["who"], row, self.first)
            and (entry.get("leavers") != "excluded" or leaves_in[cadre] > self.by(target))
        ]

    def attains(self, target: str, cadre: str, chosen: Sequence[Start]) -> bool:
        """Whether a cadre is a counted member who has every level by the year of reckoning."""
        entry = self.targets[target]
        begun, year = entry.get("counts") == "enrolled", self.by(target)
        return cadre in self.members(target) and all(
            self.level(self.roster[cadre], ladder) is not None
            and self.holds(cadre, ladder, year, chosen, begun=begun) >= self.place(ladder, level)
            for ladder, level in entry["level"].items()
        )

    def required(self, target: str) -> int:
        """The number of members that a target asks for."""
        entry = self.targets[target]
        if "at_least" in entry:
            return int(entry["at_least"])
        number, bit = exact(entry["share"]) * len(self.members(target)), Fraction(1, 10**9)
        rounding = entry.get("rounding", "up")
        if rounding == "up":
            return math.ceil(number - bit)
        return math.floor(number + bit + (Fraction(1, 2) if rounding == "nearest" else 0))

    @cached_property
    def _required(self) -> dict[str, int]:
        return {target: self.required(target) for target in self.targets}

    def shortfall(self, target: str, total: Tally) -> int:
        """How many members a target lacks."""
        return max(0, self._required[target] - int(total.get(("attained", target), 0)))

    def below(self, pool: str, total: Tally) -> int:
        """How many starts a pool lacks to its yearly minima."""
        least: int = self.seats[pool].get("per_year", {}).get("min", 0)
        return sum(max(0, least - total.get(("pool", pool, year), 0)) for year in self.years)


Z = Fraction(0)


def _fills(number: int, size: Mapping[str, int]) -> bool:
    """Whether a number of starts makes whole classes; without a largest size one class holds them all."""
    least, most = size.get("min", 0), size.get("max", max(number, 1))
    return any(classes * least <= number <= classes * most for classes in range(number + 1))


def _meets(start: Start, pin: Mapping[str, Any]) -> bool:
    given = {"cadre": start.cadre, "programme": start.programme, "start": start.first}
    return all(str(given[key]) == str(want) for key, want in pin.items())


def _same(have: Any, want: Any) -> bool:
    """Whether a cell is the value that a condition names; yes, true and 1 are one value."""
    truths = {"yes": 1.0, "true": 1.0, "1": 1.0, "no": 0.0, "false": 0.0, "0": 0.0}
    mine, yours = (truths.get(str(value).lower(), value) for value in (have, want))
    return str(mine) == str(yours)
