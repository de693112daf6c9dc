"""Reserves (dự bị): for each list of a year those who step in best when a place falls free, each proven by solving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd

from planner import verification
from planner.analysis.parallel import OnProgress, answers, silent
from planner.analysis.what_if import WhatIf, reworded, starts_of, with_goals, worth
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.inputs.scenario.seats import SeatPool
from planner.model.goals import kind_of, telling
from planner.model.options import admissible_starts
from planner.plans.plan import Plan
from planner.plans.tables import number

Start = tuple[str, str, int]
OWN_POOL = "[reserves]"
"""What pools that hold the places of a year are called; no scenario can call one so."""
LATER = ("must", "pins")
"""Rules that later starts can still meet, so that a year alone does not break them."""


@dataclass(frozen=True)
class Places:
    """Places of one programme in a year that count in the same pools, so that the same cadres may take them."""

    programme: str
    year: int
    pools: tuple[str, ...]
    cadres: tuple[str, ...]


@dataclass(frozen=True)
class Reserve:
    """Somebody who steps in.

    Attributes
    ----------
    goals
        The value of every ranked goal but a last lot in the best plan with him in the place.
    serves
        What his start is for in that plan, as in assignments.csv.
    not_for
        Those of the list whose place he could not take, because a rule of that year stands against it.
    worse_than_nobody
        Whether the plan is better with the place left empty.
    """

    cadre: str
    agency: str
    goals: dict[str, Fraction]
    serves: str
    not_for: tuple[str, ...] = ()
    worse_than_nobody: bool = False


@dataclass(frozen=True)
class ReserveList:
    """The reserves of some places, in their order.

    Attributes
    ----------
    declined
        Whose place was taken to fall free: the first of the list.
    empty
        The value of every ranked goal in the best plan with the place left empty; None where no plan is.
    """

    places: Places
    declined: str
    empty: dict[str, Fraction] | None
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True)
class Reserves:
    """The reserves of every list of a year.

    Attributes
    ----------
    standing
        The best plan in which all places of the year are taken as announced; what a decline gives away is measured
        against it. Where none is, why.
    lists
        By the scenario's order of programmes.
    """

    standing: Plan
    lists: tuple[ReserveList, ...]


def reserves(
    problem: Problem,
    announced: Sequence[Start],
    most: int,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Reserves:
    """The reserves of every list of a problem's first year.

    A place falls free: whoever had it does not start. All other announced starts of the year stay as they are, and
    nothing else starts in it; the place is taken by somebody of the same pools who does not start the programme that
    year anyway; what is planned for later years is made again. The first reserve is the one in the best such plan by
    the ranked goals, the lot deciding between equals; the second is in the best plan without the first; and so on.

    Parameters
    ----------
    problem
        As the year begins.
    announced
        Those of the year that are admissible.
    most
        Reserves of a list.

    Raises
    ------
    InputError
        The time limit of the scenario was too short to prove one.
    """
    standing = WhatIf(problem).best(_ranked(_held(problem, announced)))
    if not standing.found:
        return Reserves(standing, ())
    asked = [_Question(places, tuple(announced), most) for places in places_of(problem, announced)]
    return Reserves(standing, tuple(answers(reserves_of, problem, asked, on_progress, parallel)))


def places_of(problem: Problem, announced: Sequence[Start]) -> list[Places]:
    """The lists of a year: by the scenario's order of programmes, then by pools."""
    row = {str(code): place for place, code in enumerate(problem.cadres["cadre"])}
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for cadre, programme, _ in announced:
        found.setdefault((programme, _pools(problem, programme, row[cadre])), []).append(cadre)
    order = list(problem.scenario.programmes)
    return [
        Places(programme, problem.scenario.horizon.first, pools, tuple(sorted(cadres)))
        for (programme, pools), cadres in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


def _pools(problem: Problem, programme: str, row: int) -> tuple[str, ...]:
    pools = problem.scenario.seats.items()
    return tuple(name for name, pool in pools if programme in pool.programmes and problem.pools.has(name, row))


@dataclass(frozen=True)
class _Question:
    places: Places
    announced: tuple[Start, ...]
    most: int


def reserves_of(what_if: WhatIf, asked: _Question) -> ReserveList:
    """The reserves of one list."""
    places, problem = asked.places, what_if.problem
    seat = (places.cadres[0], places.programme, places.year)
    others = [start for start in asked.announced if start != seat]
    vacant = _not_required(problem, seat)
    nobody = what_if.best(_ranked(_held(vacant, others)))
    empty = _worth(nobody) if nobody.found else None
    able = _able(problem, places, {start[0] for start in asked.announced if start[1:] == seat[1:]})
    found: list[Reserve] = []
    while able and len(found) < asked.most:
        best = what_if.best(_ranked(_held(vacant, others, (places.programme, able))))
        if not best.found:
            break
        (cadre,) = (start[0] for start in starts_of(best) if start[1:] == seat[1:] and start[0] in able)
        able.remove(cadre)
        found.append(_reserve(problem, best, cadre, places, asked.announced, empty))
    return ReserveList(places, seat[0], empty, tuple(found))


def _reserve(
    problem: Problem,
    best: Plan,
    cadre: str,
    places: Places,
    announced: Sequence[Start],
    empty: Mapping[str, Fraction] | None,
) -> Reserve:
    rows = best.assignments
    into = (cadre, places.programme, places.year)
    own = rows[(rows["cadre"] == cadre) & (rows["programme"] == into[1]) & (rows["start"] == into[2])].iloc[0]
    goals, serves = _worth(best), str(own["serves"]).split()
    return Reserve(
        cadre,
        str(own["agency"]),
        goals,
        " ".join(each for each in serves if OWN_POOL not in each),
        _not_for(problem, places, into, announced),
        empty is not None and _better(empty, goals),
    )


def _not_for(problem: Problem, places: Places, into: Start, announced: Sequence[Start]) -> tuple[str, ...]:
    """Those of the list whose place this cadre cannot take.

    Places of a list differ in the office that the other one leaves. Whoever is of another office than the one who was
    taken to decline could take the place though nobody of his office stays, and so can take every other.
    """
    agency = dict(zip(problem.cadres["cadre"], problem.cadres["agency"], strict=True))
    if agency[into[0]] != agency[places.cadres[0]]:
        return ()
    return tuple(other for other in places.cadres[1:] if _broken(problem, announced, (other, *into[1:]), into))


def _broken(problem: Problem, announced: Sequence[Start], out: Start, into: Start) -> bool:
    """Whether a rule of the year stands against one cadre in the place of another."""
    kept = [*(start for start in announced if start != out), into]
    found = verification.plan_findings(problem, pd.DataFrame(kept, columns=["cadre", "programme", "start"]))
    return any(finding.rule not in LATER for finding in found)


def _better(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> bool:
    """Whether the first values are better: in the first goal that differs."""
    for goal, value in one.items():
        if value != other[goal]:
            return (value < other[goal]) == (kind_of(goal).sense == "min")
    return False


def _worth(plan: Plan) -> dict[str, Fraction]:
    values = worth(plan)
    return {goal: values[goal] for goal in telling(list(values))}


# --- the problem with a free place ----------------------------------------------------------------------------------


def _not_required(problem: Problem, seat: Start) -> Problem:
    """The problem in which nothing requires the start that falls free."""
    pins = problem.scenario.pins
    kept = [pin for pin in pins.require if pin.cadre != seat[0] or not _names(pin, seat)]
    new = pins.model_copy(update={"require": kept})
    return reworded(problem, lambda scenario: scenario.model_copy(update={"pins": new}))


def _names(pin: Pin, seat: Start) -> bool:
    return pin.programme in (None, seat[1]) and pin.start in (None, seat[2])


def _held(problem: Problem, kept: Sequence[Start], place: tuple[str, set[str]] | None = None) -> Problem:
    """The problem in whose first year some starts happen and no other, but for one in a free place.

    Nothing else may start in that year, and pools of its own ask for as many as are kept.

    Parameters
    ----------
    place
        The programme, and those of whom exactly one starts it.
    """
    codes = problem.cadres["cadre"].to_numpy()
    rows = {str(code): row for row, code in enumerate(codes)}
    programmes = {str(name): row for row, name in enumerate(problem.programmes["programme"])}
    eligible = problem.eligible.copy()
    eligible[:, :, 0] = False
    pools: dict[str, np.ndarray] = {}
    seats: dict[str, SeatPool] = {}

    def ask(programme: str, cadres: Sequence[str], number: int) -> None:
        own = [rows[cadre] for cadre in cadres]
        eligible[own, programmes[programme], 0] = problem.eligible[own, programmes[programme], 0]
        name = f"{OWN_POOL}{len(pools)}"
        pools[name] = np.isin(np.arange(len(codes)), own)
        seats[name] = _pool(problem, programme, number)

    for programme in dict.fromkeys(start[1] for start in kept):
        own = [start[0] for start in kept if start[1] == programme]
        ask(programme, own, len(own))
    if place is not None:
        ask(place[0], sorted(place[1]), 1)
    own_seats = {**problem.scenario.seats, **seats}
    held = reworded(problem, lambda scenario: scenario.model_copy(update={"seats": own_seats}))
    return replace(held, eligible=eligible, pools=problem.pools.also(pools))


def _pool(problem: Problem, programme: str, number: int) -> SeatPool:
    """A pool that asks for exactly so many starts in the first year, and limits no other."""
    horizon = problem.scenario.horizon
    ranges: dict[int, dict[str, int]] = {year: {} for year in horizon.years} | {
        horizon.first: {"min": number, "max": number}
    }
    told = {"programmes": [programme], "who": {"all": []}, "must": True}
    return SeatPool.model_validate({**told, "per_year": {str(year): own for year, own in ranges.items()}})


def _able(problem: Problem, places: Places, going: set[str]) -> set[str]:
    """Those who may start the programme in the year, would count in the same pools, and do not start it anyway."""
    row = {str(code): place for place, code in enumerate(problem.cadres["cadre"])}
    able = {start[0] for start in admissible(problem) if start[1:] == (places.programme, places.year)} - going
    return {cadre for cadre in able if _pools(problem, places.programme, row[cadre]) == places.pools}


def admissible(problem: Problem) -> set[Start]:
    """Every admissible start."""
    frame = admissible_starts(problem).frame
    cadres, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    return set(zip(cadres[frame["cadre"]], names[frame["programme"]], map(int, frame["start"]), strict=True))


def _ranked(problem: Problem) -> Problem:
    """The problem whose last goal is the lot, so that it is known who comes first of equals."""
    return with_goals(problem, [*telling(problem.scenario.goals), "lot"])


# --- what is told of it ---------------------------------------------------------------------------------------------


def reserves_table(found: Reserves) -> pd.DataFrame:
    """The reserves as a table, a row for each; a list without any has one without a cadre.

    Returns
    -------
    pd.DataFrame
        programme, year, pools, places [cadres], declined, place (1 is the first), cadre, agency, steps_in_for [cadres
        of the list], not_for, worse_than_nobody (yes, no), serves; for each goal GOAL_given_away: its value less that
        of the plan as announced; and GOAL_to_empty: its value less that with the place left empty.
    """
    before = _worth(found.standing) if found.standing.found else {}
    rows: list[dict[str, object]] = []
    for each in found.lists:
        own = each.places
        head: dict[str, object] = {
            "programme": own.programme,
            "year": own.year,
            "pools": " ".join(own.pools),
            "places": len(own.cadres),
            "declined": each.declined,
        }
        told = [
            head | {"place": place} | _told(each, reserve, before) for place, reserve in enumerate(each.reserves, 1)
        ]
        rows += told or [head]
    columns = ["programme", "year", "pools", "places", "declined", "place", "cadre", "agency"]
    columns += ["steps_in_for", "not_for", "worse_than_nobody", "serves"]
    columns += [f"{goal}_{what}" for goal in before for what in ("given_away", "to_empty")]
    blank = dict.fromkeys(("cadre", "agency", "not_for", "worse_than_nobody", "serves"), "")
    table = pd.DataFrame([blank | row for row in rows], columns=columns)
    return table.astype({"place": "Int64", "steps_in_for": "Int64"})


def _told(each: ReserveList, reserve: Reserve, before: Mapping[str, Fraction]) -> dict[str, object]:
    row: dict[str, object] = {
        "cadre": reserve.cadre,
        "agency": reserve.agency,
        "steps_in_for": len(each.places.cadres) - len(reserve.not_for),
        "not_for": " ".join(reserve.not_for),
        "worse_than_nobody": "yes" if reserve.worse_than_nobody else "no",
        "serves": reserve.serves,
    }
    for goal, value in before.items():
        row[f"{goal}_given_away"] = number(reserve.goals[goal] - value)
        row[f"{goal}_to_empty"] = None if each.empty is None else number(reserve.goals[goal] - each.empty[goal])
    return row
