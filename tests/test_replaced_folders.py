"""`--force` on a folder: what somebody has put below it, or worked in, is never lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import planner
from conftest import SCHEME
from small import small

import planner as library
from planner.common.errors import InputError
from planner.common.files import fresh_folder, sha256
from planner.common.results import write_result

pytestmark = pytest.mark.usefixtures("english")

MARK = "run.json"
BESIDE = ("inputs/roster.*", "report/*.html", "pictures/*.svg", "nominees-????.xlsx", "deep/**")
LIST = "nominees-2027.xlsx"


def again(folder: Path) -> None:
    """The folder written once more with --force."""
    with fresh_folder(folder, force=True, mark=MARK, others=BESIDE) as draft:
        (draft / MARK).write_text("new")


def run_folder(folder: Path) -> Path:
    """A folder with a page, a list and copies of what it was made from, as planner leaves it."""
    run = folder / "run"
    with fresh_folder(run, force=False, mark=MARK) as draft:
        (draft / MARK).write_text("old")
        (draft / "inputs").mkdir()
        (draft / "inputs" / "roster.xlsx").write_bytes(b"the office's own, without a mark")
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    write_result(run / LIST, stream.getvalue())
    write_result(run / "report" / "index.html", b"<html></html>", parents=True)
    write_result(run / "deep" / "run" / "pictures" / "seats.svg", b"<svg></svg>", parents=True)
    return run


def signed(run: Path) -> None:
    """A list in which an office has typed."""
    book = openpyxl.load_workbook(run / LIST)
    book.active["A1"] = "agreed by telephone, 3 May"
    book.save(run / LIST)


def noted(run: Path) -> None:
    """A page in which somebody has written."""
    page = run / "report" / "index.html"
    page.write_text(page.read_text().replace("</html>", "our note</html>"))


def test_what_planner_wrote_is_replaced(tmp_path: Path) -> None:
    """Pages, lists and pictures as they were written, and copies, which carry no mark."""
    run = run_folder(tmp_path)
    again(run)
    assert [path.name for path in run.iterdir()] == [MARK]


@pytest.mark.parametrize(("work", "name"), [(signed, LIST), (noted, "report/index.html")])
def test_what_was_changed_in_a_folder_is_not_replaced(work: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    """One changed list or page: the folder stays as it is, before any work, and the file is named."""
    run = run_folder(tmp_path)
    work(run)
    kept = (run / name).read_bytes()
    with pytest.raises(InputError, match=rf"changed since planner wrote them \({name}\)"):
        again(run)
    assert (run / name).read_bytes() == kept
    assert (run / MARK).read_text() == "old"


@pytest.mark.parametrize(
    "name", ["report/2024/minutes.html", "inputs/roster.old/us.docx", "pictures/trip/us.svg", "nominees-2027.xlsx/a"]
)
def test_a_pattern_means_files_of_its_folder(name: str, tmp_path: Path) -> None:
    """A star stands for no folder: what lies deeper than planner writes is somebody's own."""
    run = tmp_path / "run"
    with fresh_folder(run, force=False, mark=MARK) as draft:
        (draft / MARK).write_text("old")
    own = run / name
    own.parent.mkdir(parents=True)
    own.write_text("years of work")
    with pytest.raises(InputError, match="more than the result that planner wrote there"):
        again(run)
    assert own.read_text() == "years of work"


@pytest.mark.parametrize(("options", "file"), [((), "roster.csv"), ((), "scenario.yaml"), (("--excel",), "*.xlsx")])
def test_a_scheme_that_was_worked_in_stays(options: tuple[str, ...], file: str, tmp_path: Path) -> None:
    """`init --force` begins anew only where nobody has begun."""
    assert planner("init", tmp_path / "mine", *options).returncode == 0
    assert planner("init", tmp_path / "mine", *options, "--force").returncode == 0
    (work,) = (tmp_path / "mine").glob(file)
    work.write_bytes(work.read_bytes() + b"\nX1,our own people")
    kept = work.read_bytes()
    done = planner("init", tmp_path / "mine", *options, "--force")
    assert done.returncode == 2
    assert f"changed since planner wrote them ({work.name})" in done.stderr.replace("\n", " ").replace("  ", " ")
    assert work.read_bytes() == kept


def test_templates_of_an_office_stay(tmp_path: Path) -> None:
    """Letters' templates are copied to be changed; --force does not take the changes away."""
    from planner.report.letters.document import SETTINGS, copy_templates  # its libraries take a second

    copy_templates(tmp_path / "mine")
    copy_templates(tmp_path / "mine", force=True)
    settings = tmp_path / "mine" / SETTINGS
    settings.write_text("our office", encoding="utf-8")
    with pytest.raises(InputError, match="changed since planner wrote them"):
        copy_templates(tmp_path / "mine", force=True)
    assert settings.read_text(encoding="utf-8") == "our office"


# --- tables: no mark tells them, the folder's own record does --------------------------------------------------------


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small scheme."""
    return small(
        tmp_path_factory.mktemp("scheme"), targets={"t": {"who": {}, "level": {"theory": "advanced"}, "share": 1.0}}
    )


def typed(file: Path) -> None:
    """Somebody has typed a row into a table."""
    file.write_bytes(file.read_bytes() + b"X,our own row\n")


EDITED = ("assignments.csv", "goals.csv", "inputs/roster.csv", "inputs/agencies.csv", "NOTICE.txt", "run.json")


@pytest.fixture(scope="module")
def plan(scheme: Path) -> library.Plan:
    """Its plan."""
    return library.solve(scheme)


@pytest.mark.parametrize("name", EDITED)
def test_a_run_in_which_somebody_has_worked_is_not_replaced(
    scheme: Path, plan: library.Plan, tmp_path: Path, name: str
) -> None:
    """Any file that planner wrote and somebody edited is named, before any work; what is not edited is replaced."""
    run = tmp_path / "run"
    library.write_run(plan, run)
    library.write_run(plan, run, force=True)
    typed(run / name)
    kept = (run / name).read_bytes()
    with pytest.raises(InputError, match=rf"changed since planner wrote them \({name}\)"):
        library.write_run(plan, run, force=True)
    if name == "assignments.csv":
        done = planner("solve", scheme, "--out", run, "--force", "--quiet")
        assert done.returncode == 2
        assert f"changed since planner wrote them ({name})" in " ".join(done.stderr.split())
    assert (run / name).read_bytes() == kept


def test_a_run_s_plan_edited_under_its_own_checksum_is_still_edited(plan: library.Plan, tmp_path: Path) -> None:
    """Who changes a table and its digest in run.json has changed run.json."""
    run = tmp_path / "run"
    library.write_run(plan, run)
    typed(run / "assignments.csv")
    manifest = json.loads((run / "run.json").read_text())
    manifest["files"]["assignments.csv"] = sha256(run / "assignments.csv")
    (run / "run.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"changed since planner wrote them \(run\.json\)"):
        library.write_run(plan, run, force=True)


def test_a_run_of_another_version_is_replaced(plan: library.Plan, tmp_path: Path) -> None:
    """Nobody knows what it was; its marked files are looked at as ever."""
    run = tmp_path / "run"
    library.write_run(plan, run)
    (run / "run.json").write_text(json.dumps({"format": 1, "scenario": {}}))
    library.write_run(plan, run, force=True)
    assert planner("verify", run).returncode == 0


@pytest.mark.parametrize(
    ("words", "file"),
    [
        pytest.param(("generate", "--districts", 1), "roster.csv", marks=pytest.mark.long),
        pytest.param(("generate", "--districts", 1), "scenario.yaml", marks=pytest.mark.long),
        pytest.param(("reconstruct", "published"), "agencies.csv", marks=pytest.mark.long),
        pytest.param(("import", "people.csv"), "roster.csv", marks=pytest.mark.long),
        (("pseudonymise", "scheme", "--key", "key.csv"), "roster.csv"),
    ],
)
def test_a_generated_table_in_which_somebody_has_worked_is_not_replaced(
    scheme: Path, tmp_path: Path, words: tuple[Any, ...], file: str
) -> None:
    """Rosters, scenarios, agencies of folders without a run.json: they tell their own digests."""
    published = SCHEME / "published.yaml"
    given = {
        "published": published,
        "people.csv": scheme.parent / "roster.csv",
        "scheme": scheme,
        "key.csv": tmp_path / "apart" / "key.csv",
    }
    given["key.csv"].parent.mkdir()
    call = [*(given.get(word, word) for word in words), "--out", tmp_path / "out"]
    assert planner(*call).returncode in (0, 1)
    assert planner(*call, "--force").returncode in (0, 1)
    typed(tmp_path / "out" / file)
    kept = (tmp_path / "out" / file).read_bytes()
    done = planner(*call, "--force")
    assert done.returncode == 2
    assert f"changed since planner wrote them ({file})" in " ".join(done.stderr.split())
    assert (tmp_path / "out" / file).read_bytes() == kept


@pytest.mark.long
@pytest.mark.usefixtures("in_threads")
def test_a_sweep_s_run_in_which_somebody_has_worked_is_not_replaced(scheme: Path, tmp_path: Path) -> None:
    """Solved again, because its result is gone, it is written nowhere else than over the edited one: refused."""
    call = ("sweep", scheme, "--vary", "lot=1", "--out", tmp_path / "sweep")
    assert planner(*call).returncode == 0
    (point,) = (path.parent for path in (tmp_path / "sweep").glob("*/result.json"))
    (point / "result.json").write_text("{}")
    assert planner(*call).returncode == 0
    (point / "result.json").write_text("{}")
    typed(point / "run" / "seats.csv")
    done = planner(*call)
    assert done.returncode == 2
    assert "changed since planner wrote them (run/seats.csv)" in " ".join(done.stderr.split())
