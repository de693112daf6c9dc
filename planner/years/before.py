"""The years before a plan was made again: what was planned of them, what came of it, and what nobody confirmed.

A plan made again begins with a roster, and a roster does not say how its levels came about. So the starts of the years
before stand beside the plan with what became of them, and with each study that is only taken to have ended the level
that is confirmed without it; the people who left, came and moved; and the line of the plan as it was first made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.common.csv_cells import csv_table, csv_text
from planner.common.errors import Fault, InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.messages import LANGUAGES, language
from planner.plans.agency_titles import agency_titles
from planner.plans.plan import Plan
from planner.plans.tabulation import attainment_by_year
from planner.years.careers import Study
from planner.years.people import people_of
from planner.years.state import CLEAN_FORM, NEWS

STARTS = ("cadre", "agency", "programme", "start", "status", "why", "outcome", "ended", "entries")
"""What is told of a start; `progress.starts_of` says what each means."""
COUNTED = ("plan", "priorities", "targets", "held", "held_begun")
PEOPLE = ("left", "retired", "joined", "transferred", "changed", "leave")
"""What the news say of people, and not of studies."""
LINE = ("plan", "target", "year", "attained", "required")
OFFICES = ("agency", *(f"title_{name}" for name in LANGUAGES))
FILES = {name: f"before_{name}.csv" for name in ("starts", "people", "line", "agencies")}
"""What a run that was made again is written with; all of them, or none in one of an older version."""

Key = tuple[str, str, int]
"""Cadre, programme, start (0: before all plans)."""


@dataclass(frozen=True)
class Before:
    """The years before a plan was made again.

    Attributes
    ----------
    starts
        The starts of those years and the studies under way then, `STARTS` as they stood when the plan was made again;
        `entries` with the first year of the run whose ledger has them (2021/12). Further: plan, the first year of the
        run that planned or recorded it [year]; priorities and targets that it counts for, separated by blanks; of a
        study that is only taken to have ended the level that is confirmed without it (held), and that which is
        confirmed where to have begun is enough (held_begun); empty: not known.
    people
        plan [year], and the columns of the news: who left, came, moved, changed, was on leave.
    line
        plan [year], target, year; attained and required [people] by the plan as it was first made.
    agencies
        The agencies of those years and what each was called, as some may have ended since.
    """

    starts: pd.DataFrame
    people: pd.DataFrame
    line: pd.DataFrame
    agencies: pd.DataFrame

    @property
    def first(self) -> int | None:
        """The first year of the whole scheme; None: nothing is known of it."""
        years = [*self.starts["plan"], *self.line["plan"]]
        return min(map(int, years)) if years else None

    @property
    def plans(self) -> tuple[int, ...]:
        """The first years of the plans that stood in those years."""
        return tuple(sorted({*map(int, self.starts["plan"]), *map(int, self.line["plan"])}))

    def tables(self) -> dict[str, str]:
        """The files: name -> text."""
        return {name: csv_text(getattr(self, key)) for key, name in FILES.items()}

    def agency_title(self, agency: str) -> str:
        """What an agency was called, in the language spoken now."""
        own = self.agencies.loc[self.agencies["agency"] == agency, f"title_{language()}"]
        return str(own.iloc[0]) if len(own) else agency

    def still_open(self) -> set[Key]:
        """The studies of which nobody confirmed that they began, and which had not ended."""
        own = self.starts
        return keys(own[own["status"].eq("unconfirmed") & own["outcome"].eq("under_way")])

    def lowered(self, problem: Problem, column: str) -> Problem:
        """The problem with the levels that are confirmed; `column` is held or held_begun."""
        people, ladders = people_of(problem), problem.scenario.ladders
        ladder = dict(zip(problem.programmes["programme"], problem.programmes["ladder"], strict=True))
        taken = self.starts[self.starts["outcome"].eq("presumed") & self.starts["cadre"].isin(people.index)]
        changed = False
        for cadre, programme, held in taken[["cadre", "programme", column]].itertuples(index=False, name=None):
            name = str(ladder.get(programme))
            if name not in people or (held and held not in ladders[name]):
                continue
            own = str(people.loc[cadre, name])
            if own and (not held or ladders[name].index(held) < ladders[name].index(own)):
                people.loc[cadre, name] = held
                changed = True
        if not changed:
            return problem
        blank = dict.fromkeys(problem.source.root.plain().get("blank") or (), "unknown")
        form: dict[str, Any] = {**CLEAN_FORM, "pins": None, "leave": None, **({"blank": blank} if blank else {})}
        return load(problem, form, roster=people, agencies=problem.agencies)


def keys(starts: pd.DataFrame) -> set[Key]:
    """The starts of a table."""
    rows = starts[["cadre", "programme"]].assign(start=starts["start"].fillna(0).astype(int))
    return {(str(c), str(p), int(s)) for c, p, s in rows.itertuples(index=False, name=None)}


def key_of(study: Study) -> Key:
    """A study as `keys` has it."""
    return study.cadre, study.programme, study.start or 0


def with_before(own: pd.DataFrame, before: Before | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The starts of all years: those of the years before, as they went on since, then those of this plan.

    Parameters
    ----------
    own
        `STARTS` of this plan.

    Returns
    -------
    pd.DataFrame
        The starts of the years before, all columns of `Before.starts`.
    pd.DataFrame
        Those of this plan that do not stand there.
    """
    if before is None:
        return pd.DataFrame(columns=[*STARTS, *COUNTED]).astype({"start": "Int64", "ended": "Int64"}), own
    past = before.starts.copy()
    going = {key: place for place, key in zip(past.index, _keys_of(past), strict=True)}
    again = own["status"] == "before"
    places = [going.get(key) if of else None for key, of in zip(_keys_of(own), again, strict=True)]
    for place, row in zip(places, own.to_dict("records"), strict=True):
        if place is None or past.loc[place, "outcome"] != "under_way":
            continue
        past.loc[place, ["outcome", "ended"]] = [row["outcome"], row["ended"]]
        told = [str(past.loc[place, "entries"]), str(row["entries"])]
        past.loc[place, "entries"] = "; ".join(filter(None, told))
        if row["entries"] and past.loc[place, "status"] == "unconfirmed":
            past.loc[place, "status"] = "happened"
    new = np.array([place is None for place in places], dtype=bool)  # a mask of rows, where there are none, too
    return past, own[new]


def _keys_of(starts: pd.DataFrame) -> list[Key]:
    numbers = starts["start"].fillna(0).astype(int)
    return [*zip(starts["cadre"].map(str), starts["programme"].map(str), numbers, strict=True)]


def carried(
    plan: Plan,
    earlier: Before | None,
    starts: pd.DataFrame,
    counted: Mapping[str, Mapping[str, Collection[bool]]],
    news: pd.DataFrame,
    confirmed: Mapping[str, Problem],
) -> Before:
    """What a run hands on to the run that is made from it.

    Parameters
    ----------
    plan
        The plan of the run.
    earlier
        What was handed on to the run itself.
    starts
        `STARTS` of all its years so far, those of the years before first, with the column `plan`.
    counted
        priorities and targets -> name -> for each start whether it counts.
    news
        What happened to people in its own years.
    confirmed
        held and held_begun -> the problem with the levels that are confirmed.
    """
    first = plan.problem.scenario.horizon.first
    told = starts.assign(
        **{key: _named(names, len(starts)) for key, names in counted.items()},
        **{key: _levels(problem, starts, plan.problem) for key, problem in confirmed.items()},
        entries=[_prefixed(str(entries), first) for entries in starts["entries"]],
    )
    people = news[news["what"].isin(PEOPLE)].assign(plan=first)[["plan", *NEWS]].astype("str")
    people["entry"] = [_prefixed(entry, first) for entry in people["entry"]]
    titles = [agency_titles(plan.problem, name) for name in LANGUAGES]
    names = [str(agency) for agency in plan.problem.agencies["agency"]]
    offices = pd.DataFrame([(name, *(own[name] for own in titles)) for name in names], columns=[*OFFICES])
    if earlier is None:
        line = attainment_by_year(plan).assign(plan=first)[[*LINE]]
        return Before(told, people.reset_index(drop=True), line, offices)
    people = pd.concat([earlier.people, people], ignore_index=True)
    offices = pd.concat([earlier.agencies, offices]).drop_duplicates("agency", keep="last", ignore_index=True)
    return Before(told, people, earlier.line, offices)


def _named(names: Mapping[str, Collection[bool]], count: int) -> list[str]:
    """For each start the names that it counts for, separated by blanks."""
    found: list[list[str]] = [[] for _ in range(count)]
    for name, mask in names.items():
        for place, covered in enumerate(mask):
            if covered and name:
                found[place].append(name)
    return [" ".join(each) for each in found]


def _levels(problem: Problem, starts: pd.DataFrame, own: Problem) -> list[str]:
    """Of each study that is taken to have ended the level that its cadre holds on its ladder; "": none is known."""
    people = people_of(problem)
    ladder = dict(zip(own.programmes["programme"], own.programmes["ladder"], strict=True))
    return [
        str(people.loc[cadre, ladder[programme]])
        if outcome == "presumed" and cadre in people.index and ladder.get(programme) in people
        else ""
        for cadre, programme, outcome in starts[["cadre", "programme", "outcome"]].itertuples(index=False, name=None)
    ]


def _prefixed(entries: str, first: int) -> str:
    """The numbers of entries with the first year of the run in whose ledger they stand."""
    parts = [part.strip() for part in entries.split(";") if part.strip()]
    return "; ".join(part if "/" in part or not part.isdecimal() else f"{first}/{part}" for part in parts)


# --- read back ------------------------------------------------------------------------------------------------------


def read_before(folder: str | Path) -> Before | None:
    """What a run folder holds of the years before; None: it was not made from another run, or by an older version.

    Raises
    ------
    InputError
        A file is missing where others are there, or is not what a run was written with.
    """
    files = {key: Path(folder) / name for key, name in FILES.items()}
    if not any(file.exists() for file in files.values()):
        return None
    starts = _typed(files["starts"], ("plan", *STARTS, *COUNTED[1:]), ("plan",), ("start", "ended"))
    people = _typed(files["people"], ("plan", *NEWS), ("plan",), ())
    line = _typed(files["line"], LINE, ("plan", "year", "attained", "required"), ())
    offices = _typed(files["agencies"], OFFICES, (), ())
    return Before(starts[[*STARTS, *COUNTED]], people, line, offices)


def _typed(file: Path, columns: Iterable[str], whole: Collection[str], open_: Collection[str]) -> pd.DataFrame:
    """A table with whole numbers in some columns, in some of which a cell may be empty."""
    table = csv_table(file)
    for name in columns:
        if name not in table:
            raise InputError(Fault("missing_column", {"name": name}, file))
        if name not in whole and name not in open_:
            continue
        sound = table[name].str.fullmatch(r"\d{1,9}") | (table[name].eq("") & (name in open_))
        if not sound.all():
            row = int(sound.index[~sound][0])
            raise InputError(Fault("cell_not_number", {"column": name, "found": table[name][row]}, file, row=row + 2))
        cells = [int(cell) if cell else None for cell in table[name]]
        table[name] = pd.array(cells, dtype="Int64") if name in open_ else pd.array(cells, dtype="int64")
    return table[[*columns]]
