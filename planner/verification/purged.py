"""A run of which only aggregates are left: what can still be checked of it, from its tables and its scenario alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.csv_cells import csv_table
from planner.common.files import sha256
from planner.verification.findings import Finding, phrase
from planner.verification.manifest import MANIFEST, json_digest

TABLES = {
    "attainment": ("target", "members", "unknown", "required", "already", "attained", "shortfall", "share"),
    "seats": ("pool", "year", "min", "max", "starts", "below_min"),
    "totals": ("pool", "min", "max", "starts", "below_min"),
    "shares": ("share", "year", "starts", "of_group", "required", "shortfall"),
    "goals": ("goal", "sense", "value", "bound", "status", "seconds"),
}
"""The tables that are left, with their columns."""
NOTICE = "NOTICE.txt"
HIDDEN = "…"
STATUSES = ("optimal", "feasible", "time_limit")

Row = Mapping[Any, Any]


def purged_findings(folder: Path, manifest: Mapping[str, Any]) -> list[Finding]:
    """What does not hold of a run's aggregates: files, run.json, figures against each other and the scenario.

    A figure that is hidden is checked for nothing. That figures follow from a plan nobody can tell any more.
    """
    return [*_files(folder, manifest), *_figures(folder, manifest)]


def _files(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Every file is as its digest in run.json says, no other is there, and run.json is as it was written."""
    rest = {key: value for key, value in manifest.items() if key != "manifest_sha256"}
    if manifest.get("manifest_sha256") != json_digest(rest):
        yield Finding("manifest", (MANIFEST,), phrase("verify_changed"), phrase("verify_unchanged"))
    if manifest.get("scenario_sha256") != json_digest(manifest.get("scenario")):
        yield Finding("manifest", (MANIFEST, "scenario_sha256"), phrase("verify_changed"), phrase("verify_unchanged"))
    stated = manifest.get("files")
    digests = stated if isinstance(stated, dict) else {}
    for name in (NOTICE, *(f"{table}.csv" for table in TABLES)):
        file = folder / name
        if not file.is_file() or file.is_symlink():
            yield Finding("manifest", (name,), phrase("verify_missing"), phrase("verify_file"))
        elif sha256(file) != digests.get(name):
            yield Finding("manifest", (name,), phrase("verify_changed"), phrase("verify_unchanged"))
    known = {MANIFEST, NOTICE, *(f"{table}.csv" for table in TABLES)}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if name not in known:
            yield Finding("manifest", (name,), phrase("verify_file"), phrase("verify_no_file"))


def _figures(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    tables = {}
    for name, columns in TABLES.items():
        file = folder / f"{name}.csv"
        if not file.is_file():
            continue
        tables[name] = csv_table(file)
        if missing := [column for column in columns if column not in tables[name]]:
            yield Finding("figures", (f"{name}.csv", missing[0]), phrase("verify_missing"), phrase("verify_column"))
            return
    merged = manifest.get("scenario")
    scenario = merged if isinstance(merged, dict) else {}
    for name, key in (("attainment", "target"), ("seats", "pool"), ("totals", "pool"), ("shares", "share")):
        section = scenario.get({"attainment": "targets", "totals": "seats"}.get(name, name)) or {}
        for entry in [*dict.fromkeys(tables.get(name, pd.DataFrame(columns=[key]))[key]), *section]:
            if (entry in section) != (name in tables and (tables[name][key] == entry).any()):
                yield Finding("figures", (f"{name}.csv", entry), phrase("verify_row"), phrase("verify_no_row"))
    for name, checks in _CHECKS.items():
        for row in tables[name].to_dict("records") if name in tables else ():
            for column, expected in checks:
                yield from _differs(name, row, column, expected)
    yield from _sums(tables)
    yield from _goals(tables, scenario)


def _number(row: Row, column: str) -> float | None:
    """A figure; None where it is hidden, empty, or no number."""
    try:
        return float(row[column])
    except ValueError:
        return None


def _below(least: str, held: str) -> Any:
    def short(row: Row) -> float | None:
        asked, there = _number(row, least), _number(row, held)
        return None if asked is None or there is None else max(0.0, asked - there)

    return short


def _share(row: Row) -> float | None:
    members, attained = _number(row, "members"), _number(row, "attained")
    return round(attained / members, 6) if members and attained is not None else None


_CHECKS: dict[str, tuple[tuple[str, Any], ...]] = {
    "attainment": (("shortfall", _below("required", "attained")), ("share", _share)),
    "seats": (("below_min", _below("min", "starts")),),
    "totals": (("below_min", _below("min", "starts")),),
    "shares": (("shortfall", _below("required", "of_group")),),
}
_AT_MOST = {
    "attainment": (("attained", "members"), ("already", "attained"), ("unknown", "members")),
    "seats": (("starts", "max"),),
    "totals": (("starts", "max"),),
    "shares": (("of_group", "starts"),),
}


def _differs(name: str, row: Row, column: str, expected: Any) -> Iterator[Finding]:
    where = (f"{name}.csv", next(iter(row.values())), *([row["year"]] if row.get("year") else []))
    right, told = expected(row), _number(row, column)
    hidden = row[column] == HIDDEN
    if right is not None and not hidden and (told is None or abs(told - right) > 1.01e-6):
        yield Finding("figures", (*where, column), row[column], f"{right:g}")
    for small, large in _AT_MOST[name]:
        one, other = _number(row, small), _number(row, large)
        if one is not None and other is not None and one > other and column == _CHECKS[name][0][0]:
            yield Finding("figures", (*where, small), row[small], phrase("verify_at_most", count=int(other)))


def _sums(tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """A pool's starts over the horizon, those before it included, are no fewer than those of its years."""
    if not {"seats", "totals"} <= set(tables):
        return
    seats = tables["seats"]
    for row in tables["totals"].to_dict("records"):
        years = [_number(each, "starts") or 0 for each in seats[seats["pool"] == row["pool"]].to_dict("records")]
        whole = _number(row, "starts")
        if whole is not None and sum(years) > whole:
            where = ("totals.csv", row["pool"], "starts")
            yield Finding("figures", where, row["starts"], phrase("verify_no_fewer", count=int(sum(years))))


def _goals(tables: Mapping[str, pd.DataFrame], scenario: Mapping[str, Any]) -> Iterator[Finding]:
    """The sums that goals are of tables, and what they say of their proof."""
    for row in tables["goals"].to_dict("records") if "goals" in tables else ():
        value, bound, where = _number(row, "value"), _number(row, "bound"), ("goals.csv", row["goal"])
        if row["status"] not in STATUSES:
            yield Finding(
                "figures", (*where, "status"), row["status"], phrase("verify_one_of", names=", ".join(STATUSES))
            )
        least = row["sense"] == "min"
        if value is not None and bound is not None and (bound > value if least else bound < value):
            allowed = phrase("verify_at_most" if least else "verify_no_fewer", count=int(value))
            yield Finding("figures", (*where, "bound"), row["bound"], allowed)
        right = _summed(row["goal"], tables, scenario)
        if right is not None and value is not None and abs(right - value) > 1e-6:
            yield Finding("figures", (*where, "value"), row["value"], f"{right:g}")


def _summed(goal: str, tables: Mapping[str, pd.DataFrame], scenario: Mapping[str, Any]) -> float | None:
    """What a goal that sums shortfalls must be; None where it sums something else, or a part of it is hidden."""
    weighed = {"attainment": ("targets", "target"), "shares": ("shares", "share")}
    if goal in weighed and goal in tables:
        section, key = weighed[goal]
        entries, rows = scenario.get(section) or {}, tables[goal].to_dict("records")
        weights = [float((entries.get(row[key]) or {}).get("weight", 1)) for row in rows]
        parts = [(_number(row, "shortfall"), weight) for row, weight in zip(rows, weights, strict=True)]
    elif goal == "seat_floors" and {"seats", "totals"} <= set(tables):
        rows = [*tables["seats"].to_dict("records"), *tables["totals"].to_dict("records")]
        parts = [(_number(row, "below_min"), 1.0) for row in rows]
    else:
        return None
    return None if any(part is None for part, _ in parts) else sum(weight * (part or 0) for part, weight in parts)
