"""A run keeps of its tables what counts for something, whatever kind of file they were, and says what it left out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import planner
from openpyxl.comments import Comment
from small import AGENCIES, CADRE, SCENARIO, small
from test_files import cell, open_document, row

import planner as library
from planner.inputs import kept_tables
from planner.plans.run_folder import fingerprint, fingerprint_of

TARGET = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 0.5}
COLUMNS = ("cadre", "agency", "birth_year", "sex", "education", "theory", "administration")
CANARIES = (
    "09canary",
    "canary street",
    "canary salary",
    "canary comment",
    "canary hidden",
    "canary signs",
    "canary title",
)


def people() -> list[list[Any]]:
    """Three cadres with a telephone and a place of living, below a title, above a signature."""
    rows = [[code, *(CADRE[name] for name in COLUMNS[1:]), f"09canary{code}", "canary street"] for code in "ABC"]
    return [["canary title"], [*COLUMNS, "phone", "home"], *rows, [], ["", "", "", "", "Người lập biểu: canary signs"]]


def workbook(path: Path, *, agencies: bool = False) -> Path:
    """A workbook as an office has it: the people, salaries, a hidden sheet, a comment; the agencies, if asked."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "People"
    for line in people():
        sheet.append(line)
    sheet["A3"].comment = Comment("canary comment", "canary comment")
    book.properties.creator = "canary comment"
    salaries = book.create_sheet("Salaries")
    salaries.append(["what", "how much"])
    salaries.append(["canary salary", 12])
    hidden = book.create_sheet("Old")
    hidden.append(["canary hidden"])
    hidden.sheet_state = "hidden"
    if agencies:
        own = book.create_sheet("Agencies")
        for line in (["agency", "headcount", "telephone"], *([*each, "09canary"] for each in AGENCIES.items())):
            own.append(line)
    book.save(path)
    return path


def as_ods(path: Path) -> Path:
    """The people as an open document."""
    rows = "".join(row(*(cell(str(text)) for text in each)) for each in people()[1:5])
    return open_document(path.parent, f'<table:table table:name="People">{rows}</table:table>', name=path.name)


def held(folder: Path) -> bytes:
    """All that stands in a folder."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def canaries_in(folder: Path) -> list[str]:
    """Which of the canaries stand in a folder, in any file, unpacked or not."""
    found = held(folder)
    for file in folder.rglob("*.xlsx"):
        book = openpyxl.load_workbook(file)
        found += "\n".join(str(each.value) for sheet in book for cells in sheet for each in cells).encode()
    return [canary for canary in CANARIES if canary.encode() in found]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scheme whose roster and agencies stand in one workbook of the office, and its run."""
    folder = tmp_path_factory.mktemp("office")
    path = small(folder / "scheme", roster="", targets={"t": TARGET})
    workbook(folder / "scheme" / "people.xlsx", agencies=True)
    text = path.read_text("utf-8").replace("roster.csv", "people.xlsx").replace("agencies.csv", "people.xlsx")
    path.write_text(text, encoding="utf-8")
    library.write_run(library.solve(path), folder / "run")
    return folder


def test_of_a_workbook_a_run_keeps_what_is_read(office: Path) -> None:
    """No other sheet, column, comment, title or signature; the run verifies, and its plan is the same, as it was."""
    run = office / "run"
    assert canaries_in(run) == []
    assert (run / "inputs" / "roster.csv").read_text().splitlines()[1].endswith(",…,…")
    assert (run / "inputs" / "agencies.csv").read_text() == "agency,headcount\noffice,10\n"
    assert planner("verify", run).returncode == 0
    at_hand = library.solve(office / "scheme" / "scenario.yaml")
    assert fingerprint(at_hand) == fingerprint_of(run) == fingerprint(library.read_run(run).plan())
    again = library.solve(library.read_run(run).problem)
    assert again.assignments.equals(at_hand.assignments)


def test_what_is_not_kept_is_said(office: Path) -> None:
    """In run.json, beside the digest of the whole, and in the notice, in both languages."""
    entries = json.loads((office / "run" / "run.json").read_text())["inputs"]
    own = {entry["copy"]: entry for entry in entries if "copy" in entry}
    assert own["inputs/roster.csv"]["left_out"] == ["phone", "home", "Salaries", "Old", "Agencies"]
    assert len(own["inputs/roster.csv"]["whole_sha256"]) == 64
    notice = (office / "run" / "NOTICE.txt").read_text("utf-8")
    assert "Not kept of the roster, for nothing in the plan follows from it: 'phone', 'home', 'Salaries'" in notice
    assert "Các nội dung không lưu từ danh sách cán bộ" in notice


@pytest.mark.long
@pytest.mark.usefixtures("in_threads")
def test_nor_do_sweeps_reports_replans_and_sequels(office: Path, tmp_path: Path) -> None:
    """What is made of the scheme or of its run has none of it either, and holds."""
    scheme, run = office / "scheme" / "scenario.yaml", office / "run"
    assert planner("sweep", scheme, "--vary", "lot=1,2", "--out", tmp_path / "sweep").returncode == 0
    assert planner("report", run, "--out", tmp_path / "page.html").returncode == 0
    assert planner("replan", run, "--from", 2022, "--no-prices", "--out", tmp_path / "again").returncode == 0
    assert planner("sequel", run, "--last", 2028, "--out", tmp_path / "sequel").returncode == 0
    assert canaries_in(tmp_path) == []
    assert planner("verify", tmp_path / "again").returncode == 0
    assert library.load(tmp_path / "sequel" / "scenario.yaml").cadres["cadre"].tolist() == ["A", "B", "C"]


def test_a_masked_column_of_a_workbook_is_nobodys_value(office: Path) -> None:
    """As of a csv: who asks the run for it is refused."""
    with pytest.raises(library.InputError, match="does not keep what counted for nothing then: 'phone'"):
        library.load(library.read_run(office / "run").problem, {"groups": {"g": {"phone": "09canaryA"}}})


def test_an_open_document_is_kept_like_a_workbook(tmp_path: Path) -> None:
    """Its copy is a clean table."""
    path = small(tmp_path, roster="", targets={"t": TARGET})
    as_ods(tmp_path / "people.ods")
    path.write_text(path.read_text("utf-8").replace("roster.csv", "people.ods"), encoding="utf-8")
    library.write_run(library.solve(path), tmp_path / "run")
    assert canaries_in(tmp_path / "run") == []
    assert planner("verify", tmp_path / "run").returncode == 0


ROWS = "".join(f"{code},office,1985,F,bachelor,intermediate,none,12canary\n" for code in "ABC")


@pytest.mark.parametrize(
    ("roster", "more"),
    [
        (f"{','.join(COLUMNS)},pay\n{ROWS}", {"headers": {"pay": "ignore"}}),
        (f"{','.join(COLUMNS)},pay\n{ROWS}\nNgười lập biểu: 12canary\n", {}),
    ],
)
def test_what_is_not_read_of_a_csv_is_not_kept_either(tmp_path: Path, roster: str, more: dict[str, Any]) -> None:
    """A column that an answer leaves out, and rows that are no people."""
    path = small(tmp_path, roster=roster, targets={"t": TARGET}, **more)
    plan = library.solve(path)
    library.write_run(plan, tmp_path / "run")
    assert b"12canary" not in held(tmp_path / "run")
    assert planner("verify", tmp_path / "run").returncode == 0
    assert fingerprint(plan) == fingerprint(library.read_run(tmp_path / "run").plan())


def test_of_tables_beside_the_roster_only_their_own_columns_are_kept(tmp_path: Path) -> None:
    """An earlier plan and a history with names in them."""
    path = small(tmp_path, targets={"t": TARGET}, earlier="before.csv", history="past.csv", agencies="office,10\n")
    (tmp_path / "agencies.csv").write_text("agency,headcount,chief\noffice,10,canary\n")
    (tmp_path / "before.csv").write_text("cadre,who,programme,start\nA,canary,school,2022\n")
    past = "cadre,who,agency,programme,start,finish,pools,shares,of_group\nA,canary,office,course,2019,2019,,,\n"
    (tmp_path / "past.csv").write_text(past)
    library.write_run(library.solve(path), tmp_path / "run")
    assert b"canary" not in held(tmp_path / "run")
    assert planner("verify", tmp_path / "run").returncode == 0
    notice = (tmp_path / "run" / "NOTICE.txt").read_text("utf-8")
    assert "Not kept of the earlier plan, for nothing in the plan follows from it: 'who'" in notice


@pytest.mark.long
def test_of_who_joined_a_run_keeps_no_more(office: Path, tmp_path: Path) -> None:
    """Their table lies in the run's folder, too: recorded, it has no column that counts for nothing."""
    shutil.copytree(office / "run", tmp_path / "run")
    row = {"cadre": "D", **{name: CADRE[name] for name in COLUMNS[1:]}, "phone": "09canary", "iban": "canary salary"}
    pd.DataFrame([row]).to_csv(tmp_path / "joiners.csv", index=False)
    (tmp_path / "events.csv").write_text("date,event,cadre\n2021-05-03,joined,D\n")
    call = ("record", tmp_path / "run", "--ledger", tmp_path / "events.csv", "--joiners", tmp_path / "joiners.csv")
    done = planner(*call)
    assert (done.returncode, done.stderr) == (0, "")
    assert canaries_in(tmp_path / "run") == []
    assert planner("verify", tmp_path / "run").returncode == 0
    assert (
        planner("replan", tmp_path / "run", "--from", 2022, "--no-prices", "--out", tmp_path / "again").returncode == 0
    )
    assert canaries_in(tmp_path / "again") == []
    assert "D" in library.read_run(tmp_path / "again").problem.cadres["cadre"].tolist()


def test_what_would_be_read_otherwise_is_kept_whole_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather the whole table than another problem."""
    monkeypatch.setattr(kept_tables, "_reads_the_same", lambda *_: False)
    path = small(tmp_path, roster="", targets={"t": TARGET}, title="another scheme")
    workbook(tmp_path / "people.xlsx")
    path.write_text(path.read_text("utf-8").replace("roster.csv", "people.xlsx"), encoding="utf-8")
    library.write_run(library.solve(path), tmp_path / "run")
    assert (tmp_path / "run" / "inputs" / "roster.xlsx").read_bytes() == (tmp_path / "people.xlsx").read_bytes()
    assert "is the roster: a shorter form would not be read the same" in (tmp_path / "run" / "NOTICE.txt").read_text()


def test_blanks_codes_and_headers_that_were_answered_read_the_same(tmp_path: Path) -> None:
    """Answers about the office's file do no harm to the clean copy; a made code stays."""
    path = small(
        tmp_path,
        roster="",
        targets={"t": TARGET},
        blank={"theory": "none"},
        headers={"Pol": "theory"},
        synonyms={"theory": {"ABC": "advanced"}, "agency": {"Off.": "office"}},
    )
    frame = pd.DataFrame(
        {
            "Họ và tên": ["Nguyễn Văn A", "Trần Thị B", "Lê Văn C"],
            "agency": "Off.",
            "birth_year": 1985,
            "sex": ["M", "F", "F"],
            "education": "bachelor",
            "Pol": ["ABC", "", "intermediate"],
            "administration": "none",
            "pay": "12canary",
        }
    )
    frame.to_excel(tmp_path / "people.xlsx", index=False)
    path.write_text(path.read_text("utf-8").replace("roster.csv", "people.xlsx"), encoding="utf-8")
    plan = library.solve(path)
    library.write_run(plan, tmp_path / "run")
    run = library.read_run(tmp_path / "run")
    assert b"12canary" not in held(tmp_path / "run")
    assert run.problem.cadres.drop(columns="pay").equals(plan.problem.cadres.drop(columns="pay"))
    assert fingerprint(plan) == fingerprint(run.plan())
    assert SCENARIO["ladders"]["theory"][run.problem.cadres.set_index("name")["theory"]["Nguyễn Văn A"]] == "advanced"
