"""Names in cells instead of codes: a title leads to its entry, and an entry without a code gets one made of its title.

A ladder that is named in words ("Lý luận chính trị") has its levels in words, too: then "Cao cấp" is `advanced`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from planner.common.errors import NearestName
from planner.inputs.scenario.workbook.words import called
from planner.inputs.synonyms import HEADERS, known_header, plain
from planner.inputs.vocabulary.words import STANDARD
from planner.messages import known, language, say

_NOT_IN_CODES = re.compile(r"[\s,/\[\]]")
"""What no code may have in it: a text with one of these is a name."""
_SEVERAL, _COMMAS = re.compile(r"[;\n]"), re.compile(",")


def is_name(text: str) -> bool:
    """Whether a text of the column of codes is a name, from which a code has to be made."""
    return _NOT_IN_CODES.search(text) is not None


def code_of(name: str) -> str:
    """The code that is made of a name: "Cao cấp, tập trung" -> cao_cap_tap_trung; empty where it has no letters."""
    return plain(name).replace(" ", "_")


@dataclass
class Names:
    """The codes of one kind of entry, and the texts by which a cell may mean them."""

    codes: dict[str, None] = field(default_factory=dict)
    _spelt: dict[str, set[str]] = field(default_factory=dict)
    _bare: dict[str, set[str]] = field(default_factory=dict)
    _said: dict[str, str] = field(default_factory=dict)

    def unlike(self, text: str) -> NearestName:
        """The end of a sentence about a text that means none of them: the likeliest, else all by their first words."""
        named = {code: word for word, code in reversed(self._said.items()) if word != code}
        shown = tuple(named.get(code, code) for code in self.codes)
        return NearestName(text, self._said, shown)

    def add(self, code: str, words: Iterable[str] = ()) -> None:
        """An entry, and what else it is called."""
        self.codes[code] = None
        words = list(words)
        for word in (code, *words):
            self._said.setdefault(word, code)
            self._spelt.setdefault(_folded(word), set()).add(code)
            self._bare.setdefault(plain(word), set()).add(code)

    def meant(self, text: str) -> list[str]:
        """The codes that a text may mean: of an entry's own code that alone, else of all that are called so.

        Letter case does not count; accents do not where the text has none.
        """
        if text in self.codes:
            return [text]
        found = self._spelt.get(_folded(text))
        if not found and plain(text) == _folded(text.replace("_", " ")):
            found = self._bare.get(plain(text))
        return sorted(found or ())

    def several(self, text: str) -> Iterator[str]:
        """The names that a cell lists: behind semicolons or in lines, and behind commas where no name has them."""
        for part in filter(None, map(str.strip, _SEVERAL.split(text))):
            words = [] if self.meant(part) else list(filter(None, map(str.strip, _COMMAS.split(part))))
            yield from self._joined(words) or [part]

    def _joined(self, words: list[str]) -> list[str]:
        """What stands between commas; together where a name has commas itself."""
        joined: list[str] = []
        while words:
            ends = (end for end in range(len(words), 0, -1) if self.meant(", ".join(words[:end])))
            end = next(ends, 1)
            joined.append(", ".join(words[:end]))
            words = words[end:]
        return joined

    def word(self, code: str, word: str | None) -> str:
        """The word by which a cell may mean an entry: the one proposed if it leads there, else the code."""
        if not word or word[:1] == "{" or _SEVERAL.search(word) or word != word.strip() or self.meant(word) != [code]:
            return code
        return word


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in letter case and blanks at most."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


# --- ladders --------------------------------------------------------------------------------------------------------


def ladder_of(name: str) -> str:
    """The ladder that a name of several words means: one of the roster's usual ones, else one of its own."""
    found = known_header(name)
    return found if found in STANDARD else code_of(name)


def ladder_word(ladder: str) -> str:
    """What a ladder is called in the language spoken now; its own name where that has no word that leads back."""
    word = HEADERS.get(ladder, ("",))[0] if language() == "vi" and ladder in STANDARD else ""
    return word if is_name(word) and ladder_of(word) == ladder else ladder


@cache
def _levels(ladder: str) -> Mapping[str, str]:
    """Plain word -> the standard level of a ladder that it means; only these words are taken for another name."""
    words = {plain(word): level for level in STANDARD.get(ladder, ()) for word in called(f"scheme_level_{level}")}
    return {word: level for word, level in words.items() if ladder in STANDARD}


def level_of(ladder: str, text: str) -> str | None:
    """The standard level that a word means on a ladder that is named in words; None where it means none."""
    return _levels(ladder).get(plain(text))


def level_word(ladder: str, level: str) -> str:
    """What a level is called in the language spoken now; itself where that has no word that leads back."""
    key = f"scheme_level_{level}"
    word = say(key) if language() == "vi" and level in STANDARD.get(ladder, ()) and known(key) else level
    return word if level_of(ladder, word) == level else level


def in_words(ladder: str, levels: Sequence[str]) -> bool:
    """Whether a ladder can be written in words, so that it comes back as it is."""
    if ladder_word(ladder) == ladder:
        return False
    return all(isinstance(level, str) and (level_of(ladder, level) or level) == level for level in levels)
