"""Making room for an owner's new plan: others take plans of theirs that are as cheap, one after another.

With the right row prices every owner's plan in a best plan is one of his cheapest, and the rows that have a price are
full. An owner who is given another plan breaks some of the rows he shares with others; who stands in such a row may
have a plan as cheap that relieves it, perhaps at the cost of another row, and so on, as along an augmenting path. Where
the search ends with no row broken, the plan costs what the prices say.

References
----------
Edmonds, Karp, "Theoretical improvements in algorithmic efficiency for network flow problems", Journal of the ACM 19
(1972): shortest augmenting paths.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import count, product

import numpy as np

from planner.optimiser.own_plans import Own, Owners

WITHIN = 1e-6  # a row is broken by more
STEPS = 40  # states that are followed; measured, see benchmarks/
BRANCHES = 25  # ways to relieve a row that are followed
LOOKED_AT = 200  # ways to relieve a row that are looked at
WAY = 1_400  # what a way takes, with the rows that it moves, there and where alike ones are looked up [bytes]

Cheapest = Callable[[Own], np.ndarray]  # an owner's cheapest plans, Boolean, those nearest to what he has first
Moved = dict[int, int]  # by how much shared rows are moved


@dataclass(frozen=True, slots=True)
class Way:
    """Another plan of an owner, how it moves the rows that he shares, and how many of these it breaks by itself."""

    number: int
    plan: np.ndarray
    moved: Moved
    breaks: int


@dataclass(frozen=True)
class _State:
    """Who has taken another plan so far, how the rows are moved, and the rows that are broken, with the way back."""

    taken: tuple[Way, ...]
    moved: Moved
    broken: dict[int, int]


class _Relief:
    """The ways that move a row to one side (1: up, -1: down), looked up as they are needed; one of those alike will do.

    Two are alike if they move all rows alike; an owner who has moved already cannot move again.
    """

    def __init__(self, row: int, side: int, ways: Iterable[Way]) -> None:
        self._row, self._side, self._more = row, side, iter(ways)
        self._alike: dict[frozenset[tuple[int, int]], list[Way]] = {}

    def ways(self, busy: set[int]) -> Iterator[Way]:
        """Ways of owners who are not busy: those known, the least harmful first, then others."""
        for alike in sorted(self._alike.values(), key=lambda ways: ways[0].breaks):
            way = next((way for way in alike if way.number not in busy), None)
            if way is not None:
                yield way
        while len(self._alike) < LOOKED_AT:
            way = next(self._more, None)
            if way is None:
                return
            if way.moved.get(self._row, 0) * self._side > 0:
                alike = self._alike.setdefault(frozenset(way.moved.items()), [])
                alike.append(way)
                if len(alike) == 1 and way.number not in busy:
                    yield way


@dataclass
class Ground:
    """A plan, how far each row may be moved from it, and the plans that are as cheap as an owner's.

    What belongs to nobody stays as it is, and is settled once all owners have their plans.
    """

    owners: Owners
    plan: np.ndarray
    low: np.ndarray
    high: np.ndarray
    cheapest: Cheapest
    _ways: dict[int, list[Way]] = field(default_factory=dict)
    _relief: dict[tuple[int, int], _Relief] = field(default_factory=dict)
    _number: int = 0  # of ways that are kept
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def size(self) -> int:
        """What it takes, but for the plan: how far the rows may be moved, and the ways met so far [bytes]."""
        return int(self.low.nbytes + self.high.nbytes) + WAY * self._number

    def ways(self, own: Own, plans: np.ndarray) -> list[Way]:
        """The plans of an owner, one of each that move the shared rows alike."""
        now = np.round(self.plan[own.columns]).astype(np.int64)
        by = (plans.astype(np.int64) - now) @ own.terms.T
        _, first = np.unique(by, axis=0, return_index=True)
        found = []
        for place in np.sort(first):
            rows = np.flatnonzero(by[place])
            moved = dict(zip(own.rows[rows].tolist(), by[place, rows].tolist(), strict=True))
            found.append(Way(own.number, plans[place], moved, len(self._broken(moved, moved))))
        return found

    def after(self, ways: Sequence[Sequence[Way]]) -> np.ndarray | None:
        """The plan in which some owners take one of the ways each, and others make room; None where none is found.

        Of the rows that are broken that in which most stand is relieved first, which leaves least choice elsewhere; if
        that leads nowhere, that in which fewest do.
        """
        with self._lock:
            found = self._search(ways, max) or self._search(ways, min)
        return None if found is None else self._plan(found)

    def _search(self, ways: Sequence[Sequence[Way]], first: Callable[..., int]) -> _State | None:
        """A state in which no row is broken: the states with fewest broken rows are followed first."""
        tie, seen = count(), set[frozenset[tuple[int, int]]]()
        waiting: list[tuple[int, int, int, _State]] = []

        def met(state: _State) -> bool:
            """Whether no row is broken; else the state waits, if it is new."""
            key = frozenset(state.broken.items())
            if key not in seen:
                seen.add(key)
                heapq.heappush(waiting, (len(state.broken), len(state.taken), next(tie), state))
            return not state.broken

        for taken in product(*ways):
            state = reduce(self._with, taken, _State((), {}, {}))
            if met(state):
                return state
        for _ in range(STEPS):
            if not waiting:
                return None
            *_, state = heapq.heappop(waiting)
            row = first(state.broken, key=self.owners.lengths.__getitem__)
            for number, after in enumerate(self._relieved(state, row)):
                if met(after):
                    return after
                if number > BRANCHES and len(after.broken) >= len(state.broken):
                    break
        return None

    def _relieved(self, state: _State, row: int) -> Iterator[_State]:
        """The states in which one more owner moves a broken row back."""
        side = state.broken[row]
        if (row, side) not in self._relief:
            self._relief[row, side] = _Relief(row, side, self._standing_in(row))
        for way in self._relief[row, side].ways({way.number for way in state.taken}):
            yield self._with(state, way)

    def _standing_in(self, row: int) -> Iterator[Way]:
        """The ways of all who stand in a row."""
        for number in self.owners.standing_in(row).tolist():
            if number not in self._ways:
                own = self.owners.of(number)
                found = [] if own is None else self.ways(own, self.cheapest(own))
                self._ways[number] = [way for way in found if way.moved]
                self._number += len(self._ways[number])
            yield from self._ways[number]

    def _with(self, state: _State, way: Way) -> _State:
        """One more owner takes another plan."""
        moved = dict(state.moved)
        for row, by in way.moved.items():
            moved[row] = moved.get(row, 0) + by
        untouched = {row: back for row, back in state.broken.items() if row not in way.moved}
        return _State((*state.taken, way), moved, untouched | self._broken(moved, way.moved))

    def _broken(self, moved: Moved, among: Iterable[int]) -> dict[int, int]:
        """Which of some rows are moved too far, and the way back: up (1) or down (-1)."""
        return {
            row: -1 if moved[row] > self.high[row] else 1
            for row in among
            if not self.low[row] <= moved[row] <= self.high[row]
        }

    def _plan(self, state: _State) -> np.ndarray:
        """The plan of a state, what belongs to nobody settled anew in the rows that are moved."""
        plan = self.plan.copy()
        for way in state.taken:
            own = self.owners.of(way.number)
            if own is not None:
                plan[own.columns] = way.plan
        return self.owners.settled(plan, state.moved)
