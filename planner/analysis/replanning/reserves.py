"""Reserves (dự bị): for each list of a year those who step in best when a place falls free, each proven by solving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from planner import verification
from planner.analysis.asked import Asked
from planner.analysis.parallel import OnProgress, answers, silent
from planner.analysis.replanning.places import FLOORS, OWN_POOL, Places, Start, as_announced, places_of
from planner.analysis.what_if import Outcome, WhatIf, starts_table, worth
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.model.goals import kind_of, telling
from planner.plans import serves
from planner.plans.plan import Plan
from planner.plans.tables import number

LATER = ("must", "pins")
"""Rules that later starts can still meet, so that a year alone does not break them."""


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
        Whose place was taken to fall free: the first of the list who has not begun.
    empty
        The value of every ranked goal in the best plan with the place left empty; None where no plan is.
    others
        For every other one of the list who may decline the order of the reserves if he alone does.
    in_turn
        Who is called one after another if the list declines from its first on, each the best when those called before
        are in: as many as there are reserves, or places, or fewer where nobody is left.
    """

    places: Places
    declined: str
    empty: dict[str, Fraction] | None
    reserves: tuple[Reserve, ...]
    others: Mapping[str, tuple[str, ...]]
    in_turn: tuple[str, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The reserves by their codes."""
        return tuple(each.cadre for each in self.reserves)

    @property
    def other_orders(self) -> dict[tuple[str, ...], list[str]]:
        """Orders that differ from the list's own: for whose place."""
        found: dict[tuple[str, ...], list[str]] = {}
        for cadre, order in self.others.items():
            if order != self.order:
                found.setdefault(order, []).append(cadre)
        return found

    @property
    def declining(self) -> tuple[str, ...]:
        """Those who decline one after another: as many as there are reserves."""
        return self.places.may_decline[: len(self.reserves)]


@dataclass(frozen=True)
class Reserves:
    """The reserves of every list of a year.

    Attributes
    ----------
    standing
        The best plan in which all places of the year are taken as announced; what a decline gives away is measured
        against it. Where none is, why.
    lists
        By the scenario's order of programmes; without those of which everybody has begun.
    """

    standing: Plan
    lists: tuple[ReserveList, ...]

    @property
    def shared(self) -> dict[str, list[int]]:
        """Who is a reserve in several lists: the places of the lists, from 1."""
        found: dict[str, list[int]] = {}
        for place, each in enumerate(self.lists, 1):
            for cadre in each.order:
                found.setdefault(cadre, []).append(place)
        return {cadre: lists for cadre, lists in sorted(found.items()) if len(lists) > 1}


def reserves(
    problem: Problem,
    announced: Sequence[Start],
    most: int,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
    begun: Sequence[Start] = (),
) -> Reserves:
    """The reserves of every list of a problem's first year.

    A place falls free: whoever had it does not start. All other announced starts of the year stay as they are, and
    nothing else starts in it; the place is taken by somebody of the same pools who does not start the programme that
    year anyway; what is planned for later years is made again. The first reserve is the one in the best such plan by
    the ranked goals, the lot deciding between equals; the second is in the best plan without the first; and so on.
    That is asked for everybody of the list who may decline; and for several who decline one after another.

    Parameters
    ----------
    problem
        As the year begins.
    announced
        Those of the year that are admissible.
    most
        Reserves of a list.
    begun
        Those of them that have begun already.

    Raises
    ------
    InputError
        The time limit of the scenario was too short to prove one.
    """
    lists = places_of(problem, announced, frozenset(begun))
    case = WhatIf(as_announced(problem, lists), loose=FLOORS)
    standing = case.plan
    if not standing.found:
        return Reserves(standing, ())
    asked = [_Question(places, problem, tuple(announced), most) for places in lists if places.may_decline]
    return Reserves(standing, tuple(answers(reserves_of, case, asked, on_progress, parallel)))


@dataclass(frozen=True)
class _Question:
    places: Places
    problem: Problem
    announced: tuple[Start, ...]
    most: int


def reserves_of(what_if: WhatIf, asked: _Question) -> ReserveList:
    """The reserves of one list."""
    places = asked.places
    declined, *others = places.may_decline
    nobody = _best(what_if, places.left_empty(declined))
    empty = None if nobody is None else _with_empty_place(nobody)
    found = [
        _reserve(what_if.problem, best, cadre, declined, asked, empty)
        for cadre, best in _in_order(what_if, places, declined, asked.most)
    ]
    orders = {cadre: tuple(code for code, _ in _in_order(what_if, places, cadre, asked.most)) for cadre in others}
    in_turn = _in_turn(what_if, places, [reserve.cadre for reserve in found])
    return ReserveList(places, declined, empty, tuple(found), orders, in_turn)


def _in_order(what_if: WhatIf, places: Places, declined: str, most: int) -> list[tuple[str, Outcome]]:
    """Who steps in for one who declines, the best first, each with the best plan that has him in the place."""
    found: dict[str, Outcome] = {}
    while len(found) < min(most, len(places.able)):
        best = _best(what_if, places.freed([declined], without=found))
        if best is None:
            break
        found[_called(best, places, ())] = best
    return list(found.items())


def _in_turn(what_if: WhatIf, places: Places, order: Sequence[str]) -> tuple[str, ...]:
    """Who is called when the list declines from its first on, as many as there are reserves."""
    called = [*order[:1]]
    while called and len(called) < min(len(order), len(places.may_decline)):
        best = _best(what_if, places.freed(places.may_decline[: len(called) + 1], called))
        if best is None:
            break
        called.append(_called(best, places, called))
    return tuple(called)


def _best(what_if: WhatIf, asked: Asked) -> Outcome | None:
    return what_if.after(asked, goals=what_if.problem.scenario.goals)


def _called(best: Outcome, places: Places, before: Sequence[str]) -> str:
    """Who of those who may take a place is in one and was not called before."""
    (cadre,) = (able for able in places.able if places.start(able) in best.starts and able not in before)
    return cadre


def _reserve(
    problem: Problem,
    best: Outcome,
    cadre: str,
    declined: str,
    asked: _Question,
    empty: Mapping[str, Fraction] | None,
) -> Reserve:
    goals, places = _worth(best), asked.places
    agency = dict(zip(problem.cadres["cadre"], problem.cadres["agency"], strict=True))
    return Reserve(
        cadre,
        str(agency[cadre]),
        goals,
        _serves(problem, best, places.start(cadre)),
        _not_for(asked, agency, declined, cadre),
        empty is not None and _better(empty, goals),
    )


def _serves(problem: Problem, best: Outcome, start: Start) -> str:
    """What a start of a plan is for, but for the pools that hold the places."""
    own = serves.purposes(problem, starts_table(problem, best.starts))[best.starts.index(start)]
    return " ".join(serves.written(each) for each in own if not each[1].startswith(OWN_POOL))


def _not_for(asked: _Question, agency: Mapping[str, str], declined: str, cadre: str) -> tuple[str, ...]:
    """Those of the list whose place this cadre cannot take.

    Places of a list differ in the office that the other one leaves. Whoever is of another office than the one who was
    taken to decline could take the place though nobody of his office stays, and so can take every other.
    """
    if agency[cadre] != agency[declined]:
        return ()
    others = (other for other in asked.places.may_decline if other != declined)
    return tuple(other for other in others if _broken(asked, other, cadre))


def _broken(asked: _Question, out: str, into: str) -> bool:
    """Whether a rule of the year stands against one cadre in the place of another."""
    start = asked.places.start
    kept = [*(each for each in asked.announced if each != start(out)), start(into)]
    found = verification.plan_findings(asked.problem, pd.DataFrame(kept, columns=["cadre", "programme", "start"]))
    return any(finding.rule not in LATER for finding in found)


def _better(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> bool:
    """Whether the first values are better: in the first goal that differs."""
    for goal, value in one.items():
        if value != other[goal]:
            return (value < other[goal]) == (kind_of(goal).sense == "min")
    return False


def _worth(plan: Plan | Outcome) -> dict[str, Fraction]:
    values = worth(plan)
    return {goal: values[goal] for goal in telling(list(values))}


def _with_empty_place(nobody: Outcome) -> dict[str, Fraction]:
    """The values with a place left empty, without what the pool of the places is short of its minimum by."""
    return {goal: value - (RankedGoal.read(goal) == "seat_floors") for goal, value in _worth(nobody).items()}


# --- what is told of it ---------------------------------------------------------------------------------------------


def reserves_table(found: Reserves) -> pd.DataFrame:
    """The reserves as a table, a row for each; a list without any has one without a cadre.

    Returns
    -------
    pd.DataFrame
        programme, year, pools, places [cadres], declined, place (1 is the first), cadre, agency, steps_in_for [cadres
        of the list], not_for, worse_than_nobody (yes, no), serves; same_order_for: others of the list for whom the
        order is the same; other_orders: "whose place: reserves; ..." where it differs; in_turn: who is called one after
        another if the list declines from its first on; for each goal GOAL_given_away: its value less that of the plan
        as announced; and GOAL_to_empty: its value less that with the place left empty.
    """
    before = _worth(found.standing) if found.standing.found else {}
    rows: list[dict[str, object]] = []
    for each in found.lists:
        own = each.places
        different = "; ".join(f"{' '.join(who)}: {' '.join(order)}" for order, who in each.other_orders.items())
        head: dict[str, object] = {
            "programme": own.programme,
            "year": own.year,
            "pools": " ".join(own.pools),
            "places": len(own.cadres),
            "declined": each.declined,
            "same_order_for": " ".join(cadre for cadre, order in each.others.items() if order == each.order),
            "other_orders": different,
            "in_turn": " ".join(each.in_turn),
        }
        told = [
            head | {"place": place} | _told(each, reserve, before) for place, reserve in enumerate(each.reserves, 1)
        ]
        rows += told or [head]
    columns = ["programme", "year", "pools", "places", "declined", "place", "cadre", "agency"]
    columns += ["steps_in_for", "not_for", "worse_than_nobody", "serves", "same_order_for", "other_orders", "in_turn"]
    columns += [f"{goal}_{what}" for goal in before for what in ("given_away", "to_empty")]
    blank = dict.fromkeys(("cadre", "agency", "not_for", "worse_than_nobody", "serves"), "")
    table = pd.DataFrame([blank | row for row in rows], columns=columns)
    return table.astype({"place": "Int64", "steps_in_for": "Int64"})


def _told(each: ReserveList, reserve: Reserve, before: Mapping[str, Fraction]) -> dict[str, object]:
    row: dict[str, object] = {
        "cadre": reserve.cadre,
        "agency": reserve.agency,
        "steps_in_for": len(each.places.may_decline) - len(reserve.not_for),
        "not_for": " ".join(reserve.not_for),
        "worse_than_nobody": "yes" if reserve.worse_than_nobody else "no",
        "serves": reserve.serves,
    }
    for goal, value in before.items():
        row[f"{goal}_given_away"] = number(reserve.goals[goal] - value)
        row[f"{goal}_to_empty"] = None if each.empty is None else number(reserve.goals[goal] - each.empty[goal])
    return row
