"""What must hold between a scenario and a change of it, whatever the scenario is: metamorphic relations.

Each relation makes changes of a case, every change with a name that stays the same while the case is shrunk, and says
what is wrong with the outcome of one, given the outcome before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from typing import Any, NamedTuple

from loosening import loosened
from neutral import neutral
from whole_case import Case, Outcome

Change = tuple[str, Case]
Compared = Callable[[Outcome, Outcome], str]


class Relation(NamedTuple):
    """Changes of a case, given its outcome; and what is wrong with an outcome beside the one before, empty: nothing."""

    changes: Callable[[Case, Outcome], Iterator[Change]]
    wrong: Compared


# --- what is compared -----------------------------------------------------------------------------------------------


def _told(what: str, before: Outcome, after: Outcome) -> str:
    return f"{what}: before {before.told}; after {after.told}"


def same(before: Outcome, after: Outcome) -> str:
    """The same values, and with a lot the same starts."""
    if (before.status, before.values) != (after.status, after.values):
        return _told("other values", before, after)
    if any(name == "lot" for name, _ in before.goals) and before.starts != after.starts:
        return _told(f"other starts {sorted(before.starts ^ after.starts)}", before, after)
    return ""


def same_but_the_lot(before: Outcome, after: Outcome) -> str:
    """The same values of the goals before the lot."""
    if (before.status, before.before_the_lot()) != (after.status, after.before_the_lot()):
        return _told("other values", before, after)
    return ""


def no_worse(before: Outcome, after: Outcome) -> str:
    """Where there was a plan there is one, and goal by goal it is at least as good."""
    if before.status == "infeasible":
        return "" if after.status in ("infeasible", "optimal") else _told("no answer", before, after)
    return "" if after.status == "optimal" and after.values <= before.values else _told("worse", before, after)


def no_better(before: Outcome, after: Outcome) -> str:
    """A plan is no better for having been asked for more."""
    return "" if after.status == "infeasible" else no_worse(after, before)


def same_as_far(before: Outcome, after: Outcome) -> str:
    """The goals that both have, the first ones, have the same values."""
    number = min(len(before.goals), len(after.goals))
    if (before.status, before.values[:number]) != (after.status, after.values[:number]):
        return _told("other values", before, after)
    return ""


# --- other names ----------------------------------------------------------------------------------------------------

SECTIONS = ("groups", "programmes", "targets", "seats", "shares", "priority", "leave")
LISTS = ("studying", "pools", "shares", "of_group")


def renamed(case: Case, _: Outcome) -> Iterator[Change]:
    """Every id another name, in the opposite order of the alphabet: cadres, agencies, entries of every section."""
    old = sorted({name for section in SECTIONS for name in case.entries(section)})
    old += sorted({row[key] for row in case.tables["roster"] for key in ("cadre", "agency")})
    old += [row["agency"] for row in case.tables.get("agencies", [])]
    levels = {level for ladder in case.scenario["ladders"].values() for level in ladder}
    ids = [name for name in dict.fromkeys(old) if name not in levels | set(case.scenario["ladders"])]
    names = {name: f"n{len(ids) - place:03d}" for place, name in enumerate(ids)}
    tables = {key: [_row(row, names) for row in rows] for key, rows in case.tables.items()}
    yield "everything has another name", Case(_renamed(case.scenario, names), tables)


def _renamed(tree: Any, names: dict[str, str]) -> Any:
    if isinstance(tree, dict):
        return {_renamed(key, names): _renamed(value, names) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_renamed(value, names) for value in tree]
    return names.get(tree, tree) if isinstance(tree, str) else tree


def _row(row: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    def of(column: str, cell: str) -> str:
        return " ".join(names.get(one, one) for one in cell.split()) if column in LISTS else names.get(cell, cell)

    return {column: of(column, cell) for column, cell in row.items()}


# --- a dominated programme ------------------------------------------------------------------------------------------


def dominated(case: Case, _: Outcome) -> Iterator[Change]:
    """A programme beside another that is the same, but dearer, longer owed for and in fewer years: nobody needs it."""
    for name, entry in case.scenario["programmes"].items():
        changed, worse = case.copy(), f"{name}_worse"
        tree = changed.scenario
        owed = entry.get("serve_after_years", 0) + 1
        tree["programmes"][worse] = deepcopy(entry) | {"cost": entry.get("cost", 0) + 1, "serve_after_years": owed}
        for section in ("seats", "shares", "priority"):
            for listing in tree.get(section, {}).values():
                if name in listing.get("programmes", ()):
                    listing["programmes"].append(worse)
        if name in tree.get("classes", {}):  # two sets of whole classes are whole classes
            tree["classes"][worse] = deepcopy(tree["classes"][name])
        barred = [pin for pin in tree.get("pins", {}).get("forbid", []) if pin.get("programme") == name]
        if barred:
            tree["pins"]["forbid"] += [pin | {"programme": worse} for pin in barred]
        yield f"{name} and a worse one", changed


# --- another measure ------------------------------------------------------------------------------------------------

BY = 3


def scaled(case: Case, _: Outcome) -> Iterator[Change]:
    """Weights, points, or costs and budget three times as large: the same plan, and that goal three times as large."""
    for kind, section, key, default in (
        ("attainment", "targets", "weight", 1),
        ("shares", "shares", "weight", 1),
        ("priority", "priority", "points", 0),
    ):
        if section in case.scenario:
            changed = case.copy()
            for entry in changed.scenario[section].values():
                entry[key] = round(entry.get(key, default) * BY, 6)
            yield f"{kind} in another measure", changed
    changed = case.copy()
    for entry in changed.scenario["programmes"].values():
        entry["cost"] = round(entry.get("cost", 0) * BY, 6)
    if "budget" in changed.scenario:
        amounts = changed.scenario["budget"]["per_year"]
        by_year = isinstance(amounts, dict)
        changed.scenario["budget"]["per_year"] = (
            {year: round(amount * BY, 6) for year, amount in amounts.items()} if by_year else round(amounts * BY, 6)
        )
    yield "cost in another measure", changed


def same_measured(before: Outcome, after: Outcome) -> str:
    """The same plan, and the values those before, or so many times as large."""
    if before.status != after.status or len(before.goals) != len(after.goals):
        return _told("another plan", before, after)
    factors = {Fraction(1), Fraction(BY)}
    for (name, one), (_, other) in zip(before.goals, after.goals, strict=True):
        if other not in {one * factor for factor in factors}:
            return _told(f"{name} is neither the same nor {BY} times as large", before, after)
    lots = any(name == "lot" for name, _ in before.goals)
    return _told("other starts", before, after) if lots and before.starts != after.starts else ""


# --- after the plan is known ----------------------------------------------------------------------------------------


def _pinned(case: Case, key: str, *pins: dict[str, Any]) -> Case:
    changed = case.copy()
    changed.scenario.setdefault("pins", {}).setdefault(key, []).extend(pins)
    return changed


def _pin(start: tuple[str, str, int]) -> dict[str, Any]:
    return dict(zip(("cadre", "programme", "start"), start, strict=True))


def settled(case: Case, before: Outcome) -> Iterator[Change]:
    """What the plan has is required, what it has not is forbidden: it stays the best."""
    if before.status != "optimal":
        return
    yield "its starts are required", _pinned(case, "require", *map(_pin, sorted(before.starts)))
    programmes, cadres = list(case.scenario["programmes"]), [row["cadre"] for row in case.tables["roster"]]
    others = {(cadre, programme, year) for cadre in cadres for programme in programmes for year in case.years}
    yield "its other starts are forbidden", _pinned(case, "forbid", *map(_pin, sorted(others - before.starts)))


def refused(case: Case, before: Outcome) -> Iterator[Change]:
    """One of its starts is forbidden, or a programme or cadre that it leaves out is asked for: never better."""
    for start in sorted(before.starts):
        yield f"{start} is forbidden", _pinned(case, "forbid", _pin(start))
    if before.status == "optimal":
        for programme in sorted(set(case.scenario["programmes"]) - {start[1] for start in before.starts}):
            yield f"{programme} is asked for", _pinned(case, "require", {"programme": programme})


def ranked_further(case: Case, before: Outcome) -> Iterator[Change]:
    """Goals left out at the end, or ranked after all others: what is ranked before keeps its values."""
    goals = case.scenario.get("goals", [])
    for number in range(1, len(goals)):
        fewer = case.copy()
        fewer.scenario["goals"] = goals[:number]
        yield f"the first {number} goals", fewer
    kinds = [next(iter(goal)) if isinstance(goal, dict) else goal for goal in goals]
    for kind in ("cost", "early", "starts", "lot"):
        if goals and kind not in kinds:
            more = case.copy()
            more.scenario["goals"] = [*goals, kind]
            yield f"{kind} after the others", more
    if goals and case.entries("targets"):
        for kind in ("expected", "worst_tenth"):
            ahead = case.copy()
            ahead.scenario["goals"] = [*goals, kind]
            ahead.scenario["risk"] = {"failed": {"event": "failed", "rate": 0.3, "source": "assumed"}}
            ahead.scenario["resilient"] = {"futures": 10, "seed": 1}
            yield f"{kind} after the others", ahead


def kept(case: Case, before: Outcome) -> Iterator[Change]:
    """The plan itself as the earlier one, and `changes` the last goal: nothing changes."""
    goals = case.scenario.get("goals", [])
    if before.status != "optimal" or "changes" in goals or not before.starts or not goals:
        return
    changed = case.copy()
    rows = [{key: str(value) for key, value in _pin(start).items()} for start in sorted(before.starts)]
    changed.tables["earlier"] = rows
    changed.scenario["goals"] = [*goals, "changes"]
    yield "its own earlier plan", changed


def unchanged(before: Outcome, after: Outcome) -> str:
    """The same values, and no changes."""
    if after.status != "optimal" or after.values != [*before.values, 0]:
        return _told("a change for nothing", before, after)
    return ""


def verified(case: Case, _: Outcome) -> Iterator[Change]:
    """The case as it is, once more: the plan is the same, and verification agrees with it."""
    yield "as it is", case


RELATIONS: dict[str, Relation] = {
    "verified": Relation(verified, same),
    "loosened": Relation(lambda case, _: loosened(case), no_worse),
    "neutral": Relation(lambda case, _: neutral(case), same),
    "renamed": Relation(renamed, same_but_the_lot),
    "dominated": Relation(dominated, same_but_the_lot),
    "scaled": Relation(scaled, same_measured),
    "settled": Relation(settled, same),
    "refused": Relation(refused, no_better),
    "ranked_further": Relation(ranked_further, same_as_far),
    "kept": Relation(kept, unchanged),
}


def found_wrong(relation: Relation, before: Outcome, after: Outcome) -> str:
    """What is wrong with an outcome: it was refused, died, does not verify, or does not go with the one before."""
    if after.status == "refused" and before.status != "refused":
        return _told("refused", before, after)
    return before.wrong or after.wrong or relation.wrong(before, after)
