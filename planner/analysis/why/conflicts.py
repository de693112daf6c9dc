"""When no plan exists: which rules contradict each other, where they stand, and the cheapest ways out.

A conflict is minimal: its rules together are impossible, and without any one of them they are possible; then every
proper subset is possible, too, because fewer rules never forbid more. Both are checked by solving with another engine
than the one that found it.

A way out relaxes limits: more seats, lower floors, more absence, a pin dropped, a target asked for less. The cheapest
have the fewest units in all, and of those the fewest rules; they are found by an integer programme over the whole
problem with a slack on every rule that can give way, and each is checked by solving the problem so relaxed. The next
cheapest are those that do not relax all the rules of one found before (Liffiton and Sakallah, "Algorithms for computing
minimal unsatisfiable subsets of constraints", Journal of Automated Reasoning 40, 2008: minimal correction sets).
What the scenario marks with `may_change: no`, because the law or a superior fixes it, is relaxed by no way out.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.statements import Statement, stated
from planner.analysis.why.ways_out import WayOut, exemptions, waivable, ways_out
from planner.infeasibility import Contradiction, contradictions, statements_of
from planner.inputs.problem import Problem
from planner.model.admissibility import pinned
from planner.model.barred import barred
from planner.model.build import build_tables
from planner.model.matrix import feasibility
from planner.model.options import Options, admissible_starts
from planner.model.rows import Limit, ModelTables
from planner.optimiser.integer_program import SolveLimits
from planner.optimiser.quickxplain import Search


@dataclass(frozen=True)
class Conflict:
    """Rules that contradict each other, and what a second engine shows of them.

    Attributes
    ----------
    together_impossible
        A second engine shows that no plan obeys them all.
    less_one_possible
        It shows that without any one of them some plan obeys the others.
    minimal
        The first engine had the time to show that each is needed. Where it had not, and the second does not show it
        either, some of the rules may not belong.
    """

    rules: tuple[Statement, ...]
    together_impossible: bool
    less_one_possible: bool
    minimal: bool = True

    @property
    def confirmed(self) -> bool:
        """Whether a second engine shows all of it."""
        return self.together_impossible and self.less_one_possible


@dataclass(frozen=True)
class Contradictions:
    """Why no plan exists, and the cheapest ways out, the cheapest first. No conflicts: a plan exists.

    `finished` is whether the time sufficed to know that: without conflicts, that a plan exists; with some, that there
    are no further ones. `ways_known` is whether it sufficed for the ways out: those told are the cheapest, and where
    there are fewer than were asked for, there are no more.
    """

    conflicts: tuple[Conflict, ...]
    ways_out: tuple[WayOut, ...]
    finished: bool = True
    ways_known: bool = True


def explain_conflicts(problem: Problem, ways: int = 3, firm: Collection[Limit] = ()) -> Contradictions:
    """The conflicts of a problem, which share no rule, and the cheapest ways out of all of them.

    Parameters
    ----------
    ways
        How many ways out at most.
    firm
        Rules that are not to be relaxed.
    """
    options = admissible_starts(problem)
    tables, solver = build_tables(options), problem.scenario.solver
    effort = SolveLimits(time.monotonic() + solver.time_limit_s, solver.workers, solver.seed)
    named = list(contradictions(tables, effort))
    found = tuple(_checked(problem, tables, each, effort) for each in named if each.statements)
    finished = all(each.statements for each in named)
    if not found or not ways:
        return Contradictions(found, (), finished)
    wider = admissible_starts(problem, waivable(problem, _unmet(options)))
    out, known = ways_out(problem, build_tables(wider), effort, ways, firm, dict(exemptions(wider, options)))
    return Contradictions(found, tuple(out), finished, known)


def _unmet(options: Options) -> np.ndarray:
    """Cadres x programmes: the starts that a required pin asks for and that are not admissible; they may be exempt."""
    problem = options.problem
    unmet = [pin for pin in problem.scenario.pins.require if not options.matching(pin).any()]
    return np.asarray(pinned(problem, unmet).any(axis=2))


def _checked(problem: Problem, tables: ModelTables, found: Contradiction, effort: SolveLimits) -> Conflict:
    """A conflict as a second engine sees it, what keeps cadres from starting among the rows."""
    labels, wider = found.statements, barred(tables, found.statements)
    search = Search(feasibility(wider), statements_of(wider), replace(effort, engine="cp_sat"))
    less_one = all(search.possible([other for other in labels if other != label]) for label in labels)
    rules = tuple(stated(problem, label) for label in labels)
    return Conflict(rules, search.impossible(labels), less_one, found.minimal)
