"""What a scenario allows but hardly means, as far as the admissible starts show it: before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np
import pandas as pd

from planner.common.errors import MOST_NAMES_TOLD
from planner.inputs.problem import Problem, required
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.warnings import ScenarioWarning, warning_at, warnings
from planner.messages import Sentence
from planner.model.admissibility import REASONS
from planner.model.attainment import Attainments, unknown_level
from planner.model.options import Options
from planner.model.shortfalls import pool_history, pool_starts


def all_warnings(options: Options) -> list[ScenarioWarning]:
    """The warnings of the scenario and its tables, then those that the admissible starts give."""
    return [
        *warnings(options.problem),
        *_programmes(options),
        *_targets(options),
        *_pools(options),
        *_history(options),
        *_classes(options),
        *_shares(options),
        *_pins(options),
        *_signing(options),
    ]


def _targets(options: Options) -> Iterator[ScenarioWarning]:
    """Targets that too few of their members could reach, even if everybody started all that is admissible."""
    problem, admissible = options.problem, Attainments(options.problem, options.frame)
    for name, target in problem.scenario.targets.items():
        members = problem.counted_rows(name)
        wanted, silent = required(target, len(members)), int(unknown_level(problem, target, members).sum())
        could = int((admissible.since(target)[members] <= problem.by(target)).sum())
        counts = target.weight > 0 or target.must  # else it is only watched
        if counts and could + silent < wanted <= len(members):
            told = {"required": wanted, "most": could, "unknown": silent}
            yield warning_at(problem, ("targets", name), "warning_target_out_of_reach", **told)


def _programmes(options: Options) -> Iterator[ScenarioWarning]:
    """Programmes that some pool or nobody's seats list, and that nobody can start; the most frequent reason."""
    problem = options.problem
    studied = set(problem.studies["programme"])
    for row, name in enumerate(problem.programmes["programme"]):
        against = options.reasons[:, row]
        if len(against) == 0 or (against == 0).any() or row in studied:
            continue
        counts = [int((against & (1 << bit) != 0).sum()) for bit in range(len(REASONS))]
        reason = REASONS[int(np.argmax(counts))]
        if reason != "no_seat_pool":  # said of the pools already
            yield warning_at(
                problem,
                ("programmes", name),
                "warning_no_start",
                reason=Sentence(f"reason_{reason}"),
                starts=max(counts),
            )


def _pools(options: Options) -> Iterator[ScenarioWarning]:
    """Pools that ask for more starts than there can be, and those that the history has filled beyond their limit."""
    problem = options.problem
    for name, pool in problem.scenario.seats.items():
        begun = len(pool_history(problem, name))
        starts = pool_starts(options, name)
        if all(pool.of_year(year).max == 0 for year in starts):
            yield warning_at(problem, ("seats", name, "per_year"), "warning_no_seats_in_any_year")
        cadres = options.frame["cadre"].to_numpy()
        most = sum(
            min(len(np.unique(cadres[own])), limit) if (limit := pool.of_year(year).max) is not None else len(own)
            for year, own in starts.items()
        )
        if pool.total.min > begun + most:
            at: Location = ("seats", name, "total", "min")
            yield warning_at(problem, at, "warning_total_out_of_reach", least=pool.total.min, most=begun + most)
        for year, own in starts.items():
            candidates, least = len(np.unique(cadres[own])), pool.of_year(year).min
            if least > candidates and problem.pools.size(name):
                told = {"least": least, "candidates": candidates, "year": year}
                place: Location = ("seats", name, "per_year")
                yield warning_at(problem, place, "warning_floor_out_of_reach", f"{name}.{year}", **told)
        if pool.total.max is not None and begun > pool.total.max:
            at = ("seats", name, "total", "max")
            yield warning_at(problem, at, "warning_total_exceeded", limit=pool.total.max, begun=begun)


def _history(options: Options) -> Iterator[ScenarioWarning]:
    """Agencies and cadres of whom the history alone has more starts than the scenario allows in all."""
    problem = options.problem
    for name, pool in problem.scenario.seats.items():
        most = None if pool.per_agency is None else pool.per_agency.total
        if most is not None:
            begun = pool_history(problem, name)["agency"].value_counts()
            at: Location = ("seats", name, "per_agency", "total")
            yield from _beyond(problem, at, "warning_agency_total_exceeded", begun, most)
    most = problem.scenario.study_load.starts_per_cadre
    if most is not None:
        own = problem.history[problem.history["start"].notna() & (problem.history["row"] >= 0)]
        at = ("study_load", "starts_per_cadre")
        yield from _beyond(problem, at, "warning_cadre_starts_exceeded", own["cadre"].value_counts(), most)


def _beyond(problem: Problem, at: Location, key: str, begun: pd.Series, most: float) -> Iterator[ScenarioWarning]:
    """Who has begun more often than a limit allows, the first few by name."""
    over = begun[begun > most].sort_index()
    if len(over):
        named = ", ".join(f"{who} ({number})" for who, number in over.head(MOST_NAMES_TOLD).items())
        told = {"limit": most, "number": len(over), "names": named + (", …" if len(over) > MOST_NAMES_TOLD else "")}
        yield warning_at(problem, at, key, **told)


def _classes(options: Options) -> Iterator[ScenarioWarning]:
    """Classes for which there are never enough candidates in one year."""
    problem, frame = options.problem, options.frame
    for name, size in problem.scenario.classes.items():
        own = frame[frame["programme"] == problem.programme_ids([name])[0]]
        most = int(own.groupby("start").size().max()) if len(own) else 0
        if 0 < most < size.min:
            yield warning_at(problem, ("classes", name), "warning_class_cannot_fill", least=size.min, candidates=most)


def _shares(options: Options) -> Iterator[ScenarioWarning]:
    """Shares of a group of whom nobody could start, though others could."""
    problem, frame = options.problem, options.frame
    people, programmes = frame["cadre"].to_numpy(), frame["programme"].to_numpy()
    for name, share in problem.scenario.shares.items():
        group, among = problem.share_group[name], problem.share_among[name]
        spoken = np.isin(programmes, problem.programme_ids(share.programmes)) if share.programmes else True
        own = among[people] & spoken
        if share.min > 0 and (group & among).any() and own.any() and not (own & group[people]).any():
            yield warning_at(problem, ("shares", name), "warning_share_out_of_reach", starts=int(own.sum()))


def _pins(options: Options) -> Iterator[ScenarioWarning]:
    """Required starts that are not admissible, with what stands against the one that has fewest reasons."""
    problem = options.problem
    for index, pin in enumerate(problem.scenario.pins.require):
        if options.matching(pin).any():
            continue
        if against := options.reasons_against(pin):
            told = reduce(_and, (Sentence(f"reason_{reason}") for reason in against))
            about = "/".join(str(part) for part in (pin.cadre, pin.programme, pin.start) if part is not None)
            at: Location = ("pins", "require", index)
            yield warning_at(problem, at, "warning_pin_inadmissible", about, reasons=told)


def _signing(options: Options) -> Iterator[ScenarioWarning]:
    """Starts of which no entry of `approval` says who signs, where there are entries."""
    problem, frame = options.problem, options.frame
    signed = np.zeros(len(frame), dtype=bool)
    for name, entry in problem.scenario.approval.items():
        covered = problem.approvers[name][frame["cadre"].to_numpy()]
        if entry.programmes is not None:
            covered = covered & frame["programme"].isin(problem.programme_ids(entry.programmes)).to_numpy()
        if entry.years is not None:
            covered = covered & frame["start"].between(entry.years.from_, entry.years.to).to_numpy()
        signed |= covered
    if problem.scenario.approval and not signed.all():
        yield warning_at(problem, ("approval",), "warning_nobody_signs", "approval", starts=int((~signed).sum()))


def _and(one: Sentence, other: Sentence) -> Sentence:
    return Sentence("reasons_joined", {"one": one, "other": other})
