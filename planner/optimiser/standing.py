"""The engines at work on questions to one proof, each standing where a goal was last solved, to go on from there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from planner.optimiser.afresh import Remnant
from planner.optimiser.goal import Goal
from planner.optimiser.lexicographic import Level
from planner.optimiser.lp import MIXED, Relaxation, Simplex
from planner.optimiser.sifting import Core

CORES, SIMPLEXES = 1_000_000, 500_000  # columns and rows that stand idle: a kilobyte each; measured, see benchmarks/
MORE_MIXED, SOME = 1.5, 20  # so many times as many columns, and some, may be mixed
FEW = 5  # so many columns more than in the proof may be mixed in a core, which is quickly made anew


class Sized(Protocol):
    """An engine that says how large it is."""

    @property
    def size(self) -> int:
        """Its columns and rows."""


Key = TypeVar("Key", bound=Hashable)
Engine = TypeVar("Engine", bound=Sized)


class Idle(Generic[Key, Engine]):
    """Engines that are at nobody's service just now, by what they were last used for. Threads may ask side by side.

    Those that nobody has needed for longest are given up where they take too much room.
    """

    def __init__(self) -> None:
        self._engines: dict[Key, list[Engine]] = {}  # what was used last is last
        self._lock = threading.Lock()

    def take(self, key: Key, make: Callable[[], Engine]) -> Engine:
        """An engine that was used for this, or a new one; nobody else has it meanwhile."""
        with self._lock:
            found = self._engines.get(key)
            if found:
                return found.pop()
        return make()

    def put(self, key: Key, engine: Engine, room: int) -> None:
        """Take an engine back; others are given up until all fit into the room [columns and rows], or it is alone."""
        with self._lock:
            self._engines[key] = [*self._engines.pop(key, []), engine]
            over = self._size() - room
            while over > 0 and len(self._engines) > 1:
                oldest = next(iter(self._engines))
                over -= sum(given_up.size for given_up in self._engines.pop(oldest))

    @property
    def size(self) -> int:
        """The columns and rows of all."""
        with self._lock:
            return self._size()

    def _size(self) -> int:
        return sum(engine.size for engines in self._engines.values() for engine in engines)


class Standing:
    """Simplexes and cores that stand where goals were last solved, in little room. Threads may ask side by side.

    Parameters
    ----------
    goals, levels
        The proof: its goals, and what is proven of each.
    """

    def __init__(self, goals: Sequence[Goal], levels: Sequence[Level]) -> None:
        self.goals, self.levels = goals, levels
        self._begin()

    def _begin(self) -> None:
        self.simplexes, self.cores = Idle[str, Simplex](), Idle[tuple[str, int], Core]()
        self.remnants = Idle[str, Remnant]()

    @contextmanager
    def simplex(self, goal: Goal) -> Iterator[Simplex]:
        """A simplex that stands where one like this goal was last solved; nobody else has it meanwhile.

        The first of a goal that was not proven begins where the proof of the first goal ended.

        One that was led to a solution much more mixed than that of the proof is not used again: what is next to such a
        solution is mixed as well.
        """
        home = self._home(goal)
        found = self.simplexes.take(goal.name, lambda: Simplex((home or self.levels[0].relaxed).basis))
        yield found
        if home is None or found.mixed <= MORE_MIXED * (SOME + _mixed(home)):
            self.simplexes.put(goal.name, found, SIMPLEXES)

    @contextmanager
    def core(self, goal: Goal, level: int) -> Iterator[Core | None]:
        """What matters where a goal like this one was last solved, if that is little; nobody else has it meanwhile.

        It is one of those that questions use which take up the goals at a level: what matters to them is alike.
        """
        home = self._home(goal)
        begin = home or self.levels[-1].relaxed
        if begin.basis is None:
            yield None
            return
        found = self.cores.take((goal.name, level), lambda: Core(begin))
        yield found if found.worth_it else None
        astray = found.mixed > _mixed(begin) + FEW
        if home is None and astray:
            found.begin_again()
        if home is None or not (found.too_large or astray):
            self.cores.put((goal.name, level), found, CORES)

    @contextmanager
    def remnant(self, goal: Goal) -> Iterator[Remnant]:
        """What is left where a goal of this name was last asked about first; nobody else has it meanwhile."""
        found = self.remnants.take(goal.name, Remnant)
        yield found
        self.remnants.put(goal.name, found, SIMPLEXES)

    def _home(self, goal: Goal) -> Relaxation | None:
        """The relaxation that the proof of a goal ended with, if it was proven."""
        named = (each.name for each in self.goals)
        return next((level.relaxed for name, level in zip(named, self.levels, strict=True) if name == goal.name), None)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: the proof, not the engines."""
        return {"goals": self.goals, "levels": self.levels}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take up the proof of another process."""
        self.__dict__.update(state)
        self._begin()


def _mixed(relaxed: Relaxation | None) -> int:
    """How many columns of a solution are no whole numbers."""
    return 0 if relaxed is None else int((np.abs(relaxed.x - np.round(relaxed.x)) > MIXED).sum())
