"""Every sentence planner says, in English and Vietnamese; a module of this folder per room that speaks.

A catalogue maps a key to (English, Vietnamese); `{blanks}` are those of `str.format`. `tests/test_words.py` holds
that both languages are there with the same blanks.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

LANGUAGES = ("en", "vi")


def preferred_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of `PLANNER_LANG`, else of the machine's locale, else English."""
    for name in ("PLANNER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


_language: ContextVar[str] = ContextVar("language", default=preferred_language())


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All sentences, key -> (English, Vietnamese)."""
    words: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(__path__):
        words |= importlib.import_module(f"{__name__}.{module.name}").WORDS
    return words


def language() -> str:
    """The language spoken now: "en" or "vi"."""
    return _language.get()


def speak(name: str) -> None:
    """Speak `name` ("en" or "vi") from now on."""
    _language.set(name)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak `name` inside the block."""
    token = _language.set(name)
    try:
        yield
    finally:
        _language.reset(token)


def say(key: str, **values: object) -> str:
    """The sentence `key` in the language spoken now, its blanks filled."""
    return catalogue()[key][LANGUAGES.index(language())].format(**values)


def localised(text: str | Mapping[str, str] | None, otherwise: str = "") -> str:
    """A text of a scenario ("..." or {en: "...", vi: "..."}) in the language spoken now."""
    if text is None:
        return otherwise
    if isinstance(text, str):
        return text
    return text.get(language()) or next(iter(text.values()), otherwise)
