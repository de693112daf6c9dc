"""Rows that name the office, or the block of offices, of the people below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.inputs.roster.layout_words import BLOCKS, CONTINUED, COUNTED, NO_OFFICE

_ROMAN = re.compile(r"M{0,2}(C[MD]|D?C{0,3})(X[CL]|L?X{0,3})(I[XV]|V?I{0,3})")
_MARK = re.compile(r"([A-ZĐ]|[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.):/]*")
_LEADING = re.compile(r"(?:(?:[A-ZĐ]|[IVXLC]{1,6}|\d{1,2}(?:\.\d+)*|[a-zđ])\s*[.):/-]+|[-–+*•])\s*(?=\S)")
_SPACED = re.compile(r"[IVX]{1,5}\s+(?=[^\W\d_]{2})")
LETTERS = "ABCDĐEGHIKLMNOPQRSTUVXY"


@dataclass(frozen=True)
class Section:
    """A row that begins a section.

    Attributes
    ----------
    index
        The row's place among those below the header.
    kind
        How it is marked: roman, letter, number (as many as its parts), small; unmarked: block, people, caps, text.
    mark
        The mark itself.
    text
        What it says, without mark, number of people and "(tiếp theo)".
    """

    index: int
    kind: str
    mark: str
    text: str

    @property
    def is_office(self) -> bool:
        """Whether it may name one office, and neither several nor a kind of people."""
        text = self.text.casefold()
        return not text.startswith(BLOCKS) and not NO_OFFICE.match(text)


def marker_kind(text: str) -> str:
    """How a text numbers a row: roman, letter, number, small; "" if it is no such mark."""
    found = _MARK.fullmatch(text)
    if not found:
        return ""
    mark = found[1]
    if mark[0].isdigit():
        return "number" if "." not in mark else f"number{mark.count('.')}"
    if mark.islower():
        return "small"
    return "roman" if mark and _ROMAN.fullmatch(mark) else "letter" if len(mark) == 1 else ""


def section_of(index: int, mark: str, texts: Sequence[str]) -> Section:
    """A row with a mark and its texts as a section."""
    text = texts[0]
    if not mark and len(texts) > 1 and marker_kind(text) in ("roman", "letter"):
        mark, text = text, texts[1]
    if not mark and (leading := _LEADING.match(text) or _SPACED.match(text)):
        mark, text = leading[0].strip(" .):/-"), text[leading.end() :]
    while (shorter := COUNTED.sub("", CONTINUED.sub("", text))) != text:
        text = shorter
    text = text.strip(" .:;-–")
    low = text.casefold()
    written = "caps" if text.isupper() else "text"
    unmarked = "block" if low.startswith(BLOCKS) else "people" if NO_OFFICE.match(low) else written
    kind = marker_kind(mark) or unmarked
    return Section(index, kind, mark.strip(" .):/-"), text)


def above(sections: Sequence[Section], rows: int) -> list[tuple[Section, ...]]:
    """For each of the rows below the header the sections that it stands in, the lowest last."""
    found: list[tuple[Section, ...]] = []
    stack: list[Section] = []
    begun = iter(_lettered(sections))
    following = next(begun, None)
    for index in range(rows):
        while following is not None and following.index <= index:
            kinds = [one.kind for one in stack]
            outer = stack[: kinds.index(following.kind)] if following.kind in kinds else stack
            if stack and _beside(stack[-1], following):
                outer = stack[:-1]
            stack = [*outer, following]
            following = next(begun, None)
        found.append(tuple(stack))
    return found


def _beside(last: Section, section: Section) -> bool:
    """Whether two sections without a mark stand side by side though they are written otherwise: one has people."""
    unmarked = ("caps", "text")
    return last.kind in unmarked and section.kind in unmarked and section.index - last.index > 1


def _lettered(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections; a mark such as C, which may be a letter or a Roman number, is a letter where it follows B."""
    last = ""
    for section in sections:
        after = LETTERS[LETTERS.index(last) + 1 :][:2] if last in LETTERS else ""
        if last and section.kind == "roman" and section.mark in after:
            section = replace(section, kind="letter")
        last = section.mark if section.kind == "letter" else last
        yield section


def offices(
    sections: Sequence[Section], people: np.ndarray, agency: np.ndarray | None, block: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, dict[str, list[int]], dict[str, list[int]]]:
    """The office and the block of each person: their own cells first, else the sections above.

    Parameters
    ----------
    people
        The places of the people among the rows below the header.
    agency, block
        Their own cells; None where there is no such column.

    Returns
    -------
    tuple
        Office and block of each person; office -> places among `people` that the sections gave it; the same of blocks.
    """
    around = above(sections, int(people.max()) + 1 if len(people) else 0)
    given: dict[str, list[int]] = {}
    blocks: dict[str, list[int]] = {}
    office = np.full(len(people), "", dtype=object) if agency is None else agency.copy()
    whole = np.full(len(people), "", dtype=object) if block is None else block.copy()
    for place, index in enumerate(people.tolist()):
        stack = around[index]
        named = [one for one in stack if one.is_office][-1:]  # a kind of people below it is of the same office
        if not office[place] and named:
            office[place] = named[0].text
            given.setdefault(named[0].text, []).append(place)
        around_office = stack[: stack.index(named[0])] if named and office[place] == named[0].text else ()
        upper = [one.text for one in around_office or stack if one.text.casefold() != str(office[place]).casefold()]
        if not whole[place] and upper:
            whole[place] = upper[-1]
            blocks.setdefault(upper[-1], []).append(place)
    return office, whole, given, blocks
