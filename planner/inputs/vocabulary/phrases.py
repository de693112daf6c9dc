"""Words found in a text: with accents first, without them only where nothing with accents is meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from planner.inputs.synonyms import plain

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe",
    "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
"""The tone on the second vowel and on the first: two spellings of one word, "khoá" and "khóa"."""
_TONE = re.compile("|".join(_TONES))
_YEAR = r"(?:19|20)\d\d"
_TOKEN = re.compile(
    rf"(?P<range>(?:\d{{1,2}}/){{0,2}}{_YEAR}\s*(?:-|–|—|→|->|đến|den|tới)\s*(?:năm\s+|tháng\s+)?(?:\d{{1,2}}/){{0,2}}"
    rf"(?:{_YEAR}|\d\d)(?!\w))"
    rf"|(?P<date>(?:\d{{1,2}}[/.-]){{1,2}}{_YEAR}(?!\w))"
    r"|(?P<school>\d{1,2}/1[02](?!\w))"
    r"|(?P<band>\d/\d(?!\w))"
    rf"|(?P<year>{_YEAR}(?!\w))"
    r"|(?P<number>\d+(?:[.,]\d+)?(?!\w))"
    r"|(?P<word>[^\W_]+)"
    r"|(?P<apart>[;,+&/()\[\]|])"
    r"|(?P<mark>[?])"
)
_DOTTED = re.compile(r"\b([^\W\d_]{1,3})\.\s?([^\W\d_]{1,3})\b\.?")


@dataclass(frozen=True)
class Token:
    """A piece of a text: range, date, school, band, year, number, word, apart or mark, in lower case."""

    text: str
    sort: str

    @property
    def year(self) -> int:
        """The year that a year or a date names, of a range the last."""
        digits = re.findall(r"\d+", self.text)[-1]
        return int(digits) if len(digits) == 4 else self.first_year // 100 * 100 + int(digits)

    @property
    def first_year(self) -> int:
        """Of a range the first year."""
        return int(re.findall(_YEAR, self.text)[0])


@lru_cache(maxsize=50_000)
def lowered(text: str) -> str:
    """`text` in NFC and lower case, the tones of oa, oe and uy where new spelling has them."""
    small = unicodedata.normalize("NFC", text.casefold())
    return small if small.isascii() else _TONE.sub(lambda found: _TONES[found.group()], small)


def tokens(text: str, codes: frozenset[str] = frozenset()) -> list[Token]:
    """The pieces of a text. `codes` are abbreviations that may be written with dots: Th.S."""
    small = _DOTTED.sub(lambda found: _undotted(found, codes), lowered(text))
    return [Token(found.group(), str(found.lastgroup)) for found in _TOKEN.finditer(small)]


def _undotted(found: re.Match[str], codes: frozenset[str]) -> str:
    whole = found.group(1) + found.group(2)
    return whole if whole in codes else found.group()


@dataclass(frozen=True)
class Hit:
    """A phrase of the table that stands in a text: what it is, what it means, how many tokens long it is."""

    role: str
    value: object
    length: int
    text: str


@dataclass
class PhraseTable:
    """Phrases and what they are. Of several that begin at one place the longest counts."""

    _phrases: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, object]]] = field(default_factory=dict)
    _accented: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    longest: int = 1

    def add(self, role: str, phrases: Iterable[str], value: object = None) -> None:
        """Enter phrases of one role and one meaning; a phrase that is there already stays what it is."""
        for phrase in phrases:
            words = tuple(token.text for token in tokens(phrase))
            entries = self._phrases.setdefault(tuple(map(plain, words)), [])
            if not any(words == other for other, _, _ in entries):
                entries.append((words, role, value))
            self._accented |= {word for word in words if plain(word) != word}
            self.longest = max(self.longest, len(words))
            if len(words) == 1 and len(words[0]) <= 6:
                self.codes |= {words[0], plain(words[0])}

    def knows(self, word: str) -> bool:
        """Whether a word with accents is one of the table's, so that it can stand for no other."""
        return word in self._accented

    def at(self, pieces: Sequence[Token], place: int) -> Hit | None:
        """The longest phrase that begins at a place."""
        for length in range(min(self.longest, len(pieces) - place), 0, -1):
            found = tuple(piece.text for piece in pieces[place : place + length])
            entries = self._phrases.get(tuple(map(plain, found)), [])
            fitting = [entry for entry in entries if self._agree(found, entry[0])]
            if fitting:
                words, role, value = min(fitting, key=lambda entry: entry[0] != found)
                return Hit(role, value, length, " ".join(words))
        return None

    def _agree(self, found: tuple[str, ...], words: tuple[str, ...]) -> bool:
        """Whether each word is meant: written as it is, or without accents, or with some that make no other word."""
        return all(piece == word or not self.knows(piece) for piece, word in zip(found, words, strict=True))
