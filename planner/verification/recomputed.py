"""Section 6 of the contract and the tables of section 7, recomputed from the chosen starts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem, allowance, required
from planner.inputs.scenario.schema import Target
from planner.verification.activities import Chosen, away, choose
from planner.verification.admissibility import in_pool

Number = int | Fraction


@dataclass(frozen=True)
class Figures:
    """What follows from a plan; the tables have the columns of the contract's section 7, missing numbers are NA.

    Attributes
    ----------
    assignments
        cadre, agency, programme, mode, start, finish [years], points; sorted by cadre, start, programme.
    attainment
        target, members, unknown, required, already, attained, shortfall [people], share; in the scenario's order.
    seats
        pool, year, min, max, starts, below_min [starts]; every pool and year of the horizon.
    absence
        agency, year, headcount, limit, away [people]; every agency and year of the horizon.
    goals
        goal -> exact value, for every goal there is.
    ranked
        The goals that the scenario ranks.
    """

    assignments: pd.DataFrame
    attainment: pd.DataFrame
    seats: pd.DataFrame
    absence: pd.DataFrame
    goals: dict[str, Number]
    ranked: tuple[str, ...]


def figures(problem: Problem, assignments: pd.DataFrame) -> Figures:
    """Every table of a run folder and the value of every goal, from the starts alone.

    Parameters
    ----------
    assignments
        cadre, programme, start [year]; further columns are ignored, rows that name no start count for nothing.
    """
    chosen, _ = choose(problem, assignments)
    attainment, seats = attainment_table(problem, chosen), seats_table(problem, chosen)
    return Figures(
        _assignments(problem, chosen.starts),
        attainment,
        seats,
        _absence(problem, chosen),
        _goals(problem, chosen.starts, attainment, seats),
        tuple(problem.scenario.goals),
    )


# --- exact numbers --------------------------------------------------------------------------------------------------


def exact(amount: float) -> Number:
    """The decimal number that a scenario's float was written as; an int where it is whole."""
    return _plain(Fraction(str(amount)))


def total(amounts: Iterable[float]) -> Number:
    """The exact sum of decimal numbers."""
    numbers = Counter(amounts)  # few different ones
    return _plain(sum((Fraction(str(amount)) * number for amount, number in numbers.items()), Fraction(0)))


def number_text(number: Number) -> str:
    """A number as a table says it."""
    return str(number) if isinstance(number, int) else repr(float(number))


def _plain(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else number


# --- tables ---------------------------------------------------------------------------------------------------------


def _assignments(problem: Problem, starts: pd.DataFrame) -> pd.DataFrame:
    agency = problem.cadres["agency"].to_numpy()[starts["person"]]
    points = _points(starts).tolist()
    numbers = pd.Series([int(each) if each.is_integer() else each for each in points], dtype=object)
    columns = ["cadre", "agency", "programme", "mode", "start", "finish", "points"]
    return starts.assign(agency=agency, points=numbers)[columns]


def _points(starts: pd.DataFrame) -> pd.Series:
    """Points as decimals; `Problem` added them as floats, so 0.1 + 0.2 comes with a false 17th digit."""
    return starts["points"].astype(float).round(9)


def attainment_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """The attainment of every target, as `Figures.attainment` has it."""
    rows = []
    nobody = chosen.starts.iloc[:0]
    for name, target in problem.scenario.targets.items():
        counted = problem.counted(name)
        members = int(counted.sum())
        attained = int((counted & _attained(problem, target, chosen.starts)).sum())
        needed = required(target, members)
        rows.append(
            {
                "target": name,
                "members": members,
                "unknown": int((counted & _unknown(problem, target)).sum()),
                "required": needed,
                "already": int((counted & _attained(problem, target, nobody)).sum()),
                "attained": attained,
                "shortfall": max(0, needed - attained),
                "share": round(attained / members, 6) if members else None,
            }
        )
    columns = ["target", "members", "unknown", "required", "already", "attained", "shortfall", "share"]
    return pd.DataFrame(rows, columns=columns).astype({"share": "Float64"})


def _unknown(problem: Problem, target: Target) -> np.ndarray:
    """Cadres of whom a level that the target asks about is not known."""
    unknown = [problem.cadres[ladder].to_numpy() == UNKNOWN for ladder in target.level]
    return np.asarray(np.logical_or.reduce(unknown), dtype=bool)


def _attained(problem: Problem, target: Target, starts: pd.DataFrame) -> np.ndarray:
    """Cadres who hold every level of the target by the end of its year, or are on the way there if that is enough."""
    by, enrolled = problem.by(target), target.counts == "enrolled"
    attained: np.ndarray = ~_unknown(problem, target)
    for ladder, name in target.level.items():
        level = problem.scenario.ladders[ladder].index(name)
        holds = (problem.cadres[ladder] >= level).to_numpy(dtype=bool, copy=True)
        holds |= _by_study(problem, ladder, level, by, enrolled)
        leading = starts[(starts["ladder"] == ladder) & (starts["high"] >= level)]
        # Begun in or before the year means that it is completed by then or goes on in it.
        holds[leading["person"][leading["start" if enrolled else "finish"] <= by]] = True
        attained &= holds
    return attained


def _by_study(problem: Problem, ladder: str, level: int, by: int, enrolled: bool) -> np.ndarray:
    """Cadres whose current study leads to the level in time; if being enrolled is enough, whenever it ends."""
    leads = (problem.programmes["ladder"] == ladder) & (problem.programmes["high"] >= level)
    study = problem.cadres["study"].to_numpy()
    there = np.isin(study, np.flatnonzero(leads))
    return there & ((problem.cadres["study_until"].to_numpy() <= by) | enrolled)


def seats_table(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    """The starts of every pool in every year, as `Figures.seats` has it."""
    rows = []
    for name, pool in problem.scenario.seats.items():
        taken = chosen.starts["start"][in_pool(problem, chosen.starts, name)].value_counts()
        low, high = pool.per_year.min, pool.per_year.max
        for year in map(int, problem.years):
            number = int(taken.get(year, 0))
            rows.append((name, year, low, high, number, max(0, low - number)))
    columns = ["pool", "year", "min", "max", "starts", "below_min"]
    return pd.DataFrame(rows, columns=columns).astype({"max": "Int64"})


def _absence(problem: Problem, chosen: Chosen) -> pd.DataFrame:
    everybody, _ = away(problem, chosen)
    limits = [None if np.isnan(limit) else int(limit) for limit in allowance(problem)]
    rows = [
        (agency, year, headcount, limits[row], len(everybody.get((row, year), ())))
        for row, (agency, headcount) in enumerate(problem.agencies[["agency", "headcount"]].values)
        for year in map(int, problem.years)
    ]
    return pd.DataFrame(rows, columns=["agency", "year", "headcount", "limit", "away"]).astype({"limit": "Int64"})


# --- goals ----------------------------------------------------------------------------------------------------------


def _goals(problem: Problem, starts: pd.DataFrame, attainment: pd.DataFrame, seats: pd.DataFrame) -> dict[str, Number]:
    weights = [Fraction(str(target.weight)) for target in problem.scenario.targets.values()]
    weighted = (weight * int(gap) for weight, gap in zip(weights, attainment["shortfall"], strict=True))
    return {
        "attainment": _plain(sum(weighted, Fraction(0))),
        "seat_floors": int(seats["below_min"].sum()),
        "priority": total(_points(starts)),
        "early": int((starts["finish"] - problem.scenario.horizon.first + 1).sum()),
        "cost": total(starts["cost"]),
        "lot": sum(
            _lot(f"{problem.scenario.lot}|{start.cadre}|{start.programme}|{start.start}")
            for start in starts.itertuples()
        ),
        "changes": len(_keys(starts) ^ _keys(problem.earlier)),
    }


def _lot(text: str) -> int:
    """The number that a start draws."""
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest()[:5], 16)


def _keys(starts: pd.DataFrame) -> set[tuple[str, str, int]]:
    columns = (starts[name] for name in ("cadre", "programme", "start"))
    return {(str(cadre), str(programme), int(start)) for cadre, programme, start in zip(*columns, strict=True)}
