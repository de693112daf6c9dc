"""Three readings of the contract agree: planner's model, the textbook model, and trying every plan.

The scenarios are random (`random_scenarios.py`); a failure names its seed, which writes the same files again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from brute_force import Optimum, TooManyPlansError, best_plan
from plain_reading import Register
from random_scenarios import Size, random_scenario

from benchmarks.textbook import TextbookResult, solve_textbook
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.plans.plan import Plan
from planner.solver import solve_problem
from planner.verification import broken_rules, figures

SHORT = range(30)
LONG = [seed for seed in range(30, 250) if seed != 87]  # of 87 there are more plans than can be tried
CASES = Path(__file__).parent / "cases"

seeds = pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
examples = pytest.mark.parametrize("name", ["example", "glyph"])


def textbook(problem: Problem) -> TextbookResult:
    """The second engine's answer, proven; a linear relaxation keeps its proofs from taking minutes."""
    result = solve_textbook(problem, time_limit_s=300, workers=1, parameters={"linearization_level": 2})
    assert result.status in ("optimal", "infeasible")
    return result


def starts(plan: Plan | TextbookResult) -> frozenset[tuple[str, str, int]]:
    """The starts of a plan."""
    table = plan.assignments
    return (
        frozenset(zip(table["cadre"], table["programme"], table["start"], strict=True)) if len(table) else frozenset()
    )


def draw(seed: int, folder: Path, size: Size) -> tuple[Path, Problem]:
    """The scenario of a seed, written and loaded."""
    path = random_scenario(seed, folder, size)
    return path, load(path)


def values(plan: Plan) -> dict[str, float]:
    """The value of each goal of a plan."""
    return dict(zip(plan.goals["goal"], plan.goals["value"], strict=True))


def check_plan(problem: Problem, plan: Plan) -> None:
    """Verification must find that the plan keeps every rule and has the values it says."""
    assert broken_rules(problem, plan.assignments).empty
    recomputed = figures(problem, plan.assignments).goals
    for goal, value, bound in zip(plan.goals["goal"], plan.goals["value"], plan.goals["bound"], strict=True):
        assert float(recomputed[goal]) == float(value) == float(bound), goal


# --- tiny scenarios: every plan is tried ----------------------------------------------------------------------------


@seeds
def test_the_textbook_model_agrees_with_every_plan(seed: int, tmp_path: Path) -> None:
    """The textbook model finds the values and one of the plans that trying every plan finds, or that there is none."""
    path, problem = draw(seed, tmp_path, "tiny")
    best, second = best_plan(path), textbook(problem)
    assert second.status == ("infeasible" if best.goals is None else "optimal")
    if best.goals is not None:
        assert second.goals == best.goals
        assert starts(second) in best.best


@seeds
def test_planner_agrees_with_every_plan(seed: int, tmp_path: Path) -> None:
    """Planner finds the values and one of the plans that trying every plan finds, or that there is none."""
    path, problem = draw(seed, tmp_path, "tiny")
    best, plan = best_plan(path), solve_problem(problem)
    assert plan.status == ("infeasible" if best.goals is None else "optimal")
    if best.goals is not None:
        check_plan(problem, plan)
        assert values(plan) == {goal: float(value) for goal, value in best.goals.items()}
        assert starts(plan) in best.best


# --- small scenarios: the second engine -----------------------------------------------------------------------------


@seeds
def test_the_second_engine_agrees(seed: int, tmp_path: Path) -> None:
    """On scenarios of 8 to 25 cadres planner and the textbook model agree on every goal, or on there being no plan.

    They name the same starts wherever the lot leaves one best plan.
    """
    _, problem = draw(seed, tmp_path, "small")
    plan, second = solve_problem(problem), textbook(problem)
    assert plan.status == second.status
    if plan.status == "optimal":
        check_plan(problem, plan)
        assert values(plan) == {goal: float(value) for goal, value in second.goals.items()}
        if "lot" in problem.scenario.goals:
            assert starts(plan) == starts(second)


# --- worked examples ------------------------------------------------------------------------------------------------


def expected(name: str) -> tuple[dict[str, int], frozenset[tuple[str, str, int]]]:
    """The stated values and the one plan that has them."""
    with (CASES / name / "expected.csv").open(encoding="utf-8") as file:
        goals = {row["goal"]: int(row["value"]) for row in csv.DictReader(file)}
    with (CASES / name / "expected-assignments.csv").open(encoding="utf-8") as file:
        plan = {(row["cadre"], row["programme"], int(row["start"])) for row in csv.DictReader(file)}
    return goals, frozenset(plan)


@examples
def test_the_textbook_model_finds_the_worked_examples(name: str) -> None:
    """The textbook model finds the values of a worked example and its one plan."""
    second = textbook(load(CASES / name / "scenario.yaml"))
    assert (second.goals, starts(second)) == expected(name)


@examples
def test_planner_finds_the_worked_examples(name: str) -> None:
    """Planner finds the values of a worked example and its one plan, and verification agrees."""
    problem = load(CASES / name / "scenario.yaml")
    plan = solve_problem(problem)
    check_plan(problem, plan)
    assert (values(plan), starts(plan)) == expected(name)


# --- the random scenarios themselves --------------------------------------------------------------------------------


def test_random_scenarios_are_repeatable(tmp_path: Path) -> None:
    """The same seed writes the same files, so that a failure can be looked at."""
    for size in ("tiny", "small"):
        once, again = (random_scenario(7, tmp_path / name / size, size) for name in ("once", "again"))
        assert {file.name: file.read_bytes() for file in once.parent.iterdir()} == {
            file.name: file.read_bytes() for file in again.parent.iterdir()
        }


KEYS = {
    "": "as_of retirement leave earlier history shares absence study_load classes budget priority approval pins lot",
    "programmes": "eligible serve_after_years cost open begins years requires",
    "targets": "at_least counts by rounding weight leavers must as_of",
    "seats": "per_year total must per_agency",
    "shares": "programmes among per weight must",
    "priority": "programmes",
    "approval": "who programmes years",
    "study_load": "short_per_year starts_per_cadre years_between",
    "absence": "modes bands leaders",
    "leave": "away",
}
"""The optional keys of the scenario format, by section."""
GOALS = ["attainment", "seat_floors", "shares", "starts", "priority", "early", "cost", "lot", "changes"]


def test_random_scenarios_have_every_feature(tmp_path: Path) -> None:
    """Among the scenarios of the short run every optional key and every goal of the scenario format occurs."""
    seen: set[str] = set()
    for seed in SHORT:
        register = Register(random_scenario(seed, tmp_path / str(seed), "small"))
        seen |= set(_keys(register.scenario))
        seen |= {f"goals.{kind}{'[]' if entries else ''}" for kind, entries in register.goals}
        seen |= {f"roster.{column}" for row in register.roster.values() for column in row}
    wanted = {f"{section}.{key}" for section, keys in KEYS.items() for key in keys.split()}
    wanted |= {f"goals.{goal}" for goal in GOALS} | {f"goals.{goal}[]" for goal in GOALS[:3]} | {"goals.priority[]"}
    wanted |= {"roster.birth_date", "seats.per_year.min", "seats.per_year.2024", "seats.total.min"}
    assert wanted <= seen, wanted - seen


def _keys(scenario: dict[str, Any]) -> Iterator[str]:
    """The keys that a scenario uses: `.key` on top, `section.key`, and `seats.per_year.key`."""
    yield from (f".{key}" for key in scenario)
    for section in KEYS.keys() - {""}:
        part = scenario.get(section, {})
        for entry in [part] if section in ("study_load", "absence") else part.values():
            yield from (f"{section}.{key}" for key in entry)
            for key in ("per_year", "total"):
                inside = entry.get(key)
                yield from (f"{section}.{key}.{each}" for each in inside) if isinstance(inside, dict) else ()


NOT_STRUCK = {
    *(("", key) for key in ("earlier", "retirement", "approval", "shares", "priority")),
    *(("approval", key) for key in KEYS["approval"].split()),
    *(("absence", "modes"), ("targets", "at_least")),
}
"""Keys that goals or columns need, that steer no plan, or that every entry has."""


@pytest.mark.long
def test_every_key_binds_now_and_then(tmp_path: Path) -> None:
    """Each key that steers a plan changes the best plans of some tiny scenario, or their values, when it is struck."""
    idle = {(section, key) for section, keys in KEYS.items() for key in keys.split()} - NOT_STRUCK
    for seed in range(700):
        if not idle:
            break
        path = random_scenario(seed, tmp_path / str(seed), "tiny")
        before = _quickly(path)
        if before is None:
            continue
        scenario = Register(path).scenario
        for section, key in sorted(idle):
            if _steers(path, _without(scenario, section, key), before):
                idle.discard((section, key))
    assert not idle


def _without(scenario: dict[str, Any], section: str, key: str) -> dict[str, Any]:
    """An overlay that takes a key out wherever it stands; empty where it does not."""
    part = scenario.get(section, {}) if section else scenario
    if section in ("", "study_load", "absence"):
        found = {key: None} if key in part else {}
    else:
        found = {name: {key: None} for name, entry in part.items() if key in entry}
    return {section: found} if section and found else found


def _steers(path: Path, without: dict[str, Any], before: Optimum) -> bool:
    """Whether the best plans of a scenario, or their values, are others without a key."""
    if not without:
        return False
    changed = path.with_name("without.yaml")
    changed.write_text(yaml.safe_dump({"extends": path.name, **without}), encoding="utf-8")
    after = _quickly(changed)
    return after is not None and (after.goals, set(after.best)) != (before.goals, set(before.best))


def _quickly(path: Path) -> Optimum | None:
    """The optimum where there are few plans to try; None elsewhere."""
    try:
        return best_plan(path, most=5000)
    except TooManyPlansError:
        return None
