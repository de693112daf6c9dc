"""The command line, run as its users run it: exit statuses, what is written, what is said, in both languages."""

from __future__ import annotations

import copy
import csv
import json
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import command, environment, in_a_process, planner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import CADRE, SCENARIO, merged, small

from planner.cli import app, plans
from planner.common.csv_cells import csv_table
from planner.common.errors import InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.plans.run_folder import MANIFEST, write_run
from planner.solver import solve_problem

HERE = Path(__file__).parent
DISTRICT = HERE.parent / "scenarios" / "hoang-su-phi"
PUBLISHED = HERE / "cases" / "published" / "tables.yaml"
TABLES = {"assignments", "attainment", "seats", "totals", "shares", "absence", "goals"}
EVERYBODY: dict[str, Any] = {"age": {"max": 99}}
TARGET = {"advanced": {"who": EVERYBODY, "level": {"theory": "advanced"}, "share": 1.0}}


def scenario(folder: Path, **changes: Any) -> Path:
    """A small scenario with one target that everybody can reach."""
    return small(folder, **{"targets": TARGET, **changes})


def left_beside(folder: Path) -> list[str]:
    """The names of drafts in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.name.endswith((".part", ".old")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of a small scenario; tests copy it."""
    folder = tmp_path_factory.mktemp("made")
    absence = {"modes": ["full_time"], "bands": [{"up_to": 9, "away": 1}, {"away": 2}]}
    pool = {"programmes": ["school"], "who": EVERYBODY, "per_year": {"min": 1, "max": 1}}
    file = scenario(folder, absence=absence, seats={"school": pool}, programmes={"evening": None})
    assert planner("solve", file, "--out", folder / "run", "--quiet").returncode == 0
    return folder / "run"


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A fresh copy of the run folder."""
    return Path(shutil.copytree(made, tmp_path / "run"))


# --- exit statuses --------------------------------------------------------------------------------------------------


def test_the_template_goes_all_the_way(tmp_path: Path) -> None:
    """init, check, solve and verify end with 0, and speak the language that the option asks for, wherever it stands."""
    folder, out = tmp_path / "deep" / "mine", tmp_path / "run"
    first = planner("--lang", "vi", "init", folder)
    assert first.returncode == 0
    assert "solve" in first.stdout
    for lang, sound in (("en", "The scenario is sound"), ("vi", "Phương án hợp lệ")):
        checked = planner("check", folder / "scenario.yaml", f"--lang={lang}")
        assert (checked.returncode, checked.stderr) == (0, "")
        assert sound in checked.stdout
    solved = planner("solve", "--lang", "vi", folder / "scenario.yaml", "--out", out)
    assert solved.returncode == 0
    assert re.search(r"số lượt còn thiếu.*kế hoạch nào cũng", solved.stderr)
    assert {path.stem for path in out.glob("*.csv")} == TABLES
    assert (out / MANIFEST).is_file()
    verified = planner("--lang", "vi", "verify", out)
    assert verified.returncode == 0
    assert "đúng" in verified.stdout


def test_a_run_that_nobody_keeps_still_shows_its_summary(tmp_path: Path) -> None:
    """Without --out solve prints the summary and writes nothing; with --quiet it is silent on standard error."""
    file = scenario(tmp_path)
    before = sorted(tmp_path.iterdir())
    done = planner("solve", file, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 of 1 target is reached" in done.stdout
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"pins": {"require": [{"cadre": "A", "programme": "school"}], "forbid": [{"cadre": "A"}]}}, "pins"),
        ({"targets": {"advanced": {**TARGET["advanced"], "share": None, "at_least": 9, "must": True}}}, "must"),
    ],
    ids=["pins", "must"],
)
def test_no_plan_is_three(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    """Where no plan can exist the status is 3, the rules are named, and nothing is written."""
    file = scenario(tmp_path, **changes)
    done = planner("solve", file, "--out", tmp_path / "run", "--quiet", lang="vi")
    assert done.returncode == 3
    assert done.stderr.startswith("Không thể có kế hoạch nào")
    assert named in done.stderr
    assert not (tmp_path / "run").exists()


def test_no_time_is_four(tmp_path: Path) -> None:
    """Where the time runs out before any plan is found the status is 4, and nothing is written."""
    over = tmp_path / "hurry.yaml"
    over.write_text(f"extends: {DISTRICT / 'base.yaml'}\nsolver: {{time_limit_s: 0.001}}\n", encoding="utf-8")
    done = planner("solve", over, "--out", tmp_path / "run", "--quiet", "--allow-outside")
    assert done.returncode == 4
    assert "0.001" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hurry.yaml"]


@pytest.mark.parametrize(
    "arguments", [(), ("solv",), ("solve",), ("solve", "--foo"), ("check", "a", "b"), ("--lang", "fr"), ("--lang",)]
)
def test_a_wrong_call_is_two(arguments: tuple[str, ...]) -> None:
    """No argument, an unknown command or option, too few or too many arguments, an unknown language: 2."""
    done = planner(*arguments)
    assert done.returncode == 2
    assert done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [("--help",), ("solve", "--help")])
def test_help_in_both_languages(arguments: tuple[str, ...]) -> None:
    """--help ends with 0 and speaks Vietnamese where asked to, by option or by variable."""
    english = planner(*arguments)
    asked = planner("--lang", "vi", *arguments)
    assert (english.returncode, asked.returncode) == (0, 0)
    assert asked.stdout != english.stdout
    assert re.search("[ạảấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợ]", asked.stdout)
    assert planner(*arguments, lang="vi").stdout == asked.stdout
    assert in_a_process(*arguments, PLANNER_LANG="vi").stdout == asked.stdout


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("check", kind) for kind in ("missing", "folder", "empty", "binary")),
        *((name, "missing") for name in ("solve", "audit", "verify")),
    ],
)
def test_what_cannot_be_read_is_two(tmp_path: Path, name: str, kind: str) -> None:
    """A missing, empty or binary file, or a folder in its place: 2, one line, naming it."""
    file = tmp_path / "input.yaml"
    if kind == "folder":
        file.mkdir()
    elif kind != "missing":
        file.write_bytes(b"" if kind == "empty" else bytes(range(256)))
    done = planner(name, file)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "input.yaml" in done.stderr


def test_a_device_is_no_scenario(tmp_path: Path) -> None:
    """A pipe or device in the place of a file is refused, not waited for."""
    os.mkfifo(tmp_path / "pipe.yaml")
    pipe = os.open(tmp_path / "pipe.yaml", os.O_RDWR | os.O_NONBLOCK)
    os.write(pipe, b"title: what a reader would take")
    until = threading.Timer(20, os.close, [pipe])  # who waited for more is at the end then
    until.start()
    assert planner("check", tmp_path / "pipe.yaml").returncode == 2
    until.cancel()
    assert os.read(pipe, 100) == b"title: what a reader would take"
    os.close(pipe)


# --- faults ---------------------------------------------------------------------------------------------------------


def test_all_faults_in_one_message(tmp_path: Path) -> None:
    """Faults of the scenario and of both tables come together, with lines, rows and the nearest known name."""
    rows = {"A": {"theory": "advancd"}, "B": {"birth_year": "19x5"}, "C": {"agency": "offic"}}
    wrong = {"who": {"sexx": "F"}, "level": {"theory": "advancd"}, "share": 1.0}
    file = scenario(tmp_path, roster=rows, agencies="agency,headcount\noffice,-5\n", targets={"a": wrong}, horizn=1)
    done = planner("check", file)
    assert done.returncode == 2
    for sign in ("horizn", "'horizon'", "'advanced'", "19x5", "-5", "csv, row 2"):
        assert sign in done.stderr, sign
    assert re.search(r"scenario\.yaml, line \d+", done.stderr)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"targets": {"a": {**TARGET["advanced"], "share": 1.5}}}, id="share"),
        pytest.param({"horizon": {"first": 2025, "last": 2021}}, id="horizon"),
        pytest.param({"programmes": {"school": {"months": 0}}}, id="months"),
        pytest.param({"goals": ["attainmet"]}, id="goal"),
        pytest.param({"targets": {"a": {**TARGET["advanced"], "who": {"age": {"mn": 3}}}}}, id="condition"),
        pytest.param({"absence": {"modes": ["fulltime"]}}, id="mode"),
    ],
)
def test_one_fault_is_told_once(tmp_path: Path, changes: dict[str, Any]) -> None:
    """One wrong value gives one sentence: nothing is called missing because it was wrong."""
    with pytest.raises(InputError) as caught:
        load(scenario(tmp_path, **changes))
    assert len(caught.value.faults) == 1, str(caught.value)


def test_a_wrong_value_hides_no_other_fault(tmp_path: Path) -> None:
    """A wrong number in an entry hides neither its wrong names nor the faults of the tables."""
    target = {"who": {"sexx": "F"}, "level": {"theory": "advancd"}, "share": 1.5}
    file = scenario(tmp_path, targets={"a": target}, horizon={"first": 2025}, roster={"A": {"sex": "Q"}})
    with pytest.raises(InputError) as caught:
        load(file)
    for sign in ("share", "horizon", "sexx", "advancd", "'Q'"):
        assert sign in str(caught.value), sign


def test_text_and_numbers_are_told_apart_in_faults(tmp_path: Path) -> None:
    """A year in quotation marks is shown with them, and truth as yes or no: "expected a number, found 2021" is odd."""
    with pytest.raises(InputError) as caught:
        load(scenario(tmp_path, horizon={"first": "2021"}, lot=True))
    assert "found '2021'" in str(caught.value)
    assert "True" not in str(caught.value)


def test_an_empty_list_of_values_blames_the_scenario(tmp_path: Path) -> None:
    """`sex: []` is the scenario's fault (or nobody), not one of every row of the roster."""
    try:
        load(scenario(tmp_path, groups={"nobody": {"sex": []}}))
    except InputError as error:
        assert "roster.csv" not in str(error)


def test_extends_of_what_is_no_path(tmp_path: Path) -> None:
    """`extends` with a NUL byte, a list, an empty text or a folder: a fault, no traceback."""
    scenario(tmp_path)
    for number, value in enumerate(['"a\\0b"', "[a.yaml]", '""', ".", "x" * 5000, "{a: 1}"]):
        over = tmp_path / f"over{number}.yaml"
        over.write_text(f"extends: {value}\n", encoding="utf-8")
        with pytest.raises(InputError):
            load(over)


def test_a_long_chain_of_extends(tmp_path: Path) -> None:
    """A thousand files that extend one another: a problem or a fault, no traceback."""
    file = scenario(tmp_path)
    for number in range(1500):
        (tmp_path / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n", encoding="utf-8")
    (tmp_path / "1500.yaml").write_text(f"extends: {file.name}\n", encoding="utf-8")
    try:
        load(tmp_path / "0.yaml")
    except InputError as error:
        assert "extends" in str(error) or "kế thừa" in str(error)


def test_letters_composed_differently_are_the_same(tmp_path: Path) -> None:
    """A name typed on a Mac (NFD) in the scenario means the one that Excel wrote (NFC) in the roster."""
    composed, decomposed = "Ph\u00f2ng", "Pho\u0300ng"
    file = scenario(
        tmp_path,
        roster={"A": {"agency": composed}},
        agencies={composed: 3},
        targets={"a": {**TARGET["advanced"], "who": {"agency": decomposed}}},
    )
    assert load(file).members["a"].sum() == 1


@pytest.mark.parametrize(
    "name", ["a\nb", " x ", "'x", "\u200bx", "mu\u0323c", "#N/A", "=1+1", "007", "nan", 'a,"b', "[/bold]"]
)
def test_any_name_that_is_taken_is_kept(tmp_path: Path, name: str) -> None:
    """A target's or pool's name is refused, or comes back from the run folder as it was: then the run verifies."""
    file = scenario(
        tmp_path, targets={name: TARGET["advanced"]}, seats={name: {"programmes": ["school"], "who": EVERYBODY}}
    )
    try:
        problem = load(file)
    except InputError:
        return
    write_run(solve_problem(problem), tmp_path / "run")
    assert plans._verify(tmp_path / "run") == app.OK


# --- tables as hostile people have them -----------------------------------------------------------------------------


def test_odd_cadres_come_back_as_they_are(tmp_path: Path) -> None:
    """Codes like 007, =1+1, [bold], nan, with commas and quotation marks are plain text from roster to run folder."""
    codes = [
        "007",
        "=1+1",
        "[bold]x[/bold]",
        "[/]",
        "nan",
        "NULL",
        "a,b",
        'q"q',
        "-1",
        "1e5",
        "Nguyễn Văn Ánh",
        "x" * 500,
    ]
    file = scenario(tmp_path, roster={code: {} for code in codes}, horizon={"last": 2030})
    solved = planner("solve", file, "--out", tmp_path / "run", "--quiet")
    assert solved.returncode == 0, solved.stderr
    assert csv_table(tmp_path / "run" / "assignments.csv")["cadre"].tolist() == sorted(codes)
    assert planner("verify", tmp_path / "run").returncode == 0


@pytest.mark.parametrize("held", ["advanced", ""])
def test_nothing_to_start(tmp_path: Path, held: str) -> None:
    """Where nobody may start anything (all is attained, or unknown) there is a plan without starts, which verifies."""
    highest = {"theory": held, "education": held and "master", "administration": held and "senior"}
    file = scenario(tmp_path, roster={"A": highest})
    assert planner("solve", file, "--out", tmp_path / "run", "--quiet").returncode == 0
    assert (tmp_path / "run" / "assignments.csv").read_text(encoding="utf-8").count("\n") == 1
    assert planner("verify", tmp_path / "run").returncode == 0


def test_no_programmes(tmp_path: Path) -> None:
    """A scenario without any programme has the empty plan."""
    file = scenario(tmp_path, programmes=dict.fromkeys(SCENARIO["programmes"]))
    assert planner("solve", file, "--quiet").returncode == 0


def test_fifty_years(tmp_path: Path) -> None:
    """A horizon of 50 years is planned; one of 51 is refused."""
    assert solve_problem(load(scenario(tmp_path, horizon={"last": 2070}))).status == "optimal"
    with pytest.raises(InputError):
        load(scenario(tmp_path, horizon={"last": 2071}))


# --- folders --------------------------------------------------------------------------------------------------------


def test_an_existing_folder_is_replaced_only_with_force(run: Path, tmp_path: Path) -> None:
    """Without --force an existing run is refused before any work; with it, it is replaced."""
    file = scenario(tmp_path)
    before = (run / MANIFEST).read_bytes()
    refused = planner("solve", file, "--out", run)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert (run / MANIFEST).read_bytes() == before
    assert planner("solve", file, "--out", run, "--force", "--quiet").returncode == 0
    assert (run / MANIFEST).read_bytes() != before
    assert left_beside(tmp_path) == []


@pytest.mark.parametrize("name", ["solve", "reconstruct", "init"])
def test_a_folder_that_is_not_ours_stays(tmp_path: Path, name: str) -> None:
    """--force never deletes what planner did not write: documents, files, the folder that is worked in."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear", encoding="utf-8")
    given = {"solve": (scenario(tmp_path), "--out"), "reconstruct": (PUBLISHED, "--out"), "init": ()}[name]
    for target in (mine, tmp_path) if name == "solve" else (mine,):
        before = sorted(path.name for path in tmp_path.rglob("*"))
        assert planner(name, *given, target, "--force").returncode == 2
        assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_reconstruct_into_the_scenario_keeps_the_scenario(tmp_path: Path) -> None:
    """A rebuilt roster may lie beside the files it was rebuilt from: --force must not delete those."""
    folder = tmp_path / "scheme"
    shutil.copytree(PUBLISHED.parent, folder)
    planner("reconstruct", folder / "tables.yaml", "--out", tmp_path / "rebuilt")
    shutil.copy(tmp_path / "rebuilt" / "fit.csv", folder)
    planner("reconstruct", folder / "tables.yaml", "--out", folder, "--force")
    assert (folder / "tables.yaml").is_file()
    assert (folder / "base.yaml").is_file()


def test_a_replaced_run_loses_nobodys_documents(run: Path, tmp_path: Path) -> None:
    """What a user put into a run folder is not deleted by solving into it again."""
    (run / "letter.docx").write_text("dear", encoding="utf-8")
    planner("solve", scenario(tmp_path), "--out", run, "--force", "--quiet")
    assert list(tmp_path.rglob("letter.docx"))


def test_audit_does_not_overwrite_its_input(tmp_path: Path) -> None:
    """`audit FILE --out FILE` leaves the file alone."""
    folder = Path(shutil.copytree(PUBLISHED.parent, tmp_path / "published"))
    before = (folder / "tables.yaml").read_bytes()
    planner("audit", folder / "tables.yaml", "--out", folder / "tables.yaml")
    assert (folder / "tables.yaml").read_bytes() == before


@pytest.mark.parametrize("out", ["x" * 300, "scenario.yaml/run", "a\nb/" + "y" * 300])
def test_a_folder_that_cannot_be_written_is_two(tmp_path: Path, out: str) -> None:
    """A name too long, or below a file: 2, before any goal is tackled."""
    done = planner("solve", scenario(tmp_path), "--out", out, cwd=tmp_path)
    assert done.returncode == 2
    assert "targets: at" not in done.stderr
    assert left_beside(tmp_path) == []


# --- stopped in the middle ------------------------------------------------------------------------------------------


def wait_for_library(process: subprocess.Popen[str], name: str) -> None:
    """Wait until the process has loaded a library of this name, or has ended."""
    maps = Path(f"/proc/{process.pid}/maps")
    while process.poll() is None and name not in maps.read_text(encoding="utf-8"):
        time.sleep(0.005)


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
@pytest.mark.parametrize("moments", [4, pytest.param(30, marks=pytest.mark.long)])
def test_killed_at_any_moment(tmp_path: Path, moments: int) -> None:
    """SIGKILL leaves no folder under the run's name, or a finished one; verify refuses every draft."""
    file = scenario(tmp_path, horizon={"last": 2030}, roster={f"C{number:02d}": {} for number in range(30)})
    draw = random.Random(1)
    for number in range(moments):
        out = tmp_path / f"run{number}"
        process = subprocess.Popen(
            command("solve", file, "--out", out),
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for_library(process, "ortools" if number else "pandas")
        time.sleep(draw.uniform(0, 0.7))
        process.kill()
        process.wait()
        if out.exists():
            assert planner("verify", out).returncode == 0
        else:
            assert planner("verify", out).returncode == 2
    for name in left_beside(tmp_path):
        assert name.startswith(".")
        assert not (tmp_path / name / MANIFEST).exists() or planner("verify", tmp_path / name).returncode in (0, 2)


def interrupted(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Send Ctrl-C once; what the process still says."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, (process.returncode, err)
    assert "Traceback" not in err, err
    assert "terminate called" not in err, err
    return out, err


def district_solve(out: Path, *options: str, **variables: str) -> subprocess.Popen[str]:
    """The real scheme being solved."""
    return subprocess.Popen(
        command("solve", DISTRICT / "base.yaml", "--out", out, *options),
        env=environment(PYTHONUNBUFFERED="1", **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
@pytest.mark.parametrize(("library", "later"), [("pandas", 0.0), ("ortools", 0.0), ("ortools", 0.1), ("ortools", 0.7)])
def test_ctrl_c_at_any_moment(tmp_path: Path, library: str, later: float) -> None:
    """Ctrl-C while importing, loading or in the first LP: status 130, a word, no folder, nothing half-written."""
    process = district_solve(tmp_path / "run")
    wait_for_library(process, library)
    time.sleep(later)
    _, err = interrupted(process)
    assert "Interrupted" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("lang", "word", "goal"),
    [("en", "Interrupted", "places short of the targets"), ("vi", "Đã dừng", "số lượt còn thiếu")],
)
def test_ctrl_c_says_what_it_had(tmp_path: Path, lang: str, word: str, goal: str) -> None:
    """Ctrl-C while goals are at work: status 130, the goals known so far, no folder."""
    process = district_solve(tmp_path / "run", PLANNER_LANG=lang)
    assert process.stderr is not None
    first = process.stderr.readline()
    assert goal in first
    _, err = interrupted(process)
    assert goal in " ".join(err[err.index(word) :].split())
    assert list(tmp_path.iterdir()) == []


# --- output that nobody takes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["check", "solve", "audit", "--help"])
def test_a_closed_pipe(tmp_path: Path, name: str) -> None:
    """`planner ... | head -1` ends without a traceback."""
    given = {
        "check": [scenario(tmp_path)],
        "solve": [scenario(tmp_path), "--quiet"],
        "audit": [PUBLISHED],
        "--help": [],
    }[name]
    process = subprocess.Popen(command(name, *given), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read().decode()
    process.wait(timeout=120)
    assert "Traceback" not in err, err
    assert "Exception ignored" not in err, err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_the_output(tmp_path: Path) -> None:
    """Output that cannot be written ends the command with a status other than 0, without a traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command("check", scenario(tmp_path)), env=environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr, done.stderr


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_consoles_of_other_encodings(tmp_path: Path, encoding: str) -> None:
    """A console in cp1252 or ASCII crashes nothing, though all is Vietnamese."""
    file = scenario(tmp_path, title="Đề án đào tạo")
    for arguments in (("--help",), ("solve", file)):
        assert in_a_process("--lang", "vi", *arguments, PYTHONIOENCODING=encoding).returncode == 0
    assert in_a_process("--lang", "vi", "check", "Kế hoạch.yaml", PYTHONIOENCODING=encoding).returncode == 2


# --- verify ---------------------------------------------------------------------------------------------------------


def rows_changed(change: Callable[[list[list[str]]], None]) -> Callable[[Path], None]:
    """What changes the rows of a CSV file, its header at place 0."""

    def tamper(file: Path) -> None:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        change(rows)
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    return tamper


def cell(row: int, column: str, value: str) -> Callable[[Path], None]:
    """What sets one cell."""

    def change(rows: list[list[str]]) -> None:
        rows[row][rows[0].index(column)] = value

    return rows_changed(change)


TAMPERINGS = {
    "a start removed": ("assignments", rows_changed(lambda rows: rows.pop())),
    "a start twice": ("assignments", rows_changed(lambda rows: rows.append(rows[-1]))),
    "another year": ("assignments", cell(1, "start", "2024")),
    "another programme": ("assignments", cell(1, "programme", "degree")),
    "an unknown cadre": ("assignments", cell(1, "cadre", "Z")),
    "no year": ("assignments", cell(1, "start", "soon")),
    "points": ("assignments", cell(1, "points", "7")),
    "no header": ("assignments", rows_changed(lambda rows: rows[0].pop())),
    "attained": ("attainment", cell(1, "attained", "2")),
    "a target removed": ("attainment", rows_changed(lambda rows: rows.pop())),
    "starts": ("seats", cell(1, "starts", "0")),
    "away": ("absence", cell(1, "away", "0")),
    "limit": ("absence", cell(1, "limit", "")),
    "goal value": ("goals", cell(1, "value", "1")),
    "goal not a number": ("goals", cell(2, "value", "[bold]nan")),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_verify_finds_what_was_changed(run: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Each changed figure or start is found, and said."""
    table, tamper = TAMPERINGS[name]
    tamper(run / f"{table}.csv")
    try:
        assert plans._verify(run) == app.WRONG
    except InputError as error:
        assert table in str(error)
        assert name == "no header"
    else:
        assert "What does not hold in" in capsys.readouterr().out


def test_verify_ends_with_one(run: Path) -> None:
    """A run that does not hold: status 1, a table with the rule, the place, what was found and what is allowed."""
    cell(1, "attained", "2")(run / "attainment.csv")
    done = planner("verify", run)
    assert (done.returncode, done.stderr) == (1, "")
    assert "attainment.csv" in done.stdout
    assert planner("--lang", "vi", "verify", run).returncode == 1


@pytest.mark.parametrize("name", [MANIFEST, "assignments.csv", "goals.csv", "inputs/roster.csv", "inputs/agencies.csv"])
@pytest.mark.parametrize("how", ["removed", "emptied", "garbled"])
def test_verify_refuses_a_damaged_folder(run: Path, name: str, how: str) -> None:
    """A file of the run that is gone, empty or garbled is the input's fault: InputError, which is status 2."""
    if how == "removed":
        (run / name).unlink()
    else:
        (run / name).write_bytes(b"" if how == "emptied" else bytes(range(256)) * 4)
    with pytest.raises(InputError):
        plans._verify(run)


@pytest.mark.parametrize(
    "change",
    [
        *({"inputs": value} for value in ([True], None, [{"copy": True}], {"a": 1}, [])),
        *({"scenario": value} for value in (5, {})),
    ],
    ids=str,
)
def test_verify_refuses_a_damaged_manifest(run: Path, change: dict[str, Any]) -> None:
    """A manifest that is not what solve writes, or vouches for no inputs, is refused."""
    manifest = json.loads((run / MANIFEST).read_text(encoding="utf-8"))
    (run / MANIFEST).write_text(json.dumps(manifest | change), encoding="utf-8")
    with pytest.raises(InputError):
        plans._verify(run)


def test_verify_refuses_a_changed_input(run: Path) -> None:
    """A roster that is no longer the one that was planned: status 2."""
    cell(1, "sex", "M")(run / "inputs" / "roster.csv")
    done = planner("verify", run)
    assert done.returncode == 2
    assert "roster.csv" in done.stderr


# --- published tables -----------------------------------------------------------------------------------------------


def test_the_audit_finds_the_misprints(tmp_path: Path) -> None:
    """The audit of the real scheme ends with 1 and names 124 of 120, 284 of 359 and the contradictory ranges."""
    done = planner("audit", DISTRICT / "published.yaml", "--out", tmp_path / "audit.csv")
    assert done.returncode == 1
    with (tmp_path / "audit.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["kind", "table", "item", "published", "computed", "verdict"]
    unsound = [(row["table"], row["published"], row["computed"]) for row in rows if row["verdict"] == "does_not_sum"]
    assert unsound == [("organisation_heads", "120", "124")]
    wrong = [row["item"] for row in rows if (row["kind"], row["verdict"]) == ("percent", "wrong")]
    assert any("284/359" in item for item in wrong)
    assert [row["verdict"] for row in rows if row["kind"] == "range"].count("cannot_contain") == 5
    assert "does_not_sum" in done.stdout or "124" in done.stdout


def test_the_audit_of_sound_tables_is_zero() -> None:
    """Tables without a misprint end with 0."""
    assert planner("audit", PUBLISHED).returncode == 0


def test_reconstruct_repeats_itself(tmp_path: Path) -> None:
    """The same seed gives the same bytes, another seed others; both languages write the same."""
    for name, *options in (("a",), ("b", "--lang", "vi"), ("c", "--seed", "7")):
        assert planner("reconstruct", PUBLISHED, "--out", tmp_path / name, *options).returncode == 0
    for file in ("roster.csv", "agencies.csv", "fit.csv"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert (tmp_path / "a" / "roster.csv").read_bytes() != (tmp_path / "c" / "roster.csv").read_bytes()
    assert planner("reconstruct", PUBLISHED, "--out", tmp_path / "d", "--seed", "-1").returncode == 2
    assert not (tmp_path / "d").exists()


def test_the_real_scheme(base_run: Path) -> None:
    """The scheme of Hoàng Su Phì is solved, proven and verified by two commands."""
    assert json.loads((base_run / MANIFEST).read_text(encoding="utf-8"))["repeatable"]
    assert planner("verify", base_run).returncode == 0


# --- anything at all ------------------------------------------------------------------------------------------------

FULL = merged(
    SCENARIO,
    {
        "targets": TARGET,
        "groups": {"some": {"not": {"any": [{"sex": "F"}, {"age": {"min": 30}}]}}},
        "seats": {"pool": {"programmes": ["school"], "who": "some", "per_year": {"min": 1, "max": 2}, "total": 3}},
        "absence": {
            "modes": ["full_time"],
            "bands": [{"up_to": 4, "away": 1}, {"share": 0.25}],
            "leaders": {"who": "some"},
        },
        "study_load": {"short_per_year": 1},
        "classes": {"school": {"min": 1, "max": 2}},
        "budget": {"per_year": {2021: 5}},
        "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
        "approval": {"all": {"who": "some", "programmes": ["school"], "authority": {"en": "x", "vi": "y"}}},
        "pins": {"require": [{"programme": "course"}], "forbid": [{"cadre": "A", "start": 2022}]},
        "solver": {"time_limit_s": 5, "gap": 0.0, "workers": 1, "seed": 1},
    },
)
ODD: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2,
        1.5,
        -0.5,
        1e-9,
        1e300,
        10**19,
        2021,
        1900,
        2200,
        2201,
        float("inf"),
        float("nan"),
    ),
    *(
        "",
        "x",
        "F",
        "none",
        "advanced",
        "theory",
        "all",
        "not",
        "age",
        "yes",
        "2021",
        "=1+1",
        "[b]",
        "\n",
        "sex",
        "some",
    ),
    *([], {}, ["x"], {"x": 1}, {"min": 1}, {"max": 0}, [[]], [None], {"all": []}, {"not": {}}, {"min": "a"}),
    "é" * 50,
]


def places(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place below the top of a tree."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [place for key, child in inner for place in [(*at, key), *places(child, (*at, key))]]


def mutated(tree: Any, data: st.DataObject) -> Any:
    """The tree with one node removed, renamed or replaced."""
    changed = copy.deepcopy(tree)
    *way, last = data.draw(st.sampled_from(places(changed)))
    node = changed
    for step in way:
        node = node[step]
    how = data.draw(st.sampled_from(["remove", "rename", "replace", "replace", "replace"]))
    if how == "rename" and isinstance(node, dict):
        node[data.draw(st.sampled_from(["x", "who", "min", "share", ""]))] = node.pop(last)
    elif how == "remove":
        del node[last]
    else:
        node[last] = data.draw(st.sampled_from(ODD))
    return changed


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables of a small scenario."""
    folder = tmp_path_factory.mktemp("workshop")
    small(folder)
    return folder


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_scenario_is_a_problem_or_a_fault(workshop: Path, data: st.DataObject) -> None:
    """Whatever a scenario holds, load gives a Problem or an InputError that says something."""
    tree = FULL
    for _ in range(data.draw(st.integers(1, 3))):
        tree = mutated(tree, data)
    file = workshop / "mutated.yaml"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        assert isinstance(load(file), Problem)
    except InputError as error:
        assert str(error).strip()


TEXTS = ["", "x", "A", "-1", "1985", "1e9", "nan", "F", "yes", "[b]", "=1", "office", "school", "2022", "\u0663", '"']


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cells=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10), st.sampled_from(TEXTS)), min_size=1, max_size=4))
def test_a_mutated_roster_is_a_problem_or_a_fault(workshop: Path, cells: list[tuple[int, int, str]]) -> None:
    """Whatever stands in a roster's cells, load gives a Problem or an InputError that says something."""
    rows = [["cadre", *CADRE], *([name, *map(str, CADRE.values())] for name in "ABC")]
    for row, column, text in cells:
        rows[row][column] = text
    file = workshop / "odd.yaml"
    file.write_text(yaml.safe_dump({**FULL, "roster": "odd.csv"}, sort_keys=False), encoding="utf-8")
    (workshop / "odd.csv").write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    try:
        assert isinstance(load(file), Problem)
    except InputError as error:
        assert str(error).strip()
