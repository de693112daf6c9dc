"""What verification finds: ids and figures, one finding per thing that does not hold; the text is made when shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral

import pandas as pd

from planner.messages import figure, say

COLUMNS = ["rule", "where", "found", "allowed"]


@dataclass(frozen=True)
class Phrase:
    """A message's key and what fills its blanks: ids, figures, phrases or tuples of these; equal ones are equal."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return say(self.key, **{name: _filling(value) for name, value in self.values})


def _filling(value: object) -> object:
    """What fills a blank: whole numbers as they are, since the sentence knows whether they count or name a year."""
    return value if isinstance(value, Integral) else shown(value)


def phrase(key: str, **values: object) -> Phrase:
    """The message `key` with its blanks filled."""
    return Phrase(key, tuple(values.items()))


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold.

    Attributes
    ----------
    rule
        The contract's id: a rule of section 5; a condition of section 4 (a key of `CONDITIONS`); `assignments` for a
        row that is no start; `figures` for a figure that does not follow; `manifest` for what run.json or the folder
        says about itself.
    where
        The ids and years that name the place: cadre, programme, start; pool, year; or a file's cell.
    found, allowed
        What is there and what would hold: ids, numbers, phrases or tuples of these.
    """

    rule: str
    where: tuple[object, ...]
    found: object
    allowed: object

    @property
    def text(self) -> str:
        """The finding as one sentence, in the language spoken now."""
        return say("verify_finding", **self.row())

    def row(self) -> dict[str, str]:
        """The finding's cells, in the language spoken now."""
        return {
            "rule": self.rule,
            "where": shown(self.where),
            "found": shown(self.found),
            "allowed": shown(self.allowed),
        }


def shown(value: object) -> str:
    """An id, a number, a phrase or a tuple of these as text; whole numbers may be years and are not grouped."""
    if isinstance(value, tuple):
        return ", ".join(map(shown, value))
    if isinstance(value, Fraction | float):
        return figure(int(value) if value == int(value) else float(value))
    return str(value)


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings in the language spoken now: rule, where, found, allowed (text)."""
    return pd.DataFrame([finding.row() for finding in findings], columns=COLUMNS, dtype=object)
