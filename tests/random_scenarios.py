"""Random scenarios of every feature in the contract's section 2, small enough that rules often bind."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import yaml

Size = Literal["tiny", "small"]
Entries = dict[str, Any]

LADDERS = {
    "education": ["none", "elementary", "intermediate", "college", "bachelor", "master"],
    "theory": ["none", "elementary", "intermediate", "advanced"],
    "administration": ["none", "officer", "specialist", "senior_specialist"],
}
MODES = ["full_time", "in_service", "short"]
MONTHS = {"full_time": [5, 8, 12, 13, 18, 24], "in_service": [9, 12, 18, 24, 24, 30], "short": [0.5, 1, 3, 12, 14]}
GOALS = ["attainment", "seat_floors", "priority", "early", "cost", "changes"]
TINY = [(2, 3, 6), (3, 3, 4), (4, 3, 3), (4, 2, 5), (5, 2, 4), (6, 2, 3)]
"""Cadres, years and programmes of which every plan can be tried."""


def random_scenario(seed: int, folder: Path, size: Size) -> Path:
    """Write the scenario of a seed into `folder` and return its file; the same seed writes the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    return _Draw(seed, size).write(folder)


class _Draw:
    """One scenario, drawn section by section."""

    def __init__(self, seed: int, size: Size) -> None:
        self.random = random.Random(f"{size}/{seed}")
        tiny = size == "tiny"
        cadres, years, programmes = self.random.choice(TINY)
        self.tiny = tiny
        self.count = cadres if tiny else self.random.randint(8, 25)
        self.first = self.random.randint(2021, 2026)
        self.last = self.first + (years if tiny else self.random.randint(3, 5)) - 1
        self.years = list(range(self.first, self.last + 1))
        self.ladders = self._ladders()
        self.studied = list(self.ladders)
        self.programmes = self._programmes(programmes if tiny else self.random.randint(4, 9))
        self.agencies = [f"A{number}" for number in range(1, self.random.randint(1, 2 if tiny else 4) + 1)]
        self.roster = [self._cadre(f"C{number:02d}") for number in range(1, self.count + 1)]
        self.groups: Entries = {}
        self.groups = self._groups()

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, options: Any) -> Any:
        return self.random.choice(options)

    def some(self, options: Sequence[Any], most: int = 99) -> list[Any]:
        """A few of the options, in random order, at least one."""
        return self.random.sample(list(options), self.random.randint(1, min(most, len(options))))

    def scaled(self, tiny: int, small: int) -> int:
        """A number from 1, larger in larger scenarios."""
        return self.random.randint(1, tiny if self.tiny else small)

    # What is there: ladders, programmes, cadres.

    def _ladders(self) -> dict[str, list[str]]:
        names = sorted(self.some(list(LADDERS)))
        ladders = {}
        for name in names:
            levels = LADDERS[name]
            kept = self.random.sample(levels[1:], self.random.randint(2, min(4, len(levels) - 1)))
            ladders[name] = [levels[0], *sorted(kept, key=levels.index)]
        return ladders

    def _programmes(self, count: int) -> Entries:
        programmes: Entries = {}
        for number in range(1, count + 1):
            ladder = self.pick(list(self.ladders))
            levels = self.ladders[ladder]
            low = self.pick([0, 0, *range(len(levels) - 1)])
            high = min(len(levels) - 1, low + self.pick([1, 1, 1, 2, 2, 3]))
            mode = self.pick(MODES)
            entry: Entries = {"ladder": ladder, "from": levels[low], "to": levels[high], "mode": mode}
            entry["months"] = self.pick(MONTHS[mode])
            if self.chance(0.3):
                entry["serve_after_years"] = self.pick([1, 2, 2.5, 4])
            if self.chance(0.8):
                entry["cost"] = self.pick([1, 3, 4, 10, 2.5, 0.1, 7.35])
            if self.chance(0.15):
                entry["open"] = True
            if self.chance(0.2):
                entry["eligible"] = self.pick([{"age": {"max": self.first - 1975}}, {"service_years": {"min": 3.5}}])
            programmes[f"{ladder}_{mode}_{number}"] = entry
        return programmes

    def _cadre(self, code: str) -> dict[str, str]:
        row = {
            "cadre": code,
            "agency": self.pick(self.agencies),
            "birth_year": str(self.random.randint(1968, 1998)) if self.chance(0.93) else "",
            "sex": self.pick(["F", "M", "F", "M", "F", "M", ""]),
            "local": self.pick(["yes", "no", "yes", "no", ""]),
            "post": self.pick(["leader", "leader", "leader", "staff", "staff", ""]),
            "marks": self.pick(["1", "2", "3", ""]),
            "service_start": str(self.random.randint(self.first - 8, self.first)) if self.chance(0.9) else "",
            "retires": str(self.random.randint(self.first, self.last + 5)) if self.chance(0.2) else "",
        }
        for ladder, levels in self.ladders.items():
            place = min(self.random.randrange(len(levels)) for _ in range(3))  # mostly low, so that there is far to go
            row[ladder] = levels[place] if self.chance(0.93) else ""
        studies = self.chance(0.25)
        row["studying"] = self.pick(list(self.programmes)) if studies else ""
        row["studying_until"] = str(self.random.randint(self.first - 1, self.last + 1)) if studies else ""
        return row

    # Who.

    def _groups(self) -> Entries:
        groups = {f"group_{number}": self.who() for number in range(1, self.random.randint(2, 4))}
        return {"everybody": {"headcount": {"min": 0}}, **groups}

    def who(self, depth: int = 0) -> Any:
        """A group's name or a condition; one that everybody satisfies now and then, so that many bind."""
        if self.groups and self.chance(0.7):
            return self.pick(["everybody", "everybody", *self.groups])
        if depth < 2 and self.chance(0.35):
            how = self.pick(["all", "any", "not"])
            parts = [self.who(depth + 1) for _ in range(self.random.randint(1, 3))]
            return {how: parts[0] if how == "not" else parts}
        columns = self.some(list(self._comparisons()), 2)
        return {column: self._comparisons()[column] for column in columns}

    def _comparisons(self) -> Entries:
        """For each column something to compare it with."""
        comparisons: Entries = {
            "sex": self.pick(["F", "M", ["F", "M"]]),
            "local": self.pick([True, False]),
            "post": self.pick(["leader", "staff", ["leader", "staff"]]),
            "marks": self.pick([2, [1, 3], {"min": 2}, {"max": 2}, {"min": 1, "max": 2.5}]),
            "agency": self.pick([*self.agencies, self.agencies]),
            "age": {"max": self.first - 1980},
            "service_years": {"min": 2},
            "headcount": {"min": 2},
            "retires": {"min": self.last},
        }
        for ladder in self.studied:
            levels = self.ladders[ladder]
            level = self.pick(levels[1:])
            comparisons[ladder] = self.pick([level, {"min": level}, {"max": level}, levels[:2]])
        return comparisons

    # What is to be reached, and within which limits.

    def _targets(self) -> Entries:
        targets: Entries = {}
        for number in range(1, self.random.randint(1, 4) + 1):
            level = {ladder: self.pick(self.ladders[ladder][1:]) for ladder in self.some(self.studied, 2)}
            if self.chance(0.6):  # what some programme leads to, so that it can be reached
                led = self.pick(list(self.programmes.values()))
                level = {led["ladder"]: led["to"]}
            entry: Entries = {"who": self.who(), "level": level}
            if self.chance(0.75):
                entry["share"] = self.pick([1.0, 1.0, 0.9, 0.5, 0.35, 0.333])
            else:
                entry["at_least"] = self.scaled(3, 8)
            optional = {
                "counts": ["enrolled", "completed"],
                "by": [*self.years, self.last, self.last, self.first - 1, self.last + 1],
                "rounding": ["up", "down", "nearest"],
                "weight": [0, 2, 3, 0.5, 1.25],
                "leavers": ["excluded", "included"],
            }
            entry |= {key: self.pick(values) for key, values in optional.items() if self.chance(0.35)}
            if self.chance(0.06):
                entry["must"] = True
            targets[f"target_{number}"] = entry
        if self.chance(0.15):  # of a ladder that the roster knows nothing of
            targets["certified"] = {"who": "everybody", "level": {"informatics": "certified"}, "share": 0.5}
            self.ladders["informatics"] = ["none", "certified"]
        return targets

    def _seats(self) -> Entries:
        seats: Entries = {}
        for number in range(1, self.random.randint(1, 4) + 1):
            pool: Entries = {"programmes": self.some(list(self.programmes), 4), "who": self.who()}
            if self.chance(0.8):
                most = self.random.randint(0, 2) + self.scaled(1, 3)
                pool["per_year"] = self.pick([{"max": most}, {"min": self.pick([1, 1, most]), "max": most}, {"min": 1}])
                if pool["per_year"].get("min", 0) > pool["per_year"].get("max", 99):
                    pool["per_year"].pop("min")
            if self.chance(0.4):
                pool["total"] = self.scaled(3, 8)
            if self.chance(0.05):
                pool["must"] = True
            seats[f"pool_{number}"] = pool
        if self.chance(0.8):  # else most programmes would have no seats at all
            seats["rest"] = {"programmes": list(self.programmes), "who": "everybody"}
        return seats

    def _absence(self) -> Entries:
        modes = [["full_time"], ["full_time", "in_service"], MODES, MODES, ["in_service", "short"]]
        absence: Entries = {"modes": self.pick(modes)}
        bands = [{"up_to": self.random.randint(1, 4), "away": self.pick([0, 1, 1])}]
        bands += [{"up_to": self.random.randint(5, 9), "away": self.random.randint(0, 2)}] if self.chance(0.5) else []
        bands += [{"share": self.pick([0.25, 0.3, 0.5])}] if self.chance(0.7) else []
        if self.chance(0.7):
            absence["bands"] = bands
        if self.chance(0.7) or "bands" not in absence:
            absence["leaders"] = {"who": self.pick([{"post": "leader"}, "everybody"])}
            if self.chance(0.5):
                absence["leaders"]["present"] = self.pick([0, 1, 2, 2, 3])
        return absence

    def _classes(self) -> Entries:
        sizes = [{"min": 2, "max": 3}, {"min": 1, "max": 2}, {"min": 2}, {"max": 2}, {"min": 2, "max": 2}]
        larger = [{"min": 3, "max": 4}, {"min": 4, "max": 5}, {"min": 3}]
        return {name: self.pick(sizes if self.tiny else sizes + larger) for name in self.some(list(self.programmes), 2)}

    def _budget(self) -> Entries:
        amounts = [3, 4, 7.3, 10, 10.5] if self.tiny else [10, 25, 40.25]
        if self.chance(0.5):
            return {"per_year": self.pick(amounts)}
        return {"per_year": {year: self.pick(amounts) for year in sorted(self.some(self.years))}}

    def _priority(self) -> Entries:
        points = [3, 2, 1, 2, 0.5, 0.1, 0.7, 4, -1, -2.5]
        return {f"rank_{n}": {"who": self.who(), "points": self.pick(points)} for n in range(self.random.randint(1, 3))}

    def _pins(self) -> Entries:
        pins: Entries = {}
        for key, probability in (("require", 0.35), ("forbid", 0.7)):
            if self.chance(probability):
                pins[key] = [self._pin() for _ in range(self.pick([1, 1, 2]))]
        return pins

    def _pin(self) -> Entries:
        whole = {
            "cadre": self.pick(self.roster)["cadre"],
            "programme": self.pick(list(self.programmes)),
            "start": self.pick(self.years),
        }
        keys = self.pick([["programme"], ["cadre"], ["programme", "start"], ["cadre", "start"], ["cadre", "programme"]])
        return {key: whole[key] for key in keys}

    def _goals(self) -> list[str]:
        # First a goal that asks for starts: after the others first, the best plan is often to do nothing.
        first = self.pick(["attainment", "attainment", "priority", "seat_floors"])
        rest = self.random.sample(GOALS, self.random.randint(0, 5))
        goals = list(dict.fromkeys([first, *rest]))
        return [*goals, "lot"] if self.chance(0.7) else goals

    # The files.

    def scenario(self) -> Entries:
        """The whole scenario as it is written to YAML."""
        scenario: Entries = {
            "title": "random",
            "horizon": {"first": self.first, "last": self.last},
            "roster": "roster.csv",
            "targets": self._targets(),
            "seats": self._seats(),
            "goals": self._goals(),
            "groups": self.groups,
            "programmes": self.programmes,
            "ladders": self.ladders,
            "solver": {"workers": 1, "time_limit_s": 120},
        }
        optional = {
            "absence": (0.65, self._absence),
            "classes": (0.45, self._classes),
            "budget": (0.45, self._budget),
            "priority": (0.9, self._priority),
            "pins": (0.35, self._pins),
            "study_load": (0.4, lambda: {"short_per_year": self.random.randint(0, 2)}),
            "lot": (0.5, lambda: self.random.randint(1, 10**8)),
        }
        return scenario | {key: draw() for key, (probability, draw) in optional.items() if self.chance(probability)}

    def write(self, folder: Path) -> Path:
        scenario = self.scenario()
        self.random.shuffle(self.roster)
        _write_table(folder / "roster.csv", self.roster)
        if self.chance(0.7):
            scenario["agencies"] = "agencies.csv"
            _write_table(folder / "agencies.csv", [self._agency(name) for name in self.agencies])
        path = folder / "scenario.yaml"
        if self.chance(0.2):
            base, scenario = self._in_two_files(scenario)
            _write_yaml(folder / "base.yaml", base)
        _write_yaml(path, scenario)
        return path

    def _agency(self, name: str) -> dict[str, str]:
        rows = sum(row["agency"] == name for row in self.roster)
        return {"agency": name, "headcount": str(rows + self.pick([0, 0, 1, 3]))}

    def _in_two_files(self, scenario: Entries) -> tuple[Entries, Entries]:
        """The scenario as a base and a file that extends it: keys merge, lists are replaced, null removes."""
        pool = self.pick(list(scenario["seats"]))
        over: Entries = {"extends": "base.yaml", "goals": scenario["goals"], "seats": {pool: {"total": None}}}
        base = scenario | {"goals": ["cost"], "seats": scenario["seats"] | {pool: dict(scenario["seats"][pool])}}
        if "total" in base["seats"][pool]:
            over["seats"] = {pool: {"total": base["seats"][pool].pop("total")}}
        else:
            base["seats"][pool]["total"] = 0
        if "budget" not in scenario:
            base["budget"] = {"per_year": 0}
            over["budget"] = None
        return base, over


def _write_table(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _write_yaml(path: Path, entries: Entries) -> None:
    assert all(math.isfinite(value) for value in entries.values() if isinstance(value, float))
    # Without aliases, which would make one of two equal entries a reference to the other.
    dumper = yaml.SafeDumper
    dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
    path.write_text(yaml.dump(entries, Dumper=dumper, sort_keys=False), encoding="utf-8")
