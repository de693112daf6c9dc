"""What a sample of futures leaves short of each target, from below: cuts instead of a row for every future.

How it works. In each future it is known beforehand of every admissible start whether it would reach its level. A
target's mean shortfall over the futures is then a convex function of the starts, and for any set F of futures

    futures x mean >= sum over F of (required - sure - sum of the starts that reach their level in the future)

holds of every plan: all that it takes from a future is that a shortfall is neither below this difference nor below 0.
With F the futures in which the difference is positive at a point, the cut touches the mean at that point. A step that
needs another start counts as if that were there, and of a target of several ladders one ladder counts: so the cuts
never say more than is true.

References
----------
Van Slyke, Wets, "L-shaped linear programs with applications to optimal control and stochastic programming", SIAM
Journal on Applied Mathematics 17 (1969).
Künzi-Bay, Mayer, "Computational aspects of minimizing conditional value-at-risk", Computational Management Science 3
(2006): the cuts of the worst tenth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from planner.inputs.problem import Problem
from planner.model.futures.careers import Career, Lived, careers_of, events_of, lived
from planner.model.futures.draws import Draws
from planner.model.futures.rates import rates_of
from planner.model.futures.shortfall_rows import weight_unit
from planner.model.futures.shortfalls import TAIL
from planner.model.futures.standing import Aim, aims_of, held_by, passing
from planner.model.options import Options


@dataclass(frozen=True)
class Need:
    """A level that a start needs: where current study gives it, and the starts that may, each where it reaches it."""

    given: np.ndarray
    options: np.ndarray
    reaches: np.ndarray


@dataclass(frozen=True)
class SampledTarget:
    """A target in every future of a sample.

    Attributes
    ----------
    weight
        In the unit of all weights.
    short
        For each future what is required, less who attains it without a start [people].
    options
        The starts by which somebody may attain it, rows of the options.
    cadre
        For each of them the cadre, counted from 0.
    reaches
        Options x futures: whether a start reaches its level.
    needs
        What a start, by its place among the options, needs.
    """

    weight: int
    short: np.ndarray
    options: np.ndarray
    cadre: np.ndarray
    reaches: np.ndarray
    needs: Mapping[int, tuple[Need, ...]]

    def at(self, x: np.ndarray) -> Touching:
        """What is short at a point, and what bounds it there."""
        own, futures = x[self.options], len(self.short)
        active = np.flatnonzero(own > 0)
        attains = self.reaches[active] * own[active, None]
        instead: dict[int, list[tuple[np.ndarray, Need]]] = {}
        for row, place in enumerate(active.tolist()):
            for need in self.needs.get(place, ()):
                less = np.where(need.given, np.inf, x[need.options] @ need.reaches) < attains[row] - EXACT
                if less.any():
                    attains[row, less] = (x[need.options] @ need.reaches)[less]
                    instead[place] = [*((where & ~less, by) for where, by in instead.get(place, ())), (less, need)]
        sums = np.zeros((int(self.cadre.max(initial=-1)) + 1, futures))
        np.add.at(sums, self.cadre[active], attains)
        return Touching(self, self.short - np.minimum(sums, 1).sum(axis=0), sums > 1 + EXACT, instead)


@dataclass(frozen=True)
class Touching:
    """A target at a point.

    Attributes
    ----------
    left
        For each future what is short, below 0 where more attain than need to.
    capped
        Cadres x futures: where a cadre, attaining by several starts, counts once.
    instead
        For a start, by its place: in which futures what it needs bounds it, not the start itself.
    """

    target: SampledTarget
    left: np.ndarray
    capped: np.ndarray
    instead: Mapping[int, Sequence[tuple[np.ndarray, Need]]]

    def terms(self, where: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray], int]:
        """Over some futures: starts, their coefficients (a start may stand twice), and what they are to reach."""
        target = self.target
        counted = target.reaches @ where.astype(np.float32)
        twice = np.asarray(self.capped.any(axis=1))
        for place in np.flatnonzero(twice[target.cadre]).tolist():
            counted[place] = (target.reaches[place] * (where & ~self.capped[target.cadre[place]])).sum()
        options, coefficients = [target.options], [counted]
        for place, by in self.instead.items():
            for less, need in by:
                own = where & less & ~self.capped[target.cadre[place]]
                counted[place] -= (target.reaches[place] * own).sum()
                options.append(need.options)
                coefficients.append((need.reaches * (target.reaches[place] * own)).sum(axis=1))
        return options, coefficients, int(target.short[where].sum()) - int(self.capped[:, where].sum())


EXACT = 1e-9
"""Sums of whole numbers are told apart to this."""


@dataclass(frozen=True)
class Cut:
    """measures[target] + the sum of coefficients x starts >= least, in whole numbers; target -1: all together."""

    target: int
    options: np.ndarray
    coefficients: np.ndarray
    least: int


@dataclass(frozen=True)
class Sample:
    """The targets in the futures of a sample; `unit` is that of their weights."""

    futures: int
    unit: Fraction
    targets: tuple[SampledTarget, ...]

    def at(self, x: np.ndarray) -> list[Touching]:
        """Every target at a point."""
        return [target.at(x) for target in self.targets]

    def cut(self, place: int, at: Touching) -> Cut:
        """The cut of one target's mean, times the futures, that touches it at a point."""
        return _cut(place, [(at, at.left > 0, 1)])

    def tail_cut(self, every: Sequence[Touching]) -> Cut:
        """The cut of the weighted sum over the worst tenth, in the weights' unit, that touches it at a point."""
        tail = np.zeros(self.futures, dtype=bool)
        tail[np.argsort(self.weighted(every), kind="stable")[-(self.futures // TAIL) :]] = True
        return _cut(-1, [(at, (at.left > 0) & tail, at.target.weight) for at in every])

    def weighted(self, every: Sequence[Touching]) -> np.ndarray:
        """The weighted shortfall in each future, in the weights' unit."""
        return np.asarray(np.sum([np.maximum(at.left, 0) * at.target.weight for at in every], axis=0))


def _cut(place: int, parts: Sequence[tuple[Touching, np.ndarray, int]]) -> Cut:
    """A sum over some futures of each target, times a factor."""
    options, coefficients, least = [np.zeros(0, dtype=int)], [np.zeros(0)], 0
    for at, where, factor in parts:
        own, counted, short = at.terms(where)
        options += own
        coefficients += [factor * each.astype(float) for each in counted]
        least += factor * short
    distinct, inverse = np.unique(np.concatenate(options), return_inverse=True)
    summed = np.round(np.bincount(inverse, np.concatenate(coefficients), len(distinct)))
    return Cut(place, distinct[summed != 0], summed[summed != 0], least)


def sample_of(problem: Problem, options: Options, futures: int, seed: int) -> Sample:
    """The first futures of a seed, as `planner risk` draws them, for the admissible starts of a problem."""
    draws, unit, aims = Draws(seed, 0, futures), weight_unit(problem), aims_of(problem)
    counting = [_Counting(aim, futures) for aim in aims]
    frame = options.frame
    names = problem.programmes["programme"].to_numpy()[frame["programme"].to_numpy()]
    keys = zip(frame["cadre"].tolist(), map(str, names), frame["start"].tolist(), strict=True)
    index = {key: option for option, key in enumerate(keys)}
    for career in careers_of(problem, frame, rates_of(problem)):
        concerned = [each for each in counting if each.aim.counted[career.row]]
        if concerned:
            lone = _without_needs(career)
            found = lived(lone, events_of(lone, draws), futures)
            needs = _needs(career, found, index)
            for each in concerned:
                each.count_in(lone, found, index, needs)
    return Sample(futures, unit, tuple(each.target(unit) for each in counting))


def _without_needs(career: Career) -> Career:
    """A career in which every step counts as if the level it needs were there."""
    return replace(career, studies=tuple(replace(study, needs=()) for study in career.studies))


Index = Mapping[tuple[int, str, int], int]
"""The option of a cadre's row, programme and start."""


def _needs(career: Career, found: Lived, index: Index) -> dict[int, tuple[Need, ...]]:
    """For the place, among a cadre's studies, of each start that needs a level: what gives it."""
    needs = {}
    for place, study in enumerate(career.studies):
        if study.needs:
            needs[place] = tuple(_need(career, found, index, givers) for givers in study.needs)
    return needs


def _need(career: Career, found: Lived, index: Index, givers: Sequence[int]) -> Need:
    given, options, reaches = np.zeros(len(found.gone), dtype=bool), [], []
    for giver in givers:
        study = career.studies[giver]
        if study.start is None:
            given |= found.reached[giver]
        else:
            options.append(index[career.row, study.programme, study.start])
            reaches.append(found.reached[giver])
    table = np.array(reaches, dtype=np.float32).reshape(len(options), len(given))
    return Need(given, np.array(options, dtype=int), table)


@dataclass
class _Counting:
    """A target, while the cadres are counted in."""

    aim: Aim
    futures: int
    members: np.ndarray = field(init=False)
    sure: np.ndarray = field(init=False)
    options: list[int] = field(default_factory=list)
    cadre: list[int] = field(default_factory=list)
    reaches: list[np.ndarray] = field(default_factory=list)
    needs: dict[int, tuple[Need, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members = np.zeros(self.futures, dtype=int)
        self.sure = np.zeros(self.futures, dtype=int)

    def count_in(self, career: Career, found: Lived, index: Index, needs: Mapping[int, tuple[Need, ...]]) -> None:
        """Who counts, who attains anyway, and the starts by which a cadre may attain, of the first ladder lacking."""
        member = found.gone > self.aim.by if self.aim.excluded else np.ones(self.futures, dtype=bool)
        self.members += member
        lacking = [ladder for ladder, wanted in self.aim.levels.items() if career.levels[ladder] < wanted]
        given, starts = np.ones(self.futures, dtype=bool), []
        if lacking:
            given = np.zeros(self.futures, dtype=bool)
            for place in passing(career, self.aim, lacking[0]):
                study, holds = career.studies[place], held_by(career, self.aim, found, place)
                if study.start is None:
                    given |= holds
                elif study.low < self.aim.levels[lacking[0]]:  # else whoever begins it has attained by an earlier study
                    starts.append((place, index[career.row, study.programme, study.start], holds))
        self.sure += member & given
        for place, option, holds in starts:
            reaches = holds & member & ~given
            if reaches.any():
                if place in needs:
                    self.needs[len(self.options)] = needs[place]
                self.options.append(option)
                self.cadre.append(career.row)
                self.reaches.append(reaches)

    def target(self, unit: Fraction) -> SampledTarget:
        """The target when all are counted in."""
        reaches = np.array(self.reaches, dtype=bool).reshape(len(self.options), self.futures).astype(np.float32)
        short = self.aim.required[self.members] - self.sure
        weight = int(Fraction(str(self.aim.weight)) / unit)
        cadre = np.unique(self.cadre, return_inverse=True)[1].astype(int)
        return SampledTarget(weight, short, np.array(self.options, dtype=int), cadre, reaches, self.needs)
