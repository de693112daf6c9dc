"""A certificate: for each goal the multipliers that prove that no plan is better, and how it is kept in `proof.npz`.

Where one set of multipliers does not reach a goal's value, the plans are divided: those in which a column is at most a
number and those in which it is more, each with multipliers of its own, or divided again. Every plan is in one of the
*leaves*, so the goal's bound is the weakest of theirs.

Nothing in it is taken on trust. It names rows and columns by their keys, and holds whole numbers; what a row says is
written anew from the scenario by whoever checks it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.common.arrays import UNREADABLE, arrays_of
from planner.common.certificates import DamagedProofError, Statement, check_format
from planner.verification.proof.rows import Key

ARRAYS = ("format", "goals", "complete", "nodes", "entries", "rows", "columns")
MOST_NODES = 10_000  # of a certificate that is read


@dataclass(frozen=True)
class Leaf:
    """Plans whose bound is proven by multipliers: the key of a row -> whole number, over a common denominator."""

    multipliers: Mapping[Key, int]
    denominator: int


@dataclass(frozen=True)
class Branch:
    """Plans divided: in `low` a column is at most `most`, in `high` it is more."""

    column: Key
    most: int
    low: Node
    high: Node


Node = Leaf | Branch


@dataclass(frozen=True)
class GoalCertificate:
    """What is kept of one goal: the proof, and whether it claims to reach the goal's value."""

    goal: str
    proof: Node
    complete: bool


Certificate = Sequence[GoalCertificate]


def preorder(node: Node) -> Iterator[Node]:
    """A proof's nodes, each before those that it divides into, the lower ones first."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Branch):
            waiting += [node.high, node.low]


# --- the file -------------------------------------------------------------------------------------------------------


def encoded(certificate: Certificate, statement: Statement | None = None) -> bytes:
    """The content of `proof.npz`: arrays of whole numbers and of texts, never anything that could be executed."""
    keys: dict[str, dict[str, int]] = {"rows": {}, "columns": {}}
    nodes: list[tuple[int, int, int]] = []  # goal, column (-1: a leaf), where it is divided or the denominator
    entries: list[tuple[int, int, int]] = []  # node, row, multiplier
    for number, goal in enumerate(certificate):
        for node in preorder(goal.proof):
            if isinstance(node, Leaf):
                entries += [
                    (len(nodes), _number(keys["rows"], key), value) for key, value in node.multipliers.items() if value
                ]
                nodes.append((number, -1, node.denominator))
            else:
                nodes.append((number, _number(keys["columns"], node.column), node.most))
    arrays: dict[str, Any] = (statement or Statement()).arrays() | {
        "goals": np.array([goal.goal for goal in certificate], dtype=np.str_),
        "complete": np.array([goal.complete for goal in certificate], dtype=bool),
        "nodes": np.array(nodes, dtype=np.int64).reshape(-1, 3),
        "entries": np.array(entries, dtype=np.int64).reshape(-1, 3),
        "rows": np.array(list(keys["rows"]), dtype=np.str_),
        "columns": np.array(list(keys["columns"]), dtype=np.str_),
    }
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    return content.getvalue()


def _number(keys: dict[str, int], key: Key) -> int:
    return keys.setdefault(json.dumps(key, ensure_ascii=False), len(keys))


def decoded(content: bytes) -> list[GoalCertificate]:
    """The certificate that a `proof.npz` holds.

    Raises
    ------
    DamagedProofError
        It holds none.
    """
    try:
        return list(_goals(arrays_of(content, ARRAYS)))
    except UNREADABLE as error:
        raise DamagedProofError from error


def _goals(arrays: Mapping[str, np.ndarray]) -> Iterator[GoalCertificate]:
    check_format(arrays)
    rows, columns = ([_key(text) for text in arrays[name].tolist()] for name in ("rows", "columns"))
    goals, complete = arrays["goals"].tolist(), arrays["complete"].tolist()
    nodes, entries = (_table(arrays[name]) for name in ("nodes", "entries"))
    if len(nodes) > MOST_NODES or len(goals) != len(complete) or len({*goals}) != len(goals):
        raise DamagedProofError
    multipliers: list[dict[Key, int]] = [{} for _ in nodes]
    for node, row, value in entries:
        multipliers[_index(node, nodes)][rows[_index(row, rows)]] = value
    built: list[list[Node]] = [[] for _ in goals]
    for number in reversed(range(len(nodes))):  # from the last of the preorder: what a branch divides into is there
        goal, column, value = nodes[number]
        stack = built[_index(goal, goals)]
        if column < 0:
            stack.append(Leaf(multipliers[number], value))
        else:
            low, high = stack.pop(), stack.pop()
            stack.append(Branch(columns[_index(column, columns)], value, low, high))
    for name, whole, stack in zip(goals, complete, built, strict=True):
        (proof,) = stack
        yield GoalCertificate(str(name), proof, bool(whole))


def _table(array: np.ndarray) -> list[tuple[int, int, int]]:
    if array.dtype != np.int64 or array.ndim != 2 or array.shape[1] != 3:
        raise DamagedProofError
    return [(row[0], row[1], row[2]) for row in array.tolist()]


def _index(number: int, among: Sequence[object]) -> int:
    if not 0 <= number < len(among):
        raise DamagedProofError
    return number


def _key(text: str) -> Key:
    parts = json.loads(text)
    if not isinstance(parts, list) or not all(type(part) in (str, int) for part in parts):
        raise DamagedProofError
    return tuple(parts)
