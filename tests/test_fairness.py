"""The fairness audit: figures by hand, tests by published examples, hidden cells by enumeration, prices by solving."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from brute_force import best_plans
from hypothesis import given, settings
from hypothesis import strategies as st
from small import small

from planner.analysis.fairness import audit as auditing
from planner.analysis.fairness.audit import TIMES, Fairness, _step, audit_fairness, for_others
from planner.analysis.fairness.selection_rates import (
    SEVERAL,
    Group,
    _holm,
    _newcombe,
    _p_selected,
    _p_wait,
    groups,
    people,
)
from planner.analysis.what_if import Outcome, WhatIf, starts_of
from planner.common.workers import Parallel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.plans.cell_suppression import hidden

FEWEST = 5  # people that a count tells
HERE = Parallel(executor=ThreadPoolExecutor(2))  # questions asked in this process
PEOPLE: dict[str, dict[str, Any]] = {
    "A": {"birth_year": 1990},
    "B": {"birth_year": 1980, "sex": "M"},
    "C": {"birth_year": 1980, "sex": "M"},
    "D": {"birth_year": 1970, "theory": "advanced"},
}
SCHEME: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "targets": {"advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}},
    "seats": {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}},
    "programmes": {"school": {"open": False}, "evening": None, "degree": None, "course": None, "further": None},
    "priority": {
        "women": {"who": {"sex": "F"}, "points": 2},
        "old": {"who": {"age": {"min": 40}}, "points": 1},
    },
    "goals": ["attainment", "priority", "early", "lot"],
}


@pytest.fixture
def what_if(tmp_path: Path) -> WhatIf:
    """Three who need the school, two seats."""
    return WhatIf(load(small(tmp_path / "scheme", PEOPLE, **SCHEME)))


def test_who_needs_and_who_is_selected(what_if: WhatIf) -> None:
    """D holds the level and needs nothing; of the three others two are selected, the woman among them."""
    found, unknown = people(what_if.plan, (35, 45))
    assert list(found["cadre"]) == ["A", "B", "C"]
    assert found["selected"].sum() == 2
    assert found.set_index("cadre")["selected"]["A"]
    starts = {cadre: start for cadre, _, start in starts_of(what_if.plan)}
    waits = found.set_index("cadre")["wait"].dropna()
    assert dict(waits) == {cadre: start - 2021 for cadre, start in starts.items()}
    assert set(unknown) == {"local", "ethnicity", "ethnic_minority"}
    by = {(group.attribute, group.value): (group.needing, group.selected) for group in groups(found)}
    assert by["sex", "F"] == (1, 1)
    assert by["sex", "M"] == (2, 1)
    assert by["age", "–34"] == (1, 1)
    assert by["age", "35–44"] == (2, 1)
    assert by[f"sex{SEVERAL}age", f"M{SEVERAL}35–44"] == (2, 1)


def test_what_a_rule_changed_is_what_enumeration_says(what_if: WhatIf, tmp_path: Path) -> None:
    """Without the rule for women: the goals of the enumerated scenario without it, in the points of the scenario."""
    audit = audit_fairness(what_if, (35, 45), parallel=HERE)
    (women, _) = audit.priorities
    priority = {"old": SCHEME["priority"]["old"]}
    _, plans = best_plans(small(tmp_path / "without", PEOPLE, **{**SCHEME, "priority": priority}))
    points = {"A": 2, "B": 1, "C": 1}
    totals = {sum(points[cadre] for cadre, _, _ in plan) for plan in plans}
    assert int(women.goals_without["priority"]) in totals
    assert women.starts_with == 1
    assert women.rule == "women"
    assert set(women.came_in) | set(women.went_out) <= set(PEOPLE)
    for step in audit.price:
        if (step.place, step.times) == (2, 1):  # as it is
            assert step.goals["priority"] == sum(points[cadre] for cadre, _, _ in starts_of(what_if.plan))
    assert {step.times for step in audit.price} == set(TIMES)
    assert {step.place for step in audit.price} == {1, 2}


def test_raising_the_priority_is_solved_again(what_if: WhatIf, tmp_path: Path) -> None:
    """Priority ranked first gives the enumerated optimum of that ranking."""
    audit = audit_fairness(what_if, (35, 45), parallel=HERE)
    (first,) = [step for step in audit.price if step.place == 1]
    optimum, _ = best_plans(
        small(tmp_path / "first", PEOPLE, **{**SCHEME, "goals": ["priority", "attainment", "early", "lot"]})
    )
    assert optimum.goals is not None
    assert {goal: first.goals[goal] for goal in optimum.goals} == optimum.goals


def test_a_step_that_changes_nothing_is_not_solved_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a goal is as good after `priority` as before it, both places have the same values, as solves say."""
    two = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "at_least": 2}
    goals = ["attainment", "starts", "priority", "early", "lot"]
    scheme = load(small(tmp_path / "scheme", PEOPLE, **{**SCHEME, "targets": {"advanced": two}, "goals": goals}))
    steps = [(place, 1) for place in (1, 2, 3)]
    solved = [_step(WhatIf(scheme), *step) for step in steps]
    asked: list[int] = []
    best = auditing._best

    def counted(what_if: WhatIf, problem: Problem) -> Outcome:
        asked.append(1)
        return best(what_if, problem)

    monkeypatch.setattr(auditing, "_best", counted)
    what_if = WhatIf(scheme)
    assert [_step(what_if, *step) for step in steps] == solved
    assert [step.goals != solved[0].goals for step in solved] == [False, False, True]
    assert len(asked) == 2


# --- statistics -----------------------------------------------------------------------------------------------------


def test_fisher_by_enumeration() -> None:
    """The p-value is the sum of the hypergeometric probabilities no larger than that of the table."""
    table = np.array([[7, 3], [2, 9]])
    one, two, chosen = 10, 11, 9
    chance = [comb(one, k) * comb(two, chosen - k) / comb(one + two, chosen) for k in range(chosen + 1)]
    expected = sum(p for p in chance if p <= chance[7] * (1 + 1e-9))
    assert _p_selected(table) == pytest.approx(expected)
    assert _p_selected(np.array([[5, 0], [6, 0]])) is None


def test_more_groups_by_resampling_are_near_the_exact_value() -> None:
    """Three groups, alike: no small p; one group wholly selected and the others not: a tiny p."""
    alike, apart = np.array([[5, 5], [6, 5], [5, 6]]), np.array([[20, 0], [0, 20], [1, 19]])
    assert (_p_selected(alike) or 0) > 0.5
    assert (_p_selected(apart) or 1) < 0.001


@pytest.mark.parametrize(("further", "within"), [(0, 1e-12), (2, 0.02)])
def test_waits_by_permutation(further: int, within: float) -> None:
    """Of few people the p-value is that of all orders, enumerated; of more it is near it."""
    one, two = np.array([0.0, 0.0, 1.0, 0.0] + [2.0] * further), np.array([3.0, 2.0, 3.0])
    every = np.concatenate([one, two])

    def spread(first: list[float], second: list[float]) -> float:
        return sum(len(own) * (np.mean(own) - every.mean()) ** 2 for own in (first, second))

    observed = spread(list(one), list(two))
    splits = list(itertools.combinations(range(len(every)), len(one)))
    as_far = sum(
        spread([every[i] for i in split], [every[i] for i in range(len(every)) if i not in split]) >= observed - 1e-12
        for split in splits
    )
    assert 0 < as_far < len(splits) / 2
    assert _p_wait([one, two]) == pytest.approx(as_far / len(splits), abs=within)
    assert _p_wait([two, one, np.zeros(0)]) == pytest.approx(as_far / len(splits), abs=within)
    assert _p_wait([one]) is None


def test_newcombe_by_his_example() -> None:
    """56 of 70 against 48 of 80: 0.2 from 0.0524 to 0.3339 (Newcombe 1998, table II, method 10)."""
    assert _newcombe(np.array([56, 14]), np.array([48, 32])) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_holm_by_hand() -> None:
    """0.01, 0.04, 0.03 of three: 0.03, then 0.06 for both others; what was not tested stays so."""
    assert _holm([0.01, 0.04, None, 0.03]) == [pytest.approx(0.03), pytest.approx(0.06), None, pytest.approx(0.06)]


# --- small cells ----------------------------------------------------------------------------------------------------


Place = tuple[int, int]


def derivable(counts: np.ndarray, secret: np.ndarray) -> list[Place]:
    """The hidden cells that the sums and the other cells tell: those with one possible value among whole numbers."""
    places = [(int(row), int(column)) for row, column in zip(*np.nonzero(secret), strict=True)]
    return [place for place in places if not another_value(counts, secret, place, places)]


def another_value(counts: np.ndarray, secret: np.ndarray, asked: Place, places: list[Place]) -> bool:
    """Whether one hidden cell can hold another count with all sums as they are: tried out, count by count."""
    order = [asked, *(place for place in places if place != asked)]
    left_row, left_column = (counts * secret).sum(axis=1), (counts * secret).sum(axis=0)

    def fill(at: int) -> bool:
        if at == len(order):
            return not left_row.any() and not left_column.any()
        row, column = order[at]
        most = min(left_row[row], left_column[column])
        fewest = 0  # but the last hidden cell of a row or column holds all that is left of it
        if row not in (place[0] for place in order[at + 1 :]):
            fewest = left_row[row]
        if column not in (place[1] for place in order[at + 1 :]):
            fewest = max(fewest, left_column[column])
        for value in range(int(fewest), int(most) + 1):
            if at == 0 and value == counts[asked]:
                continue
            left_row[row] -= value
            left_column[column] -= value
            found = fill(at + 1)
            left_row[row] += value
            left_column[column] += value
            if found:
                return True
        return False

    return fill(0)


def test_the_enumeration_finds_what_can_be_computed() -> None:
    """One hidden cell in a row is told by its sum; two by two are not, unless a sum is nothing or all."""
    everything = np.ones((2, 2), bool)
    assert derivable(np.array([[1, 2], [3, 4]]), everything) == []
    assert derivable(np.array([[0, 2], [0, 4]]), everything) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert derivable(np.array([[1, 2], [3, 4]]), np.array([[True, False], [False, False]])) == [(0, 0)]
    three = np.array([[True, True, True], [True, True, False]])
    assert derivable(np.array([[1, 2, 3], [4, 5, 6]]), three) == [(0, 2)]


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 4), st.integers(2, 4), st.data())
def test_no_hidden_cell_can_be_computed(rows: int, columns: int, data: st.DataObject) -> None:
    """Every cell of 1 to 4 is hidden; no hidden cell follows from the sums, unless the whole table is hidden."""
    cells = data.draw(st.lists(st.integers(0, 7), min_size=rows * columns, max_size=rows * columns))
    counts = np.array(cells).reshape(rows, columns)
    secret = hidden(counts, FEWEST)
    assert secret[(counts > 0) & (counts < FEWEST)].all()
    if not secret.all():
        assert derivable(counts, secret) == []


def test_nothing_small_is_shown_to_others() -> None:
    """No group with 1 to 4 selected or not selected is left, nor who came in; a group hidden is not the only one."""
    made = [
        Group("sex", "F", 30, 3, 0.1, 0, 1, 1.0, 1.0),
        Group("sex", "M", 40, 20, 0.5, 0, 1, 1.0, 1.0),
        Group("local", "no", 50, 25, 0.5, 0, 1, 1.0, 1.0),
        Group("local", "yes", 20, 10, 0.5, 0, 1, 1.0, 1.0),
    ]
    shown = for_others(Fairness(tuple(made), (), (), (), ()), FEWEST)
    assert shown.secret
    assert [group.attribute for group in shown.groups] == ["local", "local"]
    for group in shown.groups:
        assert all(number == 0 or number >= FEWEST for number in (group.selected, group.needing - group.selected))


def test_names_of_those_who_came_in_stay_inside(what_if: WhatIf) -> None:
    """What is meant for others names nobody."""
    audit = audit_fairness(what_if, (35, 45), parallel=HERE)
    shown = for_others(replace(audit, groups=()), FEWEST)
    assert all(not rule.came_in and not rule.went_out for rule in shown.priorities)
