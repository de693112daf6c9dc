"""Scenarios in: what they extend, and every fault in one message, with file, line and the nearest known name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from small import SCENARIO, merged, small

from planner import load
from planner.common.errors import InputError
from planner.inputs.scenario.loading import load_scenario

pytestmark = pytest.mark.usefixtures("english")


def message(path: Path) -> str:
    """What is said of a scenario that is refused."""
    with pytest.raises(InputError) as caught:
        load(path)
    return str(caught.value)


def write(path: Path, **entries: Any) -> Path:
    path.write_text(yaml.safe_dump(entries, sort_keys=False), encoding="utf-8")
    return path


# --- all at once ----------------------------------------------------------------------------------------------------

FAULTY = """\
horizon: {first: 2021, last: 2024}
roster: roster.csv
agencies: agencies.csv
ladders:
  theory: [none, intermediate, advanced]
groups:
  leaders: {post: leader}
programmes:
  school:
    ladder: theory
    from: intermediat
    to: advanced
    mode: full_time
    months: 8
    cost: .nan
  course: {ladder: teory, from: none, to: intermediate, mode: short, months: 2, open: 7}
targets:
  all:
    who: leadrs
    level: {theory: advancd}
    share: 1.0
    at_leest: 3
    weight: -1
seats:
  pool: {programmes: [scool], who: leaders, per_year: {min: 5, max: 4}, total: -1}
goal: [attainment]
"""
TOLD = {
    (11, "unknown level 'intermediat'; did you mean 'intermediate'?"),
    (15, "cost: expected a number, found '.nan'"),
    (16, "unknown ladder 'teory'; did you mean 'theory'?"),
    (16, "open: expected yes or no, found 7"),
    (19, "unknown group 'leadrs'; did you mean 'leaders'?"),
    (20, "unknown level 'advancd'; did you mean 'advanced'?"),
    (22, "unknown key 'at_leest'; did you mean 'at_least'?"),
    (23, "weight: expected at least 0"),
    (25, "unknown programme 'scool'; did you mean 'school'?"),
    (25, "min 5 is above max 4"),
    (25, "total: expected at least 0, found -1"),
    (26, "unknown key 'goal'; did you mean 'goals'?"),
}


def test_all_faults_of_a_scenario_come_in_one_message(tmp_path: Path) -> None:
    """A scenario with a dozen slips is told all of them at once and nothing else, with line and nearest name."""
    small(tmp_path)
    path = tmp_path / "faulty.yaml"
    path.write_text(FAULTY)
    rows = message(path).splitlines()
    for line, part in TOLD:
        assert any(f"faulty.yaml, line {line}: " in row and part in row for row in rows), part
    assert len(rows) == len(TOLD)


@pytest.mark.parametrize(
    ("faulty", "names"),
    [
        ({"horizon": {"first": 2024, "last": 2021}}, ["scool", "nobody"]),
        ({"horizon": None}, ["scool", "nobody"]),
        ({"programmes": {"school": {"months": "eight", "to": "advancd"}}}, ["advancd", "scool", "nobody"]),
        ({"targets": {"t": {"who": "nobody", "level": {"theory": "advancd"}, "share": 2}}}, ["advancd", "nobody"]),
    ],
    ids=["horizon", "no horizon", "programme", "target"],
)
def test_a_faulty_entry_hides_no_unknown_name(tmp_path: Path, faulty: dict[str, Any], names: list[str]) -> None:
    """Where an entry that is needed has a fault, the names used in it and elsewhere are checked all the same."""
    pool = {"programmes": ["scool"], "who": "nobody"}
    told = message(small(tmp_path, **merged({"seats": {"s": pool}}, faulty)))
    assert [name for name in names if f"'{name}'" not in told] == []


def test_faults_of_the_tables_come_with_those_of_the_scenario(tmp_path: Path) -> None:
    """One message tells what is wrong with the scenario and with its roster."""
    path = small(tmp_path, roster={"A": {"birth_year": "old"}, "B": {"theory": "advancd"}}, lott=1)
    told = message(path)
    assert "scenario.yaml" in told
    assert "roster.csv, row 2" in told
    assert "roster.csv, row 3" in told


def test_no_fault_is_told_twice(tmp_path: Path) -> None:
    """Each fault stands in the message once."""
    path = small(tmp_path, groups={"a": {"psot": "x"}}, seats={"p": {"programmes": ["school"], "who": "a"}})
    rows = message(path).splitlines()
    assert len(rows) == len(set(rows)) == 1


# --- one at a time --------------------------------------------------------------------------------------------------

UNKNOWN_KEYS: list[dict[str, Any]] = [
    {"extra": 1},
    {"horizon": {"extra": 1}},
    {"programmes": {"school": {"extra": 1}}},
    {"targets": {"t": {"who": "g", "level": {"theory": "advanced"}, "share": 1.0, "extra": 1}}},
    {"seats": {"s": {"programmes": ["school"], "who": "g", "extra": 1}}},
    {"seats": {"s": {"programmes": ["school"], "who": "g", "per_year": {"extra": 1}}}},
    {"absence": {"modes": ["full_time"], "extra": 1}},
    {"absence": {"modes": ["full_time"], "bands": [{"away": 1}, {"away": 1, "extra": 1}]}},
    {"absence": {"modes": ["full_time"], "leaders": {"who": "g", "extra": 1}}},
    {"study_load": {"extra": 1}},
    {"classes": {"school": {"extra": 1}}},
    {"budget": {"per_year": 1, "extra": 1}},
    {"priority": {"p": {"who": "g", "points": 1, "extra": 1}}},
    {"approval": {"a": {"authority": "x", "extra": 1}}},
    {"pins": {"extra": 1}},
    {"pins": {"require": [{"cadre": "A"}, {"cadre": "B", "extra": 1}]}},
    {"solver": {"extra": 1}},
    {"title": {"en": "x", "extra": "y"}},
    {"groups": {"h": {"birth_year": {"min": 1, "extra": 1}}}},
]


@pytest.mark.parametrize("entries", UNKNOWN_KEYS, ids=str)
def test_unknown_keys_are_refused_at_every_level(tmp_path: Path, entries: dict[str, Any]) -> None:
    """A key that the schema does not know is an error, wherever it stands, and the only one here."""
    path = small(tmp_path, **merged({"groups": {"g": {"sex": "F"}}}, entries))
    line = next(i for i, text in enumerate(path.read_text().splitlines(), 1) if "extra:" in text)
    assert message(path).splitlines() == [row for row in message(path).splitlines() if "unknown key 'extra'" in row]
    assert f"scenario.yaml, line {line}: " in message(path)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"horizon": {"first": 2025, "last": 2021}}, "the first year 2025 is after the last year 2021"),
    ({"horizon": {"first": 2021, "last": 2099}}, "at most 50 years"),
    ({"horizon": {"first": "soon"}}, "horizon.first: expected a whole number, found 'soon'"),
    ({"horizon": {"first": 2021.5}}, "horizon.first: expected a whole number"),
    ({"horizon": {"first": True}}, "horizon.first: expected a whole number"),
    ({"horizon": [2021, 2024]}, "horizon: expected a mapping"),
    ({"programmes": {"school": {"months": 0}}}, "months: expected more than 0"),
    ({"programmes": {"school": {"months": -8}}}, "programmes.school.months: expected more than 0"),
    ({"programmes": {"school": {"cost": float("nan")}}}, "cost: expected a number"),
    ({"programmes": {"school": {"cost": float("inf")}}}, "cost: expected a number"),
    ({"programmes": {"school": {"cost": -1}}}, "cost: expected at least 0"),
    ({"programmes": {"school": {"from": "advanced"}}}, "leads from 'advanced' to 'advanced', which is not upwards"),
    ({"programmes": {"school": {"to": "none"}}}, "leads from 'intermediate' to 'none', which is not upwards"),
    ({"programmes": {"school": {"ladder": None}}}, "programmes.school: the key 'ladder' is missing"),
    ({"programmes": {"school": {"open": "maybe"}}}, "open: expected yes or no, found 'maybe'"),
    ({"programmes": {"school": "short"}}, "programmes.school: expected a mapping"),
    ({"seats": {"s": {"programmes": ["school"], "who": "g", "total": -3}}}, "total: expected at least 0, found -3"),
    ({"seats": {"s": {"programmes": ["school"], "who": "g", "total": 2.5}}}, "total: expected a whole number"),
    ({"seats": {"s": {"programmes": ["school"], "who": "g", "per_year": {"max": -1}}}}, "max: expected at least 0"),
    (
        {"seats": {"s": {"programmes": ["school"], "who": "g", "per_year": {"min": 3, "max": 2}}}},
        "min 3 is above max 2",
    ),
    ({"seats": {"s": {"programmes": [], "who": "g"}}}, "programmes: must not be empty"),
    ({"seats": {"s": {"programmes": "school", "who": "g"}}}, "programmes: expected a list, found 'school'"),
    ({"seats": {"s": {"programmes": ["school", "school"], "who": "g"}}}, "'school' is listed twice"),
    ({"classes": {"school": {"min": 30, "max": 20}}}, "min 30 is above max 20"),
    ({"classes": {"scool": {"max": 20}}}, "unknown programme 'scool'; did you mean 'school'?"),
    ({"absence": {"modes": ["full_time"], "bands": [{"up_to": 4}]}}, "needs either 'away' or 'share'"),
    ({"absence": {"modes": ["full_time"], "bands": [{"away": 1, "share": 0.5}]}}, "needs either 'away' or 'share'"),
    ({"absence": {"modes": ["fulltime"]}}, "found 'fulltime'"),
    ({"targets": {"t": {"who": "g", "level": {"theory": "advanced"}}}}, "needs either 'share' or 'at_least'"),
    ({"targets": {"t": {"who": "g", "level": {}, "share": 1.0}}}, "level: must not be empty"),
    ({"targets": {"t": {"who": "g", "level": {"theorie": "none"}, "share": 1.0}}}, "unknown ladder 'theorie'"),
    (
        {"targets": {"t": {"who": 7, "level": {"theory": "none"}, "share": 1.0}}},
        "expected a group's name or a condition",
    ),
    ({"targets": ["t"]}, "targets: expected a mapping"),
    ({"priority": {"p": {"who": {"sex": "F"}, "points": "many"}}}, "points: expected a number, found 'many'"),
    ({"priority": {"p": {"who": {"age": {"min": 40, "max": 30}}, "points": 1}}}, "min 40 is above max 30"),
    ({"priority": {"p": {"who": {"age": {}}, "points": 1}}}, "a range needs min, max or both"),
    ({"priority": {"p": {"who": {"any": {"sex": "F"}}, "points": 1}}}, "expected a list"),
    ({"ladders": {"theory": ["none", "intermediate", "advanced", "none"]}}, "'none' is listed twice"),
    ({"ladders": {"empty": []}}, "ladders.empty: must not be empty"),
    ({"goals": []}, "goals: must not be empty"),
    ({"goals": ["attainment", "attainment"]}, "'attainment' is listed twice"),
    ({"goals": ["atainment"]}, "found 'atainment'"),
    ({"budget": {"per_year": {"soon": 3}}}, "expected a year, found 'soon'"),
    ({"budget": {"per_year": -3}}, "expected at least 0, found -3"),
    ({"pins": {"require": [{"cadre": "Z"}]}}, "unknown cadre 'Z'"),
    ({"pins": {"forbid": [{"programme": "scool"}]}}, "unknown programme 'scool'; did you mean 'school'?"),
    ({"approval": {"a": {"programmes": ["scool"], "authority": "x"}}}, "unknown programme 'scool'"),
    ({"approval": {"a": {"who": "nobody", "authority": "x"}}}, "unknown group 'nobody'"),
    ({"solver": {"time_limit_s": 0}}, "time_limit_s: expected more than 0"),
    ({"solver": {"gap": 2}}, "gap: expected at most 1"),
    ({"lot": 0.5}, "lot: expected text"),
    ({"title": 7}, "title: expected text"),
]


@pytest.mark.parametrize(("entries", "part"), WRONG, ids=[part for _, part in WRONG])
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, entries: dict[str, Any], part: str) -> None:
    """Contradictory numbers, wrong types and unknown names are one fault each, named with file and line."""
    path = small(tmp_path, **merged({"groups": {"g": {"sex": "F"}}}, entries))
    rows = message(path).splitlines()
    assert len(rows) == 1
    assert part in rows[0]
    assert "scenario.yaml, line " in rows[0]


def test_a_table_that_is_missing_is_named(tmp_path: Path) -> None:
    """A scenario without `roster`, or with a path that leads nowhere: one fault, which names the key or the path."""
    small(tmp_path)
    assert "the key 'roster' is missing" in message(write(tmp_path / "a.yaml", extends="scenario.yaml", roster=None))
    told = message(write(tmp_path / "b.yaml", extends="scenario.yaml", roster="rooster.csv"))
    assert told == f"{tmp_path / 'rooster.csv'}: the file does not exist"


@pytest.mark.parametrize(
    "groups", [{"a": "a"}, {"a": "b", "b": {"not": "c"}, "c": {"any": ["a"]}}], ids=["self", "three"]
)
def test_groups_that_define_each_other_are_refused(tmp_path: Path, groups: dict[str, Any]) -> None:
    """Every group of a circle is named; one that only uses another is fine, whatever their order."""
    told = message(small(tmp_path / "circle", groups=groups))
    assert all(f"the group '{name}' is defined by itself" in told for name in groups)
    load(small(tmp_path / "fine", groups={"a": {"all": ["b", {"sex": "F"}]}, "b": {"post": "staff"}}))


@pytest.mark.parametrize("text", ["[1, 2]", "7"])
def test_a_scenario_is_a_mapping(tmp_path: Path, text: str) -> None:
    """A list or a text is no scenario."""
    path = tmp_path / "scenario.yaml"
    path.write_text(text)
    assert "line 1: scenario.yaml: expected a mapping" in message(path)


def test_sources_and_titles_may_stand_on_every_entry(tmp_path: Path) -> None:
    """`source` and `title` are no columns and no unknown keys."""
    said = {"source": "II.3", "title": {"en": "x", "vi": "y"}}
    path = small(
        tmp_path,
        groups={"g": {"sex": "F", **said}},
        horizon=said,
        programmes={"school": said},
        seats={"s": {"programmes": ["school"], "who": {"sex": "F", **said}, "per_year": {"max": 1, **said}, **said}},
        **said,
    )
    assert load(path).pools["s"].all()


# --- extends --------------------------------------------------------------------------------------------------------


def test_a_scenario_merges_with_what_it_extends(tmp_path: Path) -> None:
    """Mappings merge key by key, lists and values are replaced, null removes a key; the defaults come back."""
    small(tmp_path, budget={"per_year": 9}, seats={"s": {"programmes": ["school"], "who": {"sex": "F"}, "total": 3}})
    path = write(
        tmp_path / "what-if.yaml",
        extends="scenario.yaml",
        horizon={"last": 2022},
        goals=["early"],
        budget=None,
        seats={"s": {"total": None, "per_year": {"max": 2}}},
        programmes={"degree": None, "school": {"months": 24}},
    )
    scenario = load(path).scenario
    assert (scenario.horizon.first, scenario.horizon.last) == (2021, 2022)
    assert scenario.goals == ["early"]
    assert scenario.budget is None
    assert scenario.seats["s"].total.max is None
    assert scenario.seats["s"].of_year(2021).max == 2
    assert scenario.seats["s"].programmes == ["school"]
    assert list(scenario.programmes) == [name for name in SCENARIO["programmes"] if name != "degree"]
    assert scenario.programmes["school"].months == 24


def test_a_chain_of_extends_is_merged_from_its_end(tmp_path: Path) -> None:
    """The nearest file wins; every file read is known for the manifest."""
    small(tmp_path, lot=1)
    write(tmp_path / "b.yaml", extends="scenario.yaml", lot=2, horizon={"last": 2023})
    source = load_scenario(write(tmp_path / "c.yaml", extends="b.yaml", lot=3))
    assert source.scenario.lot == "3"
    assert source.scenario.horizon.last == 2023
    assert sorted(file.name for file in source.files) == ["b.yaml", "c.yaml", "scenario.yaml"]


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    """A what-if in another folder takes its base's tables; a table that it names itself lies beside itself."""
    small(tmp_path / "base")
    (tmp_path / "ideas").mkdir()
    path = write(tmp_path / "ideas" / "what-if.yaml", extends="../base/scenario.yaml")
    assert len(load(path, allow_outside=True).cadres) == 3
    own = (tmp_path / "base" / "roster.csv").read_text().splitlines()[:2]
    (tmp_path / "ideas" / "roster.csv").write_text("\n".join(own))
    path = write(tmp_path / "ideas" / "what-if.yaml", extends="../base/scenario.yaml", roster="roster.csv")
    assert len(load(path, allow_outside=True).cadres) == 1


def test_a_fault_names_the_file_in_which_it_stands(tmp_path: Path) -> None:
    """Of two files, the one with the slip is named, with its own line."""
    small(tmp_path, groups={"g": {"sxe": "F"}})
    path = write(tmp_path / "what-if.yaml", extends="scenario.yaml", lott=3)
    rows = message(path).splitlines()
    assert any("what-if.yaml, line 2: " in row and "'lott'" in row for row in rows)
    assert any("scenario.yaml, line " in row and "'sxe'" in row for row in rows)


def test_a_circle_of_extends_is_refused(tmp_path: Path) -> None:
    """A file that extends itself, by way of others too, is an error that shows the way round."""
    path = write(tmp_path / "a.yaml", extends="a.yaml")
    assert "a.yaml, line 1: extends itself in a circle: a.yaml -> a.yaml" in message(path)
    write(tmp_path / "a.yaml", extends="b.yaml")
    write(tmp_path / "b.yaml", extends="sub/../a.yaml")
    (tmp_path / "sub").mkdir()
    assert "extends itself in a circle: a.yaml -> b.yaml -> a.yaml" in message(path)


@pytest.mark.parametrize("extends", ["none.yaml", 7, ["scenario.yaml"], ".", {"a": "b"}], ids=str)
def test_extends_that_leads_nowhere_is_refused(tmp_path: Path, extends: object) -> None:
    """A missing file, a folder, or what is no path: told with the line of `extends`."""
    small(tmp_path)
    path = write(tmp_path / "what-if.yaml", lot=1, extends=extends)
    assert "what-if.yaml, line 2: " in message(path)


def test_faults_of_reading_an_extended_file_name_that_file(tmp_path: Path) -> None:
    """A broken base is told as the base's fault."""
    (tmp_path / "base.yaml").write_text("lot: 1\nlot: 2\n")
    assert "base.yaml, line 2: the key 'lot' stands twice" in message(write(tmp_path / "x.yaml", extends="base.yaml"))


def test_the_scenario_as_merged_loads_again(tmp_path: Path) -> None:
    """What `merged` says is a scenario by itself, with absolute paths and without `extends`."""
    small(tmp_path)
    source = load_scenario(write(tmp_path / "what-if.yaml", extends="scenario.yaml", lot=5))
    again = load_scenario(write(tmp_path / "again.yaml", **source.merged()))
    assert "extends" not in source.merged()
    assert again.scenario == source.scenario
