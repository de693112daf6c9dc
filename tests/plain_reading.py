"""A scenario's files as the contract's section 2 reads them: tables, levels, years, conditions; from the files alone.

It shares nothing with planner, not even the reading of YAML and tables: it trusts that they have no faults.
"""

from __future__ import annotations

import csv
import math
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, str]

TABLES = ("roster", "agencies", "retirement", "history", "earlier")
SAME = {"yes": "1", "true": "1", "no": "0", "false": "0", "nữ": "f", "nam": "m"}
"""Words of tables that mean the same."""
DEFAULT_GOALS = ["attainment", "seat_floors", "shares", "starts", "priority", "early", "lot"]


def exact(number: float) -> Fraction:
    """The decimal as it is written."""
    return Fraction(str(number))


def calendar_years(entry: Mapping[str, Any]) -> int:
    """How many calendar years a programme occupies (section 3)."""
    return math.ceil((entry.get("begins", 1) - 1 + exact(entry["months"])) / 12)


class Register:
    """A scenario with its tables, and who satisfies what."""

    def __init__(self, path: Path) -> None:
        self.scenario = _merged_files(path)
        self.roster: dict[str, Row] = {row["cadre"]: row for row in self._table("roster")}
        self.first, self.last = self.scenario["horizon"]["first"], self.scenario["horizon"]["last"]
        self.years = range(self.first, self.last + 1)
        self.as_of: int = self.scenario.get("as_of", self.first)
        self.programmes: dict[str, Any] = self.scenario["programmes"]
        self.seats: dict[str, Any] = self.scenario.get("seats", {})
        self.targets: dict[str, Any] = self.scenario.get("targets", {})
        self.shares: dict[str, Any] = self.scenario.get("shares", {})
        self.pins: dict[str, list[dict[str, Any]]] = self.scenario.get("pins", {})
        self.goals = [_goal(goal) for goal in self.scenario.get("goals", DEFAULT_GOALS)]

    def _table(self, key: str) -> list[dict[str, str]]:
        if key not in self.scenario:
            return []
        with self.scenario[key].open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    # Tables.

    @cached_property
    def headcounts(self) -> dict[str, int]:
        """Of the agencies table, else the rows on the roster."""
        if "agencies" in self.scenario:
            return {row["agency"]: int(row["headcount"]) for row in self._table("agencies")}
        offices = [row["agency"] for row in self.roster.values()]
        return {office: offices.count(office) for office in offices}

    @cached_property
    def retirement(self) -> dict[tuple[Any, int], str]:
        """The year of retirement by sex and year of birth."""
        return {(plain(row["sex"]), int(row["birth_year"])): row["retires"] for row in self._table("retirement")}

    @cached_property
    def history(self) -> list[dict[str, str]]:
        """What happened before the horizon."""
        return self._table("history")

    @cached_property
    def happened(self) -> list[dict[str, str]]:
        """The rows of history that are starts."""
        return [row for row in self.history if row["start"]]

    @cached_property
    def earlier(self) -> set[tuple[str, str, int]]:
        """The starts of the earlier plan."""
        return {(row["cadre"], row["programme"], int(row["start"])) for row in self._table("earlier")}

    # One cadre.

    def birth_year(self, row: Row) -> int | None:
        """The year of birth, which a date of birth implies."""
        written = row.get("birth_year") or (row.get("birth_date") or "")[:4]
        return int(written) if written else None

    def retires(self, row: Row) -> int | None:
        """The first year no longer in service, from the retirement table where the roster does not say."""
        written = row.get("retires")
        born = self.birth_year(row)
        if not written and born is not None:
            written = self.retirement.get((plain(row.get("sex", "")), born))
        return int(written) if written else None

    def joins(self, row: Row) -> int | None:
        """The first year in service."""
        return int(row["service_start"]) if row.get("service_start") else None

    def in_service(self, row: Row, year: int) -> bool:
        """Whether a cadre is in service in a year."""
        return (self.joins(row) or 0) <= year < (self.retires(row) or 9999)

    def place(self, ladder: str, level: str) -> int:
        """The place of a level in its ladder."""
        return [plain(each) for each in self.scenario["ladders"][ladder]].index(plain(level))

    def level(self, row: Row, ladder: str) -> int | None:
        """The place of the level that the roster gives a cadre; None where it is unknown."""
        return self.place(ladder, row[ladder]) if row.get(ladder) else None

    # Conditions.

    def covers(self, who: Any, row: Row, year: int, month: int | None = None) -> bool:
        """Whether a cadre satisfies a group's name or a condition in a year; `month` where a programme begins."""
        if isinstance(who, str):
            return self.covers(self.scenario["groups"][who], row, year, month)
        return all(self._holds(key, want, row, year, month) for key, want in who.items())

    def _holds(self, key: str, want: Any, row: Row, year: int, month: int | None) -> bool:
        if key == "not":
            return not self.covers(want, row, year, month)
        if key in ("all", "any"):
            parts = [self.covers(part, row, year, month) for part in want]
            return all(parts) if key == "all" else any(parts)
        have = self._cell(key, row, year, month)
        return have is not None and have != "" and self._fits(key, have, want)

    def _fits(self, key: str, have: Any, want: Any) -> bool:
        """Whether a cell that is not empty is what a condition wants."""
        if isinstance(want, dict):
            low, high = (self._number(key, want[end]) if end in want else None for end in ("min", "max"))
            return (low is None or float(have) >= low) and (high is None or float(have) <= high)
        wanted = want if isinstance(want, list) else [want]
        if key in self.scenario["ladders"]:
            return have in [self.place(key, each) for each in wanted]
        return plain(have) in [plain(each) for each in wanted]

    def _cell(self, key: str, row: Row, year: int, month: int | None) -> Any:
        match key:
            case "headcount":
                return self.headcounts[row["agency"]]
            case "age":
                return self._age(row, year, month)
            case "service_years":
                joined = self.joins(row)
                return None if joined is None else year - joined
            case "birth_year":
                return self.birth_year(row)
            case "retires":
                return self.retires(row)
        return self.level(row, key) if key in self.scenario["ladders"] else row[key]

    def _age(self, row: Row, year: int, month: int | None) -> int | None:
        """In a year; completed on the first day of a month, where that and the date of birth are known."""
        born = self.birth_year(row)
        if born is None:
            return None
        if month is None or not row.get("birth_date"):
            return year - born
        birthday = tuple(int(part) for part in row["birth_date"].split("-")[1:])
        return year - born - (birthday > (month, 1))

    def _number(self, key: str, value: Any) -> float:
        return self.place(key, value) if key in self.scenario["ladders"] else float(value)


def plain(value: Any) -> Any:
    """A value as it compares: a number, or text without case, outer blanks and forms of accents."""
    text = unicodedata.normalize("NFC", str(value)).strip().casefold()
    text = SAME.get(text, text)
    try:
        return float(text)
    except ValueError:
        return text


def _goal(goal: Any) -> tuple[str, tuple[str, ...]]:
    """The kind of a goal, and the entries that it names (none: all)."""
    if isinstance(goal, str):
        return goal, ()
    ((kind, entries),) = goal.items()
    return kind, tuple(entries)


def _merged_files(path: Path) -> dict[str, Any]:
    own: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in TABLES:
        if own.get(key):
            own[key] = path.parent / own[key]
    base = own.pop("extends", None)
    return dict(_merged(_merged_files(path.parent / base), own)) if base else own


def _merged(base: Any, over: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    result = {key: _merged(base.get(key), over[key]) if key in over else base[key] for key in {**base, **over}}
    return {key: value for key, value in result.items() if value is not None}
