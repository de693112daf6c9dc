"""Whether something is being made ready for another machine: then it leaves at home what names persons."""

from __future__ import annotations

import pickle
from contextvars import ContextVar
from typing import Any

_leaving: ContextVar[bool] = ContextVar("leaving", default=False)


def leaving() -> bool:
    """Whether what is pickled here and now goes to another machine."""
    return _leaving.get()


def pickled_to_leave(task: Any) -> bytes:
    """A task as a pickle for another machine."""
    before = _leaving.set(True)
    try:
        return pickle.dumps(task)
    finally:
        _leaving.reset(before)
