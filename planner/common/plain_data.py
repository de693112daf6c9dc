"""Values as bytes that hold data alone: what another machine answers is read without running anything of it.

A pickle may call any function of whoever reads it. Here numbers, texts, lists, arrays and tables are written as JSON,
and of planner's own records their names and fields; whatever else is found is refused.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

PLAIN = (bool, int, float, str, type(None))
PACKAGE = __name__.partition(".")[0]


class NotDataError(ValueError):
    """A value that is no data, or bytes that hold none."""


def packed(value: Any) -> bytes:
    """A value as bytes.

    Raises
    ------
    NotDataError
        It holds something else than numbers, texts, collections, arrays, tables, paths and planner's records.
    """
    return json.dumps(_written(value), separators=(",", ":")).encode()


def unpacked(content: bytes) -> Any:
    """The value that `packed` made bytes of.

    Raises
    ------
    NotDataError
        The bytes are no such value.
    """
    if not isinstance(content, bytes | bytearray | memoryview):
        raise NotDataError(type(content).__name__)
    try:
        return _read(json.loads(bytes(content)))
    except NotDataError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError) as error:
        raise NotDataError(type(error).__name__) from None


# --- writing --------------------------------------------------------------------------------------------------------


def _written(value: Any) -> Any:
    if type(value) in PLAIN:
        return value
    if isinstance(value, str):  # such as the name of a goal
        return str(value)
    for kind, name, write in _WRITERS:
        if type(value) is kind:
            return {name: write(value)}
    if isinstance(value, np.generic):
        return {"scalar": _array(np.asarray(value))}
    if isinstance(value, Path):
        return {"path": str(value)}
    if is_dataclass(value) and type(value).__module__.startswith(f"{PACKAGE}."):
        named = {field.name: _written(getattr(value, field.name)) for field in fields(value)}
        return {"record": [type(value).__module__, type(value).__qualname__, named]}
    raise NotDataError(type(value).__name__)


def _array(array: np.ndarray) -> str:
    if array.dtype.hasobject:
        raise NotDataError("array of objects")
    target = io.BytesIO()
    np.save(target, array, allow_pickle=False)
    return base64.b64encode(target.getvalue()).decode()


def _table(table: pd.DataFrame) -> list[Any]:
    if not table.index.equals(pd.RangeIndex(len(table))):
        raise NotDataError("table with an index")
    columns = [
        [str(name), str(table.dtypes.iloc[place]), _cells(table.iloc[:, place])] for place, name in _names(table)
    ]
    return [len(table), columns]


def _names(table: pd.DataFrame) -> enumerate[Any]:
    return enumerate(table.columns)


def _cells(column: pd.Series) -> Any:
    if isinstance(column.dtype, np.dtype) and not column.dtype.hasobject:
        return {"array": _array(column.to_numpy())}
    missing = column.isna().tolist()
    return [None if gone else _written(cell) for cell, gone in zip(column.tolist(), missing, strict=True)]


_WRITERS: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (
    (list, "list", lambda value: [_written(each) for each in value]),
    (tuple, "tuple", lambda value: [_written(each) for each in value]),
    (set, "set", lambda value: [_written(each) for each in value]),
    (frozenset, "frozenset", lambda value: [_written(each) for each in value]),
    (dict, "dict", lambda value: [[_written(key), _written(each)] for key, each in value.items()]),
    (Fraction, "fraction", lambda value: [value.numerator, value.denominator]),
    (bytes, "bytes", lambda value: base64.b64encode(value).decode()),
    (np.ndarray, "array", _array),
    (pd.DataFrame, "table", _table),
)


# --- reading --------------------------------------------------------------------------------------------------------


def _read(said: Any) -> Any:
    if type(said) in PLAIN:
        return said
    ((name, content),) = said.items()
    return _READERS[name](content)


def _read_array(content: str) -> np.ndarray:
    return np.load(io.BytesIO(base64.b64decode(content, validate=True)), allow_pickle=False)


def _read_table(content: list[Any]) -> pd.DataFrame:
    number, columns = content
    table = {name: pd.Series(_read_cells(cells), dtype=kind) for name, kind, cells in columns}
    if any(len(column) != number for column in table.values()):
        raise NotDataError("table")
    return pd.DataFrame(table, index=pd.RangeIndex(number))


def _read_cells(cells: Any) -> Any:
    return _read(cells) if isinstance(cells, dict) else [_read(cell) for cell in cells]


def _read_record(content: list[Any]) -> Any:
    module, name, named = content
    kind = vars(sys.modules[module]).get(name) if module.startswith(f"{PACKAGE}.") else None
    if not (isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module):
        raise NotDataError(f"{module}.{name}")
    if {field.name for field in fields(kind)} != set(named) or not all(field.init for field in fields(kind)):
        raise NotDataError(name)
    return kind(**{key: _read(value) for key, value in named.items()})


_READERS: dict[str, Callable[[Any], Any]] = {
    "list": lambda content: [_read(each) for each in content],
    "tuple": lambda content: tuple(_read(each) for each in content),
    "set": lambda content: {_read(each) for each in content},
    "frozenset": lambda content: frozenset(_read(each) for each in content),
    "dict": lambda content: {_read(key): _read(each) for key, each in content},
    "fraction": lambda content: Fraction(*content),
    "bytes": lambda content: base64.b64decode(content, validate=True),
    "array": _read_array,
    "scalar": lambda content: _read_array(content)[()],
    "path": Path,
    "table": _read_table,
    "record": _read_record,
}
