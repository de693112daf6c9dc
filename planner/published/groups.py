"""What a published-tables file need not say: which table a group of the scenario is, which targets a demand counts.

Both follow from the conditions: a group is the table whose members meet its condition while nobody beside it can, or
the one whose values are the very ones it compares; and a demand counts the targets of its level whose members are among
its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from planner.inputs.scenario.conditions import Combine, Compare, Condition, GroupName, group_names, groups_below
from planner.inputs.scenario.schema import Scenario, Target
from planner.published.schema import Demand, Members, PublishedTables, word


def group_key(condition: Condition) -> str:
    """The name of a group of people: that of the scenario, or the condition itself."""
    return condition.name if isinstance(condition, GroupName) else repr(condition)


def values_of(condition: Condition, scenario: Scenario) -> dict[str, str] | None:
    """Column -> value where a condition is that and nothing else; else None."""
    found: dict[str, dict[str, str] | None] = {}
    for part in group_names(condition):
        for name, group in groups_below(part.name, scenario.groups, found.__contains__):
            found[name] = _values_of(group, found)
    return _values_of(condition, found)


def _values_of(condition: Condition, groups: Mapping[str, dict[str, str] | None]) -> dict[str, str] | None:
    match condition:
        case GroupName(name=name):
            return groups.get(name)
        case Compare(column=column, values=(value,)):
            return {column: word(value)}
        case Combine(how="all", parts=parts):
            found: dict[str, str] = {}
            for part in parts:
                values = _values_of(part, groups)
                if values is None or any(found.get(key, value) != value for key, value in values.items()):
                    return None
                found |= values
            return found
    return None


def may_hold(condition: Condition, values: Mapping[str, str], scenario: Scenario) -> bool | None:
    """Whether people of whom only some values are known meet a condition; None if the values do not say."""
    held: dict[str, bool | None] = {}
    for part in group_names(condition):
        for name, group in groups_below(part.name, scenario.groups, held.__contains__):
            held[name] = _may_hold(group, values, held)
    return _may_hold(condition, values, held)


def _may_hold(condition: Condition, values: Mapping[str, str], groups: Mapping[str, bool | None]) -> bool | None:
    match condition:
        case GroupName(name=name):
            return groups[name]
        case Compare(column=column, values=wanted) if wanted and column in values:
            return values[column] in {word(value) for value in wanted}
        case Combine(how="not", parts=(part,)):
            met = _may_hold(part, values, groups)
            return None if met is None else not met
        case Combine(how=how, parts=parts):
            found = [_may_hold(part, values, groups) for part in parts]
            decisive = how == "any"
            return decisive if decisive in found else None if None in found else not decisive
    return None


def completed(
    content: PublishedTables, scenario: Scenario, covering: Callable[[str], Collection[str]]
) -> PublishedTables:
    """The file with the groups and the targets of demands that follow from conditions; what it says itself stays."""
    members = dict(content.members)
    for target in scenario.targets.values():
        table = _table_of(target.who, content, scenario, covering)
        if table is not None:
            members.setdefault(group_key(target.who), Members(table=table))
    demands = {}
    for name, demand in content.demands.items():
        counted = [
            key
            for key, target in scenario.targets.items()
            if target.level == demand.level and _counted(target, demand, scenario)
        ]
        demands[name] = demand if demand.targets or demand.beyond else demand.replace(targets=counted)
    return content.replace(members=members, demands=demands)


def _table_of(
    condition: Condition, content: PublishedTables, scenario: Scenario, covering: Callable[[str], Collection[str]]
) -> str | None:
    """The table of all who meet a condition: its members do, and no table beside it holds anybody who may."""
    held = {name: may_hold(condition, table.who, scenario) for name, table in content.tables.items()}
    for name, met in held.items():
        if not met or any(held[other] for other in covering(name) if other != name):
            continue
        if all(held[other] is False or name in covering(other) or other in covering(name) for other in held):
            return name
    values = values_of(condition, scenario)
    return next((name for name, table in content.tables.items() if table.who == values), None)


def _counted(target: Target, demand: Demand, scenario: Scenario) -> bool:
    """Whether the members of a target are those of whom a demand line speaks, or some of them."""
    if group_key(target.who) == group_key(demand.who):
        return True
    own, others = values_of(target.who, scenario), values_of(demand.who, scenario)
    return own is not None and others is not None and others.items() <= own.items()
