"""How much room texts take in cells: in how many lines they stand, and how wide the columns of a page may be.

References
----------
ECMA-376, part 1, 18.3.1.13 (`col`): a column's width counts digits of the workbook's font, and a cell has five pixels
of padding. Widths of letters are those of Calibri, which XlsxWriter has: those of Times New Roman are within 3 % but
for capitals, which are a fifth wider, and for bold letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from xlsxwriter.utility import xl_pixel_width

DIGIT, PADDING = 7, 5
"""A digit of Times New Roman 11, and what a cell keeps free, in pixels (96 to the inch)."""
SIZE = 11
"""The font of cells, in points."""
POINTS_PER_PIXEL = 72 / 96
REGULAR, BOLD, CAPITALS = 1.04, 1.09, 1.25
"""How much wider letters of Times New Roman are taken to be than those of Calibri."""
WIDER = 1.25
"""How much wider than it needs a table may become to fill its page."""
LONGEST_WORD = 200.0
"""The room that is made for a word, so that it is not broken, in pixels: some thirty letters."""
MOST_LINES = 24
"""The lines of a cell, at most and full, for a row of a spreadsheet has no room for more than 29 of 11 points."""
CROWDED = 1.18
"""How much wider than its page a table may become before its columns are kept narrow: it is then printed smaller."""
WIDEST = 1.33
"""How much wider than its page a table may be before its columns are made as narrow as their words."""


@dataclass(frozen=True)
class Column:
    """A column of a form: its heading, its width [characters] and the style of its cells."""

    heading: str
    width: float
    style: str = "cell"


def pixels(width: float) -> int:
    """A column's width in pixels; `width` in digits."""
    return int(width * DIGIT + 0.5) + PADDING


def text_width(text: str, *, size: float = SIZE, bold: bool = False) -> float:
    """How wide a text is on one line [pixels]; dots to be written on are an em each, wider than those of Calibri."""
    wider = CAPITALS if bold and text.isupper() else BOLD if bold else REGULAR
    dots = text.count("…") * size / POINTS_PER_PIXEL
    return wider * xl_pixel_width(_bare(text.replace("…", ""))) * size / SIZE + dots


@lru_cache(maxsize=100_000)
def text_lines(text: str, room: float, *, size: float = SIZE, bold: bool = False) -> int:
    """The lines that a text takes in a cell so wide [pixels]: broken between words, and within one that is too long."""
    free = max(room - PADDING, 1.0)
    blank = text_width(" ", size=size, bold=bold)
    number = 0
    for part in text.splitlines() or [""]:
        number, used = number + 1, 0.0
        for word in part.split():
            wide = text_width(word, size=size, bold=bold)
            if used and used + blank + wide > free:
                number, used = number + 1, 0.0
            used += wide + (blank if used else 0.0)
            while used > free:
                number, used = number + 1, used - free
    return number


def fitted(columns: Sequence[Column], rows: Iterable[Sequence[object] | str], page: float) -> list[Column]:
    """Columns no wider than what stands in them needs; what room the page [pixels] has left, those in need have.

    The widths that columns come with are the most that they have as long as the page is too narrow for all.
    """
    told = [cells for cells in rows if not isinstance(cells, str)]
    texts = [[str(cells[place]) for cells in told] for place in range(len(columns))]
    natural = [_needed(column, own) for column, own in zip(columns, texts, strict=True)]
    wide = [
        min(need, max(float(pixels(column.width)), _heading(column), _least(own)))
        for column, own, need in zip(columns, texts, natural, strict=True)
    ]
    spare = CROWDED * page - sum(wide)
    lacking = [need - has for need, has in zip(natural, wide, strict=True)]
    if spare > 0 and sum(lacking) > 0:
        share = min(1.0, spare / sum(lacking))
        wide = [has + share * lack for has, lack in zip(wide, lacking, strict=True)]
    if (excess := sum(wide) - WIDEST * page) > 0:
        least = [max(_heading(column), _least(own)) for column, own in zip(columns, texts, strict=True)]
        slack = [max(0.0, has - low) for has, low in zip(wide, least, strict=True)]
        give = min(1.0, excess / sum(slack)) if sum(slack) else 0.0
        wide = [has - give * more for has, more in zip(wide, slack, strict=True)]
    stretch = min(max(page / sum(wide), 1.0), WIDER)
    widths = [(has * stretch - PADDING) / DIGIT for has in wide]
    return [replace(column, width=round(width, 2)) for column, width in zip(columns, widths, strict=True)]


def halved(columns: Sequence[Column], left: float, right: float) -> tuple[int, list[Column]]:
    """Where a heading of two halves is cut, and the columns, wider where a half has not the room it needs [pixels].

    The cut is the one that lacks least; of several that lack nothing the one nearest to the middle.
    """
    widths = [float(pixels(column.width)) for column in columns]
    places = range(1, max(2, len(columns)))

    def lacks(place: int) -> tuple[float, float]:
        return max(0.0, left - sum(widths[:place])), max(0.0, right - sum(widths[place:]))

    half = sum(widths) / 2
    cut = min(places, key=lambda place: (round(sum(lacks(place))), abs(sum(widths[:place]) - half)))
    grown = []
    for place, column in enumerate(columns):
        side, lack = (widths[:cut], lacks(cut)[0]) if place < cut else (widths[cut:], lacks(cut)[1])
        more = 1 + lack / sum(side) if sum(side) else 1.0
        grown.append(replace(column, width=(widths[place] * more - PADDING) / DIGIT) if lack else column)
    return cut, grown


def _needed(column: Column, texts: Sequence[str]) -> float:
    """What the texts of a column need, each on one line; one in which nothing stands is to be written in [pixels]."""
    if not any(texts):
        return max(float(pixels(column.width)), _heading(column))
    return max(_heading(column), *(text_width(text) + 2 * PADDING for text in texts))


def _least(texts: Sequence[str]) -> float:
    """What a column needs so that no word is broken but one longer than any name, and no row too high [pixels]."""
    words = {word for text in texts for word in text.split()}
    word = min(max((text_width(word) for word in words), default=0.0) + 2 * PADDING, LONGEST_WORD)
    return max(word, max(map(text_width, texts), default=0.0) / MOST_LINES + 2 * PADDING)


def _heading(column: Column) -> float:
    """What the longest word of a column's heading needs, so that none is broken [pixels]."""
    return max((text_width(word, bold=True) for word in column.heading.split()), default=0.0) + 2 * PADDING


def _bare(text: str) -> str:
    """A text without the marks above and below its letters, which do not make them wider."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).replace("đ", "d").replace("Đ", "D")
