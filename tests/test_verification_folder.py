"""Verification of a run folder: its tables, its proofs, run.json, and what stands beside them."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.plans.notice import NOTICE
from planner.plans.run_folder import BESIDE, LEDGER, PROOF
from planner.verification import RunFolder, differences, figures, findings_table, manifest_findings, run_findings
from planner.verification.findings import Finding, phrase
from planner.verification.manifest import CHECKS, OF_THE_YEARS, RECORDED, WRITTEN_FROM_IT, json_digest
from planner.verification.recomputed import TABLES

EXAMPLE = Path(__file__).parent / "cases" / "example"


@pytest.fixture(scope="module")
def example() -> Problem:
    return load(EXAMPLE / "scenario.yaml")


@pytest.fixture
def expected() -> pd.DataFrame:
    return pd.read_csv(EXAMPLE / "expected-assignments.csv")


@pytest.fixture
def folder(tmp_path: Path, example: Problem, expected: pd.DataFrame) -> Path:
    """A run folder's tables, written from the re-derived figures."""
    result = figures(example, expected)
    for name in TABLES:
        getattr(result, name).to_csv(tmp_path / f"{name}.csv", index=False)
    goals = [(goal, sense, result.goals[goal]) for goal, sense in result.ranked.items()]
    table = pd.DataFrame(goals, columns=["goal", "sense", "value"])
    table.assign(bound=table["value"], status="optimal", seconds=0.1).to_csv(tmp_path / "goals.csv", index=False)
    return tmp_path


def read(folder: Path) -> dict[str, pd.DataFrame]:
    return {file.stem: pd.read_csv(file, dtype=str, keep_default_na=False) for file in folder.glob("*.csv")}


def told(folder: Path, example: Problem, expected: pd.DataFrame) -> list[str]:
    with speaking("en"):
        table = differences(read(folder), figures(example, expected))
    assert set(table["rule"]) <= {"figures"}
    return [f"{where}: {one} / {other}" for where, one, other in table[["where", "found", "allowed"]].to_numpy()]


def test_what_follows_from_the_plan_has_no_differences(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """Tables read back from CSV say what was written."""
    assert told(folder, example, expected) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "difference"),
    [
        (
            "assignments",
            "C2,culture,",
            "C2,finance,",
            "assignments.csv: C2, advanced_full_time, 2022, agency: finance / culture",
        ),
        (
            "assignments",
            "2023,2024,3",
            "2023,2025,3",
            "assignments.csv: C2, master_in_service, 2023, finish: 2025 / 2024",
        ),
        ("attainment", ",0.6", ",0.61", "attainment.csv: leaders_master, share: 0.61 / 0.6"),
        ("attainment", "staff_theory,7,", "staff_theory,seven,", "attainment.csv: staff_theory, members: seven / 7"),
        ("seats", "master,2021,0,1,1", "master,2021,0,1,2", "seats.csv: master, 2021, starts: 2 / 1"),
        ("seats", "master,2021,0,1,1", "master,2021,0,,1", "seats.csv: master, 2021, max: empty / 1"),
        ("seats", "master,2024,0,1,0,0\n", "", "seats.csv: master, 2024: missing / a row"),
        ("seats", "master,2024", "master,2029", "seats.csv: master, 2029: a row / no such row"),
        ("absence", "culture,2022,9,1,1", "culture,2022,9,1,0", "absence.csv: culture, 2022, away: 0 / 1"),
        ("absence", "headcount", "heads", "absence.csv: headcount: missing / a column of this name"),
        ("goals", "priority,max,105", "priority,max,106", "goals.csv: priority, value: 106 / 105"),
        ("goals", "early,min", "early,max", "goals.csv: early, sense: max / min"),
        ("goals", "cost,min,323,323", "cost,min,323,330", "goals.csv: cost, bound: 330 / at most 323"),
        ("goals", "priority,max,105,105", "priority,max,105,90", "goals.csv: priority, bound: 90 / at least 105"),
        ("goals", "cost,min,323,323,optimal,0.1\n", "", "goals.csv: cost: missing / a row"),
        (
            "goals",
            "323,optimal",
            "323,banana",
            "goals.csv: cost, status: banana / one of optimal, feasible, time_limit",
        ),
        ("goals", "cost,min,323,323", "cost,min,323,320", "goals.csv: cost, bound: 320 / at least 323"),
        ("goals", "priority,max,105,105", "priority,max,105,106", "goals.csv: priority, bound: 106 / at most 105"),
        ("goals", "cost,min,323,323", "cost,min,323,", "goals.csv: cost, bound: empty / a number"),
        ("goals", "323,323,optimal", "323,many,feasible", "goals.csv: cost, bound: many / a number or empty"),
        ("goals", "optimal,0.1", "optimal,soon", "goals.csv: attainment, seconds: soon / a number of seconds"),
        ("goals", "optimal,0.1", "optimal,-1", "goals.csv: attainment, seconds: -1 / a number of seconds"),
        ("goals", "seconds", "minutes", "goals.csv: seconds: missing / a column of this name"),
    ],
)
def test_a_false_figure_is_found(
    folder: Path, example: Problem, expected: pd.DataFrame, file: str, old: str, new: str, difference: str
) -> None:
    """One cell changed in one table is told with its file, row and column, beside what follows from the plan."""
    path = folder / f"{file}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert difference in told(folder, example, expected)


def test_a_goal_may_take_no_time(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """Zero seconds are a number of seconds: what the goals above have settled takes none."""
    path = folder / "goals.csv"
    path.write_text(path.read_text("utf-8").replace("optimal,0.1", "optimal,0", 1), "utf-8")
    assert told(folder, example, expected) == []


@pytest.mark.parametrize(
    ("old", "new"), [("323,323,optimal", "323,320,feasible"), ("323,323,optimal", "323,,time_limit")]
)
def test_what_was_cut_short_may_have_a_better_bound_or_none(
    folder: Path, example: Problem, expected: pd.DataFrame, old: str, new: str
) -> None:
    """A goal that is not called optimal promises no proof: its bound may be better than its value, or missing."""
    path = folder / "goals.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert told(folder, example, expected) == []


def test_an_optimal_goal_rests_on_its_own_value(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """Whatever gap a scenario lets a goal rest at: a bound of 322 does not prove 323, nor one that is off by a hair."""
    scenario = example.scenario
    lenient = replace(
        example, scenario=scenario.model_copy(update={"solver": scenario.solver.model_copy(update={"gap": 0.9})})
    )
    for bound, found in (("323", 0), ("322", 1), ("322.9999", 1), ("323.0001", 1)):
        tables = read(folder)
        tables["goals"].loc[tables["goals"]["goal"] == "cost", "bound"] = bound
        assert len(differences(tables, figures(lenient, expected))) == found, bound


@pytest.mark.parametrize("name", [*TABLES, "goals"])
def test_a_column_that_nothing_derives_is_found(
    folder: Path, example: Problem, expected: pd.DataFrame, name: str
) -> None:
    """A further column in any table is told, whatever it holds."""
    tables = read(folder)
    tables[name]["note"] = ""
    with speaking("en"):
        table = differences(tables, figures(example, expected))
    assert table[["where", "found", "allowed"]].to_numpy().tolist() == [
        [f"{name}.csv: note", "a column of this name", "no such column"]
    ]


def test_another_order_of_goals_is_found(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """The goals stand as the scenario ranks them."""
    lines = (folder / "goals.csv").read_text("utf-8").splitlines()
    (folder / "goals.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "utf-8")
    assert told(folder, example, expected) == ["goals.csv: another order / in the order of the scenario"]


def test_a_row_listed_twice_is_found(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """The same pool and year in two rows is told, once."""
    path = folder / "seats.csv"
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").splitlines()[1] + "\n", "utf-8")
    pool, year = path.read_text("utf-8").splitlines()[1].split(",")[:2]
    assert told(folder, example, expected) == [f"seats.csv: {pool}, {year}: listed twice / once"]


def test_a_table_that_is_not_there_is_found(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """A run folder without one of its tables is not whole."""
    (folder / "seats.csv").unlink()
    assert told(folder, example, expected) == ["seats.csv: missing / a table of this name"]


def test_another_order_of_assignments_is_found(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """The same plan in another order is not the same file."""
    lines = (folder / "assignments.csv").read_text("utf-8").splitlines()
    (folder / "assignments.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "utf-8")
    assert told(folder, example, expected) == ["assignments.csv: another order / sorted by cadre, start, programme"]


# --- findings -------------------------------------------------------------------------------------------------------


def test_a_finding_speaks_the_language_of_its_reader() -> None:
    """A finding holds no sentence: the same one is told in either language, and equal ones are equal."""
    finding = Finding("requires", ("A", 2021), phrase("verify_missing"), ("x", phrase("verify_once")))
    assert finding == Finding("requires", ("A", 2021), phrase("verify_missing"), ("x", phrase("verify_once")))
    rows = []
    for language in ("en", "vi"):
        with speaking(language):
            rows.append(findings_table([finding]).iloc[0].tolist())
    assert rows == [["requires", "A, 2021", "missing", "x, once"], ["requires", "A, 2021", "thiếu", "x, một lần"]]


def test_a_finding_writes_numbers_as_its_reader_does() -> None:
    """Counts are grouped, years are not, decimals have the language's comma."""
    values = (phrase("verify_at_most", count=1200), phrase("verify_before", year=2021), Fraction(3, 2))
    told = []
    for language in ("en", "vi"):
        with speaking(language):
            told.append(findings_table([Finding("budget", (2021,), each, 0) for each in values])["found"].tolist())
    assert told == [
        ["at most 1\N{NO-BREAK SPACE}200", "before 2021", "1.5"],
        ["nhiều nhất 1.200", "trước năm 2021", "1,5"],
    ]


# --- run.json and the folder ----------------------------------------------------------------------------------------


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def run(folder: Path, example: Problem, expected: pd.DataFrame) -> RunFolder:
    """A whole run folder of the example, its manifest in memory."""
    scenario = example.source.merged()
    (folder / "inputs").mkdir()
    inputs = [{"path": "scenario.yaml", "sha256": digest(EXAMPLE / "scenario.yaml")}]
    for key in ("roster", "agencies"):
        copy = f"inputs/{key}.csv"
        shutil.copyfile(scenario[key], folder / copy)
        inputs.append({"path": scenario[key], "sha256": digest(folder / copy), "copy": copy})
        scenario[key] = copy
    (folder / "run.json").write_text("{}", "utf-8")
    repeatable = example.scenario.goals[-1] == "lot"
    manifest: dict[str, Any] = {
        "status": "optimal",
        "repeatable": repeatable,
        "seed": example.scenario.solver.seed,
        "inputs": inputs,
        "scenario": scenario,
        "scenario_sha256": json_digest(scenario),
        "files": {file.name: digest(file) for file in folder.glob("*.csv")},
        "lines": {"": "scenario.yaml:1", "title": {"": "scenario.yaml:2", "en": "scenario.yaml:2"}},
    }
    manifest["manifest_sha256"] = json_digest(manifest)
    return RunFolder(folder, example, manifest, read(folder))


def sealed(run: RunFolder, **said: object) -> RunFolder:
    """The run with other things said in run.json, which are said on purpose: its digest is theirs."""
    manifest = {key: value for key, value in (run.manifest | said).items() if key != "manifest_sha256"}
    return replace(run, manifest=manifest | {"manifest_sha256": json_digest(manifest)})


def wrong(run: RunFolder) -> list[str]:
    with speaking("en"):
        table = findings_table(manifest_findings(run))
    assert set(table["rule"]) <= {"manifest"}
    return [f"{where}: {one} / {other}" for where, one, other in table[["where", "found", "allowed"]].to_numpy()]


def test_a_whole_run_folder_holds(run: RunFolder) -> None:
    """Nothing is found in a folder that is as it was written, beside what is written from it."""
    (run.folder / "pictures").mkdir()
    (run.folder / "pictures" / "seats.png").touch()
    (run.folder / "report.html").touch()
    assert wrong(run) == []
    assert run_findings(run) == []


Damage = Callable[[RunFolder], object]


def _set(key: str, value: object) -> Damage:
    return lambda run: run.manifest.update({key: value})  # type: ignore[attr-defined]


DAMAGES: dict[str, tuple[Damage, str]] = {
    "status": (_set("status", "feasible"), 'run.json: status: "feasible" / "optimal"'),
    "no status": (lambda run: run.manifest.pop("status"), 'run.json: status: missing / "optimal"'),
    "seed": (_set("seed", 2), "run.json: seed: 2 / 1"),
    "seed as truth": (_set("seed", True), "run.json: seed: true / 1"),
    "weight": (lambda run: run.manifest["scenario"].update(lot=7), "run.json: scenario_sha256: "),
    "input gone": (lambda run: run.manifest["inputs"].pop(0), "run.json: inputs, scenario.yaml: missing / a SHA-256"),
    "copy gone": (lambda run: run.manifest["inputs"].pop(1), "run.json: inputs, inputs/roster.csv: missing / "),
    "no digest": (lambda run: run.manifest["inputs"][0].update(sha256="0"), 'run.json: inputs, scenario.yaml: "0" / a'),
    "digest": (lambda run: run.manifest["files"].update({"seats.csv": "0"}), 'run.json: files, seats.csv: "0" / '),
    "digest gone": (lambda run: run.manifest["files"].pop("goals.csv"), "run.json: files, goals.csv: missing / "),
    "further digest": (lambda run: run.manifest["files"].update(x="0"), "run.json: files, x: a row / no such row"),
    "no digests": (_set("files", None), "run.json: files, assignments.csv: missing / "),
    "table gone": (lambda run: (run.folder / "totals.csv").unlink(), "totals.csv: missing / a file"),
    "roster changed": (
        lambda run: (run.folder / "inputs/roster.csv").write_text(""),
        "run.json: inputs, inputs/roster",
    ),
    "versions": (_set("versions", {"python": "2.7"}), "run.json: changed / as the run was written"),
    "no seal": (lambda run: run.manifest.pop("manifest_sha256"), "run.json: changed / as the run was written"),
    "foreign answer": (
        lambda run: [(run.folder / "answers").mkdir(), (run.folder / "answers/x.exe").touch()],
        "answers/x.exe: a file / no such file",
    ),
    "years": (lambda run: (run.folder / "news.csv").touch(), "run.json: files, news.csv: missing / "),
    "stray file": (lambda run: (run.folder / "notes.txt").touch(), "notes.txt: a file / no such file"),
    "stray input": (lambda run: (run.folder / "inputs/old.csv").touch(), "inputs/old.csv: a file / no such file"),
    "stray folder": (lambda run: (run.folder / "old").mkdir(), "old: a file / no such file"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_run_folder_is_found(run: RunFolder, name: str) -> None:
    """One thing changed in run.json or in the folder is told with its place, and nothing else is."""
    damage, expected = DAMAGES[name]
    damage(run)
    found = wrong(run)
    assert found[0].startswith(expected)
    assert len(found) == (len(TABLES) + 1 if name == "no digests" else 1)


def test_a_run_is_proven_only_if_every_goal_is(run: RunFolder) -> None:
    """One goal not called optimal: the run is `feasible`, and not repeatable."""
    run.tables["goals"].loc[0, "status"] = "feasible"
    assert 'run.json: status: "optimal" / "feasible"' in wrong(run)
    honest = sealed(run, status="feasible", repeatable=False)
    assert wrong(honest) == []
    assert wrong(replace(honest, manifest=honest.manifest | {"repeatable": True})) == [
        "run.json: repeatable: true / false"
    ]


def test_a_proven_run_is_repeatable_only_with_the_lot_last(run: RunFolder) -> None:
    """With `lot` as the last goal a proven plan is repeatable, without it it is not."""
    goals, solver = run.problem.scenario.goals, run.problem.scenario
    with_lot = [*(goal for goal in goals if goal != "lot"), type(goals[0])("lot")]
    without = [goal for goal in goals if goal != "lot"]
    for ranked, right in ((with_lot, True), (without, False)):
        problem = replace(run.problem, scenario=solver.model_copy(update={"goals": ranked}))
        for said in (True, False):
            told = replace(sealed(run, repeatable=said), problem=problem)
            assert bool(wrong(told)) == (said != right)


def test_every_check_of_a_manifest_stands_in_the_registry() -> None:
    """What is checked of run.json and the folder, by name."""
    assert list(CHECKS) == ["status", "repeatable", "seed", "scenario", "inputs", "files", "stray"]


def test_what_a_run_may_write_is_what_verification_lets_stand() -> None:
    """The patterns of a run folder's further files are the same on both sides, which share no code."""
    tables = {f"{name}.csv" for name in (*TABLES, "goals")}
    further = {pattern for pattern in BESIDE if pattern not in tables and not re.fullmatch(r"inputs/.*\.\*", pattern)}
    assert further == {*WRITTEN_FROM_IT, *OF_THE_YEARS, NOTICE, PROOF}
    assert LEDGER == RECORDED
