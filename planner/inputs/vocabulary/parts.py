"""A cell taken apart: each degree or certificate that it names, and what it says of time beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from planner.inputs.vocabulary import frameworks, words
from planner.inputs.vocabulary.phrase_tables import CERTIFICATES, Meaning, table_of
from planner.inputs.vocabulary.phrases import Hit, PhraseTable, Token, lowered, tokens

_CLASS = re.compile(r"k\d{1,3}[a-z]?")
_GLUED = re.compile(r"(đh|cđ)[^\W\d_]+")
_SCORED = re.compile(r"\b(tt|hsk|toeic|ielts|toefl|bậc|bac)(\d)", re.IGNORECASE)
_LEARN = ("học", "hoc")


@dataclass
class Part:
    """One degree or certificate of a cell.

    Attributes
    ----------
    meanings
        What its words stand for; one, if they agree.
    options
        The levels that it may be, where its words leave that open.
    open
        Its words leave open which level is meant.
    under_way, done, in_doubt, course, schooling, numbered_class
        What stands beside it: "đang học", "đã tốt nghiệp", "chưa", "cao học", "THPT", "K74".
    nth
        The year of study; 0 the last, None where it is not told.
    ends, begins, bare
        Years that are told to be the end, the beginning, or nothing.
    span
        The first and the last year.
    mode
        How it is followed, if the text says.
    strange
        Words and numbers that are not known to change nothing.
    in_brackets
        It stands in brackets behind another.
    subject
        It names something besides: a subject, a second degree.
    trained
        It tells years of school and of training alone: "12+2".
    """

    meanings: list[Meaning] = field(default_factory=list)
    options: tuple[str, ...] = ()
    open: bool = False
    under_way: bool = False
    done: bool = False
    in_doubt: bool = False
    course: bool = False
    schooling: bool = False
    numbered_class: bool = False
    other_ladder: bool = False
    nth: int | None = None
    ends: int | None = None
    begins: int | None = None
    bare: int | None = None
    span: tuple[int, int] | None = None
    mode: str = ""
    strange: list[str] = field(default_factory=list)
    in_brackets: bool = False
    several_years: bool = False
    subject: bool = False
    trained: bool = False

    @property
    def says_level(self) -> bool:
        """Whether it names a level at all."""
        return bool(self.meanings) or self.open or self.schooling or self.other_ladder

    @property
    def says_time(self) -> bool:
        """Whether anything beside it speaks of study."""
        return (
            self.under_way
            or self.done
            or self.in_doubt
            or self.numbered_class
            or self.nth is not None
            or any(year is not None for year in (self.ends, self.begins, self.bare, self.span))
        )

    def join(self, other: Part) -> None:
        """Take over what a part without a level of its own says."""
        for name in ("under_way", "done", "in_doubt", "numbered_class", "several_years"):
            setattr(self, name, getattr(self, name) or getattr(other, name))
        for name in ("nth", "ends", "begins", "bare", "span"):
            own, told = getattr(self, name), getattr(other, name)
            self.several_years |= name != "nth" and own is not None and told is not None and own != told
            setattr(self, name, told if own is None else own)
        self.mode = self.mode or other.mode
        self.strange += other.strange


def parts_of(kind: str, text: str) -> list[Part]:
    """The degrees or certificates that a cell names; one without a level where it names none."""
    table = table_of(kind)
    text = _SCORED.sub(r"\1 \2", text) if kind in CERTIFICATES else text
    found: list[Part] = []
    waiting = Part()
    for pieces, in_brackets in _pieces(table, text, schools=kind == "education"):
        part = _Reader(kind, table, pieces).part
        part.in_brackets = in_brackets
        if part.trained and found:
            continue  # "THSP (9+3)"
        if part.says_level:
            part.join(waiting)
            waiting = Part()
            found.append(part)
        elif found:
            # "ĐH, đang học Luật": what is being learnt is another thing than the degree before it.
            part.in_doubt |= part.under_way and part.subject
            found[-1].join(part)
        else:
            waiting.join(part)
    return found or [waiting]


def _pieces(table: PhraseTable, text: str, *, schools: bool) -> Iterator[tuple[list[Token], bool]]:
    """The text's pieces between separators, and whether they stand in brackets.

    "TC đang học ĐH" says two things: what speaks of study begins anew.
    """
    current: list[Token] = []
    depth = 0
    whole = tokens(text, frozenset(table.codes))
    place, named = 0, False
    while place < len(whole):
        piece = whole[place]
        hit = None if piece.sort == "apart" else table.at(whole, place)
        if piece.sort == "apart" or (hit is not None and (hit.role == "apart" or (named and _begins_anew(hit)))):
            if current:
                yield current, depth > 0
            current, named = [], False
            depth += (piece.text in "([") - (piece.text in ")]") if piece.sort == "apart" else 0
        length = 1 if hit is None else hit.length
        named = named or (hit is not None and hit.role in ("level", "open", "course", "schooling"))
        named = named or (schools and piece.sort == "school")
        if piece.sort != "apart" and (hit is None or hit.role != "apart"):
            current += whole[place : place + length]
        place += length
    if current:
        yield current, depth > 0


def _begins_anew(hit: Hit) -> bool:
    """Whether a phrase behind a level speaks of another: "TC đang học ĐH", "ThS NCS"."""
    return hit.role == "under_way" or (hit.role == "course" and hit.text in _under_way_courses())


@cache
def _under_way_courses() -> frozenset[str]:
    return frozenset(map(lowered, words.UNDER_WAY_COURSES))


class _Reader:
    """Reads the pieces between two separators."""

    def __init__(self, kind: str, table: PhraseTable, pieces: Sequence[Token]) -> None:
        self.kind = kind
        self.table = table
        self.pieces = pieces
        self.part = Part()
        self.place = 0
        self.when = ""  # what the words before a year say that it is
        self.schooling: list[str] = []
        self.beside: list[str] = []
        self.asked: list[Hit] = []
        self.certified = False  # "CC tin học": a certificate, its grade not told
        self.learns = False  # it begins with "học": who learns does not hold yet
        while self.place < len(pieces):
            self._step()
        self._settle()

    def _step(self) -> None:
        piece = self.pieces[self.place]
        hit = self.table.at(self.pieces, self.place)
        if self.place == 0 and piece.text in _LEARN and (hit is None or hit.length == 1):
            self.learns = True
        if hit is None:
            self.place += 1
            self._loose(piece)
            return
        self.place += hit.length
        handle = getattr(self, f"_on_{hit.role}", None)
        if handle is not None:
            handle(hit)
        elif hit.role == "beside":
            self.beside.append(hit.text)

    def _next(self) -> Token | None:
        return self.pieces[self.place] if self.place < len(self.pieces) else None

    # --- a phrase of the table

    def _on_level(self, hit: Hit) -> None:
        assert isinstance(hit.value, Meaning)
        self.part.meanings.append(hit.value)
        if self.kind == "education" and self.part.strange and self.part.strange[-1] in words.COUNTS:
            del self.part.strange[-1]

    def _on_nothing(self, hit: Hit) -> None:
        allowed = words.TAIL.get(self.kind)
        if allowed is not None:
            self.part.strange += [word for word in hit.text.split() if word not in allowed]

    def _on_course(self, hit: Hit) -> None:
        self._on_level(hit)
        self.part.course = True
        self.part.under_way |= hit.text in _under_way_courses()

    def _on_open(self, hit: Hit) -> None:
        self.asked.append(hit)

    def _on_schooling(self, hit: Hit) -> None:
        self.schooling.append(hit.text)

    def _on_elsewhere(self, _: Hit) -> None:
        self.part.other_ladder = True

    def _on_held(self, hit: Hit) -> None:
        if len(self.pieces) == hit.length:
            self.part.meanings.append(Meaning(words.CERTIFIED))
        elif hit.text in frameworks.CERTIFICATE:
            self.certified = True
        elif hit.text not in ("có", "co", "đạt"):
            self.part.strange.append(hit.text)

    def _on_score(self, hit: Hit) -> None:
        assert isinstance(hit.value, tuple)
        name, certificate = hit.value
        score = self._next()
        number = score.text if score is not None and score.sort in ("number", "year") else ""
        if number:
            self.place += 1
            if float(number.replace(",", ".")) > frameworks.LARGEST.get(name, float("inf")):
                self.part.strange.append(number)
        reached = [level for least, level in certificate.worth if _reaches(number, least)]
        level = reached[-1] if reached else words.CERTIFIED
        self.part.meanings.append(Meaning(level, certificate.source if reached else ""))

    def _on_band(self, _: Hit) -> None:
        piece = self._next()
        number = "" if piece is None else piece.text.partition("/")[0]
        if number in words.SCALES["language"]:
            self.place += 1
            self.part.meanings.append(Meaning(number))
            if "/" in piece.text and not piece.text.endswith("/6"):  # type: ignore[union-attr]
                self.part.strange.append(piece.text)  # type: ignore[union-attr]

    def _on_mode(self, hit: Hit) -> None:
        self.part.mode = str(hit.value)

    def _on_under_way(self, _: Hit) -> None:
        self.part.under_way = True

    def _on_done(self, _: Hit) -> None:
        self.part.done = True
        self.when = "ends"

    def _on_ends(self, _: Hit) -> None:
        self.when = "ends"

    def _on_begins(self, _: Hit) -> None:
        self.when = "begins"

    def _on_nth(self, _: Hit) -> None:
        piece = self._next()
        if piece is None:
            return
        if piece.sort in ("number", "band") and len(piece.text.partition("/")[0]) == 1:
            self.part.nth = int(piece.text[0])
        elif piece.text in words.ORDINALS:
            self.part.nth = words.ORDINALS[piece.text]
        else:
            return
        self.place += 1

    def _on_class(self, _: Hit) -> None:
        piece = self._next()
        if piece is not None and piece.sort == "range":
            return
        self.part.numbered_class = True
        if piece is not None and (
            piece.sort in ("number", "year") or piece.text in words.ORDINALS or _CLASS.fullmatch(piece.text)
        ):
            self.place += 1

    def _on_doubt(self, hit: Hit) -> None:
        after = self._next()
        # "dự kiến tốt nghiệp 2027" is as good as "tốt nghiệp 2027".
        if hit.text == "dự kiến" and after is not None:
            following = self.table.at(self.pieces, self.place)
            if following is not None and following.role == "ends":
                return
        self.part.in_doubt = True

    def _on_degrees(self, _: Hit) -> None:
        after = self._next()
        if after is not None and after.text in words.COUNTS:
            self.place += 1
        self.part.strange = [text for text in self.part.strange if text not in words.COUNTS]
        self.part.subject = True

    # --- anything else

    def _loose(self, piece: Token) -> None:
        part = self.part
        if piece.sort in ("year", "date"):
            self._year(piece.year)
        elif piece.sort == "range":
            part.several_years |= part.span is not None
            part.span = (piece.first_year, piece.year)
            self.when = ""
        elif piece.sort == "school" and self.kind == "education":
            self.schooling.append(piece.text)
        elif piece.sort == "trained" and self.kind == "education":
            part.trained = True
        elif piece.sort == "mark":
            part.in_doubt = True
        elif _CLASS.fullmatch(piece.text):
            part.numbered_class = True
        elif self.kind == "education" and piece.sort == "word" and _GLUED.fullmatch(piece.text):
            part.meanings.append(Meaning("bachelor" if piece.text.startswith("đ") else "college"))
        else:
            part.strange.append(piece.text)

    def _year(self, year: int) -> None:
        name = self.when or "bare"
        self.part.several_years |= getattr(self.part, name) not in (None, year)
        setattr(self.part, name, year)
        self.when = ""

    def _settle(self) -> None:
        """What the pieces say together."""
        part = self.part
        if part.begins is not None and part.ends is not None:
            part.span, part.begins, part.ends = (part.begins, part.ends), None, None
        if self.certified and not part.meanings:
            part.meanings.append(Meaning(words.CERTIFIED))
        levels = {meaning.level for meaning in part.meanings}
        asked = [hit for hit in self.asked if not (levels and hit.text in words.BESIDE_A_DEGREE)]
        if asked:
            part.open = True
            part.options = tuple(dict.fromkeys([*_options(asked), *levels]))
        elif len(levels) > 1 and self.kind not in CERTIFICATES:
            part.open = True
            part.options = tuple(dict.fromkeys(meaning.level for meaning in part.meanings))
        elif part.trained and not levels:
            part.open, part.options = True, words.TRAINED
        elif self.schooling and not part.meanings:
            part.schooling = True
            part.strange += [word for word in self.beside if word not in words.SCHOOLING_BESIDE]
        part.trained &= not levels and not asked
        part.subject |= bool(part.strange) or not words.NO_SUBJECT.issuperset(self.beside)
        if self.kind == "education" and not part.schooling:  # a subject may have any words, but no numbers
            part.strange = [text for text in part.strange if re.search(r"\d", text)]
        if self.when == "begins":  # "từ ĐH", "nhập học CC": of what begins without a year nobody knows whether it has
            part.in_doubt = True
        if part.meanings and self.learns:
            part.in_doubt = True


def _options(hits: Iterable[Hit]) -> list[str]:
    return [level for hit in hits for level in hit.value]  # type: ignore[attr-defined]


def _reaches(number: str, least: str) -> bool:
    return not least or (bool(number) and float(number.replace(",", ".")) >= float(least))
