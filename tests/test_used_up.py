"""What the first screen says of those who could start and do not: full seats and offices are not blamed for others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import small

from planner.analysis.what_if import WhatIf
from planner.analysis.why.missed_targets import why_missed
from planner.inputs.loading import load
from planner.messages import say, speaking
from planner.report.text.first_screen import FirstScreen, first_screen
from planner.report.text.missed_targets import why
from planner.solver import solve_problem

EVERYBODY: dict[str, Any] = {"age": {"max": 99}}
ALL = {"who": EVERYBODY, "level": {"theory": "advanced"}, "share": 1.0}
BOTH = {"who": EVERYBODY, "level": {"theory": "advanced", "education": "master"}, "share": 1.0}
POOL = {"programmes": ["school"], "who": EVERYBODY}
SCHOOL = {"school": {"open": False}, "evening": None}
AWAY = {"modes": ["full_time"], "bands": [{"up_to": 99, "away": 0}]}


@pytest.mark.parametrize(
    ("changes", "full"),
    [
        ({"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {"max": 0}}}}, True),
        ({"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {"max": 9}, "total": 2}}}, True),
        ({"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {2021: 1}}}}, True),
        ({"programmes": {"evening": None}, "absence": AWAY}, True),
        ({"absence": AWAY, "goals": ["starts", "attainment", "lot"]}, False),  # in the evening nobody is away
        ({"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {"max": 9}, "total": 9}}}, None),
        ({"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {"max": 9}}}, "goals": ["starts"]}, False),
        ({"goals": ["starts", "attainment", "lot"]}, False),
        ({"targets": {"all": BOTH}, "study_load": {"starts_per_cadre": 1}}, False),
        ({"programmes": {"evening": None}, "classes": {"school": {"min": 4, "max": 9}}}, False),
        ({"programmes": {"evening": None, "school": {"cost": 5}}, "budget": {"per_year": 4}}, False),
    ],
)
def test_seats_and_offices_are_named_only_where_they_are_full(
    tmp_path: Path, changes: dict[str, Any], full: bool | None
) -> None:
    """No seat is said to be wanting while seats stay free; None: nothing is missed."""
    plan = solve_problem(load(small(tmp_path, **{"targets": {"all": ALL}, **changes})))
    with speaking("en"):
        told = "\n".join(first_screen(plan, FirstScreen(), 200))
        full_told, other = say("screen_no_room"), say("screen_other_limits")
    assert (full_told in told, other in told) == (full is True, full is False)


# --- a repair and what it leaves out --------------------------------------------------------------------------------

BLOCKED = {"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {"max": 0}}}}
NAMED = ("missed_goals_above", "missed_others_left_out")


@pytest.mark.parametrize(
    ("goals", "others", "told"),
    [
        (["attainment", "early"], {}, ()),
        (["starts", "attainment"], {}, NAMED[:1]),
        ([{"attainment": ["all"]}, "starts", "attainment"], {}, ()),
        ([{"attainment": ["few"]}, "starts", "attainment"], {"few": {}}, NAMED),
        (["attainment", "early"], {"few": {}}, NAMED[1:]),
        (["attainment", "early"], {"few": {"must": True}}, ()),
    ],
)
def test_what_a_repair_does_not_count_is_said(
    tmp_path: Path, goals: list[Any], others: dict[str, Any], told: tuple[str, ...]
) -> None:
    """Seats that would suffice are no promise where a better goal wants nobody sent, or another target the seat."""
    few = {"who": EVERYBODY, "level": {"theory": "intermediate"}, "at_least": 1}
    targets = {"all": ALL} | {name: few | entry for name, entry in others.items()}
    problem = load(small(tmp_path, **BLOCKED, targets=targets, goals=goals))
    answer = why_missed(WhatIf(problem), "all")
    assert answer.repair is not None
    with speaking("en"):
        lines = "\n".join(why(problem, answer))
        words = {key: say(key, goals="starts") for key in NAMED}
    assert tuple(key for key in NAMED if words[key] in lines) == told


def test_a_repair_below_a_better_goal_may_change_nothing(tmp_path: Path) -> None:
    """The seats of the repair are given, and the best plan still sends nobody: what the sentence warns of."""
    goals = ["starts", "attainment"]
    given = {"programmes": SCHOOL, "seats": {"pool": POOL | {"per_year": {"max": 3}}}}
    plan = solve_problem(load(small(tmp_path, **given, targets={"all": ALL}, goals=goals)))
    assert plan.assignments.empty
