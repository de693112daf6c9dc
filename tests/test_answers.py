"""Answers compared with every plan there is: forced and tied starts, prices, remedies, the worth of seats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from brute_force import best_plans
from small import small

from planner.analysis.backbone import backbone
from planner.analysis.parallel import answers
from planner.analysis.price import price_of
from planner.analysis.seats.frontier import _only, frontier, with_seats
from planner.analysis.seats.values import IMPLIED, NOTHING_LEFT, SOLVED, difference, worth_of_seats
from planner.analysis.serialisation import as_data
from planner.analysis.what_if import WhatIf, change, read_what_if, starts_of, with_pin, worth
from planner.analysis.why.all_cadres import explain_all, needs
from planner.analysis.why.cadre import explain
from planner.common.errors import InputError, TaskCrashedError
from planner.common.workers import Parallel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.model.options import admissible_starts
from planner.plans.plan import Plan, plan_of
from planner.plans.run_folder import write_run
from planner.solver import solve_problem

HERE = Parallel(executor=ThreadPoolExecutor(2))  # questions asked in this process
SEATS = {
    "school": {
        "programmes": ["school", "evening"],
        "who": {"post": "staff"},
        "per_year": {"min": 0, "max": 1},
        "total": 3,
    }
}
TARGETS = {
    "advanced": {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0},
    "specialist": {"who": {"sex": "F"}, "level": {"administration": "specialist"}, "share": 0.5, "weight": 2},
}
PEOPLE = {"A": {}, "B": {"sex": "M"}, "C": {"sex": "M"}, "D": {"sex": "M", "theory": "none"}}
SCHEME = {
    "horizon": {"first": 2021, "last": 2022},
    "seats": SEATS,
    "targets": TARGETS,
    "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
    "goals": ["attainment", "priority", "early", "lot"],
    "programmes": {"school": {"open": False}, "evening": {"open": False}, "degree": None, "further": None},
    "absence": {"modes": ["full_time"], "bands": [{"share": 0.1}]},
}


def scheme(folder: Path, **changes: object) -> Path:
    """Four cadres who all want one school with one place a year."""
    return small(folder, PEOPLE, **{**SCHEME, **changes})


@pytest.fixture
def what_if(tmp_path: Path) -> WhatIf:
    """The scheme, to ask about."""
    return WhatIf(load(scheme(tmp_path / "scheme")))


def values(plan: Plan) -> dict[str, Fraction]:
    """The goals but the lot."""
    return {goal: value for goal, value in worth(plan).items() if goal != "lot"}


def test_the_backbone_is_that_of_all_best_plans(what_if: WhatIf, tmp_path: Path) -> None:
    """A start is in every, in some or in none of the best plans exactly as enumeration says."""
    optimum, plans = best_plans(scheme(tmp_path / "again"))
    assert optimum.goals == values(what_if.plan)
    assert len(plans) > 1
    held = backbone(what_if)
    seen = set()
    for row in held.itertuples():
        number = sum((row.cadre, row.programme, row.start) in plan for plan in plans)
        expected = "every" if number == len(plans) else "some" if number else "none"
        assert row.held == expected, row
        seen.add(expected)
    assert seen == {"every", "some", "none"}


def test_prices_are_those_of_enumeration(what_if: WhatIf, tmp_path: Path) -> None:
    """What forcing a start in changes is the difference between two enumerated optima; free where it is a tie."""
    before, plans = best_plans(scheme(tmp_path / "base"))
    free = costs = 0
    for place, start in enumerate(
        backbone(what_if)[["cadre", "programme", "start"]].itertuples(index=False, name=None)
    ):
        cadre, programme, year = start
        pin = {"cadre": cadre, "programme": programme, "start": int(year)}
        after, forced = best_plans(scheme(tmp_path / str(place), pins={"require": [pin]}))
        price = price_of(what_if, "require", Pin(**pin))
        assert price.possible == (after.goals is not None)
        if after.goals is None or before.goals is None:
            continue
        assert price.change == {goal: after.goals[goal] - before.goals[goal] for goal in before.goals}
        assert price.free == any(start in plan for plan in plans)
        nearest = min(len(set(plan) ^ set(starts_of(what_if.plan))) for plan in forced)
        assert len(price.gains) + len(price.loses) == nearest
        free, costs = free + price.free, costs + (not price.free)
    assert free
    assert costs


def test_an_explanation_says_what_enumeration_says(what_if: WhatIf, tmp_path: Path) -> None:
    """For a cadre left out: the reasons, the price; and the remedy that is named gets him in, one less does not."""
    _, plans = best_plans(scheme(tmp_path / "base"))
    for cadre in PEOPLE:
        for got in explain(what_if, cadre).got:
            in_all = all((cadre, got.programme, got.start) in plan for plan in plans)
            assert got.held == ("every" if in_all else "some")
    found = explain(what_if, "D", "school")
    (missed,) = found.missed or (None,)
    assert missed is None or missed.verdict in ("inadmissible", "costs", "free")


def two_and_a_school(folder: Path, most: int, total: int | None = None, **changes: object) -> Path:
    """Two cadres, A with two points more than B, who both want one school in its only year."""
    pool = {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": most}, "total": total}
    settings = {
        "horizon": {"first": 2021, "last": 2021},
        "targets": {"advanced": TARGETS["advanced"]},
        "absence": None,
        "seats": {"school": {key: value for key, value in pool.items() if value is not None}},
        "programmes": {"school": {"open": False}, "evening": None, "degree": None, "further": None},
        "priority": {"women": {"who": {"sex": "F"}, "points": 2}},
        "goals": ["attainment", "priority", "early", "lot"],
    }
    return small(folder, {"A": {}, "B": {"sex": "M"}}, **{**settings, **changes})


def test_a_remedy_gets_the_cadre_in(tmp_path: Path) -> None:
    """One more seat of the year makes the start certain; so do points, one fewer do not: enumeration agrees."""
    what_if, start = WhatIf(load(two_and_a_school(tmp_path / "one", 1))), ("B", "school", 2021)
    assert start not in starts_of(what_if.plan)
    (missed,) = explain(what_if, "B", "school").missed
    assert missed.verdict == "costs"
    assert missed.remedies is not None
    singles = [remedy for remedy in missed.remedies.found if remedy.more]
    assert [remedy.more for remedy in singles] == [{("seats", ("school", 2021)): 1}]
    assert all(remedy.certain for remedy in singles)
    _, plans = best_plans(two_and_a_school(tmp_path / "two", 2))
    assert all(start in plan for plan in plans)
    (remedy,) = [remedy for remedy in missed.remedies.found if remedy.points]
    for extra in (remedy.points - 1, remedy.points):
        points = {"women": {"who": {"sex": "F"}, "points": 2}, "him": {"who": {"sex": "M"}, "points": extra}}
        _, plans = best_plans(two_and_a_school(tmp_path / f"points{extra}", 1, priority=points))
        assert any(start in plan for plan in plans) == (extra == remedy.points)
    assert remedy.certain == all(start in plan for plan in plans)


def test_a_seat_means_the_year_and_the_total(tmp_path: Path) -> None:
    """Where year and total both bind, neither alone gets anybody in; both by one do, as enumeration says."""
    (missed,) = explain(WhatIf(load(two_and_a_school(tmp_path / "one", 1, 1))), "B", "school").missed
    assert missed.remedies is not None
    (remedy,) = [remedy for remedy in missed.remedies.found if remedy.more]
    assert remedy.more == {("seats", ("school", 2021)): 1, ("seats", ("school", "total")): 1}
    for most, total in ((2, 1), (1, 2), (2, 2)):
        _, plans = best_plans(two_and_a_school(tmp_path / f"{most}{total}", most, total))
        assert any(("B", "school", 2021) in plan for plan in plans) == (most == total == 2)


def test_inadmissible_starts_have_all_their_reasons(what_if: WhatIf) -> None:
    """D holds no intermediate level: school is out of reach unless the basics lead there first."""
    (missed,) = explain(what_if, "A", "basics").missed
    assert missed.verdict == "inadmissible"
    assert set(missed.reasons) == {2021, 2022}
    assert all("level_reached" in found for found in missed.reasons.values())


def test_bad_questions_are_refused(what_if: WhatIf) -> None:
    """Unknown cadre, programme and year are named together, the nearest known beside."""
    with pytest.raises(InputError) as error:
        explain(what_if, "Z", "schol", 2030)
    told = str(error.value)
    assert "'Z'" in told
    assert "school" in told
    assert "2030" in told


def test_everybody_agrees_with_each(what_if: WhatIf) -> None:
    """The batch says of each start and each price what a single question says."""
    news: list[tuple[int, int]] = []
    found = explain_all(what_if, lambda done, total: news.append((done, total)), parallel=HERE)
    assert news[-1][0] == news[-1][1]
    single = {(got.programme, got.start, cadre): got.held for cadre in PEOPLE for got in explain(what_if, cadre).got}
    assert {(row.programme, row.start, row.cadre): row.held for row in found.starts.itertuples()} == single
    assert len(found.waiting) == len(needs(what_if.problem, what_if.plan.starts)) == len(found.prices)
    for row, price in zip(found.waiting.itertuples(), found.prices, strict=True):
        own = price_of(what_if, "require", Pin(cadre=row.cadre, programme=row.programme))
        assert own.free if price is None else (price.change, price.decided_by) == (own.change, own.decided_by)


# --- the worth of seats ---------------------------------------------------------------------------------------------


def with_limit(folder: Path, rule: str, year: int | str, by: int) -> Path | None:
    """The scheme with one limit changed, as far as a scenario can say so: `max` holds for all years."""
    if rule == "seats" and year == "total":
        return scheme(folder, seats={"school": {**SEATS["school"], "total": 3 + by}})
    return None


def test_the_worth_of_every_limit_is_that_of_solving_again(what_if: WhatIf, tmp_path: Path) -> None:
    """One more and one fewer: solved by another Case; a total also by enumeration of the changed scenario."""
    found = worth_of_seats(what_if, parallel=HERE)
    assert {(worth.rule, worth.year) for worth in found} >= {("seats", 2021), ("seats", 2022), ("seats", "total")}
    base, _ = best_plans(scheme(tmp_path / "base"))
    hows = set()
    for each in found:
        key = (each.rule, (each.where, each.year))
        for by, told in ((1, each.one_more), (-1, each.one_fewer)):
            hows.add(told.how)
            if told.how == NOTHING_LEFT:
                assert each.limit == 0
                continue
            again = difference(WhatIf(what_if.problem), (key, by))  # type: ignore[arg-type]
            assert (told.change if told.how == SOLVED else dict.fromkeys(again.change, 0)) == again.change
            path = with_limit(tmp_path / f"{each.where}{by}", each.rule, each.year, by)
            if path is not None:
                after, _ = best_plans(path)
                assert base.goals is not None
                assert after.goals is not None
                assert again.change == {goal: after.goals[goal] - base.goals[goal] for goal in base.goals}
    assert SOLVED in hows


def test_what_is_implied_is_true(tmp_path: Path) -> None:
    """One fewer of a limit that is not used up changes nothing: said without a solve, and confirmed by one."""
    what_if = WhatIf(load(scheme(tmp_path, seats={"school": {**SEATS["school"], "total": 9}})))
    (total,) = [worth for worth in worth_of_seats(what_if, parallel=HERE) if worth.year == "total"]
    assert total.one_fewer.how == IMPLIED
    assert not any(difference(what_if, (("seats", ("school", "total")), -1)).change.values())


def _crash_once(what_if: WhatIf, question: tuple[str, int]) -> int:
    """Die on the first time that a question is asked, if it says so."""
    import os

    mark, number = question
    if number == 3 and not Path(mark).exists():
        Path(mark).write_text("dead")
        os._exit(9)
    return number * number


def _crash(what_if: WhatIf, question: int) -> int:
    import os

    os._exit(9)


@pytest.mark.long
def test_a_question_whose_process_dies_is_asked_again(what_if: WhatIf, tmp_path: Path) -> None:
    """The others of its batch, too; what dies every time is told."""
    questions = [(str(tmp_path / "dead"), number) for number in range(5)]
    assert answers(_crash_once, what_if.problem, questions, parallel=Parallel(2)) == [0, 1, 4, 9, 16]
    with pytest.raises(TaskCrashedError):
        answers(_crash, what_if.problem, [1], parallel=Parallel(1))


def test_the_frontier_is_that_of_solving_again(what_if: WhatIf, tmp_path: Path) -> None:
    """Every point has the values of the enumerated scenario with so many seats; more never attain less of it alone."""
    found = frontier(what_if, "advanced", steps=2, parallel=HERE)
    assert [point.more for point in found.points] == [-1, 0, 1, 2]
    assert found.pools == ("school",)
    for point in found.points:
        seats = {
            "school": {**SEATS["school"], "per_year": {"min": 0, "max": 1 + point.more}, "total": 3 + 2 * point.more}
        }
        after, _ = best_plans(scheme(tmp_path / str(point.more), seats=seats))
        assert after.goals == point.goals
        assert point.attained <= point.attainable
    reach = [point.attainable for point in found.points]
    assert reach == sorted(reach)
    assert len(set(reach)) > 1
    with pytest.raises(InputError, match="advanced"):
        frontier(what_if, "advnced")
    with pytest.raises(InputError):
        frontier(what_if, "specialist")  # its course is open: no pool limits it


@pytest.mark.parametrize(
    "pool",
    [{"total": {"min": 2, "max": 4}}, pytest.param({"per_year": {"max": 2}}, marks=pytest.mark.long), {"must": True}],
)
def test_points_near_and_far_are_those_of_solving_again(pool: dict[str, Any], tmp_path: Path) -> None:
    """Where minima change with the seats, where they do not, and where they must be met."""
    seats = {"school": {**SEATS["school"], "per_year": {"min": 1, "max": 2}, **pool}}
    case = WhatIf(load(scheme(tmp_path, seats=seats)))
    for point in frontier(case, "advanced", steps=1, parallel=HERE).points:
        changed = with_seats(case.problem, ("school",), point.more)
        plan = solve_problem(changed)
        assert point.goals == {goal: worth(plan)[goal] for goal in point.goals}
        row = plan.attainment.set_index("target").loc["advanced"]
        assert (point.attained, point.shortfall) == (row["attained"], row["shortfall"])
        assert point.attainable == solve_problem(_only(changed, "advanced")).attainment["attained"].item()


# --- a case ---------------------------------------------------------------------------------------------------------


def test_a_case_is_that_of_its_run_folder(what_if: WhatIf, tmp_path: Path) -> None:
    """A run folder gives the same case; an altered one is refused."""
    write_run(what_if.plan, tmp_path / "run")
    again = read_what_if(tmp_path / "run")
    pd.testing.assert_frame_equal(again.plan.assignments, what_if.plan.assignments, check_dtype=False)
    plan = what_if.plan
    worse = what_if.best(with_pin(what_if.problem, "forbid", Pin(cadre="A")))
    assert any(change(plan, worse).values())
    write_run(replace(worse, problem=what_if.problem), tmp_path / "other")
    with pytest.raises(InputError, match="does not hold the best plan"):
        read_what_if(tmp_path / "other")


def test_of_several_best_plans_the_one_in_the_folder_is_explained(tmp_path: Path) -> None:
    """Without the lot a tie may be written down either way: what each cadre gets is what the folder says."""
    path = scheme(tmp_path / "tie", goals=["attainment", "priority", "early"])
    _, plans = best_plans(path)
    assert len(plans) > 1
    problem = load(path)
    options = admissible_starts(problem)
    best = WhatIf(problem).plan
    for place, starts in enumerate(plans[:3]):
        chosen = [
            row
            for row, (cadre, programme, start) in enumerate(
                zip(
                    problem.cadres["cadre"].to_numpy()[options.frame["cadre"]],
                    problem.programmes["programme"].to_numpy()[options.frame["programme"]],
                    options.frame["start"],
                    strict=True,
                )
            )
            if (cadre, programme, int(start)) in starts
        ]
        write_run(plan_of(options, np.array(chosen), "optimal", best.goals), tmp_path / str(place))
        what_if = read_what_if(tmp_path / str(place))
        told = {(cadre, got.programme, got.start) for cadre in PEOPLE for got in explain(what_if, cadre).got}
        assert told == set(starts)


def test_what_is_remembered_is_right(what_if: WhatIf) -> None:
    """A case that has answered many questions gives the answers of a new one."""
    problems: list[Problem] = [with_seats(what_if.problem, ("school",), more) for more in (1, 0, 2, 1)]
    problems += [with_pin(what_if.problem, "forbid", Pin(cadre=cadre)) for cadre in PEOPLE]
    for problem in problems:
        one, two = what_if.best(problem), WhatIf(problem).best()
        assert worth(one) == worth(two)
        assert starts_of(one) == starts_of(two)


def test_data_is_plain(what_if: WhatIf) -> None:
    """Fractions become numbers, limits rule and key, properties stay."""
    found = as_data(explain(what_if, "B", "school"))
    assert found["cadre"] == "B"
    told = found["missed"] or found["got"]
    assert all(isinstance(entry, dict) for entry in told)
    assert as_data({("seats", ("a", 1)): Fraction(1, 2)}) == [{"rule": "seats", "key": ["a", 1], "by": 0.5}]
