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
from planner.messages import localised
from planner.model.futures.rates import counting
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
            The other was drawn otherwise or with other rates, or its targets are others.
        """
        if self.count != other.count or self.seed != other.seed:
            raise InputError(Fault("risk_other_futures"))
        if entries := _other_rates(self.problem, other.problem):
            raise InputError(Fault("risk_other_rates", {"entries": ", ".join(entries)}))
        if names := [*_judged_otherwise(self.drawn, other.drawn)]:
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


def _other_rates(one: Problem, other: Problem) -> list[str]:
    """The rates that two problems do not have alike: in them the same number drawn is not the same event."""
    mine, yours = ({name: entry.chance for name, entry in each.scenario.risk.items()} for each in (one, other))
    if [*mine.items()] == [*yours.items()]:
        return []
    return [name for name in dict.fromkeys([*mine, *yours]) if mine.get(name) != yours.get(name)] or [*mine]


def _judged_otherwise(one: Futures, other: Futures) -> Iterator[str]:
    """Targets that two plans are not judged by alike."""
    mine, yours = ({aim.name: aim for aim in each.aims} for each in (one, other))
    for name in (*mine, *(name for name in yours if name not in mine)):
        if name not in mine or name not in yours or _terms(mine[name]) != _terms(yours[name]):
            yield name


def _terms(aim: Aim) -> tuple[object, ...]:
    return aim.by, aim.weight, aim.levels, aim.enrolled, aim.excluded, int(aim.counted.sum()), int(aim.required[-1])
