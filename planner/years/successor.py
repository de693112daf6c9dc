"""The scheme of a later year: the run's scenario, with the people as they stand and the years before as history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from planner.common.errors import Fault, InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Source, laid_on, overlaid
from planner.inputs.scenario.ranked_goals import DEFAULT
from planner.inputs.scenario.yaml_tree import Node
from planner.messages import in_each_language
from planner.model.options import admissible_starts
from planner.plans.run_folder import Run
from planner.years.careers import Careers
from planner.years.events import WITHDRAWN
from planner.years.ledger import News
from planner.years.reform.applied import Applied, apply
from planner.years.reform.reform_file import Reform
from planner.years.state import CLEAN_FORM, NEWS, State, state_of

Keep = Literal["all", "announced", "none"]
ANNOUNCED, SUBSTITUTE = "pin_announced", "pin_substitute"
"""The sentences that are sources of pins which replanning itself writes: of `--keep announced`, of `--substitutes`."""
BETTER = ("attainment", "seat_floors", "shares")
"""The goals after the last of which `changes` stands, unless the scenario ranks it."""
TABLES = ("roster", "history", "earlier")
LOST = ("pin_met", "pin_gone", "pin_past", "pin_declined", "pin_lost", "leave_gone")
"""What the column `what` of the news may say of the scenario."""


@dataclass(frozen=True)
class Successor:
    """The problem of a later year.

    Attributes
    ----------
    problem
        Its inputs stand for themselves.
    state
        The state in which the year begins.
    news
        As `state.news`, and what the scenario lost: pins and leave that no longer speak of anybody, pins met.
    notes
        What else its reader should know.
    reform
        The reform that begins in the year; None: there is none.
    """

    problem: Problem
    state: State
    news: pd.DataFrame
    notes: tuple[Fault, ...]
    reform: Applied | None = None


def succeed(
    run: Run,
    news: News,
    year: int,
    overlay: str | Path | None = None,
    keep: Keep | None = None,
    reform: Reform | None = None,
) -> Successor:
    """The problem of a run as a year begins.

    Parameters
    ----------
    overlay
        A what-if, laid on the run's scenario.
    keep
        Where `changes` is ranked: all: first; none: last, above the lot; None: as the scenario says, else after the
        last of attainment, seat_floors and shares; so for announced, whose starts are pinned later.
    reform
        One that begins in the year: the people of the year as its events leave them, its offices, and what it lays on
        the scenario, below the overlay.

    Raises
    ------
    InputError
        The year is not in the horizon; an event of that year or later that cannot be known yet; nobody is left; a fault
        of the overlay or of the scenario that it makes; what the reform says that cannot be.
    """
    source, notes = _laid(run, overlay, reform)
    first, last = run.problem.scenario.horizon.first, _last(source)
    if not first <= year <= last:
        raise InputError(Fault("replan_year", {"year": year, "first": first, "last": last}))
    late = [
        event.fault("replan_late_event", year=year)
        for event in news.new + news.events[: len(news.events) - len(news.new)]
        if event.date.year >= year and event.kind not in ("declined", "leave", WITHDRAWN)
    ]
    numbers = _withdrawn(news)
    if late := [fault for fault in late if getattr(fault.values["event"], "number", None) not in numbers]:
        raise InputError(late)
    starts, found = run.plan().assignments, news.checked.careers
    state = state_of(run.problem, starts, found, news.joiners, year)
    applied = None if reform is None else apply(reform, run.problem, state.roster, year)
    if applied is not None:
        found = applied.on(found)
        state = state_of(run.problem, starts, found, news.joiners, year)
        notes += applied.notes
    if state.roster.empty:
        raise InputError(Fault("replan_nobody", {"year": year}))
    changed, told = _scenario(run, source, state, found, year, keep)
    tables: dict[str, Any] = {"roster": state.roster, "history": state.history, "earlier": state.earlier}
    if applied is not None:
        tables["agencies"] = applied.agencies
    elif not _names(source, run, "agencies"):
        tables["agencies"] = run.problem.agencies
    problem = load(source, changed, **tables)
    if lost := _own_pins_lost(problem):
        changed["pins"]["require"] = [pin for pin in changed["pins"]["require"] if _exact(pin) not in lost]
        problem = load(source, changed, **tables)
        told += [("pin_lost", cadre, "", programme, start, "require", "") for cadre, programme, start in sorted(lost)]
    notes += _place_of_changes(source, changed["goals"], keep)
    told_of = pd.DataFrame(told, columns=[*NEWS])
    return Successor(problem, state, pd.concat([state.news, told_of], ignore_index=True), tuple(notes), applied)


def with_files(problem: Problem, run: Run) -> Problem:
    """The problem that remembers which files the run's scenario was once read from, for its own manifest."""
    inputs = [entry for entry in run.manifest.get("inputs", ()) if isinstance(entry, dict) and "copy" not in entry]
    before = {Path(str(entry["path"])): str(entry["sha256"]) for entry in inputs}
    files = tuple(dict.fromkeys([*before, *problem.source.files]))
    return replace(problem, source=replace(problem.source, files=files), digests={**before, **problem.digests})


def _withdrawn(news: News) -> set[int | None]:
    return {int(event.to) for event in news.events if event.kind == WITHDRAWN}


def _laid(run: Run, overlay: str | Path | None, reform: Reform | None) -> tuple[Source, list[Fault]]:
    """The run's scenario with the reform and the overlay, which may not name what follows from the run."""
    source = run.problem.source
    if overlay is None and reform is None:
        return source, []
    laid = source
    if reform is not None:
        laid = laid_on(laid, reform.overlay or Node.of({}, reform.file), reform.file)
    if overlay is not None:
        known = {str(entry.get("sha256")) for entry in run.manifest.get("inputs", ()) if isinstance(entry, dict)}
        laid = overlaid(laid, overlay, known)
    faults = [
        Fault("replan_overlay_table", {"table": key}, laid.root.find((key,)).file, laid.root.find((key,)).line or None)
        for key in TABLES
        if _names(laid, run, key)
    ]
    if reform is not None and _names(laid, run, "agencies"):
        own = laid.root.find(("agencies",))
        faults.append(Fault("reform_overlay_agencies", {}, own.file, own.line or None))
    before = source.root.find(("horizon", "first"))
    after = laid.root.find(("horizon", "first"))
    if before is not after:
        faults.append(Fault("replan_overlay_first", {}, after.file, after.line or None))
    if faults:
        raise InputError(faults)
    files = [str(file) for file in laid.files[len(source.files) :]]
    return laid, [Fault("replan_overlay", {"files": ", ".join(files)})]


def _names(source: Source, run: Run, key: str) -> bool:
    """Whether an overlay names a table of its own."""
    return source.root.has(key) and source.root.find((key,)) is not run.problem.source.root.find((key,))


def _last(source: Source) -> int:
    last = source.root.find(("horizon", "last")).value
    return last if isinstance(last, int) else source.scenario.horizon.last


def _scenario(
    run: Run, source: Source, state: State, found: Careers, year: int, keep: Keep | None
) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """What changes in the scenario, as an overlay, and what is told of it."""
    plain = source.root.plain()
    there = set(state.roster["cadre"])
    pins, told = _pins(plain.get("pins") or {}, run, found, there, year)
    leave, dropped = leave_left(plain.get("leave") or {}, found, there)
    changed: dict[str, Any] = {
        **CLEAN_FORM,
        "horizon": {"first": year},
        "as_of": plain.get("as_of") or run.problem.scenario.year_of_reading(),
        "pins": pins,
        "goals": ranked(plain.get("goals") or [*map(str, DEFAULT)], keep),
    }
    if plain.get("blank"):
        changed["blank"] = dict.fromkeys(plain["blank"], "unknown")
    if leave:
        changed["leave"] = leave
    return changed, [*told, *dropped]


def ranked(goals: Sequence[Any], keep: Keep | None) -> list[Any]:
    """The goals with `changes` in its place."""
    others = [goal for goal in goals if goal != "changes"]
    if keep == "all":
        return ["changes", *others]
    if keep == "none":
        ends = len(others) - (bool(others) and others[-1] == "lot")
        return [*others[:ends], "changes", *others[ends:]]
    if "changes" in goals:
        return list(goals)
    kinds = [next(iter(goal)) if isinstance(goal, Mapping) else str(goal).partition("[")[0] for goal in others]
    place = max((index + 1 for index, kind in enumerate(kinds) if kind in BETTER), default=0)
    return [*others[:place], "changes", *others[place:]]


def _place_of_changes(source: Source, goals: Sequence[Any], keep: Keep | None) -> list[Fault]:
    """A word where the run's scenario ranks `changes` elsewhere than usual, as an earlier --keep leaves it."""
    usual = ranked([goal for goal in goals if goal != "changes"], None)
    if keep in ("all", "none") or list(goals) == usual or not source.root.has("goals"):
        return []
    return [Fault("replan_ranked", {"place": list(goals).index("changes") + 1, "of": len(goals)})]


def _own_pins_lost(problem: Problem) -> set[tuple[str, str, int]]:
    """The starts that an earlier replan pinned and that are not admissible any more."""
    own = [pin for pin in problem.scenario.pins.require if _is_own(pin.source)]
    if not own:
        return set()
    options = admissible_starts(problem)
    return {(str(pin.cadre), str(pin.programme), int(pin.start or 0)) for pin in own if options.reasons_against(pin)}


def _is_own(source: object) -> bool:
    """Whether it is the source of a pin that replanning itself wrote."""
    return source in [in_each_language(key) for key in (ANNOUNCED, SUBSTITUTE)]


def _exact(pin: Mapping[str, Any]) -> tuple[str, str, int] | None:
    """What a pin that replanning wrote asks for; None: somebody else wrote it."""
    if not _is_own(pin.get("source")):
        return None
    return str(pin.get("cadre")), str(pin.get("programme")), int(pin.get("start") or 0)


def _pins(
    pins: Mapping[str, Any], run: Run, found: Careers, there: set[str], year: int
) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """The pins that still speak of somebody and of a year to come; declined starts are forbidden."""
    happened: set[tuple[str, str, int | None]] = {
        (study.cadre, study.programme, study.start)
        for study in found.studies
        if study.start is not None and study.start < year and study.begun
    }
    declined = [key for key in found.declined if key[2] >= year and key[0] in there]
    kept: dict[str, list[Any]] = {"require": [], "forbid": []}
    told: list[tuple[Any, ...]] = []
    for kind, entries in kept.items():
        for pin in pins.get(kind) or ():
            if kind == "forbid" and pin.get("start") is not None and pin["start"] < year:
                continue  # it forbids nothing any more, and nobody need be told
            what = _lost(pin, kind, happened, declined, there, year)
            if what:
                told.append((what, pin.get("cadre", ""), "", pin.get("programme", ""), pin.get("start", ""), kind, ""))
            else:
                entries.append(pin)
    why = in_each_language("event_declined")
    for cadre, programme, start in declined:
        kept["forbid"].append({"cadre": cadre, "programme": programme, "start": start, "source": why})
    return {**pins, **kept}, told


def _lost(
    pin: Mapping[str, Any],
    kind: str,
    happened: set[tuple[str, str, int | None]],
    declined: Sequence[tuple[str, str, int]],
    there: set[str],
    year: int,
) -> str:
    """Why a pin is dropped; empty: it stays."""
    if kind == "require" and any(_meets(start, pin) for start in happened):
        return "pin_met"
    if pin.get("cadre") is not None and str(pin["cadre"]) not in there:
        return "pin_gone"
    if kind == "require" and pin.get("start") is not None and pin["start"] < year:
        return "pin_past"
    exact = (str(pin.get("cadre")), pin.get("programme"), pin.get("start"))
    return "pin_declined" if kind == "require" and exact in declined else ""


def _meets(start: tuple[str, str, int | None], pin: Mapping[str, Any]) -> bool:
    named = zip(start, (pin.get(key) for key in ("cadre", "programme", "start")), strict=True)
    return all(wanted is None or str(wanted) == str(own) for own, wanted in named)


def leave_left(
    entries: Mapping[str, Any], found: Careers, there: set[str]
) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Leave of those who are gone, removed; the leave of the ledger, added."""
    changed: dict[str, Any] = {}
    told: list[tuple[Any, ...]] = []
    for name, entry in entries.items():
        if isinstance(entry, Mapping) and str(entry.get("cadre")) not in there:
            changed[name] = None
            told.append(("leave_gone", str(entry.get("cadre")), "", "", "", name, ""))
    number = 0
    for event in found.leave:
        if event.cadre not in there:
            continue
        number += 1
        while f"leave_{number}" in entries:
            number += 1
        changed[f"leave_{number}"] = {
            "cadre": event.cadre,
            "from": event.start,
            "to": int(event.to),
            "source": f"{event.date.isoformat()} {event.note}".strip(),
        }
    return changed, told
