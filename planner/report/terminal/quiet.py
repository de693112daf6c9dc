"""Whether progress is kept silent: `--quiet` on commands that show it by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_quiet: list[bool] = []


@contextmanager
def quietly() -> Iterator[None]:
    """Inside the block nothing shows progress."""
    _quiet.append(True)
    try:
        yield
    finally:
        _quiet.pop()


def is_quiet() -> bool:
    """Whether progress is to be kept silent."""
    return bool(_quiet)
