"""A plan made for sampled futures beside the plan of today: what it costs, what it gains, how far it may be from best.

How it works. The goal `expected` or `worst_tenth` ranks above the others, over the scenario's own sample of futures:
the plan is as proven as any other, but for the sample. What it is worth is judged in fresh futures, the same for both
plans. How far it may be from the best that any plan could do is bounded from below by further samples: the best value
over a sample is on average no greater than the best over all futures.

References
----------
Kleywegt, Shapiro, Homem-de-Mello, "The sample average approximation method for stochastic discrete optimization", SIAM
Journal on Optimization 12 (2002).
Mak, Morton, Wood, "Monte Carlo bounding techniques for determining solution quality in stochastic programs", Operations
Research Letters 24 (1999): the lower bound and its interval.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from planner.analysis.risk.figures import CONFIDENCE, DIGITS, TAIL, standard_error, tail_weights, worst_tenth
from planner.analysis.risk.futures import draw_futures
from planner.analysis.risk.near_best import sampled_bound
from planner.analysis.risk.result import Risk
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import IN_FUTURES, RankedGoal
from planner.optimiser.integer_program import FEASIBLE, OPTIMAL
from planner.plans.plan import Plan
from planner.solver import OnProgress, solve_problem

MEASURES = IN_FUTURES
FIGURES = ("figure", "today", "today_error", "resilient", "resilient_error", "difference", "error")
SAMPLES = ("seed", "value", "bound", "status", "seconds")


@dataclass(frozen=True)
class Resilience:
    """Two plans of one scheme: the best where nothing happens, and the one for sampled futures.

    Attributes
    ----------
    measure
        expected or worst_tenth.
    plan, today
        The plan for the futures; the plan of the scenario's own goals.
    judged, today_judged
        Both in the same fresh futures, as `planner.risk` has them; None where a plan was not found.
    figures
        figure (planned, expected, worst_tenth, starts), today, today_error, resilient, resilient_error, difference
        (resilient - today) and its standard error in the same futures [people, weighted; starts].
    samples
        A row for each sample, the plan's own first: seed, value, bound (proven, of the measure over the sample),
        status, seconds.
    reserves
        How many targets were added, where the plan was made with reserves and not for the futures themselves.
    keep_today
        Whether only plans count that give up nothing of today's attainment: what is proven is proven of these.
    """

    measure: str
    plan: Plan
    today: Plan
    judged: Risk | None
    today_judged: Risk | None
    figures: pd.DataFrame
    samples: pd.DataFrame
    reserves: int = 0
    keep_today: bool = False

    @property
    def gap(self) -> dict[str, float | int | None]:
        """How far the plan may be from the best that any plan could do, by the samples.

        Keys: samples; bound, bound_error, bound_low (of 95 %): what no plan undercuts on average; gap: by how much the
        plan's estimate exceeds it; gap_high: at most, with 95 % confidence (Bonferroni: each side with 97.5 %). None
        where there are fewer than two samples or one of them proved nothing.
        """
        bounds = self.samples["bound"].to_numpy(dtype=float)
        known = len(bounds) > 1 and bool(np.isfinite(bounds).all())
        found: dict[str, float | int | None] = {"samples": len(bounds)}
        names = ("bound", "bound_error", "bound_low", "gap", "gap_high")
        if not known:
            return found | dict.fromkeys(names)
        row = self.figures[self.figures["figure"] == self.measure].to_dict("records")[0]
        error, side = standard_error(bounds), 1 - (1 - CONFIDENCE) / 2
        low = float(bounds.mean()) - float(t.ppf(side, len(bounds) - 1)) * error
        high = float(row["resilient"]) + float(norm.ppf(side)) * float(row["resilient_error"])
        values = float(bounds.mean()), error, low, float(row["resilient"]) - float(bounds.mean()), high - low
        return found | dict(zip(names, (round(value, DIGITS) for value in values), strict=True))


def for_futures(
    problem: Problem, measure: str, futures: int, seed: int, *, keep_today: bool = False, alone: bool = False
) -> Problem:
    """The problem with a measure over sampled futures above its goals.

    Parameters
    ----------
    keep_today
        Below `attainment`: what is attained where nothing happens stays the best there is.
    alone
        Without the goals that only choose among the best.
    """
    above = [RankedGoal("attainment")] if keep_today else []
    first = [*above, RankedGoal(measure)]
    others = [] if alone else [goal for goal in plain_goals(problem) if goal not in first]
    return load(
        problem,
        {
            "goals": [_written(goal) for goal in (*first, *others)],
            "resilient": {"futures": futures, "seed": seed},
        },
    )


def without_futures(problem: Problem) -> Problem:
    """The problem with the goals that look at the plan alone."""
    goals = plain_goals(problem)
    if len(goals) == len(problem.scenario.goals):
        return problem
    return load(problem, {"goals": [_written(goal) for goal in goals or [RankedGoal("attainment")]]})


def plain_goals(problem: Problem) -> list[RankedGoal]:
    """The goals that look at the plan alone."""
    return [goal for goal in problem.scenario.goals if goal.kind not in IN_FUTURES]


def _written(goal: RankedGoal) -> str | Mapping[str, list[str]]:
    """A goal as a scenario has it."""
    return {goal.kind: list(goal.entries)} if goal.entries else goal.kind


@dataclass(frozen=True)
class Samples:
    """What the bound rests on: the best of the measure over so many samples, each of another seed."""

    measure: str
    number: int
    keep_today: bool = False
    on_progress: OnProgress | None = None
    on_sample: Callable[[int, int], None] | None = None
    executor: Executor | None = None

    def of(self, problem: Problem, plan: Plan) -> pd.DataFrame:
        """The plan's own sample, which is solved already, and the further ones; the columns are `SAMPLES`."""
        sample = plan.problem.scenario.resilient
        rows = [_sample(plan, self.measure, sample.seed)]
        for more in range(1, self.number):
            if self.on_sample is not None:
                self.on_sample(more, self.number - 1)
            seed = sample.seed + more
            other = for_futures(problem, self.measure, sample.futures, seed, keep_today=self.keep_today, alone=True)
            rows.append(_sample(solve_problem(other, self.on_progress, executor=self.executor), self.measure, seed))
        return pd.DataFrame(rows, columns=[*SAMPLES])


@dataclass(frozen=True)
class Bounds:
    """What the bound rests on where the plan was made with reserves: of each sample the value of the plan, and what no
    plan undercuts.

    Attributes
    ----------
    futures, seed
        Of the first sample; the further ones have the seeds after it.
    """

    measure: str
    futures: int
    seed: int
    number: int
    keep_today: bool = False
    on_sample: Callable[[int, int], None] | None = None

    def of(self, problem: Problem, plan: Plan, today: Plan) -> pd.DataFrame:
        """The columns are `SAMPLES`."""
        kept = today.goals.to_dict("records")[:1] if self.keep_today else []
        within = {
            RankedGoal("attainment"): Fraction(str(row["value"]))
            for row in kept
            if row["goal"] == "attainment" and row["status"] == OPTIMAL
        }
        rows = []
        for more in range(self.number):
            if self.on_sample is not None and self.number > 1:
                self.on_sample(more + 1, self.number)
            began, seed = time.monotonic(), self.seed + more
            weighted = draw_futures(problem, plan.starts, self.futures, seed, hinged=False).weighted
            value = float(weighted.mean()) if self.measure == "expected" else worst_tenth(weighted)[0]
            least = sampled_bound(problem, self.measure, self.futures, seed, standard_error(weighted), within)
            status = OPTIMAL if least >= value else FEASIBLE
            rows.append((seed, value, min(least, value), status, round(time.monotonic() - began, 3)))
        return pd.DataFrame(rows, columns=[*SAMPLES])


def _sample(plan: Plan, measure: str, seed: int) -> tuple[Any, ...]:
    """What a solve says of the measure; no bound where a goal above it is not proven, on which it would rest."""
    proven = True
    for row in plan.goals.to_dict("records"):
        if row["goal"] == measure:
            bound = row["bound"] if proven and row["bound"] is not None else math.nan
            value = math.nan if row["value"] is None else row["value"]
            return seed, float(value), float(bound), row["status"], float(row["seconds"])
        proven &= row["status"] == "optimal"
    return seed, math.nan, math.nan, plan.status, math.nan


def no_resilience(measure: str, plan: Plan, today: Plan) -> Resilience:
    """What is said where one of the plans was not found."""
    return Resilience(
        measure, plan, today, None, None, pd.DataFrame(columns=[*FIGURES]), pd.DataFrame(columns=[*SAMPLES])
    )


def figures_table(today: Risk, judged: Risk) -> pd.DataFrame:
    """Both plans in the same futures; the columns are `FIGURES`."""
    return pd.DataFrame(_figures(today, judged), columns=[*FIGURES]).round(DIGITS)


def _figures(today: Risk, judged: Risk) -> Iterator[tuple[Any, ...]]:
    one, other = today.drawn.weighted, judged.drawn.weighted
    planned = [float(found.targets["planned"].iloc[0]) for found in (today, judged)]
    yield "planned", planned[0], 0.0, planned[1], 0.0, planned[1] - planned[0], 0.0
    means = float(one.mean()), standard_error(one), float(other.mean()), standard_error(other)
    yield "expected", *means, means[2] - means[0], standard_error(other - one)
    tails = *worst_tenth(one), *worst_tenth(other)
    yield "worst_tenth", *tails, tails[2] - tails[0], _apart(one, other)
    numbers = [float(len(found.plan.assignments)) for found in (today, judged)]
    yield "starts", numbers[0], 0.0, numbers[1], 0.0, numbers[1] - numbers[0], 0.0


def _apart(one: np.ndarray, other: np.ndarray) -> float:
    """The standard error of the difference of two worst tenths in the same futures."""
    excesses = [np.maximum(values - values[tail_weights(values) > 0].min(), 0) for values in (one, other)]
    return standard_error(excesses[1] - excesses[0]) / TAIL
