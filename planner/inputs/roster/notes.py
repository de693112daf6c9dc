"""What the interpretation of a roster has to tell, gathered: remarks and questions, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from planner.common.errors import Fault
from planner.inputs.roster.told import GatheredRows, Question, Remark
from planner.inputs.synonyms import HEADERS
from planner.messages import Sentence, known, language, say

Done = Literal["read", "left_out", "assumed"]
MOST_ROWS_TOLD = 10  # beside the first


@dataclass(frozen=True)
class Heading:
    """A column as its reader knows it: what it is called in the file, in English with the contract's name before it."""

    column: str
    header: str

    def __str__(self) -> str:
        if language() == "vi":
            vietnamese = HEADERS.get(self.column, (self.column,))[0]
            return vietnamese if self.header == self.column else self.header
        return self.column if self.header == self.column else f"{self.column} ({self.header})"


@dataclass(frozen=True)
class LevelNames:
    """Levels of a ladder, in Vietnamese by the words of an office where the catalogue has them."""

    ladder: str
    levels: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(map(self._name, self.levels))

    def _name(self, level: str) -> str:
        key = f"level_{self.ladder}_{level}"
        if language() != "vi" or not known(key):
            return level
        name = say(key)
        return name[:1].upper() + name[1:]


@dataclass
class _Open:
    """A question that is still being gathered."""

    key: str
    values: dict[str, Any]
    at: tuple[str, ...]
    choices: tuple[str, ...]
    proposal: str
    column: str
    labels: list[int] = field(default_factory=list)


class Notes:
    """Remarks and questions about the cells of a roster."""

    def __init__(self, rows: GatheredRows) -> None:
        self._rows = rows
        self.remarks: list[Remark] = []
        self._asked: dict[tuple[object, ...], _Open] = {}

    def heading(self, column: str) -> Heading:
        """A column as its reader knows it."""
        return Heading(column, self._rows.headers.get(column, column))

    def remark(
        self,
        key: str,
        labels: Sequence[int],
        column: str,
        done: Done = "read",
        **values: object,
    ) -> None:
        """Say what was done with the cells of a column in some rows."""
        where = self._where(labels)
        told = {"column": self.heading(column), "count": len(labels), "more": self._more(labels), **values}
        self.remarks.append(Remark(key, told, **where, done=done, rows=tuple(labels), column=column))

    def ask(
        self,
        key: str,
        labels: Sequence[int],
        column: str,
        *,
        at: tuple[str, ...] = (),
        choices: Iterable[str] = (),
        proposal: str = "",
        **values: object,
    ) -> None:
        """Ask about the cells of a column in some rows; the same question about further rows is one."""
        found = values.get("found", "")
        asked = self._asked.setdefault(
            (key, at, column, found), _Open(key, values, at, tuple(choices), proposal, column)
        )
        asked.labels += [label for label in labels if label not in set(asked.labels)]

    def questions(self) -> list[Fault]:
        """All questions, in the order in which they came up."""
        return [
            Question(
                one.key,
                {
                    "column": self.heading(one.column),
                    "count": len(one.labels),
                    "more": self._more(one.labels),
                    "proposed": Sentence("reading_proposal", {"proposal": one.proposal}) if one.proposal else "",
                    **one.values,
                },
                **self._where(one.labels),
                at=one.at,
                choices=one.choices,
                proposal=one.proposal,
                rows=tuple(one.labels),
                column=one.column,
            )
            for one in self._asked.values()
        ]

    def _where(self, labels: Sequence[int]) -> Mapping[str, Any]:
        """File, sheet and row of the first of some rows."""
        if not labels:
            return {"file": self._rows.places["file"].iloc[0] if len(self._rows.places) else None}
        place = self._rows.places.loc[labels[0]]
        return {"file": place["file"], "sheet": place["sheet"] or None, "row": int(str(place["row"]))}

    def _more(self, labels: Sequence[int]) -> Sentence | str:
        """In which other rows the same holds."""
        if len(labels) < 2:
            return ""
        places = self._rows.places.loc[list(labels[: MOST_ROWS_TOLD + 1])]
        own = places["sheet"].iloc[0]
        named = ", ".join(
            str(row) if sheet == own else f"{sheet}!{row}"
            for sheet, row in zip(places["sheet"].iloc[1:], places["row"].iloc[1:], strict=True)
        )
        rest = len(labels) - MOST_ROWS_TOLD - 1
        if rest > 0:
            return Sentence("table_more_rows", {"rows": named, "count": rest})
        return Sentence("table_rows", {"rows": named})
