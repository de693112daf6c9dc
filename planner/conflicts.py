"""Why no plan can exist: a set of rules that cannot all be obeyed, though without any one of them they could.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

Label = tuple[str, str]  # the rule, and what it speaks of


def conflict(tables: Tables, effort: Effort) -> pd.DataFrame:
    """The rules of an infeasible problem that contradict each other: rule, where; each is needed for the conflict."""
    found = next(contradictions(tables, effort), [])
    return pd.DataFrame(found, columns=["rule", "where"])


def contradictions(tables: Tables, effort: Effort) -> Iterator[list[Label]]:
    """Conflicts of an infeasible problem that share no rule: each is found with the rules of those before set aside.

    Every claim is a solve of its own: no engine's core is trusted. If the time runs out, a set is still contradictory
    but may not be smallest.
    """
    labels = labels_of(tables)
    for part in parts(feasibility(tables)):
        search = Search(part.matrix, [labels[row] for row in part.rows], effort)
        left = [label for label in search.rows if label is not None]
        while search.impossible(left):
            found = search.explain([], False, left)
            if not found:  # the definitions alone are contradictory: nothing to set aside
                return
            yield found
            left = [label for label in left if label not in found]


def feasibility(tables: Tables) -> Matrix:
    """The tables as an engine takes them, without a goal."""
    nothing = np.zeros(len(tables.upper))
    return Matrix(nothing, tables.terms, tables.row_lower, tables.row_upper, nothing, tables.upper)


def labels_of(tables: Tables) -> list[Label | None]:
    """The rule of each row and what it speaks of, as people name it; None where the row only defines a column."""
    return [_label(rule, key) for rule, key in tables.row_keys()]


def _label(rule: str, key: tuple[str | int, ...]) -> Label | None:
    if rule in DEFINITIONS or (rule == "ladder_order" and len(key) == len(ONCE)):
        return None
    if rule in WHOLE:
        return rule, ""
    parts = key if rule in ("absence", "leaders") else key[:1] if rule in ("classes", "pins") else key
    return rule, ", ".join(map(str, parts))


class Search:
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

    def impossible(self, labels: Sequence[Label]) -> bool:
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
