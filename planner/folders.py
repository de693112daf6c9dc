"""Folders that appear finished or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import Fault, InputError


@contextmanager
def fresh_folder(folder: str | Path, *, force: bool, mark: str) -> Iterator[Path]:
    """A folder to write into, which stands under the name `folder` only once the block has ended well.

    An existing `folder` is replaced only with `force`, and only if it is empty or holds a file named `mark`: the one
    that every folder of this kind holds, so that a slip of the hand never deletes somebody's documents.

    Raises
    ------
    InputError
        `folder` exists and may not be replaced, or cannot be written.
    """
    target = Path(folder).absolute()
    check_replaceable(target, force=force, mark=mark)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": folder, "reason": error.strerror})) from None
    try:
        yield draft
        draft.chmod(0o777 & ~_umask())
        for path in [*(p for p in draft.rglob("*") if p.is_file()), draft]:
            _flush(path)
        _put_in_place(draft, target)
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": folder, "reason": error.strerror})) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def check_replaceable(folder: str | Path, *, force: bool, mark: str) -> None:
    """Refuse, before any work is done, a `folder` that could not be written in the end."""
    target = Path(folder)
    if not target.exists() and not target.is_symlink():
        return
    if not force:
        raise InputError(Fault("folder_exists", {"folder": folder}))
    if not target.is_dir() or (any(target.iterdir()) and not (target / mark).is_file()):
        raise InputError(Fault("folder_not_ours", {"folder": folder}))


def _put_in_place(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent))
    target.rename(old / target.name)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
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
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        draft.chmod(0o666 & ~_umask())
        draft.replace(target)
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": path, "reason": error.strerror})) from None
    finally:
        if draft != target:
            draft.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
