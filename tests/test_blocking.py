"""What is named as blocking a target blocks it by itself: in a scenario that says nothing else, and not a part of it.

Two ways that share no code with the search: the scenario's file rewritten so that it says only what was named, and the
rows of every cadre and bar given to another engine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from random_scenarios import random_scenario
from small import laid, small

from planner.analysis.what_if import WhatIf
from planner.analysis.why import ways_out
from planner.analysis.why.conflicts import explain_conflicts
from planner.analysis.why.missed_targets import BLOCKED, Missed, alone, binding, missed_targets, why_missed
from planner.infeasibility import statements_of
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.model.barred import barred
from planner.model.build import build_tables
from planner.model.matrix import feasibility
from planner.model.options import admissible_starts
from planner.model.rows import Limit
from planner.model.rules import BARS, STATED
from planner.optimiser.integer_program import IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex
from planner.optimiser.quickxplain import Search
from planner.optimiser.reduced_cost_fixing import GoalResult
from planner.report.text.missed_targets import missing
from planner.solver import solve_problem

ALL = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0}
BASE: dict[str, Any] = {
    "horizon": {"first": 2021, "last": 2022},
    "targets": {"advanced": ALL},
    "programmes": {"evening": None},
    "goals": ["attainment", "early", "lot"],
}


def asked(folder: Path, people: dict[str, dict[str, Any]] | None = None, **changes: Any) -> tuple[WhatIf, Missed]:
    """Why the target of a small scenario is missed."""
    path = small(folder, people or {"A": {}, "B": {}, "C": {}}, **laid(BASE, changes))
    what_if = WhatIf(load(path))
    return what_if, why_missed(what_if, "advanced")


def named(found: Missed) -> list[str]:
    """The ids of what blocks it."""
    return [statement.id for statement in found.blocking]


# --- what keeps members from starting -------------------------------------------------------------------------------

OLD = {"birth_year": 1970}
CASES: dict[str, tuple[dict[str, dict[str, Any]], dict[str, Any], str, dict[str, Any]]] = {
    # the roster, the scenario, what blocks, and what takes that away
    "eligible": (
        {"A": OLD, "B": {}},
        {"programmes": {"school": {"eligible": {"age": {"max": 40}}}}},
        "eligible[school]",
        {"programmes": {"school": {"eligible": None}}},
    ),
    "service owed": (
        {"A": {"retires": 2023}, "B": {}},
        {"programmes": {"school": {"serve_after_years": 2}}},
        "service_owed[school]",
        {"programmes": {"school": {"serve_after_years": 1}}},
    ),
    "seats for others": (
        {"A": {"sex": "M"}, "B": {}},
        {
            "programmes": {"school": {"open": False}},
            "seats": {"women": {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 9}}},
        },
        "no_seat_pool[school]",
        {"seats": {"women": {"who": {"sex": ["F", "M"]}}}},
    ),
    "forbidden": (
        {"A": {}, "B": {}},
        {"pins": {"forbid": [{"cadre": "B", "programme": "degree"}, {"cadre": "A", "programme": "school"}]}},
        "forbidden[1]",
        {"pins": {"forbid": [{"cadre": "B", "programme": "degree"}]}},
    ),
    "leave": (
        {"A": {}, "B": {}},
        {"leave": {"long": {"cadre": "A", "from": 2021, "to": 2022}}},
        "leave[long]",
        {"leave": {"long": {"to": 2021}}},
    ),
    "years of the programme": (
        {"A": {}, "B": {}},
        {"programmes": {"school": {"years": {"from": 2023}}}},
        "programme_years[school]",
        {"programmes": {"school": {"years": {"from": 2022}}}},
    ),
    "no programme in time": (
        {"A": {}, "B": {}},
        {"programmes": {"school": {"months": 30}}},
        "no_programme_in_time[advanced]",
        {"programmes": {"school": {"months": 24}}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_keeps_members_from_starting_blocks_and_not_the_target_itself(tmp_path: Path, name: str) -> None:
    """It is named alone, with its place in the file; with it taken away the target is reached."""
    people, scenario, blocks, away = CASES[name]
    what_if, found = asked(tmp_path / "with", people, **scenario)
    assert (found.verdict, found.minimal, named(found)) == (BLOCKED, True, [blocks])
    (statement,) = found.blocking
    assert statement.line is not None
    text = (tmp_path / "with" / "scenario.yaml").read_text().splitlines()[statement.line - 1]
    last = what_if.problem.source.root.existing(STATED[statement.rule].entry(what_if.problem, statement.key))[-1]
    assert str(last) in text or isinstance(last, int)
    free = solve_problem(load(small(tmp_path / "without", people, **laid(BASE, laid(scenario, away)))))
    assert int(free.attainment["shortfall"].sum()) == 0


FACTS: dict[str, tuple[dict[str, Any], str]] = {
    # what the roster says of one of two members, and the fact that blocks
    "retires": ({"retires": 2021}, "retirement"),
    "studies elsewhere": ({"studying": "degree", "studying_until": 2022}, "current_study"),
    "not in service": ({"service_start": 2023}, "service_start"),
}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_of_the_roster_is_said_to_block(tmp_path: Path, name: str) -> None:
    """Nobody's rule: it is named without a place, in both languages, and no more seats are advised."""
    own, fact = FACTS[name]
    people: dict[str, dict[str, Any]] = {"A": own, "B": dict.fromkeys({*own} & {"service_start"}, 2000)}
    by = {"targets": {"advanced": {"by": 2023}}}  # so that who begins to serve in 2023 is a member
    what_if, found = asked(tmp_path, people, **by)
    assert (named(found), found.repair) == ([fact], None)
    for language in ("en", "vi"):
        with speaking(language):
            assert [line for line in missing(what_if.problem, [found]) if "{" in line] == []


@pytest.mark.parametrize(("least", "blocks"), [(2, ["level_unknown[advanced]", "eligible[school]"]), (1, None)])
def test_unknown_levels_block_beside_a_rule(tmp_path: Path, least: int, blocks: list[str] | None) -> None:
    """One is too old, one of unknown level, one can: two are out of reach for both reasons, one is not."""
    people: dict[str, dict[str, Any]] = {"A": OLD, "B": {"theory": ""}, "C": {}}
    target = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "at_least": least, "share": None}
    changes = {"targets": {"advanced": target}, "programmes": {"school": {"eligible": {"age": {"max": 40}}}}}
    path = small(tmp_path, people, **laid(BASE, changes))
    what_if = WhatIf(load(path))
    if blocks is None:
        assert missed_targets(what_if) == []
        return
    found = why_missed(what_if, "advanced")
    assert sorted(named(found)) == sorted(blocks)


def test_the_way_to_the_level_blocks_where_a_step_is_barred(tmp_path: Path) -> None:
    """Advanced asks for intermediate; the course to that is for the young: order and age rule block together."""
    people = {"A": {"theory": "none", "birth_year": 1970}, "B": {}}
    young = {"basics": {"eligible": {"age": {"max": 40}}}}
    _, found = asked(tmp_path / "old", people, programmes=young)
    assert sorted(named(found)) == ["eligible[basics]", "ladder_order"]


def test_seats_alone_block_where_they_would_block_anybody(tmp_path: Path) -> None:
    """One seat for three members: the seat is enough to block, so that only one is young enough is not named."""
    pool = {"school": {"programmes": ["school"], "who": {"post": "staff"}, "total": 1}}
    changes = {"programmes": {"school": {"open": False, "eligible": {"age": {"max": 99}}}}, "seats": pool}
    _, found = asked(tmp_path, {"A": {"birth_year": 1900}, "B": {}, "C": {}}, **changes)
    assert len(found.blocking) == 1
    assert named(found)[0] in ("seats[school, total]", "eligible[school]")


def test_a_binding_target_that_nobody_can_reach_does_not_contradict_itself(tmp_path: Path) -> None:
    """`conflict` names what keeps its members from starting beside it; the second engine confirms both together."""
    school = {"programmes": {"school": {"eligible": {"age": {"max": 40}}}}, "targets": {"advanced": {"must": True}}}
    problem = load(small(tmp_path, {"A": OLD, "B": {}}, **laid(BASE, school)))
    (conflict,) = explain_conflicts(problem, 0).conflicts
    assert [rule.id for rule in conflict.rules] == ["must[advanced]", "eligible[school]"]
    assert conflict.confirmed


# --- from the rules alone -------------------------------------------------------------------------------------------


def only(path: Path, problem: Problem, target: str, kept: set[Limit]) -> Problem:
    """The scenario of a file rewritten so that beside a target it says only what is kept, as far as a file can.

    What no file can leave out stays: one programme at a time, the order of a ladder; and what the roster says, where
    the target's members would be others without it.
    """
    for facts in (False, True):
        rewritten = _only(path, problem, target, kept, facts=facts)
        if list(rewritten.counted(target)) == list(problem.counted(target)):
            break
    return rewritten


def _only(path: Path, problem: Problem, target: str, kept: set[Limit], *, facts: bool) -> Problem:
    """The same, with the facts of the roster or, as far as they were not named, without."""
    scenario = problem.source.merged()
    roster = pd.read_csv(scenario["roster"], dtype=str, keep_default_na=False)
    names = {rule for rule, _ in kept}
    for key in ("budget", "shares", "priority", "approval", "earlier", "risk", "acknowledged"):
        scenario.pop(key, None)
    scenario["targets"] = {target: {**scenario["targets"][target], "must": False, "weight": 1}}
    scenario["goals"] = ["attainment"]
    for name, entry in scenario["programmes"].items():
        for key, rule in (
            ("eligible", "eligible"),
            ("serve_after_years", "service_owed"),
            ("years", "programme_years"),
        ):
            if (rule, (name,)) not in kept:
                entry.pop(key, None)
        if "requires" not in names:
            entry.pop("requires", None)
        if ("no_seat_pool", (name,)) not in kept:
            entry["open"] = True
    forbidden = scenario.pop("pins", {}).get("forbid", [])
    scenario["pins"] = {"forbid": [pin for number, pin in enumerate(forbidden) if ("forbidden", (number,)) in kept]}
    away = {name: entry for name, entry in scenario.get("leave", {}).items() if ("leave", (name,)) in kept}
    away |= scenario.get("leave", {}) if names & {"absence", "leaders"} else {}
    scenario["leave"] = away
    if "classes" not in names:
        scenario.pop("classes", None)
    for pool in scenario.get("seats", {}).values():
        pool.pop("must", None)
    if not facts and names.isdisjoint({"retirement", "service_owed", "leaders"}):
        scenario.pop("retirement", None)
        roster["retires"] = ""
    studied = {"current_study", "absence", "leaders", "study_load", "ladder_order"}
    if not facts and names.isdisjoint(studied) and "studying" in roster:
        roster[["studying", "studying_until"]] = ""
    folder = path.parent / f"only-{target}"
    folder.mkdir(exist_ok=True)
    roster.to_csv(folder / "roster.csv", index=False)
    scenario["roster"] = "roster.csv"
    (folder / "scenario.yaml").write_text(yaml.safe_dump(scenario, allow_unicode=True, sort_keys=False))
    return load(folder / "scenario.yaml", allow_outside=True)


def still_missed(problem: Problem, target: str, kept: set[Limit]) -> bool:
    """Whether the target is missed with the limits of rows that were not kept raised beyond reach."""
    rows = build_tables(admissible_starts(problem)).row_keys()
    limits = ("seats", "per_agency", "absence", "leaders")
    more = {row: 1_000 for row in rows if row[0] in limits and row not in kept}
    table = solve_problem(problem, more=more).attainment.set_index("target")
    return bool(table["shortfall"][target] > 0)


def every_row(problem: Problem, target: str, kept: list[Limit]) -> Search[Limit]:
    """All rules, and every bar against every member, to be asked of the engine that did not find them.

    Where a class is named, every bar against anybody: others may fill it.
    """
    bound = binding(alone(problem, target), target)
    must: list[Limit] = [("must", ("targets", name)) for name, entry in bound.scenario.targets.items() if entry.must]
    tables = barred(build_tables(admissible_starts(bound)), [*must, *kept])
    return Search(feasibility(tables), statements_of(tables), SolveLimits(time.monotonic() + 60, engine="cp_sat"))


def blocked(seeds: range, folder: Path) -> Iterator[tuple[Path, Problem, Missed]]:
    """What is found of the blocked targets of random scenarios."""
    for seed in seeds:
        path = random_scenario(seed, folder / str(seed), "tiny")
        problem = load(path)
        plan = solve_problem(problem)
        if plan.found:
            what_if = WhatIf(problem, _plan=plan)
            for target in plan.attainment.loc[plan.attainment["shortfall"] > 0, "target"]:
                found = why_missed(what_if, str(target))
                if found.verdict == BLOCKED:
                    yield path, problem, found


@pytest.mark.parametrize(("seeds", "least"), [(12, 3), pytest.param(300, 80, marks=pytest.mark.long)])
def test_what_blocks_does_so_in_a_scenario_that_says_nothing_else(tmp_path: Path, seeds: int, least: int) -> None:
    """Rewritten to say only what was named, the scenario misses the target; of the rows named each is needed."""
    seen: list[str] = []
    for path, problem, found in blocked(range(seeds), tmp_path):
        kept: list[Limit] = [(statement.rule, statement.key) for statement in found.blocking]
        assert found.minimal
        assert kept
        assert ("must", ("targets", found.target)) not in kept
        search, own = every_row(problem, found.target, kept), ("must", ("targets", found.target))
        assert search.impossible([*kept, own])
        for each in (*kept, own):
            assert search.possible([other for other in (*kept, own) if other != each]), (path, each)
        if any(rule in ("must", "pins", "budget") for rule, _ in kept):
            continue  # other targets, minima and pins are said elsewhere
        assert still_missed(only(path, problem, found.target, set(kept)), found.target, set(kept)), (path, kept)
        seen += [rule for rule, _ in kept]
    assert len(seen) >= least
    assert set(seen) & set(BARS)


# --- what may be changed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("may_change", [True, False, None])
def test_a_repair_leaves_alone_what_the_law_fixes(tmp_path: Path, may_change: bool | None) -> None:
    """An age rule of the scheme's own may be waived for a person; of a decree's the rule is named and no person.

    Where nobody says whose it is, exemptions are counted, nobody is named, and that is said.
    """
    school = {"eligible": {"age": {"max": 40}}}
    said = {} if may_change is None else {"may_change": may_change}
    what_if, found = asked(tmp_path, {"A91": OLD, "B": {}}, programmes={"school": {**school, **said}})
    with speaking("en"):
        told = "\n".join(missing(what_if.problem, [found]))
    assert [rule.may_change for rule in found.blocking] == [may_change]
    assert ("A91" in told) == (may_change is True)
    assert ("fixed by law or by a superior" in told) == (may_change is False)
    assert ("does not say whether it may grant" in told) == (may_change is None)
    if may_change is False:
        assert (found.repair, [rule.id for rule in found.fixed]) == (None, ["eligible[school]"])
    else:
        assert found.repair is not None
        assert [(exempt.cadre, exempt.may_change) for exempt in found.repair.exemptions] == [("A91", may_change)]
        assert found.fixed == ()


@pytest.mark.parametrize(("may_change", "repaired"), [("yes", True), ("no", False)])
def test_seats_that_others_give_are_no_repair(tmp_path: Path, may_change: str, repaired: bool) -> None:
    """A seat more is advised where the scheme gives the seats; where a superior does, the seats are named as fixed."""
    pool = {"programmes": ["school"], "who": {"post": "staff"}, "total": 2, "may_change": may_change == "yes"}
    changes = {"programmes": {"school": {"open": False}}, "seats": {"school": pool}}
    _, found = asked(tmp_path, **changes)
    assert [rule.id for rule in found.blocking] == ["seats[school, total]"]
    assert (found.repair is not None) == repaired
    assert [rule.id for rule in found.fixed] == ([] if repaired else ["seats[school, total]"])


def test_a_way_out_leaves_alone_what_the_law_fixes(tmp_path: Path) -> None:
    """Of a pin and the seats it contradicts, the pin is dropped where the seats are fixed; else either way is told."""
    pool = {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 0}}
    pins = {"require": [{"cadre": "A", "programme": "school", "start": 2021}]}
    ways = {}
    for fixed in (False, True):
        seats = {"school": {**pool, **({"may_change": False} if fixed else {})}}
        changes = {"programmes": {"school": {"open": False}}, "seats": seats, "pins": pins}
        problem = load(small(tmp_path / str(fixed), **laid(BASE, changes)))
        ways[fixed] = [rule.rule for way in explain_conflicts(problem, 5).ways_out for rule, _ in way.relaxed]
    assert {False: sorted(ways[False]), True: ways[True]} == {False: ["pins", "seats"], True: ["pins"]}


# --- what the time did not suffice for, and what no rule stands against ---------------------------------------------


@pytest.mark.parametrize("solves", range(0, 24, 3))
def test_a_search_cut_short_claims_no_more_than_it_knows(tmp_path: Path, monkeypatch: Any, solves: int) -> None:
    """After so many relaxations nothing more is known: what blocks is told as such or as unproven, never as needed."""
    pool = {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}}
    changes = {"programmes": {"school": {"open": False}}, "seats": pool}
    path = small(tmp_path, {name: {} for name in "ABC"}, **laid(BASE, changes))
    left = iter([True] * solves)

    relax = Search.relaxation

    def relaxed(search: Search[Limit], simplex: Simplex, matrix: IntegerProgram) -> Relaxation:
        found = relax(search, simplex, matrix)
        return found if next(left, False) else replace(found, status="unknown")

    monkeypatch.setattr(Search, "relaxation", relaxed)
    what_if = WhatIf(load(path))
    found = why_missed(what_if, "advanced")
    with speaking("en"):
        told = "\n".join(missing(what_if.problem, [found]))
    whole = {("seats", ("school", 2021)), ("seats", ("school", 2022))}
    named_now = {(rule.rule, rule.key) for rule in found.blocking}
    if found.minimal:
        assert named_now == whole
    else:
        assert "each rule needed" not in told
        assert "time ran out" in told
    assert found.repair is not None


def test_a_repair_not_found_in_time_is_not_ruled_out(tmp_path: Path, monkeypatch: Any) -> None:
    """Where the engine ends without an answer, it is not said that nothing would be enough."""

    def nothing(matrix: IntegerProgram, *_: object) -> GoalResult:
        return GoalResult("unknown", None, float("inf"), float("-inf"), matrix)

    pool = {"school": {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}}
    path = small(tmp_path, **laid(BASE, {"programmes": {"school": {"open": False}}, "seats": pool}))
    what_if = WhatIf(load(path))
    monkeypatch.setattr(ways_out, "cheapest", nothing)
    found = why_missed(what_if, "advanced")
    assert (found.repair, found.repair_known) == (None, False)
    with speaking("en"):
        told = list(missing(what_if.problem, [found]))
    assert told[-1].strip() == "time ran out before a repair was found or ruled out"


def test_where_only_another_goal_stands_against_it_that_is_said(tmp_path: Path) -> None:
    """Nobody is sent because `starts` counts more: no rule is named, no repair is denied, the goal is."""
    what_if, found = asked(tmp_path, goals=["starts", "attainment", "early"])
    assert (found.verdict, found.blocking, found.minimal, found.worsens) == ("competes", (), True, "starts")
    with speaking("en"):
        told = list(missing(what_if.problem, [found]))
    (line,) = told[1:]
    assert line.strip().startswith(
        "it could be reached, and no other target would fall shorter; but a goal that counts"
    )
    assert line.endswith(": starts")
