"""What the columns of a sheet are where their headers leave a choice: by their cells, or asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

import numpy as np

from planner.inputs.roster.findings import Findings
from planner.inputs.roster.layout_words import DEGREES, FOREIGN, LADDER_WORDS, MARKS, NO_LEVELS, THE_REST
from planner.inputs.roster.marks import settle_candidates
from planner.inputs.roster.meanings import Column
from planner.inputs.roster.texts import further_rows, letter
from planner.inputs.roster.told import IGNORE
from planner.inputs.synonyms import plain
from planner.messages import Sentence

LOOSE = frozenset(
    {"note", "subject", "institution", "party_joined", "party_official", "schooling", "planned_post", "block"}
)
"""Columns that nothing needs: of two the first is taken, and the other keeps its name."""
MANY = 3
"""So many columns that stand twice are those of a second table."""
_LEVEL_WORDS = frozenset(plain(word) for words in MARKS["education"] for word in words) - THE_REST | {
    "bac si", "duoc si", "y si", "cu nhan", "ky su", "cao hoc", "tcsp", "cdsp", "dhsp", "trung hoc", "trinh do dai hoc",
}  # fmt: skip
_THEORY_WORDS = frozenset({"cao cap", "cc", "ccllct"})
_SCHOOLING = re.compile(r"(lớp\s*)?\d{1,2}\s*/\s*(10|12)", re.IGNORECASE)


def choose(
    columns: list[Column],
    cells: Sequence[np.ndarray],
    rows: np.ndarray,
    ladders: Mapping[str, Sequence[str]],
    names: Collection[str],
    header_row: int,
    findings: Findings,
) -> None:
    """Settle every column's kind.

    Parameters
    ----------
    cells
        For each column the cells of the people.
    rows
        The people's numbers of rows in the sheet.
    names
        Further columns that the scenario speaks of.
    header_row
        The number of the header's last row.
    """
    _nameless(columns, cells, rows, findings)
    _spread(columns, cells)
    settle_candidates(columns, cells, ladders, findings)
    _degrees(columns, cells, ladders, findings)
    _under_another(columns, header_row, findings)
    if not _beside(columns, header_row, findings):
        _twins(columns, names, header_row, findings)
    _unread_levels(columns, cells, ladders, names, findings)


def _nameless(columns: Sequence[Column], cells: Sequence[np.ndarray], rows: np.ndarray, findings: Findings) -> None:
    """A column without a header numbers the rows, or is empty; else nobody can tell what it is."""
    for column in columns:
        if column.kind != "nameless":
            continue
        texts = cells[column.place]
        held = np.flatnonzero(texts != "")
        before = columns[column.place - 1] if column.place else column
        if before.name == "name" and before.kind == "column" and _given_names(cells[before.place], texts):
            column.kind, column.name = "column", "name"
            column.why = before.why = Sentence("layout_split_name")
            column.joint = before.joint = " "
            continue
        numbers = [int(text) for text in texts[held] if text.isdecimal()]
        column.kind = "left_out"
        if len(numbers) == len(held) > 1 and all(b - a == 1 or b == 1 for a, b in pairwise(numbers)):
            column.kind = "numbering"
        elif len(held):
            told = rows[held].tolist()
            findings.fault("table_no_header", told[0], column=letter(column.place), more=further_rows(told))


def _given_names(names: np.ndarray, texts: np.ndarray) -> bool:
    """Whether a column without a header holds the given names: single words, after names that end as in Nguyễn Thị."""
    whole = (names != "") == (texts != "")
    middles = sum(1 for name in names if name.casefold().split()[-1:] in (["thị"], ["văn"]))
    return bool(whole.all()) and middles * 10 >= len(names) and all(str(text).isalpha() for text in texts if text)


def _spread(columns: Sequence[Column], cells: Sequence[np.ndarray]) -> None:
    """Under a header merged over several columns the first is meant; a name may fill them all."""
    for column in columns:
        if column.kind != "spread":
            continue
        source = next(
            other for other in reversed(columns[: column.place]) if other.kind != "spread" or other.name == "name"
        )
        if not (cells[column.place] != "").any() or source.kind in ("left_out", "numbering"):
            column.kind, column.name = "left_out", ""
        elif source.kind == "column":
            column.kind, column.name = "column", source.name
            if source.name == "name":
                column.why = source.why = Sentence("layout_split_name")
                column.joint = source.joint = " "
        else:
            column.kind, column.name = "further", column.header


def _degrees(
    columns: Sequence[Column],
    cells: Sequence[np.ndarray],
    ladders: Mapping[str, Sequence[str]],
    findings: Findings,
) -> None:
    """Tell the degree from its subject, and general schooling from both, by the cells."""
    named = [column for column in columns if column.kind == "column" and column.name == "education"]
    open_ones = [column for column in columns if column.kind == "further" and plain(column.header) in DEGREES]
    marked = any(column.kind == "mark" and column.name == "education" for column in columns)
    for column in open_ones:
        if _mostly(cells[column.place], lambda text: _SCHOOLING.fullmatch(text) is not None):
            column.kind, column.name, column.why = "column", "schooling", Sentence("layout_schooling")
    open_ones = [column for column in open_ones if column.kind == "further"]
    words = _LEVEL_WORDS | set(map(plain, ladders.get("education", ())))
    levels = [c for c in (*named, *open_ones) if _mostly(cells[c.place], lambda text: _is_level(text, words))]
    if marked or levels:
        for column in named:
            if column not in levels and not column.told and len({*named, *open_ones}) + marked > 1:
                _make_subject(column, columns, findings)
    for column in levels:
        if column in open_ones:
            column.kind, column.name, column.why = "column", "education", Sentence("layout_degree")
            findings.remark("layout_degree_read", "read", column="education", header=column.header)
    if not levels and not marked and not named:
        for column in open_ones:
            if (cells[column.place] != "").any():
                choices = (*ladders, "schooling", IGNORE)
                findings.ask("layout_degree_unclear", ("headers", column.header), choices, header=column.header)


def _make_subject(column: Column, columns: Sequence[Column], findings: Findings) -> None:
    taken = any(other.kind == "column" and other.name == "subject" for other in columns)
    column.kind, column.name = ("further", column.header) if taken else ("column", "subject")
    column.why = Sentence("layout_subject")
    findings.remark("layout_subject_read", "read", column="subject", header=column.header)


def _is_level(text: str, words: Collection[str]) -> bool:
    """Whether a cell begins with one of the words of levels."""
    parts = plain(text).split()
    return any(" ".join(parts[:length]) in words for length in range(1, min(len(parts), 4) + 1))


def _mostly(column: np.ndarray, holds: Callable[[str], bool]) -> bool:
    """Whether at least half of the texts of a column are of a kind."""
    texts = set(column.tolist()) - {""}
    return bool(texts) and sum(map(holds, texts)) * 2 >= len(texts)


def _unread_levels(
    columns: Sequence[Column],
    cells: Sequence[np.ndarray],
    ladders: Mapping[str, Sequence[str]],
    names: Collection[str],
    findings: Findings,
) -> None:
    """Ask about a column that seems to tell levels, by its cells or by its header, where nothing else tells them."""
    missing = {*ladders} - {column.name for column in columns if column.kind in ("column", "mark")}
    for column in columns:
        texts = cells[column.place]
        low = f"{column.header.casefold()} "
        if column.kind != "further" or column.told or column.header in names or not (texts != "").any():
            continue
        if any(word in low for word in (*FOREIGN, *NO_LEVELS)):
            continue
        meant = [ladder for ladder, words in LADDER_WORDS.items() if any(word in plain(low) for word in words)]
        if not meant and _mostly(texts, lambda text: _is_level(text, _LEVEL_WORDS | _THEORY_WORDS)):
            meant = [ladder for ladder in ("education", "theory") if ladder in missing]
        if missing & {*meant}:
            likely = [ladder for ladder in meant if ladder in missing]
            findings.ask(
                "layout_levels_unclear",
                ("headers", column.header),
                (*ladders, IGNORE),
                likely[0] if len(meant) == 1 else "",
                header=column.header,
                found=next(str(text) for text in texts if text)[:60],
                name=likely[0],
            )


def _under_another(columns: Sequence[Column], header_row: int, findings: Findings) -> None:
    """A known header under an upper one that may change it: asked, unless another column is plainly that."""
    given = {column.name for column in columns if column.kind in ("column", "mark")}
    for column in columns:
        if column.kind != "asked":
            continue
        if column.name in given:
            column.kind, column.name = "further", column.header
            column.why = Sentence("layout_under_another", {"upper": column.lines[-2], "lower": column.lines[-1]})
            continue
        findings.ask(
            "layout_upper_unclear",
            ("headers", column.header),
            (column.name, IGNORE),
            column.name,
            column=column.name,
            row=header_row,
            header=column.header,
            name=column.name,
        )
        given.add(column.name)
        column.kind = "column"


def _beside(columns: Sequence[Column], header_row: int, findings: Findings) -> bool:
    """Whether a second table of people stands beside the first; one of other things is left out, and said."""
    first: dict[str, Column] = {}
    again = []
    for column in columns:
        if column.kind == "column" and not column.joint:
            if column.name in first:
                again.append(column)
            first.setdefault(column.name, column)
    if not again or any(column.told for column in columns):
        return False
    start = min(column.place for column in again)
    gaps = [column.place for column in columns[:start] if not column.header and column.kind == "left_out"]
    named = ", ".join(f"'{column.header}'" for column in again)
    if {"name", "cadre"} & {column.name for column in again} and len(again) >= MANY:
        findings.ask("layout_side_by_side", row=header_row, headers=named)
    elif gaps and max(gaps) > max(column.place for column in first.values() if column.place < start):
        right = [column for column in columns if column.place > max(gaps) and column.header]
        for column in right:
            column.kind, column.name = "left_out", ""
        findings.remark("layout_beside", "left_out", headers=", ".join(f"'{column.header}'" for column in right))
        return False
    else:
        return False
    for column in again:
        column.kind, column.name = "further", column.header
    return True


def _twins(columns: Sequence[Column], names: Collection[str], header_row: int, findings: Findings) -> None:
    """Of several columns of one meaning the one that is told or named exactly is taken; else it is asked."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.kind == "column":
            groups.setdefault(column.name, []).append(column)
    marked = {column.name for column in columns if column.kind == "mark"}
    for name, group in groups.items():
        if all(column.joint for column in group):
            continue
        told = [column for column in group if column.told] or [column for column in group if column.header == name]
        if len(told) == 1 and name not in marked:
            _keep(told[0], group)
        elif len(group) > 1 and name in LOOSE and name not in names:
            _keep(group[0], group)
        elif len(group) > 1 or name in marked:
            _ask_twins(name, group, header_row, findings, marked=name in marked)


def _keep(kept: Column, group: Sequence[Column]) -> None:
    for column in group:
        if column is not kept:
            column.kind, column.name = "further", column.header
            column.why = Sentence("layout_other_taken", {"header": kept.header})


def _ask_twins(name: str, group: Sequence[Column], header_row: int, findings: Findings, *, marked: bool) -> None:
    headers = ", ".join(f"'{column.header}'" for column in group)
    at = group[-1].header
    key = "layout_marks_and_text" if marked else "roster_same_column"
    findings.ask(
        key,
        ("headers", at),
        (name, IGNORE),
        column=name,
        row=header_row,
        headers=headers,
        header=at,
    )
    _keep(group[0], group)
    if marked:
        group[0].kind, group[0].name = "further", group[0].header
