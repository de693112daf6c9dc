"""The warm relaxation: after any change it says what a cold one says, and its bound is proven by its duals."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from planner.optimiser import afresh
from planner.optimiser.afresh import Remnant
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex, relax


def effort(seconds: float = 60) -> SolveLimits:
    """So many seconds."""
    return SolveLimits(time.monotonic() + seconds)


def drawn(draw: np.random.Generator, columns: int = 12, count: int = 10) -> IntegerProgram:
    """A random matrix with rows of both sides, and 0 among its points."""
    terms = draw.integers(-2, 4, (count, columns)) * (draw.random((count, columns)) < 0.5)
    lower = np.where(draw.random(count) < 0.4, -draw.integers(0, 3, count), -np.inf)
    upper = draw.integers(0, 6, count).astype(float)
    nothing = np.zeros(columns)
    return IntegerProgram(
        draw.integers(-5, 6, columns).astype(float),
        sparse.csr_matrix(terms.astype(float)),
        lower,
        upper,
        nothing,
        1 + nothing,
    )


def same(warm: Relaxation, matrix: IntegerProgram) -> None:
    """A cold solution has the same status and value, and the warm one proves its own bound."""
    cold = relax(matrix, effort())
    assert warm.status == cold.status
    if warm.status == "optimal":
        assert warm.bound == pytest.approx(cold.bound, abs=1e-6)
        assert warm.bound == pytest.approx(float(matrix.cost @ warm.x), abs=1e-6)
        np.testing.assert_allclose(warm.reduced_costs, matrix.cost - matrix.terms.T @ warm.duals)
        assert (warm.duals[np.isinf(matrix.row_lower)] <= 0).all()


@pytest.mark.parametrize("seed", range(20))
def test_a_warm_solution_is_a_cold_one(seed: int) -> None:
    """After new costs, fixed columns, tighter rows and more rows, one after another and together."""
    draw = np.random.default_rng(seed)
    matrix, simplex = drawn(draw), Simplex()
    same(simplex.relax(matrix, effort()), matrix)
    for _ in range(6):
        change = draw.integers(5)
        if change == 0:
            matrix = replace(matrix, cost=draw.integers(-5, 6, 12).astype(float))
        elif change == 1:
            fixed = draw.random(12) < 0.2
            matrix = replace(matrix, upper=np.where(fixed, matrix.lower, matrix.upper))
        elif change == 2:
            matrix = replace(
                matrix, row_upper=np.maximum(matrix.row_upper - draw.integers(0, 2, len(matrix.row_upper)), 0)
            )
        else:
            more = sparse.csr_matrix(draw.integers(-1, 3, (2, 12)).astype(float))
            matrix = matrix.with_rows(more, np.full(2, -np.inf), draw.integers(0, 3, 2).astype(float))
            if change == 4:
                matrix = replace(matrix, cost=-matrix.cost)
        same(simplex.relax(matrix, effort()), matrix)


def test_going_back_begins_anew() -> None:
    """Fewer rows, or other rows in their place, are no continuation; the answer is right all the same."""
    draw = np.random.default_rng(1)
    few = drawn(draw)
    many = few.with_rows(sparse.csr_matrix(np.ones((1, 12))), np.array([-np.inf]), np.array([2.0]))
    other = few.with_rows(sparse.csr_matrix(np.eye(12)[:1]), np.array([-np.inf]), np.array([0.0]))
    simplex = Simplex()
    for matrix in (few, many, few, other, many):
        same(simplex.relax(matrix, effort()), matrix)


def test_what_cannot_be_is_infeasible_and_can_be_taken_back() -> None:
    """Two rows that contradict each other have no solution; with one of them taken back there is one again."""
    free = IntegerProgram(
        np.ones(2),
        sparse.csr_matrix(np.ones((2, 2))),
        np.array([1.0, -np.inf]),
        np.array([np.inf, 2.0]),
        np.zeros(2),
        np.ones(2),
    )
    simplex = Simplex()
    assert simplex.relax(free, effort()).bound == 1
    assert simplex.relax(replace(free, row_upper=np.array([np.inf, 0.0])), effort()).status == "infeasible"
    assert simplex.relax(free, effort()).bound == 1


def test_a_relaxation_cut_short_proves_nothing() -> None:
    """Out of time the status is unknown and the bound none."""
    draw = np.random.default_rng(3)
    matrix = drawn(draw, 400, 300)
    answer = relax(matrix, SolveLimits(time.monotonic() - 1))
    assert (answer.status, answer.bound) in (("unknown", -np.inf), ("optimal", relax(matrix, effort()).bound))


@pytest.mark.parametrize("most_of", [0.0, afresh.MOST_OF])
def test_what_is_left_goes_on_as_a_cold_one(most_of: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """After new costs, or closer bounds of columns and rows, and further rows; wider bounds begin again."""
    monkeypatch.setattr(afresh, "MOST_OF", most_of)
    went_on: list[int] = []
    impossible = 0
    monkeypatch.setattr(Remnant, "_go_on", _counted(Remnant._go_on, went_on))
    for seed in range(40):
        draw = np.random.default_rng(seed)
        whole = drawn(draw)
        matrix = replace(whole, upper=np.where(draw.random(12) < 0.3, 0.0, 1.0))
        remnant = Remnant()
        for _ in range(6):
            warm = remnant.relax(matrix, effort())
            same(warm, matrix)
            if warm.basis is not None:
                assert Simplex(warm.basis).relax(matrix, effort()).bound == pytest.approx(warm.bound)
            impossible += warm.status == "infeasible"
            matrix = _changed(matrix, whole, draw)
    assert len(went_on) > 50
    assert impossible > 10


def _counted(work: Callable[..., None], calls: list[int]) -> Callable[..., None]:
    def counted(*arguments: object) -> None:
        calls.append(1)
        work(*arguments)

    return counted


def _changed(matrix: IntegerProgram, whole: IntegerProgram, draw: np.random.Generator) -> IntegerProgram:
    """Another cost, a column fixed at either end, a row that is an equality or wider again, one row more."""
    kind = draw.integers(5)
    if kind == 0:
        return replace(matrix, cost=draw.integers(-5, 6, 12).astype(float))
    if kind == 1:
        column = np.arange(12) == draw.integers(12)
        if draw.random() < 0.5:
            return replace(matrix, lower=np.where(column, matrix.upper, matrix.lower))
        return replace(matrix, upper=np.where(column, matrix.lower, matrix.upper))
    if kind == 2:
        row = np.arange(len(matrix.row_upper)) == draw.integers(len(matrix.row_upper))
        tight = np.maximum(matrix.row_lower, matrix.row_upper - draw.integers(0, 2))
        return replace(matrix, row_upper=np.where(row, tight, matrix.row_upper))
    if kind == 3:
        return replace(matrix, upper=whole.upper, lower=np.minimum(matrix.lower, whole.upper))
    terms = sparse.csr_matrix(draw.integers(0, 2, (1, 12)).astype(float))
    return matrix.with_rows(terms, np.array([-np.inf]), np.array([float(draw.integers(0, 5))]))
