"""A plan in many futures, as tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.analysis.risk.figures import difference_table, targets_table
from planner.analysis.risk.futures import Futures
from planner.common.errors import Fault, InputError
from planner.inputs.problem import Problem
from planner.inputs.scenario.rates import OF_STUDIES
from planner.messages import localised, say
from planner.model.futures.rates import chances, counting
from planner.model.futures.standing import Aim
from planner.plans.plan import Plan
from planner.plans.tables import number
from planner.plans.verdicts import untold

RATES = ("entry", "event", "rate", "programmes", "years", "cadres", "source")


@dataclass(frozen=True)
class Risk:
    """A plan in many futures.

    Attributes
    ----------
    problem
        The plan's problem with the rates.
    plan
        The plan.
    count, seed
        How many futures, and what they are drawn with.
    drawn
        The futures themselves: `members` and `attained` of every target in each.
    targets
        First a row for all (`target` empty, the weighted sum), then one for each target: target, title, by [year],
        weight, required, planned (the shortfall where nothing happens) [people]; chance (of no shortfall),
        chance_error, chance_low, chance_high (Wilson, 95 %); expected (shortfall), expected_error, expected_low,
        expected_high (95 %), p10, p50, p90 (of the futures), worst_tenth (mean over the worst tenth of the futures for
        this target), worst_tenth_error, in_worst_tenth (mean over the worst tenth of all) [people].
    hinges
        kind (start, cadre, agency, year), cadre, agency, programme, year (of a start its first), chance and
        chance_error (of a start: to reach its level; empty for others), gain (how much less is short on average,
        weighted, if it were certain), gain_error; in each kind what gains most first. Targets that cannot be told are
        left out of the gains.
    rates
        entry, event, rate, programmes (empty: any), years (empty: any), cadres (for whom it counts in some
        year: no entry that stands before it matches), source.
    """

    problem: Problem
    plan: Plan
    count: int
    seed: int
    drawn: Futures
    targets: pd.DataFrame
    hinges: pd.DataFrame
    rates: pd.DataFrame

    @property
    def futures(self) -> pd.DataFrame:
        """Future (from 1), shortfall (weighted, of all targets), then for each target the people short."""
        found = {"future": np.arange(1, self.count + 1), "shortfall": [number(value) for value in self.drawn.weighted]}
        own = {aim.name: short for aim, short in zip(self.drawn.aims, self.drawn.shortfall, strict=True)}
        return pd.concat([pd.DataFrame(found), pd.DataFrame(own)], axis=1)

    @property
    def untold(self) -> tuple[str, ...]:
        """The targets of which nobody can tell whether the plan reaches them: the roster leaves levels open."""
        return untold(self.plan)

    def without(self, names: Collection[str]) -> Risk:
        """The same without some targets, in `drawn` and `targets`; the hinges stay as they are."""
        drawn = self.drawn.without(names)
        if drawn is self.drawn:
            return self
        return replace(self, drawn=drawn, targets=targets_table(self.problem, drawn))

    def against(self, other: Risk) -> pd.DataFrame:
        """The plan and another in the same futures.

        Returns
        -------
        pd.DataFrame
            target (first empty: all, weighted), title, expected, other (the expected shortfalls), difference
            (other - this), error (its standard error in the same futures), apart_error (what it would be in futures of
            their own), chance, other_chance, chance_difference, chance_error.

        Raises
        ------
        InputError
            The other was drawn otherwise, or with other rates for somebody whom both have, or its targets are others.
        """
        if self.count != other.count or self.seed != other.seed:
            raise InputError(Fault("risk_other_futures"))
        if events := [*_likely_otherwise(self.problem, other.problem)]:
            named = "; ".join(say(f"scheme_choice_{event}") for event in events)
            raise InputError(Fault("risk_other_rates", {"events": named}))
        if names := [*_judged_otherwise(self, other)]:
            told = [self._called(other, name) for name in names]
            raise InputError(Fault("risk_other_targets", {"names": "; ".join(told)}))
        return difference_table(self.problem, self.drawn, other.drawn)

    def _called(self, other: Risk, name: str) -> str:
        """What a target of this plan or the other is called."""
        targets = {**other.problem.scenario.targets, **self.problem.scenario.targets}
        return localised(targets[name].title, name)


def rates_table(problem: Problem) -> pd.DataFrame:
    """The rates with whom they concern; the columns are `RATES`."""
    rows = []
    for name, counts in counting(problem):
        entry = problem.scenario.risk[name]
        years = "" if entry.years is None else f"{entry.years.from_}-{entry.years.to}"
        cadres = int(counts.any(axis=(0, 1)).sum())
        programmes, source = " ".join(entry.programmes or ()), localised(entry.source)
        rows.append((name, entry.event, entry.rate, programmes, years, cadres, source))
    return pd.DataFrame(rows, columns=[*RATES])


def _likely_otherwise(one: Problem, other: Problem) -> Iterator[str]:
    """Events that are not as likely for a cadre, a programme and a year that both problems have.

    The same numbers are drawn for both, and with other rates they tell of other futures.
    """
    years = [problem.scenario.years_at_risk() for problem in (one, other)]
    first = _shared(pd.Index(years[0]), pd.Index(years[1]))
    programmes = _shared(*(pd.Index(problem.programmes["programme"]) for problem in (one, other)))
    cadres = _shared(*(pd.Index(problem.cadres["cadre"]) for problem in (one, other)))
    mine, yours = chances(one), chances(other)
    for event, own in mine.items():
        among = programmes if event in OF_STUDIES else (np.zeros(1, dtype=int), np.zeros(1, dtype=int))
        both = (each[np.ix_(first[side], among[side], cadres[side])] for side, each in enumerate((own, yours[event])))
        if not np.array_equal(*both):
            yield event


def _shared(one: pd.Index, other: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """The places in both of what both have."""
    both = one.intersection(other)
    return one.get_indexer(both), other.get_indexer(both)


def _judged_otherwise(one: Risk, other: Risk) -> Iterator[str]:
    """Targets that two plans are not judged by alike."""
    mine, yours = ({aim.name: _terms(aim, each.problem) for aim in each.drawn.aims} for each in (one, other))
    for name in (*mine, *(name for name in yours if name not in mine)):
        if mine.get(name) != yours.get(name):
            yield name


def _terms(aim: Aim, problem: Problem) -> tuple[object, ...]:
    counted = frozenset(problem.cadres["cadre"].to_numpy()[aim.counted])
    return aim.by, aim.weight, aim.levels, aim.enrolled, aim.excluded, counted, int(aim.required[-1])
