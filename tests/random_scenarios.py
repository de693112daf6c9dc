"""Random scenarios of every key in the contract's section 2, small enough that rules often bind."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Literal

import random_tables
import yaml
from random_tables import Dice, Entries, write_table

Size = Literal["tiny", "small", "crowded", "packed"]

LADDERS = {
    "education": ["none", "elementary", "intermediate", "college", "bachelor", "master"],
    "theory": ["none", "elementary", "intermediate", "advanced"],
    "administration": ["none", "officer", "specialist", "senior_specialist"],
}
MODES = ["full_time", "in_service", "short"]
MONTHS = {"full_time": [5, 8, 12, 13, 18, 24], "in_service": [9, 12, 18, 24, 24, 30], "short": [0.5, 1, 3, 12, 14]}
GOALS = ["attainment", "seat_floors", "shares", "starts", "priority", "early", "cost"]
SECTIONS = {"attainment": "targets", "seat_floors": "seats", "shares": "shares", "priority": "priority"}
"""Goals that may name entries of a section."""
TINY = [(2, 4, 6), (3, 3, 6), (4, 3, 4), (4, 2, 6), (5, 2, 5), (6, 2, 4)]
"""Cadres, years and programmes of which every plan can be tried."""


def random_scenario(seed: int, folder: Path, size: Size) -> Path:
    """Write the scenario of a seed into `folder` and return its file; the same seed writes the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    return _Draw(seed, size).write(folder)


class _Draw(Dice):
    """One scenario, drawn section by section."""

    def __init__(self, seed: int, size: Size) -> None:
        super().__init__(f"n/{size}/{seed}")
        self.tiny = size == "tiny"
        self.ease = self.pick([1, 0.5, 0.25])  # all rules at once often leave nothing to plan
        cadres, years, programmes = self.pick(TINY)
        self.packed = size == "packed"  # crowded, with yet more cadres, classes, pins and goals, and tight budgets
        self.crowded = size == "crowded" or self.packed  # classes, budget and pins together, and more cadres
        least, most = (30, 80) if self.packed else (15, 40) if self.crowded else (8, 25)
        self.count = cadres if self.tiny else self.between(least, most)
        self.first = self.between(2021, 2026)
        self.last = self.first + (years if self.tiny else self.between(3, 5)) - 1
        self.years = list(range(self.first, self.last + 1))
        self.ladders = self._ladders()
        self.studied = list(self.ladders)
        self.programmes = self._programmes(programmes if self.tiny else self.between(4, 9))
        self.agencies = [f"A{number}" for number in range(1, self.between(1, 2 if self.tiny else 4) + 1)]
        names = {"programmes": list(self.programmes), "agencies": self.agencies}
        self.roster = random_tables.roster(self, self.years, self.count, self.ladders, names)
        self.groups: Entries = {}
        self.groups = self._groups()

    def scaled(self, tiny: int, small: int) -> int:
        """A number from 1, larger in larger scenarios."""
        return self.between(1, tiny if self.tiny else small)

    def optional(self, entries: dict[str, tuple[float, Any]]) -> Entries:
        """Some of the entries, each drawn with its own probability."""
        return {key: draw() for key, (odds, draw) in entries.items() if self.chance(odds * self.ease)}

    def spelt(self, text: str) -> str:
        """A text as it stands, or in capitals between blanks, which means the same."""
        return f" {text.upper()} " if self.chance(0.06) else text

    # What is there: ladders, programmes.

    def _ladders(self) -> dict[str, list[str]]:
        names = sorted(self.some(LADDERS))
        ladders = {}
        for name in names:
            levels = LADDERS[name]
            kept = self.random.sample(levels[1:], self.between(2, min(4, len(levels) - 1)))
            ladders[name] = [levels[0], *sorted(kept, key=levels.index)]
        return ladders

    def _programmes(self, count: int) -> Entries:
        drawn = [self._programme() for _ in range(count)]
        return {f"{entry['ladder']}_{entry['mode']}_{n}": entry for n, entry in enumerate(drawn, 1)}

    def _programme(self) -> Entries:
        ladder, mode = self.pick(list(self.ladders)), self.pick(MODES)
        levels = self.ladders[ladder]
        low = self.pick([0, 0, *range(len(levels) - 1)])
        high = min(len(levels) - 1, low + self.pick([1, 1, 1, 2, 2, 3]))
        entry: Entries = {"ladder": ladder, "from": self.spelt(levels[low]), "to": levels[high], "mode": mode}
        since_1980 = {"age": {"max": self.first - 1980}}
        entry["months"] = self.pick(MONTHS[mode])
        entry |= {"cost": self.pick([1, 3, 4, 10, 2.5, 0.1, 7.35])} if self.chance(0.8) else {}
        return entry | self.optional(
            {
                "serve_after_years": (0.3, lambda: self.pick([1, 2, 2.5, 4])),
                "open": (0.25, lambda: True),
                "eligible": (0.25, lambda: self.pick([since_1980, "young", {"service_years": {"min": 3.5}}])),
                "begins": (0.3, lambda: self.pick([1, 2, 7, 9, 9, 12])),
                "years": (0.15, self._window),
                "requires": (0.2, lambda: self._requires(ladder, high)),
            }
        )

    def _window(self) -> Entries:
        first = self.between(self.first - 1, self.last)
        whole = {"from": first, "to": self.between(first, self.last + 1)}
        return {key: whole[key] for key in self.pick([("from", "to"), ("from", "to"), ("from",), ("to",)])}

    def _requires(self, own: str, high: int) -> Entries:
        """Levels to be held before; on the programme's own ladder below where it leads."""
        ladder = self.pick(list(self.ladders))
        levels = self.ladders[ladder][1:high] if ladder == own else self.ladders[ladder][1:3]
        return {ladder: self.pick(levels)} if levels else {}

    # Who.

    def _groups(self) -> Entries:
        groups = {f"group_{number}": self.who() for number in range(1, self.between(2, 4))}
        fixed = {"everybody": {"headcount": {"min": 0}}, "young": {"age": {"max": self.first - 1978}}}
        return {**fixed, **groups}

    def who(self, depth: int = 0) -> Any:
        """A group's name or a condition; one that everybody satisfies now and then, so that many bind."""
        if self.groups and self.chance(0.7):
            return self.pick(["everybody", "everybody", *self.groups])
        if depth < 2 and self.chance(0.35):
            how = self.pick(["all", "any", "not"])
            parts = [self.who(depth + 1) for _ in range(self.between(1, 3))]
            return {how: parts[0] if how == "not" else parts}
        # What changes with the year twice, so that `as_of` matters now and then.
        columns = dict.fromkeys(self.some([*self._comparisons(), "age", "service_years", "age", "service_years"], 2))
        return {column: self._comparisons()[column] for column in columns}

    def _comparisons(self) -> Entries:
        """For each column something to compare it with."""
        comparisons: Entries = {
            "sex": self.pick(["F", "M", "Nữ", ["F", "M"]]),
            "local": self.pick([True, False]),
            "post": self.pick(["leader", self.spelt("staff"), ["leader", "staff"]]),
            "marks": self.pick([2, [1, 3], {"min": 2}, {"max": 2}, {"min": 1, "max": 2.5}]),
            "agency": self.pick([*self.agencies, self.agencies]),
            "age": {self.pick(["min", "max"]): self.first - self.pick([1978, 1983, 1988])},
            "birth_year": {"min": 1985},
            "service_years": {self.pick(["min", "max"]): self.pick([1, 3, 5])},
            "headcount": {"min": 2},
            "retires": {"min": self.last},
        }
        for ladder in self.studied:
            levels = self.ladders[ladder]
            level = self.spelt(self.pick(levels[1:]))
            comparisons[ladder] = self.pick([level, {"min": level}, {"max": level}, levels[:2]])
        return comparisons

    # What is to be reached.

    def _targets(self) -> Entries:
        targets = {f"target_{number}": self._target() for number in range(1, self.between(1, 4) + 1)}
        if self.chance(0.15):  # of a ladder that the roster knows nothing of
            targets["certified"] = {"who": "everybody", "level": {"informatics": "certified"}, "share": 0.5}
            self.ladders["informatics"] = ["none", "certified"]
        return targets

    def _target(self) -> Entries:
        level = {ladder: self.spelt(self.pick(self.ladders[ladder][1:])) for ladder in self.some(self.studied, 2)}
        if self.chance(0.6):  # what some programme leads to, so that it can be reached
            led = self.pick(list(self.programmes.values()))
            level = {led["ladder"]: led["to"]}
        entry: Entries = {"who": self.who(), "level": level}
        if self.chance(0.75):
            entry["share"] = self.pick([1.0, 1.0, 0.9, 0.5, 0.35, 0.333])
        else:
            entry["at_least"] = self.scaled(3, 8)
        options = {
            "counts": ["enrolled", "completed"],
            "by": [*self.years, self.last, self.last, self.first - 1, self.last + 1],
            "rounding": ["up", "down", "nearest"],
            "weight": [0, 2, 3, 0.5, 1.25],
            "leavers": ["excluded", "included"],
            "as_of": [self.first - 3, *self.years],
        }
        entry |= {key: self.pick(values) for key, values in options.items() if self.chance(0.35)}
        return entry | ({"must": True} if self.chance(0.06) else {})

    def _seats(self) -> Entries:
        seats = {f"pool_{number}": self._pool() for number in range(1, self.between(1, 4) + 1)}
        if self.chance(0.7):  # else most programmes would have no seats at all
            seats["rest"] = {"programmes": list(self.programmes), "who": "everybody"}
        return seats

    def _pool(self) -> Entries:
        pool: Entries = {"programmes": self.some(self.programmes, 4), "who": self.who()}
        return pool | self.optional(
            {
                "per_year": (0.9, self._per_year),
                "total": (0.5, self._total),
                "per_agency": (0.25, self._per_agency),
                "must": (0.05, lambda: True),
            }
        )

    def _per_year(self) -> Any:
        """One range for every year, or a range by year; some years beside the horizon, which are ignored."""
        if self.chance(0.65):
            return self._range()
        years = self.each([self.first - 1, *self.years, self.last + 1], 0.7) or [self.first]
        return {year: self._range() for year in years}

    def _range(self) -> Any:
        most = self.between(0, 2) + self.scaled(1, 3)
        return self.pick([most, {"max": most}, {"min": self.between(0, most), "max": most}, {"min": 1}])

    def _total(self) -> Any:
        most = self.scaled(3, 8)
        return self.pick([most, {"max": most}, {"min": self.between(0, most), "max": most}, {"min": most}])

    def _per_agency(self) -> Entries:
        whole = {"max": self.pick([1, 1, 2]), "total": self.between(1, 3)}
        return {key: whole[key] for key in self.pick([("max",), ("total",), ("max", "total")])}

    def _shares(self) -> Entries:
        return {f"share_{number}": self._share() for number in range(1, self.pick([1, 2, 2]) + 1)}

    def _share(self) -> Entries:
        entry: Entries = {"who": self.who(), "min": self.pick([0.25, 0.3, 0.333, 0.5, 0.6, 1.0])}
        return entry | self.optional(
            {
                "programmes": (0.5, lambda: self.some(self.programmes, 4)),
                "among": (0.7, self.who),
                "per": (1, lambda: self.pick(["year", "year", "horizon"])),
                "weight": (0.6, lambda: self.pick([0, 2, 0.5, 1.25])),
                "must": (0.3, lambda: True),
            }
        )

    # Within which limits.

    def _absence(self) -> Entries:
        modes = [["full_time"], ["full_time", "in_service"], MODES, MODES, ["in_service", "short"]]
        absence: Entries = {"modes": self.pick(modes)}
        bands = [{"up_to": self.between(1, 4), "away": self.pick([0, 1, 1])}]
        bands += [{"up_to": self.between(5, 9), "away": self.between(0, 2)}] if self.chance(0.5) else []
        bands += [{"share": self.pick([0.25, 0.3, 0.5])}] if self.chance(0.7) else []
        if self.chance(0.7):
            absence["bands"] = bands
        if self.chance(0.7) or "bands" not in absence:
            absence["leaders"] = {"who": self.pick([{"post": "leader"}, "everybody"])}
            if self.chance(0.5):
                absence["leaders"]["present"] = self.pick([0, 1, 2, 2, 3])
        return absence

    def _leave(self) -> Entries:
        return {f"leave_{number}": self._one_leave() for number in range(1, self.between(1, 4))}

    def _one_leave(self) -> Entries:
        first = self.between(self.first - 1, self.last)
        entry = {"cadre": self.pick(self.roster)["cadre"], "from": first, "to": first + self.pick([0, 0, 1])}
        return entry | self.pick([{}, {"away": False}, {"away": True}, {"away": True}, {"away": True}])

    def _study_load(self) -> Entries:
        load = self.optional(
            {
                "short_per_year": (0.6, lambda: self.between(0, 2)),
                "starts_per_cadre": (0.6, lambda: self.pick([0, 1, 1, 2, 3])),
                "years_between": (0.7, lambda: self.pick([0, 1, 1, 2])),
            }
        )
        return load or {"short_per_year": 2}

    def _classes(self) -> Entries:
        sizes = [{"min": 2, "max": 3}, {"min": 1, "max": 2}, {"min": 2}, {"max": 2}, {"min": 2, "max": 2}]
        larger = [{"min": 3, "max": 4}, {"min": 4, "max": 5}, {"min": 3}]
        if self.packed:
            larger += [{"min": 5, "max": 7}, {"min": 6, "max": 8}]
            return {name: self.pick(sizes + larger) for name in self.random.sample(list(self.programmes), 4)}
        return {name: self.pick(sizes if self.tiny else sizes + larger) for name in self.some(self.programmes, 2)}

    def _budget(self) -> Entries:
        amounts = [3, 4, 7.3, 10, 10.5] if self.tiny else [10, 25, 40.25]
        if self.packed:
            amounts = [4, 10, 14.7, 17.35, 25, 33.2]
        if self.chance(0.5):
            return {"per_year": self.pick(amounts)}
        return {"per_year": {year: self.pick(amounts) for year in sorted(self.some(self.years))}}

    def _priority(self) -> Entries:
        return {f"rank_{number}": self._rank() for number in range(self.between(1, 3))}

    def _rank(self) -> Entries:
        entry: Entries = {"who": self.who(), "points": self.pick([3, 2, 1, 2, 0.5, 0.1, 0.7, 4, -1, -2.5])}
        return entry | self.optional({"programmes": (0.3, lambda: self.some(self.programmes, 3))})

    def _approval(self) -> Entries:
        """Who signs, which steers no plan."""
        entry = {"authority": {"en": "the standing committee", "vi": "Ban Thường vụ"}}
        keys = {
            "who": (0.8, self.who),
            "programmes": (0.8, lambda: self.some(self.programmes)),
            "years": (0.8, self._window),
        }
        return {"committee": entry | self.optional(keys), "rest": {"authority": "the head of the agency"}}

    def _pins(self) -> Entries:
        keys = self.each(["require"], 0.35) + self.each(["forbid"], 0.7)
        most = 6 if self.packed else 1
        return {key: [self._pin() for _ in range(self.pick([1, 1, 2, *range(3, most)]))] for key in keys}

    def _pin(self) -> Entries:
        whole = {
            "cadre": self.pick(self.roster)["cadre"],
            "programme": self.pick(list(self.programmes)),
            "start": self.pick(self.years),
        }
        keys = self.pick([["programme"], ["cadre"], ["programme", "start"], ["cadre", "start"], ["cadre", "programme"]])
        return {key: whole[key] for key in keys}

    def _goals(self, scenario: Entries) -> list[Any]:
        # First a goal that asks for starts: after the others first, the best plan is often to do nothing.
        first = self.pick(["attainment", "attainment", "priority", "seat_floors"])
        kinds = [*GOALS, *(["changes"] if "earlier" in scenario else [])]
        rest = self.random.sample(kinds, self.between(2, len(kinds)) if self.packed else self.between(0, 5))
        ranked = dict.fromkeys([first, *(["shares"] if self.chance(0.4) else []), *rest])
        goals = [goal for kind in ranked for goal in self._in_tiers(kind, scenario)]
        if self.chance(0.7):
            goals.insert(len(goals) if self.chance(0.8) else self.between(1, len(goals)), "lot")
        return goals

    def _in_tiers(self, kind: str, scenario: Entries) -> list[Any]:
        """A goal, or first some of its entries and then all, or some alone."""
        entries = list(scenario.get(SECTIONS.get(kind, ""), {}))
        if not entries or self.chance(0.6):
            return [kind]
        named = {kind: self.some(entries)}
        return self.pick([[named, kind], [named, kind], [named]])

    # The files.

    def scenario(self) -> Entries:
        """The whole scenario as it is written to YAML, but for its tables and goals."""
        scenario: Entries = {
            "title": {"en": "random", "vi": "ngẫu nhiên"},
            "source": {"en": "drawn", "vi": "số rút ngẫu nhiên"},
            "horizon": {"first": self.first, "last": self.last},
            "targets": self._targets(),
            "seats": self._seats(),
            "groups": self.groups,
            "programmes": self.programmes,
            "ladders": self.ladders,
            "solver": {"workers": 1, "time_limit_s": 120},
        }
        scenario |= {"priority": self._priority()} if self.chance(0.9) else {}
        scenario |= {"lot": self.between(1, 10**8)} if self.chance(0.5) else {}
        if self.crowded:
            scenario |= {"classes": self._classes(), "budget": self._budget(), "pins": self._pins()}
        return scenario | self.optional(
            {
                "as_of": (0.5, lambda: self.between(self.first - 6, self.last)),
                "shares": (0.8, self._shares),
                "absence": (0.65, self._absence),
                "leave": (0.5, self._leave),
                "classes": (0.45, self._classes),
                "budget": (0.45, self._budget),
                "approval": (0.5, self._approval),
                "pins": (0.35, self._pins),
                "study_load": (0.8, self._study_load),
            }
        )

    def write(self, folder: Path) -> Path:
        scenario = self.scenario()
        scenario |= self._tables(folder, scenario)
        if self.chance(0.85):
            scenario["goals"] = self._goals(scenario)
        path = folder / "scenario.yaml"
        if self.chance(0.2):
            base, scenario = self._in_two_files(scenario)
            _write_yaml(folder / "base.yaml", base)
        _write_yaml(path, scenario)
        return path

    def _tables(self, folder: Path, scenario: Entries) -> Entries:
        """Write the tables; return the keys that name them."""
        self.random.shuffle(self.roster)
        drawn = self.optional(
            {
                "agencies": (0.9, lambda: random_tables.agencies(self, self.agencies, self.roster)),
                "retirement": (0.5, lambda: random_tables.retirement(self, self.first)),
                "history": (0.6, lambda: self._history(scenario)),
                "earlier": (0.6, lambda: random_tables.earlier(self, self.roster, self.programmes, self.years)),
            }
        )
        if "retirement" in drawn and self.chance(0.5):
            for row in self.roster:
                row.pop("retires")
        for key, rows in {"roster": self.roster, **drawn}.items():
            write_table(folder / f"{key}.csv", rows)
        return {key: f"{key}.csv" for key in ("roster", *drawn)}

    def _history(self, scenario: Entries) -> random_tables.Rows:
        return random_tables.history(self, self.first, self.roster, scenario, self.agencies)

    def _in_two_files(self, scenario: Entries) -> tuple[Entries, Entries]:
        """The scenario as a base and a file that extends it: keys merge, lists are replaced, null removes."""
        pool = self.pick(list(scenario["seats"]))
        over: Entries = {"extends": "base.yaml", "goals": scenario.get("goals"), "seats": {pool: {"total": None}}}
        base = scenario | {"goals": ["cost"], "seats": scenario["seats"] | {pool: dict(scenario["seats"][pool])}}
        if "total" in base["seats"][pool]:
            over["seats"] = {pool: {"total": base["seats"][pool].pop("total")}}
        else:
            base["seats"][pool]["total"] = 0
        if "budget" not in scenario:
            base["budget"] = {"per_year": 0}
            over["budget"] = None
        return base, over


def _write_yaml(path: Path, entries: Entries) -> None:
    assert all(math.isfinite(value) for value in entries.values() if isinstance(value, float))
    # Without aliases, which would make one of two equal entries a reference to the other.
    dumper = yaml.SafeDumper
    dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
    path.write_text(yaml.dump(entries, Dumper=dumper, sort_keys=False, allow_unicode=True), encoding="utf-8")
