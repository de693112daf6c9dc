"""Plan against what happened: every start with what became of it, and counts of them by year, programme, office, group.

A start is a place, not a person: `cadres` counts the persons who began, each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.problem import NEVER, Problem
from planner.years.attained import Confirmed
from planner.years.before import STARTS, Before, carried, with_before
from planner.years.careers import Study, first_day, rows_of
from planner.years.known import Known, problem_of

WHOLE = ""
"""In the place of the year: all years so far."""
NOBODY = ""
"""In the place of a priority entry: starts that none of them covers."""
STATUS = ("happened", "unconfirmed", "declined", "otherwise", "unplanned", "before")
"""What became of a start. happened: planned, and the ledger confirms it. unconfirmed: planned, the ledger is silent.
declined. otherwise: planned and not begun for another reason (gone, on leave, another study instead). unplanned: begun
though nobody planned it. before: a study under way when the plan began."""
PLANNED = ("happened", "unconfirmed", "declined", "otherwise")
BEGAN = ("happened", "unconfirmed", "unplanned")
OUTCOME = ("finished", "failed", "presumed", "left", "under_way")
"""How a study that began ended. presumed: its time is over and the ledger is silent, so that it counts as finished.
left: the cadre left the service during it. under_way: not ended by the end of the year."""
COUNTS = (
    *("planned", "happened", "unconfirmed", "declined", "otherwise", "unplanned", "began", "cadres"),
    *("finished", "failed", "presumed", "left", "under_way"),
)


def starts_of(known: Known) -> pd.DataFrame:
    """Every start up to the year, planned or not, and every study that was under way when the plan began.

    Returns
    -------
    pd.DataFrame
        cadre; agency (on the first day of the start); programme; start [year, NA: under way before the plan]; status
        (`STATUS`); why (gone, on_leave, elsewhere; with `otherwise`); outcome (`OUTCOME`; empty: not begun); ended
        [year, NA: not ended]; entries (numbers of the ledger's entries, separated by semicolons).
    """
    rows = [_row(known, study) for study in known.careers.studies if _concerns(known, study)]
    table = pd.DataFrame(rows, columns=[*STARTS]).astype({"start": "Int64", "ended": "Int64"})
    return table.sort_values(["start", "cadre", "programme"], na_position="first", ignore_index=True)


def _concerns(known: Known, study: Study) -> bool:
    """Whether a study began by the year, and had not ended before the plan."""
    return (study.start or 0) <= known.year and (study.until >= known.first or study.planned)


def _row(known: Known, study: Study) -> tuple[Any, ...]:
    outcome, ended = _ended(known, study)
    why = study.not_begun if study.not_begun and study.not_begun != "declined" else ""
    entries = "; ".join(str(event.number) for event in study.events if event.number is not None)
    return (
        study.cadre,
        _agency(known, study),
        study.programme,
        study.start,
        _status(study),
        why,
        outcome,
        ended,
        entries,
    )


def _status(study: Study) -> str:
    if study.start is None:
        return "before"
    if not study.planned:
        return "before" if study.past is not None else "unplanned"
    if study.not_begun:
        return "declined" if study.not_begun == "declined" else "otherwise"
    return "happened" if study.events else "unconfirmed"


def _ended(known: Known, study: Study) -> tuple[str, int | None]:
    """How a study ended, and when."""
    if not study.begun:
        return "", None
    if study.outcome:
        return study.outcome, study.until
    gone = known.careers.gone.get(study.cadre)
    if gone is not None and gone.date.year <= study.until:
        return "left", gone.date.year
    return ("under_way", None) if study.until > known.year else ("presumed", study.until)


def _agency(known: Known, study: Study) -> str:
    """The agency on the first day of a start; of a study from before the plan that on the plan's roster."""
    people, joined = known.plan.problem.cadres, known.news.joiners
    held = people if (people["cadre"] == study.cadre).any() else joined
    own = str(held.loc[held["cadre"] == study.cadre, "agency"].iloc[0])
    if study.start is None:
        return own
    day = first_day(known.plan.problem, study.programme, study.start)
    for column, value, event in known.careers.changes.get(study.cadre, ()):
        if column == "agency" and event.date <= day:
            own = value
    return own


# --- counts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """Plan against what happened.

    Attributes
    ----------
    starts
        As `starts_of` gives them, those of the years before the plan was made again among them.
    first
        The first year of the whole scheme.
    by_year, by_programme, by_agency, by_priority, by_target
        key (but for by_year), year ("": all years so far), and the counts. Of the starts of the year: planned =
        happened + unconfirmed + declined + otherwise; unplanned; began = happened + unconfirmed + unplanned; cadres
        (persons who began). Of the studies that ended in the year, whenever they began: finished, failed, presumed,
        left. under_way at the end of the year. A start may count for several targets and priority entries.
    """

    starts: pd.DataFrame
    first: int
    by_year: pd.DataFrame
    by_programme: pd.DataFrame
    by_agency: pd.DataFrame
    by_priority: pd.DataFrame
    by_target: pd.DataFrame


@dataclass(frozen=True)
class _Course:
    """The starts of all years, `STARTS` and the column `plan`; for which priority entries and targets each counts."""

    starts: pd.DataFrame
    priorities: dict[str, np.ndarray]
    targets: dict[str, np.ndarray]


def _course_of(known: Known, before: Before | None) -> _Course:
    past, own = with_before(starts_of(known), before)
    own = own.assign(plan=known.first)
    whole = pd.concat([past[own.columns], own], ignore_index=True) if len(past) else own.reset_index(drop=True)
    masks = _Masks(known, own)
    return _Course(
        whole,
        {name: np.concatenate([_counting(past["priorities"], name), mask]) for name, mask in masks.priority().items()},
        {name: np.concatenate([_counting(past["targets"], name), mask]) for name, mask in masks.targets().items()},
    )


def _counting(names: pd.Series, name: str) -> np.ndarray:
    """For which starts of the years before a name stands among those that they count for."""
    return np.array([name in str(told).split() for told in names], dtype=bool)


def progress_of(known: Known, before: Before | None = None) -> Progress:
    """Plan against what happened, up to a year, since the first year of the scheme.

    Parameters
    ----------
    before
        The years before the plan was made again; None: it never was, or nothing is known of them.
    """
    problem = known.plan.problem
    course = _course_of(known, before)
    first = known.first if before is None or before.first is None else before.first
    order = course.starts.sort_values(["start", "cadre", "programme"], na_position="first").index
    starts = course.starts.loc[order, [*STARTS]].reset_index(drop=True)
    years = range(first, known.year + 1)
    whole = pd.DataFrame([*(_counts(starts, year) for year in years), _counts(starts, WHOLE)])
    whole.insert(0, "year", [*years, WHOLE])
    programmes = _each(starts["programme"], problem.scenario.programmes)
    agencies = _each(starts["agency"], map(str, problem.agencies["agency"]))
    priorities = {name: mask[order] for name, mask in course.priorities.items()}
    if priorities:
        priorities[NOBODY] = ~np.logical_or.reduce([*priorities.values()])
    targets = {name: mask[order] for name, mask in course.targets.items()}
    return Progress(
        starts,
        first,
        whole.astype({"year": object}),
        *(_table(starts, parts, known.year) for parts in (programmes, agencies, priorities, targets)),
    )


def handed_on(known: Known, before: Before | None) -> Before:
    """What a run knows of its years so far, for the run that is made from it."""
    course, sure = _course_of(known, before), Confirmed(known, before)
    counted = {"priorities": course.priorities, "targets": course.targets}
    confirmed = {"held": sure.ended, "held_begun": sure.begun}
    return carried(known.plan, before, course.starts, counted, known.state.news, confirmed)


def _each(cells: pd.Series, known: Iterable[str]) -> dict[str, np.ndarray]:
    """For each name which starts have it; those that the scheme does not know any more stand last."""
    names = list(known)
    gone = sorted({*map(str, cells)} - {*names})
    return {name: (cells == name).to_numpy() for name in (*names, *gone)}


def _table(starts: pd.DataFrame, parts: Mapping[str, np.ndarray], year: int) -> pd.DataFrame:
    rows = [
        {"key": key, "year": when, **_counts(starts[mask], when)}
        for key, mask in parts.items()
        for when in (year, WHOLE)
    ]
    return pd.DataFrame(rows, columns=["key", "year", *COUNTS]).astype({"year": object})


def _counts(starts: pd.DataFrame, year: int | str) -> dict[str, int]:
    whole = year == WHOLE
    started = starts["start"].fillna(0)
    over = starts["ended"].fillna(NEVER)
    own = starts if whole else starts[started == year]
    ended = starts if whole else starts[over == year]
    begun = own[own["status"].isin(BEGAN)]
    found = {status: int((own["status"] == status).sum()) for status in STATUS if status != "before"}
    last = NEVER - 1 if isinstance(year, str) else year
    running = (starts["outcome"] != "") & (started <= last) & (over > last)
    told = {
        "planned": sum(found[status] for status in PLANNED),
        **found,
        "began": len(begun),
        "cadres": begun["cadre"].nunique(),
        **{name: int((ended["outcome"] == name).sum()) for name in OUTCOME if name != "under_way"},
        "under_way": int(running.sum()),
    }
    return {name: told[name] for name in COUNTS}


class _Masks:
    """Which starts concern a priority entry or a target; joiners are read as they stand, all others as planned."""

    def __init__(self, known: Known, starts: pd.DataFrame) -> None:
        self.starts = starts
        self.problem = known.plan.problem
        joined = known.news.joiners
        self.later = problem_of(known) if len(joined) else None

    def _covers(self, mask: np.ndarray, later: np.ndarray | None) -> np.ndarray:
        """Whether each start's cadre is covered."""
        covered = dict(zip(self.problem.cadres["cadre"], mask, strict=True))
        if self.later is not None and later is not None:
            fresh = dict(zip(self.later.cadres["cadre"], later, strict=True))
            covered = {**fresh, **covered}
        return self.starts["cadre"].map(covered).fillna(value=False).to_numpy(dtype=bool)

    def priority(self) -> dict[str, np.ndarray]:
        """Entry of `priority` -> its starts."""
        found: dict[str, np.ndarray] = {}
        for name, entry in self.problem.scenario.priority.items():
            later = None if self.later is None else self.later.favoured[name]
            mask = self._covers(self.problem.favoured[name], later)
            if entry.programmes is not None:
                mask = mask & self.starts["programme"].isin(entry.programmes).to_numpy()
            found[name] = mask
        return found

    def targets(self) -> dict[str, np.ndarray]:
        """Target -> the starts of its members that lead to a level it asks for."""
        found = {}
        for name in self.problem.scenario.targets:
            later = None if self.later is None else self.later.members[name]
            leads = np.zeros(len(self.starts), dtype=bool)
            for programme in _leading(self.problem, name):
                leads |= (self.starts["programme"] == programme).to_numpy()
            found[name] = leads & self._covers(self.problem.members[name], later)
        return found


def _leading(problem: Problem, target: str) -> Iterator[str]:
    """The programmes that end at or above a level that a target asks for."""
    levels = problem.scenario.targets[target].level
    for row in rows_of(problem.programmes):
        wanted = levels.get(row.ladder)
        if wanted is not None and row.high >= problem.scenario.ladders[row.ladder].index(wanted):
            yield str(row.programme)
