"""What tables, targets and printed increases say together: who is in a group, who holds a level, who is in two tables.

Tables overlap, and no table says by how much. Where the scheme prints by how many percent a group is to rise ("tăng
x %") and the group is one table without another, only some overlaps fit the printed figures: all of them are listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product

from ortools.sat.python import cp_model

from planner.common.errors import InputError
from planner.inputs.problem import required
from planner.inputs.scenario.schema import Target
from planner.published.figures import EXACT, ROUNDED, TRUNCATED, WRONG, Bounds, judged
from planner.published.groups import group_key
from planner.published.loading import Published


@dataclass(frozen=True)
class Shared:
    """A number of members that two tables may have in common, consistent with the printed increases.

    Attributes
    ----------
    members
        In both tables [people].
    outside
        Target: how many of the group outside hold its level, in the same order as the increases [people].
    how
        `rounded` or `truncated` if all increases are so, else `mixed`.
    """

    members: int
    outside: tuple[tuple[str, int], ...]
    how: str


@lru_cache(maxsize=4096)
def holders(published: Published, table: str, ladder: str, level: str) -> Bounds | None:
    """How many members of a table hold a level or a higher one; None if the table does not say.

    Whoever no cell counts has a level that no cell names. Cells that contradict each other are taken as they are,
    from the breakdown that divides the table. A table that says nothing itself has the holders of its parts.
    """
    entry, place = published.content.tables[table], published.place(ladder, level)
    parts = [part for part, breakdown in entry.breakdowns.items() if breakdown.column == ladder]
    if not parts:
        return _of_parts(published, entry.parts, ladder, level)
    model = cp_model.CpModel()
    people = {name: model.new_int_var(0, entry.total, name) for name in published.scenario.ladders[ladder]}
    model.add(sum(people.values()) == entry.total)
    for part, breakdown in ((part, entry.breakdowns[part]) for part in parts):
        covered: set[str] = set()
        for n, cell in enumerate(breakdown.cells):
            counted, levels = published.counts(table, part, n), published.levels(cell.when)
            model.add_linear_constraint(sum(people[name] for name in levels), counted.low, counted.high)
            covered |= levels
        if breakdown.complete:
            model.add(sum(people[name] for name in people if name not in covered) == 0)
    above = sum(people[name] for name in people if published.place(ladder, name) >= place)
    ends = [_end(model, sign * above) for sign in (1, -1)]
    if None in ends:
        return _as_printed(published, table, ladder, place)
    return Bounds(ends[0] or 0, -(ends[1] or 0))


def _of_parts(published: Published, parts: list[str], ladder: str, level: str) -> Bounds | None:
    found = [holders(published, part, ladder, level) for part in parts]
    known = [bounds for bounds in found if bounds is not None]
    return sum(known, Bounds(0, 0)) if parts and len(known) == len(parts) else None


def _end(model: cp_model.CpModel, terms: cp_model.LinearExprT) -> int | None:
    """The least value of `terms`; None if nothing meets the model."""
    model.minimize(terms)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return round(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else None


def _as_printed(published: Published, table: str, ladder: str, place: int) -> Bounds | None:
    """The members at a place of the ladder or above, as the cells of a complete breakdown count them."""
    for part, breakdown in published.content.tables[table].breakdowns.items():
        if breakdown.column != ladder or not breakdown.complete:
            continue
        low = high = 0
        for n, cell in enumerate(breakdown.cells):
            places = [published.place(ladder, name) for name in published.levels(cell.when)]
            counted = published.counts(table, part, n)
            low += counted.low if min(places) >= place else 0
            high += counted.high if max(places) >= place else 0
        return Bounds(low, high)
    return None


def group_of(published: Published, target: Target) -> str | None:
    """The name of a target's group, if it is one that is made of tables."""
    name = group_key(target.who)
    return name if name in published.content.members else None


def common(published: Published, table: str, other: str) -> Bounds:
    """How many members two tables have in common."""
    tables = published.content.tables
    if table in published.covering(other):
        return Bounds(tables[other].total, tables[other].total)
    if published.divided(table, other):
        return Bounds(0, 0)
    for name, overlap in published.content.overlaps.items():
        if {table, other} == set(overlap.tables) and (shared := chosen(published, name)) is not None:
            return Bounds(shared.members, shared.members)
    return Bounds(0, min(tables[table].total, tables[other].total))


def members(published: Published, group: str) -> Bounds:
    """How many people a group is [people]."""
    entry = published.content.members[group]
    number = Bounds(*2 * (published.content.tables[entry.table].total,))
    for other in entry.without:
        number -= common(published, entry.table, other)
    return number


def already(published: Published, name: str) -> Bounds | None:
    """How many members of a target's group hold its level today; None if the tables do not say."""
    target = published.scenario.targets[name]
    group = group_of(published, target)
    if group is None or len(target.level) != 1:
        return None
    (ladder, level), entry = next(iter(target.level.items())), published.content.members[group]
    number = holders(published, entry.table, ladder, level)
    for other in entry.without:
        if number is not None:
            number = _left(published, name, number, entry.table, other)
    return number


def _left(published: Published, name: str, number: Bounds, table: str, other: str) -> Bounds | None:
    """`number` holders of `table` without those who are in `other`, too."""
    for key, overlap in published.content.overlaps.items():
        if {table, other} == set(overlap.tables) and (shared := chosen(published, key)) is not None:
            outside = dict(shared.outside)
            if name in outside:
                return Bounds(outside[name], outside[name])
    (ladder, level) = next(iter(published.scenario.targets[name].level.items()))
    theirs = holders(published, other, ladder, level)
    if theirs is None:
        return None
    if table in published.covering(other):
        return number - theirs
    return number - _both(published, table, other, number, theirs)


def _both(published: Published, table: str, other: str, here: Bounds, there: Bounds) -> Bounds:
    """How many may be in both tables and hold the level, as far as the two tables say."""
    both, tables = common(published, table, other), published.content.tables
    lacking = min(tables[table].total - here.low, tables[other].total - there.low)
    return Bounds(max(0, both.low - lacking), min(both.high, here.high, there.high))


def needed(published: Published, name: str, rounding: str | None = None) -> Bounds | None:
    """How many members a target still asks for, with its own rounding or another; None if the tables do not say."""
    target = published.scenario.targets[name]
    group, have = group_of(published, target), already(published, name)
    if group is None or have is None:
        return None
    if rounding is not None:
        target = target.replace(rounding=rounding)
    number = members(published, group)
    return Bounds(max(0, required(target, number.low) - have.high), max(0, required(target, number.high) - have.low))


def asked_share(target: Target, members: int) -> Fraction:
    """The share of the members that a target asks for, by share or by number."""
    return Fraction(str(target.share)) if target.share is not None else Fraction(target.at_least or 0, members)


# --- the overlaps that fit the increases ---------------------------------------------------------------------------


def told_by(published: Published, name: str) -> list[str]:
    """The targets with a printed increase whose group is one of the two tables without the other."""
    pair = published.content.overlaps[name].tables
    found = []
    for target in published.content.increases:
        entry = published.scenario.targets[target]
        group = group_of(published, entry)
        if group is None or len(entry.level) != 1:
            continue
        members = published.content.members[group]
        if members.table in pair and set(members.without) == set(pair) - {members.table}:
            found.append(target)
    return found


@lru_cache(maxsize=64)
def shared_members(published: Published, name: str) -> tuple[Shared, ...]:
    """Every overlap of two tables that fits all printed increases, the smallest first."""
    first, second = (published.content.tables[table].total for table in published.content.overlaps[name].tables)
    if not told_by(published, name):
        return ()
    return tuple(shared for number in range(min(first, second) + 1) for shared in _fitting(published, name, number))


def _fitting(published: Published, name: str, number: int) -> Iterator[Shared]:
    """The overlaps of `number` members: one for each way in which all increases fit, if any."""
    targets = told_by(published, name)
    fits = [list(_counts(published, name, target, number)) for target in targets]
    for combination in product(*fits):
        ways = {how for _, how in combination} - {EXACT} or {ROUNDED}
        counts = tuple(zip(targets, (count for count, _ in combination), strict=True))
        yield Shared(number, counts, ways.pop() if len(ways) == 1 else "mixed")


def _counts(published: Published, name: str, target: str, number: int) -> Iterator[tuple[int, str]]:
    """How many outside may hold the target's level with `number` in both tables, and how the increase then fits."""
    entry = published.scenario.targets[target]
    group = group_of(published, entry)
    if group is None:
        return
    table = published.content.members[group].table
    other = next(key for key in published.content.overlaps[name].tables if key != table)
    ((ladder, level),) = entry.level.items()
    here, there = (holders(published, key, ladder, level) for key in (table, other))
    total, others = published.content.tables[table].total, published.content.tables[other].total
    if here is None or there is None or total == number:
        return
    for outside in range(min(total - number, here.high) + 1):
        inside = here.high - outside
        if not (inside <= min(number, there.high) and number - inside <= others - there.low):
            continue
        increase = 100 * (asked_share(entry, total - number) - Fraction(outside, total - number))
        how = judged(published.printed("increases", target, "percent"), increase)
        if how != WRONG:
            yield outside, how


def chosen(published: Published, name: str) -> Shared | None:
    """The overlap that stands in the file, else the smallest of the best kind; None if none fits."""
    found = shared_members(published, name)
    wanted = published.content.overlaps[name].choose
    ranked = sorted(found, key=lambda shared: ([ROUNDED, TRUNCATED, "mixed"].index(shared.how), shared.members))
    for shared in ranked:
        if wanted is None or shared.members == wanted:
            return shared
    return None


def check_choices(published: Published) -> None:
    """Refuse a chosen overlap that does not fit the printed increases.

    Raises
    ------
    InputError
        With the overlaps that do.
    """
    faults = []
    for name, overlap in published.content.overlaps.items():
        if overlap.choose is not None and told_by(published, name) and chosen(published, name) is None:
            numbers = ", ".join(str(shared.members) for shared in shared_members(published, name))
            found = {"found": overlap.choose, "numbers": numbers or "-"}
            faults.append(published.root.fault(("overlaps", name, "choose"), "choice_inconsistent", **found))
    if faults:
        raise InputError(faults)
