"""Spellings of one name: what differs in blanks, letter case, signs or missing accents alone is one name."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from planner.inputs.synonyms import plain
from planner.inputs.vocabulary.phrases import lowered


@lru_cache(maxsize=50_000)
def spelling_key(text: str) -> str:
    """What a name is compared by: its letters and digits alone, without accents and letter case."""
    return plain(text).replace(" ", "")


@dataclass(frozen=True)
class Spellings:
    """Which spelling stands for which.

    Attributes
    ----------
    chosen
        A spelling -> the one that is taken for it, where they differ.
    doubtful
        A spelling -> those of the same letters with other accents: perhaps one name, perhaps two.
    """

    chosen: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, tuple[str, ...]] = field(default_factory=dict)


def one_spelling(counts: Mapping[str, int], known: Collection[str] = (), settled: Collection[str] = ()) -> Spellings:
    """One spelling for every name.

    Of several the one that is `known` is taken, else one that is not all capitals, else the one with the most
    accents, else the most frequent. Where accents are not missing but others ("Bản Máy", "Bản Mây"), or `known` lists
    both, they are two names.

    Parameters
    ----------
    counts
        Spelling -> how often it stands there.
    known
        The spellings of a table of such names; they are never changed.
    settled
        The spellings of which somebody said what they are; they are never changed, nor doubted.
    """
    alike: dict[str, list[str]] = {}
    for text in dict.fromkeys([*sorted({*known, *settled}), *counts]):
        alike.setdefault(spelling_key(text), []).append(text)
    found = Spellings()
    for texts in alike.values():
        if len(texts) > 1:
            _choose(texts, counts, frozenset({*known, *settled}), frozenset(settled), found)
    return found


def _choose(
    texts: list[str], counts: Mapping[str, int], known: frozenset[str], settled: frozenset[str], found: Spellings
) -> None:
    """Of texts with the same letters: who stands for whom."""

    def rank(text: str) -> tuple[bool, bool, int, int, str]:
        return text not in known, text == text.upper(), -_accents(text), -counts.get(text, 0), text

    heads: list[str] = []
    for text in sorted(texts, key=rank):
        alike = [] if text in known else heads
        fitting = [head for head in alike if _letters(text) == _letters(head)]
        fitting = fitting or [head for head in alike if _only_missing(text, head)]
        if len(fitting) == 1:
            found.chosen[text] = fitting[0]
            continue
        doubted = tuple(head for head in fitting or heads if head not in settled)
        if doubted and text not in known:
            found.doubtful[text] = doubted
        heads.append(text)


def _letters(text: str) -> list[tuple[str, frozenset[str]]]:
    """The letters of a text, each with its accents."""
    letters: list[tuple[str, frozenset[str]]] = []
    for sign in unicodedata.normalize("NFD", lowered(text)):
        if unicodedata.combining(sign) and letters:
            letter, accents = letters[-1]
            letters[-1] = (letter, accents | {sign})
        elif sign.isalnum():
            letters.append(("d", frozenset("đ")) if sign == "đ" else (sign, frozenset()))
    return letters


def _accents(text: str) -> int:
    return sum(len(accents) for _, accents in _letters(text))


def _only_missing(text: str, other: str) -> bool:
    """Whether one of the two has no accent at any letter that the other lacks there."""
    return all(
        own <= theirs or theirs <= own for (_, own), (_, theirs) in zip(_letters(text), _letters(other), strict=True)
    )
