"""Section 10 of the contract read plainly: how the cadres of a run stand when a later year begins, after what happened.

It shares nothing with planner but the form of its tables: the files are read by `plain_reading`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from plain_reading import Register, Row, calendar_years

NONE = 9999


class Happened(NamedTuple):
    """A row of a ledger; `date` as year-month-day."""

    date: str
    event: str
    cadre: str
    programme: str = ""
    start: str = ""
    to: str = ""

    @property
    def year(self) -> int:
        """The year of the date."""
        return int(self.date[:4])

    def __str__(self) -> str:
        return ",".join(self)


@dataclass
class Study:
    """A programme that somebody is in, was in, or was to begin; `start` 0: before all planning."""

    cadre: str
    programme: str
    start: int
    until: int
    planned: bool = False
    told: bool = False
    begun: bool = True
    outcome: str = ""
    row: int | None = None


@dataclass
class Standing:
    """The cadres as a year begins, each as a mapping of the roster's columns; the history; what was planned further."""

    roster: dict[str, dict[str, str]]
    studying: dict[str, set[tuple[str, int]]]
    history: set[tuple[str, str, str, str, str, frozenset[str], frozenset[str], frozenset[str]]]
    earlier: set[tuple[str, str, int]]
    gone: set[str] = field(default_factory=set)


class Years:
    """A run's scenario and plan, and what happened."""

    def __init__(self, scenario: Path, plan: Iterable[tuple[str, str, int]], happened: Sequence[Happened]) -> None:
        self.register = Register(scenario)
        self.plan = sorted(plan)
        self.happened = sorted(happened, key=lambda event: event.date)
        self.gone = {event.cadre: event.date for event in self.happened if event.event in ("left", "retired")}
        self.studies = [*self._at_first(), *self._planned()]
        self._really_began()
        self._did_not_begin()
        self._ended()

    def of(self, *kinds: str) -> list[Happened]:
        """The events of some kinds."""
        return [event for event in self.happened if event.event in kinds]

    def _lasts(self, programme: str) -> int:
        return calendar_years(self.register.programmes[programme])

    def _at_first(self) -> Iterable[Study]:
        for cadre, row in self.register.roster.items():
            years = (row.get("studying_until") or "").split()
            for programme, until in zip((row.get("studying") or "").split(), map(int, years), strict=True):
                rows = [
                    number
                    for number, past in enumerate(self.register.history)
                    if (past["cadre"], past["programme"], past["finish"]) == (cadre, programme, str(until))
                    and past["start"]
                ]
                start = int(self.register.history[rows[-1]]["start"]) if rows else 0
                yield Study(cadre, programme, start, until, row=rows[-1] if rows else None)

    def _planned(self) -> Iterable[Study]:
        for cadre, programme, start in self.plan:
            yield Study(cadre, programme, start, start + self._lasts(programme) - 1, planned=True)

    def _really_began(self) -> None:
        for event in self.of("admitted"):
            key = (event.cadre, event.programme, int(event.start))
            found = [each for each in self.studies if (each.cadre, each.programme, each.start) == key]
            for study in found:
                study.told = True
            if not found:
                self.studies.append(Study(*key, key[2] + self._lasts(key[1]) - 1, told=True))

    def _did_not_begin(self) -> None:
        declined = {(event.cadre, event.programme, int(event.start)) for event in self.of("declined")}
        for study in self.studies:
            if not study.planned:
                continue
            if (study.cadre, study.programme, study.start) in declined:
                study.begun = False
            elif not study.told:
                study.begun = not (self._was_gone(study) or self._on_leave(study) or self._elsewhere(study))

    def _was_gone(self, study: Study) -> bool:
        month = self.register.programmes[study.programme].get("begins", 1)
        return f"{study.start}-{month:02d}-01" >= self.gone.get(study.cadre, str(NONE))

    def _on_leave(self, study: Study) -> bool:
        return any(
            event.cadre == study.cadre and int(event.start) <= study.start <= int(event.to)
            for event in self.of("leave")
        )

    def _elsewhere(self, study: Study) -> bool:
        """Whether the cadre really began another study that leads to the same level, or higher before it."""
        added = [each for each in self.studies if each.told and not each.planned and each.cadre == study.cadre]
        return any(self._instead(real, study) for real in added)

    def _instead(self, real: Study, planned: Study) -> bool:
        mine, yours = (self.register.programmes[each.programme] for each in (real, planned))
        ladder = mine["ladder"]
        if ladder != yours["ladder"]:
            return False
        reached, wanted = (self.register.place(ladder, entry["to"]) for entry in (mine, yours))
        late = max(real.start, planned.start)
        again = any(
            event.cadre == real.cadre and event.programme in (real.programme, planned.programme) and event.year <= late
            for event in self.of("failed")
        )
        return not again and (reached == wanted or (reached > wanted and planned.start >= real.start))

    def _ended(self) -> None:
        for event in self.of("finished", "failed", "extended"):
            own = [
                each
                for each in self.studies
                if (each.cadre, each.programme) == (event.cadre, event.programme)
                and each.begun
                and each.start <= event.year
                and (not event.start or each.start == int(event.start))
            ]
            study = max(own, key=lambda each: each.start)
            study.until = int(event.to) if event.event == "extended" else event.year
            study.outcome = "" if event.event == "extended" else event.event

    # As a year begins.

    def stand(self, year: int) -> Standing:
        """The state in which a year begins."""
        roster = {cadre: self._row(cadre, str(year)) for cadre in self.register.roster if cadre not in self.gone}
        studying: dict[str, set[tuple[str, int]]] = {cadre: set() for cadre in roster}
        history = []
        past = list(self.register.history)
        finish = {study.row: study.until for study in self.studies if study.row is not None}
        for number, row in enumerate(past):
            history.append((*(row[name] for name in ("cadre", "agency", "programme", "start")), row, number))
        rows = {
            self._told(*cells, str(finish.get(number, row["finish"])), row["pools"], row["shares"], row["of_group"])
            for *cells, row, number in history
        }
        for study in self.studies:
            if not study.begun or study.start >= year:
                continue
            runs = study.until >= year and not study.outcome
            there = study.cadre in roster
            if runs and there:
                studying[study.cadre].add((study.programme, study.until))
            elif there and study.outcome != "failed":
                self._reach(roster[study.cadre], study.programme)
            if study.row is None and study.start:
                rows.add(self._counted(study))
            elif study.row is None and not runs and there:
                agency = roster[study.cadre]["agency"]
                rows.add(self._told(study.cadre, agency, study.programme, "", str(study.until), "", "", ""))
        earlier = {start for start in self.plan if start[2] >= year and start[0] in roster}
        return Standing(roster, studying, rows, earlier, {*self.gone})

    def _row(self, cadre: str, day: str) -> dict[str, str]:
        """The cells of a cadre with the changes that came by a day."""
        row = {**self.register.roster[cadre]}
        for event in self.of("transferred", "changed"):
            if event.cadre == cadre and event.date <= day:
                column, _, value = event.to.partition("=") if event.event == "changed" else ("agency", "", event.to)
                row[column] = value
        return row

    def _reach(self, row: dict[str, str], programme: str) -> None:
        entry = self.register.programmes[programme]
        ladder, to = entry["ladder"], entry["to"]
        held = self.register.level(row, ladder)
        if held is None or held < self.register.place(ladder, to):
            row[ladder] = to

    def _counted(self, study: Study) -> tuple[str, str, str, str, str, frozenset[str], frozenset[str], frozenset[str]]:
        month = self.register.programmes[study.programme].get("begins", 1)
        row: Row = self._row(study.cadre, f"{study.start}-{month:02d}-01")
        pools = [
            name
            for name, pool in self.register.seats.items()
            if study.programme in pool["programmes"] and self.register.covers(pool["who"], row, self.register.as_of)
        ]
        shares = [
            name
            for name, share in self.register.shares.items()
            if study.programme in share.get("programmes", self.register.programmes)
            and self.register.covers(share.get("among", {}), row, self.register.as_of)
        ]
        group = [
            name for name in shares if self.register.covers(self.register.shares[name]["who"], row, self.register.as_of)
        ]
        told = (study.cadre, row["agency"], study.programme, str(study.start), str(study.until))
        return self._told(*told, " ".join(pools), " ".join(shares), " ".join(group))

    @staticmethod
    def _told(
        cadre: str, agency: str, programme: str, start: str, finish: str, pools: str, shares: str, group: str
    ) -> tuple[str, str, str, str, str, frozenset[str], frozenset[str], frozenset[str]]:
        names = (frozenset(text.split()) for text in (pools, shares, group))
        return (cadre, agency, programme, start, finish, *names)  # type: ignore[return-value]


def plan_of(folder: Path) -> list[tuple[str, str, int]]:
    """The starts of a run folder."""
    with (folder / "assignments.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["cadre"], row["programme"], int(row["start"])) for row in csv.DictReader(file)]
