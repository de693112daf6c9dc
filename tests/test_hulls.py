"""Cuts: every study plan obeys them, the mixture they were made for does not; known cases have known inequalities."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser import cuts as cuts_module
from planner.optimiser.cuts import CutGenerator
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import optimise_in_order

CYCLE = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 0]]


def effort() -> SolveLimits:
    """A minute."""
    return SolveLimits(time.monotonic() + 60)


def at_most_one(groups: list[list[int]], columns: int) -> IntegerProgram:
    """Of each group at most one."""
    terms = np.array([[float(column in group) for column in range(columns)] for group in groups])
    return rows(terms, np.ones(len(groups)))


def rows(terms: np.ndarray, upper: np.ndarray) -> IntegerProgram:
    """0 or 1 columns, every row at most its bound."""
    count, columns = terms.shape
    nothing = np.zeros(columns)
    return IntegerProgram(nothing, sparse.csr_matrix(terms), np.full(count, -np.inf), upper, nothing, np.ones(columns))


def cuts(matrix: IntegerProgram, owner: list[int], x: list[float]) -> list[tuple[list[float], float]]:
    """Every cut as its coefficients and its upper bound."""
    terms, upper = CutGenerator(matrix, np.array(owner)).cuts(np.array(x), effort())
    return [(row.tolist(), float(most)) for row, most in zip(terms.toarray(), upper, strict=True)]


def test_a_cycle_of_five_gives_two() -> None:
    """Half of each of five starts in a circle is two and a half; the cut says two."""
    assert cuts(at_most_one(CYCLE, 5), [0] * 5, [0.5] * 5) == [([1] * 5, 2)]


def test_what_lies_in_the_hull_is_not_cut() -> None:
    """A mixture of two plans is in the hull, and so is a plan."""
    matrix = at_most_one(CYCLE, 5)
    assert cuts(matrix, [0] * 5, [0.5, 0, 0.5, 0.5, 0]) == []
    assert cuts(matrix, [0] * 5, [1, 0, 1, 0, 0]) == []


def test_other_starts_are_lifted_into_the_cut() -> None:
    """A sixth start that excludes all five, and of which the mixture has nothing, counts two: it takes both places."""
    matrix = at_most_one([*CYCLE, *([5, other] for other in range(5))], 6)
    assert cuts(matrix, [0] * 6, [0.5] * 5 + [0]) == [([1] * 5 + [2], 2)]


def test_a_start_that_opens_another_is_lifted_too() -> None:
    """A start that only goes after another gets a coefficient with it; together they keep the cut true."""
    cycle = at_most_one(CYCLE, 7).terms.toarray()
    after = [[0, 0, 0, 0, 0, -1, 1], [0, 0, 0, 0, 1, 0, 1], [1, 0, 0, 0, 0, 0, 1]]
    matrix = rows(np.vstack([cycle, after]), np.array([1.0] * 5 + [0, 1, 1]))
    found = cuts(matrix, [0] * 7, [0.5] * 5 + [0, 0])
    assert [(row[:5], most) for row, most in found] == [([1] * 5, 2)]
    check(matrix, [0] * 7, found)


def test_a_cut_serves_every_cadre_of_the_kind() -> None:
    """Of three cadres alike, the two whose mixtures break the cut get a row; the columns may lie anywhere."""
    groups = [[3 * column + cadre for column in group] for cadre in range(3) for group in CYCLE]
    owner = [0, 1, 2] * 5
    found = cuts(at_most_one(groups, 15), owner, [value for _ in range(5) for value in (0.5, 0.45, 0.3)])
    assert sorted(found) == sorted(([float(own == cadre) for own in owner], 2.0) for cadre in (0, 1))


def test_columns_of_nobody_and_rows_of_several_do_not_matter() -> None:
    """A cut speaks of one cadre's columns; rows that join him to others, or have no upper bound, are not his rules."""
    terms = np.zeros((7, 7))
    terms[:5, :5] = at_most_one(CYCLE, 5).terms.toarray()
    terms[5] = 1  # everybody together
    terms[6, 0] = 1
    matrix = rows(terms, np.array([1.0] * 5 + [1, np.inf]))
    assert cuts(matrix, [0] * 5 + [1, -1], [0.5] * 7) == [([1] * 5 + [0, 0], 2)]


def test_too_many_study_plans_give_no_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cycle has 11 study plans: at 11 it is cut, past that bound it is left alone."""
    monkeypatch.setattr(cuts_module, "MOST_PLANS", 11)
    assert len(cuts(at_most_one(CYCLE, 5), [0] * 5, [0.5] * 5)) == 1
    monkeypatch.setattr(cuts_module, "MOST_PLANS", 10)
    assert cuts(at_most_one(CYCLE, 5), [0] * 5, [0.5] * 5) == []


@pytest.mark.parametrize("seed", range(40))
def test_cuts_are_true_of_every_plan(seed: int) -> None:
    """Over random rules, with coefficients of both signs, every plan obeys every cut, and the mixture breaks it."""
    draw = np.random.default_rng(seed)
    columns = 9
    terms = draw.integers(-1, 2, (4, columns)) * (draw.random((4, columns)) < 0.5)
    pairs = (draw.random((8, columns)) < 0.3).astype(float)
    matrix = rows(np.vstack([terms, pairs]).astype(float), np.concatenate([draw.integers(0, 3, 4), np.ones(8)]))
    for _ in range(5):
        x = draw.random(columns) * (draw.random(columns) < 0.8)
        found = cuts(matrix, [0] * columns, x.tolist())
        check(matrix, [0] * columns, found)
        assert all(np.dot(row, x) > most for row, most in found)


def check(matrix: IntegerProgram, owner: list[int], found: list[tuple[list[float], float]]) -> None:
    """No point of zeros and ones that obeys the matrix breaks a cut."""
    grid = np.array(list(product((0, 1), repeat=len(owner))))
    plans = grid[(grid @ matrix.terms.toarray().T <= matrix.row_upper + 1e-9).all(axis=1)]
    for row, most in found:
        assert (plans @ np.array(row) <= most).all()


def test_a_hull_is_found_in_a_few_rounds() -> None:
    """Cut after cut, the relaxation ends on a plan: over random goals the bound reaches the best plan's value."""
    cycle_and_wheel = at_most_one([*CYCLE, *([5, other] for other in range(5)), [0, 6], [6, 7], [7, 2]], 8)
    for seed in range(10):
        goal = Goal("worth", "max", -np.random.default_rng(seed).integers(1, 9, 8).astype(float), 1)
        told: list[tuple[float, float]] = []
        owner = np.zeros(8, dtype=int)
        found = optimise_in_order(
            cycle_and_wheel, [goal], effort(), 0, lambda _, value, bound, told=told: told.append((value, bound)), owner
        )
        assert found.status == "optimal"
        before = [bound for value, bound in told if np.isinf(value)]
        assert before[-1] == found.goals[0].value  # no search was needed to prove it
