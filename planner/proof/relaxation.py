"""The linear programme whose duals become a certificate's multipliers.

It is the relaxation that the solver uses, with one difference: a goal that ranks before stands in it as a row, "no
worse than the plan", instead of fixed columns and equalities. So its duals are multipliers of rows that can be named:
those of the rules about many cadres, and of the goals before. Those of the rules about one cadre, of cliques and of
cuts are thrown away: whoever checks the certificate lists every study plan, which says at least as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from planner.model.build import build_model
from planner.model.matrix import strengthened
from planner.model.options import admissible_starts
from planner.model.rows import ModelTables
from planner.optimiser.cuts import CutGenerator
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex, relax
from planner.verification.proof.certificate import Leaf
from planner.verification.proof.checking import GOAL, Checker
from planner.verification.proof.rows import Key

OF_ONE_CADRE = ("one_at_a_time", "ladder_order", "requires", "study_load", "attained", "away")
LARGEST_DENOMINATOR = 2**20  # of multipliers; those of large goals are cut to fewer digits
LARGEST_MULTIPLIER = 2**44
ELASTIC = 1_000  # how many times more than any goal can matter a unit costs by which a row gives way


@dataclass(frozen=True)
class Relaxed:
    """The relaxation over some of the plans: its solution (None where it has none), and a leaf made of its duals."""

    x: np.ndarray | None
    leaf: Leaf


class ProofProgram:
    """The relaxation of a problem, goal after goal."""

    def __init__(self, checker: Checker, effort: SolveLimits) -> None:
        self.checker, self.effort = checker, effort
        model = build_model(admissible_starts(checker.problem))
        self.goals, tables = model.goals, model.tables
        own = _written_by(tables, OF_ONE_CADRE)
        alone, joint = _of_blocks(tables, own), _of_blocks(tables, ~own)
        single = strengthened(alone)
        self._cut_generator = CutGenerator(single, _owner(tables))
        self.columns = _column_keys(tables, checker)
        # A start that stands in no study plan is none, whatever a mixture would make of it.
        possible = np.isin(np.arange(len(tables.upper)), list(self.columns)) | (
            np.arange(len(tables.upper)) >= tables.starts
        )
        whole = replace(single, upper=np.where(possible, single.upper, 0.0))
        self._matrix = whole.with_rows(joint.terms, joint.row_lower, joint.row_upper)
        self._first = single.terms.shape[0]  # of the rows about many cadres
        self._simplex, self.starts, self.owner = Simplex(), tables.starts, _owner(tables)
        self._named: dict[int, tuple[Key, float]] = dict(self._multiplied(joint))

    def _multiplied(self, joint: ModelTables) -> Iterator[tuple[int, tuple[Key, float]]]:
        """For each row its key, and how many times the checker's row it is; a budget of what costs nothing is none."""
        for at, (rule, key) in enumerate(joint.row_keys()):
            row = self.checker.rows.rows.get((rule, *key))
            terms = joint.terms.data[joint.terms.indptr[at] : joint.terms.indptr[at + 1]]
            if row is not None and np.any(terms) and np.any(row.coefficients):
                yield self._first + at, ((rule, *key), np.abs(terms).max() / max(map(abs, row.coefficients.tolist())))

    def keep(self, goal: Goal, value: int) -> None:
        """Go on with the plans in which a goal, in the form to minimise, is no worse than a value."""
        row = sparse.csr_matrix(goal.coefficients.reshape(1, -1))
        self._named[self._matrix.terms.shape[0]] = ((GOAL, str(goal.name)), 1.0)
        self._matrix = self._matrix.with_rows(row, np.array([-np.inf]), np.array([float(value)]))

    def relaxed(self, goal: Goal, limits: Mapping[int, tuple[int, int]]) -> Relaxed | None:
        """The relaxation of a goal within limits of some columns; None where the time is over."""
        matrix = self._within(goal, limits)
        found = self._simplex.relax(matrix, self.effort)
        if found.status == INFEASIBLE:
            return self._giving_way(matrix)
        return None if found.status != OPTIMAL else Relaxed(found.x, self._leaf(found))

    def cut(self, x: np.ndarray) -> bool:
        """Add the cuts that every plan obeys and a solution does not; whether there were any."""
        rows, upper = self._cut_generator.cuts(x, self.effort)
        self._matrix = self._matrix.with_rows(rows, np.full(len(upper), -np.inf), upper)
        return len(upper) > 0

    def _within(self, goal: Goal, limits: Mapping[int, tuple[int, int]]) -> IntegerProgram:
        lower, upper = self._matrix.lower.copy(), self._matrix.upper.copy()
        for column, (low, high) in limits.items():
            lower[column], upper[column] = low, min(high, upper[column])
        return replace(self._matrix, cost=goal.coefficients, lower=lower, upper=upper)

    def _giving_way(self, matrix: IntegerProgram) -> Relaxed | None:
        """Multipliers that show that there is no plan: duals where rows give way at a high price."""
        rows = np.array(sorted(self._named), dtype=int)
        signs = np.where(np.isfinite(matrix.row_upper[rows]), -1.0, 1.0)
        size = matrix.terms.shape
        slack = sparse.csr_matrix((signs, (rows, np.arange(len(rows)))), shape=(size[0], len(rows)))
        dear = ELASTIC * (1 + np.abs(matrix.cost).max(initial=0))
        far = 1 + np.abs(matrix.terms).sum() + np.abs(matrix.row_upper[np.isfinite(matrix.row_upper)]).sum()
        elastic = replace(
            matrix,
            cost=np.concatenate([matrix.cost, np.full(len(rows), dear)]),
            terms=sparse.hstack([matrix.terms, slack], format="csr"),
            lower=np.concatenate([matrix.lower, np.zeros(len(rows))]),
            upper=np.concatenate([matrix.upper, np.full(len(rows), far)]),
        )
        found = relax(elastic, self.effort)
        if found.status == INFEASIBLE:  # one cadre has no study plan within the limits
            return Relaxed(None, Leaf({}, 1))
        return None if found.status != OPTIMAL else Relaxed(None, self._leaf(found))

    def _leaf(self, found: Relaxation) -> Leaf:
        """The duals of the rows that have names, as whole numbers over a power of two."""
        numbers = {key: abs(found.duals[row]) * times for row, (key, times) in self._named.items()}
        largest, denominator = max(numbers.values(), default=0.0), LARGEST_DENOMINATOR
        while denominator > 1 and largest * denominator > LARGEST_MULTIPLIER:
            denominator //= 2
        whole = {key: round(number * denominator) for key, number in numbers.items()}
        return Leaf({key: number for key, number in whole.items() if number}, denominator)


def _written_by(tables: ModelTables, rules: tuple[str, ...]) -> np.ndarray:
    """The rows of some rules: a Boolean for each row."""
    return np.repeat([block.rule in rules for block in tables.blocks], [len(block.limit) for block in tables.blocks])


def _of_blocks(tables: ModelTables, rows: np.ndarray) -> ModelTables:
    """The tables with some of their rows: all rows of some rules."""
    ends = np.cumsum([0, *(len(block.limit) for block in tables.blocks)])
    blocks = tuple(block for block, at in zip(tables.blocks, ends, strict=False) if len(block.limit) and rows[at])
    return replace(tables, blocks=blocks, terms=tables.terms[rows])


def _owner(tables: ModelTables) -> np.ndarray:
    """The cadre that each column belongs to, whether he is away included; -1 for none."""
    row_of = {cadre: row for row, cadre in enumerate(tables.options.problem.cadres["cadre"])}
    away = [row_of[column.key[0]] if column.kind == "away" else -1 for column in tables.columns]
    return np.maximum(tables.owner, np.concatenate([np.full(tables.starts, -1), np.array(away, dtype=int)]))


def _column_keys(tables: ModelTables, checker: Checker) -> dict[int, Key]:
    """The columns that the checker knows as well, by their keys."""
    problem, frame = checker.problem, tables.options.frame
    cadres = problem.cadres["cadre"].to_numpy()[frame["cadre"]]
    programmes = problem.programmes["programme"].to_numpy()[frame["programme"]]
    starts = zip(cadres, programmes, frame["start"], strict=True)
    keys: list[Key] = [("start", str(cadre), str(programme), int(year)) for cadre, programme, year in starts]
    keys += [(column.kind, *column.key) for column in tables.columns]
    return {number: key for number, key in enumerate(keys) if key in checker.columns}
