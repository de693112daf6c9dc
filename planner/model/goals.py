"""The goals: each is a column of coefficients, one for every column of the tables.

Names are those of the contract, section 6. A coefficient may be any decimal of the scenario; the model scales it to
whole numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from planner.model.rows import ModelTables

SENSES = {
    "attainment": "min",
    "seat_floors": "min",
    "priority": "max",
    "early": "min",
    "cost": "min",
    "lot": "min",
    "changes": "min",
}


def attainment(tables: ModelTables) -> np.ndarray:
    """The sum over targets of weight x shortfall."""
    targets = tables.options.problem.scenario.targets
    return _beside(tables, "shortfall", lambda key: targets[str(key[0])].weight)


def seat_floors(tables: ModelTables) -> np.ndarray:
    """The sum over pools and years of the starts below `min`."""
    return _beside(tables, "below_min", lambda key: 1.0)


def priority(tables: ModelTables) -> np.ndarray:
    """The sum over starts of the cadre's points."""
    return _of_starts(tables, tables.options.frame["points"].to_numpy())


def early(tables: ModelTables) -> np.ndarray:
    """The sum over starts of the years until it is completed, the first year counted as 1."""
    finish = tables.options.frame["finish"].to_numpy()
    return _of_starts(tables, finish - tables.options.problem.scenario.horizon.first + 1)


def cost(tables: ModelTables) -> np.ndarray:
    """The sum over starts of their cost."""
    return _of_starts(tables, tables.options.frame["cost"].to_numpy())


def lot(tables: ModelTables) -> np.ndarray:
    """The sum over starts of each one's lot: it breaks the ties that the other goals leave, in the open."""
    problem, frame = tables.options.problem, tables.options.frame
    cadres = problem.cadres["cadre"].to_numpy()[frame["cadre"]]
    programmes = problem.programmes["programme"].to_numpy()[frame["programme"]]
    drawn = problem.scenario.lot
    starts = zip(cadres, programmes, frame["start"], strict=True)
    return _of_starts(tables, np.array([lot_of(drawn, *start) for start in starts], dtype=float))


def lot_of(drawn: str, cadre: str, programme: str, start: int) -> int:
    """The lot of one start: five hexadecimal digits of SHA-256, as a number.

    References
    ----------
    Mulmuley, Vazirani, Vazirani, "Matching is as easy as matrix inversion", Combinatorica 7 (1987): with random
    weights the best solution is unique but for a small chance.
    """
    return int(hashlib.sha256(f"{drawn}|{cadre}|{programme}|{start}".encode()).hexdigest()[:5], 16)


def changes(tables: ModelTables) -> np.ndarray:
    """Starts not in the earlier plan, less those that are; the goal, but for the earlier plan's number of starts."""
    problem, frame = tables.options.problem, tables.options.frame
    cadres = problem.cadres["cadre"].to_numpy()[frame["cadre"]]
    programmes = problem.programmes["programme"].to_numpy()[frame["programme"]]
    earlier = set(problem.earlier[["cadre", "programme", "start"]].itertuples(index=False, name=None))
    kept = [start in earlier for start in zip(cadres, programmes, frame["start"], strict=True)]
    return _of_starts(tables, np.where(kept, -1.0, 1.0))


GOALS: dict[str, Callable[[ModelTables], np.ndarray]] = {
    "attainment": attainment,
    "seat_floors": seat_floors,
    "priority": priority,
    "early": early,
    "cost": cost,
    "lot": lot,
    "changes": changes,
}


def _of_starts(tables: ModelTables, values: np.ndarray) -> np.ndarray:
    return np.concatenate([values.astype(float), np.zeros(len(tables.columns))])


def _beside(tables: ModelTables, kind: str, weight: Callable[[tuple[str | int, ...]], float]) -> np.ndarray:
    values = [weight(column.key) if column.kind == kind else 0.0 for column in tables.columns]
    return np.concatenate([np.zeros(tables.starts), np.array(values, dtype=float)])
