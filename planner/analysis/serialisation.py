"""Answers as data: the same figures as in the sentences, for a program to read (`--json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
import pandas as pd

from planner.messages import visible_json
from planner.plans.tables import number


def as_data(answer: Any) -> Any:
    """An answer in the types of JSON: numbers whole where they are, tables as lists of rows, limits by rule and key."""
    if is_dataclass(answer) and not isinstance(answer, type):
        names = [field.name for field in fields(answer)] + [
            name for name, value in vars(type(answer)).items() if isinstance(value, property)
        ]
        return {name: as_data(getattr(answer, name)) for name in names}
    if isinstance(answer, pd.DataFrame):
        return [as_data(row) for row in answer.to_dict("records")]
    if isinstance(answer, Mapping):
        return _mapping(answer)
    if isinstance(answer, list | tuple | set):
        return [as_data(value) for value in answer]
    plain = answer.item() if isinstance(answer, np.generic) else answer
    return number(plain) if isinstance(plain, Fraction | float) else plain


def _mapping(answer: Mapping[Any, Any]) -> Any:
    if any(isinstance(key, tuple) for key in answer):  # limits
        return [{"rule": key[0], "key": as_data(key[1]), "by": as_data(by)} for key, by in answer.items()]
    return {str(key): as_data(value) for key, value in answer.items()}


def as_json(answer: Any) -> str:
    """An answer as JSON text."""
    return visible_json(json.dumps(as_data(answer), ensure_ascii=False, indent=1))


def from_data(kind: Any, data: Any) -> Any:
    """What `as_data` made of an answer of a kind, as that again; a table without rows has no columns either.

    Raises
    ------
    ValueError, TypeError, KeyError
        The data is not of that kind.
    """
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):  # of None and one kind, or of kinds that JSON tells apart
        others = [each for each in inside if each is not NoneType]
        one = others[0] if len(others) == 1 else next((each for each in others if _looks_like(each, data)), NoneType)
        return None if data is None and NoneType in inside else from_data(one, data)
    if origin is tuple:
        kinds = [inside[0]] * len(data) if inside[1:] == (...,) else inside
        return tuple(from_data(each, value) for each, value in zip(kinds, data, strict=True))
    if origin is dict:
        return {inside[0](key): from_data(inside[1], value) for key, value in data.items()}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        make: Any = kind
        return make(**{field.name: from_data(hints[field.name], data[field.name]) for field in fields(kind)})
    return _plain(kind, data)


def _looks_like(kind: Any, data: Any) -> bool:
    """Whether data may be of a kind: it has every field of an answer, or is of a plain type, a mapping among them."""
    if is_dataclass(kind):
        return isinstance(data, dict) and {field.name for field in fields(kind)} <= set(data)
    plain = get_origin(kind) or kind
    return isinstance(plain, type) and isinstance(data, plain)


def _plain(kind: Any, data: Any) -> Any:
    """A table, a number or a text."""
    if kind is pd.DataFrame:
        return pd.DataFrame(data)
    if kind is Fraction:
        return Fraction(str(data))
    if not isinstance(data, (int, float) if kind is float else kind):
        raise TypeError(data)
    return data
