"""Where the header of a table stands, in how many lines, and what each column is called by it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.inputs.roster.sheets import Merge, Row
from planner.inputs.roster.texts import clean
from planner.inputs.synonyms import Recogniser

HEADER_WITHIN = 40
"""A header stands among the first rows that hold anything [rows]."""
MOST_LINES = 3
"""A header has at most so many lines [rows]."""
BETWEEN = " > "
"""What stands between the lines of a header in a column's name."""
PEOPLE = frozenset({"cadre", "name"})
"""A table of people has one of these columns."""


@dataclass(frozen=True)
class Header:
    """The header of a table.

    Attributes
    ----------
    names
        What each column is called: "Upper > Lower" where there are several lines, "" where nothing stands over it. A
        name that occurs again is "Name (2)".
    spread
        The columns under a header cell that is merged from their left and has no lower line.
    lines
        The texts over each column, from the top.
    first, last
        The places of its first and last line among the rows [0 = first].
    row
        The number of its last line, as a spreadsheet shows it.
    """

    names: tuple[str, ...]
    spread: frozenset[int]
    lines: tuple[tuple[str, ...], ...]
    first: int
    last: int
    row: int


def known(cells: Iterable[str], headers: Recogniser) -> set[str]:
    """The different columns that the cells of a row name."""
    return {name for cell in cells if cell and (name := headers(cell)) is not None}


def is_header_of_people(cells: Sequence[str], headers: Recogniser) -> bool:
    """Whether a row names the columns of a table of people."""
    names = known(cells, headers)
    return len(names) >= 3 and not PEOPLE.isdisjoint(names)


def find_header(rows: Sequence[Row], headers: Recogniser, merges: Sequence[Merge] = (), start: int = 0) -> Header:
    """The header of a sheet that holds anything.

    It is the first of the first rows that names two columns, a person's code or name among them; else the first that
    names any two; else the first row. Lines above and below belong to it if cells are merged over both, or if they
    fill only what the others leave blank or group.

    Parameters
    ----------
    headers
        What knows a header when it sees one.
    start
        The place of the first row to look at.
    """
    top = [(number, [clean(cell) for cell in cells]) for number, cells in rows[start : start + HEADER_WITHIN + 3]]
    named = [known(cells, headers) for _, cells in top[:HEADER_WITHIN]]
    several = [place for place, names in enumerate(named) if len(names) >= 2]
    anchor = next((place for place in several if not PEOPLE.isdisjoint(named[place])), next(iter(several), 0))
    form = _Form(top, headers, merges)
    first = last = anchor
    while last - first + 1 < MOST_LINES and last + 1 < len(top) and form.goes_on(first, last):
        last += 1
    while last - first + 1 < MOST_LINES and first > 0 and form.goes_above(first, last):
        first -= 1
    lines, spread = form.lines(first, last)
    names = _told_apart([BETWEEN.join(line) for line in lines])
    return Header(names, spread, lines, start + first, start + last, top[last][0])


def counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, as forms do: (1) (2) (3), or A B 1 2 3."""
    marks = [cell.strip("()[] .") for cell in cells if cell]
    numbers = [mark for mark in marks if not re.fullmatch("[A-Za-z]", mark)]
    return len(numbers) >= 3 and numbers == [str(i + 1) for i in range(len(numbers))]


def _told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """The names, one that occurs again with its number behind it."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return tuple(found)


class _Form:
    """The first rows of a sheet, and how their cells are merged."""

    def __init__(self, top: Sequence[Row], headers: Recogniser, merges: Sequence[Merge]) -> None:
        self.top = top
        self.headers = headers
        within = top[-1][0] if top else 0
        self.merges = [merge for merge in merges if merge.top <= within]

    def goes_on(self, first: int, last: int) -> bool:
        """Whether the row after `last` is the header's next line."""
        number, cells = self.top[last + 1]
        upper, deepest = self.top[first][0], self.top[last][0]
        if any(upper <= merge.top <= deepest and merge.bottom >= number for merge in self.merges):
            return True
        header, spread = self.lines(first, last)
        deepest_lines = ["" if column in spread or not line else line[-1] for column, line in enumerate(header)]
        return _continues(deepest_lines, cells, self.headers)

    def goes_above(self, first: int, last: int) -> bool:
        """Whether the row before `first` is the header's line above: not a title, nor a letterhead."""
        number, cells = self.top[first - 1]
        below = self.top[first]
        if any(merge.top <= number and merge.bottom >= below[0] for merge in self.merges):
            return True
        if sum(map(bool, cells)) < 2:
            return False
        lower = below[1]
        blank = {j for j, cell in enumerate(cells) if cell and not (lower[j : j + 1] or [""])[0]}
        if any(self.headers(cells[j]) for j in blank):
            return True
        joined, _ = self.lines(first - 1, last)
        told = [line for line in joined if len(line) > 1]
        return any(self.headers(BETWEEN.join(line)) and not self.headers(line[-1]) for line in told)

    def lines(self, first: int, last: int) -> tuple[tuple[tuple[str, ...], ...], frozenset[int]]:
        """The texts over each column, and the columns that a merged cell alone names, from their left."""
        rows = self.top[first : last + 1]
        merged = self._merged(rows)
        width = max(
            [len(cells) for _, cells in rows] + [column + 1 for (_, column), (_, text) in merged.items() if text]
        )
        told: list[list[str]] = [[] for _ in range(width)]
        spread: set[int] = set()
        for place, (number, cells) in enumerate(rows):
            group = ""
            for column in range(width):
                text = cells[column] if column < len(cells) else ""
                inside = merged.get((number, column))
                if inside is not None:
                    left, text = inside
                    group = ""
                    (spread.add if column > left else spread.discard)(column)
                elif text:
                    group = text
                    spread.discard(column)
                elif group and place < len(rows) - 1 and not told[column] and _below(rows[place + 1 :], column):
                    text = group  # a cell that groups those under it, but is not merged over them
                else:
                    group = group if place < len(rows) - 1 and not _below(rows[place + 1 :], column) else ""
                if text and told[column][-1:] != [text]:
                    told[column].append(text)
        while told and not told[-1]:
            told.pop()
        alone = {column for column in spread if column < len(told) and told[column] == told[column - 1]}
        return tuple(map(tuple, told)), frozenset(alone)

    def _merged(self, rows: Sequence[Row]) -> dict[tuple[int, int], tuple[int, str]]:
        """Row's number, column -> the merged cell's first column and its text."""
        texts = dict(self.top)
        found: dict[tuple[int, int], tuple[int, str]] = {}
        for merge in self.merges:
            cells = texts.get(merge.top, [])
            text = cells[merge.left] if merge.left < len(cells) else ""
            for number, _ in rows:
                if merge.top <= number <= merge.bottom:
                    for column in range(merge.left, min(merge.right, 1000) + 1):
                        found[number, column] = merge.left, text
        return found


def _below(rows: Sequence[Row], column: int) -> bool:
    return any(column < len(cells) and cells[column] for _, cells in rows)


def _continues(header: Sequence[str], cells: Sequence[str], headers: Recogniser) -> bool:
    """Whether a row is a header's next line: it fills only columns that the lines above leave blank or group."""
    grouped = {j for j in range(len(cells)) if j >= len(header) or not header[j]}
    grouped |= {j - 1 for j in grouped}
    below = {j for j, cell in enumerate(cells) if cell}
    if not below or any(re.match(r"[\d(]", cells[j]) for j in below):
        return False
    joined, group = {}, ""
    for j in range(max(below) + 1):
        group = (header[j] if j < len(header) else "") or group
        joined[j] = f"{group} {cells[j] if j < len(cells) else ''}".strip()
    # A column may be grouped all by itself, under a word that names no column.
    if any(headers(header[j]) or not (headers(joined[j]) or headers(cells[j])) for j in below - grouped):
        return False
    if any(headers(joined[j]) or headers(cells[j]) for j in below):
        return True
    return len(below) >= 2 and not any(j < len(header) and headers(header[j]) in PEOPLE for j in below)
