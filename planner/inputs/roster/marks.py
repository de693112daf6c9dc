"""Levels told by marks in several columns: one column of text per ladder, the header's word where a mark stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.inputs.roster.findings import Findings
from planner.inputs.roster.layout_words import (
    FREE_MARKS,
    MARKED,
    MARKS,
    NOT_MARKED,
    THE_REST,
    UNDER_WAY,
)
from planner.inputs.roster.meanings import Column, ladders_of, level_word
from planner.inputs.roster.notes import Heading
from planner.inputs.roster.texts import EXCEL_ERRORS
from planner.inputs.roster.told import IGNORE
from planner.inputs.synonyms import plain
from planner.messages import Sentence

_YEAR = re.compile(r"(?:\d{1,2}[-/.]){0,2}((?:19|20|21)\d\d)|((?:19|20|21)\d\d)-\d\d-\d\d.*")
_VALUE_HEADERS = frozenset({"trinh do", "chung chi", "bac", "loai", "ten", "ten ngoai ngu", "ngoai ngu", "thu tieng"})
"""Headers under a ladder of certificates whose cells tell them by themselves."""


def settle_candidates(
    columns: Sequence[Column], cells: Sequence[np.ndarray], ladders: Mapping[str, Sequence[str]], findings: Findings
) -> None:
    """Give every column headed by a level's word its ladder, which the words beside it tell; or ask for it.

    Parameters
    ----------
    cells
        For each column the cells of the people.
    """
    plainly = {column.name for column in columns if column.kind == "mark"}
    for run in _runs(columns, ladders):
        possible = set.intersection(*(ladders_of(column.lines[-1], ladders) or {*MARKS} for column in run))
        if not _has_marks(run, cells) and any((cells[column.place] != "").any() for column in run):
            for column in run:  # a column of other text that happens to be called so
                column.kind = "further"
            continue
        if len(possible) == 1 and possible.isdisjoint(plainly):  # else they are marks of something else
            (ladder,) = possible
            for column in run:
                rank, word = level_word(ladder, column.lines[-1], ladders) or (99, column.lines[-1])
                column.kind, column.name, column.rank, column.word = "mark", ladder, rank, word
            continue
        taken = {column.name for column in columns if column.kind in ("column", "mark")}
        left = sorted(possible - taken)
        for column in run:
            column.kind = "further"
            findings.ask(
                "layout_mark_ladder",
                ("headers", column.header),
                (*sorted(possible), IGNORE),
                left[0] if len(left) == 1 else "",
                header=column.header,
                ladders=", ".join(sorted(possible)),
            )


def _runs(columns: Sequence[Column], ladders: Mapping[str, Sequence[str]]) -> list[list[Column]]:
    """The candidates that stand side by side and go one way on one ladder, no level twice."""
    runs: list[list[Column]] = []
    for column in columns:
        if column.kind != "candidate":
            continue
        run = runs[-1] if runs else []
        if run and run[-1].place == column.place - 1 and _goes_on(run, column, ladders):
            run.append(column)
        else:
            runs.append([column])
    for run in runs:
        if all(plain(column.lines[-1]) in THE_REST for column in run):
            for column in run:
                column.kind = "further"
    return [run for run in runs if any(column.kind == "candidate" for column in run)]


def _goes_on(run: Sequence[Column], column: Column, ladders: Mapping[str, Sequence[str]]) -> bool:
    both = [*run, column]
    if plain(column.lines[-1]) in THE_REST:
        return True
    for ladder in set.intersection(*(ladders_of(one.lines[-1], ladders) or {*MARKS} for one in both)):
        places = [level_word(ladder, one.lines[-1], ladders) for one in both]
        ranks = [place[0] for place in places if place is not None]
        if len(ranks) == len(both) and (ranks == sorted(set(ranks)) or ranks == sorted(set(ranks), reverse=True)):
            return True
    return False


def _has_marks(run: Sequence[Column], cells: Sequence[np.ndarray]) -> bool:
    """Whether most of what stands in a run of columns are marks or years."""
    texts = [text for column in run for text in cells[column.place].tolist() if text]
    told = sum(1 for text in texts if text.casefold() in MARKED | NOT_MARKED or _YEAR.fullmatch(text))
    return told * 2 > len(texts) or (len(run) > 1 and all(not re.search(r"\d", text) for text in texts))


@dataclass
class _Row:
    """What the marks of one person say: held levels as (place on the ladder, text), and all that says more."""

    held: list[tuple[int, str]] = field(default_factory=list)
    more: list[tuple[int, str]] = field(default_factory=list)


def joined_marks(
    ladder: str, columns: Sequence[Column], cells: Sequence[np.ndarray], rows: np.ndarray, findings: Findings
) -> np.ndarray:
    """One column of text out of the columns of marks of a ladder.

    A mark gives the level's word ("Thạc sĩ"), a subject follows it ("Thạc sĩ Luật"), a year or a study under way stands
    behind it in brackets ("Thạc sĩ (2027)"). Of two marks the higher is taken, and said; what is none of this is asked.

    Parameters
    ----------
    rows
        The people's numbers of rows in the sheet.
    """
    found: dict[int, _Row] = {}
    unread: dict[tuple[str, str], list[int]] = {}
    rest: list[int] = []
    order = sorted(columns, key=lambda column: column.rank)
    for column in order:
        texts = cells[column.place]
        for index in np.flatnonzero(texts != "").tolist():
            text = str(texts[index])
            row = found.setdefault(index, _Row())
            if not _read(ladder, column, text, row):
                unread.setdefault((column.header, text), []).append(int(rows[index]))
            elif plain(column.lines[-1]) in THE_REST and text.casefold() in MARKED:
                rest.append(int(rows[index]))
    result = np.full(len(rows), "", dtype=object)
    several = []
    for index, row in found.items():
        if ladder in FREE_MARKS:
            result[index] = _certificates(row)
        elif row.more:
            result[index] = "; ".join(text for _, text in sorted([*row.held, *row.more]))
        elif row.held:
            result[index] = min(row.held)[1]
            if len(row.held) > 1:
                several.append(int(rows[index]))
    if several:
        findings.remark("layout_two_marks", "read", several, ladder)
    if rest and ladder not in FREE_MARKS:
        findings.remark("layout_rest", "assumed", rest, ladder, word=order[-1].word)
    for (header, text), numbers in unread.items():
        findings.ask("layout_mark_unread", rows=numbers, column=ladder, header=header, found=text[:60])
    named = ", ".join(f"'{column.header}'" for column in sorted(columns, key=lambda column: column.place))
    findings.remark("layout_marks", "read", (), ladder, headers=named, name=Heading(ladder, ladder))
    return result


def _read(ladder: str, column: Column, text: str, row: _Row) -> bool:
    """Put to `row` what a cell says; False if nothing is plain."""
    low = text.casefold()
    if low in NOT_MARKED or text in EXCEL_ERRORS:
        return True
    if ladder in FREE_MARKS:
        return _read_certificate(column, text, row)
    if low in MARKED:
        row.held.append((column.rank, column.word))
    elif _YEAR.fullmatch(text):
        year = _YEAR.fullmatch(text)
        row.more.append((column.rank, f"{column.word} ({year[1] or year[2]})" if year else column.word))
    elif any(word in low for word in UNDER_WAY):
        row.more.append((column.rank, f"{column.word} ({text})"))
    elif re.fullmatch(r"[^\W\d_](?:[^\d?!=#@]|\(|\)){1,79}", text):
        same = plain(text).startswith(plain(column.word)) or plain(text).split()[0] == plain(column.lines[-1])
        row.held.append((column.rank, text if same else f"{column.word} {text}"))
    else:
        return False
    return True


def _read_certificate(column: Column, text: str, row: _Row) -> bool:
    """A certificate: its name is the header's or the cell's, or both."""
    by_itself = plain(column.lines[-1]) in _VALUE_HEADERS
    if text.casefold() in MARKED:
        row.held.append((column.place, "có" if by_itself else column.word))
    elif by_itself:
        row.more.append((column.place, text))
    else:
        row.held.append((column.place, f"{column.word} {text}"))
    return True


def _certificates(row: _Row) -> str:
    """Certificates one after another; the parts of one, such as language and level, as one text."""
    one = " ".join(text for _, text in sorted(row.more))
    return "; ".join([*([one] if one else []), *(text for _, text in sorted(row.held))])


def of_ladders(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """The columns of marks by ladder."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        if column.kind == "mark":
            found.setdefault(column.name, []).append(column)
    for ladder, marks in found.items():
        for column in marks:
            column.why = Sentence("layout_mark_of", {"ladder": Heading(ladder, ladder), "word": column.word})
    return found
