"""What the language of scenarios can say: the cases under cases/language, whose EXPECTED.md states the best values.

Each is solved three times: by trying every plan, by the textbook model and by planner.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from brute_force import best_plan

from benchmarks.textbook import solve_textbook
from planner.inputs.loading import load
from planner.solver import solve_problem

CASES = Path(__file__).parent / "cases" / "language"

Values = dict[str, float]
Overlay = dict[str, Any]

STATED: list[tuple[str, str, Overlay, Values]] = [
    ("autumn-course", "over two years", {}, {"attainment": 1}),
    ("autumn-course", "within a year", {"programmes": {"adv": {"begins": None}}}, {"attainment": 0}),
    ("cap-per-person", "one start", {}, {"attainment": 1, "starts": 0}),
    ("cap-per-person", "two starts", {"study_load": {"starts_per_cadre": 2}}, {"attainment": 0, "starts": 2}),
    ("on-leave", "in 2027", {}, {"attainment": 0, "early": 4}),
    ("on-leave", "never", {"leave": None}, {"attainment": 0, "early": 2}),
    ("one-per-office", "a year", {}, {"attainment": 8, "starts": 4}),
    (
        "one-per-office",
        "over the horizon",
        {"horizon": {"last": 2027}, "seats": {"p": {"per_agency": {"max": None, "total": 1}}}},
        {"attainment": 8, "starts": 4},
    ),
    ("prerequisite-across-ladders", "bachelor first", {}, {"attainment": 0, "starts": 2, "early": 3}),
    (
        "prerequisite-across-ladders",
        "nothing asked",
        {"programmes": {"adv": {"requires": None}}, "horizon": {"last": 2026}},
        {"attainment": 1, "starts": 1, "early": 1},
    ),
    ("ranked-priorities", "tiers", {}, {"priority[first]": 3, "priority[second]": 2}),
    ("seats-by-year", "none in 2028", {}, {"attainment": 1, "seat_floors": 0, "starts": 4, "early": 11}),
    ("share-of-women", "four seats", {}, {"attainment": 4, "starts": 4}),
    ("share-of-women", "two seats", {"seats": {"pool": {"per_year": {"max": 2}}}}, {"attainment": 5, "starts": 2}),
    ("share-of-women", "three seats", {"seats": {"pool": {"per_year": {"max": 3}}}}, {"attainment": 5, "starts": 2}),
    ("age-on-the-day", "September", {}, {"attainment": 0}),
    ("age-on-the-day", "December", {"programmes": {"master": {"begins": 12}}}, {"attainment": 0}),
    ("age-on-the-day", "at most 44", {"programmes": {"master": {"eligible": {"age": {"max": 44}}}}}, {"attainment": 1}),
    ("class-too-small", "five of four", {}, {"attainment": 4, "starts": 0}),
    ("class-too-small", "four of four", {"classes": {"inter": {"min": 4}}}, {"attainment": 0, "starts": 4}),
]


def names(case: tuple[str, str, Overlay, Values]) -> str:
    return f"{case[0]}: {case[1]}"


@pytest.fixture(params=STATED, ids=map(names, STATED))
def stated(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Values]:
    """The file of a case, laid over as the variant says, and the values that are stated."""
    case, _, overlay, values = request.param
    return laid_over(tmp_path, case, overlay), values


def laid_over(folder: Path, case: str, overlay: Overlay) -> Path:
    """A copy of a case with an overlay."""
    shutil.copytree(CASES / case, folder, dirs_exist_ok=True)
    path = folder / "variant.yaml"
    path.write_text(yaml.safe_dump({"extends": "scenario.yaml", **overlay}), encoding="utf-8")
    return path


def test_trying_every_plan_finds_what_is_stated(stated: tuple[Path, Values]) -> None:
    """The best of all plans has the stated values."""
    path, values = stated
    goals = best_plan(path).goals
    assert goals is not None
    assert {goal: goals[goal] for goal in values} == values


def test_the_textbook_model_finds_what_is_stated(stated: tuple[Path, Values]) -> None:
    """The textbook model proves the stated values."""
    path, values = stated
    found = solve_textbook(load(path), time_limit_s=60, workers=1)
    assert found.status == "optimal"
    assert {goal: found.goals[goal] for goal in values} == values


def test_planner_finds_what_is_stated(stated: tuple[Path, Values]) -> None:
    """Planner proves the stated values."""
    path, values = stated
    plan = solve_problem(load(path))
    assert plan.status == "optimal"
    found = dict(zip(plan.goals["goal"], plan.goals["value"], strict=True))
    assert {goal: found[goal] for goal in values} == values


def test_nobody_of_the_second_tier_displaces_one_of_the_first(tmp_path: Path) -> None:
    """A1 of the first tier takes the place of her office although A2 of the second would do; A3 has her own office."""
    path = laid_over(tmp_path, "ranked-priorities", {})
    expected = {("A1", "master", 2026), ("A3", "master", 2026)}
    table = solve_problem(load(path)).assignments
    assert set(zip(table["cadre"], table["programme"], table["start"], strict=True)) == expected
    assert best_plan(path).best == (frozenset(expected),)


def test_a_pin_against_the_service_owed_leaves_no_plan(tmp_path: Path) -> None:
    """A1 is announced for 2027, owes service until 2029 and retires in 2028: all three say that there is no plan."""
    path = laid_over(tmp_path, "announced-then-leaves", {})
    assert best_plan(path).goals is None
    problem = load(path)
    assert solve_textbook(problem, time_limit_s=60, workers=1).status == "infeasible"
    assert solve_problem(problem).status == "infeasible"
