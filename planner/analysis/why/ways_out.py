"""The cheapest ways to relax rules, and to exempt people from some, so that a plan exists.

A way out costs a unit for every unit by which a limit gives way, and one for every start by exemption; of those of the
fewest units it relaxes the fewest rules (`planner.optimiser.fixed_charges`). What the scenario marks with
`may_change: no` is left alone, unless it is asked what if the law did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from scipy import sparse

from planner.analysis.statements import Statement, may_change, stated
from planner.infeasibility import statements_of
from planner.inputs.problem import Problem
from planner.inputs.scenario.yaml_tree import Location
from planner.model.admissibility import WAIVABLE, bits
from planner.model.matrix import feasibility
from planner.model.options import Options
from planner.model.rows import Limit, ModelTables
from planner.model.rules import RULES
from planner.model.rules.rule import never
from planner.optimiser.dual_fixing import DualFixing
from planner.optimiser.fixed_charges import Charges, cheapest
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import relax
from planner.optimiser.reduced_cost_fixing import GoalResult, best
from planner.plans.tables import number as plain

MOST = 1_000  # units by which one rule may be relaxed
TINY = 1e-9  # a division of whole numbers is off by less
UNSAID = 2  # an exemption of which nobody says who decides on it weighs as much as so many rules more


@dataclass(frozen=True)
class Exemption:
    """A start that is not admissible, and the reasons that would have to be waived for it.

    `may_change` is what the scenario says of the programme: whether whoever makes the scheme may waive them; None where
    it does not say. Seats that are meant for others may always be given.
    """

    cadre: str
    programme: str
    start: int
    waived: tuple[str, ...]
    may_change: bool | None = None


@dataclass(frozen=True)
class WayOut:
    """Rules to relax, each by so many units, and exemptions, a unit each.

    `possible` says whether the plan that the engine found then obeys every row.
    """

    relaxed: tuple[tuple[Statement, float], ...]
    units: int
    possible: bool
    exemptions: tuple[Exemption, ...] = ()


def waivable(problem: Problem, who: np.ndarray, *, by_anybody: bool = False) -> np.ndarray:
    """Bit set of the reasons that may be waived for some (cadres x programmes).

    What a programme asks of people may be, unless the scenario says that its makers may not change it; `by_anybody`
    asks what if the law did.
    """
    fixed = [may_change(problem, ("programmes", name)) is False for name in problem.programmes["programme"]]
    own = np.where(np.array(fixed, dtype=bool) & (not by_anybody), bits("no_seat_pool"), bits(*WAIVABLE))
    return np.where(who, own, np.uint16(0)).astype(np.uint16)


def ways_out(
    problem: Problem,
    tables: ModelTables,
    effort: SolveLimits,
    ways: int,
    firm: Collection[Limit] = (),
    exempt: Mapping[int, Exemption] | None = None,
    *,
    near: np.ndarray | None = None,
) -> tuple[list[WayOut], bool]:
    """The cheapest ways to relax rules so that a plan exists, each other than those before it.

    The second is whether the time sufficed: where there are fewer than asked for, there are no more.

    Parameters
    ----------
    firm
        Rules that are not to be relaxed.
    exempt
        Columns of the tables that are starts by exemption: each costs a unit.
    near
        A plan that needs little more, as values of the starts; it only makes the search quicker.
    """
    loosened = Loosened(problem, tables, statements_of(tables), firm, exempt or {})
    matrix = loosened.closed(by_anybody=False)
    found: list[WayOut] = []
    while len(found) < ways:
        answer = loosened.cheapest(matrix, effort, near)
        if answer.status != OPTIMAL or answer.x is None:
            return found, answer.status == INFEASIBLE
        way = loosened.way(problem, answer.x, matrix)
        if way is None:
            break
        found.append(way)
        matrix = loosened.without(matrix, answer.x)
    return found, True


class Loosened:
    """Tables with two more columns for each row that may give way: by how many units it does, and whether it does.

    Parameters
    ----------
    statements
        Of each row of the tables.
    firm, exempt
        As `ways_out` has them.

    Attributes
    ----------
    matrix
        All that may be relaxed by anybody, and every exemption.
    """

    def __init__(
        self,
        problem: Problem,
        tables: ModelTables,
        statements: Sequence[Limit | None],
        firm: Collection[Limit],
        exempt: Mapping[int, Exemption],
    ) -> None:
        self.tables, self.statements, self.exempt = tables, statements, exempt
        self.size = len(tables.upper)
        self.rows = np.array([row for row in _giving_way(tables) if statements[row] not in (None, *firm)], dtype=int)

        @cache
        def fixed(at: Location) -> bool:
            return may_change(problem, at) is False

        given = [statement for statement in (statements[row] for row in self.rows) if statement is not None]
        self._fixed = np.array([fixed(RULES[rule].entry(problem, key)) for rule, key in given], dtype=bool)
        self.units = np.array([RULES[statement[0]].unit(problem) for statement in given])
        limits = np.where(np.isfinite(tables.limits), tables.limits, 0)
        self.excess = np.maximum(tables.taken - limits, 0)[self.rows]
        self.amounts = self.size + np.arange(len(self.rows))
        self.uses = self.amounts + len(self.rows)
        self.matrix = self._with_slacks(feasibility(tables))
        self.owner = np.append(tables.owner, np.full(2 * len(self.rows), -1))
        self.costs = self._costs()

    def closed(self, *, by_anybody: bool) -> IntegerProgram:
        """The matrix in which nothing gives way that the scenario's makers may not change, unless anybody may."""
        upper = self.matrix.upper.copy()
        upper[self.amounts[self._fixed & (not by_anybody)]] = 0
        return replace(self.matrix, upper=upper)

    def cheapest(self, matrix: IntegerProgram, effort: SolveLimits, near: np.ndarray | None) -> GoalResult:
        """The cheapest plan of the matrix, with its bounds or others and perhaps further rows."""
        fixing = self.fixing if matrix.terms is self.matrix.terms else DualFixing(matrix.terms)
        left = fixing.left(replace(matrix, cost=self.costs.units + self.costs.charges))
        known = [plan[left.columns] for plan in self._near(near)]
        costs, owner = self.costs.over(left.columns), self.owner[left.columns]
        answer = cheapest(left.matrix, costs, effort, owner, known)
        return answer if answer.x is None else replace(answer, x=left.whole(answer.x))

    def any_plan(self, matrix: IntegerProgram, effort: SolveLimits, near: np.ndarray | None) -> np.ndarray | None:
        """Some plan of the matrix; None where none was found."""
        left = self.fixing.left(replace(matrix, cost=np.zeros(len(matrix.cost))))
        relaxed = relax(left.matrix, effort)
        if relaxed.status != OPTIMAL:
            return None
        known = [plan[left.columns] for plan in self._near(near)]
        found = best(left.matrix, relaxed, 1, effort, 0, None, lambda *news: None, self.owner[left.columns], known)
        return None if found.x is None else left.whole(found.x)

    @cached_property
    def fixing(self) -> DualFixing:
        """What is plain of the matrix, whatever its bounds."""
        return DualFixing(self.matrix.terms)

    def _near(self, plan: np.ndarray | None) -> list[np.ndarray]:
        """A plan, as values of the starts, as one of all columns in which nothing gives way."""
        if plan is None:
            return []
        return [np.concatenate([plan, np.ones(len(self.tables.columns)), np.zeros(2 * len(self.rows))])]

    def way(self, problem: Problem, x: np.ndarray, matrix: IntegerProgram) -> WayOut | None:
        """What gives way in a plan, and the exemptions that it uses; None where nothing does."""
        steps = np.round(x[self.amounts]).astype(int)
        used = [exemption for column, exemption in self.exempt.items() if x[column] > 0.5]
        if not steps.any() and not used:
            return None
        by, number = steps * self.units, len(self.statements)
        lower, upper = matrix.row_lower[:number].copy(), matrix.row_upper[:number].copy()
        lower[self.rows] -= by
        upper[self.rows] += by
        own = slice(0, self.size)
        relaxed = IntegerProgram(
            matrix.cost[own], self.tables.terms, lower, upper, matrix.lower[own], matrix.upper[own]
        )
        whole = np.where(steps > 0, by + self.excess, 0)
        wider = {int(row): float(more) for row, more in zip(self.rows, whole, strict=True) if more}
        units = int(np.ceil(whole / self.units).sum()) + len(used)
        relaxed_by = _by_statement(problem, self.statements, wider)
        return WayOut(relaxed_by, units, relaxed.feasible(x[own]), tuple(used))

    def without(self, matrix: IntegerProgram, x: np.ndarray) -> IntegerProgram:
        """The matrix in which not all rules give way, while all exemptions are used, that do so in a plan."""
        columns = [*self.uses[x[self.amounts] > 0.5], *(column for column in self.exempt if x[column] > 0.5)]
        row = (np.ones(len(columns)), ([0] * len(columns), columns))
        cut = sparse.csr_matrix(row, shape=(1, matrix.terms.shape[1]))
        return matrix.with_rows(cut, np.array([-np.inf]), np.array([len(columns) - 1.0]))

    def _with_slacks(self, matrix: IntegerProgram) -> IntegerProgram:
        """The matrix with the further columns. An upper limit is raised, a lower one lowered, by no more than helps."""
        rows, number, (height, width) = self.rows, len(self.rows), matrix.terms.shape
        raised = np.isfinite(matrix.row_upper[rows])
        least, most = (side @ matrix.upper for side in (matrix.terms.minimum(0), matrix.terms.maximum(0)))
        useful = np.where(raised, most[rows] - matrix.row_upper[rows], matrix.row_lower[rows] - least[rows])
        largest = np.clip(np.ceil(useful / self.units - TINY), 0, MOST)
        gives = np.where(raised, -self.units, self.units)
        slack = sparse.csr_matrix((gives, (rows, np.arange(number))), shape=(height, number))
        wide = sparse.hstack([matrix.terms, slack, sparse.csr_matrix((height, number))], format="csr")
        linked = [sparse.csr_matrix((number, width)), sparse.identity(number), -sparse.diags(np.maximum(largest, 1.0))]
        return IntegerProgram(
            np.zeros(width + 2 * number),
            sparse.vstack([wide, sparse.hstack(linked, format="csr")], format="csr"),
            np.concatenate([matrix.row_lower, np.full(number, -np.inf)]),
            np.concatenate([matrix.row_upper, np.zeros(number)]),
            np.concatenate([matrix.lower, np.zeros(2 * number)]),
            np.concatenate([matrix.upper, largest, np.ones(number)]),
        )

    def _costs(self) -> Charges:
        """A unit for each that a row gives way by, and for each exemption; an excess has to be made up for first."""
        units, charges = np.zeros(len(self.matrix.upper)), np.zeros(len(self.matrix.upper))
        units[self.amounts], units[self.uses] = 1, np.ceil(self.excess / self.units)
        charges[self.uses] = 1
        for column, start in self.exempt.items():
            units[column], charges[column] = 1, UNSAID if start.may_change is None else 0
        return Charges(units, charges, self.amounts, self.uses)


def _giving_way(tables: ModelTables) -> list[int]:
    """The rows that may give way."""
    rules = [rule for rule in RULES.values() if rule.gives_way is not never]
    return sorted(row for rule in rules for key, row in tables.rows_of(rule.name).items() if rule.gives_way(key))


def exemptions(options: Options, own: Options) -> Iterator[tuple[int, Exemption]]:
    """The options that are there by exemption, each with what was waived; `own` are those of the problem as it is."""
    problem, frame = options.problem, options.frame
    cadre, programme = frame["cadre"].to_numpy(), frame["programme"].to_numpy()
    start = frame["start"].to_numpy()
    bits = own.reasons[cadre, programme, start - problem.scenario.horizon.first]
    codes, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    said = {str(name): may_change(problem, ("programmes", str(name))) for name in names}
    for place in np.flatnonzero(bits):
        waived = tuple(reason for reason in own.reasons_of(int(bits[place])) if reason in WAIVABLE)
        if waived:
            name = str(names[programme[place]])
            seats_alone = waived == ("no_seat_pool",)
            allowed = seats_alone or said[name]
            yield int(place), Exemption(codes[cadre[place]], name, int(start[place]), waived, allowed)


def _by_statement(
    problem: Problem, statements: Sequence[Limit | None], wider: Mapping[int, float]
) -> tuple[tuple[Statement, float], ...]:
    """The statements to relax, each by the most that one of its rows needs."""
    by: dict[Limit, float] = {}
    for row, number in wider.items():
        statement = statements[row]
        assert statement is not None
        by[statement] = max(number, by.get(statement, 0))
    return tuple((stated(problem, statement), plain(number)) for statement, number in by.items())
