"""The keys of the contract's second version: how a scenario and its tables say them, and what is refused."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from small import codes, one_fault, small, told

from planner import load
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.inputs.scenario.schema_reference import json_schema

CASES = Path(__file__).parent / "cases" / "language"


pytestmark = pytest.mark.usefixtures("english")


POOL = {"programmes": ["school"], "who": {}}
EVERYBODY = {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}
PEOPLE = {"A": {"birth_year": 1980}, "B": {"birth_year": 1985}, "C": {"birth_year": 1990}}


# --- the year of reading --------------------------------------------------------------------------------------------


def test_groups_are_read_in_as_of_and_a_targets_own_year(tmp_path: Path) -> None:
    """`as_of` is the year of groups, seats, leaders, priority, approval and shares; a target may have its own."""
    young = {"who": "young"}
    path = small(
        tmp_path,
        PEOPLE,
        as_of=2025,
        groups={"young": {"age": {"max": 40}}},
        targets={"t": EVERYBODY | young, "own": EVERYBODY | young | {"as_of": 2031}},
        seats={"s": POOL | young},
        shares={"h": young | {"min": 0.5, "among": "young"}},
        priority={"p": young | {"points": 1}},
        approval={"a": young | {"authority": "x"}},
        absence={"modes": ["full_time"], "leaders": young},
    )
    problem = load(path)
    read = [problem.members["t"], problem.pools["s"], problem.leaders, problem.favoured["p"], problem.approvers["a"]]
    read += [problem.share_among["h"], problem.share_group["h"], problem.groups["young"]]
    assert [codes(problem, mask) for mask in read] == ["BC"] * 8  # 45, 40 and 35 years old in 2025
    assert codes(problem, problem.members["own"]) == ""  # B is 46 in 2031, C 41
    assert problem.scenario.year_of_reading() == 2025
    assert problem.scenario.year_of_reading(problem.scenario.targets["own"]) == 2031


def test_without_as_of_groups_are_read_in_the_first_year(tmp_path: Path) -> None:
    """The default year of reading is horizon.first."""
    problem = load(small(tmp_path, PEOPLE, seats={"s": POOL | {"who": {"age": {"min": 36}}}}))
    assert codes(problem, problem.pools["s"]) == "AB"


def test_who_enters_service_after_the_reckoning_is_no_member(tmp_path: Path) -> None:
    """A cadre whose `service_start` lies after `by` is not counted; one who starts in that year is."""
    people = {"A": {"service_start": 2023}, "B": {"service_start": 2024}, "C": {"service_start": ""}}
    problem = load(small(tmp_path, people, targets={"t": EVERYBODY | {"by": 2023}}))
    assert codes(problem, problem.counted("t")) == "AC"
    assert problem.cadres["service_start"].isna().tolist() == [False, False, True]


# --- programmes, seats, shares --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "begins", "years"), [(8, None, 1), (8, 5, 1), (8, 6, 2), (12, 1, 1), (12, 2, 2), (18, 7, 2), (1, 12, 1)]
)
def test_a_programme_occupies_the_years_from_its_month_on(
    tmp_path: Path, months: int, begins: int | None, years: int
) -> None:
    """D = ceil((b - 1 + m) / 12)."""
    programmes = load(small(tmp_path, programmes={"school": {"months": months, "begins": begins}})).programmes
    school = programmes.set_index("programme").loc["school"]
    assert (school["years"], school["begins"]) == (years, begins or 1)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (None, (2021, 2024)),
        ({"from": 2022, "to": 2023}, (2022, 2023)),
        ({"from": 2023}, (2023, 2024)),
        ({"to": 2019}, (2021, 2019)),
        ({"from": 2000, "to": 2100}, (2021, 2024)),
    ],
)
def test_the_years_in_which_a_programme_starts(
    tmp_path: Path, years: dict[str, int] | None, expected: tuple[int, int]
) -> None:
    """`years` limits the starts within the horizon; either end may be missing."""
    programmes = load(small(tmp_path, programmes={"school": {"years": years}})).programmes
    school = programmes.set_index("programme").loc["school"]
    assert (school["first_start"], school["last_start"]) == expected


def test_requires_as_places_in_ladders(tmp_path: Path) -> None:
    """Only programmes that require something have an entry; levels are places in their ladders."""
    requires = {"education": "bachelor", "administration": "senior"}
    assert load(small(tmp_path, programmes={"school": {"requires": requires}})).requires == {
        2: {"education": 1, "administration": 2}
    }


@pytest.mark.parametrize(
    ("per_year", "expected"),
    [
        (3, [(0, 3)] * 4),
        ({"min": 1, "max": 2}, [(1, 2)] * 4),
        ({"min": 1}, [(1, None)] * 4),
        ({2021: 1, 2023: {"min": 2, "max": 3}, 2040: 9}, [(0, 1), (0, 0), (2, 3), (0, 0)]),
        ({2021: {"min": 1}}, [(1, None), (0, 0), (0, 0), (0, 0)]),
        (None, [(0, None)] * 4),
    ],
    ids=str,
)
def test_seats_in_a_year(tmp_path: Path, per_year: Any, expected: list[tuple[int, int | None]]) -> None:
    """One number, a range, or by year; a year left out has no seats, years outside the horizon do not matter."""
    pool = load(small(tmp_path, seats={"s": POOL | {"per_year": per_year}})).scenario.seats["s"]
    assert [(pool.of_year(year).min, pool.of_year(year).max) for year in range(2021, 2025)] == expected
    assert pool.has_floors == any(low > 0 for low, _ in expected)


@pytest.mark.parametrize(("total", "expected"), [(7, (0, 7)), ({"min": 2, "max": 7}, (2, 7)), (None, (0, None))])
def test_a_total_is_a_number_or_a_range(tmp_path: Path, total: Any, expected: tuple[int, int | None]) -> None:
    """A number is the max; the normal form has both ends."""
    pool = load(small(tmp_path, seats={"s": POOL | {"total": total}})).scenario.seats["s"]
    assert (pool.total.min, pool.total.max) == expected


@pytest.mark.parametrize(
    ("pool", "at", "part"),
    [
        ({"per_year": {2021: 1, "max": 3}}, "per_year", "is taken away by max: null"),
        ({"per_year": {2021: {"mni": 1}}}, "per_year.2021.mni", "unknown key 'mni'; did you mean 'min'?"),
        ({"per_year": {2021: {"min": 2, "max": 1}}}, "per_year.2021", "min 2 is above max 1"),
        ({"per_year": {2021: -1}}, "per_year.2021", "expected at least 0, found -1"),
        ({"per_year": {2021: "many"}}, "per_year.2021", "expected a mapping of keys to values, found 'many'"),
        ({"per_year": 2.5}, "per_year", "expected a whole number, found 2.5"),
        ({"per_year": True}, "per_year", "expected a mapping of keys to values, found yes"),
        ({"total": {"min": 3, "max": 2}}, "total", "min 3 is above max 2"),
        ({"total": {"most": 2}}, "total.most", "unknown key 'most'"),
        ({"per_agency": {"max": -1}}, "per_agency.max", "expected at least 0, found -1"),
        ({"per_agency": 2}, "per_agency", "expected a mapping of keys to values, found 2"),
    ],
    ids=str,
)
def test_what_is_wrong_with_seats_is_named(tmp_path: Path, pool: dict[str, Any], at: str, part: str) -> None:
    """Each slip is one fault with the place where it stands and its line."""
    found = one_fault(small(tmp_path, seats={"s": POOL | pool}))
    assert f"seats.s.{at}: " in found
    assert part in found
    assert "scenario.yaml, line " in found


def test_seats_of_one_agency_and_the_load_of_one_cadre(tmp_path: Path) -> None:
    """`per_agency`, `starts_per_cadre` and `years_between` have no limit unless the scenario says one."""
    load_ = {"starts_per_cadre": 3, "years_between": 2}
    said = load(small(tmp_path, seats={"s": POOL | {"per_agency": {"max": 1, "total": 2}}}, study_load=load_)).scenario
    assert said.seats["s"].per_agency is not None
    assert (said.seats["s"].per_agency.max, said.seats["s"].per_agency.total) == (1, 2)
    assert (said.study_load.starts_per_cadre, said.study_load.years_between) == (3, 2)
    silent = load(small(tmp_path, seats={"s": POOL})).scenario
    assert (silent.seats["s"].per_agency, silent.study_load.starts_per_cadre) == (None, None)
    assert silent.study_load.years_between == 0


def test_shares_and_their_defaults(tmp_path: Path) -> None:
    """A share speaks of all starts of everybody, over the horizon, as a goal of weight 1, unless it says otherwise."""
    problem = load(small(tmp_path, {"A": {}, "B": {"sex": "M"}}, shares={"h": {"who": {"sex": "F"}, "min": 0.3}}))
    share = problem.scenario.shares["h"]
    assert (share.programmes, share.among, share.per, share.weight, share.must) == (None, None, "horizon", 1, False)
    assert codes(problem, problem.share_among["h"]) == "AB"
    assert codes(problem, problem.share_group["h"]) == "A"


# --- priority -------------------------------------------------------------------------------------------------------


def test_points_depend_on_the_programme(tmp_path: Path) -> None:
    """An entry with `programmes` gives its points to their starts alone; entries add up, exactly."""
    priority = {
        "women": {"who": {"sex": "F"}, "points": 0.1},
        "degrees": {"who": {"sex": "F"}, "points": 0.2, "programmes": ["degree"]},
        "men": {"who": {"sex": "M"}, "points": 5},
    }
    problem = load(small(tmp_path, {"A": {}, "B": {"sex": "M"}}, priority=priority))
    assert problem.points.shape == (2, 6)
    assert problem.points[0].tolist() == [0.3, 0.1, 0.1, 0.1, 0.1, 0.1]
    assert problem.points[1].tolist() == [5.0] * 6
    assert problem.points_of(["degrees"])[0].tolist() == [0.2, 0, 0, 0, 0, 0]
    assert problem.points_of(["women", "degrees"])[0, 0] == 0.3
    assert (pickle.loads(pickle.dumps(problem)).points == problem.points).all()


# --- goals ----------------------------------------------------------------------------------------------------------


def test_the_default_goals(tmp_path: Path) -> None:
    """Without `goals`: fewer starts before priority."""
    goals = load(small(tmp_path, goals=None)).scenario.goals
    assert goals == ["attainment", "seat_floors", "shares", "starts", "priority", "early", "lot"]
    assert all(isinstance(goal, RankedGoal) for goal in goals)


def test_a_goal_may_name_entries(tmp_path: Path) -> None:
    """It is called by its kind and its entries in the order written, and knows both; the same after pickling."""
    targets = {"a": EVERYBODY, "b": EVERYBODY}
    goals = load(
        small(tmp_path, targets=targets, goals=[{"attainment": ["b", "a"]}, "attainment", "lot"])
    ).scenario.goals
    assert goals == ["attainment[b,a]", "attainment", "lot"]
    for goal in (goals[0], pickle.loads(pickle.dumps(goals[0])), RankedGoal.read("attainment[b,a]")):
        assert (goal.kind, goal.entries) == ("attainment", ("b", "a"))
    assert (goals[1].kind, goals[1].entries) == ("attainment", ())
    assert RankedGoal("priority", ["x"]) == "priority[x]"


@pytest.mark.parametrize(
    ("goals", "part"),
    [
        ([{"attainment": ["aa"]}], "goals.0.attainment.0: unknown target 'aa'; did you mean 'a'?"),
        ([{"seat_floors": ["x"]}], "unknown seat pool 'x'; known: s"),
        ([{"shares": ["x"]}], "unknown share 'x'"),
        ([{"priority": ["x"]}], "unknown priority 'x'; known: p"),
        ([{"attainment": []}], "goals.0: must not be empty"),
        ([{"attainment": ["a", "a"]}], "goals.0: 'a' is listed twice"),
        ([{"attainment": "a"}], "goals.0: expected a list, found 'a'"),
        ([{"early": ["a"]}], "unknown key 'early'; known: attainment, seat_floors, shares, priority"),
        ([{"attainment": ["a"], "priority": ["p"]}], "expected a goal, or one goal with a list of entries"),
        ([{"attainment": ["a"]}, {"attainment": ["a"]}], "goals: 'attainment[a]' is listed twice"),
        (["atainment"], "goals.0: expected one of 'attainment', "),
        (["attainment[a]"], "found 'attainment[a]'"),
        (["changes"], "goals.0: the goal 'changes' needs the table 'earlier'"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_goal_is_one_fault(tmp_path: Path, goals: list[Any], part: str) -> None:
    """Unknown entries, kinds that name none, what stands twice: each is named with its line."""
    path = small(
        tmp_path,
        targets={"a": EVERYBODY},
        seats={"s": POOL},
        priority={"p": {"who": {}, "points": 1}},
        goals=[*goals, "lot"],
    )
    assert part in one_fault(path)


# --- ids, nulls, pins -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a b", "a,b", "a/b", "a[b", "a]", "a\u00a0b"])
def test_an_id_has_no_sign_that_separates_ids(tmp_path: Path, name: str) -> None:
    """Ids stand side by side in tables and inside the names of goals: no blank, comma, slash or bracket."""
    assert f"the id '{name}' holds '" in one_fault(small(tmp_path, targets={name: EVERYBODY}))
    assert len(told(small(tmp_path, groups={name: {}}, shares={name: {"who": {}, "min": 0.1}}))) == 2


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        ("goall: null\n", "goall: unknown key 'goall'; did you mean 'goals'?"),
        ("budget: {per_yeer: null, per_year: 3}\n", "budget.per_yeer: unknown key 'per_yeer'"),
        ("pins: {forbid: [{cadre: A, strat: null}]}\n", "pins.forbid.0.strat: unknown key 'strat'"),
        ("seats: {s: {programmes: [school], who: {}, per_year: {mni: null}}}\n", "seats.s.per_year.mni: unknown key"),
        ("seats: {s: {programmes: [school], who: {}, per_year: {2021: {mni: null}}}}\n", "2021.mni: unknown key"),
    ],
)
def test_an_unknown_key_stays_a_fault_without_a_value(tmp_path: Path, overrides: str, part: str) -> None:
    """Null removes a key; a key that there is not is a slip all the same."""
    path = small(tmp_path)
    path.write_text(path.read_text() + overrides)
    assert part in one_fault(path)


def test_null_removes_what_there_is(tmp_path: Path) -> None:
    """Known keys may be null anywhere; entries, years and columns where the file that is extended has them."""
    pool = {"programmes": ["school"], "who": {"sex": "M"}, "per_year": {"2021": 2, "2022": 2}}
    small(tmp_path, seats={"s": pool, "gone": pool})
    nulls = "seats: {s: {who: {sex: null}, per_year: {2021: null, 2022: 4}, total: null}, gone: null}\n"
    path = tmp_path / "over.yaml"
    path.write_text(f"extends: scenario.yaml\nas_of: null\nbudget: null\n{nulls}")
    problem = load(path)
    assert list(problem.scenario.seats) == ["s"]
    assert [problem.scenario.seats["s"].of_year(year).max for year in (2021, 2022)] == [0, 4]
    assert problem.pools["s"].all()


@pytest.mark.parametrize(
    ("start", "part"),
    [
        (2020, "2020 lies before the horizon 2021-2024; what began earlier is told by the table 'history'"),
        (2025, "2025 lies after the horizon 2021-2024"),
    ],
)
def test_a_required_start_outside_the_horizon_is_a_fault(tmp_path: Path, start: int, part: str) -> None:
    """No plan can meet it, so the scenario says something else than it means; forbidding it forbids nothing."""
    pin = {"cadre": "A", "programme": "school", "start": start}
    found = one_fault(small(tmp_path, pins={"require": [pin]}))
    assert f"pins.require.0.start: {part}" in found
    assert load(small(tmp_path, pins={"forbid": [pin]})).scenario.pins.forbid[0].start == start


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "part"),
    [
        ({"shares": {"h": {"who": {}, "min": 0, "programmes": ["scool"]}}}, "shares.h.programmes.0: unknown programme"),
        ({"shares": {"h": {"who": "wimen", "min": 0}}}, "shares.h.who: unknown group 'wimen'"),
        ({"shares": {"h": {"who": {}, "among": {"psot": 1}, "min": 0}}}, "shares.h.among.psot: the roster has no"),
        ({"shares": {"h": {"who": {}, "min": 1.5}}}, "shares.h.min: expected at most 1"),
        ({"priority": {"p": {"who": {}, "points": 1, "programmes": ["x"]}}}, "priority.p.programmes.0: unknown pro"),
        ({"programmes": {"school": {"requires": {"educatoin": "x"}}}}, "school.requires.educatoin: unknown ladder"),
        ({"programmes": {"school": {"requires": {"education": "x"}}}}, "school.requires.education: unknown level 'x'"),
        ({"programmes": {"school": {"begins": 13}}}, "school.begins: expected at most 12"),
        ({"programmes": {"school": {"years": {"from": 2024, "to": 2022}}}}, "the first year 2024 is after the last"),
        ({"leave": {"l": {"cadre": "A", "from": 2024, "to": 2022}}}, "leave.l: the first year 2024 is after the last"),
        (
            {"leave": {"l": {"cadre": "X", "from": 2022, "to": 2022}}},
            "leave.l.cadre: unknown cadre 'X'; known: A, B",
        ),
        ({"leave": {"l": {"cadre": "A", "from": 2022}}}, "leave.l: the key 'to' is missing"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_new_key_is_one_fault(tmp_path: Path, overrides: dict[str, Any], part: str) -> None:
    """Names that nobody defined and values out of range are named with place and line."""
    found = one_fault(small(tmp_path, **overrides))
    assert part in found
    assert "scenario.yaml, line " in found


def test_leave_in_rows_of_the_roster(tmp_path: Path) -> None:
    """Each entry is a row: whose, from when to when, and whether it counts as away."""
    leave = {"x": {"cadre": "C", "from": 2022, "to": 2023, "away": True}, "y": {"cadre": "A", "from": 1999, "to": 2050}}
    found = load(small(tmp_path, leave=leave)).leave
    assert found.to_dict("records") == [
        {"cadre": 2, "first": 2022, "last": 2023, "away": True},
        {"cadre": 0, "first": 1999, "last": 2050, "away": False},
    ]


# --- the language cases ---------------------------------------------------------------------------------------------


def test_the_case_of_a_pin_before_the_horizon() -> None:
    """The message names file and line and says how history is given."""
    found = one_fault(CASES / "pin-before-horizon" / "scenario.yaml")
    assert "scenario.yaml, line 9: pins.require.0.start: 2026 lies before the horizon" in found
    assert "'history'" in found
    assert "'studying'" in found


def test_the_case_of_seats_by_year() -> None:
    """1 + 3 seats, none in 2028."""
    pool = load(CASES / "seats-by-year" / "scenario.yaml").scenario.seats["p"]
    assert [pool.of_year(year).max for year in (2026, 2027, 2028)] == [1, 3, 0]


@pytest.mark.parametrize(
    "name", sorted({path.parent.name for path in CASES.glob("*/roster.csv")} - {"pin-before-horizon"})
)
def test_every_language_case_loads(name: str) -> None:
    """Whatever a case says is understood."""
    assert len(load(CASES / name / "scenario.yaml").cadres) > 0


# --- the JSON Schema ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "sound"),
    [
        ({"seats": {"s": POOL | {"per_year": {"2021": {"min": 1}, "2022": 3}, "total": 4}}}, True),
        ({"seats": {"s": POOL | {"per_year": 3, "total": {"min": 1, "max": 2}, "per_agency": {"max": 1}}}}, True),
        ({"seats": {"s": POOL | {"per_year": {"soon": 3}}}}, False),
        ({"seats": {"s": POOL | {"total": "many"}}}, False),
        ({"goals": [{"attainment": ["a"]}, "starts", "lot"]}, True),
        ({"goals": [{"early": ["a"]}]}, False),
        ({"goals": [{"attainment": []}]}, False),
        ({"leave": {"l": {"cadre": 7, "from": 2021, "to": 2022}}}, True),
        ({"programmes": {"p": {"begins": 13}}}, False),
    ],
    ids=str,
)
def test_an_editor_knows_the_new_forms(entries: dict[str, Any], sound: bool) -> None:
    """The JSON Schema accepts every form that planner does, and marks slips in them."""
    schema = jsonschema.Draft202012Validator(json.loads(json_schema()))
    assert schema.is_valid({"extends": "base.yaml"} | entries) == sound


# --- offices --------------------------------------------------------------------------------------------------------


def test_a_blank_office_is_told_once(tmp_path: Path) -> None:
    """An empty cell is one fault, at its row, with a table of agencies and without; an office not in it is another."""
    for agencies in ({"office": 10}, None):
        assert "row 3: the cell 'agency' is empty" in one_fault(
            small(tmp_path, {"A": {}, "B": {"agency": ""}}, agencies)
        )
    other = one_fault(small(tmp_path, {"A": {}, "B": {"agency": "offce"}}))
    assert "the agency 'offce' (1 person) is not in the table of agencies" in other
