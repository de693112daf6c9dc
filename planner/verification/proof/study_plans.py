"""Every study plan of a cadre: the sets of starts that the rules about one cadre alone let stand together.

Whatever a plan for everybody is, it has each cadre follow one of his study plans; so the cheapest study plan of each,
whoever else is sent, costs no more. They are listed here exhaustively, from the same functions that `planner verify`
checks a plan with. Cadres with the same choices are of one *kind* and share a list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import StudyLoad
from planner.verification.activities import Activity, arranged, level_held, starts_table
from planner.verification.admissibility import BARRED, excludes
from planner.verification.past import past_long, past_starts
from planner.verification.workload import overloads, too_soon

MOST_PLANS = 100_000  # study plans of one kind; of a kind with more, nothing is asked but that starts are 0 or 1


@dataclass(frozen=True)
class Kind:
    """Cadres who have the same choices.

    Attributes
    ----------
    candidates
        The starts that some study plan has, of the first of them, the earliest first.
    plans
        The study plans: Boolean, plans x candidates. None where there are too many.
    first
        For each of the kind's cadres (rows in `cadres`) the row of his first candidate in `StudyPlans.starts`.
    """

    candidates: tuple[Activity, ...]
    plans: np.ndarray | None
    first: dict[int, int]


class StudyPlans:
    """The starts that can be planned at all, and what each cadre can do with his."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        admissible = _admissible(problem)
        self.chosen = arranged(problem, admissible)
        self._past = _Past(problem)
        kinds, kept, offset = [], [], 0
        for people in self._alike().values():
            candidates, plans = self._listed(people[0])
            used = np.ones(len(candidates), dtype=bool) if plans is None else np.asarray(plans.any(axis=0))
            if not used.any():
                continue
            first = {}
            for person in people:
                rows = self._rows[person][used]
                first[person], offset = offset, offset + len(rows)
                kept.append(rows)
            left = tuple(each for each, stays in zip(candidates, used, strict=True) if stays)
            kinds.append(Kind(left, None if plans is None else plans[:, used], first))
        self.kinds = kinds
        self.starts = admissible.iloc[np.concatenate([np.zeros(0, dtype=int), *kept])].reset_index(drop=True)

    @cached_property
    def _rows(self) -> dict[int, np.ndarray]:
        """The rows of each cadre's starts among those admissible."""
        groups = self.chosen.starts.groupby("person").indices
        return {int(str(person)): np.asarray(rows) for person, rows in groups.items()}

    def studying(self, person: int) -> list[Activity]:
        """The current study of a cadre."""
        return [each for each in self.chosen.activities[person] if not each.new]

    def _alike(self) -> dict[tuple[object, ...], list[int]]:
        """The cadres who have anything to choose, by all that their study plans depend on."""
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        levels = self.problem.cadres[list(self.problem.scenario.ladders)].to_numpy(dtype=int)
        for person in sorted(self._rows):
            doing = tuple((each.course, each.first, each.last) for each in self.chosen.activities[person])
            alike[doing, tuple(levels[person]), self._past.of(self._cadre(person))].append(person)
        return alike

    def _cadre(self, person: int) -> str:
        return str(self.problem.cadres["cadre"].iloc[person])

    def _listed(self, person: int) -> tuple[tuple[Activity, ...], np.ndarray | None]:
        """A cadre's starts, and his study plans over them."""
        candidates = tuple(each for each in self.chosen.activities[person] if each.new)
        now = self.studying(person)
        begun, ended = self._past.of(self._cadre(person))
        load = self.problem.scenario.study_load
        alone = [_possible(start, now, begun, ended, load) for start in candidates]
        return candidates, _grown(self.problem, candidates, now, np.array(alone), begun)


class _Past:
    """What was before the horizon: how many starts of each cadre, and when his long programmes ended."""

    def __init__(self, problem: Problem) -> None:
        self._begun = Counter(past_starts(problem)["cadre"])
        self._ended: dict[str, list[int]] = defaultdict(list)
        for cadre, finish in past_long(problem)[["cadre", "finish"]].itertuples(index=False):
            self._ended[cadre].append(int(finish))

    def of(self, cadre: str) -> tuple[int, tuple[int, ...]]:
        """Starts, and the years in which long programmes ended."""
        return self._begun.get(cadre, 0), tuple(sorted(self._ended.get(cadre, [])))


def _admissible(problem: Problem) -> pd.DataFrame:
    """Every start of the horizon that breaks no condition by itself: a table like `Chosen.starts`."""
    person, course, year = np.nonzero(problem.eligible)
    starts = starts_table(
        problem,
        pd.DataFrame(
            {
                "cadre": problem.cadres["cadre"].to_numpy()[person],
                "programme": problem.programmes["programme"].to_numpy()[course],
                "start": problem.years[year],
            }
        ),
    )
    for barred in BARRED.values():
        starts = starts[~barred(problem, starts)].reset_index(drop=True)
    return starts


def _possible(start: Activity, now: Sequence[Activity], begun: int, ended: Iterable[int], load: StudyLoad) -> bool:
    """Whether a start may stand beside current study and history, if it is the cadre's only one."""
    if any(excludes(study, start, load) for study in now) or any(overloads([*now, start], load.short_per_year)):
        return False
    if load.starts_per_cadre is not None and begun + 1 > load.starts_per_cadre:
        return False
    return not (start.long and any(too_soon(finish, start.first, load.years_between) for finish in ended))


def _grown(
    problem: Problem, candidates: Sequence[Activity], now: Sequence[Activity], alone: np.ndarray, begun: int
) -> np.ndarray | None:
    """Every study plan: each start, the earliest first, is added to all plans of earlier starts that allow it.

    The rules that a start obeys speak of nothing later, so that a plan without its last starts is a plan.
    """
    load = problem.scenario.study_load
    plans = np.zeros((1, len(candidates)), dtype=bool)
    for at in map(int, np.flatnonzero(alone)):
        start, earlier = candidates[at], candidates[:at]
        apart = [row for row, each in enumerate(earlier) if alone[row] and excludes(each, start, load)]
        able = ~plans[:, apart].any(axis=1)
        if load.starts_per_cadre is not None:
            able &= plans.sum(axis=1) + begun < load.starts_per_cadre
        for beside, taken in _shorts(start, earlier, now):
            able &= plans[:, beside].sum(axis=1) + taken < load.short_per_year
        for steps in _steps(problem, start, earlier, now):
            able &= plans[:, steps].any(axis=1)
        further = plans[able]
        further[:, at] = True
        plans = np.vstack([plans, further])
        if len(plans) > MOST_PLANS:
            return None
    return plans


def _shorts(start: Activity, earlier: Sequence[Activity], now: Sequence[Activity]) -> Iterator[tuple[list[int], int]]:
    """For each year of a short start the earlier short ones that run then, and how much current short study does."""
    if start.long:
        return
    for year in range(start.first, start.last + 1):
        beside = [row for row, each in enumerate(earlier) if not each.long and each.runs(year)]
        yield beside, sum(not each.long and each.runs(year) for each in now)


def _steps(
    problem: Problem, start: Activity, earlier: Sequence[Activity], now: Sequence[Activity]
) -> Iterator[list[int]]:
    """For each level that a start builds on and that nothing else gives: the earlier starts that do."""
    needed = [(start.ladder, start.low), *problem.requires.get(start.course, {}).items()]
    for ladder, level in needed:
        on_roster = int(problem.cadres[ladder].iloc[start.person])
        if level_held(on_roster, now, ladder, start.first) < level:
            yield [
                row for row, each in enumerate(earlier) if level_held(on_roster, [each], ladder, start.first) >= level
            ]
