"""Folders that appear finished or not at all: written under another name beside their target, then renamed."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Self

from planner.common.errors import Fault, InputError
from planner.common.os_errors import os_reason
from planner.messages import Sentence

LONGEST_NAME = 255  # bytes of a file's name, on every common file system
MOST_BYTES = 2**30  # of a file in a run folder: a hundred times what the largest province writes
_drafts: set[Path] = set()


class GivenFile(str):
    """A file in memory: its name, and the content that was given in Python. It is read wherever a path is."""

    __slots__ = ("content",)
    content: bytes

    def __new__(cls, name: str, content: bytes) -> Self:
        """Call a content by a name."""
        made = super().__new__(cls, name)
        made.content = content
        return made

    def __getnewargs__(self) -> tuple[str, bytes]:  # type: ignore[override]
        return str(self), self.content


def remove_drafts() -> None:
    """Take away the folders at work, before the process ends without finishing them."""
    for draft in _drafts:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def fresh_folder(folder: str | Path, *, force: bool, mark: str, others: Collection[str] = ()) -> Iterator[Path]:
    """A folder to write into, which stands under the name `folder` only once the block has ended well.

    An existing `folder` is replaced only with `force`, and only if it is empty, or holds the file `mark`, as every
    folder of this kind does, and nothing else but `others` (names, * for anything): a slip of the hand never deletes
    somebody's documents.

    Raises
    ------
    InputError
        `folder` exists and may not be replaced, or cannot be written.
    """
    target = Path(folder).absolute()
    check_replaceable(target, force=force, mark=mark, others=others)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": folder, "reason": os_reason(error)})) from None
    _drafts.add(draft)
    try:
        yield draft
        draft.chmod(0o777 & ~_umask())
        for path in [*(p for p in draft.rglob("*") if p.is_file()), draft]:
            _flush(path)
        _move(draft, target)
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": folder, "reason": os_reason(error)})) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        _drafts.discard(draft)


def check_replaceable(folder: str | Path, *, force: bool, mark: str, others: Collection[str] = ()) -> None:
    """Refuse, before any work is done, a `folder` that could not be written in the end."""
    target = Path(folder).absolute()
    try:
        exists = target.exists() or target.is_symlink()
        parent = next((above for above in target.parents if above.exists()), target)  # of / itself
    except (OSError, ValueError) as error:
        raise InputError(Fault("cannot_write", {"path": folder, "reason": os_reason(error)})) from None
    if any(len(os.fsencode(part)) > LONGEST_NAME for part in target.parts):
        raise InputError(Fault("cannot_write", {"path": folder, "reason": Sentence("os_name_too_long")}))
    if not (parent.is_dir() and os.access(parent, os.W_OK)):
        raise InputError(Fault("cannot_write", {"path": folder, "reason": Fault("no_room_in", {"folder": parent})}))
    if not exists:
        return
    if not force:
        raise InputError(Fault("folder_exists", {"folder": folder}))
    if not target.is_dir() or (any(target.iterdir()) and not os.path.lexists(target / mark)):
        raise InputError(Fault("folder_not_ours", {"folder": folder}))  # before all that it holds is looked through
    held = [path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()]
    foreign = sorted(name for name in held if not any(fnmatch(name, own) for own in (mark, *others)))
    if foreign:
        raise InputError(Fault("folder_holds_others", {"folder": folder, "names": ", ".join(foreign[:5])}))


def check_new(path: str | Path, *, force: bool) -> None:
    """Refuse a file that is already there, unless `force`."""
    if Path(path).exists() and not force:
        raise InputError(Fault("folder_exists", {"folder": path}))


def _move(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent))
    target.rename(old / target.name)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _flush(path: Path) -> None:
    """Have the disk hold what was written. Windows flushes only files, and only those open for writing."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_file(path: str | Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises
    ------
    InputError
        It cannot be written.
    """
    write_bytes(path, text.encode())


def write_bytes(path: str | Path, content: bytes, *, parents: bool = False) -> None:
    """Write a file whole or not at all, with `parents` its folders, too. Raises as `write_file` does."""
    target = Path(path).absolute()
    draft = target
    try:
        if parents:
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(target)
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": path, "reason": os_reason(error)})) from None
    finally:
        if draft != target:
            draft.unlink(missing_ok=True)


def content_of(file: str | Path) -> bytes:
    """What stands in a file, or was given as one.

    Raises
    ------
    InputError
        It is a pipe or a device, which may never end, or larger than any file that is written here.
    OSError
        It cannot be read.
    """
    if isinstance(file, GivenFile):
        return file.content
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise InputError(Fault("not_a_file", {}, file))
        if found.st_size > MOST_BYTES:
            raise InputError(Fault("too_large", {}, file))
        return stream.read()


def sha256(file: str | Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content_of(file)).hexdigest()
