"""Sex and year of birth out of a column for men and one for women."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.common.errors import Fault
from planner.inputs import synonyms
from planner.inputs.roster.cell_values import parsed, truth
from planner.inputs.roster.findings import Findings
from planner.inputs.roster.texts import further_rows
from planner.inputs.synonyms import FEMALE, MALE


def split_sexes(findings: Findings, frame: pd.DataFrame, headers: dict[str, str], faults: list[Fault]) -> pd.DataFrame:
    """Make `sex` and `birth_year` out of a column for men and one for women, marked or filled with years of birth."""
    halves = [half for half in (MALE, FEMALE) if half in frame.columns]
    if not halves:
        return frame
    cells = {half: frame[half].to_numpy(dtype=object) for half in halves}
    says = {half: parsed(frame[half], lambda text: synonyms.truth(text) is not False)[0] == 1 for half in halves}
    man, woman = (says.get(half, np.zeros(len(frame), dtype=bool)) for half in (MALE, FEMALE))
    if len(halves) == 2 and (both := frame.index[man & woman].tolist()):
        values = {"male": headers[MALE], "female": headers[FEMALE], "more": further_rows(both)}
        faults.append(Fault("roster_both_sexes", values, file=findings.file, row=both[0], sheet=findings.sheet))
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
