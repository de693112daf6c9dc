"""`--force` on a folder: what somebody has put below it, or worked in, is never lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from commands import planner

from planner.common.errors import InputError
from planner.common.files import fresh_folder
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
    with pytest.raises(InputError, match="did not write there"):
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
