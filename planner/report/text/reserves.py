"""Reserves in words: what a list is called, and what it means that somebody steps in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from planner.analysis.replanning.places import Places
from planner.analysis.replanning.reserves import Reserve, ReserveList, Reserves
from planner.analysis.what_if import worth
from planner.inputs.problem import Problem
from planner.messages import localised, say, signed
from planner.plans.plan import Plan
from planner.plans.summary import goal_in_words
from planner.plans.tables import number
from planner.report.text.titles import programme_title

SUBSTITUTION = 2
"""The changes that one cadre in the place of another is: a start not kept, and a new one."""


def list_title(problem: Problem, places: Places, place: int) -> str:
    """A list's heading, with its number."""
    title = programme_title(problem, places.programme)
    pools = "; ".join(localised(problem.scenario.seats[name].title, name) for name in places.pools)
    told: dict[str, Any] = {"number": place, "title": title, "places": len(places.cadres)}
    return say("reserves_part_pools", pools=pools, **told) if pools else say("reserves_part", **told)


def orders(each: ReserveList) -> list[str]:
    """For whom the order of a list is proven, where it is another, and who is called if several decline."""
    if not each.reserves:
        return []
    lines = []
    if each.others and not each.other_orders:
        lines.append(say("reserves_same_order"))
    for order, declining in each.other_orders.items():
        told = _codes(order) if order else say("reserves_nobody")
        lines.append(say("reserves_other_order", names=_codes(declining), order=told))
    if (number := len(each.declining)) > 1:
        same = each.in_turn == each.order[:number]
        names, called = _codes(each.declining), _codes(each.in_turn)
        key = "reserves_same_in_turn" if same else "reserves_in_turn"
        lines.append(say(key, names=names, order=called))
        if len(each.in_turn) < number:
            lines.append(say("reserves_in_turn_ends", order=called))
    return lines


def shared(found: Reserves) -> str:
    """Who is a reserve in several lists and can be called from one of them alone; empty: nobody."""
    if not found.shared:
        return ""
    names = "; ".join(f"{cadre} ({', '.join(map(str, lists))})" for cadre, lists in found.shared.items())
    return say("reserves_shared", names=names)


def _codes(cadres: Iterable[str]) -> str:
    return ", ".join(cadres)


def meaning(problem: Problem, found: Reserves, each: ReserveList, reserve: Reserve) -> str:
    """What it means that a reserve steps in: what is given away, against an empty place, for whom he cannot."""
    parts = []
    before = worth(found.standing)
    more = reserve.goals.get("changes", 0) - before.get("changes", 0) - SUBSTITUTION
    if first := _first(reserve.goals, before):
        parts.append(say("reserves_gives_away", goal=goal_in_words(first[0], problem.scenario), by=signed(first[1])))
    if more > 0:
        further = say("reserves_further_changes", number=int(more))
        above = first is not None and _ranks_above("changes", first[0], reserve.goals)
        parts.insert(0 if above else len(parts), further)
    if not first:
        parts.append(say("reserves_nothing_else" if more > 0 else "reserves_costs_nothing"))
    if reserve.worse_than_nobody:
        parts.append(say("reserves_better_empty"))
    elif each.empty is not None and (first := _first(reserve.goals, each.empty)):
        parts.append(say("reserves_to_empty", goal=goal_in_words(first[0], problem.scenario), by=signed(first[1])))
    if reserve.not_for:
        parts.append(say("reserves_not_for", names=", ".join(reserve.not_for)))
    return "; ".join(parts)


def _first(values: dict[str, Fraction], others: dict[str, Fraction]) -> tuple[str, Fraction] | None:
    """The first goal that differs, and by how much; that somebody else goes is a change anyway."""
    differs = ((goal, value - others[goal]) for goal, value in values.items() if goal != "changes")
    return next(((goal, by) for goal, by in differs if by), None)


def _ranks_above(goal: str, other: str, values: dict[str, Fraction]) -> bool:
    ranked = list(values)
    return ranked.index(goal) < ranked.index(other)


def as_plan(problem: Problem, found: Reserves) -> Plan:
    """The reserves as if all of them started, for lists to show them."""
    codes = {str(code): row for row, code in enumerate(problem.cadres["cadre"])}
    programmes = problem.programmes.reset_index(drop=True)
    known = {str(name): row for row, name in enumerate(programmes["programme"])}
    rows = []
    for each in found.lists:
        programme, year = each.places.programme, each.places.year
        row = known[programme]
        mode, years = str(programmes["mode"][row]), int(programmes["years"][row])
        for reserve in each.reserves:
            points = number(Fraction(str(problem.points[codes[reserve.cadre], row])))
            own = (reserve.cadre, reserve.agency, programme, mode, year, year + years - 1, points, reserve.serves)
            rows.append(own)
    columns = ["cadre", "agency", "programme", "mode", "start", "finish", "points", "serves"]
    return replace(found.standing, problem=problem, assignments=pd.DataFrame(rows, columns=columns))
