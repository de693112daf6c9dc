"""`who`: what a condition covers, and what is wrong with one (the contract, section 2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from small import merged, small

from planner import InputError, load
from planner.inputs.scenario.conditions import Combine, Compare, GroupName, columns_used, group_names, read_condition

pytestmark = pytest.mark.usefixtures("english")


ROSTER: dict[str, dict[str, Any]] = {
    "A": {"sex": "F", "birth_year": 1990, "post": "leader", "theory": "none", "rank": 7, "party": "yes"},
    "B": {"sex": "M", "birth_year": 1986, "post": "staff", "theory": "intermediate", "rank": 10, "party": "no"},
    "C": {"sex": "F", "birth_year": 1977, "post": "deputy", "theory": "advanced", "rank": "7.0", "party": "true"},
    "D": {"sex": "M", "birth_year": 1976, "post": "staff", "theory": "advanced", "rank": 12, "party": "0"},
    "E": {"sex": "", "birth_year": "", "post": "", "theory": "", "rank": "", "party": ""},
}
SERVICE = {"A": 2015, "B": 2018, "C": "", "D": 2019, "E": ""}
for _name, _start in SERVICE.items():
    ROSTER[_name]["service_start"] = _start


def covered(folder: Path, who: Any, roster: Any = ROSTER, **overrides: Any) -> str:
    """The codes of the cadres whom a condition covers."""
    pool = {"seats": {"pool": {"programmes": ["school"], "who": who}}}
    problem = load(small(folder, roster=roster, **merged(pool, overrides)))
    return "".join(problem.cadres["cadre"][problem.pools["pool"]])


def refused(folder: Path, who: Any, roster: Any = ROSTER, **overrides: Any) -> str:
    with pytest.raises(InputError) as caught:
        covered(folder, who, roster, **overrides)
    return str(caught.value)


# --- comparisons ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"sex": "F"}, "AC"),
        ({"post": ["leader", "deputy"]}, "AC"),
        ({"post": []}, ""),
        ({"age": []}, ""),
        ({"theory": []}, ""),
        ({"post": "nobody holds this"}, ""),
        ({"sex": "F", "post": "leader"}, "A"),
        ({"birth_year": {"min": 1977}}, "ABC"),
        ({"birth_year": {"max": 1977}}, "CD"),
        ({"birth_year": {"min": 1977, "max": 1986}}, "BC"),
        ({"birth_year": {"min": 1977.5, "max": 1985.5}}, ""),
        ({"birth_year": 1986}, "B"),
        ({"birth_year": [1986, 1990]}, "AB"),
        ({"headcount": {"min": 10}}, "ABCDE"),
        ({"headcount": {"max": 9}}, ""),
        ({}, "ABCDE"),
        ({"source": "II.3", "title": "x", "sex": "F"}, "AC"),
    ],
    ids=str,
)
def test_values_lists_and_ranges(tmp_path: Path, who: dict[str, Any], expected: str) -> None:
    """A value, any of a list, an inclusive range with one end or two; several columns must all hold."""
    assert covered(tmp_path, who) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"rank": 7}, "AC"),
        ({"rank": "7"}, "AC"),
        ({"rank": 7.0}, "AC"),
        ({"rank": {"min": 8}}, "BD"),
        ({"rank": {"max": 10}}, "ABC"),
        ({"rank": [10, 12]}, "BD"),
    ],
    ids=str,
)
def test_numbers_in_a_free_column_compare_as_numbers(tmp_path: Path, who: dict[str, Any], expected: str) -> None:
    """A column that only conditions use may hold numbers: 7 is 7.0, and 10 is more than 8."""
    assert covered(tmp_path, who) == expected


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("true", "false"), ("1", "0"), ("TRUE", "No")])
@pytest.mark.parametrize(
    ("written", "expected"), [(True, "A"), ("yes", "A"), (1, "A"), (False, "B"), ("no", "B"), (0, "B")]
)
def test_yes_true_and_1_are_one_value(tmp_path: Path, yes: str, no: str, written: object, expected: str) -> None:
    """However a table and a scenario write truth, in `local` and in a free column, they mean the same."""
    for column in ("local", "party"):
        roster = {"A": {column: yes}, "B": {column: no}}
        assert covered(tmp_path, {column: written}, roster) == expected


def test_a_truth_word_in_the_yaml_means_the_same_with_or_without_quotes(tmp_path: Path) -> None:
    """`yes` and `"yes"` cover the same cadres."""
    path = small(tmp_path, roster=ROSTER, seats={"pool": {"programmes": ["school"], "who": {"party": True}}})
    text = path.read_text()
    for word in ("yes", "'yes'", "true", "'true'", "1", "'1'"):
        path.write_text(text.replace("party: true", f"party: {word}"))
        problem = load(path)
        assert "".join(problem.cadres["cadre"][problem.pools["pool"]]) == "AC", word


@pytest.mark.parametrize(
    "who",
    [
        {"birth_year": {"min": 0}},
        {"birth_year": {"max": 9999}},
        {"age": {"min": 0}},
        {"service_years": {"max": 99}},
        {"rank": {"min": 0}},
        {"theory": {"min": "none"}},
        {"theory": {"max": "advanced"}},
        {"theory": ["none", "intermediate", "advanced"]},
        {"sex": ["F", "M"]},
        {"party": [True, False]},
        {"post": ""},
        {"any": [{"sex": "F"}, {"sex": "M"}]},
    ],
    ids=str,
)
def test_a_missing_value_satisfies_no_comparison(tmp_path: Path, who: dict[str, Any]) -> None:
    """E, of whom nothing is known, is covered by no comparison, however wide."""
    assert "E" not in covered(tmp_path, who)


def test_an_empty_cell_in_a_column_of_marks_means_no(tmp_path: Path) -> None:
    """Where x is the only mark of a column, as people keep lists, who has none is not marked."""
    roster = {"A": {"party": "x"}, "B": {"party": ""}}
    assert covered(tmp_path, {"party": True}, roster) == "A"
    assert covered(tmp_path, {"party": False}, roster) == "B"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"not": {"sex": "F"}}, "BDE"),
        ({"not": {"sex": "F", "post": "leader"}}, "BCDE"),
        ({"not": {"not": {"sex": "F"}}}, "AC"),
        ({"all": [{"sex": "F"}, {"theory": "advanced"}]}, "C"),
        ({"any": [{"sex": "F"}, {"theory": "advanced"}]}, "ACD"),
        ({"all": []}, "ABCDE"),
        ({"any": []}, ""),
        ({"sex": "F", "not": {"post": "leader"}}, "C"),
        ({"any": [{"post": "leader"}, {"all": [{"sex": "M"}, {"not": {"theory": "advanced"}}]}]}, "AB"),
        ("women", "AC"),
        ({"not": "women"}, "BDE"),
        ({"all": ["women", "young"]}, "A"),
        ({"any": ["women", {"post": "staff"}]}, "ABCD"),
    ],
    ids=str,
)
def test_conditions_combine(tmp_path: Path, who: Any, expected: str) -> None:
    """`all`, `any` and `not` combine conditions and groups; `not` is the plain negation."""
    groups = {"women": {"sex": "F"}, "young": {"all": ["everybody", {"age": {"max": 34}}]}, "everybody": {}}
    assert covered(tmp_path, who, groups=groups) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"theory": "intermediate"}, "B"),
        ({"theory": ["none", "advanced"]}, "ACD"),
        ({"theory": {"min": "intermediate"}}, "BCD"),
        ({"theory": {"max": "intermediate"}}, "AB"),
        ({"theory": {"min": "intermediate", "max": "intermediate"}}, "B"),
    ],
    ids=str,
)
def test_levels_compare_by_their_place_in_the_ladder(tmp_path: Path, who: dict[str, Any], expected: str) -> None:
    """`min: intermediate` means intermediate or higher, not a comparison of letters."""
    assert covered(tmp_path, who) == expected


def test_a_level_named_no_is_read_as_text(tmp_path: Path) -> None:
    """A quoted level that YAML would take for a truth value or a number is a level like any other."""
    path = small(
        tmp_path,
        roster={"A": {"grade": "no"}, "B": {"grade": "2"}},
        ladders={"grade": ["no", "1", "2"]},
        seats={"pool": {"programmes": ["school"], "who": {"grade": {"min": "1"}}}},
    )
    problem = load(path)
    assert list(problem.cadres["cadre"][problem.pools["pool"]]) == ["B"]


# --- the year -------------------------------------------------------------------------------------------------------


def test_age_and_service_are_those_of_the_first_year(tmp_path: Path) -> None:
    """In seats, groups and targets `age` and `service_years` are reckoned in horizon.first, exactly to the year."""
    assert covered(tmp_path, {"age": {"max": 35}}) == "AB"  # B is 35 in 2021
    assert covered(tmp_path, {"age": {"max": 34}}) == "A"
    assert covered(tmp_path, {"age": 45}) == "D"
    assert covered(tmp_path, {"service_years": {"min": 3}}) == "AB"  # B since 2018
    assert covered(tmp_path, {"service_years": {"min": 4}}) == "A"


def test_eligible_is_judged_in_the_year_of_the_start(tmp_path: Path) -> None:
    """Who is 44 in 2021 may start a programme for those up to 45 in 2021 and 2022, no longer in 2023."""
    eligible = {"age": {"max": 45}, "service_years": {"min": 3}}
    roster = {"A": {"birth_year": 1977, "service_start": 2000}, "B": {"birth_year": 1990, "service_start": 2020}}
    problem = load(small(tmp_path, roster=roster, programmes={"school": {"eligible": eligible}}))
    programme = int(problem.programme_ids(["school"])[0])
    years = {
        cadre: [int(year) for year, good in zip(problem.years, problem.eligible[row, programme], strict=True) if good]
        for row, cadre in enumerate(problem.cadres["cadre"])
    }
    assert years == {"A": [2021, 2022], "B": [2023, 2024]}


def test_a_group_in_eligible_is_that_of_the_year_of_the_start(tmp_path: Path) -> None:
    """A group that `eligible` names is read in the year of the start, one that it names in turn, too."""
    programmes = {"school": {"eligible": "able"}}
    roster = {"A": {"birth_year": 1986}}  # 35 in 2021
    groups = {"able": {"not": "old"}, "old": {"age": {"min": 37}}}
    problem = load(small(tmp_path, roster=roster, groups=groups, programmes=programmes))
    assert problem.eligible[0, int(problem.programme_ids(["school"])[0])].tolist() == [True, True, False, False]


# --- what is wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "part"),
    [
        ({"psot": "leader"}, "the roster has no column 'psot'; did you mean 'post'?"),
        ({"retirement": 3}, "the roster has no column 'retirement'"),
        ({"theory": "advancd"}, "unknown level 'advancd'; did you mean 'advanced'?"),
        ({"theory": {"min": "master"}}, "unknown level 'master'"),
        ({"theory": True}, "unknown level"),
        ("wimen", "unknown group 'wimen'; did you mean 'women'?"),
        ({"not": "wimen"}, "unknown group 'wimen'"),
        ({"age": "forty"}, "expected a number, found forty"),
        ({"age": {"min": "forty"}}, "expected a number, found forty"),
        ({"age": {"min": True}}, "expected a number"),
        ({"age": {"min": 40, "max": 30}}, "min 40 is above max 30"),
        ({"age": {"mni": 40}}, "unknown key 'mni'; did you mean 'min'?"),
        ({"any": "women"}, "expected a list, found 'women'"),
        ({"not": ["women"]}, "expected a group's name or a condition"),
        ({"post": {"in": ["a"]}}, "unknown key 'in'"),
        ({"post": [["a"]]}, "expected a value or a list of values"),
        ({"post": "__import__('os').system('true')"}, None),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_condition_is_one_fault(tmp_path: Path, who: Any, part: str | None) -> None:
    """Unknown columns, levels and groups, and values of the wrong kind, are named with the line of the condition."""
    if part is None:
        assert covered(tmp_path, who) == ""  # conditions are data: text is compared, never run
        return
    priority = {"p": {"who": who, "points": 1}}  # a key that nothing else depends on
    path = small(tmp_path, roster=ROSTER, groups={"women": {"sex": "F"}}, priority=priority)
    with pytest.raises(InputError) as caught:
        load(path)
    told = [row for row in str(caught.value).splitlines() if "key 'who' is missing" not in row]
    assert len(told) == 1
    assert part in told[0]
    assert "scenario.yaml, line " in told[0]


@pytest.mark.parametrize("column", ["age", "service_years"])
def test_a_computed_column_needs_the_one_it_is_computed_from(tmp_path: Path, column: str) -> None:
    """`service_years` without `service_start` is an unknown column; `birth_year` is always there."""
    roster = {name: {key: row[key] for key in row if key != "service_start"} for name, row in ROSTER.items()}
    if column == "age":
        assert covered(tmp_path, {"age": {"max": 34}}, roster) == "A"
    else:
        assert "no column 'service_years'" in refused(tmp_path, {"service_years": {"min": 3}}, roster)


@pytest.mark.parametrize(
    ("who", "cell", "part"),
    [
        ({"rank": {"min": 3}}, "seven", "rank: expected a number, found 'seven'"),
        ({"party": True}, "perhaps", "party: expected yes or no, found 'perhaps'"),
    ],
    ids=["number", "truth"],
)
def test_a_cell_that_cannot_be_compared_is_named_with_its_row(tmp_path: Path, who: Any, cell: str, part: str) -> None:
    """A range asks for numbers, a truth value for yes or no: another cell is a fault of the roster, with its row."""
    column = next(iter(who))
    roster = {**ROSTER, "B": {**ROSTER["B"], column: cell}}
    told = refused(tmp_path, who, roster)
    assert "roster.csv, row 3: " in told
    assert part in told


# --- reading --------------------------------------------------------------------------------------------------------


def test_a_condition_is_read_as_written() -> None:
    """The tree of a condition, and the groups and columns it names, with their places."""
    condition = read_condition({"all": ["women", {"not": {"age": {"max": 34}}}], "post": ["a", "b"]})
    assert isinstance(condition, Combine)
    assert condition.parts[1] == Compare("post", ("a", "b"), at=("post",))
    assert list(group_names(condition)) == [GroupName("women", ("all", 0))]
    assert list(columns_used(condition)) == ["age", "post"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["all", "any", "not", "age", "min", "max", "source"]), inner, max_size=3)
        ),
        max_leaves=10,
    )
)
def test_any_value_is_a_condition_or_refused(data: object) -> None:
    """Whatever stands behind `who`: a condition comes out of it, or a refusal, never another error."""
    try:
        assert isinstance(read_condition(data), GroupName | Compare | Combine)
    except PydanticCustomError as error:
        assert error.context is not None
