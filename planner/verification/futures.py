"""The goals that look at sampled futures, lived through year by year (`docs/reference/risk.md`, `resilient.md`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.schema import Target
from planner.verification.activities import Activity, Chosen
from planner.verification.attainment import members, required, year_of
from planner.verification.numbers import fraction

OUT = ("left", "retired", "transferred")
"""What ends a cadre's service in the scheme."""
PEOPLE = -1
"""In place of a programme: the event is of a person."""


@dataclass
class _Life:
    """A cadre in one future: the year of leaving, the studies begun, the year in which each failed or was completed."""

    gone: int | None = None
    begun: set[Activity] = field(default_factory=set)
    failed: dict[Activity, int] = field(default_factory=dict)
    completed: set[Activity] = field(default_factory=set)

    def here(self, year: int) -> bool:
        """Whether the cadre is still in the scheme when a year has ended."""
        return self.gone is None or self.gone > year


class Future:
    """One cadre after another in the sampled futures.

    Parameters
    ----------
    problem
        With its rates, the number of futures and the seed.
    chosen
        The plan's starts.
    """

    def __init__(self, problem: Problem, chosen: Chosen) -> None:
        self._problem, self._chosen = problem, chosen
        self._years = list(problem.scenario.years_at_risk())
        self._sample = problem.scenario.resilient
        self._drawn: dict[tuple[str, int, int], np.ndarray] = {}
        self._retires, self._begins = (
            problem.cadres[name].to_numpy(dtype=float) for name in ("retires", "service_start")
        )
        self._levels = {name: problem.cadres[name].to_numpy(dtype=int) for name in problem.scenario.ladders}

    def shortfalls(self) -> list[Fraction]:
        """The weighted shortfall of all targets in each future."""
        targets = self._problem.scenario.targets
        counted = {name: members(self._problem, name) for name in targets}
        present = {name: [0] * self._sample.futures for name in targets}
        attained = {name: [0] * self._sample.futures for name in targets}
        for person in range(len(self._problem.cadres)):
            asked = [name for name in targets if counted[name][person]]
            for future, life in enumerate(self._lives(person)) if asked else ():
                for name in asked:
                    target = targets[name]
                    if target.leavers == "excluded" and not life.here(year_of(self._problem, target)):
                        continue
                    present[name][future] += 1
                    attained[name][future] += self._attains(person, life, target)
        return [
            sum(
                (
                    fraction(target.weight) * max(0, required(target, present[name][future]) - attained[name][future])
                    for name, target in targets.items()
                ),
                Fraction(0),
            )
            for future in range(self._sample.futures)
        ]

    def _lives(self, person: int) -> Iterator[_Life]:
        self._drawn.clear()  # nobody else asks for the numbers of this cadre
        doing = self._chosen.activities.get(person, [])
        for future in range(self._sample.futures):
            yield self._lived(person, doing, future)

    def _lived(self, person: int, doing: list[Activity], future: int) -> _Life:
        first, life = self._years[0], _Life()
        levels = {ladder: self._on_roster(person, ladder) for ladder in self._problem.scenario.ladders}
        under_way = []
        for each in doing:
            if not each.new and each.last < first:
                life.completed.add(each)
                levels[each.ladder] = max(levels[each.ladder], each.high)
            elif not each.new:
                under_way.append(each)
        life.begun |= {*under_way, *life.completed}
        for year in self._years:
            if life.gone is None and self._leaves(person, year, future):
                life.gone = year
            if life.gone is not None:
                break
            for each in doing:
                able = each.new and each.first == year and self._able(each, levels)
                if able and not self._happens("declined", person, each.course, year, future):
                    under_way.append(each)
                    life.begun.add(each)
            for each in list(under_way):
                if self._happens("failed", person, each.course, year, future):
                    life.failed[each] = year
                    under_way.remove(each)
                elif each.last == year:
                    life.completed.add(each)
                    under_way.remove(each)
                    levels[each.ladder] = max(levels[each.ladder], each.high)
        return life

    def _on_roster(self, person: int, ladder: str) -> int:
        return int(self._levels[ladder][person])

    def _able(self, start: Activity, levels: dict[str, int]) -> bool:
        """Whether the levels that a start needs were there when the year began."""
        needed = {**self._problem.requires.get(start.course, {})}
        return levels[start.ladder] >= start.low and all(levels[name] >= level for name, level in needed.items())

    def _attains(self, person: int, life: _Life, target: Target) -> bool:
        by = year_of(self._problem, target)
        for ladder, level in target.level.items():
            wanted = self._problem.scenario.ladders[ladder].index(level)
            if self._on_roster(person, ladder) >= wanted:
                continue
            known = self._on_roster(person, ladder) != UNKNOWN
            leading = [
                each for each in life.begun if each.ladder == ladder and each.high >= wanted and (known or not each.new)
            ]
            if not any(self._gives(life, each, target, by) for each in leading):
                return False
        return True

    def _gives(self, life: _Life, study: Activity, target: Target, by: int) -> bool:
        """Whether a study begun has given its level by then, or is under way then and that is enough."""
        if study.last <= by:
            return study in life.completed
        enrolled = target.counts == "enrolled" and study.first <= by
        return enrolled and life.here(by) and life.failed.get(study, by + 1) > by

    def _leaves(self, person: int, year: int, future: int) -> bool:
        if self._retires[person] <= year or self._begins[person] > year:  # an empty cell is NaN
            return False
        return any(self._happens(event, person, PEOPLE, year, future) for event in OUT)

    def _happens(self, event: str, person: int, course: int, year: int, future: int) -> bool:
        """Whether the number drawn is below the chance that the first entry that matches gives."""
        key = event, course, year
        if key not in self._drawn:
            rate = self._rate(event, person, course, year)
            self._drawn[key] = self._numbers(event, person, course, year) < rate
        return bool(self._drawn[key][future])

    def _rate(self, event: str, person: int, course: int, year: int) -> float:
        programme = None if course == PEOPLE else self._problem.programmes["programme"].iloc[course]
        for name, entry in self._problem.scenario.risk.items():
            if entry.event != event or not self._problem.risk[name][year - self._years[0], person]:
                continue
            within = entry.years is None or entry.years.from_ <= year <= entry.years.to
            if within and (entry.programmes is None or programme in entry.programmes):
                return float(entry.rate)
        return 0.0

    def _numbers(self, event: str, person: int, course: int, year: int) -> np.ndarray:
        """The numbers of an address, one for each future."""
        cadre = self._problem.cadres["cadre"].iloc[person]
        programme = "" if course == PEOPLE else self._problem.programmes["programme"].iloc[course]
        text = f"{self._sample.seed}|{event}|{cadre}|{programme}|{year}"
        digest = hashlib.sha256(text.encode("utf-8")).digest()
        raw = np.random.Philox(key=int.from_bytes(digest[:16], "big")).random_raw(self._sample.futures)
        return np.asarray((raw >> np.uint64(11)) / 2.0**53)


def expected(problem: Problem, chosen: Chosen) -> Fraction:
    """The mean over the futures."""
    found = Future(problem, chosen).shortfalls()
    return sum(found, Fraction(0)) / len(found)


def worst_tenth(problem: Problem, chosen: Chosen) -> Fraction:
    """The mean over the tenth of the futures in which most is short."""
    found = sorted(Future(problem, chosen).shortfalls())
    worst = found[-(len(found) // 10) :]
    return sum(worst, Fraction(0)) / len(worst)
