"""Why no plan exists: conflicts with their place, checked by a second engine; the cheapest ways out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import small

from planner.analysis.why.conflicts import explain_conflicts
from planner.inputs.loading import load
from planner.messages import speaking
from planner.model.rows import Limit
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


def test_the_five_ranges_of_the_scheme_contradict_themselves() -> None:
    """Made binding, each of the five lines is a conflict of its own: its total and its five minimums, nothing else."""
    problem = load(RANGES)
    found = explain_conflicts(problem, 0).conflicts
    lines = RANGES.with_name("base.yaml").read_text(encoding="utf-8").splitlines()
    pools = []
    for conflict in found:
        assert conflict.together_impossible
        assert conflict.less_one_possible
        (pool,) = {rule.where.split(", ")[0] for rule in conflict.rules}
        years = [f"must[{pool}, {year}]" for year in range(2021, 2026)]
        assert sorted(rule.id for rule in conflict.rules) == sorted([f"seats[{pool}, total]", *years])
        for rule in conflict.rules:
            assert ("total:" if rule.rule == "seats" else "per_year:") in lines[(rule.line or 0) - 1]
            assert rule.source.startswith("III.2")
        pools.append(pool)
    assert sorted(pools) == sorted(
        ["district_senior", "commune_postgraduate", "commune_senior", "commune_specialist", "school_postgraduate"]
    )
    with speaking("en"):
        told = "\n".join(contradicted(problem, explain_conflicts(load(RANGES), 0)))
    assert "at least" in told


@pytest.mark.long
def test_the_ways_out_of_the_five_ranges() -> None:
    """Nine units in five rules, three times; each plan found obeys the rows so relaxed."""
    ways = explain_conflicts(load(RANGES), 3).ways_out
    assert [(way.units, len(way.relaxed), way.possible) for way in ways] == [(9, 5, True)] * 3
