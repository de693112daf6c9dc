"""What a scenario holds, before anything is solved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from planner.inputs.problem import Problem
from planner.inputs.roster.told import Remark
from planner.inputs.warnings import ScenarioWarning
from planner.inputs.warnings.acknowledged import SortedWarnings, sorted_by_acknowledgement
from planner.model.members import members_table
from planner.model.options import Options, admissible_starts
from planner.model.warnings import all_warnings


@dataclass(frozen=True)
class Check:
    """The sizes of a problem, its admissible starts, and the reasons against the others.

    Attributes
    ----------
    options
        The admissible starts, and every reason against each of the others.
    """

    options: Options

    @property
    def problem(self) -> Problem:
        """What was checked."""
        return self.options.problem

    @property
    def sizes(self) -> pd.DataFrame:
        """Columns what (cadres, agencies, programmes, admissible, refused), number."""
        problem, admissible = self.problem, len(self.options)
        numbers = {
            "cadres": len(problem.cadres),
            "agencies": len(problem.agencies),
            "programmes": len(problem.programmes),
            "admissible": admissible,
            "refused": self.options.reasons.size - admissible,
        }
        return pd.DataFrame({"what": list(numbers), "number": list(numbers.values())})

    @property
    def by_programme(self) -> pd.DataFrame:
        """Columns programme, and a column per year of the horizon: how many starts are admissible."""
        starts = (self.options.reasons == 0).sum(axis=0)
        table = pd.DataFrame(starts, columns=[int(year) for year in self.problem.years])
        table.insert(0, "programme", self.problem.programmes["programme"].to_numpy())
        return table

    @property
    def refused(self) -> pd.DataFrame:
        """Columns reason, starts: how many starts each reason stands against; a start may have several."""
        return self.options.refused()

    @property
    def members(self) -> pd.DataFrame:
        """Columns what (group, target, pool, share, priority, approval, leaders), entry, title, and numbers of people:
        members, blank (of whom a column that the condition compares is empty), and of targets unknown, required, held.
        """
        return members_table(self.problem)

    @property
    def warnings(self) -> list[ScenarioWarning]:
        """What is allowed but hardly meant, and not acknowledged: `str` says it, with file and line; `id` names it."""
        return list(self._sorted.open)

    @property
    def acknowledged(self) -> list[ScenarioWarning]:
        """The warnings that the scenario's `acknowledged` names."""
        return list(self._sorted.acknowledged)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the reading of the roster did that its reader should know: `str` says each."""
        return self.problem.remarks

    @cached_property
    def _sorted(self) -> SortedWarnings:
        return sorted_by_acknowledgement(self.problem, all_warnings(self.options))

    @property
    def too_small(self) -> pd.DataFrame:
        """Agencies with more rows on the roster than headcount [people]; columns agency, headcount, rows."""
        problem = self.problem
        rows = problem.agencies["agency"].map(problem.cadres.groupby("agency").size()).fillna(0).astype(int)
        table = problem.agencies[["agency", "headcount"]].assign(rows=rows)
        return table[table["headcount"] < table["rows"]].reset_index(drop=True)


def check_problem(problem: Problem) -> Check:
    """Check a problem."""
    return Check(admissible_starts(problem))
