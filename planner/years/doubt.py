"""Starts that nobody confirmed and that the ledger speaks against: without a level before, or beside another study."""

from __future__ import annotations

from collections.abc import Iterator

from planner.inputs.problem import Problem
from planner.years.careers import Careers, Study, first_day

FULL_TIME, SHORT = "full_time", "short"


def in_doubt(problem: Problem, found: Careers, year: int) -> Iterator[tuple[Study, Study]]:
    """Each start before a year that is taken to have happened, and a study of which the ledger tells otherwise.

    By the plan's rules it cannot have begun: the other study was to reach the level that it starts from or requires and
    did not by then, or lasted on into its years. That is not decided here: it is the office that knows.
    """
    return _Doubts(problem, found).before(year)


class _Doubts:
    def __init__(self, problem: Problem, found: Careers) -> None:
        self.problem, self.found = problem, found
        programmes = problem.programmes.set_index("programme")
        names = ("ladder", "low", "high", "mode")
        self.ladder, self.low, self.high, self.mode = (programmes[name].to_dict() for name in names)
        self.place = {str(name): row for row, name in enumerate(problem.programmes["programme"])}
        self.own: dict[str, list[Study]] = {}
        for study in found.studies:
            self.own.setdefault(study.cadre, []).append(study)

    def before(self, year: int) -> Iterator[tuple[Study, Study]]:
        for study in self.found.studies:
            taken = study.planned and study.begun and not study.events
            if taken and study.start is not None and study.start < year:
                others = [other for other in self.own[study.cadre] if other is not study and other.events]
                other = next((each for each in others if self._against(study, each)), None)
                if other is not None:
                    yield study, other

    def _against(self, study: Study, other: Study) -> bool:
        return (other.begun and self._beside(study, other)) or self._missing(study, other)

    def _beside(self, study: Study, other: Study) -> bool:
        """Whether one cadre is never in both at once, and would have been."""
        assert study.start is not None
        if other.until < study.start or (other.start or 0) > study.until:
            return False
        modes = self.mode[study.programme], self.mode[other.programme]
        same = self.ladder[study.programme] == self.ladder[other.programme]
        return same or FULL_TIME in modes or SHORT not in modes

    def _missing(self, study: Study, other: Study) -> bool:
        """Whether the other was to reach a level that the start needs, and nothing else had reached it by then."""
        return any(
            ladder == self.ladder[other.programme]
            and int(self.high[other.programme]) >= level
            and self._held(study, ladder) < level
            for ladder, level in self._needs(study)
        )

    def _needs(self, study: Study) -> Iterator[tuple[str, int]]:
        """The levels that are to be held before it starts: ladder, place."""
        yield self.ladder[study.programme], int(self.low[study.programme])
        yield from self.problem.requires.get(self.place[study.programme], {}).items()

    def _held(self, study: Study, ladder: str) -> int:
        """The place of the level held before the first day of a start; -1: none is known."""
        assert study.start is not None
        cadres, levels = self.problem.cadres, self.problem.scenario.ladders[ladder]
        rows = cadres.loc[cadres["cadre"] == study.cadre]
        held = int(rows[ladder].iloc[0]) if ladder in cadres and len(rows) else -1
        day = first_day(self.problem, study.programme, study.start)
        for column, value, event in self.found.changes.get(study.cadre, ()):
            if column == ladder and event.date <= day and value in levels:
                held = levels.index(value)
        reached = (
            int(self.high[other.programme])
            for other in self.own[study.cadre]
            if other.begun and other.outcome != "failed" and other.until < study.start
            if self.ladder[other.programme] == ladder
        )
        return max([held, *reached])
