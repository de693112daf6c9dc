"""Who may be away from an agency at once: its cadres, and its leaders among them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import numpy as np
import pandas as pd

from planner.inputs.problem import NEVER, Problem, allowance
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always


def absence(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In a year, the cadres of an agency who are in a programme of one of `modes` are at most its allowance."""
    if problem.scenario.absence is None:
        return
    limits = allowance(problem)
    away = away_terms(builder, problem, options)
    limited = away[~np.isnan(limits[away["agency"]])]
    gone = away_anyway(problem, np.ones((len(problem.cadres), 1), dtype=bool))
    first = problem.scenario.horizon.first
    builder.at_most(
        "absence", limited, ["agency", "year"], lambda key: limits[key["agency"]], partial(of_group, gone, first)
    )


def leaders(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In an agency with two or more leaders in service, those away leave at least `present` of them."""
    entry = problem.scenario.absence
    if entry is None or entry.leaders is None:
        return
    number, first = leaders_in_service(problem), problem.scenario.horizon.first
    away = away_terms(builder, problem, options)
    led = away[problem.leaders[away["cadre"]] & (of_group(number, first, away[["agency", "year"]]) >= 2)]
    gone = away_anyway(problem, problem.leaders[:, None] & in_service(problem))
    may_leave = (number - entry.leaders.present).clip(min=0)
    builder.at_most(
        "leaders", led, ["agency", "year"], partial(of_group, may_leave, first), partial(of_group, gone, first)
    )


# --- who is away ----------------------------------------------------------------------------------------------------


def gone_anyway(problem: Problem, modes: Collection[str]) -> np.ndarray:
    """Who is away whatever the plan: in current study of one of the modes, or on leave that counts.

    Boolean, cadres x years of the horizon.
    """
    studies = problem.studies
    own = studies[problem.programmes["mode"].isin(modes).to_numpy()[studies["programme"]]]
    last = np.zeros(len(problem.cadres), dtype=int)
    np.maximum.at(last, own["cadre"].to_numpy(), own["until"].to_numpy())
    gone = last[:, None] >= problem.years
    away = problem.leave.loc[problem.leave["away"].astype(bool), ["cadre", "first", "last"]]
    for cadre, first_away, last_away in away.to_numpy(dtype=int):
        gone[cadre] |= (first_away <= problem.years) & (problem.years <= last_away)
    return gone


def away_anyway(problem: Problem, counted: np.ndarray) -> np.ndarray:
    """How many of the counted (cadres x years) are away whatever the plan: agencies x years of the horizon."""
    assert problem.scenario.absence is not None
    gone = np.zeros((len(problem.agencies), len(problem.years)))
    away = gone_anyway(problem, problem.scenario.absence.modes) & counted
    np.add.at(gone, problem.cadres["agency_id"].to_numpy(), away)
    return gone


def in_service(problem: Problem) -> np.ndarray:
    """Who is in service in which year of the horizon: Boolean, cadres x years."""
    since = problem.cadres["service_start"].fillna(0).to_numpy()[:, None]
    return (since <= problem.years) & (problem.years < problem.cadres["retires"].fillna(NEVER).to_numpy()[:, None])


def leaders_in_service(problem: Problem) -> np.ndarray:
    """How many leaders each agency has: agencies x years of the horizon."""
    number = np.zeros((len(problem.agencies), len(problem.years)))
    there = in_service(problem) & problem.leaders[:, None]
    np.add.at(number, problem.cadres["agency_id"].to_numpy(), there)
    return number


def of_group(values: np.ndarray, first: int, key: pd.DataFrame) -> np.ndarray:
    """Of an array by group and year, the value of each key (a group's row and a year)."""
    return np.asarray(values[key.iloc[:, 0].to_numpy(), key["year"].to_numpy() - first])


def away_terms(builder: ModelBuilder, problem: Problem, options: Options) -> pd.DataFrame:
    """The terms that count cadres away: agency, year, cadre, option; each cadre counts once in a year.

    Where a cadre could be in two programmes of the modes at once, a column away[cadre, year] stands for both. Cadres
    who are away anyhow are no further cadres.
    """
    assert problem.scenario.absence is not None
    modes = problem.scenario.absence.modes
    running = options.running
    terms = running[running["mode"].isin(modes)]
    terms = terms[~of_group(gone_anyway(problem, modes), problem.scenario.horizon.first, terms[["cadre", "year"]])]
    if "short" not in modes or ("in_service" not in modes and problem.scenario.study_load.short_per_year <= 1):
        return terms
    return _away_columns(builder, problem, terms)


def _away_columns(builder: ModelBuilder, problem: Problem, terms: pd.DataFrame) -> pd.DataFrame:
    """away[cadre, year] >= each of the cadre's starts that run in the year."""
    codes = problem.cadres["cadre"].to_numpy()
    pairs = terms[["cadre", "year", "agency"]].drop_duplicates()
    keys = [(codes[cadre], int(year)) for cadre, year in zip(pairs["cadre"], pairs["year"], strict=True)]
    known = [builder.index_of("away", *key) for key in keys]
    new = np.array([column is None for column in known], dtype=bool)
    indices = [
        builder.column("away", *key, upper=1) if column is None else column
        for key, column in zip(keys, known, strict=True)
    ]
    pairs = pairs.assign(option=indices)
    starts = terms.merge(pairs[new], on=["cadre", "year", "agency"], suffixes=("", "_away"))
    own = starts.assign(start=starts["option"], coefficient=1.0)
    away = starts.assign(start=starts["option"], option=starts["option_away"], coefficient=-1.0)
    columns = ["cadre", "year", "start", "option", "coefficient"]
    builder.at_most("away", pd.concat([own, away])[columns], ["cadre", "year", "start"], 0)
    return pairs


def gone_from(problem: Problem, rule: str, key: Key) -> int:
    """How many are away from an agency in a year whatever the plan, of those whom `absence` or `leaders` counts."""
    counted = np.ones((len(problem.cadres), 1), dtype=bool)
    if rule == "leaders":
        counted = problem.leaders[:, None] & in_service(problem)
    agency, year = list(problem.agencies["agency"]).index(key[0]), int(key[1]) - problem.scenario.horizon.first
    return int(away_anyway(problem, counted)[agency, year])


# --- what the rules say ---------------------------------------------------------------------------------------------


def _bands(problem: Problem, key: Key) -> Location:
    return "absence", "bands"


def _leaders_entry(problem: Problem, key: Key) -> Location:
    return "absence", "leaders"


def _away_limit(problem: Problem, key: Key) -> float | None:
    return int(allowance(problem)[list(problem.agencies["agency"]).index(key[0])])


def _leaders_limit(problem: Problem, key: Key) -> float | None:
    absence = problem.scenario.absence
    if absence is None or absence.leaders is None:
        return None
    agency, year = list(problem.agencies["agency"]).index(key[0]), int(key[1]) - problem.scenario.horizon.first
    return max(0, int(leaders_in_service(problem)[agency, year]) - absence.leaders.present)


def _away_said(problem: Problem, key: Key) -> Said:
    return _said(problem, key, _away_limit(problem, key))


def _leaders_said(problem: Problem, key: Key) -> Said:
    return _said(problem, key, _leaders_limit(problem, key))


def _said(problem: Problem, key: Key, limit: float | None) -> Said:
    headcounts = problem.agencies.set_index("agency")["headcount"]
    return "" if limit else "_nobody", {"agency": key[0], "headcount": int(headcounts[str(key[0])])}


ABSENCE = Rule(
    "absence",
    absence,
    entry=_bands,
    limit=_away_limit,
    said=_away_said,
    suffixes=("", "_nobody"),
    gives_way=always,
    priced=True,
    only_full=True,
)
LEADERS = Rule(
    "leaders",
    leaders,
    entry=_leaders_entry,
    limit=_leaders_limit,
    said=_leaders_said,
    suffixes=("", "_nobody"),
    gives_way=always,
    priced=True,
    only_full=True,
)
