"""Conditions as rows of the sheet of groups: a comparison each, joined by "and"; blocks of them joined by "or".

Whatever rows cannot say stays text in YAML's flow style, which is read as the same data; nothing is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from planner.inputs.scenario.conditions import METADATA
from planner.inputs.scenario.workbook.cells import BETWEEN, same, text_of
from planner.inputs.scenario.workbook.words import GROUP_COLUMN
from planner.inputs.scenario.yaml_reader import scalar
from planner.inputs.scenario.yaml_tree import Node

_SEVERAL = re.compile(r"[;\n]")


@dataclass(frozen=True)
class Comparison:
    """A row: a column (or `GROUP_COLUMN`), how it is compared (is, in, min, max), with what; `unless` is "not".

    `value` is a cell's content; `node` is where it stands, once it is read.
    """

    column: str
    relation: str
    value: Any
    block: int | None = None
    unless: bool = False
    node: Node | None = None


# --- reading --------------------------------------------------------------------------------------------------------


def condition_of(rows: Iterable[Comparison], ladders: Collection[str] = ()) -> Any:
    """The condition that rows say, as a scenario writes it; its leaves are nodes where the rows know theirs."""
    blocks: dict[int | None, list[Comparison]] = {}
    for row in rows:
        blocks.setdefault(row.block, []).append(row)
    conditions = [_all_of(block, ladders) for block in blocks.values()]
    return conditions[0] if len(conditions) == 1 else {"any": conditions}


def _all_of(rows: list[Comparison], ladders: Collection[str]) -> Any:
    """Rows joined by "and": one mapping if each speaks of a column of its own, else the list `all`."""
    parts: list[tuple[Comparison, Any]] = []
    for row in rows:
        value = _compared(row, ladders)
        last = parts[-1] if parts else None
        if last and _goes_on(last[0], row) and not same(_bare(last[1]), _bare(value)):
            both = _joined(last[1], value)
            if both is not None:
                parts[-1] = (row, both)
                continue
        parts.append((row, value))
    columns = [row.column for row, _ in parts]
    simple = GROUP_COLUMN not in columns and not any(row.unless for row, _ in parts)
    if simple and len(set(columns)) == len(columns):
        return {row.column: value for row, value in parts}
    said = [_negated(row, value if row.column == GROUP_COLUMN else {row.column: value}) for row, value in parts]
    return said[0] if len(said) == 1 else {"all": said}


def _goes_on(before: Comparison, row: Comparison) -> bool:
    """Whether a row adds to the one before it: a further value, or the other end of a range."""
    if before.column != row.column or before.column == GROUP_COLUMN or before.unless != row.unless:
        return False
    ends = {"min", "max"}
    return row.relation == before.relation == "in" or {before.relation, row.relation} == ends


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, list) and isinstance(other, list):
        return [*one, *other]
    if isinstance(one, dict) and isinstance(other, dict) and not set(one) & set(other):
        return one | other
    return None


def _names(text: str) -> list[str]:
    """The names of a list, with semicolons or in lines."""
    return [name for each in _SEVERAL.split(text) if (name := text_of(each))]


def _negated(row: Comparison, said: Any) -> Any:
    return {"not": said} if row.unless else said


def _compared(row: Comparison, ladders: Collection[str]) -> Any:
    """What a column is compared with: a value, a list, or a range; of a group its name."""

    def leaf(value: Any) -> Any:
        return value if row.node is None else replace(row.node, value=value, text=str(value))

    if row.column == GROUP_COLUMN:
        names = _names(row.value) if row.relation == "in" and isinstance(row.value, str) else [row.value]
        return {"any": [leaf(name) for name in names]} if len(names) > 1 else leaf(text_of(row.value))
    if row.relation == "in":
        texts = _names(row.value) if isinstance(row.value, str) else [row.value]
        return [leaf(_scalar(text, row.column, ladders)) for text in texts]
    if row.relation == "is" and isinstance(row.value, str) and len(_names(row.value)) > 1:
        return _compared(replace(row, relation="in"), ladders)
    value = leaf(_scalar(row.value, row.column, ladders))
    return value if row.relation == "is" else {row.relation: value}


def _scalar(raw: Any, column: str, ladders: Collection[str]) -> Any:
    """A value of a condition: a number, yes or no, or text; on a ladder "không" is a level."""
    if isinstance(raw, bool) or (isinstance(raw, int | float) and not float(raw).is_integer()):
        return raw
    text = text_of(raw)
    if text.casefold() in ("có", "không") and column not in ladders:
        return text.casefold() == "có"
    if re.fullmatch(r"[-+]?\d+,\d+", text):  # a decimal comma
        text = text.replace(",", ".")
    return text if (value := scalar(text)) is None else value


def _bare(value: Any) -> Any:
    """A condition without its places."""
    match value:
        case Node():
            return value.plain()
        case Mapping():
            return {key: _bare(inside) for key, inside in value.items()}
        case list():
            return [_bare(item) for item in value]
    return value


# --- writing --------------------------------------------------------------------------------------------------------


def rows_of(condition: Any, ladders: Collection[str] = ()) -> list[Comparison] | None:
    """The rows that say a condition, without what its entry says besides; None where rows cannot say it."""
    bare = without_metadata(condition)
    branches = bare["any"] if isinstance(bare, dict) and list(bare) == ["any"] else [bare]
    if not isinstance(branches, list):
        return None
    rows: list[Comparison] = []
    for number, branch in enumerate(branches, 1):
        block = None if len(branches) == 1 else number
        found = _rows_of_all(branch)
        if not found:
            return None
        rows += [replace(row, block=block) for row in found]
    return rows if rows and same(condition_of(rows, ladders), bare) else None


def without_metadata(condition: Any) -> Any:
    """A condition without its source and title."""
    if not isinstance(condition, dict):
        return condition
    return {key: value for key, value in condition.items() if key not in METADATA}


def _rows_of_all(condition: Any) -> list[Comparison] | None:
    parts = condition["all"] if isinstance(condition, dict) and list(condition) == ["all"] else [condition]
    rows: list[Comparison] = []
    for part in parts if isinstance(parts, list) else ():
        unless = isinstance(part, dict) and list(part) == ["not"]
        found = _comparisons(part["not"] if unless else part)
        if found is None or (unless and len(found) > 1 and found[0].column != found[-1].column):
            return None
        rows += [replace(row, unless=unless) for row in found]
    return rows


def _comparisons(part: Any) -> list[Comparison] | None:
    if isinstance(part, str):
        return [Comparison(GROUP_COLUMN, "is", part)]
    if not isinstance(part, dict):
        return None
    rows: list[Comparison] = []
    for column, value in part.items():
        match value:
            case dict():
                rows += [Comparison(column, end, bound) for end, bound in value.items()]
            case list() if value and all(isinstance(each, str | int | float) for each in value):
                rows.append(Comparison(column, "in", BETWEEN.join(map(text_of, value))))
            case str() | int() | float():
                rows.append(Comparison(column, "is", value))
            case _:
                return None
    return rows
