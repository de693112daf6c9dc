"""The people of a roster's files: every sheet's rows, under the contract's column names, as they were written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault
from planner.inputs import synonyms
from planner.inputs.roster.cell_values import parsed, truth
from planner.inputs.roster.columns import check_columns, named
from planner.inputs.roster.table_reader import further_rows, letter, scan_table
from planner.inputs.roster.told import Answers, GatheredRows
from planner.inputs.synonyms import FEMALE, HEADERS, MALE, recogniser

REQUIRED = ("cadre", "agency", "birth_year", "sex")


def gathered(
    files: Sequence[str | Path],
    ladders: Mapping[str, Sequence[str]],
    names: Collection[str] = (),
    answers: Answers | None = None,
) -> GatheredRows:
    """The people of all files, together.

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
    (path,) = files
    recognise = recogniser(HEADERS, {*ladders, *names})
    table, faults = scan_table(path, recognise)
    frame, headers = named(table, recognise, faults)
    frame = _split_sexes(table.file, frame, headers, faults)
    check_columns(table, frame, [name for name in REQUIRED if _needed(name, frame)], HEADERS, faults)
    places = pd.DataFrame({"file": table.file, "sheet": "", "row": frame.index}, index=frame.index)
    rows = places.assign(role="person", text="").reset_index(drop=True)
    called = {header: name for name, header in headers.items()}
    columns = [
        {"file": table.file, "sheet": "", "letter": letter(place), "header": header, "column": called.get(header, "")}
        for place, header in enumerate(table.frame.columns)
    ]
    return GatheredRows(frame, places, rows, pd.DataFrame(columns).assign(why=""), headers, (), tuple(faults))


def _needed(name: str, frame: pd.DataFrame) -> bool:
    """A date of birth tells the year, too; and of names codes are made."""
    instead = {"birth_year": "birth_date", "cadre": "name"}
    return instead.get(name, "") not in frame


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
