"""Loading: a scenario and its tables become a problem, resolved and cross-checked whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.common.files import GivenFile, sha256
from planner.inputs.matching import People, matches
from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.roster.frames import given_table
from planner.inputs.roster.roster import Roster, read_agencies, scan_roster
from planner.inputs.scenario.conditions import Condition, columns_used
from planner.inputs.scenario.loading import PATHS, Given, Source, conditions, groups_in_order, read_scenario
from planner.inputs.scenario.schema import Scenario
from planner.inputs.scenario.yaml_tree import Location


def tables_of(source: Source) -> list[Path | GivenFile]:
    """The files of the roster and of the agencies."""
    return [table for key in PATHS if (table := source.table(key)) is not None]


def load(
    scenario: Given | Problem,
    overlay: Mapping[str, Any] | None = None,
    **tables: pd.DataFrame | str | Path | None,
) -> Problem:
    """The problem that a scenario and its tables describe, resolved and checked whole.

    Parameters
    ----------
    scenario
        A scenario file's path; or, without a file, what one would say: a mapping with the same keys (`extends` may
        name a file), or a `planner.Scenario`; or a problem, to change it.
    overlay
        What to change, laid on the scenario as a what-if file is on the one that it extends: mappings merge key by
        key, anything else is replaced, None removes a key.
    **tables
        roster, agencies: a table to take instead of the file that the scenario names. A frame has the columns of that
        file (a roster: cadre, agency, birth_year [year], sex, a level per ladder, ...; agencies: agency, headcount
        [people]), under any header that is known there, and is read as if it were a CSV file called `roster.csv`.

    Returns
    -------
    Problem
        Frozen; `problem.cadres`, `.agencies` and `.programmes` are tables.

    Raises
    ------
    InputError
        Every fault of the scenario, of its tables and of the names that one uses of the other, in one message; with
        file and line or row, or for what was written in Python with the path of the key.

    Examples
    --------
    >>> problem = planner.load("base.yaml")
    >>> fewer = planner.load(problem, overlay={"seats": {"theory": {"per_year": {"max": 3}}}})
    >>> women = planner.load(problem, roster=frame[frame["sex"] == "F"])
    """
    if unknown := sorted(set(tables) - set(PATHS)):
        raise TypeError(f"load() has no table '{unknown[0]}', only {', '.join(PATHS)}")
    given = {
        key: given_table(f"{key}.csv", table) if isinstance(table, pd.DataFrame) else Path(table)
        for key, table in tables.items()
        if table is not None
    }
    source, faults = read_scenario(scenario.source if isinstance(scenario, Problem) else scenario, overlay, given)
    if source is None:
        raise InputError(faults)
    return build(source, faults)


def build(source: Source, faults: Iterable[Fault] = ()) -> Problem:
    """The problem of a scenario that was read; `faults` are those found in it so far. Raises as `load` does."""
    found = list(faults)
    scenario = source.scenario
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    people = source.table("roster") or scenario.roster
    scanned = _read(found, lambda: scan_roster(people, scenario.ladders, scenario.programmes, used))
    roster, cells = scanned or (None, [])
    found += cells
    agencies = _agencies(source, roster, found)
    if roster is None or agencies is None:
        raise InputError(found)
    found += _agency_faults(roster, agencies, scenario)
    problem = _resolve(source, roster, agencies, found)
    if found:
        raise InputError(found)
    return problem


T = TypeVar("T")


def _read(faults: list[Fault], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except InputError as error:
        faults += error.faults
        return None


def _agencies(source: Source, roster: Roster | None, faults: list[Fault]) -> pd.DataFrame | None:
    path = source.table("agencies")
    if path is not None:
        table = _read(faults, lambda: read_agencies(path))
        return None if table is None else table.frame.reset_index(drop=True)
    if roster is None:
        return None
    return roster.frame.groupby("agency").size().rename("headcount").reset_index()


def _agency_faults(roster: Roster, agencies: pd.DataFrame, scenario: Scenario) -> Iterator[Fault]:
    known = list(agencies["agency"])
    for row, name in roster.frame.loc[~roster.frame["agency"].isin(known), "agency"].items():
        values = {"name": name, "table": Path(str(scenario.agencies)).name, "nearest": nearest(name, known)}
        yield Fault("unknown_agency", values, roster.file, row=int(str(row)))


def _resolve(source: Source, roster: Roster, agencies: pd.DataFrame, faults: list[Fault]) -> Problem:
    """Every condition as a Boolean column; what is wrong goes to `faults`."""
    scenario = source.scenario
    first = scenario.horizon.first
    agency_id = agencies["agency"].searchsorted(roster.frame["agency"]).clip(max=max(len(agencies) - 1, 0))
    headcount = agencies["headcount"].to_numpy()[agency_id] if len(agencies) else np.zeros(0)
    people = People(roster, headcount, {name: tuple(levels) for name, levels in scenario.ladders.items()})

    def who(condition: Condition | None, year: int, *location: str | int) -> np.ndarray:
        def complain(at: Location, key: str, **values: object) -> None:
            faults.append(source.fault((*location, *at), key, **values))

        everybody = np.ones(len(roster.frame), dtype=bool)
        return everybody if condition is None else matches(condition, people, year, complain)

    people.groups |= {name: np.zeros(len(roster.frame), dtype=bool) for name in _names_of_groups(source)}
    for name in groups_in_order(scenario):
        people.groups[name] = who(scenario.groups[name], first, "groups", name)
    absence = scenario.absence
    programmes = _programmes(scenario)
    favoured = {name: who(entry.who, first, "priority", name, "who") for name, entry in scenario.priority.items()}
    points = sum(
        (scenario.priority[name].points * mask for name, mask in favoured.items()), np.zeros(len(roster.frame))
    )
    points = points.round(9)  # 0.1 + 0.2 is 0.3
    eligible = [
        [who(programme.eligible, year, "programmes", name, "eligible") for year in scenario.horizon.years]
        for name, programme in scenario.programmes.items()
    ]
    problem = Problem(
        scenario,
        _cadres(scenario, roster, agency_id, headcount, points, programmes),
        agencies,
        programmes,
        np.array(eligible, dtype=bool)
        .reshape(len(programmes), len(scenario.horizon.years), len(roster.frame))
        .transpose(2, 0, 1),
        {name: who(pool.who, first, "seats", name, "who") for name, pool in scenario.seats.items()},
        {name: who(target.who, first, "targets", name, "who") for name, target in scenario.targets.items()},
        who(absence.leaders.who, first, "absence", "leaders", "who")
        if absence and absence.leaders
        else np.zeros(len(roster.frame), dtype=bool),
        favoured,
        {name: who(entry.who, first, "approval", name, "who") for name, entry in scenario.approval.items()},
        source,
        {Path(file): sha256(file) for file in (*source.files, *tables_of(source))},
    )
    faults += people.faults
    faults += _pin_faults(source, roster)
    return problem


def _names_of_groups(source: Source) -> list[str]:
    """All groups of the file, those with faults included, so that one fault is not told as two."""
    groups = source.root.value.get("groups")
    return list(groups.value) if groups is not None and isinstance(groups.value, dict) else []


def _cadres(
    scenario: Scenario,
    roster: Roster,
    agency_id: np.ndarray,
    headcount: np.ndarray,
    points: np.ndarray,
    programmes: pd.DataFrame,
) -> pd.DataFrame:
    frame = roster.frame.reset_index(drop=True)
    for name in scenario.ladders:
        if name not in frame:
            frame[name] = np.int8(UNKNOWN)
    for name in ("retires", "studying_until", "service_start"):
        if name not in frame:
            frame[name] = np.nan
    place = {name: row for row, name in enumerate(programmes["programme"])}
    studying = frame["studying"] if "studying" in frame else pd.Series("", index=frame.index)
    return frame.assign(
        agency_id=agency_id,
        headcount=headcount,
        points=points,
        study=studying.map(place).fillna(UNKNOWN).astype(int),
        study_until=frame["studying_until"].fillna(0).astype(int),
    )


def _programmes(scenario: Scenario) -> pd.DataFrame:
    """The programmes as numbers; places are 0 where the scenario is too faulty to have them."""

    def place(ladder: str, level: str) -> int:
        levels = scenario.ladders.get(ladder, [])
        return levels.index(level) if level in levels else 0

    rows = [
        {
            "programme": name,
            "ladder": entry.ladder,
            "mode": entry.mode,
            "low": place(entry.ladder, entry.from_),
            "high": place(entry.ladder, entry.to),
            "years": max(1, math.ceil(entry.months / 12 - 1e-9)),
            "serve": entry.serve_after_years,
            "cost": entry.cost,
            "open": entry.open,
        }
        for name, entry in scenario.programmes.items()
    ]
    kinds = {"programme": str, "ladder": str, "mode": str, "low": int, "high": int, "years": int}
    kinds |= {"serve": float, "cost": float, "open": bool}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _pin_faults(source: Source, roster: Roster) -> Iterator[Fault]:
    known = roster.frame["cadre"]
    for key in ("require", "forbid"):
        for place, pin in enumerate(getattr(source.scenario.pins, key)):
            if pin.cadre is not None and not (known == pin.cadre).any():
                values = {"name": pin.cadre, "nearest": nearest(pin.cadre, known)}
                yield source.fault(("pins", key, place, "cadre"), "unknown_cadre", **values)
