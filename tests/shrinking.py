"""A failing case made as small as it can be while it still fails: delta debugging over rows, keys and lists.

References
----------
Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE Transactions on Software Engineering
28(2), 2002.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from whole_case import Case

Path_ = tuple[Any, ...]
PLAIN = ({"goals": ["attainment"]}, {"goals": ["lot"]})
NEEDED = {("roster", "cadre"), ("roster", "agency")}


def shrunk(case: Case, fails: Callable[[Case], bool], tries: int = 2000) -> Case:
    """The smallest case that still fails and that taking away one more row, entry or key would mend.

    `tries` is how many smaller cases are asked about at most.
    """
    asked = 0
    smaller = True
    while smaller:
        smaller = False
        for fewer in _fewer(case):
            if asked >= tries:
                return case
            if fewer.size >= case.size:
                continue
            asked += 1
            if fails(fewer):
                case, smaller = fewer, True
                break
    return case


def _fewer(case: Case) -> Iterator[Case]:
    """Smaller cases: first the large steps, half a table or a whole section, last a single value."""
    yield from _fewer_rows(case)
    yield from _fewer_tables(case)
    for at in sorted(_paths(case.scenario), key=len):
        smaller = case.copy()
        tree: Any = smaller.scenario
        for step in at[:-1]:
            tree = tree[step]
        name = at[-1]
        del tree[name]
        yield smaller
        if isinstance(name, str) and len(at) == 2:  # what names it goes with it
            yield Case(_without(smaller.scenario, name), _rows_without(smaller, name))
    yield from _fewer_columns(case)


def _fewer_rows(case: Case) -> Iterator[Case]:
    for key, rows in case.tables.items():
        part = len(rows)
        while part >= 1:
            for first in range(0, len(rows), part):
                left = rows[:first] + rows[first + part :]
                if left:
                    yield Case(case.scenario, {**case.tables, key: left})
                    gone = {row.get("cadre") for row in rows} - {row.get("cadre") for row in left}
                    if key == "roster":
                        yield _without_cadres(case, left, gone)
            part //= 2


def _without_cadres(case: Case, left: Any, gone: set[Any]) -> Case:
    """Without some cadres, wherever they are named."""
    tree, tables = case.scenario, {**case.tables, "roster": left}
    for name in gone:
        tree = _without(tree, name)
    return Case(tree, {key: [row for row in rows if row.get("cadre") not in gone] for key, rows in tables.items()})


def _fewer_tables(case: Case) -> Iterator[Case]:
    for key in case.tables:
        if key != "roster":
            yield Case(case.scenario, {name: rows for name, rows in case.tables.items() if name != key})


def _fewer_columns(case: Case) -> Iterator[Case]:
    for key, rows in case.tables.items():
        for column in rows[0] if rows else ():
            if (key, column) not in NEEDED:
                less = [{name: cell for name, cell in row.items() if name != column} for row in rows]
                yield Case(case.scenario, {**case.tables, key: less})


def _paths(tree: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Every place of a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield (*at, key)
        yield from _paths(value, (*at, key))


def _without(tree: Any, name: str) -> Any:
    """A tree without a name: as a key, in lists, and entries that are about it alone."""
    if isinstance(tree, dict):
        kept = {key: value for key, value in tree.items() if key != name}
        inside = {key: _without(value, name) for key, value in kept.items() if value != name}
        return {key: value for key, value in inside.items() if value not in ([], {}) or kept[key] == value}
    if isinstance(tree, list):
        return [_without(value, name) for value in tree if value != name and not _is_about(value, name)]
    return tree


def _is_about(value: Any, name: str) -> bool:
    return isinstance(value, dict) and name in [each for each in value.values() if isinstance(each, str)]


def _rows_without(case: Case, name: str) -> dict[str, Any]:
    """The tables without a name: rows about it, and its place among those of a cell."""
    tables = {}
    for key, rows in case.tables.items():
        kept = [row for row in rows if row.get("programme") != name]
        tables[key] = [_row_without(row, name) for row in kept] or rows[:1]
    return tables


def _row_without(row: dict[str, str], name: str) -> dict[str, str]:
    if name in row.get("studying", "").split():
        row = row | {"studying": "", "studying_until": ""}
    lists = {key: row[key] for key in ("pools", "shares", "of_group") if key in row}
    return row | {key: " ".join(one for one in cell.split() if one != name) for key, cell in lists.items()}
