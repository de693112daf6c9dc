"""What sampled futures leave short of each target, as columns and rows: for the goals `expected` and `worst_tenth`.

How it works. What is drawn does not depend on the plan (`planner.model.futures.draws`), so in each future it is known
beforehand of every admissible start whether it would reach its level, were it in the plan: then its column counts in
that future, else it does not. So a target has in each future a row of its own,

    future_shortfall >= required - already - sum of the starts that reach its level in this future

over the same columns. Futures in which a target's rows are equal share one. Beside the starts there are columns only
where one start does not settle it: a step whose level another start must give (`begun`), a target of several ladders
or a level that two starts may pass one after the other (`future_attained`).

References
----------
Kleywegt, Shapiro, Homem-de-Mello, "The sample average approximation method for stochastic discrete optimization", SIAM
Journal on Optimization 12 (2002).
Rockafellar, Uryasev, "Optimization of conditional value-at-risk", Journal of Risk 2 (2000): the rows of `tail_excess`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from planner.inputs.problem import Problem
from planner.model.futures.careers import Career, Lived, careers_of, events_of, lived
from planner.model.futures.draws import Draws
from planner.model.futures.rates import rates_of
from planner.model.futures.standing import Aim, aims_of, held_by, passing
from planner.model.rows import ModelBuilder


def future_shortfalls(builder: ModelBuilder, problem: Problem) -> None:
    """future_shortfall[target, future, futures]: the people short in so many futures like this one (the first, from 1).

    Written where a goal looks at futures.
    """
    scenario = problem.scenario
    if not scenario.looks_at_futures:
        return
    sample = scenario.resilient
    draws, index = Draws(sample.seed, 0, sample.futures), _index(builder, problem)
    rows = [_TargetRows(builder, aim, sample.futures) for aim in aims_of(problem)]
    for career in careers_of(problem, builder.options.frame, rates_of(problem)):
        concerned = [each for each in rows if each.aim.counted[career.row]]
        if concerned:
            cadre = _Cadre(builder, career, draws, index)
            for each in concerned:
                each.count_in(cadre)
    short = [each.write() for each in rows]
    if "worst_tenth" in scenario.goals:
        _tail(builder, problem, short)


def weight_unit(problem: Problem) -> Fraction:
    """The largest number of which every target's weight is a multiple."""
    weights = [Fraction(str(target.weight)) for target in problem.scenario.targets.values()]
    scale = math.lcm(*(weight.denominator for weight in weights))
    return Fraction(math.gcd(*(int(weight * scale) for weight in weights)) or 1, scale)


def _tail(builder: ModelBuilder, problem: Problem, short: Sequence[np.ndarray]) -> None:
    """tail_excess[future] >= the weighted shortfall of the future - tail_edge; both in the weights' unit.

    With the best edge, edge + the sum of the excesses / (futures / 10) is the mean of the worst tenth.
    """
    unit, targets = weight_unit(problem), problem.scenario.targets
    weights = [int(Fraction(str(target.weight)) / unit) for target in targets.values()]
    most = {}
    for future in range(problem.scenario.resilient.futures):
        own = [(int(columns[future]), weight) for columns, weight in zip(short, weights, strict=True)]
        most[future] = [(column, weight) for column, weight in own if column != NOTHING and weight]
    largest = max(sum(weight * builder.upper_of(column) for column, weight in own) for own in most.values())
    if not largest:
        return
    edge = builder.column("tail_edge", upper=largest)
    for future, own in most.items():
        if own:
            excess = builder.column("tail_excess", future + 1, upper=largest)
            coefficients = [1.0, 1.0, *(-float(weight) for _, weight in own)]
            columns = [excess, edge, *(column for column, _ in own)]
            builder.row("tail_excess", future + 1, columns=columns, coefficients=coefficients, lower=0)


def _index(builder: ModelBuilder, problem: Problem) -> dict[tuple[int, str, int], int]:
    """The option of each cadre's row, programme and start."""
    frame = builder.options.frame
    names = problem.programmes["programme"].to_numpy()[frame["programme"].to_numpy()]
    keys = zip(frame["cadre"].tolist(), map(str, names), frame["start"].tolist(), strict=True)
    return {key: option for option, key in enumerate(keys)}


NOTHING = -1
"""In place of a column: it cannot be."""


class _Cadre:
    """What each future leaves of all that a cadre could start."""

    def __init__(
        self, builder: ModelBuilder, career: Career, draws: Draws, index: Mapping[tuple[int, str, int], int]
    ) -> None:
        self.builder, self.career, self.count = builder, career, draws.count
        alone = replace(career, studies=tuple(replace(study, needs=()) for study in career.studies))
        self.alone: Lived = lived(alone, events_of(alone, draws), draws.count)
        self.option = [
            None if study.start is None else index[career.row, study.programme, study.start] for study in career.studies
        ]
        self._gates: dict[int, np.ndarray] = {}
        self._begun: dict[tuple[object, ...], int] = {}

    def gate(self, place: int) -> np.ndarray:
        """For each future the column that is 1 where a start is in the plan and the levels it needs are there."""
        if place not in self._gates:
            self._gates[place] = self._gate(place)
        return self._gates[place]

    def _gate(self, place: int) -> np.ndarray:
        own = self.option[place]
        columns = np.full(self.count, own)
        for givers in self.career.studies[place].needs:
            columns = self._after(place, columns, givers)
        return columns

    def _after(self, place: int, columns: np.ndarray, givers: Sequence[int]) -> np.ndarray:
        """The columns where, too, one of some studies has given its level."""
        surely = np.full(self.count, bool(givers))  # whichever of them the plan has
        given = np.zeros(self.count, dtype=bool)
        for giver in givers:
            reached, option = self.alone.reached[giver], self.option[giver]
            if option is None:
                given |= reached
                surely &= reached
            else:
                surely &= reached & (self.gate(giver) == option)
        columns = columns.copy()
        for future in np.flatnonzero(~given & ~surely & (columns != NOTHING)):
            able = {
                int(self.gate(giver)[future])
                for giver in givers
                if self.option[giver] is not None and self.alone.reached[giver][future]
            } - {NOTHING}
            columns[future] = self._begins(place, int(columns[future]), int(future), frozenset(able))
        return columns

    def _begins(self, place: int, column: int, future: int, able: frozenset[int]) -> int:
        """A column that is at most another, and at most the sum of those that give the level."""
        if not able:
            return NOTHING
        key = column, able
        if key not in self._begun:
            study = self.career.studies[place]
            name = self.career.cadre, study.programme, int(study.start or 0), future + 1, len(self._begun)
            begun = self.builder.column("begun", *name, upper=1)
            for number, above in enumerate(([column], sorted(able))):
                terms = [1.0, *[-1.0] * len(above)]
                self.builder.row("begun", *name, number, columns=[begun, *above], coefficients=terms, upper=0)
            self._begun[key] = begun
        return self._begun[key]


@dataclass(frozen=True)
class _Way:
    """How a level that is lacking may be there in time.

    Attributes
    ----------
    given
        Where current study gives it.
    starts
        Places, among the cadre's studies, of the starts that may; for each where it does, if it begins.
    """

    given: np.ndarray
    starts: list[tuple[int, np.ndarray]]


def _ways(cadre: _Cadre, aim: Aim) -> list[_Way]:
    """For each level of a target that the roster does not give how it may be there."""
    career, found = cadre.career, []
    for ladder, wanted in aim.levels.items():
        if career.levels[ladder] >= wanted:
            continue
        way = _Way(np.zeros(cadre.count, dtype=bool), [])
        for place in passing(career, aim, ladder):
            holds = held_by(career, aim, cadre.alone, place)
            if cadre.option[place] is None:
                way.given[:] |= holds
            elif career.studies[place].low < wanted:  # else whoever begins it has attained by an earlier study
                way.starts.append((place, holds))
        found.append(way)
    return found


@dataclass
class _TargetRows:
    """A target in every future, while the cadres are counted in."""

    builder: ModelBuilder
    aim: Aim
    count: int
    members: np.ndarray = field(init=False)
    sure: np.ndarray = field(init=False)
    columns: list[int] = field(default_factory=list)
    counts: list[np.ndarray] = field(default_factory=list)
    _attained: dict[tuple[object, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members = np.zeros(self.count, dtype=int)
        self.sure = np.zeros(self.count, dtype=int)

    def count_in(self, cadre: _Cadre) -> None:
        """Who counts, who attains anyway, and the columns by which a cadre may attain."""
        ways = _ways(cadre, self.aim)
        member = cadre.alone.gone > self.aim.by if self.aim.excluded else np.ones(self.count, dtype=bool)
        surely = np.logical_and.reduce([member, *(way.given for way in ways)])
        self.members += member
        self.sure += surely
        unsure = member & ~surely
        if not unsure.any():
            return
        levels = {cadre.career.studies[place].high for way in ways for place, _ in way.starts}
        if len(ways) == 1 and len(levels) == 1:  # starts that lead to one level exclude each other
            for place, holds in ways[0].starts:
                self._each(cadre.gate(place), unsure & holds)
        else:
            self._each(self._joined(cadre, ways, unsure), unsure)

    def _each(self, gate: np.ndarray, where: np.ndarray) -> None:
        """Count a start where it attains, by its own column or, in some futures, by another."""
        for column in np.unique(gate[where & (gate != NOTHING)]):
            self.columns.append(int(column))
            self.counts.append(where & (gate == column))

    def _joined(self, cadre: _Cadre, ways: Sequence[_Way], unsure: np.ndarray) -> np.ndarray:
        """For each future the column of a cadre who may attain by one of several starts, or needs several."""
        found = np.full(self.count, NOTHING)
        for future in np.flatnonzero(unsure):
            sums = [
                frozenset({int(cadre.gate(place)[future]) for place, holds in way.starts if holds[future]} - {NOTHING})
                for way in ways
                if not way.given[future]
            ]
            if all(sums):
                found[future] = self._attains(cadre.career.cadre, int(future), tuple(sums))
        return found

    def _attains(self, cadre: str, future: int, sums: tuple[frozenset[int], ...]) -> int:
        """A column that is at most each of some sums of columns."""
        key = cadre, sums
        if key not in self._attained:
            name = self.aim.name, cadre, future + 1
            attained = self.builder.column("future_attained", *name, upper=1)
            for number, able in enumerate(sums):
                terms = [1.0, *[-1.0] * len(able)]
                columns = [attained, *sorted(able)]
                self.builder.row("future_attained", *name, number, columns=columns, coefficients=terms, upper=0)
            self._attained[key] = attained
        return self._attained[key]

    def write(self) -> np.ndarray:
        """A column and a row for the futures in which they are the same; for each future its column."""
        short = self.aim.required[self.members] - self.sure
        counts = np.array(self.counts, dtype=bool).reshape(len(self.columns), self.count)
        columns, found = np.array(self.columns, dtype=int), np.full(self.count, NOTHING)
        packed = np.packbits(counts, axis=0)
        alike: dict[tuple[int, bytes], list[int]] = {}
        for future in np.flatnonzero(short > 0).tolist():
            alike.setdefault((int(short[future]), packed[:, future].tobytes()), []).append(future)
        for (least, _), futures in alike.items():
            name = self.aim.name, futures[0] + 1, len(futures)
            column = self.builder.column("future_shortfall", *name, upper=least)
            terms = [column, *columns[counts[:, futures[0]]]]
            self.builder.row("future_shortfall", *name, columns=terms, lower=least)
            found[futures] = column
        return found
