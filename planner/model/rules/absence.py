"""Who may be away from an agency at once: its cadres, and its leaders among them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem, allowance
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always


def absence(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In a year, the cadres of an agency who are in a programme of one of `modes` are at most its allowance."""
    if problem.scenario.absence is None:
        return
    limits, years = allowance(problem), limited_years(problem, options)
    away = away_terms(builder, problem, options, years)
    limited = away[~np.isnan(limits[away["agency"]])]
    gone = away_in_study(problem, np.ones(len(problem.cadres), dtype=bool), years)
    builder.at_most(
        "absence",
        limited,
        ["agency", "year"],
        lambda key: limits[key["agency"]],
        partial(of_group, gone, int(years[0])),
    )


def leaders(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """In an agency with two or more leaders, those away leave at least `present` of them."""
    entry = problem.scenario.absence
    if entry is None or entry.leaders is None:
        return
    agency = problem.cadres["agency_id"].to_numpy()
    number = np.bincount(agency[problem.leaders], minlength=len(problem.agencies))
    years = limited_years(problem, options)
    away = away_terms(builder, problem, options, years)
    led = away[problem.leaders[away["cadre"]] & (number[away["agency"]] >= 2)]
    gone = away_in_study(problem, problem.leaders, years)
    may_leave = (number - entry.leaders.present).clip(min=0)
    builder.at_most(
        "leaders", led, ["agency", "year"], lambda key: may_leave[key["agency"]], partial(of_group, gone, int(years[0]))
    )


# --- who is away ----------------------------------------------------------------------------------------------------


def in_study(problem: Problem, modes: Collection[str], years: np.ndarray) -> np.ndarray:
    """Who is in current study of one of the modes: Boolean, cadres x years."""
    of_mode = np.append(problem.programmes["mode"].isin(modes).to_numpy(), False)  # the last: no study (-1)
    lasting = problem.cadres["study_until"].to_numpy()[:, None] >= years
    return of_mode[problem.cadres["study"]][:, None] & lasting


def of_group(values: np.ndarray, first: int, key: pd.DataFrame) -> np.ndarray:
    """Of an array by group and year, the value of each key (a group's row and a year)."""
    return np.asarray(values[key.iloc[:, 0].to_numpy(), key["year"].to_numpy() - first])


def away_in_study(problem: Problem, counted: np.ndarray, years: np.ndarray) -> np.ndarray:
    """How many of the counted are away in current study: agencies x years."""
    assert problem.scenario.absence is not None
    gone = np.zeros((len(problem.agencies), len(years)))
    studying = in_study(problem, problem.scenario.absence.modes, years) & counted[:, None]
    np.add.at(gone, problem.cadres["agency_id"].to_numpy(), studying)
    return gone


def limited_years(problem: Problem, options: Options) -> np.ndarray:
    """The years in which absence is limited.

    Who is away after the horizon was away in its last year, so the horizon says it all; unless a cadre could start
    another programme beside the current study, and is a further one away once that has ended.
    """
    assert problem.scenario.absence is not None
    horizon, modes = problem.scenario.horizon, problem.scenario.absence.modes
    last = horizon.last
    if "short" in modes and in_study(problem, modes, problem.years)[:, -1].any():
        last = max(last, int(options.frame["finish"].max()) if len(options) else last)
    return np.arange(horizon.first, last + 1)


def away_terms(builder: ModelBuilder, problem: Problem, options: Options, years: np.ndarray) -> pd.DataFrame:
    """The terms that count cadres away: agency, year, cadre, option; each cadre counts once in a year.

    Where a cadre could be in two programmes of the modes at once, a column away[cadre, year] stands for both. Cadres
    who are away in current study anyhow are no further cadres.
    """
    assert problem.scenario.absence is not None
    modes = problem.scenario.absence.modes
    running = options.running_to(int(years[-1]))
    terms = running[running["mode"].isin(modes)]
    terms = terms[~in_study(problem, modes, years)[terms["cadre"], terms["year"] - years[0]]]
    if "short" not in modes or ("in_service" not in modes and problem.scenario.study_load.short_per_year <= 1):
        return terms
    return _away_columns(builder, problem, terms)


def _away_columns(builder: ModelBuilder, problem: Problem, terms: pd.DataFrame) -> pd.DataFrame:
    """away[cadre, year] >= each of the cadre's starts that run in the year."""
    codes = problem.cadres["cadre"].to_numpy()
    pairs = terms[["cadre", "year", "agency"]].drop_duplicates()
    keys = [(codes[cadre], int(year)) for cadre, year in zip(pairs["cadre"], pairs["year"], strict=True)]
    known = [builder.place("away", *key) for key in keys]
    new = np.array([place is None for place in known], dtype=bool)
    places = [
        builder.column("away", *key, upper=1) if place is None else place
        for key, place in zip(keys, known, strict=True)
    ]
    pairs = pairs.assign(option=places)
    starts = terms.merge(pairs[new], on=["cadre", "year", "agency"], suffixes=("", "_away"))
    own = starts.assign(start=starts["option"], coefficient=1.0)
    away = starts.assign(start=starts["option"], option=starts["option_away"], coefficient=-1.0)
    columns = ["cadre", "year", "start", "option", "coefficient"]
    builder.at_most("away", pd.concat([own, away])[columns], ["cadre", "year", "start"], 0)
    return pairs


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
    leaders = int((problem.leaders & (problem.cadres["agency"] == key[0])).sum())
    return max(0, leaders - absence.leaders.present)


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
    gives_way=always,
    priced=True,
    only_full=True,
)
