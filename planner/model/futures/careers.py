"""What a cadre's studies come to in each future (`docs/reference/risk.md`).

In a year, first people go: who has left, retired or been transferred in it begins nothing in it, and a study under
way ends without its level. Then the year's starts: one needs the level its programme starts from, and every level that
it requires, as they were at the end of the year before; then it may be declined. Then the year's studies: each may
fail, in any year that it occupies, and ends without its level. At the end of its last year a study reaches its level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.rates import OF_PEOPLE
from planner.model.futures.draws import Draws
from planner.model.futures.rates import Rates

LATER = np.int16(32_000)
"""A year that does not come."""


@dataclass(frozen=True)
class Study:
    """A start of the plan, or a study under way before it.

    Attributes
    ----------
    start
        None: under way before the plan.
    finish
        The last year it occupies.
    known
        Whether its level counts: not for a start of a cadre whose level on the ladder nobody knows.
    needs
        For each level that the start needs and the roster does not give: the places, among the cadre's studies, of
        those that give it in time.
    declined
        The chance that the start is declined.
    failing
        year, chance of failing in it.
    """

    programme: str
    ladder: str
    low: int
    high: int
    start: int | None
    finish: int
    known: bool
    needs: tuple[tuple[int, ...], ...]
    declined: float
    failing: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Career:
    """A cadre: row on the roster, code, agency's row; levels held; studies, those that begin first standing first.

    `leaving` are year, event, chance, sorted by year.
    """

    row: int
    cadre: str
    agency: int
    levels: Mapping[str, int]
    studies: tuple[Study, ...]
    leaving: tuple[tuple[int, str, float], ...]

    @property
    def at_risk(self) -> bool:
        """Whether anything may happen."""
        return bool(self.leaving) or any(study.declined or study.failing for study in self.studies)

    def years_at_risk(self) -> set[int]:
        """The years in which anything may happen."""
        found = {year for year, _, _ in self.leaving}
        for study in self.studies:
            found |= {year for year, _ in study.failing}
            found |= {study.start} if study.declined and study.start is not None else set()
        return found


def careers_of(problem: Problem, starts: pd.DataFrame, rates: Rates) -> list[Career]:
    """The cadres in the order of the roster; `starts` has rows of the problem's tables, and start, finish [year]."""
    reader = _Reader(problem, rates)
    return [reader.career(row, own) for row, own in _studies_by_cadre(problem, starts)]


Span = tuple[int, int | None, int]
"""A study: programme's row, start (None: under way before the plan), finish [year]."""


def _studies_by_cadre(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, list[Span]]]:
    """Each cadre's row and studies."""
    own: list[list[Span]] = [[] for _ in range(len(problem.cadres))]
    for cadre, programme, until in problem.studies[["cadre", "programme", "until"]].to_numpy(dtype=int).tolist():
        own[cadre].append((programme, None, until))
    columns = ["cadre", "programme", "start", "finish"]
    for cadre, programme, start, finish in starts[columns].to_numpy(dtype=int).tolist():
        own[cadre].append((programme, start, finish))
    for row, found in enumerate(own):
        yield row, sorted(found, key=lambda study: (study[1] or 0, study[2], study[0]))


class _Reader:
    def __init__(self, problem: Problem, rates: Rates) -> None:
        self.problem, self.rates = problem, rates
        programmes = problem.programmes
        self.names = [str(name) for name in programmes["programme"]]
        self.ladders = [str(name) for name in programmes["ladder"]]
        self.low, self.high = programmes["low"].to_numpy(dtype=int), programmes["high"].to_numpy(dtype=int)
        self.held = {name: problem.cadres[name].to_numpy(dtype=int) for name in problem.scenario.ladders}
        self.codes, self.agencies = problem.cadres["cadre"].to_numpy(), problem.cadres["agency_id"].to_numpy(dtype=int)

    def career(self, row: int, own: Sequence[Span]) -> Career:
        levels = {name: int(held[row]) for name, held in self.held.items()}
        studies = tuple(self.study(row, levels, own, place) for place in range(len(own)))
        return Career(row, str(self.codes[row]), int(self.agencies[row]), levels, studies, tuple(self.leaving(row)))

    def leaving(self, row: int) -> Iterator[tuple[int, str, float]]:
        for place, year in enumerate(self.rates.years):
            for event in OF_PEOPLE:
                if chance := float(self.rates.of_people[event][place, row]):
                    yield year, event, chance

    def study(self, row: int, levels: Mapping[str, int], own: Sequence[Span], place: int) -> Study:
        programme, start, finish = own[place]
        ladder = self.ladders[programme]
        wanted = {} if start is None else {ladder: int(self.low[programme])}
        further = {} if start is None else self.problem.requires.get(programme, {})
        for name, level in further.items():
            wanted[name] = max(level, wanted.get(name, 0))
        needs = tuple(
            tuple(
                each
                for each, (before, _, until) in enumerate(own)
                if start is not None and until < start and self.ladders[before] == name and self.high[before] >= level
            )
            for name, level in wanted.items()
            if levels[name] < level
        )
        return Study(
            self.names[programme],
            ladder,
            int(self.low[programme]),
            int(self.high[programme]),
            start,
            finish,
            start is None or levels[ladder] != UNKNOWN,
            needs,
            0.0 if start is None else self.chance("declined", start, programme, row),
            tuple(
                (year, chance)
                for year in self.rates.years
                if (start or 0) <= year <= finish and (chance := self.chance("failed", year, programme, row))
            ),
        )

    def chance(self, event: str, year: int, programme: int, row: int) -> float:
        years = self.rates.years
        return float(self.rates.of_studies[event][years.index(year), programme, row]) if year in years else 0.0


# --- futures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Events:
    """What is drawn for a cadre: where each thing happens, as Booleans over the futures, each with its year."""

    leaving: tuple[tuple[int, np.ndarray], ...]
    declined: tuple[np.ndarray | None, ...]
    failing: tuple[tuple[tuple[int, np.ndarray], ...], ...]


def events_of(career: Career, draws: Draws) -> Events:
    """The events of a cadre in some futures."""
    cadre = career.cadre
    leaving = tuple((year, draws.happens(rate, event, cadre, "", year)) for year, event, rate in career.leaving)
    declined = tuple(
        draws.happens(study.declined, "declined", cadre, study.programme, study.start)
        if study.declined and study.start is not None
        else None
        for study in career.studies
    )
    failing = tuple(
        tuple((year, draws.happens(rate, "failed", cadre, study.programme, year)) for year, rate in study.failing)
        for study in career.studies
    )
    return Events(leaving, declined, failing)


def no_events(career: Career) -> Events:
    """One future in which nothing happens."""
    return Events((), (None,) * len(career.studies), ((),) * len(career.studies))


@dataclass(frozen=True)
class Lived:
    """A cadre in some futures.

    Attributes
    ----------
    gone
        The first year out of the scheme, or LATER.
    begun, reached
        For each study: whether it begins; whether it reaches its level.
    failed
        For each study: the year in which it fails, or LATER.
    """

    gone: np.ndarray
    begun: tuple[np.ndarray, ...]
    failed: tuple[np.ndarray, ...]
    reached: tuple[np.ndarray, ...]


def lived(career: Career, events: Events, count: int, *, calm: int | None = None, sure: int | None = None) -> Lived:
    """A career in `count` futures.

    Parameters
    ----------
    calm
        A year in which nothing happens to the cadre.
    sure
        The place of a study that is neither declined nor fails.
    """
    gone = np.full(count, LATER)
    for year, happens in reversed(events.leaving):
        if year != calm:
            gone[happens] = year
    begun: list[np.ndarray] = []
    failed: list[np.ndarray] = []
    reached: list[np.ndarray] = []
    for place, study in enumerate(career.studies):
        begins = np.ones(count, dtype=bool) if study.start is None else gone > study.start
        for givers in study.needs:
            begins &= np.logical_or.reduce([reached[giver] for giver in givers], axis=0) if givers else False
        declines = events.declined[place]
        if declines is not None and place != sure and study.start != calm:
            begins &= ~declines
        fails = np.full(count, LATER)
        for year, happens in reversed(events.failing[place]):
            if year != calm and place != sure:
                fails[happens] = year
        begun.append(begins)
        failed.append(fails)
        reached.append(begins & (fails == LATER) & (gone > study.finish))
    return Lived(gone, tuple(begun), tuple(failed), tuple(reached))
