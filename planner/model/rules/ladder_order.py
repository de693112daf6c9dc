"""On one ladder programmes follow one another."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder, Terms
from planner.model.rules.rule import Rule


def ladder_order(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """On one ladder each programme starts after the last has ended, leads higher, and its `from` is held by then."""
    frame = options.frame.assign(option=np.arange(len(options)))
    for ladder in problem.scenario.ladders:
        steps = _Steps.of(frame[(frame["ladder"] == ladder).to_numpy()])
        terms: Terms = {"cadre": steps.cadre, "ladder": ladder, "level": steps.high, "option": steps.option}
        builder.at_most("ladder_order", terms, ["cadre", "ladder", "level"], 1)
        for level in np.unique(steps.high):
            _only_after_from(builder, problem, steps, (ladder, int(level)), options.held[ladder].to_numpy())
        for low, high in combinations(np.unique(steps.high), 2):
            _lower_level_first(builder, problem, steps, (ladder, int(low), int(high)))


@dataclass(frozen=True)
class _Steps:
    """Starts on one ladder: a row each of the options, as arrays."""

    cadre: np.ndarray
    start: np.ndarray
    finish: np.ndarray
    low: np.ndarray
    high: np.ndarray
    option: np.ndarray

    @staticmethod
    def of(frame: pd.DataFrame) -> _Steps:
        return _Steps(*(frame[each.name].to_numpy() for each in fields(_Steps)))

    def __getitem__(self, own: np.ndarray) -> _Steps:
        return _Steps(*(getattr(self, each.name)[own] for each in fields(self)))


def _lower_level_first(builder: ModelBuilder, problem: Problem, steps: _Steps, at: tuple[str, int, int]) -> None:
    """Of the starts to `low` that still run in a year and those to `high` begun by that year, one at most."""
    ladder, low, high = at
    both = np.intersect1d(steps.cadre[steps.high == low], steps.cadre[steps.high == high])
    own = steps[np.isin(steps.cadre, both) & np.isin(steps.high, [low, high])]
    for year in problem.years:
        clashing = np.where(own.high == low, own.finish >= year, own.start <= year)
        key: dict[str, Any] = {"cadre": own.cadre[clashing], "ladder": ladder, "level": high, "year": int(year)}
        builder.at_most("ladder_order", {**key, "option": own.option[clashing]}, list(key), 1)


def _only_after_from(
    builder: ModelBuilder, problem: Problem, steps: _Steps, at: tuple[str, int], held: np.ndarray
) -> None:
    """The starts to `level` that ask for more than is held are no more than the starts that led there before.

    Summed over all years up to each: at most one start leads to `level`, so the sum is as true as its parts, and
    stronger in the LP relaxation.
    """
    ladder, level = at
    to_level = steps[(steps.high == level) & (steps.low > held[steps.cadre])]
    for low in np.unique(to_level.low):
        asking = to_level[to_level.low >= low]
        leading = steps[(steps.high >= low) & (steps.high < level) & np.isin(steps.cadre, asking.cadre)]
        for year in problem.years:
            begun, ended = asking[asking.start <= year], leading[leading.finish < year]
            cadre = np.concatenate([begun.cadre, ended.cadre])
            key: dict[str, Any] = {
                "cadre": cadre,
                "ladder": ladder,
                "level": level,
                "from_level": int(low),
                "year": int(year),
            }
            signs = np.repeat([1.0, -1.0], [len(begun.cadre), len(ended.cadre)])
            terms: Terms = {**key, "option": np.concatenate([begun.option, ended.option]), "coefficient": signs}
            builder.at_most("ladder_order", terms, list(key), 0)


def _statement(key: Key) -> Key | None:
    """One statement about everybody; the rows of a cadre, a ladder and a level alone say that no level counts twice."""
    return None if len(key) == len(ONCE) else ()


ONCE = ("cadre", "ladder", "level")
LADDER_ORDER = Rule("ladder_order", ladder_order, _statement)
