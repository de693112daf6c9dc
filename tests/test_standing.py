"""Engines that stand idle: kept for what they were used for, in so much room and no more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from test_warm import GOALS, change_of, changed, drawn, effort, firm, values

from planner.optimiser import standing
from planner.optimiser.lexicographic import optimise_in_order
from planner.optimiser.standing import Idle
from planner.optimiser.warm import WarmProgram

ROOM = 10


@dataclass(eq=False)
class Engine:
    """An engine of some size."""

    size: int


def test_an_engine_comes_back_to_whoever_needs_the_same() -> None:
    """What was put away for one use is taken for it alone, and only once."""
    idle = Idle[str, Engine]()
    mine = Engine(1)
    idle.put("mine", mine, ROOM)
    assert idle.take("yours", lambda: Engine(2)) is not mine
    assert idle.take("mine", lambda: Engine(2)) is mine
    assert idle.take("mine", lambda: Engine(2)) is not mine


def test_those_not_needed_for_longest_make_room() -> None:
    """All stay at the bound; one more column, and the one that was put away first is given up."""
    idle = Idle[str, Engine]()
    first, second = Engine(4), Engine(4)
    idle.put("first", first, ROOM)
    idle.put("second", second, ROOM)
    idle.put("first", idle.take("first", lambda: Engine(0)), ROOM)
    idle.put("third", Engine(ROOM - 8), ROOM)
    assert idle.size == ROOM
    idle.put("fourth", Engine(1), ROOM)
    assert idle.size == ROOM + 1 - second.size
    assert idle.take("first", lambda: Engine(0)) is first
    assert idle.take("second", lambda: Engine(0)) is not second


def test_one_that_fills_all_the_room_stays_alone() -> None:
    """Larger than the room is the one that was used last: no question would be quick without any."""
    idle = Idle[str, Engine]()
    for name in "ab":
        idle.put(name, Engine(ROOM + 1), ROOM)
        assert idle.size == ROOM + 1
    assert idle.take("b", lambda: Engine(0)).size == ROOM + 1


@pytest.mark.parametrize("room", [0, 150])
def test_answers_are_the_same_in_little_room(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is given up between two questions, each value is that of a fresh solve."""
    draw = np.random.default_rng(7)
    matrix, goals, owner = drawn(draw)
    warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, GOALS - 1, effort())
    monkeypatch.setattr(standing, "CORES", room)
    monkeypatch.setattr(standing, "SIMPLEXES", room)
    for _ in range(12):
        change = change_of(draw, matrix, owner)
        found = warm.best(change, effort())
        cold = optimise_in_order(changed(matrix, change), goals[:-1], effort(), 0, lambda *news: None, owner)
        assert values(found) == values(cold)
    for idle in (warm.standing.simplexes, warm.standing.cores):
        assert idle.size <= max(room, 2 * sum(matrix.terms.shape))
