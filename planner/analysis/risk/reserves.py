"""A plan with reserves: what a large scheme's futures ask for, in the words of an ordinary scenario.

How it works. Of what a target's futures leave short, two things can be planned for: how many are sent, and when. That
each survives with the same chance p makes the mean shortfall a convex function of the number n sent for a target,
E max(0, need - Binomial(n, p)); where its slope changes stands a target of the same group that asks for so many
people, with the change of the slope as its weight. And who has attained a year earlier can be lost in one year less: a
target of the same group stands in each year before the last, with the chance of being gone in the year after as its
weight. So the mean shortfall becomes, nearly, the goal `attainment` over targets like any other, and everything ranked
after it is settled as ever. What a plan found so is worth is not read from these targets, but from the futures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom

from planner.analysis.risk.futures import Futures
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import IN_FUTURES
from planner.model.futures.rates import rates_of
from planner.model.futures.standing import Aim

STEPS, HUNDREDTHS = 10, 100
"""Slopes are told apart to a tenth of a person, chances of a year to a hundredth: few targets, small numbers."""


def with_reserves(problem: Problem, attainment: pd.DataFrame, drawn: Futures, *, keep_today: bool = False) -> Problem:
    """The problem with reserves ranked above its goals, which stay as they are.

    Parameters
    ----------
    attainment, drawn
        Of the plan where nothing happens: its table, and what it leaves in sampled futures.
    keep_today
        Below the targets as they are: what is attained where nothing happens stays the best there is.
    """
    asked = problem.source.merged()["targets"]
    rows = {str(row["target"]): row for row in attainment.to_dict("records")}
    gone = np.sum([*rates_of(problem).of_people.values()], axis=0)
    added: dict[str, Mapping[str, Any]] = {}
    for aim, short in zip(drawn.aims, drawn.shortfall.mean(axis=1), strict=True):
        base = {key: value for key, value in asked[aim.name].items() if key not in ("must", "share", "rounding")}
        row = rows[aim.name]
        if aim.weight and int(row["attained"]) > int(row["already"]):
            added |= {f"{aim.name}.{name}": {**base, **more} for name, more in _numbers(aim, row, float(short))}
            if not aim.enrolled:
                added |= {f"{aim.name}.{name}": {**base, **more} for name, more in _years(problem, aim, row, gone)}
    as_it_is = {"attainment": list(problem.scenario.targets)}
    goals: list[Any] = [as_it_is] if keep_today else []
    goals += [{"attainment": list(added)}] if added else []
    for goal in problem.scenario.goals:
        written = {goal.kind: list(goal.entries)} if goal.entries else as_it_is if goal == "attainment" else goal.kind
        if goal.kind not in IN_FUTURES and written not in goals:
            goals.append(written)
    return load(problem, {"targets": added, "goals": goals})


def _numbers(aim: Aim, row: Mapping[Any, Any], short: float) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Where another one sent is worth less than the one before."""
    already, sent = int(row["already"]), int(row["attained"]) - int(row["already"])
    lost = min(max((short - int(row["shortfall"])) / sent, 0.0), 1 - 1 / STEPS)
    need, most = int(row["required"]) - already, int(row["members"]) - already
    chances = (1 - lost) * binom.cdf(need - 1, np.arange(most), 1 - lost)
    slopes = [*np.round(STEPS * chances).astype(int).tolist(), 0]
    for number in range(most):
        if slopes[number] > slopes[number + 1]:
            weight = Fraction(str(aim.weight)) * (slopes[number] - slopes[number + 1]) / STEPS
            yield f"sent{already + number + 1}", {"at_least": already + number + 1, "weight": float(weight)}


def _years(
    problem: Problem, aim: Aim, row: Mapping[Any, Any], gone: np.ndarray
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What it is worth to have attained a year earlier."""
    for place, year in enumerate(rates_of(problem).years[1:], start=1):
        chance = round(HUNDREDTHS * float(gone[place, aim.counted].mean()))
        if chance and year <= aim.by:
            weight = Fraction(str(aim.weight)) * chance / HUNDREDTHS
            yield f"by{year - 1}", {"at_least": int(row["members"]), "by": year - 1, "weight": float(weight)}
