"""The rows that stand against missed targets: written once for all targets, each asked about by its bounds alone.

The rows of a plan are the same whichever target is asked about. So they are written once, with every target binding
(`must`), with the starts by exemption of all members who can start nothing, and with a column for how far each rule
gives way. A question closes what is not of it: the row of the target asked about says that nothing is short; the other
targets fall no shorter than in the best plan (*held*), or are left out (*alone*); nobody else is exempt.

How it is solved. Alone, few columns matter to a target, and dual fixing (`planner.optimiser.dual_fixing`) leaves a
matrix that is solved from nothing at once. Held, nearly all matter; there every question begins from the same solution,
the one in which all targets are held and nothing gives way, and only a bound has changed since. What is named or
repaired therefore does not depend on what was asked before.

What stands against a target is read off a proof: the least shortfall that a linear programme allows rests on the rows
with a dual; with those alone, and the target binding, there is no plan (Farkas). That is confirmed by another solve,
and made as small as can be (`planner.infeasibility`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock

import numpy as np

from planner.analysis.what_if import WhatIf, with_reached
from planner.analysis.why.ways_out import Loosened, WayOut, exemptions, waivable
from planner.infeasibility import Contradiction, by_itself, statements_of
from planner.inputs.problem import Problem
from planner.model.attainment import attaining, unknown_level
from planner.model.barred import asked_for, barred_options
from planner.model.build import build_tables
from planner.model.matrix import feasibility
from planner.model.options import Options, admissible_starts
from planner.model.rows import Limit, ModelTables
from planner.optimiser.dual_fixing import Left
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits, dot
from planner.optimiser.lp import Relaxation, Simplex, relax
from planner.optimiser.quickxplain import search_among
from planner.optimiser.reduced_cost_fixing import next_value
from planner.plans.obstacles import stuck

PRICED = 1e-7  # a smaller dual is none


def must(target: str) -> Limit:
    """The statement that a target is reached."""
    return "must", ("targets", target)


def unable_of(options: Options, target: str) -> np.ndarray:
    """The members of known level, below it, with no admissible start that leads to it in time: Boolean.

    A member is able who has one on every ladder of the target on which the level is too low.
    """
    problem = options.problem
    entry = problem.scenario.targets[target]
    below = problem.counted(target) & ~unknown_level(problem, entry) & (attaining(problem, entry) > problem.by(entry))
    return below & np.logical_or.reduce([stuck(options, entry, ladder) for ladder in entry.level])


class MissedRows:
    """The rows of a case for all targets that its best plan misses. Threads may ask side by side."""

    def __init__(self, what_if: WhatIf) -> None:
        problem, plan = what_if.problem, what_if.plan
        short = plan.attainment.set_index("target")["shortfall"]
        self._short = {str(name): int(by) for name, by in short.items()}
        self._must = {name for name, entry in problem.scenario.targets.items() if entry.must}
        self._bound = with_reached(problem, *problem.scenario.targets)
        self._own, ladders = admissible_starts(problem), problem.programmes["ladder"].to_numpy()
        self._exempt = {
            name: unable_of(self._own, name)[:, None] & np.isin(ladders, list(problem.scenario.targets[name].level))
            for name, by in self._short.items()
            if by > 0
        }  # whom a repair may exempt, by target: cadres x programmes
        nobody = np.zeros(self._own.reasons.shape[:2], dtype=bool)
        anybody = np.logical_or.reduce([nobody, *self._exempt.values()])
        options = admissible_starts(self._bound, waivable(self._bound, anybody, by_anybody=True))
        self._tables = build_tables(options)
        self._statements, exempt = statements_of(self._tables), dict(exemptions(options, self._own))
        firm = {must(name) for name in problem.scenario.targets}
        self._loosened = Loosened(self._bound, self._tables, self._statements, firm, exempt)
        self._by_exemption = np.array(list(exempt), dtype=int)
        self._by_law = np.array([each.may_change is False for each in exempt.values()], dtype=bool)
        self._plan = options.having(plan.starts)
        beside = enumerate(self._tables.columns, len(options))
        self._column = {str(column.key[0]): place for place, column in beside if column.kind == "shortfall"}
        self._rows = _rows_of_targets(self._statements)
        self._lock, self._seeking, self._repairing = Lock(), _FromHome(), _FromHome()

    def least(self, target: str, effort: SolveLimits) -> int | None:
        """The least shortfall of any plan, no other target counting; None where a linear programme does not tell it."""
        left, relaxed = self._least_alone(target, effort)
        if relaxed.status != OPTIMAL:
            return None
        least, x = next_value(relaxed.bound, 1), np.round(relaxed.x)
        return round(least) if left.matrix.feasible(x) and dot(left.matrix.cost, x) <= least else None

    def blocking(self, target: str, effort: SolveLimits, *, held: bool) -> Contradiction | None:
        """What contradicts the target; None where no linear programme shows that anything does.

        Parameters
        ----------
        held
            Whether the other targets may fall no shorter than in the best plan.
        """
        left, relaxed = (self._least_held if held else self._least_alone)(target, effort)
        if relaxed.status != OPTIMAL or next_value(relaxed.bound, 1) <= 0:
            return None
        priced = {self._statements[row] for row in left.rows[np.abs(relaxed.duals) > PRICED]} | {must(target)}
        few = [each for each in dict.fromkeys(self._statements) if each is not None and each in priced]
        matrix = self._with_bounds(feasibility(self._tables), self._rows, target, held=held)
        matrix = replace(matrix, upper=np.where(self._admissible(self._tables), matrix.upper, 0))
        search = search_among(few, matrix, self._statements, effort, self._tables.owner)
        if not search.impossible(few):
            return None
        whole = self._by_itself(search.explain([], False, few), target, effort, held=held)
        return replace(whole, minimal=whole.minimal and not search.cut_short)

    def repair(
        self, bound: Problem, target: str, effort: SolveLimits, *, held: bool, by_anybody: bool
    ) -> tuple[WayOut | None, bool]:
        """The least relaxation with which the target is reached; whether the time sufficed to know it.

        Parameters
        ----------
        bound
            The problem in whose words it is told.
        held
            As `blocking` has it.
        by_anybody
            Relax even what the scenario's makers may not change.
        """
        matrix = self._with_bounds(self._loosened.closed(by_anybody=by_anybody), self._rows, target, held=held)
        frame = self._tables.options.frame.iloc[self._by_exemption]
        exempt = self._exempt[target][frame["cadre"], frame["programme"]] & (by_anybody | ~self._by_law)
        upper = matrix.upper.copy()
        upper[self._by_exemption[~exempt]] = 0
        matrix = replace(matrix, upper=upper)
        if held:
            left = self._held(matrix)
            with self._lock:
                simplex = self._repairing.simplex(self._at_home(), effort)
                answer = self._loosened.cheapest_left(left, effort, self._plan, simplex)
        else:
            answer = self._loosened.cheapest(matrix, effort, self._plan)
        if answer.status != OPTIMAL or answer.x is None:
            return None, answer.status == INFEASIBLE
        return self._loosened.way(bound, answer.x, matrix), True

    # --- the least shortfall of a target ----------------------------------------------------------------------------

    def _least_alone(self, target: str, effort: SolveLimits) -> tuple[Left, Relaxation]:
        """The relaxation of the shortfall, the other targets left out, and what it is of."""
        left = self._loosened.fixing.left(self._seeking_least(target, held=False))
        return left, relax(left.matrix, effort)

    def _least_held(self, target: str, effort: SolveLimits) -> tuple[Left, Relaxation]:
        """The same, the other targets held."""
        left = self._held(self._seeking_least(target, held=True))
        with self._lock:
            simplex = self._seeking.simplex(self._at_home(), effort)
            return left, simplex.relax(left.matrix, effort)

    def _seeking_least(self, target: str, *, held: bool) -> IntegerProgram:
        """The matrix with the shortfall as its cost; nothing gives way and nobody is exempt."""
        matrix = self._with_bounds(self._loosened.matrix, self._rows, target, held=held)
        own = self._admissible(self._tables)
        upper, row_upper, cost = np.zeros(len(matrix.upper)), matrix.row_upper.copy(), np.zeros(len(matrix.upper))
        upper[: len(own)] = np.where(own, matrix.upper[: len(own)], 0)
        row_upper[self._rows[target]] = np.inf
        cost[self._column[target]] = 1
        return replace(matrix, cost=cost, upper=upper, row_upper=row_upper)

    # --- bounds -----------------------------------------------------------------------------------------------------

    def _with_bounds(
        self, matrix: IntegerProgram, rows: Mapping[str, int], target: str | None, *, held: bool
    ) -> IntegerProgram:
        """The matrix in which a target is binding, and the others are held or left out, but for those that must be."""
        upper = matrix.row_upper.copy()
        for name, row in rows.items():
            binding = name == target or name in self._must
            upper[row] = 0 if binding else self._short[name] if held else np.inf
        return replace(matrix, row_upper=upper)

    def _admissible(self, tables: ModelTables) -> np.ndarray:
        """Which columns of tables of the same people are no starts against which there is a reason: Boolean."""
        frame, first = tables.options.frame, tables.options.problem.scenario.horizon.first
        against = self._own.reasons[frame["cadre"], frame["programme"], frame["start"].to_numpy() - first]
        return np.append(against == 0, np.ones(len(tables.columns), dtype=bool))

    @cached_property
    def _all_held(self) -> Left:
        """What is left of the matrix whichever target is asked about: with every bound as it asks for most."""
        matrix, row_upper = self._loosened.matrix, self._loosened.matrix.row_upper.copy()
        row_upper[list(self._rows.values())] = 0
        costs = self._loosened.costs.units + self._loosened.costs.charges
        return self._loosened.fixing.left(replace(matrix, cost=costs, row_upper=row_upper))

    def _held(self, matrix: IntegerProgram) -> Left:
        """What is left of a matrix with other bounds of targets, and columns closed."""
        left = self._all_held
        of_targets = np.isin(left.rows, list(self._rows.values()))
        row_upper = np.where(of_targets, matrix.row_upper[left.rows], left.matrix.row_upper)
        upper, cost = matrix.upper[left.columns], matrix.cost[left.columns]
        return replace(left, matrix=replace(left.matrix, cost=cost, upper=upper, row_upper=row_upper))

    def _at_home(self) -> IntegerProgram:
        """What is left where all targets are held and nothing gives way: the best plan is one of these."""
        matrix = self._with_bounds(self._loosened.matrix, self._rows, None, held=True)
        return self._held(replace(matrix, cost=self._loosened.costs.units)).matrix

    # --- what keeps members from starting ---------------------------------------------------------------------------

    def _by_itself(self, rules: list[Limit], target: str, effort: SolveLimits, *, held: bool) -> Contradiction:
        """Contradictory rules with as much of what keeps members from starting as their contradiction needs."""
        tables, statements = self._barred
        asked, known = (asked_for(self._bound, named) for named in (rules, self._targets))
        if np.any(asked & ~known):
            tables = barred_options(admissible_starts(self._bound), rules)
            statements = statements_of(tables)
        matrix = self._with_bounds(feasibility(tables), _rows_of_targets(statements), target, held=held)
        of_asked = np.append(asked[tables.options.frame["cadre"]], np.ones(len(tables.columns), dtype=bool))
        matrix = replace(matrix, upper=np.where(of_asked | self._admissible(tables), matrix.upper, 0))
        return by_itself(rules, matrix, statements, tables.owner, effort)

    @property
    def _targets(self) -> list[Limit]:
        return [must(name) for name in self._rows]

    @cached_property
    def _barred(self) -> tuple[ModelTables, list[Limit | None]]:
        """The tables with what keeps the members of all targets from starting."""
        tables = barred_options(admissible_starts(self._bound), self._targets)
        return tables, statements_of(tables)


class _FromHome:
    """A simplex that begins every question at the same solution."""

    def __init__(self) -> None:
        self._simplex, self._home = Simplex(), Relaxation(INFEASIBLE, *(np.zeros(0), 0.0, np.zeros(0), np.zeros(0)))

    def simplex(self, home: IntegerProgram, effort: SolveLimits) -> Simplex:
        """The simplex, at the solution of a matrix that is the same whenever it is asked."""
        self._simplex.go_on_from(self._home.basis)
        self._home = self._simplex.relax(home, effort)
        return self._simplex


def _rows_of_targets(statements: Sequence[Limit | None]) -> dict[str, int]:
    """The row in which each target is binding."""
    return {
        str(statement[1][1]): row
        for row, statement in enumerate(statements)
        if statement is not None and statement[0] == "must" and statement[1][0] == "targets"
    }
