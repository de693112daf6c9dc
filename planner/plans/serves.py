"""What each start of a plan is for: what would be worse or forbidden if it alone were struck (contract, section 7)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.inputs.membership import column_of
from planner.inputs.problem import Problem, required
from planner.model.admissibility import held_since, pinned
from planner.model.attainment import Attainments, holding
from planner.model.goals import earlier_starts
from planner.model.shortfalls import TOTAL, least_share, pool_history, share_history, share_years

Purpose = tuple[str, str]  # the kind of purpose, and what it speaks of


def purposes(problem: Problem, starts: pd.DataFrame) -> list[list[Purpose]]:
    """What each start serves, in the order of the contract; empty where it alone could be struck.

    Parameters
    ----------
    starts
        cadre and programme (rows in the problem's tables), start and finish [year].
    """
    found: list[list[Purpose]] = [[] for _ in range(len(starts))]
    for kind in (_targets, _floors, _shares, _steps, _pins, _classes, _kept):
        for row, purpose in kind(problem, starts):
            found[row].append(purpose)
    return found


def written(purpose: Purpose) -> str:
    """A purpose as assignments.csv has it: `target:ID`, `pin`."""
    kind, what = purpose
    return f"{kind}:{what}" if what else kind


def read(serves: str) -> list[Purpose]:
    """The purposes of a cell of assignments.csv."""
    parts = (text.partition(":") for text in serves.split())
    return [(kind, what) for kind, _, what in parts]


def _rows(mask: np.ndarray, kind: str, what: str) -> Iterator[tuple[int, Purpose]]:
    for row in np.flatnonzero(mask):
        yield int(row), (kind, what)


def _targets(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The members who attain only by this start, where no more attain than are asked for."""
    cadre = starts["cadre"].to_numpy()
    ladders = problem.programmes["ladder"].to_numpy()[starts["programme"]]
    highs = problem.programmes["high"].to_numpy()[starts["programme"]]
    planned = Attainments(problem, starts)
    year = {"enrolled": starts["start"].to_numpy(), "completed": starts["finish"].to_numpy()}
    for name, target in problem.scenario.targets.items():
        by, counted = problem.by(target), problem.counted_rows(name)
        attaining = counted[planned.since(target)[counted] <= by]
        if len(attaining) > required(target, len(counted)):
            continue
        attains = column_of(attaining, len(problem.cadres))
        rows = np.flatnonzero(attains[cadre])
        own, in_time = cadre[rows], year[target.counts][rows] <= by
        needed = np.zeros(len(rows), dtype=bool)
        for ladder, level in target.level.items():
            wanted = problem.scenario.ladders[ladder].index(level)
            passing = (ladders[rows] == ladder) & (highs[rows] >= wanted) & in_time
            otherwise = holding(problem, target, ladder)[own] <= by
            ways = np.bincount(own[passing], minlength=len(problem.cadres))
            needed |= passing & ~otherwise & (ways[own] == 1)
        for row in rows[needed]:
            yield int(row), ("target", name)


def _floors(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The starts of pools that have no more than their minimum, of a year or over the horizon."""
    year = starts["start"].to_numpy()
    for name, pool in problem.scenario.seats.items():
        listed = np.isin(starts["programme"], problem.programme_ids(pool.programmes))
        counted = listed & problem.pools[name][starts["cadre"].to_numpy()]
        for own in map(int, problem.years):
            of_year = counted & (year == own)
            if of_year.sum() <= pool.of_year(own).min:
                yield from _rows(of_year, "floor", f"{name}/{own}")
        if counted.sum() + len(pool_history(problem, name)) <= pool.total.min:
            yield from _rows(counted, "floor", name)


def _shares(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The starts without which a share would fall further short."""
    cadre = starts["cadre"].to_numpy()
    for name, share in problem.scenario.shares.items():
        listed = np.ones(len(starts), dtype=bool)
        if share.programmes is not None:
            listed = np.isin(starts["programme"], problem.programme_ids(share.programmes))
        counted, of_group = listed & problem.share_among[name][cadre], problem.share_group[name][cadre]
        for year in share_years(problem, name):
            own = counted & ((starts["start"].to_numpy() == year) | (year == TOTAL))
            begun, begun_of_group = share_history(problem, name, year)
            number, of = begun + int(own.sum()), begun_of_group + int((own & of_group).sum())
            short = share_shortfall(share.min, number, of)
            for is_of_group in (True, False):
                if share_shortfall(share.min, number - 1, of - is_of_group) > short:
                    yield from _rows(own & (of_group == is_of_group), "share", name)


def share_shortfall(least: float, starts: int, of_group: int) -> int:
    """How many starts of the group are lacking; none where nobody starts."""
    return max(0, math.ceil(least_share(least) * starts - of_group)) if starts else 0


def _steps(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The starts on whose level a later start of the cadre rests, by its year."""
    since = held_since(problem)
    programmes = problem.programmes[["programme", "ladder", "low", "high"]].to_dict("records")
    of_cadre: dict[int, list[_Step]] = defaultdict(list)
    columns = (starts[name].tolist() for name in ("cadre", "programme", "start", "finish"))
    for row, (cadre, programme, start, finish) in enumerate(zip(*columns, strict=True)):
        told = programmes[programme]
        asked = [(told["ladder"], told["low"]), *problem.requires.get(programme, {}).items()]
        of_cadre[cadre].append(_Step(row, start, finish, told["programme"], told["ladder"], told["high"], asked))
    for cadre, own in of_cadre.items():
        for step in own if len(own) > 1 else ():
            for later in sorted(own, key=lambda each: each.start):
                others = [each for each in own if each not in (step, later)]
                if later is not step and _rests_on(since, cadre, step, later, others):
                    yield step.row, ("step", later.programme)


class _Step(NamedTuple):
    """A start of a plan, the level that it leads to, and the levels that it asks for, by their ladders."""

    row: int
    start: int
    finish: int
    programme: str
    ladder: str
    level: int
    asked: list[tuple[str, int]]

    def leads(self, to: tuple[str, int], before: int) -> bool:
        """Whether it leads to a level before a year."""
        return self.ladder == to[0] and self.level >= to[1] and self.finish < before


def _rests_on(since: dict[str, np.ndarray], cadre: int, step: _Step, later: _Step, others: list[_Step]) -> bool:
    """Whether a later start asks for a level that it has by one start and by nothing else."""
    return any(
        step.leads(asked, later.start)
        and since[asked[0]][cadre, asked[1]] > later.start
        and not any(each.leads(asked, later.start) for each in others)
        for asked in later.asked
    )


def _pins(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The only start that meets a required pin."""
    first = problem.scenario.horizon.first
    met = np.zeros(len(starts), dtype=bool)
    for pin in problem.scenario.pins.require:
        matching = pinned(problem, [pin])[starts["cadre"], starts["programme"], starts["start"].to_numpy() - first]
        if matching.sum() == 1:
            met |= matching
    yield from _rows(met, "pin", "")


def _classes(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The starts of classes that would be too small without one of them."""
    for name, size in problem.scenario.classes.items():
        of_programme = np.isin(starts["programme"], problem.programme_ids([name]))
        for year in map(int, problem.years):
            own = of_programme & (starts["start"].to_numpy() == year)
            left = int(own.sum()) - 1
            number = 0 if left <= 0 else 1 if size.max is None else math.ceil(left / size.max)
            if left < number * size.min:
                yield from _rows(own, "class", name)


def _kept(problem: Problem, starts: pd.DataFrame) -> Iterator[tuple[int, Purpose]]:
    """The starts that the earlier plan has."""
    earlier = earlier_starts(problem)
    codes = problem.cadres["cadre"].to_numpy()[starts["cadre"]]
    names = problem.programmes["programme"].to_numpy()[starts["programme"]]
    keys = zip(codes, names, starts["start"].tolist(), strict=True)
    yield from _rows(np.array([key in earlier for key in keys], dtype=bool), "kept", "")
