"""A plan in many futures: who attains what in each, and what would be better if one thing were certain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.futures.careers import Career, careers_of, events_of, lived, no_events
from planner.model.futures.draws import PER_STEP, Draws
from planner.model.futures.rates import rates_of
from planner.model.futures.standing import Aim, aims_of, standing

ROOM = 2**28
"""For what is kept of a block of futures at once [bytes]."""
SMALLEST, LARGEST = 256, 8192
"""Of a block, whatever the room [futures]."""
OnFutures = Callable[[int, int], None]
"""Told how many futures are done, of all."""


class Hinge(NamedTuple):
    """What may be certain: a start of a cadre, all of a cadre, everybody of an agency, everybody in a year.

    `kind` is start, cadre, agency or year; `place` the row of the cadre or agency on its table, or the year; `study`
    the place of a start among the cadre's studies.
    """

    kind: str
    place: int
    study: int = -1


@dataclass
class Tally:
    """Sums over the futures: of what is gained, of its square; how often a start reaches its level."""

    gained: float = 0.0
    squared: float = 0.0
    reached: int = 0


@dataclass(frozen=True)
class Futures:
    """A plan in many futures.

    Attributes
    ----------
    aims
        The targets.
    planned
        For each target the people short where nothing happens.
    members, attained
        For each target and future the number of those who count and of those who attain: targets x futures [people].
    careers
        The cadres to whom anything may happen.
    hinges
        What may be certain, and what that gains of the weighted shortfall.
    """

    aims: list[Aim]
    planned: list[int]
    members: np.ndarray
    attained: np.ndarray
    careers: list[Career]
    hinges: dict[Hinge, Tally]

    @property
    def shortfall(self) -> np.ndarray:
        """For each target and future the people short: targets x futures."""
        wanted = [aim.required[members] for aim, members in zip(self.aims, self.members, strict=True)]
        return np.maximum(np.array(wanted).reshape(self.attained.shape) - self.attained, 0)

    @property
    def weighted(self) -> np.ndarray:
        """The weighted sum of the shortfalls in each future, as the goal `attainment` has it."""
        return np.asarray(np.array([aim.weight for aim in self.aims]) @ self.shortfall)

    def without(self, names: Collection[str]) -> Futures:
        """The same without some targets; the hinges stay as they are."""
        kept = [place for place, aim in enumerate(self.aims) if aim.name not in names]
        if len(kept) == len(self.aims):
            return self
        return replace(
            self,
            aims=[self.aims[place] for place in kept],
            planned=[self.planned[place] for place in kept],
            members=self.members[kept],
            attained=self.attained[kept],
        )


def draw_futures(
    problem: Problem,
    starts: pd.DataFrame,
    count: int,
    seed: int,
    *,
    first: int = 0,
    hinged: bool = True,
    untold: Collection[str] = (),
    block: int | None = None,
    on_futures: OnFutures | None = None,
) -> Futures:
    """A plan's starts (rows of the problem's tables; start, finish [year]) in `count` futures.

    Parameters
    ----------
    first
        The place of the first future, a multiple of `PER_STEP`.
    hinged
        Whether it is also found what it hangs on.
    untold
        Targets that cannot be told: what is short of them hangs on nothing that may happen.
    block
        So many futures are worked on at once, by default as many as there is room for; it changes memory and speed
        alone.
    """
    aims, careers = aims_of(problem), careers_of(problem, starts, rates_of(problem))
    at_risk = [career for career in careers if career.at_risk]
    certain = {career.row: _certain(career, aims) for career in at_risk}
    drawing = _Drawing(aims, at_risk, _sure(aims, careers), certain, hinged, frozenset(untold))
    held = [sure + sum(own[at] for own in drawing.certain.values()) for at, (_, sure) in enumerate(drawing.sure)]
    planned = [max(0, int(aim.required[-1]) - number) for aim, number in zip(aims, held, strict=True)]
    shape = len(aims), count
    members, attained = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
    wanted = _block(aims, at_risk) if block is None else block
    size = max(PER_STEP, wanted - wanted % PER_STEP)
    for done in range(0, count, size):
        draws = Draws(seed, first + done, min(size, count - done))
        own = slice(done, done + draws.count)
        members[:, own], attained[:, own] = drawing.block(draws)
        if on_futures is not None:
            on_futures(done + draws.count, count)
    return Futures(aims, planned, members, attained, at_risk, drawing.hinges)


def _block(aims: Sequence[Aim], careers: Sequence[Career]) -> int:
    """As many futures as there is room for: two bytes for each cadre or start, and target in which the cadre counts."""
    kept = sum((1 + len(career.studies)) * sum(bool(aim.counted[career.row]) for aim in aims) for career in careers)
    return min(LARGEST, max(SMALLEST, ROOM // (2 * max(kept, 1))))


def _sure(aims: Sequence[Aim], careers: Sequence[Career]) -> list[tuple[int, int]]:
    """For each target how many count and attain, of those to whom nothing may happen."""
    found = []
    for aim in aims:
        own = [career for career in careers if not career.at_risk and aim.counted[career.row]]
        found.append((len(own), sum(_certain(career, [aim])[0] for career in own)))
    return found


def _certain(career: Career, aims: Sequence[Aim]) -> list[bool]:
    """For each target whether a cadre attains it where nothing happens."""
    found = lived(career, no_events(career), 1)
    return [bool(aim.counted[career.row] and standing(career, aim, found)[1][0]) for aim in aims]


Change = tuple[int, np.ndarray, np.ndarray]
"""A target's place; what changes in the number of its members and of those who attain, in each future."""


@dataclass
class _Drawing:
    """The work on one block after another."""

    aims: list[Aim]
    careers: list[Career]
    sure: list[tuple[int, int]]
    certain: Mapping[int, list[bool]]
    hinged: bool
    untold: frozenset[str]
    hinges: dict[Hinge, Tally] = field(default_factory=dict)

    def block(self, draws: Draws) -> tuple[np.ndarray, np.ndarray]:
        """The members and the attaining of each target in the block's futures; the hinges are tallied."""
        shape = len(self.aims), draws.count
        members = np.zeros(shape, dtype=np.int32) + np.array([[number] for number, _ in self.sure], dtype=np.int32)
        attained = np.zeros(shape, dtype=np.int32) + np.array([[number] for _, number in self.sure], dtype=np.int32)
        alone: list[tuple[Hinge, list[Change]]] = []
        together: dict[Hinge, dict[int, tuple[np.ndarray, np.ndarray]]] = {}
        for career in self.careers:
            for hinge, changes in self._career(career, draws, members, attained):
                if hinge.kind in ("start", "cadre"):
                    alone.append((hinge, changes))
                if hinge.kind != "start":
                    key = Hinge("agency", career.agency) if hinge.kind == "cadre" else hinge
                    _add(together.setdefault(key, {}), changes, draws.count)
        summed = [(key, [(at, *both) for at, both in each.items()]) for key, each in together.items()]
        for hinge, own in (*alone, *summed):
            gained = self._gained(own, members, attained)
            tally = self.hinges.setdefault(hinge, Tally())
            tally.gained += float(gained.sum())
            tally.squared += float(gained @ gained)
        return members, attained

    def _career(
        self, career: Career, draws: Draws, members: np.ndarray, attained: np.ndarray
    ) -> Iterator[tuple[Hinge, list[Change]]]:
        """Count a cadre in; what would change if one start, or all that may happen to the cadre, were certain."""
        events = events_of(career, draws)
        usual = lived(career, events, draws.count)
        places = [place for place, aim in enumerate(self.aims) if aim.counted[career.row]]
        as_is = {place: standing(career, self.aims[place], usual) for place in places}
        for place, (member, attains) in as_is.items():
            members[place] += member
            attained[place] += attains
        if not self.hinged:
            return
        certain = self.certain[career.row]
        yield (
            Hinge("cadre", career.row),
            [(place, *_against(as_is[place], (np.True_, np.bool_(certain[place])))) for place in places],
        )
        others = [(Hinge("year", year), {"calm": year}) for year in sorted(career.years_at_risk())]
        for number, study in enumerate(career.studies):
            hinge = Hinge("start", career.row, number)
            self.hinges.setdefault(hinge, Tally()).reached += int(usual.reached[number].sum())
            if study.declined or study.failing:
                others.append((hinge, {"sure": number}))
        for hinge, how in others:
            found = lived(career, events, draws.count, **how)
            instead = ((place, standing(career, self.aims[place], found)) for place in places)
            yield hinge, [(place, *_against(as_is[place], then)) for place, then in instead]

    def _gained(self, changes: Sequence[Change], members: np.ndarray, attained: np.ndarray) -> np.ndarray:
        """How much less is short, weighted, in each future."""
        gained = np.zeros(members.shape[1])
        for place, more_members, more_attained in changes:
            aim, required = self.aims[place], self.aims[place].required
            if not aim.weight or aim.name in self.untold or not (more_members.any() or more_attained.any()):
                continue
            before = np.maximum(required[members[place]] - attained[place], 0)
            after = np.maximum(required[members[place] + more_members] - attained[place] - more_attained, 0)
            gained += aim.weight * (before - after)
        return gained


def _against(
    as_is: tuple[np.ndarray, np.ndarray], then: tuple[np.ndarray | np.bool_, np.ndarray | np.bool_]
) -> tuple[np.ndarray, np.ndarray]:
    """What changes of a member and of one who attains, between two ways that things may go."""
    before = [each.astype(np.int8) for each in as_is]
    after = [np.asarray(each).astype(np.int8) for each in then]
    return after[0] - before[0], after[1] - before[1]


def _add(sums: dict[int, tuple[np.ndarray, np.ndarray]], changes: Sequence[Change], count: int) -> None:
    for place, members, attained in changes:
        if place not in sums:
            sums[place] = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
        sums[place][0][:] += members
        sums[place][1][:] += attained
