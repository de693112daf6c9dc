"""Studies under way: the columns `studying` and `studying_until`, which may hold several, separated by blanks."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd


def read_studies(frame: pd.DataFrame, programmes: Collection[str]) -> pd.DataFrame:
    """The studies under way that a clean roster tells; a column that is missing is empty.

    Returns
    -------
    DataFrame
        row (the label of the cadre's row), programme (id), until [year]; in the table's order. What is no programme of
        `programmes`, which the interpretation asks about, is left out.
    """
    blank = pd.Series("", index=frame.index, dtype="str")
    studying, until = frame.get("studying", blank), frame.get("studying_until", blank)
    found = [
        (label, programme, int(end))
        for label, ids, ends in zip(
            frame.index[studying != ""], studying[studying != ""], until[studying != ""], strict=True
        )
        if len(ids.split()) == len(ends.split())
        for programme, end in zip(ids.split(), ends.split(), strict=True)
        if programme in programmes
    ]
    return pd.DataFrame(found, columns=["row", "programme", "until"]).astype(
        {"row": int, "programme": "str", "until": int}
    )
