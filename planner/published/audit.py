"""The audit: what the published tables say of each other, by computation alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from planner.inputs.scenario.yaml_tree import Location
from planner.messages import localised, say
from planner.published.loading import Published
from planner.published.overlaps import (
    ROUNDED,
    WRONG,
    Bounds,
    already,
    chosen,
    group_of,
    judged,
    members,
    needed,
    shared_members,
    shown,
    told_by,
)
from planner.published.schema import Breakdown, Table, word

COLUMNS = ["kind", "table", "item", "published", "computed", "verdict"]
FAULTS = ("does_not_sum", "truncated", "wrong", "cannot_contain", "differs", "inconsistent")


@dataclass(frozen=True)
class Audit:
    """What was found.

    Attributes
    ----------
    table
        kind, table, item, published, computed, verdict: one row per check, in the file's order. `kind` is `sum`,
        `percent`, `range`, `demand`, `rounding`, `increase` or `overlap`.
    notes
        Sentences on what a verdict does not say, in the language spoken.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def faults(self) -> pd.DataFrame:
        """The rows that are wrong."""
        return self.table[self.table["verdict"].isin(FAULTS)]

    @property
    def wrong(self) -> bool:
        """Whether anything is."""
        return not self.faults.empty


Row = tuple[str, str, str, str, str, str]


def audit(published: Published) -> Audit:
    """Check the sums, the percentages, the yearly ranges, the increases, the overlaps and the demand lines.

    The verdicts: a sum `sums` or `does_not_sum`; a percentage is `exact`, `rounded`, `truncated` or `wrong` at the
    digits printed; a yearly range `contains` its total or `cannot_contain` it; an increase is judged as a percentage,
    and is `rounded_heads` if it is the share of those to be trained rather than the difference of two shares; an
    overlap is `consistent`, `consistent_if_truncated` or `consistent_if_mixed`, or `inconsistent` if none is; a
    demand line `agrees`, is `within` the bounds that the tables leave, `differs`, or is `not_derivable`; and where
    the way of rounding matters to one it `depends_on_rounding`.
    """
    rows = [*_sums(published), *_percentages(published), *_ranges(published), *_increases(published)]
    rows += [*_overlaps(published), *_demands(published), *_roundings(published)]
    return Audit(pd.DataFrame(rows, columns=COLUMNS, dtype=str), tuple(_notes(published)))


def _breakdowns(published: Published) -> Iterator[tuple[str, Table, str, Breakdown]]:
    for name, table in published.content.tables.items():
        for part, breakdown in table.breakdowns.items():
            yield name, table, part, breakdown


def _sums(published: Published) -> Iterator[Row]:
    """Complete breakdowns sum to the total of their table."""
    for name, table, part, breakdown in _breakdowns(published):
        if breakdown.complete:
            total = sum(cell.count for cell in breakdown.cells)
            yield "sum", name, part, str(table.total), str(total), "sums" if total == table.total else "does_not_sum"


def _percentages(published: Published) -> Iterator[Row]:
    """Every printed percentage is the count's share of the base."""
    for name, table, part, breakdown in _breakdowns(published):
        base = table.total if breakdown.base is None else breakdown.base
        for place, cell in enumerate(breakdown.cells):
            at: Location = ("tables", name, "breakdowns", part, "cells", place)
            if cell.percent is not None and base:
                printed, exact = published.printed(*at, "percent"), Fraction(100 * cell.count, base)
                item = f"{item_name(published, at)} ({cell.count}/{base})"
                yield "percent", name, item, str(printed), shown(exact, printed), judged(printed, exact)


def item_name(published: Published, at: Location) -> str:
    """A cell in words, as it is written: `education: master`."""
    when = published.root.find((*at, "when")).plain()
    column, value = next((key, value) for key, value in when.items() if key not in ("source", "title"))
    if isinstance(value, dict):
        low, high = value.get("min", ""), value.get("max", "")
        return f"{column}: {low}..{high}"
    return f"{column}: " + "|".join(map(word, value if isinstance(value, list) else [value]))


def _ranges(published: Published) -> Iterator[Row]:
    """The yearly range of a demand line times the years can hold its total."""
    for name, demand in published.content.demands.items():
        if demand.per_year:
            held = Bounds(demand.per_year[0] * published.years, demand.per_year[-1] * published.years)
            verdict = "contains" if held.low <= demand.total <= held.high else "cannot_contain"
            item = f"{'-'.join(map(str, demand.per_year))} x {published.years}"
            yield "range", name, item, str(demand.total), str(held), verdict


def _increases(published: Published) -> Iterator[Row]:
    """The printed increase of a group is what the target asks for less what the tables say."""
    for name in published.content.increases:
        target, have = published.scenario.targets[name], already(published, name)
        group = group_of(published, target)
        if group is None or have is None or target.share is None or have.low != have.high:
            continue
        number, printed = members(published, group).low, published.printed("increases", name, "percent")
        if number <= 0:
            continue
        exact = 100 * (Fraction(str(target.share)) - Fraction(have.low, number))
        yield "increase", group, name, str(printed), shown(exact, printed), _judged_increase(published, name, exact)


def _judged_increase(published: Published, name: str, exact: Fraction) -> str:
    """As a percentage; where that is wrong, perhaps the share of the members who are to be trained."""
    group, lacking = group_of(published, published.scenario.targets[name]), needed(published, name)
    printed = published.printed("increases", name, "percent")
    verdict = judged(printed, exact)
    if verdict != WRONG or group is None or lacking is None:
        return verdict
    heads = Fraction(100 * lacking.low, members(published, group).low)
    return "rounded_heads" if judged(printed, heads) not in (WRONG, "truncated") else WRONG


def _overlaps(published: Published) -> Iterator[Row]:
    """Every number of members that two tables may share."""
    verdicts = {ROUNDED: "consistent", "truncated": "consistent_if_truncated", "mixed": "consistent_if_mixed"}
    for name, overlap in published.content.overlaps.items():
        found, pair, taken = shared_members(published, name), "+".join(overlap.tables), chosen(published, name)
        increases = {target: published.printed("increases", target, "percent") for target in told_by(published, name)}
        printed = "; ".join(f"{target} +{percent} %" for target, percent in increases.items())
        for shared in found:
            outside = ", ".join(f"{target} {count}" for target, count in shared.outside)
            star = " *" if shared == taken else ""
            yield "overlap", pair, f"{shared.members} in both{star}", printed, outside, verdicts[shared.how]
        if taken is None and printed:
            item = "" if overlap.choose is None else f"{overlap.choose} in both *"
            yield "overlap", pair, item, printed, "", "inconsistent"


# --- demand lines ---------------------------------------------------------------------------------------------------


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


def _demands(published: Published) -> Iterator[Row]:
    """Every demand line beside the number that tables and targets give."""
    for name, demand in published.content.demands.items():
        found = derived(published, name)
        item = " + ".join(f"{target} {needed(published, target)}" for target in demand.targets)
        verdict = _agreement(found, demand.total, whole=demand.beyond is None)
        yield "demand", name, item, str(demand.total), "" if found is None else str(found), verdict


def _agreement(found: Bounds | None, printed: int, *, whole: bool) -> str:
    if found is None or not whole:
        return "not_derivable"
    if found.low == found.high:
        return "agrees" if found.low == printed else "differs"
    return "within" if found.low <= printed <= found.high else "differs"


def _roundings(published: Published) -> Iterator[Row]:
    """What one and the same rounding of all targets makes of a demand line, where that matters."""
    for name, demand in published.content.demands.items():
        found = {how: derived(published, name, how) for how in ("down", "nearest", "up")}
        if demand.beyond is None and len(set(found.values())) > 1:
            computed = ", ".join(f"{how} {bounds}" for how, bounds in found.items())
            yield "rounding", name, _own_rounding(published, name), str(demand.total), computed, "depends_on_rounding"


def _own_rounding(published: Published, name: str) -> str:
    targets = published.content.demands[name].targets
    return ", ".join(f"{target} {published.scenario.targets[target].rounding}" for target in targets)


def _notes(published: Published) -> Iterator[str]:
    for name, table, part, breakdown in _breakdowns(published):
        total = sum(cell.count for cell in breakdown.cells)
        if breakdown.complete and total != table.total and breakdown.base is None:
            fitting = sum(_fits(published, (name, part, place), total) for place in range(len(breakdown.cells)))
            yield say("note_sum", table=name, part=part, sum=total, total=table.total)
            if fitting:
                yield say("note_sum_base", table=name, part=part, sum=total, fitting=fitting)
    for name in published.content.overlaps:
        yield _overlap_note(published, name)
    for name, demand in published.content.demands.items():
        found = derived(published, name)
        if demand.beyond is not None:
            yield say("note_beyond", demand=name, beyond=localised(demand.beyond), computed=found, total=demand.total)
        elif found is not None and _agreement(found, demand.total, whole=True) == "within":
            yield say("note_within", demand=name, total=demand.total, low=found.low, high=found.high)


def _fits(published: Published, at: tuple[str, str, int], total: int) -> bool:
    name, part, place = at
    location: Location = ("tables", name, "breakdowns", part, "cells", place)
    cell = published.content.tables[name].breakdowns[part].cells[place]
    if cell.percent is None:
        return False
    printed: Decimal = published.printed(*location, "percent")
    return judged(printed, Fraction(100 * cell.count, total)) != WRONG


def _overlap_note(published: Published, name: str) -> str:
    pair, taken = " + ".join(published.content.overlaps[name].tables), chosen(published, name)
    if taken is None:
        return say("note_no_overlap", tables=pair)
    numbers = ", ".join(str(shared.members) for shared in shared_members(published, name))
    return say("note_overlap", tables=pair, numbers=numbers, chosen=taken.members, how=say(f"how_{taken.how}"))
