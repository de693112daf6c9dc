"""The manners of the command line: data on every command, keys set by hand, versions, completion, slips of names."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from commands import ROOT, in_a_process, planner
from small import small
from typer.main import get_command

import planner as library
from planner import read_run
from planner.cli import completion, exit_codes
from planner.cli.app import application
from planner.cli.manners import exit_statuses
from planner.messages import speaking
from planner.studies.set_keys import load_set

EVERYBODY = {"agency": "office"}
SEATS = {"pool": {"who": EVERYBODY, "programmes": ["school"], "per_year": 1}}
LEADS = {"all": {"who": EVERYBODY, "level": {"theory": "advanced"}, "share": 1}}
COMMANDS = sorted(get_command(application()).commands)  # type: ignore[attr-defined]
ANSWERS = ("conflict", "explain", "fairness", "frontier", "missed", "value")
"""Commands that answer a question: their data hold the answer's objects, too."""


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scheme in which one may go to the school each year."""
    return small(tmp_path_factory.mktemp("manners"), seats=SEATS, targets=LEADS, goals=["attainment", "starts"])


@pytest.fixture(scope="module")
def run(scheme: Path) -> Path:
    """Its run folder."""
    folder = scheme.parent / "run"
    done = planner("solve", scheme, "--out", folder, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    return folder


# --- data -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_the_common_options(command: str) -> None:
    """--json, --quiet and --verbose stand in the help of every command, each once, with their short names."""
    told = planner(command, "-h").stdout
    for option in (r"--json\b", r"--quiet\s+-q\b", r"--verbose\s+-v\b", r"--help\s+-h\b"):
        assert len(re.findall(option, told)) == 1, option


def asked(command: str, scheme: Path, run: Path, out: Path) -> list[object]:
    """A command line for the scheme."""
    tables = ROOT / "tests" / "cases" / "published" / "tables.yaml"
    ledger = out / "events.csv"
    ledger.write_text("date,event,cadre,programme,start,to,note\n2021-03-01,declined,A,school,2021,,\n")
    rates = out / "rates.yaml"
    rates.write_text("risk: {leaving: {event: left, rate: 0.05, source: assumed}}\n")
    lines: dict[str, list[object]] = {
        "solve": [scheme, "--out", out / "x"],
        "check": [scheme],
        "verify": [run],
        "tidy": [out],
        "pseudonymise": [scheme, "--key", out / "key.csv", "--out", out / "x"],
        "purge": [out / "x", "--yes"],
        "init": [out / "x"],
        "example": [out / "x"],
        "export": [scheme, "--excel", "--out", out / "x.xlsx"],
        "import": [scheme.parent / "roster.csv", "--out", out / "x"],
        "audit": [tables],
        "reconstruct": [tables, "--out", out / "x"],
        "generate": ["--districts", 2, "--published", tables, "--out", out / "x"],
        "compare": [run, scheme],
        "sweep": [scheme, "--vary", "lot=1,2", "--out", out / "x", "--workers", 1],
        "plot": [run, "--out", out / "x"],
        "report": [run, "--out", out / "x.html"],
        "nominees": [run, "--year", 2021, "--out", out / "x.xlsx"],
        "record": [run, "--template", out / "x.xlsx", "--year", 2021],
        "ledger": [run],
        "replan": [run, "--from", 2022, "--ledger", ledger, "--out", out / "x", "--no-prices"],
        "reserves": [run, "--year", 2021, "--number", 1, "--out", out / "x.csv", "--workers", 1],
        "review": [run, "--year", 2021, "--out", out / "x"],
        "sequel": [run, "--last", 2030, "--out", out / "x"],
        "risk": [run, "--rates", rates, "--futures", 20, "--out", out / "x"],
        "explain": [run, "--cadre", "A"],
        "missed": [run, "--workers", 1],
        "value": [run, "--workers", 1, "--out", out / "x.csv"],
        "frontier": [run, "--target", "all", "--steps", 1, "--workers", 1, "--plot", out / "x.svg"],
        "fairness": [run, "--workers", 1, "--for-others"],
        "conflict": [scheme],
    }
    if command == "purge":
        shutil.copytree(run, out / "x")
    return lines[command]


@pytest.mark.usefixtures("in_threads")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_prints_its_answer_as_one_json_object(command: str, scheme: Path, run: Path, tmp_path: Path) -> None:
    """It holds command, status, tables as rows, and the files that are then there; with -q nothing else is told."""
    done = planner(command, *asked(command, scheme, run, tmp_path), "--json", "-q")
    told = json.loads(done.stdout, parse_constant=pytest.fail)
    assert (told["command"], told["exit_status"]) == (command, done.returncode)
    assert done.stderr == "" or done.returncode == exit_codes.BAD_INPUT
    assert set(told) >= {"tables", "written"}
    assert told["tables"] or told["written"]
    assert ({"answer", "unproven"} <= set(told)) == (command in ANSWERS)
    assert all(isinstance(row, dict) for rows in told["tables"].values() for row in rows)
    assert [path for path in told["written"] if not Path(path).exists()] == []
    assert (tmp_path / "x").exists() <= any(path.startswith(str(tmp_path / "x")) for path in told["written"])


def test_the_tables_of_solve_are_those_of_the_plan(scheme: Path, run: Path) -> None:
    """Row for row what the library returns."""
    told = json.loads(planner("solve", scheme, "--json").stdout)
    plan = library.solve(scheme)
    assert told["status"] == "optimal" == plan.status
    for name in ("assignments", "attainment", "seats", "goals"):
        table = getattr(plan, name).drop(columns="seconds", errors="ignore")
        rows = pd.DataFrame(told["tables"][name])[list(table.columns)]
        assert rows.astype(str).replace("None", "nan").to_numpy().tolist() == [
            [str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell) for cell in row]
            for row in table.astype(object).to_numpy().tolist()
        ]


def test_what_ends_badly_says_so_in_the_data(tmp_path: Path) -> None:
    """That no plan can exist is an answer: its exit status, and the rules in conflict."""
    path = small(tmp_path, seats=SEATS, pins={"require": [{"cadre": name, "programme": "school"} for name in "ABC"]})
    done = planner("solve", path, "--set", "horizon.last=2021", "--json", "-q")
    told = json.loads(done.stdout)
    assert done.returncode == told["exit_status"] == exit_codes.IMPOSSIBLE
    assert told["status"] == "infeasible"
    assert told["tables"]["conflict"] != []


def test_a_mistake_leaves_standard_output_empty(tmp_path: Path) -> None:
    """What is wrong with an input stands on standard error alone."""
    done = planner("solve", tmp_path / "none.yaml", "--json")
    assert (done.returncode, done.stdout) == (exit_codes.BAD_INPUT, "")
    assert "none.yaml" in done.stderr


def test_names_are_not_in_data(run: Path) -> None:
    """--with-names beside --json is refused on every command that has it."""
    done = planner("compare", run, run, "--with-names", "--json")
    assert done.returncode == exit_codes.BAD_INPUT
    assert "--with-names" in done.stderr


# --- quiet, verbose, version ----------------------------------------------------------------------------------------


def test_quiet_silences_the_progress_of_questions(run: Path) -> None:
    """Without -q a command that asks tells how far it is; with it, nothing."""
    assert planner("missed", run, "--workers", 1).stderr != ""
    assert planner("missed", run, "--workers", 1, "-q").stderr == ""


@pytest.mark.parametrize(("arguments", "status"), [(["check"], 0), (["check", "--set", "horizon.last=x"], 2)])
def test_verbose_tells_versions_and_the_end(scheme: Path, arguments: list[str], status: int) -> None:
    """On standard error: the versions first, the exit status, time and memory last; the answer is the same."""
    command, *options = arguments
    plain, done = planner(command, scheme, *options), planner(command, scheme, *options, "-v")
    assert (done.returncode, done.stdout) == (status, plain.stdout)
    assert done.stderr.startswith("Python 3")
    assert "ortools 9" in done.stderr.splitlines()[0]
    assert f"exit status {status}; " in done.stderr


def test_quiet_and_verbose_are_one_or_the_other(scheme: Path) -> None:
    """Both at once say nothing that can be done."""
    assert planner("check", scheme, "-q", "-v").returncode == exit_codes.BAD_INPUT


def test_the_version_is_told() -> None:
    """`planner --version` names the version that is installed, and ends."""
    done = planner("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"planner \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_help_tells_every_exit_status(lang: str) -> None:
    """At its end, in the language spoken, each with what it means."""
    told = " ".join(planner("-h", lang=lang).stdout.split())
    with speaking(lang):
        assert [text for status, text in exit_statuses().items() if f"{status}: {text}" not in told] == []


# --- completion -----------------------------------------------------------------------------------------------------


@pytest.fixture
def _bash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(completion, "_get_shell_name", lambda: "bash")
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.usefixtures("_bash")
def test_completion_is_installed_and_said(tmp_path: Path) -> None:
    """The script is written into the home folder, and its reader told where, in his language."""
    done = planner("--install-completion", lang="vi")
    assert (done.returncode, done.stderr) == (0, "")
    assert str(tmp_path) in done.stdout
    assert "tự điền" in done.stdout
    assert any("_PLANNER_COMPLETE" in path.read_text() for path in tmp_path.rglob("*.sh"))
    assert "_PLANNER_COMPLETE" in planner("--show-completion").stdout


def test_an_unknown_shell_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written for a shell that nobody knows."""
    monkeypatch.setattr(completion, "_get_shell_name", lambda: None)
    done = planner("--install-completion")
    assert done.returncode == exit_codes.BAD_INPUT
    assert "PowerShell" in done.stderr


def test_the_shell_is_told_what_may_follow() -> None:
    """What the script asks is answered: commands, and a command's options."""
    ask = {"_PLANNER_COMPLETE": "complete_bash", "COMP_CWORD": "1"}
    assert in_a_process(COMP_WORDS="planner ver", **ask).stdout.split() == ["verify"]
    ask["COMP_CWORD"] = "2"
    assert "--second-engine" in in_a_process(COMP_WORDS="planner verify --sec", **ask).stdout


# --- keys that are set ----------------------------------------------------------------------------------------------


def test_a_key_that_is_set_is_solved_and_told_in_the_run(scheme: Path, tmp_path: Path) -> None:
    """The run's scenario has the value, and its manifest tells that it is of an overlay."""
    done = planner("solve", scheme, "--set", "seats.pool.per_year=2", "--set", "lot=7", "--out", tmp_path / "run", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    read = read_run(tmp_path / "run")
    assert read.problem.scenario.seats["pool"].of_year(2021).max == 2
    assert read.problem.scenario.lot == "7"
    manifest = json.loads((tmp_path / "run" / "run.json").read_text())
    assert manifest["lines"]["lot"].startswith("overlay:")
    assert manifest["lines"]["seats"]["pool"]["per_year"].startswith("overlay:")
    assert manifest["lines"]["seats"]["pool"]["programmes"][""].startswith(f"{scheme.name}:")
    same = library.load(scheme, overlay={"seats": {"pool": {"per_year": 2}}, "lot": "7"})
    chosen = ["cadre", "programme", "start"]
    found = read.plan().assignments[chosen].to_numpy().tolist()
    assert found == library.solve(same).assignments[chosen].to_numpy().tolist()
    assert planner("verify", tmp_path / "run").returncode == 0


def test_an_item_of_a_list_and_a_removed_key_are_set(tmp_path: Path) -> None:
    """One item of a list changes and the others stay; null takes a key away."""
    bands = [{"up_to": 5, "away": 1}, {"share": 0.2}]
    path = small(tmp_path, absence={"modes": ["full_time"], "bands": bands}, seats=SEATS)
    said = load_set(path, ["absence.bands.0.away=2", "absence.share=0.5", "seats.pool=null"]).scenario
    assert said.absence is not None
    assert [(band.away, band.share) for band in said.absence.bands] == [(2, None), (None, 0.5)]
    assert said.seats == {}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (["seats.pol.per_year=2"], "did you mean 'pool'"),
        (["seats.pool.per_year"], "expected KEY=VALUE"),
        (["seats.pool.per_year="], "expected KEY=VALUE"),
        (["lot=1", "lot=2"], "'lot' is set twice"),
        (["seats.pool=null", "seats.pool.per_year=2"], "'seats.pool.per_year' lies inside 'seats.pool'"),
        (["seats.pool.per_year=2", "seats.pool=null"], "'seats.pool.per_year' lies inside 'seats.pool'"),
        (["horizon.last=soon"], "--set horizon.last=soon: horizon.last: expected a whole number"),
    ],
)
@pytest.mark.parametrize("command", ["check", "solve"])
def test_a_key_that_cannot_be_set_is_told(scheme: Path, command: str, settings: list[str], sentence: str) -> None:
    """Every slip ends with 2 before anything is solved, and says what was probably meant."""
    done = planner(command, scheme, *(word for text in settings for word in ("--set", text)))
    assert done.returncode == exit_codes.BAD_INPUT
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("seats.pol.per_year=2", "seats: the scenario has no 'pol' there; did you mean 'pool'?"),
        ("seats.pool.per_year.max=abc", "seats.pool.per_year.max: expected a whole number"),
        ("horizon=null", "the key 'horizon' is missing"),
        ("horizon.last=null", "horizon: the key 'last' is missing"),
        ("goals=starts", "goals: expected a list, found 'starts'; did you mean [starts]?"),
    ],
)
def test_a_fault_of_what_is_set_names_what_was_typed(scheme: Path, text: str, sentence: str) -> None:
    """Not a line of the scenario, in which it does not stand, and not a file that nobody knows."""
    done = planner("check", scheme, "--set", text)
    assert done.returncode == exit_codes.BAD_INPUT
    (told,) = done.stderr.splitlines()
    assert told.startswith(f"--set {text}: ")
    assert sentence in told


def test_a_fault_that_was_there_before_keeps_its_place(tmp_path: Path) -> None:
    """What is wrong in the file is told by file and line, whatever is set."""
    path = small(tmp_path, seats=SEATS | {"other": {"programmes": ["nothing"], "who": EVERYBODY}})
    done = planner("check", path, "--set", "seats.pool.per_year=2")
    assert "scenario.yaml, line " in done.stderr
    assert "--set" not in done.stderr


# --- limits that an overlay takes away ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("below", "above", "told"),
    [
        ({"min": 1, "max": 2}, 3, "the minimum 1 is gone"),
        ({"min": 1, "max": 2}, {"max": 3}, ""),
        ({"min": 0, "max": 2}, 3, ""),
        ({"max": 2}, 3, ""),
        (2, {"min": 1}, "no maximum any more"),
        (2, {"min": 1, "max": 2}, ""),
        (2, 3, ""),
        ({2021: 2}, {2021: {"min": 1}}, "no maximum any more"),
        ({2021: {"min": 1, "max": 2}}, {2021: 2}, "the minimum 1 is gone"),
        ({2021: {"min": 1, "max": 2}}, {2022: 2}, ""),
    ],
)
@pytest.mark.parametrize("how", ["file", "overlay"])
def test_limits_that_an_overlay_takes_away_are_told(
    tmp_path: Path, below: object, above: object, told: str, how: str
) -> None:
    """A number leaves no minimum, a minimum alone no maximum: allowed, and said; what keeps both is not remarked on."""
    path = small(tmp_path, seats={"pool": SEATS["pool"] | {"per_year": below}})
    over = {"seats": {"pool": {"per_year": above}}}
    if how == "file":
        file = tmp_path / "over.yaml"
        file.write_text(yaml.safe_dump({"extends": path.name, **over}))
        remarks = library.load(file).remarks
    else:
        remarks = library.load(path, overlay=over).remarks
    assert [told in str(remark) for remark in remarks] == [True] * bool(told)


def test_a_range_beside_years_is_refused_once(tmp_path: Path) -> None:
    """A range for every year and one by year cannot both be meant; the sentence says how the range is taken away."""
    small(tmp_path, seats={"pool": SEATS["pool"] | {"per_year": {"min": 1, "max": 2}}})
    (tmp_path / "over.yaml").write_text("extends: scenario.yaml\nseats:\n  pool:\n    per_year: {2022: 3}\n")
    done = planner("check", tmp_path / "over.yaml")
    (told,) = done.stderr.splitlines()
    assert "over.yaml, line 4: seats.pool.per_year: " in told
    assert "min: null, max: null" in told
    mended = "extends: scenario.yaml\nseats: {pool: {per_year: {2022: 3, min: null, max: null}}}\n"
    (tmp_path / "over.yaml").write_text(mended)
    pool = library.load(tmp_path / "over.yaml").scenario.seats["pool"]
    assert [pool.of_year(year).max for year in (2021, 2022)] == [0, 3]


# --- slips of names in a what-if ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "told"), [("pol", "did you mean 'pool'?"), ("zzzz", "the key 'who' is missing")])
def test_a_misspelt_entry_of_a_what_if(scheme: Path, name: str, told: str) -> None:
    """What was meant for an entry is no new one that lacks keys; one like no other is."""
    path = scheme.parent / f"{name}.yaml"
    path.write_text(f"extends: {scheme.name}\nseats: {{{name}: {{per_year: 2}}}}\n")
    done = planner("check", path)
    assert done.returncode == exit_codes.BAD_INPUT
    assert told in done.stderr
    assert f"line 2: seats.{name}" in done.stderr


def test_a_whole_new_entry_may_be_called_like_another(scheme: Path) -> None:
    """It is no slip."""
    path = scheme.parent / "whole.yaml"
    path.write_text(
        f"extends: {scheme.name}\nseats: {{pools: {{who: {{agency: office}}, programmes: [course], per_year: 2}}}}\n"
    )
    assert planner("check", path).returncode == 0


# --- the example ----------------------------------------------------------------------------------------------------


def test_the_example_is_the_real_scheme(tmp_path: Path) -> None:
    """File for file, its what-ifs find what they name, and it is only replaced where it was left alone."""
    assert planner("example", tmp_path / "here").returncode == 0
    base = tmp_path / "here" / "hoang-su-phi" / "base.yaml"
    scenarios = ROOT / "scenarios"
    for path in (base, base.parent / "roster.csv", base.parents[1] / "retirement-135-2020.csv"):
        assert path.read_bytes() == (scenarios / path.relative_to(tmp_path / "here")).read_bytes()
    assert planner("check", base.parent / "what-if" / "two-tier-2026-2030.yaml").returncode == 0
    assert planner("example", tmp_path / "here").returncode == exit_codes.BAD_INPUT
    assert planner("example", tmp_path / "here", "--force").returncode == 0
    (tmp_path / "here" / "mine.txt").write_text("mine")
    assert planner("example", tmp_path / "here", "--force").returncode == exit_codes.BAD_INPUT


def test_an_installation_without_the_example_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing half is written."""
    monkeypatch.setattr("planner.common.shipped._PACKAGE", tmp_path / "planner")
    done = planner("example", tmp_path / "here")
    assert done.returncode == exit_codes.BAD_INPUT
    assert "without its example" in done.stderr
    assert not os.path.lexists(tmp_path / "here")
