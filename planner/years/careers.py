"""What the years held for each cadre: the plan's starts as they really went, the study under way, the changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner.common.errors import Fault
from planner.inputs.problem import Problem
from planner.messages import Sentence
from planner.years.events import ENDS, GONE, OF_STUDIES, Event


@dataclass
class Study:
    """A programme that a cadre is in, was in, or was to begin.

    Attributes
    ----------
    start
        The year in which it began; None for one under way before all planning.
    until
        The last year it occupies, as far as is known.
    planned
        Whether the plan has it.
    past
        The row of the run's own history that it stands in; None for others.
    not_begun
        Why a planned start did not happen: declined, elsewhere, gone, on_leave; empty: it happened.
    outcome
        finished or failed, if the ledger says so.
    events
        What the ledger says of it.
    """

    cadre: str
    programme: str
    start: int | None
    until: int
    planned: bool = False
    past: int | None = None
    not_begun: str = ""
    outcome: str = ""
    events: list[Event] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        """Whether it happened."""
        return not self.not_begun

    def under_way(self, year: int) -> bool:
        """Whether it had begun, and not ended, by a year."""
        return self.begun and (self.start is None or self.start <= year)


@dataclass(frozen=True)
class Careers:
    """Everything that happened, by cadre.

    Attributes
    ----------
    studies
        Those under way at first, the plan's, and those that the ledger adds.
    gone, joined
        cadre -> the event.
    changes
        cadre -> (column, value, event), by date; `agency` is a column.
    leave
        The leave events.
    declined
        cadre, programme, start -> the event.
    faults
        Events that contradict each other, and events about studies that do not exist.
    """

    studies: list[Study]
    gone: dict[str, Event]
    joined: dict[str, Event]
    changes: dict[str, list[tuple[str, str, Event]]]
    leave: list[Event]
    declined: dict[tuple[str, str, int], Event]
    faults: list[Fault]


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table as named tuples; `Index` is their label."""
    return iter(table.itertuples())


def first_day(problem: Problem, programme: str, start: int) -> dt.date:
    """The first day of the month in which a programme begins."""
    return dt.date(start, problem.scenario.programmes[programme].begins or 1, 1)


def careers(problem: Problem, assignments: pd.DataFrame, events: Sequence[Event], joining: pd.DataFrame) -> Careers:
    """What the events make of a plan.

    Parameters
    ----------
    assignments
        The plan's starts: cadre, programme, start, finish [year].
    events
        Sound ones, of known cadres, programmes and agencies; none withdrawn.
    joining
        The rows of those who joined: cadre, studying, studying_until.
    """
    return _Careers(problem, events).read(assignments, joining)


class _Careers:
    def __init__(self, problem: Problem, events: Sequence[Event]) -> None:
        self.problem = problem
        self.events = sorted(events, key=lambda event: event.date)
        self.faults: list[Fault] = []
        self.studies: list[Study] = []
        programmes = problem.programmes.set_index("programme")
        self.lasts, self.ladder, self.high = (programmes[name].to_dict() for name in ("years", "ladder", "high"))

    def of(self, *kinds: str) -> list[Event]:
        return [event for event in self.events if event.kind in kinds]

    def read(self, assignments: pd.DataFrame, joining: pd.DataFrame) -> Careers:
        gone = self._each_once(*GONE)
        joined = self._each_once("joined")
        leave = self.of("leave")
        declined = {(event.cadre, event.programme, event.start or 0): event for event in self.of("declined")}
        self._twice()
        self._out_of_service(gone, joined)
        self.studies += self._at_first(joining)
        self.studies += [
            Study(str(row.cadre), str(row.programme), int(row.start), int(row.finish), planned=True)
            for row in rows_of(assignments)
        ]
        self._begin(declined, leave)
        self._not_begun(declined, gone, leave)
        for event in self.of(*OF_STUDIES):
            self._about_study(event)
        return Careers(self.studies, gone, joined, self._changes(), leave, declined, self.faults)

    def clash(self, event: Event, other: Event, why: str) -> None:
        """Two events contradict each other; told of the later one in its file."""
        self.faults.append(event.fault("ledger_contradicts", other=other, where=other.place, why=Sentence(why)))

    def _each_once(self, *kinds: str) -> dict[str, Event]:
        found: dict[str, Event] = {}
        for event in self.of(*kinds):
            if event.cadre in found:
                self.clash(event, found[event.cadre], "ledger_why_once")
            found.setdefault(event.cadre, event)
        return found

    def _twice(self) -> None:
        """The same said twice; two values for one thing on one day."""
        said: dict[object, Event] = {}
        for event in self.events:
            if event.said in said and event.kind not in (*GONE, "joined", *ENDS):
                self.faults.append(event.fault("ledger_twice", where=said[event.said].place))
            said.setdefault(event.said, event)
        valued: dict[object, Event] = {}
        for event in self.of("transferred", "changed", "extended"):
            what = event.to.partition("=")[0] if event.kind == "changed" else event.programme
            other = valued.setdefault((event.kind, event.cadre, event.date, what), event)
            if other.to != event.to:
                self.clash(event, other, "ledger_why_same_day")

    def _out_of_service(self, gone: dict[str, Event], joined: dict[str, Event]) -> None:
        for event in self.events:
            end, begin = gone.get(event.cadre), joined.get(event.cadre)
            if end is not None and event.kind not in (*GONE, "declined", "joined"):
                starts = event.kind == "admitted" and event.start is not None
                day = first_day(self.problem, event.programme, event.start or 0) if starts else event.date
                if max(day, event.date) >= end.date:
                    self.clash(event, end, "ledger_why_gone")
            if begin is not None and event.kind != "joined":
                early = event.date < begin.date or (event.start is not None and event.start < begin.date.year)
                if early:
                    self.clash(event, begin, "ledger_why_not_there_yet")

    def _at_first(self, joining: pd.DataFrame) -> Iterator[Study]:
        """The studies on the roster, each with its row of the run's history if it began in an earlier plan."""
        problem = self.problem
        history = problem.history
        codes, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
        for row in rows_of(problem.studies):
            cadre, programme, until = str(codes[row.cadre]), str(names[row.programme]), int(row.until)
            own = history[(history["cadre"] == cadre) & (history["programme"] == programme)]
            own = own[own["start"].notna() & (own["finish"] == until)]
            past = None if own.empty else int(own.index[-1])
            start = None if past is None else int(history["start"][past])
            yield Study(cadre, programme, start, until, past=past)
        for row in rows_of(joining):
            for programme, until in zip(row.studying.split(), row.studying_until.split(), strict=True):
                yield Study(str(row.cadre), programme, None, int(until))

    def _of(self, cadre: str) -> list[Study]:
        return [study for study in self.studies if study.cadre == cadre]

    def _begin(self, declined: dict[tuple[str, str, int], Event], leave: Collection[Event]) -> None:
        """The starts that the ledger confirms or adds."""
        for event in self.of("admitted"):
            start = event.start or 0
            if (event.cadre, event.programme, start) in declined:
                self.clash(event, declined[event.cadre, event.programme, start], "ledger_why_declined")
            for away in leave:
                if away.cadre == event.cadre and (away.start or 0) <= start <= int(away.to):
                    self.clash(event, away, "ledger_why_on_leave")
            own = [study for study in self._of(event.cadre) if study.programme == event.programme]
            same = next((study for study in own if study.start == start), None)
            if same is not None:
                same.events.append(event)
                continue
            for other in own if not self._failed(event.cadre, {event.programme}, start) else ():
                if other.events:
                    self.clash(event, other.events[0], "ledger_why_began_twice")
                elif not other.planned:
                    self.faults.append(event.fault("ledger_in_it_already", until=other.until))
            until = start + int(self.lasts[event.programme]) - 1
            self.studies.append(Study(event.cadre, event.programme, start, until, events=[event]))

    def _failed(self, cadre: str, programmes: Collection[str], by: int) -> bool:
        """Whether a study of some programmes failed by a year, so that it can begin again."""
        return any(
            event.cadre == cadre and event.programme in programmes and event.date.year <= by
            for event in self.of("failed")
        )

    def _not_begun(
        self, declined: dict[tuple[str, str, int], Event], gone: dict[str, Event], leave: Collection[Event]
    ) -> None:
        """The planned starts of which the ledger says, outright or by something else, that they did not happen."""
        added = [study for study in self.studies if not study.planned and study.start is not None and study.events]
        for study in self.studies:
            if not study.planned or study.start is None:
                continue
            event = declined.get((study.cadre, study.programme, study.start))
            if event is not None:
                study.not_begun = "declined"
                study.events.append(event)
                continue
            if study.events:  # it is confirmed
                continue
            end = gone.get(study.cadre)
            if end is not None and first_day(self.problem, study.programme, study.start) >= end.date:
                study.not_begun = "gone"
                study.events.append(end)
                continue
            elsewhere = next((other for other in added if self._instead(other, study)), None)
            away = next(
                (each for each in leave if each.cadre == study.cadre and _within(study.start, each)),
                None,
            )
            if elsewhere is not None:
                study.not_begun = "elsewhere"
                study.events.append(elsewhere.events[0])
            elif away is not None:
                study.not_begun = "on_leave"
                study.events.append(away)

    def _instead(self, real: Study, planned: Study) -> bool:
        """Whether a start that really happened leaves no room for a planned one: no level is reached twice."""
        if real.cadre != planned.cadre or self.ladder[real.programme] != self.ladder[planned.programme]:
            return False
        higher = self.high[planned.programme] - self.high[real.programme]
        assert real.start is not None
        assert planned.start is not None
        if higher > 0 or (higher < 0 and planned.start < real.start):
            return False
        return not self._failed(real.cadre, {real.programme, planned.programme}, max(real.start, planned.start))

    def _about_study(self, event: Event) -> None:
        """finished, failed, extended: the latest study of the programme that had begun by then."""
        own = [study for study in self._of(event.cadre) if study.programme == event.programme]
        if event.start is not None:
            own = [study for study in own if study.start == event.start]
        begun = [study for study in own if study.under_way(event.date.year)]
        if not begun:
            other = next((study for study in own if study.not_begun and study.events), None)
            if other is not None:
                self.clash(event, other.events[-1], f"ledger_why_{other.not_begun}")
            else:
                self.faults.append(event.fault("ledger_no_study"))
            return
        study = max(begun, key=lambda each: each.start or 0)
        later = next((each for each in study.events if each.kind == "admitted" and each.date > event.date), None)
        ended = next((each for each in study.events if each.kind in ENDS), None)
        if ended is not None and (event.kind, event.date) == (ended.kind, ended.date):
            self.faults.append(event.fault("ledger_twice", where=ended.place))
        elif later is not None:
            self.clash(event, later, "ledger_why_not_begun_yet")
        elif ended is not None:
            self.clash(event, ended, "ledger_why_ended")
        elif event.kind == "extended" and int(event.to) < max(study.until, event.date.year):
            self.faults.append(event.fault("ledger_shorter", until=max(study.until, event.date.year)))
        else:
            study.events.append(event)
            study.until = int(event.to) if event.kind == "extended" else event.date.year
            study.outcome = event.kind if event.kind in ENDS else study.outcome

    def _changes(self) -> dict[str, list[tuple[str, str, Event]]]:
        found: dict[str, list[tuple[str, str, Event]]] = defaultdict(list)
        for event in self.of("transferred", "changed"):
            column, _, value = event.to.partition("=")
            named = ("agency", event.to) if event.kind == "transferred" else (column.strip(), value.strip())
            found[event.cadre].append((*named, event))
        return dict(found)


def _within(year: int, away: Event) -> bool:
    return (away.start or 0) <= year <= int(away.to)
