"""A study's name and its end apart: "Đang học Thạc sĩ Luật đến 2027" is "Thạc sĩ Luật", until 2027."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from planner.inputs.vocabulary import words
from planner.inputs.vocabulary.phrases import PhraseTable, Token, tokens

_WHEN = ("year", "date", "range")


@cache
def _table() -> PhraseTable:
    table = PhraseTable()
    table.add("begins", words.BEGINS, bare="alone")
    table.add("ends", words.ENDS, bare="alone")
    table.add("time", [*words.UNDER_WAY, "lớp", "năm", "tháng", "dự kiến"], bare="alone")
    table.add("other", ["đẳng", "đảng"])
    return table


def _pieces(text: str) -> Iterator[tuple[Token, str]]:
    """The pieces of a text, each with what it is said to be about time; empty where nothing."""
    table = _table()
    pieces = tokens(text)
    place = 0
    while place < len(pieces):
        hit = table.at(pieces, place)
        role = "" if hit is None or hit.role == "other" else hit.role
        length = 1 if hit is None or not role else hit.length
        yield pieces[place], role
        place += length


def without_time(text: str) -> str:
    """The words of a text that do not speak of time."""
    return " ".join(
        piece.text for piece, role in _pieces(text) if not role and piece.sort not in (*_WHEN, "apart", "mark")
    )


def told_end(text: str) -> int | None:
    """The year in which a study ends, if the text tells one year that is no beginning."""
    ends, begun = [], False
    for piece, role in _pieces(text):
        if piece.sort in _WHEN:
            if not begun or piece.sort == "range":
                ends.append(piece.year)
            begun = False
        elif role in ("begins", "ends"):
            begun = role == "begins"
    return ends[0] if len(set(ends)) == 1 else None
