"""The years at random: what a ledger makes of a run, against the contract read plainly (`plain_years.py`).

A failure names its seed, which draws the same scenario and the same events again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from brute_force import TooManyPlansError, best_plan
from plain_reading import plain
from plain_years import Happened, Standing, Years, plan_of
from random_scenarios import random_scenario
from years import HEAD, starts

import planner
from planner import InputError
from planner.library.years import replan
from planner.messages import speaking
from planner.plans.run_folder import Run
from planner.report.text.changes import why
from planner.years.ledger import gather
from planner.years.state import State
from planner.years.successor import succeed

pytestmark = pytest.mark.usefixtures("english")
MASKED = "…"
SHORT = 1
UNTOLD = ("cadre", "studying", "studying_until")

seeds = pytest.mark.parametrize(
    "seed", [*range(SHORT), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(SHORT, 40))]
)


class Drawn:
    """Events of before a year, drawn for a run one by one; those that cannot be are left out."""

    def __init__(self, dice: random.Random, run: Run, year: int) -> None:
        self.dice, self.run, self.year = dice, run, year
        problem = run.problem
        self.scenario = problem.scenario
        self.first = self.scenario.horizon.first
        self.cadres = [str(code) for code in problem.cadres["cadre"]]
        self.agencies = [str(name) for name in problem.agencies["agency"]]
        self.programmes = [str(name) for name in problem.programmes["programme"]]
        self.plan = sorted(starts(run.plan()))
        studies = problem.studies
        self.studying = [
            (self.cadres[cadre], self.programmes[programme])
            for cadre, programme in zip(studies["cadre"], studies["programme"], strict=True)
        ]

    def events(self, most: int) -> list[Happened]:
        """At most so many that can all be."""
        found: list[Happened] = []
        for _ in range(self.dice.randint(0, most)):
            drawn = self._one()
            try:
                gather(self.run, self.written([*found, drawn]))
            except InputError:
                continue
            found.append(drawn)
        return found

    def nobody_stays(self, events: list[Happened]) -> bool:
        """Whether all leave, so that there is nobody to plan for."""
        return {event.cadre for event in events if event.event in ("left", "retired")} == {*self.cadres}

    def written(self, events: list[Happened]) -> Path:
        """The table of some events."""
        path = self.run.folder.parent / "events.csv"
        path.write_text(HEAD + "".join(f"{event},\n" for event in events), encoding="utf-8")
        return path

    def _one(self) -> Happened:
        dice = self.dice
        at = dice.randint(self.first, max(self.first, self.year - 1))
        day, cadre = f"{at}-{dice.randint(1, 12):02d}-{dice.choice(['01', '02', '11'])}", dice.choice(self.cadres)
        drawn = [
            Happened(day, dice.choice(["left", "retired"]), cadre),
            Happened(day, "transferred", cadre, to=dice.choice(self.agencies)),
            Happened(day, "changed", cadre, to=self._change()),
            Happened(day, "leave", cadre, start=str(at), to=str(at + dice.randint(0, 2))),
            Happened(day, "admitted", cadre, dice.choice(self.programmes), str(dice.randint(self.first, at))),
        ]
        if self.plan:
            start = dice.choice(self.plan)
            drawn += [Happened(day, "declined", *start[:2], str(start[2]))] * 2
        begun = [start[:2] for start in self.plan if start[2] <= at] + self.studying
        if begun:
            study = dice.choice(begun)
            drawn += [Happened(day, kind, *study) for kind in ("finished", "failed", "failed")]
            drawn += [Happened(day, "extended", *study, to=str(at + dice.randint(0, 3)))]
        return dice.choice(drawn)

    def _change(self) -> str:
        ladder = self.dice.choice(list(self.scenario.ladders))
        level = self.dice.choice(self.scenario.ladders[ladder])
        retires = self.year + self.dice.randint(-1, 6)
        return self.dice.choice([f"{ladder}={level}", f"retires={retires}", "post=leader", "sex=F", "local=yes"])


def differences(found: State, wanted: Standing, years: Years) -> Iterator[tuple[Any, ...]]:
    """Where the state that planner derives is another than the plain reading's."""
    roster = found.roster.set_index("cadre")
    if {*roster.index} != {*wanted.roster}:
        yield "cadres", {*roster.index} ^ {*wanted.roster}
        return
    for cadre, cells in wanted.roster.items():
        own = roster.loc[cadre]
        for column, value in cells.items():
            if column not in UNTOLD and not _same(years, column, value, str(own.get(column, ""))):
                yield cadre, column, value, own.get(column, "")
        studies = {*zip(own["studying"].split(), map(int, own["studying_until"].split()), strict=True)}
        if studies != wanted.studying[cadre]:
            yield cadre, wanted.studying[cadre], studies
    history = {
        (row["cadre"], row["agency"], row["programme"], row["start"], row["finish"], *_names(row))
        for row in found.history.astype(str).to_dict("records")
    }
    if _comparable(history, wanted.gone) != _comparable(wanted.history, wanted.gone):
        yield "history", _comparable(history, wanted.gone) ^ _comparable(wanted.history, wanted.gone)
    earlier = {(str(row.cadre), str(row.programme), int(row.start)) for row in found.earlier.itertuples()}
    if earlier != wanted.earlier:
        yield "earlier", earlier ^ wanted.earlier


def _same(years: Years, column: str, wanted: str, found: str) -> bool:
    """Whether two cells mean the same; what counts for nothing is masked, what other tables say is filled in."""
    if found == MASKED or (column in ("retires", "birth_year") and not wanted):
        return True
    if column in years.register.scenario["ladders"]:
        return [years.register.place(column, cell) if cell else None for cell in (wanted, found)] in (
            [place, place] for place in (None, *range(len(years.register.scenario["ladders"][column])))
        )
    return bool(plain(wanted) == plain(found))


def _names(row: dict[str, str]) -> list[frozenset[str]]:
    return [frozenset(row[name].split()) for name in ("pools", "shares", "of_group")]


def _comparable(rows: set[Any], gone: set[str]) -> set[Any]:
    """The rows without what counts for nothing: the end of a study of somebody gone, the agency of an old one."""
    return {
        (row[0], row[1] if row[3] else "", row[2], row[3], "" if row[0] in gone else row[4], *row[5:])
        for row in rows
        if row[3] or row[0] not in gone
    }


def a_random_run(seed: int, folder: Path) -> Path | None:
    """The scenario of a seed, solved: its file beside the folder `run`; None: it has no plan."""
    scenario = random_scenario(seed, folder / "scenario", "tiny")
    plan = planner.solve(scenario)
    if not plan.found:
        return None
    planner.write_run(plan, folder / "run")
    return scenario


@seeds
def test_the_state_of_a_year_is_what_the_contract_says(seed: int, tmp_path: Path) -> None:
    """Plan and ledger together are the roster, the history and the earlier plan of every year, over a chain of runs.

    Each new run verifies, its values are the best of all plans where all can be tried, and whatever changes is said.
    """
    dice = random.Random(f"chain/{seed}")
    scenario = a_random_run(seed, tmp_path)
    if scenario is None:
        return
    folder = tmp_path / "run"
    for year in planner.read_run(folder).problem.scenario.horizon.years[1:]:
        run = planner.read_run(folder)
        drawn = Drawn(dice, run, year)
        events = drawn.events(6)
        if drawn.nobody_stays(events):
            return
        table = drawn.written(events)
        years = Years(scenario, plan_of(folder), events)
        state = succeed(run, gather(run, table), year).state
        assert [*differences(state, years.stand(year), years)] == [], events
        found = replan(run, year, table, priced=dice.random() < 0.3, keep=dice.choice([None, "all", "none"]))
        if not found.plan.found:
            return
        for lang in ("en", "vi"):
            with speaking(lang):
                assert all(why(found.plan.problem, change) for change in found.changes if change.kind != "kept")
        folder = tmp_path / f"run-{year}"
        scenario = folder / "inputs" / "scenario.yaml"
        found.write(folder)
        assert planner.verify(folder).empty
        try:
            best = best_plan(scenario, most=20_000)
        except TooManyPlansError:
            continue
        values = dict(zip(found.plan.goals["goal"], found.plan.goals["value"], strict=True))
        assert best.goals == pytest.approx(values), events


@seeds
def test_what_is_withdrawn_never_happened(seed: int, tmp_path: Path) -> None:
    """Events that are recorded and then withdrawn, the last first, leave the state of every year as it was."""
    dice = random.Random(f"withdrawn/{seed}")
    if a_random_run(seed, tmp_path) is None:
        return
    run = planner.read_run(tmp_path / "run")
    years = run.problem.scenario.horizon.years
    before = [succeed(run, gather(run), year).state for year in years]
    drawn = Drawn(dice, run, years[-1])
    for _ in range(2):
        planner.record(run, drawn.written(drawn.events(4)))
        standing = planner.ledger(run)
        left = standing[standing["withdrawn_by"].isna() & (standing["event"] != "withdrawn")]
        for number in reversed(left["number"].astype(int).tolist()):
            planner.record(run, withdraw=number)
    for state, year in zip(before, years, strict=True):
        after = succeed(run, gather(run), year).state
        for name in ("roster", "history", "earlier", "news"):
            assert getattr(after, name).equals(getattr(state, name)), (name, year)


@seeds
def test_made_again_twice_is_made_again_once(seed: int, tmp_path: Path) -> None:
    """A new run made again from its own first year, without news, is itself: starts, people, history."""
    dice = random.Random(f"twice/{seed}")
    if a_random_run(seed, tmp_path) is None:
        return
    run = planner.read_run(tmp_path / "run")
    year = dice.choice(run.problem.scenario.horizon.years[1:])
    drawn = Drawn(dice, run, year)
    events = drawn.events(5)
    if drawn.nobody_stays(events):
        return
    once = replan(run, year, drawn.written(events), priced=False)
    if not once.plan.found:
        return
    folders = [tmp_path / "once", tmp_path / "twice"]
    once.write(folders[0])
    twice = replan(folders[0], year, priced=False)
    assert starts(twice.plan) == starts(once.plan)
    twice.write(folders[1])
    for one, other in pairwise(folders):
        for name in ("roster.csv", "history.csv", "agencies.csv"):
            assert (one / "inputs" / name).read_bytes() == (other / "inputs" / name).read_bytes(), name
