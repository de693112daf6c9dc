"""Missed targets: the verdict, the rules named and the repair, each confirmed by solving the scenario it speaks of."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from brute_force import best_plan
from random_scenarios import random_scenario
from small import laid, small

from planner.analysis.what_if import WhatIf
from planner.analysis.why.missed_rows import MissedRows, unable_of
from planner.analysis.why.missed_targets import (
    BLOCKED,
    COMPETES,
    UNKNOWN,
    Missed,
    _held,
    alone,
    binding,
    missed_targets,
    why_missed,
)
from planner.analysis.why.ways_out import exemptions, waivable, ways_out
from planner.common.errors import InputError
from planner.common.workers import Parallel
from planner.infeasibility import statements_of
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.model.barred import barred
from planner.model.build import build_tables
from planner.model.matrix import feasibility
from planner.model.options import admissible_starts
from planner.model.rows import Limit
from planner.optimiser.integer_program import SolveLimits
from planner.optimiser.quickxplain import Search
from planner.plans.obstacles import TOO_LATE
from planner.report.text.first_sentences import of_missed
from planner.report.text.missed_targets import missing
from planner.solver import solve_problem

HERE = Parallel(executor=ThreadPoolExecutor(1))  # questions asked in this process
ADVANCED = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}
SCHOOL = {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}
BASE: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "targets": {"advanced": ADVANCED},
    "seats": {"school": SCHOOL},
    "programmes": {"school": {"open": False}, "evening": None},
    "goals": ["attainment", "early", "lot"],
}


def asked(folder: Path, target: str = "advanced", **changes: Any) -> tuple[WhatIf, Missed]:
    """Why a target of a small scenario is missed."""
    what_if = WhatIf(load(small(folder, **laid(BASE, changes))))
    return what_if, why_missed(what_if, target)


def shortfall(folder: Path, target: str = "advanced", **changes: Any) -> int:
    """The shortfall of a target in the best plan of a small scenario."""
    table = solve_problem(load(small(folder, **laid(BASE, changes)))).attainment
    return int(table.set_index("target").loc[target, "shortfall"])


def test_seats_that_block_a_target_are_named_and_one_more_repairs_it(tmp_path: Path) -> None:
    """Three people, one seat in each of two years: both years' seats, with line, not the target; one more seat."""
    what_if, found = asked(tmp_path / "one")
    assert (found.verdict, found.shortfall, found.best, found.unable) == (BLOCKED, 1, 1, 0)
    assert sorted(rule.id for rule in found.blocking) == [
        "seats[school, 2021]",
        "seats[school, 2022]",
    ]
    for rule in found.blocking:
        text = Path(rule.file).read_text().splitlines()[(rule.line or 0) - 1]
        assert "max: 1" in text
        assert rule.limit == 1
    assert found.repair is not None
    assert found.repair.possible
    ((rule, by),) = found.repair.relaxed
    assert (rule.rule, by, found.repair.units) == ("seats", 1, 1)
    year = int(rule.where.split(", ")[1])
    repaired = solve_problem(what_if.problem, more={("seats", ("school", year)): by})
    assert int(repaired.attainment["shortfall"].sum()) == 0


def test_the_rows_are_written_once_for_all_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a command that asks about two targets, each within a limit of time."""
    written: list[WhatIf] = []
    write = MissedRows.__init__

    def counted(rows: MissedRows, what_if: WhatIf) -> None:
        written.append(what_if)
        write(rows, what_if)

    monkeypatch.setattr(MissedRows, "__init__", counted)
    targets = {"advanced": ADVANCED, "women": {**ADVANCED, "who": {"sex": "F"}}}
    what_if = WhatIf(load(small(tmp_path, **laid(BASE, {"targets": targets}))))
    assert [found.target for found in missed_targets(what_if, parallel=HERE)] == ["advanced", "women"]
    assert len(written) == 1


def test_absence_that_blocks_is_named(tmp_path: Path) -> None:
    """An office that may spare nobody blocks by itself; three people need three more who may be away."""
    away = {"modes": ["full_time"], "bands": [{"up_to": 10, "away": 0}]}
    _, found = asked(tmp_path, absence=away, seats=None, programmes={"school": {"open": True}})
    assert found.verdict == BLOCKED
    assert {rule.rule for rule in found.blocking} == {"absence"}
    assert found.repair is not None
    assert found.repair.units == 3
    assert {rule.rule for rule, _ in found.repair.relaxed} == {"absence"}
    with speaking("en"):
        told = "\n".join(missing(load(small(tmp_path, **laid(BASE, {"absence": away}))), [found]))
    assert "office, 10 people, may spare nobody in 2021, 2022 – " in told
    assert "absence[" not in told


def test_members_who_cannot_are_counted_with_what_stands_against_them(tmp_path: Path) -> None:
    """Too old: counted, the reason named; an exemption repairs it, and it does: without the age rule it is reached."""
    old = {"school": {"eligible": {"age": {"max": 30}}, "open": True}}
    what_if, found = asked(tmp_path / "old", programmes=old, seats=None)
    assert (found.verdict, found.unable, found.shortfall) == (BLOCKED, 3, 3)
    ((programme, reasons, people),) = [(h.programme, h.reasons, h.people) for h in found.hindrances]
    assert (programme, reasons, people) == ("school", ("not_eligible",), 3)
    assert [rule.id for rule in found.blocking] == ["eligible[school]"]
    assert found.repair is not None
    assert sorted(exempt.cadre for exempt in found.repair.exemptions) == ["A", "B", "C"]
    assert {exempt.waived for exempt in found.repair.exemptions} == {("not_eligible",)}
    assert found.repair.units == 3
    assert shortfall(tmp_path / "young", programmes={"school": {"open": True}}, seats=None) == 0
    with speaking("vi"):
        assert any("từ 30 tuổi trở xuống" in line for line in missing(what_if.problem, [found]))


@pytest.mark.parametrize(("retires", "exempt"), [(2022, True), (2021, False)])
def test_an_exemption_cannot_keep_anybody_from_retiring(tmp_path: Path, retires: int, exempt: bool) -> None:
    """Service owed can be waived as long as the programme ends in service; not one year past that."""
    people = {"A": {"retires": retires}}
    owed = {"school": {"serve_after_years": 3, "open": True}}
    what_if = WhatIf(load(small(tmp_path, people, **laid(BASE, {"programmes": owed, "seats": None}))))
    found = why_missed(what_if, "advanced")
    assert found.unable == 1
    assert (found.repair is not None) == exempt
    if found.repair is not None:
        assert [(e.start, e.waived) for e in found.repair.exemptions] == [(2021, ("retires_too_soon",))]


def test_what_takes_too_long_is_said(tmp_path: Path) -> None:
    """A programme of two years cannot count in the first: no start is in time, no exemption helps."""
    _, found = asked(tmp_path, targets={"advanced": {"by": 2021}}, programmes={"school": {"months": 24}})
    assert [(each.programme, each.years, each.last_start) for each in found.leading] == [("school", 2, None)]
    assert [(each.programme, each.reasons) for each in found.hindrances] == [("", (TOO_LATE,))]
    assert found.repair is None


@pytest.mark.parametrize(("number", "verdict"), [(2, BLOCKED), (3, UNKNOWN)])
def test_the_roster_is_to_blame_only_where_all_others_would_not_do(tmp_path: Path, number: int, verdict: str) -> None:
    """One of three is of unknown level: two can still be asked for, three cannot."""
    people: dict[str, dict[str, Any]] = {"A": {"theory": ""}, "B": {}, "C": {}}
    target = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "at_least": number, "share": None}
    changes = {"targets": {"advanced": target}, "horizon": {"last": 2021}}
    found = why_missed(WhatIf(load(small(tmp_path, people, **laid(BASE, changes)))), "advanced")
    assert (found.verdict, found.unknown) == (verdict, 1)
    assert bool(found.blocking) == (verdict == BLOCKED)


def test_targets_that_compete_are_held_and_named(tmp_path: Path) -> None:
    """One seat, two targets: one is reached at the other's cost; the rules named hold both; a seat more is enough."""
    targets = {
        "advanced": {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "share": 1.0, "weight": 2},
        "men": {"who": {"sex": "M"}, "level": {"theory": "advanced"}, "share": 1.0},
    }
    people = {"A": {}, "B": {"sex": "M"}}
    path = small(tmp_path, people, **laid(BASE, {"targets": targets, "horizon": {"last": 2021}}))
    what_if = WhatIf(load(path))
    found = why_missed(what_if, "men")
    assert (found.verdict, found.best, found.costs) == (COMPETES, 0, {"advanced": 1})
    assert sorted(rule.id for rule in found.blocking) == ["seats[school, 2021]", "targets.advanced", "targets.men"]
    assert found.repair is not None
    assert [(rule.id, by) for rule, by in found.repair.relaxed] == [("seats[school, 2021]", 1)]
    repaired = solve_problem(what_if.problem, more={("seats", ("school", 2021)): 1})
    assert int(repaired.attainment["shortfall"].sum()) == 0


def test_nothing_is_said_of_targets_that_are_reached(tmp_path: Path) -> None:
    """Reached: no answer, and a sentence that says so; an unknown name is refused with the nearest."""
    what_if = WhatIf(load(small(tmp_path, **laid(BASE, {"seats": None, "programmes": {"school": {"open": True}}}))))
    assert missed_targets(what_if) == []
    with speaking("en"):
        assert list(missing(what_if.problem, [])) == ["Every target asked about is reached."]
        with pytest.raises(InputError, match="advanced"):
            missed_targets(what_if, ["advnced"])


def _second(problem: Problem, labels: list[Limit]) -> Search[Limit]:
    """The rules of a problem and what keeps cadres from starting, to be asked of the engine that did not find them."""
    tables = barred(build_tables(admissible_starts(problem)), labels)
    return Search(feasibility(tables), statements_of(tables), SolveLimits(time.monotonic() + 60, engine="cp_sat"))


def _least(path: Path, target: str, problem: Problem) -> int:
    """The least shortfall of a target by brute force, in a scenario in which no other counts."""
    own = {name: {"weight": 1} if name == target else None for name, entry in problem.scenario.targets.items()}
    kept = {name: change for name, change in own.items() if change or not problem.scenario.targets[name].must}
    file = path.with_name(f"only-{target}.yaml")
    file.write_text(yaml.safe_dump({"extends": path.name, "targets": kept, "goals": ["attainment"]}))
    goals = best_plan(file).goals
    assert goals is not None
    return int(goals["attainment"])


@pytest.mark.parametrize(("seeds", "least"), [(4, 1), pytest.param(24, 3, marks=pytest.mark.long)])
def test_verdicts_of_random_scenarios(tmp_path: Path, seeds: int, least: int) -> None:
    """The least shortfall is brute force's; what blocks, does so for a second engine, and not one rule less."""
    blocked = 0
    for seed in range(seeds):
        path = random_scenario(seed, tmp_path / str(seed), "tiny")
        problem = load(path)
        what_if = WhatIf(problem)
        plan = solve_problem(problem)
        for target in plan.attainment.loc[plan.attainment["shortfall"] > 0, "target"] if plan.found else ():
            found = why_missed(what_if, str(target))
            assert found.best == _least(path, str(target), problem)
            if found.verdict != BLOCKED:
                continue
            own: Limit = ("must", ("targets", str(target)))
            labels = [own, *((rule.rule, rule.key) for rule in found.blocking)]
            search = _second(binding(alone(problem, str(target)), str(target)), labels)
            assert search.impossible(labels)
            assert not any(search.impossible([other for other in labels if other != label]) for label in labels)
            assert found.repair is None or found.repair.possible
            blocked += 1
    assert blocked >= least


def test_the_first_sentence_counts_a_repair_that_leaves_out_others_apart(tmp_path: Path) -> None:
    """A blocked target's repair counts no other target: with others there it may take more; by itself it is enough."""
    people = {"A": {}, "B": {}, "C": {"sex": "M"}}
    men = {"who": {"sex": "M"}, "level": {"theory": "advanced"}, "share": 1.0, "weight": 9}
    both = {"advanced": {**ADVANCED, "who": {"sex": "F"}}, "men": men}
    told = {}
    for name, targets, goals in (
        ("alone", {"advanced": ADVANCED}, BASE["goals"]),
        ("above", {"advanced": ADVANCED}, ["seat_floors", *BASE["goals"]]),
        ("beside", {"advanced": {**ADVANCED, "at_least": 3, "share": None}, "men": men}, BASE["goals"]),
        ("competes", both, BASE["goals"]),
    ):
        changes = {"targets": targets, "goals": goals}
        what_if = WhatIf(load(small(tmp_path / name, people, **laid(BASE, changes))))
        answers = missed_targets(what_if, parallel=HERE)
        with speaking("en"):
            told[name] = answers[0].verdict, " ".join(of_missed(what_if.problem, answers))
    assert {name: verdict for name, (verdict, _) in told.items()} == {
        "alone": BLOCKED,
        "above": BLOCKED,
        "beside": BLOCKED,
        "competes": COMPETES,
    }
    sure, open_ = "could be reached, each taken alone", "a repair is known that may take more"
    assert {name: (sure in line, open_ in line) for name, (_, line) in told.items()} == {
        "alone": (True, False),
        "above": (False, True),
        "beside": (False, True),
        "competes": (True, False),
    }


def test_a_rival_on_another_ladder_is_held_as_well(tmp_path: Path) -> None:
    """The office may spare one: who goes to the school cannot take the degree; the repair spares one more."""
    away = {"modes": ["full_time"], "bands": [{"up_to": 10, "away": 1}]}
    degree = {"who": {"post": "staff"}, "level": {"education": "master"}, "at_least": 1, "weight": 2}
    changes = {
        "targets": {"advanced": {**ADVANCED, "share": None, "at_least": 1}, "degree": degree},
        "programmes": {"school": {"open": True}, "degree": {"mode": "full_time", "months": 8}},
        "horizon": {"last": 2021},
        "seats": None,
        "absence": away,
    }
    what_if, found = asked(tmp_path, **changes)
    assert (found.verdict, found.costs) == (COMPETES, {"degree": 1})
    assert {rule.rule for rule in found.blocking} == {"absence", "must"} or "absence" in {
        r.rule for r in found.blocking
    }
    assert found.repair is not None
    assert [(rule.rule, by) for rule, by in found.repair.relaxed] == [("absence", 1)]
    repaired = solve_problem(what_if.problem, more={("absence", ("office", 2021)): 1})
    assert int(repaired.attainment["shortfall"].sum()) == 0


@pytest.mark.parametrize("seeds", [range(3), pytest.param(range(3, 120), marks=pytest.mark.long)])
def test_a_repair_is_that_of_the_problem_built_for_one_target(tmp_path: Path, seeds: range) -> None:
    """As many units and rules as where every row is written for the one target, by whoever may change what."""
    repaired = 0
    for seed in seeds:
        what_if = WhatIf(load(random_scenario(seed, tmp_path / str(seed), "tiny")))
        answers = missed_targets(what_if, parallel=HERE) if what_if.plan.found else []
        for found in (each for each in answers if each.verdict != UNKNOWN):
            problem, held = what_if.problem, found.verdict == COMPETES
            bound = _held(what_if, found.target) if held else binding(alone(problem, found.target), found.target)
            level = list(bound.scenario.targets[found.target].level)
            who = unable_of(admissible_starts(problem), found.target)[:, None]
            options = admissible_starts(bound, waivable(bound, who & bound.programmes["ladder"].isin(level).to_numpy()))
            firm: set[Limit] = {("must", ("targets", name)) for name, one in bound.scenario.targets.items() if one.must}
            exempt = dict(exemptions(options, admissible_starts(bound)))
            effort = SolveLimits(time.monotonic() + 60)
            ways, known = ways_out(bound, build_tables(options), effort, 1, firm, exempt)
            assert known == found.repair_known
            sizes = [(way.units, len(way.relaxed), way.possible) for way in ways]
            own = [] if found.repair is None else [found.repair]
            assert sizes == [(way.units, len(way.relaxed), way.possible) for way in own], (seed, found.target)
            repaired += len(own)
    assert repaired
