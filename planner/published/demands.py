"""Demand lines: derived again from tables and targets, and beside the number of people that there are."""

from __future__ import annotations

from collections.abc import Iterator

from planner.published.figures import Bounds
from planner.published.groups import group_key, may_hold
from planner.published.loading import Published
from planner.published.overlaps import already, group_of, holders, members, needed
from planner.published.schema import Demand

Row = tuple[str, str, str, str, str, str]


def derived(published: Published, name: str, rounding: str | None = None) -> Bounds | None:
    """A demand line from tables and targets: the members who lack the level, up to the required number."""
    demand = published.content.demands[name]
    total = Bounds(0, 0)
    for target in demand.targets:
        part = needed(published, target, rounding)
        if part is None:
            return None
        total += part
    return total if demand.targets else None


def demand_rows(published: Published) -> Iterator[Row]:
    """Every demand line beside the number that tables and targets give."""
    for name, demand in published.content.demands.items():
        found = derived(published, name)
        item = " + ".join(_needed(published, target) for target in demand.targets)
        verdict = agreement(found, demand.total, whole=demand.beyond is None)
        yield "demand", name, item, str(demand.total), "" if found is None else str(found), verdict


def _needed(published: Published, target: str) -> str:
    found = needed(published, target)
    return target if found is None else f"{target} {found}"


def agreement(found: Bounds | None, printed: int, *, whole: bool) -> str:
    """The verdict on a demand line; `whole` if the tables speak of all whom it counts."""
    if found is None or not whole:
        return "not_derivable"
    if found.low == found.high:
        return "agrees" if found.low == printed else "differs"
    return "within" if printed in found else "differs"


def rounding_rows(published: Published) -> Iterator[Row]:
    """What one and the same rounding of all targets makes of a demand line, where that matters."""
    for name, demand in published.content.demands.items():
        found = {how: derived(published, name, how) for how in ("down", "nearest", "up")}
        if demand.beyond is None and len(set(found.values())) > 1:
            computed = ", ".join(f"{how} {bounds}" for how, bounds in found.items())
            yield "rounding", name, _own_rounding(published, name), str(demand.total), computed, "depends_on_rounding"


def _own_rounding(published: Published, name: str) -> str:
    targets = {key: published.scenario.targets[key] for key in published.content.demands[name].targets}
    return ", ".join(f"{key} {target.rounding}" for key, target in targets.items() if target.at_least is None)


# --- more demanded than there are people ----------------------------------------------------------------------------


def too_many(published: Published) -> Iterator[tuple[str, str, int, int]]:
    """Targets and demand lines that ask for more than there are people: key, item, number asked for, people at most.

    A target asks for more people than its group has; a demand line, or all lines of the same people and level
    together, train more than lack the level.
    """
    for name, target in published.scenario.targets.items():
        group = group_of(published, target)
        if group is not None and target.at_least is not None:
            people = members(published, group).high
            if target.at_least > people:
                yield name, "at_least", target.at_least, people
    for names in _alike(published):
        demand = _together([published.content.demands[name] for name in names])
        found = most_lacking(published, demand)
        if found is not None and demand.total > found:
            level = ", ".join(f"{ladder}: {level}" for ladder, level in demand.level.items())
            yield "+".join(names), f"below {level}", demand.total, found


def _alike(published: Published) -> Iterator[list[str]]:
    """The demand lines, those of the same people and the same level together: nobody reaches a level twice."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, demand in published.content.demands.items():
        if demand.beyond is None:
            found.setdefault((group_key(demand.who), str(sorted(demand.level.items()))), []).append(name)
    yield from found.values()


def _together(demands: list[Demand]) -> Demand:
    """Lines of the same people and level as one; it counts targets only if all of them do."""
    targets = [target for demand in demands for target in demand.targets]
    known = all(demand.targets for demand in demands)
    return demands[0].replace(total=sum(demand.total for demand in demands), targets=targets if known else [])


def people_rows(published: Published) -> Iterator[Row]:
    """Whatever asks for more than there are people."""
    for name, item, asked, people in too_many(published):
        yield "people", name, item, str(asked), str(people), "more_than_people"


def most_lacking(published: Published, demand: Demand) -> int | None:
    """How many people a demand line may count at most: those who lack its level; None if the tables do not say."""
    bounds = [_lacking_of_who(published, demand), _lacking_of_targets(published, demand), _covered(published, demand)]
    return min((bound for bound in bounds if bound is not None), default=None)


def _lacking_of_who(published: Published, demand: Demand) -> int | None:
    """Of the group of the line, if that is made of tables: those who lack the level."""
    group = published.content.members.get(group_key(demand.who))
    if group is None:
        return None
    people = members(published, group_key(demand.who)).high
    return people if group.without else min(people, _lacking_in(published, group.table, demand))


def _lacking_in(published: Published, table: str, demand: Demand) -> int:
    """The members of a table who lack the level, at most: all of them if it does not say."""
    total = published.content.tables[table].total
    held = [holders(published, table, ladder, level) for ladder, level in demand.level.items()]
    return min(total, sum(total if number is None else max(0, total - number.low) for number in held))


def _lacking_of_targets(published: Published, demand: Demand) -> int | None:
    """Of the groups of the targets that the line counts: those who lack the level."""
    found: dict[str, int] = {}
    for name in demand.targets:
        target = published.scenario.targets[name]
        group, held = group_of(published, target), already(published, name)
        if group is None:
            return None
        known = held is not None and target.level == demand.level
        people = members(published, group)
        found[group] = max(0, (people - held).high) if known and held is not None else people.high
    return sum(found.values()) if found else None


def _covered(published: Published, demand: Demand) -> int | None:
    """Of all tables that may hold people of whom the line speaks: those who lack the level."""
    tables = published.content.tables
    found = [
        _lacking_in(published, name, demand)
        for name in tables
        if all(name in published.covering(whole) for whole in published.covering(name))  # in no wider table
        and may_hold(demand.who, tables[name].who, published.scenario) is not False
    ]
    return sum(found) if found else None
