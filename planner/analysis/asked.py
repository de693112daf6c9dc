"""What may be asked of a proven problem, in its words, and where that stands in the parts of its matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.inputs.scenario.schema import Pin
from planner.model.rows import Key, Limit, ModelTables
from planner.optimiser.changes import Change
from planner.optimiser.decomposition import Part

SHORTFALL = "shortfall"


@dataclass(frozen=True)
class Asked:
    """A change in the words of a problem.

    Attributes
    ----------
    require, forbid
        Starts of which at least one must be in the plan, for each pin; starts that must not be.
    more
        So many more, or fewer, of limits.
    reached
        Targets that must not fall short.
    """

    require: tuple[Pin, ...] = ()
    forbid: tuple[Pin, ...] = ()
    more: Mapping[Limit, int] = field(default_factory=dict)
    reached: tuple[str, ...] = ()


class Places:
    """Where starts, shortfalls and limits stand in the parts of a matrix.

    Parameters
    ----------
    rows
        The rows of the tables that are the first rows of the matrix, in their order.
    parts
        The parts of the matrix.

    Attributes
    ----------
    short
        The column of each target's shortfall; without those that cannot fall short.
    """

    def __init__(self, tables: ModelTables, rows: np.ndarray, parts: Sequence[Part]) -> None:
        self._tables, self._options = tables, tables.options
        self._row = np.full(len(tables.row_upper), -1)
        self._row[rows] = np.arange(len(rows))
        beside = enumerate(tables.columns, len(tables.options))
        self.short = {str(column.key[0]): place for place, column in beside if column.kind == SHORTFALL}
        self._most, self._taken = tables.limits, tables.taken
        self._of_rule: dict[str, dict[Key, int]] = {}
        columns, own_rows = (sum(len(getattr(part, side)) for part in parts) for side in ("columns", "rows"))
        self._part_of_column, self._place = (np.zeros(columns, dtype=int) for _ in range(2))
        self._part_of_row, self._row_in_part = (np.zeros(own_rows, dtype=int) for _ in range(2))
        for number, part in enumerate(parts):
            self._part_of_column[part.columns], self._place[part.columns] = number, np.arange(len(part.columns))
            self._part_of_row[part.rows], self._row_in_part[part.rows] = number, np.arange(len(part.rows))

    def changes(self, asked: Asked) -> dict[int, Change] | None:
        """The change of each part that is concerned."""
        fixed: dict[int, dict[int, float]] = {}
        required: dict[int, list[np.ndarray]] = {}
        limits: dict[int, dict[int, float]] = {}
        for pin in asked.forbid:
            for column in np.flatnonzero(self._options.matching(pin)):
                fixed.setdefault(int(self._part_of_column[column]), {})[int(self._place[column])] = 0.0
        for target in asked.reached:
            short = self.short.get(target)
            if short is not None:
                fixed.setdefault(int(self._part_of_column[short]), {})[int(self._place[short])] = 0.0
        for pin in asked.require:
            columns = np.flatnonzero(self._options.matching(pin))
            concerned = np.unique(self._part_of_column[columns])
            if len(concerned) != 1:
                return None
            required.setdefault(int(concerned[0]), []).append(self._place[columns])
        for limit, more in asked.more.items():
            row = self._rows(limit[0])[limit[1]]
            before, most = (max(self._most[row] + by - self._taken[row], 0.0) for by in (0, more))
            if most == before:
                continue
            place = self._row[row]
            limits.setdefault(int(self._part_of_row[place]), {})[int(self._row_in_part[place])] = most
        return {
            number: Change(fixed.get(number, {}), tuple(required.get(number, ())), limits.get(number, {}))
            for number in {*fixed, *required, *limits}
        }

    def _rows(self, rule: str) -> dict[Key, int]:
        """The rows of a rule, by their keys: of a rule that is asked about, not of all."""
        if rule not in self._of_rule:
            self._of_rule[rule] = self._tables.rows_of(rule)
        return self._of_rule[rule]
