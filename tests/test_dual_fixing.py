"""What is plain of a matrix, and as few charges as can be: the best values are those of every solution tried."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser import dual_fixing
from planner.optimiser.dual_fixing import DualFixing
from planner.optimiser.fixed_charges import Charges, cheapest
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.quickxplain import Search, rows_by_label, search_among


def drawn(seed: int) -> IntegerProgram:
    """A small matrix: rows of all kinds, some columns free, with a cost of either sign."""
    dice = np.random.default_rng(seed)
    rows, columns = int(dice.integers(1, 6)), int(dice.integers(2, 7))
    terms = dice.choice([0, 0, 0, 1, 1, -1, 2], size=(rows, columns)).astype(float)
    lower = np.where(dice.random(rows) < 0.5, dice.integers(-1, 3, rows), -np.inf)
    upper = np.where(np.isinf(lower) | (dice.random(rows) < 0.2), dice.integers(0, 4, rows), np.inf)
    cost = dice.choice([0, 0, 1, 2, -1], size=columns).astype(float)
    most = dice.integers(1, 3, columns).astype(float)
    return IntegerProgram(cost, sparse.csr_matrix(terms), lower, np.maximum(lower, upper), np.zeros(columns), most)


def solutions(matrix: IntegerProgram) -> list[np.ndarray]:
    """All solutions of a small matrix."""
    ranges = [range(int(low), int(high) + 1) for low, high in zip(matrix.lower, matrix.upper, strict=True)]
    tried = (np.array(x, dtype=float) for x in itertools.product(*ranges))
    return [x for x in tried if matrix.feasible(x)]


@pytest.mark.parametrize("many", [dual_fixing.MANY, 0])
def test_some_best_solution_is_left(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is plain fixed the best value is the same, and a matrix without a solution has none.

    Whether it is gone on with over all columns or over few.
    """
    monkeypatch.setattr(dual_fixing, "MANY", many)
    fixed = impossible = 0
    for seed in range(100):
        matrix = drawn(seed)
        left = DualFixing(matrix.terms).left(matrix)
        own, rest = solutions(matrix), [left.whole(x) for x in solutions(left.matrix)]
        assert all(matrix.feasible(x) for x in rest), seed
        assert min((x @ matrix.cost for x in own), default=None) == min((x @ matrix.cost for x in rest), default=None)
        fixed += len(left.columns) < len(matrix.cost)
        impossible += not own
    assert fixed > 30
    assert impossible > 3


def test_a_search_among_labels_says_what_one_of_all_rows_says() -> None:
    """Of every set of labels among those asked for, in a search of little more than their rows."""
    for seed in range(60):
        matrix = replace(drawn(seed), cost=np.zeros(len(drawn(seed).cost)))
        dice = np.random.default_rng(seed)
        labels = [None if dice.random() < 0.3 else int(dice.integers(3)) for _ in matrix.row_lower]
        effort, owner = SolveLimits(time.monotonic() + 60), np.full(len(matrix.cost), -1)
        whole: Search[int] = Search(matrix, labels, effort)
        few = search_among([0, 1], matrix, rows_by_label(labels), effort, owner)
        for asked in ([], [0], [1], [0, 1]):
            present = [label for label in asked if label in whole.rows]
            assert few.impossible(asked) == whole.impossible(present), (seed, asked)


def charged(seed: int) -> tuple[IntegerProgram, Charges]:
    """A small matrix in which rows give way: amounts, and whether they are used."""
    dice = np.random.default_rng(seed)
    size, rows = int(dice.integers(1, 4)), int(dice.integers(1, 4))
    terms = dice.choice([0, 1, 1], size=(rows, size)).astype(float)
    gives = np.eye(rows) + (dice.random((rows, rows)) < 0.3)
    wide = np.hstack([terms, gives, np.zeros((rows, rows))])
    linked = np.hstack([np.zeros((rows, size)), np.eye(rows), -3 * np.eye(rows)])
    matrix = IntegerProgram(
        np.zeros(size + 2 * rows),
        sparse.csr_matrix(np.vstack([wide, linked])),
        np.append(dice.integers(0, 5, rows), np.full(rows, -np.inf)),
        np.append(np.full(rows, np.inf), np.zeros(rows)),
        np.zeros(size + 2 * rows),
        np.concatenate([np.ones(size), np.full(rows, 3.0), np.ones(rows)]),
    )
    units, charges = np.zeros(size + 2 * rows), np.zeros(size + 2 * rows)
    units[size : size + rows], charges[size + rows :] = 1, 1
    units[:size], charges[:size] = dice.integers(0, 2, size), 2 * dice.integers(0, 2, size)
    units[size + rows :] = dice.integers(0, 2, rows)  # a use that costs units, too
    amounts = size + np.arange(rows)
    return matrix, Charges(units, charges, amounts, amounts + rows)


@pytest.mark.parametrize("seeds", [range(25), pytest.param(range(25, 600), marks=pytest.mark.long)])
def test_the_cheapest_has_the_fewest_units_and_of_these_the_fewest_charges(seeds: range) -> None:
    """As every solution tried says; where there is none, it is said."""
    seen = set()
    for seed in seeds:
        matrix, costs = charged(seed)
        values = [(x @ costs.units, x @ costs.charges) for x in solutions(matrix)]
        found = cheapest(matrix, costs, SolveLimits(time.monotonic() + 60), np.full(len(matrix.cost), -1))
        if not values:
            assert found.status == INFEASIBLE
        else:
            assert found.status == OPTIMAL
            assert found.x is not None
            assert matrix.feasible(found.x)
            assert (found.x @ costs.units, found.x @ costs.charges) == min(values), seed
        seen.add(bool(values) and min(values)[1])
    assert len(seen) > 3
