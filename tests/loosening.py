"""Changes of a case after which every plan there was is a plan still, none of whose goals has become worse.

So the best plan cannot become worse: goal by goal in their order, it is at least as good as before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whole_case import Case

Change = tuple[str, Case]
Path_ = tuple[Any, ...]

WHOLE_STRUCK = ("absence", "leave", "classes", "budget", "pins")
"""Sections that only forbid. Without `study_load` one short programme a year is allowed, which may be fewer."""
STRUCK = {
    "programmes": ("eligible", "requires", "serve_after_years", "years"),
    "targets": ("must",),
    "shares": ("must",),
    "seats": ("must", "per_agency"),
}
"""Keys of entries that only forbid."""


def loosened(case: Case) -> Iterator[Change]:
    """Every single way to ask less or to allow more."""
    for at in sorted(_steps(case), key=str):
        *where, how = at
        changed = case.copy()
        _apply(changed.scenario, where, how)
        yield f"{'.'.join(map(str, where))} {how}", changed


def _apply(tree: Any, where: Path_, how: str | float) -> None:
    *path, key = where
    for step in path:
        tree = tree[step]
    if how == "struck":
        del tree[key]
    elif isinstance(how, str):
        tree[key] = {"open": True, "enrolled": "enrolled"}[how]
    else:
        tree[key] = round(tree[key] + how, 6)


def _steps(case: Case) -> Iterator[Path_]:
    """The ways: the keys that lead to a value, and what becomes of it."""
    scenario = case.scenario
    yield from ((section, "struck") for section in WHOLE_STRUCK if section in scenario)
    for section, keys in STRUCK.items():
        for name, entry in case.entries(section).items():
            yield from ((section, name, key, "struck") for key in keys if key in entry)
    yield from (("leave", name, "struck") for name in case.entries("leave"))
    yield from (("classes", name, "struck") for name in case.entries("classes"))
    for key in ("require", "forbid"):
        yield from (("pins", key, place, "struck") for place in range(len(case.entries("pins").get(key, []))))
    yield from _of_programmes(case)
    yield from _of_goals(case)
    for name, pool in case.entries("seats").items():
        yield from _of_pool(("seats", name), pool)
    yield from _of_absence(case.entries("absence"))
    yield from _of_numbers(case)


def _of_programmes(case: Case) -> Iterator[Path_]:
    for name, entry in case.scenario["programmes"].items():
        if not entry.get("open"):
            yield "programmes", name, "open", "open"
        if entry["months"] > 12:  # over sooner: whatever it stands in the way of, or leads to, is earlier
            yield "programmes", name, "months", -12
        if entry.get("cost", 0) >= 1:
            yield "programmes", name, "cost", -1


def _of_goals(case: Case) -> Iterator[Path_]:
    """What is asked for is less, or counts less."""
    for name, target in case.entries("targets").items():
        yield "targets", name, "counts", "enrolled"
        if target.get("at_least", 0) >= 1:
            yield "targets", name, "at_least", -1
        if target.get("share", 0) >= 0.1:
            yield "targets", name, "share", -0.1
        if target.get("weight", 0) >= 0.5:
            yield "targets", name, "weight", -0.5
    for name, share in case.entries("shares").items():
        yield "shares", name, "min", -0.25
        if share.get("weight", 0) >= 0.5:
            yield "shares", name, "weight", -0.5
    yield from (("priority", name, "points", 1) for name in case.entries("priority"))


def _of_pool(at: Path_, pool: dict[str, Any]) -> Iterator[Path_]:
    """A further seat: in a year, over the horizon, for an agency."""
    yield from _range((*at, "per_year"), pool.get("per_year"))
    per_year = pool.get("per_year")
    for year, entry in per_year.items() if isinstance(per_year, dict) else ():
        if year not in ("min", "max"):
            yield from _range((*at, "per_year", year), entry)
    yield from _range((*at, "total"), pool.get("total"))
    yield from ((*at, "per_agency", key, 1) for key in pool.get("per_agency", {}))


def _range(at: Path_, entry: Any) -> Iterator[Path_]:
    if isinstance(entry, dict):
        yield from ((*at, "max", how) for how in (1, "struck") if "max" in entry and (how == 1 or "min" in entry))
        if entry.get("min", 0) >= 1:
            yield *at, "min", -1
    elif entry is not None:
        yield *at, 1


def _of_absence(absence: dict[str, Any]) -> Iterator[Path_]:
    """A looser band, fewer leaders who must stay, a mode that takes nobody away."""
    for place, band in enumerate(absence.get("bands", [])):
        yield from (("absence", "bands", place, "away", 1) for _ in range("away" in band))
        yield from (("absence", "bands", place, "share", 0.25) for _ in range("share" in band))
    if "bands" in absence and "leaders" in absence:
        yield "absence", "bands", "struck"
        yield "absence", "leaders", "struck"
    if absence.get("leaders", {}).get("present", 0) >= 1:
        yield "absence", "leaders", "present", -1
    if len(absence.get("modes", [])) > 1:
        yield from (("absence", "modes", place, "struck") for place in range(len(absence["modes"])))


def _of_numbers(case: Case) -> Iterator[Path_]:
    load = case.entries("study_load")
    yield from (("study_load", key, 1) for key in ("short_per_year", "starts_per_cadre") if key in load)
    if load.get("years_between", 0) >= 1:
        yield "study_load", "years_between", -1
    for name, size in case.entries("classes").items():
        yield from (("classes", name, "max", 1) for _ in range("max" in size))
        if size.get("min", 0) >= 1 and "max" in size:
            yield "classes", name, "min", -1
    amounts = case.entries("budget").get("per_year")
    if isinstance(amounts, dict):
        yield from (
            ("budget", "per_year", year, how) for year in amounts for how in (2.5, "struck") if len(amounts) > 1
        )
    elif amounts is not None:
        yield "budget", "per_year", 2.5
