"""What `draw`, `agencies`, `columns` and `codes` name: columns that nothing gives, values that nobody has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from math import fsum

from planner.common.errors import Fault, nearest
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.yaml_tree import Location, Node
from planner.published.schema import TRUTHS, Ages, PublishedTables, Shares, word

# Columns of every rebuilt roster; the first two come last, after all that is drawn.
MADE = ("cadre", "agency", "birth_year", "service_start", "retires", "studying", "studying_until")
LAST = ("cadre", "agency")
COMPUTED = ("stratum", "service_years", "headcount")  # no columns of a roster
SEXES = ("F", "M")
USUAL_AGES = (22, 38, 59)  # youngest, most frequent, oldest of those of whom `draw.ages` does not speak [years]
NEAR_ONE = 0.01  # shares printed with two digits may miss 1 by so much


def draw_faults(content: PublishedTables, scenario: Scenario, root: Node) -> Iterator[Fault]:
    """Every column, value and rule of what is drawn that can be seen to be in vain without counting people."""
    known = _Known(content, scenario)
    for check in (_shares, _after, _ages, _retirement, _service_start, _agencies, _columns):
        yield from check(known, root)


class _Known:
    """The columns that a file gives, and their values."""

    def __init__(self, content: PublishedTables, scenario: Scenario) -> None:
        self.content, self.draw = content, content.draw
        self.scenario = scenario

    @cached_property
    def fixed(self) -> dict[str, set[str]]:
        """Column: the values that the members of tables have; a truth value is yes or no."""
        found: dict[str, set[str]] = {}
        for table in self.content.tables.values():
            for column, value in table.who.items():
                found.setdefault(column, set()).update(TRUTHS if value in TRUTHS else {value})
        return found

    @cached_property
    def counted(self) -> dict[str, set[str]]:
        """Column: the values that cells count, other than ages."""
        found: dict[str, set[str]] = {}
        for table in self.content.tables.values():
            for part in table.breakdowns.values():
                found.setdefault(part.column, set()).update(
                    word(value) for cell in part.cells for value in cell.when.values
                )
        found.pop("age", None)
        return found

    @cached_property
    def helpers(self) -> set[str]:
        """The columns that other rules of the draw go by."""
        whens = [entry.when for entry in self.draw.ages]
        whens += [entry.when for entries in self.draw.after.values() for entry in entries]
        return {column for when in whens for column in when} | ({"sex"} if self.draw.retirement else set())

    def closed(self, column: str) -> Collection[str] | None:
        """All values that a column may have, where that is fixed."""
        if column in self.scenario.ladders:
            return self.scenario.ladders[column]
        said = self.fixed.get(column, set()) | self.counted.get(column, set())
        if column == "sex":
            return SEXES if said <= set(SEXES) else None
        return TRUTHS if said and said <= {*TRUTHS} else None

    @cached_property
    def before_ages(self) -> dict[str, Collection[str]]:
        """What a cadre has when the ages are drawn: the values of the tables, and the sex."""
        sex = "sex" in self.counted or "sex" in self.draw.shares
        return self.fixed | ({"sex": SEXES} if sex else {})

    def before_after(self, column: str) -> dict[str, Collection[str] | None]:
        """What a cadre has when a column of `after` is drawn; None: any value."""
        found: dict[str, Collection[str] | None] = dict.fromkeys(set(MADE) - set(LAST))
        for other in {*self.fixed, *self.counted, *self.draw.shares} - {"age"}:
            drawn = {value for entry in self.draw.shares.get(other, []) for value in entry.shares}
            found[other] = self.closed(other) or self.fixed.get(other, set()) | self.counted.get(other, set()) | drawn
        for other in self.draw.after:
            if other < column:
                found[other] = {value for entry in self.draw.after[other] for value in entry.shares}
        return found


# --- shares ---------------------------------------------------------------------------------------------------------


def _shares(known: _Known, root: Node) -> Iterator[Fault]:
    for column, entries in known.draw.shares.items():
        at: Location = ("draw", "shares", column)
        if column in (*MADE, *COMPUTED):
            yield root.fault(at, "draw_made", name=column)
            continue
        if not entries:
            yield root.fault(at, "want_not_empty")
        for place, entry in enumerate(entries):
            yield from _whens(root, (*at, place), entry, known.fixed)
            yield from _values(known, root, (*at, place), column, entry)


def _after(known: _Known, root: Node) -> Iterator[Fault]:
    given = {*known.fixed, *known.counted, *known.draw.shares}
    for column, entries in known.draw.after.items():
        at: Location = ("draw", "after", column)
        if column in (*MADE, *COMPUTED, "age"):
            yield root.fault(at, "draw_made", name=column)
        elif column in given:
            yield root.fault(at, "draw_given", name=column)
        else:
            for place, entry in enumerate(entries):
                yield from _whens(root, (*at, place), entry, known.before_after(column))
                yield from _values(known, root, (*at, place), column, entry)


def _whens(
    root: Node, at: Location, entry: Shares | Ages, given: Mapping[str, Collection[str] | None]
) -> Iterator[Fault]:
    """A `when` compares columns that are known by then, with values that somebody may have."""
    for column, value in entry.when.items():
        if column not in given:
            yield root.fault((*at, "when", column), "draw_column", name=column, nearest=nearest(column, given))
        else:
            yield from _known_value(root, (*at, "when", column), column, value, given[column])


def _known_value(root: Node, at: Location, column: str, value: str, values: Collection[str] | None) -> Iterator[Fault]:
    if values is not None and value not in values:
        yield root.fault(at, "draw_value", column=column, name=value, nearest=nearest(value, values))


def _values(known: _Known, root: Node, at: Location, column: str, entry: Shares) -> Iterator[Fault]:
    """The values drawn are values of the column, and their shares divide those of whom the entry speaks."""
    total = fsum(entry.shares.values())
    if column == "age":
        for value in entry.shares:
            if not value.isdecimal():
                yield root.fault((*at, "shares", value), "want_integer", found=value)
        if total > 1 + NEAR_ONE:
            yield root.fault((*at, "shares"), "shares_above", found=f"{total:g}")
        return
    for value in entry.shares:
        if column in known.scenario.ladders and value not in known.scenario.ladders[column]:
            levels = known.scenario.ladders[column]
            yield root.fault((*at, "shares", value), "unknown_level", name=value, nearest=nearest(value, levels))
        else:
            yield from _known_value(root, (*at, "shares", value), column, value, known.closed(column))
    if abs(total - 1) > NEAR_ONE:
        yield root.fault((*at, "shares"), "shares_sum", found=f"{total:g}")


# --- years ----------------------------------------------------------------------------------------------------------


def _ages(known: _Known, root: Node) -> Iterator[Fault]:
    for place, entry in enumerate(known.draw.ages):
        yield from _whens(root, ("draw", "ages", place), entry, known.before_ages)


def _retirement(known: _Known, root: Node) -> Iterator[Fault]:
    """A pension age goes by a sex, which must be known when the years are drawn."""
    for sex in known.draw.retirement:
        if "sex" in known.before_ages:
            yield from _known_value(root, ("draw", "retirement", sex), "sex", sex, SEXES)
        else:
            yield root.fault(("draw", "retirement", sex), "draw_no_sex")


def _service_start(known: _Known, root: Node) -> Iterator[Fault]:
    """Somebody may be old enough to have started."""
    draw = known.draw
    everybody = any(not entry.when for entry in draw.ages)
    oldest = max([entry.ages[-1] for entry in draw.ages] + ([] if everybody else [USUAL_AGES[-1]]))
    if "service_start" in draw.model_fields_set and draw.service_start.min >= oldest:
        yield root.fault(("draw", "service_start"), "service_late", found=draw.service_start.min, oldest=oldest)


# --- where people work, and the columns of the roster ---------------------------------------------------------------


def _agencies(known: _Known, root: Node) -> Iterator[Fault]:
    drawn = (*known.draw.shares.get("block", []), *known.draw.after.get("block", []))
    blocks = known.fixed.get("block", set()) | {value for entry in drawn for value in entry.shares}
    for name, entry in known.content.agencies.items():
        if entry.block is not None:
            yield from _known_value(root, ("agencies", name, "block"), "block", entry.block, blocks)
        elif not entry.tables:
            yield root.fault(("agencies", name), "agencies_nobody")
        for place, table in enumerate(entry.uneven):
            if table in known.content.tables and table not in entry.tables:
                yield root.fault(("agencies", name, "uneven", place), "uneven_elsewhere", name=table)
    for block in known.content.codes:
        yield from _known_value(root, ("codes", block), "block", block, blocks)


def _columns(known: _Known, root: Node) -> Iterator[Fault]:
    """The columns of the roster are given by something, and what is drawn is among them or serves to draw others."""
    given = {*MADE, *known.fixed, *known.counted, *known.draw.shares, *known.draw.after} - {"age"}
    for place, column in enumerate(known.content.columns):
        at = ("columns", place)
        if column in known.content.columns[:place]:
            yield root.fault(at, "listed_twice", name=column)
        elif column not in given:
            yield root.fault(at, "column_not_given", name=column, nearest=nearest(column, given))
    for section, drawn in (("shares", known.draw.shares), ("after", known.draw.after)):
        for column in drawn if known.content.columns else ():
            if column != "age" and column not in {*known.content.columns, *known.helpers}:
                yield root.fault(("draw", section, column), "draw_left_out", name=column)
