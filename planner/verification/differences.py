"""The figures that a run folder states, beside those that follow from its assignments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from planner.messages import say
from planner.verification.findings import Finding, findings_table, place
from planner.verification.recomputed import Figures

KEYS = {
    "assignments": ("cadre", "programme", "start"),
    "attainment": ("target",),
    "seats": ("pool", "year"),
    "absence": ("agency", "year"),
    "goals": ("goal",),
}
TEXT = {"cadre", "agency", "programme", "mode", "target", "pool", "goal", "sense"}  # "007" is not 7 there
SENSES = {"priority": "max"}  # every other goal is minimised
TOLERANCE = 1e-9  # of a number written as a decimal, relative
SHARE_TOLERANCE = 1.01e-6  # a share is rounded to 6 digits, and a tie may go either way

Key = tuple[Any, ...]


def differences(written: Mapping[str, Any] | Figures, recomputed: Figures) -> pd.DataFrame:
    """What a run folder says that does not follow from its assignments.

    Parameters
    ----------
    written
        assignments, attainment, seats, absence and goals, as tables with the columns of the contract's section 7,
        text or numbers; or figures.

    Returns
    -------
    pd.DataFrame
        rule (`figures`), where (file, row, column), found (as written), allowed (as re-derived).
    """
    findings: list[Finding] = []
    for name, keys in KEYS.items():
        table = _written(written, name)
        derived = _goals_table(recomputed, table) if name == "goals" else getattr(recomputed, name)
        if table is None:
            findings.append(_finding(f"{name}.csv", say("verify_missing"), say("verify_table")))
        else:
            findings += _compare(name, keys, table, derived)
            findings += _bounds(table, derived) if name == "goals" else ()
    return findings_table(findings)


def _written(written: Mapping[str, Any] | Figures, name: str) -> pd.DataFrame | None:
    table = written.get(name) if isinstance(written, Mapping) else getattr(written, name, None)
    if isinstance(table, dict):
        table = pd.DataFrame({"goal": list(table), "value": list(table.values())}, dtype=object)
        table["sense"] = [SENSES.get(goal, "min") for goal in table["goal"]]
    return table


def _goals_table(recomputed: Figures, table: pd.DataFrame | None) -> pd.DataFrame:
    """The goals that the scenario ranks, and whichever others are written."""
    told = [] if table is None or "goal" not in table else list(table["goal"])
    names = dict.fromkeys([*recomputed.ranked, *(goal for goal in told if goal in recomputed.goals)])
    rows = [(goal, SENSES.get(goal, "min"), recomputed.goals[goal]) for goal in names]
    return pd.DataFrame(rows, columns=["goal", "sense", "value"], dtype=object)


def _finding(where: str, found: object, allowed: object) -> Finding:
    return Finding("figures", where, str(found), str(allowed))


def _compare(name: str, keys: Sequence[str], table: pd.DataFrame, derived: pd.DataFrame) -> Iterator[Finding]:
    every = [str(column) for column in derived]
    missing = [column for column in every if column not in table]
    for column in missing:
        yield _finding(f"{name}.csv: {column}", say("verify_missing"), say("verify_column"))
    if set(missing) & set(keys):
        return
    columns = [column for column in every if column not in missing and column not in keys]
    told, right = _rows(table, keys, columns), _rows(derived, keys, columns)
    for key in _twice(table, keys):
        yield _finding(f"{name}.csv: {place(*key)}", say("verify_twice"), say("verify_once"))
    for key in [*right, *(key for key in told if key not in right)]:
        where = f"{name}.csv: {place(*key)}"
        if key not in told or key not in right:
            texts = (say("verify_missing"), say("verify_row"), say("verify_no_row"))
            yield _finding(where, *texts[:2]) if key in right else _finding(where, *texts[1:])
            continue
        for column, one, other in zip(columns, told[key], right[key], strict=True):
            if not _same(column, one, other):
                yield _finding(f"{where}, {column}", _shown(one), _shown(other))
    if name == "assignments" and told.keys() == right.keys() and list(told) != list(right):
        yield _finding(f"{name}.csv", say("verify_other_order"), say("verify_order"))


def _rows(table: pd.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> dict[Key, Key]:
    """Key -> the row's cells; the first row of a key."""
    cells = [[_cell(name, value) for value in table[name].to_numpy(dtype=object)] for name in (*keys, *columns)]
    rows: dict[Key, Key] = {}
    for row in zip(*cells, strict=True):
        rows.setdefault(row[: len(keys)], row[len(keys) :])
    return rows


def _twice(table: pd.DataFrame, keys: Sequence[str]) -> list[Key]:
    cells = pd.DataFrame({name: [_cell(name, value) for value in table[name]] for name in keys}, dtype=object)
    return list(cells[cells.duplicated()].drop_duplicates().itertuples(index=False, name=None))


def _cell(column: str, value: Any) -> Any:
    """A cell as text or as a number; None where it is empty. What is no number stays text and so differs from one."""
    if pd.isna(value) or value == "":
        return None
    if column in TEXT:
        return str(value).strip()
    try:
        number = float(value)
    except ValueError:
        return str(value)
    return int(number) if number.is_integer() else number


def _same(column: str, one: Any, other: Any) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    if not numbers:
        return bool(one == other)
    allowed = SHARE_TOLERANCE if column == "share" else TOLERANCE * max(1.0, abs(other))
    return bool(abs(one - other) <= allowed)


def _shown(cell: Any) -> str:
    return say("verify_empty") if cell is None else str(cell)


def _bounds(table: pd.DataFrame, derived: pd.DataFrame) -> Iterator[Finding]:
    """A bound that is said to be proven, and that the plan itself surpasses."""
    if not {"goal", "bound"} <= set(table):
        return
    bounds = {goal: _cell("bound", bound) for goal, bound in zip(table["goal"], table["bound"], strict=True)}
    for goal, sense, value in derived.itertuples(index=False):
        bound = bounds.get(goal)
        if not isinstance(bound, int | float):
            continue
        beyond = float(bound - value) if sense == "min" else float(value - bound)
        if beyond > 1e-6 * max(1.0, abs(bound)):
            allowed = say("verify_at_most" if sense == "min" else "verify_no_fewer", count=float(value))
            yield _finding(f"goals.csv: {goal}, bound", bound, allowed)
