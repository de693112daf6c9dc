"""The Vietnamese order of names, and the natural order of codes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""The tones after the plain one: huyền, hỏi, ngã, sắc, nặng."""

WordKey = tuple[tuple[int, ...], tuple[int, ...]]
"""The letters of a word, then their tones."""
NameKey = tuple[WordKey, tuple[WordKey, ...]]
CodeKey = tuple[tuple[int, int, tuple[WordKey, ...]], ...]


@lru_cache(100_000)
def word_key(word: str) -> WordKey:
    """Letters by the Vietnamese alphabet (Đ after D); words that differ only by tones, by these."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", word.casefold()):
        marks = unicodedata.normalize("NFD", letter)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        place = ALPHABET.find(bare) if bare else -1
        letters.append(place + 1 if place >= 0 else len(ALPHABET) + ord(letter))
        tones.append(max((TONES.index(mark) + 1 for mark in marks if mark in TONES), default=0))
    return tuple(letters), tuple(tones)


def name_key(name: str) -> NameKey:
    """A person's name: by its last word, the given name; then by the family name and those between."""
    *family, given = name.split() or [""]
    return word_key(given), tuple(word_key(word) for word in family)


@lru_cache(100_000)
def natural_key(code: str) -> CodeKey:
    """A code or a text, with its numbers as numbers: C2 before C10."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", code)
    return tuple(
        (0, int(part), ()) if part[0] in "0123456789" else (1, 0, tuple(map(word_key, part.split()))) for part in parts
    )
