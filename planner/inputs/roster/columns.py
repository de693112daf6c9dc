"""A plain table's columns under the contract's names, whatever its headers are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from planner.common.errors import Fault
from planner.inputs.roster.table_reader import SourceTable, filled
from planner.inputs.synonyms import NUMBERING, Recogniser


def named(table: SourceTable, recognise: Recogniser, faults: list[Fault]) -> tuple[pd.DataFrame, dict[str, str]]:
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


def check_columns(
    table: SourceTable,
    frame: pd.DataFrame,
    required: Sequence[str],
    words: Mapping[str, Sequence[str]],
    faults: list[Fault],
) -> None:
    """Every column that is required must be there, and some row."""
    missing = [name for name in required if name not in frame.columns]
    found = ", ".join(f"'{header}'" for header in table.frame.columns)
    if len(missing) == len(required):
        faults.append(Fault("roster_no_header", {"columns": ", ".join(required)}, file=table.file))
        missing = []
    for name in missing:
        values = {"column": name, "names": ", ".join(words[name][:4]), "found": found[:300]}
        faults.append(Fault("roster_column_missing", values, file=table.file, row=table.header_row))
    if frame.empty:
        faults.append(Fault("roster_no_rows", file=table.file))
