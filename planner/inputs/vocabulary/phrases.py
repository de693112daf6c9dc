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
    rf"(?P<range>(?:t?\d{{1,2}}/)?(?:\d{{1,2}}/)?{_YEAR}\s*(?:-|–|—|→|->|đến|den|tới)\s*(?:năm\s+|tháng\s+)?"
    rf"(?:t?\d{{1,2}}/)?(?:\d{{1,2}}/)?"
    rf"(?:{_YEAR}|\d\d)(?!\w))"
    rf"|(?P<date>t?(?:\d{{1,2}}[/.-]){{1,2}}{_YEAR}(?!\w))"
    rf"|(?P<month>(?:ngày\s+\d{{1,2}}\s+)?(?:tháng|thang)\s+\d{{1,2}}\s+(?:năm|nam)\s+{_YEAR}(?!\w))"
    r"|(?P<school>\d{1,2}\s?/\s?1[02](?!\w))"
    r"|(?P<trained>\d{1,2}\s?\+\s?\d(?!\w))"
    r"|(?P<band>\d/\d(?!\w))"
    rf"|(?P<year>{_YEAR}(?!\w))"
    r"|(?P<number>\d+(?:[.,]\d+)?(?!\w))"
    r"|(?P<word>[^\W_]+)"
    r"|(?P<apart>[;,+&/()\[\]|])"
    r"|(?P<mark>[?]|(?<=\d\d\d\d)\s*[-–—→]\s*(?=[);,\]]|$))"
)
_SORTS = {"month": "date"}
LONGEST_CODE = 6  # letters: longer words are no abbreviations
_DOTTED = re.compile(r"\b([^\W\d_]{1,3})\.\s?([^\W\d_]{1,3})\b\.?")


@dataclass(frozen=True)
class Token:
    """A piece of a text: range, date, school, trained, band, year, number, word, apart or mark, in lower case.

    `bare` says that the whole text is typed without accents, the letter đ aside, which codes such as ĐH have.
    """

    text: str
    sort: str
    bare: bool = False

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
    found = [(match.group(), _SORTS.get(sort := str(match.lastgroup), sort)) for match in _TOKEN.finditer(small)]
    bare = all(plain(piece) == piece.replace("đ", "d") for piece, sort in found if sort == "word")
    return [Token(piece, sort, bare) for piece, sort in found]


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


@dataclass(frozen=True)
class _Phrase:
    words: tuple[str, ...]
    role: str
    value: object
    bare: str


@dataclass
class PhraseTable:
    """Phrases and what they are. Of several that begin at one place the longest counts."""

    _phrases: dict[tuple[str, ...], list[_Phrase]] = field(default_factory=dict)
    _accented: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    longest: int = 1

    def add(self, role: str, phrases: Iterable[str], value: object = None, bare: str = "always") -> None:
        """Enter phrases of one role and one meaning; a phrase that is there already stays what it is.

        `bare` says when a phrase is known without its accents, too: `always`; `alone`, if it has several words or the
        whole text is typed so; `never`.
        """
        for phrase in phrases:
            words = tuple(token.text for token in tokens(phrase))
            entries = self._phrases.setdefault(tuple(map(plain, words)), [])
            if not any(words == other.words for other in entries):
                entries.append(_Phrase(words, role, value, bare))
            self._accented |= {word for word in words if plain(word) != word}
            self.longest = max(self.longest, len(words))
            if len(words) == 1 and len(words[0]) <= LONGEST_CODE:
                self.codes |= {words[0], plain(words[0])}

    def knows(self, word: str) -> bool:
        """Whether a word with accents is one of the table's, so that it can stand for no other."""
        return word in self._accented

    def at(self, pieces: Sequence[Token], place: int) -> Hit | None:
        """The longest phrase that begins at a place."""
        for length in range(min(self.longest, len(pieces) - place), 0, -1):
            found = tuple(piece.text for piece in pieces[place : place + length])
            entries = self._phrases.get(tuple(map(plain, found)), [])
            fitting = [entry for entry in entries if self._agree(pieces[place : place + length], entry)]
            if fitting:
                entry = min(fitting, key=lambda phrase: phrase.words != found)
                return Hit(entry.role, entry.value, length, " ".join(entry.words))
        return None

    def _agree(self, pieces: Sequence[Token], phrase: _Phrase) -> bool:
        """Whether each word is meant: written as it is, or without accents, or with some that make no other word."""
        found = [piece.text for piece in pieces]
        if found == [*phrase.words]:
            return True
        if phrase.bare == "never" or (phrase.bare == "alone" and len(found) == 1 and not pieces[0].bare):
            return False
        return all(piece == word or not self.knows(piece) for piece, word in zip(found, phrase.words, strict=True))
