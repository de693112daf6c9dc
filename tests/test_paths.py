"""Nothing leaked, nothing executed: scenarios, run folders and texts from strangers."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from commands import planner
from conftest import SCHEME
from small import small

import planner as library
from planner import InputError, load
from planner.common.arrays import MOST_BYTES as MOST_PROOF
from planner.common.csv_cells import csv_table, csv_text
from planner.common.files import MOST_JSON, sha256
from planner.inputs.scenario.confinement import MARK
from planner.inputs.scenario.loading import load_scenario, overlaid
from planner.plans.run_folder import fingerprint, fingerprint_of

SECRET = "root:x:0:0:secret"


def refused(path: Any, **more: Any) -> str:
    with pytest.raises(InputError) as caught:
        load(path, **more)
    return str(caught.value)


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A scenario in a folder of its own, beside which somebody's secrets lie."""
    (tmp_path / "secret").write_text(SECRET + "\n")
    (tmp_path / "secret.yaml").write_text("password: hunter2\n")
    small(tmp_path / "base")
    return small(tmp_path / "theirs")


# --- 6: a scenario reads in its own folder --------------------------------------------------------------------------

KEYS = ("roster", "agencies", "retirement", "history", "earlier")


def say(path: Path, **keys: Any) -> Path:
    """A scenario that extends `scenario.yaml` beside it and says so much more."""
    other = path.parent / "told.yaml"
    other.write_text(yaml.safe_dump({"extends": "scenario.yaml", **keys}, sort_keys=False))
    return other


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("way", ["up", "absolute", "link", "linked folder"])
def test_a_table_outside_is_not_read(stranger: Path, key: str, way: str) -> None:
    """Whatever the key and the way out; one line, with the key, the way and the flag, and nothing of the file."""
    outside = stranger.parents[1]
    (stranger.parent / "link").symlink_to(outside / "secret")
    (stranger.parent / "folder").symlink_to(outside)
    name = {"up": "../secret", "absolute": str(outside / "secret"), "link": "link", "linked folder": "folder/secret"}
    told = refused(say(stranger, **{key: name[way]}))
    assert len(told.splitlines()) == 1
    assert f"line 2: {key}: '{name[way]}' is outside the folder" in told
    assert "--allow-outside" in told
    assert "secret:" not in told.replace(name[way], "")
    assert SECRET not in told


@pytest.mark.parametrize("name", ["../secret", "../secret.yaml", "/etc/passwd", "../nothing", "../base/scenario.yaml"])
def test_nothing_is_extended_outside(stranger: Path, name: str) -> None:
    """Whether it is there or not, a scenario or not: the same sentence."""
    stranger.write_text(f"extends: {name}\n")
    told = refused(stranger)
    assert f"scenario.yaml, line 1: extends: '{name}' is outside the folder" in told
    assert len(told.splitlines()) == 1


def test_a_file_inside_may_not_lead_outside_either(stranger: Path) -> None:
    """What is extended is held to the folder of the file that was named, not to its own."""
    inner = stranger.parent / "inner"
    inner.mkdir()
    (inner / "a.yaml").write_text("extends: ../scenario.yaml\n")
    path = stranger.parent / "first.yaml"
    path.write_text("extends: inner/a.yaml\n")
    assert len(load(path).cadres) == 3
    (inner / "a.yaml").write_text("extends: ../../base/scenario.yaml\n")
    assert "is outside the folder" in refused(path)
    assert "is outside the folder" in refused(inner / "a.yaml")


def test_a_link_to_a_scenario_is_read_where_it_stands(stranger: Path, tmp_path: Path) -> None:
    """The folder is that of the path which the user wrote, its links resolved."""
    (tmp_path / "door").symlink_to(stranger.parent)
    assert len(load(tmp_path / "door" / "scenario.yaml").cadres) == 3


def test_the_user_may_allow_it(stranger: Path) -> None:
    """By a word on the command line, in Python by an argument; for this scenario alone."""
    stranger.write_text("extends: ../base/scenario.yaml\n")
    assert planner("check", stranger).returncode == 2
    assert planner("check", stranger, "--allow-outside").returncode == 0
    assert len(load(stranger, allow_outside=True).cadres) == 3
    refused(stranger)
    with library.outside_allowed():
        assert library.check(stranger)


def test_what_the_user_names_is_allowed(stranger: Path) -> None:
    """Tables and mappings given in Python; `--set`; of two scenarios named at once each may extend the other."""
    elsewhere = stranger.parents[1] / "base" / "roster.csv"
    assert len(load(stranger, roster=elsewhere).cadres) == 3
    assert len(load(say(stranger, roster="../secret"), roster=elsewhere).cadres) == 3
    assert len(load(stranger, {"roster": str(elsewhere)}).cadres) == 3
    assert len(load({"extends": str(stranger), "roster": str(elsewhere)}).cadres) == 3
    assert planner("check", stranger, "--set", f"roster={elsewhere}").returncode == 0
    base = stranger.parents[1] / "base" / "scenario.yaml"
    stranger.write_text("extends: ../base/scenario.yaml\nlot: 2\n")
    assert planner("compare", base, stranger, "--quiet").returncode == 0


def test_a_mapping_holds_what_it_extends_to_its_folder(stranger: Path) -> None:
    """The mapping is the user's own word, the file that it extends is not."""
    assert "outside the folder" in refused({"extends": str(say(stranger, agencies="../secret"))})


def test_what_is_laid_on_a_plan_stays_in_its_folder(stranger: Path) -> None:
    """Rates, and what-ifs for the years: what they extend and the tables that they name."""
    source = load_scenario(stranger)
    for text in ("extends: ../secret.yaml\n", "roster: ../secret\n"):
        (stranger.parent / "over.yaml").write_text(text)
        with pytest.raises(InputError, match="outside the folder"):
            overlaid(source, stranger.parent / "over.yaml", ())


def test_published_tables_name_a_scenario_beside_them(stranger: Path) -> None:
    """The key `scenario` of published tables is a path like any other."""
    path = stranger.parent / "tables.yaml"
    path.write_text("scenario: ../base/scenario.yaml\ntables: {}\n")
    done = planner("audit", path)
    assert done.returncode == 2
    assert "scenario: '../base/scenario.yaml' is outside the folder" in done.stderr


@pytest.mark.parametrize("mark", ["file", "none", "below", "link", "folder"])
def test_a_marked_folder_above_is_the_schemes_own(stranger: Path, mark: str) -> None:
    """Where an ordinary file says that all below belongs together it is read, and no further up; no link says so."""
    scheme = stranger.parents[1]
    deeper = scheme / "deeper"
    deeper.mkdir()
    path = deeper / "what-if.yaml"
    path.write_text(f"extends: ../{stranger.parent.name}/scenario.yaml\n")
    above = (deeper if mark == "below" else scheme) / MARK
    if mark in ("file", "below"):
        above.touch()
    elif mark == "link":
        above.symlink_to(stranger)
    elif mark == "folder":
        above.mkdir()
    if mark != "file":
        assert MARK in refused(path)
        return
    assert len(load(path).cadres) == 3
    path.write_text("extends: ../../elsewhere.yaml\n")
    assert "is outside the folder" in refused(path)


def test_the_real_what_ifs_find_their_base() -> None:
    """The folder of the scenarios has the mark."""
    assert load(SCHEME / "what-if" / "two-tier-2026-2030.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "root:x:0:0:canary:/root:/bin/sh\nmail:x:8:8:canary:/var/mail:/sbin/nologin\n",
        "canary\n",
        "password: canary\n",
        "database: {password: canary, lot: 1}\n",
        "[client]\npassword=canary\n",
        "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n",
        "password: 'canary\n",
        "- canary\n- canary\n",
        '{"token": "canary"}',
    ],
)
def test_of_a_file_that_is_no_scenario_nothing_is_shown(stranger: Path, text: str) -> None:
    """Not even where it lies in the folder, or everywhere is allowed."""
    (stranger.parent / "other").write_text(text)
    stranger.write_text("extends: other\n")
    for told in (refused(stranger), refused(stranger, allow_outside=True)):
        assert "canary" not in told
        assert "other" in told


# --- 7: what is handed on -------------------------------------------------------------------------------------------

PRIVATE = "cadre,agency,birth_year,sex,education,theory,administration,phone,home\n" + "".join(
    f'{code},office,1985,F,bachelor,intermediate,none,09canary{code},"canary, street"\n' for code in "ABC"
)


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a roster with columns that nobody asked for, written from another folder."""
    folder = tmp_path_factory.mktemp("private")
    path = small(folder / "scheme", roster=PRIVATE, targets={"t": TARGET})
    assert planner("solve", path, "--out", folder / "run", "--quiet", cwd=Path("/")).returncode == 0
    return folder / "run"


TARGET = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 0.5}


def test_a_run_keeps_no_column_that_counts_for_nothing(private: Path) -> None:
    """Their cells are masked, the digest of the whole roster stays; the run verifies, and its plan is the same."""
    written = b"".join(file.read_bytes() for file in private.rglob("*") if file.is_file())
    assert b"canary" not in written
    lines = (private / "inputs" / "roster.csv").read_text().splitlines()
    assert lines[1] == "A,office,1985,F,bachelor,intermediate,none,…,…"
    entry = next(entry for entry in json.loads((private / "run.json").read_text())["inputs"] if "whole_sha256" in entry)
    whole = private.parent / "scheme" / "roster.csv"
    assert entry["whole_sha256"] == sha256(whole) != entry["sha256"] == sha256(private / "inputs" / "roster.csv")
    assert planner("verify", private).returncode == 0
    at_hand = library.solve(private.parent / "scheme" / "scenario.yaml")
    assert fingerprint(at_hand) == fingerprint_of(private) == fingerprint(library.read_run(private).plan())


@pytest.mark.parametrize("use", ["a group", "its opposite", "a range", "a ladder", "the rates"])
def test_what_a_run_does_not_keep_is_nobodys_value(private: Path, use: str) -> None:
    """A what-if of a run that asks for a masked column is refused, by name: it would cover nobody, or everybody."""
    overlay = {
        "a group": {"groups": {"g": {"phone": "09canaryA"}}},
        "its opposite": {"groups": {"g": {"not": {"phone": "09canaryA"}}}},
        "a range": {"groups": {"g": {"phone": {"min": 3}}}},
        "a ladder": {"ladders": {"phone": ["none", "some"]}},
        "the rates": {"risk": {"r": {"event": "left", "rate": 0.1, "who": {"phone": "x"}, "source": "assumed"}}},
    }[use]
    with pytest.raises(InputError, match="does not keep what counted for nothing then: 'phone'"):
        library.load(library.read_run(private).problem, overlay)


def test_dots_of_an_office_in_a_ladder_are_unknown(tmp_path: Path) -> None:
    """Beside levels that are known they are no mask."""
    path = small(tmp_path, roster={"A": {}, "B": {"theory": "…"}}, targets={"t": TARGET})
    assert library.load(path).cadres["theory"].tolist() == [1, -1]


def test_a_column_that_a_condition_uses_is_kept(tmp_path: Path) -> None:
    """As it is, beside one that none uses; a roster all of whose columns count is the same file."""
    path = small(tmp_path, roster=PRIVATE, targets={"t": {**TARGET, "who": {"phone": "09canaryA"}}})
    library.write_run(library.solve(path), tmp_path / "run")
    assert "09canaryA,…" in (tmp_path / "run" / "inputs" / "roster.csv").read_text()
    path = small(tmp_path / "plain", targets={"t": TARGET})
    library.write_run(library.solve(path), tmp_path / "plain" / "run")
    assert sha256(tmp_path / "plain" / "roster.csv") == sha256(tmp_path / "plain" / "run" / "inputs" / "roster.csv")


@pytest.mark.usefixtures("in_threads")
def test_no_path_of_the_machine_is_handed_on(private: Path) -> None:
    """Neither the manifest with its warnings nor a page nor a sweep's table says where anything lay."""
    scheme = private.parent / "scheme" / "scenario.yaml"
    sweep = private.parent / "sweep"
    assert planner("sweep", scheme, "--vary", "lot=1,2", "--out", sweep, cwd=Path("/")).returncode == 0
    assert planner("nominees", private, "--year", 2021, "--out", private.parent / "n.xlsx").returncode == 0
    where = str(private.parent.resolve()).lstrip("/").encode()
    files = [file for folder in (private, sweep) for file in folder.rglob("*") if file.is_file()]
    assert [file.name for file in files if where in file.read_bytes()] == []
    with zipfile.ZipFile(private.parent / "n.xlsx") as parts:
        assert not any(where in parts.read(name) for name in parts.namelist())
    copies = {file.stat().st_ino for file in sweep.rglob("roster.csv")}
    assert len(list(sweep.rglob("roster.csv"))) == 2
    assert len(copies) == 1
    assert all(planner("verify", run).returncode == 0 for run in sweep.glob("*/run"))


# --- 8 and 12: text is text -----------------------------------------------------------------------------------------

WILD = "\x1b[31m\x1b]0;owned\x07 \x9b1m \u202egnp :warning: [bold]b[/bold] 中文 😀 \uf0b7 \x01"
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|⚠|😄")
OFFICES = {"=cmd|x": 10, "o:warning:[red]\u202ex": 10}
WILD_ROWS = "cadre,agency,birth_year,sex,education,theory,administration,name\n" + "".join(
    f"{code},{office},1985,F,bachelor,intermediate,none,[bold]:smile:\u202e\n"
    for code, office in zip(["@A", "-B", "C\x9b1m", "D😀中"], [*OFFICES, *OFFICES], strict=True)
)


def wild(folder: Path) -> Path:
    """A scheme whose every text is an attack."""
    return small(
        folder,
        roster=WILD_ROWS,
        agencies=OFFICES,
        title={"en": WILD, "vi": WILD},
        source=WILD,
        targets={"t:warning:": {**TARGET, "title": WILD}},
        seats={"p:smile:": {"title": WILD, "programmes": ["school"], "who": {"sex": "F"}, "per_year": 1}},
        programmes={"school": {"title": WILD, "open": None}, "degree": {"title": WILD}},
        approval={"z": {"title": WILD, "authority": {"en": WILD, "vi": WILD}}},
        priority={"w": {"title": WILD, "who": {"sex": "F"}, "points": 1}},
    )


@pytest.fixture(scope="module")
def wild_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of it."""
    folder = tmp_path_factory.mktemp("wild")
    done = planner("solve", wild(folder), "--out", folder / "run", "--full")
    assert (done.returncode, BAD.search(done.stdout + done.stderr)) == (0, None)
    assert "␛[31m" in done.stdout
    assert ":warning: [bold]b[/bold]" in done.stdout
    return folder / "run"


def said(*arguments: object) -> str:
    """What a command says, without anything that a terminal would obey."""
    done = planner(*arguments)
    assert done.returncode == 0, done.stderr
    assert BAD.search(done.stdout + done.stderr) is None
    return done.stdout


def test_a_terminal_shows_what_data_would_have_it_do(wild_run: Path) -> None:
    """Checks, data, questions and mistakes: control characters are shown, pictures and markup are letters."""
    said("check", wild_run.parent / "scenario.yaml")
    said("verify", wild_run)
    text = said("explain", wild_run, "--cadre", "C\x9b1m", "--json")
    assert json.loads(text)["answer"]["cadre"] == "C\x9b1m"
    for command in (("verify", "/tmp/\x1b[31m"), ("check", "/tmp/\x1b[31m\nAll is proven.yaml"), ("\x1b[31m",)):
        done = planner(*command)
        assert done.returncode == 2
        assert BAD.search(done.stderr) is None
        assert "\nAll is proven" not in done.stderr


@pytest.mark.parametrize("command", [("report", "--for-others"), ("review", "--year", "2022")])
def test_no_page_turns_its_text_round(wild_run: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    """Pages beside the report show such signs as it does."""
    name, *how = command
    said(name, wild_run, *how, "--out", tmp_path / "out.html" if name == "report" else tmp_path / "out")
    pages = [*tmp_path.rglob("*.html")]
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) is None
        assert "␛" in text


@pytest.mark.long
def test_letters_that_no_font_has_stop_no_picture_and_no_page(wild_run: Path, tmp_path: Path) -> None:
    """The page is written with its pictures, and shows every text."""
    said("report", wild_run, "--out", tmp_path / "page.html")
    assert BAD.sub("", (tmp_path / "page.html").read_text()).count("␛") > 3


@pytest.mark.long
def test_every_other_command_tells_it_as_text_too(wild_run: Path, tmp_path: Path) -> None:
    """Pictures, questions, comparisons, the years."""
    scenario = wild_run.parent / "scenario.yaml"
    said("plot", wild_run, "--out", tmp_path / "pictures")
    said("nominees", wild_run, "--year", 2021, "--with-names", "--docx", tmp_path / "letters")
    assert len(list((tmp_path / "letters").glob("*.docx"))) >= 2
    for question in ("missed", "value", "fairness", "conflict"):
        said(question, scenario if question == "conflict" else wild_run)
    said("explain", wild_run, "--all")
    said("report", wild_run, "--out", tmp_path / "again.html")
    said("sweep", scenario, "--vary", "lot=1,2", "--out", tmp_path / "sweep")
    said("compare", wild_run, scenario, "--people", "--with-names", "--out", tmp_path / "c.csv")
    said("replan", wild_run, "--from", 2022, "--out", tmp_path / "next")
    said("review", wild_run, "--year", 2022, "--docx", "--out", tmp_path / "review")
    said("record", wild_run, "--template", tmp_path / "events.xlsx", "--year", 2021)


def test_a_cell_of_csv_is_computed_by_nobody(wild_run: Path) -> None:
    """What begins with a formula's sign stands behind an apostrophe; read back it is what it was."""
    text = (wild_run / "assignments.csv").read_text()
    assert all(not line.startswith(("@", "-", "=")) for line in text.splitlines())
    assert "'-B,o:warning:" in text or "'@A,'=cmd|x" in text
    plan = library.read_run(wild_run).plan()
    assert {"@A", "-B"} <= {*plan.problem.cadres["cadre"]}
    assert {*plan.assignments["cadre"]} <= {*plan.problem.cadres["cadre"]}


CELLS = ["=1", "'=1", "''+x", "-5", "'-5", "a", "'a", "'", "+84 1", "\tx", "@a", "-", "--1", "'-", "é", "2,5"]


def test_a_guarded_cell_reads_back_as_it_was(tmp_path: Path) -> None:
    """Any text, headers too; no two texts become one, and numbers are no text."""
    table = pd.DataFrame({"=h": CELLS, "n": range(len(CELLS)), "f": -1.5})
    (tmp_path / "t.csv").write_text(csv_text(table), encoding="utf-8")
    lines = [line.lstrip('"') for line in csv_text(table).splitlines()]
    assert not any(line.startswith(("=", "+", "-", "@", "\t")) for line in lines)
    assert lines[1].endswith(",0,-1.5")
    read = csv_table(tmp_path / "t.csv")
    assert list(read["=h"]) == CELLS
    assert list(read) == ["=h", "n", "f"]
    frame = pd.DataFrame(
        {"cadre": ["=A", "'=A"], "agency": "=cmd|x", "birth_year": 1985, "sex": "F", "education": "none"}
    )
    problem = load(wild(tmp_path / "w"), roster=frame.assign(theory="none", administration="none"))
    assert {*problem.cadres["cadre"]} == {"=A", "'=A"}


# --- 13: a run folder from elsewhere --------------------------------------------------------------------------------

Harm = Callable[[Path], object]
COMMANDS = ("verify", "report", "missed", "ledger")


def pipe(name: str) -> Harm:
    """A pipe that nobody writes to in place of a file."""
    return lambda run: ((run / name).unlink(missing_ok=True), os.mkfifo(run / name))


def link(name: str, to: str) -> Harm:
    """A link in place of a file."""
    return lambda run: ((run / name).unlink(missing_ok=True), (run / name).symlink_to(to))


def holding(name: str, content: bytes) -> Harm:
    """Another content in place of a file's."""
    return lambda run: (run / name).write_bytes(content)


def lines_of(text: str) -> Harm:
    """Another place of the scenario's first line."""

    def harm(run: Path) -> None:
        manifest = json.loads((run / "run.json").read_text())
        (run / "run.json").write_text(json.dumps({**manifest, "lines": {"": text}}))

    return harm


def of_size(name: str, size: int) -> Harm:
    """As many bytes in place of a file, none of which takes room on the disk; what the file held stands before them."""

    def harm(run: Path) -> None:
        with (run / name).open("ab") as file:
            file.truncate(size)

    return harm


HARMS: list[tuple[Harm, str, str]] = [
    *((of_size("run.json", MOST_JSON + 1), command, "run.json: the file is larger than 64 MB") for command in COMMANDS),
    (of_size("answers/missed.json", MOST_JSON + 1), "report", "missed.json: the file is larger than 64 MB"),
    (of_size("answers/missed.json", MOST_JSON + 1), "verify", "missed.json: the file is larger than 64 MB"),
    (of_size("answers/missed.part.jsonl", MOST_JSON + 1), "verify", "missed.part.jsonl: the file is larger than 64 MB"),
    (of_size("answers/missed.part.jsonl", MOST_JSON + 1), "missed", "missed.part.jsonl: the file is larger than 64 MB"),
    (of_size("proof.npz", MOST_PROOF + 1), "verify --proof", "proof.npz: the file is larger than 95 MB"),
    *((pipe(name), "verify", "device or a pipe") for name in ("run.json", "goals.csv", "inputs/roster.csv")),
    (link("goals.csv", "/dev/zero"), "verify", "device or a pipe"),
    (link("goals.csv", "goals.csv"), "verify", "lead in a circle"),
    (link("ledger.csv", "/etc/passwd"), "verify", "a link that leads outside"),
    (pipe("ledger.csv"), "ledger", "device or a pipe"),
    (pipe("ledger.csv"), "verify", "a pipe"),
    (pipe("answers/missed.json"), "report", "device or a pipe"),
    (holding("answers/missed.json", b"[" * 100_000), "report", "cannot be read"),
    (holding("answers/missed.json", b""), "report", "cannot be read"),
    (holding("answers/missed.json", b"9" * 5_000), "report", "cannot be read"),
    (holding("ledger.csv", b"\xff\xfe\x00"), "ledger", "no table"),
    (holding("run.json", b"9" * 5_000), "verify", "damaged"),
    (holding("run.json", b"[" * 200_000), "verify", "damaged"),
    (holding("goals.csv", b"," * 3_000_000), "verify", "no table"),
    (holding("assignments.csv", b"cadre,programme,start\nA,school," + b"9" * 5_000), "verify", "..."),
    (lines_of("a:" + "9" * 5_000), "verify", "run.json"),
]


@pytest.mark.parametrize(("harm", "command", "part"), HARMS)
def test_a_harmful_run_folder_is_told(private: Path, tmp_path: Path, harm: Harm, command: str, part: str) -> None:
    """Nothing hangs, nothing dies; what is wrong is said in a few words, and where."""
    run = tmp_path / "run"
    shutil.copytree(private, run)
    (run / "answers").mkdir(exist_ok=True)
    harm(run)
    more = ("--out", tmp_path / "page.html") if command == "report" else ()
    done = planner(*command.split(), run, *more)
    assert done.returncode in (1, 2)
    told = " ".join((done.stdout + done.stderr).split())
    assert part in told
    assert len(told) < 8_000
    assert "root:" not in told


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_nothing_is_written_over_everything(private: Path, force: tuple[str, ...]) -> None:
    """The root of all files is no folder of ours, and is not walked through to find out."""
    done = planner("solve", private.parent / "scheme" / "scenario.yaml", "--out", "/", "--quiet", *force)
    assert done.returncode == 2
    assert ("not a folder that planner wrote" if force else "/ already exists") in done.stderr


# --- 14: unknown, or not to be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("absense: null\n", "absense"), ("horizon: {frist: ~}\n", "frist"), ("targets: {t: {wo: null}}\n", "wo")),
        *(("seats: {p: {per_year: {2021: {mn: null}}}}\n", "mn"), ("pins: {require: [{cadr: null}]}\n", "cadr")),
    ],
)
def test_an_unknown_key_is_unknown_with_null_too(stranger: Path, text: str, key: str) -> None:
    """In a what-if, at every depth."""
    (stranger.parent / "over.yaml").write_text(f"extends: scenario.yaml\n{text}")
    assert f"unknown key '{key}'" in refused(stranger.parent / "over.yaml")


def test_published_tables_have_no_unknown_nulls_either(stranger: Path) -> None:
    """Nor do their entries."""
    path = stranger.parent / "tables.yaml"
    path.write_text(
        "scenario: scenario.yaml\ntabels: null\ntables: {t: {who: {sex: F}, total: 3, source: x, totl: null}}\n"
    )
    told = planner("audit", path).stderr
    assert "unknown key 'tabels'" in told
    assert "unknown key 'totl'" in told


def test_what_cannot_be_read_is_not_said_to_be_missing(stranger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is too long, a folder; a file that may not be read: each with its name and the reason."""
    long = "a" * 300
    for name, reason in ((long, "the name is too long"), (".", "a folder"), ("gone.yaml", "which does not exist")):
        assert reason in refused(say(stranger, extends=name))
    assert "the name is too long" in planner("verify", f"/tmp/{long}").stderr

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(stranger))

    monkeypatch.setattr(Path, "stat", denied)
    told = planner("check", stranger).stderr
    assert str(stranger) in told
    assert "does not exist" not in told


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    """A base and a what-if that are both called scenario.yaml: each has its checksum, and lines tell which is meant."""
    small(tmp_path / "a" / "base")
    (tmp_path / "a" / "scenario.yaml").write_text("extends: base/scenario.yaml\nlot: 9\n")
    library.write_run(library.solve(tmp_path / "a" / "scenario.yaml"), tmp_path / "run")
    told = json.loads((tmp_path / "run" / "run.json").read_text())
    digests = {entry["path"]: entry["sha256"] for entry in told["inputs"]}
    assert digests["scenario.yaml"] == sha256(tmp_path / "a" / "scenario.yaml")
    assert digests["scenario.yaml (2)"] == sha256(tmp_path / "a" / "base" / "scenario.yaml")
    assert (told["lines"]["lot"], told["lines"]["title"].rpartition(":")[0]) == ("scenario.yaml:2", "scenario.yaml (2)")
    assert planner("verify", tmp_path / "run").returncode == 0
