"""Readings of the contract that share no code agree on random scenarios of all its features.

Three readings: planner's own solver, the textbook CP-SAT model of the benchmarks, and, where every plan can be tried,
brute force from the files alone. Verification is a fourth: it finds nothing wrong with what planner answers.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from brute_force import Optimum, best_plan
from random_scenarios import Size, random_scenario

from benchmarks.textbook import TextbookResult, solve_textbook
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.plans.plan import Plan
from planner.solver import solve_problem
from planner.verification import broken_rules, figures

SHORT, LONG = range(30), range(30, 250)
EXAMPLE = Path(__file__).parent / "cases" / "example"

tiny = pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
small = tiny


def textbook(problem: Problem) -> TextbookResult:
    """The second engine's answer, proven; a linear relaxation keeps its proofs from taking minutes."""
    result = solve_textbook(problem, time_limit_s=300, workers=1, parameters={"linearization_level": 2})
    assert result.status in ("optimal", "infeasible")
    return result


def starts(plan: Plan | TextbookResult) -> set[tuple[str, str, int]]:
    """The starts of a plan."""
    table = plan.assignments
    return set(zip(table["cadre"], table["programme"], table["start"], strict=True)) if len(table) else set()


def draw(seed: int, folder: Path, size: Size) -> tuple[Path, Problem]:
    """The scenario of a seed, written and loaded."""
    path = random_scenario(seed, folder, size)
    return path, load(path)


def check_plan(problem: Problem, plan: Plan) -> None:
    """Verification must find that the plan keeps every rule and has the values it says."""
    assert broken_rules(problem, plan.assignments).empty
    recomputed = figures(problem, plan.assignments).goals
    for goal, value, bound in zip(plan.goals["goal"], plan.goals["value"], plan.goals["bound"], strict=True):
        assert float(recomputed[goal]) == float(value) == float(bound), goal


def check_agreement(problem: Problem, plan: Plan, other: TextbookResult | Optimum) -> None:
    """Two optima must have the same values, and the same starts where the lot leaves one best plan."""
    assert other.goals is not None
    values = dict(zip(plan.goals["goal"], plan.goals["value"], strict=True))
    assert values == {goal: float(value) for goal, value in other.goals.items()}
    if problem.scenario.goals[-1] == "lot":
        assert starts(plan) == (other.plan if isinstance(other, Optimum) else starts(other))


@tiny
def test_brute_force_agrees(seed: int, tmp_path: Path) -> None:
    """On tiny scenarios trying every plan finds what planner and the textbook model find."""
    path, problem = draw(seed, tmp_path, "tiny")
    plan, second, best = solve_problem(problem), textbook(problem), best_plan(path)
    if best.goals is None:
        assert plan.status == second.status == "infeasible"
        return
    assert plan.status == second.status == "optimal"
    check_plan(problem, plan)
    check_agreement(problem, plan, best)
    check_agreement(problem, plan, second)


@small
def test_second_engine_agrees(seed: int, tmp_path: Path) -> None:
    """On scenarios of 8 to 25 cadres planner and the textbook model agree on every goal, or on there being no plan."""
    _, problem = draw(seed, tmp_path, "small")
    plan, second = solve_problem(problem), textbook(problem)
    assert plan.status == second.status
    if plan.status == "optimal":
        check_plan(problem, plan)
        check_agreement(problem, plan, second)


def test_worked_example() -> None:
    """The textbook model finds the contract's worked example: its values and its one plan."""
    second = textbook(load(EXAMPLE / "scenario.yaml"))
    with (EXAMPLE / "expected.csv").open(encoding="utf-8") as file:
        assert second.goals == {row["goal"]: int(row["value"]) for row in csv.DictReader(file)}
    with (EXAMPLE / "expected-assignments.csv").open(encoding="utf-8") as file:
        assert starts(second) == {(row["cadre"], row["programme"], int(row["start"])) for row in csv.DictReader(file)}


def test_random_scenarios_are_repeatable(tmp_path: Path) -> None:
    """The same seed writes the same files, so that a failure can be looked at."""
    for size in ("tiny", "small"):
        once, again = (random_scenario(7, tmp_path / name / size, size) for name in ("once", "again"))
        assert {file.name: file.read_bytes() for file in once.parent.iterdir()} == {
            file.name: file.read_bytes() for file in again.parent.iterdir()
        }


def test_random_scenarios_have_every_feature(tmp_path: Path) -> None:
    """Among the scenarios of the short run every key of the scenario format that steers a plan occurs."""
    seen: set[str] = set()
    for seed in SHORT:
        _, problem = draw(seed, tmp_path / str(seed), "small")
        scenario = problem.scenario
        seen |= scenario.model_fields_set
        for section in ("programmes", "targets", "seats"):
            for entry in getattr(scenario, section).values():
                seen |= {f"{section}.{key}" for key in entry.model_fields_set}
        seen |= {f"goals.{goal}" for goal in scenario.goals}
        seen |= {f"absence.{mode}" for mode in (scenario.absence.modes if scenario.absence else ())}
    wanted = {"absence", "study_load", "classes", "budget", "priority", "pins", "lot", "agencies"}
    wanted |= {f"programmes.{key}" for key in ("eligible", "serve_after_years", "cost", "open")}
    wanted |= {f"targets.{key}" for key in ("at_least", "counts", "by", "rounding", "weight", "leavers", "must")}
    wanted |= {f"seats.{key}" for key in ("per_year", "total", "must")}
    wanted |= {f"goals.{goal}" for goal in ("attainment", "seat_floors", "priority", "early", "cost", "changes", "lot")}
    wanted |= {f"absence.{mode}" for mode in ("full_time", "in_service", "short")}
    assert wanted <= seen, wanted - seen
