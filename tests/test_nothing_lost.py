"""Nothing is lost and nothing is left: death and errors at every single step of a write, two writers at once, tidying."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from commands import planner

from planner.common import drafts, exchange, files, marks, results
from planner.common.drafts import LeftOver, is_draft, tidy
from planner.common.errors import InputError
from planner.common.exchange import NoSuchStepError
from planner.common.files import check_replaceable, fresh_folder, write_file
from planner.common.marks import is_marked, marked
from planner.common.results import all_placed, check_result, kept_at_the_end, placed, write_result

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
    with fresh_folder(folder, force=force, mark=MARK, others=("*.csv",)) as draft:
        (draft / "inputs").mkdir()
        for name in (MARK, TABLE, "inputs/roster.csv"):
            (draft / name).write_text(text)


def old_run(folder: Path, text: str = "old") -> Path:
    write_run(folder / "run", force=False, text=text)
    return folder / "run"


def whole(folder: Path) -> str | None:
    """The text of a run folder, the same in all its files; None where there is none."""
    if not folder.exists():
        return None
    found = {(folder / name).read_text() for name in (MARK, TABLE, "inputs/roster.csv")}
    assert len(found) == 1, found
    return found.pop()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=["in one step", "in steps"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel that exchanges two names, and one that does not."""
    if request.param == "in steps":
        monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    return str(request.param)


# --- death and errors at every step ----------------------------------------------------------------------------------


@pytest.mark.parametrize("force", [False, True])
def test_death_at_every_step_loses_nothing(tmp_path: Path, kernel: str, *, force: bool) -> None:
    """A process killed before any call of the system leaves the old folder or the new one, and the next start tidies."""
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
        write_run(place / "run", force=True, text="next")
        assert (names(place), whole(place / "run")) == (["run"], "next")
    assert step > 20


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("force", [False, True])
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


def test_before_the_next_write_it_is_put_back(tmp_path: Path, kernel: str) -> None:
    """The check before a write and the reading of a run put back what a killed process had set aside, in any step."""
    for step in range(1000):
        place = tmp_path / str(step)
        place.mkdir()
        old_run(place)
        status = dying_at(step, lambda place=place: write_run(place / "run", force=True))
        with pytest.raises(InputError, match="already exists"):
            check_replaceable(place / "run", force=False, mark=MARK)
        assert whole(place / "run") in ("old", "new")
        if status == 0:
            break


@pytest.mark.parametrize("force", [False, True])
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


@pytest.mark.parametrize("force", [False, True])
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
            except InputError:
                pass
            else:
                assert not (place / "run" / "thesis.doc").exists()
                continue_ = made[0] >= 10_000
                if not continue_:
                    break
                continue
        assert (place / "run" / "thesis.doc").read_text() == "years of work"
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
