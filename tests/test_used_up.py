"""What the first screen says of those who could start and do not: full seats and offices are not blamed for others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import small

from planner.inputs.loading import load
from planner.messages import say, speaking
from planner.report.text.first_screen import FirstScreen, first_screen
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
