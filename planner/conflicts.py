"""Why no plan can exist: a set of rules that cannot all be obeyed, though without any one of them they could.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.components import parts
from planner.engines import INFEASIBLE, OPTIMAL, Effort, Matrix, optimise
from planner.rows import Tables
from planner.simplex import relax

DEFINITIONS = ("shortfall", "below_min", "attained", "away")  # rows that define a column; no rules
ONCE = ("cadre", "ladder", "level")  # the key of the rows by which a level reached twice would not count twice
WHOLE = ("one_at_a_time", "ladder_order")  # rules that are one statement about everybody

Label = tuple[str, str]


def conflict(tables: Tables, effort: Effort) -> pd.DataFrame:
    """The rules of an infeasible problem that contradict each other: rule, where; each is needed for the conflict.

    Every claim is a solve of its own: no engine's core is trusted. If the time runs out, the set is still
    contradictory but may not be smallest.
    """
    nothing = np.zeros(len(tables.upper))
    matrix = Matrix(nothing, tables.terms, tables.row_lower, tables.row_upper, nothing, tables.upper)
    labels = [_label(rule, key) for rule, key in tables.row_keys()]
    found: list[Label] = []
    for part in parts(matrix):
        search = _Search(part.matrix, [labels[row] for row in part.rows], effort)
        distinct = [label for label in search.rows if label is not None]
        if search.impossible(distinct):
            found = search.explain([], False, distinct)
            break
    return pd.DataFrame(found, columns=["rule", "where"])


def _label(rule: str, key: tuple[str | int, ...]) -> Label | None:
    if rule in DEFINITIONS or (rule == "ladder_order" and len(key) == len(ONCE)):
        return None
    if rule in WHOLE:
        return rule, ""
    parts = key if rule in ("absence", "leaders") else key[:1] if rule in ("classes", "pins") else key
    return rule, ", ".join(map(str, parts))


class _Search:
    """QuickXplain over the labels of the rows."""

    def __init__(self, matrix: Matrix, labels: Sequence[Label | None], effort: Effort) -> None:
        self.matrix = matrix
        self.effort = effort
        self.rows: dict[Label | None, list[int]] = {}
        for row, label in enumerate(labels):
            self.rows.setdefault(label, []).append(row)

    def explain(self, background: list[Label], grown: bool, candidates: list[Label]) -> list[Label]:
        """Of the candidates, those that contradict each other and the background, as few as suffice."""
        if grown and self.impossible(background):
            return []
        if len(candidates) <= 1:
            return candidates
        half = len(candidates) // 2
        first, second = candidates[:half], candidates[half:]
        of_second = self.explain([*background, *first], bool(first), second)
        of_first = self.explain([*background, *of_second], bool(of_second), first)
        return [*of_first, *of_second]

    def impossible(self, labels: list[Label]) -> bool:
        """Whether no plan obeys these rules, the others set aside."""
        kept = np.zeros(len(self.matrix.row_lower), dtype=bool)
        for label in (None, *labels):
            kept[self.rows.get(label, [])] = True
        matrix = replace(
            self.matrix,
            terms=self.matrix.terms[kept],
            row_lower=self.matrix.row_lower[kept],
            row_upper=self.matrix.row_upper[kept],
        )
        status = relax(matrix, self.effort).status
        return (optimise(matrix, self.effort).status if status == OPTIMAL else status) == INFEASIBLE
