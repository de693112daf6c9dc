"""Why no plan exists: conflicts with their place, checked by a second engine; the cheapest ways out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small import small

from planner.analysis.why.conflicts import explain_conflicts
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.model.rows import Limit
from planner.optimiser.integer_program import UNKNOWN, IntegerProgram
from planner.optimiser.lp import Relaxation, Simplex
from planner.optimiser.quickxplain import Search
from planner.report.text.conflicts import contradicted
from planner.solver import solve_problem

RANGES = Path(__file__).parent.parent / "scenarios" / "hoang-su-phi" / "ranges-must.yaml"
SCHOOL = {
    "programmes": ["school"],
    "who": {"post": "staff"},
    "per_year": {"min": 1, "max": 1},
    "total": 2,
    "must": True,
}
BASE: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2024},
    "seats": {"school": SCHOOL},
    "programmes": {"school": {"open": False}, "evening": None},
    "goals": ["early", "lot"],
}


def test_each_member_of_a_conflict_has_its_place(tmp_path: Path) -> None:
    """A start in each of four years, two seats in all: three of them and the total, each with file and line."""
    problem = load(small(tmp_path, {name: {} for name in "ABCDE"}, **BASE))
    (found,) = explain_conflicts(problem, 0).conflicts
    assert (found.together_impossible, found.less_one_possible) == (True, True)
    lines = (tmp_path / "scenario.yaml").read_text().splitlines()
    assert {rule.rule for rule in found.rules} == {"must", "seats"}
    for rule in found.rules:
        assert Path(rule.file) == tmp_path / "scenario.yaml"
        assert ("total: 2" if rule.rule == "seats" else "min: 1") in lines[(rule.line or 0) - 1]
        assert rule.limit == (2 if rule.rule == "seats" else 1)
    assert len(found.rules) == 4  # three years are enough to exceed a total of two


def test_ways_out_are_the_cheapest_and_lead_out(tmp_path: Path) -> None:
    """Two starts too many are asked for: two units; with either way there is a plan, with half of it none."""
    problem = load(small(tmp_path, {name: {} for name in "ABCDE"}, **BASE))
    ways = explain_conflicts(problem, 4).ways_out
    assert ways
    assert all(way.units == 2 and way.possible for way in ways)
    assert len({frozenset(rule.id for rule, _ in way.relaxed) for way in ways}) == len(ways)
    (total,) = [way for way in ways if all(rule.rule == "seats" for rule, _ in way.relaxed)]
    limit: Limit = ("seats", ("school", "total"))
    assert [(rule.id, by) for rule, by in total.relaxed] == [("seats[school, total]", 2)]
    assert solve_problem(problem, more={limit: 2}).found
    assert not solve_problem(problem, more={limit: 1}).found


def test_pins_can_be_the_way_out(tmp_path: Path) -> None:
    """Two required pins for one seat: dropping either, or one more seat, costs one unit each; there are no others."""
    seats = {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}}
    pins = {"require": [{"cadre": name, "programme": "school", "start": 2021} for name in "AB"]}
    problem = load(small(tmp_path, **{**BASE, "seats": seats, "pins": pins}))
    found = explain_conflicts(problem, 9)
    (conflict,) = found.conflicts
    assert sorted(rule.id for rule in conflict.rules) == ["pins[0]", "pins[1]", "seats[school, 2021]"]
    one_unit = [[rule.id for rule, _ in way.relaxed] for way in found.ways_out if way.units == 1]
    assert sorted(one_unit) == [["pins[0]"], ["pins[1]"], ["seats[school, 2021]"]]


def test_a_possible_scenario_has_no_conflict(tmp_path: Path) -> None:
    """No conflict, no way out, and a sentence that says so."""
    problem = load(small(tmp_path))
    found = explain_conflicts(problem)
    assert (found.conflicts, found.ways_out) == ((), ())
    with speaking("en"):
        assert list(contradicted(problem, found)) == ["No conflict: a plan exists."]


@pytest.mark.parametrize("solves", range(40))
def test_what_the_time_did_not_suffice_for_is_said(tmp_path: Path, monkeypatch: Any, solves: int) -> None:
    """After so many solves the engines know nothing more: no plan is claimed, no set is called smallest that is not."""
    problem = load(small(tmp_path, {name: {} for name in "ABCDE"}, **BASE))
    left = iter([True] * solves)

    relax = Search.relaxation

    def relaxed(search: Search[Limit], simplex: Simplex, matrix: IntegerProgram) -> Relaxation:
        found = relax(search, simplex, matrix)
        return found if next(left, False) else replace(found, status=UNKNOWN)

    monkeypatch.setattr(Search, "relaxation", relaxed)
    found = explain_conflicts(problem, 0)
    with speaking("en"):
        told = "\n".join(contradicted(problem, found))
    if not found.conflicts:
        assert told == "Time ran out before it was known whether a plan exists."
        return
    (conflict,) = found.conflicts
    assert {("seats", ("school", "total"))} < {(rule.rule, rule.key) for rule in conflict.rules}
    if len(conflict.rules) > 4:
        assert not conflict.minimal
        assert not conflict.confirmed
        assert "some of these may not belong" in told
    assert ("there may be further conflicts" in told) == (not found.finished)
    assert ("checked with a second engine" in told) == conflict.confirmed


def assert_ranges_contradict(problem: Problem, file: Path, floor: str, pools: list[str]) -> None:
    """Each pool is a conflict of its own: its total and a minimum for each of five years, at their lines of the file.

    `floor` stands in the line of a minimum.
    """
    found = explain_conflicts(problem, 0)
    lines = file.read_text(encoding="utf-8").splitlines()
    contradictory = []
    for conflict in found.conflicts:
        assert conflict.together_impossible
        assert conflict.less_one_possible
        (pool,) = {rule.where.split(", ")[0] for rule in conflict.rules}
        years = [f"must[{pool}, {year}]" for year in range(2021, 2026)]
        assert sorted(rule.id for rule in conflict.rules) == sorted([f"seats[{pool}, total]", *years])
        for rule in conflict.rules:
            assert ("total:" if rule.rule == "seats" else floor) in lines[(rule.line or 0) - 1]
            assert rule.source.startswith("III.2")
        contradictory.append(pool)
    assert sorted(contradictory) == sorted(pools)
    with speaking("en"):
        told = "\n".join(contradicted(problem, found))
    assert "at least" in told


def test_ranges_that_contradict_their_totals(tmp_path: Path) -> None:
    """Five starts are asked for, four allowed: such a line is a conflict of its own; one that adds up is in none."""
    pool = {"who": {"post": "staff"}, "per_year": {"min": 1, "max": 2}, "total": 4, "must": True, "source": "III.2.a"}
    seats = {
        "school": {**pool, "programmes": ["school"]},
        "course": {**pool, "programmes": ["course"]},
        "degree": {**pool, "programmes": ["degree"], "total": 5},
    }
    programmes = {**{name: {"open": False} for name in seats}, "evening": None, "further": None, "basics": None}
    changes = {**BASE, "horizon": {"first": 2021, "last": 2025}, "seats": seats, "programmes": programmes}
    file = small(tmp_path, {name: {} for name in "ABCDEF"}, **changes)
    assert_ranges_contradict(load(file), file, "min: 1", ["school", "course"])


@pytest.mark.long
def test_the_five_ranges_of_the_scheme_contradict_themselves() -> None:
    """Made binding, each of the five lines is a conflict of its own: its total and its five minimums, nothing else."""
    pools = ["district_senior", "commune_postgraduate", "commune_senior", "commune_specialist", "school_postgraduate"]
    assert_ranges_contradict(load(RANGES), RANGES.with_name("base.yaml"), "per_year:", pools)


@pytest.mark.long
def test_the_ways_out_of_the_five_ranges() -> None:
    """Nine units in five rules, three times; each plan found obeys the rows so relaxed."""
    ways = explain_conflicts(load(RANGES), 3).ways_out
    assert [(way.units, len(way.relaxed), way.possible) for way in ways] == [(9, 5, True)] * 3
