"""How much one cadre is sent, and how soon again."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.options import Options
from planner.model.rows import Key, ModelBuilder
from planner.model.rules.rule import Rule, Said, always

STARTS, APART = "starts_per_cadre", "years_between"


def study_load(builder: ModelBuilder, problem: Problem, options: Options) -> None:
    """A cadre has so many starts at most; between two long programmes lie so many whole years at least."""
    load = problem.scenario.study_load
    frame = options.frame[["cadre", "start", "finish"]].assign(option=np.arange(len(options)))
    if load.starts_per_cadre is not None:
        begun = _begun(problem)
        terms = frame.assign(what=STARTS)
        most = load.starts_per_cadre
        builder.at_most("study_load", terms, ["cadre", "what"], most, lambda key: begun[key["cadre"].to_numpy()])
    if load.years_between > 0:
        _keep_apart(builder, problem, frame[(options.frame["mode"] != "short").to_numpy()], load.years_between)


def _begun(problem: Problem) -> np.ndarray:
    """How many starts each cadre had before the horizon."""
    history = problem.history[problem.history["start"].notna() & (problem.history["row"] >= 0)]
    return np.bincount(history["row"].to_numpy(dtype=int), minlength=len(problem.cadres))


def _keep_apart(builder: ModelBuilder, problem: Problem, long: pd.DataFrame, years: int) -> None:
    """Of the long starts that run in a year, or ended less than so many years before it, one at most.

    A long programme of the history counts as this one.
    """
    past = _long_history(problem)
    for year in map(int, problem.years):
        soon = np.isin(np.arange(len(problem.cadres)), past.loc[past["finish"] + years >= year, "row"])
        own = long[(long["start"] <= year) & (long["finish"] + years >= year)].assign(what=APART, year=year)
        builder.at_most("study_load", own, ["cadre", "what", "year"], 1, partial(_taken, soon))


def _taken(soon: np.ndarray, key: pd.DataFrame) -> np.ndarray:
    return soon[key["cadre"].to_numpy()].astype(float)


def _long_history(problem: Problem) -> pd.DataFrame:
    """The long programmes before the horizon: row (in the problem's cadres), finish [year]."""
    history = problem.history
    mode = problem.programmes["mode"].to_numpy()
    long = [programme >= 0 and mode[programme] != "short" for programme in history["programme_row"]]
    return history.loc[np.array(long, dtype=bool) & (history["row"] >= 0), ["row", "finish"]]


def _entry(problem: Problem, key: Key) -> Location:
    return "study_load", str(key[1])


def _limit(problem: Problem, key: Key) -> float | None:
    load = problem.scenario.study_load
    return load.starts_per_cadre if key[1] == STARTS else load.years_between


def _statement(key: Key) -> Key:
    """One statement for each cadre, whatever the year."""
    return key[:2]


def _said(problem: Problem, key: Key) -> Said:
    return f"_{key[1]}", {"cadre": key[0]}


STUDY_LOAD = Rule(
    "study_load",
    study_load,
    _statement,
    _entry,
    _limit,
    _said,
    suffixes=(f"_{STARTS}", f"_{APART}"),
    where=lambda key: str(key[0]),
    gives_way=always,
)
