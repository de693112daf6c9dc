"""Who can be where: the tables cut their people into strata, and the values of a column into classes.

A stratum is a set of tables that somebody may be in at once; every cadre of a rebuilt roster is in exactly one. A class
is a value that the tables tell apart: a level, a level with a study under way, a word, or a range of ages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from planner.common.errors import Fault, InputError
from planner.inputs.scenario.conditions import Compare
from planner.published.loading import Published
from planner.published.schema import Breakdown, Cell, Shares, word

OLDEST = 200
MOST_STRATA = 500


@dataclass(frozen=True, order=True)
class Class:
    """One value of a column, or a range of ages `low` to `high`; `studying` is the programme under way."""

    value: str
    studying: str = ""
    low: int = 0
    high: int = 0


@dataclass(frozen=True, order=True)
class Stratum:
    """The people who are in all of these tables and in no other."""

    tables: tuple[str, ...]

    def __contains__(self, table: str) -> bool:
        return table in self.tables


class Ground:
    """Strata and classes of a published-tables file; everything in sorted order, whatever the order of the file."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.tables = published.content.tables
        self.draw = published.content.draw

    @cached_property
    def columns(self) -> list[str]:
        """The columns that some table counts."""
        return sorted({part.column for table in self.tables.values() for part in table.breakdowns.values()})

    @cached_property
    def strata(self) -> list[Stratum]:
        """Every set of tables that somebody can be in at once."""
        found = {frozenset(self.published.covering(name)) for name in self.tables}
        waiting = set(found)
        while waiting:
            joined = {one | other for one in waiting for other in found if self._compatible(one | other)}
            waiting = joined - found
            found |= waiting
            if len(found) > MOST_STRATA:
                raise InputError(Fault("too_many_strata", {"limit": MOST_STRATA}, self.published.file))
        return sorted(Stratum(tuple(sorted(names))) for names in found if self._compatible(names))

    def _compatible(self, names: Iterable[str]) -> bool:
        """The members' values do not contradict each other, and every two tables may share members."""
        values: dict[str, str] = {}
        for name in names:
            for column, value in self.tables[name].who.items():
                if values.setdefault(column, value) != value:
                    return False
        return all(self.may_share(one, other) for one in names for other in names if one < other)

    def may_share(self, one: str, other: str) -> bool:
        """One table is inside the other, or they, or tables that they are inside of, overlap."""
        ours, theirs = self.published.covering(one), self.published.covering(other)
        if one in theirs or other in ours:
            return True
        return any(a in self.tables[b].also or b in self.tables[a].also for a in ours for b in theirs)

    def values(self, stratum: Stratum) -> dict[str, str]:
        """The roster's values that all people of a stratum have; truth values that nothing sets are `no`."""
        flags = {key for table in self.tables.values() for key, value in table.who.items() if value in ("yes", "no")}
        values = dict.fromkeys(sorted(flags), "no")
        for name in stratum.tables:
            values |= self.tables[name].who
        return values

    # --- classes ----------------------------------------------------------------------------------------------------

    def breakdowns(self, table: str, column: str) -> list[tuple[str, Breakdown]]:
        """The breakdowns of a table that speak of a column."""
        parts = self.tables[table].breakdowns
        return [(name, parts[name]) for name in sorted(parts) if parts[name].column == column]

    def plain_classes(self, column: str) -> list[Class]:
        """The values of a column, without studies."""
        if column in self.published.scenario.ladders:
            return [Class(level) for level in self.published.scenario.ladders[column]]
        cells = [cell.when for name in self.tables for _, part in self.breakdowns(name, column) for cell in part.cells]
        if column == "age":
            return _age_classes(cells, self.draw.shares.get(column, []))
        words = {word(value) for cell in cells for value in cell.values}
        words |= {value for entry in self.draw.shares.get(column, []) for value in entry.shares}
        for pair in ({"yes", "no"}, {"F", "M"}):
            words |= pair if words <= pair else set()
        if self._unsaid(column, words):
            words.add("")  # nobody says what the others are: an empty cell
        return [Class(word) for word in sorted(words)]

    def _unsaid(self, column: str, words: set[str]) -> bool:
        """Whether some table counts all the values there are, and still fewer people than it has."""
        for name in self.tables:
            for _, part in self.breakdowns(name, column):
                free = [one for one in words if not any(self.matches(cell.when, Class(one)) for cell in part.cells)]
                counted = sum(cell.count for cell in part.cells)
                if not part.complete and not free and counted < self.tables[name].total:
                    return True
        return False

    def classes(self, stratum: Stratum, column: str) -> list[Class]:
        """What people of a stratum can be in a column: nothing that a complete breakdown of theirs lacks."""
        found = self.plain_classes(column) + self._studies(stratum, column)
        if (fixed := self.values(stratum).get(column)) is not None:
            found = [one for one in found if one.value == fixed]
        for table in stratum.tables:
            for _, breakdown in self.breakdowns(table, column):
                if breakdown.complete:
                    found = [one for one in found if any(self.covers(cell, one) for cell in breakdown.cells)]
        return found

    def _studies(self, stratum: Stratum, column: str) -> list[Class]:
        programmes = self.published.scenario.programmes
        names = {
            cell.studying.programme
            for table in stratum.tables
            for _, breakdown in self.breakdowns(table, column)
            for cell in breakdown.cells
            if cell.studying is not None and cell.studying.share > 0
        }
        return [Class(programmes[name].from_, name) for name in sorted(names)]

    def covers(self, cell: Cell, one: Class) -> bool:
        """Whether a cell counts a class. Whoever studies for the level of a cell that says so is counted there."""
        if one.studying and cell.studying is not None and cell.studying.programme == one.studying:
            return True
        return self.matches(cell.when, one)

    def counts(self, breakdown: Breakdown, place: int, one: Class) -> bool:
        """Whether the cell at `place` counts a class: nobody is counted twice in one breakdown."""
        owner = [
            n for n, cell in enumerate(breakdown.cells) if cell.studying and cell.studying.programme == one.studying
        ]
        if one.studying and owner:
            return place == owner[0]
        return self.matches(breakdown.cells[place].when, one)

    def matches(self, when: Compare, one: Class) -> bool:
        """Whether a class has the value, one of the values or the range."""
        if when.column in self.published.scenario.ladders:
            return one.value in self.published.levels(when)
        if when.column == "age":
            low, high = age_range(when)
            return low <= one.low and one.high <= high
        return one.value in {word(value) for value in when.values}

    # --- rates ------------------------------------------------------------------------------------------------------

    def rates(self, stratum: Stratum, column: str) -> dict[Class, float]:
        """How likely each class is in a stratum: as in its smallest table that tells, else as `draw.shares` says."""
        classes = self.classes(stratum, column)
        table = min(
            (name for name in stratum.tables if self.breakdowns(name, column)),
            key=lambda name: (self.tables[name].total, name),
            default=None,
        )
        weights = dict.fromkeys(classes, 0.0)
        if table is None:
            weights |= self._said(stratum, column, classes)
        else:
            for _, breakdown in self.breakdowns(table, column):
                _spread(self, breakdown, self.tables[table].total, weights)
        total = sum(weights.values())
        return {one: weights[one] / total if total else 1 / len(classes) for one in classes}

    def _said(self, stratum: Stratum, column: str, classes: list[Class]) -> dict[Class, float]:
        entry = first_fitting(self.draw.shares.get(column, []), self.values(stratum))
        if entry is None:
            return {}
        if column == "age":
            bound, share = next((int(key), share) for key, share in sorted(entry.shares.items()))
            return {one: share if one.high <= bound else 1 - share for one in classes}
        return {one: entry.shares.get(one.value, 0.0) for one in classes if not one.studying}


def first_fitting(entries: Iterable[Shares], values: Mapping[str, str]) -> Shares | None:
    """The first entry whose `when` these values meet."""
    for entry in entries:
        if all(values.get(key, "") == value for key, value in entry.when.items()):
            return entry
    return None


def _spread(ground: Ground, breakdown: Breakdown, total: int, weights: dict[Class, float]) -> None:
    """Each cell's count over the classes it counts; what no cell counts shares the rest."""
    rest = [one for one in weights if not any(ground.counts(breakdown, n, one) for n in range(len(breakdown.cells)))]
    for place, cell in enumerate(breakdown.cells):
        inside = [one for one in weights if ground.counts(breakdown, place, one)]
        share = cell.studying.share if cell.studying is not None else 0.0
        study = [one for one in inside if one.studying]
        plain = [one for one in inside if not one.studying]
        for one in study:
            weights[one] = cell.count * share / len(study)
        for one in plain:
            weights[one] = cell.count * (1 - share if study else 1) / len(plain)
    for one in rest:
        weights[one] = max(0, total - sum(cell.count for cell in breakdown.cells)) / len(rest)


def _age_classes(cells: Iterable[Compare], entries: Iterable[Shares]) -> list[Class]:
    """The ages cut where some cell or share begins or ends."""
    cuts = {int(key) + 1 for entry in entries for key in entry.shares if key.isdecimal()}
    for cell in cells:
        low, high = age_range(cell)
        cuts |= {low, high + 1}
    bounds = sorted({0, OLDEST + 1} | {cut for cut in cuts if 0 < cut <= OLDEST})
    return [Class(f"{low}..{high - 1}", low=low, high=high - 1) for low, high in pairwise(bounds)]


def age_range(cell: Compare) -> tuple[int, int]:
    """The range of whole ages of a condition."""
    if cell.values:
        return int(cell.values[0]), int(cell.values[0])
    return int(cell.low if cell.low is not None else 0), int(cell.high if cell.high is not None else OLDEST)
