"""What is found in one sheet, gathered with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from planner.common.errors import Fault
from planner.inputs.roster.texts import ranges
from planner.inputs.roster.told import Question, Remark


@dataclass
class Findings:
    """The remarks and the faults of one sheet.

    Attributes
    ----------
    file
        The file.
    sheet
        The sheet's name; None where the file has one sheet only.
    """

    file: Path
    sheet: str | None
    remarks: list[Remark] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def remark(
        self,
        key: str,
        done: Literal["read", "left_out", "assumed"],
        rows: Iterable[int] = (),
        column: str = "",
        **values: object,
    ) -> None:
        """Say what was done; `rows` are numbers of rows in the sheet."""
        numbers = tuple(sorted(map(int, rows)))
        told = {"rows": ranges(numbers), "count": len(numbers), "column": column, **values}
        row = numbers[0] if numbers else None
        self.remarks.append(
            Remark(key, told, self.file, row=row, sheet=self.sheet, done=done, rows=numbers, column=column)
        )

    def ask(
        self,
        key: str,
        at: Sequence[str] = (),
        choices: Sequence[str] = (),
        proposal: str = "",
        rows: Iterable[int] = (),
        column: str = "",
        row: int | None = None,
        **values: object,
    ) -> None:
        """Ask what only the roster's owner can tell; `rows` are numbers of rows in the sheet."""
        numbers = tuple(sorted(map(int, rows)))
        told = {"rows": ranges(numbers), "count": len(numbers), "column": column, **values}
        self.faults.append(
            Question(
                key,
                told,
                self.file,
                row=numbers[0] if numbers else row,
                sheet=self.sheet,
                at=tuple(at),
                choices=tuple(choices),
                proposal=proposal,
                rows=numbers,
                column=column,
            )
        )

    def fault(self, key: str, row: int | None = None, **values: object) -> None:
        """Say what is wrong."""
        self.faults.append(Fault(key, dict(values), self.file, row=row, sheet=self.sheet))
