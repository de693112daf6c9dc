"""What verification finds: one row per thing that does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

from planner.messages import say

COLUMNS = ["rule", "where", "found", "allowed"]


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold.

    `rule` is the contract's id: a rule of section 5, a condition of section 4 (level, eligible, retires, seat_pool,
    forbid, study), `assignments` for a row that is no start, or `figures` for a figure that is not what follows.
    """

    rule: str
    where: str
    found: str
    allowed: str

    @property
    def text(self) -> str:
        """The finding as one sentence."""
        return say("verify_finding", **asdict(self))


def place(*names: object) -> str:
    """A place in words: the names of cadres, programmes, agencies, pools and years, with commas."""
    return ", ".join(map(str, names))


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings as a table: rule, where, found, allowed (text)."""
    return pd.DataFrame([asdict(finding) for finding in findings], columns=COLUMNS, dtype=object)
