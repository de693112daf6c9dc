"""A study's name without what is said of time: "Đang học Thạc sĩ Luật đến 2027" is "Thạc sĩ Luật"."""

from __future__ import annotations

from functools import cache

from planner.inputs.vocabulary import words
from planner.inputs.vocabulary.phrases import PhraseTable, tokens


@cache
def _table() -> PhraseTable:
    table = PhraseTable()
    table.add("time", [*words.UNDER_WAY, *words.ENDS, *words.BEGINS, "lớp", "năm", "dự kiến"])
    table.add("other", ["đẳng", "đảng"])
    return table


def without_time(text: str) -> str:
    """The words of a text that do not speak of time."""
    table = _table()
    pieces = tokens(text)
    kept = []
    place = 0
    while place < len(pieces):
        hit = table.at(pieces, place)
        timely = hit is not None and hit.role == "time"
        if not timely and pieces[place].sort not in ("year", "date", "range", "apart", "mark"):
            kept.append(pieces[place].text)
        place += hit.length if hit is not None and timely else 1
    return " ".join(kept)
