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
from functools import cache

LANGUAGES = ("en", "vi")


def preferred_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of `PLANNER_LANG`, else of the machine's locale, else English."""
    for name in ("PLANNER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name, ""):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


_spoken = [preferred_language()]  # of the whole process: threads speak as their user does


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All sentences, key -> (English, Vietnamese)."""
    words: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(__path__):
        words |= importlib.import_module(f"{__name__}.{module.name}").WORDS
    return words


def language() -> str:
    """The language spoken now: "en" or "vi"."""
    return _spoken[-1]


def speak(name: str) -> None:
    """Speak `name` ("en" or "vi") from now on."""
    _spoken[-1] = name


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak `name` inside the block."""
    _spoken.append(name)
    try:
        yield
    finally:
        _spoken.pop()


def say(key: str, **values: object) -> str:
    """The sentence `key` in the language spoken now, its blanks filled."""
    return catalogue()[key][LANGUAGES.index(language())].format(**values)


def known(key: str) -> bool:
    """Whether there is a sentence `key`."""
    return key in catalogue()


def localised(text: str | Mapping[str, str] | None, otherwise: str = "") -> str:
    """A text of a scenario ("..." or {en: "...", vi: "..."}) in the language spoken now."""
    if text is None:
        return otherwise
    if isinstance(text, str):
        return text
    return text.get(language()) or next(iter(text.values()), otherwise)


def figure(value: float, digits: int | None = None) -> str:
    """A number as the language spoken now writes it: thousands apart, a decimal comma in Vietnamese."""
    text = f"{value:,}" if digits is None else f"{value:,.{digits}f}"
    whole, _, decimals = text.partition(".")
    whole = whole.replace(",", "\N{NO-BREAK SPACE}")
    return whole + ({"en": ".", "vi": ","}[language()] + decimals if decimals else "")
