"""The names and values of a published-tables file: what nobody defined, and tables that contradict each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.conditions import group_names
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.yaml_tree import Location, Node
from planner.published.schema import Breakdown, Demand, PublishedTables

Use = tuple[Location, str, str, Collection[str]]


def name_faults(content: PublishedTables, scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Every name that nobody defined, of tables here and of groups, levels, programmes and targets in the scenario."""
    for location, kind, name, known in _names(content, scenario):
        if name not in known:
            yield root.fault(location, f"unknown_{kind}", name=name, nearest=nearest(name, known))
    wholes = stated_wholes(content)
    if all(name in content.tables for table in content.tables.values() for name in (*table.inside, *table.parts)):
        circles = list(_circles(content, root, wholes))
        yield from circles or _part_faults(content, root, wholes)
    yield from _cell_faults(content, scenario, root)


# --- tables within tables -------------------------------------------------------------------------------------------


def stated_wholes(content: PublishedTables) -> dict[str, set[str]]:
    """Table: those that it lies within, as `inside` and `parts` say."""
    return {
        name: {*table.inside, *(whole for whole, other in content.tables.items() if name in other.parts)}
        for name, table in content.tables.items()
    }


def reached(
    wholes: Mapping[str, Collection[str]], table: str, known: Mapping[str, set[str]] = MappingProxyType({})
) -> set[str]:
    """The table and all those within which it lies, however many steps up; of some tables that is `known`."""
    found = {table}
    waiting = {table}
    while waiting:
        name = waiting.pop()
        if name in known:
            found |= known[name]
            waiting -= known[name]
            continue
        above = set(wholes[name]) - found
        found |= above
        waiting |= above
    return found


def _circles(content: PublishedTables, root: Node, wholes: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Tables that lie within themselves."""
    for name, above in wholes.items():
        if any(name in reached(wholes, whole) for whole in above):
            key = "inside" if content.tables[name].inside else "parts"
            yield root.fault(("tables", name, key), "table_circle", name=name)


def _part_faults(content: PublishedTables, root: Node, wholes: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Parts listed twice, and parts of one table that the file puts people in both of."""
    tables = content.tables
    covering = cache(lambda name: reached(wholes, name))
    for whole, table in tables.items():
        for place, name in enumerate(table.parts):
            at, earlier = ("tables", whole, "parts", place), table.parts[:place]
            if name in earlier:
                yield root.fault(at, "listed_twice", name=name)
                continue
            for other in earlier:
                related = other in covering(name) or name in covering(other)
                overlapping = other in tables[name].also or name in tables[other].also
                if related or overlapping or _alike(tables[name].who, tables[other].who):
                    yield root.fault(at, "parts_share", name=name, other=other, table=whole)


def _alike(who: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether all members of one of two tables have the values of the other, too."""
    return who.items() <= other.items() or other.items() <= who.items()


# --- cells ----------------------------------------------------------------------------------------------------------


def _cell_faults(content: PublishedTables, scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Cells whose values their column cannot have: ranges of words, ages that are no numbers."""
    for name, table in content.tables.items():
        for part, breakdown in table.breakdowns.items():
            for place, cell in enumerate(breakdown.cells):
                at, when = ("tables", name, "breakdowns", part, "cells", place, "when"), cell.when
                given = [value for value in (*when.values, when.low, when.high) if value is not None]
                if when.column == "age" and (found := [value for value in given if type(value) is not int]):
                    yield root.fault((*at, when.column), "want_integer", found=found[0])
                elif when.column == "age" and len(when.values) > 1:
                    yield root.fault((*at, when.column), "ages_as_range")
                elif when.column != "age" and when.column not in scenario.ladders and not when.values:
                    yield root.fault((*at, when.column), "no_order", name=when.column)


# --- uses of names --------------------------------------------------------------------------------------------------


def _names(content: PublishedTables, scenario: Scenario) -> Iterator[Use]:
    """Every use of a name: its place, its kind, the name, and the names there are."""
    for location, names in _table_lists(content):
        for place, name in enumerate(names):
            yield (*location, place), "table", name, content.tables
    for name, table in content.tables.items():
        for part, breakdown in table.breakdowns.items():
            yield from _cell_names(scenario, ("tables", name, "breakdowns", part), breakdown)
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
        "tables": ("inside", "also", "parts"),
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
    for group in group_names(demand.who):
        yield ("demands", name, "who", *group.at), "group", group.name, scenario.groups
    for place, target in enumerate(demand.targets):
        yield ("demands", name, "from", place), "target", target, scenario.targets
    for ladder, level in demand.level.items():
        yield ("demands", name, "level", ladder), "ladder", ladder, scenario.ladders
        yield ("demands", name, "level", ladder), "level", level, scenario.ladders.get(ladder, [level])


def _cell_names(scenario: Scenario, at: Location, breakdown: Breakdown) -> Iterator[Use]:
    ladder = scenario.ladders.get(breakdown.column)
    for place, cell in enumerate(breakdown.cells):
        if ladder is not None:
            for level in (*cell.when.values, cell.when.low, cell.when.high):
                if level is not None:
                    yield (*at, "cells", place, "when", breakdown.column), "level", str(level), ladder
        if cell.studying is not None:
            where = (*at, "cells", place, "studying", "programme")
            yield where, "programme", cell.studying.programme, scenario.programmes
