"""Answers as data: the same figures as in the sentences, for a program to read (`--json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.folders import write_file
from planner.plan import number


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
    return json.dumps(as_data(answer), ensure_ascii=False, indent=1)


def keep(answer: Any, run: Path, name: str) -> Path:
    """Write an answer into a run folder, where the report finds it: `answers/NAME.json`."""
    path = run / "answers" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    write_file(path, as_json(answer) + "\n")
    return path
