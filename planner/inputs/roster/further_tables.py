"""The tables beside the roster: retirement by birth, the starts before the horizon, an earlier plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs import synonyms
from planner.inputs.roster.cell_values import Reading
from planner.inputs.roster.columns import check_columns, named
from planner.inputs.roster.table_reader import SourceTable, scan_table
from planner.inputs.synonyms import HEADERS, NUMBERING, recogniser

Words = Mapping[str, tuple[str, ...]]

_PROGRAMME = ("Chương trình", "Chương trình đào tạo", "Lớp", "Khóa học", "program", "course")
_START = ("Năm bắt đầu", "Bắt đầu", "Năm cử", "Năm cử đi học", "start year", "year of start")
_FINISH = ("Năm kết thúc", "Kết thúc", "Năm hoàn thành", "Hoàn thành", "end", "finish year")

RETIREMENT: Words = {
    "sex": HEADERS["sex"],
    "birth_year": HEADERS["birth_year"],
    "retires": HEADERS["retires"],
    NUMBERING: HEADERS[NUMBERING],
}
PLAN: Words = {
    "cadre": HEADERS["cadre"],
    "programme": _PROGRAMME,
    "start": _START,
    NUMBERING: HEADERS[NUMBERING],
}
HISTORY: Words = {
    **PLAN,
    "agency": HEADERS["agency"],
    "finish": _FINISH,
    "pools": ("Chỉ tiêu", "Nhóm chỉ tiêu", "seats"),
    "shares": ("Tỷ lệ", "Tỉ lệ"),
    "of_group": ("Thuộc nhóm", "of group"),
}


def read_retirement(path: str | Path) -> pd.DataFrame:
    """When whom retires: sex ("F" or "M"), birth_year [year], retires [year]; each sex and birth year once.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: columns that are missing, empty or unreadable cells, a sex and
        birth year that stand twice.
    """
    table, frame, reading = read_columns(path, RETIREMENT, ("sex", "birth_year", "retires"))
    women = reading.numbers(frame["sex"], lambda text: {"F": 1, "M": 0}.get(synonyms.sex(text) or ""), "roster_sex")
    found = pd.DataFrame({"sex": np.where(women == 1, "F", "M")}, index=frame.index)
    for name in ("birth_year", "retires"):
        found[name] = reading.years(frame[name])
    twice = found.duplicated(["sex", "birth_year"], keep="first") & found.notna().all(axis=1)
    for row in found.index[twice]:
        values = {"sex": found.loc[row, "sex"], "year": int(found.loc[row, "birth_year"])}
        reading.faults.append(Fault("retirement_twice", values, file=table.file, row=int(row)))
    return _whole(reading, found.astype({"sex": "str"}), ("birth_year", "retires"))


def read_earlier(path: str | Path) -> pd.DataFrame:
    """The starts of an earlier plan: cadre, programme, start [year]; each once, further columns are left out.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows.
    """
    _, frame, reading = read_columns(path, PLAN, ("cadre", "programme", "start"), empty=True)
    found = frame[["cadre", "programme"]].assign(start=reading.years(frame["start"]))
    return _whole(reading, found, ("start",)).drop_duplicates(ignore_index=True)


def read_history(path: str | Path, first: int) -> pd.DataFrame:
    """The starts before the horizon, which begins in `first` [year].

    Returns
    -------
    DataFrame
        cadre, agency ("" where not told), programme; start [year], Int64, NA for a study under way at the beginning of
        all planning; finish [year]; pools, shares, of_group: tuples of names. Sorted by cadre, finish, programme.

    Raises
    ------
    InputError
        All that is wrong with the file, with rows: missing columns, unreadable cells, a start in the horizon, a finish
        before the start.
    """
    table, frame, reading = read_columns(path, HISTORY, ("cadre", "programme", "finish"), ("start",), empty=True)
    start = reading.years(frame["start"])
    finish = reading.years(frame["finish"])
    for row, begun, ended in zip(frame.index, start, finish, strict=True):
        if begun >= first:
            values = {"start": int(begun), "first": first}
            reading.faults.append(Fault("history_in_horizon", values, file=table.file, row=int(row)))
        if ended < begun:
            values = {"start": int(begun), "finish": int(ended)}
            reading.faults.append(Fault("history_backwards", values, file=table.file, row=int(row)))
    blank = pd.Series("", index=frame.index, dtype="str")
    found = frame[["cadre"]].assign(
        agency=frame.get("agency", blank),
        programme=frame["programme"],
        start=pd.Series(start, index=frame.index).astype("Int64"),
        finish=finish,
    )
    for name in ("pools", "shares", "of_group"):
        found[name] = [tuple(text.split()) for text in frame.get(name, blank)]
    return _whole(reading, found, ("finish",)).sort_values(["cadre", "finish", "programme"], ignore_index=True)


def read_columns(
    path: str | Path, words: Words, filled: Sequence[str], others: Sequence[str] = (), *, empty: bool = False
) -> tuple[SourceTable, pd.DataFrame, Reading]:
    """A table with the columns it needs: those `filled` have no empty cell. Without rows it is a fault unless `empty`.

    Raises
    ------
    InputError
        The file is no table, or lacks a column.
    """
    recognise = recogniser(dict(words))
    table, faults = scan_table(path, recognise)
    frame, headers = named(table, recognise, faults)
    check_columns(table, frame, (*filled, *others), words, faults)
    if empty:
        faults = [fault for fault in faults if fault.key != "roster_no_rows"]
    if not {*filled, *others} <= set(frame.columns):
        raise InputError(faults)
    reading = Reading(table.file, headers, faults)
    for name in filled:
        reading.check_filled(frame[name])
    return table, frame, reading


def _whole(reading: Reading, found: pd.DataFrame, years: Sequence[str]) -> pd.DataFrame:
    if reading.faults:
        raise InputError(reading.faults)
    return found.astype(dict.fromkeys(years, "int64")).reset_index(drop=True)
