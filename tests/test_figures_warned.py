"""Warnings about figures and limits: what is valid, says nothing wrong, and would plan something else than is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands import planner as run
from small import laid, small

from planner import InputError, check, load
from planner.inputs.warnings import ScenarioWarning
from planner.messages import speaking

pytestmark = pytest.mark.usefixtures("english")

EVERYBODY = {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}
POOL = {"programmes": ["school"], "who": {}}
WOMEN = {"sex": "F"}
TWO = {"A": {}, "B": {"sex": "M", "birth_year": 1980}}
AWAY = {"modes": ["full_time"]}


def found(folder: Path, people: dict[str, dict[str, Any]] = TWO, **overrides: Any) -> dict[str, ScenarioWarning]:
    """The open warnings by their ids."""
    return {warning.id: warning for warning in check(small(folder, people, **overrides)).warnings}


@pytest.mark.parametrize(
    ("overrides", "at_bound", "name"),
    [
        ({"groups": {"g": {"age": {"max": 1986}}}}, {"groups": {"g": {"age": {"max": 100}}}}, "odd_years:groups.g.age"),
        (
            {"groups": {"g": {"birth_year": {"max": 40}}}},
            {"groups": {"g": {"birth_year": {"max": 1990}}}},
            "odd_years:groups.g.birth_year",
        ),
        ({"groups": {"g": {"age": [36, 41]}}}, {"groups": {"g": {"age": [36, 41, 42]}}}, "two_years:groups.g.age"),
        (
            {"programmes": {"school": {"months": 73}}},
            {"programmes": {"school": {"months": 72}}},
            "long_programme:school.months",
        ),
        (
            {"programmes": {"school": {"serve_after_years": 16}}},
            {"programmes": {"school": {"serve_after_years": 15}}},
            "long_service:school.serve_after_years",
        ),
        (
            {"targets": {"t": EVERYBODY | {"level": {"theory": "none"}}}},
            {"targets": {"t": {"level": {"theory": "intermediate"}}}},
            "lowest_level:t.level.theory",
        ),
        (
            {"targets": {"t": EVERYBODY | {"as_of": 2025}}},
            {"targets": {"t": {"as_of": 2024}}},
            "reading_outside:t.2025",
        ),
        (
            {"priority": {"p": {"who": WOMEN, "points": -1}}},
            {"priority": {"p": {"points": 1}}},
            "negative_points:p.points",
        ),
        ({"priority": {"p": {"who": {}, "points": 1}}}, {"priority": {"p": {"who": WOMEN}}}, "priority_of_all:p"),
        (
            {"shares": {"h": {"who": {}, "among": WOMEN, "min": 0.5}}},
            {"shares": {"h": {"who": WOMEN, "among": None}}},
            "share_of_all:h",
        ),
        (
            {
                "shares": {"h": {"who": WOMEN, "min": 0.5, "programmes": ["school"]}},
                "programmes": {"school": {"eligible": {"sex": "M"}}},
            },
            {"programmes": {"school": {"eligible": None}}},
            "share_out_of_reach:h",
        ),
        (
            {"goals": ["starts", "attainment", "lot"]},
            {"goals": ["attainment", "starts", "lot"]},
            "goal_sparing_above:starts",
        ),
        ({"goals": ["cost", "seat_floors"]}, {"goals": ["seat_floors", "cost"]}, "goal_sparing_above:cost"),
        ({"goals": ["attainment", "lot", "early"]}, {"goals": ["attainment", "early", "lot"]}, "goal_lot_above:lot"),
        (
            {"seats": {"s": POOL | {"per_agency": {"max": 0}}}},
            {"seats": {"s": {"per_agency": {"max": 1}}}},
            "limit_of_none:seats.s.per_agency.max",
        ),
        ({"seats": {"s": POOL | {"total": 0}}}, {"seats": {"s": {"total": 1}}}, "limit_of_none:seats.s.total"),
        (
            {"study_load": {"short_per_year": 0}},
            {"study_load": {"short_per_year": 1}},
            "limit_of_none:study_load.short_per_year",
        ),
        (
            {"study_load": {"years_between": 4}},
            {"study_load": {"years_between": 3}},
            "years_between:study_load.years_between",
        ),
        (
            {"seats": {"s": POOL | {"per_year": 1}, "u": POOL}},
            {"seats": {"u": {"total": 1}}},
            "unlimited_pool:u",
        ),
        (
            {
                "absence": AWAY | {"modes": ["short"], "bands": [{"away": 1}]},
                "programmes": {"course": None, "further": None},
            },
            {"absence": {"modes": ["full_time"]}},
            "absence_of_no_programme:modes",
        ),
        (
            {"absence": AWAY | {"bands": [{"up_to": 4, "away": 4}, {"away": 5}]}},
            {"absence": {"bands": [{"up_to": 4, "away": 3}, {"away": 5}]}},
            "band_of_all:bands.0",
        ),
        (
            {"absence": AWAY | {"bands": [{"up_to": 9, "away": 2}, {"share": 0.19}]}},
            {"absence": {"bands": [{"up_to": 9, "away": 2}, {"share": 0.2}]}},
            "band_of_fewer:bands.1",
        ),
        (
            {"absence": AWAY | {"bands": [{"up_to": 9, "away": 1}]}},
            {"absence": {"bands": [{"up_to": 10, "away": 1}]}},
            "beyond_bands:bands",
        ),
        (
            {"absence": AWAY | {"bands": [{"share": 0.09}]}},
            {"absence": {"bands": [{"share": 0.1}]}},
            "nobody_away:bands",
        ),
        (
            {"absence": AWAY | {"leaders": {"who": {}, "present": 0}}},
            {"absence": {"leaders": {"present": 1}}},
            "no_leader_stays:leaders.present",
        ),
        (
            {"absence": AWAY | {"leaders": {"who": {}, "present": 2}}},
            {"absence": {"leaders": {"present": 1}}},
            "all_leaders_stay:leaders.present",
        ),
        (
            {"budget": {"per_year": {"2021": 1, "2022": 1, "2023": 1}}},
            {"budget": {"per_year": {"2024": 1}}},
            "budget_left_out:budget.per_year",
        ),
        ({"pins": {"require": [{}]}}, {"pins": {"require": [{"cadre": "A"}]}}, "require_any:require.0"),
        ({"pins": {"forbid": [{}]}}, {"pins": {"forbid": [{"cadre": "A"}]}}, "forbid_any:forbid.0"),
        (
            {"pins": {"forbid": [{"cadre": "A", "start": 2025}]}},
            {"pins": {"forbid": [{"cadre": "A", "start": 2024}]}},
            "years_outside:pins.forbid.0.start",
        ),
        (
            {"approval": {"a": {"years": {"to": 2020}, "authority": "x"}}},
            {"approval": {"a": {"years": {"to": 2021}}}},
            "years_outside:approval.a.years",
        ),
        (
            {"approval": {"a": {"who": WOMEN, "authority": "x"}}},
            {"approval": {"b": {"authority": "y"}}},
            "nobody_signs:approval",
        ),
    ],
    ids=str,
)
def test_figures_at_their_bound_and_one_past(
    tmp_path: Path, overrides: dict[str, Any], at_bound: dict[str, Any], name: str
) -> None:
    """One past the bound an entry is warned of, by its id, in both languages, with file and line; at it not."""
    past = found(tmp_path / "past", **overrides)
    assert name in past
    assert "scenario.yaml, line " in str(past[name])
    with speaking("vi"):
        assert "scenario.yaml, dòng " in str(past[name])
    assert name not in found(tmp_path / "at", **laid(overrides, at_bound))


def test_more_people_than_headcount(tmp_path: Path) -> None:
    """Offices that are too small for their rows are one warning with an id, which a scenario can acknowledge."""
    (told,) = (each for each in found(tmp_path, agencies={"office": 1}).values() if each.key == "warning_headcount")
    assert told.id == "headcount:office"
    assert str(told).endswith(
        "agencies.csv: more people on the roster than headcount [headcount; on the roster]: office (1; 2)"
    )
    path = small(tmp_path / "known", TWO, agencies={"office": 1}, acknowledged=["headcount:office"])
    assert [each.id for each in check(path).acknowledged] == ["headcount:office"]
    assert not [each for each in found(tmp_path / "right", agencies={"office": 2}) if each.startswith("headcount")]


def test_what_the_base_acknowledges_need_not_be_so_in_an_overlay(tmp_path: Path) -> None:
    """An id that the extended file acknowledges is no warning where it is not so; of the own file it is."""
    path = small(tmp_path, TWO, groups={"g": {"age": {"min": 90}}}, acknowledged=["empty_group:g"])
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text("extends: scenario.yaml\ngroups: {g: {age: {min: 30}}}\n", encoding="utf-8")
    assert not [each.id for each in check(overlay).warnings if each.id.startswith("idle")]
    overlay.write_text(overlay.read_text() + "acknowledged: [empty_group:g]\n", encoding="utf-8")
    assert [each.id for each in check(overlay).warnings if each.id.startswith("idle")]
    assert load(path).source.inherited(("acknowledged", 0)) is False


def test_the_answer_stands_first(tmp_path: Path) -> None:
    """Before any table: whether the scenario can be planned, its size, and every warning; the end points there."""
    path = small(tmp_path, TWO, groups={"g": {"age": {"min": 90}, "title": "Rất cao tuổi"}})
    told = run("check", path, lang="vi").stdout
    head = told[: told.index("┏")]
    assert head.startswith("Phương án hợp lệ, nhưng có ")
    assert "[empty_group:g]" in head
    assert told.rstrip().endswith("cảnh báo ở đầu trang.")
    assert "Rất cao tuổi" in told


SCENARIO = """\
horizon: {first: 2021, last: 2024}
roster: roster.csv
ladders: {theory: [none, advanced]}
programmes:
  school: {ladder: theory, from: none, to: advanced, mode: full_time, months: 8}
groups:
  lanh_dao: {post: staff}
targets:
  t: {who: lanh_dao, level: {theory: advanced}, share: 0.9}
seats:
  s: {programmes: [school], who: lanh_dao}
goals: [attainment, lot]
"""


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("share: 0.9", "share 0.9", "a colon is missing in 'share 0.9'; did you mean share: 0.9?"),
        ("share: 0.9", "share= 0.9", "a colon is missing in 'share= 0.9'; did you mean share: 0.9?"),
        ("{post: staff}", "{post = staff}", "did you mean post: staff?"),
        ("{post: staff}", "{not young}", "did you mean not: young?"),
        ("[school]", "{school}", "{school} is no list; did you mean [school]?"),
        ("[school]", "[Trường]", "unknown programme 'Trường'"),
        ("who: lanh_dao, level", "who: Lãnh đạo, level", "unknown group 'Lãnh đạo'; did you mean 'lanh_dao'?"),
        ("mode: full_time", "mode: tập trung", "did you mean full_time?"),
        ("mode: full_time", "mode: Full-time", "did you mean full_time?"),
        ("mode: full_time", "mode: bồi dưỡng", "did you mean short?"),
        ("months: 8", "months: 8, begins: 9/2026", "did you mean 9?"),
        ("first: 2021", "first: 01/01/2021", "did you mean 2021?"),
        ("last: 2024", "last: 2024-12-31", "did you mean 2024?"),
        ("goals: [attainment", "goals: [atainment", "did you mean attainment?"),
        ("{post: staff}", "{post: staff, title: {eng: x}}", "unknown key 'eng'; did you mean 'en'?"),
        ("{post: staff}", "{post: staff, tilte: {en: x}}", "unknown key 'tilte'; did you mean 'title'?"),
        ("{post: staff}", "{any: {post: staff, sex: F}}", "did you mean [{post: staff}, {sex: F}]?"),
        ("{post: staff}", "{tuổi: {max: 40}}", "no column 'tuổi'; did you mean 'age'?"),
    ],
)
def test_what_was_meant_is_told(tmp_path: Path, written: str, instead: str, told: str) -> None:
    """A slip is refused with its line and with what it probably stands for."""
    (tmp_path / "scenario.yaml").write_text(SCENARIO.replace(written, instead, 1), encoding="utf-8")
    (tmp_path / "roster.csv").write_text(
        "cadre,agency,birth_year,sex,post,theory\nA,office,1985,F,staff,none\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as refused:
        load(tmp_path / "scenario.yaml")
    assert told in str(refused.value)
    assert "scenario.yaml, line " in str(refused.value)


def test_the_scheme_has_no_open_warnings() -> None:
    """What is so in the scheme of Hoàng Su Phì itself is acknowledged in its scenario, and nothing that is not so."""
    told = check(Path(__file__).parent.parent / "scenarios" / "hoang-su-phi" / "base.yaml")
    assert not told.warnings
    assert len(told.acknowledged) == 12
