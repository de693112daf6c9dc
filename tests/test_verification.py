"""Verification: every rule of the contract alone, allowed at its bound and found one past it; the worked example."""

from __future__ import annotations

import ast
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small import small, starts

import planner
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import speaking
from planner.verification import broken_rules, differences, figures
from planner.verification.admissibility import CONDITIONS
from planner.verification.rules import RULES

EXAMPLE = Path(__file__).parent / "cases" / "example"
Start = tuple[str, str, int]
Cadres = dict[str, dict[str, Any]]


def found(problem: Problem, *chosen: Start) -> pd.DataFrame:
    with speaking("en"):
        return broken_rules(problem, starts(*chosen))


def rules(problem: Problem, *chosen: Start) -> list[str]:
    return sorted(set(found(problem, *chosen)["rule"]))


# --- what it may look at --------------------------------------------------------------------------------------------


def _imports(module: str) -> set[str]:
    """The modules that a module of planner names in its import statements."""
    root = Path(planner.__file__).parent
    path = root.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    named: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))) if file.is_file() else ():
        if isinstance(node, ast.Import):
            named |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return named


def test_verification_reads_nothing_of_the_model() -> None:
    """Nothing that verification imports, however far down, belongs to the model or to a solver."""
    reached: set[str] = set()
    waiting = {"planner.verification"}
    while waiting:
        module = waiting.pop()
        reached.add(module)
        waiting |= {each for each in _imports(module) if each.startswith("planner.")} - reached
        reached |= _imports(module) - waiting
    rooms = {each.split(".")[1] for each in reached if each.startswith("planner.")}
    model = {"model", "optimiser", "plans", "analysis", "solver", "infeasibility"}
    assert {"inputs", "verification"} <= rooms
    assert not rooms & model
    assert not {each.split(".")[0] for each in reached} & {"ortools", "scipy", "highspy"}


def test_every_rule_of_the_contract_has_a_check() -> None:
    """The conditions of section 4 and the rules of section 5 stand under the contract's ids."""
    assert list(CONDITIONS) == ["level", "eligible", "retires", "seat_pool", "forbid", "study"]
    assert list(RULES) == [
        *("one_at_a_time", "ladder_order", "seats", "absence", "leaders", "classes", "budget", "pins", "must")
    ]


# --- rows that are no starts ----------------------------------------------------------------------------------------


def test_an_empty_plan_breaks_nothing(tmp_path: Path) -> None:
    """A plan without starts is a plan."""
    assert found(load(small(tmp_path))).empty


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (("Z", "school", 2021), "Z, school, 2021"),
        (("A", "scool", 2021), "A, scool, 2021"),
        (("A", "school", 2020), "A, school, 2020"),
        (("A", "school", 2025), "A, school, 2025"),
        (("A", "school", 2021.5), "A, school, 2021.5"),
        (("A", "school", "soon"), "A, school, soon"),
        (("A", "school", None), "A, school, "),
    ],
)
def test_a_row_that_names_no_start_is_told(tmp_path: Path, row: Start, where: str) -> None:
    """An unknown cadre or programme, or a start outside the horizon, is a finding, and counts for nothing else."""
    problem = load(small(tmp_path))
    table = found(problem, row)
    assert table[["rule", "where"]].to_numpy().tolist() == [["assignments", where]]
    assert figures(problem, starts(row)).assignments.empty


def test_a_start_listed_twice_is_told_and_counts_once(tmp_path: Path) -> None:
    """The same start in two rows is one start and a finding."""
    problem = load(small(tmp_path))
    assert rules(problem, ("A", "school", 2021), ("A", "school", 2021)) == ["assignments"]
    assert len(figures(problem, starts(("A", "school", 2021), ("A", "school", 2021))).assignments) == 1


def test_missing_columns_are_told(tmp_path: Path) -> None:
    """A table without cadre, programme or start is no plan."""
    table = broken_rules(load(small(tmp_path)), pd.DataFrame({"cadre": ["A"]}))
    assert table[["rule", "where"]].to_numpy().tolist() == [["assignments", "programme"], ["assignments", "start"]]


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    """The cadre 007 is not the cadre 7, and numbers written as text are numbers."""
    problem = load(small(tmp_path, roster={"007": {}}))
    table = pd.DataFrame({"cadre": ["007"], "programme": ["school"], "start": ["2021"]})
    assert broken_rules(problem, table).empty
    assert list(broken_rules(problem, table.assign(cadre="7"))["rule"]) == ["assignments"]


# --- section 4 ------------------------------------------------------------------------------------------------------


def test_level_is_known_and_below_where_the_programme_leads(tmp_path: Path) -> None:
    """A cadre who holds the level, or whose level nobody knows, does not start for it."""
    cadres: Cadres = {"A": {"theory": "intermediate"}, "B": {"theory": "advanced"}, "C": {"theory": ""}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "school", 2021)) == []
    assert rules(problem, ("B", "school", 2021)) == ["level"]
    assert rules(problem, ("C", "school", 2021)) == ["level"]


def test_eligible_holds_in_the_year_of_the_start(tmp_path: Path) -> None:
    """Born in 1985, one is 38 in 2023 and no longer in 2024."""
    problem = load(small(tmp_path, programmes={"school": {"eligible": {"age": {"max": 38}}}}))
    assert rules(problem, ("A", "school", 2023)) == []
    assert rules(problem, ("A", "school", 2024)) == ["eligible"]


def test_service_owed_ends_before_retirement(tmp_path: Path) -> None:
    """Completed in 2023 with a year owed, 2025 as first year out of service is in time, 2024 is not."""
    cadres: Cadres = {"A": {"retires": 2025}, "B": {"retires": 2024}, "C": {}}
    problem = load(small(tmp_path, roster=cadres, programmes={"evening": {"serve_after_years": 1}}))
    assert rules(problem, ("A", "evening", 2022), ("C", "evening", 2024)) == []
    assert rules(problem, ("B", "evening", 2022)) == ["retires"]


def test_a_start_needs_a_pool_or_an_open_programme(tmp_path: Path) -> None:
    """A pool that lists the programme covers the cadre, else the programme is open."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}}
    cadres: Cadres = {"A": {}, "B": {"sex": "M"}}
    problem = load(small(tmp_path, roster=cadres, seats={"p": pool}, programmes={"school": {"open": False}}))
    assert rules(problem, ("A", "school", 2021), ("B", "evening", 2021)) == []
    assert rules(problem, ("B", "school", 2021)) == ["seat_pool"]


def test_no_forbid_pin_matches(tmp_path: Path) -> None:
    """A pin forbids exactly what it names, and any of what it leaves out."""
    problem = load(small(tmp_path, pins={"forbid": [{"cadre": "A", "start": 2022}]}))
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2022)) == []
    assert rules(problem, ("A", "school", 2022)) == ["forbid"]


def test_current_study_as_high_leaves_no_start(tmp_path: Path) -> None:
    """Who studies for the level on the same ladder does not start for it; for a higher one, after the study."""
    cadres: Cadres = {"A": {"theory": "none", "studying": "basics", "studying_until": 2021}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "school", 2022)) == []
    assert rules(problem, ("A", "basics", 2022)) == ["ladder_order", "study"]
    assert "study" in rules(problem, ("A", "evening", 2021))


def test_current_study_forbids_what_the_rules_forbid_beside_it(tmp_path: Path) -> None:
    """Beside a long current study one may take a short programme, and a long one only after its last year."""
    cadres: Cadres = {"A": {"studying": "degree", "studying_until": 2022}}
    problem = load(small(tmp_path, roster=cadres))
    assert rules(problem, ("A", "course", 2022), ("A", "evening", 2023)) == []
    assert rules(problem, ("A", "evening", 2022)) == ["one_at_a_time", "study"]


# --- section 5 ------------------------------------------------------------------------------------------------------


def test_one_long_programme_at_a_time(tmp_path: Path) -> None:
    """A second long programme starts in the year after the first has ended."""
    problem = load(small(tmp_path))
    assert rules(problem, ("A", "degree", 2021), ("A", "evening", 2023)) == []
    assert rules(problem, ("A", "degree", 2021), ("A", "evening", 2022)) == ["one_at_a_time"]
    assert rules(problem, ("A", "degree", 2024), ("B", "evening", 2024)) == []


def test_full_time_excludes_every_other(tmp_path: Path) -> None:
    """Beside an in-service programme one short course fits, beside a full-time one none."""
    problem = load(small(tmp_path))
    assert rules(problem, ("A", "evening", 2021), ("A", "course", 2021)) == []
    assert rules(problem, ("A", "school", 2021), ("A", "course", 2021)) == ["one_at_a_time"]


def test_short_programmes_of_a_year(tmp_path: Path) -> None:
    """As many short programmes in a year as `short_per_year` says, and no more."""
    ladders = {"language": ["none", "b1"]}
    talk = {"ladder": "language", "from": "none", "to": "b1", "mode": "short", "months": 1, "open": True}
    overrides: dict[str, Any] = {
        "ladders": ladders,
        "programmes": {"talk": talk},
        "roster": {"A": {"language": "none"}},
    }
    both = [("A", "course", 2021), ("A", "talk", 2021)]
    assert rules(load(small(tmp_path / "two", study_load={"short_per_year": 2}, **overrides)), *both) == []
    assert rules(load(small(tmp_path / "one", **overrides)), *both) == ["one_at_a_time"]
    assert rules(load(small(tmp_path / "one", **overrides)), both[0], ("A", "talk", 2022)) == []


def test_ladder_order(tmp_path: Path) -> None:
    """On one ladder the next programme starts after the last has ended, from a level held by then, to a higher one."""
    problem = load(small(tmp_path, roster={"A": {"theory": "none"}, "B": {}}))
    assert rules(problem, ("A", "basics", 2021), ("A", "evening", 2022)) == []
    assert rules(problem, ("A", "course", 2021), ("A", "further", 2022)) == []
    assert rules(problem, ("A", "evening", 2022)) == ["ladder_order"]  # `from` never held
    assert rules(problem, ("A", "evening", 2021), ("A", "basics", 2023)) == ["ladder_order"]  # downwards
    assert rules(problem, ("B", "school", 2021), ("B", "evening", 2022)) == ["ladder_order"]  # the same level twice


LEAP = {"ladder": "administration", "from": "none", "to": "senior", "mode": "short", "months": 1, "open": True}


def test_ladder_order_holds_between_short_programmes_of_one_year(tmp_path: Path) -> None:
    """Two steps of a ladder in one year break the order even where two short programmes are allowed."""
    problem = load(small(tmp_path, study_load={"short_per_year": 2}, programmes={"leap": LEAP}))
    assert rules(problem, ("A", "course", 2021), ("A", "leap", 2022)) == []
    table = found(problem, ("A", "course", 2021), ("A", "leap", 2021))
    assert table.to_numpy().tolist() == [["ladder_order", "A, leap, 2021", "course ends in 2021", "before 2021"]]
    table = found(problem, ("A", "course", 2021), ("A", "further", 2021))
    assert table["found"].tolist() == ["course ends in 2021", "none"]  # what it builds on is not held yet, either


def test_ladder_order_holds_after_current_study(tmp_path: Path) -> None:
    """A higher programme of the ladder one studies on starts in the year after that study has ended."""
    cadres: Cadres = {"A": {"studying": "course", "studying_until": 2022}}
    problem = load(small(tmp_path, roster=cadres, study_load={"short_per_year": 2}, programmes={"leap": LEAP}))
    assert rules(problem, ("A", "leap", 2023)) == []
    assert rules(problem, ("A", "leap", 2022)) == ["ladder_order", "study"]


def test_seats_of_a_year_and_of_the_horizon(tmp_path: Path) -> None:
    """A pool's starts are at most `max` in a year and at most `total` in all; others than it covers do not count."""
    pool = {"programmes": ["school", "evening"], "who": {"sex": "F"}, "per_year": {"max": 2}, "total": 3}
    cadres: Cadres = {name: {} for name in "ABCD"} | {"M": {"sex": "M"}}
    problem = load(small(tmp_path, roster=cadres, seats={"p": pool}))
    a, b, c, d = (name for name in "ABCD")
    within = [(a, "school", 2021), (b, "evening", 2021), ("M", "school", 2021), (c, "school", 2022)]
    assert rules(problem, *within) == []
    past = found(problem, (a, "school", 2021), (b, "evening", 2021), (c, "school", 2021))
    assert past.to_numpy().tolist() == [["seats", "p, 2021", "3", "2"]]
    past = found(problem, *within, (d, "school", 2023))
    assert past.to_numpy().tolist() == [["seats", "p, 2021-2024", "4", "3"]]


def test_a_start_counts_in_every_pool_that_lists_it(tmp_path: Path) -> None:
    """A start takes a seat of each pool, not of one that has seats left."""
    wide = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"max": 5}}
    tight = {"programmes": ["school"], "who": {"post": "staff"}, "per_year": {"max": 1}}
    problem = load(small(tmp_path, seats={"wide": wide, "tight": tight}))
    assert rules(problem, ("A", "school", 2021)) == []
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2021)) == ["seats"]


BANDS = [{"up_to": 4, "away": 1}, {"up_to": 9, "away": 2}, {"share": 0.25}]


@pytest.mark.parametrize(("headcount", "limit"), [(4, 1), (5, 2), (9, 2), (10, 2), (12, 3)])
def test_absence_up_to_the_allowance_of_the_headcount(tmp_path: Path, headcount: int, limit: int) -> None:
    """The first band that fits the headcount gives the limit, a share rounds down; in-service study is no absence."""
    absence = {"modes": ["full_time"], "bands": BANDS}
    cadres: Cadres = {name: {} for name in "ABCDE"}
    problem = load(small(tmp_path, roster=cadres, agencies={"office": headcount}, absence=absence))
    away = [(name, "school", 2021) for name in "ABCD"[:limit]]
    assert rules(problem, *away, ("E", "evening", 2021)) == []
    past = found(problem, *away, ("E", "school", 2021))
    assert past[["rule", "where", "allowed"]].to_numpy().tolist() == [["absence", "office, 2021", str(limit)]]


def test_absence_without_a_band_that_fits_has_no_limit(tmp_path: Path) -> None:
    """A headcount above every band is not limited."""
    absence = {"modes": ["full_time"], "bands": BANDS[:1]}
    chosen = [(name, "school", 2021) for name in "ABC"]
    assert rules(load(small(tmp_path / "large", absence=absence)), *chosen) == []
    assert rules(load(small(tmp_path / "little", absence=absence, agencies={"office": 4})), *chosen) == ["absence"]


def test_absence_counts_current_study_and_every_year_of_it(tmp_path: Path) -> None:
    """Who studies full time until 2022 is away in 2021 and 2022; the next may leave in 2023."""
    absence = {"modes": ["full_time"], "bands": [{"away": 1}]}
    cadres: Cadres = {"A": {"studying": "school", "studying_until": 2022}, "B": {}}
    problem = load(small(tmp_path, roster=cadres, absence=absence))
    assert rules(problem, ("B", "school", 2023)) == []
    assert rules(problem, ("B", "school", 2022)) == ["absence"]


def test_an_excess_by_current_study_alone_is_not_the_plans(tmp_path: Path) -> None:
    """Two away by current study where one may be: nothing is broken, but nobody else may leave."""
    absence = {"modes": ["full_time"], "bands": [{"away": 1}]}
    now = {"studying": "school", "studying_until": 2021}
    problem = load(small(tmp_path, roster={"A": now, "B": now, "C": {}}, absence=absence))
    assert rules(problem, ("C", "evening", 2021)) == []
    assert rules(problem, ("C", "school", 2021)) == ["absence"]
    assert figures(problem, starts()).absence.iloc[0].tolist() == ["office", 2021, 10, 1, 2]


def test_a_cadre_is_away_once_a_year(tmp_path: Path) -> None:
    """Two programmes that take one cadre away in a year are one absence."""
    absence = {"modes": ["in_service", "short"], "bands": [{"away": 1}]}
    problem = load(small(tmp_path, absence=absence))
    assert rules(problem, ("A", "evening", 2021), ("A", "course", 2021)) == []
    assert rules(problem, ("A", "evening", 2021), ("B", "course", 2021)) == ["absence"]
    assert figures(problem, starts(("A", "evening", 2021), ("A", "course", 2021))).absence["away"].tolist() == [
        1,
        1,
        0,
        0,
    ]


def test_absence_lasts_beyond_the_horizon(tmp_path: Path) -> None:
    """A year after the horizon is a year: study that hid an excess in the last one has ended in the next."""
    absence = {"modes": ["in_service", "short"], "bands": [{"away": 1}]}
    now = {"studying": "course", "studying_until": 2024}
    problem = load(small(tmp_path, roster={"A": now, "B": now}, absence=absence))
    assert rules(problem, ("A", "evening", 2024)) == []
    past = found(problem, ("A", "evening", 2024), ("B", "evening", 2024))
    assert past[["rule", "where"]].to_numpy().tolist() == [["absence", "office, 2025"]]


def test_leaders_are_not_all_away(tmp_path: Path) -> None:
    """Of three leaders two may leave; an agency with one leader has no such rule."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": 1}}
    three = {name: {"post": "leader"} for name in "ABC"} | {"D": {}}
    problem = load(small(tmp_path / "three", roster=three, absence=absence))
    two_away = [("A", "school", 2021), ("B", "school", 2021), ("D", "school", 2021)]
    assert rules(problem, *two_away) == []
    past = found(problem, *two_away, ("C", "school", 2021))
    assert past.to_numpy().tolist() == [["leaders", "office, 2021", "3 (A, B, C)", "2"]]
    alone = load(small(tmp_path / "one", roster={"A": {"post": "leader"}, "D": {}}, absence=absence))
    assert rules(alone, ("A", "school", 2021)) == []


def test_leaders_current_study_counts_as_in_absence(tmp_path: Path) -> None:
    """Leaders who study away now are counted; if they are too many already, no further leader leaves."""
    absence = {"modes": ["full_time"], "leaders": {"who": {"post": "leader"}, "present": 2}}
    now = {"post": "leader", "studying": "school", "studying_until": 2021}
    problem = load(small(tmp_path, roster={"A": now, "B": {"post": "leader"}, "C": {}}, absence=absence))
    assert rules(problem, ("C", "school", 2021), ("B", "evening", 2021)) == []
    assert rules(problem, ("B", "school", 2021)) == ["leaders"]


@pytest.mark.parametrize(
    ("number", "held"), [(0, True), (1, False), (2, True), (3, True), (4, True), (5, True), (6, True), (7, True)]
)
def test_classes_are_whole(tmp_path: Path, number: int, held: bool) -> None:
    """With classes of 2 or 3, one cadre alone is no class; any larger number fills classes."""
    cadres: Cadres = {f"C{i}": {} for i in range(7)}
    problem = load(small(tmp_path, roster=cadres, classes={"evening": {"min": 2, "max": 3}}))
    assert rules(problem, *[(f"C{i}", "evening", 2021) for i in range(number)]) == ([] if held else ["classes"])


def test_classes_between_two_sizes(tmp_path: Path) -> None:
    """Classes of exactly 3: 3 and 6 a year, not 4; without `max` any number from `min`."""
    cadres: Cadres = {f"C{i}": {} for i in range(6)}
    exactly = load(small(tmp_path / "exactly", roster=cadres, classes={"evening": {"min": 3, "max": 3}}))
    at_least = load(small(tmp_path / "at_least", roster=cadres, classes={"evening": {"min": 3}}))
    chosen = [(name, "evening", 2021) for name in cadres]
    assert (rules(exactly, *chosen[:3]), rules(exactly, *chosen)) == ([], [])
    assert found(exactly, *chosen[:4]).to_numpy().tolist() == [
        ["classes", "evening, 2021", "4", "whole classes of 3-3"]
    ]
    assert (rules(at_least, *chosen[:4]), rules(at_least, *chosen[:2])) == ([], ["classes"])


def test_budget_of_every_year(tmp_path: Path) -> None:
    """Three starts at 0.1 cost 0.3 exactly; a fourth is too dear."""
    cadres: Cadres = {name: {} for name in "ABCD"}
    problem = load(small(tmp_path, roster=cadres, programmes={"school": {"cost": 0.1}}, budget={"per_year": 0.3}))
    chosen = [(name, "school", 2021) for name in "ABCD"]
    assert rules(problem, *chosen[:3], ("D", "school", 2022)) == []
    assert found(problem, *chosen).to_numpy().tolist() == [["budget", "2021", "0.4", "0.3"]]


def test_budget_by_year_limits_the_years_it_names(tmp_path: Path) -> None:
    """A year left out of the budget has no limit."""
    problem = load(small(tmp_path, programmes={"school": {"cost": 5}}, budget={"per_year": {"2022": 5}}))
    assert rules(problem, ("A", "school", 2021), ("B", "school", 2021), ("C", "school", 2022)) == []
    assert rules(problem, ("A", "school", 2022), ("B", "school", 2022)) == ["budget"]


def test_every_require_pin_is_met(tmp_path: Path) -> None:
    """A pin asks for one start that has all it names."""
    problem = load(small(tmp_path, pins={"require": [{"cadre": "A", "programme": "school"}]}))
    assert rules(problem, ("A", "school", 2023)) == []
    assert rules(problem, ("A", "evening", 2023), ("B", "school", 2023)) == ["pins"]
    assert found(problem)["where"].tolist() == ["cadre A, programme school"]


def test_a_target_that_must_has_no_shortfall(tmp_path: Path) -> None:
    """Two of three is two thirds; without `must` a shortfall is no broken rule."""
    target = {"who": {"sex": "F"}, "level": {"theory": "advanced"}, "at_least": 2}
    hard, soft = (load(small(tmp_path / str(must), targets={"t": target | {"must": must}})) for must in (True, False))
    assert rules(hard, ("A", "school", 2021), ("B", "school", 2021)) == []
    assert found(hard, ("A", "school", 2021)).to_numpy().tolist() == [["must", "t", "1", "at least 2"]]
    assert rules(soft, ("A", "school", 2021)) == []


def test_a_pool_that_must_reaches_its_min_in_every_year(tmp_path: Path) -> None:
    """A year without any start is below `min`, too."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 1}}
    hard, soft = (
        load(small(tmp_path / str(must), seats={"p": pool | {"must": must}}, horizon={"last": 2022}))
        for must in (True, False)
    )
    assert rules(hard, ("A", "school", 2021), ("B", "school", 2022)) == []
    assert found(hard, ("A", "school", 2021)).to_numpy().tolist() == [["must", "p, 2022", "0", "at least 1"]]
    assert rules(soft, ("A", "school", 2021)) == []


def test_everything_broken_is_told(tmp_path: Path) -> None:
    """One fault hides no other."""
    problem = load(
        small(
            tmp_path,
            roster={"A": {"theory": "advanced", "retires": 2021}, "B": {}},
            programmes={"school": {"cost": 2, "eligible": {"sex": "M"}, "open": False}},
            budget={"per_year": 1},
            absence={"modes": ["full_time"], "bands": [{"away": 0}]},
            pins={"require": [{"cadre": "B"}], "forbid": [{"programme": "school"}]},
        )
    )
    expected = {"level", "eligible", "retires", "seat_pool", "forbid", "budget", "absence", "pins"}
    assert set(rules(problem, ("A", "school", 2021))) == expected


# --- figures --------------------------------------------------------------------------------------------------------


def attainment(problem: Problem, *chosen: Start) -> dict[Any, Any]:
    return figures(problem, starts(*chosen)).attainment.iloc[0].to_dict()


def test_attainment_counts_roster_study_and_starts(tmp_path: Path) -> None:
    """Held, studied for until `by` and completed by `by` count; unknown, later and not begun do not."""
    cadres: Cadres = {
        "held": {"theory": "advanced"},
        "studies": {"studying": "school", "studying_until": 2023},
        "studies_on": {"studying": "school", "studying_until": 2024},
        "starts": {},
        "starts_late": {},
        "unknown": {"theory": "", "studying": "school", "studying_until": 2021},
        "no_member": {"theory": "", "post": "other"},
    }
    target = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 0.99, "by": 2023}
    chosen = (("starts", "evening", 2022), ("starts_late", "evening", 2023))
    row = attainment(load(small(tmp_path / "completed", roster=cadres, targets={"t": target})), *chosen)
    expected = {"members": 6, "unknown": 1, "required": 6, "already": 2, "attained": 3, "shortfall": 3, "share": 0.5}
    assert row == {"target": "t", **expected}
    enrolled = target | {"counts": "enrolled"}
    row = attainment(load(small(tmp_path / "enrolled", roster=cadres, targets={"t": enrolled})), *chosen)
    assert (row["already"], row["attained"], row["shortfall"]) == (3, 5, 1)


def test_being_enrolled_counts_until_the_year_of_reckoning(tmp_path: Path) -> None:
    """A start in `by` is enough for `enrolled`, one after it is not."""
    target = {
        "who": {"post": "staff"},
        "level": {"theory": "advanced"},
        "at_least": 1,
        "by": 2022,
        "counts": "enrolled",
    }
    problem = load(small(tmp_path, targets={"t": target}))
    assert attainment(problem, ("A", "evening", 2022))["attained"] == 1
    assert attainment(problem, ("A", "evening", 2023))["attained"] == 0


def test_every_level_of_a_target_must_hold(tmp_path: Path) -> None:
    """One level of two is not enough, and a higher one than asked for is."""
    level = {"theory": "intermediate", "education": "master"}
    target = {"who": {"post": "staff"}, "level": level, "share": 1}
    problem = load(small(tmp_path, targets={"t": target}, roster={"A": {"theory": "advanced"}}))
    assert attainment(problem)["attained"] == 0
    assert attainment(problem, ("A", "degree", 2021))["attained"] == 1


def test_leavers_are_members_unless_excluded(tmp_path: Path) -> None:
    """Who retires in `by` is left out with `leavers: excluded`; who retires after it is counted."""
    cadres: Cadres = {"A": {"retires": 2024}, "B": {"retires": 2025}, "C": {}}
    target = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1}
    included = load(small(tmp_path / "in", roster=cadres, targets={"t": target}))
    excluded = load(small(tmp_path / "out", roster=cadres, targets={"t": target | {"leavers": "excluded"}}))
    assert (attainment(included)["members"], attainment(excluded)["members"]) == (3, 2)


def test_a_target_without_members_has_no_share(tmp_path: Path) -> None:
    """Nobody of nobody is no share, and asks for nobody."""
    target = {"who": {"post": "nobody"}, "level": {"theory": "advanced"}, "share": 1}
    row = attainment(load(small(tmp_path, targets={"t": target})))
    assert (row["members"], row["required"], row["shortfall"]) == (0, 0, 0)
    assert pd.isna(row["share"])


def test_tables_have_a_row_for_every_pool_agency_and_year(tmp_path: Path) -> None:
    """Nothing disappears for want of starts; without an absence section nobody is away and nothing is limited."""
    pool = {"programmes": ["school"], "who": {"sex": "F"}, "per_year": {"min": 1}}
    agencies = {"office": 3, "archive": 2}
    problem = load(small(tmp_path, seats={"p": pool}, agencies=agencies, horizon={"last": 2022}))
    result = figures(problem, starts(("A", "school", 2022)))
    assert result.seats.drop(columns="max").to_numpy().tolist() == [["p", 2021, 1, 0, 1], ["p", 2022, 1, 1, 0]]
    assert result.seats["max"].isna().all()
    assert result.absence["agency"].tolist() == ["archive", "archive", "office", "office"]
    assert result.absence["away"].tolist() == [0, 0, 0, 0]
    assert result.absence["limit"].isna().all()


def test_goals_are_exact(tmp_path: Path) -> None:
    """Decimals add up as decimals: 0.1 thrice is 3/10, a weight of 0.7 on a shortfall of 3 is 21/10."""
    target = {"who": {"post": "staff"}, "level": {"education": "master"}, "share": 1, "weight": 0.7}
    priority = {"some": {"who": {"sex": "F"}, "points": 0.1}, "more": {"who": {"sex": "F"}, "points": 0.2}}
    programmes = {"school": {"cost": 0.1}}
    problem = load(small(tmp_path, targets={"t": target}, priority=priority, programmes=programmes))
    goals = figures(problem, starts(*[(name, "school", 2022) for name in "ABC"])).goals
    assert goals["attainment"] == Fraction(21, 10)
    assert goals["priority"] == Fraction(9, 10)
    assert goals["cost"] == Fraction(3, 10)
    assert goals["early"] == 6


def test_changes_are_counted_both_ways(tmp_path: Path) -> None:
    """An earlier start not kept and a new one are a change each."""
    problem = replace(load(small(tmp_path)), earlier=starts(("A", "school", 2021), ("B", "school", 2021)))
    assert figures(problem, starts(("A", "school", 2021), ("B", "school", 2022))).goals["changes"] == 2


# --- the worked example ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example() -> Problem:
    return load(EXAMPLE / "scenario.yaml")


@pytest.fixture
def expected() -> pd.DataFrame:
    return pd.read_csv(EXAMPLE / "expected-assignments.csv")


def test_the_examples_plan_holds(example: Problem, expected: pd.DataFrame) -> None:
    """The one best plan breaks nothing and has the value of every goal that the contract states."""
    assert broken_rules(example, expected).empty
    goals = figures(example, expected).goals
    table = pd.read_csv(EXAMPLE / "expected.csv")
    stated = dict(zip(table["goal"], table["value"], strict=True))
    assert {goal: goals[goal] for goal in stated} == stated


def test_the_order_of_the_rows_does_not_matter(example: Problem, expected: pd.DataFrame) -> None:
    """Assignments come out sorted by cadre, start, programme, whatever order they had."""
    result = figures(example, expected.sample(frac=1, random_state=1)).assignments
    assert result[["cadre", "programme", "start"]].equals(figures(example, expected).assignments[expected.columns])
    assert result.equals(result.sort_values(["cadre", "start", "programme"], ignore_index=True))


MUTATIONS = {
    # the level is unknown
    ("C5 specialist_course 2021", "C8 specialist_course 2021"): "level",
    # 50 years old
    ("C3 master_in_service 2022", "F4 master_in_service 2022"): "eligible",
    # retires in the year it ends
    ("C7 intermediate_theory 2023", "C7 intermediate_theory 2024"): "retires",
    # studies it now
    ("C8 intermediate_theory 2022", "C3 intermediate_theory 2022"): "study",
    # its bachelor's degree takes until 2023
    ("C6 intermediate_theory 2024", "C6 intermediate_theory 2023"): "one_at_a_time",
    # before the course it builds on
    ("C4 senior_specialist_course 2024", "C4 senior_specialist_course 2022"): "ladder_order",
    # the third bachelor of the year
    ("F3 bachelor_in_service 2022", "F3 bachelor_in_service 2021"): "seats",
    # nobody may leave an office of four
    ("F2 master_in_service 2021", "F2 master_full_time 2021"): "absence",
    # nobody of that name
    ("C2 master_in_service 2023", "C9 master_in_service 2023"): "assignments",
    # after the horizon
    ("C2 master_in_service 2023", "C2 master_in_service 2025"): "assignments",
}


@pytest.mark.parametrize(
    ("change", "rule"), MUTATIONS.items(), ids=[f"{new}: {MUTATIONS[old, new]}" for old, new in MUTATIONS]
)
def test_a_broken_example_is_rejected(
    example: Problem, expected: pd.DataFrame, change: tuple[str, str], rule: str
) -> None:
    """One start of the good plan replaced by one that may not be: found, under the rule's own id."""
    old, new = ((cadre, programme, int(year)) for cadre, programme, year in map(str.split, change))
    rows: list[Any] = [new if row == old else row for row in expected.itertuples(index=False, name=None)]
    assert new in rows
    assert rule in rules(example, *rows)


@pytest.mark.parametrize("row", range(24))
def test_each_start_of_the_example_matters(example: Problem, expected: pd.DataFrame, row: int) -> None:
    """Without any one of its starts the example's plan is worse in a goal that is ranked above cost."""
    best, less = (figures(example, plan).goals for plan in (expected, expected.drop(index=row)))
    ranked = ["attainment", "seat_floors", "priority"]
    signs = {"priority": -1}
    assert [signs.get(goal, 1) * less[goal] for goal in ranked] > [signs.get(goal, 1) * best[goal] for goal in ranked]


# --- what a run folder says -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, example: Problem, expected: pd.DataFrame) -> Path:
    """A run folder's tables, written from the re-derived figures."""
    result = figures(example, expected)
    for name in ("assignments", "attainment", "seats", "absence"):
        getattr(result, name).to_csv(tmp_path / f"{name}.csv", index=False)
    goals = [(goal, "max" if goal == "priority" else "min", result.goals[goal]) for goal in result.ranked]
    table = pd.DataFrame(goals, columns=["goal", "sense", "value"])
    table.assign(bound=table["value"], status="optimal", seconds=0.1).to_csv(tmp_path / "goals.csv", index=False)
    return tmp_path


def told(folder: Path, example: Problem, expected: pd.DataFrame) -> list[str]:
    with speaking("en"):
        files = {file.stem: pd.read_csv(file, dtype=str, keep_default_na=False) for file in folder.glob("*.csv")}
        table = differences(files, figures(example, expected))
    assert set(table["rule"]) <= {"figures"}
    return [f"{where}: {one} / {other}" for where, one, other in table[["where", "found", "allowed"]].to_numpy()]


def test_what_follows_from_the_plan_has_no_differences(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """Tables read back from CSV say what was written."""
    assert told(folder, example, expected) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "difference"),
    [
        (
            "assignments",
            "C2,culture,",
            "C2,finance,",
            "assignments.csv: C2, advanced_full_time, 2022, agency: finance / culture",
        ),
        (
            "assignments",
            "2023,2024,3",
            "2023,2025,3",
            "assignments.csv: C2, master_in_service, 2023, finish: 2025 / 2024",
        ),
        ("attainment", ",0.6", ",0.61", "attainment.csv: leaders_master, share: 0.61 / 0.6"),
        ("attainment", "staff_theory,7,", "staff_theory,seven,", "attainment.csv: staff_theory, members: seven / 7"),
        ("seats", "master,2021,0,1,1", "master,2021,0,1,2", "seats.csv: master, 2021, starts: 2 / 1"),
        ("seats", "master,2021,0,1,1", "master,2021,0,,1", "seats.csv: master, 2021, max: empty / 1"),
        ("seats", "master,2024,0,1,0,0\n", "", "seats.csv: master, 2024: missing / a row"),
        ("seats", "master,2024", "master,2029", "seats.csv: master, 2029: a row / no such row"),
        ("absence", "culture,2022,9,1,1", "culture,2022,9,1,0", "absence.csv: culture, 2022, away: 0 / 1"),
        ("absence", "headcount", "heads", "absence.csv: headcount: missing / a column of this name"),
        ("goals", "priority,max,105", "priority,max,106", "goals.csv: priority, value: 106 / 105"),
        ("goals", "early,min", "early,max", "goals.csv: early, sense: max / min"),
        ("goals", "cost,min,323,323", "cost,min,323,330", "goals.csv: cost, bound: 330 / at most 323.0"),
        ("goals", "priority,max,105,105", "priority,max,105,90", "goals.csv: priority, bound: 90 / at least 105.0"),
        ("goals", "cost,min,323,323,optimal,0.1\n", "", "goals.csv: cost: missing / a row"),
    ],
)
def test_a_false_figure_is_found(
    folder: Path, example: Problem, expected: pd.DataFrame, file: str, old: str, new: str, difference: str
) -> None:
    """One cell changed in one table is told with its file, row and column, beside what follows from the plan."""
    path = folder / f"{file}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert difference in told(folder, example, expected)


def test_a_table_that_is_not_there_is_found(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """A run folder without one of its tables is not whole."""
    (folder / "seats.csv").unlink()
    assert told(folder, example, expected) == ["seats.csv: missing / a table of this name"]


def test_another_order_of_assignments_is_found(folder: Path, example: Problem, expected: pd.DataFrame) -> None:
    """The same plan in another order is not the same file."""
    lines = (folder / "assignments.csv").read_text("utf-8").splitlines()
    (folder / "assignments.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "utf-8")
    assert told(folder, example, expected) == ["assignments.csv: another order / sorted by cadre, start, programme"]
