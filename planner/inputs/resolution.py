"""The scenario's entries and the tables beside the roster as rows that point at each other."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN
from planner.inputs.roster.roster import Roster
from planner.inputs.scenario.schema import Programme, Scenario

NO_PLAN = pd.DataFrame(
    {"cadre": pd.Series(dtype="str"), "programme": pd.Series(dtype="str"), "start": pd.Series(dtype="int64")}
)
"""An earlier plan without a start."""
_PROGRAMME_COLUMNS = {"programme": str, "ladder": str, "mode": str, "low": int, "high": int, "years": int}
_PROGRAMME_COLUMNS |= {
    "begins": int,
    "serve": float,
    "cost": float,
    "open": bool,
    "first_start": int,
    "last_start": int,
}


def with_retirement(roster: Roster, retirement: pd.DataFrame | None) -> Roster:
    """The roster whose empty `retires` are filled by sex and year of birth (see `read_retirement`)."""
    if retirement is None:
        return roster
    frame = roster.frame.copy()
    years = retirement.set_index(["sex", "birth_year"])["retires"]
    told = years.reindex(pd.MultiIndex.from_frame(frame[["sex", "birth_year"]])).to_numpy(dtype=float)
    held = frame["retires"].to_numpy(dtype=float) if "retires" in frame else np.full(len(frame), np.nan)
    frame["retires"] = np.where(np.isnan(held), told, held)
    return replace(roster, frame=frame)


def cadres_of(scenario: Scenario, roster: Roster, agencies: pd.DataFrame) -> pd.DataFrame:
    """The roster with every ladder and year that others ask for, and each cadre's agency as a row and a headcount."""
    frame = roster.frame.reset_index(drop=True)
    for name in scenario.ladders:
        if name not in frame:
            frame[name] = np.int8(UNKNOWN)
    for name in ("retires", "studying_until", "service_start"):
        if name not in frame:
            frame[name] = np.nan
    agency = agencies["agency"].searchsorted(frame["agency"]).clip(max=max(len(agencies) - 1, 0))
    headcount = agencies["headcount"].to_numpy()[agency] if len(agencies) else np.zeros(0)
    return frame.assign(agency_id=agency, headcount=headcount)


def programmes_of(scenario: Scenario) -> pd.DataFrame:
    """The programmes as numbers; indices are 0 where the scenario is too faulty to have them."""
    rows = [_programme(scenario, name, entry) for name, entry in scenario.programmes.items()]
    return pd.DataFrame(rows, columns=list(_PROGRAMME_COLUMNS)).astype(_PROGRAMME_COLUMNS)


def _programme(scenario: Scenario, name: str, entry: Programme) -> dict[str, object]:
    horizon, begins = scenario.horizon, entry.begins or 1
    return {
        "programme": name,
        "ladder": entry.ladder,
        "mode": entry.mode,
        "low": _level_index(scenario, entry.ladder, entry.from_),
        "high": _level_index(scenario, entry.ladder, entry.to),
        "years": max(1, math.ceil((begins - 1 + entry.months) / 12 - 1e-9)),
        "begins": begins,
        "serve": entry.serve_after_years,
        "cost": entry.cost,
        "open": entry.open,
        "first_start": max(horizon.first, entry.years.from_) if entry.years else horizon.first,
        "last_start": min(horizon.last, entry.years.to) if entry.years else horizon.last,
    }


def _level_index(scenario: Scenario, ladder: str, level: str) -> int:
    levels = scenario.ladders.get(ladder, [])
    return levels.index(level) if level in levels else 0


def requires_of(scenario: Scenario) -> dict[int, dict[str, int]]:
    """Programme row -> ladder -> index of the level to be held before it starts."""
    return {
        row: {ladder: _level_index(scenario, ladder, level) for ladder, level in entry.requires.items()}
        for row, entry in enumerate(scenario.programmes.values())
        if entry.requires
    }


def studies_of(roster: Roster, programmes: pd.DataFrame) -> pd.DataFrame:
    """The studies under way: cadre and programme (rows), until [year]; sorted by cadre."""
    studies = roster.studies
    found = pd.DataFrame(
        {
            "cadre": roster.frame.index.get_indexer(pd.Index(studies["row"])),
            "programme": _rows(programmes["programme"], studies["programme"]),
            "until": studies["until"].to_numpy(dtype=int),
        }
    )
    return found.sort_values(["cadre", "until", "programme"], ignore_index=True)


def leave_of(scenario: Scenario, cadres: pd.DataFrame) -> pd.DataFrame:
    """The years of leave: cadre (row), first, last [year, inclusive], away."""
    entries = scenario.leave.values()
    found = pd.DataFrame(
        {
            "cadre": _rows(cadres["cadre"], pd.Series([entry.cadre for entry in entries], dtype="str")),
            "first": np.array([entry.from_ for entry in entries], dtype=int),
            "last": np.array([entry.to for entry in entries], dtype=int),
            "away": np.array([entry.away for entry in entries], dtype=bool),
        }
    )
    return found[found["cadre"] != UNKNOWN].reset_index(drop=True)


def history_of(
    scenario: Scenario, history: pd.DataFrame | None, cadres: pd.DataFrame, programmes: pd.DataFrame
) -> pd.DataFrame:
    """The starts before the horizon with their rows; names that the scenario does not define are left out.

    Where the table does not tell the agency, it is the cadre's own today.
    """
    if history is None:
        return _no_history()
    row = _rows(cadres["cadre"], history["cadre"])
    own = cadres["agency"].reindex(row).fillna("").to_numpy() if len(cadres) else np.full(len(row), "")
    agency = np.where(history["agency"] == "", own, history["agency"])
    known = {"pools": {*scenario.seats}, "shares": {*scenario.shares}, "of_group": {*scenario.shares}}
    return pd.DataFrame(
        {
            "cadre": history["cadre"],
            "row": row,
            "agency": pd.Series(agency, dtype="str"),
            "programme": history["programme"],
            "programme_row": _rows(programmes["programme"], history["programme"]),
            "start": history["start"],
            "finish": history["finish"],
        }
        | {
            name: [tuple(entry for entry in names if entry in entries) for names in history[name]]
            for name, entries in known.items()
        }
    )


def _no_history() -> pd.DataFrame:
    kinds = {"cadre": "str", "row": "int64", "agency": "str", "programme": "str", "programme_row": "int64"}
    kinds |= {"start": "Int64", "finish": "int64", "pools": "object", "shares": "object", "of_group": "object"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _rows(names: pd.Series, wanted: pd.Series) -> np.ndarray:
    """The row of each wanted name, -1 where it is not there."""
    row_of = {name: row for row, name in enumerate(names)}
    return np.array([row_of.get(name, UNKNOWN) for name in wanted], dtype=int)
