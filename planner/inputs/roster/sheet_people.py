"""The people of one sheet: its header, what its columns and its rows are, and what is said of what is no person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from planner.inputs.roster.column_choice import choose
from planner.inputs.roster.findings import Findings
from planner.inputs.roster.headers import PEOPLE, Header, find_header
from planner.inputs.roster.layout_words import LETTERHEAD, UNTITLED_SHEET
from planner.inputs.roster.marks import joined_marks, of_ladders
from planner.inputs.roster.meanings import Column, by_header
from planner.inputs.roster.merged_cells import fill_dittos, fill_merged, fill_offices
from planner.inputs.roster.posts_and_offices import with_posts_and_offices
from planner.inputs.roster.row_roles import Form, Roles, is_office, roles_of
from planner.inputs.roster.sections import Section, section_of
from planner.inputs.roster.sheet_offices import say_idle_sections, with_offices
from planner.inputs.roster.sheets import Row, Sheet
from planner.inputs.roster.table_reader import clean_columns, error_cells, longer_rows
from planner.inputs.roster.texts import clean, further_rows, letter
from planner.inputs.roster.told import Answers
from planner.inputs.synonyms import HEADERS, Recogniser

LEFT_OUT = ("header", "numbers", "total", "signature", "note", "vacant", "empty")
"""The roles of rows that are left out, in the order in which it is said."""


@dataclass(frozen=True)
class Reader:
    """What the sheets of a roster are read with."""

    recognise: Recogniser
    ladders: Mapping[str, Sequence[str]]
    names: Collection[str]
    answers: Answers


@dataclass
class SheetPeople:
    """What was read of one sheet.

    Attributes
    ----------
    findings
        What is said and asked of it.
    open_sections
        The sections that the last table named after its last person: they are those of the next.
    frames
        The people, a table for each form in which the sheet has them; the index is the row's number.
    headers
        Column -> what it is called in the file.
    rows
        Number, role, text of every row that holds anything.
    columns
        Letter, header, column and why of every column.
    """

    findings: Findings
    open_sections: list[Section] = field(default_factory=list)
    frames: list[pd.DataFrame] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    rows: list[pd.DataFrame] = field(default_factory=list)
    columns: list[dict[str, object]] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many there are."""
        return sum(map(len, self.frames))


def header_of(sheet: Sheet, reader: Reader) -> tuple[Header, list[Column]]:
    """A sheet's header, and what its columns are by it."""
    header = find_header(sheet.rows, reader.recognise, sheet.merges)
    return header, by_header(header, reader.recognise, reader.ladders, reader.answers)


def read_people(file: Path, sheet: Sheet, several: bool, reader: Reader) -> SheetPeople:
    """The people of a sheet that holds anything; `several`: whether the file has other sheets.

    Raises
    ------
    InputError
        It is typed in a font from before Unicode, or larger than any table of people.
    """
    found = SheetPeople(Findings(file, sheet.name if several else None))
    start = 0
    while start < len(sheet.rows):
        start = _read_part(file, sheet, start, reader, found)
    _say_rows(found, sheet)
    _name_office(found, sheet, reader)
    return found


def _read_part(file: Path, sheet: Sheet, start: int, reader: Reader, found: SheetPeople) -> int:
    """Read the table of one form that begins at or after the row `start`; return where the next begins."""
    header = find_header(sheet.rows, reader.recognise, sheet.merges, start)
    columns = by_header(header, reader.recognise, reader.ladders, reader.answers)
    body = sheet.rows[header.last + 1 :]
    raw, cells, errors = clean_columns(file, sheet.rows, body, len(columns))
    roles = roles_of(body, cells, Form(header, columns, reader.recognise, sheet.merges))
    numbers = np.array([number for number, _ in body], dtype=np.int64)
    places = np.flatnonzero(roles.roles == "person")
    people = [*cells] if len(places) == len(body) else [column[places] for column in cells]
    rows = numbers[places]
    findings = found.findings
    fill_merged(people, columns, rows, sheet, header, findings)
    fill_dittos(people, columns, rows, findings)
    if not roles.sections:
        fill_offices(people, columns, rows, findings)
    choose(columns, people, rows, reader.ladders, reader.names, header.row, findings)
    frame, headers = _assembled(columns, people, rows, findings)
    roles.sections = [*_section_before(found, sheet.rows[start : header.first], roles), *roles.sections]
    frame = with_offices(frame, places, rows, roles, findings)
    settled = reader.answers.synonyms.get("agency", {})
    frame = with_posts_and_offices(frame, columns, headers, settled, findings)
    say_idle_sections(roles, places, body, findings)
    found.frames.append(frame)
    last_person = int(places[-1]) if len(places) else -1
    found.open_sections = [replace(one, index=-1) for one in roles.sections if one.index > last_person]
    found.headers = {**headers, **found.headers}
    _add_rows(found, sheet.rows[start : header.last + 1], body[: roles.end], roles, people, columns, header, start)
    found.columns += [
        {"letter": letter(column.place), "header": column.header, "column": column.name, "why": column.why}
        for column in columns
        if column.header or column.kind != "left_out"
    ]
    _check_cells(found, sheet, header, body, roles, raw if errors else [], numbers)
    _hidden_columns(columns, people, sheet, findings)
    return header.last + 1 + roles.end


def _assembled(
    columns: Sequence[Column], people: Sequence[np.ndarray], rows: np.ndarray, findings: Findings
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The people under the columns' names, marks and split names joined; and what each was called in the file."""
    data: dict[str, np.ndarray] = {}
    headers: dict[str, str] = {}
    for column in sorted(columns, key=lambda column: column.rank if column.joint else 0):
        if column.kind not in ("column", "further"):
            continue
        if column.name in data:  # a name in two columns, a date in three
            both = zip(data[column.name], people[column.place], strict=True)
            data[column.name] = np.array(
                [column.joint.join(part for part in parts if part) for parts in both], dtype=object
            )
        else:
            data[column.name] = people[column.place]
            headers[column.name] = column.header
    for ladder, marks in of_ladders(columns).items():
        data[ladder] = joined_marks(ladder, marks, people, rows, findings)
        headers[ladder] = ", ".join(column.header for column in sorted(marks, key=lambda column: column.place))
    return pd.DataFrame(data, index=pd.Index(rows, name="row"), dtype="str"), headers


def _add_rows(
    found: SheetPeople,
    above: Sequence[Row],
    body: Sequence[Row],
    roles: Roles,
    people: Sequence[np.ndarray],
    columns: Sequence[Column],
    header: Header,
    start: int,
) -> None:
    """Note every row with its role and its first cells."""
    top = header.first - start
    lines = pd.DataFrame(
        {
            "row": [number for number, _ in above],
            "role": ["note"] * top + ["header"] * (len(above) - top),
            "text": [_first_cells(cells) for _, cells in above],
        }
    )
    ids = [column.place for column in columns if column.kind == "column" and column.name in ("cadre", "name")]
    texts = np.full(len(body), "", dtype=object)
    is_person = roles.roles == "person"
    if ids:
        texts[is_person] = people[ids[-1]]
    for index in np.flatnonzero(~is_person).tolist():
        texts[index] = _first_cells(body[index][1])
    below = pd.DataFrame({"row": [number for number, _ in body], "role": roles.roles, "text": texts})
    found.rows += [lines.assign(below=False), below.assign(below=True)]


def _first_cells(cells: Sequence[str]) -> str:
    return " | ".join(text for cell in cells if (text := clean(cell)))[:120]


def _check_cells(
    found: SheetPeople,
    sheet: Sheet,
    header: Header,
    body: Sequence[Row],
    roles: Roles,
    raw: Sequence[np.ndarray],
    numbers: np.ndarray,
) -> None:
    """Cells beyond the header, a spreadsheet's errors and formulas without a result, where they belong to people."""
    findings = found.findings
    kept = (roles.roles == "person") | (roles.roles == "asked")
    whole = [body[index] for index in np.flatnonzero(kept).tolist()] if not kept.all() else body[: roles.end]
    findings.faults += longer_rows(findings.file, len(header.names), whole, findings.sheet)
    inside = np.zeros(len(body), dtype=bool)
    inside[: roles.end] = kept
    cells = raw if inside.all() else [column[inside] for column in raw]
    findings.faults += error_cells(findings.file, header.names[: len(cells)], cells, numbers[inside], findings.sheet)
    last = int(numbers[roles.end - 1]) if 0 < roles.end < len(body) else None
    left_out = (
        {
            number
            for number, role in zip(numbers[: roles.end].tolist(), roles.roles, strict=True)
            if role in LEFT_OUT[:-1]
        }
        if sheet.uncalculated
        else set()
    )
    open_rows = sorted(
        {row for row in sheet.uncalculated if row > header.row and (last is None or row <= last)} - left_out
    )
    if open_rows:
        findings.fault("table_formula", open_rows[0], sheet=sheet.name, more=further_rows(open_rows))


def _hidden_columns(columns: Sequence[Column], people: Sequence[np.ndarray], sheet: Sheet, findings: Findings) -> None:
    """Hidden columns are read like the others, and it is said."""
    hidden = [
        column for column in columns if column.place in sheet.hidden_columns and (people[column.place] != "").any()
    ]
    if hidden:
        named = ", ".join(f"{letter(column.place)} ('{column.header}')" for column in hidden)
        findings.remark("layout_hidden_columns", "read", columns=named)


def _say_rows(found: SheetPeople, sheet: Sheet) -> None:
    """Say which rows are no people, which nobody can tell, and which are hidden."""
    findings = found.findings
    rows = pd.concat(found.rows, ignore_index=True)
    people = rows["role"] == "person"
    below = rows[rows["below"] & ~people]
    for role in LEFT_OUT:
        of_role = below[below["role"] == role]
        if len(of_role):
            findings.remark(f"layout_{role}", "left_out", of_role["row"], text=of_role["text"].iloc[0][:60])
    asked = below[below["role"] == "asked"]
    if not people.any() and not any(column["column"] in PEOPLE for column in found.columns):
        asked = asked.iloc[:0]  # without a column of names nobody can be told: that column is what is asked for
    for number, text in asked[["row", "text"]].itertuples(index=False):
        findings.ask("layout_row_unclear", rows=[number], found=text[:80])
    if sheet.hidden_rows and len(hidden := rows.loc[people & rows["row"].isin(sheet.hidden_rows), "row"]):
        findings.remark("layout_filtered" if sheet.filtered else "layout_hidden_rows", "read", hidden)
    found.rows = [rows.drop(columns="below")]


def _section_before(found: SheetPeople, titles: Sequence[Row], roles: Roles) -> list[Section]:
    """The office that the last row above a header names, where others are named in rows of their own, too."""
    texts = [text for cell in titles[-1][1] if (text := clean(cell))] if titles else []
    if found.frames and found.open_sections and not texts:
        return found.open_sections
    if len(texts) != 1 or not is_office(texts[0]) or not (roles.sections or found.frames):
        return []
    return [section_of(-1, "", texts)]


def _name_office(found: SheetPeople, sheet: Sheet, reader: Reader) -> None:
    """Where no column and no section names an office, what stands above the table or the sheet's name does."""
    if not sheet.name or not found.people or any("agency" in frame for frame in found.frames):
        return
    findings = found.findings
    titles = found.rows[0].loc[found.rows[0]["role"] == "note", "text"]
    above = [part.strip() for text in titles for part in text.split(" | ")]
    stated = next((match[2] for text in above if (match := LETTERHEAD.match(text))), "")
    answered = reader.answers.synonyms.get("agency", {}).get(sheet.name, "")
    people = [row for frame in found.frames for row in frame.index.tolist()]
    name = (
        answered
        or stated
        or (sheet.name if is_office(sheet.name) and section_of(0, "", [sheet.name]).is_office else "")
    )
    if not name:
        proposal = "" if UNTITLED_SHEET.fullmatch(sheet.name.casefold()) else sheet.name
        headers = ", ".join(f"'{column['header']}'" for column in found.columns if column["header"])[:300]
        names = ", ".join(HEADERS["agency"][:4])
        at = ("synonyms", "agency", sheet.name)
        findings.ask(
            "layout_no_office", at, (), proposal, people, "agency", sheet=sheet.name, found=headers, names=names
        )
    elif stated and not answered:
        findings.remark("layout_letterhead_office", "read", people, "agency", office=name)
    else:
        findings.remark(
            "layout_sheet_office", "read" if answered else "assumed", people, "agency", office=name, sheet=sheet.name
        )
    found.frames = [frame.assign(agency=name) for frame in found.frames]
    found.headers["agency"] = "agency"
