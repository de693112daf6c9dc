"""An answer to a question about a plan: as objects, as tables, as the data that `--json` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import pandas as pd

from planner.analysis.partial_answers import unproven
from planner.analysis.saved_answers import keep
from planner.analysis.serialisation import as_data
from planner.inputs.problem import Problem
from planner.messages import visible_json

A = TypeVar("A")


@dataclass(frozen=True)
class Answer(Generic[A]):
    """What a question was answered.

    Attributes
    ----------
    found
        The answer as objects, whose classes stand in `planner.analysis`.
    problem
        The problem asked about.
    tables
        The answer as tables, by name; the function that was asked lists them with their columns.
    name
        What it is called among the answers kept in a run folder; empty: only whole answers are kept, this is a part.
    plan
        The fingerprint of the plan that was asked about; empty: it is about a scenario.
    """

    found: A
    problem: Problem
    tables: dict[str, pd.DataFrame]
    name: str = ""
    plan: str = ""

    @property
    def table(self) -> pd.DataFrame:
        """The first of the tables."""
        return next(iter(self.tables.values()))

    @property
    def unproven(self) -> int:
        """How many parts of it could not be proven in their time; asked again, they get more."""
        return unproven(self.found)

    @property
    def data(self) -> dict[str, Any]:
        """What the answer says: `tables` by name, `answer` (its objects), `unproven` (how many parts)."""
        return {"tables": self.tables, "answer": self.found, "unproven": self.unproven}

    def as_json(self) -> str:
        """The answer as JSON text: the keys of `data`, which the command prints beside its own with `--json`."""
        return json_text(self.data)

    def keep(self, run: str | Path) -> Path | None:
        """Write the answer into a run folder, where the report finds it; its path, None if it is not kept.

        Raises
        ------
        InputError
            The run folder holds another plan than was asked about, or cannot be written.
        """
        return keep(self.found, run, self.name, self.plan) if self.name else None


def json_text(answer: Mapping[str, Any]) -> str:
    """An answer as JSON text, the one form of all commands: the key `tables` maps names to lists of rows.

    What is missing in a table is null, whole numbers are whole; objects are their fields.
    """
    rows = {name: _rows(table) for name, table in answer["tables"].items()}
    data = as_data({**answer, "tables": rows})
    return visible_json(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=str))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.reset_index() if any(table.index.names) else table
    kept = plain.astype(object).where(plain.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in kept.to_dict("records")]
