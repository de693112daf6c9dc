"""What a published-tables file need not say: which table a group of the scenario is, which targets a demand counts.

Both follow from the conditions: a group that compares the very values that all members of a table have is that table,
and a demand counts the targets of its level whose members are among its own.
"""

from __future__ import annotations

from planner.inputs.scenario.conditions import Combine, Compare, Condition, Group
from planner.inputs.scenario.schema import Scenario, Target
from planner.published.schema import Demand, Members, PublishedTables, word


def group_key(condition: Condition) -> str:
    """The name of a group of people: that of the scenario, or the condition itself."""
    return condition.name if isinstance(condition, Group) else repr(condition)


def values_of(condition: Condition, scenario: Scenario) -> dict[str, str] | None:
    """Column -> value where a condition is that and nothing else; else None."""
    match condition:
        case Group(name=name):
            return values_of(scenario.groups[name], scenario) if name in scenario.groups else None
        case Compare(column=column, values=(value,)):
            return {column: word(value)}
        case Combine(how="all", parts=parts):
            found: dict[str, str] = {}
            for part in parts:
                values = values_of(part, scenario)
                if values is None or any(found.get(key, value) != value for key, value in values.items()):
                    return None
                found |= values
            return found
    return None


def completed(content: PublishedTables, scenario: Scenario) -> PublishedTables:
    """The file with the groups and the targets of demands that follow from conditions; what it says itself stays."""
    members = dict(content.members)
    for target in scenario.targets.values():
        values = values_of(target.who, scenario)
        table = next((name for name, table in content.tables.items() if table.who == values), None)
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


def _counted(target: Target, demand: Demand, scenario: Scenario) -> bool:
    """Whether the members of a target are those of whom a demand line speaks, or some of them."""
    if group_key(target.who) == group_key(demand.who):
        return True
    own, others = values_of(target.who, scenario), values_of(demand.who, scenario)
    return own is not None and others is not None and others.items() <= own.items()
