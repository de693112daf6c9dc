"""What stands in the way of a level: compared with the definition, start by start, on random scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from random_scenarios import random_scenario
from small import small

from planner.inputs.loading import load
from planner.model.attainment import attaining, in_time, passing
from planner.model.options import admissible_starts
from planner.plans.obstacles import nearest_start, stuck
from planner.plans.summary import waiting
from planner.solver import solve_problem


def test_the_nearest_start_has_the_fewest_reasons(tmp_path: Path) -> None:
    """No start that would pass the level in time has fewer; none is named where there is none."""
    named = none = 0
    for seed in range(12):
        problem = load(random_scenario(seed, tmp_path / str(seed), "tiny"))
        options = admissible_starts(problem)
        everybody = np.arange(len(problem.cadres))
        for entry in problem.scenario.targets.values():
            for ladder, level in entry.level.items():
                wanted = problem.scenario.ladders[ladder].index(level)
                found = nearest_start(options, entry, ladder, everybody)
                for cadre in everybody:
                    counts = []
                    for row, programme in problem.programmes.iterrows():
                        leads = programme["ladder"] == ladder and programme["low"] < wanted <= programme["high"]
                        for place, year in enumerate(problem.years):
                            counted = year if entry.counts == "enrolled" else year + programme["years"] - 1
                            if leads and counted <= problem.by(entry):
                                counts.append(int(options.reasons[cadre, row, place]).bit_count())  # type: ignore[index]
                    assert (found.programme[cadre] < 0) == (not counts)
                    if counts:
                        assert int(found.bits[cadre]).bit_count() == min(counts)
                        assert passing(problem, entry, ladder)[found.programme[cadre]]
                        assert in_time(problem, entry)[found.programme[cadre]].any()
                    named, none = named + bool(counts), none + (not counts)
    assert named
    assert none


PEOPLE: dict[str, dict[str, Any]] = {
    "A": {"studying": "school", "studying_until": 2023},
    "B": {"theory": "advanced"},
    "C": {},
}


def test_study_that_ends_too_late_is_no_way(tmp_path: Path) -> None:
    """A studies for the level, but not in time, and may start nothing beside: stuck. B holds it, C can start."""
    target = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0, "by": 2022}
    problem = load(small(tmp_path, PEOPLE, targets={"advanced": target}))
    entry = problem.scenario.targets["advanced"]
    assert stuck(admissible_starts(problem), entry, "theory").tolist() == [True, False, False]
    assert (attaining(problem, entry) <= 2022).tolist() == [False, True, False]
    (row,) = waiting(solve_problem(problem)).to_dict("records")
    assert row["cadre"] == "A"
    assert "studying_as_high" in row["reason"]


def test_a_level_nobody_reaches_in_time_is_said_so(tmp_path: Path) -> None:
    """Where every programme ends after the year of reckoning, those who wait were too late, not out of seats."""
    target = {"who": {"post": "staff"}, "level": {"theory": "advanced"}, "share": 1.0, "by": 2021}
    programmes = {"school": {"months": 20}, "evening": {"months": 20}}
    plan = solve_problem(load(small(tmp_path, targets={"advanced": target}, programmes=programmes)))
    assert set(waiting(plan)["reason"]) == {"too_late"}
