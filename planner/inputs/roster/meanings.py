"""What the columns of a roster's sheet are, as far as their headers tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.inputs.roster.headers import BETWEEN, Header
from planner.inputs.roster.layout_words import (
    AND_MORE,
    DEGREES,
    FOREIGN,
    FREE_MARKS,
    MARKS,
    NEUTRAL,
    PLANNED,
    SPLIT_NAMES,
    THE_REST,
)
from planner.inputs.roster.told import IGNORE, Answers
from planner.inputs.synonyms import NUMBERING, Recogniser, plain
from planner.messages import Sentence

Kind = Literal["column", "mark", "candidate", "numbering", "further", "left_out", "nameless", "spread", "asked"]
"""`candidate`: a level's word, of a ladder that is not plain from this header alone; `spread`: under a cell merged from
the left; `asked`: a known header under an upper one that may change what it means."""


@dataclass(eq=False)
class Column:
    """A column of a sheet.

    Attributes
    ----------
    place
        0 = first.
    header
        What it is called, an upper line before " > "; lines: from the top.
    kind
        What it is taken for.
    name
        The contract's name, a further column's own; of marks, the ladder.
    word, rank
        Of marks: the level that a mark says, and its place on the ladder [0 = highest]; of a name's parts, their order.
    told
        Whether somebody's answer says so.
    why
        Why it is taken for that, where it is not plain.
    joint
        Where several columns are one, such as a name's parts, what joins them.
    """

    place: int
    header: str
    lines: tuple[str, ...]
    kind: Kind
    name: str = ""
    word: str = ""
    rank: int = 0
    told: bool = False
    why: Sentence | str = ""
    joint: str = ""


def by_header(
    header: Header, recognise: Recogniser, ladders: Mapping[str, Sequence[str]], answers: Answers
) -> list[Column]:
    """What each column is, as far as the headers alone tell."""
    said = {plain(text): name for text, name in answers.headers.items()}
    columns = []
    for place, (name, lines) in enumerate(zip(header.names, header.lines, strict=True)):
        column = Column(place, name, lines, "further", name)
        answer = said.get(plain(name)) if name else None
        if answer is not None:
            _answered(column, answer, recognise, ladders)
        elif not name:
            column.kind, column.name = "nameless", ""
        elif place in header.spread:
            column.kind = "spread"
        else:
            _recognised(column, recognise, ladders)
        columns.append(column)
    _join_split_names(columns)
    _join_split_births(columns, recognise)
    return columns


def level_word(ladder: str, text: str, ladders: Mapping[str, Sequence[str]]) -> tuple[int, str] | None:
    """The place on a ladder [0 = highest] of the level that a header names, and the word for it."""
    key = AND_MORE.sub("", plain(text))
    known = MARKS.get(ladder)
    if known is None:
        known = tuple((level,) for level in reversed(ladders.get(ladder, ())))
    for rank, words in enumerate(known):
        if any(key == plain(word) for word in words):
            return rank, words[0]
    for rank, level in enumerate(reversed(ladders.get(ladder, ()))):
        if key == plain(level):
            return rank, level
    return None


def ladders_of(text: str, ladders: Mapping[str, Sequence[str]]) -> set[str]:
    """The ladders that a header may be a level of."""
    own = {ladder for ladder in ladders if ladder not in FREE_MARKS}
    named = {ladder for ladder in {*MARKS, *own} if level_word(ladder, text, ladders)}
    return set() if plain(text) in THE_REST | {"khong"} else named


def _answered(column: Column, answer: str, recognise: Recogniser, ladders: Mapping[str, Sequence[str]]) -> None:
    """A column of which somebody said what it is."""
    column.told = True
    column.why = Sentence("layout_answered")
    column.name = recognise(answer) or answer
    if plain(answer) == IGNORE:
        column.kind, column.name = "left_out", ""
        return
    level = level_word(column.name, column.lines[-1], ladders) if column.name in {*MARKS, *ladders} else None
    column.kind = "column" if level is None else "mark"
    if column.name == NUMBERING:
        column.kind = "numbering"
    if level is not None:
        column.rank, column.word = level


def _recognised(column: Column, recognise: Recogniser, ladders: Mapping[str, Sequence[str]]) -> None:
    """A column by its header's words."""
    lines = column.lines
    whole = recognise(BETWEEN.join(lines)) or (recognise(BETWEEN.join(lines[-2:])) if len(lines) > 2 else None)
    if whole is not None:
        column.kind, column.name = ("numbering", "") if whole == NUMBERING else ("column", whole)
        return
    above = " ".join(lines[:-1])
    ladder = _ladder_above(lines, recognise, ladders)
    if ladder is not None:
        level = level_word(ladder, lines[-1], ladders)
        if level is not None or ladder in FREE_MARKS:
            column.kind, column.name = "mark", ladder
            column.rank, column.word = level or (column.place, lines[-1])
            return
        if plain(lines[-1]) in DEGREES:  # "Lý luận chính trị > Trình độ"
            column.kind, column.name = "column", ladder
            return
    alone = recognise(lines[-1]) if above else None
    if alone is not None and alone != NUMBERING:
        if ladder is not None or _told_by(above, NEUTRAL):
            column.kind, column.name = "column", alone
        elif not _told_by(above, FOREIGN):
            column.kind, column.name = "asked", alone
        else:
            column.why = Sentence("layout_under_another", {"upper": lines[-2], "lower": lines[-1]})
        return
    if (not above or (_told_by(above, NEUTRAL) and not _told_by(above, PLANNED))) and (
        ladders_of(lines[-1], ladders) or (not above and plain(lines[-1]) in THE_REST)
    ):
        column.kind = "candidate"


def _ladder_above(lines: Sequence[str], recognise: Recogniser, ladders: Mapping[str, Sequence[str]]) -> str | None:
    """The ladder that the upper lines of a header name."""
    for text in (BETWEEN.join(lines[:-1]), *reversed(lines[:-1])):
        name = recognise(text) if text else None
        if name in {*MARKS, *FREE_MARKS, *ladders}:
            return name
    return None


def _told_by(text: str, words: Sequence[str]) -> bool:
    return any(word in f"{text.casefold()} " for word in words)


def _join_split_names(columns: list[Column]) -> None:
    """Family and given names in two columns are the name, if no column is called so by itself."""
    if any(column.kind == "column" and column.name == "name" and len(column.lines) == 1 for column in columns):
        return
    halves = [
        [column for column in columns if " ".join(column.lines).casefold().strip(" :*") in words]
        for words in SPLIT_NAMES
    ]
    family, middle, given = halves
    if len(family) == len(given) == 1 and len(middle) <= 1:
        for rank, column in enumerate([*family, *middle, *given]):
            column.kind, column.name, column.rank = "column", "name", rank
            column.why, column.joint = Sentence("layout_split_name"), " "


def _join_split_births(columns: list[Column], recognise: Recogniser) -> None:
    """Day, month and year in three columns side by side are the date."""
    for first, second, third in zip(columns, columns[1:], columns[2:], strict=False):
        three = (first, second, third)
        if [plain(column.lines[-1]) if len(column.lines) > 1 else "" for column in three] != ["ngay", "thang", "nam"]:
            continue
        if all(recognise(BETWEEN.join(column.lines[:-1])) in ("birth_date", "birth_year") for column in three):
            for column in three:
                column.kind, column.name = "column", "birth_date"
                column.why, column.joint = Sentence("layout_split_birth"), "/"
