"""A solve that its time limit cuts short: whatever it had found by then, what it writes is what the plan amounts to.

The clock is not waited for. A search has events, a linear programme solved or an integer search ended; the time is
made to run out at each of them in turn, and the plan that is found then is the worst that there is, which leaves every
shortfall in the matrix as large as it may be.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from brute_force import best_plan
from random_scenarios import random_scenario
from test_search import drawn, optimise, points, ranked_goals

from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.library.plans import verify
from planner.optimiser import engines, reduced_cost_fixing
from planner.optimiser.integer_program import FEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits
from planner.optimiser.lp import Relaxation, Simplex
from planner.optimiser.single_search import EngineResult
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run, write_run
from planner.solver import solve_problem

CASES = Path(__file__).parent / "cases"
SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 120))]
MOST_EVENTS = 60


class Clock:
    """Time that runs out at the `last` event; `ran_out` says whether it did."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
        self.left, self.ran_out = last, False
        search, relax = engines.optimise, Simplex.relax

        def optimise(matrix: IntegerProgram, effort: SolveLimits, hint: np.ndarray | None = None) -> EngineResult:
            if not self.over():
                return search(matrix, effort, hint)
            worst = search(replace(matrix, cost=-matrix.cost), effort)
            return replace(worst, status=FEASIBLE if worst.status == OPTIMAL else UNKNOWN, bound=-np.inf)

        def relaxed(simplex: Simplex, matrix: IntegerProgram, effort: SolveLimits) -> Relaxation:
            found = relax(simplex, matrix, effort)
            return replace(found, status=UNKNOWN, bound=-np.inf) if self.over() else found

        monkeypatch.setattr(reduced_cost_fixing, "optimise", optimise)
        monkeypatch.setattr(Simplex, "relax", relaxed)

    def over(self) -> bool:
        """Whether the time has run out, now that another event has come."""
        self.left -= 1
        self.ran_out |= self.left < 0
        return self.left < 0


def every_cut(monkeypatch: pytest.MonkeyPatch, problem: Problem) -> list[Plan]:
    """The plans of a problem, the time running out at each event; the last has had all the time it needs."""
    plans = []
    for last in range(MOST_EVENTS):
        with monkeypatch.context() as patch:
            clock = Clock(patch, last)
            plans.append(solve_problem(problem))
        if not clock.ran_out:
            break
    return plans


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_cut_short_says_what_the_plan_amounts_to(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the time ran out, there is no plan, or one of which verify refuses nothing; no bound is better than is
    possible: up to the first goal that another plan could better it is a bound of what trying every plan finds.
    """
    path = random_scenario(seed, tmp_path, "tiny")
    optimum = best_plan(path).goals
    plans = every_cut(monkeypatch, load(path))
    assert plans[-1].status == ("infeasible" if optimum is None else "optimal")
    for plan in plans:
        if not plan.found:
            assert plan.status in ("time_limit", "infeasible")
            assert (plan.status == "infeasible") <= (optimum is None)
            continue
        assert optimum is not None
        assert verify(plan).empty, verify(plan).to_string()
        check_bounds(plan, optimum)


def check_bounds(plan: Plan, optimum: dict[str, float]) -> None:
    """A bound is one of the best value, and only what is best is called optimal, up to the first goal that is not."""
    for row in plan.goals.to_dict("records"):
        sign = 1 if row["sense"] == "min" else -1
        best = float(optimum[row["goal"]])
        if row["bound"] is not None:
            assert sign * float(row["bound"]) <= sign * best + 1e-9, row
        if float(row["value"]) != best:
            assert row["status"] != "optimal"
            return


def test_the_example_cut_short_is_written_and_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the run folder, as `solve` and `verify` go."""
    plans = every_cut(monkeypatch, load(CASES / "example" / "scenario.yaml"))
    found = [plan for plan in plans if plan.found]
    assert found
    for number, plan in enumerate(found):
        write_run(plan, tmp_path / str(number))
        assert verify(tmp_path / str(number)).empty
        assert read_run(tmp_path / str(number)).plan().goals["value"].tolist() == plan.goals["value"].tolist()


@pytest.mark.parametrize("seed", [7, 113, 148, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(150))])
def test_a_bound_of_a_search_cut_short_is_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was assumed and withdrawn before: of the plans that the better goals leave none is better than a bound.

    On 113 and 148 a bound once stood that held only of plans that reach the bound of a better goal, and none does.
    """
    matrix, goals = drawn(seed), ranked_goals(seed, 4, 8)
    every = points(matrix)
    for last in range(MOST_EVENTS):
        with monkeypatch.context() as patch:
            clock = Clock(patch, last)
            found = optimise(matrix, goals)
        left = every
        for settled in found.goals if found.x is not None else ():
            values = left @ settled.goal.coefficients
            assert settled.bound <= values.min(), (last, settled.goal.name)
            left = left[values <= settled.goal.coefficients @ found.x]
        if not clock.ran_out:
            break
