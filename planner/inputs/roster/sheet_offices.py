"""The offices that rows of a sheet name, given to the people below them, and said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.inputs.roster.findings import Findings
from planner.inputs.roster.row_roles import Roles
from planner.inputs.roster.sections import above, offices
from planner.inputs.roster.sheets import Row


def with_offices(
    frame: pd.DataFrame, places: np.ndarray, rows: np.ndarray, roles: Roles, findings: Findings
) -> pd.DataFrame:
    """The people with the offices and blocks that the rows above them name.

    Parameters
    ----------
    places, rows
        The people's places among the rows below the header, and their numbers in the sheet.
    """
    if not roles.sections or frame.empty:
        return frame
    own = {name: frame[name].to_numpy(dtype=object) if name in frame else None for name in ("agency", "block")}
    agency, block, given, blocks = offices(roles.sections, places, own["agency"], own["block"])
    whole = frame.copy()
    if given or "agency" in frame:
        whole["agency"] = pd.Series(agency, index=frame.index, dtype="str")
    if blocks:
        whole["block"] = pd.Series(block, index=frame.index, dtype="str")
    for key, column, texts in (("layout_sections", "agency", given), ("layout_blocks", "block", blocks)):
        if texts:
            concerned = [int(rows[place]) for some in texts.values() for place in some]
            named = "; ".join(f"'{text}' ({len(some)})" for text, some in texts.items())
            findings.remark(key, "read", concerned, column, sections=named)
    return whole


def say_idle_sections(roles: Roles, places: np.ndarray, body: Sequence[Row], findings: Findings) -> None:
    """Say which rows that look like offices have nobody below them, as in a table of totals."""
    if not roles.sections:
        return
    around = above(roles.sections, len(body))
    used = {section.index for place in places.tolist() for section in around[place]}
    last = int(places[-1]) if len(places) else -1
    another = roles.end < len(body)  # the table that follows takes the last ones
    idle = [
        body[section.index][0]
        for section in roles.sections
        if section.index >= 0 and section.index not in used and not (another and section.index > last)
    ]
    if idle:
        findings.remark("layout_idle_section", "left_out", idle)
