"""Nothing is lost and nothing is left: death and errors at every step of a write, two writers at once, tidying."""

from __future__ import annotations

import errno
import io
import os
import resource
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from commands import planner
from matplotlib.figure import Figure

from planner.common import drafts, exchange, marks, results
from planner.common.csv_cells import csv_text
from planner.common.drafts import LeftOver, is_draft, tidy
from planner.common.errors import InputError
from planner.common.excel_csv import excel_csv
from planner.common.files import check_replaceable, fresh_folder, write_file
from planner.common.marks import is_marked, marked
from planner.common.results import all_placed, check_result, kept_at_the_end, placed, write_result
from planner.report.workbook.forms import Book, Column

pytestmark = [
    pytest.mark.usefixtures("english"),
    pytest.mark.skipif(sys.platform == "win32", reason="forks, and asks the kernel"),
]

MARK, TABLE = "run.json", "table.csv"
STEPS = (
    *("mkdir", "open", "close", "write", "fsync", "rename", "replace", "link", "unlink", "rmdir", "chmod", "fchmod"),
    *("scandir", "listdir", "stat", "lstat", "fstat", "access", "dup", "utime", "ftruncate"),
)
"""Every call of the system that the writing of a folder makes, by its name in `os`; `renameat2` beside them."""
READING = {"scandir", "listdir", "stat", "lstat", "fstat", "access"}
Write = Callable[[Path], None]


@contextmanager
def each_step(act: Callable[[str], None]) -> Iterator[None]:
    """In the block every call of the system is announced before it is made."""
    kept = {name: getattr(os, name) for name in STEPS}
    one_step = exchange.rename_in_one_step

    def told(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            act(name)
            return call(*given, **named)

        return called

    for name, call in kept.items():
        setattr(os, name, told(name, call))
    exchange.rename_in_one_step = told("renameat2", one_step)
    try:
        yield
    finally:
        exchange.rename_in_one_step = one_step
        for name, call in kept.items():
            setattr(os, name, call)


def in_a_fork(work: Callable[[], object]) -> int:
    """Do something in a process of its own; its exit status: 0 done, 2 refused, 9 killed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        work()
        status = 0
    except InputError:
        status = 2
    finally:
        os._exit(status)


def dying_at(step: int, work: Callable[[], object]) -> int:
    """Do something in a process that is killed before its call of the system number `step`."""

    def doomed() -> None:
        left = [step]

        def act(name: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        with each_step(act):
            work()

    return -in_a_fork(doomed)


def failing_at(step: int, work: Callable[[], object], number: int) -> int | None:
    """Do something of which one call of the system fails; its status, None if it makes no call with this number."""
    made = [0]

    def act(name: str) -> None:
        made[0] += 1
        if made[0] == step + 1:
            raise OSError(number, os.strerror(number))

    with each_step(act):
        try:
            work()
        except InputError:
            return 2
    return 0 if made[0] > step else None


def write_run(folder: Path, *, force: bool, text: str = "new") -> None:
    """A folder as planner writes it: three files, one of them below."""
    with fresh_folder(folder, force=force, mark=MARK, others=("*.csv", "inputs/*.csv")) as draft:
        (draft / "inputs").mkdir()
        for name in (MARK, TABLE, "inputs/roster.csv"):
            (draft / name).write_text(text)


def old_run(folder: Path) -> None:
    (folder / "run" / "inputs").mkdir(parents=True)
    for name in (MARK, TABLE, "inputs/roster.csv"):
        (folder / "run" / name).write_text("old")


def whole(folder: Path) -> str | None:
    """The text of a run folder, the same in all its files; None where there is none."""
    if not folder.exists():
        return None
    found = {(folder / name).read_text() for name in (MARK, TABLE, "inputs/roster.csv")}
    assert len(found) == 1, found
    return found.pop()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The calls are made, their effect after a loss of power is not what is tested here, and takes most of the time."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture(params=["in one step", pytest.param("in steps", marks=pytest.mark.long)])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel that exchanges two names, and one that does not."""
    if request.param == "in steps":
        monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    return str(request.param)


# --- death and errors at every step ----------------------------------------------------------------------------------


LONG = pytest.mark.long


@pytest.mark.parametrize("force", [pytest.param(False, marks=LONG), True])
def test_death_at_every_step_loses_nothing(tmp_path: Path, kernel: str, *, force: bool) -> None:
    """A process killed before any call of the system leaves the old folder or the new one; the next start tidies."""
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        if force:
            old_run(place)
        status = dying_at(step, lambda place=place: write_run(place / "run", force=force))
        if kernel == "in one step" and force:
            assert whole(place / "run") in ("old", "new"), step
        left = tidy(place)
        assert all(found.removed for found in left)
        assert whole(place / "run") in (("old", "new") if force else (None, "new")), step
        assert names(place) in ([], ["run"]), step
        if status == 0:
            break
        assert status == signal.SIGKILL
    assert step > 20


@pytest.mark.parametrize("number", [errno.EIO, pytest.param(errno.ENOSPC, marks=LONG)])
@pytest.mark.parametrize("force", [pytest.param(False, marks=LONG), True])
def test_an_error_at_every_step_loses_nothing(tmp_path: Path, kernel: str, number: int, *, force: bool) -> None:
    """Whichever call of the system fails, the old folder stands or the new one, and what was said of it is true."""
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        if force:
            old_run(place)
        status = failing_at(step, lambda place=place: write_run(place / "run", force=force), number)
        assert whole(place / "run") == ("new" if status != 2 else "old" if force else None), step
        tidy(place)  # what could not be taken away because that very call failed
        assert names(place) == (["run"] if (place / "run").exists() else []), step
        if status is None:
            break
    assert step > 20


@pytest.mark.long
def test_before_the_next_write_it_is_put_back(tmp_path: Path, kernel: str) -> None:
    """The check before a write puts back what a killed process had set aside, in any step."""
    put = 0
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        old_run(place)
        status = dying_at(step, lambda place=place: write_run(place / "run", force=True))
        if not (place / "run").exists():
            put += 1
            with pytest.raises(InputError, match="already exists"):
                check_replaceable(place / "run", force=False, mark=MARK)
        assert whole(place / "run") in ("old", "new")
        if status == 0:
            break
    assert (put > 0) == (kernel == "in steps")


@pytest.mark.parametrize("force", [pytest.param(False, marks=LONG), True])
def test_death_at_every_step_of_a_file(tmp_path: Path, kernel: str, *, force: bool) -> None:
    """The same for a file that is handed to people."""
    page = "<html></html>"
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        target = place / "page.html"
        if force:
            write_result(target, b"<html>old</html>")
        status = dying_at(
            step,
            lambda target=target: placed(target, lambda path: write_result(path, page.encode()), force=force),
        )
        assert force <= target.exists()
        assert not target.exists() or is_marked(target.read_bytes(), target)
        tidy(place)
        assert names(place) in ([], ["page.html"])
        if status == 0:
            break
    assert step > 10


def test_a_disk_that_is_full_after_any_number_of_bytes(tmp_path: Path) -> None:
    """A file that may grow to so many bytes only: the old folder stands, no draft is left, and it is said."""
    content = "x" * 3000
    old_run(tmp_path)

    def limited(most: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        write_run(tmp_path / "run", force=True, text=content)

    for most in range(0, 3000, 500):
        assert in_a_fork(lambda most=most: limited(most)) == 2
        assert (whole(tmp_path / "run"), names(tmp_path)) == ("old", ["run"])
    assert in_a_fork(lambda: limited(4096)) == 0
    assert whole(tmp_path / "run") == content


# --- two at once -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("force", [False, pytest.param(True, marks=LONG)])
def test_another_writes_inside_any_step(tmp_path: Path, kernel: str, *, force: bool) -> None:
    """While one write stands before any of its calls of the system, another is done from beginning to end.

    Without --force exactly one of them says yes, and its folder stands; with it one of the two stands, whole.
    """
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        said: dict[str, bool] = {}
        made = [0]

        def write(name: str, place: Path = place, said: dict[str, bool] = said) -> None:
            try:
                write_run(place / "run", force=force, text=name)
                said[name] = True
            except InputError:
                said[name] = False

        def act(name: str, made: list[int] = made, step: int = step, write: Callable[[str], None] = write) -> None:
            made[0] += 1
            if made[0] == step + 1:
                made[0] += 10_000
                write("inner")

        with each_step(act):
            write("outer")
        if made[0] < 10_000:
            break
        assert names(place) == ["run"]
        winners = [name for name, yes in said.items() if yes]
        assert whole(place / "run") in winners, step
        if not force:
            assert len(winners) == 1, step
    assert step > 20


def test_documents_that_appear_inside_any_step_are_never_lost(tmp_path: Path, kernel: str) -> None:
    """Somebody makes a folder of the same name while planner writes with --force: it stays, and planner says no."""
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        made = [0]

        def act(name: str, place: Path = place, made: list[int] = made, step: int = step) -> None:
            made[0] += 1
            if made[0] == step + 1:
                made[0] += 10_000
                if not (place / "run").exists():
                    (place / "run").mkdir()
                    (place / "run" / "thesis.doc").write_text("years of work")

        with each_step(act):
            try:
                write_run(place / "run", force=True)
                said = True
            except InputError:
                said = False
        if made[0] < 10_000:
            break
        assert (place / "run" / "thesis.doc").exists() is not said or whole(place / "run") == "new"
        assert names(place) == ["run"]
    assert step > 20


@pytest.mark.parametrize("rounds", [10, pytest.param(300, marks=pytest.mark.long)])
def test_two_processes_at_the_same_time(tmp_path: Path, rounds: int) -> None:
    """Of two processes that write the same new folder one says yes, and its folder stands."""
    for number in range(rounds):
        place = tmp_path / str(number)
        place.mkdir()
        read, write = os.pipe()
        children = []
        for name in ("one", "other"):
            child = os.fork()
            if not child:
                os.close(write)
                os.read(read, 1)  # both go when the pipe is closed
                status = 1
                try:
                    write_run(place / "run", force=False, text=name)
                    status = 0
                except InputError:
                    status = 2
                finally:
                    os._exit(status)
            children.append((name, child))
        os.close(read)
        os.close(write)
        ended = {name: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for name, child in children}
        assert sorted(ended.values()) == [0, 2]
        assert ended[str(whole(place / "run"))] == 0
        assert names(place) == ["run"]


# --- what killed processes leave -------------------------------------------------------------------------------------


def left_behind(folder: Path) -> Path:
    """A draft of a process that was killed in the middle of its writing."""

    def killed() -> None:
        with fresh_folder(folder / "run", force=False, mark=MARK) as draft:
            (draft / "roster.csv").write_text("names")
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_fork(killed) == -signal.SIGKILL
    (left,) = [path for path in folder.iterdir() if is_draft(path.name)]
    return left


def test_left_overs_are_found_told_and_removed_at_the_next_start(tmp_path: Path) -> None:
    """Whatever command is about to write into the same folder takes them away, and says so."""
    left = left_behind(tmp_path)
    done = planner("init", tmp_path / "scheme")
    assert done.returncode == 0
    assert f"{left}: left behind by a command that had been killed; removed" in done.stderr
    assert names(tmp_path) == ["scheme"]


def test_questions_and_the_ledger_take_left_overs_of_a_run_away(tmp_path: Path) -> None:
    """Whatever keeps something in a run's folder: drafts in it and among its answers go, and that is said."""
    for words in (("value", tmp_path), ("record", tmp_path, "--withdraw", 1)):
        (tmp_path / "answers").mkdir(exist_ok=True)
        left = [left_behind(tmp_path), left_behind(tmp_path / "answers")]
        told = planner(*words).stderr
        assert all(f"{path}: left behind" in told and not path.exists() for path in left), words


def test_tidy_takes_left_overs_away_and_nothing_else(tmp_path: Path) -> None:
    """`planner tidy` looks below its folder, too; files of others that look alike stay, and so do links."""
    (tmp_path / "deep" / "down").mkdir(parents=True)
    left = left_behind(tmp_path / "deep" / "down")
    others = [tmp_path / name for name in (".run.abcdefgh.part", ".run.planner-.part", "run.planner-abcdefgh.part")]
    for other in others:
        other.mkdir()
    (tmp_path / "precious").mkdir()
    (tmp_path / ".link.planner-abcdefgh.part").symlink_to(tmp_path / "precious")
    done = planner("tidy", tmp_path, "--json")
    assert done.returncode == 0
    assert str(left) in done.stdout
    assert not left.exists()
    assert (tmp_path / "precious").is_dir()
    assert all(other.exists() for other in others)
    assert "nothing was left behind" in planner("tidy", tmp_path).stdout
    assert planner("tidy", tmp_path / "nowhere").returncode == 2


def test_tidy_never_takes_a_draft_of_a_live_process(tmp_path: Path) -> None:
    """What another process is writing stays, and is finished."""
    begun, go_on = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        with fresh_folder(tmp_path / "run", force=False, mark=MARK) as draft:
            (draft / MARK).write_text("new")
            os.write(begun[1], b"!")
            os.read(go_on[0], 1)
        os._exit(0)
    os.read(begun[0], 1)
    assert tidy(tmp_path, below=True) == []
    assert len(names(tmp_path)) == 1
    os.write(go_on[1], b"!")
    assert os.waitpid(child, 0)[1] == 0
    assert names(tmp_path) == ["run"]


def test_a_draft_that_is_taken_before_it_is_held_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process tidies between the making of a draft and its locking."""
    lock, taken = drafts._lock, []

    def late(path: Path) -> int | None:
        if not taken:
            taken.extend(tidy(tmp_path))
        return lock(path)

    monkeypatch.setattr(drafts, "_lock", late)
    write_run(tmp_path / "new" / "run", force=False)
    taken.clear()
    write_run(tmp_path / "run", force=False)
    assert [left.removed for left in taken] == [True]
    assert whole(tmp_path / "run") == "new"


def test_a_system_that_cannot_tell_removes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without locks a left-over is told, and stays."""
    left = left_behind(tmp_path)
    monkeypatch.setattr(drafts, "_locked", lambda handle: None)
    assert tidy(tmp_path) == [LeftOver(left, (), removed=False)]
    done = planner("tidy", tmp_path)
    assert (done.returncode, left.exists()) == (1, True)
    assert "could not be removed" in done.stderr


# --- files -----------------------------------------------------------------------------------------------------------


def png() -> bytes:
    stream = io.BytesIO()
    Figure(figsize=(1, 1)).savefig(stream, format="png")
    return stream.getvalue()


def workbook(title: str = "Danh sách") -> bytes:
    book = Book(title, 2026)
    book.sheet("A", [Column("x", 10)]).line("văn bản", "text")
    return book.close()


CONTENTS: dict[str, Callable[[], bytes]] = {
    "page.html": "<html>Đề án</html>\n".encode,
    "picture.svg": lambda: b"<svg/>",
    "scheme.yaml": lambda: b"title: x\n",
    "picture.png": png,
    "book.xlsx": workbook,
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_mark_knows_what_planner_wrote_and_nobody_changed(name: str) -> None:
    """A marked content is known; not so without its mark, with any byte changed, or under another kind of name."""
    content = CONTENTS[name]()
    with_mark = marked(content, name)
    assert is_marked(with_mark, name)
    assert with_mark == marked(content, name)
    assert not is_marked(content, name)
    alike = ("page.html", "picture.svg")  # whose comments have one form
    assert not any(is_marked(with_mark, other) for other in CONTENTS if other != name and {name, other} != {*alike})
    for place in range(0, len(with_mark), max(1, len(with_mark) // 40)):
        changed = with_mark[:place] + bytes([with_mark[place] ^ 1]) + with_mark[place + 1 :]
        if not name.endswith(".xlsx"):  # of a zip file some bytes say nothing
            assert not is_marked(changed, name), place
        else:
            is_marked(changed, name)  # never a traceback
    assert not is_marked(with_mark + b"x", name) or name.endswith(".xlsx")
    assert not is_marked(b"", name)


def test_a_workbook_that_somebody_saved_is_no_longer_ours(tmp_path: Path) -> None:
    """An office's entries are never lost: what a spreadsheet wrote over planner's workbook is not replaced."""
    target = tmp_path / "book.xlsx"
    write_result(target, workbook())
    check_result(target, force=True)
    book = openpyxl.load_workbook(target)
    assert book.properties.identifier.startswith(marks.LABEL)
    book.worksheets[0]["C3"] = "x"
    book.save(target)
    with pytest.raises(InputError, match="was changed since"):
        check_result(target, force=True)


OTHERS = ("roster", "manifest", "folder", "fifo", "link", "dangling", "page of others", "mark edited")


@pytest.mark.parametrize("kind", OTHERS)
def test_force_replaces_no_file_of_others(tmp_path: Path, kind: str) -> None:
    """A roster, a manifest, a folder, a pipe, a link to nothing, somebody's page: --force says no, and all stays."""
    target = tmp_path / "out.html"
    if kind == "folder":
        target.mkdir()
    elif kind == "fifo":
        os.mkfifo(target)
    elif kind in ("link", "dangling"):
        (tmp_path / "roster.csv").write_text("cadre,name\n")
        target.symlink_to(tmp_path / ("roster.csv" if kind == "link" else "nowhere"))
    elif kind == "mark edited":
        target.write_bytes(marked(b"<html/>", target).replace(b"<html/>", b"<html></html>"))
    else:
        texts = {"roster": "cadre,name\n", "manifest": "{}", "page of others": "<html/>"}
        target.write_text(texts[kind])
    before = target.lstat()
    with pytest.raises(InputError, match="not a file that planner wrote"):
        check_result(target, force=True)
    with pytest.raises(InputError, match=r"not a file that planner wrote|appeared"):
        placed(target, lambda path: write_result(path, b"<html>new</html>"), force=True)
    assert target.lstat() == before or kind == "link"
    assert not (tmp_path / "roster.csv").exists() or (tmp_path / "roster.csv").read_text() == "cadre,name\n"


def test_a_table_is_known_by_its_columns(tmp_path: Path) -> None:
    """A table of text has no room for a mark: one with the same first columns is replaced, no other."""
    target = tmp_path / "value.csv"
    target.write_text("rule,where,year\nseats,x,2026\n")
    check_result(target, force=True, columns=("rule", "where", "year"))
    target.write_text("\ufeffrule;where;year;more\r\n")
    check_result(target, force=True, columns=("rule", "where", "year"))
    for text in ("cadre,agency\n", "rule,where\n", "rule,where,years\n", "", "rule where year\n"):
        target.write_text(text)
        with pytest.raises(InputError, match="not a file that planner wrote"):
            check_result(target, force=True, columns=("rule", "where", "year"))


def test_what_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    """A folder that is a file, a disk that is full: refused by the check, which leaves nothing."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        check_result(tmp_path / "file" / "page.html", force=False)
    with pytest.raises(InputError, match="cannot be written"):
        check_result("/proc/nowhere/page.html", force=False)

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        check_result(tmp_path / "page.html", force=False)

    assert in_a_fork(full) == 2
    check_result(tmp_path / "a" / "b" / "page.html", force=False)
    assert names(tmp_path) == ["file"]


def test_a_file_that_appears_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end of the work the result is never thrown away: it is kept elsewhere, and the message says where."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(results.tempfile, "gettempdir", lambda: str(temporary))
    target = tmp_path / "page.html"

    def write(path: Path) -> None:
        write_result(path, b"<html>new</html>")
        if not target.exists():
            target.write_text("somebody's")

    with pytest.raises(InputError, match="appeared while the work was going on") as refused:
        kept_at_the_end(target, lambda place: placed(place, write, force=False))
    (kept,) = temporary.glob("planner-kept-*/page.html")
    assert f"kept in {kept}" in str(refused.value)
    assert kept.read_bytes() == marked(b"<html>new</html>", kept)
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert target.read_text() == "somebody's"
    assert names(tmp_path) == ["page.html", "tmp"]


def test_a_folder_that_goes_meanwhile_and_nowhere_to_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even the temporary files cannot be written that is said, too, and nothing else is lost."""
    monkeypatch.setattr(results.tempfile, "mkdtemp", lambda **named: (_ for _ in ()).throw(OSError(28, "full")))

    def write(path: Path) -> None:
        raise InputError(results.Fault("cannot_write", {"path": path, "reason": "full"}))

    with pytest.raises(InputError, match="it is lost"):
        kept_at_the_end(tmp_path / "page.html", write)


def test_several_files_are_put_in_place_all_or_none_where_one_is_not_ours(tmp_path: Path) -> None:
    """Pictures of which one name is taken by somebody's file: none is replaced."""

    def write(folder: Path) -> None:
        for name in ("a.svg", "b.svg"):
            write_result(folder / name, b"<svg>new</svg>", parents=True)

    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "b.svg").write_text("mine")
    for force in (False, True):
        with pytest.raises(InputError, match=r"appeared|not a file that planner wrote"):
            all_placed(tmp_path / "pictures", write, force=force)
    assert names(tmp_path / "pictures") == ["b.svg"]
    (tmp_path / "pictures" / "b.svg").unlink()
    all_placed(tmp_path / "pictures", write, force=False)
    all_placed(tmp_path / "pictures", write, force=True)
    assert names(tmp_path / "pictures") == ["a.svg", "b.svg"]


# --- who may look ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_nobody_else_may_look_whatever_the_mask(tmp_path: Path, mask: int) -> None:
    """Folders, files and drafts are their owner's alone, whatever the user's mask."""
    before = os.umask(mask)
    seen: list[int] = []
    try:
        with fresh_folder(tmp_path / "a" / "run", force=False, mark=MARK) as draft:
            (draft / "inputs").mkdir()
            (draft / "inputs" / "roster.csv").write_text("names")
            seen += [stat.S_IMODE(path.stat().st_mode) for path in (draft.parent, draft)]
        write_file(tmp_path / "sweep.json", "{}")
        write_result(tmp_path / "b" / "page.html", b"<html/>", parents=True)
        with drafts.scratch_folder() as scratch:
            seen.append(stat.S_IMODE(scratch.stat().st_mode))
    finally:
        os.umask(before)
    assert set(seen) == {0o700}
    for path in tmp_path.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert not scratch.exists()


FIGURES = pd.DataFrame({"rule": ["seats", 'a; b, "c"'], "where": ["=x", "-"], "limit": [1, 2.5]})
EDITS: dict[str, Callable[[bytes], bytes]] = {
    "Windows' line ends": lambda own: own.replace(b"\n", b"\r\n"),
    "a mark before it": lambda own: b"\xef\xbb\xbf" + own,
    "everything quoted": lambda own: own.replace(b"seats", b'"seats"'),
    "semicolons": lambda own: own.replace(b",", b";"),
    "a note behind a row": lambda own: own.replace(b"2.5", b"2.5,ask the office"),
    "a line below": lambda own: own + b"total\n",
    "no last line end": lambda own: own.rstrip(),
    "another encoding": lambda own: own.replace(b"seats", b"gi\xf3i"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_force_replaces_no_table_that_another_program_wrote(tmp_path: Path, edit: str) -> None:
    """A spreadsheet writes rows in its own way, a note makes one longer: the table is no longer as planner wrote it."""
    target, columns = tmp_path / "value.csv", ("rule", "where", "limit")
    for own in (csv_text(FIGURES).encode(), excel_csv(FIGURES), csv_text(FIGURES.iloc[:0]).encode()):
        target.write_bytes(own)
        check_result(target, force=True, columns=columns)
    target.write_bytes(EDITS[edit](csv_text(FIGURES).encode()))
    with pytest.raises(InputError, match="not a file that planner wrote"):
        check_result(target, force=True, columns=columns)
