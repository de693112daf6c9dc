"""Whatever is changed in a run folder that changes what the run says, `verify` notices.

Every file, every cell, every value of run.json and of the answers is changed in turn. A change by a hand that makes the
checksums anew is tried as well: then what follows from the starts is noticed still, and only what no derivation gives
is not: it takes a proof (`planner verify --proof`), or nothing in the folder says it twice.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from commands import planner as command
from small import small
from test_partial_answers import MANY, OF_MANY
from years import a_run, again, ledger

import planner
from planner import InputError, verification
from planner.analysis.saved_answers import complete
from planner.analysis.what_if import WhatIf, read_what_if
from planner.common.files import sha256
from planner.common.workers import Parallel
from planner.inputs.loading import build
from planner.library import questions
from planner.plans import run_folder
from planner.plans.columns import TABLES
from planner.plans.run_folder import INPUTS, json_digest, write_run

Path_ = tuple[str | int, ...]  # the keys that lead to a value of a JSON file
NOT_DERIVED = {"goals.csv": {"seconds", "bound"}}
"""Columns that no derivation gives. A bound may be worse or better where the goal was not proven; here all are."""


@pytest.fixture(scope="module", autouse=True)
def each_once() -> Iterator[None]:
    """What is read and derived from the same files is read and derived once: thousands of changes leave them alone."""
    problems: dict[str, Any] = {}
    derived: dict[tuple[str, int, str], Any] = {}

    def built(source: Any) -> Any:
        merged = source.merged()
        tables = [sha256(merged[key]) for key in INPUTS if isinstance(merged.get(key), str)]
        key = json_digest([merged, tables])
        if key not in problems:
            problems[key] = build(source)
        return problems[key]

    def once(name: str, function: Any) -> Any:
        def found(problem: Any, plan: Any) -> Any:
            key = name, id(problem), plan.to_csv()
            if key not in derived:
                answer = function(problem, plan)
                derived[key] = answer if name == "figures" else list(answer)
            return derived[key]

        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_folder, "build", built)
        for name in ("figures", "plan_findings"):
            patch.setattr(verification, name, once(name, getattr(verification, name)))
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with everything that may be added to one: answers, whole and in part, what happened, a page."""
    folder = tmp_path_factory.mktemp("changes")
    write_run(WhatIf(planner.load(small(folder / "scenario", MANY, **OF_MANY))).plan, folder / "run")
    with ThreadPoolExecutor(1) as here:
        parallel = Parallel(executor=here)
        complete(folder / "run", parallel=parallel)
        case = read_what_if(folder / "run")
        keeping = Parallel(executor=here, keep_in=folder / "run")
        questions.frontier(case, "advanced", steps=1, parallel=keeping)
    first = case.plan.assignments.iloc[0]
    planner.record(
        folder / "run",
        ledger(folder, f"2021-09-01,admitted,{first['cadre']},{first['programme']},{first['start']}"),
    )
    (folder / "run" / "report.html").write_text("<html>")
    assert {path.name for path in (folder / "run").iterdir()} >= {"answers", "ledger.csv", "report.html"}
    assert (folder / "run" / "answers" / "frontier-advanced.part.jsonl").is_file()
    return folder / "run"


@pytest.fixture(scope="module")
def replanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was planned again: with changes, news, events, and its scenario among its inputs."""
    folder = tmp_path_factory.mktemp("replanned")
    run = a_run(folder)
    again(run, 2022, "2021-09-01,declined,A,school,2021").write(folder / "again")
    assert (folder / "again" / "news.csv").is_file()
    return folder / "again"


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    """A run of a test's own."""
    return Path(shutil.copytree(whole, tmp_path / "run"))


def noticed(run: Path) -> bool:
    """Whether `verify` finds anything, or the run is refused."""
    try:
        return not planner.verify(run).empty
    except InputError:
        return True


def sealed(run: Path) -> None:
    """Make every checksum of run.json anew, as a hand would that knows how."""
    file = run / "run.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"] = {name: sha256(run / name) for name in manifest["files"] if (run / name).is_file()}
    for entry in manifest["inputs"]:
        if "copy" in entry:
            entry["sha256"] = sha256(run / entry["copy"])
    manifest["scenario_sha256"] = json_digest(manifest["scenario"])
    manifest.pop("manifest_sha256", None)
    manifest["manifest_sha256"] = json_digest(manifest)
    file.write_text(json.dumps(manifest), "utf-8")


def test_the_whole_run_holds(whole: Path, replanned: Path) -> None:
    """Nothing is found in a run as it was written and added to; nor with its checksums made anew."""
    for folder in (whole, replanned):
        assert planner.verify(folder).to_dict("records") == []


# --- files ----------------------------------------------------------------------------------------------------------


def files(folder: Path) -> list[str]:
    """Every file by its name in the folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


MAY_GO = ("answers/", "ledger.csv", "joiners.csv", "report.html")  # nobody has to ask, to record, to print
MAY_DIFFER = ("report.html",)  # what is printed from the run is not the run


@pytest.mark.parametrize("which", ["whole", "replanned"])
def test_a_file_that_is_changed_or_gone_is_noticed(which: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every file of the run: emptied, cut, with a byte more in the middle; gone."""
    original: Path = request.getfixturevalue(which)
    for number, name in enumerate(files(original)):
        run = Path(shutil.copytree(original, tmp_path / str(number)))
        content = (run / name).read_bytes()
        for changed in (b"", content[: len(content) // 2], content[:40] + b"7" + content[40:]):
            (run / name).write_bytes(changed)
            # of lines that are added one by one a kill may have cut the last
            excused = name in MAY_DIFFER or (
                name.endswith(".part.jsonl") and changed != content[:40] + b"7" + content[40:]
            )
            assert noticed(run) or excused, (name, changed[:80])
        (run / name).unlink()
        assert noticed(run) != name.startswith(MAY_GO), name
        shutil.rmtree(run)


@pytest.mark.parametrize(
    "name",
    [
        *("notes.txt", "assignments.xlsx", "proofs.csv", "inputs/other.csv", "inputs/roster.xlsx", "answers/value.txt"),
        *("answers/deeper/value.json", "pictures/run.exe", "new/seats.csv", ".hidden"),
        *("changes.csv", "news.csv", "events.csv", "frontier.csv", "reform.csv", "inputs/scenario.yaml"),
        *("before_starts.csv", "before_people.csv", "before_line.csv", "before_agencies.csv"),
    ],
)
def test_a_file_that_no_run_has_is_noticed(name: str, run: Path) -> None:
    """A name that nobody knows, and one of a replanned run in a run that is none."""
    (run / name).parent.mkdir(exist_ok=True)
    (run / name).write_text("")
    assert noticed(run)


def test_what_may_be_added_is_let_stand(run: Path) -> None:
    """What the commands write from a run: pictures, pages, workbooks, substitutes, drafts."""
    (run / "pictures").mkdir()
    for name in (
        "pictures/seats.svg",
        "nominees-2021.xlsx",
        "reserves-2022.xlsx",
        "substitutes.csv",
        ".ledger.csv.x.part",
    ):
        (run / name).write_text("")
    assert planner.verify(run).empty


def test_what_a_killed_command_drafted_is_told_and_no_part_of_the_run(run: Path) -> None:
    """The pictures that a killed `plot` left behind contradict nothing; `verify` says how they go away."""
    draft = run / ".pictures.planner-32twz791.part" / "pictures"
    draft.mkdir(parents=True)
    (draft / "seats.svg").write_text("")
    ended = command("verify", run)
    assert (ended.returncode, "planner tidy" in ended.stderr) == (0, True)
    command("tidy", run)
    assert not draft.exists()
    assert command("verify", run).stderr == ""


# --- tables ---------------------------------------------------------------------------------------------------------


def rows_of(file: Path) -> list[list[str]]:
    """The cells of a table, the header first."""
    return list(csv.reader(io.StringIO(file.read_text("utf-8"))))


def write(file: Path, rows: list[list[str]]) -> None:
    """A table as the run has it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue(), "utf-8")


def other(cell: str) -> Iterator[str]:
    """What may stand instead: empty, a word, another number, the same one with a fraction."""
    yield from ({"", "banana", f"{cell}x"} - {cell})
    try:
        yield from (str(float(cell) + 1), str(float(cell) - 1), f"{float(cell) + 0.25}")
    except ValueError:
        yield "1"


@pytest.mark.parametrize("few", [1, pytest.param(10, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", TABLES)
def test_a_cell_that_is_changed_is_noticed(name: str, few: int, run: Path) -> None:
    """Every column, in the last row (or in the first, too), with the old checksums and with new ones."""
    file = run / f"{name}.csv"
    rows, text = rows_of(file), file.read_text("utf-8")
    manifest = (run / "run.json").read_text("utf-8")
    for row in sorted({1, len(rows) - 1})[-few:] if len(rows) > 1 else ():
        for column, heading in enumerate(rows[0]):
            for value in other(rows[row][column]):
                changed = [list(cells) for cells in rows]
                changed[row][column] = value
                write(file, changed)
                assert noticed(run), (heading, value)
                sealed(run)
                excused = heading in NOT_DERIVED.get(file.name, ()) and _is_number(value)
                assert noticed(run) or excused, (heading, rows[row][column], value)
                (run / "run.json").write_text(manifest, "utf-8")
    file.write_text(text, "utf-8")
    assert planner.verify(run).empty


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False


@pytest.mark.parametrize("name", TABLES)
def test_rows_and_columns_are_noticed(name: str, run: Path) -> None:
    """One gone, one twice, two in another order; a column gone, one more, the header alone: all with new checksums."""
    file = run / f"{name}.csv"
    rows = rows_of(file)
    manifest = (run / "run.json").read_text("utf-8")
    width = range(len(rows[0]))
    changes = {
        "a column more": [[*row, "x"] for row in rows],
        "an empty column more": [[*row, ""] for row in rows[:1]] + [[*row, ""] for row in rows[1:]],
        **{f"without {rows[0][at]}": [[*row[:at], *row[at + 1 :]] for row in rows] for at in width},
    }
    if len(rows) > 1:
        changes |= {"a row gone": rows[:-1], "a row twice": [*rows, rows[-1]], "the header alone": rows[:1]}
    if len(rows) > 2 and name in ("assignments", "goals"):  # the others have no order that says anything
        changes["another order"] = [rows[0], *reversed(rows[1:])]
    for what, changed in changes.items():
        write(file, changed)
        assert noticed(run), what
        sealed(run)
        assert noticed(run), f"{what}, sealed"
        (run / "run.json").write_text(manifest, "utf-8")


@pytest.mark.parametrize(
    ("status", "bound"), [("feasible", "banana"), ("banana", None), ("time_limit", "-1e9"), ("", None)]
)
def test_words_of_goals_that_contradict_each_other(status: str, bound: str | None, run: Path) -> None:
    """A status that is none; a bound that is none, or a run that calls itself proven with a goal that is not."""
    rows = rows_of(run / "goals.csv")
    rows[1][rows[0].index("status")] = status
    if bound is not None:
        rows[1][rows[0].index("bound")] = bound
    write(run / "goals.csv", rows)
    sealed(run)
    assert noticed(run)


# --- run.json and the answers ---------------------------------------------------------------------------------------


def places(data: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Every place of a JSON value, its own first."""
    yield at
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from places(value, (*at, key))


def changed_at(data: Any, at: Path_, how: str) -> Any:
    """The value with one place gone, changed, or with something more in it; None where that cannot be."""
    if not at:
        if how == "more" and isinstance(data, dict):
            return {**data, "more": 1}
        if how == "more" and isinstance(data, list):
            return [*data, 1]
        return _another(data) if how == "changed" and not isinstance(data, dict | list) else None
    copy = dict(data) if isinstance(data, dict) else list(data)
    key: Any = at[0]
    if how == "gone" and len(at) == 1:
        del copy[key]
        return copy
    inside = changed_at(data[key], at[1:], how)
    if inside is None:
        return None
    copy[key] = inside
    return copy


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return "another" if value is None else f"{value}x"


def json_changes(file: Path, few: int) -> Iterator[tuple[str, Any]]:
    """Every change of one place; of places that are alike, as lines of the scenario, a few."""
    data = json.loads(file.read_text("utf-8"))
    alike: dict[tuple[object, ...], int] = {}
    for at in places(data):
        shape = (*at[:1], len(at), type(at[-1]) if at else None)
        alike[shape] = alike.get(shape, 0) + 1
        if alike[shape] > few:
            continue
        for how in ("gone", "changed", "more"):
            changed = changed_at(data, at, how)
            if changed is not None:
                yield f"{'.'.join(map(str, at))} {how}", changed


@pytest.mark.parametrize("few", [1, pytest.param(10**6, marks=pytest.mark.long)])
@pytest.mark.parametrize("which", ["whole", "replanned"])
def test_a_value_of_the_manifest_that_is_changed_is_noticed(
    few: int, which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Every key gone, every value another, something more in every list and mapping."""
    run = Path(shutil.copytree(request.getfixturevalue(which), tmp_path / "run"))
    for what, changed in json_changes(run / "run.json", few):
        (run / "run.json").write_text(json.dumps(changed), "utf-8")
        assert noticed(run), what


def test_what_run_json_says_of_the_plan_is_noticed_under_new_checksums(run: Path) -> None:
    """Status, repeatable and seed; another weight, order of goals or total with figures that do not follow."""
    for key, value in {"status": "feasible", "repeatable": False, "seed": 7, "format": 1}.items():
        data = json.loads((run / "run.json").read_text("utf-8"))
        (run / "run.json").write_text(json.dumps(data | {key: value}), "utf-8")
        sealed(run)
        assert noticed(run), key
        (run / "run.json").write_text(json.dumps(data), "utf-8")
    for at, value in {
        ("targets", "men", "weight"): 2,
        ("goals",): ["priority", "attainment", "early", "lot"],
        ("seats", "school", "per_year", "max"): 2,
        ("lot",): 7,
    }.items():
        data = json.loads((run / "run.json").read_text("utf-8"))
        place = data["scenario"]
        for key in at[:-1]:
            place = place[key]
        place[at[-1]] = value
        before = (run / "run.json").read_text("utf-8")
        (run / "run.json").write_text(json.dumps(data), "utf-8")
        sealed(run)
        assert noticed(run), at
        (run / "run.json").write_text(before, "utf-8")


def test_a_key_said_twice_is_noticed(run: Path) -> None:
    """JSON lets a key stand twice, and readers differ in which they believe."""
    text = (run / "run.json").read_text("utf-8")
    (run / "run.json").write_text(text.replace("{", '{\n "status": "feasible",', 1), "utf-8")
    assert noticed(run)


@pytest.mark.parametrize("few", [2, pytest.param(10**6, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", ["explain", "missed", "value", "fairness"])
def test_a_value_of_an_answer_that_is_changed_is_noticed(few: int, name: str, run: Path) -> None:
    """Every key gone, every value another, something more in every list and mapping."""
    file = run / "answers" / f"{name}.json"
    for what, changed in json_changes(file, few):
        file.write_text(json.dumps(changed), "utf-8")
        assert noticed(run), what


def test_a_line_of_a_partial_answer_that_is_changed_is_noticed(run: Path) -> None:
    """The first of several lines, which no kill cuts off."""
    file = run / "answers" / "frontier-advanced.part.jsonl"
    first, *others = file.read_text("utf-8").splitlines()
    for at in places(json.loads(first)):
        for how in ("gone", "changed", "more"):
            changed = changed_at(json.loads(first), at, how)
            if changed is not None:
                file.write_text("\n".join([json.dumps(changed), *others, ""]), "utf-8")
                assert noticed(run), (at, how)


def test_an_entry_of_the_ledger_that_is_changed_is_noticed(run: Path) -> None:
    """Every cell; a date as a spreadsheet writes it is the same date."""
    file = run / "ledger.csv"
    rows = rows_of(file)
    for column, heading in enumerate(rows[0]):
        for value in other(rows[1][column]):
            write(file, [rows[0], [value if at == column else cell for at, cell in enumerate(rows[1])], *rows[2:]])
            assert noticed(run), (heading, value)
    dated = ["1/9/2021" if name == "date" else cell for name, cell in zip(rows[0], rows[1], strict=True)]
    write(file, [rows[0], dated])
    assert not noticed(run)


def test_a_run_of_another_version_is_told_so(run: Path) -> None:
    """No format, or another: it says that, in both languages, before anything else is complained of."""
    data = json.loads((run / "run.json").read_text("utf-8"))
    for said in ({}, {"format": 1}, {"format": 3}, {"format": True}, {"format": "2"}):
        old = {key: value for key, value in data.items() if key != "format"} | said
        (run / "run.json").write_text(json.dumps(old), "utf-8")
        with pytest.raises(InputError, match="another version"), planner.messages.speaking("en"):
            planner.read_run(run)
