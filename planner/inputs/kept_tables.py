"""The tables as a run keeps them: what counts for something, and not what an office has written beside.

A column that no condition uses and whose header nobody knows counts for nothing. In a run's copy of a roster its header
stays, and its filled cells hold `MASK`, so that whoever reads the copy reads the same problem and is told the same. A
CSV file is masked as it stands. Of a workbook, and of whatever holds sheets, rows or columns that are not read, the
copy is a clean table (CSV) of what was read: neither other sheets nor remarks, properties or hidden cells come with it.
No copy is believed unread: where it would not make the same problem, the file is kept whole, and that is said.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.common.csv_cells import csv_text
from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile, content_of
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.further_tables import (
    HISTORY,
    PLAN,
    RETIREMENT,
    read_earlier,
    read_history,
    read_retirement,
)
from planner.inputs.roster.reading import read_people
from planner.inputs.roster.roster import read_agencies
from planner.inputs.roster.spreadsheets import TEXTS
from planner.inputs.roster.text_tables import csv_records
from planner.inputs.roster.texts import MASK, clean
from planner.inputs.roster.told import IGNORE, Answers, GatheredRows
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import conditions
from planner.inputs.synonyms import AGENCY_CODES, AGENCY_HEADERS, plain, recogniser
from planner.inputs.warnings.roster_columns import ignored_columns

ROSTER = "roster"
CLEAN = ".csv"
ABOUT_ANSWERS = ("layout_unused_sheet", "layout_unused_header", "reading_synonym_column")
"""Remarks that answers of the scenario are left out; of the file nothing is."""


@dataclass(frozen=True)
class KeptTable:
    """A table as a run keeps it.

    Attributes
    ----------
    content
        The file's content.
    suffix
        How its name ends.
    left_out
        Columns, called as in the file, and sheets whose cells are not kept.
    whole
        Whether it is kept as it is although not all of it is read: a shorter form would not be read the same.
    """

    content: bytes
    suffix: str
    left_out: tuple[str, ...] = ()
    whole: bool = False


_kept: dict[tuple[str, str, str, tuple[str, ...]], KeptTable] = {}
"""The last tables that were made shorter: key, digests of table and scenario, columns. To read them again costs."""
MOST_KEPT = 8


def kept_table(problem: Problem, key: str) -> KeptTable:
    """The table under a key of the scenario as a run keeps it.

    Raises
    ------
    InputError
        It is no longer what the problem was made from.
    """
    given = problem.source.table(key) or ""
    path = Path(given)
    content = content_of(given)
    if hashlib.sha256(content).hexdigest() != problem.digests[path]:
        raise InputError(Fault("changed_since_read", {}, path))
    columns = _masked_columns(problem) if key == ROSTER else ()
    as_it_is = KeptTable(content, path.suffix.lower())
    if not columns and not _holds_more(problem, key, path, content):
        return as_it_is
    known = key, problem.digests[path], repr(problem.scenario), columns
    if known not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        shorter = _roster(problem, path, content, columns) if key == ROSTER else _beside(problem, key)
        _kept[known] = shorter or KeptTable(content, path.suffix.lower(), whole=True)
    return _kept[known]


def kept_digest(problem: Problem, key: str) -> str:
    """The SHA-256 of the content that `kept_table` gives, in hexadecimal."""
    return hashlib.sha256(kept_table(problem, key).content).hexdigest()


def _holds_more(problem: Problem, key: str, path: Path, content: bytes) -> bool:
    """Whether a file holds, or may hold, more than is read of it."""
    if path.suffix.lower() not in TEXTS:
        return True
    if key == ROSTER:
        ignored = any(plain(answer) == IGNORE for answer in problem.scenario.headers.values())
        told = (each.key for each in problem.remarks if each.done == "left_out" and each.file == path)
        return ignored or any(key not in ABOUT_ANSWERS for key in told)
    records = _records(path, content)
    recognise = recogniser(dict(_BESIDE[key].words))
    return not records or not all(recognise(name) for cell in records[2][0] if (name := clean(cell)))


# --- the roster -----------------------------------------------------------------------------------------------------


def _masked_columns(problem: Problem) -> tuple[str, ...]:
    """The columns that count for nothing and are not masked yet."""
    cells = problem.cadres
    return tuple(name for name in ignored_columns(problem) if not cells[name].isin(["", MASK]).all())


def _roster(problem: Problem, path: Path, content: bytes, columns: Collection[str]) -> KeptTable | None:
    """The roster without what counts for nothing; None where no shorter form makes the same problem."""
    if not _holds_more(problem, ROSTER, path, content):
        masked = _masked(path, content, columns)
        if masked is not None and _reads_the_same(problem, GivenFile(path.name, masked), columns):
            return KeptTable(masked, path.suffix.lower(), tuple(columns))
    try:
        people, left_out = _clean_roster(problem, columns)
    except InputError:
        return None
    found = csv_text(people).encode()
    same = _reads_the_same(problem, GivenFile(f"{ROSTER}{CLEAN}", found), columns)
    return KeptTable(found, CLEAN, left_out) if same else None


def _clean_roster(problem: Problem, columns: Collection[str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The roster as a clean roster writes it, its columns masked; and what of its file is not kept.

    Raises
    ------
    InputError
        It cannot be read again.
    """
    source = problem.source
    scenario = source.scenario
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    told = Answers(scenario.sheets, scenario.headers, scenario.blank, scenario.synonyms)
    offices = [] if scenario.agencies is None else list(problem.agencies["agency"])
    files = [source.table(ROSTER) or scenario.roster]
    year = scenario.year_of_reading()
    read = read_people(files, scenario.ladders, scenario.programmes, used, told, year=year, agencies=offices)
    people = read.people.copy()
    for name in columns:
        people[name] = people[name].where(people[name] == "", MASK)
    return people, _left_out(read.gathered, columns)


def _left_out(rows: GatheredRows, masked: Collection[str]) -> tuple[str, ...]:
    """What the masked columns are called in the file, the columns that are not read, the sheets that are not read."""
    idle = rows.columns[(rows.columns["column"] == "") & (rows.columns["header"] != "")] if len(rows.columns) else None
    headers = [rows.headers.get(name, name) for name in masked] + ([] if idle is None else [*idle["header"]])
    read = {*rows.columns["sheet"]} if len(rows.columns) else set()
    sheets = [str(sheet) for sheet in rows.rows["sheet"].unique() if sheet and sheet not in read]
    return tuple(dict.fromkeys([*map(str, headers), *sheets]))


def _masked(path: Path, content: bytes, columns: Collection[str]) -> bytes | None:
    """A CSV file with its columns masked; None where it has no row of headers with all of them."""
    found = _records(path, content)
    if found is None:
        return None
    before, separator, records = found
    header = next((row for row, cells in enumerate(records) if {*columns} <= {*map(clean, cells)}), None)
    if header is None:
        return None
    places = [place for place, cell in enumerate(records[header]) if clean(cell) in columns]
    for cells in records[header + 1 :]:
        for place in places:
            if place < len(cells) and cells[place].strip():
                cells[place] = MASK
    masked = io.StringIO(newline="")
    csv.writer(masked, delimiter=separator, lineterminator="\n").writerows(records)
    return (before + masked.getvalue()).encode()


def _records(path: Path, content: bytes) -> tuple[str, str, list[list[str]]] | None:
    """What stands before the records of a CSV file, their separator, the records; None where there are none."""
    try:
        before, separator, text = csv_records(path, content)
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except (csv.Error, InputError):
        return None
    return (before, separator, records) if records else None


def _reads_the_same(problem: Problem, roster: GivenFile, columns: Collection[str]) -> bool:
    """Whether the shorter roster makes the same problem."""
    try:
        again = load(problem, roster=roster)
    except InputError:
        return False
    if {*problem.cadres} != {*again.cadres} or not problem.studies.equals(again.studies):
        return False
    kept = [name for name in problem.cadres if name not in columns]
    return problem.cadres[kept].equals(again.cadres[kept]) and problem.agencies.equals(again.agencies)


# --- the tables beside it ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Beside:
    """A table beside the roster: its headers, and what reads it."""

    words: Mapping[str, tuple[str, ...]]
    read: Callable[[Path | GivenFile, int], pd.DataFrame]


_BESIDE = {
    "agencies": _Beside(
        {**AGENCY_HEADERS, "agency": (*AGENCY_HEADERS["agency"], *AGENCY_CODES)},
        lambda table, _: read_agencies(table).frame.reset_index(drop=True),
    ),
    "retirement": _Beside(RETIREMENT, lambda table, _: read_retirement(table)),
    "history": _Beside(HISTORY, read_history),
    "earlier": _Beside(PLAN, lambda table, _: read_earlier(table)),
}
_LISTS = ("pools", "shares", "of_group")


def _beside(problem: Problem, key: str) -> KeptTable | None:
    """A table beside the roster as it was read; None where that is not read the same."""
    table, first = problem.source.table(key) or "", problem.scenario.horizon.first
    given = table if isinstance(table, GivenFile) else Path(table)
    try:
        frame = _BESIDE[key].read(given, first)
        shown = frame.assign(**{name: frame[name].map(" ".join) for name in _LISTS if name in frame})
        content = csv_text(shown).encode()
        again = _BESIDE[key].read(GivenFile(f"{key}{CLEAN}", content), first)
    except InputError:
        return None
    return KeptTable(content, CLEAN, _idle_headers(key, given)) if frame.equals(again) else None


def _idle_headers(key: str, table: Path | GivenFile) -> tuple[str, ...]:
    """The columns of a CSV file that are not read; of a workbook nobody looks."""
    path = Path(table)
    found = _records(path, content_of(table)) if path.suffix.lower() in TEXTS else None
    recognise = recogniser(dict(_BESIDE[key].words))
    return () if found is None else tuple(name for cell in found[2][0] if (name := clean(cell)) and not recognise(name))
