"""What a certificate takes a cadre to be able to do is what section 4 and 5 let him do: no plan is left out of a proof.

A start or a combination that is missing would make a bound too good, and so a proof untrue; one too many, a bound weak.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from brute_force import World
from random_scenarios import random_scenario

from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.verification.activities import choose
from planner.verification.admissibility import BARRED, CONDITIONS
from planner.verification.proof.choices import Choices
from planner.verification.proof.study_plans import StudyPlans

SHORT, LONG = range(8), range(8, 250)
seeds = pytest.mark.parametrize("seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])

Plan = frozenset[tuple[str, int]]  # a cadre's starts: programme, year
NOTHING: set[Plan] = {frozenset()}


def listed(problem: Problem) -> dict[str, set[Plan]]:
    """The study plans of each cadre who has any start."""
    names, courses = list(problem.cadres["cadre"]), list(problem.programmes["programme"])
    found: dict[str, set[Plan]] = {}
    for kind in StudyPlans(problem).kinds:
        assert kind.plans is not None
        starts = [(courses[start.course], start.first) for start in kind.candidates]
        plans = {frozenset(start for start, taken in zip(starts, row, strict=True) if taken) for row in kind.plans}
        found |= {names[person]: plans for person in kind.first}
    return found


@seeds
def test_the_study_plans_are_those_that_trying_finds(seed: int, tmp_path: Path) -> None:
    """Of every cadre of a tiny scenario, all that he may do, and nothing else."""
    path = random_scenario(seed, tmp_path, "tiny")
    found, world = listed(load(path)), World(path)
    for cadre in world.roster:
        tried = {frozenset((start.programme, start.first) for start in career) for career in world.careers(cadre)}
        assert found.get(cadre, NOTHING) == tried, cadre


@seeds
def test_what_bars_a_start_from_proofs_is_what_is_found_against_it(seed: int, tmp_path: Path) -> None:
    """Of every start of every cadre, condition by condition."""
    problem = load(random_scenario(seed, tmp_path, "tiny"))
    names, courses = problem.cadres["cadre"], problem.programmes["programme"]
    every = [(cadre, programme, year) for cadre in names for programme in courses for year in problem.years]
    chosen, _ = choose(problem, pd.DataFrame(every, columns=["cadre", "programme", "start"]))
    for name, barred in BARRED.items():
        rows = chosen.starts.loc[barred(problem, chosen.starts), ["cadre", "programme", "start"]]
        told = {tuple(finding.where) for finding in CONDITIONS[name](problem, chosen)}
        assert set(rows.itertuples(index=False, name=None)) == told, name


def test_what_is_too_much_to_list_is_priced_as_the_list_of_everything() -> None:
    """Where any starts go together, each feature by itself at its cheaper end is the cheapest plan; limits hold."""
    dice = np.random.default_rng(5)
    everything = np.array(list(product([False, True], repeat=3)))
    columns = np.array([[0, 1, 2], [3, 4, -1]])
    for _ in range(40):
        price = dice.integers(-3, 4, 5)
        ends = [(0, 0), (1, 1), (0, 1), (1, 0)]
        confined = {row: {int(dice.integers(0, 5)): ends[dice.integers(0, 4)]} for row in range(dice.integers(0, 3))}
        listed = Choices(everything, columns).cheapest(price, confined)
        assert Choices(None, columns).cheapest(price, confined) == listed
