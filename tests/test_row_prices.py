"""Answers from the prices of earlier ones: each is what a fresh solve finds, and prices that lie prove nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy import sparse
from test_warm import PEOPLE, changed, drawn, effort, firm, values

from planner.optimiser import row_prices
from planner.optimiser.changes import Change
from planner.optimiser.goal import Goal
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram
from planner.optimiser.lexicographic import optimise_in_order
from planner.optimiser.making_room import Ground
from planner.optimiser.own_plans import Owners
from planner.optimiser.row_prices import Question, RowPrices
from planner.optimiser.warm import WarmProgram

SHORT = range(4)
SEEDS = [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 60))]
TENS = range(6, 60, 6)


def of_one(draw: np.random.Generator, owner: np.ndarray) -> Change:
    """One of some of a person's columns required, one or more forbidden, or both."""
    own = np.flatnonzero(owner == draw.integers(PEOPLE))
    columns = draw.permutation(own)
    forbidden = {int(column): 0.0 for column in columns[: int(draw.integers(0, 3))]}
    return Change(forbidden, () if draw.random() < 0.3 and forbidden else (np.sort(columns[2:4]),))


@pytest.mark.parametrize("seeds", [range(6), *(pytest.param(range(n, n + 6), marks=pytest.mark.long) for n in TENS)])
def test_an_answer_without_a_solve_is_the_fresh_one(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """All people are asked about, again and again: each value, the plan obeys the change; some need no solve."""
    quick: list[bool] = []
    answer = RowPrices.answer

    def noted(self: RowPrices, question: Question) -> tuple[np.ndarray | None, np.ndarray | None]:
        plan, bound = answer(self, question)
        quick.append(plan is not None)
        return plan, bound

    monkeypatch.setattr(RowPrices, "answer", noted)
    for seed in seeds:
        draw = np.random.default_rng(seed)
        matrix, goals, owner = drawn(draw)
        warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, len(goals) - 1, effort())
        for _ in range(30):
            change = of_one(draw, owner)
            found, other = warm.best(change, effort()), changed(matrix, change)
            cold = optimise_in_order(other, goals[:-1], effort(), 0, lambda *news: None, owner)
            assert found.status == cold.status
            assert values(found) == values(cold)
            assert found.x is None or other.feasible(found.x)
    assert sum(quick) > len(quick) / 40, "the prices answer nothing"


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_that_lie_prove_nothing(seed: int) -> None:
    """Whatever duals are learnt, drawn at random or of wrong signs, no bound is above the best value."""
    draw = np.random.default_rng(seed)
    matrix, goals, owner = drawn(draw)
    asked, warm = goals[:-1], WarmProgram(matrix, goals, owner, firm(matrix), 0, len(goals) - 1, effort())
    assert warm.result.x is not None
    none = matrix.of_rows(np.zeros(0, dtype=int))
    prices = RowPrices(Owners(matrix, asked, warm.cuts), warm.result.x)
    told = 0
    for _ in range(20):
        change = of_one(draw, owner)
        question = question_of(warm, change)
        cold = optimise_in_order(changed(matrix, change), asked, effort(), 0, lambda *news: None, owner)
        if cold.x is None:
            continue
        wrong = [draw.choice([-1.5, -1.0, 0.0, 0.0, 0.0, 1.0, 1 / 3], len(matrix.row_upper)) for _ in asked]
        honest = [level.relaxed.duals[: len(matrix.row_upper)] for level in warm.levels[: len(asked)]]
        lies = [each + (draw.random(len(each)) < 0.02) * by for each, by in zip(honest, wrong, strict=True)]
        for duals in (wrong, lies, honest):
            prices.learn(question, duals, none, cold.x)
        plan, bound = prices.answer(question)
        if bound is not None:
            told += 1
            assert list(bound) <= values_of(cold.x, asked)
        assert plan is None or values_of(plan, asked) == values_of(cold.x, asked)
    assert told or seed not in SHORT


def question_of(warm: WarmProgram, change: Change) -> Question:
    """A change as the question that it is."""
    required = np.concatenate([np.zeros(0, dtype=int), *change.required])
    forbidden = np.array(list(change.fixed), dtype=int)
    return Question(int(warm.cuts.number[[*forbidden, *required][0]]), forbidden, required)


def values_of(x: np.ndarray, goals: list[Goal]) -> list[float]:
    """The goals of a plan."""
    return [float((goal.coefficients * x).sum()) for goal in goals]


def test_a_cut_that_a_plan_of_its_owner_breaks_counts_for_nothing() -> None:
    """A row after the matrix's is believed only where each own plan obeys it: at the most one has, not one below."""
    matrix, goals, owner = drawn(np.random.default_rng(1))
    warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, 3, effort())
    owners = Owners(matrix, goals[:3], warm.cuts)
    columns, plans = warm.cuts.own_plans(2)
    assert plans is not None
    most = float(plans.sum(axis=1).max())
    row = sparse.csr_matrix((np.ones(len(columns)), (np.zeros(len(columns), dtype=int), columns)), (1, len(owner)))
    assert owners.most(row, most) == most
    assert owners.most(row, most - 1) == np.inf
    of_two = row + sparse.csr_matrix(([1.0], ([0], warm.cuts.own_plans(3)[0][:1])), row.shape)
    assert owners.most(of_two, 100.0) == np.inf, "it speaks of two"


def chain(people: int, free: int) -> tuple[Owners, np.ndarray]:
    """Each person has the only seat of a kind, and may have the next kind; of the last some are free."""
    size = 2 * people
    owner = np.repeat(np.arange(people), 2)
    seat = np.array([person + second for person in range(people) for second in (0, 1)])
    own = np.kron(np.eye(people), np.ones(2))
    rows = np.vstack([own, [seat == number for number in range(people + 1)]]).astype(float)
    matrix = IntegerProgram(
        np.zeros(size),
        sparse.csr_matrix(rows),
        np.full(len(rows), -np.inf),
        np.append(np.ones(2 * people), free),
        np.zeros(size),
        np.ones(size),
    )
    goal = Goal("sent", "max", -np.ones(size), 1)
    warm = WarmProgram(matrix, [goal], owner, np.arange(len(rows)) < people, 0, 1, effort())
    return Owners(matrix, [goal], warm.cuts), np.tile([1.0, 0.0], people)


@pytest.mark.parametrize(("free", "found"), [(1, True), (0, False)])
def test_room_is_made_along_a_chain(free: int, found: bool) -> None:
    """The first of four moves on, and so all others have to: with a seat at the end they can, else they cannot."""
    owners, plan = chain(4, free)
    room = owners.upper - owners.matrix.terms @ plan
    ground = Ground(owners, plan, np.full(len(room), -np.inf), room, lambda own: own.plans[own.plans.any(axis=1)])
    first = owners.of(0)
    assert first is not None
    after = ground.after([ground.ways(first, np.array([[False, True]]))])
    assert (after is not None) is found
    if after is not None:
        assert np.array_equal(after, np.tile([0.0, 1.0], 4))
        assert owners.matrix.feasible(after)


def test_threads_ask_side_by_side() -> None:
    """Many questions at once, of the same ground: every one is answered as it is alone."""
    draw = np.random.default_rng(1)
    matrix, goals, owner = drawn(draw)
    warm = WarmProgram(matrix, goals, owner, firm(matrix), 0, len(goals) - 1, effort())
    changes = [of_one(draw, owner) for _ in range(40)]
    alone = [values(warm.best(change, effort())) for change in changes]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda change: values(warm.best(change, effort())), changes))
    assert together == alone


def test_what_is_kept_does_not_grow_with_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for some prices alone as many questions leave no more than that, and every answer is the same."""
    draw = np.random.default_rng(2)
    matrix, goals, owner = drawn(draw)
    changes = [of_one(draw, owner) for _ in range(60)]
    free, tight = (WarmProgram(matrix, goals, owner, firm(matrix), 0, len(goals) - 1, effort()) for _ in range(2))
    told = [values(free.best(change, effort())) for change in changes]
    room = free.prices.size // 4
    monkeypatch.setattr(row_prices, "ROOM", room)
    for change, value in zip(changes, told, strict=True):
        assert values(tight.best(change, effort())) == value
        assert tight.prices.size <= room
    assert tight.prices.size > room / 2, "nothing is kept"
    monkeypatch.setattr(row_prices, "ROOM", 0)
    question, duals = question_of(tight, changes[0]), [level.relaxed.duals for level in tight.levels[:3]]
    assert tight.result.x is not None
    for _ in range(2):
        tight.prices.learn(question, duals, matrix.of_rows(np.zeros(0, dtype=int)), tight.result.x)
    assert tight.prices.size > 0, "the newest stay, however little room there is"


def test_numbers_too_large_to_count_with_are_solved() -> None:
    """Terms or costs that are no whole numbers, or too large, are never counted with."""
    matrix, goals, owner = drawn(np.random.default_rng(3))
    cuts = WarmProgram(matrix, goals, owner, firm(matrix), 0, 3, effort()).cuts
    assert Owners(matrix, goals, cuts).counts
    for wrong in (0.5, 2.0**31):
        terms = matrix.terms.copy()
        terms.data[0] = wrong
        assert not Owners(replace(matrix, terms=terms), goals, cuts).counts
        costs = goals[0].coefficients.copy()
        costs[0] = wrong
        assert not Owners(matrix, [replace(goals[0], coefficients=costs)], cuts).counts


def test_small_problems_by_enumeration() -> None:
    """Three people over one seat and a half: every question about one of them, by all plans there are."""
    seen = 0
    for seed in range(30):
        draw = np.random.default_rng(seed)
        size, owner = 6, np.repeat(np.arange(3), 2)
        rows = np.vstack([np.kron(np.eye(3), np.ones(2)), draw.integers(0, 2, (2, size))]).astype(float)
        upper = np.append(np.ones(3), draw.integers(1, 3, 2)).astype(float)
        matrix = IntegerProgram(
            np.zeros(size), sparse.csr_matrix(rows), np.full(5, -np.inf), upper, np.zeros(size), np.ones(size)
        )
        costs = [-draw.integers(0, 3, size), draw.integers(0, 3, size)]
        goals = [Goal(f"goal {n}", "min", cost.astype(float), 1) for n, cost in enumerate(costs)]
        warm = WarmProgram(matrix, goals, owner, np.arange(5) < 3, 0, 2, effort())
        plans = np.array([x for x in product([0.0, 1.0], repeat=size) if matrix.feasible(np.array(x))])
        for column in [*range(size), *range(size)]:
            for kept, change in (
                (plans[plans[:, column] == 1], Change(required=(np.array([column]),))),
                (plans[plans[:, column] == 0], Change({column: 0.0})),
            ):
                found = warm.best(change, effort())
                best = min((values_of(x, goals) for x in kept), default=None)
                assert values(found) == best
                seen += found.status == OPTIMAL
    assert seen
