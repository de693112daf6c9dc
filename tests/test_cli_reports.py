"""Comparing, sweeping, drawing, reporting and listing on the command line: what is written, what is said, what agrees.

All on the worked example: 12 cadres of two offices. What a command writes is read back as its readers would.
"""

from __future__ import annotations

import csv
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from commands import Ended, command, environment, planner
from openpyxl import load_workbook
from test_cli import left_beside

from planner.plans.columns import COLUMNS
from planner.plans.notice import NOTICE
from planner.plans.run_folder import MANIFEST

EXAMPLE = Path(__file__).parent / "cases" / "example" / "scenario.yaml"
LANGUAGES = ("en", "vi")
GANTTS = ("gantt-finance", "gantt-culture")
PICTURES = ("utilisation", "attainment", "absence", "priority_shares", "yearly")
FIRST, LAST = 2021, 2024
MAGIC = {".png": b"\x89PNG\r\n", ".svg": b"<?xml", ".xlsx": b"PK\x03\x04", ".html": b"<!DOCTYPE html>"}
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The run folder of the example, and what solve said of it in English; tests copy the folder or leave it alone."""
    folder = tmp_path_factory.mktemp("solved") / "base"
    done = planner("solve", EXAMPLE, "--out", folder, "--quiet", "--full")
    assert (done.returncode, done.stderr) == (0, "")
    return folder, done.stdout


@pytest.fixture(scope="module")
def base(solved: tuple[Path, str]) -> Path:
    """The run folder of the example; not to be changed."""
    return solved[0]


@pytest.fixture
def run(base: Path, tmp_path: Path) -> Path:
    """A fresh copy of the run folder."""
    return Path(shutil.copytree(base, tmp_path / "run"))


def rows_of(file: Path) -> Rows:
    """The rows of a CSV file, every cell as text."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def whole(text: object) -> int:
    """The whole number that a table shows, its thousands apart as in English or in Vietnamese."""
    shown = str(text).removesuffix(" *")
    assert re.fullmatch(r"−?\d{1,3}((\N{NO-BREAK SPACE}\d{3})*|(\.\d{3})*)", shown), text
    return int(re.sub(r"[\N{NO-BREAK SPACE}.]", "", shown).replace("−", "-"))


def terminal_tables(text: str) -> list[list[list[str]]]:
    """Every table that a terminal shows: its rows of cells, without the headings."""
    tables: list[list[list[str]]] = []
    for line in text.splitlines():
        if line.startswith("┏"):
            tables.append([])
        elif line.startswith("│"):
            tables[-1].append([part.strip(" ") for part in line.strip("│").split("│")])
    return tables


def page_tables(html: str) -> dict[str, list[list[str]]]:
    """Every table of a page by its id: the rows of cells as a reader sees them, without the headings."""
    found = re.findall(r'<table id="table-([^"]*)"[^>]*>.*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    return {
        name: [
            [
                unescape(re.sub("<[^>]*>", "", cell))
                for cell in re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
        ]
        for name, body in found
    }


def sheet_rows(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet of a workbook by its name, row by row; no cell holds a formula."""
    book = load_workbook(file)
    sheets = {sheet.title: list(sheet.iter_rows()) for sheet in book}
    assert all(cell.data_type != "f" for rows in sheets.values() for row in rows for cell in row)
    return {name: [tuple(cell.value for cell in row) for row in rows] for name, rows in sheets.items()}


def numbered(rows: list[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    """The tables of a sheet: runs of rows that are numbered 1, 2, 3 ... in their first column."""
    tables: list[list[tuple[Any, ...]]] = []
    for row in rows:
        if row[0] == 1:
            tables.append([])
        if isinstance(row[0], int):
            tables[-1].append(row)
            assert row[0] == len(tables[-1])
    return tables


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(done: Ended, *signs: object) -> None:
    """Status 2, and a message on standard error alone that holds the signs."""
    assert (done.returncode, done.stdout) == (2, ""), (done.stdout, done.stderr)
    for sign in signs:
        assert str(sign) in done.stderr, (sign, done.stderr)


# --- one place for every number -------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, solved: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """In each language: the run folder, the summary, and where report and workbook of the last year are."""
    lang, (folder, summary) = request.param, solved
    place = tmp_path_factory.mktemp(lang)
    page, book = place / "page.html", place / f"{LAST}.xlsx"
    report, nominees = ("report", folder, "--out", page), ("nominees", folder, "--year", LAST, "--out", book)
    again = [("solve", EXAMPLE, "--quiet", "--full")] if lang != "en" else []
    *written, last = (planner(*call, lang=lang) for call in (report, nominees, *again))
    assert [(done.returncode, done.stderr) for done in (*written, last)] == [(0, "")] * (2 + len(again))
    return lang, folder, last.stdout if again else summary, page, book


def test_terminal_tables_page_and_workbook_agree(told: Any) -> None:
    """Goals, targets and starts of the seats are the same in the summary, the csv files, the report, the workbook."""
    lang, folder, summary, page, book = told
    goals, attainment = rows_of(folder / "goals.csv"), rows_of(folder / "attainment.csv")
    seats, assignments = rows_of(folder / "seats.csv"), rows_of(folder / "assignments.csv")
    html = page.read_text(encoding="utf-8")
    on_terminal, on_page = terminal_tables(summary), page_tables(html)

    values = {row["goal"]: (int(row["value"]), int(row["bound"])) for row in goals}
    assert list(values.values()) == [(whole(row[1]), whole(row[2])) for row in on_terminal[0]]
    assert all(row[0] in html for row in on_terminal[0])
    assert list(values.values()) == [(whole(row[3]), whole(row[4])) for row in on_page["goals"]]

    figures = ("required", "attained", "shortfall", "unknown")
    reached = {row["target"]: [int(row[figure]) for figure in figures] for row in attainment}
    short = {name: [own[0], own[1], max(0, own[2] - own[3]), own[3]] for name, own in reached.items()}
    assert short == {row[0]: [whole(cell) for cell in row[1:5]] for row in on_terminal[1]}  # but for the unknown
    on_page["targets"] = [[row[0], *map(whole, row[1:8])] for row in on_page["targets"]]
    assert reached == {row[0]: [row[3], row[5], row[6] + row[7], row[2]] for row in on_page["targets"]}

    starts: Counter[str] = Counter()
    of_last: Counter[str] = Counter()
    by_year: dict[str, list[int]] = {}
    for row in seats:
        starts[row["pool"]] += int(row["starts"])
        of_last[row["pool"]] += int(row["starts"]) * (int(row["year"]) == LAST)
        by_year.setdefault(row["pool"], []).append(int(row["starts"]))
    assert starts == {row[0]: whole(row[1]) for row in on_terminal[2]}
    assert by_year == {row[0]: [whole(cell) for cell in row[2:6]] for row in on_page["seats"]}
    assert starts == {row[0]: whole(row[6]) for row in on_page["seats"]}

    sheets = sheet_rows(book)
    totals = ("Totals", "By programme") if lang == "en" else ("Tổng hợp", "Theo chương trình")
    [against_seats], [by_programme] = (numbered(sheets[name]) for name in totals)
    assert starts == {row[1]: row[7] for row in against_seats}
    assert of_last == {row[1]: row[4] for row in against_seats}
    last = Counter(row["programme"] for row in assignments if int(row["start"]) == LAST)
    assert last == {row[1]: row[4] for row in by_programme}

    listed = Counter(int(row[0]) for row in on_page["starts"])
    assert listed == Counter(int(row["start"]) for row in assignments)
    assert listed == {int(row[0]): whole(row[1]) for row in on_page["yearly"] if row[0].isdecimal()}


def test_the_first_sentences_agree(told: Any) -> None:
    """What the summary says first stands in the report word for word, with the figures of the csv files."""
    _, folder, summary, page, _ = told
    headline = " ".join(summary.split("\n\n")[0].split("\n", 2)[-1].split())
    html = unescape(page.read_text(encoding="utf-8"))
    assert headline
    assert headline in " ".join(html.split())
    rows = [{name: int(row[name]) for name in ("shortfall", "unknown")} for row in rows_of(folder / "attainment.csv")]
    met = sum(row["shortfall"] == 0 for row in rows)
    told_of = met + sum(row["shortfall"] > row["unknown"] for row in rows)
    assert list(map(int, re.findall(r"\d+", headline)))[:2] == [met, told_of]


def test_the_report_stands_alone(told: Any) -> None:
    """The report is one file in the language asked for that fetches nothing: every reference leads into the page."""
    lang, folder, _, page, _ = told
    html = page.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in html
    assert [path.name for path in page.parent.glob("*.html")] == ["page.html"]
    references = re.findall(r"""(?:src|href|action|data|poster|srcset)\s*=\s*["']([^"']*)""", html)
    references += re.findall(r"""url\(\s*["']?([^"')]*)""", html)
    assert references
    assert [text for text in references if not text.startswith("#")] == []
    assert re.findall(r"https?://(?!www\.w3\.org/)", html) == []  # names of SVG's own vocabulary are no resources
    assert re.findall(r"<(?:link|iframe|object|embed|img)\b|@import", html) == []
    assert re.findall(r"<script\b[^>]*>", html) == ["<script>"]  # its own, which the policy names by its digest
    assert {path.name for path in folder.iterdir()} == {
        *(f"{name}.csv" for name in COLUMNS),
        MANIFEST,
        NOTICE,
        "inputs",
    }


# --- nominees -------------------------------------------------------------------------------------------------------


def test_letters_and_names_that_are_not_there(base: Path, tmp_path: Path) -> None:
    """With --letters every agency that sends has a letter; --with-names says that the roster has no names."""
    book = tmp_path / "list.xlsx"
    done = planner("nominees", base, "--year", "2022", "--letters", "--with-names", "--out", book, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "the roster has none" in done.stdout
    sheets = sheet_rows(book)
    assert list(sheets) == ["No authority stated", "Totals", "By programme", "Letter culture", "Letter finance"]
    starts = Counter(
        (row["cadre"], row["programme"], row["agency"])
        for row in rows_of(base / "assignments.csv")
        if row["start"] == "2022"
    )
    head = next(row for row in sheets["No authority stated"] if row[0] == "No.")
    at = [head.index(name) for name in ("Code", "Programme", "Agency")]
    (listed,) = numbered(sheets["No authority stated"])
    assert Counter(tuple(row[place] for place in at) for row in listed) == starts
    for agency in ("culture", "finance"):
        (mine,) = numbered(sheets[f"Letter {agency}"])
        assert Counter((row[1], row[3].split(",")[0], agency) for row in mine) == Counter(
            start for start in starts.elements() if start[2] == agency
        )


@pytest.mark.parametrize(
    ("options", "signs"),
    [
        (("--year", "2031"), ("2031", "2021", "2024")),
        (("--year", "2022", "--out", "list.xls"), (".xlsx",)),
        (("--year", "soon"), ("--year",)),
        ((), ("--year",)),
    ],
    ids=["horizon", "ending", "no year", "none"],
)
def test_a_wrong_year_or_name_of_the_list_is_two(
    base: Path, tmp_path: Path, options: tuple[str, ...], signs: tuple[str, ...]
) -> None:
    """A year outside the horizon, no year at all, a name that is no workbook's: 2, and nothing is written."""
    before = contents(base)
    refused(planner("nominees", base, *options, cwd=tmp_path), *signs)
    assert list(tmp_path.iterdir()) == []
    assert contents(base) == before


# --- plot -----------------------------------------------------------------------------------------------------------


def test_an_unknown_agency_is_two(base: Path, tmp_path: Path) -> None:
    """An agency that is not there is refused with the nearest name, and no picture at all is written."""
    out = tmp_path / "pictures"
    done = planner("plot", base, "--agency", "culture", "--agency", "finence", "--out", out)
    refused(done, "'finence'", "'finance'")
    assert not out.exists()


# --- what lies in a run folder --------------------------------------------------------------------------------------


def test_outputs_in_the_run_folder_are_planners_own(run: Path, tmp_path: Path) -> None:
    """Report, list and pictures are replaced only with --force; solve --force replaces the run that holds them."""
    given = {
        "report": ((), run / "report.html"),
        "nominees": (("--year", 2022), run / "nominees-2022.xlsx"),
        "plot": (("--agency", "finance", "--agency", "culture"), run / "pictures"),
    }
    calls = [(name, run, *options) for name, (options, _) in given.items()]
    for call in calls:
        assert planner(*call).returncode == 0
    before = contents(run)
    targets = [target for _, target in given.values()]
    for target, call in zip(targets, calls, strict=True):
        refused(planner(*call), target, "--force")
    assert contents(run) == before
    for target, call in zip(targets, calls, strict=True):
        done = planner(*call, "--force", lang="vi")
        assert (done.returncode, done.stderr) == (0, "")
        assert str(target) in done.stdout
    written = {path: content for path, content in contents(run).items() if before.get(path) != content}
    names = [f"{name}{end}" for name in (*PICTURES, "wall", *GANTTS) for end in (".svg", ".png")]
    assert set(written) == {"report.html", "nominees-2022.xlsx", *(f"pictures/{name}" for name in names)}
    for path, content in written.items():
        assert content.startswith(MAGIC[Path(path).suffix]), path
    assert done.stdout.split("\n")[:-1] == [str(run / "pictures" / name) for name in names]
    assert left_beside(run) == left_beside(run / "pictures") == []

    (run / "letter.docx").write_text("dear", encoding="utf-8")
    held = contents(run)
    refused(planner("solve", EXAMPLE, "--out", run, "--force", "--quiet"), "letter.docx")
    assert contents(run) == held
    (run / "letter.docx").unlink()
    assert planner("solve", EXAMPLE, "--out", run, "--force", "--quiet").returncode == 0
    assert {path.name for path in run.iterdir()} == {
        *(f"{name}.csv" for name in COLUMNS),
        MANIFEST,
        NOTICE,
        "inputs",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


# --- damaged run folders --------------------------------------------------------------------------------------------

COMMANDS: dict[str, tuple[object, ...]] = {  # what reads a run
    "plot": ("--out", "new"),
    "report": ("--out", "new.html"),
    "nominees": ("--year", 2022, "--out", "new.xlsx"),
    "compare": (EXAMPLE, "--out", "new.csv", "--quiet"),
}


def changed(old: str, new: str) -> Callable[[Path], None]:
    """What replaces a text in a file, once."""

    def change(file: Path) -> None:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def cut(file: Path) -> None:
    """Leave the first half of a file."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


DAMAGES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a table is missing": ("absence.csv", Path.unlink),
    "the manifest is cut": (MANIFEST, cut),
    "letters in a number": ("attainment.csv", changed(",5,", ",five,")),
    "another roster": ("inputs/roster.csv", changed("1978", "1987")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_run_is_two(run: Path, tmp_path: Path, damage: str) -> None:
    """Every command that reads a run refuses a damaged one, names the file, shows no traceback, writes nothing."""
    name, spoil = DAMAGES[damage]
    spoil(run / name)
    before = contents(tmp_path)
    for verb, options in COMMANDS.items():
        refused(planner(verb, run, *options, cwd=tmp_path), Path(name).name)
    assert contents(tmp_path) == before


# --- compare --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with one bachelor's seat a year instead of two."""
    file = tmp_path_factory.mktemp("fewer") / "fewer.yaml"
    file.write_text(f"extends: {EXAMPLE}\nseats: {{bachelor: {{per_year: {{max: 1}}}}}}\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(("lang", "picture"), [("en", "side.svg"), ("vi", "side.png")])
def test_runs_and_scenarios_are_compared(base: Path, fewer: Path, tmp_path: Path, lang: str, picture: str) -> None:
    """A run folder and a scenario stand side by side: terminal and csv hold the run's figures, the best is marked."""
    table, drawn = tmp_path / "side.csv", tmp_path / picture
    done = planner(
        "compare", base, fewer, "--out", table, "--plot", drawn, "--people", "--quiet", "--allow-outside", lang=lang
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(("side.csv", picture))
    assert drawn.read_bytes().startswith(MAGIC[drawn.suffix])
    figures = {(r["plan"], r["kind"], r["item"], r["measure"]): r for r in rows_of(table)}
    assert {plan for plan, *_ in figures} == {"base", "fewer"}
    assert {row["proven"] for row in figures.values()} == {"True"}

    goals = {row["goal"]: row["value"] for row in rows_of(base / "goals.csv")}
    assert goals == {goal: figures["base", "goals", goal, "value"]["value"] for goal in goals}
    for row in rows_of(base / "attainment.csv"):
        for measure in ("required", "attained", "shortfall"):
            assert figures["base", "targets", row["target"], measure]["value"] == row[measure]
    starts: Counter[str] = Counter()
    for row in rows_of(base / "seats.csv"):
        starts[row["pool"]] += int(row["starts"])
    assert starts == {pool: int(figures["base", "seats", pool, "starts"]["value"]) for pool in starts}

    shown = terminal_tables(done.stdout)
    plans = ("base", "fewer")
    for goal, row in zip(goals, shown[0], strict=True):
        assert [whole(cell) for cell in row[2:]] == [int(figures[p, "goals", goal, "value"]["value"]) for p in plans]
        assert [cell.endswith(" *") for cell in row[2:]] == [
            figures[plan, "goals", goal, "value"]["best"] == "True" for plan in plans
        ]
    assert [figures[plan, "goals", "attainment", "value"]["best"] for plan in plans] == ["True", "False"]

    title = figures["base", "goals", "attainment", "value"]["title"]
    assert title == shown[0][0][0]
    assert title == {"en": "places short of the targets, weighted"}.get(lang, title)
    assert ("Goals" in done.stdout) == (lang == "en")
    if lang == "en":  # person by person: as many rows as were counted
        assert "From base to fewer: " in done.stdout
        people = Counter(row[2] for row in shown[-1])
        assert people["loses a place"] > 0


@pytest.mark.parametrize(
    ("arguments", "signs"),
    [
        (("base",), ("two",)),
        (("base", "nothing.yaml"), ("nothing.yaml",)),
        (("base", "empty"), ("empty", "run.json")),
        (("base", "base/run.json", "--out", "there.csv"), ("there.csv", "--force")),
        (("base", "base/run.json", "--plot", "there.csv"), ("there.csv", "--force")),
    ],
    ids=["one", "missing", "no run", "csv there", "picture there"],
)
def test_a_wrong_comparison_is_two(
    base: Path, tmp_path: Path, arguments: tuple[str, ...], signs: tuple[str, ...]
) -> None:
    """One plan alone, what is no plan, an output that is there already: 2, and nothing is written or changed."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "there.csv").write_text("mine", encoding="utf-8")
    given = [str(base) if text == "base" else text.replace("base/", f"{base}/") for text in arguments]
    before = contents(tmp_path)
    refused(planner("compare", *given, "--quiet", cwd=tmp_path), *signs)
    assert contents(tmp_path) == before


def test_a_comparison_is_replaced_with_force(base: Path, run: Path, tmp_path: Path) -> None:
    """With --force an earlier csv makes room, and the same plan twice has no best and nobody who gains."""
    table = tmp_path / "there.csv"
    table.write_text("mine", encoding="utf-8")
    refused(planner("compare", base, run, "--out", table, "--force", "--quiet"), table)
    table.unlink()
    assert planner("compare", base, run, "--out", table, "--quiet").returncode == 0
    done = planner("compare", base, run, "--out", table, "--force", "--quiet")
    assert done.returncode == 0
    rows = rows_of(table)
    assert {row["plan"] for row in rows} == {"base", "run"}
    assert {row["best"] for row in rows} == {"False"}
    assert "0 cadres come in, 0 go out" in " ".join(done.stdout.split())


# --- sweep ----------------------------------------------------------------------------------------------------------

GRID = ("--vary", "seats.bachelor.per_year.max=1..2", "--vary", "seats.advanced.per_year.max=1,2")
KEYS = ["seats.bachelor.per_year.max", "seats.advanced.per_year.max"]


def results(folder: Path) -> dict[str, int]:
    """The finished results of a sweep: the folder's name and when it was written."""
    return {path.parent.name: path.stat().st_mtime_ns for path in folder.glob("[!.]*/result.json")}


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], Ended]:
    """A sweep that was killed once a result was there and then called again: folder, results at the kill, the call."""
    folder = tmp_path_factory.mktemp("swept") / "sweep"
    call = ("sweep", EXAMPLE, *GRID, "--workers", 1, "--out", folder)
    process = subprocess.Popen(
        command(*call),
        env=environment(PLANNER_LANG="en"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    with process.stderr:
        assert any(line.startswith("1 of 4") for line in process.stderr)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert process.returncode == -signal.SIGKILL
    at_kill = results(folder)
    return folder, at_kill, planner(*call, "--plot", folder.parent / "sweep.svg")


@pytest.mark.long
def test_a_killed_sweep_goes_on(swept: Any) -> None:
    """SIGKILL in the middle loses no finished result: the same command keeps them and solves only the others."""
    folder, at_kill, done = swept
    assert done.returncode == 0
    assert 1 <= len(at_kill) < 4
    first, *_, last = done.stderr.splitlines()
    assert first.startswith(f"{len(at_kill)} of 4 scenarios done ({len(at_kill)} kept")
    assert last.startswith(f"4 of 4 scenarios done ({len(at_kill)} kept")
    after = results(folder)
    assert len(after) == 4
    assert at_kill.items() <= after.items()


@pytest.mark.long
def test_the_grid_is_told_written_and_drawn(swept: Any) -> None:
    """A row per combination, in the grid's order; terminal, sweep.csv and the kept runs have the same goal values."""
    folder, _, done = swept
    rows = rows_of(folder / "sweep.csv")
    assert [[row[key] for key in KEYS] for row in rows] == [["1", "1"], ["1", "2"], ["2", "1"], ["2", "2"]]
    assert [row["status"] for row in rows] == ["optimal"] * 4
    (shown,) = terminal_tables(done.stdout)
    for place, row in enumerate(rows, 1):  # eleven columns do not fit: the table stands on its side
        cells = [line[place] for line in shown]
        values = {goal["goal"]: goal["value"] for goal in rows_of(folder / row["folder"] / "goals.csv")}
        assert values == {goal: row[goal] for goal in values}
        assert cells[:2] == [row[KEYS[1]], "proven"]
        assert [whole(cell) for cell in cells[-len(values) :]] == list(map(int, values.values()))
    assert str(folder) in done.stdout
    assert (folder.parent / "sweep.svg").read_bytes().startswith(MAGIC[".svg"])


@pytest.mark.long
def test_a_second_sweep_keeps_all(swept: Any) -> None:
    """The same sweep again solves nothing, leaves the results as they are, and refuses to replace its picture."""
    folder, _, done = swept
    picture = folder.parent / "sweep.svg"
    before = contents(folder)
    times = results(folder)
    call = ("sweep", EXAMPLE, *GRID, "--out", folder)
    refused(planner(*call, "--plot", picture), picture, "--force")
    again = planner(*call, "--lang", "vi")
    assert again.returncode == 0
    assert [line[:18] for line in again.stderr.splitlines()] == ["đã xong 4/4 phương"]
    assert terminal_tables(planner(*call).stdout) == terminal_tables(done.stdout)
    assert (contents(folder), results(folder)) == (before, times)


@pytest.mark.parametrize(
    ("options", "signs"),
    [
        (("--vary", "seats.advancd.per_year.max=1..2"), ("'advancd'", "'advanced'", "scenario.yaml")),
        (("--vary", "seats.advanced.per_year.max=1.."), ("'1..'", "FIRST..LAST")),
        (("--vary", "seats.advanced.per_year.max=1,-1"), ("seats.advanced.per_year.max", "-1")),
        (("--vary", "lot=1,2", "--workers", "0"), ("at least 1",)),
        (("--vary", "lot=1,2", "--workers", "many"), ("--workers",)),
        ((), ("--vary",)),
    ],
    ids=["key", "range", "value", "workers", "no number", "nothing"],
)
def test_a_wrong_sweep_is_two(tmp_path: Path, options: tuple[str, ...], signs: tuple[str, ...]) -> None:
    """A wrong key, range, value or number of workers: 2 before anything is solved, and no folder."""
    refused(planner("sweep", EXAMPLE, *options, "--out", tmp_path / "sweep"), *signs)
    assert not (tmp_path / "sweep").exists()


def test_a_sweep_leaves_other_folders_alone(run: Path) -> None:
    """A sweep into a run folder is refused, and the run stays."""
    before = contents(run)
    refused(planner("sweep", EXAMPLE, *GRID, "--out", run), run)
    assert contents(run) == before
