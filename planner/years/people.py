"""Rosters as clean tables of text: every cell as a roster writes it, whatever it was read from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError
from planner.common.files import GivenFile
from planner.inputs.problem import Problem
from planner.inputs.roster.frames import given_table
from planner.inputs.roster.roster import Roster, scan_roster
from planner.inputs.roster.texts import MASK
from planner.inputs.roster.told import Answers, Question
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import conditions
from planner.inputs.synonyms import HEADERS, recogniser
from planner.inputs.warnings.roster_columns import counting_for_nothing
from planner.plans.agency_titles import agency_called

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
    known = problem.cadres
    frame = roster.frame.assign(agency=[agency_called(problem, str(name)) for name in roster.frame["agency"]])
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


MOST_ROWS = 50_000
"""Rows read at once."""
MOST_WORDED = 20
"""Faults that are told in the words of their own row, where a table's reader tells those of several rows together."""


def value_faults(problem: Problem, rows: pd.DataFrame, cadre: str, column: str, value: str) -> list[Fault]:
    """What is wrong with a value, read in a column of somebody's row; `rows` are those of `rows_of_people`."""
    return faults_of_values(problem, rows, [(cadre, column, value)])[0]


def faults_of_values(
    problem: Problem, rows: pd.DataFrame, changes: Sequence[tuple[str, str, str]]
) -> list[list[Fault]]:
    """What is wrong with each of some values, all read at once: cadre, column, value.

    Each is laid on the cadre's row alone, so that none stands or falls with another. Rows of which other cells are
    masked, or which gain another column, are read apart: what is then missing concerns the whole table.

    Parameters
    ----------
    rows
        Those of `rows_of_people`.
    """
    found: list[list[Fault]] = [[] for _ in changes]
    apart: dict[tuple[str, bytes], list[int]] = {}
    laid = _each_laid(rows, changes)
    hidden = (laid == MASK).to_numpy()
    for at, (_, column, _) in enumerate(changes):
        apart.setdefault((column if column not in rows else "", hidden[at].tobytes()), []).append(at)
    for (added, _), places in apart.items():
        columns = [name for name in laid if name in rows or name == added]
        for first in range(0, len(places), MOST_ROWS):
            some = places[first : first + MOST_ROWS]
            for at, faults in zip(some, _faults_by_row(problem, laid.iloc[some][columns]), strict=True):
                found[at] = faults
    return found


def _each_laid(rows: pd.DataFrame, changes: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """A row for each change, with its value; who changes more than once has further codes."""
    laid = rows.loc[[cadre for cadre, _, _ in changes]].astype("str").reset_index(drop=True)
    places: dict[str, list[int]] = {}
    for at, (_, column, _) in enumerate(changes):
        places.setdefault(column, []).append(at)
    for column, some in places.items():
        cells = laid[column].to_numpy(dtype=object, copy=True) if column in laid else np.full(len(laid), "", object)
        cells[some] = [changes[at][2] for at in some]
        laid[column] = pd.Series(cells, index=laid.index, dtype="str")
    taken, codes, times = {*rows.index}, [], Counter[str]()
    for cadre, _, _ in changes:
        code = cadre
        while times[cadre] and code in taken:
            times[cadre] += 1
            code = f"{cadre}~{times[cadre]}"
        times[cadre] += not times[cadre]
        taken.add(code)
        codes.append(code)
    return laid.assign(cadre=codes)


def _faults_by_row(problem: Problem, table: pd.DataFrame) -> list[list[Fault]]:
    """What is wrong with each row of a table; a fault of no row is every row's.

    Rows that a fault tells together, and those that were taken for no cadre's, are read alone: of the former the first
    few, whose words are told.
    """
    roster, faults = scanned(given_table("roster.csv", table), problem)
    labels = range(2, len(table) + 2)  # the header is row 1
    found: list[list[Fault]] = [[] for _ in labels]
    together: dict[int, None] = {}
    for fault in faults:
        asked = fault.rows if isinstance(fault, Question) else ()
        told = replace(fault, values={**fault.values, "count": 1, "more": ""}) if len(asked) > 1 else fault
        for label in asked or (labels if fault.row is None else (fault.row,)):
            found[label - 2].append(told)
        together |= dict.fromkeys(asked[:MOST_WORDED] if len(asked) > 1 else ())
    unread = {*labels} - {*(labels if roster is None else map(int, roster.frame.index))}
    if len(table) > 1:
        for label in {*[*together][:MOST_WORDED], *unread}:
            found[label - 2] = _faults_by_row(problem, table.iloc[[label - 2]])[0]
    return found
