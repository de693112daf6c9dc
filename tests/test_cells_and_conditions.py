"""The roster's cells and the values of conditions: dates of birth, ages to the day, words for one thing, studies."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from small import codes, one_fault, small

from planner import load

CASES = Path(__file__).parent / "cases" / "language"


pytestmark = pytest.mark.usefixtures("english")


POOL = {"programmes": ["school"], "who": {}}
EVERYBODY = {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}


# --- age to the day -------------------------------------------------------------------------------------------------


def eligible_years(folder: Path, cadre: dict[str, Any], age: dict[str, int], **programme: Any) -> list[int]:
    school = {"eligible": {"age": age}, **programme}
    problem = load(small(folder, {"A": cadre}, programmes={"school": school}))
    row = int(problem.programme_ids(["school"])[0])
    return problem.years[problem.eligible[0, row]].tolist()


@pytest.mark.parametrize(
    ("born", "begins", "years"),
    [
        ("1977-12-20", 9, [2021, 2022]),  # 44 until 19 December 2022
        ("1977-12-20", 12, [2021, 2022]),
        ("1977-09-01", 9, [2021]),  # 45 on the day itself
        ("1977-09-02", 9, [2021, 2022]),
        ("1977-09-01", None, [2021]),  # no month: year - birth_year
        ("1977-01-01", 1, [2021]),
        ("1977-01-02", 1, [2021, 2022]),  # `begins: 1` written out counts as said
        ("1977-01-02", None, [2021]),
        ("1976-02-29", 3, []),
    ],
)
def test_age_is_completed_on_the_first_day_of_the_month(
    tmp_path: Path, born: str, begins: int | None, years: list[int]
) -> None:
    """At most 44 on the first of the month in which the programme begins, where it says so and the day is known."""
    assert eligible_years(tmp_path, {"birth_year": "", "birth_date": born}, {"max": 44}, begins=begins) == years


def test_a_group_in_eligible_reckons_to_the_day_too(tmp_path: Path) -> None:
    """A group named inside `eligible` is read like the rest of it; elsewhere ages are year - birth_year."""
    school = {"eligible": "able", "begins": 9}
    groups = {"able": {"age": {"max": 44}}}
    cadre = {"birth_year": "", "birth_date": "1977-12-20"}
    path = small(tmp_path, {"A": cadre}, groups=groups, programmes={"school": school}, as_of=2022)
    problem = load(path)
    row = int(problem.programme_ids(["school"])[0])
    assert problem.eligible[0, row].tolist() == [True, True, False, False]
    assert not problem.groups["able"].any()


def test_a_birth_year_alone_gives_the_age_of_the_year(tmp_path: Path) -> None:
    """Without a known day of birth `begins` changes no age."""
    assert eligible_years(tmp_path, {"birth_year": 1977}, {"max": 44}, begins=9) == [2021]
    assert eligible_years(tmp_path, {"birth_year": "", "birth_date": "1977"}, {"max": 44}, begins=9) == [2021]


@pytest.mark.parametrize("header", ["birth_date", "Ngày sinh", "Date of birth"])
def test_a_date_of_birth_implies_the_year(tmp_path: Path, header: str) -> None:
    """One column with dates is enough; its year is the year of birth, whatever the date's form."""
    text = f"cadre,agency,sex,{header}\nA,office,F,1980-12-20\nB,office,M,31/12/1985\nC,office,F,1990\n"
    cadres = load(small(tmp_path, text)).cadres
    assert cadres["birth_year"].tolist() == [1980, 1985, 1990]
    assert cadres["birth_date"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["1980-12-20", "1985-12-31"]
    assert cadres["birth_date"].isna().tolist() == [False, False, True]


def test_date_and_year_of_birth_must_agree(tmp_path: Path) -> None:
    """Beside a year the date must have the same; where one is empty, the other tells it."""
    header = "cadre,agency,sex,birth_year,birth_date\n"
    told_apart = one_fault(small(tmp_path, f"{header}A,office,F,1980,1981-01-01\nB,office,F,1980,1980-05-05\n"))
    assert "roster.csv, row 2: 'birth_date' says 1981-01-01, but 'birth_year' says 1980" in told_apart
    cadres = load(small(tmp_path, f"{header}A,office,F,1980,\nB,office,F,,1981-05-05\n")).cadres
    assert cadres["birth_year"].tolist() == [1980, 1981]


def test_a_date_of_birth_can_be_compared(tmp_path: Path) -> None:
    """A condition may name days; what is no date is a fault with its line."""
    people = {"A": {"birth_year": "", "birth_date": "1980-12-20"}, "B": {"birth_year": "", "birth_date": "1981-01-01"}}
    late = {"birth_date": {"min": "1980-12-21"}}
    problem = load(small(tmp_path, people, seats={"s": POOL | {"who": late}}))
    assert codes(problem, problem.pools["s"]) == "B"
    wrong = small(tmp_path, people, seats={"s": POOL | {"who": {"birth_date": {"min": 1980}}}})
    assert "expected a date such as 1985-12-31, found 1980" in one_fault(wrong)


# --- values as the roster's cells -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"sex": "Nữ"}, "A"),
        ({"sex": ["nam", "NỮ "]}, "AB"),
        ({"sex": "f"}, "A"),
        ({"education": "Thạc sĩ"}, "B"),
        ({"education": {"min": "ThS"}}, "B"),
        ({"education": " BACHELOR "}, "A"),
        ({"post": "TRƯỞNG  PHÒNG"}, "A"),
        ({"post": unicodedata.normalize("NFD", " trưởng phòng")}, "A"),
        ({"post": "truong phong"}, ""),
        ({"rank": 7}, "A"),
        ({"rank": "07.0"}, "A"),
        ({"post": "Nan"}, "B"),
        ({"local": "có"}, "A"),
        ({"retires": "31/12/2040"}, "B"),
        ({"birth_year": {"max": "1980"}}, "A"),
    ],
    ids=str,
)
def test_a_condition_reads_values_as_the_roster_does(tmp_path: Path, who: dict[str, Any], expected: str) -> None:
    """Codes, letter case, accents composed or not and outer blanks make no difference; numbers compare as numbers."""
    a = {"post": "Trưởng phòng", "education": "ĐH", "rank": "7.0", "local": "x", "birth_year": 1980}
    b = {"post": "nan", "sex": "M", "education": "master", "rank": "12", "retires": 2040}
    ladders = {"education": ["none", "bachelor", "master"]}
    problem = load(small(tmp_path, {"A": a, "B": b}, ladders=ladders, seats={"s": POOL | {"who": who}}))
    assert codes(problem, problem.pools["s"]) == expected


def test_a_study_in_a_condition_goes_by_the_title_of_its_programme(tmp_path: Path) -> None:
    """As in the roster; a title that two programmes have means none of them."""
    people: dict[str, dict[str, Any]] = {
        "A": {"studying": "school", "studying_until": "2022"},
        "B": {"studying": "degree", "studying_until": 2021},
    }
    titles = {"school": "Cao cấp", "degree": "Bằng", "course": "Bằng"}
    programmes = {name: {"title": title} for name, title in titles.items()}
    groups = {"a": {"studying": "CAO CẤP"}, "b": {"studying": "Bằng"}, "c": {"studying": "degree"}}
    problem = load(small(tmp_path, people, programmes=programmes, groups=groups))
    assert {name: members.tolist() for name, members in problem.groups.items()} == {
        "a": [True, False], "b": [False, False], "c": [False, True],
    }  # fmt: skip


def test_large_numbers_are_told_apart(tmp_path: Path) -> None:
    """Numbers compare exactly: codes of twenty digits that differ in the last are two."""
    people = {"A": {"card": "12345678901234567890"}, "B": {"card": "12345678901234567891"}}
    problem = load(small(tmp_path, people, seats={"s": POOL | {"who": {"card": "12345678901234567891"}}}))
    assert codes(problem, problem.pools["s"]) == "B"


def test_levels_are_read_as_the_rosters_cells_everywhere(tmp_path: Path) -> None:
    """`from`, `to`, `requires` and `level` may use the words that the roster uses."""
    programmes = {
        "degree": {"from": "Đại học", "to": "Thạc sĩ"},
        "school": {"from": "Trung cấp", "to": "CAO CẤP", "requires": {"education": "ĐH"}},
    }
    problem = load(small(tmp_path, programmes=programmes, targets={"t": EVERYBODY | {"level": {"theory": "cao cấp"}}}))
    scenario = problem.scenario
    assert (scenario.programmes["degree"].from_, scenario.programmes["degree"].to) == ("bachelor", "master")
    assert scenario.programmes["school"].requires == {"education": "bachelor"}
    assert scenario.targets["t"].level == {"theory": "advanced"}
    assert problem.programmes.loc[0, ["low", "high"]].tolist() == [1, 2]
    wrong = small(tmp_path, programmes={"degree": {"from": "Thạc sĩ", "to": "Đại học"}})
    assert "leads from 'Thạc sĩ' to 'Đại học', which is not upwards" in one_fault(wrong)


@pytest.mark.parametrize(
    ("who", "part"),
    [
        ({"sex": "X"}, "'X' is no sex; expected F or M"),
        ({"theory": {"min": "advanced", "max": "none"}}, "min advanced is above max none"),
        ({"age": {"min": "50", "max": "40"}}, "min 50 is above max 40"),
    ],
    ids=str,
)
def test_a_value_that_means_nothing_is_a_fault(tmp_path: Path, who: dict[str, Any], part: str) -> None:
    """A sex that is none and a range that runs backwards are told with their line."""
    found = one_fault(small(tmp_path, seats={"s": POOL | {"who": who}}))
    assert part in found
    assert "scenario.yaml, line " in found


def test_the_case_of_age_on_the_day(tmp_path: Path) -> None:
    """45 until 19 December 2026: eligible up to 45 in September and in December, not up to 44."""
    text = (CASES / "age-on-the-day" / "scenario.yaml").read_text(encoding="utf-8")
    (tmp_path / "roster.csv").write_text((CASES / "age-on-the-day" / "roster.csv").read_text())
    outcomes = []
    for changed in (text, text.replace("begins: 9", "begins: 12"), text.replace("max: 45", "max: 44")):
        (tmp_path / "scenario.yaml").write_text(changed, encoding="utf-8")
        outcomes.append(bool(load(tmp_path / "scenario.yaml").eligible[0, 0, 0]))
    assert outcomes == [True, True, False]


# --- studies under way ----------------------------------------------------------------------------------------------


def test_several_studies_under_way(tmp_path: Path) -> None:
    """Programmes and years are separated by blanks, the first year being the first programme's; a date is one year."""
    people = {
        "A": {"studying": "school degree", "studying_until": "2022 2021"},
        "B": {"studying": "course", "studying_until": "31/12/2023"},
        "C": {},
    }
    studies = load(small(tmp_path, people)).studies
    assert studies.to_dict("list") == {"cadre": [0, 0, 1], "programme": [0, 2, 4], "until": [2021, 2022, 2023]}


@pytest.mark.parametrize(
    ("studying", "until", "part"),
    [
        ("school degree", "2022", "'studying' lists 2 programmes, but 'studying_until' 1 year"),
        ("school", "2022 2023", "'studying' lists 1 programme, but 'studying_until' 2 years"),
        ("school scool", "2022 2023", "'scool' in column 'studying' is no programme of the scenario; did you mean"),
        ("school degree", "2022 soon", "'soon' in column 'studying_until' is no year"),
        ("school", "", "until when is school studied? Fill in 'studying_until'"),
    ],
)
def test_studies_that_do_not_pair_are_faults(tmp_path: Path, studying: str, until: str, part: str) -> None:
    """Each programme needs its year; what cannot be read is named with its row."""
    found = one_fault(small(tmp_path, {"A": {}, "B": {"studying": studying, "studying_until": until}}))
    assert "roster.csv, row 3: " in found
    assert part in found


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"studying": "degree"}, "A"),
        ({"studying": ["course", "school"]}, "AB"),
        ({"studying_until": 2021}, "A"),
        ({"studying_until": {"min": 2022}}, "AB"),
        ({"studying_until": {"max": 2021}}, "A"),
        ({"not": {"studying": "degree"}}, "BC"),
    ],
    ids=str,
)
def test_a_condition_on_studies_holds_if_one_fits(tmp_path: Path, who: dict[str, Any], expected: str) -> None:
    """Of several studies under way one that fits is enough; who studies nothing satisfies nothing."""
    people = {
        "A": {"studying": "school degree", "studying_until": "2022 2021"},
        "B": {"studying": "course", "studying_until": "2023"},
        "C": {},
    }
    problem = load(small(tmp_path, people, seats={"s": POOL | {"who": who}}))
    assert codes(problem, problem.pools["s"]) == expected
