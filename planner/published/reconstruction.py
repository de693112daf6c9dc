"""A roster rebuilt from published counts, and how well it fits them (contract, section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.csv_cells import csv_text
from planner.common.files import fresh_folder
from planner.inputs.problem import required
from planner.messages import say
from planner.published.audit import item_name
from planner.published.draws import idle
from planner.published.loading import Published
from planner.published.margins import Margins, margins
from planner.published.overlaps import group_of
from planner.published.people import draw_headcounts, draw_people
from planner.published.schema import Breakdown, Demand, word
from planner.published.strata import Ground, age_range

FIT = "fit.csv"
TABLES = ("roster.csv", "agencies.csv")
SEED = 2021
HAND = ["cadre", "agency"]


@dataclass(frozen=True)
class Reconstruction:
    """A rebuilt roster.

    Attributes
    ----------
    roster
        One row per cadre, in the columns that the file names; all text, empty where nothing is known.
    agencies
        agency, headcount [people], and their titles where the file has any.
    fit
        table, item, published, rebuilt [people]: every published count beside that of the roster; where a percentage
        alone is published, the count nearest to that of the roster that it allows. Demand lines stand under `demands`
        if tables make their groups and the roster has their ladders.
    notes
        What is drawn, assumed, chosen or contradictory: sentences in the language spoken.
    """

    roster: pd.DataFrame
    agencies: pd.DataFrame
    fit: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def deviations(self) -> pd.DataFrame:
        """The counts that are not met: there the tables contradict each other."""
        return self.fit[self.fit["published"] != self.fit["rebuilt"]]

    def write(self, folder: str | Path, *, force: bool = False) -> None:
        """Write roster.csv, agencies.csv and fit.csv into a new folder, all or nothing.

        Raises
        ------
        InputError
            The folder exists and may not be replaced, or cannot be written.
        """
        with fresh_folder(folder, force=force, mark=FIT, others=TABLES, not_recorded=()) as draft:
            for name, table in (("roster.csv", self.roster), ("agencies.csv", self.agencies), (FIT, self.fit)):
                (draft / name).write_bytes(csv_text(table).encode())


def reconstruct(published: Published, seed: int = SEED) -> Reconstruction:
    """Rebuild a roster that meets the published counts; the same file and seed give the same bytes.

    Raises
    ------
    InputError
        The totals of the tables allow no roster, or a column's other values are nowhere named.
    """
    rng = np.random.default_rng(seed)
    ground = Ground(published)
    found = margins(ground, rng)
    people = draw_people(ground, found, rng)
    agencies = draw_headcounts(ground, people, rng)
    columns = published.content.columns or [*HAND, *sorted(set(people.columns) - {*HAND, "stratum"})]
    roster = people.reindex(columns=columns, fill_value="")
    fit = pd.DataFrame(_fit(published, people), columns=["table", "item", "published", "rebuilt"])
    return Reconstruction(roster, agencies, fit, tuple(_notes(published, found, roster, fit, seed)))


# --- the fit, counted on the roster alone ---------------------------------------------------------------------------


def _fit(published: Published, roster: pd.DataFrame) -> Iterator[tuple[str, str, int, int]]:
    for name, table in published.content.tables.items():
        inside = _inside(published, roster, name)
        yield name, "total", table.total, int(inside.sum())
        for part, breakdown in table.breakdowns.items():
            for place in range(len(breakdown.cells)):
                item = item_name(published, ("tables", name, "breakdowns", part, "cells", place))
                rebuilt = int((inside & _counted(published, roster, breakdown, place)).sum())
                yield name, item, published.counts(name, part, place).nearest(rebuilt), rebuilt
    for name, demand in published.content.demands.items():
        if not _told(published, roster, demand):
            continue
        asked = sum(_lacking(published, roster, target) for target in demand.targets)
        for table_name in demand.besides:
            below = _inside(published, roster, table_name)
            for ladder, level in demand.level.items():
                below &= ~_holds(published, roster, ladder, level)
            asked += int(below.sum())
        if demand.targets:
            yield "demands", name, demand.total, asked


def _told(published: Published, roster: pd.DataFrame, demand: Demand) -> bool:
    """Whether tables make the groups that a demand line counts, and the roster has the ladders."""
    targets = [published.scenario.targets[name] for name in demand.targets]
    levels = [demand.level, *(target.level for target in targets)]
    grouped = all(group_of(published, target) is not None for target in targets)
    return grouped and all(ladder in roster for level in levels for ladder in level)


def _inside(published: Published, roster: pd.DataFrame, table: str) -> np.ndarray:
    """The roster's rows that have the values of a table."""
    inside = np.ones(len(roster), dtype=bool)
    for column, value in published.content.tables[table].who.items():
        inside &= (roster[column] == value).to_numpy(dtype=bool)
    return inside


def _holds(published: Published, roster: pd.DataFrame, ladder: str, level: str) -> np.ndarray:
    names = published.scenario.ladders[ladder][published.place(ladder, level) :]
    return roster[ladder].isin(names).to_numpy(dtype=bool)


def _studies(roster: pd.DataFrame, breakdown: Breakdown, place: int) -> tuple[np.ndarray, np.ndarray]:
    """Who studies for the cell at `place`, and who studies for any cell of the breakdown."""
    names = [cell.studying.programme if cell.studying is not None else None for cell in breakdown.cells]
    own = names[place]
    here = (roster["studying"] == own).to_numpy(dtype=bool) & (names.index(own) == place)
    return here, roster["studying"].isin([name for name in names if name]).to_numpy(dtype=bool)


def _counted(published: Published, roster: pd.DataFrame, breakdown: Breakdown, place: int) -> np.ndarray:
    """Who is counted in a cell: has its value, or studies for it."""
    when = breakdown.cells[place].when
    here, somewhere = _studies(roster, breakdown, place)
    if when.column in published.scenario.ladders:
        has = roster[when.column].isin(sorted(published.levels(when)))
    elif when.column == "age":
        age = published.year - roster["birth_year"].astype(int)
        has = age.between(*age_range(when))
    else:
        has = roster[when.column].isin([word(value) for value in when.values])
    counted: np.ndarray = here | (has.to_numpy(dtype=bool) & ~somewhere)
    return counted


def _lacking(published: Published, roster: pd.DataFrame, name: str) -> int:
    """How many a target still asks for, counted on the roster: those who study for the level hold it."""
    target = published.scenario.targets[name]
    group = group_of(published, target)
    if group is None:
        return 0
    made = published.content.members[group]
    inside = _inside(published, roster, made.table)
    for other in made.without:
        inside &= ~_inside(published, roster, other)
    holding = inside.copy()
    for ladder, level in target.level.items():
        holding &= _holds(published, roster, ladder, level) | _counted_above(
            published, roster, made.table, ladder, level
        )
    return max(0, required(target, int(inside.sum())) - int(holding.sum()))


def _counted_above(published: Published, roster: pd.DataFrame, table: str, ladder: str, level: str) -> np.ndarray:
    """Who studies for a cell of the table that counts as the level or a higher one."""
    found = np.zeros(len(roster), dtype=bool)
    for breakdown in published.content.tables[table].breakdowns.values():
        for cell in breakdown.cells:
            if breakdown.column == ladder and cell.studying is not None:
                to = published.scenario.programmes[cell.studying.programme].to
                if published.place(ladder, to) >= published.place(ladder, level):
                    found |= (roster["studying"] == cell.studying.programme).to_numpy(dtype=bool)
    return found


# --- notes ----------------------------------------------------------------------------------------------------------


def _notes(published: Published, found: Margins, roster: pd.DataFrame, fit: pd.DataFrame, seed: int) -> Iterator[str]:
    ground = Ground(published)
    fixed = {column for table in published.content.tables.values() for column in table.who} | ground.counted
    empty = [name for name in roster.columns if not roster[name].astype(bool).any()]
    drawn = [name for name in roster.columns if name not in {*fixed, *empty, "cadre"}]
    yield say("note_drawn", seed=seed, columns=", ".join(drawn))
    if empty and len(roster):
        yield say("note_empty", columns=", ".join(empty))
    if idle_rules := idle(ground):
        yield say("note_idle", columns=", ".join(idle_rules))
    cells = [
        cell for table in published.content.tables.values() for part in table.breakdowns.values() for cell in part.cells
    ]
    if alone := sum(cell.count is None for cell in cells):
        yield say("note_percent_alone", number=alone)
    if "studying" in roster and (studying := int((roster["studying"] != "").sum())):
        yield say("note_studying", number=studying)
    for (one, other), (low, high, drawn_both) in found.shared.items():
        yield say("note_common", tables=f"{one} + {other}", number=drawn_both, low=low, high=high)
    for table, number in found.beside.items():
        yield say("note_beside", table=table, number=number)
    for row in fit[fit["published"] != fit["rebuilt"]].itertuples():
        key = "note_demand_deviation" if row.table == "demands" else "note_deviation"
        yield say(key, table=row.table, item=row.item, published=row.published, rebuilt=row.rebuilt)
