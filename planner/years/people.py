"""Rosters as clean tables of text: every cell as a roster writes it, whatever it was read from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile
from planner.inputs.problem import Problem
from planner.inputs.roster.frames import given_table
from planner.inputs.roster.roster import Roster, scan_roster
from planner.inputs.roster.told import Answers
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import conditions
from planner.inputs.synonyms import HEADERS, recogniser
from planner.inputs.warnings.roster_columns import counting_for_nothing

YEARS = ("birth_year", "service_start", "retires")
DERIVED = ("agency_id", "headcount")
OPTIONAL = ("name", "post", "local", "ethnicity", "service_start", "retires", "birth_date", "birth_year", "sex")
"""Columns of the contract that a change may add to a roster without them."""


def people_of(problem: Problem) -> pd.DataFrame:
    """The problem's cadres as a roster writes them: text, "" where empty; levels by name, sorted by cadre."""
    codes = problem.cadres["cadre"].to_numpy()
    names = problem.programmes["programme"].to_numpy()
    studies = pd.DataFrame(
        {
            "cadre": codes[problem.studies["cadre"].to_numpy(dtype=int)],
            "programme": names[problem.studies["programme"].to_numpy(dtype=int)],
            "until": problem.studies["until"].to_numpy(dtype=int),
        }
    )
    frame = problem.cadres.drop(columns=[name for name in DERIVED if name in problem.cadres])
    return written(frame, studies, problem.scenario.ladders)


def written(frame: pd.DataFrame, studies: pd.DataFrame, ladders: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """A typed roster as text.

    Parameters
    ----------
    studies
        cadre, programme, until [year].
    """
    found = {str(name): _texts(frame[name], ladders) for name in frame.columns}
    result = pd.DataFrame(found, index=frame["cadre"].to_numpy()).astype("str")
    own = studies.groupby("cadre", sort=False)
    for column, name in (("studying", "programme"), ("studying_until", "until")):
        told = {cadre: " ".join(map(str, values)) for cadre, values in own[name]}
        result[column] = pd.Series([told.get(cadre, "") for cadre in result.index], index=result.index, dtype="str")
    return result


def _texts(column: pd.Series, ladders: Mapping[str, Sequence[str]]) -> list[str]:
    name = str(column.name)
    if name in ladders:
        return ["" if level < 0 else str(ladders[name][level]) for level in column.to_numpy(dtype=int)]
    if name in YEARS or name == "studying_until":
        return ["" if np.isnan(value) else str(int(value)) for value in column.to_numpy(dtype=float)]
    if pd.api.types.is_datetime64_any_dtype(column):
        return ["" if pd.isna(day) else str(pd.Timestamp(day).date()) for day in column]
    if pd.api.types.is_float_dtype(column):
        return ["" if np.isnan(value) else "yes" if value else "no" for value in column.to_numpy(dtype=float)]
    return [str(text) for text in column]


def with_values(people: pd.DataFrame, changes: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """The roster with other values: cadre, column, value; a column that is not there yet is added."""
    changed = people.copy()
    for cadre, column, value in changes:
        if column not in changed:
            changed[column] = pd.Series("", index=changed.index, dtype="str")
        changed.loc[cadre, column] = value
    return changed


def scanned(
    table: str | Path | GivenFile, problem: Problem, *, clean: bool = False
) -> tuple[Roster | None, list[Fault]]:
    """A table read as the problem's roster is; a `clean` one without the answers to its form."""
    scenario = problem.scenario
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    told = Answers(headers=scenario.headers, blank=scenario.blank, synonyms=scenario.synonyms)
    return scan_roster(table, scenario.ladders, scenario.programmes, used, Answers() if clean else told)


def read_joiners(path: str | Path, problem: Problem) -> pd.DataFrame:
    """Those who joined, from a table with the roster's columns, as a roster writes them; the index is the row.

    Columns that count for nothing are left out: what is recorded lies in the run's folder.

    Raises
    ------
    InputError
        All that is wrong with it, with rows: as for a roster, an unknown agency, a code that is on the roster, a
        column missing that the roster has and the scheme speaks of.
    """
    roster, faults = scanned(path, problem)
    if roster is None:
        raise InputError(faults)
    frame, known = roster.frame, problem.cadres
    rows = {code: int(str(row)) for row, code in frame["cadre"].items()}
    faults += _missing(frame.columns, problem, path)
    codes, agencies = {*known["cadre"]}, {*problem.agencies["agency"]}
    for code, agency in zip(frame["cadre"], frame["agency"], strict=True):
        if code in codes:
            faults.append(Fault("ledger_joiner_known", {"cadre": code}, file=path, row=rows[code]))
        if agency not in agencies:
            values = {"name": agency, "nearest": ""}
            faults.append(Fault("ledger_agency", values, file=path, row=rows[code]))
    if faults:
        raise InputError(faults)
    studies = roster.studies.assign(cadre=frame["cadre"].reindex(roster.studies["row"]).to_numpy())
    idle = counting_for_nothing(problem.scenario, map(str, frame.columns))
    return written(frame.drop(columns=idle), studies, problem.scenario.ladders)


def _missing(columns: Collection[str], problem: Problem, path: str | Path) -> list[Fault]:
    """The columns that the roster has, that conditions use, and that the joiners lack."""
    scenario = problem.scenario
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    needed = (used | {*scenario.ladders}) & {*problem.cadres.columns} - {*DERIVED} - {*columns}
    return [
        Fault("ledger_joiner_column", {"column": name}, file=path) for name in sorted(needed) if _filled(problem, name)
    ]


def _filled(problem: Problem, column: str) -> bool:
    """Whether anybody on the roster has a value in a column."""
    if column in problem.scenario.ladders:
        return bool((problem.cadres[column] >= 0).any())
    held = problem.cadres[column]
    return bool((held.notna() & (held.astype(str) != "")).any())


def column_meant(text: str, problem: Problem) -> str | None:
    """The roster's column that a change names: the contract's name, the roster's own, or a header an office writes."""
    scenario = problem.scenario
    own = {*map(str, problem.cadres.columns), *scenario.ladders, *OPTIONAL} - {*DERIVED}
    found = text if text in own else recogniser(HEADERS, own)(text)
    return found if found in own else None


def cleaned(people: pd.DataFrame, problem: Problem) -> pd.DataFrame:
    """The roster with every value as a clean roster writes it, whatever a change wrote.

    Raises
    ------
    InputError
        A value cannot be read.
    """
    roster, faults = scanned(given_table("roster.csv", people), problem)
    if faults or roster is None:
        raise InputError(faults)
    studies = roster.studies.assign(cadre=roster.frame["cadre"].reindex(roster.studies["row"]).to_numpy())
    return written(roster.frame, studies, problem.scenario.ladders)


def rows_of_people(problem: Problem, joining: pd.DataFrame) -> pd.DataFrame:
    """Those on the roster and those who joined as a roster writes them, each under the code."""
    fresh = joining.drop(columns="entry", errors="ignore").set_index("cadre", drop=False)
    return pd.concat([people_of(problem), fresh]).fillna("")


def value_faults(problem: Problem, rows: pd.DataFrame, cadre: str, column: str, value: str) -> list[Fault]:
    """What is wrong with a value, read in a column of somebody's row; `rows` are those of `rows_of_people`."""
    row = rows.loc[[cadre]].astype("str")
    _, faults = scanned(given_table("roster.csv", with_values(row, [(cadre, column, value)])), problem)
    return faults
