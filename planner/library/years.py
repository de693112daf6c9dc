"""What happened, and the plan made again from a later year on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from planner.analysis.parallel import OnProgress as OnQuestions
from planner.analysis.parallel import silent
from planner.analysis.replanning import substitutes as seats
from planner.analysis.replanning.announced import Start, with_announced
from planner.analysis.replanning.changes import Change, changes, changes_table
from planner.analysis.replanning.frontier import Point
from planner.analysis.replanning.frontier import frontier as frontier_of
from planner.analysis.replanning.places import admissible
from planner.analysis.replanning.reserves import Reserves, reserves_table
from planner.analysis.replanning.reserves import reserves as of_lists
from planner.analysis.replanning.substitutes import Substitutes, substitutes_table
from planner.analysis.what_if import WhatIf, with_pin
from planner.common.csv_cells import csv_text
from planner.common.errors import Fault, InputError
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.messages import in_each_language
from planner.optimiser.decomposition import SolveCache
from planner.plans.plan import Plan
from planner.plans.run_folder import INPUTS, Run, read_run, write_run
from planner.plans.tables import number
from planner.solver import OnProgress, solve_problem
from planner.years import ledger as own
from planner.years.before import Before, read_before
from planner.years.checking import standing
from planner.years.events import COLUMNS
from planner.years.known import known_by
from planner.years.ledger import News, Recorded, gather
from planner.years.progress import handed_on
from planner.years.reform.applied import Applied
from planner.years.reform.reform_file import read_reform
from planner.years.successor import SUBSTITUTE, Keep, Successor, succeed, with_files

ARun = Run | str | Path
START = ("cadre", "programme", "start")


def read_of(run: ARun) -> Run:
    """The run, read where its folder is given."""
    return run if isinstance(run, Run) else read_run(run)


# --- the ledger -----------------------------------------------------------------------------------------------------


def record(
    run: ARun,
    ledger: str | Path | None = None,
    joiners: str | Path | None = None,
    *,
    withdraw: int | None = None,
    note: str = "",
    by: str | None = None,
) -> Recorded:
    """Add what happened to the run's own ledger, all of it or nothing: `planner record`.

    Parameters
    ----------
    run
        A run, or its folder.
    ledger
        A table (.csv, .xlsx) of events: date, event, cadre, programme, start, to, note.
    joiners
        The rows of those who joined, with the roster's columns.
    withdraw
        The number of an entry to take back.
    note
        Why it is taken back.
    by
        Who records; by default the account of the machine.

    Returns
    -------
    Recorded
        `entries` (number, recorded, by, date, event, cadre, programme, start, to, note, seal); `known`: events that
        were recorded before; `blank`: rows that name no event; `unread`: columns that no ledger has.

    Raises
    ------
    InputError
        Everything wrong with the events, with file and row: nothing is recorded then.
    """
    more = () if withdraw is None else (own.withdrawal(withdraw, note),)
    return own.record(read_of(run), ledger, joiners, more, by)


def ledger(run: ARun) -> pd.DataFrame:
    """What is recorded of a run: `planner ledger`.

    Parameters
    ----------
    run
        A run, or its folder.

    Returns
    -------
    pd.DataFrame
        number, recorded, by, date, event, cadre, programme, start, to, note (text), withdrawn_by (the number of the
        entry that took it back; empty: it stands).

    Raises
    ------
    InputError
        The ledger was changed otherwise than by recording.
    """
    read = read_of(run)
    found = own.read_ledger(read.folder, read)
    table = found.table.drop(columns="seal")
    taken = [found.withdrawn.get(event.number or 0) for event in found.events]
    return table.assign(withdrawn_by=pd.array(taken, dtype="Int64"))


# --- the plan made again --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Replan:
    """A plan made again from a year on.

    Attributes
    ----------
    plan
        The new plan; where none exists, why (`plan.status`, `plan.conflict`).
    old
        The plan before.
    first
        The year from which it is made.
    news
        what, cadre, agency, programme, start, detail, entry: everything that happened, or is taken to have happened.
    notes
        What else its reader should know.
    changes
        Each start of either plan from the year on: kept, moved, dropped or new, with cause and price.
    kept, lost
        With `keep="announced"`: the announced starts that are pinned, and those that cannot stand.
    events
        The events that it rests on, withdrawn ones left out.
    frontier
        Changes against attainment, where it was asked.
    reform
        The reform that begins in the year; None: there is none.
    made_from
        The run that it was made from, and its events.
    """

    plan: Plan
    old: Plan
    first: int
    news: pd.DataFrame
    notes: tuple[Fault, ...]
    changes: tuple[Change, ...]
    events: pd.DataFrame
    kept: tuple[Start, ...] = ()
    lost: tuple[Start, ...] = ()
    frontier: tuple[Point, ...] = ()
    reform: Applied | None = None
    made_from: tuple[Run, News] | None = None

    @property
    def before(self) -> Before | None:
        """The years before `first`: what was planned, what came of it, what nobody confirmed."""
        if self.made_from is None:
            return None
        run, news = self.made_from
        return handed_on(known_by(self.old, news, self.first - 1), read_before(run.folder))

    @property
    def table(self) -> pd.DataFrame:
        """The changes as changes.csv has them."""
        return changes_table(self.changes)

    @property
    def news_besides_the_reform(self) -> pd.DataFrame:
        """What happened before the year; a reform is told by its offices."""
        own = set() if self.reform is None else {str(self.reform.reform.file.name)}
        return self.news[~self.news["entry"].astype(str).str.rpartition(":")[0].isin(own)]

    @property
    def frontier_table(self) -> pd.DataFrame:
        """at_most, changes, attainment."""
        rows = [(point.at_most, point.changes, number(point.attainment)) for point in self.frontier]
        return pd.DataFrame(rows, columns=["at_most", "changes", "attainment"])

    def write(self, folder: str | Path, *, force: bool = False) -> None:
        """Write the run folder, its scenario among its inputs: it stands for itself.

        Raises
        ------
        InputError
            There is no plan, or the folder cannot be written.
        """
        if not self.plan.found:
            raise InputError(Fault("nominees_no_plan"))
        more = {
            "changes.csv": _csv(self.table),
            "news.csv": _csv(self.news),
            "events.csv": _csv(self.events),
            "inputs/scenario.yaml": scenario_text(self.plan.problem),
        }
        if self.reform is not None:
            more["reform.csv"] = _csv(self.reform.offices)
        if (before := self.before) is not None:
            more |= before.tables()
        if self.frontier:
            more["frontier.csv"] = _csv(self.frontier_table)
        write_run(self.plan, folder, force=force, more=more)


def _csv(table: pd.DataFrame) -> str:
    return csv_text(table)


class _Dumper(yaml.SafeDumper):
    """Without aliases, which would make one of two equal entries a reference to the other."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- PyYAML asks so
        """Never."""
        return True


def scenario_text(problem: Problem) -> str:
    """The problem's scenario as one YAML file that lies beside its tables."""
    merged = problem.source.merged()
    for key in INPUTS:
        if key in merged:
            merged[key] = f"{key}{Path(merged[key]).suffix.lower()}"
    return yaml.dump(_years_as_numbers(merged), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _years_as_numbers(value: Any, under: str = "") -> Any:
    """A scenario's part whose years, which are keys below `per_year`, are numbers, as the contract writes them."""
    if isinstance(value, list):
        return [_years_as_numbers(each) for each in value]
    if not isinstance(value, dict):
        return value
    years = {key: int(key) for key in value if under == "per_year" and str(key).isdecimal()}
    return {years.get(key, key): _years_as_numbers(each, str(key)) for key, each in value.items()}


@dataclass(frozen=True)
class _Before:
    """What a replan begins with."""

    run: Run
    old: Plan
    news: News
    successor: Successor
    problem: Problem
    kept: tuple[Start, ...] = ()
    lost: tuple[Start, ...] = ()


def _before(
    read: Run,
    news: News,
    first: int,
    overlay: str | Path | None = None,
    keep: Keep | None = None,
    reform: str | Path | None = None,
) -> _Before:
    found = succeed(read, news, first, overlay, keep, None if reform is None else read_reform(reform))
    problem = found.problem
    kept: tuple[Start, ...] = ()
    lost: tuple[Start, ...] = ()
    if keep == "announced":
        pinned = with_announced(problem, first)
        problem, kept, lost = pinned.problem, pinned.kept, pinned.lost
    return _Before(read, read.plan(), news, found, with_files(problem, read), kept, lost)


def replan(
    run: ARun,
    first: int,
    ledger: str | Path | None = None,
    joiners: str | Path | None = None,
    *,
    overlay: str | Path | None = None,
    reform: str | Path | None = None,
    keep: Keep | None = None,
    priced: bool = True,
    frontier: bool = False,
    on_plan: Callable[[Replan], object] | None = None,
    on_progress: OnProgress | None = None,
    on_questions: OnQuestions = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Replan:
    """The plan made again from a year on, after what happened: `planner replan`.

    Parameters
    ----------
    run
        A run, or its folder.
    first
        The year from which it is planned again; starts before it happened, unless the ledger says otherwise [year].
    ledger
        A table of events that are not recorded yet; what is recorded of the run counts anyway.
    joiners
        The rows of those who joined by these events.
    overlay
        A what-if (.yaml), laid on the run's scenario as `extends` does.
    reform
        A reform (.yaml) that begins in `first`: offices that merge and end, who moves where, and what is laid on the
        scenario from then on, below the overlay.
    keep
        How much the old plan binds. None: `changes` stands where the scenario ranks it, else after the last of
        attainment, seat_floors and shares. all: first of all goals. announced: the starts of `first` that can stand
        are required. none: last, so that it only decides between plans that are equal otherwise.
    priced
        Whether each change is priced by solving.
    frontier
        Whether changes are set against attainment.
    on_plan
        Told of the plan as soon as it is found, its changes without prices: what follows may take long, and may be
        cut short.
    on_progress
        Told of every value and bound as they are found.
    on_questions
        Told how many changes are priced, of all.
    parallel
        Where the changes are priced.

    Returns
    -------
    Replan
        `plan`; `news` (what happened); `table` (the changes: change, cadre, agency, programme, start, was_programme,
        was_start, cause, entries, reasons, rules, goal, by, serves); `write(folder)` writes the run folder.

    Raises
    ------
    InputError
        The year is not in the horizon, an event, the overlay or the reform is faulty, or a proof took too long.
    """
    read = read_of(run)
    before = _before(read, gather(read, ledger, joiners), first, overlay, keep, reform)
    told = on_plan if priced or frontier else None
    found = _again(before, first, on_progress, on_questions, parallel, priced=priced, on_plan=told)
    if not frontier or not found.plan.found:
        return found
    return replace(found, frontier=tuple(frontier_of(before.problem, on_progress=on_questions)))


def replan_on(
    run: Run,
    news: News,
    first: int,
    *,
    priced: bool = True,
    on_progress: OnProgress | None = None,
    on_questions: OnQuestions = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Replan:
    """As `replan`, on events that were gathered and checked."""
    return _again(_before(run, news, first), first, on_progress, on_questions, parallel, priced=priced)


def _again(
    before: _Before,
    first: int,
    on_progress: OnProgress | None,
    on_questions: OnQuestions,
    parallel: Parallel,
    *,
    priced: bool,
    on_plan: Callable[[Replan], object] | None = None,
) -> Replan:
    cache = SolveCache()
    plan = solve_problem(before.problem, on_progress, cache)
    found: list[Change] = []
    if plan.found:
        case = WhatIf(before.problem, cache, plan)
        proven = plan.status == "optimal"
        earlier = _earlier(before, first)
        if on_plan is not None:
            on_plan(_replan(before, plan, first, changes(case, earlier, before.successor.news, priced=False)))
        found = changes(case, earlier, before.successor.news, on_questions, parallel, priced=priced and proven)
    return _replan(before, plan, first, found)


def _replan(before: _Before, plan: Plan, first: int, found: list[Change]) -> Replan:
    told = before.successor
    return Replan(
        plan,
        before.old,
        first,
        told.news,
        (*told.notes, *_counting_again(before.news)),
        tuple(found),
        _events(before.news, told.reform),
        before.kept,
        before.lost,
        reform=told.reform,
        made_from=(before.run, before.news),
    )


def _counting_again(news: News) -> Iterator[Fault]:
    """Events that are not recorded, and were withdrawn when they were."""
    if news.again:
        yield Fault("ledger_again", {"number": len(news.again), "events": "; ".join(map(str, news.again))})


def _earlier(before: _Before, first: int) -> pd.DataFrame:
    """The old plan's starts from the year on, with the level that each leads to."""
    rows = before.old.assignments
    rows = rows.loc[rows["start"] >= first, ["cadre", "agency", "programme", "start"]].reset_index(drop=True)
    ends = [before.run.problem.scenario.programmes[name] for name in rows["programme"]]
    return rows.assign(ladder=[entry.ladder for entry in ends], to=[entry.to for entry in ends])


def _events(news: News, reform: Applied | None) -> pd.DataFrame:
    """The events that stand, as a ledger has them, and those of the reform."""
    rows = [
        (event.date.isoformat(), event.kind, event.cadre, event.programme, event.start or "", event.to, event.note)
        for event in (*standing(news.events)[0], *(() if reform is None else reform.events))
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS])


# --- one seat -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Substitution:
    """Who may take a seat, and what that gives away.

    Attributes
    ----------
    found
        The candidates in their order.
    free
        The plan made again freely, as `replan` makes it.
    table
        place, cadre, agency, rules, and for each goal its value and GOAL_given_away: the difference to `free`.
    asked
        Whether the decline is not in the ledger: it is asked what if.
    plan
        The old plan with the best candidate in the seat and nothing else changed; None where nobody can take it.
    """

    found: Substitutes
    free: Plan
    table: pd.DataFrame
    asked: bool
    plan: Replan | None


def substitutes(
    run: ARun,
    first: int,
    seat: Start,
    ledger: str | Path | None = None,
    joiners: str | Path | None = None,
    *,
    overlay: str | Path | None = None,
    on_progress: OnProgress | None = None,
    on_questions: OnQuestions = silent,
) -> Substitution:
    """Who may take the place of somebody who declines, all else as it was: `planner replan --substitutes`.

    Parameters
    ----------
    run
        A run, or its folder.
    first
        The year from which it is planned again [year].
    seat
        The cadre who declines, the programme, the year of the start.
    ledger
        A table of events that are not recorded yet.
    joiners
        The rows of those who joined by these events.
    overlay
        A what-if (.yaml), laid on the run's scenario.
    on_progress
        Told of the values and bounds of the plan made freely.
    on_questions
        Told how many candidates are judged, of all.

    Returns
    -------
    Substitution
        `table` (place, cadre, agency, rules, and each goal's value and GOAL_given_away); `plan`: the old plan with the
        best candidate in the seat, to be written; `free`: the plan made again freely.

    Raises
    ------
    InputError
        As `replan` says; the plan has no such start from `first` on; or the rest of it cannot stand as it is.
    """
    read = read_of(run)
    before = _before(read, gather(read, ledger, joiners), first, overlay)
    asked = not any(
        (event.cadre, event.programme, event.start) == seat
        for event in standing(before.news.events)[0]
        if event.kind == "declined"
    )
    pin = Pin(cadre=seat[0], programme=seat[1], start=seat[2])
    there = (before.problem.cadres["cadre"] == seat[0]).any()
    found = seats.substitutes(_with_seat(before, seat, first), seat, on_questions)
    problem = with_pin(before.problem, "forbid", pin) if asked and there else before.problem
    free = solve_problem(problem, on_progress)
    best = found.best
    plan = None if best is None else _taken(before, seat, best.cadre, first, forbid=asked and bool(there))
    return Substitution(found, free, substitutes_table(found, free), asked, plan)


def _with_seat(before: _Before, seat: Start, first: int) -> Problem:
    """The problem whose earlier plan has the seat, also of somebody who is gone."""
    rows = _earlier(before, first)
    held = {(str(c), str(p), int(s)) for c, p, s in rows[["cadre", "programme", "start"]].itertuples(index=False)}
    earlier = before.problem.earlier
    known = set(earlier[["cadre", "programme", "start"]].itertuples(index=False, name=None))
    if seat in held and seat not in known:
        row = pd.DataFrame([seat], columns=["cadre", "programme", "start"])
        earlier = pd.concat([earlier, row], ignore_index=True)
    return replace(before.problem, earlier=earlier)


def _taken(before: _Before, seat: Start, cadre: str, first: int, *, forbid: bool) -> Replan:
    """The old plan with somebody else in the seat: he is required, and then as little changes as can be."""
    root = before.successor.problem.source.root
    plain = root.find(("pins",)).plain() if root.has("pins") else {}
    pins = {kind: [*(plain.get(kind) or [])] for kind in ("require", "forbid")}
    taken, why = in_each_language(SUBSTITUTE), in_each_language("event_declined")
    pins["require"].append({"cadre": cadre, "programme": seat[1], "start": seat[2], "source": taken})
    if forbid:
        pins["forbid"].append({"cadre": seat[0], "programme": seat[1], "start": seat[2], "source": why})
    goals = ["changes", *(goal for goal in before.problem.scenario.goals if goal != "changes")]
    overlay = {"pins": pins, "goals": [_written(goal) for goal in goals]}
    problem = with_files(load(before.successor.problem, overlay), before.run)
    plan = solve_problem(problem)
    own_changes = changes(WhatIf(problem, _plan=plan), _earlier(before, first), before.successor.news, priced=False)
    return _replan(replace(before, problem=problem), plan, first, own_changes if plan.found else [])


def _written(goal: Any) -> Any:
    """A ranked goal as a scenario writes it."""
    return {goal.kind: list(goal.entries)} if getattr(goal, "entries", ()) else str(goal)


# --- reserves -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class YearsReserves:
    """The reserves of a year.

    Attributes
    ----------
    found
        The lists with their reserves.
    table
        programme, year, pools, places, declined, place, cadre, agency, steps_in_for, not_for, worse_than_nobody,
        serves, same_order_for, other_orders, in_turn, and for each goal GOAL_given_away and GOAL_to_empty.
    problem
        The scheme as the year begins.
    free
        Announced starts that the ledger, or what happened, already leaves free.
    """

    found: Reserves
    table: pd.DataFrame
    problem: Problem
    free: tuple[Start, ...]


def reserves(
    run: ARun,
    year: int,
    number: int = 3,
    *,
    on_questions: OnQuestions = silent,
    parallel: Parallel = THIS_MACHINE,
) -> YearsReserves:
    """Who steps in when a place of a year falls free, for every list in order: `planner reserves`.

    Parameters
    ----------
    run
        A run, or its folder; its ledger counts: who left, whose place is free, and who is admitted in the year already
        and so neither declines nor is a reserve.
    year
        Of the lists [year].
    number
        Reserves of each list, at most [cadres].
    on_questions
        Told how many lists are done, of all.
    parallel
        Where the lists are asked.

    Returns
    -------
    YearsReserves
        `table` has a row for each reserve.

    Raises
    ------
    InputError
        The year is not in the horizon, an event is faulty, a proof took too long; or somebody is admitted in the year
        to what the scheme does not admit.
    """
    read = read_of(run)
    news, begun = _begun(gather(read, None, None), year)
    before = _before(read, news, year)
    problem = before.problem
    rows = _earlier(before, year)
    planned = [(str(c), str(p), int(s)) for c, p, s in rows[["cadre", "programme", "start"]].itertuples(index=False)]
    planned = [start for start in planned if start[2] == year]
    possible = admissible(problem)
    if unknown := [start for start in begun if start not in possible]:
        raise InputError([Fault("reserves_begun", dict(zip(START, start, strict=True))) for start in unknown])
    announced = [*(start for start in planned if start in possible), *(each for each in begun if each not in planned)]
    found = of_lists(problem, announced, number, on_questions, parallel, begun)
    free = [start for start in planned if start not in possible]
    for _, programme, _ in (start for start in begun if start not in planned):  # his is the place of one who is gone
        free = _without_one(free, programme)
    return YearsReserves(found, reserves_table(found), problem, tuple(free))


def _begun(news: News, year: int) -> tuple[News, list[Start]]:
    """What happened but for who began in the year itself, which a plan from that year on cannot know; and who did."""
    own = [event for event in standing(news.events)[0] if event.kind == "admitted" and event.start == year]
    left = tuple(event for event in news.events if event not in own)
    return replace(news, events=left), [(event.cadre, event.programme, year) for event in own]


def _without_one(places: list[Start], programme: str) -> list[Start]:
    """The places without the first of a programme."""
    own = [start for start in places if start[1] == programme]
    return [start for start in places if start not in own[:1]]
