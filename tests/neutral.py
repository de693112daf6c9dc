"""Changes of a case that change no plan: the same starts, and the same values of all goals.

When does one pool split in two equal itself? Where its limits are divided between two pools that count the same
starts: the years to one and the horizon to the other, or some years to one and the others to the other, each floor
once. Two pools that divide the starts, each with a part of the seats, are another scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from whole_case import Case

Change = tuple[str, Case]


def neutral(case: Case) -> Iterator[Change]:
    """All of them."""
    for how in (stranger, pools_again, pools_split, weightless, halves, signed, otherwise, permuted):
        yield from how(case)


def stranger(case: Case) -> Iterator[Change]:
    """A cadre who joins after everything: nobody covers him, and he starts nothing."""
    changed = case.copy()
    last = max([case.years[-1], *(target.get("by", 0) for target in case.entries("targets").values())])
    row = dict(case.tables["roster"][0]) | {"cadre": "STRANGER", "agency": "NOWHERE", "service_start": str(last + 1)}
    row |= {key: "" for key in ("retires", "studying", "studying_until") if key in row}
    changed.tables["roster"].insert(0, row)
    if "agencies" in changed.tables:
        changed.tables["agencies"].append({"agency": "NOWHERE", "headcount": "1"})
    yield "a stranger", changed


def pools_again(case: Case) -> Iterator[Change]:
    """A pool a second time, without its floors: it forbids what the first forbids."""
    for name, pool in case.entries("seats").items():
        changed, again = case.copy(), deepcopy(pool)
        again.pop("must", None)
        for key in ("per_year", "total"):
            if isinstance(again.get(key), dict):
                again[key] = _without_floors(again[key])
        changed.scenario["seats"][f"{name}_again"] = again
        _also(changed, "history", "pools", name, f"{name}_again")
        yield f"{name} again", changed


def _without_floors(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    if entry.keys() <= {"min", "max"}:
        return entry | {"min": 0}
    return {year: _without_floors(each) for year, each in entry.items()}


def pools_split(case: Case) -> Iterator[Change]:
    """A pool's limits divided between two that count the same starts."""
    years = [case.years[0] - 1, *case.years, case.years[-1] + 1]
    for name, pool in case.entries("seats").items():
        both = {key: pool[key] for key in ("programmes", "who", "must") if key in pool}
        rest = {key: deepcopy(pool[key]) for key in ("total", "per_agency") if key in pool}
        per_year = pool.get("per_year", {"min": 0})
        by_year = per_year if isinstance(per_year, dict) and per_year.keys().isdisjoint({"min", "max"}) else None
        every = {year: (per_year if by_year is None else by_year.get(year, 0)) for year in years}
        middle = years[len(years) // 2]
        early = {year: deepcopy(entry) if year < middle else {"min": 0} for year, entry in every.items()}
        late = {year: deepcopy(entry) if year >= middle else {"min": 0} for year, entry in every.items()}
        yield (
            f"{name} split: years and horizon",
            _in_two(case, "seats", name, {**both, "per_year": deepcopy(per_year)}, {**both, **rest}),
        )
        yield (
            f"{name} split by years",
            _in_two(case, "seats", name, {**both, **rest, "per_year": early}, {**both, "per_year": late}),
        )


def _in_two(case: Case, section: str, name: str, one: Any, other: Any) -> Case:
    """The case with two entries in the stead of one, wherever it is named."""
    changed = case.copy()
    entries = changed.scenario[section]
    entries[name], entries[f"{name}_too"] = one, other
    kind = {"seats": "seat_floors", "targets": "attainment", "shares": "shares", "priority": "priority"}[section]
    for goal in changed.scenario.get("goals", []):
        if isinstance(goal, dict) and name in goal.get(kind, ()):
            goal[kind].append(f"{name}_too")
    if section == "seats":
        _also(changed, "history", "pools", name, f"{name}_too")
    if section == "shares":
        _also(changed, "history", "shares", name, f"{name}_too")
        _also(changed, "history", "of_group", name, f"{name}_too")
    return changed


def _also(case: Case, table: str, column: str, name: str, other: str) -> None:
    """Wherever a name stands in a column of lists, another stands, too."""
    for row in case.tables.get(table, []):
        if name in row[column].split():
            row[column] += f" {other}"


def weightless(case: Case) -> Iterator[Change]:
    """A target or share of weight 0, points of nobody and of nothing, beside the others: they count nothing."""
    idle = {"targets": {"weight": 0}, "shares": {"weight": 0}, "priority": {"points": 0}}
    for section, nothing in idle.items():
        for name, entry in case.entries(section).items():
            changed = case.copy()
            changed.scenario[section][f"{name}_idle"] = deepcopy(entry) | nothing
            changed.scenario[section][f"{name}_idle"].pop("must", None)
            yield f"{name} of weight 0 beside", changed
            if entry.get("weight") == 0 and not entry.get("must"):
                yield from _struck(case, section, name)


def _struck(case: Case, section: str, name: str) -> Iterator[Change]:
    goals = [next(iter(goal.values())) for goal in case.scenario.get("goals", []) if isinstance(goal, dict)]
    if any(name in named for named in goals):
        return
    changed = case.copy()
    del changed.scenario[section][name]
    yield f"{name} of weight 0 struck", changed


def halves(case: Case) -> Iterator[Change]:
    """A target, a share or a priority twice, each with half the weight."""
    for section, key in (("targets", "weight"), ("shares", "weight"), ("priority", "points")):
        for name, entry in case.entries(section).items():
            half = deepcopy(entry) | {key: round(entry.get(key, 1) / 2, 6)}
            yield f"{name} in halves", _in_two(case, section, name, half, deepcopy(half))


def signed(case: Case) -> Iterator[Change]:
    """Who signs, where it says so, what it is called and what it is for: no plan asks."""
    changed = case.copy()
    changed.scenario["approval"] = {"all": {"authority": "somebody else"}}
    changed.scenario.update(
        title="another", source={"en": "another", "vi": "nguồn khác"}, currency="đồng", roster_source="assumed"
    )
    changed.scenario["privacy"] = {"keep_until": f"{case.years[-1] + 5}-12-31", "fewest": 7, "source": "assumed"}
    for entry in changed.scenario["programmes"].values():
        entry["place"] = {"en": "the school", "vi": "nhà trường"}
    yield "another title, source, signature", changed
    risky = case.copy()
    risky.scenario["risk"] = {
        "gone": {"event": "left", "who": "everybody", "rate": 0.1, "source": "assumed"},
        "failed": {
            "event": "failed",
            "programmes": list(case.scenario["programmes"])[:1],
            "years": {"from": case.years[0]},
            "rate": 0.5,
            "source": "assumed",
        },
    }
    risky.scenario["resilient"] = {"futures": 10, "seed": 3}
    yield "risks that no goal looks at", risky
    settled = case.copy()
    settled.scenario["solver"] = {"seed": 77, "workers": 2, "gap": 0.0, "time_limit_s": 500}
    yield "another seed and more workers", settled


def otherwise(case: Case) -> Iterator[Change]:
    """The same roster in other words: headers, synonyms, what a blank means."""
    changed = case.copy()
    changed.tables["roster"] = [
        {{"marks": "Số sao", "post": "Chức vụ hiện nay"}.get(key, key): cell for key, cell in row.items()}
        for row in changed.tables["roster"]
    ]
    for row in changed.tables["roster"]:
        row["Chức vụ hiện nay"] = {"leader": "Trưởng", "staff": "Viên chức"}.get(
            row["Chức vụ hiện nay"], row["Chức vụ hiện nay"]
        )
    changed.scenario.update(
        headers={"Số sao": "marks", "Chức vụ hiện nay": "post"},
        synonyms={"post": {"Trưởng": "leader", "Viên chức": "staff"}},
        blank={name: "unknown" for name in changed.scenario["ladders"] if name in changed.tables["roster"][0]},
    )
    yield "the roster in other words", changed


ORDERLESS = ("groups", "programmes", "targets", "seats", "shares", "classes", "priority", "leave", "ladders")


def permuted(case: Case) -> Iterator[Change]:
    """Rows, columns, keys, pins and lists of programmes in another order."""
    changed = case.copy()
    for key, rows in changed.tables.items():
        changed.tables[key] = [dict(reversed(row.items())) for row in reversed(rows)]
    yield "tables backwards", changed
    changed = case.copy()
    tree = changed.scenario
    for section in ORDERLESS:
        if section in tree:
            tree[section] = _backwards(tree[section])
            for entry in tree[section].values() if isinstance(tree[section], dict) else ():
                if isinstance(entry, dict) and isinstance(entry.get("programmes"), list):
                    entry["programmes"].reverse()
    for pins in tree.get("pins", {}).values():
        pins.reverse()
    changed = Case(_backwards(tree), changed.tables)
    yield "keys backwards", changed


def _backwards(entries: dict[str, Any]) -> dict[str, Any]:
    return dict(reversed(entries.items()))


Neutral = Callable[[Case], Iterator[Change]]
