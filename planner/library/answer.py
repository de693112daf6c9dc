"""An answer to a question about a plan: as objects, as tables, as the data that `--json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pandas as pd

from planner.analysis.partial_answers import unproven
from planner.analysis.saved_answers import keep
from planner.analysis.serialisation import as_json
from planner.inputs.problem import Problem

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

    def as_json(self) -> str:
        """The answer as JSON text, as the command prints it with `--json`."""
        return as_json(self.found)

    def keep(self, run: str | Path) -> Path | None:
        """Write the answer into a run folder, where the report finds it; its path, None if it is not kept.

        Raises
        ------
        InputError
            The run folder holds another plan than was asked about, or cannot be written.
        """
        return keep(self.found, run, self.name, self.plan) if self.name else None
