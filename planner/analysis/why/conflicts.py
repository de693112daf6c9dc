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

import math
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy import sparse

from planner.analysis.statements import Statement, may_change, stated
from planner.infeasibility import Contradiction, contradictions, statements_of
from planner.inputs.problem import Problem
from planner.model.admissibility import WAIVABLE, bits, pinned
from planner.model.barred import barred
from planner.model.build import build_tables
from planner.model.matrix import feasibility
from planner.model.options import Options, admissible_starts
from planner.model.rows import Limit, ModelTables
from planner.model.rules import RULES
from planner.optimiser.integer_program import INFEASIBLE, OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.lp import relax
from planner.optimiser.quickxplain import Search
from planner.optimiser.reduced_cost_fixing import GoalResult, best
from planner.plans.tables import number as plain

UNIT = 10_000  # one unit of relaxation weighs as much as so many rules
MOST = 1_000  # units by which one rule may be relaxed


UNSAID = 2  # an exemption of which nobody says who decides on it weighs as much as so many rules more


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
    by_anybody: bool = False,
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
    by_anybody
        Relax even what the scenario's makers may not change.
    near
        A plan that needs little more, as values of the starts; it only makes the search quicker.
    """
    statements, exempt = statements_of(tables), exempt or {}

    @cache
    def fixed(statement: Limit) -> bool:
        return not by_anybody and may_change(problem, RULES[statement[0]].entry(problem, statement[1])) is False

    rows = [
        row
        for row, ((rule, key), statement) in enumerate(zip(tables.row_keys(), statements, strict=True))
        if statement is not None and statement not in firm and RULES[rule].gives_way(key) and not fixed(statement)
    ]
    units = np.array([RULES[statements[row][0]].unit(problem) for row in rows])  # type: ignore[index]
    excess = np.maximum(tables.taken - np.where(np.isfinite(tables.limits), tables.limits, 0), 0)[rows]
    matrix = _with_slacks(feasibility(tables), rows, units, excess, exempt)
    found: list[WayOut] = []
    while len(found) < ways:
        answer = _cheapest(matrix, effort, tables, near)
        if answer.status != OPTIMAL or answer.x is None:
            return found, answer.status == INFEASIBLE
        size = len(tables.upper)
        steps = np.round(answer.x[size : size + len(rows)]).astype(int)
        relaxed = {row: int(by) for row, by in zip(rows, steps, strict=True) if by}
        used = [column for column in exempt if answer.x[column] > 0.5]
        if not relaxed and not used:
            break
        wider = {row: by * float(units[rows.index(row)]) for row, by in relaxed.items()}
        possible = _relaxed(tables, wider).feasible(answer.x[:size])
        wider = {row: by + float(excess[rows.index(row)]) for row, by in wider.items()}
        exemptions = tuple(exempt[column] for column in used)
        in_all = sum(math.ceil(by / units[rows.index(row)]) for row, by in wider.items()) + len(used)
        way = WayOut(_by_statement(problem, statements, wider), in_all, possible, exemptions)
        found.append(way)
        matrix = _without(matrix, size + len(rows), [rows.index(row) for row in relaxed], used)
    return found, True


def _cheapest(matrix: IntegerProgram, effort: SolveLimits, tables: ModelTables, near: np.ndarray | None) -> GoalResult:
    """The cheapest plan of a matrix whose first columns are those of the tables, the others slacks."""
    relaxed = relax(matrix, effort)
    if relaxed.status != OPTIMAL:
        return GoalResult(relaxed.status, None, np.inf, relaxed.bound, matrix)
    slacks = len(matrix.cost) - len(tables.upper)
    owner = np.append(tables.owner, np.full(slacks, -1))
    plans = [] if near is None else [np.concatenate([near, np.ones(len(tables.columns)), np.zeros(slacks)])]
    return best(matrix, relaxed, 1, effort, 0, None, lambda *news: None, owner, plans)


def exemptions(options: Options, own: Options) -> Iterator[tuple[int, Exemption]]:
    """The options that are there by exemption, each with what was waived; `own` are those of the problem as it is."""
    problem, frame = options.problem, options.frame
    cadre, programme = frame["cadre"].to_numpy(), frame["programme"].to_numpy()
    start = frame["start"].to_numpy()
    bits = own.reasons[cadre, programme, start - problem.scenario.horizon.first]
    codes, names = problem.cadres["cadre"].to_numpy(), problem.programmes["programme"].to_numpy()
    for place in np.flatnonzero(bits):
        waived = tuple(reason for reason in own.reasons_of(int(bits[place])) if reason in WAIVABLE)
        if waived:
            name = str(names[programme[place]])
            seats_alone = waived == ("no_seat_pool",)
            allowed = seats_alone or may_change(problem, ("programmes", name))
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


def _checked(problem: Problem, tables: ModelTables, found: Contradiction, effort: SolveLimits) -> Conflict:
    """A conflict as a second engine sees it, what keeps cadres from starting among the rows."""
    labels, wider = found.statements, barred(tables, found.statements)
    search = Search(feasibility(wider), statements_of(wider), replace(effort, engine="cp_sat"))
    less_one = all(search.possible([other for other in labels if other != label]) for label in labels)
    rules = tuple(stated(problem, label) for label in labels)
    return Conflict(rules, search.impossible(labels), less_one, found.minimal)


def _with_slacks(
    matrix: IntegerProgram, rows: Sequence[int], units: np.ndarray, excess: np.ndarray, exempt: Mapping[int, Exemption]
) -> IntegerProgram:
    """The matrix with two more columns for each of the rows: how many units it gives way by, and whether it does.

    The columns of exemptions cost a unit. An `excess` over a limit has to be made up for before giving way helps.
    """
    size, number = matrix.terms.shape, len(rows)
    # An upper limit is raised, a lower one lowered.
    gives = np.where(np.isfinite(matrix.row_upper[rows]), -units, units)
    slack = sparse.csr_matrix((gives, (rows, np.arange(number))), shape=(size[0], number))
    wide = sparse.hstack([matrix.terms, slack, sparse.csr_matrix((size[0], number))], format="csr")
    linked = sparse.hstack(
        [sparse.csr_matrix((number, size[1])), sparse.identity(number), -MOST * sparse.identity(number)], format="csr"
    )
    ones, costs = np.ones(number), np.zeros(size[1])
    for column, start in exempt.items():
        costs[column] = UNIT + (UNSAID if start.may_change is None else 0)
    return IntegerProgram(
        np.concatenate([costs, UNIT * ones, ones + UNIT * np.ceil(excess / units)]),
        sparse.vstack([wide, linked], format="csr"),
        np.concatenate([matrix.row_lower, np.full(number, -np.inf)]),
        np.concatenate([matrix.row_upper, np.zeros(number)]),
        np.concatenate([matrix.lower, np.zeros(2 * number)]),
        np.concatenate([matrix.upper, MOST * ones, ones]),
    )


def _without(matrix: IntegerProgram, first: int, relaxed: Sequence[int], used: Sequence[int]) -> IntegerProgram:
    """The matrix in which not all of some rules give way while all of some exemptions are used.

    `first` is the column that says whether the first rule gives way.
    """
    columns = [*(first + place for place in relaxed), *used]
    cut = sparse.csr_matrix((np.ones(len(columns)), ([0] * len(columns), columns)), shape=(1, matrix.terms.shape[1]))
    return matrix.with_rows(cut, np.array([-np.inf]), np.array([len(columns) - 1.0]))


def _relaxed(tables: ModelTables, relaxed: Mapping[int, float]) -> IntegerProgram:
    """The problem with some of its rows relaxed by so much."""
    matrix = feasibility(tables)
    lower, upper = matrix.row_lower.copy(), matrix.row_upper.copy()
    for row, by in relaxed.items():
        lower[row] -= by
        upper[row] += by
    return replace(matrix, row_lower=lower, row_upper=upper)
