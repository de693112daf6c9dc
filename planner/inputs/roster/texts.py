"""The text of cells made clean, and columns and rows as a spreadsheet calls them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from planner.messages import Sentence

EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
MASK = "…"
"""What stands in the cells of a column that counts for nothing, in a run's copy of a roster."""
MOST_RANGES = 12  # ranges of rows that a sentence tells

_INVISIBLE = r"\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_UNTIDY = re.compile(rf"^['\s]|\s$|\s\s|[^\S ]|[{_INVISIBLE}]")


def clean(text: str) -> str:
    """`text` in NFC, without invisible characters, with single spaces and without a leading apostrophe.

    An apostrophe before a cell tells spreadsheets that it is text ('007, '=SUM); it is no part of it.
    """
    if not _UNTIDY.search(text) and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    text = " ".join(text.split())
    return text[1:].lstrip() if text[:1] == "'" else text


def clean_column(column: np.ndarray, distinct: Iterable[str]) -> np.ndarray:
    """A column of cells made clean; `distinct` are its texts, each once."""
    changed = {text: tidy for text in distinct if (tidy := clean(text)) != text}
    return np.array([changed.get(text, text) for text in column], dtype=object) if changed else column


def filled(frame: pd.DataFrame) -> np.ndarray:
    """Which rows of a table of text hold anything at all."""
    some = np.zeros(len(frame), dtype=bool)
    for name in frame.columns:
        if some.all():
            break
        some |= frame[name].to_numpy(dtype=object) != ""
    return some


def letter(column: int) -> str:
    """How a spreadsheet calls a column [0 = first]: A, B, ..., Z, AA, ..."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def further_rows(rows: Sequence[int | str]) -> Sentence | str:
    """The end of a sentence about the first of `rows`: in which others the same holds."""
    if len(rows) < 2:
        return ""
    named = ", ".join(str(row) for row in rows[1:11])
    more = {"count": len(rows) - 11} if len(rows) > 11 else {}
    return Sentence("table_more_rows" if more else "table_rows", {"rows": named, **more})


def ranges(rows: Iterable[int]) -> str:
    """Numbers of rows in few words: 3, 5-9, 12."""
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    named = [str(first) if first == last else f"{first}-{last}" for first, last in found[:MOST_RANGES]]
    return ", ".join([*named, "…"] if len(found) > MOST_RANGES else named)
