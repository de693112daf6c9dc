"""Answers that were once wrong, each of a kind: the lot ranked anywhere, study beyond a limit, commas in names."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from small import laid, small

from planner.analysis.fairness.audit import audit_fairness
from planner.analysis.price import better, price_of
from planner.analysis.seats.values import IMPLIED, SOLVED, Worth, worth_of_seats
from planner.analysis.what_if import WhatIf, starts_of, with_pin, worth
from planner.analysis.why.missed_targets import why_missed
from planner.inputs.loading import load
from planner.inputs.scenario.schema import Pin
from planner.messages import speaking
from planner.report.text.missed_targets import missing
from planner.solver import solve_problem

BASE: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "targets": {"advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "programmes": {"evening": None, "school": {"months": 8}},
    "goals": ["attainment", "early", "lot"],
}


# --- current study beyond a limit -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "gains", "repair"), [(1, 0, 2), (2, 1, 1)])
def test_one_more_is_tried_against_the_excess(tmp_path: Path, limit: int, gains: int, repair: int) -> None:
    """Two study already: with a limit of one, one more is eaten by the excess; with two, it lets a third go.

    The limit is told as the scenario has it, the use with current study; so are what blocks, and the repair.
    """
    studying = {"studying": "school", "studying_until": 2021}
    people = {"A": studying, "B": studying, "C": {}}
    absence = {"modes": ["full_time"], "bands": [{"away": limit}]}
    changes = {"absence": absence, "horizon": {"last": 2021}}
    what_if = WhatIf(load(small(tmp_path, people, **laid(BASE, changes))))
    (found,) = [each for each in worth_of_seats(what_if) if each.rule == "absence"]
    assert (found.limit, found.used) == (limit, 2)
    assert (found.one_more.how, found.one_more.change["attainment"]) == (SOLVED, -gains)
    assert fewer(found) == (limit == 2)
    missed = why_missed(what_if, "advanced")
    assert [(rule.rule, rule.limit) for rule in missed.blocking] == [("absence", limit)]
    assert missed.repair is not None
    assert [by for _, by in missed.repair.relaxed] == [repair]
    with speaking("en"):
        assert any("2 away anyway, by current study or leave" in told for told in missing(what_if.problem, [missed]))
    for by in range(1, repair + 1):
        raised = solve_problem(what_if.problem, more={("absence", ("office", 2021)): by})
        assert int(raised.attainment["shortfall"].sum()) == (0 if by == repair else 1)


def fewer(found: Worth) -> bool:
    """Whether one fewer was solved, and not implied by what is left of the limit: nothing."""
    assert found.one_fewer.how in (SOLVED, IMPLIED)
    return found.one_fewer.how == SOLVED


# --- the lot ranked anywhere ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(4))
def test_prices_with_the_lot_ranked_anywhere_are_those_of_the_same_goals(tmp_path: Path, place: int) -> None:
    """A start forced in or out makes no plan better, and changes the goals by what solving the pinned problem says."""
    goals = ["attainment", "priority", "early"]
    goals.insert(place, "lot")
    pool = {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}}
    changes = {
        "goals": goals,
        "seats": pool,
        "programmes": {"school": {"open": False}},
        "priority": {"women": {"who": {"sex": "F"}, "points": 3}},
    }
    people: dict[str, dict[str, Any]] = {"A": {}, "B": {"sex": "M"}, "C": {}, "D": {"sex": "M"}}
    what_if = WhatIf(load(small(tmp_path, people, **laid(BASE, changes))))
    told = [goal for goal in goals if goal != "lot" or place < 3]
    chosen = set(starts_of(what_if.plan))
    priced = 0
    for cadre, year in itertools.product(people, (2021, 2022)):
        pin = Pin(cadre=cadre, programme="school", start=year)
        kind = "forbid" if (cadre, "school", year) in chosen else "require"
        price = price_of(what_if, kind, pin)
        pinned = solve_problem(with_pin(what_if.problem, kind, pin))
        assert price.possible
        assert price.change == {goal: worth(pinned)[goal] - worth(what_if.plan)[goal] for goal in told}
        assert not better(what_if, pinned, what_if.plan)
        priced += bool(price.decided_by)
    assert priced > 0


# --- names and nobody -----------------------------------------------------------------------------------------------


def test_an_agency_may_have_commas_in_its_name(tmp_path: Path) -> None:
    """Its limit is named and priced under its whole name."""
    name = "Phòng Văn hóa, Thông tin, 2021"
    people = {cadre: {"agency": name} for cadre in "ABC"}
    absence = {"modes": ["full_time"], "bands": [{"away": 1}]}
    path = small(tmp_path, people, None, **laid(BASE, {"absence": absence, "horizon": {"last": 2021}}))
    what_if = WhatIf(load(path))
    missed = why_missed(what_if, "advanced")
    assert [rule.key for rule in missed.blocking] == [(name, 2021)]
    assert missed.repair is not None
    assert [(rule.key, by) for rule, by in missed.repair.relaxed] == [((name, 2021), 2)]
    assert [each.where for each in worth_of_seats(what_if) if each.rule == "absence"] == [name]


@pytest.mark.parametrize("changes", [{"targets": None}, {"pins": {"forbid": [{"programme": "school"}]}}])
def test_fairness_where_nobody_is_selected_or_wanted(tmp_path: Path, changes: dict[str, Any]) -> None:
    """No target, or nobody sent: an audit without tests that say anything, and no error."""
    what_if = WhatIf(load(small(tmp_path, **laid(BASE, changes))))
    found = audit_fairness(what_if, [35, 45])
    assert [test for test in found.tests if test.p_selected is not None and test.p_selected < 1] == []
    assert sum(group.selected for group in found.groups) == 0
