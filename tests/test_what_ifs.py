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
    assert own["source"].startswith("Question: ")


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


@pytest.mark.long
@pytest.mark.parametrize("path", WHAT_IFS, ids=name)
def test_a_what_if_has_a_proven_plan_that_differs(path: Path, base_run: Path, tmp_path: Path) -> None:
    """Its plan is proven, verified, and not the base's."""
    plan: Plan = solve_problem(load(path))
    assert plan.status == "optimal"
    write_run(plan, tmp_path / "run")
    run = read_run(tmp_path / "run")
    assert broken_rules(run.problem, run.tables["assignments"]).empty
    assert differences(run.tables, figures(run.problem, run.tables["assignments"])).empty
    assert not gains_and_losses(read_run(base_run).plan(), plan).empty
