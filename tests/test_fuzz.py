"""The fuzzer: its relations hold, it finds a fault that is put in, and shrinks it to what the fault needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import whole_case
from fuzz import CASES, again, asked_of, drawn, main
from pydantic import BaseModel
from relations import RELATIONS
from shrinking import shrunk
from whole_case import Case, Outcome, outcome

from planner.inputs.problem import Problem
from planner.inputs.scenario import schema
from planner.inputs.scenario.ranked_goals import KINDS
from planner.plans.plan import Plan
from planner.solver import solve_problem

NAMES = list(RELATIONS)
SHORT, LONG = range(12), range(12, 400)


@pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
def test_the_relations_hold(seed: int) -> None:
    """Of each seed one relation by one change, the relations in turn; half of the scenarios are small, half tiny."""
    name, size = NAMES[seed % len(NAMES)], ("tiny", "small")[seed // len(NAMES) % 2]
    asked = list(asked_of(drawn(seed, size), [name], 1, seed))  # type: ignore[arg-type]
    assert [one.failure for one in asked if one.failure] == []


@pytest.mark.parametrize("folder", sorted(CASES.glob("*")), ids=lambda folder: folder.name)
def test_what_failed_once_holds(folder: Path) -> None:
    """The smallest scenarios of the failures that were mended."""
    assert again(folder) == ""


def seats_of(case: Case) -> list[int]:
    """The most starts of every pool whose `per_year` is one number, where a programme and a cadre can fill it."""
    pools = case.entries("seats").values()
    filled = case.scenario.get("programmes") and case.tables["roster"]
    return [pool["per_year"] for pool in pools if filled and isinstance(pool.get("per_year"), int)]


def test_a_case_is_shrunk_to_what_fails() -> None:
    """Of a whole scenario with its tables what the failure needs is left: a pool's seats, a programme, a cadre."""
    case = next(case for case in (drawn(seed, "small") for seed in range(40)) if max(seats_of(case), default=0) >= 3)
    least = shrunk(case, lambda less: max(seats_of(less), default=0) >= 3)
    assert len(case.tables["roster"]) >= 8
    assert len(case.scenario) >= 8
    (pool,) = least.scenario.pop("seats").values()
    (programme,) = least.scenario.pop("programmes").values()
    assert (pool.keys(), programme, least.scenario) == ({"per_year"}, {}, {})
    assert [*least.tables] == ["roster"]
    assert [row.keys() for row in least.tables["roster"]] == [{"cadre", "agency"}]


def no_open_programme(problem: Problem) -> Plan:
    """A fault: where a programme is open, there is no plan."""
    plan = solve_problem(problem)
    is_open = any(programme.open for programme in problem.scenario.programmes.values())
    return replace(plan, status="infeasible") if is_open else plan


@pytest.mark.long
def test_a_fault_is_found_shrunk_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Opening a programme makes a plan impossible: found, with one cadre and one programme left, and asked again."""
    monkeypatch.setattr(whole_case, "solve_problem", no_open_programme)
    said = ["--seeds", "0:60", "--relation", "loosened", "--changes", "20", "--out", str(tmp_path), "--failures", "1"]
    monkeypatch.setattr(sys, "argv", ["fuzz", *said])
    assert main() == 1
    assert "loosened" in capsys.readouterr().out
    folder = min(tmp_path.iterdir())
    assert "worse" in again(folder)
    case = Case.read(folder / "scenario.yaml")
    assert [len(case.entries(section)) for section in ("programmes", "targets", "seats")] == [1, 0, 0]
    assert (len(case.tables["roster"]), [*case.tables]) == (1, ["roster"])
    monkeypatch.setattr(whole_case, "solve_problem", solve_problem)
    assert again(folder) == ""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("verified", ("optimal", 1, 5), ("optimal", 1, 6)),
        ("neutral", ("optimal", 1, 5), ("infeasible",)),
        ("loosened", ("optimal", 1, 5), ("optimal", 1, 6)),
        ("loosened", ("infeasible",), ("refused",)),
        ("refused", ("optimal", 2, 5), ("optimal", 1, 9)),
        ("refused", ("infeasible",), ("optimal", 1, 9)),
        ("renamed", ("optimal", 1, 5), ("optimal", 2, 5)),
        ("dominated", ("optimal", 1, 5), ("optimal", 0, 5)),
        ("scaled", ("optimal", 1, 5), ("optimal", 2, 5)),
        ("settled", ("optimal", 1, 5), ("optimal", 1, 4)),
        ("ranked_further", ("optimal", 1), ("optimal", 2, 5)),
        ("kept", ("optimal", 1, 5), ("optimal", 1, 5, 2)),
    ],
)
def test_what_a_relation_refuses(name: str, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
    """Outcomes that do not go together."""
    assert RELATIONS[name].wrong(_outcome(*before), _outcome(*after))


def _outcome(status: str, *values: int) -> Outcome:
    names = ("attainment", "lot", "changes")
    return Outcome(status, tuple((goal, Fraction(value)) for goal, value in zip(names, values, strict=False)))


def test_a_plan_that_does_not_verify_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A start struck from the plan behind its figures' back, and a programme that dies."""
    case = drawn(3, "small")
    assert (outcome(case).wrong, bool(outcome(case).starts)) == ("", True)

    def struck(problem: Problem) -> Plan:
        plan = solve_problem(problem)
        return replace(plan, assignments=plan.assignments.iloc[1:])

    for fault in (struck, lambda _: 1 / 0):
        monkeypatch.setattr(whole_case, "solve_problem", fault)
        (asked,) = asked_of(case, ["verified"], 1, 0)
        assert asked.failure is not None


OF_A_SECTION = {
    "programmes": schema.Programme,
    "targets": schema.Target,
    "seats": schema.SeatPool,
    "shares": schema.Share,
    "leave": schema.Leave,
    "classes": schema.ClassSize,
    "priority": schema.Priority,
    "approval": schema.Approval,
    "risk": schema.Rate,
}
ALONE = {
    "absence": schema.Absence,
    "study_load": schema.StudyLoad,
    "budget": schema.Budget,
    "pins": schema.Pins,
    "resilient": schema.Resilient,
    "privacy": schema.Privacy,
    "solver": schema.SolverSettings,
}
NOT_DRAWN = {".sheets", ".acknowledged"}
"""Of workbooks alone (`test_roster.py`); of warnings, which say nothing of a plan (`test_warnings.py`)."""
SAID_OF = {"source", "title", "may_change", "extends"}
"""Keys of every entry that tell people something."""


def test_every_key_of_the_schema_occurs() -> None:
    """Among the scenarios of forty seeds and their changes every key of the schema, every mode and goal."""
    wanted = {
        f"{name}.{key}"
        for name, model in {"": schema.Scenario, **OF_A_SECTION, **ALONE}.items()
        for key in _keys(model)
    }
    wanted |= {f"goal {kind}" for kind in KINDS}
    seen: set[str] = set()
    for seed in range(40):
        case = drawn(seed, ("tiny", "small")[seed % 2])  # type: ignore[arg-type]
        seen |= set(_of(case))
        for name in ("neutral", "ranked_further", "loosened") if seed < 4 else ():
            for _, changed in RELATIONS[name].changes(case, Outcome("optimal")):
                seen |= set(_of(changed))
    assert wanted - seen == NOT_DRAWN


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()} - SAID_OF


def _of(case: Case) -> Iterator[str]:
    tree = {**case.scenario, **{key: {} for key in case.tables}}
    yield from (f".{key}" for key in tree)
    for section in OF_A_SECTION.keys() & tree.keys():
        yield from (f"{section}.{key}" for entry in tree[section].values() for key in entry)
    for section in ALONE.keys() & tree.keys():
        yield from (f"{section}.{key}" for key in tree[section])
    for goal in tree.get("goals", ()):
        yield f"goal {next(iter(goal)) if isinstance(goal, dict) else goal}"
