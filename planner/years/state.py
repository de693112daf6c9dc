"""The cadres as a later year begins: who is there, what they hold and study, what counts of the years before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.roster.further_tables import read_history
from planner.years.careers import Careers, Study, first_day, rows_of
from planner.years.doubt import in_doubt
from planner.years.people import cleaned, people_of, with_values

HISTORY = ("cadre", "agency", "programme", "start", "finish", "pools", "shares", "of_group")
NEWS = ("what", "cadre", "agency", "programme", "start", "detail", "entry")
PLAN = ("cadre", "programme", "start")
TOLD = (
    *("unconfirmed", "in_doubt", "confirmed", "unplanned", "declined", "elsewhere", "gone", "on_leave"),
    *("finished", "failed", "extended", "taken_as_finished"),
    *("left", "retired", "joined", "transferred", "changed", "leave", "overdue"),
)
"""What the column `what` of the news may say of people and studies."""


@dataclass(frozen=True)
class State:
    """What a year begins with.

    Attributes
    ----------
    roster
        As a roster writes it: those who are there.
    history
        The columns of the contract, names separated by blanks.
    earlier
        cadre, programme, start: what the plan has from that year on, of those who are there.
    news
        what, cadre, agency, programme, start, detail, entry: a row for everything that happened or is taken to have
        happened; `entry` is the number of the ledger's entry, or file:row of an event that is not recorded.
    """

    roster: pd.DataFrame
    history: pd.DataFrame
    earlier: pd.DataFrame
    news: pd.DataFrame


def state_of(problem: Problem, assignments: pd.DataFrame, found: Careers, joiners: pd.DataFrame, year: int) -> State:
    """The state in which a year begins.

    Parameters
    ----------
    assignments
        The starts of the plan so far.
    found
        What the ledger makes of them.
    joiners
        The rows of those who joined.
    year
        Starts before it happened, unless the ledger says otherwise.
    """
    return _Years(problem, assignments, found, joiners, year).state()


class _Years:
    def __init__(
        self, problem: Problem, assignments: pd.DataFrame, found: Careers, joiners: pd.DataFrame, year: int
    ) -> None:
        self.problem, self.assignments, self.found, self.year = problem, assignments, found, year
        old = people_of(problem)
        fresh = joiners.drop(columns="entry", errors="ignore").set_index("cadre", drop=False)
        self.everybody = pd.concat([old, fresh]).fillna("").astype("str")
        names = problem.programmes["programme"]
        self.ladder = dict(zip(names, problem.programmes["ladder"], strict=True))
        self.high = dict(zip(names, problem.programmes["high"], strict=True))
        self.before = [study for study in found.studies if study.under_way(year - 1) and self._known(study)]

    def _known(self, study: Study) -> bool:
        return study.cadre in self.everybody.index

    def state(self) -> State:
        now = cleaned(with_values(self.everybody, [*self._changes_by(None)]), self.problem)
        now = self._with_levels(now)
        there = now[~now["cadre"].isin(self.found.gone)]
        plan = self.assignments[[*PLAN]]
        earlier = plan[(plan["start"] >= self.year) & plan["cadre"].isin(there["cadre"])]
        news = pd.DataFrame(self._news(there), columns=[*NEWS])
        return State(there.sort_values("cadre"), self._history(), earlier.reset_index(drop=True), news)

    # --- the roster -------------------------------------------------------------------------------------------------

    def _changes_by(self, day: dt.date | None) -> Iterator[tuple[str, str, str]]:
        for cadre, changes in self.found.changes.items():
            for column, value, event in changes:
                if day is None or event.date <= day:
                    yield cadre, column, value

    def _with_levels(self, roster: pd.DataFrame) -> pd.DataFrame:
        """Levels reached and studies under way, as the year begins."""
        ladders = self.problem.scenario.ladders
        result = roster.copy()
        held = {
            name: dict(zip(result["cadre"], result.get(name, ""), strict=True)) for name in ladders if name in result
        }
        running: dict[str, list[Study]] = {}
        for study in self.before:
            if self._runs(study):
                running.setdefault(study.cadre, []).append(study)
            elif study.outcome != "failed":
                ladder = self.ladder[study.programme]
                own, levels = held.setdefault(ladder, dict.fromkeys(result["cadre"], "")), ladders[ladder]
                now = levels.index(own[study.cadre]) if own[study.cadre] else -1
                own[study.cadre] = levels[max(now, int(self.high[study.programme]))]
        for name, own in held.items():
            if name in result or any(own.values()):
                result[name] = [own[cadre] for cadre in result["cadre"]]
        told = {
            cadre: sorted(studies, key=lambda each: (each.until, each.programme)) for cadre, studies in running.items()
        }
        result["studying"] = [" ".join(each.programme for each in told.get(code, ())) for code in result["cadre"]]
        result["studying_until"] = [
            " ".join(str(each.until) for each in told.get(code, ())) for code in result["cadre"]
        ]
        return result

    def _runs(self, study: Study) -> bool:
        """Whether it goes on in the year."""
        return not study.outcome and study.until >= self.year

    # --- the years before -------------------------------------------------------------------------------------------

    def _history(self) -> pd.DataFrame:
        rows = [self._past_row(row) for row in rows_of(self._raw_history())]
        ended = (study for study in self.before if study.start is None and not self._runs(study))
        for study in ended:
            if study.cadre not in self.found.gone:
                agency = self.everybody.loc[study.cadre, "agency"]
                rows.append((study.cadre, agency, study.programme, "", self._finish(study), "", "", ""))
        begun = [study for study in self.before if study.start is not None and study.past is None]
        counted = self._counted(begun)
        for study, (agency, *names) in zip(begun, counted, strict=True):
            rows.append((study.cadre, agency, study.programme, study.start, self._finish(study), *names))
        table = pd.DataFrame(rows, columns=[*HISTORY], dtype=object)
        order = table.assign(first=[int(start or 0) for start in table["start"]])
        return order.sort_values(["cadre", "first", "finish", "programme"], ignore_index=True)[[*HISTORY]]

    def _raw_history(self) -> pd.DataFrame:
        """The run's own history as it stands there, pools and shares that nobody defines any more included."""
        file = self.problem.source.table("history")
        return self.problem.history if file is None else read_history(file, self.problem.scenario.horizon.first)

    def _past_row(self, row: Any) -> tuple[Any, ...]:
        own = (study for study in self.before if study.past == row.Index)
        finish = next((self._finish(study) for study in own), int(row.finish))
        names = (" ".join(getattr(row, name)) for name in ("pools", "shares", "of_group"))
        return row.cadre, row.agency, row.programme, "" if pd.isna(row.start) else int(row.start), finish, *names

    def _finish(self, study: Study) -> int:
        """The last year it occupied: a study ends with the service."""
        gone = self.found.gone.get(study.cadre)
        return study.until if gone is None else max(study.start or 0, min(study.until, gone.date.year))

    def _broken_off(self, study: Study) -> bool:
        """Whether its cadre left the service before it had ended."""
        gone = self.found.gone.get(study.cadre)
        return gone is not None and gone.date.year <= study.until

    def _counted(self, begun: Iterable[Study]) -> list[tuple[str, str, str, str]]:
        """For each start the agency at that time, the pools, the shares, and the shares of whose group it was.

        Read as the cadre's row stood on the day of the start: with the changes until then, levels as on the roster.
        """
        starts = list(begun)
        stood = [self._changes_of(study) for study in starts]
        made = {number: self._problem_after(number) for number in set(stood)}
        return [self._of(made[number], study) for number, study in zip(stood, starts, strict=True)]

    def _changes_of(self, study: Study) -> int:
        """How many changes of the cadre had come by the first day of a start."""
        assert study.start is not None
        day = first_day(self.problem, study.programme, study.start)
        return sum(event.date <= day for _, _, event in self.found.changes.get(study.cadre, ()))

    def _problem_after(self, number: int) -> Problem:
        """The problem of everybody, each after so many changes."""
        if not number and len(self.everybody) == len(self.problem.cadres):
            return self.problem
        changes = [
            (cadre, column, value) for cadre, own in self.found.changes.items() for column, value, _ in own[:number]
        ]
        roster = cleaned(with_values(self.everybody, changes), self.problem)
        return load(self.problem, CLEAN_FORM, roster=roster, agencies=self.problem.agencies)

    def _of(self, problem: Problem, study: Study) -> tuple[str, str, str, str]:
        row = int(np.flatnonzero(problem.cadres["cadre"] == study.cadre)[0])
        scenario = problem.scenario
        pools = [
            name
            for name, pool in scenario.seats.items()
            if study.programme in pool.programmes and problem.pools.has(name, row)
        ]
        shares = [
            name
            for name, share in scenario.shares.items()
            if (share.programmes is None or study.programme in share.programmes) and problem.share_among.has(name, row)
        ]
        of_group = [name for name in shares if problem.share_group.has(name, row)]
        return str(problem.cadres["agency"].iloc[row]), " ".join(pools), " ".join(shares), " ".join(of_group)

    # --- what is said of it -----------------------------------------------------------------------------------------

    def _news(self, there: pd.DataFrame) -> list[tuple[Any, ...]]:
        return sorted([*self._of_studies(), *self._of_people(there)], key=lambda row: tuple(map(str, row)))

    def _row(self, what: str, study: Study, detail: object = "", event: object = None) -> tuple[Any, ...]:
        agency = self.everybody.loc[study.cadre, "agency"] if self._known(study) else ""
        return what, study.cadre, agency, study.programme, study.start or "", str(detail), _entry(event)

    def _of_studies(self) -> Iterator[tuple[Any, ...]]:
        for study in self.found.studies:
            if not self._known(study):
                continue
            told = study.events[-1] if study.events else None
            planned_before = study.planned and study.start is not None and study.start < self.year
            if planned_before and study.not_begun:
                yield self._row(study.not_begun, study, event=told)
            elif planned_before and not study.events:
                yield self._row("unconfirmed", study)
            elif planned_before and all(event.kind == "admitted" for event in study.events):
                yield self._row("confirmed", study, event=told)
            elif not study.planned and study.begun and study.events and study.events[0].kind == "admitted":
                yield self._row("unplanned", study, event=study.events[0])
            for event in study.events if study.begun else ():
                if event.kind in ("finished", "failed", "extended"):
                    yield self._row(event.kind, study, event.to or event.date.year, event)
            silent = study.begun and study.start is None and not study.events and study.until < self.year
            if silent and not self._broken_off(study):
                yield self._row("taken_as_finished", study, study.until)
        for study, other in in_doubt(self.problem, self.found, self.year):
            yield self._row("in_doubt", study, f"{other.programme} {other.start or ''}".strip(), other.events[-1])
        for (cadre, programme, start), event in self.found.declined.items():
            if start >= self.year:
                study = Study(cadre, programme, start, start)
                yield self._row("declined", study, event=event)

    def _of_people(self, there: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
        def row(what: str, cadre: str, detail: object, event: object) -> tuple[Any, ...]:
            return what, cadre, self.everybody.loc[cadre, "agency"], "", "", str(detail), _entry(event)

        for cadre, event in self.found.gone.items():
            yield row(event.kind, cadre, event.date, event)
        for cadre, event in self.found.joined.items():
            yield row("joined", cadre, event.date, event)
        for cadre, changes in self.found.changes.items():
            for column, value, event in changes:
                moved = event.kind == "transferred"
                yield row(event.kind, cadre, value if moved else f"{column}={value}", event)
        for event in self.found.leave:
            yield row("leave", event.cadre, f"{event.start}-{event.to}", event)
        retires = pd.to_numeric(there.get("retires", pd.Series(dtype="str")), errors="coerce")
        for code, year in retires[retires < self.year].items():
            yield row("overdue", str(code), int(year), None)


CLEAN_FORM: Mapping[str, Any] = {"headers": None, "sheets": None, "synonyms": None}
"""A clean roster needs no answers to the form of the one it came from."""


def _entry(event: Any) -> object:
    """The number of an entry of the ledger; of an event that is not recorded its file and row."""
    if event is None:
        return ""
    return event.number or f"{Path(str(event.file)).name}:{event.row}"
