"""Every plan of a tiny scenario as certificates see it: a value for each column, by a reading that is not planner's.

The plans are those of `brute_force`, which reads the scenario's files by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import numpy as np
from brute_force import Start, Tally, World, every_plan

from planner.verification.proof.checking import Checker


@dataclass(frozen=True)
class Point:
    """A plan: its starts, a whole number for each column of the checker, and its score in each goal, to minimise."""

    starts: tuple[Start, ...]
    x: np.ndarray
    scores: list[Fraction]


def points(path: Path, checker: Checker, most: int) -> list[Point]:
    """At most so many plans of a scenario, spread over all of them."""
    world = World(path)
    number = sum(1 for _ in every_plan(world))
    step = max(1, number // most)
    chosen = islice(every_plan(world), 0, None, step)
    return [
        Point(starts, _vector(world, checker, starts, total), [world.score(goal, total) for goal in world.goals])
        for starts, total in chosen
    ]


def _vector(world: World, checker: Checker, starts: Sequence[Start], total: Tally) -> np.ndarray:
    x = np.zeros(checker.rows.size, dtype=object)
    for start in starts:
        x[checker.columns["start", start.cadre, start.programme, start.first]] = 1
    for key, column in checker.rows.columns.items():
        x[column] = _value(world, key, starts, total)
    return x


def _value(world: World, key: tuple[str | int, ...], starts: Sequence[Start], total: Tally) -> int:
    kind, name, *rest = key
    own = [start for start in starts if start.cadre == (rest[0] if kind == "attained" else name)]
    match kind:
        case "attained":
            return int(world.attains(str(name), str(rest[0]), own))
        case "away":
            return int(any(world.takes_away(start, int(rest[0])) for start in own))
        case "shortfall":
            return world.shortfall(str(name), total)
        case "below_min":
            return _below(world, str(name), rest[0], total)
        case "short_share":
            return _lacking(world, str(name), None if rest[0] == "total" else int(rest[0]), total)
        case _:
            number, size = total.get(("class", name, rest[0]), 0), world.scenario["classes"][name]
            return min(1, number) if "max" not in size else -(-number // size["max"])


def _below(world: World, pool: str, span: str | int, total: Tally) -> int:
    if span != "total":
        return max(0, world.per_year(pool, int(span))[0] - total.get(("pool", pool, span), 0))
    whole = world.seats[pool]["total"]
    return max(0, whole["min"] - total.get(("total", pool), 0))


def _lacking(world: World, share: str, year: int | None, total: Tally) -> int:
    sent, group = (total.get((key, share, year), 0) for key in ("sent", "of_group"))
    exact = Fraction(str(world.shares[share]["min"])) * sent - group
    return max(0, -((-exact.numerator) // exact.denominator))
