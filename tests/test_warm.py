"""A warm answer is a cold one: after any change the goals have the values that a fresh solve finds."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser import warm as warm_module
from planner.optimiser.changes import Change
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.optimiser.lexicographic import LexicographicResult, optimise_in_order
from planner.optimiser.warm import WarmProgram

PEOPLE, EACH, GOALS = 8, 5, 4


def effort(seconds: float = 60) -> SolveLimits:
    """So many seconds."""
    return SolveLimits(time.monotonic() + seconds)


def drawn(draw: np.random.Generator) -> tuple[IntegerProgram, list[Goal], np.ndarray]:
    """People with starts that exclude each other, shared seats, and a shortfall of those who must be sent."""
    size = PEOPLE * EACH
    owner = np.append(np.repeat(np.arange(PEOPLE), EACH), -1)
    rows, lower, upper = [], [], []
    for person in range(PEOPLE):
        own = person * EACH + np.arange(EACH)
        for _ in range(3):
            row = np.zeros(size + 1)
            row[draw.choice(own, 2, replace=False)] = 1
            rows.append(row)
            lower.append(-np.inf)
            upper.append(1.0)
    for seat in range(6):
        row = np.zeros(size + 1)
        row[:size] = draw.random(size) < 0.35
        row[:size] *= (owner[:size] == 0) if seat == 0 else 1  # the seats of one person alone
        rows.append(row)
        lower.append(-np.inf)
        upper.append(float(draw.integers(0, 4)))
    short = np.append((draw.random(size) < 0.4).astype(float), 1.0)
    rows.append(short)
    lower.append(6.0)
    upper.append(np.inf)
    matrix = IntegerProgram(
        np.zeros(size + 1),
        sparse.csr_matrix(np.array(rows)),
        np.array(lower),
        np.array(upper),
        np.zeros(size + 1),
        np.append(np.ones(size), 6.0),
    )
    costs = [np.append(np.zeros(size), 1.0), np.append(-draw.integers(0, 4, size), 0), np.append(np.ones(size), 0)]
    costs.append(np.append(draw.integers(1, 900, size), 0))
    return matrix, [Goal(f"goal {n}", "min", cost.astype(float), 1) for n, cost in enumerate(costs)], owner


def firm(matrix: IntegerProgram) -> np.ndarray:
    """All rows but the seats."""
    rows = np.arange(len(matrix.row_upper))
    return (rows < 3 * PEOPLE) | (rows >= 3 * PEOPLE + 6)


def change_of(draw: np.random.Generator, matrix: IntegerProgram, owner: np.ndarray) -> Change:
    """Something forbidden or required, a limit raised or lowered, or all at once."""
    size, seats = len(matrix.cost) - 1, 3 * PEOPLE + np.arange(6)
    fixed, required, limits = {}, [], {}
    for kind in draw.choice(5, draw.integers(1, 4)):
        if kind == 0:
            fixed[int(draw.integers(size))] = float(draw.integers(2))
        elif kind == 1:
            required.append(np.sort(draw.choice(np.flatnonzero(owner == draw.integers(PEOPLE)), 3, replace=False)))
        elif kind == 2:
            fixed[size] = 0.0
        else:
            row = int(draw.choice(seats))
            limits[row] = max(0.0, matrix.row_upper[row] + draw.choice([-2, -1, 1, 2]))
    return Change(fixed, tuple(required), limits)


def changed(matrix: IntegerProgram, change: Change) -> IntegerProgram:
    """The matrix as the change says, written anew."""
    lower, upper, row_upper = matrix.lower.copy(), matrix.upper.copy(), matrix.row_upper.copy()
    for row, most in change.limits.items():
        row_upper[row] = most
    terms, row_lower = matrix.terms.toarray(), matrix.row_lower
    for column, value in change.fixed.items():
        terms = np.vstack([terms, np.eye(len(lower))[column]])
        row_lower, row_upper = np.append(row_lower, value), np.append(row_upper, value)
    for columns in change.required:
        terms = np.vstack([terms, np.isin(np.arange(len(lower)), columns)])
        row_lower, row_upper = np.append(row_lower, 1), np.append(row_upper, np.inf)
    return IntegerProgram(matrix.cost, sparse.csr_matrix(terms), row_lower, row_upper, lower, upper)


def values(found: LexicographicResult) -> list[float] | None:
    """The value of each goal; None where there is no plan."""
    return None if found.x is None else [settled.value for settled in found.goals]


@pytest.mark.parametrize("seed", [*range(16), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(16, 40))])
def test_a_warm_answer_is_a_cold_one(seed: int) -> None:
    """Many changes asked of one proven problem, one after another: each value, and the plan obeys the change."""
    draw = np.random.default_rng(seed)
    matrix, goals, owner = drawn(draw)
    kept = int(draw.integers(0, GOALS + 1))
    warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, kept, effort())
    tail = Goal("tail", "min", np.append(draw.integers(-3, 4, PEOPLE * EACH), 0).astype(float), 1)
    seen = set()
    for _ in range(25):
        change, then = change_of(draw, matrix, owner), [tail] if draw.random() < 0.5 else []
        asked = [*goals[:kept], *then]
        found = warm.best(change, effort(), then)
        other = changed(matrix, change)
        cold = optimise_in_order(other, asked, effort(), 0, lambda *news: None, owner)
        if asked:
            assert found.status == cold.status
            assert values(found) == values(cold)
        if found.x is not None:
            assert other.feasible(found.x)
        seen.add(found.status)
    assert "optimal" in seen


def test_a_proof_renewed_answers_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What questions leave is thrown away at the bound, and not one term before; the answers are the cold ones."""
    draw = np.random.default_rng(5)
    matrix, goals, owner = drawn(draw)
    kept = GOALS - 1
    warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, kept, effort())
    proof, renewed = warm.rows.terms.nnz, 0
    for _ in range(40):
        change = change_of(draw, matrix, owner)
        found, other = warm.best(change, effort()), changed(matrix, change)
        cold = optimise_in_order(other, goals[:kept], effort(), 0, lambda *news: None, owner)
        assert values(found) == values(cold)
        now = warm.rows.terms.nnz
        monkeypatch.setattr(warm_module, "GROWN", now / proof)
        assert not warm.overgrown
        monkeypatch.setattr(warm_module, "GROWN", (now - 0.5) / proof)
        assert warm.overgrown
        if now > 1.2 * proof:
            prices = warm.prices
            warm, renewed = warm.renewed(), renewed + 1
            assert warm.rows.terms.nnz == proof
            assert warm.prices is prices
    assert renewed
