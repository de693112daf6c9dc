"""Who tells whether an answer is right: two readings of the contract that share nothing with planner's model.

`Census` tries every plan of a tiny scenario; `SecondEngine` asks CP-SAT about the textbook model of any. Both are
asked the same `Question`: the best values of the goals if something were different. What differs is written into a
scenario file beside the one asked about, so that it is read as any scenario is; what no scenario file can say (one
more away from one agency in one year) is a limit raised.

What "the best plans" are for every answer: those with the best values of all goals, but for a `lot` ranked last, which
only chooses among equals.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from brute_force import Goal, Key, Start, TooManyPlansError, World, called

from benchmarks.textbook import Statement, Terms, TextbookResult, possible, solve_textbook
from benchmarks.textbook_reading import Reading
from planner.inputs.loading import load

MOST_PLANS = 40_000
"""More combinations than this are not counted [plans]."""
Values = dict[str, Fraction]
Chosen = tuple[str, str, int]
Pin = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """What is different.

    Attributes
    ----------
    require, forbid
        Further pins: cadre, programme, start; a key left out means any.
    more
        Limits that are so many higher, by their statement: ("seats", (pool, year or "total")), ("absence", ...).
    over
        What else the scenario says, as an overlay that `extends` it.
    """

    require: tuple[Pin, ...] = ()
    forbid: tuple[Pin, ...] = ()
    more: Mapping[Statement, float] = field(default_factory=dict)
    over: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What is different in the scenario's file, as a short text without blanks; empty: nothing."""
        said = [self.require, self.forbid, self.over]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:12] if any(said) else ""

    def requiring(self, *pins: Pin) -> Question:
        """The question with further required pins."""
        return Question((*self.require, *pins), self.forbid, self.more, self.over)

    def forbidding(self, *pins: Pin) -> Question:
        """The question with further forbidden pins."""
        return Question(self.require, (*self.forbid, *pins), self.more, self.over)


AS_IS = Question()


def file_of(path: Path, question: Question) -> Path:
    """The scenario's file of a question, written beside the one asked about."""
    if not question.name:
        return path
    file = path.with_name(f"{path.stem}-{question.name}.yaml")
    if not file.exists():
        over = dict(question.over)
        if question.require or question.forbid:
            pins = World(path).pins
            over["pins"] = {
                "require": [*pins.get("require", []), *map(dict, question.require)],
                "forbid": [*pins.get("forbid", []), *map(dict, question.forbid)],
            }
        file.write_text(yaml.safe_dump({"extends": path.name, **over}, allow_unicode=True), encoding="utf-8")
    return file


class Judge:
    """What both can tell, from the values of the goals alone."""

    def values(self, question: Question = AS_IS) -> Values | None:
        """The best values of the goals but a last `lot`; None where no plan exists."""
        raise NotImplementedError

    def worth(self, plan: Collection[Chosen], question: Question = AS_IS) -> Values | None:
        """The values that a plan has; None where it breaks a rule."""
        raise NotImplementedError

    def plan(self, question: Question = AS_IS) -> frozenset[Chosen] | None:
        """The one best plan where a last `lot` leaves one; None where no plan exists or several are left."""
        raise NotImplementedError

    def some(self, pin: Pin, question: Question = AS_IS) -> bool:
        """Whether some best plan has a start of the pin."""
        best = self.values(question)
        return best is not None and self.values(question.requiring(pin)) == best

    def every(self, pin: Pin, question: Question = AS_IS) -> bool:
        """Whether every best plan has a start of the pin."""
        best = self.values(question)
        return best is not None and self.values(question.forbidding(pin)) != best


# --- every plan -----------------------------------------------------------------------------------------------------


class Census(Judge):
    """Every combination of what the cadres of a tiny scenario may do; a question is a mask over them."""

    def __init__(self, path: Path, most: int = MOST_PLANS) -> None:
        """Count the combinations.

        Raises
        ------
        TooManyPlansError
            More than `most`.
        """
        self.path = path
        world = World(path)
        self.careers = [world.careers(cadre) for cadre in world.roster]
        sizes = [len(careers) for careers in self.careers]
        if math.prod(sizes) > most:
            raise TooManyPlansError(f"{math.prod(sizes)} combinations")
        self.places = np.indices(sizes).reshape(len(sizes), -1)  # cadres x combinations: which career
        self._answered: dict[tuple[str, str], Values | None] = {}

    def values(self, question: Question = AS_IS) -> Values | None:
        """See `Judge`."""
        key = question.name, str(sorted(question.more.items(), key=str))
        if key not in self._answered:
            self._answered[key] = self._values(question)
        return self._answered[key]

    def _values(self, question: Question) -> Values | None:
        if not question.over and (question.require or question.forbid) and not question.more:
            return self._plain.best(self._pinned(question))
        return self.counted(question).best()

    def worth(self, plan: Collection[Chosen], question: Question = AS_IS) -> Values | None:
        """See `Judge`."""
        chosen = set(plan)
        places = []
        for careers in self.careers:
            own = [{(s.cadre, s.programme, s.first) for s in career} for career in careers]
            found = [place for place, career in enumerate(own) if career == {s for s in chosen if s in career}]
            cadre = careers[-1][0].cadre if careers[-1] else None
            wanted = {start for start in chosen if start[0] == cadre}
            found = [place for place in found if own[place] == wanted]
            if not found:
                return None
            places.append(found[0])
        if sum(len(careers[place]) for careers, place in zip(self.careers, places, strict=True)) != len(chosen):
            return None
        return self.counted(question).best((self.places == np.array(places)[:, None]).all(axis=0))

    def plan(self, question: Question = AS_IS) -> frozenset[Chosen] | None:
        """See `Judge`."""
        count = self.counted(question)
        last = count.world.goals[-1]
        places = count.best_plans()
        if last[0] != "lot" or len(places) == 0:
            return None
        lots = count.total(("goal", *last))[0][places]
        places = places[lots == lots.min()]
        return self.starts(int(places[0])) if len(places) == 1 else None

    def nearest(self, plan: Collection[Chosen], question: Question) -> int:
        """By how few starts a best plan of a question differs from a plan."""
        count = self.counted(question)
        return min(len(self.starts(int(place)) ^ frozenset(plan)) for place in count.best_plans())

    def counted(self, question: Question = AS_IS) -> Count:
        """All combinations under the rules and goals of a question."""
        if not question.name and not question.more:
            return self._plain
        return Count(self, World(file_of(self.path, question), _keys(question.more)), question)

    @cached_property
    def _plain(self) -> Count:
        return Count(self, World(self.path), AS_IS)

    def _pinned(self, question: Question) -> np.ndarray:
        """Which combinations obey the further pins."""
        mask = np.ones(self.places.shape[1], dtype=bool)
        for pin in question.require:
            mask &= self.having(pin)
        for pin in question.forbid:
            mask &= ~self.having(pin)
        return mask

    def having(self, pin: Pin) -> np.ndarray:
        """Which combinations have a start of the pin."""
        mask = np.zeros(self.places.shape[1], dtype=bool)
        for careers, places in zip(self.careers, self.places, strict=True):
            has = np.array([any(_meets(start, pin) for start in career) for career in careers])
            mask |= has[places]
        return mask

    def starts(self, combination: int) -> frozenset[Chosen]:
        """The starts of a combination."""
        own = (careers[place] for careers, place in zip(self.careers, self.places[:, combination], strict=True))
        return frozenset((start.cadre, start.programme, start.first) for career in own for start in career)


class Count:
    """The combinations of a census under the rules and goals of one scenario: who obeys, and the goals' values."""

    def __init__(self, census: Census, world: World, question: Question) -> None:
        self.census, self.world = census, world
        self.goals = world.goals[:-1] if world.goals and world.goals[-1][0] == "lot" else world.goals
        self.tallies = [
            [world.tally(cadre, career) for career in careers]
            for cadre, careers in zip(world.roster, census.careers, strict=True)
        ]
        self._sums: dict[Key, tuple[np.ndarray, int]] = {}
        self.obeying = self._obeying() & (census._pinned(Question(forbid=question.forbid)))

    def total(self, key: Key) -> tuple[np.ndarray, int]:
        """What every combination adds up to in a key, in whole numbers, and by what it was multiplied to be so."""
        if key not in self._sums:
            amounts = [[Fraction(tally.get(key, 0)) for tally in own] for own in self.tallies]
            before = Fraction(self.world.before.get(key, 0))
            scale = math.lcm(before.denominator, *(amount.denominator for own in amounts for amount in own))
            whole = np.full(self.census.places.shape[1], int(before * scale), dtype=np.int64)
            for own, places in zip(amounts, self.census.places, strict=True):
                whole += np.array([int(amount * scale) for amount in own], dtype=np.int64)[places]
            self._sums[key] = whole, scale
        return self._sums[key]

    def whole(self, key: Key) -> np.ndarray:
        """What every combination adds up to in a key that counts."""
        number, scale = self.total(key)
        assert scale == 1
        return number

    # The rules that concern many.

    def _obeying(self) -> np.ndarray:
        world = self.world
        mask = np.ones(self.census.places.shape[1], dtype=bool)
        for key, limit in world.limits.items():
            number, scale = self.total(key)
            mask &= number <= math.floor(Fraction(limit) * scale)
        for programme, size in world.scenario.get("classes", {}).items():
            for year in world.years:
                mask &= _fills(self.whole(("class", programme, year)), size)
        for place in range(len(world.pins.get("require", []))):
            mask &= self.whole(("pin", place)) > 0
        sections = ((world.targets, self.shortfall), (world.seats, self.below), (world.shares, self.lacking))
        for section, lack in sections:
            for name, entry in section.items():
                if entry.get("must"):
                    mask &= lack(name) == 0
        return mask

    def shortfall(self, target: str) -> np.ndarray:
        """How many members a target lacks."""
        return np.maximum(0, self.world.required[target] - self.whole(("attained", target)))

    def below(self, pool: str) -> np.ndarray:
        """How many starts a pool lacks to its minima."""
        whole = self.world.seats[pool].get("total", {})
        least = whole.get("min", 0) if isinstance(whole, dict) else 0
        lack = np.maximum(0, least - self.whole(("total", pool)))
        for year in self.world.years:
            lack = lack + np.maximum(0, self.world.per_year(pool, year)[0] - self.whole(("pool", pool, year)))
        return lack

    def lacking(self, share: str) -> np.ndarray:
        """How many starts of the group a share lacks."""
        entry = self.world.shares[share]
        least = Fraction(str(entry["min"]))
        bit = math.floor(least.denominator * Fraction(1, 10**9))
        lack = np.zeros(self.census.places.shape[1], dtype=np.int64)
        for year in self.world.years if entry.get("per") == "year" else (None,):
            sent, group = (self.whole((key, share, year)) for key in ("sent", "of_group"))
            over = sent * least.numerator - group * least.denominator - bit
            lack = lack + np.maximum(0, -(-over // least.denominator))
        return lack

    # The goals.

    def best(self, among: np.ndarray | None = None) -> Values | None:
        """The best values of the goals among the combinations that obey; None where none does."""
        places = self.best_plans(among)
        if len(places) == 0:
            return None
        return {called(goal): self._value(goal, int(places[0])) for goal in self.goals}

    def best_plans(self, among: np.ndarray | None = None) -> np.ndarray:
        """The combinations with the best values."""
        places = np.flatnonzero(self.obeying if among is None else self.obeying & among)
        for goal in self.goals:
            if len(places):
                number = self._scored(goal)[0][places] * (-1 if goal[0] == "priority" else 1)
                places = places[number == number.min()]
        return places

    def _value(self, goal: Goal, place: int) -> Fraction:
        number, scale = self._scored(goal)
        return Fraction(int(number[place]), scale)

    def _scored(self, goal: Goal) -> tuple[np.ndarray, int]:
        """The value of a goal in every combination, in whole numbers, and by what it was multiplied to be so."""
        kind, entries = goal
        lacks = {
            "attainment": (self.world.targets, self.shortfall),
            "seat_floors": (self.world.seats, self.below),
            "shares": (self.world.shares, self.lacking),
        }
        if kind not in lacks:
            return self.total(("goal", *goal))
        section, lack = lacks[kind]
        weighed = kind != "seat_floors"
        weights = {
            n: Fraction(str(section[n].get("weight", 1))) if weighed else Fraction(1) for n in entries or section
        }
        scale = math.lcm(*(weight.denominator for weight in weights.values()))
        number = np.zeros(self.census.places.shape[1], dtype=np.int64)
        for name, weight in weights.items():
            number = number + lack(name) * int(weight * scale)
        return number, scale


def _fills(number: np.ndarray, size: Mapping[str, int]) -> np.ndarray:
    """Which numbers of starts make whole classes; without a largest size one class holds them all."""
    whole = np.zeros(len(number), dtype=bool)
    for classes in range(int(number.max(initial=0)) + 1):
        most = classes * size["max"] if "max" in size else (number.max(initial=0) if classes else 0)
        whole |= (classes * size.get("min", 0) <= number) & (number <= most)
    return whole


def _meets(start: Start, pin: Pin) -> bool:
    given = {"cadre": start.cadre, "programme": start.programme, "start": start.first}
    return all(str(given[key]) == str(want) for key, want in pin.items())


def _keys(more: Mapping[Statement, float]) -> dict[Key, int]:
    """The limits of statements as `World` calls them."""
    return {key_of(*statement): int(by) for statement, by in more.items()}


def key_of(rule: str, key: Iterable[Any]) -> Key:
    key = tuple(key)
    whole = key[-1] == "total"
    match rule:
        case "seats":
            return ("total", key[0]) if whole else ("pool", *key)
        case "per_agency":
            return ("agency_total", *key[:2]) if whole else ("agency", *key)
        case "absence":
            return ("away", *key)
    assert rule in ("leaders", "budget"), rule
    return (rule, *key)


# --- the second engine ----------------------------------------------------------------------------------------------


class SecondEngine(Judge):
    """CP-SAT on the textbook model, of a scenario of any size."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._answered: dict[tuple[str, str], Values | None] = {}
        self._readings: dict[str, Reading] = {}

    def values(self, question: Question = AS_IS) -> Values | None:
        """See `Judge`."""
        key = question.name, str(sorted(question.more.items(), key=str))
        if key not in self._answered:
            self._answered[key] = self._solved(question)
        return self._answered[key]

    def worth(self, plan: Collection[Chosen], question: Question = AS_IS) -> Values | None:
        """See `Judge`."""
        return self._solved(question, plan)

    def plan(self, question: Question = AS_IS) -> frozenset[Chosen] | None:
        """See `Judge`."""
        if self.reading(question).scenario.goals[-1].kind != "lot":
            return None
        table = self._result(question, lot=True).assignments
        return frozenset((str(c), str(p), int(s)) for c, p, s in table.itertuples(index=False))

    def _solved(self, question: Question, chosen: Collection[Chosen] | None = None) -> Values | None:
        result = self._result(question, chosen)
        return None if result.status == "infeasible" else {str(goal): value for goal, value in result.goals.items()}

    def _result(
        self, question: Question, chosen: Collection[Chosen] | None = None, *, lot: bool = False
    ) -> TextbookResult:
        reading = self.reading(question)
        goals = list(reading.scenario.goals)
        kept = goals[:-1] if goals[-1].kind == "lot" and not lot else goals
        result = solve_textbook(
            reading.problem,
            time_limit_s=300,
            workers=1,
            parameters={"linearization_level": 2},
            terms=Terms(question.more),
            reading=reading,
            chosen=chosen,
            goals=kept,
        )
        assert result.status in ("optimal", "infeasible"), result.status
        return result

    def reading(self, question: Question = AS_IS) -> Reading:
        """The scenario of a question in plain numbers."""
        if question.name not in self._readings:
            self._readings[question.name] = Reading(load(file_of(self.path, question)))
        return self._readings[question.name]

    def possible(
        self,
        only: Collection[Statement] | None,
        question: Question = AS_IS,
        exempt: Collection[Chosen] = (),
        aside: Collection[str] = (),
    ) -> bool:
        """Whether any plan keeps some statements alone (None: all), under the terms of a question.

        `aside`: of `ladder_order` and `requires` those for which a level out of reach keeps nobody from a start.
        """
        reading = self.reading(question)
        if exempt or aside:
            reading = Reading(reading.problem, exempt, aside)
        return possible(reading, Terms(question.more, only))
