"""Files that are handed to people: marked as planner's, put in nobody else's place, and never lost at the end."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace as replace_field
from pathlib import Path
from typing import TypeVar

from planner.common.drafts import FILE, draft_folder, note_finished
from planner.common.errors import Fault, InputError
from planner.common.exchange import place_new, replace
from planner.common.files import check_place, flush, flush_folder, followed, make_folder, unwritten, write_bytes
from planner.common.marks import has_columns, is_as_written, is_marked, marked

T = TypeVar("T")
LOST = {
    "cannot_write",
    "appeared_meanwhile",
    "folder_exists",
    "file_not_ours",
    "folder_not_ours",
    "folder_holds_others",
    "folder_holds_changed",
}
"""Faults at the end of the work that would lose its result."""


def write_result(path: str | Path, content: bytes, *, parents: bool = False) -> None:
    """Write a file for people, marked as planner's, whole or not at all, with `parents` its folders, too.

    Raises
    ------
    InputError
        It cannot be written.
    """
    write_bytes(path, marked(content, path), parents=parents)


def check_result(path: str | Path, *, force: bool, columns: Sequence[str] = ()) -> None:
    """Refuse, before any work is done, a file that could not be written in the end.

    Parameters
    ----------
    force
        Replace what is there, if planner wrote it and nobody has changed it since.
    columns
        Of a table of text those that come first: it carries no other mark.

    Raises
    ------
    InputError
        It is there, and `force` is not said or it is not planner's; or nothing can be written there.
    """
    if not check_place(path):
        return
    if not force:
        raise InputError(Fault("folder_exists", {"folder": path}))
    _check_ours(followed(path), path, columns)


def placed(path: Path, write: Callable[[Path], T], *, force: bool, columns: Sequence[str] = ()) -> T:
    """Have a file written beside its place, and put it there, if nothing stands there that must not be replaced.

    Parameters
    ----------
    write
        Writes it under the path that it is given; its answer is handed back.
    force, columns
        As `check_result` takes them.

    Raises
    ------
    InputError
        It cannot be written, or by now something stands there that must not be replaced.
    """
    target = followed(path)
    with _drafted(path, target) as draft:
        found = write(draft)
        _place(draft, target, path, force=force, columns=columns)
    return found


def all_placed(folder: Path, write: Callable[[Path], T], *, force: bool) -> T:
    """Have files written beside a folder, and put each into it, once none is in another's place. Raises as `placed`."""
    target = followed(folder)
    with _drafted(folder, target) as draft:
        found = write(draft)
        made = sorted(path for path in draft.rglob("*") if path.is_file())
        places = {path: target / path.relative_to(draft) for path in made}
        for place in filter(os.path.lexists, places.values()):
            if not force:
                raise InputError(Fault("appeared_meanwhile", {"path": place}))
            _check_ours(place, place, ())
        for path, place in places.items():
            _place(path, place, place, force=force, columns=())
    return found


@contextmanager
def _drafted(path: Path, target: Path) -> Iterator[Path]:
    """Where to write what is to stand at a path; faults speak of that path."""
    try:
        make_folder(target.parent)
        with draft_folder(target) as held:
            yield held / target.name
    except OSError as error:
        raise InputError(unwritten(path, target, error)) from None
    except InputError as error:
        told = {"path": path}
        raise InputError(
            replace_field(fault, values={**fault.values, **told}) if fault.key == "cannot_write" else fault
            for fault in error.faults
        ) from None


def kept_at_the_end(path: Path, write: Callable[[Path], T]) -> T:
    """Have a result written; where it cannot be, have it written to a temporary place, and say where.

    Raises
    ------
    InputError
        Why it could not be written, and where it is.
    """
    try:
        return write(path)
    except InputError as error:
        if not any(fault.key in LOST for fault in error.faults):
            raise
        kept = _kept(path, write)
        raise InputError([*error.faults, kept]) from None


def _kept(path: Path, write: Callable[[Path], object]) -> Fault:
    for folder in dict.fromkeys((Path(tempfile.gettempdir()), Path.home(), Path.cwd())):
        try:
            place = Path(tempfile.mkdtemp(prefix="planner-kept-", dir=folder)) / (path.name or "result")
        except OSError:
            continue
        try:
            write(place)
        except (OSError, InputError):
            shutil.rmtree(place.parent, ignore_errors=True)
            continue
        return Fault("kept_elsewhere", {"place": place})
    return Fault("kept_nowhere")


def _place(draft: Path, target: Path, path: str | Path, *, force: bool, columns: Sequence[str]) -> None:
    try:
        make_folder(target.parent)
        draft.chmod(FILE)
        flush(draft)
        if force:
            replace(draft, target, lambda there: _check_ours(there, path, columns, target.name))
        else:
            place_new(draft, target)
    except OSError as error:
        raise InputError(unwritten(path, target, error)) from None
    note_finished(target)
    flush_folder(target.parent)


def _check_ours(file: Path, path: str | Path, columns: Sequence[str], name: str | None = None) -> None:
    """Refuse what planner did not write under a name, or what was changed since."""
    try:
        plain = stat.S_ISREG(file.lstat().st_mode)
        content = file.read_bytes() if plain else b""
    except OSError as error:
        raise InputError(unwritten(path, file, error)) from None
    table = has_columns(content, columns) and is_as_written(content)
    if not plain or not (table or is_marked(content, name or file.name)):
        raise InputError(Fault("file_not_ours", {"path": path}))
