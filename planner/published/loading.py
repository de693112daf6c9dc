"""Loading published tables: the file, the scenario it speaks of, the names it uses; every fault in one message."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.conditions import Compare
from planner.inputs.scenario.confinement import also_inside, folder_of, inside, outside
from planner.inputs.scenario.loading import load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.validation import unknown_nulls, validated
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import Node, without_nulls
from planner.published.draw_names import draw_faults
from planner.published.figures import Bounds, counts_of, nearest_counts
from planner.published.groups import completed
from planner.published.names import name_faults, reached, stated_wholes
from planner.published.schema import PublishedTables


@dataclass(frozen=True, eq=False)
class Published:
    """A published-tables file, checked, with the scenario that it speaks of; one file is equal to itself only."""

    file: Path
    content: PublishedTables
    scenario: Scenario
    root: Node

    def printed(self, *location: str | int) -> Decimal:
        """The number at `location` with the digits that are printed."""
        return Decimal(self.root.find(location).text)

    @property
    def years(self) -> int:
        """How many years the demand lines have [years]."""
        return len(self.scenario.horizon.years)

    @property
    def year(self) -> int:
        """The year in which the tables count ages [year]."""
        return self.content.draw.year or self.scenario.horizon.first

    def place(self, ladder: str, level: str) -> int:
        """The place of a level on its ladder, from 0; -1 where no level is known."""
        return self.scenario.ladders[ladder].index(level) if level else -1

    def levels(self, cell: Compare) -> set[str]:
        """The levels that a cell on a ladder covers."""
        ladder = self.scenario.ladders[cell.column]
        if cell.values:
            return {str(value) for value in cell.values}
        low = 0 if cell.low is None else ladder.index(str(cell.low))
        high = len(ladder) - 1 if cell.high is None else ladder.index(str(cell.high))
        return set(ladder[low : high + 1])

    def counts(self, table: str, part: str, place: int) -> Bounds:
        """How many members of a table a cell counts: the count printed, or those that its percentage alone allows."""
        entry = self.content.tables[table]
        cell = entry.breakdowns[part].cells[place]
        if cell.count is not None:
            return Bounds(cell.count, cell.count)
        percent, base = self.percent(table, part, place), self.base(table, part)
        return counts_of(percent, base, entry.total) or nearest_counts(percent, base, entry.total)

    def percent(self, table: str, part: str, place: int) -> Decimal:
        """The percentage of a cell that has one, with the digits that are printed."""
        return self.printed("tables", table, "breakdowns", part, "cells", place, "percent")

    def base(self, table: str, part: str) -> int:
        """What the percentages of a breakdown are of [people]."""
        entry = self.content.tables[table]
        base = entry.breakdowns[part].base
        return entry.total if base is None else base

    @cached_property
    def wholes(self) -> dict[str, set[str]]:
        """Table: those that it lies within, as the file says or as the values of its members imply."""
        tables = self.content.tables
        implied = {
            name: {other for other in tables if other != name and tables[other].who.items() <= table.who.items()}
            for name, table in tables.items()
        }
        return {name: implied[name] | wholes for name, wholes in stated_wholes(self.content).items()}

    def covering(self, table: str) -> set[str]:
        """The table and all those of which it is a part."""
        return self._coverings[table]

    @cached_property
    def _coverings(self) -> dict[str, set[str]]:
        """Each table's, found once."""
        found: dict[str, set[str]] = {}
        for name in self.wholes:
            found[name] = reached(self.wholes, name, found)
        return found

    def divided(self, table: str, other: str) -> bool:
        """Whether two tables lie in different parts of a third, so that they share nobody."""
        ours, theirs = self.covering(table), self.covering(other)
        return any(
            one != another and one in ours and another in theirs
            for whole in self.content.tables.values()
            for one in whole.parts
            for another in whole.parts
        )


def load_published(path: str | Path) -> Published:
    """The published tables of a file.

    Raises
    ------
    InputError
        All faults of the file, or of its scenario, with lines and the nearest known names.
    """
    file = Path(path)
    written = read_document(file)
    root = without_nulls(written)
    content, faults = validated(PublishedTables, root)
    faults += [
        written.fault(at, "unknown_key", name=name, nearest=near)
        for at, name, near in unknown_nulls(PublishedTables, written)
    ]
    if content is None:
        raise InputError(faults)
    scenario = _scenario(file, root, content, faults)
    if scenario is None:
        raise InputError(faults)
    faults += name_faults(content, scenario, root)
    faults += draw_faults(content, scenario, root)
    if faults:
        raise InputError(faults)
    published = Published(file, content, scenario, root)
    return replace(published, content=completed(content, scenario, published.covering))


def _scenario(file: Path, root: Node, content: PublishedTables, faults: list[Fault]) -> Scenario | None:
    path = file.parent / content.scenario
    at = root.find(("scenario",))
    if not inside(path, folder_of(file)):
        faults.append(outside(at, at="scenario", name=content.scenario))
        return None
    if not os.path.lexists(path):
        faults.append(root.fault(("scenario",), "scenario_missing", name=content.scenario))
        return None
    try:
        with also_inside([file]):
            return load_scenario(path).scenario
    except InputError as error:
        faults += error.faults
        return None
