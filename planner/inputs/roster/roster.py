"""Rosters and agencies in: every column typed, whatever its header is called; every bad row reported at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs.roster import synonyms
from planner.inputs.roster.cell_values import FIRST_YEAR, LAST_YEAR, Reading, headcount, parsed, truth, year
from planner.inputs.roster.synonyms import AGENCY_HEADERS, FEMALE, HEADERS, MALE, NUMBERING, Recogniser, recogniser
from planner.inputs.roster.table_reader import Table, filled, further_rows, scan_table

__all__ = ["Agencies", "Roster", "read_agencies", "read_roster", "truth"]

REQUIRED = ("cadre", "agency", "birth_year", "sex")
YEARS = ("birth_year", "service_start", "retires", "studying_until")


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
        - birth_year, service_start, retires, studying_until [year]: float, NaN where empty
        - sex: "F", "M", or "" where empty
        - every ladder that has a column: the level's place [0 = lowest], -1 where empty, that is: unknown
        - studying: a programme's id, "" where empty
        - local: 1.0 yes, 0.0 no, NaN where empty
        - any other column: text, "" where empty
    """

    file: Path
    frame: pd.DataFrame


@dataclass(frozen=True)
class Agencies:
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
        sexes, years and truth values that cannot be read, `studying` without `studying_until` or the reverse.
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
    frame, headers = _named(table, recognise, faults)
    frame = _split_sexes(table.file, frame, headers, faults)
    _check_columns(table, frame, REQUIRED, HEADERS, faults)
    reading = Reading(table.file, headers, faults)
    typed = {name: _typed(reading, frame[name], ladders, programmes) for name in frame.columns}
    result = pd.DataFrame(typed, index=frame.index)
    if {"cadre", "agency"} <= typed.keys():
        reading.check_key(frame["cadre"])
        reading.check_filled(frame["agency"])
    _check_study(table.file, frame, faults)
    whole = set(REQUIRED) <= typed.keys()
    return Roster(table.file, result.sort_values("cadre", kind="stable")) if whole else None, faults


def read_agencies(path: str | Path) -> Agencies:
    """The agencies in a .csv or .xlsx file with the columns agency and headcount.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: missing columns, empty or repeated agencies, headcounts that are
        empty or not whole numbers from 0.
    """
    recognise = recogniser(AGENCY_HEADERS)
    table, faults = scan_table(path, recognise)
    frame, headers = _named(table, recognise, faults)
    _check_columns(table, frame, ("agency", "headcount"), AGENCY_HEADERS, faults)
    if not {"agency", "headcount"} <= set(frame.columns):
        raise InputError(faults)
    reading = Reading(table.file, headers, faults)
    reading.check_key(frame["agency"])
    reading.check_filled(frame["headcount"])
    people = reading.numbers(frame["headcount"], headcount, "agencies_headcount")
    if faults:
        raise InputError(faults)
    result = pd.DataFrame({"agency": frame["agency"], "headcount": people.astype(np.int64)}, index=frame.index)
    return Agencies(table.file, result.sort_values("agency", kind="stable"))


def _typed(
    reading: Reading, column: pd.Series, ladders: Mapping[str, Sequence[str]], programmes: Collection[str]
) -> pd.Series | np.ndarray:
    """A column of text as what its name says it is."""
    name = str(column.name)
    if name in ladders:
        levels = ladders[name]
        place = synonyms.place_on(name, levels)
        places = reading.numbers(column, place, "roster_level", levels)
        return np.nan_to_num(places, nan=-1).astype(np.int8 if len(levels) < 128 else np.int16)
    if name in YEARS:
        return reading.numbers(column, year, "roster_year", first=FIRST_YEAR, last=LAST_YEAR)
    if name == "sex":
        women = reading.numbers(column, lambda text: {"F": 1, "M": 0}.get(synonyms.sex(text) or ""), "roster_sex")
        letters = np.select([women == 1, women == 0], ["F", "M"], default="")
        return pd.Series(letters, index=column.index, dtype="str")
    if name == "studying":
        reading.numbers(column, lambda text: 1 if text in programmes else None, "roster_programme", programmes)
    if name == "local":
        reading.numbers(column, synonyms.truth, "roster_truth")
        return truth(column)[0]
    return column


def _named(table: Table, recognise: Recogniser, faults: list[Fault]) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table under the contract's column names, and what each was called in the file.

    Numbering columns are left out, and rows that hold nothing else.
    """
    meant: dict[str, list[str]] = {}
    for header in table.frame.columns:
        meant.setdefault(recognise(header) or header, []).append(header)
    meant.pop(NUMBERING, None)
    headers = {}
    for name, variants in meant.items():
        headers[name] = name if name in variants else variants[0]
        if name in variants:  # the exact name wins; the others stay what they are called
            headers |= {other: other for other in variants if other != name}
        elif len(variants) > 1:
            values = {"column": name, "headers": ", ".join(f"'{header}'" for header in variants)}
            faults.append(Fault("roster_same_column", values, file=table.file, row=table.header_row))
    frame = table.frame[list(headers.values())].set_axis(list(headers), axis=1)
    return frame[filled(frame)], headers


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


def _check_columns(
    table: Table,
    frame: pd.DataFrame,
    required: Sequence[str],
    words: Mapping[str, Sequence[str]],
    faults: list[Fault],
) -> None:
    missing = [name for name in required if name not in frame.columns]
    found = ", ".join(f"'{header}'" for header in table.frame.columns)
    if len(missing) == len(required):
        faults.append(Fault("roster_no_header", {"columns": ", ".join(required)}, file=table.file))
        missing = []
    for name in missing:
        key = "roster_cadre_missing" if name == "cadre" and "name" in frame.columns else "roster_column_missing"
        values = {"column": name, "names": ", ".join(words[name][:4]), "found": found[:300]}
        faults.append(Fault(key, values, file=table.file, row=table.header_row))
    if frame.empty:
        faults.append(Fault("roster_no_rows", file=table.file))


def _check_study(file: Path, frame: pd.DataFrame, faults: list[Fault]) -> None:
    """Current study needs a programme and an end; a column that is missing is empty."""
    blank = pd.Series("", index=frame.index, dtype="str")
    studying, until = frame.get("studying", blank), frame.get("studying_until", blank)
    faults += _pairless(file, studying, until, "roster_studying_until", "studying")
    faults += _pairless(file, until, studying, "roster_studying", "until")


def _pairless(file: Path, column: pd.Series, other: pd.Series, key: str, blank: str) -> Iterator[Fault]:
    alone = column[(column != "") & (other == "")]
    for text, rows in alone.groupby(alone).groups.items():
        values = {blank: f"'{text}'", "more": further_rows(list(rows))}
        yield Fault(key, values, file=file, row=int(rows[0]))
