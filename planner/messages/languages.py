"""Which language is spoken: each thread and each asynchronous task has its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

LANGUAGES = ("en", "vi")


def preferred_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of `PLANNER_LANG`, else of the machine's locale, else English."""
    for name in ("PLANNER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


_spoken: ContextVar[str] = ContextVar("language", default=preferred_language())


def language() -> str:
    """The language spoken here and now: "en" or "vi"."""
    return _spoken.get()


def speak(name: str) -> None:
    """Speak `name` ("en" or "vi") from now on, in this thread or task."""
    _spoken.set(name)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak `name` inside the block, in this thread or task. A new thread speaks the preferred language."""
    before = _spoken.set(name)
    try:
        yield
    finally:
        _spoken.reset(before)
