"""The places of a year, list by list, and the problem in which one may fall free and somebody else take it.

How it works. All announced starts of the year are in every plan, and nothing else starts in it: a pool of its own asks
of each list for as many starts as it has places, another one lets nobody start who is not announced. A place falls free
when the second pool lets so many in and a start is forbidden; so each question is a small change of one problem, whose
proof is made once (`planner.analysis.proven`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.asked import Asked
from planner.analysis.what_if import reworded, with_goals
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.inputs.scenario.seats import SeatPool
from planner.model.goals import telling
from planner.model.options import admissible_starts

Start = tuple[str, str, int]
OWN_POOL = "[reserves]"
"""What pools that hold the places of a year are called; no scenario can call one so."""
FLOORS = ("must",)
"""The rules that `freed` lowers beside the seats."""


@dataclass(frozen=True)
class Places:
    """Places of one programme in a year that count in the same pools, so that the same cadres may take them.

    Attributes
    ----------
    number
        Of the list, from 0.
    cadres
        Who goes.
    able
        Who else may start the programme in the year and would count in the same pools.
    begun
        Those who go and have begun already, so that they cannot decline.
    """

    number: int
    programme: str
    year: int
    pools: tuple[str, ...]
    cadres: tuple[str, ...]
    able: tuple[str, ...]
    begun: tuple[str, ...] = ()

    @property
    def may_decline(self) -> tuple[str, ...]:
        """Those whose place may fall free."""
        return tuple(cadre for cadre in self.cadres if cadre not in self.begun)

    def start(self, cadre: str) -> Start:
        """A cadre in one of the places."""
        return cadre, self.programme, self.year

    def freed(self, declined: Sequence[str], called: Sequence[str] = (), without: Collection[str] = ()) -> Asked:
        """Some decline, and as many others take their places; those called before are among them.

        Parameters
        ----------
        without
            Who takes no place.
        """
        limit = "seats", (_newcomers(self.number), self.year)
        forbidden = [*declined, *sorted(without)]
        return Asked(self._pins(called), self._pins(forbidden), {limit: len(declined)})

    def left_empty(self, declined: str) -> Asked:
        """One declines, and nobody takes the place."""
        floor = "must", ("seats", _places(self.number), self.year)
        return Asked(forbid=self._pins([declined]), more={floor: 1})

    def _pins(self, cadres: Iterable[str]) -> tuple[Pin, ...]:
        return tuple(Pin(cadre=cadre, programme=self.programme, start=self.year) for cadre in cadres)


def places_of(problem: Problem, announced: Sequence[Start], begun: Collection[Start] = ()) -> list[Places]:
    """The lists of a year: by the scenario's order of programmes, then by pools."""
    row = {str(code): place for place, code in enumerate(problem.cadres["cadre"])}
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for cadre, programme, _ in announced:
        found.setdefault((programme, _pools(problem, programme, row[cadre])), []).append(cadre)
    order, year, possible = list(problem.scenario.programmes), problem.scenario.horizon.first, admissible(problem)
    lists = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    made = []
    for number, ((programme, pools), cadres) in enumerate(lists):
        going = {start[0] for start in announced if start[1] == programme}
        others = {cadre for cadre, *start in possible if start == [programme, year]} - going
        able = sorted(cadre for cadre in others if _pools(problem, programme, row[cadre]) == pools)
        own = tuple(sorted(cadre for cadre in cadres if (cadre, programme, year) in begun))
        made.append(Places(number, programme, year, pools, tuple(sorted(cadres)), tuple(able), own))
    return made


def _pools(problem: Problem, programme: str, row: int) -> tuple[str, ...]:
    pools = problem.scenario.seats.items()
    return tuple(name for name, pool in pools if programme in pool.programmes and problem.pools.has(name, row))


def admissible(problem: Problem) -> set[Start]:
    """Every admissible start."""
    frame = admissible_starts(problem).frame
    cadres, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    return set(zip(cadres[frame["cadre"]], names[frame["programme"]], map(int, frame["start"]), strict=True))


def as_announced(problem: Problem, lists: Sequence[Places]) -> Problem:
    """The problem in whose first year the announced starts happen and no other, the lot deciding between equals.

    What a pin asks of a start that was announced it does not ask any more: the start happens, or falls free.
    """
    codes = problem.cadres["cadre"].to_numpy()
    rows = {str(code): row for row, code in enumerate(codes)}
    programmes = {str(name): row for row, name in enumerate(problem.programmes["programme"])}
    eligible = problem.eligible.copy()
    eligible[:, :, 0] = False
    pools: dict[str, np.ndarray] = {}
    seats: dict[str, SeatPool] = {}
    for each in lists:
        own, others = ([rows[cadre] for cadre in cadres] for cadres in (each.cadres, each.able))
        column = programmes[each.programme]
        eligible[[*own, *others], column, 0] = problem.eligible[[*own, *others], column, 0]
        pools[_places(each.number)] = np.isin(np.arange(len(codes)), [*own, *others])
        seats[_places(each.number)] = _pool(problem, each.programme, {"min": len(own), "max": len(own)})
        pools[_newcomers(each.number)] = np.isin(np.arange(len(codes)), others)
        seats[_newcomers(each.number)] = _pool(problem, each.programme, {"max": 0})
    pins, announced = problem.scenario.pins, [each.start(cadre) for each in lists for cadre in each.cadres]
    asked = [pin for pin in pins.require if not any(_asks_for(pin, start) for start in announced)]
    more = {"seats": {**problem.scenario.seats, **seats}, "pins": pins.model_copy(update={"require": asked})}
    held = reworded(problem, lambda scenario: scenario.model_copy(update=more))
    ranked = with_goals(held, [*telling(problem.scenario.goals), "lot"])
    return replace(ranked, eligible=eligible, pools=problem.pools.also(pools))


def _asks_for(pin: Pin, start: Start) -> bool:
    return pin.cadre == start[0] and pin.programme in (None, start[1]) and pin.start in (None, start[2])


def _places(number: int) -> str:
    """The pool of a list's places."""
    return f"{OWN_POOL}{number}"


def _newcomers(number: int) -> str:
    """The pool of those who may take a place of a list."""
    return f"{OWN_POOL}{number}+"


def _pool(problem: Problem, programme: str, first: Mapping[str, int]) -> SeatPool:
    """A pool that limits the starts of the first year, and of no other."""
    horizon = problem.scenario.horizon
    years: dict[int, Mapping[str, int]] = {year: {} for year in horizon.years} | {horizon.first: first}
    told = {"programmes": [programme], "who": {"all": []}, "must": True}
    return SeatPool.model_validate({**told, "per_year": {str(year): own for year, own in years.items()}})
