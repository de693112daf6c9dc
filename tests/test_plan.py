"""Plans and run folders: what is written is what the contract says, comes back the same, and nothing damaged does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small import small

import planner
from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.plans.notice import NOTICE
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.verification import broken_rules, differences, figures

EXAMPLE = Path(__file__).parent / "cases" / "example"
STARTS = ["cadre", "programme", "start"]
COLUMNS = {  # the contract, section 7
    "assignments": "cadre, agency, programme, mode, start, finish, points, serves",
    "attainment": "target, members, unknown, required, already, attained, shortfall, share",
    "seats": "pool, year, min, max, starts, below_min",
    "totals": "pool, min, max, starts, below_min",
    "shares": "share, year, starts, of_group, required, shortfall",
    "absence": "agency, year, headcount, limit, away",
    "goals": "goal, sense, value, bound, status, seconds",
}
TABLES = tuple(COLUMNS)
OVERRIDES: dict[str, Any] = {
    "roster": {"A": {}, "B": {"post": "leader"}, "Hà, Bắc": {"sex": "M"}},
    "targets": {"t": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1}},
    "seats": {"p": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 1, "max": 2}}},
    "absence": {"modes": ["full_time"], "bands": [{"up_to": 5, "away": 1}]},
    "priority": {"women": {"who": {"sex": "F"}, "points": 1.5}},
    "goals": ["attainment", "seat_floors", "early", "lot"],
    "solver": {"seed": 5, "workers": 1},
}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A plan with something in every table."""
    return planner.solve(load(small(tmp_path_factory.mktemp("scenario"), **OVERRIDES)))


@pytest.fixture(scope="module")
def run(solved: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its run folder, to be read only."""
    folder = tmp_path_factory.mktemp("runs") / "run"
    write_run(solved, folder)
    return folder


@pytest.fixture
def own(solved: Plan, tmp_path: Path) -> Path:
    """Its run folder, to be damaged."""
    write_run(solved, tmp_path / "run")
    return tmp_path / "run"


def manifest(folder: Path) -> dict[str, Any]:
    """What run.json says."""
    return dict(json.loads((folder / "run.json").read_text("utf-8")))


def sha256(file: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


# --- the worked example ---------------------------------------------------------------------------------------------


def test_the_worked_example(tmp_path: Path) -> None:
    """Every goal has its expected value, proven; with the lot the plan is the expected one; verification agrees."""
    plan = planner.solve(load(EXAMPLE / "scenario.yaml"))
    assert plan.status == "optimal"
    expected = pd.read_csv(EXAMPLE / "expected.csv")
    assert plan.goals[["goal", "value"]].to_numpy().tolist() == expected.to_numpy().tolist()
    assert plan.goals["bound"].tolist() == expected["value"].tolist()
    assert set(plan.goals["status"]) == {"optimal"}
    starts = pd.read_csv(EXAMPLE / "expected-assignments.csv")
    assert plan.assignments[STARTS].to_numpy().tolist() == starts[STARTS].to_numpy().tolist()
    write_run(plan, tmp_path / "run")
    again = read_run(tmp_path / "run")
    assert broken_rules(again.problem, again.tables["assignments"]).empty
    assert differences(again.tables, figures(again.problem, again.tables["assignments"])).empty


# --- tables ---------------------------------------------------------------------------------------------------------


def test_a_run_folder_has_the_contracts_files_and_columns(run: Path) -> None:
    """Seven tables with their columns, the manifest, the notice of what it holds and the inputs; nothing else."""
    assert {path.name for path in run.iterdir()} == {*(f"{name}.csv" for name in COLUMNS), "run.json", NOTICE, "inputs"}
    for name, columns in COLUMNS.items():
        first, _, rest = (run / f"{name}.csv").read_bytes().decode("utf-8").partition("\n")
        assert first == columns.replace(", ", ",")
        assert rest.endswith("\n") or name == "shares"  # the scenario has none
        assert "\r" not in rest


def test_tables_as_they_are_written(run: Path) -> None:
    """Rows in order, whole numbers as such, decimals as they are, empty for none, commas quoted."""
    expected = {
        "assignments": [
            "A,office,school,full_time,2021,2021,1.5,target:t floor:p/2021",
            "B,office,school,full_time,2022,2022,1.5,target:t floor:p/2022",
        ],
        "attainment": ["t,2,0,2,0,2,0,1.0"],
        "seats": ["p,2021,1,2,1,0", "p,2022,1,2,1,0", "p,2023,1,2,0,1", "p,2024,1,2,0,1"],
        "totals": ["p,0,,2,0"],
        "shares": [],
        "absence": ["office,2021,10,,1", "office,2022,10,,1", "office,2023,10,,0", "office,2024,10,,0"],
    }
    for name, rows in expected.items():
        found = (run / f"{name}.csv").read_text("utf-8").splitlines()[1:]
        if name == "assignments":  # the lot decides who goes first
            assert sorted(row.replace("2022", "2021") for row in found) == sorted(
                row.replace("2022", "2021") for row in rows
            )
        else:
            assert found == rows, name
    goals = [row.split(",") for row in (run / "goals.csv").read_text("utf-8").splitlines()[1:]]
    assert [row[:2] for row in goals] == [[goal, "min"] for goal in ("attainment", "seat_floors", "early", "lot")]
    assert [row[2:5] for row in goals[:3]] == [["0", "0", "optimal"], ["2", "2", "optimal"], ["3", "3", "optimal"]]
    assert all(float(row[5]) >= 0 for row in goals)


def test_codes_with_commas_come_back(tmp_path: Path) -> None:
    """A cadre's code with a comma and letters beyond ASCII is written, read and verified as it is."""
    pins = {"require": [{"cadre": "Hà, Bắc"}]}
    write_run(planner.solve(load(small(tmp_path / "s", **OVERRIDES, pins=pins))), tmp_path / "run")
    again = read_run(tmp_path / "run")
    assert "Hà, Bắc" in set(again.tables["assignments"]["cadre"])
    assert differences(again.tables, figures(again.problem, again.tables["assignments"])).empty


def test_assignments_are_sorted_by_cadre_start_and_programme(tmp_path: Path) -> None:
    """Whatever the order of the roster and of the programmes."""
    pins = {"require": [{"cadre": name, "programme": programme} for name in "BA" for programme in ("school", "course")]}
    plan = planner.solve(load(small(tmp_path, roster={"B": {}, "A": {}}, pins=pins)))
    rows = plan.assignments[["cadre", "start", "programme"]].to_numpy().tolist()
    assert rows == sorted(rows)
    assert len(rows) == 4


def test_an_empty_plan_is_written_and_read(tmp_path: Path) -> None:
    """A plan without starts, targets and pools has tables with headers alone."""
    plan = planner.solve(load(small(tmp_path / "s")))
    assert plan.assignments.empty
    write_run(plan, tmp_path / "run")
    for name, columns in COLUMNS.items():
        assert list(read_run(tmp_path / "run").tables[name].columns) == columns.split(", ")


# --- the manifest ---------------------------------------------------------------------------------------------------


def test_the_manifest_says_what_the_run_was_made_from(run: Path, solved: Plan) -> None:
    """Status, seed, versions, the scenario as merged, and the SHA-256 of every input, two of them kept beside it."""
    told = manifest(run)
    assert (told["status"], told["repeatable"], told["seed"]) == ("optimal", True, 5)
    assert {"python", "planner", "ortools", "pandas", "numpy"} <= set(told["versions"])
    files = {Path(entry["path"]).name: entry for entry in told["inputs"]}
    assert set(files) == {"scenario.yaml", "roster.csv", "agencies.csv"}
    own = {file.name: file for file in solved.problem.source.files}
    for name, entry in files.items():
        assert entry["sha256"] == sha256(run / entry["copy"] if "copy" in entry else own[name])
    for name in ("roster.csv", "agencies.csv"):
        assert sha256(run / files[name]["copy"]) == files[name]["sha256"]
    assert told["scenario"]["seats"] == OVERRIDES["seats"]
    assert told["scenario"]["solver"] == OVERRIDES["solver"]


def test_every_file_of_an_extended_scenario_is_an_input(tmp_path: Path) -> None:
    """The base and what extends it are both named; the scenario is the merged one and needs neither."""
    base = small(tmp_path / "base")
    (tmp_path / "what-if.yaml").write_text("extends: base/scenario.yaml\nhorizon: {last: 2022}\nlot: 9\n", "utf-8")
    write_run(planner.solve(load(tmp_path / "what-if.yaml")), tmp_path / "run")
    told = manifest(tmp_path / "run")
    names = [Path(entry["path"]).name for entry in told["inputs"]]
    assert sorted(names) == ["agencies.csv", "roster.csv", "scenario.yaml", "what-if.yaml"]
    assert "extends" not in told["scenario"]
    base.unlink()
    assert read_run(tmp_path / "run").problem.scenario.horizon.last == 2022


def test_the_inputs_are_those_the_plan_was_made_from(tmp_path: Path) -> None:
    """A roster changed on the disk while the solver works is not passed off as the one that was planned with."""
    plan = planner.solve(load(small(tmp_path / "s", **OVERRIDES)))
    roster = tmp_path / "s" / "roster.csv"
    before = sha256(roster)
    roster.write_text(roster.read_text("utf-8").replace("intermediate", "none"), "utf-8")
    try:
        write_run(plan, tmp_path / "run")
    except InputError as error:
        assert "roster.csv" in str(error)
        assert not (tmp_path / "run").exists()
    else:
        entries = {Path(entry["path"]).name: entry for entry in manifest(tmp_path / "run")["inputs"]}
        assert entries["roster.csv"]["sha256"] == before
        assert sha256(tmp_path / "run" / entries["roster.csv"]["copy"]) == before


@pytest.mark.parametrize(
    ("goals", "repeatable"), [(["attainment", "early", "lot"], True), (["attainment", "lot", "early"], False)]
)
def test_a_run_is_repeatable_with_the_lot_last(tmp_path: Path, goals: list[str], repeatable: bool) -> None:
    """Proven, with the lot last, another run names the same people; with ties left it may not, and says so."""
    plan = planner.solve(load(small(tmp_path / "s", goals=goals)))
    assert plan.repeatable == repeatable
    write_run(plan, tmp_path / "run")
    assert manifest(tmp_path / "run")["repeatable"] == repeatable


def test_the_same_scenario_gives_the_same_bytes(tmp_path: Path, run: Path) -> None:
    """Solved again from the copies in the run folder, assignments.csv is the same byte for byte."""
    write_run(planner.solve(read_run(run).problem), tmp_path / "again")
    for name in ("assignments", "attainment", "seats", "absence"):
        assert (tmp_path / "again" / f"{name}.csv").read_bytes() == (run / f"{name}.csv").read_bytes()


# --- reading --------------------------------------------------------------------------------------------------------


def test_a_run_comes_back_as_it_was(run: Path, solved: Plan) -> None:
    """The problem is the one that was planned, the tables say what the plan says."""
    again = read_run(run)
    paths = {"roster": "", "agencies": ""}
    assert again.problem.scenario.replace(**paths) == solved.problem.scenario.replace(**paths)
    pd.testing.assert_frame_equal(again.problem.cadres, solved.problem.cadres)
    pd.testing.assert_frame_equal(again.problem.agencies, solved.problem.agencies)
    assert again.manifest == manifest(run)
    for name in TABLES:
        written = getattr(solved, name)
        assert list(again.tables[name].columns) == list(written.columns)
        assert len(again.tables[name]) == len(written)


def test_the_plan_of_a_run_is_the_plan_that_was_written(run: Path, solved: Plan, tmp_path: Path) -> None:
    """Read as a plan it has the same tables, numbers as numbers, and is written again as the same bytes."""
    again = read_run(run).plan()
    assert (again.status, again.repeatable) == (solved.status, solved.repeatable)
    for name in TABLES:
        found, written = getattr(again, name), getattr(solved, name)
        assert found.astype(object).where(found.notna(), None).to_numpy().tolist() == (
            written.astype(object).where(written.notna(), None).to_numpy().tolist()
        ), name
    write_run(again, tmp_path / "again")
    for name in ("assignments", "seats", "absence", "goals"):
        assert (tmp_path / "again" / f"{name}.csv").read_bytes() == (run / f"{name}.csv").read_bytes(), name


def test_a_run_folder_may_be_moved(own: Path, tmp_path: Path) -> None:
    """It needs neither the original files nor its own old place."""
    own.rename(tmp_path / "moved")
    assert len(read_run(tmp_path / "moved").problem.cadres) == 3


def refused(folder: Path, name: str) -> None:
    """Reading must fail with a message that names the file."""
    with pytest.raises(InputError) as caught:
        read_run(folder)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    "file", [*(f"{name}.csv" for name in TABLES), "run.json", "inputs/roster.csv", "inputs/agencies.csv"]
)
def test_a_damaged_or_missing_file_is_named(own: Path, file: str) -> None:
    """Empty, binary or gone: the message names the file."""
    path = own / file
    path.write_bytes(b"")
    refused(own, path.name)
    path.write_bytes(bytes(range(256)))
    refused(own, path.name)
    path.unlink()
    refused(own, path.name)
    path.mkdir()
    refused(own, path.name)


def test_a_changed_input_is_named(own: Path) -> None:
    """One letter changed in the copy of the roster: it is no longer what the run was made from."""
    path = own / "inputs" / "roster.csv"
    path.write_bytes(path.read_bytes().replace(b"1985", b"1986", 1))
    refused(own, "roster.csv")


def test_a_changed_input_is_named_even_if_the_manifest_has_lost_it(own: Path) -> None:
    """Without the entry for the copy nobody could tell whether it was changed: the manifest is damaged."""
    told = manifest(own)
    told["inputs"] = [entry for entry in told["inputs"] if "copy" not in entry]
    (own / "run.json").write_text(json.dumps(told), "utf-8")
    refused(own, "run.json")


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    """Neither a folder without run.json nor no folder at all is a run."""
    refused(tmp_path, str(tmp_path))
    refused(tmp_path / "nowhere", "nowhere")


def test_every_cut_of_the_manifest_is_refused(own: Path) -> None:
    """A manifest that ends too early is refused wherever it ends."""
    text = (own / "run.json").read_bytes()
    for end in range(0, len(text.rstrip()) - 1, 97):
        (own / "run.json").write_bytes(text[:end])
        refused(own, "run.json")


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a tree of JSON."""
    yield path
    if isinstance(value, dict | list):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(child, (*path, key))


def put(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The tree with another value at a place."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(copy[path[0]], path[1:], new)
    return copy


WRONG: list[Any] = [
    *(None, True, 0, -1, 3, 2.5, 1e300, 10**30, "", "x", "inputs", "a\0b", "x" * 5000, "\ud800", "/", "..", "²"),
    *([], ["copy"], [None], {}, {"": 1}, {"copy": "inputs/roster.csv"}, {"path": 1, "copy": 1}, [[[]]]),
    *(float("nan"), float("inf"), -float("inf")),
]


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutilated_manifest_is_read_or_refused(own: Path, data: st.DataObject) -> None:
    """Any value of run.json replaced by another: InputError that names a file, or a run, whose plan can be judged."""
    told = manifest(own)
    path = data.draw(st.sampled_from(list(places(told))))
    new = data.draw(st.sampled_from(WRONG) | st.recursive(st.integers() | st.text(max_size=3), st.lists))
    check_mutilated(own, told, put(told, path, new))


PLACES: list[tuple[str | int, ...]] = [
    *(("inputs",), ("inputs", 1), ("inputs", 1, "copy"), ("inputs", 1, "sha256")),
    *(("scenario",), ("scenario", "roster"), ("scenario", "agencies"), ("scenario", "lot"), ("scenario", "title")),
    *(("scenario", "goals"), ("scenario", "horizon", "last"), ("scenario", "targets", "t", "who")),
]


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_what_matters_in_a_manifest_is_read_or_refused(own: Path, path: tuple[str | int, ...]) -> None:
    """Every wrong value at the places that are used first."""
    told = manifest(own)
    for new in WRONG:
        check_mutilated(own, told, put(told, path, new))


@pytest.mark.parametrize("amount", ["NaN", "Infinity", '{"2021": NaN}', '{"": 3}', '{"99999999999999999999": 3}'])
def test_a_budget_that_is_no_number_is_refused(own: Path, amount: str) -> None:
    """JSON as Python reads it knows NaN; a scenario does not."""
    told = manifest(own)
    told["scenario"]["budget"] = {"per_year": "@"}
    (own / "run.json").write_text(json.dumps(told).replace('"@"', amount), "utf-8")
    refused(own, "run.json")


@pytest.mark.parametrize("depth", [50, 300, 700, 5_000, 100_000])
def test_a_manifest_nested_too_deep_is_refused(own: Path, depth: int) -> None:
    """However deep, it is refused and not followed until the stack ends."""
    text = json.dumps({**manifest(own), "scenario": {**manifest(own)["scenario"], "title": "@"}})
    (own / "run.json").write_text(text.replace('"@"', "[" * depth + "]" * depth), "utf-8")
    refused(own, "run.json")


def check_mutilated(folder: Path, told: dict[str, Any], changed: Any) -> None:
    """The folder with a changed manifest is refused with a file's name, or can be verified without an accident."""
    (folder / "run.json").write_text(json.dumps(changed), "utf-8")
    try:
        found = read_run(folder)
        broken_rules(found.problem, found.tables["assignments"])
        figures(found.problem, found.tables["assignments"])
    except InputError as error:
        assert all(fault.file is not None for fault in error.faults), error
    finally:
        (folder / "run.json").write_text(json.dumps(told), "utf-8")


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.sampled_from(TABLES), content=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(table="assignments", content=b"cadre,programme,start\nA,school,x\n")
@example(table="seats", content=b"pool,year,min,max,starts,below_min\np,inf,0,,1e999,nan\n")
@example(table="goals", content=b"goal,sense,value,bound,status,seconds\nlot,min,NaN,-inf,x,\n")
@example(table="attainment", content=b"target,members,unknown,required,already,attained,shortfall,share\nt,9e30\n")
def test_a_mutilated_table_is_read_or_refused(own: Path, table: str, content: bytes) -> None:
    """Any bytes in place of a table: InputError that names it, or findings of verification."""
    file = own / f"{table}.csv"
    before = file.read_bytes()
    file.write_bytes(content)
    try:
        found = read_run(own)
        starts = found.tables["assignments"]
        told = differences(found.tables, figures(found.problem, starts))
        assert len(broken_rules(found.problem, starts)) + len(told) > 0
        found.plan()
    except InputError as error:
        assert file.name in str(error)
    finally:
        file.write_bytes(before)
