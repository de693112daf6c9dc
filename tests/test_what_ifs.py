"""The what-if files of the real scheme: short, sourced, sound, and no two of them the same."""

from __future__ import annotations

import runpy
from pathlib import Path

import pandas as pd
import pytest
import yaml

from planner.inputs.loading import load
from planner.inputs.problem import allowance
from planner.plans.exchange import gains_and_losses
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.solver import solve_problem
from planner.verification import broken_rules, differences, figures

SCHEME = Path(__file__).parents[1] / "scenarios" / "hoang-su-phi"
WHAT_IFS = sorted((SCHEME / "what-if").glob("*.yaml"))
QUESTIONS = {
    "advanced-theory-plus-one",
    "budget-capped",
    "full-time-only",
    "in-service-only",
    "last-intake-2023",
    "law-2025",
    "law-of-the-day",
    "offices-spare-one-more",
    "retirements-out",
    "small-offices-stay",
    "two-tier-2026-2030",
    "women-doubled",
}


def name(path: Path) -> str:
    return path.stem


def test_every_question_of_the_study_has_a_file() -> None:
    """There is a file for each what-if, and no other."""
    assert {path.stem for path in WHAT_IFS} == QUESTIONS


@pytest.mark.parametrize("path", WHAT_IFS, ids=name)
def test_a_what_if_says_what_it_asks(path: Path) -> None:
    """It extends the base, has a title in both languages, and its source is the question it answers."""
    own = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert own["extends"] == "../base.yaml"
    assert set(own["title"]) == {"en", "vi"}
    assert own["source"]["en"].startswith("Question: ")
    assert own["source"]["vi"].startswith("Câu hỏi: ")


@pytest.mark.parametrize("path", WHAT_IFS, ids=name)
def test_a_what_if_is_sound_and_changes_something(path: Path) -> None:
    """It loads without a fault, and differs from the base in more than its words and its time limit."""
    words = ("title", "source", "solver")
    merged, base = (load(file).source.merged() for file in (path, SCHEME / "base.yaml"))
    assert {key: merged.get(key) for key in {*merged, *base}.difference(words)} != {
        key: base.get(key) for key in {*merged, *base}.difference(words)
    }


def test_one_more_away_is_one_more_for_every_office() -> None:
    """The bands written out in offices-spare-one-more allow each office exactly one more than the base's."""
    base, more = load(SCHEME / "base.yaml"), load(SCHEME / "what-if" / "offices-spare-one-more.yaml")
    assert (allowance(more) == allowance(base) + 1).all()


def test_retirements_are_counted_out_of_every_target() -> None:
    """retirements-out leaves no target that counts those who retire."""
    targets = load(SCHEME / "what-if" / "retirements-out.yaml").scenario.targets
    assert {target.leavers for target in targets.values()} == {"excluded"}


def test_the_roster_of_2026_is_that_of_the_base_plan(base_run: Path) -> None:
    """two-tier-roster.csv is what its script makes of the base's plan."""
    aged = runpy.run_path(str(SCHEME / "what-if" / "two_tier_roster.py"))["aged"]
    written = pd.read_csv(SCHEME / "what-if" / "two-tier-roster.csv", dtype=str, keep_default_na=False)
    assert aged(base_run) == written.to_dict("records")


def test_the_new_law_raises_the_age_and_what_is_owed() -> None:
    """Under Decree 171 those of 41 to 45 may start a master's course, too, and everybody owes half as much more."""
    old, new = load(SCHEME / "base.yaml"), load(SCHEME / "what-if" / "law-2025.yaml")
    for programme in ("master_full_time", "master_in_service"):
        row = list(old.scenario.programmes).index(programme)
        before, after = (problem.eligible[:, row, 0] for problem in (old, new))
        ages = 2021 - old.cadres["birth_year"].to_numpy()[after & ~before]
        assert set(ages) == {41, 42, 43, 44, 45}
        assert (after >= before).all()
        owed = [problem.scenario.programmes[programme].serve_after_years for problem in (old, new)]
        assert owed[1] * 2 in {owed[0] * 3, owed[0] * 3 + 1}


def test_every_year_has_the_law_of_its_day() -> None:
    """In law-of-the-day no master's course of the old law starts in 2025, and none of the new law before."""
    programmes = load(SCHEME / "what-if" / "law-of-the-day.yaml").programmes.set_index("programme")
    for mode in ("full_time", "in_service"):
        assert programmes.loc[f"master_{mode}", "last_start"] == 2024
        assert programmes.loc[f"master_{mode}_2025", "first_start"] == 2025


@pytest.mark.parametrize("file", [SCHEME / "base.yaml", *WHAT_IFS], ids=name)
def test_no_district_body_signs_from_2025_on(file: Path) -> None:
    """Every start has an authority; from 2025 on it is none of the district's, and before it is only in law-2025."""
    scenario = load(file).scenario
    entries = scenario.approval.values()
    for year in range(scenario.horizon.first, scenario.horizon.last + 1):
        signing = [entry for entry in entries if entry.years is None or entry.years.holds(year)]
        assert signing[-1].who is None
        district = {"district" in str(entry.authority).lower() for entry in signing}
        assert district == {year < 2025 and file.stem != "law-2025"}


def test_nobody_promises_seats_after_the_reform() -> None:
    """In two-tier-2026-2030 no pool has a minimum, in a year or in total."""
    seats = load(SCHEME / "what-if" / "two-tier-2026-2030.yaml").scenario.seats
    assert not any(pool.has_floors or pool.total.min for pool in seats.values())


def test_the_table_of_pension_years_is_that_of_the_decree() -> None:
    """Born on 1 January, one serves to the end of the month in which the age of that year is reached (Decree 135)."""
    table = pd.read_csv(SCHEME.parent / "retirement-135-2020.csv")
    assert not table.duplicated(["sex", "birth_year"]).any()
    for sex, born, retires in zip(table["sex"], table["birth_year"], table["retires"], strict=True):
        first, step, last = {"M": (723, 3, 744), "F": (664, 4, 720)}[sex]
        ages = {year: min(last, first + step * (year - 2021)) for year in range(2021, 2100)}
        left = next(year for year, months in ages.items() if born * 12 + months < (year + 1) * 12)
        assert retires == left + 1


@pytest.mark.parametrize(
    ("sex", "born", "retires"), [("M", 1961, 2022), ("M", 1968, 2031), ("F", 1966, 2022), ("F", 1980, 2041)]
)
def test_pension_years_known_by_hand(sex: str, born: int, retires: int) -> None:
    """Men born in January 1961 leave in April 2021 (60 years, 3 months), women born in January 1966 in May 2021."""
    table = pd.read_csv(SCHEME.parent / "retirement-135-2020.csv").set_index(["sex", "birth_year"])["retires"]
    assert table[sex, born] == retires


def test_classes_spread_the_courses_without_a_demand_line(base_run: Path) -> None:
    """In no year of the base's plan do more than one class of 30 of the 42 in need take the officer's course."""
    starts = read_run(base_run).tables["assignments"].query("programme == 'officer_course'")["start"]
    assert len(starts) == 42
    assert starts.value_counts().max() <= 30


ALIKE_WHEN_SMALL = {"budget-capped", "retirements-out", "small-offices-stay"}
"""What changes nothing for a few agencies: they spend little, few of them retire, their small offices send nobody."""
IN_SHORT = {"law-2025"}
"""What the short suite solves: one that replaces much."""


def proven(scenario: Path, folder: Path) -> Plan:
    """The scenario's plan, which must be proven, and be verified as it is written."""
    plan: Plan = solve_problem(load(scenario))
    assert plan.status == "optimal"
    write_run(plan, folder)
    run = read_run(folder)
    assert broken_rules(run.problem, run.tables["assignments"]).empty
    assert differences(run.tables, figures(run.problem, run.tables["assignments"])).empty
    return plan


@pytest.fixture(scope="module")
def small_base(small_district: Path) -> Plan:
    """The plan of a few agencies."""
    return solve_problem(load(small_district / "base.yaml"))


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[] if path.stem in IN_SHORT else [pytest.mark.long]) for path in WHAT_IFS],
    ids=name,
)
def test_a_what_if_of_a_few_agencies(path: Path, small_district: Path, small_base: Plan, tmp_path: Path) -> None:
    """On a few agencies its plan is proven, verified, and not the base's unless nothing there is concerned."""
    plan = proven(small_district / "what-if" / path.name, tmp_path / "run")
    assert gains_and_losses(small_base, plan).empty == (path.stem in ALIKE_WHEN_SMALL)


@pytest.mark.long
@pytest.mark.parametrize("path", WHAT_IFS, ids=name)
def test_a_what_if_has_a_proven_plan_that_differs(path: Path, base_run: Path, tmp_path: Path) -> None:
    """Its plan is proven, verified, and not the base's."""
    plan = proven(path, tmp_path / "run")
    assert not gains_and_losses(read_run(base_run).plan(), plan).empty


@pytest.mark.long
def test_a_relaxation_that_loses_its_numbers_is_begun_again(tmp_path: Path) -> None:
    """With `starts` left out GLOP ends as ABNORMAL on the way; the plan is proven all the same, and verified."""
    goals = ["attainment", "seat_floors", "priority", "early", "lot"]
    plan = solve_problem(load(load(SCHEME / "base.yaml"), {"goals": goals}))
    assert plan.status == "optimal"
    assert plan.goals.set_index("goal").loc["priority", "value"] == 4927
    assert broken_rules(plan.problem, plan.assignments).empty
