"""One name takes another's place in one step of the kernel; where it has no such step, in steps that are undone.

References
----------
renameat2(2) of Linux 3.15: RENAME_NOREPLACE, RENAME_EXCHANGE.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

NO_REPLACE, EXCHANGE = 1, 2
AT_FDCWD = -100
UNKNOWN_HERE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
"""What a kernel or a file system answers that has no such step."""
TAKEN = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR}
"""What a plain renaming answers where the name is taken."""
ASIDE = ".old"
"""The folder, in that of a draft, where what is replaced lies meanwhile if two names cannot be exchanged."""

Ours = Callable[[Path], None]
"""Refuses, with an `InputError`, what must not be replaced."""


class NoSuchStepError(Exception):
    """The kernel or the file system cannot do that in one step."""


def place_new(draft: Path, target: Path) -> None:
    """Give a draft its name, if nothing stands there.

    Raises
    ------
    FileExistsError
        Something stands there; it is untouched.
    OSError
        The system refuses.
    """
    try:
        rename_in_one_step(draft, target, NO_REPLACE)
    except NoSuchStepError:
        _place_new_in_steps(draft, target)


def replace(draft: Path, target: Path, ours: Ours) -> None:
    """Put a draft in the place of what stands there; that lies under the draft's name, or beside it, afterwards.

    At every moment either of them stands under the name, where the kernel can exchange two names; else what was there
    lies in the folder `ASIDE` beside the draft for a moment, from where `put_back` takes it.

    Raises
    ------
    InputError
        What stands there by now must not be replaced; it is still there.
    OSError
        The system refuses; what was there is still there.
    """
    while True:
        try:
            place_new(draft, target)
        except FileExistsError:
            ours(target)
        else:
            return
        try:
            rename_in_one_step(draft, target, EXCHANGE)
        except FileNotFoundError:
            if not os.path.lexists(draft):
                raise
            continue  # it went meanwhile
        except NoSuchStepError:
            _replace_in_steps(draft, target, ours)
            return
        try:
            ours(draft)
        except BaseException:  # another came there after it was looked at
            rename_in_one_step(draft, target, EXCHANGE)
            raise
        return


def put_back(folder: Path) -> list[Path]:
    """Give what was set aside beside a draft in `folder` its name again, if nothing stands there; what was put back."""
    aside = folder / ASIDE
    put = []
    for old in sorted(aside.iterdir()) if aside.is_dir() and not aside.is_symlink() else ():
        target = folder.parent / old.name
        try:
            place_new(old, target)
        except FileExistsError:
            continue
        put.append(target)
    return put


def rename_in_one_step(source: Path, target: Path, flag: int) -> None:
    """`renameat2` with a flag. Raises `NoSuchStepError` where there is none, and `OSError`."""
    step = _renameat2()
    if step is None:
        raise NoSuchStepError
    if step(AT_FDCWD, os.fsencode(source), AT_FDCWD, os.fsencode(target), flag) == 0:
        return
    number = ctypes.get_errno()
    if number in UNKNOWN_HERE:
        raise NoSuchStepError
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@cache
def _renameat2() -> Any:
    """The function of the system's library; None where it has none."""
    if os.name == "nt":
        return None
    try:
        step = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    step.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return step


def _place_new_in_steps(draft: Path, target: Path) -> None:
    """A folder is never renamed onto one that holds anything; a file gets a second name only where it is free."""
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    if draft.is_dir():
        try:
            draft.rename(target)
        except OSError as error:
            if error.errno in TAKEN:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
            raise
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system on which a file has one name
        draft.rename(target)
        return
    draft.unlink(missing_ok=True)


def _replace_in_steps(draft: Path, target: Path, ours: Ours) -> None:
    """A file in one step; a folder is set aside first, and put back if anything goes wrong."""
    if not draft.is_dir():
        draft.replace(target)
        return
    aside = draft.parent / ASIDE
    aside.mkdir(exist_ok=True)
    target.rename(aside / target.name)
    try:
        ours(aside / target.name)
        place_new(draft, target)
    except BaseException:
        put_back(draft.parent)
        raise
