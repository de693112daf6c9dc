"""QuickXplain: of rows that cannot all hold, as few as suffice.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

import numpy as np
from scipy import sparse

from planner.optimiser.decomposition import connected
from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import relax

L = TypeVar("L", bound=Hashable)


class Search(Generic[L]):
    """QuickXplain over the labels of the rows.

    Attributes
    ----------
    cut_short
        Whether the time ran out on a question: what is named then contradicts itself, but may be more than suffices.
    """

    def __init__(self, matrix: IntegerProgram, labels: Sequence[L | None], effort: SolveLimits) -> None:
        self.matrix = matrix
        self.effort = effort
        self.cut_short = False
        self.rows: dict[L | None, list[int]] = {}
        for row, label in enumerate(labels):
            self.rows.setdefault(label, []).append(row)

    def explain(self, background: list[L], grown: bool, candidates: list[L]) -> list[L]:
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

    def core(self, labels: list[L]) -> list[L]:
        """Some of the contradictory labels that contradict each other as well; all of them where no few are found.

        A linear programme says how far the rows would have to give way in all. If that is anything at all, the rows
        with a price contradict each other (Farkas); another solve confirms it.
        """
        rows = np.array([row for label in labels for row in self.rows[label]], dtype=int)
        kept = np.array(sorted({*self.rows.get(None, []), *rows.tolist()}), dtype=int)
        priced = relax(_giving_way(self.matrix, kept, np.isin(kept, rows)), self.effort)
        if priced.status != OPTIMAL:
            return labels
        costly = set(kept[np.abs(priced.duals) > 1e-7].tolist())
        few = [label for label in labels if not costly.isdisjoint(self.rows[label])]
        return few if len(few) < len(labels) and self.impossible(few) else labels

    def impossible(self, labels: Sequence[L]) -> bool:
        """Whether it is shown that no plan obeys these rules, the others set aside."""
        return self.status(labels) == INFEASIBLE

    def possible(self, labels: Sequence[L]) -> bool:
        """Whether it is shown that a plan obeys these rules, the others set aside."""
        return self.status(labels) in (OPTIMAL, FEASIBLE)

    def status(self, labels: Sequence[L]) -> str:
        """What an engine says of these rules, the others set aside: infeasible, unknown, or a plan obeys them.

        Columns that no row joins to these rules, be it by way of others, are left out: there only definitions speak.
        """
        asked = np.array([row for label in labels for row in self.rows.get(label, [])], dtype=int)
        kept = np.concatenate([asked, np.array(self.rows.get(None, []), dtype=int)])
        matrix = _joined(self.matrix.of_rows(kept), len(asked))
        status = relax(matrix, self.effort).status
        if status == OPTIMAL:
            status = optimise(matrix, self.effort).status
        self.cut_short |= status not in (OPTIMAL, FEASIBLE, INFEASIBLE)
        return status


def _joined(matrix: IntegerProgram, first: int) -> IntegerProgram:
    """The part of a matrix that is joined to its first rows; all of it where these are none."""
    if first == 0:
        return matrix
    rows, columns = connected(matrix.terms)
    concerned = [np.flatnonzero(np.isin(component, rows[:first])) for component in (rows, columns)]
    return matrix.part(*concerned)


def _giving_way(matrix: IntegerProgram, rows: np.ndarray, soft: np.ndarray) -> IntegerProgram:
    """Some rows of a matrix, the soft ones at a cost of 1 for every unit by which they are broken."""
    kept = matrix.of_rows(rows)
    size = kept.terms.shape
    below = soft & np.isfinite(kept.row_lower)
    above = soft & np.isfinite(kept.row_upper)
    signs = np.concatenate([np.ones(below.sum()), -np.ones(above.sum())])
    at = np.concatenate([np.flatnonzero(below), np.flatnonzero(above)])
    slack = sparse.csr_matrix((signs, (at, np.arange(len(at)))), shape=(size[0], len(at)))
    most = 1.0 + np.abs(kept.terms).sum() + np.abs(kept.row_lower[below]).sum() + np.abs(kept.row_upper[above]).sum()
    return replace(
        kept,
        cost=np.concatenate([np.zeros(size[1]), np.ones(len(at))]),
        terms=sparse.hstack([kept.terms, slack], format="csr"),
        lower=np.concatenate([kept.lower, np.zeros(len(at))]),
        upper=np.concatenate([kept.upper, np.full(len(at), most)]),
    )
