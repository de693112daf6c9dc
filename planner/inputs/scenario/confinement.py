"""Which files a scenario may name: those in its own folder, unless its user says otherwise.

A scenario is often somebody else's. Whatever path stands in it would be read with its reader's rights, and what is
read is told in messages and copied into run folders.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.yaml_tree import Node

MARK = ".planner-folder"
"""An empty file of this name says: scenarios anywhere below may read whatever lies below this folder."""
_anywhere: ContextVar[bool] = ContextVar("anywhere", default=False)
_named: ContextVar[tuple[Path, ...]] = ContextVar("named", default=())


@contextmanager
def outside_allowed(allowed: bool = True) -> Iterator[None]:
    """Inside the block a scenario may name files outside its folder: `--allow-outside` of the commands.

    Parameters
    ----------
    allowed
        Whether it may; what is allowed around the block stays allowed in it.

    Returns
    -------
    context manager
        For `with planner.outside_allowed():`, around any function that reads a scenario by its path.

    Raises
    ------
    TypeError
        It is called with anything else.
    """
    token = _anywhere.set(allowed or _anywhere.get())
    try:
        yield
    finally:
        _anywhere.reset(token)


@contextmanager
def also_inside(files: Iterable[str | Path]) -> Iterator[None]:
    """Inside the block the folders of these files, which the user has named beside, count as the scenario's, too."""
    token = _named.set((*_named.get(), *(folder_of(Path(file)) for file in files)))
    try:
        yield
    finally:
        _named.reset(token)


def folder_of(file: Path) -> Path:
    """The folder that a file may read in, links resolved: its own, or the next one above that holds `MARK`.

    Who writes a scenario cannot lay the mark above it; whoever owns the folder above can, and says with it that all
    below belongs together, such as a scheme with a folder of what-ifs.
    """
    own = _resolved(file.parent)
    return next((folder for folder in (own, *own.parents) if _marked(folder)), own)


def _marked(folder: Path) -> bool:
    """Whether a folder holds the mark: an ordinary file of its user (or of root), no link."""
    try:
        found = (folder / MARK).lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_uid in {getattr(os, "getuid", lambda: found.st_uid)(), 0}


def inside(path: Path, folder: Path | None) -> bool:
    """Whether a path that a scenario names may be read: links resolved it lies in `folder`, or anything is allowed.

    Without a `folder` the scenario is the user's own word, such as a mapping in Python.
    """
    if folder is None or _anywhere.get():
        return True
    target = _resolved(path)
    return any(target.is_relative_to(allowed) for allowed in (folder, *_named.get()))


def check_inside(node: Node, path: Path, folder: Path | None, *, at: str = "", name: str = "") -> None:
    """Refuse a path that stands at a node of a scenario and leads out of the folder, before anything is read of it.

    Raises
    ------
    InputError
        It leads outside.
    """
    if not inside(path, folder):
        raise InputError(outside(node, at=at, name=name or str(node.value)))


def outside(node: Node, *, at: str, name: str) -> Fault:
    """The fault of a path that leads outside."""
    return node.fault((), "outside_folder", at=at, name=name[:200])


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links, a null character: such a path leads nowhere
        return path.absolute()
