"""What many futures say of a plan, as tables: every figure with its error."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binomtest, norm

from planner.analysis.risk.futures import Futures, Tally
from planner.inputs.problem import Problem
from planner.messages import localised
from planner.plans.tables import number

DIGITS = 9
"""Decimals that are kept: floating noise is of no reader's business, and may depend on the size of a block."""
CONFIDENCE = 0.95
"""Of every interval."""
TAIL = 0.1
"""The share of the futures that are the worst."""
ALL = ""
"""The target of the row that speaks of all."""
TARGETS = (
    *("target", "title", "by", "weight", "required", "planned", "chance", "chance_error", "chance_low", "chance_high"),
    *("expected", "expected_error", "expected_low", "expected_high", "p10", "p50", "p90"),
    *("worst_tenth", "worst_tenth_error", "in_worst_tenth"),
)
HINGES = ("kind", "cadre", "agency", "programme", "year", "chance", "chance_error", "gain", "gain_error")
DIFFERENCES = (
    *("target", "title", "expected", "other", "difference", "error", "apart_error"),
    *("chance", "other_chance", "chance_difference", "chance_error"),
)


def targets_table(problem: Problem, futures: Futures) -> pd.DataFrame:
    """A row for all targets (`target` empty: the weighted sum), then one for each; the columns are `TARGETS`."""
    weighted, shortfall = futures.weighted, futures.shortfall
    worst = tail_weights(weighted)
    whole = sum(aim.weight * short for aim, short in zip(futures.aims, futures.planned, strict=True))
    told: tuple[Any, ...] = (ALL, "", None, None, None, number(whole))
    rows: list[tuple[Any, ...]] = [(*told, *_chance((shortfall == 0).all(axis=0)), *_spread(weighted, worst))]
    for aim, short, planned in zip(futures.aims, shortfall, futures.planned, strict=True):
        told = aim.name, _title(problem, aim.name), aim.by, number(aim.weight), int(aim.required[-1]), planned
        rows.append((*told, *_chance(short == 0), *_spread(short, worst)))
    table = pd.DataFrame(rows, columns=[*TARGETS]).round(DIGITS)
    return table.astype({"by": "Int64", "required": "Int64"})


def _title(problem: Problem, target: str) -> str:
    return localised(problem.scenario.targets[target].title, target)


def _chance(reached: np.ndarray) -> tuple[float, float, float, float]:
    """A share of the futures, its standard error, and Wilson's interval."""
    successes, total = int(reached.sum()), len(reached)
    interval = binomtest(successes, total).proportion_ci(CONFIDENCE, method="wilson")
    share = successes / total
    return share, math.sqrt(share * (1 - share) / total), float(interval.low), float(interval.high)


def _spread(values: np.ndarray, worst: np.ndarray) -> tuple[float, ...]:
    """Mean, its standard error and interval; three quantiles; the mean of the own worst tenth, its error; the mean in
    the futures that are the worst of all.
    """
    mean, error = float(values.mean()), standard_error(values)
    reach = float(norm.ppf((1 + CONFIDENCE) / 2)) * error
    quantiles = np.quantile(values, (0.1, 0.5, 0.9), method="inverted_cdf")
    tail, tail_error = worst_tenth(values)
    low, high = with_rare(values, mean - reach, mean + reach)
    return mean, error, low, high, *map(float, quantiles), tail, tail_error, float(values @ worst)


def with_rare(values: np.ndarray, low: float, high: float) -> tuple[float, float]:
    """The interval of a mean, wide enough where few futures fall short or none does.

    Then the spread seen says little. The mean is the share of the futures that fall short, times what is short in them
    on average: the former has Wilson's interval, the latter is as seen, and 1 where nothing was.
    """
    lacking = values[values > 0]
    apiece = float(lacking.mean()) if len(lacking) else 1.0
    share = binomtest(len(lacking), len(values)).proportion_ci(CONFIDENCE, method="wilson")
    return max(0.0, min(low, float(share.low) * apiece)), max(high, float(share.high) * apiece)


def standard_error(values: np.ndarray) -> float:
    """Of the mean of independent values."""
    return float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan


def tail_weights(values: np.ndarray) -> np.ndarray:
    """How much each future counts in the mean over the worst tenth: they sum to 1.

    Of futures that are equal at the edge each counts a little, so that the tenth is exact and names no future.
    """
    room = TAIL * len(values)
    edge = np.sort(values)[::-1][math.ceil(room) - 1]
    above, level = values > edge, values == edge
    return np.where(above, 1.0, level * ((room - above.sum()) / level.sum())) / room


def worst_tenth(values: np.ndarray) -> tuple[float, float]:
    """The mean of the worst tenth (conditional value at risk), and its standard error."""
    weights = tail_weights(values)
    edge = values[weights > 0].min()
    excess = np.maximum(values - edge, 0)
    return float(values @ weights), standard_error(excess) / TAIL


# --- what it hangs on -----------------------------------------------------------------------------------------------


def hinges_table(problem: Problem, futures: Futures) -> pd.DataFrame:
    """What it hangs on: starts, cadres, agencies, years, in each kind what gains most first; columns are `HINGES`."""
    total = futures.members.shape[1]
    careers = {career.row: career for career in futures.careers}
    agencies = problem.agencies["agency"].to_numpy()
    rows: list[tuple[Any, ...]] = []
    for hinge, tally in futures.hinges.items():
        cadre = agency = programme = ""
        year: int | None = hinge.place if hinge.kind == "year" else None
        chance: tuple[float | None, float | None] = (None, None)
        if hinge.kind in ("start", "cadre"):
            career = careers[hinge.place]
            cadre, agency = career.cadre, str(agencies[career.agency])
        if hinge.kind == "start":
            study = careers[hinge.place].studies[hinge.study]
            programme, year = study.programme, study.start
            share = tally.reached / total
            chance = share, math.sqrt(share * (1 - share) / total)
        if hinge.kind == "agency":
            agency = str(agencies[hinge.place])
        rows.append((hinge.kind, cadre, agency, programme, year, *chance, *_gain(tally, total)))
    table = pd.DataFrame(rows, columns=[*HINGES]).astype({"year": "Int64", "chance": float, "chance_error": float})
    order = {kind: place for place, kind in enumerate(KINDS)}
    table = table.round({"chance": DIGITS, "chance_error": DIGITS, "gain": DIGITS, "gain_error": DIGITS})
    keyed = table.assign(kind_place=table["kind"].map(order), less=-table["gain"])
    keyed = keyed.sort_values(["kind_place", "less", "cadre", "agency", "year", "programme"], kind="stable")
    return keyed[[*HINGES]].reset_index(drop=True)


KINDS = ("start", "cadre", "agency", "year")


def _gain(tally: Tally, total: int) -> tuple[float, float]:
    """The mean of what is gained, and its standard error."""
    mean = tally.gained / total
    spread = max(0.0, tally.squared / total - mean**2)
    return mean, math.sqrt(spread / (total - 1)) if total > 1 else math.nan


# --- two plans ------------------------------------------------------------------------------------------------------


def difference_table(problem: Problem, one: Futures, other: Futures) -> pd.DataFrame:
    """Two plans in the same futures, for all targets and for each that both have; the columns are `DIFFERENCES`.

    `difference` is other - one, `error` its standard error in these futures, `apart_error` what it would be if each
    plan had futures of its own.
    """
    rows = [(ALL, "", *_apart(one.weighted, other.weighted), *_chances(one.shortfall, other.shortfall))]
    theirs = {aim.name: place for place, aim in enumerate(other.aims)}
    for place, aim in enumerate(one.aims):
        if aim.name in theirs:
            mine, yours = one.shortfall[place], other.shortfall[theirs[aim.name]]
            rows.append((aim.name, _title(problem, aim.name), *_apart(mine, yours), *_chances(mine[None], yours[None])))
    return pd.DataFrame(rows, columns=[*DIFFERENCES]).round(DIGITS)


def _apart(one: np.ndarray, other: np.ndarray) -> tuple[float, ...]:
    apart = math.hypot(standard_error(one), standard_error(other))
    return float(one.mean()), float(other.mean()), float((other - one).mean()), standard_error(other - one), apart


def _chances(one: np.ndarray, other: np.ndarray) -> tuple[float, ...]:
    mine, yours = (np.asarray((short == 0).all(axis=0), dtype=float) for short in (one, other))
    return float(mine.mean()), float(yours.mean()), float((yours - mine).mean()), standard_error(yours - mine)
