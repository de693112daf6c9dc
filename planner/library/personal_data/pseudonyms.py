"""A scheme, or tables about people, with pseudonyms for codes and without what counts for nothing in a plan.

Of a roster stays what the scheme reads: codes, agencies, levels, years, and the columns that its conditions use. Names
and free text go. What stays may still tell who somebody is to whoever knows the office: pseudonymised data are personal
data (see docs/how-to/privacy.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.common.csv_cells import csv_text
from planner.common.errors import Fault, InputError
from planner.inputs.exporting import yaml_document
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.further_tables import HISTORY, PLAN
from planner.inputs.roster.table_reader import read_table
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import Given, conditions
from planner.inputs.synonyms import HEADERS, recogniser
from planner.inputs.vocabulary.words import STANDARD
from planner.library.personal_data.key_file import Key
from planner.years.events import LEDGER
from planner.years.people import people_of
from planner.years.state import CLEAN_FORM

SCENARIO = "scenario.yaml"
READ = ("cadre", "agency", "birth_year", "sex", "service_start", "retires", "studying", "studying_until")
"""The columns of a roster that every scheme reads."""
BORN = "birth_date"
"""Stays only where the day counts."""
FREE = {"name", "note", "subject", "institution", "planned_post", "party_joined", "party_official"}
"""Columns that tables carry for people who read them: no plan follows from them."""
LEAST, LEAST_FIGURES = 4, 9
"""A shorter code is not looked for inside texts: it would be found in words, or of figures in years and costs."""
_SAME = ("pools", "members", "favoured", "approvers", "share_among", "share_group")
_ROWS = ("leaders", "eligible")


@dataclass(frozen=True)
class Pseudonymised:
    """Files in which people have pseudonyms.

    Attributes
    ----------
    files
        Name -> content.
    people
        How many people stand in them.
    left_out
        The columns that were left out, by file.
    """

    files: dict[str, bytes]
    people: int
    left_out: dict[str, tuple[str, ...]]


def scheme(scenario: Given | Problem, key: Key) -> Pseudonymised:
    """The scenario as merged and its tables, every cadre by a pseudonym; `key` learns who is new.

    The scheme is loaded as it will be written: it makes the same problem, but for the codes.

    Raises
    ------
    InputError
        The scenario is faulty, a condition names persons, or a name or code stays where it cannot be replaced.
    """
    problem = scenario if isinstance(scenario, Problem) else load(scenario)
    used = {column for _, condition in conditions(problem.scenario) for column in columns_used(condition)}
    if "name" in used:
        raise InputError(Fault("pseudonym_name_condition", {}, problem.source.root.file))
    people = people_of(problem)
    names = dict(zip(people["cadre"], people["name"], strict=True)) if "name" in people else {}
    key.learn([*people["cadre"], *problem.history["cadre"], *problem.earlier["cadre"]], names)
    kept = _conditions_changed(_said(problem), key)
    tables = _tables(problem, key)
    roster = next(table for table in _rosters(people, problem, used, key) if _same(problem, kept, table, tables, key))
    left = [name for name in people if name not in roster and (people[name] != "").any()]
    written = {"roster": roster, **tables}
    names_of = {name: f"{name}.csv" for name in written}
    files = {SCENARIO: yaml_document({**kept, **names_of}).encode()}
    files |= {names_of[name]: csv_text(table).encode() for name, table in written.items()}
    if told := sorted({file for file, text in files.items() if _known(text.decode(), key)}):
        raise InputError(Fault("pseudonym_left", {"files": ", ".join(told)}))
    return Pseudonymised(files, len(people), {"roster.csv": tuple(map(str, left))})


def table(path: str | Path, key: Key, scenario: Given | Problem | None = None) -> Pseudonymised:
    """A roster, a ledger, a plan, a history: any table with a column of cadres; `key` learns who is new.

    Of its columns stay those that the contract knows and no name or free text, and those that conditions of the
    `scenario` use.

    Raises
    ------
    InputError
        It cannot be read, or no column of it holds the codes of cadres.
    """
    file = Path(path)
    given = None if scenario is None else (scenario if isinstance(scenario, Problem) else load(scenario)).scenario
    used = {column for _, each in conditions(given) for column in columns_used(each)} if given is not None else set()
    ladders = {*STANDARD} if given is None else {*given.ladders}
    known = {*READ, BORN, *ladders, *used, *PLAN, *HISTORY, *LEDGER, "pools", "mode", "serves", "points"} - FREE
    recognise = recogniser({**HEADERS, **HISTORY, **LEDGER}, known)
    frame = read_table(file, recognise).frame
    called = {str(header): recognise(str(header)) or str(header) for header in frame}
    of = {name: header for header, name in called.items()}
    if "cadre" not in of:
        raise InputError(Fault("pseudonym_no_cadres", {}, file))
    codes = frame[of["cadre"]]
    key.learn(codes, dict(zip(codes, frame[of["name"]], strict=True)) if "name" in of else {})
    stays = [header for header, name in called.items() if name in known]
    result = frame[stays].copy()
    result[of["cadre"]] = codes.map(lambda cadre: key.pseudonyms.get(cadre, ""))
    if "to" in of and of["to"] in result:  # of an event: a column and its new value
        texts = result[of["to"]]
        result[of["to"]] = texts.where(~texts.map(_says_free), texts.map(lambda text: text.partition("=")[0] + "="))
    result = result.sort_values(of["cadre"], kind="stable") if "date" not in of else result
    left = tuple(header for header in called if header not in stays and (frame[header] != "").any())
    content = workbook(result) if file.suffix.lower() == ".xlsx" else csv_text(result).encode()
    name = file.name if file.suffix.lower() == ".xlsx" else f"{file.stem}.csv"
    if _known(csv_text(result), key):
        raise InputError(Fault("pseudonym_left", {"files": file.name}))
    return Pseudonymised({name: content}, codes[codes != ""].nunique(), {name: left})


def workbook(table: pd.DataFrame) -> bytes:
    """A table of text as a workbook: one sheet, every cell a text, nothing in its properties."""
    import io

    import xlsxwriter

    held = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, plain) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(table.columns):
            sheet.write_string(0, place, str(name))
            for row, cell in enumerate(table.iloc[:, place], 1):
                if cell:
                    sheet.write_string(row, place, str(cell))
    return held.getvalue()


def _says_free(text: str) -> bool:
    """Whether an event's cell gives a column of free text a value, such as a new name."""
    column, given, _ = text.partition("=")
    return bool(given) and (recogniser(HEADERS)(column.strip()) or column.strip()) in FREE


def _said(problem: Problem) -> dict[str, Any]:
    """The scenario as merged, without the form of the old roster's file and without the names of its tables."""
    merged = problem.source.merged()
    gone = {*CLEAN_FORM, "roster", "agencies", "retirement", "history", "earlier"}
    kept = {name: value for name, value in merged.items() if name not in gone and value is not None}
    if merged.get("blank"):
        kept["blank"] = dict.fromkeys(merged["blank"], "unknown")
    return kept


def _conditions_changed(said: Any, key: Key, under: str = "") -> Any:
    """What a scenario says with pseudonyms for cadres: where a code stands by itself, and inside texts."""
    if isinstance(said, Mapping):
        return {name: _conditions_changed(value, key, str(name)) for name, value in said.items()}
    if isinstance(said, list):
        return [_conditions_changed(value, key, under) for value in said]
    if under == "cadre":
        return key.pseudonyms.get(str(said), said)
    return _replaced(said, key) if isinstance(said, str) and " " in said else said


def _replaced(text: str, key: Key) -> str:
    """A text with pseudonyms for names and for codes that are long enough to be told from words."""
    found = unicodedata.normalize("NFC", text)
    named = {
        name: key.pseudonyms[cadre] for cadre, name in key.names.items() if " " in name and cadre in key.pseudonyms
    }
    coded = {cadre: pseudonym for cadre, pseudonym in key.pseudonyms.items() if _can_be_told(cadre)}
    for old, new in {**named, **coded}.items():
        if old.casefold() in found.casefold():
            found = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, found, flags=re.IGNORECASE)
    return found


def without_names(said: Any, key: Key) -> Any:
    """What a scenario or a cell says, with codes for the names that stand in its texts."""
    if isinstance(said, Mapping):
        return {name: without_names(value, key) for name, value in said.items()}
    if isinstance(said, list):
        return [without_names(value, key) for value in said]
    return _replaced(said, key) if isinstance(said, str) and " " in said else said


def _can_be_told(cadre: str) -> bool:
    """Whether a code can be told from other words and figures in a text."""
    return len(cadre) >= (LEAST_FIGURES if cadre.isdecimal() else LEAST)


def _known(text: str, key: Key) -> bool:
    """Whether a name, or a code that is long enough, still stands in a text."""
    whole = unicodedata.normalize("NFC", text).casefold()
    sought = [name for name in key.names.values() if " " in name]
    sought += [cadre for cadre in key.pseudonyms if _can_be_told(cadre)]
    return any(
        old.casefold() in whole and re.search(rf"(?<!\w){re.escape(old.casefold())}(?!\w)", whole) for old in sought
    )


def _tables(problem: Problem, key: Key) -> dict[str, pd.DataFrame]:
    """The tables beside the roster; when whom retires stands on the roster by now."""
    found: dict[str, pd.DataFrame] = {}
    if problem.scenario.agencies is not None:
        found["agencies"] = problem.agencies
    if problem.scenario.history is not None:
        history = problem.history.copy()
        columns = ["cadre", "agency", "programme", "start", "finish", "pools", "shares", "of_group"]
        for name in ("pools", "shares", "of_group"):
            history[name] = history[name].map(" ".join)
        found["history"] = history[columns].assign(cadre=history["cadre"].map(key.pseudonyms))
    if problem.scenario.earlier is not None:
        found["earlier"] = problem.earlier.assign(cadre=problem.earlier["cadre"].map(key.pseudonyms))
    return {
        name: each if name == "agencies" else each.sort_values("cadre", kind="stable") for name, each in found.items()
    }


def _rosters(people: pd.DataFrame, problem: Problem, used: Collection[str], key: Key) -> Iterator[pd.DataFrame]:
    """The roster without what may be left out, the barest first: days of birth count in some schemes only."""
    read = {*READ, *problem.scenario.ladders, *used}
    coded = people.assign(cadre=people["cadre"].map(key.pseudonyms)).sort_values("cadre")
    for more in (set(), {BORN}):
        yield coded[[name for name in coded if name in read | more]]


def _same(
    problem: Problem, said: Mapping[str, Any], roster: pd.DataFrame, tables: Mapping[str, pd.DataFrame], key: Key
) -> bool:
    """Whether the pseudonymised scheme makes the same problem, but for the codes and the order of the people.

    Raises
    ------
    InputError
        With every day of birth it still makes another one.
    """
    further = {name: tables.get(name) for name in ("agencies", "history", "earlier")}
    found = load(dict(said), None, roster=roster, allow_outside=False, **further)
    place = pd.Index(found.cadres["cadre"]).get_indexer(problem.cadres["cadre"].map(key.pseudonyms))
    columns = [name for name in found.cadres if name not in ("cadre", BORN)]
    same = bool((place >= 0).all()) and len(found.cadres) == len(problem.cadres)
    same = same and found.cadres[columns].iloc[place].reset_index(drop=True).equals(
        problem.cadres[columns].reset_index(drop=True)
    )
    for name in _SAME:
        mine, theirs = getattr(problem, name), getattr(found, name)
        same = same and list(mine) == list(theirs) and all(np.array_equal(mine[k], theirs[k][place]) for k in mine)
    same = same and all(np.array_equal(getattr(problem, name), getattr(found, name)[place]) for name in _ROWS)
    if not same and BORN in (roster if BORN in problem.cadres else [BORN]):
        raise InputError(Fault("pseudonym_other_problem"))
    return same
