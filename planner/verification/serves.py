"""What each start serves: what would be worse or forbidden if this one start were struck from the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from planner.inputs.problem import UNKNOWN, Problem
from planner.verification.activities import Activity, Chosen, level_held
from planner.verification.admissibility import pinned
from planner.verification.attainment import attained, leading, members, required, without_starts
from planner.verification.quota_rules import fills_classes
from planner.verification.quotas import in_pool, pool_totals, pool_years
from planner.verification.shares import count, in_share, of_group, share_counts

Reason = tuple[int, str]  # the start's row, and what it serves


def serves(problem: Problem, chosen: Chosen) -> list[str]:
    """For every start, in the order of the rows, what it serves: words separated by spaces; empty for nothing."""
    words: list[list[str]] = [[] for _ in range(len(chosen.starts))]
    for reasons in SERVES.values():
        for row, word in reasons(problem, chosen):
            words[row].append(word)
    return [" ".join(dict.fromkeys(each)) for each in words]


def _rows(marked: np.ndarray, word: str) -> Iterator[Reason]:
    return ((int(row), word) for row in np.flatnonzero(marked))


def targets(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """Targets that would fall short by one more: nothing else brings the member to one of the levels in time."""
    person = chosen.starts["person"].to_numpy(dtype=int)
    for name, target in problem.scenario.targets.items():
        counted = members(problem, name)
        reached = counted & attained(problem, target, chosen.starts)
        if reached.sum() > required(target, int(counted.sum())):
            continue
        needed = np.zeros(len(person), dtype=bool)
        for ladder in target.level:
            ways = leading(problem, target, ladder, chosen.starts)
            only = np.bincount(person[ways], minlength=len(problem.cadres)) == 1
            needed |= ways & (reached & only & ~without_starts(problem, target, ladder))[person]
        yield from _rows(needed, f"target:{name}")


def floors(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """Pools whose starts, in the year or over the horizon, would be below their `min` by one more."""
    years = chosen.starts["start"].to_numpy(dtype=int)
    totals = {total.pool: total for total in pool_totals(problem, chosen)}
    by_year = list(pool_years(problem, chosen))
    for name, total in totals.items():
        counted = in_pool(problem, chosen.starts, name)
        for pool in (each for each in by_year if each.pool == name and each.starts <= each.min):
            yield from _rows(counted & (years == pool.year), f"floor:{name}/{pool.year}")
        if total.starts <= total.min:
            yield from _rows(counted, f"floor:{name}")


def shares(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """Shares whose shortfall would grow."""
    years = chosen.starts["start"].to_numpy(dtype=int)
    for now in share_counts(problem, chosen):
        counted = in_share(problem, chosen.starts, now.share)
        if now.year is not None:
            counted = counted & (years == now.year)
        group = of_group(problem, chosen.starts, now.share)
        for of_it, rows in ((1, counted & group), (0, counted & ~group)):
            without = count(problem, now.share, now.year, now.starts - 1, now.of_group - of_it)
            if without.shortfall > now.shortfall:
                yield from _rows(rows, f"share:{now.share}")


def steps(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """Later starts of the cadre that would break `ladder_order` or `requires`."""
    starts = chosen.starts
    row = {key: at for at, key in enumerate(zip(starts["cadre"], starts["programme"], starts["start"], strict=True))}
    for doing in chosen.busy:
        for later in (each for each in doing if each.new):
            for step in (each for each in doing if each.new and each.last < later.first):
                if any(_needed(problem, doing, step, *level) for level in _levels(problem, later)):
                    yield row[step.key], f"step:{later.programme}"


def _levels(problem: Problem, start: Activity) -> Iterator[tuple[str, int, int]]:
    """The levels that a start builds on: ladder, place in it, and the year before which it is to be held."""
    # Where the level on its own ladder is unknown, the condition `level` forbids the start already.
    if problem.cadres[start.ladder].iloc[start.person] != UNKNOWN:
        yield start.ladder, start.low, start.first
    for ladder, needed in problem.requires.get(start.course, {}).items():
        yield ladder, needed, start.first


def _needed(problem: Problem, doing: list[Activity], step: Activity, ladder: str, level: int, year: int) -> bool:
    """Whether the level is held with a step and not without it."""
    on_roster = int(problem.cadres[ladder].iloc[step.person])
    without = [each for each in doing if each is not step]
    return level_held(on_roster, without, ladder, year) < level <= level_held(on_roster, doing, ladder, year)


def pins(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """`require` pins that nothing else would meet."""
    for pin in problem.scenario.pins.require:
        matched = pinned(chosen.starts, pin)
        if matched.sum() == 1:
            yield from _rows(matched, "pin")


def classes(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """Programmes whose classes of the year would fall below their size."""
    for programme, size in problem.scenario.classes.items():
        of_it = chosen.starts["programme"] == programme
        for year, number in chosen.starts["start"][of_it].value_counts().items():
            full, less = (fills_classes(int(each), size.min, size.max) for each in (number, number - 1))
            if full and not less:
                yield from _rows((of_it & (chosen.starts["start"] == year)).to_numpy(), f"class:{programme}")


def kept(problem: Problem, chosen: Chosen) -> Iterator[Reason]:
    """Starts of the earlier plan."""
    before = set(zip(*(problem.earlier[name] for name in ("cadre", "programme", "start")), strict=True))
    starts = chosen.starts
    for row, key in enumerate(zip(starts["cadre"], starts["programme"], starts["start"], strict=True)):
        if key in before:
            yield row, "kept"


SERVES: dict[str, Callable[[Problem, Chosen], Iterator[Reason]]] = {
    "target": targets,
    "floor": floors,
    "share": shares,
    "step": steps,
    "pin": pins,
    "class": classes,
    "kept": kept,
}
