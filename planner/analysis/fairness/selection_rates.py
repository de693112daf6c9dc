"""Who is selected: rates and waits of groups of people, among those who need a programme and could start it.

Definitions. A cadre *needs* a programme if it leads to the level of a target of which he is a counted member and which
he does not attain on the roster or by current study, and if an admissible start of it would count in time. He is
*selected* if the plan has a start of a programme that he needs; his *wait* is the years from the first year of the
horizon to the first such start.

References
----------
Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927): the interval.
Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998).
Fisher, "The design of experiments" (1935): the exact test. Holm, "A simple sequentially rejective multiple test
procedure", Scandinavian Journal of Statistics 6 (1979).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import Any

import numpy as np
import pandas as pd

from planner.analysis.why.all_cadres import needs
from planner.inputs.problem import Problem
from planner.plans.plan import Plan

ATTRIBUTES = ("sex", "age", "local", "ethnicity", "ethnic_minority")
SEVERAL = " x "  # between the names of two attributes, and between their values
RESAMPLES = 9_999
SEED = 1
ROUNDING = 1e-12  # of a statistic: what differs by less is equal


@dataclass(frozen=True)
class Group:
    """People of one kind: how many need a programme, how many of them are selected, and how long those wait [years].

    `low` and `high` are the ends of the 95 % interval of the rate, if the group were a sample, which it is not.
    """

    attribute: str
    value: str
    needing: int
    selected: int
    rate: float
    low: float
    high: float
    mean_wait: float | None
    median_wait: float | None


@dataclass(frozen=True)
class Test:
    """Whether the differences between the groups of an attribute could be chance.

    Attributes
    ----------
    difference, low, high
        Between two groups, first less second, with the 95 % interval; None for more than two groups.
    p_selected, p_wait
        Of equal rates (exact, by conditional resampling for more than two groups) and of equal mean waits (by
        permutation); None where there is nothing to compare.
    holm_selected, holm_wait
        The same corrected for the number of tests of the audit.
    """

    attribute: str
    groups: tuple[str, ...]
    difference: float | None
    low: float | None
    high: float | None
    p_selected: float | None
    p_wait: float | None
    holm_selected: float | None = None
    holm_wait: float | None = None


def people(plan: Plan, ages: Sequence[int]) -> tuple[pd.DataFrame, list[str]]:
    """Those who need a programme: cadre, selected, wait and the attributes as text; and the attributes not known.

    `ages` are the ends of the bands: 35, 45 makes -34, 35-44 and 45-, in the first year of the horizon. Who has no
    value of an attribute is left out of its groups (empty text).
    """
    problem = plan.problem
    needing = needs(problem)
    pairs = pd.MultiIndex.from_frame(needing[["cadre", "programme"]])
    starts = plan.assignments
    counted = starts[pd.MultiIndex.from_frame(starts[["cadre", "programme"]]).isin(pairs)]
    first = counted.groupby("cadre")["start"].min()
    found = pd.DataFrame({"cadre": needing["cadre"].unique()})
    found["selected"] = found["cadre"].isin(first.index)
    found["wait"] = found["cadre"].map(first) - problem.scenario.horizon.first
    values = _attributes(problem, ages)
    own = values.set_index("cadre").loc[found["cadre"]].reset_index(drop=True)
    return pd.concat([found, own], axis=1), [name for name in ATTRIBUTES if name not in own]


def groups(found: pd.DataFrame) -> list[Group]:
    """The groups of every attribute and of every pair of attributes."""
    known = [name for name in ATTRIBUTES if name in found]
    return [
        _group(SEVERAL.join(names), SEVERAL.join(map(str, values)), own)
        for number in (1, 2)
        for names in combinations(known, number)
        for values, own in found[(found[list(names)] != "").all(axis=1)].groupby(list(names), sort=True)
    ]


def tests(found: pd.DataFrame) -> list[Test]:
    """A test of every attribute and every pair, corrected for their number."""
    known = [name for name in ATTRIBUTES if name in found]
    made = []
    for number in (1, 2):
        for names in combinations(known, number):
            own = found[(found[list(names)] != "").all(axis=1)]
            labels = pd.Series([SEVERAL.join(row) for row in own[list(names)].to_numpy()], index=own.index, dtype=str)
            if len(set(labels)) > 1:
                made.append(_test(SEVERAL.join(names), labels, own))
    selected, waits = _holm([test.p_selected for test in made]), _holm([test.p_wait for test in made])
    return [
        Test(**{**vars(test), "holm_selected": one, "holm_wait": two})
        for test, one, two in zip(made, selected, waits, strict=True)
    ]


def _attributes(problem: Problem, ages: Sequence[int]) -> pd.DataFrame:
    cadres = problem.cadres
    values = pd.DataFrame({"cadre": cadres["cadre"]})
    for name in ATTRIBUTES:
        if name in cadres:
            values[name] = [_text(cell) for cell in cadres[name]]
    if "birth_year" in cadres:
        age = problem.scenario.horizon.first - pd.to_numeric(cadres["birth_year"], errors="coerce")
        ends = [-np.inf, *ages, np.inf]
        names = [
            f"–{ages[0] - 1}",
            *(f"{one}–{two - 1}" for one, two in pairwise(ages)),
            f"{ages[-1]}–",
        ]
        values["age"] = pd.cut(age, ends, right=False, labels=names).astype(object).fillna("").astype(str)
    return values


def _text(cell: object) -> str:
    """A cell of the roster as it was written: yes and no are numbers by now."""
    if isinstance(cell, float):
        return "" if np.isnan(cell) else {0.0: "no", 1.0: "yes"}.get(cell, f"{cell:g}")
    return str(cell).strip()


def _statistics() -> Any:
    """SciPy's tests; to import them takes longer than to read a run, and a report needs them only for this question."""
    from scipy import stats

    return stats


def _group(attribute: str, value: str, own: pd.DataFrame) -> Group:
    needing, selected = len(own), int(own["selected"].sum())
    interval = _statistics().binomtest(selected, needing).proportion_ci(method="wilson")
    waits = own["wait"].dropna()
    return Group(
        attribute,
        value,
        needing,
        selected,
        selected / needing,
        float(interval.low),
        float(interval.high),
        float(waits.mean()) if len(waits) else None,
        float(waits.median()) if len(waits) else None,
    )


def _test(attribute: str, labels: pd.Series, own: pd.DataFrame) -> Test:
    names = sorted(labels.unique())
    table = np.array(
        [[int(own.loc[labels == name, "selected"].sum()), int((labels == name).sum())] for name in names]
    ).reshape(-1, 2)
    table[:, 1] -= table[:, 0]
    difference, low, high = _newcombe(*table) if len(names) == 2 else (None, None, None)
    waits = [own.loc[labels == name, "wait"].dropna().to_numpy(float) for name in names]
    return Test(attribute, tuple(names), difference, low, high, _p_selected(table), _p_wait(waits))


def _p_selected(table: np.ndarray) -> float | None:
    if len(table) < 2 or (table.sum(axis=0) == 0).any():
        return None
    if len(table) == 2:
        return float(_statistics().fisher_exact(table).pvalue)
    method = _statistics().MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    # Of a table of several rows SciPy gives a number or an array that holds one.
    return float(np.ravel(_statistics().fisher_exact(table, method=method).pvalue)[0])


def _p_wait(waits: list[np.ndarray]) -> float | None:
    """Of means that differ so much if who waited how long were chance: of all orders of few people, else drawn."""
    known = [wait for wait in waits if len(wait)]
    if len(known) < 2 or len(np.unique(np.concatenate(known))) == 1:
        return None
    every, sizes = np.concatenate(known), np.array([len(wait) for wait in known])
    values, counts = np.unique(every, return_counts=True)

    def tables(orders: np.ndarray) -> np.ndarray:
        """How many of each group wait how long: ... x groups x values."""
        first = np.append(0, np.cumsum(sizes)[:-1])
        return np.asarray(np.add.reduceat((orders[..., None] == values).astype(int), first, axis=-2))

    def spread(table: np.ndarray) -> np.ndarray:
        return np.asarray((table @ values / sizes - every.mean()) ** 2 @ sizes)

    least = spread(tables(every)) * (1 - ROUNDING)
    if math.factorial(len(every)) <= RESAMPLES:
        return float((spread(tables(np.array(list(permutations(every))))) >= least).mean())
    drawn = _statistics().random_table(sizes, counts).rvs(RESAMPLES, random_state=np.random.default_rng(SEED))
    return (int((spread(drawn) >= least).sum()) + 1) / (RESAMPLES + 1)


def _newcombe(one: np.ndarray, two: np.ndarray) -> tuple[float, float, float]:
    """The difference of two rates (selected, not selected) and its 95 % interval, Newcombe's method 10."""
    rates, ends = [], []
    for selected, not_selected in (one, two):
        total = int(selected + not_selected)
        interval = _statistics().binomtest(int(selected), total).proportion_ci(method="wilson")
        rates.append(selected / total)
        ends.append((interval.low, interval.high))
    (p, q), ((low, high), (least, most)) = rates, ends
    down, up = np.hypot(p - low, most - q), np.hypot(high - p, q - least)
    return float(p - q), float(p - q - down), float(p - q + up)


def _holm(values: list[float | None]) -> list[float | None]:
    """The p-values corrected for their number; None stays None."""
    known = sorted((value, place) for place, value in enumerate(values) if value is not None)
    corrected: list[float | None] = [None] * len(values)
    so_far = 0.0
    for rank, (value, place) in enumerate(known):
        so_far = max(so_far, min(1.0, value * (len(known) - rank)))
        corrected[place] = so_far
    return corrected
