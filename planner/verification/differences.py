"""The tables that a run folder holds, beside those that follow from its assignments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from planner.verification.findings import Finding, findings_table, phrase
from planner.verification.proofs import goal_findings
from planner.verification.recomputed import TABLES, Figures

GOAL_TEXT = frozenset({"goal", "sense", "status"})
PROVEN = ("bound", "status", "seconds")  # of goals.csv: no derivation gives them; `proofs` checks their form
ORDERS = {"assignments": "verify_order", "goals": "verify_ranking"}  # what is said of another order of the rows
TOLERANCE = 1e-9  # of a number written as a decimal, relative
SHARE_TOLERANCE = 1.01e-6  # a share is rounded to 6 digits, and a tie may go either way

Key = tuple[Any, ...]


def figure_findings(written: Mapping[str, pd.DataFrame], recomputed: Figures) -> list[Finding]:
    """What the tables of a run folder say that does not follow from its assignments.

    Parameters
    ----------
    written
        assignments, attainment, seats, totals, shares, absence and goals, with the columns of the contract's section
        7, text or numbers.

    Returns
    -------
    list of Finding
        Under the rule `figures`: where (file, row, column), found (as written), allowed (as re-derived). A table or
        column that is missing, or that nothing derives, is one, too.
    """
    findings: list[Finding] = []
    for name, table in TABLES.items():
        findings += _table_findings(name, written.get(name), getattr(recomputed, name), table.keys, table.text)
    derived, goals = _goals_table(recomputed), written.get("goals")
    findings += _table_findings("goals", goals, derived, ("goal",), GOAL_TEXT, PROVEN)
    if goals is not None:
        findings += goal_findings(goals, recomputed)
    return findings


def differences(written: Mapping[str, pd.DataFrame], recomputed: Figures) -> pd.DataFrame:
    """`figure_findings` as a table in the language spoken now: rule, where, found, allowed (text)."""
    return findings_table(figure_findings(written, recomputed))


def _goals_table(recomputed: Figures) -> pd.DataFrame:
    """The goals that the scenario ranks: goal, sense, value."""
    rows = [(goal, sense, recomputed.goals[goal]) for goal, sense in recomputed.ranked.items()]
    return pd.DataFrame(rows, columns=["goal", "sense", "value"], dtype=object)


def _cell_finding(where: tuple[object, ...], found: object, allowed: object) -> Finding:
    file, *inside = where
    at = phrase("verify_in_file", file=f"{file}.csv", place=tuple(inside)) if inside else f"{file}.csv"
    return Finding("figures", (at,), found, allowed)


def _table_findings(
    name: str,
    table: pd.DataFrame | None,
    derived: pd.DataFrame,
    keys: tuple[str, ...],
    text: frozenset[str],
    proven: tuple[str, ...] = (),
) -> Iterator[Finding]:
    if table is None:
        yield _cell_finding((name,), phrase("verify_missing"), phrase("verify_table"))
        return
    every = [str(column) for column in derived]
    for column in (each for each in (*every, *proven) if each not in table):
        yield _cell_finding((name, column), phrase("verify_missing"), phrase("verify_column"))
    for column in (str(each) for each in table if each not in {*every, *proven}):
        yield _cell_finding((name, column), phrase("verify_column"), phrase("verify_no_column"))
    if set(keys) <= set(table):
        columns = [column for column in every if column in table and column not in keys]
        told, right = _rows(table, keys, columns, text), _rows(derived, keys, columns, text)
        yield from _row_findings(name, told, right, columns)
        if name in ORDERS and set(told) == set(right) and list(told) != list(right):
            yield _cell_finding((name,), phrase("verify_other_order"), phrase(ORDERS[name]))


Rows = dict[Key, list[Key]]


def _row_findings(name: str, told: Rows, right: Rows, columns: list[str]) -> Iterator[Finding]:
    """Rows that are missing, there in vain or twice, and cells that differ."""
    for key in (key for key, rows in told.items() if len(rows) > 1):
        yield _cell_finding((name, *_shown_key(key)), phrase("verify_twice"), phrase("verify_once"))
    for key in [*right, *(key for key in told if key not in right)]:
        where = (name, *_shown_key(key))
        if key not in told:
            yield _cell_finding(where, phrase("verify_missing"), phrase("verify_row"))
        elif key not in right:
            yield _cell_finding(where, phrase("verify_row"), phrase("verify_no_row"))
        else:
            for column, one, other in zip(columns, told[key][0], right[key][0], strict=True):
                if not _same(column, one, other):
                    yield _cell_finding((*where, column), _shown(one), _shown(other))


def _rows(table: pd.DataFrame, keys: tuple[str, ...], columns: list[str], text: frozenset[str]) -> Rows:
    """Key -> the cells of its rows."""
    cells = [
        [cell(value, text=name in text) for value in table[name].to_numpy(dtype=object)] for name in (*keys, *columns)
    ]
    rows: Rows = {}
    for row in zip(*cells, strict=True):
        rows.setdefault(row[: len(keys)], []).append(row[len(keys) :])
    return rows


def cell(value: Any, *, text: bool = False) -> Any:
    """A cell as text or as a number; None where it is empty. What is no number stays text and so differs from one."""
    if pd.isna(value) or value == "":
        return None
    if text:
        return str(value)
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


def _shown(value: Any) -> object:
    """A cell as it is written, no number of it rounded or grouped."""
    return phrase("verify_empty") if value is None else str(value)


def _shown_key(key: Key) -> Iterator[object]:
    return (_shown(each) for each in key)
