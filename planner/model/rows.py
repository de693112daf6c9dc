"""Rows: `lower <= sum(coefficient x column) <= upper`, each with a readable key; and the model's three tables.

Rules, shortfalls and goals write into a `ModelBuilder`; `ModelBuilder.tables` closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from planner.model.options import Options

if TYPE_CHECKING:
    from scipy import sparse

Key = tuple[str | int, ...]
Limit = tuple[str, Key]  # the rule and the key of a row
Terms = pd.DataFrame | Mapping[str, np.ndarray | str | int]  # in a mapping what is no array holds for every term
INFINITY = float("inf")


@dataclass(frozen=True)
class AuxiliaryColumn:
    """A variable beside the starts: its kind and key, such as shortfall[committee_theory], and its largest value."""

    kind: str
    key: Key
    upper: float


@dataclass(frozen=True)
class Block:
    """Rows of one rule: their keys, as columns of a frame, and their bounds.

    `limit` is the most that the scenario allows, `taken` what is used of it anyway, by current study or history.
    """

    rule: str
    keys: pd.DataFrame
    lower: np.ndarray
    limit: np.ndarray
    taken: np.ndarray

    @property
    def upper(self) -> np.ndarray:
        """What is left of the limits, at least 0: what was taken beyond a limit before the plan is not refused."""
        return np.maximum(self.limit - self.taken, 0.0)


@dataclass(frozen=True)
class ModelTables:
    """The three tables: columns (starts first, then the others), rows and terms.

    Attributes
    ----------
    starts
        How many of the columns are starts: Booleans.
    columns
        The other columns, in their order: whole numbers from 0 to `upper`.
    blocks
        The rows' keys and bounds, in the order of the rows.
    terms
        Sparse matrix, rows x columns.
    more
        By how much limits were raised over those of the scenario.
    """

    options: Options
    columns: tuple[AuxiliaryColumn, ...]
    blocks: tuple[Block, ...]
    terms: sparse.csr_matrix
    more: Mapping[Limit, int] = field(default_factory=dict)

    @property
    def starts(self) -> int:
        """The number of columns that are starts."""
        return len(self.options)

    @property
    def owner(self) -> np.ndarray:
        """The cadre (row in the problem's table) that each column belongs to; -1 for none."""
        problem = self.options.problem
        row_of = {cadre: row for row, cadre in enumerate(problem.cadres["cadre"])}
        beside = [row_of[str(column.key[1])] if column.kind == "attained" else -1 for column in self.columns]
        return np.concatenate([self.options.frame["cadre"].to_numpy(), np.array(beside, dtype=int)])

    @property
    def upper(self) -> np.ndarray:
        """The largest value of each column; the smallest is 0."""
        return np.concatenate([np.ones(self.starts), [column.upper for column in self.columns]])

    @property
    def row_lower(self) -> np.ndarray:
        """The lower bound of each row."""
        return np.concatenate([np.zeros(0), *(block.lower for block in self.blocks)])

    @property
    def limits(self) -> np.ndarray:
        """The limit of each row as the scenario has it."""
        return np.concatenate([np.zeros(0), *(block.limit for block in self.blocks)])

    @property
    def taken(self) -> np.ndarray:
        """What is taken of each row's limit anyway."""
        return np.concatenate([np.zeros(0), *(block.taken for block in self.blocks)])

    @property
    def row_upper(self) -> np.ndarray:
        """The upper bound of each row."""
        return np.concatenate([np.zeros(0), *(block.upper for block in self.blocks)])

    def allowing(self, more: Mapping[Limit, int]) -> ModelTables:
        """The same with limits raised, or lowered where the number is negative, though never below 0.

        Raises
        ------
        KeyError
            There is no row of that rule and key.
        """
        if not more:
            return self
        limits, rows = self.limits, {rule: self.rows_of(rule) for rule, _ in more}
        for (rule, key), number in more.items():
            limits[rows[rule][key]] += number
        ends = np.cumsum([len(block.limit) for block in self.blocks])[:-1]
        raised = zip(self.blocks, np.split(limits, ends), strict=True)
        blocks = tuple(replace(block, limit=own) for block, own in raised)
        together = {limit: number + self.more.get(limit, 0) for limit, number in more.items()}
        return replace(self, blocks=blocks, more={**self.more, **together})

    def row_keys(self) -> list[Limit]:
        """The rule and the key of each row; cadres and agencies by their codes."""
        return [(block.rule, key) for block in self.blocks for key in self.keys_of(block)]

    def limits_among(self, rows: np.ndarray, rules: Collection[str]) -> Iterator[tuple[int, Limit]]:
        """Those of some rows (Boolean) that are of some rules, in their order: the row, its rule and key.

        Only their keys are read: a country has millions of rows.
        """
        first = 0
        for block in self.blocks:
            own = np.flatnonzero(rows[first : first + len(block.limit)]) if block.rule in rules else np.zeros(0, int)
            keys = self.keys_of(replace(block, keys=block.keys.iloc[own])) if len(own) else ()
            yield from ((first + int(row), (block.rule, key)) for row, key in zip(own, keys, strict=True))
            first += len(block.limit)

    def rows_of(self, rule: str) -> dict[Key, int]:
        """The rows of a rule, by their keys."""
        firsts = np.cumsum([0, *(len(block.limit) for block in self.blocks)])
        return {
            key: int(first) + row
            for first, block in zip(firsts[:-1], self.blocks, strict=True)
            if block.rule == rule
            for row, key in enumerate(self.keys_of(block))
        }

    def keys_of(self, block: Block) -> Iterator[Key]:
        """The key of each row of a block; cadres and agencies by their codes."""
        problem = self.options.problem
        codes = {"cadre": problem.cadres["cadre"], "agency": problem.agencies["agency"]}
        parts = [
            (codes[name].to_numpy()[part] if name in codes else part.to_numpy()).tolist()
            for name, part in block.keys.items()
        ]
        return zip(*parts, strict=True) if parts else iter([()] * len(block.keys))


@dataclass(frozen=True)
class _Row:
    """A row written by itself."""

    rule: str
    key: Key
    columns: np.ndarray
    coefficients: np.ndarray
    lower: float
    upper: float
    taken: float


@dataclass
class ModelBuilder:
    """The tables while they are written."""

    options: Options
    columns: list[AuxiliaryColumn] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    count: int = 0
    _single: list[_Row] = field(default_factory=list)
    _terms: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)
    _indices: dict[tuple[str, Key], int] = field(default_factory=dict)

    def column(self, kind: str, *key: str | int, upper: float) -> int:
        """A new column beside the starts; its index."""
        self._indices[kind, key] = len(self.options) + len(self.columns)
        self.columns.append(AuxiliaryColumn(kind, key, upper))
        return self._indices[kind, key]

    def upper_of(self, index: int) -> float:
        """The largest value of a column beside the starts."""
        return self.columns[index - len(self.options)].upper

    def index_of(self, kind: str, *key: str | int) -> int | None:
        """The index of a column written before; None where there is none, because it could only be 0."""
        return self._indices.get((kind, key))

    def columns_of(self, kind: str, name: str) -> dict[Key, int]:
        """The columns of a kind written before whose key begins with a name: key and index."""
        return {key: index for (each, key), index in self._indices.items() if each == kind and key[0] == name}

    def row(
        self,
        rule: str,
        *key: str | int,
        columns: Sequence[int] | np.ndarray,
        coefficients: Sequence[float] | np.ndarray | float = 1.0,
        lower: float = -INFINITY,
        upper: float = INFINITY,
        taken: float = 0.0,
    ) -> None:
        """One row; what is `taken` of its upper limit anyway is not left to the columns."""
        spread = np.broadcast_to(np.asarray(coefficients, dtype=float), (len(columns),))
        self._single.append(_Row(rule, key, np.asarray(columns, dtype=int), spread, lower, upper, taken))

    def at_most(
        self,
        rule: str,
        terms: Terms,
        by: list[str],
        limit: float | Callable[[pd.DataFrame], np.ndarray],
        taken: float | Callable[[pd.DataFrame], np.ndarray] = 0.0,
    ) -> None:
        """A row per group of `terms`: the sum of its columns is at most the limit.

        `terms` has the columns of `by`, `option` (a column's index) and perhaps `coefficient`; `limit`, and what
        is `taken` of it anyway, may be functions of the groups' keys. A row that can never be broken is left out.
        """
        column = np.asarray(terms["option"])
        if len(column) == 0:
            return
        self._close_single()
        group, first = _groups(terms, by, len(column))
        size = len(first)
        keys = _keys(terms, by, first)
        coefficient = np.asarray(terms["coefficient"], float) if "coefficient" in terms else np.ones(len(column))
        limits, used = (
            np.broadcast_to(np.asarray(each(keys) if callable(each) else each, dtype=float), (size,))
            for each in (limit, taken)
        )
        most = np.bincount(group, weights=coefficient.clip(min=0), minlength=size)
        binding = most > np.maximum(limits - used, 0)
        position = np.cumsum(binding) - 1
        kept = binding[group]
        bounds = (-INFINITY, limits[binding], used[binding])
        self._add(rule, keys[binding], position[group[kept]], column[kept], coefficient[kept], *bounds)

    def _close_single(self) -> None:
        """Put the rows written one by one into blocks: as many at a time as have the same rule and form of key."""
        for (rule, _), found in groupby(self._single, lambda row: (row.rule, len(row.key))):
            rows = list(found)
            keys = pd.DataFrame([row.key for row in rows], dtype=object).rename(columns=str)
            row = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
            columns, coefficients = (
                np.concatenate([getattr(row, name) for row in rows]) for name in ("columns", "coefficients")
            )
            bounds = (
                np.array([getattr(row, name) for row in rows], dtype=float) for name in ("lower", "upper", "taken")
            )
            self._add(rule, keys, row, columns, coefficients, *bounds)
        self._single.clear()

    def _add(
        self,
        rule: str,
        keys: pd.DataFrame,
        row: np.ndarray,
        column: np.ndarray,
        coefficient: np.ndarray,
        *bounds: float | np.ndarray,
    ) -> None:
        """Add rows; `bounds` are lower bound, limit, and what is taken of the limit."""
        self.blocks.append(Block(rule, keys, *(np.broadcast_to(bound, (len(keys),)) for bound in bounds)))
        self._terms.append((row + self.count, column, coefficient))
        self.count += len(keys)

    def tables(self) -> ModelTables:
        """The finished tables."""
        from scipy import sparse  # who only reads a run does without

        self._close_single()
        row, column, coefficient = (
            np.concatenate([np.zeros(0, dtype=kind), *(term[part] for term in self._terms)])
            for part, kind in enumerate((int, int, float))
        )
        shape = (self.count, len(self.options) + len(self.columns))
        terms = sparse.csr_matrix((coefficient, (row, column)), shape=shape)
        return ModelTables(self.options, tuple(self.columns), tuple(self.blocks), terms)


def _keys(terms: Terms, by: list[str], first: np.ndarray) -> pd.DataFrame:
    """The key of each group, from its first term."""
    if isinstance(terms, pd.DataFrame):
        return terms[by].iloc[first].reset_index(drop=True)
    own = {name: terms[name] for name in by}
    parts = {name: part[first] if isinstance(part, np.ndarray) else part for name, part in own.items()}
    return pd.DataFrame(parts, index=pd.RangeIndex(len(first)))


def _groups(terms: Terms, by: list[str], size: int) -> tuple[np.ndarray, np.ndarray]:
    """The group of each term, numbered in the order of the keys, and the first term of each group.

    As pandas' `groupby(by).ngroup()`, in a tenth of the time where the keys are whole numbers.
    """
    code = np.zeros(size, dtype=np.int64)
    for name in by:
        if np.ndim(terms[name]) == 0:  # the same for all
            continue
        values = np.asarray(terms[name])
        if values.dtype.kind != "i":
            values, _ = pd.factorize(values, sort=True)
        values = values - values.min()
        code = code * (int(values.max()) + 1) + values
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    return group, first
