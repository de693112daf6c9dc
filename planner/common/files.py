"""Folders that appear finished or not at all: written under another name beside their target, then renamed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import Self

from planner.common.departure import leaving
from planner.common.drafts import FILE, FOLDER, draft_file, draft_folder, is_draft, note_finished, restore
from planner.common.errors import Fault, InputError
from planner.common.exchange import place_new, replace
from planner.common.marks import carries_mark, is_marked
from planner.common.os_errors import os_reason
from planner.messages import Sentence

Record = Callable[[Path], Mapping[str, str]]
"""What a folder tells of its own files: name -> SHA-256 as each was written."""
RECORD = ".planner-files"
"""The file with the digests of a folder's files, for those that no mark can tell as they were written."""
COPIES = "inputs"
"""The folder, in that of a run, of the tables that it was made from."""
LONGEST_NAME = 255  # bytes of a file's name, on every common file system
BLOCK = 4096
"""What is written to see whether anything can be written [bytes]."""
MOST_BYTES = 2**30  # of a file in a run folder: a hundred times what the largest province writes
MEGABYTE = 2**20
MOST_JSON = 64 * MEGABYTE
"""Of run.json, and of a file of answers: a hundred times those of a province. What is read of them takes twenty times
as much memory as they do."""


class GivenFile(str):
    """A file in memory: its name, and the content that was given in Python. It is read wherever a path is."""

    __slots__ = ("content",)
    content: bytes

    def __new__(cls, name: str, content: bytes) -> Self:
        """Call a content by a name."""
        made = super().__new__(cls, name)
        made.content = content
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, bytes]]:
        return type(self), (str(self), b"" if leaving() else self.content)


@contextmanager
def fresh_folder(
    folder: str | Path,
    *,
    force: bool,
    mark: str,
    others: Collection[str] = (),
    to_be_edited: bool = False,
    record: Record | None = None,
    not_recorded: Collection[str] | None = None,
) -> Iterator[Path]:
    """A folder to write into, which stands under the name `folder` only once the block has ended well.

    An existing `folder` is replaced only with `force`, and only if it is empty, or holds the file `mark`, as every
    folder of this kind does, and nothing else but `others` (names, * for anything in one folder, a last ** for all
    below one), and of its files none that was changed, as far as a mark, its `record` or the file `RECORD` tells: a
    slip of the hand never deletes somebody's documents. With `to_be_edited` its files are there to be worked in, and
    whatever of them is not as it would be written anew was.

    With `not_recorded` the digests of all files but these are written into `RECORD`.

    Raises
    ------
    InputError
        `folder` exists and may not be replaced, or cannot be written.
    """
    target = followed(folder)
    check_replaceable(target, force=force, mark=mark, others=others, record=record)
    try:
        make_folder(target.parent)
        with draft_folder(target) as held:
            draft = held / target.name
            draft.mkdir(FOLDER)
            yield draft
            if not_recorded is not None:
                _write_record(draft, not_recorded)
            _finish(draft)
            if force:
                anew = _contents(draft) if to_be_edited else None
                replace(draft, target, lambda there: _check_ours(there, folder, mark, others, record, anew))
            else:
                place_new(draft, target)
            note_finished(target)
            flush_folder(target.parent)
    except OSError as error:
        raise InputError(unwritten(folder, target, error)) from None


def unwritten(path: str | Path, target: Path, error: OSError) -> Fault:
    """Why something could not be written under a name."""
    if isinstance(error, FileExistsError) and os.path.lexists(target):
        return Fault("appeared_meanwhile", {"path": path})
    return Fault("cannot_write", {"path": path, "reason": os_reason(error)})


def check_replaceable(
    folder: str | Path, *, force: bool, mark: str, others: Collection[str] = (), record: Record | None = None
) -> None:
    """Refuse, before any work is done, a `folder` that could not be written in the end.

    What a killed process had set aside of it is put back first.

    Raises
    ------
    InputError
        `folder` exists and may not be replaced, or nothing can be written where it is to stand.
    """
    target = followed(folder)
    exists = check_place(folder)
    if not exists:
        return
    if not force:
        raise InputError(Fault("folder_exists", {"folder": folder}))
    with _refused(folder, target):
        _check_ours(target, folder, mark, others, record)


def check_place(path: str | Path) -> bool:
    """Whether something stands under a name; refused if nothing could be written there: a draft is tried.

    Raises
    ------
    InputError
        Nothing can be written there.
    """
    target = followed(path)
    with _refused(path, target):
        restore(target)
        exists = os.path.lexists(target)
        parent = next((above for above in target.parents if above.exists()), target)
        may = parent.is_dir() and os.access(parent, os.W_OK)
    if any(len(os.fsencode(part)) > LONGEST_NAME for part in target.parts):
        raise InputError(Fault("cannot_write", {"path": path, "reason": Sentence("os_name_too_long")}))
    if not may:
        raise InputError(Fault("cannot_write", {"path": path, "reason": Fault("no_room_in", {"folder": parent})}))
    try:
        with draft_file(parent / target.name) as (_, stream):
            stream.write(bytes(BLOCK))
    except OSError as error:
        reason = {"folder": parent, "reason": os_reason(error)}
        raise InputError(Fault("cannot_write", {"path": path, "reason": Fault("no_room_for_reason", reason)})) from None
    return exists


@contextmanager
def _refused(path: str | Path, target: Path) -> Iterator[None]:
    """What the system refuses in the block is told of a path."""
    try:
        yield
    except OSError as error:
        raise InputError(unwritten(path, target, error)) from None
    except ValueError as error:  # a name that the system cannot hold
        raise InputError(Fault("cannot_write", {"path": path, "reason": os_reason(error)})) from None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are not there, closed to others. Raises `OSError`."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise


def followed(path: str | Path) -> Path:
    """A path from the root, and where a link leads; a link to nothing stays one."""
    target = Path(path).absolute()
    try:
        return target.resolve() if target.name in ("", "..") or (target.is_symlink() and target.exists()) else target
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that lead round in a circle
        raise InputError(Fault("cannot_write", {"path": path, "reason": os_reason(error)})) from None


def _own(target: Path) -> Iterator[str]:
    """What stands in a folder, at any depth, without the drafts."""
    held = (path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir())
    return (name for name in held if not is_draft(name))


def _check_ours(
    target: Path,
    folder: str | Path,
    mark: str,
    others: Collection[str],
    record: Record | None = None,
    anew: Mapping[str, bytes] | None = None,
) -> None:
    """Refuse to replace what planner did not write, or what was changed since; `anew` is what would be written."""
    if not target.is_dir() or target.is_symlink() or (not os.path.lexists(target / mark) and any(_own(target))):
        raise InputError(Fault("folder_not_ours", {"folder": folder}))  # before all that it holds is looked through
    held = sorted(_own(target))
    foreign = [name for name in held if not any(_is_called(name, known) for known in (mark, RECORD, *others))]
    if foreign:
        raise InputError(Fault("folder_holds_others", {"folder": folder, "names": ", ".join(foreign[:5])}))
    told = {**_recorded(target), **({} if record is None else record(target))}
    changed = [name for name in held if _was_changed(target / name, name, told.get(name), anew)]
    if changed:
        raise InputError(Fault("folder_holds_changed", {"folder": folder, "names": ", ".join(changed[:5])}))


def _is_called(name: str, known: str) -> bool:
    """Whether a file, told from its folder, is called so: * stands for anything but a folder below."""
    parts, patterns = name.split("/"), known.split("/")
    if patterns[-1] == "**":
        patterns = [*patterns[:-1], *["*"] * (len(parts) - len(patterns) + 1)]
    return len(parts) == len(patterns) and all(map(fnmatch, parts, patterns))


def _was_changed(file: Path, name: str, digest: str | None, anew: Mapping[str, bytes] | None) -> bool:
    """Whether somebody has worked in a file: its mark is not that of what it holds, it has another digest than is told
    of it, or it would be written otherwise.

    Copies of what a run was made from carry no mark.
    """
    if anew is not None:
        return name in anew and not (file.is_file() and content_of(file) == anew[name])
    if digest is not None:
        return not (file.is_file() and sha256(file) == digest)
    marks = carries_mark(name) and COPIES not in name.split("/")
    return marks and not (file.is_file() and is_marked(content_of(file), name))


def _write_record(draft: Path, but: Collection[str]) -> None:
    """Write the digests of all files of a draft but some, as `sha256sum` does."""
    names = sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file())
    lines = [f"{sha256(draft / name)}  {name}\n" for name in names if name not in but]
    (draft / RECORD).write_text("".join(lines), encoding="utf-8")


def _recorded(folder: Path) -> dict[str, str]:
    """What `RECORD` tells of the files of a folder; nothing where it is not there, or is none."""
    file = folder / RECORD
    if not file.is_file():
        return {}
    lines = content_of(file, MOST_JSON).decode("utf-8", "replace").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}


def _contents(draft: Path) -> dict[str, bytes]:
    return {path.relative_to(draft).as_posix(): path.read_bytes() for path in draft.rglob("*") if path.is_file()}


def _finish(draft: Path) -> None:
    """Close a finished draft to others, and have the disk hold it."""
    for path in [*draft.rglob("*"), draft]:
        if not path.is_symlink():
            path.chmod(FOLDER if path.is_dir() else FILE)
            flush(path)


def flush_folder(folder: Path) -> None:
    """Have the disk hold the new names in a folder, where the system can: what is written stands there in any case."""
    with suppress(OSError):
        flush(folder)


def flush(path: Path) -> None:
    """Have the disk hold what was written. Windows flushes only files, and only those open for writing."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path: str | Path, text: str, *, shared: bool = False) -> None:
    """Write a text file whole or not at all, as `write_bytes` does.

    Raises
    ------
    InputError
        It cannot be written.
    """
    write_bytes(path, text.encode(), shared=shared)


def write_bytes(path: str | Path, content: bytes, *, parents: bool = False, shared: bool = False) -> None:
    """Write a file whole or not at all, in the place of what stands there. Raises as `write_file` does.

    Parameters
    ----------
    parents
        Make its folders, too.
    shared
        Let the user's mask say who may read it; else only its owner may.
    """
    target = Path(path).absolute()
    try:
        if parents:
            make_folder(target.parent)
        with draft_file(target) as (draft, stream):
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            draft.chmod(0o666 & ~_umask() if shared else FILE)
            if os.name == "nt":
                stream.close()
            draft.replace(target)
            flush_folder(target.parent)
    except OSError as error:
        raise InputError(Fault("cannot_write", {"path": path, "reason": os_reason(error)})) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def content_of(file: str | Path, most: int = MOST_BYTES) -> bytes:
    """What stands in a file, or was given as one; `most` is how large it may be [bytes].

    Raises
    ------
    InputError
        It is a pipe or a device, which may never end, or larger than any file of its kind that is written here.
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
        if found.st_size > most:
            raise InputError(Fault("larger_than", {"limit": most // MEGABYTE}, file))
        return stream.read()


def sha256(file: str | Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content_of(file)).hexdigest()
