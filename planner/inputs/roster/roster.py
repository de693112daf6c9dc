"""Rosters and agencies in: every column typed, whatever its header is called; every bad row reported at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs import synonyms
from planner.inputs.roster.births import read_births
from planner.inputs.roster.cell_values import Reading, headcount, parsed, truth
from planner.inputs.roster.columns import check_columns, named
from planner.inputs.roster.studies import read_studies
from planner.inputs.roster.table_reader import further_rows, scan_table
from planner.inputs.synonyms import AGENCY_HEADERS, FEMALE, HEADERS, MALE, recogniser

__all__ = ["AgencyTable", "Roster", "read_agencies", "read_roster", "truth"]

REQUIRED = ("cadre", "agency", "birth_year", "sex")
YEARS = ("service_start", "retires")


@dataclass(frozen=True)
class Roster:
    """The cadres, sorted by `cadre`, so that the order of the file's rows never matters.

    Attributes
    ----------
    file
        Where it was read.
    frame
        Index: the row's number in the file. Columns, those of the file under the contract's names:

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
    """

    file: Path
    frame: pd.DataFrame
    studies: pd.DataFrame


@dataclass(frozen=True)
class AgencyTable:
    """The agencies, sorted by name.

    Attributes
    ----------
    file
        Where they were read.
    frame
        Index: the row's number in the file. Columns: agency (text, each once), headcount [people] (whole, from 0).
    """

    file: Path
    frame: pd.DataFrame


def read_roster(
    path: str | Path, ladders: Mapping[str, Sequence[str]], programmes: Collection[str], names: Collection[str] = ()
) -> Roster:
    """The roster in a .csv or .xlsx file.

    Parameters
    ----------
    ladders
        Ladder -> its levels, lowest first.
    programmes
        The ids that `studying` may hold.
    names
        Further columns that the scenario speaks of: a header that is such a name is never taken for another column.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: missing columns, empty or repeated codes, and levels, programmes,
        sexes, years and truth values that cannot be read, dates and years of birth that disagree, `studying` without
        `studying_until` or the reverse.
    """
    roster, faults = scan_roster(path, ladders, programmes, names)
    if faults or roster is None:
        raise InputError(faults)
    return roster


def scan_roster(
    path: str | Path, ladders: Mapping[str, Sequence[str]], programmes: Collection[str], names: Collection[str] = ()
) -> tuple[Roster | None, list[Fault]]:
    """As `read_roster`, but returns the faults, and the roster without faulty cells; None where columns are missing.

    Raises
    ------
    InputError
        The file is no table.
    """
    recognise = recogniser(HEADERS, {*ladders, *names})
    table, faults = scan_table(path, recognise)
    frame, headers = named(table, recognise, faults)
    frame = _split_sexes(table.file, frame, headers, faults)
    check_columns(table, frame, [name for name in REQUIRED if _needed(name, frame)], HEADERS, faults)
    reading = Reading(table.file, headers, faults)
    typed = {name: _typed(reading, frame[name], ladders) for name in frame.columns}
    result = pd.DataFrame(typed, index=frame.index)
    for name, column in read_births(reading, frame).items():
        result[name] = column
    studies = read_studies(reading, frame, programmes)
    if "studying_until" in result:
        result["studying_until"] = studies.groupby("row")["until"].max().reindex(result.index).astype(float)
    if {"cadre", "agency"} <= typed.keys():
        reading.check_key(frame["cadre"])
        reading.check_filled(frame["agency"])
    if not set(REQUIRED) <= {*result.columns}:
        return None, faults
    return Roster(table.file, result.sort_values("cadre", kind="stable"), studies), faults


def read_agencies(path: str | Path) -> AgencyTable:
    """The agencies in a .csv or .xlsx file with the columns agency and headcount.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: missing columns, empty or repeated agencies, headcounts that are
        empty or not whole numbers from 0.
    """
    recognise = recogniser(AGENCY_HEADERS)
    table, faults = scan_table(path, recognise)
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
    result = pd.DataFrame({"agency": frame["agency"], "headcount": people.astype(np.int64)}, index=frame.index)
    return AgencyTable(table.file, result.sort_values("agency", kind="stable"))


def _needed(name: str, frame: pd.DataFrame) -> bool:
    """A date of birth tells the year, too."""
    return name != "birth_year" or "birth_date" not in frame


def _typed(reading: Reading, column: pd.Series, ladders: Mapping[str, Sequence[str]]) -> pd.Series | np.ndarray:
    """A column of text as what its name says it is."""
    name = str(column.name)
    if name in ladders:
        levels = ladders[name]
        index_of = synonyms.level_index(name, levels)
        indices = reading.numbers(column, index_of, "roster_level", levels)
        return np.nan_to_num(indices, nan=-1).astype(np.int8 if len(levels) < 128 else np.int16)
    if name in YEARS:
        return reading.years(column)
    if name == "sex":
        women = reading.numbers(column, lambda text: {"F": 1, "M": 0}.get(synonyms.sex(text) or ""), "roster_sex")
        letters = np.select([women == 1, women == 0], ["F", "M"], default="")
        return pd.Series(letters, index=column.index, dtype="str")
    if name == "local":
        reading.numbers(column, synonyms.truth, "roster_truth")
        return truth(column)[0]
    return column


def _split_sexes(file: Path, frame: pd.DataFrame, headers: dict[str, str], faults: list[Fault]) -> pd.DataFrame:
    """Make `sex` and `birth_year` out of a column for men and one for women, marked or filled with years of birth."""
    halves = [half for half in (MALE, FEMALE) if half in frame.columns]
    if not halves:
        return frame
    cells = {half: frame[half].to_numpy(dtype=object) for half in halves}
    says = {half: parsed(frame[half], lambda text: synonyms.truth(text) is not False)[0] == 1 for half in halves}
    man, woman = (says.get(half, np.zeros(len(frame), dtype=bool)) for half in (MALE, FEMALE))
    if len(halves) == 2 and (both := frame.index[man & woman].tolist()):
        values = {"male": headers[MALE], "female": headers[FEMALE], "more": further_rows(both)}
        faults.append(Fault("roster_both_sexes", values, file=file, row=both[0]))
    if len(halves) == 1:  # a single column "Nữ": who is not marked is a man
        unmarked = truth(frame[halves[0]])[0] == 0
        man, woman = (man, unmarked) if halves == [MALE] else (unmarked, woman)
    born = np.full(len(frame), "", dtype=object)
    for half in halves:
        texts = np.array([text if synonyms.truth(text) is None else "" for text in cells[half]], dtype=object)
        born = np.where(texts != "", texts, born)
    whole = frame.drop(columns=halves)
    for name, column in {"sex": np.select([man, woman], ["M", "F"], default=""), "birth_year": born}.items():
        if name not in frame.columns and (column != "").any():
            whole[name] = pd.Series(column, index=frame.index, dtype="str")
            headers[name] = " / ".join(headers[half] for half in halves)
    return whole
