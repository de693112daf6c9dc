"""Warnings: what a scenario and its tables may say, but hardly mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import small

from planner import Problem, load
from planner.inputs.warnings import warnings
from planner.messages import speaking
from planner.model.options import admissible_starts
from planner.model.warnings import all_warnings

CASES = Path(__file__).parent / "cases" / "language"


pytestmark = pytest.mark.usefixtures("english")


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
    assert found["warning_too_young"].id == "too_young:A1"
    assert "roster.csv: younger than 16 in 2026 [age]: A1 (7)" in str(found["warning_too_young"])
    with speaking("vi"):
        assert "chưa đủ 16 tuổi vào năm 2026 [tuổi]: A1 (7)" in str(found["warning_too_young"])


def test_what_nothing_leads_to_is_warned_of() -> None:
    """A level without a programme, a value that no row has, a target without members, a pool for nobody: with lines."""
    found = [str(warning) for warning in warnings(load(CASES / "unreachable-target" / "scenario.yaml"))]
    parts = [
        "roster.csv: nobody says when they retire",
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
        ({"birth_year": 1946, "retires": 2030}, None),  # 75
        ({"birth_year": 1945, "retires": 2030}, "warning_too_old"),
        ({"birth_year": 1969}, None),  # by Decree 135/2020 her last year is 2025, after the horizon
        ({"birth_year": 1968}, "warning_no_retirement"),  # 2024, its last year
        ({"birth_year": 1968, "retires": 2026}, None),
        ({"birth_year": 1963, "sex": "M"}, "warning_no_retirement"),
        ({"birth_year": 1964, "sex": "M"}, None),
        ({"birth_year": 1964, "sex": ""}, None),  # of unknown sex: the later of the two ages
        ({"birth_year": 1963, "sex": ""}, "warning_no_retirement"),
        ({"birth_year": 1950}, "warning_no_retirement"),  # before the table begins
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


def test_a_value_that_nobody_has_is_told_with_the_offices_word_for_the_column(tmp_path: Path) -> None:
    """`Chức vụ`, not `post`."""
    found, *_ = warnings(load(small(tmp_path, groups={"g": {"post": "staf"}})))
    with speaking("vi"):
        assert "không cán bộ nào có Chức vụ là 'staf'" in str(found)


@pytest.mark.parametrize(
    ("overrides", "found"),
    [
        ({"groups": {"g": {"age": {"min": 90}}}}, ["warning_empty_group"]),
        ({"groups": {"g": {"post": "staf"}}}, ["warning_value_nearest", "warning_empty_group"]),
        ({"groups": {"g": {"not": {"post": "chair"}}}}, ["warning_value_known"]),
        ({"groups": {"g": {"post": ["staff", "STAFF "]}}}, []),
        ({"groups": {"g": {"studying": "scool"}}}, ["warning_value_nearest", "warning_empty_group"]),
        ({"groups": {"g": {"theory": "none"}}}, ["warning_empty_group"]),
        ({"targets": {"t": {"who": {}, "level": {"theory": "advanced"}, "at_least": 9}}}, ["warning_target_too_large"]),
        ({"targets": {"t": EVERYBODY}, "programmes": {"school": None, "evening": None}}, ["warning_no_programme"]),
        ({"shares": {"h": {"who": {"sex": "M"}, "min": 0.1}}, "goals": ["shares", "lot"]}, ["warning_empty_share"]),
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


# --- histories, retirement and quotas that hardly mean what they say --------------------------------------------------

HISTORY = "cadre,agency,programme,start,finish,pools\nA,office,school,2019,2020,p\nB,office,school,2019,2020,p\n"


def written(folder: Path, history: str = HISTORY, **pool: Any) -> Problem:
    """The small scenario with one pool and a history."""
    path = small(folder, seats={"p": POOL | pool}, history="history.csv")
    (folder / "history.csv").write_text(history, encoding="utf-8")
    return load(path)


def all_keys(problem: Problem) -> set[str]:
    """The warnings of everything, the admissible starts included."""
    return {warning.key for warning in all_warnings(admissible_starts(problem))}


@pytest.mark.parametrize(("most", "warned"), [(2, False), (1, True)])
def test_a_history_beyond_the_total_is_warned_of(tmp_path: Path, most: int, warned: bool) -> None:
    """Two starts before the horizon fill a total of two; a total of one they exceed."""
    assert ("warning_total_exceeded" in all_keys(written(tmp_path, total=most))) == warned


TWICE = HISTORY + "A,office,course,2018,2018,\n"


@pytest.mark.parametrize(("most", "warned"), [(2, False), (1, True)])
def test_a_history_beyond_the_total_of_an_agency_is_warned_of(tmp_path: Path, most: int, warned: bool) -> None:
    """Two starts of one office: a total of two is filled, one of one is exceeded; the office is named."""
    problem = written(tmp_path, per_agency={"total": most})
    told = [str(each) for each in all_warnings(admissible_starts(problem)) if "office (2)" in str(each)]
    assert ["seats.p.per_agency.total" in text for text in told] == [True] * warned


@pytest.mark.parametrize(("most", "warned"), [(2, False), (1, True)])
def test_a_history_beyond_the_starts_of_a_cadre_is_warned_of(tmp_path: Path, most: int, warned: bool) -> None:
    """One cadre has two starts, in whatever pool: two are his all, one is exceeded; the cadre is named."""
    path = small(tmp_path, seats={"p": POOL}, history="history.csv", study_load={"starts_per_cadre": most})
    (tmp_path / "history.csv").write_text(TWICE, encoding="utf-8")
    told = [str(each) for each in all_warnings(admissible_starts(load(path))) if "A (2)" in str(each)]
    assert ["study_load.starts_per_cadre" in text for text in told] == [True] * warned


@pytest.mark.parametrize(("least", "warned"), [(10, False), (11, True)])
def test_a_minimum_out_of_reach_is_warned_of(tmp_path: Path, least: int, warned: bool) -> None:
    """With two seats in each of four years and two of the history there can be ten starts, not eleven."""
    problem = written(tmp_path, per_year=2, total={"min": least})
    assert ("warning_total_out_of_reach" in all_keys(problem)) == warned


def test_a_start_that_stands_twice_is_warned_of(tmp_path: Path) -> None:
    """The same cadre, programme and year twice count twice, and are named."""
    row = HISTORY.splitlines(keepends=True)[1]
    assert "warning_history_twice" not in all_keys(written(tmp_path / "once"))
    assert "warning_history_twice" in all_keys(written(tmp_path / "twice", HISTORY + row))


def test_a_history_that_counts_in_no_pool_is_warned_of(tmp_path: Path) -> None:
    """Without the column `pools` no row counts in a total."""
    without = "cadre,agency,programme,start,finish\nA,office,school,2019,2020\n"
    assert "warning_history_in_no_pool" not in all_keys(written(tmp_path / "with", total=3))
    assert "warning_history_in_no_pool" in all_keys(written(tmp_path / "without", without, total=3))


def test_years_without_seats_are_warned_of(tmp_path: Path) -> None:
    """A pool whose years all lie outside the horizon has no seat at all."""
    assert "warning_no_seats_in_any_year" in all_keys(written(tmp_path / "out", per_year={2040: 3}))
    assert "warning_no_seats_in_any_year" not in all_keys(written(tmp_path / "in", per_year={2022: 3}))


def test_who_never_retires_is_warned_of(tmp_path: Path) -> None:
    """A table of retirement that lacks somebody's year of birth is no promise that he never retires."""
    path = small(tmp_path, retirement="retirement.csv")
    born = load(small(tmp_path / "plain")).cadres["birth_year"].astype(int)
    (tmp_path / "retirement.csv").write_text("sex,birth_year,retires\nF,1901,1960\n", encoding="utf-8")
    assert born.min() > 1901
    assert "warning_never_retires" in all_keys(load(path))
    assert "warning_never_retires" not in all_keys(load(small(tmp_path / "without")))
