"""People who can hardly be so: too young, too old, in service before birth, retired, twice on the roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

import numpy as np
import pandas as pd

from planner.common.files import GivenFile
from planner.inputs.problem import Problem
from planner.inputs.roster.further_tables import read_retirement
from planner.inputs.synonyms import plain
from planner.inputs.warnings.warning import ScenarioWarning, people_in_id

YOUNGEST, OLDEST, YOUNGEST_IN_SERVICE = 16, 75, 14  # ages [years] beyond which a roster is more likely wrong
MOST_CADRES_NAMED = 10  # cadres named in one warning
RETIREMENT_TABLE = "retirement-135-2020.csv"
"""General retirement by sex and year of birth, written by `planner init`: Decree 135/2020/NĐ-CP, articles 3 and 4."""


def people_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """The warnings about people."""
    cadres, horizon = problem.cadres, problem.scenario.horizon
    born, service, retires = (cadres[name].to_numpy(float) for name in ("birth_year", "service_start", "retires"))
    age, then = horizon.first - born, service - born
    before_birth = then < 0
    began_young = (then < YOUNGEST_IN_SERVICE) & ~before_birth
    yield from _about(problem, "warning_too_young", age < YOUNGEST, _whole(age), limit=YOUNGEST, year=horizon.first)
    yield from _about(problem, "warning_too_old", age > OLDEST, _whole(age), limit=OLDEST, year=horizon.first)
    yield from _about(problem, "warning_service_before_birth", before_birth, _pairs(service, born))
    yield from _about(problem, "warning_service_too_young", began_young, _whole(then), limit=YOUNGEST_IN_SERVICE)
    never = np.isnan(retires) & (problem.scenario.retirement is not None)
    yield from _about(problem, "warning_never_retires", never, _whole(born))
    yield from _about(problem, "warning_retired", retires <= horizon.first, _whole(retires), year=horizon.first)
    yield from _reaching_retirement(problem)
    yield from _long_studies(problem)
    yield from _one_person(problem)


def _long_studies(problem: Problem) -> Iterator[ScenarioWarning]:
    """Studies that end after the horizon, and would even if they had begun in its first year only, which is longer
    than the programme lasts.
    """
    horizon, studies = problem.scenario.horizon, problem.studies
    length = problem.programmes["years"].to_numpy()[studies["programme"].to_numpy()]
    until = studies["until"].to_numpy()
    long = (until > horizon.last) & (until > horizon.first + length - 1)
    last = pd.Series(until[long], dtype=float).groupby(studies["cadre"].to_numpy()[long]).max()
    ends = last.reindex(range(len(problem.cadres))).to_numpy()
    yield from _about(problem, "warning_study_too_long", ~np.isnan(ends), _whole(ends), year=horizon.last)


# --- retirement -----------------------------------------------------------------------------------------------------


@cache
def general_retirement() -> pd.DataFrame:
    """The general retirement: sex, birth_year, retires [first year no longer in service]."""
    file = resources.files("planner.inputs.scenario") / "template" / RETIREMENT_TABLE
    return read_retirement(GivenFile(RETIREMENT_TABLE, file.read_bytes()))


def _reaching_retirement(problem: Problem) -> Iterator[ScenarioWarning]:
    """Those of whom nobody says when they retire, and who by the general ages do so within the horizon."""
    if problem.scenario.retirement is not None:
        return
    cadres, last = problem.cadres, problem.scenario.horizon.last
    silent = cadres["retires"].isna().to_numpy()
    leaving = _last_year(cadres)
    figures = _pairs(cadres["birth_year"], leaving)
    told = {"last": last, "table": RETIREMENT_TABLE}
    yield from _about(problem, "warning_no_retirement", silent & (leaving <= last), figures, **told)


def _last_year(cadres: pd.DataFrame) -> np.ndarray:
    """The last year in service by the general ages; NaN where it cannot be told.

    Somebody born before the table begins left by its first year; of unknown sex, by the later of the two ages.
    """
    found = []
    for _, own in general_retirement().groupby("sex"):
        years = own.set_index("birth_year")["retires"].sort_index()
        born = cadres["birth_year"].clip(lower=years.index.min())
        found.append(years.reindex(born).to_numpy(dtype=float) - 1)
    women, men = found
    sex = cadres["sex"].to_numpy()
    return np.select([sex == "F", sex == "M"], [women, men], np.fmax(women, men))


# --- one person twice -----------------------------------------------------------------------------------------------


def _one_person(problem: Problem) -> Iterator[ScenarioWarning]:
    """People of one name and birth under several codes; names are compared, codes are told."""
    cadres = problem.cadres
    if "name" not in cadres:
        return
    named = cadres[cadres["name"].map(plain) != ""]
    same = pd.DataFrame({"name": named["name"].str.casefold().str.split().str.join(" "), "born": named["birth_year"]})
    same = same[same["born"].notna() & same.duplicated(keep=False)]
    for _, group in same.groupby(["name", "born"]):
        own = cadres.loc[group.index]
        dates = own["birth_date"].dropna() if "birth_date" in own else own["birth_year"].iloc[:0]
        if len(dates) == len(own) and dates.is_unique:
            continue
        codes = tuple(own["cadre"])
        people = "; ".join(f"{code} ({agency})" for code, agency in zip(codes, own["agency"], strict=True))
        yield ScenarioWarning(
            "warning_one_person",
            {"people": people, "born": _whole_text(own["birth_year"].iloc[0])},
            problem.scenario.roster,
            cadres=codes,
            about=people_in_id(codes),
        )


# --- telling --------------------------------------------------------------------------------------------------------


def _whole_text(number: float) -> str:
    """A whole number as text, without a decimal point."""
    return str(number).removesuffix(".0")


def _whole(numbers: np.ndarray) -> list[str]:
    return [_whole_text(number) for number in numbers]


def _pairs(first: Iterable[float], second: Iterable[float]) -> list[str]:
    return [f"{_whole_text(one)}; {_whole_text(other)}" for one, other in zip(first, second, strict=True)]


def _about(
    problem: Problem, key: str, whom: np.ndarray, figures: Sequence[str], **values: object
) -> Iterator[ScenarioWarning]:
    """One warning about all the cadres `whom`, the first of them named with their figures."""
    rows = np.flatnonzero(whom)
    if not len(rows):
        return
    codes = problem.cadres["cadre"]
    people = ", ".join(f"{codes[row]} ({figures[row]})" for row in rows[:MOST_CADRES_NAMED])
    if len(rows) > MOST_CADRES_NAMED:
        people += f", ... (+{len(rows) - MOST_CADRES_NAMED})"
    told = {**values, "people": people, "number": len(rows)}
    concerned = tuple(codes[row] for row in rows)
    yield ScenarioWarning(key, told, problem.scenario.roster, cadres=concerned, about=people_in_id(concerned))
