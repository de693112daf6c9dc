"""A province or a country in blocks: the plan of the whole, start by start, whatever joins its cadres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from random_scenarios import random_scenario
from small import small

from planner import Problem, check_proof, load, prove, write_run
from planner.common.certificates import PROOF
from planner.common.cluster import answered
from planner.common.departure import pickled_to_leave
from planner.common.errors import PlannerError
from planner.common.plain_data import unpacked
from planner.inputs.scenario.schema import Pin
from planner.library.in_blocks import BlockPlan, solve_in_blocks
from planner.model.blocks import blocks_of, goals_of_block
from planner.plans.plan import Plan
from planner.solver import Progress, solve_problem


class Courier(Executor):
    """Carries a block as it would leave for another machine, and its plan as it would come back, perhaps changed."""

    def __init__(self, change: Callable[[BlockPlan], Any] = lambda found: found) -> None:
        self.change, self.carried = change, 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it at once."""
        self.carried += 1
        good, found = unpacked(answered(pickled_to_leave((fn, args, kwargs))))
        future: Future[Any] = Future()
        future.set_result(self.change(found) if good else found)
        return future


class Replay(Executor):
    """Answers what a courier brought before, changed."""

    def __init__(self, brought: Sequence[BlockPlan], change: Callable[[BlockPlan], Any]) -> None:
        self.answers = iter([change(each) for each in brought])

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The next answer."""
        future: Future[Any] = Future()
        future.set_result(next(self.answers))
        return future


def same(problem: Problem, least: int = 1) -> tuple[Plan, int]:
    """The plan in blocks, compared with that of the whole; and the number of blocks."""
    whole, courier = solve_problem(problem), Courier()
    plan = solve_in_blocks(problem, courier, least=least)
    assert plan.status == whole.status
    pd.testing.assert_frame_equal(plan.goals.drop(columns="seconds"), whole.goals.drop(columns="seconds"))
    for name in ("assignments", "attainment", "seats", "totals", "shares", "absence", "conflict"):
        pd.testing.assert_frame_equal(getattr(plan, name), getattr(whole, name))
    return plan, courier.carried


OFFICES = {code: {"agency": f"office {code[0]}", "sex": "FM"[code[0] > "B"]} for code in ("A1", "A2", "B1", "B2", "C1")}
DRAWN = 120  # scenarios
AGENCIES = {"office A": 6, "office B": 6, "office C": 4}
EVERYBODY = {"level": {"theory": "advanced"}, "share": 1.0}
PROVINCE: dict[str, Any] = {
    "programmes": {"school": {"open": None}, "evening": {"open": None}},
    "seats": {
        f"of_{name}": {"programmes": ["school", "evening"], "who": {"agency": f"office {name}"}, "total": {"max": 1}}
        for name in "ABC"
    },
    "targets": {f"in_{name}": {"who": {"agency": f"office {name}"}, **EVERYBODY} for name in "ABC"},
    "goals": [{"attainment": ["in_A", "in_C"]}, "attainment", "seat_floors", "early", "lot"],
}


def province(folder: Path, **more: Any) -> Problem:
    """Three offices that share nothing, with what joins some of them."""
    overrides = {
        key: {**PROVINCE.get(key, {}), **value} if isinstance(value, dict) else value for key, value in more.items()
    }
    return load(small(folder, OFFICES, AGENCIES, **{**PROVINCE, **overrides}))


JOINS: list[tuple[str, dict[str, Any], int]] = [
    ("nothing", {}, 3),
    ("pool", {"seats": {"women": {"programmes": ["course"], "who": {"sex": "F"}, "per_year": {"max": 1}}}}, 2),
    ("target", {"targets": {"women": {"who": {"sex": "F"}, **EVERYBODY}}}, 2),
    ("share", {"shares": {"women": {"among": {"sex": "F"}, "who": {"sex": "F"}, "min": 0.5}}}, 2),
    ("share of all", {"shares": {"women": {"who": {"sex": "F"}, "min": 0.5}}}, 1),
    ("class", {"classes": {"school": {"min": 2, "max": 3}}}, 1),
    ("budget", {"budget": {"per_year": 100}}, 1),
    ("anybody required", {"pins": {"require": [{"programme": "course"}]}}, 1),
    ("one required", {"pins": {"require": [{"cadre": "B1", "programme": "course"}]}}, 3),
    ("somebody forbidden", {"pins": {"forbid": [{"cadre": "A1"}, {"start": 2021}]}}, 3),
    (
        "a pool of nobody",
        {"seats": {"none": {"programmes": ["course"], "who": {"birth_year": 1900}, "total": {"min": 2}}}},
        3,
    ),
    ("leave", {"leave": {"c": {"cadre": "C1", "from": 2021, "to": 2022, "away": True}}}, 3),
]


@pytest.mark.parametrize(("join", "blocks"), [each[1:] for each in JOINS], ids=[each[0] for each in JOINS])
def test_what_joins_cadres(join: dict[str, Any], blocks: int, tmp_path: Path) -> None:
    """Offices with an entry of their own are blocks, those of whom an entry speaks together are one; the plan is it."""
    problem = province(tmp_path, **join)
    assert len(blocks_of(problem, 1)) == blocks
    if blocks == 1:  # then it is solved as ever
        return
    plan, carried = same(problem)
    assert plan.found
    assert carried >= blocks


def test_small_blocks_are_put_together(tmp_path: Path) -> None:
    """Until they have as many cadres as are asked for; the last goes with the one before it."""
    problem = province(tmp_path)
    assert [len(block.cadres) for block in blocks_of(problem, 1)] == [2, 2, 1]
    assert [len(block.cadres) for block in blocks_of(problem, 2)] == [2, 3]
    assert blocks_of(problem, 3) == [problem]


def test_each_block_has_its_own_entries(tmp_path: Path) -> None:
    """Cadres, offices, pools, targets and goals are divided, none is lost; a goal that names others' is not there."""
    problem = province(tmp_path)
    blocks = blocks_of(problem, 1)
    for section in ("seats", "targets"):
        named = [name for block in blocks for name in getattr(block.scenario, section)]
        assert sorted(named) == sorted(getattr(problem.scenario, section))
        for block in blocks:  # and what goes along to say where it is written is no larger
            own = set(getattr(block.scenario, section))
            assert set(getattr(block.source.scenario, section)) == set(block.source.merged()[section]) == own
    assert sorted(code for block in blocks for code in block.cadres["cadre"]) == sorted(OFFICES)
    assert [list(block.agencies["agency"]) for block in blocks] == [[f"office {name}"] for name in "ABC"]
    of_two = next(block for block in blocks if "in_B" in block.scenario.targets)
    assert list(of_two.scenario.goals) == ["attainment", "seat_floors", "early", "lot"]
    assert goals_of_block(problem, of_two) == list(problem.scenario.goals)[1:]
    assert next(iter(blocks[0].scenario.goals)) == "attainment[in_A]"


EVERY_KIND: dict[str, Any] = {
    "groups": {"women": {"sex": "F"}, "of_c": {"agency": "office C"}},
    "priority": {"women": {"who": "women", "points": 2}},
    "approval": {"board": {"who": "of_c", "authority": "board"}},
    "leave": {
        "first": {"cadre": "C1", "from": 2021, "to": 2021, "away": True},
        "second": {"cadre": "A2", "from": 2022, "to": 2023},
    },
    "pins": {
        "require": [{"cadre": "C1", "programme": "course"}, {"cadre": "A1", "programme": "course"}],
        "forbid": [{"cadre": "B1", "start": 2021}, {"start": 2024}, {"cadre": "A1", "start": 2022}],
    },
    "goals": [{"attainment": ["in_A", "in_C"]}, "attainment", "seat_floors", "changes", "early", "lot"],
}


def test_what_is_about_a_cadre_is_in_the_block_of_the_cadre(tmp_path: Path) -> None:
    """Sets, leave, pins and the earlier plan: those of the block alone, in the places that they have there."""
    rows = ["cadre,programme,start", "A1,course,2022", "C1,course,2023", "nobody,course,2021"]
    tmp_path.joinpath("earlier.csv").write_text("\n".join(rows), encoding="utf-8")
    problem = province(tmp_path, earlier="earlier.csv", **EVERY_KIND)
    blocks = blocks_of(problem, 1)
    assert len(blocks) == 3
    for block in [*blocks, blocks[-1], *blocks[1:]]:  # each as often as it is asked for
        own = set(block.cadres["cadre"])
        for sets in ("pools", "members", "share_among", "share_group", "favoured", "approvers", "groups"):
            mine, every = getattr(block, sets), getattr(problem, sets)
            for name in mine:
                assert _codes(block, mine[name]) == _codes(problem, every[name]) & own
        assert {entry.cadre for entry in block.scenario.leave.values()} == {"C1", "A2"} & own
        assert set(block.cadres["cadre"].iloc[block.leave["cadre"]]) == {"C1", "A2"} & own
        for pins, whole in zip(_pins(block), _pins(problem), strict=True):
            assert pins == [pin for pin in whole if pin.cadre is None or pin.cadre in own]
    assert sorted(code for block in blocks for code in block.earlier["cadre"]) == ["A1", "C1", "nobody"]
    with pytest.raises(IndexError):
        blocks[3]
    same(problem)


def _codes(problem: Problem, who: np.ndarray) -> set[str]:
    return set(problem.cadres["cadre"][who])


def _pins(problem: Problem) -> tuple[list[Pin], list[Pin]]:
    return problem.scenario.pins.require, problem.scenario.pins.forbid


def test_a_plan_found_in_blocks_is_proven_like_any(tmp_path: Path) -> None:
    """`--proof` after `--cluster`: the certificate is that of the whole, and it is checked without whoever found it."""
    problem = province(tmp_path)
    plan, _ = same(problem)
    proof = prove(plan)
    write_run(plan, tmp_path / "run", more={PROOF: proof.content})
    checked = check_proof(tmp_path / "run")
    assert not checked.findings
    assert set(checked.goals["proven_by"]) == {"certificate"}
    assert checked.goals["value"].tolist() == plan.goals["value"].tolist()


def test_history_joins_and_counts_once(tmp_path: Path) -> None:
    """Whoever moved between offices joins their pools; of one who has left the start counts in his pool's block."""
    rows = ["cadre,agency,programme,start,finish", "A1,office B,school,2019,2019", "gone,office C,school,2019,2019"]
    tmp_path.joinpath("history.csv").write_text("\n".join(rows), encoding="utf-8")
    problem = province(tmp_path, history="history.csv")
    blocks = blocks_of(problem, 1)
    assert sum(len(block.history) for block in blocks) == 2
    same(problem)


def test_news_are_sums(tmp_path: Path) -> None:
    """Each block that is done is told, the last time with the values of the whole."""
    news: list[Progress] = []
    plan = solve_in_blocks(province(tmp_path), Courier(), news.append, least=1)
    goals = len(plan.goals)
    assert [each.parts for each in news] == [1] * goals + [2] * goals + [3] * goals
    assert [each.value for each in news[-goals:]] == plan.goals["value"].tolist()


def test_no_plan_in_one_block(tmp_path: Path) -> None:
    """What contradicts itself is told as of the whole; a block that claims it in vain is found out."""
    whole = province(tmp_path, pins={"require": [{"cadre": "B1", "programme": "course"}], "forbid": [{"cadre": "B1"}]})
    plan, _ = same(whole)
    assert plan.status == "infeasible"
    free = province(tmp_path / "free")
    lied = solve_in_blocks(free, Courier(lambda found: replace(found, status="infeasible")), least=1)
    pd.testing.assert_frame_equal(lied.assignments, solve_problem(free).assignments)


def _with(figures: Callable[[Any], Any]) -> Callable[[BlockPlan], BlockPlan]:
    return lambda found: replace(found, goals=[figures(each) for each in found.goals])


LIES: dict[str, Callable[[BlockPlan], Any]] = {
    "no starts": lambda found: replace(found, starts=found.starts.iloc[:0]),
    "a start twice": lambda found: replace(found, starts=pd.concat([found.starts] * 2, ignore_index=True)),
    "nobody known": lambda found: replace(found, starts=found.starts.assign(cadre="nobody")),
    "another year": lambda found: replace(found, starts=found.starts.assign(start=2050)),
    "everybody": lambda found: replace(
        found, starts=pd.DataFrame({"cadre": ["A1", "A2"], "programme": ["school"] * 2, "start": [2021] * 2})
    ),
    "texts": lambda found: replace(found, starts=found.starts.assign(start="soon")),
    "a value": _with(lambda goal: (goal[0], goal[1] - 1, goal[2] - 1, goal[3])),
    "a bound": _with(lambda goal: (goal[0], goal[1], goal[2] + Fraction(1, 2), goal[3])),
    "no goals": lambda found: replace(found, goals=[]),
    "no plan at all": lambda found: "a plan",
}


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, list[BlockPlan]]:
    """A province, and what honest workers answer."""
    brought: list[BlockPlan] = []

    def keep(found: BlockPlan) -> BlockPlan:
        brought.append(found)
        return found

    problem = province(tmp_path_factory.mktemp("honest"))
    solve_in_blocks(problem, Courier(keep), least=1)
    return problem, brought


def test_a_true_answer_is_believed(honest: tuple[Problem, list[BlockPlan]]) -> None:
    """Brought again as it was."""
    assert solve_in_blocks(honest[0], Replay(honest[1], lambda found: found), least=1).status == "optimal"


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_block_that_cannot_be_true_is_not_believed(
    lie: Callable[[BlockPlan], Any], honest: tuple[Problem, list[BlockPlan]]
) -> None:
    """Starts, rules, values and bounds are looked at here."""
    with pytest.raises(PlannerError, match="cannot be true"):
        solve_in_blocks(honest[0], Replay(honest[1], lie), least=1)


def divided(path: Path) -> Problem:
    """A drawn scenario whose pools, targets and shares speak each of one half of the offices; nothing is about all."""
    whole = load(path)
    scenario, offices = whole.source.merged(), whole.agencies["agency"].tolist()
    halves = [offices[::2], offices[1::2]]
    for section in ("seats", "targets", "shares"):
        for place, entry in enumerate(scenario.get(section, {}).values()):
            key = "among" if section == "shares" else "who"
            entry[key] = {"all": [*([entry[key]] if key in entry else []), {"agency": halves[place % 2]}]}
    for key in ("budget", "classes"):
        scenario.pop(key, None)
    required = scenario.get("pins", {}).get("require")
    if required:
        scenario["pins"]["require"] = [pin for pin in required if "cadre" in pin]
    scenario["goals"] = [goal for goal in scenario.get("goals", ["attainment", "early"]) if goal != "lot"] + ["lot"]
    return load(scenario)


@pytest.mark.long
def test_drawn_scenarios_in_blocks(tmp_path: Path) -> None:
    """Scenarios with every key, their entries divided: the plan in blocks is that of the whole."""
    several, found = 0, 0
    for seed in range(DRAWN):
        problem = divided(random_scenario(seed, tmp_path / str(seed), "small"))
        plan, _ = same(problem)
        several += len(blocks_of(problem, 1)) > 1
        found += plan.found
    assert several > DRAWN / 4
    assert found > DRAWN / 4


@pytest.mark.long
@pytest.mark.parametrize(("districts", "provinces"), [(2, 1), (3, 3)])
def test_generated_districts_in_blocks(districts: int, provinces: int, tmp_path: Path) -> None:
    """Generated provinces, which share no seats: a block for each, and the plan of the whole."""
    from planner.published.generator import SCENARIO, default_published, generate, write_generated

    write_generated(
        generate(default_published(), districts, seed=1, province=districts // provinces), tmp_path / "drawn"
    )
    problem = load(tmp_path / "drawn" / SCENARIO)
    assert len(blocks_of(problem)) == provinces
    assert np.isin(
        problem.cadres["cadre"], [code for block in blocks_of(problem) for code in block.cadres["cadre"]]
    ).all()
    same(problem, 500)
