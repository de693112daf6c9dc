"""The engines at work on questions to one proof, each standing where a goal was last solved, to go on from there."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from planner.optimiser.afresh import Remnant
from planner.optimiser.goal import Goal
from planner.optimiser.lexicographic import Level
from planner.optimiser.lp import MIXED, Relaxation, Simplex
from planner.optimiser.sifting import Core

MORE_MIXED, SOME = 1.5, 20  # so many times as many columns, and some, may be mixed
FEW = 5  # so many columns more than in the proof may be mixed in a core, which is quickly made anew


class Standing:
    """Simplexes and cores that are at nobody's service just now, by goal. Threads may ask side by side.

    Parameters
    ----------
    goals, levels
        The proof: its goals, and what is proven of each.
    """

    def __init__(self, goals: Sequence[Goal], levels: Sequence[Level]) -> None:
        self.goals, self.levels = goals, levels
        self._idle: dict[str, list[Simplex]] = {}
        self._cores: dict[tuple[str, int], list[Core]] = {}
        self._remnants: dict[str, list[Remnant]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def simplex(self, goal: Goal) -> Iterator[Simplex]:
        """A simplex that stands where one like this goal was last solved; nobody else has it meanwhile.

        The first of a goal that was not proven begins where the proof of the first goal ended.

        One that was led to a solution much more mixed than that of the proof is not used again: what is next to such a
        solution is mixed as well.
        """
        home = self._home(goal)
        with self._lock:
            idle = self._idle.setdefault(goal.name, [])
            found = idle.pop() if idle else Simplex((home or self.levels[0].relaxed).basis)
        yield found
        if home is None or found.mixed <= MORE_MIXED * (SOME + _mixed(home)):
            with self._lock:
                idle.append(found)

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
        with self._lock:
            idle = self._cores.setdefault((goal.name, level), [])
            found = idle.pop() if idle else Core(begin)
        yield found if found.worth_it else None
        astray = found.mixed > _mixed(begin) + FEW
        if home is None and astray:
            found.begin_again()
        if home is None or not (found.too_large or astray):
            with self._lock:
                idle.append(found)

    @contextmanager
    def remnant(self, goal: Goal) -> Iterator[Remnant]:
        """What is left where a goal of this name was last asked about first; nobody else has it meanwhile."""
        with self._lock:
            idle = self._remnants.setdefault(goal.name, [])
            found = idle.pop() if idle else Remnant()
        yield found
        with self._lock:
            idle.append(found)

    def _home(self, goal: Goal) -> Relaxation | None:
        """The relaxation that the proof of a goal ended with, if it was proven."""
        named = (each.name for each in self.goals)
        return next((level.relaxed for name, level in zip(named, self.levels, strict=True) if name == goal.name), None)

    def __getstate__(self) -> dict[str, Any]:
        """What another process needs: the proof, not the engines."""
        return {**self.__dict__, "_idle": {}, "_cores": {}, "_remnants": {}, "_lock": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take up the proof of another process."""
        self.__dict__.update(state)
        self._lock = threading.Lock()


def _mixed(relaxed: Relaxation | None) -> int:
    """How many columns of a solution are no whole numbers."""
    return 0 if relaxed is None else int((np.abs(relaxed.x - np.round(relaxed.x)) > MIXED).sum())
