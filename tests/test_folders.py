"""Folders appear finished or not at all, and nothing that is not planner's is ever replaced."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from planner.common.errors import InputError
from planner.common.files import check_replaceable, fresh_folder, write_file

MARK = "run.json"


pytestmark = pytest.mark.usefixtures("english")


def old_run(folder: Path) -> Path:
    run = folder / "run"
    run.mkdir()
    (run / MARK).write_text("old")
    (run / "left-over.csv").write_text("old")
    return run


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_stands_under_its_name_only_when_finished(tmp_path: Path) -> None:
    """While the block runs there is nothing under the name; afterwards there is all of it, and nothing beside it."""
    run = tmp_path / "run"
    with fresh_folder(run, force=False, mark=MARK) as draft:
        (draft / MARK).write_text("new")
        (draft / "inputs").mkdir()
        (draft / "inputs" / "roster.csv").write_text("cadre")
        assert not run.exists()
    assert names(tmp_path) == ["run"]
    assert names(run) == ["inputs", MARK]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    """`--out a/b/run` makes a and b."""
    with fresh_folder(tmp_path / "a" / "b" / "run", force=False, mark=MARK):
        pass
    assert (tmp_path / "a" / "b" / "run").is_dir()


@pytest.mark.parametrize("trouble", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_inside_leaves_nothing(tmp_path: Path, trouble: type[BaseException]) -> None:
    """Whatever goes wrong inside the block, neither the folder nor its draft is left."""
    with pytest.raises(trouble), fresh_folder(tmp_path / "run", force=False, mark=MARK) as draft:
        (draft / MARK).write_text("half")
        raise trouble
    assert names(tmp_path) == []


def test_an_error_inside_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    """A replacement that fails costs nothing of what was there."""
    run = old_run(tmp_path)
    with pytest.raises(ValueError), fresh_folder(run, force=True, mark=MARK, others=["left*"]) as draft:
        (draft / MARK).write_text("half")
        raise ValueError
    assert names(tmp_path) == ["run"]
    assert names(run) == ["left-over.csv", MARK]
    assert (run / MARK).read_text() == "old"


def test_a_killed_process_leaves_no_folder_that_looks_finished(tmp_path: Path) -> None:
    """A process that is killed inside the block leaves nothing under the name."""
    script = (
        "import os, signal\n"
        "from planner.common.files import fresh_folder\n"
        f"with fresh_folder({str(tmp_path / 'run')!r}, force=False, mark='run.json') as draft:\n"
        "    (draft / 'run.json').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[1], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not (tmp_path / "run").exists()


def test_an_existing_folder_needs_force(tmp_path: Path) -> None:
    """Without force an existing folder is refused, before any work and without a change."""
    run = old_run(tmp_path)
    with pytest.raises(InputError, match="already exists; --force replaces it"):
        check_replaceable(run, force=False, mark=MARK)
    with pytest.raises(InputError, match="already exists"), fresh_folder(run, force=False, mark=MARK):
        pytest.fail("the block must not be entered")
    assert (run / MARK).read_text() == "old"


def test_force_replaces_a_folder_of_ours_whole(tmp_path: Path) -> None:
    """With force the old folder goes, every file of it; unless it holds what was never ours."""
    run = old_run(tmp_path)
    with pytest.raises(InputError, match=r"left-over\.csv"), fresh_folder(run, force=True, mark=MARK):
        pytest.fail("the block must not be entered")
    with fresh_folder(run, force=True, mark=MARK, others=["*.csv"]) as draft:
        (draft / MARK).write_text("new")
    assert names(tmp_path) == ["run"]
    assert names(run) == [MARK]
    assert (run / MARK).read_text() == "new"


def test_force_fills_an_empty_folder(tmp_path: Path) -> None:
    """An empty folder holds nothing that could be lost."""
    (tmp_path / "run").mkdir()
    with fresh_folder(tmp_path / "run", force=True, mark=MARK) as draft:
        (draft / MARK).write_text("new")
    assert names(tmp_path / "run") == [MARK]


@pytest.mark.parametrize("kind", ["documents", "file", "link to nothing"])
def test_force_never_replaces_what_is_not_ours(tmp_path: Path, kind: str) -> None:
    """A folder without planner's mark, a file, a dangling link: --force does not touch them."""
    place = tmp_path / "run"
    if kind == "documents":
        place.mkdir()
        (place / "thesis.doc").write_text("years of work")
    elif kind == "file":
        place.write_text("years of work")
    else:
        place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="not a folder that planner wrote"), fresh_folder(place, force=True, mark=MARK):
        pytest.fail("the block must not be entered")
    assert place.is_symlink() or place.exists()
    assert kind != "documents" or (place / "thesis.doc").read_text() == "years of work"


def test_what_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    """A place below a file is told as one that cannot be written, without a traceback."""
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(InputError, match="cannot be written"),
        fresh_folder(tmp_path / "file" / "run", force=False, mark=MARK),
    ):
        pytest.fail("the block must not be entered")
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path / "file" / "table.csv", "text")


def test_what_is_written_for_everybody_gets_the_rights_of_the_mask(tmp_path: Path) -> None:
    """A file that is said to be shared gets the rights that the user's mask gives; any other is its owner's alone."""
    before = os.umask(0o022)
    try:
        write_file(tmp_path / "reference.md", "text", shared=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "reference.md").stat().st_mode) == 0o644


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """A file that is written again holds the new text only, in UTF-8 and with the line ends it was given."""
    write_file(tmp_path / "table.csv", "a long old text")
    write_file(tmp_path / "table.csv", "tên\n")
    assert (tmp_path / "table.csv").read_bytes() == "tên\n".encode()
    assert names(tmp_path) == ["table.csv"]


def test_a_text_that_cannot_be_written_leaves_no_draft(tmp_path: Path) -> None:
    """A write that fails half-way leaves the old file, and no draft beside it."""
    write_file(tmp_path / "table.csv", "old")
    with pytest.raises(UnicodeEncodeError):
        write_file(tmp_path / "table.csv", "half of it \ud800")
    assert names(tmp_path) == ["table.csv"]
    assert (tmp_path / "table.csv").read_text() == "old"
