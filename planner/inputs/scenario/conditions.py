"""`who`: a group's name or a condition, read from a scenario and turned into a Boolean column over the cadres.

Conditions are data: nothing is ever evaluated as code. A missing value satisfies no comparison; `not` is the plain
negation, so `not: {sex: F}` covers a cadre whose sex is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from planner.common.errors import nearest
from planner.inputs.scenario.validation import refusal
from planner.inputs.scenario.yaml_tree import Location
from planner.messages import LANGUAGES

METADATA = ("source", "title")  # allowed in every mapping of a scenario, never a column
COMBINERS = ("all", "any", "not")
Scalar = str | int | float | bool


@dataclass(frozen=True)
class GroupName:
    """The cadres of a named group."""

    name: str
    at: Location = ()


@dataclass(frozen=True)
class Compare:
    """A column compared with values (any of them) or with an inclusive range."""

    column: str
    values: tuple[Scalar, ...] = ()
    low: Scalar | None = None
    high: Scalar | None = None
    at: Location = ()


@dataclass(frozen=True)
class Combine:
    """`all`, `any` or `not` of other conditions."""

    how: str
    parts: tuple[Condition, ...]
    at: Location = ()


Condition = GroupName | Compare | Combine


def written(value: Scalar) -> str:
    """A value as a cell of the roster would hold it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


# --- reading --------------------------------------------------------------------------------------------------------


def read_condition(data: Any, at: Location = ()) -> Condition:
    """The condition that a scenario's value describes.

    Raises
    ------
    PydanticCustomError
        The value is no condition; the location inside it is named.
    """
    if isinstance(data, str):
        return GroupName(data, at)
    if not isinstance(data, Mapping):
        raise refusal("want_condition", at, found=data)
    for key in METADATA:
        if key in data:
            _check_text(data[key], (*at, key))
    parts = tuple(_read_part(key, value, (*at, key)) for key, value in data.items() if key not in METADATA)
    return parts[0] if len(parts) == 1 else Combine("all", parts, at)


def _check_text(text: Any, at: Location) -> None:
    """Refuse a title or a source that is neither text nor a text in each language."""
    if isinstance(text, Mapping):
        for key in text:
            if key not in LANGUAGES:
                raise refusal("unknown_key", (*at, key), name=key, nearest=nearest(key, LANGUAGES))
    elif not isinstance(text, str):
        raise refusal("want_localised", at, found=text)


def _read_part(key: str, value: Any, at: Location) -> Condition:
    if key == "not":
        return Combine("not", (read_condition(value, at),), at)
    if key in COMBINERS:
        if not isinstance(value, list | tuple):
            raise refusal("want_list", at, found=value)
        return Combine(key, tuple(read_condition(part, (*at, index)) for index, part in enumerate(value)), at)
    if isinstance(value, Mapping):
        return _read_range(key, value, at)
    values = tuple(value) if isinstance(value, list | tuple) else (value,)
    for each in values:
        if not isinstance(each, str | int | float | bool):
            raise refusal("want_value", at, found=each)
    return Compare(key, values, at=at)


def _read_range(column: str, value: Mapping[str, Any], at: Location) -> Compare:
    if {*value} <= {*LANGUAGES} and value:  # a title under another name
        raise refusal("unknown_key", at, name=column, nearest=nearest(column, METADATA))
    for key, bound in value.items():
        if key not in ("min", "max"):
            raise refusal("unknown_key", (*at, key), name=key, nearest=nearest(key, ["min", "max"]))
        if isinstance(bound, bool) or not isinstance(bound, str | int | float):
            raise refusal("want_number", (*at, key), found=bound)
    low, high = value.get("min"), value.get("max")
    if low is None and high is None:
        raise refusal("empty_range", at)
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        raise refusal("min_above_max", at, min=low, max=high)
    return Compare(column, low=low, high=high, at=at)


_JSON_SCHEMA = {
    "description": "a group's name, or a condition: column -> value, list of values or {min, max}; all, any, not",
    "anyOf": [{"type": "string"}, {"type": "object"}],
}
Who = Annotated[Condition, PlainValidator(read_condition), WithJsonSchema(_JSON_SCHEMA)]


def group_names(condition: Condition) -> Iterator[GroupName]:
    """The groups that a condition names."""
    match condition:
        case GroupName():
            yield condition
        case Combine(parts=parts):
            for part in parts:
                yield from group_names(part)


def groups_below(
    group: str, groups: Mapping[str, Condition | None], settled: Callable[[str], bool]
) -> Iterator[tuple[str, Condition]]:
    """A group and those that it needs, each once and after those that it names; none that is `settled` or unknown."""
    waiting, entered = [group], set[str]()
    while waiting:
        name = waiting[-1]
        condition = groups.get(name)
        if condition is None or settled(name):
            waiting.pop()
        elif name in entered:
            waiting.pop()
            yield name, condition
        else:
            entered.add(name)
            waiting += [part.name for part in group_names(condition) if part.name not in entered]


def comparisons(condition: Condition) -> Iterator[Compare]:
    """What a condition compares, not looking into groups."""
    match condition:
        case Compare():
            yield condition
        case Combine(parts=parts):
            for part in parts:
                yield from comparisons(part)


def columns_used(condition: Condition) -> Iterator[str]:
    """The columns that a condition compares, not looking into groups."""
    yield from (part.column for part in comparisons(condition))
