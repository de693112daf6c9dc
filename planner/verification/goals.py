"""Section 6 of the contract: every goal's sense, and its value from the chosen starts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from planner.inputs.problem import Problem
from planner.verification import futures
from planner.verification.activities import Chosen
from planner.verification.numbers import Number, fraction, plain, total


class Derived(NamedTuple):
    """What goals are reckoned from: the problem, the starts, and the tables of the run folder by name."""

    problem: Problem
    chosen: Chosen
    tables: Mapping[str, pd.DataFrame]


class CheckedGoal(NamedTuple):
    """`min` or `max`, and the value over the named entries (none named: all)."""

    sense: str
    value: Callable[[Derived, Collection[str]], Number]


def attainment(derived: Derived, entries: Collection[str]) -> Number:
    """The weighted shortfalls of the targets."""
    targets = derived.problem.scenario.targets
    return _weighted({name: entry.weight for name, entry in targets.items()}, derived.tables["attainment"], entries)


def shares(derived: Derived, entries: Collection[str]) -> Number:
    """The weighted shortfalls of the shares."""
    entered = derived.problem.scenario.shares
    return _weighted({name: entry.weight for name, entry in entered.items()}, derived.tables["shares"], entries)


def _weighted(weights: Mapping[str, float], table: pd.DataFrame, entries: Collection[str]) -> Number:
    """The shortfalls of a table times the weights of the entries in its first column."""
    gaps = table.groupby(str(table.columns[0]))["shortfall"].sum()
    names = entries or weights
    return plain(sum((fraction(weights[name]) * int(gaps.get(name, 0)) for name in names), Fraction(0)))


def seat_floors(derived: Derived, entries: Collection[str]) -> Number:
    """The starts that pools lack, in their years and over the horizon."""
    tables = (derived.tables["seats"], derived.tables["totals"])
    return sum(int(table["below_min"][table["pool"].isin(list(entries)) | (not entries)].sum()) for table in tables)


def starts(derived: Derived, _: Collection[str]) -> Number:
    """The number of starts."""
    return len(derived.chosen.starts)


def priority(derived: Derived, entries: Collection[str]) -> Number:
    """The points of the starts."""
    return plain(sum(points(derived.problem, derived.chosen.starts, entries), Fraction(0)))


def points(problem: Problem, rows: pd.DataFrame, entries: Collection[str] = ()) -> list[Fraction]:
    """Each start's points: of every entry whose `who` covers its cadre and whose programmes list its programme."""
    worth = [Fraction(0)] * len(rows)
    for name, entry in problem.scenario.priority.items():
        if entries and name not in entries:
            continue
        covered, one = problem.favoured[name], fraction(entry.points)
        for at, (person, programme) in enumerate(zip(rows["person"], rows["programme"], strict=True)):
            if covered[person] and (entry.programmes is None or programme in entry.programmes):
                worth[at] += one
    return worth


def early(derived: Derived, _: Collection[str]) -> Number:
    """The years, counted from the horizon's first as 1, in which the starts are completed."""
    return int((derived.chosen.starts["finish"] - derived.problem.scenario.horizon.first + 1).sum())


def cost(derived: Derived, _: Collection[str]) -> Number:
    """The costs of the starts."""
    return total(derived.chosen.starts["cost"])


def lot(derived: Derived, _: Collection[str]) -> Number:
    """The lots of the starts."""
    drawn = derived.problem.scenario.lot
    return sum(drawn_lot(drawn, *start) for start in _keys(derived.chosen.starts))


def drawn_lot(drawn: str, cadre: str, programme: str, year: int) -> int:
    """The number that a start draws."""
    text = f"{drawn}|{cadre}|{programme}|{year}"
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest()[:5], 16)


def changes(derived: Derived, _: Collection[str]) -> Number:
    """Starts of the earlier plan not kept (of cadres and programmes unknown now, too), and starts it did not have."""
    return len(set(_keys(derived.chosen.starts)) ^ set(_keys(derived.problem.earlier)))


def _keys(rows: pd.DataFrame) -> Iterable[tuple[str, str, int]]:
    columns = (rows[name] for name in ("cadre", "programme", "start"))
    return ((str(cadre), str(programme), int(start)) for cadre, programme, start in zip(*columns, strict=True))


def expected(derived: Derived, _: Collection[str]) -> Number:
    """The mean weighted shortfall over the sampled futures."""
    return plain(futures.expected(derived.problem, derived.chosen))


def worst_tenth(derived: Derived, _: Collection[str]) -> Number:
    """The mean weighted shortfall over the worst tenth of the sampled futures."""
    return plain(futures.worst_tenth(derived.problem, derived.chosen))


GOALS: dict[str, CheckedGoal] = {
    "attainment": CheckedGoal("min", attainment),
    "seat_floors": CheckedGoal("min", seat_floors),
    "shares": CheckedGoal("min", shares),
    "starts": CheckedGoal("min", starts),
    "priority": CheckedGoal("max", priority),
    "early": CheckedGoal("min", early),
    "cost": CheckedGoal("min", cost),
    "lot": CheckedGoal("min", lot),
    "changes": CheckedGoal("min", changes),
    "expected": CheckedGoal("min", expected),
    "worst_tenth": CheckedGoal("min", worst_tenth),
}
