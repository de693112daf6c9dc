"""The tables beside a random scenario: roster, agencies, retirement, what happened before and an earlier plan."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Entries = dict[str, Any]
Rows = list[dict[str, str]]

FIRST_BORN, LAST_BORN = 1968, 1998


class Dice:
    """Random choices that a seed repeats."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, options: Any) -> Any:
        return self.random.choice(options)

    def some(self, options: Iterable[Any], most: int = 99) -> list[Any]:
        """A few of the options, in random order, at least one."""
        options = list(options)
        return self.random.sample(options, self.random.randint(1, min(most, len(options))))

    def each(self, options: Iterable[Any], probability: float) -> list[Any]:
        """The options that a throw for each of them lets through."""
        return [option for option in options if self.chance(probability)]

    def between(self, low: int, high: int) -> int:
        return self.random.randint(low, high)


# --- the roster -----------------------------------------------------------------------------------------------------


def roster(dice: Dice, years: Sequence[int], count: int, ladders: Mapping[str, list[str]], names: Entries) -> Rows:
    """The cadres; `names` are those of programmes and agencies.

    Dates of birth stand beside the years or instead of them in some; in some `retires` is no column.
    """
    rows = [_cadre(dice, f"C{number:02d}", years, ladders, names) for number in range(1, count + 1)]
    dated, undated = dice.chance(0.35), dice.chance(0.3)
    for row in rows:
        date = f"{row['birth_year']}-{dice.between(1, 12):02d}-{dice.between(1, 28):02d}"
        if dated:
            row["birth_date"] = date if row["birth_year"] and dice.chance(0.8) else ""
            if undated:
                row.pop("birth_year")
    return rows


def _cadre(
    dice: Dice, code: str, years: Sequence[int], ladders: Mapping[str, list[str]], names: Entries
) -> dict[str, str]:
    first, last = years[0], years[-1]
    joined = dice.between(first - 8, first) if dice.chance(0.9) else dice.between(first + 1, last + 1)
    row = {
        "cadre": code,
        "agency": dice.pick(names["agencies"]),
        "birth_year": str(dice.between(FIRST_BORN, LAST_BORN)) if dice.chance(0.93) else "",
        "sex": dice.pick(["F", "M", "F", "M", "F", "M", ""]),
        "local": dice.pick(["yes", "no", "yes", "no", ""]),
        "post": dice.pick(["leader", "leader", "Leader", "staff", "staff", ""]),
        "marks": dice.pick(["1", "2", "3", ""]),
        "service_start": str(joined) if dice.chance(0.9) else "",
        "retires": str(dice.between(first, last + 5)) if dice.chance(0.2) else "",
    }
    for ladder, levels in ladders.items():
        place = min(dice.random.randrange(len(levels)) for _ in range(3))  # mostly low: there is far to go
        row[ladder] = levels[place] if dice.chance(0.93) else ""
    studies = dice.some(names["programmes"], dice.pick([1, 1, 1, 2])) if dice.chance(0.25) else []
    row["studying"] = " ".join(studies)
    row["studying_until"] = " ".join(str(dice.between(first - 1, last + 1)) for _ in studies)
    return row


def agencies(dice: Dice, names: Sequence[str], cadres: Rows) -> Rows:
    """Each agency's headcount, its rows on the roster or a few more."""
    rows = {name: sum(row["agency"] == name for row in cadres) for name in names}
    return [{"agency": name, "headcount": str(number + dice.pick([0, 0, 1, 3]))} for name, number in rows.items()]


def retirement(dice: Dice, first: int) -> Rows:
    """When the women and men of a year retire, the eldest about the first year of the horizon; a few gaps."""
    ages = {"F": dice.between(first - 1970, first - 1962), "M": dice.between(first - 1968, first - 1960)}
    spelt = dice.pick([{"F": "F", "M": "M"}, {"F": "Nữ", "M": "Nam"}])
    years = {sex: dice.each(range(FIRST_BORN, LAST_BORN + 1), 0.97) for sex in ages}
    return [
        {"sex": spelt[sex], "birth_year": str(born), "retires": str(born + ages[sex])}
        for sex, births in years.items()
        for born in births
    ]


# --- what happened, and what was planned ----------------------------------------------------------------------------


def history(dice: Dice, first: int, cadres: Rows, scenario: Entries, offices: Sequence[str]) -> Rows:
    """Studies under way that began as starts, and starts and studies that ended before the horizon."""
    rows = []
    for row in cadres:
        for programme, until in zip(row["studying"].split(), row["studying_until"].split(), strict=True):
            if dice.chance(0.5):
                start = min(int(until), first - 1) - dice.pick([0, 0, 1])
                rows.append(_happened(dice, row["cadre"], programme, str(start), int(until), scenario, offices))
    for _ in range(dice.between(1, 2 + len(cadres) // 2)):
        cadre = dice.pick([*(row["cadre"] for row in cadres), "GONE"])
        programme = dice.pick(list(scenario["programmes"])) if dice.chance(0.95) else "no_more"
        finish = first - dice.between(1, 3)
        start = str(finish - dice.pick([0, 1])) if dice.chance(0.85) else ""
        rows.append(_happened(dice, cadre, programme, start, finish, scenario, offices))
    return rows


def _happened(
    dice: Dice, cadre: str, programme: str, start: str, finish: int, scenario: Entries, offices: Sequence[str]
) -> dict[str, str]:
    """A row of history, in some of the pools and shares that list its programme."""
    pools = [name for name, pool in scenario["seats"].items() if programme in pool["programmes"]]
    shares = [
        name
        for name, share in scenario.get("shares", {}).items()
        if programme in share.get("programmes", scenario["programmes"])
    ]
    counted = dice.each(shares, 0.7) if start else []
    return {
        "cadre": cadre,
        "agency": dice.pick(offices),
        "programme": programme,
        "start": start,
        "finish": str(finish),
        "pools": " ".join([*dice.each(pools, 0.8), *dice.each(["no_pool"], 0.05)] if start else []),
        "shares": " ".join(counted),
        "of_group": " ".join(dice.each(counted, 0.5)),
    }


def earlier(dice: Dice, cadres: Rows, programmes: Iterable[str], years: Sequence[int]) -> Rows:
    """A plan that was made before: a start or two of each cadre; some of it nobody can keep any more."""
    rows = {
        (row["cadre"], dice.pick([*programmes]), str(dice.pick(years))) for row in cadres for _ in dice.each("12", 0.6)
    }
    rows |= {("GONE", dice.pick([*programmes]), str(years[0]))} if dice.chance(0.3) or not rows else set()
    rows |= {(cadres[0]["cadre"], "no_more", str(years[-1]))} if dice.chance(0.3) else set()
    return [dict(zip(("cadre", "programme", "start"), row, strict=True)) for row in sorted(rows)]


def write_table(path: Path, rows: Rows) -> None:
    """Write a table whose rows all have the same columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
