"""The rows that stand against missed targets: written once for all targets, each asked about by its bounds alone.

The rows of a plan are the same whichever target is asked about. So they are written once, with every target binding
(`must`), with the starts by exemption of all members who can start nothing, and with a column for how far each rule
gives way. A question closes what is not of it: the row of the target asked about says that nothing is short; the other
targets fall no shorter than in the best plan (*held*), or are left out (*alone*); nobody else is exempt.

How it is solved. Few targets compete for the same seats: those of the same ladders. So at first only these are held.
Few columns then matter, and dual fixing (`planner.optimiser.dual_fixing`) leaves a matrix that is soon solved. What is
impossible with some targets held is so with all. A repair with some held bounds the one with all from below; where a
plan that needs no more holds all, with everything on other ladders as in the best plan, it is the cheapest. Where it
does not, all are held.

What stands against a target is read off a proof: the least shortfall that a linear programme allows rests on the rows
with a dual; with those alone, and the target binding, there is no plan (Farkas). That is confirmed by another solve,
and made as small as can be (`planner.infeasibility`).
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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
from planner.optimiser.dual_fixing import DualFixing, Left
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits, dot
from planner.optimiser.lp import Relaxation, relax
from planner.optimiser.quickxplain import rows_by_label, search_among
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
        self._by_statement = rows_by_label(self._statements)
        firm = {must(name) for name in problem.scenario.targets}
        self._loosened = Loosened(self._bound, self._tables, self._statements, firm, exempt)
        self._matrix = feasibility(self._tables)
        self._admissible = self._no_reason_against(self._tables)
        at = options.frame.iloc[list(exempt)]
        self._by_exemption = at["cadre"].to_numpy(), at["programme"].to_numpy()
        self._by_law = np.array([each.may_change is False for each in exempt.values()], dtype=bool)
        self._plan = options.having(plan.starts)
        beside = enumerate(self._tables.columns, len(options))
        self._column = {str(column.key[0]): place for place, column in beside if column.kind == "shortfall"}
        self._rows = _rows_of_targets(self._by_statement)
        self._alone: dict[str, tuple[Left, Relaxation]] = {}  # the shortfall of each target, no other counting

    def least(self, target: str, effort: SolveLimits) -> int | None:
        """The least shortfall of any plan, no other target counting; None where a linear programme does not tell it."""
        left, relaxed = self._shortfall(target, (), effort)
        if relaxed.status != OPTIMAL:
            return None
        self._alone[target] = left, relaxed
        least, x = next_value(relaxed.bound, 1), np.round(relaxed.x)
        return round(least) if left.matrix.feasible(x) and dot(left.matrix.cost, x) <= least else None

    def blocking(self, target: str, effort: SolveLimits, rivals: Collection[str] | None) -> Contradiction | None:
        """What contradicts the target; None where no linear programme shows that anything does.

        Parameters
        ----------
        rivals
            Other targets that would lose; all others may then fall no shorter than in the best plan. None: none counts.
        """
        for others in ((),) if rivals is None else (rivals, *self._held(target)):
            known = self._alone.pop(target, None) if rivals is None else None
            left, relaxed = known or self._shortfall(target, others, effort)
            if relaxed.status == OPTIMAL and next_value(relaxed.bound, 1) > 0:
                break
        else:
            return None
        rows = left.rows[np.abs(relaxed.duals) > PRICED]
        few = [self._statements[row] for row in np.unique([*rows, self._rows[target]])]
        named = list(dict.fromkeys(statement for statement in few if statement is not None))
        matrix = self._with_bounds(self._matrix, self._rows, target, others)
        matrix = replace(matrix, upper=np.where(self._admissible, matrix.upper, 0))
        search = search_among(named, matrix, self._by_statement, effort, self._loosened.owner[: len(matrix.upper)])
        if not search.impossible(named):
            return None
        whole = self._by_itself(search.explain([], False, named), target, others, effort)
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
        matrix = self._loosened.closed(by_anybody=by_anybody)
        cadre, programme = self._by_exemption
        exempt = self._exempt[target][cadre, programme] & (by_anybody | ~self._by_law)
        upper = matrix.upper.copy()
        upper[list(itertools.compress(self._loosened.exempt, ~exempt))] = 0
        matrix = replace(matrix, upper=upper)
        every = self._with_bounds(matrix, self._rows, target, self._short if held else ())
        for others in self._held(target) if held else ((),):
            asked = self._with_bounds(matrix, self._rows, target, others)
            answer = self._loosened.cheapest(asked, effort, self._plan)
            if answer.status != OPTIMAL or answer.x is None:
                return None, answer.status == INFEASIBLE
            x: np.ndarray | None = answer.x
            if held and len(others) < len(self._short):
                x = self._holding_all(every, answer.x, target, effort)
            if x is not None:
                return self._loosened.way(bound, x, every), True
        return None, False

    def _held(self, target: str) -> tuple[Collection[str], Collection[str]]:
        """Other targets to hold: those on the same ladders; all."""
        targets = self._bound.scenario.targets
        near = [name for name in self._short if not set(targets[name].level).isdisjoint(targets[target].level)]
        return near, list(self._short)

    def _holding_all(
        self, matrix: IntegerProgram, x: np.ndarray, target: str, effort: SolveLimits
    ) -> np.ndarray | None:
        """A plan in which no more gives way than in `x`, with the starts on other ladders as in the best plan."""
        lower, upper, costs = matrix.lower.copy(), matrix.upper.copy(), self._loosened.costs
        for columns in (costs.amounts, costs.uses, np.array(list(self._loosened.exempt), dtype=int)):
            upper[columns] = np.minimum(upper[columns], x[columns])
        frame, level = self._tables.options.frame, self._bound.scenario.targets[target].level
        aside = np.flatnonzero(~frame["ladder"].isin(list(level)).to_numpy())
        lower[aside] = upper[aside] = self._plan[aside]
        within = replace(matrix, lower=lower, upper=upper)
        return self._loosened.any_plan(within, effort, self._plan)

    def _shortfall(self, target: str, others: Collection[str], effort: SolveLimits) -> tuple[Left, Relaxation]:
        """The relaxation of the shortfall, some other targets held, and what it is of; nothing gives way."""
        columns, matrix, fixing = self._admitted
        matrix = self._with_bounds(matrix, self._rows, target, others)
        row_upper = matrix.row_upper.copy()
        row_upper[self._rows[target]] = np.inf
        cost = (columns == self._column[target]).astype(float)
        left = fixing.left(replace(matrix, cost=cost, row_upper=row_upper))
        return left, relax(left.matrix, effort)

    @cached_property
    def _admitted(self) -> tuple[np.ndarray, IntegerProgram, DualFixing]:
        """The columns against which there is no reason, the rows over these, and what is plain of them."""
        columns = np.flatnonzero(self._admissible)
        matrix = self._matrix.part(np.arange(len(self._matrix.row_upper)), columns)
        return columns, matrix, DualFixing(matrix.terms)

    def _with_bounds(
        self, matrix: IntegerProgram, rows: Mapping[str, int], target: str, others: Collection[str]
    ) -> IntegerProgram:
        """The matrix with a target binding, others held, and the rest left out, but for those that must be reached."""
        upper = matrix.row_upper.copy()
        for name, row in rows.items():
            binding = name == target or name in self._must
            upper[row] = 0 if binding else self._short[name] if name in others else np.inf
        return replace(matrix, row_upper=upper)

    def _no_reason_against(self, tables: ModelTables) -> np.ndarray:
        """Which columns of tables of the same people are no starts against which there is a reason: Boolean."""
        frame, first = tables.options.frame, tables.options.problem.scenario.horizon.first
        against = self._own.reasons[frame["cadre"], frame["programme"], frame["start"].to_numpy() - first]
        return np.append(against == 0, np.ones(len(tables.columns), dtype=bool))

    # --- what keeps members from starting ---------------------------------------------------------------------------

    def _by_itself(
        self, rules: list[Limit], target: str, others: Collection[str], effort: SolveLimits
    ) -> Contradiction:
        """Contradictory rules with as much of what keeps members from starting as their contradiction needs."""
        barred = self._barred
        asked = asked_for(self._bound, rules)
        if np.any(asked & ~barred.asked):
            barred = self._barred_for(rules)
        matrix = self._with_bounds(barred.matrix, barred.rows, target, others)
        of_asked = np.append(asked[barred.cadre], np.ones(len(matrix.upper) - len(barred.cadre), dtype=bool))
        matrix = replace(matrix, upper=np.where(of_asked | barred.admissible, matrix.upper, 0))
        return by_itself(rules, matrix, barred.statements, barred.owner, effort)

    @cached_property
    def _barred(self) -> _Barred:
        """What keeps the members of all targets from starting."""
        return self._barred_for([must(name) for name in self._rows])

    def _barred_for(self, rules: list[Limit]) -> _Barred:
        tables = barred_options(replace(self._own, problem=self._bound), rules)
        rows = rows_by_label(statements_of(tables))
        return _Barred(
            feasibility(tables),
            rows,
            tables.owner,
            _rows_of_targets(rows),
            tables.options.frame["cadre"].to_numpy(),
            self._no_reason_against(tables),
            asked_for(self._bound, rules),
        )


@dataclass(frozen=True)
class _Barred:
    """The rows with what keeps cadres from starting.

    Attributes
    ----------
    statements
        The rows of each.
    owner, cadre
        The cadre of each column, and of each start.
    rows
        In which each target is binding.
    admissible
        Which columns are no starts against which there is a reason.
    asked
        The cadres of whom it speaks.
    """

    matrix: IntegerProgram
    statements: dict[Limit | None, np.ndarray]
    owner: np.ndarray
    rows: dict[str, int]
    cadre: np.ndarray
    admissible: np.ndarray
    asked: np.ndarray


def _rows_of_targets(rows: Mapping[Limit | None, np.ndarray]) -> dict[str, int]:
    """The row in which each target is binding, of those of all statements."""
    return {
        str(statement[1][1]): int(own[0])
        for statement, own in rows.items()
        if statement is not None and statement[0] == "must" and statement[1][0] == "targets"
    }
