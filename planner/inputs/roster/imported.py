"""A roster's files as they were read: clean, with everything that was done and everything that is open, as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from planner.common.errors import Fault
from planner.inputs.roster.codes import key_of
from planner.inputs.roster.reading import Opened
from planner.inputs.roster.told import UNKNOWN, Question, RosterReading
from planner.inputs.roster.wording import Heading, Wording


@dataclass(frozen=True)
class ImportedRoster:
    """A roster's files as they were read.

    Attributes
    ----------
    reading
        What was read, from which cells, with the remarks and faults as they are in Python.
    faults
        What keeps the roster from being clean: questions, and what is wrong.
    source
        The files, the answers that were given, what was changed by hand, and the codes that were known before.
    wording
        What columns and cells are called for people.
    """

    reading: RosterReading
    faults: tuple[Fault, ...]
    source: Opened
    wording: Wording

    @property
    def ready(self) -> bool:
        """Whether nothing is open: the roster is clean."""
        return not self.faults

    @property
    def people(self) -> pd.DataFrame:
        """A row per person under the contract's names, text, levels by the scenario's names."""
        return self.reading.people.reset_index(drop=True)

    @property
    def rows(self) -> pd.DataFrame:
        """Every row of every sheet: file, sheet, row, role (person, header, section, total, ...), text."""
        return self.reading.gathered.rows

    @property
    def columns(self) -> pd.DataFrame:
        """Every column of every sheet: file, sheet, letter, header, column (what it was taken for), why."""
        return self.reading.gathered.columns

    @property
    def remarks(self) -> pd.DataFrame:
        """What was done: done (read, left_out, assumed), column, rows [rows concerned], remark."""
        told = [(remark.done, remark.column, len(remark.rows), str(remark)) for remark in self.reading.remarks]
        return pd.DataFrame(told, columns=["done", "column", "rows", "remark"])

    @property
    def questions(self) -> pd.DataFrame:
        """What is open: at (where a mapping file answers it), column, rows, choices, proposal, question."""
        told = [
            (
                ".".join(one.at),
                one.column,
                len(one.rows),
                ", ".join(one.choices),
                one.proposal,
                str(one),
            )
            for one in self.open_questions
        ]
        return pd.DataFrame(told, columns=["at", "column", "rows", "choices", "proposal", "question"])

    @property
    def open_questions(self) -> list[Question]:
        """The questions among the faults."""
        return [fault for fault in self.faults if isinstance(fault, Question)]

    @property
    def blank_questions(self) -> list[Question]:
        """What a blank means on each ladder of which nobody said it: not known, until it is said."""
        people, asked = self.reading.people, {question.at for question in self.open_questions}
        found = []
        for ladder, levels in self.wording.ladders.items():
            at = ("blank", ladder)
            if ladder not in people or ladder in self.source.answers.blank or at in asked:
                continue
            told = {row for question in self.open_questions if question.column == ladder for row in question.rows}
            rows = [int(str(row)) for row in people.index[people[ladder] == ""] if row not in told]
            if rows:
                values = {"count": len(rows), "people": len(people), "column": Heading(self.wording, ladder)}
                found.append(
                    Question("import_blank", values, at=at, choices=(*levels, UNKNOWN), rows=tuple(rows), column=ladder)
                )
        return found

    @cached_property
    def key(self) -> pd.DataFrame:
        """Whose code is whose: code, name, birth, agency; those of the key file who are not among the people, too."""
        return key_of(self.reading.people, self.source.key)
