"""What goals.csv says of its proofs: checked for form and against the values; the proof itself is not repeated."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from planner.verification.findings import Finding, Phrase, phrase
from planner.verification.numbers import Number
from planner.verification.recomputed import Figures

STATUSES = ("optimal", "feasible", "time_limit")  # the last: what stopped the search
TOLERANCE = 1e-6  # of a bound, relative


def goal_findings(table: pd.DataFrame, recomputed: Figures) -> Iterator[Finding]:
    """The words and numbers of `status`, `bound` and `seconds` that cannot be."""
    if "goal" not in table:
        return
    for row in table.to_dict("records"):
        goal = str(row["goal"])
        if goal not in recomputed.ranked:
            continue
        for column, found, allowed in _wrong(row, recomputed.goals[goal], recomputed.ranked[goal]):
            place = phrase("verify_in_file", file="goals.csv", place=(goal, column))
            yield Finding("figures", (place,), found, allowed)


def _wrong(row: dict[Any, Any], value: Number, sense: str) -> Iterator[tuple[str, object, object]]:
    """Column, found and allowed of what is wrong with one goal."""
    if "status" in row and row["status"] not in STATUSES:
        yield "status", _shown(row["status"]), phrase("verify_one_of", names=STATUSES)
    if "seconds" in row and ((seconds := number(row["seconds"])) is None or seconds < 0):
        yield "seconds", _shown(row["seconds"]), phrase("verify_seconds")
    if "bound" in row and (allowed := _bound_fault(row, float(value), sense)):
        yield "bound", _shown(row["bound"]), allowed


def _bound_fault(row: dict[Any, Any], value: float, sense: str) -> Phrase | None:
    """What a bound may be, where it is not: a number or empty; the value itself if the goal is optimal.

    That the scenario lets a goal rest within a gap makes no proof of what lies within it: such a goal is `feasible`.
    """
    optimal, bound = row.get("status") == "optimal", number(row["bound"])
    if bound is not None:
        return _impossible(bound, value, sense, optimal=optimal)
    if optimal:
        return phrase("verify_number")
    return None if _empty(row["bound"]) else phrase("verify_number_or_empty")


def _impossible(bound: float, value: float, sense: str, *, optimal: bool) -> Phrase | None:
    """What a bound may be at most or at least, where it is not: surpassed by the value or apart from an optimal one."""
    tolerance = 0.0 if optimal else TOLERANCE * max(1.0, abs(bound), abs(value))
    better = value - bound if sense == "min" else bound - value  # by how much the bound promises more
    too_low, too_high = (
        ("verify_no_fewer", "verify_at_most") if sense == "min" else ("verify_at_most", "verify_no_fewer")
    )
    if better < -tolerance:
        return phrase(too_high, count=value)
    return phrase(too_low, count=value) if optimal and better > 0 else None


def number(cell: Any) -> float | None:
    """A cell as a finite number, None where it is none."""
    try:
        read = float(cell)
    except (TypeError, ValueError):
        return None
    return read if math.isfinite(read) else None


def _empty(cell: Any) -> bool:
    return bool(pd.isna(cell)) or cell == ""


def _shown(cell: Any) -> object:
    return phrase("verify_empty") if _empty(cell) else str(cell)
