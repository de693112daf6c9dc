"""Rosters and agencies in: every column typed, whatever its header is called; every bad row reported at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs.roster.agency_titles import AGENCY_TITLES
from planner.inputs.roster.births import read_births
from planner.inputs.roster.cell_values import Reading, headcount, truth
from planner.inputs.roster.columns import check_columns, named
from planner.inputs.roster.gathering import REQUIRED
from planner.inputs.roster.interpretation import YEARS
from planner.inputs.roster.programmes import ProgrammeLike
from planner.inputs.roster.reading import read_people
from planner.inputs.roster.studies import read_studies
from planner.inputs.roster.table_reader import scan_table
from planner.inputs.roster.texts import MASK
from planner.inputs.roster.told import Answers, GatheredRows, Question, Remark, RosterReading, place_of
from planner.inputs.synonyms import AGENCY_CODES, AGENCY_HEADERS, HEADERS, plain, recogniser
from planner.messages import catalogue

__all__ = ["YEARS", "AgencyTable", "Roster", "read_agencies", "read_roster", "truth"]


@dataclass(frozen=True)
class Roster:
    """The cadres, sorted by `cadre`, so that the order of the file's rows never matters.

    Attributes
    ----------
    file
        Where it was read.
    frame
        Index: the row's number in the file; of several sheets, a running number. Columns, those of the file under the
        contract's names:

        - cadre, agency: text, never empty; each cadre once
        - birth_year, service_start, retires, studying_until (of several the last) [year]: float, NaN where empty
        - birth_date: datetime64, NaT where empty, where the file tells the day of anybody
        - sex: "F", "M", or "" where empty
        - every ladder that has a column: the level's index [0 = lowest], -1 where empty, that is: unknown
        - studying: programmes' ids, separated by blanks, "" where empty
        - local: 1.0 yes, 0.0 no, NaN where empty
        - any other column: text, "" where empty
    studies
        The studies under way: row (an index of `frame`), programme (id), until [year].
    remarks
        What the reading did that its reader should know.
    places
        Where each row stands, as in `GatheredRows`; None where the labels are the numbers of the file's rows.
    """

    file: Path
    frame: pd.DataFrame
    studies: pd.DataFrame
    remarks: tuple[Remark, ...] = ()
    places: pd.DataFrame | None = None

    def at(self, row: int) -> dict[str, Any]:
        """Where a row of `frame` stands, as a `Fault` takes it."""
        return {"file": self.file, "row": row} if self.places is None else place_of(self.places, row)._asdict()


@dataclass(frozen=True)
class AgencyTable:
    """The agencies, sorted by name.

    Attributes
    ----------
    file
        Where they were read.
    frame
        Index: the row's number in the file. Columns: agency (text, each once), headcount [people] (whole, from 0); and
        those of `AGENCY_TITLES` that the file has: what the agency is called on lists (text, "" where empty).
    """

    file: Path
    frame: pd.DataFrame


def read_roster(
    path: str | Path,
    ladders: Mapping[str, Sequence[str]],
    programmes: Mapping[str, ProgrammeLike] | Collection[str],
    names: Collection[str] = (),
    answers: Answers | None = None,
    year: int | None = None,
    agencies: Collection[str] = (),
) -> Roster:
    """The roster in a file, laid out as offices lay theirs out.

    Parameters
    ----------
    ladders
        Ladder -> its levels, lowest first.
    programmes
        The programmes that `studying` may hold, by id, or their ids alone.
    names
        Further columns that the scenario speaks of: a header that is such a name is never taken for another column.
    answers
        What was said of the file's form and cells.
    year
        The year of which the roster speaks; see `interpreted`.
    agencies
        The names of the agencies table, if there is one.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: missing columns, empty or repeated codes, and levels, programmes,
        sexes, years and truth values that cannot be read, dates and years of birth that disagree, `studying` without
        `studying_until` or the reverse.
    """
    roster, faults = scan_roster(path, ladders, programmes, names, answers, year, agencies)
    if faults or roster is None:
        raise InputError(faults)
    return roster


def scan_roster(
    path: str | Path,
    ladders: Mapping[str, Sequence[str]],
    programmes: Mapping[str, ProgrammeLike] | Collection[str],
    names: Collection[str] = (),
    answers: Answers | None = None,
    year: int | None = None,
    agencies: Collection[str] = (),
) -> tuple[Roster | None, list[Fault]]:
    """As `read_roster`, but returns the faults, and the roster without faulty cells; None where columns are missing.

    A column that a run's copy does not keep is missing where the scenario speaks of it: it is not read as anybody's
    value, nor as nobody's.

    Raises
    ------
    InputError
        The file is no table.
    """
    read = read_people([path], ladders, programmes, names, answers, year=year, agencies=agencies)
    masked = [*_masked(read.gathered, names, ladders)]
    if masked:
        told = {"columns": ", ".join(f"'{read.gathered.headers.get(name, name)}'" for name in masked)}
        return None, [Fault("column_not_kept", told, Path(path))]
    return typed(read, path, ladders, programmes)


def _masked(rows: GatheredRows, names: Collection[str], ladders: Collection[str]) -> Iterator[str]:
    """The columns that the scenario speaks of and of which there is but the mask.

    In a column of a condition one cell is enough: who has joined since may stand beside people whose value is gone. In
    a ladder's an office may write such dots of its own, for a level that it does not know.
    """
    for name in rows.people:
        hidden = rows.people[name] == MASK
        gone = name in names or not (~hidden & (rows.people[name] != "")).any()
        if hidden.any() and gone and name in {*names, *ladders}:
            yield str(name)


def typed(
    read: RosterReading, path: str | Path, ladders: Mapping[str, Sequence[str]], programmes: Collection[str]
) -> tuple[Roster | None, list[Fault]]:
    """What was read of people, typed, and every fault, those of the reading first; None where columns are missing.

    Parameters
    ----------
    path
        The file that faults of no row are told of.
    programmes
        The ids that `studying` may hold.
    """
    frame, faults, file = read.people, list(read.faults), Path(path)
    reading = Reading(file, read.gathered.headers, faults, read.gathered.places)
    columns = {name: _typed(reading, frame[name], ladders) for name in frame.columns}
    result = pd.DataFrame(columns, index=frame.index)
    for name, column in read_births(reading, frame).items():
        result[name] = column
    studies = read_studies(frame, programmes)
    if "studying_until" in result:
        result["studying_until"] = studies.groupby("row")["until"].max().reindex(result.index).astype(float)
    if {"cadre", "agency"} <= columns.keys():
        reading.check_key(_not_asked(frame["cadre"], faults))
        reading.check_filled(_not_asked(frame["agency"], faults))
    if missing := sorted(set(REQUIRED) - {*result.columns}):
        return None, faults or [_missing(file, name, read.gathered) for name in missing]
    ordered = result.sort_values("cadre", kind="stable")
    return Roster(file, ordered, studies, read.remarks, read.gathered.places.loc[ordered.index]), faults


def _not_asked(column: pd.Series, faults: Sequence[Fault]) -> pd.Series:
    """The cells of a column about which no question is open."""
    asked = {
        row for fault in faults if isinstance(fault, Question) and fault.column == column.name for row in fault.rows
    }
    return column.drop(index=list(asked & {*column.index}))


def _missing(file: Path, name: str, rows: GatheredRows) -> Fault:
    """A column that must be there and is not."""
    if name == "cadre":
        return Fault("roster_cadre_missing", file=file)
    found = ", ".join(f"'{header}'" for header in rows.headers.values())
    return Fault(
        "roster_column_missing", {"column": name, "names": ", ".join(HEADERS[name][:4]), "found": found[:300]}, file
    )


def read_agencies(path: str | Path) -> AgencyTable:
    """The agencies in a file with the columns agency and headcount, and their titles where it has any.

    A table with a column of codes ("Mã đơn vị") and one of names ("Tên đơn vị") has the titles in the second. In a
    workbook with other tables it is the sheet called so, as in a scheme's.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: missing columns, empty or repeated agencies, headcounts that are
        empty or not whole numbers from 0.
    """
    words = {**AGENCY_HEADERS, "agency": (*AGENCY_HEADERS["agency"], *AGENCY_CODES)}
    table, faults = scan_table(path, recogniser(words), catalogue()["scheme_sheet_agencies"])
    recognise = recogniser(_coded(words) if _has_codes(table.frame.columns) else words)
    frame, headers = named(table, recognise, faults)
    check_columns(table, frame, ("agency", "headcount"), AGENCY_HEADERS, faults)
    if not {"agency", "headcount"} <= set(frame.columns):
        raise InputError(faults)
    reading = Reading(table.file, headers, faults)
    reading.check_key(frame["agency"])
    reading.check_filled(frame["headcount"])
    people = reading.numbers(frame["headcount"], headcount, "agencies_headcount")
    if faults:
        raise InputError(faults)
    titles = {name: frame[name] for name in AGENCY_TITLES if name in frame}
    columns = {"agency": frame["agency"], "headcount": people.astype(np.int64), **titles}
    result = pd.DataFrame(columns, index=frame.index)
    return AgencyTable(table.file, result.sort_values("agency", kind="stable"))


def _has_codes(headers: Iterable[str]) -> bool:
    """Whether a table of agencies says that a column of it holds their codes."""
    return not {*map(plain, AGENCY_CODES)}.isdisjoint(map(plain, map(str, headers)))


def _coded(words: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The headers of a table in which the names of agencies stand beside their codes."""
    names = tuple(word for word in AGENCY_HEADERS["agency"] if plain(word).startswith("ten "))
    return {**words, "agency": AGENCY_CODES, "title": (*words["title"], *names)}


def _typed(reading: Reading, column: pd.Series, ladders: Mapping[str, Sequence[str]]) -> pd.Series | np.ndarray:
    """A column of a clean roster as what its name says it is."""
    name = str(column.name)
    if name in ladders:
        levels = ladders[name]
        place = {level: index for index, level in enumerate(levels)}
        codes, texts = pd.factorize(column.to_numpy(dtype=object))
        kind = np.int8 if len(levels) < 128 else np.int16
        return np.array([place.get(text, -1) for text in texts] or [-1], dtype=kind)[codes]
    if name in YEARS:
        return reading.years(column)
    return truth(column)[0] if name == "local" else column
