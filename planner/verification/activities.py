"""What the plan has every cadre do: the chosen starts, beside the study that goes on anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.verification.findings import Finding, phrase

KEY = ["cadre", "programme", "start"]
BEFORE = 0  # the first year of current study: before anything planned


class Activity(NamedTuple):
    """One cadre in one programme, from year `first` to year `last`; `new` if the plan starts it."""

    person: int
    cadre: str
    course: int
    programme: str
    ladder: str
    mode: str
    low: int
    high: int
    first: int
    last: int
    new: bool

    @property
    def long(self) -> bool:
        """Whether the rules for `full_time` and `in_service` programmes concern it."""
        return self.mode != "short"

    @property
    def key(self) -> tuple[str, str, int]:
        """The start it is: cadre, programme, year."""
        return self.cadre, self.programme, self.first

    def runs(self, year: int) -> bool:
        """Whether it occupies the year."""
        return self.first <= year <= self.last


@dataclass(frozen=True)
class Chosen:
    """The readable starts of a plan and all that its cadres do.

    Attributes
    ----------
    starts
        One row per start, sorted by cadre, start, programme: cadre, programme, start [year], finish [year];
        `person` and `course`, the rows in the problem's `cadres` and `programmes`; of the programme ladder, mode, low,
        high (places in the ladder), serve [years], cost, open; `held`, the cadre's place in that ladder (-1 unknown).
    activities
        person -> starts and current study, the earliest first.
    """

    starts: pd.DataFrame
    activities: dict[int, list[Activity]]

    @property
    def busy(self) -> Iterable[list[Activity]]:
        """The activities of each cadre for whom the plan starts anything."""
        return (doing for doing in self.activities.values() if any(each.new for each in doing))


def level_held(on_roster: int, doing: Iterable[Activity], ladder: str, before: int) -> int:
    """The highest place on a ladder that a cadre holds when the year `before` begins; -1 unknown.

    Held on the roster, by current study that has ended, or, where the roster's level is known, by a start completed.
    """
    reached = (
        each.high
        for each in doing
        if each.ladder == ladder and each.last < before and (on_roster != UNKNOWN or not each.new)
    )
    return max([on_roster, *reached])


def choose(problem: Problem, assignments: pd.DataFrame) -> tuple[Chosen, list[Finding]]:
    """The starts that an assignments table names, and its rows that name none."""
    if missing := [name for name in KEY if name not in assignments]:
        gone, needed = phrase("verify_missing"), phrase("verify_column")
        findings = [Finding("assignments", (name,), gone, needed) for name in missing]
        return arranged(problem, starts_table(problem, pd.DataFrame(columns=KEY))), findings
    table = pd.DataFrame(
        {name: [_text(cell) for cell in assignments[name].to_numpy(dtype=object)] for name in KEY}, dtype=object
    )
    years = pd.to_numeric(table["start"], errors="coerce")
    unreadable = _unreadable(problem, table, years)
    readable = table.assign(start=years).drop(index=list(unreadable)).astype({"start": int})
    again = readable.duplicated(KEY)
    for row in readable.index[again]:
        unreadable[row] = (phrase("verify_twice"), phrase("verify_once"))
    findings = [Finding("assignments", tuple(table.loc[row, KEY]), *texts) for row, texts in sorted(unreadable.items())]
    return arranged(problem, starts_table(problem, readable[~again])), findings


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell).strip()


def _unreadable(problem: Problem, table: pd.DataFrame, years: pd.Series) -> dict[int, tuple[object, object]]:
    """Row -> what is found and what is allowed, for the rows that name no cadre, programme or year of the problem."""
    wrong: dict[int, tuple[object, object]] = {}
    first, last = int(problem.years[0]), int(problem.years[-1])
    for row in table.index[~(years.between(first, last) & (years % 1 == 0))]:
        wrong[row] = (table["start"][row], phrase("verify_horizon", first=first, last=last))
    for name, known in (("programme", problem.programmes), ("cadre", problem.cadres)):
        for row in table.index[~table[name].isin(known[name])]:
            wrong[row] = (phrase(f"verify_unknown_{name}", name=table[name][row]), phrase(f"verify_known_{name}"))
    return wrong


def starts_table(problem: Problem, rows: pd.DataFrame) -> pd.DataFrame:
    """The starts, whose keys the problem knows, with what it says of their cadres and programmes: `Chosen.starts`."""
    person = pd.Index(problem.cadres["cadre"]).get_indexer(rows["cadre"])
    course = pd.Index(problem.programmes["programme"]).get_indexer(rows["programme"])
    programmes = problem.programmes.iloc[course].reset_index(drop=True)
    starts: pd.DataFrame = programmes[["ladder", "mode", "low", "high", "serve", "cost", "open"]].assign(
        cadre=rows["cadre"].to_numpy(),
        programme=rows["programme"].to_numpy(),
        start=rows["start"].to_numpy(dtype=int),
        finish=rows["start"].to_numpy(dtype=int) + _years_occupied(problem, course) - 1,
        person=person,
        course=course,
        held=_held(problem, person, programmes["ladder"]),
    )
    return starts.sort_values(["cadre", "start", "programme"], ignore_index=True)


def _years_occupied(problem: Problem, course: np.ndarray) -> np.ndarray:
    """The calendar years that programmes occupy: m months begun in month b take ceil((b - 1 + m) / 12)."""
    entries = problem.scenario.programmes.values()
    years = [-(-((entry.begins or 1) - 1 + entry.months) // 12) for entry in entries]
    return np.asarray(years, dtype=int)[course]


def _held(problem: Problem, person: np.ndarray, ladder: pd.Series) -> np.ndarray:
    """The place on the start's ladder that the roster says of its cadre."""
    held = np.empty(len(person), dtype=int)
    for name in ladder.unique():
        on_it = (ladder == name).to_numpy()
        held[on_it] = problem.cadres[name].to_numpy()[person[on_it]]
    return held


def arranged(problem: Problem, starts: pd.DataFrame) -> Chosen:
    """The starts of a `starts_table`, beside the study that goes on anyway."""
    activities: dict[int, list[Activity]] = defaultdict(list)
    columns = ["person", "cadre", "course", "programme", "ladder", "mode", "low", "high"]
    for study in _rows(_studies(problem), [*columns, "until"]):
        activities[study[0]].append(Activity._make((*study[:-1], BEFORE, study[-1], False)))
    # The starts are sorted by cadre and start already, and current study comes before them.
    for start in _rows(starts, [*columns, "start", "finish"]):
        activities[start[0]].append(Activity._make((*start, True)))
    return Chosen(starts, dict(activities))


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    return table[columns].itertuples(index=False, name=None)


def _studies(problem: Problem) -> pd.DataFrame:
    """Current study: person, cadre, course, until [year] and the programme's columns."""
    person, course = problem.studies["cadre"].to_numpy(dtype=int), problem.studies["programme"].to_numpy(dtype=int)
    programmes = problem.programmes.iloc[course].reset_index(drop=True)
    return programmes.assign(
        person=person,
        cadre=problem.cadres["cadre"].to_numpy()[person],
        course=course,
        until=problem.studies["until"].to_numpy(dtype=int),
    )
