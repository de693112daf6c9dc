"""QuickXplain: of rows that cannot all hold, as few as suffice.

How it works. All questions of a search are asked of one linear programme, in which the rows set aside are open: from
one question to the next only bounds of rows change, and the simplex method goes on from where it stands. Where it finds
a solution, whole numbers are made of it, by a search only as far as it is mixed
(`planner.optimiser.reduced_cost_fixing`). A plan found for some rows answers for all others that it happens to obey.

References
----------
Junker, "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI 2004.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

import numpy as np
from scipy import sparse

from planner.optimiser.decomposition import connected
from planner.optimiser.dual_fixing import DualFixing
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex
from planner.optimiser.reduced_cost_fixing import best

L = TypeVar("L", bound=Hashable)
FEW = 0.5  # a question that is joined to a smaller part of the columns is quicker by itself; measured


class Search(Generic[L]):
    """QuickXplain over the labels of the rows.

    Parameters
    ----------
    owner
        For each column the cadre it belongs to (-1: none); it only makes a search quicker.

    Attributes
    ----------
    cut_short
        Whether the time ran out on a question: what is named then contradicts itself, but may be more than suffices.
    """

    def __init__(
        self,
        matrix: IntegerProgram,
        labels: Sequence[L | None],
        effort: SolveLimits,
        owner: np.ndarray | None = None,
    ) -> None:
        self.matrix = matrix
        self.effort = effort
        self._owner, self._simplex = owner, Simplex()
        self._plans: list[np.ndarray] = []  # each obeys some of the rules
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
        priced = self.relaxation(Simplex(), _giving_way(self.matrix, kept, np.isin(kept, rows)))
        if priced.status != OPTIMAL:
            return labels
        costly = set(kept[np.abs(priced.duals) > 1e-7].tolist())
        self._simplex = Simplex()  # from so many rows to so few the way is longer than from the beginning
        few = [label for label in labels if not costly.isdisjoint(self.rows[label])]
        return few if len(few) < len(labels) and self.impossible(few) else labels

    def impossible(self, labels: Sequence[L]) -> bool:
        """Whether it is shown that no plan obeys these rules, the others set aside."""
        return self.status(labels) == INFEASIBLE

    def possible(self, labels: Sequence[L]) -> bool:
        """Whether it is shown that a plan obeys these rules, the others set aside."""
        return self.status(labels) in (OPTIMAL, FEASIBLE)

    def status(self, labels: Sequence[L]) -> str:
        """What is known of these rules, the others set aside: infeasible, unknown, or a plan obeys them.

        Columns that no row joins to these rules, be it by way of others, are not searched: there only definitions
        speak.
        """
        asked = np.array([row for label in labels for row in self.rows.get(label, [])], dtype=int)
        over = self._only(np.concatenate([asked, np.array(self.rows.get(None, []), dtype=int)]))
        if any(over.feasible(plan) for plan in reversed(self._plans)):
            return FEASIBLE
        rows, columns = _joined(over, asked)
        part = over.part(rows, columns)
        if len(columns) < FEW * len(self.matrix.cost):
            relaxed = self.relaxation(Simplex(), part)
            x = np.zeros(len(self.matrix.cost))
            x[columns] = relaxed.x if relaxed.status == OPTIMAL else 0
        else:
            relaxed = self.relaxation(self._simplex, over)
            x = relaxed.x
        status = relaxed.status
        if status == OPTIMAL:
            status = self._whole(over, part, columns, x)
        self.cut_short |= status not in (OPTIMAL, FEASIBLE, INFEASIBLE)
        return status

    def afresh(self, labels: Sequence[L]) -> str:
        """The status of these rules, from the beginning: with nothing that was known of others."""
        self._simplex = Simplex()
        self._plans.clear()
        return self.status(labels)

    def relaxation(self, simplex: Simplex, matrix: IntegerProgram) -> Relaxation:
        """The LP relaxation of a question."""
        return simplex.relax(matrix, self.effort)

    def _only(self, kept: np.ndarray) -> IntegerProgram:
        """The matrix with some of its rows, the others open."""
        lower, upper = np.full(len(self.matrix.row_lower), -np.inf), np.full(len(self.matrix.row_lower), np.inf)
        lower[kept], upper[kept] = self.matrix.row_lower[kept], self.matrix.row_upper[kept]
        return replace(self.matrix, row_lower=lower, row_upper=upper)

    def _whole(self, over: IntegerProgram, part: IntegerProgram, columns: np.ndarray, x: np.ndarray) -> str:
        """What an engine says of whole numbers, beginning near a solution of the relaxation."""
        plan = np.round(x)
        if not part.feasible(plan[columns]):
            owner = None if self._owner is None else self._owner[columns]
            near = [known[columns] for known in self._plans[-1:]]
            relaxed = Relaxation(OPTIMAL, x[columns], 0.0, np.zeros(len(columns)), np.zeros(len(part.row_lower)))
            found = best(part, relaxed, 1, self.effort, 0, None, lambda *news: None, owner, near)
            if found.x is None:
                return found.status
            plan[columns] = found.x
        if over.feasible(plan):  # definitions that nothing joins to the rules may be broken
            self._plans.append(plan)
        return OPTIMAL


def rows_by_label(labels: Sequence[L | None]) -> dict[L | None, np.ndarray]:
    """The rows of each label, in the order in which the labels come."""
    rows: dict[L | None, list[int]] = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    return {label: np.array(own) for label, own in rows.items()}


def search_among(
    asked: Sequence[L],
    matrix: IntegerProgram,
    rows: Mapping[L | None, np.ndarray],
    effort: SolveLimits,
    owner: np.ndarray,
) -> Search[L]:
    """A search among some labels alone, over the columns that matter to their rows, which may be few.

    What a label asks for that no column can break is no row of it: a label without rows stands against nothing.
    """
    own = [(label, rows[label]) for label in (None, *dict.fromkeys(asked)) if label in rows]
    kept = np.concatenate([np.zeros(0, dtype=int), *(each for _, each in own)])
    labels = [label for label, each in own for _ in each]
    order = np.argsort(kept, kind="stable")
    columns = np.unique(matrix.terms[kept].indices)
    some = matrix.part(kept[order], columns)
    some = replace(some, cost=np.zeros(len(columns)))
    left = DualFixing(some.terms).left(some)
    return Search(left.matrix, [labels[row] for row in order[left.rows]], effort, owner[columns[left.columns]])


def _joined(matrix: IntegerProgram, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows that say anything and the columns that are joined to some rows; all of them where these are none."""
    said = np.flatnonzero(np.isfinite(matrix.row_lower) | np.isfinite(matrix.row_upper))
    if len(asked) == 0:
        return said, np.arange(matrix.terms.shape[1])
    rows, columns = connected(matrix.terms[said])
    concerned = rows[np.isin(said, asked)]
    return said[np.isin(rows, concerned)], np.flatnonzero(np.isin(columns, concerned))


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
