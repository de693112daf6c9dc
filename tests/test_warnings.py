"""Warnings: what a scenario and its tables may say, but hardly mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small import small

from planner import Problem, load
from planner.inputs.warnings import warnings
from planner.messages import speaking

CASES = Path(__file__).parent / "cases" / "language"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield


POOL = {"programmes": ["school"], "who": {}}
EVERYBODY = {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}


def keys(problem: Problem) -> list[str]:
    return [warning.key for warning in warnings(problem)]


def test_implausible_people_are_warned_of() -> None:
    """A1 is seven, A2 served before birth, A3 is retired, A4 studies for fifteen years: each is named."""
    found = {warning.key: warning for warning in warnings(load(CASES / "impossible-people" / "scenario.yaml"))}
    named = {key: warning.cadres for key, warning in found.items()}
    assert named == {
        "warning_too_young": ("A1",),
        "warning_service_before_birth": ("A2",),
        "warning_retired": ("A3",),
        "warning_study_too_long": ("A4",),
    }
    assert "roster.csv: younger than 16 in 2026 [age]: A1 (7)" in str(found["warning_too_young"])
    with speaking("vi"):
        assert "chưa đủ 16 tuổi vào năm 2026 [tuổi]: A1 (7)" in str(found["warning_too_young"])


def test_what_nothing_leads_to_is_warned_of() -> None:
    """A level without a programme, a value that no row has, a target without members, a pool for nobody: with lines."""
    found = [str(warning) for warning in warnings(load(CASES / "unreachable-target" / "scenario.yaml"))]
    parts = [
        "line 11: targets.nobody.who.agency: no cadre has agency 'moon'; the roster has u",
        "line 12: seats.p.who.agency: no cadre has agency 'v'; the roster has u",
        "line 10: targets.b1.level.language: no programme leads to 'b1'",
        "line 11: targets.nobody: the target has no members",
        "line 12: seats.p: the pool covers nobody",
        "line 6: programmes.master: nobody has a seat",
    ]
    assert len(found) == len(parts)
    for row, part in zip(found, parts, strict=True):
        assert part in row


@pytest.mark.parametrize(
    ("cadre", "key"),
    [
        ({"birth_year": 2005}, None),  # 16 in 2021
        ({"birth_year": 2006}, "warning_too_young"),
        ({"birth_year": 1946}, None),  # 75
        ({"birth_year": 1945}, "warning_too_old"),
        ({"service_start": 1999}, None),  # 14
        ({"service_start": 1998}, "warning_service_too_young"),
        ({"service_start": 1984}, "warning_service_before_birth"),
        ({"retires": 2022}, None),
        ({"retires": 2021}, "warning_retired"),
        ({"studying": "degree", "studying_until": 2025}, "warning_study_too_long"),
        ({"studying": "degree", "studying_until": 2024}, None),
    ],
    ids=str,
)
def test_the_edges_of_what_is_plausible(tmp_path: Path, cadre: dict[str, Any], key: str | None) -> None:
    """16 to 75 years old in the first year, in service from 14, still in service, studying no longer than it lasts."""
    assert keys(load(small(tmp_path, {"A": cadre}))) == ([key] if key else [])


def test_many_people_are_one_warning(tmp_path: Path) -> None:
    """The first ten are named in the sentence, all in the data."""
    people = {f"C{number:02}": {"birth_year": 2020} for number in range(13)}
    (warning,) = warnings(load(small(tmp_path, people, agencies={"office": 20})))
    assert len(warning.cadres) == 13
    assert str(warning).endswith("C09 (1), ... (+3)")


@pytest.mark.parametrize(
    ("overrides", "found"),
    [
        ({"groups": {"g": {"age": {"min": 90}}}}, ["warning_empty_group"]),
        ({"groups": {"g": {"post": "staf"}}}, ["warning_empty_group", "warning_value_nearest"]),
        ({"groups": {"g": {"not": {"post": "chair"}}}}, ["warning_value_known"]),
        ({"groups": {"g": {"post": ["staff", "STAFF "]}}}, []),
        ({"groups": {"g": {"studying": "scool"}}}, ["warning_empty_group", "warning_value_nearest"]),
        ({"groups": {"g": {"theory": "none"}}}, ["warning_empty_group"]),
        ({"targets": {"t": {"who": {}, "level": {"theory": "advanced"}, "at_least": 9}}}, ["warning_target_too_large"]),
        ({"targets": {"t": EVERYBODY}, "programmes": {"school": None, "evening": None}}, ["warning_no_programme"]),
        ({"shares": {"h": {"who": {"sex": "M"}, "min": 0.1}}}, ["warning_empty_share"]),
        ({"shares": {"h": {"who": {"sex": "M"}, "min": 0}}}, []),
        ({"programmes": {"school": {"open": False}}}, ["warning_no_seats"]),
        ({"programmes": {"school": {"open": False}}, "seats": {"s": POOL}}, []),
    ],
    ids=str,
)
def test_what_a_scenario_hardly_means(tmp_path: Path, overrides: dict[str, Any], found: list[str]) -> None:
    """Each kind of slip has its warning; the scenario as it is has none."""
    assert keys(load(small(tmp_path))) == []
    assert keys(load(small(tmp_path, **overrides))) == found
