"""The goals: each is a column of coefficients, one for every column of the tables.

Names are those of the contract, section 6. A coefficient may be any decimal of the scenario; the model scales it to
whole numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, required
from planner.model.futures.shortfall_rows import weight_unit
from planner.model.futures.shortfalls import TAIL, weighted_shortfalls
from planner.model.rows import Key, ModelTables

Tables = Mapping[str, pd.DataFrame]  # the tables of a plan, by name


@dataclass(frozen=True)
class GoalKind:
    """A goal of the contract, section 6: all that planner knows of it, except its sentences and its verification.

    Attributes
    ----------
    name
        The contract's id; `goal_NAME`, `yardstick_NAME` are its sentences.
    sense
        min or max.
    coefficients
        One number for every column of the tables, in the goal's own sense; of the entries named alone, if any are.
    yardstick
        What its value depends on beside the plan, given the number of its starts and the entries named, if any are:
        values are compared only where this is the same.
    constant
        What the value has beside the sum of its coefficients.
    breaks_ties
        Whether it only chooses among equals: its values are compared with no other's and never a reason.
    patience
        How much of the time that is left the search for its best value may take.
    measured
        Its value by a plan's tables, of the entries named alone, if any are. Needed where coefficients stand beside
        columns that are no starts: a search that is cut short leaves these larger than the plan needs. Without it the
        value is the sum of the coefficients of the plan's starts.
    """

    name: str
    sense: str
    coefficients: Callable[[ModelTables, Sequence[str]], np.ndarray]
    yardstick: Callable[[Problem, int, Sequence[str]], object]
    constant: Callable[[Problem], int] = lambda problem: 0
    breaks_ties: bool = False
    patience: float = 1.0
    measured: Callable[[Problem, Tables, Sequence[str]], Fraction] | None = None


def attainment(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over targets of weight x shortfall."""
    targets = tables.options.problem.scenario.targets
    return _beside(tables, "shortfall", entries, lambda name: targets[name].weight)


def seat_floors(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over pools of the starts below `min`, in each year and over the horizon."""
    return _beside(tables, "below_min", entries, lambda name: 1.0)


def shares(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over shares (and years) of weight x shortfall."""
    entry = tables.options.problem.scenario.shares
    return _beside(tables, "short_share", entries, lambda name: entry[name].weight)


def starts(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The number of starts."""
    return _of_starts(tables, np.ones(tables.starts))


def priority(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over starts of the cadre's points for the programme."""
    frame, problem = tables.options.frame, tables.options.problem
    return _of_starts(tables, problem.points_of(entries)[frame["cadre"], frame["programme"]])


def early(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over starts of the years until it is completed, the first year counted as 1."""
    finish = tables.options.frame["finish"].to_numpy()
    return _of_starts(tables, finish - tables.options.problem.scenario.horizon.first + 1)


def cost(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over starts of their cost."""
    return _of_starts(tables, tables.options.frame["cost"].to_numpy())


def lot(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The sum over starts of each one's lot: it breaks the ties that the other goals leave, in the open."""
    problem, frame = tables.options.problem, tables.options.frame
    cadres = problem.cadres["cadre"].to_numpy()[frame["cadre"]].tolist()
    programmes = problem.programmes["programme"].to_numpy()[frame["programme"]].tolist()
    drawn = problem.scenario.lot
    every = zip(cadres, programmes, frame["start"].tolist(), strict=True)
    return _of_starts(tables, np.array([lot_of(drawn, *start) for start in every], dtype=float))


def lot_of(drawn: str, cadre: str, programme: str, start: int) -> int:
    """The lot of one start: five hexadecimal digits of SHA-256, as a number.

    References
    ----------
    Mulmuley, Vazirani, Vazirani, "Matching is as easy as matrix inversion", Combinatorica 7 (1987): with random
    weights the best solution is unique but for a small chance.
    """
    return int(hashlib.sha256(f"{drawn}|{cadre}|{programme}|{start}".encode()).hexdigest()[:5], 16)


def changes(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """Starts not in the earlier plan, less those that are; the goal, but for the earlier plan's number of starts."""
    problem, frame = tables.options.problem, tables.options.frame
    cadres = problem.cadres["cadre"].to_numpy()[frame["cadre"]]
    programmes = problem.programmes["programme"].to_numpy()[frame["programme"]]
    earlier = earlier_starts(problem)
    kept = [start in earlier for start in zip(cadres, programmes, frame["start"], strict=True)]
    return _of_starts(tables, np.where(kept, -1.0, 1.0))


def earlier_starts(problem: Problem) -> set[tuple[str, str, int]]:
    """The starts of the earlier plan: cadre, programme, start."""
    return set(problem.earlier[["cadre", "programme", "start"]].itertuples(index=False, name=None))


def expected(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The mean over the sampled futures of the weighted shortfall."""
    scenario = tables.options.problem.scenario
    weights = {name: Fraction(str(target.weight)) for name, target in scenario.targets.items()}
    return _of_columns(
        tables,
        {"future_shortfall": lambda key: float(weights[str(key[0])] * int(key[2]) / scenario.resilient.futures)},
    )


def worst_tenth(tables: ModelTables, entries: Sequence[str]) -> np.ndarray:
    """The mean of the weighted shortfall over the tenth of the sampled futures in which it is largest."""
    problem = tables.options.problem
    unit = weight_unit(problem)
    excess = unit * TAIL / problem.scenario.resilient.futures
    return _of_columns(tables, {"tail_edge": lambda key: float(unit), "tail_excess": lambda key: float(excess)})


def _short_of_targets(problem: Problem, tables: Tables, entries: Sequence[str]) -> Fraction:
    return _weighted(tables["attainment"], "target", problem.scenario.targets, entries)


def _below_floors(problem: Problem, tables: Tables, entries: Sequence[str]) -> Fraction:
    """A start below a floor weighs 1, in each year and over the horizon."""
    every = pd.concat([tables[name][["pool", "below_min"]] for name in ("seats", "totals")])
    return Fraction(int(every.loc[every["pool"].isin(entries or every["pool"]), "below_min"].sum()))


def _short_of_shares(problem: Problem, tables: Tables, entries: Sequence[str]) -> Fraction:
    return _weighted(tables["shares"], "share", problem.scenario.shares, entries)


def _weighted(table: pd.DataFrame, key: str, entry: Mapping[str, Any], entries: Sequence[str]) -> Fraction:
    """The sum of weight x shortfall over the rows of some entries, of all where none is named."""
    rows = zip(table[key], table["shortfall"], strict=True)
    own = [(name, int(short)) for name, short in rows if not entries or name in entries]
    return sum((Fraction(str(entry[name].weight)) * short for name, short in own), Fraction(0))


def _measures(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    """What each target asks of whom."""
    return {name: _measure(problem, name) for name in entries or problem.scenario.targets}


def _measure(problem: Problem, name: str) -> object:
    entry, counted = problem.scenario.targets[name], problem.counted(name)
    members = problem.cadres.loc[counted, "cadre"].tolist()
    return entry.level, entry.counts, problem.by(entry), entry.weight, required(entry, len(members)), members


def _floors(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    """How many starts of which programmes each pool with a minimum asks for, and of whom."""
    found: dict[str, object] = {}
    for name, pool in problem.scenario.seats.items():
        least = [pool.of_year(year).min for year in map(int, problem.years)]
        if (not entries or name in entries) and (any(least) or pool.total.min):
            who = problem.cadres["cadre"].iloc[problem.pools.rows(name)].tolist()
            found[name] = pool.programmes, least, pool.total.min, who
    return problem.years.tolist(), found


def _shares(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    return problem.years.tolist(), {
        name: (
            *(share.programmes, share.min, share.per, share.weight),
            *(problem.cadres.loc[who[name], "cadre"].tolist() for who in (problem.share_among, problem.share_group)),
        )
        for name, share in problem.scenario.shares.items()
        if not entries or name in entries
    }


def _points(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    return dict(zip(problem.cadres["cadre"], problem.points_of(entries).tolist(), strict=True))


def _nothing(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    return None


def _short_on_average(problem: Problem, tables: Tables, entries: Sequence[str]) -> Fraction:
    found = weighted_shortfalls(problem, tables["assignments"])
    return sum(found, Fraction(0)) / len(found)


def _short_in_the_worst(problem: Problem, tables: Tables, entries: Sequence[str]) -> Fraction:
    found = sorted(weighted_shortfalls(problem, tables["assignments"]))
    worst = found[-(len(found) // TAIL) :]
    return sum(worst, Fraction(0)) / len(worst)


def _futures(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    """What is asked of whom, and in which futures."""
    scenario = problem.scenario
    rates = {
        name: (entry.event, entry.programmes, entry.years, entry.rate, problem.risk[name].tolist())
        for name, entry in scenario.risk.items()
    }
    return _measures(problem, starts, entries), rates, scenario.resilient.futures, scenario.resilient.seed


def _costs(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    return {name: entry.cost for name, entry in problem.scenario.programmes.items()}


def _earlier(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    return problem.earlier.to_dict("list")


def _years_and_starts(problem: Problem, starts: int, entries: Sequence[str]) -> object:
    """Whoever sends fewer is done earlier: the sums are comparable only for as many starts."""
    return problem.years.tolist(), starts


HALF = 0.5
"""Of the time left: what is hardest to prove leaves some to the goals after it."""
GOALS = {
    kind.name: kind
    for kind in (
        GoalKind("attainment", "min", attainment, _measures, measured=_short_of_targets),
        GoalKind("seat_floors", "min", seat_floors, _floors, measured=_below_floors),
        GoalKind("shares", "min", shares, _shares, measured=_short_of_shares),
        GoalKind("starts", "min", starts, _nothing),
        GoalKind("priority", "max", priority, _points),
        GoalKind("early", "min", early, _years_and_starts),
        GoalKind("cost", "min", cost, _costs),
        GoalKind("lot", "min", lot, _years_and_starts, breaks_ties=True),
        GoalKind("changes", "min", changes, _earlier, lambda problem: len(earlier_starts(problem))),
        GoalKind("expected", "min", expected, _futures, patience=HALF, measured=_short_on_average),
        GoalKind("worst_tenth", "min", worst_tenth, _futures, patience=HALF, measured=_short_in_the_worst),
    )
}


def kind_of(goal: str) -> GoalKind:
    """The kind of a goal by what it is called."""
    return GOALS[goal.partition("[")[0]]


def telling(goals: Sequence[str]) -> list[str]:
    """The ranked goals without a last one that only chooses among equals: plans that agree in these are as good."""
    return list(goals[:-1] if goals and kind_of(goals[-1]).breaks_ties else goals)


def _of_starts(tables: ModelTables, values: np.ndarray) -> np.ndarray:
    return np.concatenate([values.astype(float), np.zeros(len(tables.columns))])


def _beside(tables: ModelTables, kind: str, entries: Sequence[str], weight: Callable[[str], float]) -> np.ndarray:
    """Weights of the columns of a kind whose entry is named, or of all where none is."""
    return _of_columns(tables, {kind: lambda key: weight(str(key[0])) if not entries or key[0] in entries else 0.0})


def _of_columns(tables: ModelTables, weights: Mapping[str, Callable[[Key], float]]) -> np.ndarray:
    """The columns beside the starts, each by the weight that its kind gives to its key; other kinds have none."""
    values = [weights[column.kind](column.key) if column.kind in weights else 0.0 for column in tables.columns]
    return np.concatenate([np.zeros(tables.starts), np.array(values, dtype=float)])
