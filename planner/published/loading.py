"""Loading published tables: the file, the scenario it speaks of, the names it uses; every fault in one message."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.scenario.conditions import Compare
from planner.inputs.scenario.loading import load_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.validation import validated
from planner.inputs.scenario.yaml_reader import read_document
from planner.inputs.scenario.yaml_tree import Location, Node, without_nulls
from planner.published.groups import completed
from planner.published.schema import Breakdown, Demand, PublishedTables


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
        """The place of a level on its ladder, from 0."""
        return self.scenario.ladders[ladder].index(level)

    def levels(self, cell: Compare) -> set[str]:
        """The levels that a cell on a ladder covers."""
        ladder = self.scenario.ladders[cell.column]
        if cell.values:
            return {str(value) for value in cell.values}
        low = 0 if cell.low is None else ladder.index(str(cell.low))
        high = len(ladder) - 1 if cell.high is None else ladder.index(str(cell.high))
        return set(ladder[low : high + 1])

    def covering(self, table: str) -> set[str]:
        """The table and all those of which it is a part."""
        found, waiting = set(), [table]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.content.tables[name].inside
        return found


def load_published(path: str | Path) -> Published:
    """The published tables of a file.

    Raises
    ------
    InputError
        All faults of the file, or of its scenario, with lines and the nearest known names.
    """
    file = Path(path)
    root = without_nulls(read_document(file))
    content, faults = validated(PublishedTables, root)
    if content is None:
        raise InputError(faults)
    scenario = _scenario(file, root, content, faults)
    if scenario is None:
        raise InputError(faults)
    published = Published(file, content, scenario, root)
    faults += _name_faults(published)
    if faults:
        raise InputError(faults)
    return replace(published, content=completed(content, scenario))


def _scenario(file: Path, root: Node, content: PublishedTables, faults: list[Fault]) -> Scenario | None:
    path = file.parent / content.scenario
    if not path.is_file():
        faults.append(root.fault(("scenario",), "scenario_missing", name=content.scenario))
        return None
    try:
        return load_scenario(path).scenario
    except InputError as error:
        faults += error.faults
        return None


# --- names ----------------------------------------------------------------------------------------------------------


def _name_faults(published: Published) -> Iterator[Fault]:
    """Every name that nobody defined, of tables here and of levels, programmes and targets in the scenario."""
    for location, kind, name, known in _names(published):
        if name not in known:
            yield published.root.fault(location, f"unknown_{kind}", name=name, nearest=nearest(name, known))
    for name in published.content.tables:
        if any(name in published.covering(whole) for whole in _known(published, name)):
            yield published.root.fault(("tables", name, "inside"), "table_circle", name=name)
    yield from _value_faults(published)


def _value_faults(published: Published) -> Iterator[Fault]:
    """Cells and shares whose values their column cannot have: ranges of words, ages that are no numbers."""
    ladders, root = published.scenario.ladders, published.root
    for name, table in published.content.tables.items():
        for part, breakdown in table.breakdowns.items():
            for place, cell in enumerate(breakdown.cells):
                at, when = ("tables", name, "breakdowns", part, "cells", place, "when"), cell.when
                given = [value for value in (*when.values, when.low, when.high) if value is not None]
                if when.column == "age" and (found := [value for value in given if type(value) is not int]):
                    yield root.fault((*at, when.column), "want_integer", found=found[0])
                elif when.column == "age" and len(when.values) > 1:
                    yield root.fault((*at, when.column), "ages_as_range")
                elif when.column != "age" and when.column not in ladders and not when.values:
                    yield root.fault((*at, when.column), "no_order", name=when.column)
    for key, entries in published.content.draw.shares.items():
        for place, entry in enumerate(entries):
            for value in entry.shares:
                at_share = ("draw", "shares", key, place, "shares", value)
                if key == "age" and not value.isdecimal():
                    yield root.fault(at_share, "want_integer", found=value)
                if key in ladders and value not in ladders[key]:
                    yield root.fault(at_share, "unknown_level", name=value, nearest=nearest(value, ladders[key]))


def _known(published: Published, table: str) -> list[str]:
    """The tables that `table` is a part of, if all of the way up is defined."""
    tables = published.content.tables
    if any(name not in tables for entry in tables.values() for name in entry.inside):
        return []
    return tables[table].inside


Use = tuple[Location, str, str, Collection[str]]


def _names(published: Published) -> Iterator[Use]:
    """Every use of a name: its place, its kind, the name, and the names there are."""
    content, scenario = published.content, published.scenario
    for location, names in _table_lists(content):
        for place, name in enumerate(names):
            yield (*location, place), "table", name, content.tables
    for name, table in content.tables.items():
        for part, breakdown in table.breakdowns.items():
            yield from _cell_names(published, ("tables", name, "breakdowns", part), breakdown)
    for name, members in content.members.items():
        yield ("members", name), "group", name, scenario.groups
        yield ("members", name, "table"), "table", members.table, content.tables
    for name in content.increases:
        yield ("increases", name), "target", name, scenario.targets
    for name, demand in content.demands.items():
        yield from _demand_names(scenario, name, demand)


def _table_lists(content: PublishedTables) -> Iterator[tuple[Location, list[str]]]:
    """Every list of tables and its place."""
    keys = {
        "tables": ("inside", "also"),
        "members": ("without",),
        "overlaps": ("tables",),
        "agencies": ("tables", "uneven"),
        "demands": ("besides",),
    }
    for section, lists in keys.items():
        for name, entry in getattr(content, section).items():
            for key in lists:
                yield (section, name, key), getattr(entry, key)


def _demand_names(scenario: Scenario, name: str, demand: Demand) -> Iterator[Use]:
    for place, target in enumerate(demand.targets):
        yield ("demands", name, "from", place), "target", target, scenario.targets
    for ladder, level in demand.level.items():
        yield ("demands", name, "level", ladder), "ladder", ladder, scenario.ladders
        yield ("demands", name, "level", ladder), "level", level, scenario.ladders.get(ladder, [level])


def _cell_names(published: Published, at: Location, breakdown: Breakdown) -> Iterator[Use]:
    ladder = published.scenario.ladders.get(breakdown.column)
    for place, cell in enumerate(breakdown.cells):
        if ladder is not None:
            for level in (*cell.when.values, cell.when.low, cell.when.high):
                if level is not None:
                    yield (*at, "cells", place, "when", breakdown.column), "level", str(level), ladder
        if cell.studying is not None:
            where = (*at, "cells", place, "studying", "programme")
            yield where, "programme", cell.studying.programme, published.scenario.programmes
