"""Drafts: what is being written, beside its target, held by a lock while its process lives; and those of dead ones."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from planner.common.exchange import ASIDE, put_back

if sys.platform != "win32":
    import fcntl

S = TypeVar("S")
PART, MINE = ".part", ".planner-"
NAME = re.compile(rf"\..*{re.escape(MINE)}[a-z0-9_]{{8}}{re.escape(PART)}")
"""What drafts are called: nobody else calls a file so."""
FOLDER, FILE = 0o700, 0o600
"""What others may do with anything that is written: nothing, whatever the user's mask."""
finished: list[Path] = []
"""What this process has put in its place."""
_at_work: set[Path] = set()


@dataclass(frozen=True)
class LeftOver:
    """What a process that was killed left behind.

    Attributes
    ----------
    path
        The draft.
    put_back
        What it had set aside, and stands under its name again.
    removed
        Whether the draft is gone; not so where the system refuses, or cannot tell whether its process lives.
    """

    path: Path
    put_back: tuple[Path, ...]
    removed: bool


@contextmanager
def draft_folder(target: Path) -> Iterator[Path]:
    """A folder beside `target` that nobody else may look into, in which to write it; it goes when the block ends.

    Raises
    ------
    OSError
        The system refuses.
    """
    with _held(target.parent, target.name) as folder:
        yield folder


@contextmanager
def draft_file(target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside `target`, open for writing; it goes when the block ends, unless it was renamed.

    Raises
    ------
    OSError
        The system refuses.
    """
    path, stream, handle = _made(lambda: _new_file(target))
    try:
        with stream:
            yield path, stream
    finally:
        _gone(path, handle)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder among the system's temporary ones, which goes when the block ends, or planner is interrupted."""
    with _held(Path(tempfile.gettempdir()), "scratch") as folder:
        yield folder


@contextmanager
def _held(parent: Path, name: str) -> Iterator[Path]:
    path, _, handle = _made(lambda: (_new_folder(parent, name), None))
    try:
        yield path
    finally:
        _gone(path, handle)


def _new_file(target: Path) -> tuple[Path, BinaryIO]:
    number, name = tempfile.mkstemp(prefix=f".{target.name[:40]}{MINE}", suffix=PART, dir=target.parent)
    return Path(name), os.fdopen(number, "wb")


def _new_folder(parent: Path, name: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f".{name[:40]}{MINE}", suffix=PART, dir=parent))


def _made(make: Callable[[], tuple[Path, S]]) -> tuple[Path, S, int]:
    """A new draft and the handle by which it is held. One that was taken for a left-over meanwhile is made again."""
    while True:
        path, stream = make()
        _at_work.add(path)
        try:
            handle = _lock(path)
        except BaseException:
            _gone(path, None)
            raise
        if handle is not None:
            return path, stream, handle
        _at_work.discard(path)


def _gone(path: Path, handle: int | None) -> None:
    """Take a draft away, if it still stands under its name, and let go of it; what was set aside goes back first."""
    try:
        _remove(path)
    finally:
        _at_work.discard(path)
        if handle is not None:
            with suppress(OSError):
                os.close(handle)


def _remove(path: Path) -> tuple[Path, ...]:
    """Put back what was set aside in a draft, and take it away, as far as the system lets; what was put back."""
    put: list[Path] = []
    with suppress(OSError):
        put = put_back(path)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return tuple(put)


def note_finished(path: Path) -> None:
    """Remember what stands in its place by now, for the case that the process is interrupted; a part of a draft not."""
    if not is_draft(path):
        finished.append(path)


def remove_drafts() -> None:
    """Take away what is at work, before the process ends without finishing it; what was set aside goes back."""
    for path in [*_at_work]:
        _remove(path)


def is_draft(path: Path | str) -> bool:
    """Whether a path is a draft, or lies in one."""
    return any(NAME.fullmatch(part) for part in Path(path).parts)


def tidy(folder: Path, *, below: bool = False) -> list[LeftOver]:
    """Put back what dead processes had set aside in a folder, and take their drafts away; never those of live ones.

    Parameters
    ----------
    folder
        Where to look; links are not followed.
    below
        Look in the folders below, too.
    """
    return [found for draft in _drafts(folder, below=below) if (found := _cleared(draft)) is not None]


def restore(target: Path) -> bool:
    """Put back what a dead process had set aside of this name alone; whether it did."""
    if os.path.lexists(target):
        return False
    for draft in _drafts(target.parent, below=False):
        if os.path.lexists(draft / ASIDE / target.name):
            with _of_the_dead(draft) as dead, suppress(OSError):
                if dead and target in put_back(draft):
                    return True
    return False


def _drafts(folder: Path, *, below: bool) -> list[Path]:
    """The drafts in a folder, in order; a folder that cannot be read holds none."""
    found: list[Path] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    for entry in entries:
        if NAME.fullmatch(entry.name) and not entry.is_symlink():
            found.append(Path(entry.path))
        elif below and entry.is_dir(follow_symlinks=False):
            found += _drafts(Path(entry.path), below=True)
    return found


def _cleared(draft: Path) -> LeftOver | None:
    """Take a left-over away; None if a live process holds it."""
    with _of_the_dead(draft) as dead:
        if dead is False:
            return None
        put = _remove(draft) if dead else ()
        return LeftOver(draft, put, not os.path.lexists(draft))


@contextmanager
def _of_the_dead(draft: Path) -> Iterator[bool | None]:
    """Whether no process holds a draft; in the block none can, if so. None where the system does not tell.

    One that has just been made and is not held yet is made again by its maker.
    """
    if sys.platform == "win32":
        yield None
        return
    try:
        handle = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        yield False
        return
    except OSError:
        yield None
        return
    try:
        yield _locked(handle)
    finally:
        os.close(handle)


def _locked(handle: int) -> bool | None:
    """Lock an open file or folder; False if another process has, None where there are no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _lock(path: Path) -> int | None:
    """Hold a draft while this process lives; None if it has been taken away. A system without locks holds nothing."""
    if sys.platform == "win32":
        return os.open(os.devnull, os.O_RDONLY)
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    held = False
    try:
        locked = _locked(handle)
        held = locked is None or (locked and _is_still(path, handle))
    finally:
        if not held:
            os.close(handle)
    return handle if held else None


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
