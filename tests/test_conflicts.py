"""Conflicts: the rules named contradict each other, and any of them set aside leaves a plan."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from random_scenarios import random_scenario
from small import merged, small

import planner
from planner.infeasibility import conflict
from planner.inputs.loading import load
from planner.model.barred import barred
from planner.model.build import build_model
from planner.model.options import admissible_starts
from planner.model.rows import Key, Limit, ModelTables
from planner.model.rules import STATED
from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.plans.plan import Plan
from planner.verification.rules import RULES

DONE = {"education": "master", "theory": "advanced", "administration": "senior"}


def solved(folder: Path, **overrides: Any) -> Plan:
    """The plan of a small scenario."""
    settings = {"goals": ["early"], "solver": {"workers": 1}}
    return planner.solve(planner.load(small(folder, **merged(settings, overrides))))


def pin(cadre: str, programme: str, start: int) -> dict[str, Any]:
    """A pin of one start."""
    return {"cadre": cadre, "programme": programme, "start": start}


SEATS = {"p": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 1}, "total": 1}}
AWAY = {"modes": ["full_time"], "bands": [{"away": 1}]}
TARGET = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1, "must": True}
CASES: dict[str, tuple[dict[str, Any], dict[tuple[str, str], dict[str, Any]]]] = {
    # the scenario; and for every rule of its only conflict what takes that rule away
    "seats of a year": (
        {
            "seats": {"p": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 1}}},
            "pins": {"require": [pin("C", "course", 2021), pin("A", "school", 2021), pin("B", "school", 2021)]},
        },
        {
            ("seats", "p, 2021"): {"seats": None},
            ("pins", "1"): {"pins": {"require": [pin("B", "school", 2021)]}},
            ("pins", "2"): {"pins": {"require": [pin("A", "school", 2021)]}},
        },
    ),
    "seats of the horizon": (
        {
            "seats": {"p": {"programmes": ["school"], "who": {"sex": "F"}, "total": 1}},
            "pins": {"require": [pin("A", "school", 2021), pin("B", "school", 2022)]},
        },
        {
            ("seats", "p, total"): {"seats": None},
            ("pins", "0"): {"pins": {"require": [pin("B", "school", 2022)]}},
            ("pins", "1"): {"pins": {"require": [pin("A", "school", 2021)]}},
        },
    ),
    "must and absence": (
        {
            "targets": {"t": TARGET},
            "absence": AWAY,
            "programmes": {"evening": {"open": False}},
            "horizon": {"last": 2022},
        },
        {
            ("must", "t"): {"targets": {"t": {"must": False}}},
            ("no_seat_pool", "evening"): {"programmes": {"evening": {"open": True}}},
            ("absence", "office, 2021"): {"absence": None},
            ("absence", "office, 2022"): {"absence": None},
        },
    ),
    "budget and classes": (
        {
            "classes": {"school": {"min": 2, "max": 3}},
            "budget": {"per_year": {2021: 15}},
            "programmes": {"school": {"cost": 10}},
            "pins": {"require": [pin("A", "school", 2021)]},
        },
        {
            ("classes", "school"): {"classes": None},
            ("budget", "2021"): {"budget": None},
            ("pins", "0"): {"pins": None},
        },
    ),
    "a pin that nobody can meet": (
        {"roster": {"A": DONE, "B": {}}, "pins": {"require": [pin("B", "school", 2021), {"cadre": "A"}]}},
        {("pins", "1"): {"pins": None}},
    ),
    "one at a time": (
        {"pins": {"require": [pin("A", "degree", 2021), pin("A", "school", 2022)]}},
        {
            ("one_at_a_time", ""): {"programmes": {"degree": {"months": 12}}},
            ("pins", "0"): {"pins": {"require": [pin("A", "school", 2022)]}},
            ("pins", "1"): {"pins": {"require": [pin("A", "degree", 2021)]}},
        },
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_conflict_names_the_rules_and_no_others(tmp_path: Path, name: str) -> None:
    """The only conflict of a scenario is found, and named; without any part of it there is a plan."""
    scenario, parts = CASES[name]
    plan = solved(tmp_path / "all", **scenario)
    assert plan.status == "infeasible"
    assert plan.conflict.columns.tolist() == ["rule", "where", "key", "minimal"]
    assert sorted(map(tuple, plan.conflict[["rule", "where"]].to_numpy())) == sorted(parts)
    assert plan.conflict["minimal"].all()
    for place, change in enumerate(parts.values()):
        kept = {key: value for key, value in scenario.items() if key not in change or change[key] is not None}
        without = merged(kept, {key: value for key, value in change.items() if value is not None})
        assert solved(tmp_path / str(place), **without).status == "optimal"


def test_a_plan_has_no_conflict(tmp_path: Path) -> None:
    """Where there is a plan the table is empty, and has its columns."""
    plan = solved(tmp_path)
    assert plan.conflict.empty
    assert plan.conflict.columns.tolist() == ["rule", "where", "key", "minimal"]


def test_an_infeasible_solve_claims_nothing(tmp_path: Path) -> None:
    """Without a plan there are no assignments and no values."""
    plan = solved(tmp_path, seats=SEATS, pins={"require": [pin("A", "school", 2021), pin("B", "school", 2022)]})
    assert not plan.found
    assert plan.assignments.empty
    assert plan.goals["value"].tolist() == [None]
    assert set(plan.goals["status"]) == {"infeasible"}


def impossible(tables: ModelTables, labels: list[Limit]) -> bool:
    """Whether the rows of some rules alone have no whole point, by the engine that the search did not use."""
    kept = np.array([_of(labels, rule, key) for rule, key in tables.row_keys()], dtype=bool)
    nothing = np.zeros(len(tables.upper))
    sides = tables.row_lower[kept], tables.row_upper[kept]
    matrix = IntegerProgram(nothing, tables.terms[kept], *sides, nothing, tables.upper)
    return optimise(matrix, SolveLimits(time.monotonic() + 60, engine="cp_sat")).status == "infeasible"


def _of(labels: list[Limit], rule: str, key: Key) -> bool:
    """Whether a row belongs to one of the rules, or is no rule: what defines a column, or each level once."""
    if rule not in STATED or (rule == "ladder_order" and len(key) == 3):
        return True
    return any(rule == name and key[: len(statement)] == statement for name, statement in labels)


def test_conflicts_of_random_scenarios_are_smallest(tmp_path: Path) -> None:
    """All that is named leaves no point; any one of it set aside, there is one. Another engine says so.

    What keeps cadres from starting is there as rows, too, so nothing but what is named forbids anything.
    """
    effort = SolveLimits(time.monotonic() + 300)
    seen: list[pd.DataFrame] = []
    for seed in range(24):
        problem = load(random_scenario(seed, tmp_path / str(seed), "tiny"))
        tables = build_model(admissible_starts(problem)).tables
        everything: list[Limit] = [(rule, ()) for rule in RULES]
        if not impossible(tables, everything):
            continue
        found = conflict(tables, effort)
        labels = list(zip(found["rule"], found["key"], strict=True))
        assert labels
        assert set(found["rule"]) <= set(STATED)
        assert len(set(labels)) == len(labels)
        wider = barred(tables, labels)
        assert impossible(wider, labels)
        for each in labels:
            assert not impossible(wider, [label for label in labels if label != each]), each
        seen.append(found)
    assert len(seen) >= 4


def test_without_time_the_conflict_still_contradicts_itself(tmp_path: Path) -> None:
    """A search cut short may name too much, never too little."""
    pins = {"require": [pin("A", "school", 2021), pin("B", "school", 2022)]}
    tables = build_model(admissible_starts(load(small(tmp_path, seats=SEATS, pins=pins)))).tables
    found = conflict(tables, SolveLimits(time.monotonic()))
    assert impossible(tables, list(zip(found["rule"], found["key"], strict=True)))
