"""The page's annex: what a plan rests on, in sentences and plain tables, no key or id where there are words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from commands import ROOT
from small import small

from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.conditions import read_condition
from planner.messages import speaking
from planner.report.html.annex import annex
from planner.report.text.conditions import condition_told

BASE = ROOT / "scenarios" / "hoang-su-phi" / "base.yaml"
OFFICE = {"agency": "office"}


def annex_rows(problem: Problem, name: str, lang: str) -> list[list[str]]:
    """The cells of a part of the annex; an assumed source begins with a mark."""
    with speaking(lang):
        grids = {part.grid.name: part.grid for part in annex(problem)}
    rows = grids[f"annex-{name}"].rows
    return [[("≈ " if cell.kind == "assumed" else "") + cell.text for cell in row] for row in rows]


def test_the_real_scheme_is_told_in_sentences() -> None:
    """Programmes, targets, seats, absence, goals and the rebuilt roster of the real scheme, in Vietnamese."""
    problem = load(BASE)
    rules = {row[0]: row[1] for row in annex_rows(problem, "rules", "vi")}
    assert rules["Giai đoạn"] == "Cử đi học từ năm 2021 đến năm 2025."
    assert rules["Cơ quan có từ 4 đến 9 người"] == "Mỗi năm không quá 1 người vắng mặt."
    assert rules["Cơ quan có từ 20 người trở lên"] == "Mỗi năm không quá 15\xa0% biên chế vắng mặt (làm tròn xuống)."
    assert "không phải một người có thật" in rules["Danh sách cán bộ"]
    assert rules["Thứ tự các mục tiêu tối ưu"].startswith("1. số lượt còn thiếu so với mục tiêu")
    programmes = {row[0]: row[1:] for row in annex_rows(problem, "programmes", "vi")}
    assert programmes["Cao cấp lý luận chính trị, tập trung"][:4] == [
        "từ trung cấp lý luận chính trị lên cao cấp lý luận chính trị",
        "tập trung, 8 tháng",
        "từ 44 tuổi trở xuống, trình độ chuyên môn: từ đại học trở lên",
        "phải công tác ít nhất 2 năm sau khi học xong; chi phí 40",
    ]
    assert programmes["Cao cấp lý luận chính trị, tập trung"][4].startswith("≈ Mục IV.3: nhất là hệ tập trung")
    target = annex_rows(problem, "targets", "vi")[3]
    assert target[1:5] == [
        "Ủy viên Ban Chấp hành Đảng bộ huyện",
        "bồi dưỡng ngạch chuyên viên chính",
        "80\xa0% của 42 người, làm tròn đến số gần nhất: 34 người",
        "đã học xong đến hết năm 2025",
    ]
    assert annex_rows(problem, "seats", "vi")[0][2:5] == ["Cán bộ cấp huyện", "từ 7 đến 8", "35"]
    approval = annex_rows(problem, "approval", "vi")
    assert [row[4] for row in approval] == ["đến hết năm 2024"] * 2 + ["từ năm 2025"] * 3


def test_no_key_of_the_scenario_is_in_the_annex() -> None:
    """No id with an underscore is told where the scheme has words for it; the sources stay as they were written."""
    problem = load(BASE)
    with speaking("vi"):
        told = [cell.text for part in annex(problem) for row in part.grid.rows for cell in row[:-1]]
    assert [text for text in told if re.search(r"[a-z]_[a-z]", text)] == []


def test_every_part_of_a_scheme_is_told(tmp_path: Path) -> None:
    """Every key that a scheme may have has its sentence: by year, by agency, leave, pins, shares, a budget by year."""
    given: dict[str, Any] = {
        "lot": 7,
        "budget": {"per_year": {"2021": 5, "2022": 6}},
        "study_load": {"short_per_year": 2, "starts_per_cadre": 3, "years_between": 1},
        "leave": {"l": {"cadre": "A", "from": 2021, "to": 2022, "away": True}},
        "pins": {"require": [{"cadre": "B", "programme": "school"}], "forbid": [{"cadre": "A", "start": 2021}]},
        "shares": {"men": {"who": {"sex": "M"}, "min": 0.25, "per": "year", "must": False}},
        "classes": {"course": {"min": 1, "max": 3}},
        "absence": {"modes": ["full_time"], "bands": [{"up_to": 4, "away": 0}], "leaders": {"who": {"sex": "F"}}},
        "seats": {
            "p": {
                "programmes": ["school"],
                "who": OFFICE,
                "per_year": {"2021": {"min": 1, "max": 2}, "2022": 3},
                "total": {"min": 2},
                "per_agency": {"max": 1, "total": 2},
            }
        },
        "targets": {"t": {"who": {"not": {"sex": "F"}}, "level": {"theory": "advanced"}, "at_least": 1, "weight": 2}},
        "programmes": {"school": {"begins": 9, "years": {"from": 2021}, "requires": {"education": "bachelor"}}},
    }
    problem = load(small(tmp_path, **given))
    rules = {row[0]: row[1] for row in annex_rows(problem, "rules", "en")}
    assert rules["Budget"] == "2021: at most 5. 2022: at most 6."
    assert rules["Study load"] == (
        "One long programme at a time; at most 2 short courses a year. At most 3 starts for each cadre. "
        "At least 1 whole year between two long programmes."
    )
    assert rules["Agency of at most 4 people"] == "Nobody is away."
    assert rules["Larger agencies"] == "No limit."
    assert rules["Leaders"].endswith("Leaders: women.")
    assert "does not say where the roster comes from" in rules["Roster"]
    assert annex_rows(problem, "leave", "en") == [["A", "2021–2022", "yes", "none stated"]]
    assert [row[:4] for row in annex_rows(problem, "pins", "en")] == [
        ["must be sent", "B", "school", "any year"],
        ["must not be sent", "A", "any programme", "2021"],
    ]
    assert annex_rows(problem, "shares", "en")[0][3:5] == ["25\xa0% of the starts: men", "in every year"]
    assert annex_rows(problem, "classes", "en") == [["course", "1 to 3 people", "none stated"]]
    seats = annex_rows(problem, "seats", "en")[0]
    assert seats[3:6] == [
        "2021: 1 to 2; 2022: at most 3",
        "at least 2",
        "at most 1 of one agency a year; at most 2 of one agency in all",
    ]
    target = annex_rows(problem, "targets", "en")[0]
    assert target[1] == "not women"
    assert target[3:5] == ["at least 1 person", "completed by the end of 2024; one person short counts 2 times"]
    school = next(row for row in annex_rows(problem, "programmes", "en") if row[0] == "school")
    assert "asks for bachelor's degree; begins in month 9; starts only from 2021 on" in school[4]


@pytest.mark.parametrize(
    ("condition", "english", "vietnamese"),
    [
        ({"sex": "F", "age": {"max": 35}, "block": "district"}, "women, at most 35 years old, at district level",
         "nữ, từ 35 tuổi trở xuống, cấp huyện"),
        ({"age": {"min": 1}}, "at least 1 year old", "từ 1 tuổi trở lên"),
        ({"age": {"min": 40, "max": 49}}, "40 to 49 years old", "từ 40 đến 49 tuổi"),
        ({"not": {"ethnicity": "Kinh"}}, "not ethnicity Kinh", "không phải dân tộc Kinh"),
        ({"education": {"min": "bachelor"}}, "professional education: bachelor's degree or more",
         "trình độ chuyên môn: từ đại học trở lên"),
        ({"agency": ["a", "b"]}, "of a, b", "thuộc a, b"),
        ({"any": [{"sex": "M"}, {"sex": "F", "local": True}]}, "men or (women, from the place)",
         "nam hoặc (nữ, người địa phương)"),
        ({"all": [{"service_years": {"min": 3}}, {"any": [{"age": {"max": 40}}, {"block": "school"}]}]},
         "at least 3 years of service, (at most 40 years old or in schools)",
         "có từ 3 năm công tác trở lên, (từ 40 tuổi trở xuống hoặc khối trường học)"),
        ({"not": {"any": [{"sex": "M"}, {"local": False}]}}, "not (men or from elsewhere)",
         "không phải (nam hoặc người từ địa phương khác)"),
        ({"rank": ["x", "y"]}, "rank is one of: x; y", "rank là một trong: x; y"),
        ({"rank": {"min": 2.5}}, "rank: 2.5 or more", "rank: từ 2,5 trở lên"),
        ({"exempt": True}, "exempt from training", "thuộc diện miễn đào tạo"),
        ({"checked": False}, "checked: no", "checked: không"),
    ],
)  # fmt: skip
def test_a_condition_in_words(tmp_path: Path, condition: Any, english: str, vietnamese: str) -> None:
    """A condition reads as an administration would say it, brackets only where parts would run together."""
    problem = load(small(tmp_path))
    with speaking("en"):
        assert condition_told(problem, read_condition(condition)) == english
    with speaking("vi"):
        assert condition_told(problem, read_condition(condition)) == vietnamese


def test_a_group_is_told_by_its_title_or_else_by_what_it_asks(tmp_path: Path) -> None:
    """A group with a title is called so; without one its condition is told, never its id."""
    groups = {"titled": {"sex": "F", "title": {"en": "The women", "vi": "Chị em"}}, "bare_group": {"age": {"max": 34}}}
    problem = load(small(tmp_path, groups=groups))
    with speaking("en"):
        assert condition_told(problem, read_condition("titled")) == "The women"
        assert condition_told(problem, read_condition("bare_group")) == "at most 34 years old"
        both = read_condition({"all": ["titled", {"not": "bare_group"}]})
        assert condition_told(problem, both) == "The women, not at most 34 years old"


@pytest.mark.parametrize(
    ("source", "said", "unsaid"),
    [
        ({"roster_source": "assumed: drawn"}, "rebuilt or invented", "does not say"),
        (
            {"roster_source": {"en": "The office's list", "vi": "Danh sách của phòng"}},
            "3 cadres of 1 agency.",
            "invented",
        ),
        ({"source": "assumed"}, "rebuilt or invented", "does not say"),
        ({}, "does not say where the roster comes from", "invented"),
    ],
)
def test_an_invented_roster_is_said_to_be_one(tmp_path: Path, source: dict[str, Any], said: str, unsaid: str) -> None:
    """A roster whose source says `assumed` is told to be no real people; one without a source is said to have none."""
    problem = load(small(tmp_path, **source))
    rules = {row[0]: row[1] for row in annex_rows(problem, "rules", "en")}
    assert said in rules["Roster"]
    assert unsaid not in rules["Roster"]


def test_what_is_assumed_is_marked_in_the_language_spoken(tmp_path: Path) -> None:
    """The mark `assumed` of a source is told as giả định, a section as Mục; the rest of a source stays as it is."""
    targets = {
        "t": {"who": OFFICE, "level": {"theory": "advanced"}, "share": 1.0, "source": "III.2; assumed: the share"}
    }
    problem = load(small(tmp_path, targets=targets))
    assert annex_rows(problem, "targets", "vi")[0][-1] == "≈ Mục III.2; giả định: the share"
    assert annex_rows(problem, "targets", "en")[0][-1] == "≈ III.2; assumed: the share"
