"""Who can be where: the tables cut their people into strata, and the values of a column into classes.

A stratum is a set of tables that somebody may be in at once; every cadre of a rebuilt roster is in exactly one. A class
is a value that the tables tell apart: a level, a level with a study under way, a word, or a range of ages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
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
        """The columns that some table counts, and those that `draw.shares` spreads."""
        return sorted(self.counted | set(self.draw.shares))

    @cached_property
    def counted(self) -> set[str]:
        """The columns that some table counts."""
        return {part.column for table in self.tables.values() for part in table.breakdowns.values()}

    @cached_property
    def strata(self) -> list[Stratum]:
        """Every set of tables that somebody can be in at once."""
        found = {self._closed({name}) for name in self.tables}
        waiting = set(found)
        while waiting:
            joined = {self._closed(one | other) for one in waiting for other in found}
            waiting = {names for names in joined - found if self._compatible(names)}
            found |= waiting
            if len(found) > MOST_STRATA:
                raise InputError(Fault("too_many_strata", {"limit": MOST_STRATA}, self.published.file))
        whole = [names for names in found if self._compatible(names) and self._divided(names)]
        return sorted(Stratum(tuple(sorted(names))) for names in whole)

    def _closed(self, names: Iterable[str]) -> frozenset[str]:
        """The tables with all those whose members' values these people have."""
        found = {whole for name in names for whole in self.published.covering(name)}
        values = {pair for name in found for pair in self.tables[name].who.items()}
        found |= {name for name, table in self.tables.items() if set(table.who.items()) <= values}
        wider = {whole for name in found for whole in self.published.covering(name)}
        return frozenset(found) if wider == found else self._closed(wider)

    def _divided(self, names: Collection[str]) -> bool:
        """Whoever is in a table that has parts is in one of them."""
        return all(any(part in names for part in self.tables[name].parts or names) for name in names)

    def _compatible(self, names: Collection[str]) -> bool:
        """The members' values do not contradict each other, and every two tables may share members."""
        values: dict[str, str] = {}
        for name in names:
            for column, value in self.tables[name].who.items():
                if values.setdefault(column, value) != value:
                    return False
        return all(self._may_share(one, other, names) for one in names for other in names if one < other)

    def _may_share(self, one: str, other: str, names: Collection[str]) -> bool:
        """One table is inside the other, or two tables of `names` that these are inside of, or hold, overlap."""
        covering = self.published.covering
        if self.published.divided(one, other):
            return False
        if one in covering(other) or other in covering(one):
            return True
        ours = [name for name in names if name in covering(one) or one in covering(name)]
        theirs = [name for name in names if name in covering(other) or other in covering(name)]
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
        words |= {table.who[column] for table in self.tables.values() if column in table.who}
        words |= {value for entry in self.draw.shares.get(column, []) for value in entry.shares}
        for pair in ({"yes", "no"}, {"F", "M"}):
            words |= pair if words <= pair else set()
        if self._unsaid(column, words):
            words.add("")  # nobody says what the others are: an empty cell
        return [Class(word) for word in sorted(words)]

    def _unsaid(self, column: str, words: set[str]) -> bool:
        """Whether some table counts all the values there are, and still fewer people than it has."""
        for name in self.tables:
            for key, part in self.breakdowns(name, column):
                free = [one for one in words if not any(self.matches(cell.when, Class(one)) for cell in part.cells)]
                if not part.complete and not free and self._most(name, key) < self.tables[name].total:
                    return True
        return False

    def _most(self, table: str, part: str) -> int:
        """How many the cells of a breakdown count at most."""
        places = range(len(self.tables[table].breakdowns[part].cells))
        return sum(self.published.counts(table, part, place).high for place in places)

    def classes(self, stratum: Stratum, column: str) -> list[Class]:
        """What people of a stratum can be in a column: nothing that a complete breakdown of theirs lacks."""
        found = self.plain_classes(column) + self._studies(stratum, column)
        if column not in self.counted and self.entry(stratum, column) is None:
            found = [Class("")]  # nobody says what they are: an empty cell
        if (fixed := self.values(stratum).get(column)) is not None:
            found = [one for one in found if one.value == fixed] or [Class(fixed)]
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
        classes, table = self.classes(stratum, column), self._telling(stratum, column)
        weights = dict.fromkeys(classes, 0.0)
        if table is None:
            weights |= self.said(stratum, column, classes)
        else:
            for part, _ in self.breakdowns(table, column):
                self._spread(stratum, table, part, weights)
        total = sum(weights.values())
        return {one: weights[one] / total if total else 1 / len(classes) for one in classes}

    def _telling(self, stratum: Stratum, column: str) -> str | None:
        """The smallest table of a stratum that tells of a column."""
        telling = [name for name in stratum.tables if self.breakdowns(name, column)]
        return min(telling, key=lambda name: (self.tables[name].total, name), default=None)

    def left(self, stratum: Stratum, column: str) -> list[Class]:
        """The classes among which people of a stratum are spread as `draw.shares` says: those that no cell counts."""
        classes, table = self.classes(stratum, column), self._telling(stratum, column)
        if table is None:
            return classes
        parts = self.breakdowns(table, column)
        return [
            one
            for one in classes
            if any(
                one in self.uncounted(part, classes) and self._most(table, key) < self.tables[table].total
                for key, part in parts
            )
        ]

    def entry(self, stratum: Stratum, column: str) -> Shares | None:
        """The entry of `draw.shares` that speaks of the people of a stratum."""
        return first_fitting(self.draw.shares.get(column, []), self.values(stratum))

    def said(self, stratum: Stratum, column: str, classes: Sequence[Class]) -> dict[Class, float]:
        """The shares of `classes` as `draw.shares` has them; nothing where it is silent."""
        entry = self.entry(stratum, column)
        if entry is None:
            return {}
        if column == "age":
            return _age_shares(entry, classes)
        return {one: entry.shares.get(one.value, 0.0) for one in classes if not one.studying}

    def _spread(self, stratum: Stratum, table: str, part: str, weights: dict[Class, float]) -> None:
        """Each cell's count over the classes it counts; what no cell counts shares the rest, as `draw.shares` says."""
        breakdown, left = self.tables[table].breakdowns[part], float(self.tables[table].total)
        for place, cell in enumerate(breakdown.cells):
            bounds = self.published.counts(table, part, place)
            count = (bounds.low + bounds.high) / 2
            left -= count
            inside = [one for one in weights if self.counts(breakdown, place, one)]
            share = cell.studying.share if cell.studying is not None else 0.0
            study = [one for one in inside if one.studying]
            plain = [one for one in inside if not one.studying]
            for one in study:
                weights[one] = count * share / len(study)
            for one in plain:
                weights[one] = count * (1 - share if study else 1) / len(plain)
        rest = self.uncounted(breakdown, weights)
        said = self.said(stratum, breakdown.column, rest)
        total = sum(said.values())
        for one in rest:
            weights[one] = max(0.0, left) * (said.get(one, 0.0) / total if total else 1 / len(rest))

    def uncounted(self, breakdown: Breakdown, classes: Iterable[Class]) -> list[Class]:
        """The classes that no cell of a breakdown counts."""
        places = range(len(breakdown.cells))
        return [one for one in classes if not any(self.counts(breakdown, place, one) for place in places)]


def first_fitting(entries: Iterable[Shares], values: Mapping[str, str]) -> Shares | None:
    """The first entry whose `when` these values meet."""
    for entry in entries:
        if all(values.get(key, "") == value for key, value in entry.when.items()):
            return entry
    return None


def _age_shares(entry: Shares, classes: Sequence[Class]) -> dict[Class, float]:
    """The share of each class: of the ages up to each bound, and of those above all bounds, spread evenly."""
    bounds = sorted(int(key) for key in entry.shares)
    shares = [entry.shares[key] for key in sorted(entry.shares, key=int)]
    shares.append(1 - sum(shares))
    places = [bisect_left(bounds, one.high) for one in classes]
    return {one: max(0.0, shares[n]) / places.count(n) for one, n in zip(classes, places, strict=True)}


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
