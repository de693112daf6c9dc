"""The people of a roster's files: every sheet's rows, under the contract's column names, as they were written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.roster.findings import Findings
from planner.inputs.roster.headers import PEOPLE
from planner.inputs.roster.sexes import split_sexes
from planner.inputs.roster.sheet_people import Reader, SheetPeople, header_of, read_people
from planner.inputs.roster.sheets import Sheet
from planner.inputs.roster.spreadsheets import sheets_in
from planner.inputs.roster.texts import clean
from planner.inputs.roster.told import IGNORE, Answers, GatheredRows, Question, Remark
from planner.inputs.synonyms import HEADERS, plain, recogniser

REQUIRED = ("cadre", "agency", "birth_year", "sex")
_OF_OFFICES = frozenset({"cadre", "agency", "block", "note"})
"""What lists of offices and their codes have as well."""
Found = TypeVar("Found", Remark, Question)
PEOPLE_SHEET = "people"
"""The answer that reads a sheet."""
_BIRTH = re.compile(r"(\d{1,2}\s*[-/.]\s*){0,2}(19|20)\d\d|(19|20)\d\d-\d\d-\d\d.*")


def gathered(
    files: Sequence[str | Path],
    ladders: Mapping[str, Sequence[str]],
    names: Collection[str] = (),
    answers: Answers | None = None,
) -> GatheredRows:
    """The people of all files, together.

    Every sheet that holds people is read. Rows and sheets that are none are left out, and that is said; what is not
    plain is asked.

    Parameters
    ----------
    ladders
        Ladder -> its levels, lowest first.
    names
        Further columns that the scenario speaks of: a header that is such a name is never taken for another column.
    answers
        What was said of the form of the files.

    Raises
    ------
    InputError
        A file is no table.
    """
    reader = Reader(recogniser(HEADERS, {*ladders, *names}), ladders, names, answers or Answers())
    read: list[tuple[Sheet, SheetPeople]] = []
    aside: list[Findings] = []
    unread: list[pd.DataFrame] = []
    for path in files:
        file, sheets = sheets_in(path, reader.recognise)
        chosen, findings = _chosen(file, sheets, reader)
        aside.append(findings)
        for sheet in sheets:
            if sheet in chosen:
                read.append((sheet, read_people(file, sheet, len(sheets) > 1, reader)))
            else:
                unread.append(_unread_rows(file, sheet))
    for _, people in read:
        _complete(people)
    if not read and not any(findings.faults for findings in aside):
        aside[0].fault("layout_no_sheet", columns=", ".join(("name", *REQUIRED)))
    aside += _unused_answers(read, unread, reader)
    return _together(read, aside, unread, reader)


# --- sheets ---------------------------------------------------------------------------------------------------------


def _chosen(file: Path, sheets: Sequence[Sheet], reader: Reader) -> tuple[list[Sheet], Findings]:
    """The sheets that hold people; what is said and asked of the others.

    Raises
    ------
    InputError
        All are empty.
    """
    findings = Findings(file, None)
    held = [sheet for sheet in sheets if sheet.rows]
    if not held:
        raise InputError(Fault("table_empty", file=file))
    if len(sheets) == 1:
        if reader.answers.sheets.get(file.name) != IGNORE:
            return held, findings
        findings.remark("layout_sheet_ignored", "left_out", sheet=file.name)
        return [], findings
    chosen, asked, others = [], [], []
    for sheet in sheets:
        findings.sheet = sheet.name
        answer = reader.answers.sheets.get(sheet.name, reader.answers.sheets.get(file.name))
        if answer == IGNORE:
            findings.remark("layout_sheet_ignored", "left_out", sheet=sheet.name)
        elif not sheet.rows:
            findings.remark("layout_sheet_empty", "left_out", sheet=sheet.name)
        elif answer == PEOPLE_SHEET:
            chosen.append(sheet)
        elif sheet.hidden:
            findings.remark("layout_sheet_hidden", "left_out", sheet=sheet.name)
        elif _holds_people(sheet, reader):
            chosen.append(sheet)
        elif _looks_like_people(sheet):
            asked.append(sheet)
        else:
            others.append(sheet)
    if not chosen and not asked and others:  # the one that comes nearest, to say what it lacks
        chosen = [max(others, key=lambda sheet: len(_known_columns(sheet, reader)))]
    for sheet in asked:
        findings.sheet = sheet.name
        findings.ask("layout_sheet_unclear", ("sheets", sheet.name), (PEOPLE_SHEET, IGNORE), sheet=sheet.name)
    for sheet in others:
        if sheet not in chosen:
            findings.sheet = sheet.name
            findings.remark("layout_sheet_without_people", "left_out", sheet=sheet.name)
    findings.sheet = None
    return chosen, findings


def _unused_answers(
    read: Sequence[tuple[Sheet, SheetPeople]], unread: Sequence[pd.DataFrame], reader: Reader
) -> Iterator[Findings]:
    """The answers about sheets and headers that no file has: a slip, or a file of another year."""
    sheets = {name for sheet, people in read for name in (sheet.name, people.findings.file.name)}
    sheets |= {str(name) for rows in unread for name in rows.attrs["names"]}
    headers = {plain(str(column["header"])) for _, people in read for column in people.columns}
    for file in [people.findings.file for _, people in read[:1]]:
        findings = Findings(file, None)
        for name in reader.answers.sheets:
            if name not in sheets:
                findings.remark("layout_unused_sheet", "left_out", sheet=name, nearest=nearest(name, sheets))
        for name in reader.answers.headers:
            if plain(name) not in headers:
                named = [str(column["header"]) for _, people in read for column in people.columns if column["header"]]
                findings.remark("layout_unused_header", "left_out", header=name, nearest=nearest(name, named))
        yield findings


def _known_columns(sheet: Sheet, reader: Reader) -> set[str]:
    _, columns = header_of(sheet, reader)
    return {column.name for column in columns if column.kind == "column"}


def _holds_people(sheet: Sheet, reader: Reader) -> bool:
    """Whether a sheet has a column of codes or names, and another that is known; a list of offices has not."""
    known = _known_columns(sheet, reader)
    return not PEOPLE.isdisjoint(known) and len(known) >= 2 and not known <= _OF_OFFICES


def _looks_like_people(sheet: Sheet) -> bool:
    """Whether rows have something like a birth among other texts, though no header is known."""
    full = [[clean(cell) for cell in cells] for _, cells in sheet.rows[:200]]
    likely = [cells for cells in full if sum(map(bool, cells)) >= 4 and any(_BIRTH.fullmatch(cell) for cell in cells)]
    return len(likely) >= 2


def _unread_rows(file: Path, sheet: Sheet) -> pd.DataFrame:
    texts = [" | ".join(text for cell in cells if (text := clean(cell)))[:120] for _, cells in sheet.rows]
    rows = pd.DataFrame({"row": [number for number, _ in sheet.rows], "role": "note", "text": texts})
    placed = _placed(rows, file, sheet.name)
    placed.attrs["names"] = (sheet.name, file.name)
    return placed


def _placed(rows: pd.DataFrame, file: Path, sheet: str) -> pd.DataFrame:
    return rows.assign(file=pd.Series([file] * len(rows), index=rows.index, dtype=object), sheet=sheet)


def _complete(found: SheetPeople) -> None:
    """The columns that must be there, in a table of people."""
    findings = found.findings
    frames = []
    for frame in found.frames:
        both: list[Fault] = []
        frames.append(split_sexes(findings, frame, found.headers, both))
        findings.faults += both
    found.frames = [frame for frame in frames if len(frame)] or frames[:1]
    told = ", ".join(f"'{column['header']}'" for column in found.columns if column["header"])
    for frame in found.frames:
        names = set(frame.columns)
        born = names & {"birth_year", "birth_date"}
        if not (names & {*REQUIRED, "name"} or born):
            findings.fault("roster_no_header", columns=", ".join(REQUIRED))
            continue
        missing = [
            name
            for name, there in (
                ("cadre", not PEOPLE.isdisjoint(names)),
                ("agency", "agency" in names),
                ("birth_year", bool(born)),
            )
            if not there
        ]
        for name in missing:
            findings.fault("roster_column_missing", column=name, names=", ".join(HEADERS[name][:4]), found=told[:300])
    if not found.people and not any(isinstance(fault, Question) for fault in findings.faults):
        findings.fault("roster_no_rows")


# --- together -------------------------------------------------------------------------------------------------------


def _together(
    read: Sequence[tuple[Sheet, SheetPeople]], aside: Sequence[Findings], unread: Sequence[pd.DataFrame], reader: Reader
) -> GatheredRows:
    """All sheets as one table, its rows labelled, and everything that was found."""
    frames, places, rows, columns = [], [], [*unread], []
    headers: dict[str, str] = {}
    for _, found in read:
        file, sheet = found.findings.file, found.findings.sheet or ""
        for frame in found.frames:
            frames.append(frame)
            places.append(pd.DataFrame({"file": file, "sheet": sheet, "row": frame.index}))
        rows += [_placed(table, file, sheet) for table in found.rows]
        columns += [{"file": file, "sheet": sheet, **column} for column in found.columns]
        headers = {**found.headers, **headers}
    where = pd.concat(places, ignore_index=True) if places else pd.DataFrame(columns=["file", "sheet", "row"])
    people = _stacked(frames)
    label = pd.Index(where["row"], name="row") if len(read) == 1 else pd.RangeIndex(len(where), name="row")
    people.index = where.index = label
    remarks = [remark for found in (*aside, *(people.findings for _, people in read)) for remark in found.remarks]
    faults = [fault for found in (*aside, *(people.findings for _, people in read)) for fault in found.faults]
    if len(read) > 1:
        kept, twice = _same_people(people, where, reader)
        people, where, faults = people[kept], where[kept], [*faults, *twice]
        label_of = {place: name for name, place in zip(where.index, _keys(where), strict=True)}
        remarks = [_labelled(remark, label_of) if remark.done != "left_out" else remark for remark in remarks]
        faults = [_labelled(fault, label_of) if isinstance(fault, Question) else fault for fault in faults]
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["row", "role", "text"])
    return GatheredRows(
        people,
        where,
        table.reindex(columns=["file", "sheet", "row", "role", "text"]),
        pd.DataFrame(columns, columns=["file", "sheet", "letter", "header", "column", "why"]),
        headers,
        tuple(remarks),
        tuple(faults),
    )


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of different columns as one, "" where a table lacks a column."""
    if len(frames) == 1:
        return frames[0].copy(deep=False)
    if not frames:
        return pd.DataFrame(dtype="str")
    return pd.concat(frames, ignore_index=True).fillna("").astype("str")


def _keys(where: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    return (
        (str(file), sheet, int(row)) for file, sheet, row in where[["file", "sheet", "row"]].itertuples(index=False)
    )


def _labelled(found: Found, label_of: Mapping[tuple[str, str, int], int]) -> Found:
    """What was found in rows of a sheet, its rows by their labels."""
    keys = [(str(found.file), found.sheet or "", row) for row in found.rows]
    return replace(found, rows=tuple(label_of[key] for key in keys if key in label_of))


def _same_people(people: pd.DataFrame, where: pd.DataFrame, reader: Reader) -> tuple[np.ndarray, list[Fault]]:
    """Who stands in two sheets: which rows are kept, and a question for each sheet that repeats people."""
    sources: list[tuple[Path, str]] = list(zip(where["file"], where["sheet"], strict=True))
    kept = np.ones(len(people), dtype=bool)
    repeated: dict[tuple[tuple[Path, str], tuple[Path, str]], list[int]] = {}
    first_of: dict[tuple[str, ...], tuple[Path, str]] = {}
    found = [*zip(sources, _identities(people), strict=True)]
    for place in sorted(range(len(found)), key=lambda place: -_year_named(sources[place])):
        own, (known_by, seen_as) = found[place]
        first = next((first_of[key] for key in known_by if first_of.get(key, own) != own), None)
        if first is not None:
            repeated.setdefault((first, own), []).append(place)
        for key in seen_as:
            first_of.setdefault(key, own)
    faults: list[Fault] = []
    for ((first_file, other), (file, sheet)), places in repeated.items():
        if reader.answers.sheets.get(sheet or file.name) == PEOPLE_SHEET:
            continue  # somebody said that they are others: codes that stand twice are faults of their own
        kept[places] = False
        findings = Findings(file, sheet or None)
        findings.ask(
            "layout_same_people",
            ("sheets", sheet or file.name),
            (IGNORE, PEOPLE_SHEET),
            rows=[int(where["row"].iloc[place]) for place in sorted(places)],
            sheet=sheet or file.name,
            other=other or first_file.name,
        )
        faults += findings.faults
    return kept, faults


def _year_named(source: tuple[Path, str]) -> int:
    """The last year that a sheet's name tells, or its file's; the newer of two lists is the one that counts."""
    for name in (source[1], source[0].stem):
        if years := re.findall(r"(?<!\d)20\d\d(?!\d)", name):
            return int(years[-1])
    return 0


def _identities(people: pd.DataFrame) -> Iterator[tuple[list[tuple[str, ...]], list[tuple[str, ...]]]]:
    """By what each person is known again, and what others are known by who are the same: code; name with birth.

    Two days of birth must be the same; a year alone fits any day in it.
    """
    blank = pd.Series("", index=people.index)
    codes, names, days, years = (people.get(name, blank) for name in ("cadre", "name", "birth_date", "birth_year"))
    for code, name, day, year in zip(codes, names, days, years, strict=True):
        code_keys: list[tuple[str, ...]] = [("code", code)] if code else []
        figures = re.findall(r"\d+", day or year)
        born = next((figure for figure in figures if len(figure) == 4), "")
        if not (name and born):
            yield code_keys, code_keys
            continue
        whole = ("day", plain(name), *sorted(figure.lstrip("0") for figure in figures[:3]))
        any_day, no_day = ("year", plain(name), born), ("year alone", plain(name), born)
        if len(figures) < 3:
            yield [*code_keys, any_day], [*code_keys, any_day, no_day]
        else:
            yield [*code_keys, whole, no_day], [*code_keys, whole, any_day]
