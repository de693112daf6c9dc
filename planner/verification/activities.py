"""What the plan has every cadre do: the chosen starts, beside the study that goes on anyway."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.messages import say
from planner.verification.findings import Finding, place

KEY = ["cadre", "programme", "start"]
BEFORE = 0  # the first year of current study: before anything planned


class Activity(NamedTuple):
    """One cadre in one programme, from year `first` to year `last`; `new` if the plan starts it."""

    person: int
    cadre: str
    programme: str
    ladder: str
    mode: str
    low: int
    high: int
    first: int
    last: int
    new: bool

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
        high (places in the ladder), serve [years], cost, open; `held`, the cadre's place in that ladder (-1 unknown);
        `points`.
    activities
        person -> starts and current study, the earliest first.
    last_year
        The last year that a start occupies, or the horizon's last [year].
    """

    starts: pd.DataFrame
    activities: dict[int, list[Activity]]
    last_year: int

    @property
    def busy(self) -> Iterable[list[Activity]]:
        """The activities of each cadre for whom the plan starts anything."""
        return (doing for doing in self.activities.values() if any(each.new for each in doing))


def choose(problem: Problem, assignments: pd.DataFrame) -> tuple[Chosen, list[Finding]]:
    """The starts that an assignments table names, and its rows that name none."""
    if missing := [name for name in KEY if name not in assignments]:
        findings = [Finding("assignments", name, say("verify_missing"), say("verify_column")) for name in missing]
        return _arranged(problem, _starts(problem, pd.DataFrame(columns=KEY))), findings
    table = pd.DataFrame(
        {name: [_text(cell) for cell in assignments[name].to_numpy(dtype=object)] for name in KEY}, dtype=object
    )
    years = pd.to_numeric(table["start"], errors="coerce")
    unreadable = _unreadable(problem, table, years)
    readable = table.assign(start=years).drop(index=list(unreadable)).astype({"start": int})
    again = readable.duplicated(KEY)
    for row in readable.index[again]:
        unreadable[row] = (say("verify_twice"), say("verify_once"))
    findings = [
        Finding("assignments", place(*table.loc[row, KEY]), *texts) for row, texts in sorted(unreadable.items())
    ]
    return _arranged(problem, _starts(problem, readable[~again])), findings


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell).strip()


def _unreadable(problem: Problem, table: pd.DataFrame, years: pd.Series) -> dict[int, tuple[str, str]]:
    """Row -> what is found and what is allowed, for the rows that name no cadre, programme or year of the problem."""
    wrong = {}
    first, last = int(problem.years[0]), int(problem.years[-1])
    for row in table.index[~(years.between(first, last) & (years % 1 == 0))]:
        wrong[row] = (place(table["start"][row]), say("verify_horizon", first=first, last=last))
    for name, known in (("programme", problem.programmes), ("cadre", problem.cadres)):
        for row in table.index[~table[name].isin(known[name])]:
            wrong[row] = (say(f"verify_unknown_{name}", name=table[name][row]), say(f"verify_known_{name}"))
    return wrong


def _starts(problem: Problem, rows: pd.DataFrame) -> pd.DataFrame:
    """The starts with what the problem says of their cadres and programmes."""
    person = pd.Index(problem.cadres["cadre"]).get_indexer(rows["cadre"])
    course = pd.Index(problem.programmes["programme"]).get_indexer(rows["programme"])
    programmes = problem.programmes.iloc[course].reset_index(drop=True)
    starts: pd.DataFrame = programmes.drop(columns=["programme", "years"]).assign(
        cadre=rows["cadre"].to_numpy(),
        programme=rows["programme"].to_numpy(),
        start=rows["start"].to_numpy(dtype=int),
        finish=rows["start"].to_numpy(dtype=int) + programmes["years"].to_numpy(dtype=int) - 1,
        person=person,
        course=course,
        held=_held(problem, person, programmes["ladder"]),
        points=problem.cadres["points"].to_numpy()[person],
    )
    return starts.sort_values(["cadre", "start", "programme"], ignore_index=True)


def _held(problem: Problem, person: np.ndarray, ladder: pd.Series) -> np.ndarray:
    """The place on the start's ladder that the roster says of its cadre."""
    held = np.empty(len(person), dtype=int)
    for name in ladder.unique():
        on_it = (ladder == name).to_numpy()
        held[on_it] = problem.cadres[name].to_numpy()[person[on_it]]
    return held


def _arranged(problem: Problem, starts: pd.DataFrame) -> Chosen:
    activities: dict[int, list[Activity]] = defaultdict(list)
    columns = ["person", "cadre", "programme", "ladder", "mode", "low", "high"]
    for study in _rows(_studies(problem), [*columns, "study_until"]):
        activities[study[0]].append(Activity._make((*study[:-1], BEFORE, study[-1], False)))
    # The starts are sorted by cadre and start already, and current study comes before them.
    for start in _rows(starts, [*columns, "start", "finish"]):
        activities[start[0]].append(Activity._make((*start, True)))
    last = int(problem.years[-1])
    return Chosen(starts, dict(activities), int(starts["finish"].max()) if len(starts) else last)


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    return table[columns].itertuples(index=False, name=None)


def _studies(problem: Problem) -> pd.DataFrame:
    """Current study: person, cadre, study_until [year] and the programme's columns."""
    studying = problem.cadres["study"].to_numpy() >= 0
    cadres = problem.cadres.loc[studying, ["cadre", "study", "study_until"]].rename_axis("person").reset_index()
    programmes = problem.programmes.iloc[cadres["study"]].reset_index(drop=True)
    return pd.concat([cadres, programmes], axis="columns")


AgencyYear = tuple[int, int]


def away(
    problem: Problem, chosen: Chosen, among: np.ndarray | None = None
) -> tuple[dict[AgencyYear, set[int]], dict[AgencyYear, set[int]]]:
    """The cadres away in each agency and year: all of them, and those whom current study alone takes away.

    Sets of persons by (row in `agencies`, year), `among` the given cadres only. A year counts a cadre once, however
    many programmes take them away.
    """
    everybody: dict[AgencyYear, set[int]] = defaultdict(set)
    studying: dict[AgencyYear, set[int]] = defaultdict(set)
    absence = problem.scenario.absence
    if absence is None:
        return everybody, studying
    first, last = int(problem.years[0]), max(chosen.last_year, int(problem.years[-1]))
    agencies = problem.cadres["agency_id"].to_numpy()
    for person, doing in chosen.activities.items():
        if among is not None and not among[person]:
            continue
        for activity in doing:
            if activity.mode not in absence.modes:
                continue
            for year in range(max(activity.first, first), min(activity.last, last) + 1):
                key = (int(agencies[person]), year)
                everybody[key].add(person)
                if not activity.new:
                    studying[key].add(person)
    return everybody, studying
