"""The audit: what the published tables say of each other, by computation alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from planner.inputs.scenario.conditions import Compare
from planner.inputs.scenario.yaml_tree import Location
from planner.messages import localised, say
from planner.published.demands import Row, agreement, demand_rows, derived, people_rows, rounding_rows, too_many
from planner.published.figures import ROUNDED, WRONG, Bounds, counts_of, judged, nearest_counts, shown
from planner.published.loading import Published
from planner.published.overlaps import (
    already,
    asked_share,
    chosen,
    group_of,
    members,
    needed,
    shared_members,
    told_by,
)
from planner.published.schema import Breakdown, Table, word

COLUMNS = ["kind", "table", "item", "published", "computed", "verdict"]
FAULTS = ("does_not_sum", "truncated", "wrong", "cannot_contain", "differs", "inconsistent", "more_than_people")


@dataclass(frozen=True)
class Audit:
    """What was found.

    Attributes
    ----------
    table
        kind, table, item, published, computed, verdict: one row per check, in the file's order. `kind` is `sum`,
        `percent`, `range`, `demand`, `people`, `rounding`, `increase` or `overlap`.
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


def audit(published: Published) -> Audit:
    """Check the sums, the percentages, the yearly ranges, the increases, the overlaps and the demand lines.

    The verdicts: a sum `sums` or `does_not_sum`; a percentage is `exact`, `rounded`, `truncated` or `wrong` at the
    digits printed; a yearly range `contains` its total or `cannot_contain` it; an increase is judged as a percentage,
    and is `rounded_heads` if it is the share of those to be trained rather than the difference of two shares; an
    overlap is `consistent`, `consistent_if_truncated` or `consistent_if_mixed`, or `inconsistent` if none is; a
    demand line `agrees`, is `within` the bounds that the tables leave, `differs`, or is `not_derivable`; and where
    the way of rounding matters to one it `depends_on_rounding`. A target or a demand line that asks for
    `more_than_people` there are has a row of its own. A percentage without a count is `wrong` if no count has it.
    """
    rows = [
        *_sums(published),
        *_parts(published),
        *_percentages(published),
        *_ranges(published),
        *_increases(published),
    ]
    rows += [*_overlaps(published), *demand_rows(published), *people_rows(published), *rounding_rows(published)]
    return Audit(pd.DataFrame(rows, columns=COLUMNS, dtype=str), tuple(_notes(published)))


def _breakdowns(published: Published) -> Iterator[tuple[str, Table, str, Breakdown]]:
    for name, table in published.content.tables.items():
        for part, breakdown in table.breakdowns.items():
            yield name, table, part, breakdown


def _total(published: Published, name: str, part: str) -> Bounds:
    """What the cells of a breakdown sum to."""
    places = range(len(published.content.tables[name].breakdowns[part].cells))
    return sum((published.counts(name, part, place) for place in places), Bounds(0, 0))


def _sums(published: Published) -> Iterator[Row]:
    """Complete breakdowns sum to the total of their table."""
    for name, table, part, breakdown in _breakdowns(published):
        if breakdown.complete:
            found = _total(published, name, part)
            yield "sum", name, part, str(table.total), str(found), _summed(table.total in found)


def _summed(right: bool) -> str:
    return "sums" if right else "does_not_sum"


def _parts(published: Published) -> Iterator[Row]:
    """Tables that divide another sum to its total, and their cells to its cells where all of them have one."""
    tables = published.content.tables
    for name, table in tables.items():
        if table.parts:
            found = sum(tables[part].total for part in table.parts)
            yield "sum", name, "parts", str(table.total), str(found), _summed(found == table.total)
            yield from _parts_of_cells(published, name)


def _parts_of_cells(published: Published, name: str) -> Iterator[Row]:
    table, tables = published.content.tables[name], published.content.tables
    for key, breakdown in table.breakdowns.items():
        for place, cell in enumerate(breakdown.cells):
            found = [_cell_alike(published, part, cell.when) for part in table.parts if tables[part].total]
            known = [bounds for bounds in found if bounds is not None]
            if known and len(known) == len(found):
                printed, total = published.counts(name, key, place), sum(known, Bounds(0, 0))
                right = printed.low <= total.high and total.low <= printed.high
                item = item_name(published, ("tables", name, "breakdowns", key, "cells", place))
                yield "sum", name, f"parts, {item}", str(printed), str(total), _summed(right)


def _cell_alike(published: Published, table: str, when: Compare) -> Bounds | None:
    """How many a table has of the people that a cell of another counts; None if no cell of its own is of those."""
    for key, breakdown in published.content.tables[table].breakdowns.items():
        for place, cell in enumerate(breakdown.cells):
            if cell.when == when:
                return published.counts(table, key, place)
    return None


def _percentages(published: Published) -> Iterator[Row]:
    """Every printed percentage is the count's share of the base; without a count, some count has it."""
    for name, table, part, breakdown in _breakdowns(published):
        base = published.base(name, part)
        for place, cell in enumerate(breakdown.cells):
            at: Location = ("tables", name, "breakdowns", part, "cells", place)
            if cell.percent is None:
                continue
            printed, item = published.percent(name, part, place), item_name(published, at)
            if cell.count is None:
                if counts_of(printed, base, table.total) is None:
                    near = nearest_counts(printed, base, table.total)
                    yield "percent", name, f"{item} ({near}/{base})", str(printed), _shares(near, base, printed), WRONG
            elif base:
                exact = Fraction(100 * cell.count, base)
                item = f"{item} ({cell.count}/{base})"
                yield "percent", name, item, str(printed), shown(exact, printed), judged(printed, exact)


def _shares(counts: Bounds, base: int, printed: Decimal) -> str:
    """The percentages that two counts have, at the digits printed."""
    ends = sorted({counts.low, counts.high})
    return "..".join(shown(Fraction(100 * count, base), printed) for count in ends) if base else ""


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
        if group is None or have is None or have.low != have.high:
            continue
        number, printed = members(published, group).low, published.printed("increases", name, "percent")
        if number <= 0:
            continue
        exact = 100 * (asked_share(target, number) - Fraction(have.low, number))
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


# --- notes ----------------------------------------------------------------------------------------------------------


def _notes(published: Published) -> Iterator[str]:
    for name, table, part, breakdown in _breakdowns(published):
        total = _total(published, name, part)
        if breakdown.complete and table.total not in total:
            yield say("note_sum", table=name, part=part, sum=total, total=table.total)
            fitting = sum(_fits(published, (name, part, place), total.low) for place in range(len(breakdown.cells)))
            if fitting and breakdown.base is None:
                yield say("note_sum_base", table=name, part=part, sum=total.low, fitting=fitting)
    for row in _parts(published):
        if row[-1] == "does_not_sum":
            yield say("note_parts", table=row[1], part=row[2], sum=row[4], total=row[3])
    for name in published.content.overlaps:
        yield _overlap_note(published, name)
    for name, demand in published.content.demands.items():
        found = derived(published, name)
        if demand.beyond is not None:
            yield say("note_beyond", demand=name, beyond=localised(demand.beyond), computed=found, total=demand.total)
        elif found is not None and agreement(found, demand.total, whole=True) == "within":
            yield say("note_within", demand=name, total=demand.total, low=found.low, high=found.high)
    for name, item, asked, people in too_many(published):
        yield say("note_people", name=name, item=item, asked=asked, people=people)


def _fits(published: Published, at: tuple[str, str, int], total: int) -> bool:
    name, part, place = at
    location: Location = ("tables", name, "breakdowns", part, "cells", place)
    cell = published.content.tables[name].breakdowns[part].cells[place]
    if cell.percent is None or cell.count is None:
        return False
    printed: Decimal = published.printed(*location, "percent")
    return judged(printed, Fraction(100 * cell.count, total)) != WRONG


def _overlap_note(published: Published, name: str) -> str:
    pair, taken = " + ".join(published.content.overlaps[name].tables), chosen(published, name)
    if taken is None:
        return say("note_no_overlap", tables=pair)
    numbers = ", ".join(str(shared.members) for shared in shared_members(published, name))
    return say("note_overlap", tables=pair, numbers=numbers, chosen=taken.members, how=say(f"how_{taken.how}"))
