"""A plan: the chosen starts and what they amount to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem
from planner.model.goals import kind_of
from planner.model.options import Options
from planner.plans.columns import TABLES
from planner.plans.tables import tables_of


@dataclass(frozen=True)
class Plan:
    """What a solve has to say; the tables have the columns of the contract, section 7.

    Attributes
    ----------
    status
        optimal; feasible (some goal was cut short); infeasible (no plan exists); or time_limit (none found in time).
    assignments
        cadre, agency, programme, mode, start, finish [year], points, serves; sorted by cadre, start, programme.
    attainment
        target, members, unknown, required, already, attained, shortfall [people], share.
    seats
        pool, year, min, max, starts, below_min [starts].
    totals
        pool, min, max, starts (with those of the history), below_min [starts].
    shares
        share, year (empty: horizon), starts, of_group, required, shortfall [starts].
    absence
        agency, year, headcount, limit, away [people].
    goals
        goal, sense, value, bound, status, seconds.
    conflict
        rule, where (text), key (tuple), minimal: rules of which no plan can obey all, and whether the time sufficed to
        show that each is needed; empty unless infeasible, or where the time did not suffice to find them.
    """

    problem: Problem
    status: str
    assignments: pd.DataFrame
    attainment: pd.DataFrame
    seats: pd.DataFrame
    totals: pd.DataFrame
    shares: pd.DataFrame
    absence: pd.DataFrame
    goals: pd.DataFrame
    conflict: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["rule", "where", "key", "minimal"]))

    @property
    def found(self) -> bool:
        """Whether there is a plan."""
        return self.status in ("optimal", "feasible")

    @property
    def starts(self) -> pd.DataFrame:
        """The assignments by the rows of the problem's tables: cadre, programme, start, finish [year]."""
        chosen = self.assignments.reindex(columns=TABLES["assignments"].names)
        return pd.DataFrame(
            {
                "cadre": pd.Index(self.problem.cadres["cadre"]).get_indexer(chosen["cadre"]),
                "programme": pd.Index(self.problem.programmes["programme"]).get_indexer(chosen["programme"]),
                "start": chosen["start"].to_numpy(dtype=int),
                "finish": chosen["finish"].to_numpy(dtype=int),
            }
        )

    @property
    def repeatable(self) -> bool:
        """Whether another run must give the same starts: every goal proven, and the lot last to break ties."""
        return self.status == "optimal" and kind_of(self.problem.scenario.goals[-1]).breaks_ties


def plan_of(options: Options, chosen: np.ndarray, status: str, goals: pd.DataFrame) -> Plan:
    """The plan of the chosen options, its tables computed from the options."""
    starts = options.frame.iloc[np.sort(chosen)]
    problem = options.problem
    return Plan(problem, status, **tables_of(problem, starts), goals=goals)


def no_plan(problem: Problem, status: str, goals: pd.DataFrame, conflict: pd.DataFrame | None = None) -> Plan:
    """A solve that found no plan."""
    empty = pd.DataFrame()
    plan = Plan(problem, status, **{name: empty for name in TABLES if name != "goals"}, goals=goals)
    return plan if conflict is None else replace(plan, conflict=conflict)
