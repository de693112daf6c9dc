"""The catalogue of sentences, and how one of them is said."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from planner.messages.control_characters import visible
from planner.messages.languages import LANGUAGES, language, speaking
from planner.messages.numbers import counted, percentage


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """All sentences, key -> (English, Vietnamese): the `WORDS` of every module of this folder that has some."""
    words: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        words |= getattr(importlib.import_module(f"planner.messages.{module.name}"), "WORDS", {})
    return words


class _Blanks(Formatter):
    """Fills blanks as `str.format` does, `{starts:# start|# starts}` with a counted noun, `{share:%}` in per cent."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        if "#" in format_spec or "|" in format_spec:
            return counted(value, format_spec)
        if format_spec == "%":
            return percentage(value)
        return super().format_field(value, format_spec)


_BLANKS = _Blanks()


def say(key: str, **values: object) -> str:
    """The sentence `key` in the language spoken now, its blanks filled."""
    text, blanks = _sentence(key, language())
    return visible(_BLANKS.vformat(text, (), values)) if blanks else text


def in_each_language(key: str, **values: object) -> dict[str, str]:
    """The sentence `key` as a text of a scenario, {en: "...", vi: "..."}: the same whichever language is spoken now."""
    told: dict[str, str] = {}
    for name in LANGUAGES:
        with speaking(name):
            told[name] = say(key, **values)
    return told


@cache
def _sentence(key: str, spoken: str) -> tuple[str, bool]:
    """A sentence, and whether it has blanks; most of a page's have none, and are said a hundred thousand times."""
    text = catalogue()[key][LANGUAGES.index(spoken)]
    blanks = "{" in text or "}" in text
    return (text if blanks else visible(text)), blanks


@dataclass(frozen=True)
class Sentence:
    """A sentence that is not said yet: its text is in the language spoken where it is shown.

    `key` names it in the catalogue, `values` fill its blanks; a value may be such a sentence, too.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.key, **self.values)


@dataclass(frozen=True)
class Titles:
    """Texts of a scenario that are not told yet: (text, what stands for it where there is none), one or several."""

    texts: Sequence[tuple[str | Mapping[str, str] | None, str]]

    def __str__(self) -> str:
        return "; ".join(localised(text, otherwise) for text, otherwise in self.texts)


def known(key: str) -> bool:
    """Whether there is a sentence `key`."""
    return key in catalogue()


def localised(text: str | Mapping[str, str] | None, otherwise: str = "") -> str:
    """A text of a scenario ("..." or {en: "...", vi: "..."}) in the language spoken now."""
    if text is None:
        return otherwise
    if isinstance(text, str):
        return visible(text)
    return visible(text.get(language()) or next(filter(None, text.values()), otherwise))
