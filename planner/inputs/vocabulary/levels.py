"""What a cell of a ladder's column says: the level held, study under way, or what has to be asked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from planner.inputs.synonyms import known_header, plain
from planner.inputs.vocabulary import words
from planner.inputs.vocabulary.parts import Part, parts_of
from planner.inputs.vocabulary.phrase_tables import CERTIFICATES, Meaning, is_denial, is_unknown
from planner.inputs.vocabulary.phrases import LONGEST_CODE, lowered
from planner.inputs.vocabulary.timing import HELD, UNDER_WAY, state_of

_APART = re.compile(r"[,;(\[]|\s[-–]\s")
LONGEST_TEXT = 1_000  # letters of a cell that names levels; longer ones are something else
LONGEST_DENIAL = 100  # letters of the words that deny every level
_ALIKE = 0.8  # of 1: how like a word must be to be proposed
NOT_HELD = ("no", "false", "0")
"""On a ladder of certificates: no."""


@dataclass(frozen=True)
class Study:
    """Study under way that a text tells.

    Attributes
    ----------
    levels
        The indices of the levels to which it may lead.
    until
        The year in which it ends; None where it is not told.
    nth
        The year of study that it has come to; 0 the last, None where it is not told.
    begun
        The year in which it began; None where it is not told.
    mode
        How it is followed; empty where it is not told.
    """

    levels: tuple[int, ...]
    until: int | None = None
    nth: int | None = None
    begun: int | None = None
    mode: str = ""


@dataclass(frozen=True)
class LevelReading:
    """What a text says of a ladder.

    Attributes
    ----------
    held
        The index of the level held [0 = lowest]; None where the text does not tell.
    studies
        Study under way.
    remark
        Why what was read is to be said; empty where the text says it plainly. A key of the sentences.
    source
        The equivalence by which a certificate was read.
    since
        The year since which it is held, if the text told one and it was judged by it.
    question
        Why nothing was read: a key of the sentences, empty where something was.
    options
        The levels that may be meant, the likeliest first.
    unknown
        The text says that nobody knows.
    """

    held: int | None = None
    studies: tuple[Study, ...] = ()
    remark: str = ""
    source: str = ""
    since: int | None = None
    question: str = ""
    options: tuple[int, ...] = ()
    unknown: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the text says a level and nothing besides."""
        return self.held is not None and not (self.studies or self.remark or self.question)


NOT_RECOGNISED = LevelReading(question="reading_level")


class Ladder:
    """A ladder's levels, and what texts mean on it.

    Parameters
    ----------
    name
        What it is called.
    levels
        Its levels, the lowest first.
    year
        The year of which the texts speak: what ends later is under way. None where nobody knows it.
    """

    def __init__(self, name: str, levels: Sequence[str], year: int | None = None) -> None:
        self.name, self.levels, self.year = name, tuple(levels), year
        self._exact = {level: index for index, level in enumerate(levels)}
        self._by_word = _unique((plain(level), index) for index, level in enumerate(levels))
        self.read: Callable[[str], LevelReading] = lru_cache(maxsize=20_000)(self._read)

    @cached_property
    def kind(self) -> str:
        """What kind of ladder it is, by its name, else by its levels; empty where neither tells."""
        if self.name in words.SCALES:
            return self.name
        found = known_header(self.name)
        if found in words.SCALES:
            return str(found)
        # "Đại học" is a degree before it is a certificate of informatics.
        for kinds in (words.DEGREES, CERTIFICATES):
            fitting = [kind for kind in kinds if self._fits(kind)]
            if fitting:
                return fitting[0] if len(fitting) == 1 else ""
        return ""

    def _fits(self, kind: str) -> bool:
        meant = [_standard(kind, level) for level in self.levels]
        return all(meant) and len({*meant}) == len(meant) and meant != [words.NONE]

    @cached_property
    def places(self) -> dict[str, int]:
        """Standard level -> the index of the level that means it, where only one does."""
        return _unique((_standard(self.kind, level), index) for index, level in enumerate(self.levels))

    def own(self, text: str) -> int | None:
        """The index of the level that has this very name, letter case and accents aside."""
        found = self._exact.get(text)
        return self._by_word.get(plain(text)) if found is None else found

    def place(self, meaning: Meaning) -> tuple[int | None, bool]:
        """The index of the level that a standard level is on this ladder, and whether it is that very level.

        A level that the ladder lacks counts as the highest below it.
        """
        level = meaning.level
        if level in self.places:
            return self.places[level], True
        if self.kind in CERTIFICATES and words.CERTIFIED in self.places and level != words.NONE:
            return self.places[words.CERTIFIED], True
        scale = words.SCALES[self.kind]
        if level not in scale:
            return None, False
        below = [self.places[other] for other in scale[: scale.index(level)] if other in self.places]
        return (max(below), False) if below else (None, False)

    def likely(self, text: str) -> int | None:
        """The index of the level of which a text is a slip of the hand; None where none is like it."""
        spelt = {plain(word): level for level, words_ in words.DEGREES.get(self.kind, {}).items() for word in words_}
        spelt = {word: level for word, level in spelt.items() if len(word) > LONGEST_CODE}
        spelt |= {plain(level): level for level in self.levels}
        found = difflib.get_close_matches(plain(text[:LONGEST_TEXT]), spelt, n=1, cutoff=_ALIKE)
        if not found:
            return None
        level = spelt[found[0]]
        return self.own(level) if level in self.levels else self.places.get(level)

    # --- reading

    def _read(self, text: str) -> LevelReading:
        held = self.own(text)
        if held is not None:
            return LevelReading(held)
        if len(text) > LONGEST_TEXT:
            return NOT_RECOGNISED
        if is_unknown(text):
            return LevelReading(unknown=True)
        if not self.kind:
            return self._of_no_kind(text)
        if is_denial(text, self.kind) or (self.kind in CERTIFICATES and lowered(text) in NOT_HELD):
            none = self.places.get(words.NONE)
            return NOT_RECOGNISED if none is None else LevelReading(none)
        return self._denied_but_studying(text) or self._whole(parts_of(self.kind, text))

    def _denied_but_studying(self, text: str) -> LevelReading | None:
        """Nothing held, and study under way: "Chưa qua đào tạo (đang học TC)"; None where a text says anything else."""
        none = self.places.get(words.NONE)
        for apart in _APART.finditer(text, 0, LONGEST_DENIAL):
            if none is not None and is_denial(text[: apart.start()], self.kind):
                read = self._whole(parts_of(self.kind, text[apart.end() :]))
                return replace(read, held=none) if read.held is None and read.studies else None
        return None

    def _of_no_kind(self, text: str) -> LevelReading:
        """On a ladder that is of no known kind: what all kinds agree upon."""
        meant = {level for kind in words.SCALES if (level := _standard(kind, text))}
        places = {index for level in meant for kind in words.SCALES if (index := self._meant(kind, level)) is not None}
        return LevelReading(places.pop()) if len(meant) == 1 == len(places) else NOT_RECOGNISED

    def _meant(self, kind: str, level: str) -> int | None:
        return _unique((_standard(kind, own), index) for index, own in enumerate(self.levels)).get(level)

    def _whole(self, parts: Sequence[Part]) -> LevelReading:
        """All degrees or certificates of a text together."""
        if not any(part.says_level for part in parts):
            studied = any(part.under_way for part in parts)
            above = tuple(range(1, len(self.levels)))
            return LevelReading(question="reading_level_which", options=above) if studied else NOT_RECOGNISED
        read = [self._part(part) for part in parts]
        options = tuple(dict.fromkeys(index for one in read for index in self._options_of(one)))
        if self.kind in CERTIFICATES and any(one.held is not None for one in read):
            # "B1, tiếng Dao": a certificate without a grade takes nothing from the other.
            parts = [part for part, one in zip(parts, read, strict=True) if one.question != "reading_level_which"]
            read = [one for one in read if one.question != "reading_level_which"]
        asked = next((one for one in read if one.question), None)
        if asked is not None:
            return LevelReading(question=asked.question, options=options if len(read) > 1 else asked.options)
        study = next((place for place, one in enumerate(read) if one.studies), None)
        follow = read[study + 1 :] if study is not None else []
        # "đang học ĐH Luật, ThS Kinh tế": whether the second is under way, too, only its owner can tell.
        if any(one.held is not None and not parts[-len(follow) + place].schooling for place, one in enumerate(follow)):
            return LevelReading(question="reading_level_doubt", options=options)
        held = [one for one in read if one.held is not None]
        studies = tuple(one for reading in read for one in reading.studies)
        if not held:
            return LevelReading(None, studies)
        best = max(held, key=lambda one: -1 if one.held is None else one.held)
        degrees = [one for part, one in zip(parts, read, strict=True) if one.held is not None and not part.schooling]
        several = len({one.held for one in degrees}) > 1
        if several and any(part.in_brackets and part.meanings and not part.says_time for part in parts):
            return LevelReading(question="reading_level_several", options=options)
        remark = best.remark or ("reading_highest" if several else "")
        if not degrees:
            remark = "reading_schooling"
        return LevelReading(best.held, studies, remark, best.source, best.since)

    @staticmethod
    def _options_of(one: LevelReading) -> Iterable[int]:
        return [*(() if one.held is None else (one.held,)), *one.options, *(i for s in one.studies for i in s.levels)]

    def _part(self, part: Part) -> LevelReading:
        """One degree or certificate."""
        if part.other_ladder:
            return LevelReading(question="reading_level_elsewhere")
        if part.schooling:
            return self._schooled(part)
        meaning = max(part.meanings, key=self._rank, default=None)
        placed, exact = (None, True) if meaning is None else self.place(meaning)
        found = self._indices(part.options) if part.open else () if placed is None else (placed,)
        state, year = state_of(part, self.year)
        question = self._question(part, found, state, exact=exact)
        if question:
            above = () if found or part.open else tuple(range(1, len(self.levels)))
            return LevelReading(question=question, options=found or above)
        if state == UNDER_WAY:
            begun = part.begins if part.span is None else part.span[0]
            return LevelReading(studies=(Study(found, year, part.nth, begun, part.mode),))
        assert meaning is not None
        return self._held(meaning, placed, year, exact=exact)

    def _schooled(self, part: Part) -> LevelReading:
        """General schooling: no level of this ladder."""
        none = self.places.get(words.NONE)
        over = part.done or part.ends is not None or part.bare is not None
        if none is None or part.strange or (part.says_time and not over):
            return NOT_RECOGNISED
        return LevelReading(none, remark="reading_schooling")

    @staticmethod
    def _question(part: Part, found: tuple[int, ...], state: str, *, exact: bool) -> str:
        """Why a part cannot be read; empty where it can."""
        if not part.open and not found:
            return "reading_level_which"
        if part.strange:
            return "reading_level_words"
        if state == UNDER_WAY:
            return "" if found and (exact or part.open) else "reading_level_which"
        if state != HELD:
            return state
        return "reading_level_several" if part.open else ""

    def _held(self, meaning: Meaning, placed: int | None, since: int | None, *, exact: bool) -> LevelReading:
        """A level that is held, with what is to be said of it."""
        graded = self.kind in CERTIFICATES and words.CERTIFIED not in self.places
        source = meaning.source if graded or meaning.level == words.CERTIFIED else ""
        remark = "" if exact else "reading_between"
        if not remark and source:
            remark = "reading_assumed" if source == "assumed" else "reading_equivalent"
        if not remark and since is not None:
            remark = "reading_since"
        return LevelReading(placed, remark=remark, source=source, since=since)

    def _rank(self, meaning: Meaning) -> tuple[int, bool, str]:
        placed = self.place(meaning)[0]
        return (-1 if placed is None else placed, not meaning.source, meaning.level)

    def _indices(self, levels: Iterable[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.places[level] for level in levels if level in self.places))


def level_index(ladder: str, levels: Sequence[str]) -> Callable[[str], int | None]:
    """What tells the index in `levels` [0 = lowest] that a text of the scenario means on a ladder.

    A level's own name wins, then its name in another case or accent, then the words of the trade. These are compared
    by meaning, so that "ThS" finds a level called `master` as well as one called `Thạc sĩ`. A text that a roster's
    cell would be remarked upon or asked about for is no level here: a scenario has no place to say so.
    """
    whole = _ladder(ladder, tuple(levels))

    def index(text: str) -> int | None:
        read = whole.read(text)
        return read.held if read.is_plain else None

    return index


@lru_cache(maxsize=100)
def _ladder(ladder: str, levels: tuple[str, ...]) -> Ladder:
    """A ladder to read by, made once for all who ask; a scheme has a few."""
    return Ladder(ladder, levels)


@lru_cache(maxsize=20_000)
def _standard(kind: str, text: str) -> str | None:
    """The standard level of a kind that a text plainly names."""
    if not kind:
        return None
    if text == words.CERTIFIED and kind in CERTIFICATES:
        return words.CERTIFIED
    if text in words.SCALES[kind]:
        return text
    if is_denial(text):
        return words.NONE
    parts = parts_of(kind, text)
    if len(parts) != 1 or parts[0].open or parts[0].says_time or parts[0].strange or not parts[0].meanings:
        return None
    return None if parts[0].course else parts[0].meanings[0].level


def _unique(pairs: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    """The pairs whose key stands for something and occurs once."""
    found: dict[str, list[int]] = {}
    for key, index in pairs:
        if key:
            found.setdefault(key, []).append(index)
    return {key: indices[0] for key, indices in found.items() if len(indices) == 1}
