"""When no plan exists: which rules contradict each other, where they stand, and the cheapest ways out.

A conflict is minimal: its rules together are impossible, and without any one of them they are possible; then every
proper subset is possible, too, because fewer rules never forbid more. Both are checked by solving with another engine
than the one that found it.

A way out relaxes limits: more seats, lower floors, more absence, a pin dropped, a target asked for less. The cheapest
have the fewest units in all, and of those the fewest rules; they are found by an integer programme over the whole
problem with a slack on every rule that can give way, and each is checked by solving the problem so relaxed. The next
cheapest are those that do not relax all the rules of one found before (Liffiton and Sakallah, "Algorithms for computing
minimal unsatisfiable subsets of constraints", Journal of Automated Reasoning 40, 2008: minimal correction sets).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from planner.infeasibility import contradictions, labels_of
from planner.inputs.problem import Problem, allowance, required
from planner.inputs.scenario.yaml_tree import Location
from planner.model.build import build_model
from planner.model.matrix import feasibility
from planner.model.options import admissible_starts
from planner.model.rows import ModelTables
from planner.optimiser.engines import optimise
from planner.optimiser.integer_program import OPTIMAL, IntegerProgram, SolveLimits
from planner.optimiser.quickxplain import Label, Search

RELAXABLE = ("seats", "absence", "leaders", "pins", "must")
UNIT = 1_000  # one unit of relaxation weighs as much as so many rules
MOST = 1_000  # units by which one rule may be relaxed


@dataclass(frozen=True)
class Rule:
    """A rule of the scenario: its id, such as seats[theory, 2022], the file and line of its entry, and its source.

    `limit` is the most that it allows, or for `must` the least that it asks for; None where it is no one number.
    """

    id: str
    rule: str
    where: str
    file: str
    line: int | None
    source: str
    limit: float | None = None


@dataclass(frozen=True)
class Conflict:
    """Rules that contradict each other; whether a second engine confirms it: together impossible, less one possible."""

    rules: tuple[Rule, ...]
    together_impossible: bool
    less_one_possible: bool


@dataclass(frozen=True)
class Exemption:
    """A start that is not admissible, and the reasons that would have to be waived for it."""

    cadre: str
    programme: str
    start: int
    waived: tuple[str, ...]


@dataclass(frozen=True)
class WayOut:
    """Rules to relax, each by so many units, and exemptions, a unit each.

    `possible` says whether the plan that the engine found then obeys every row.
    """

    relaxed: tuple[tuple[Rule, int], ...]
    units: int
    possible: bool
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True)
class Contradictions:
    """Why no plan exists, and the cheapest ways out, the cheapest first. No conflicts: a plan exists."""

    conflicts: tuple[Conflict, ...]
    ways_out: tuple[WayOut, ...]


def explain_conflicts(problem: Problem, ways: int = 3, firm: Collection[Label] = ()) -> Contradictions:
    """The conflicts of a problem, which share no rule, and the cheapest ways out of all of them.

    Parameters
    ----------
    ways
        How many ways out at most.
    firm
        Rules that are not to be relaxed.
    """
    tables = build_model(admissible_starts(problem)).tables
    solver = problem.scenario.solver
    effort = SolveLimits(time.monotonic() + solver.time_limit_s, solver.workers, solver.seed)
    found = tuple(_checked(problem, tables, labels, effort) for labels in contradictions(tables, effort))
    return Contradictions(found, tuple(ways_out(problem, tables, effort, ways, firm)) if found and ways else ())


def ways_out(
    problem: Problem,
    tables: ModelTables,
    effort: SolveLimits,
    ways: int,
    firm: Collection[Label] = (),
    exempt: Mapping[int, Exemption] | None = None,
) -> list[WayOut]:
    """The cheapest ways to relax rules so that a plan exists, each other than those before it.

    Parameters
    ----------
    firm
        Rules that are not to be relaxed.
    exempt
        Columns of the tables that are starts by exemption: each costs a unit.
    """
    labels, exempt = labels_of(tables), exempt or {}
    rows = [row for row, label in enumerate(labels) if label and label[0] in RELAXABLE and label not in firm]
    matrix = _with_slacks(feasibility(tables), rows, list(exempt))
    found: list[WayOut] = []
    while len(found) < ways:
        answer = optimise(matrix, effort)
        if answer.status != OPTIMAL or answer.x is None:
            break
        size = len(tables.upper)
        units = np.round(answer.x[size : size + len(rows)]).astype(int)
        relaxed = {row: int(by) for row, by in zip(rows, units, strict=True) if by}
        used = [column for column in exempt if answer.x[column] > 0.5]
        if not relaxed and not used:
            break
        possible = _relaxed(tables, relaxed).feasible(answer.x[:size])
        rules = tuple((rule_of(problem, labels[row]), by) for row, by in relaxed.items())  # type: ignore[arg-type]
        exemptions = tuple(exempt[column] for column in used)
        found.append(WayOut(rules, sum(relaxed.values()) + len(used), possible, exemptions))
        matrix = _without(matrix, size + len(rows), [rows.index(row) for row in relaxed], used)
    return found


def rule_of(problem: Problem, label: Label) -> Rule:
    """A rule with its place in the scenario."""
    rule, where = label
    at = _location(problem, rule, [part.strip() for part in where.split(",")] if where else [])
    file, line = problem.source.place(at) if at else ("", None)
    name = f"{rule}[{where}]" if where else rule
    return Rule(name, rule, where, file, line, _source(problem, at), _limit(problem, rule, where.split(", ")))


def _limit(problem: Problem, rule: str, where: list[str]) -> float | None:
    """The number that a rule asks for."""
    scenario, place = problem.scenario, where[0]
    limit: float | None = None
    match rule:
        case "seats":
            pool = scenario.seats[place]
            limit = pool.total if where[1] == "total" else pool.per_year.max
        case "must" if place in scenario.targets:
            limit = required(scenario.targets[place], int(problem.counted(place).sum()))
        case "must":
            limit = scenario.seats[place].per_year.min
        case "absence":
            limit = int(allowance(problem)[list(problem.agencies["agency"]).index(place)])
        case "leaders" if scenario.absence is not None and scenario.absence.leaders is not None:
            leaders = int((problem.leaders & (problem.cadres["agency"] == place)).sum())
            limit = max(0, leaders - scenario.absence.leaders.present)
        case "budget" if scenario.budget is not None:
            amount = scenario.budget.per_year
            limit = amount.get(int(place)) if isinstance(amount, dict) else amount
    return limit


def _checked(problem: Problem, tables: ModelTables, labels: Sequence[Label], effort: SolveLimits) -> Conflict:
    search = Search(feasibility(tables), labels_of(tables), replace(effort, engine="cp_sat"))
    less_one = [not search.impossible([other for other in labels if other != label]) for label in labels]
    return Conflict(tuple(rule_of(problem, label) for label in labels), search.impossible(labels), all(less_one))


def _with_slacks(matrix: IntegerProgram, rows: Sequence[int], dear: Sequence[int]) -> IntegerProgram:
    """The matrix with two more columns for each of the rows: units by which it gives way, and whether it does.

    `dear` are columns that cost a unit.
    """
    size, number = matrix.terms.shape, len(rows)
    gives = np.where(np.isfinite(matrix.row_upper[rows]), -1.0, 1.0)  # an upper limit is raised, a lower one lowered
    slack = sparse.csr_matrix((gives, (rows, np.arange(number))), shape=(size[0], number))
    wide = sparse.hstack([matrix.terms, slack, sparse.csr_matrix((size[0], number))], format="csr")
    linked = sparse.hstack(
        [sparse.csr_matrix((number, size[1])), sparse.identity(number), -MOST * sparse.identity(number)], format="csr"
    )
    ones, costs = np.ones(number), np.zeros(size[1])
    costs[list(dear)] = UNIT
    return IntegerProgram(
        np.concatenate([costs, UNIT * ones, ones]),
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


def _relaxed(tables: ModelTables, relaxed: dict[int, int]) -> IntegerProgram:
    """The problem with some of its rows relaxed by so many units."""
    matrix = feasibility(tables)
    lower, upper = matrix.row_lower.copy(), matrix.row_upper.copy()
    for row, by in relaxed.items():
        lower[row] -= by
        upper[row] += by
    return replace(matrix, row_lower=lower, row_upper=upper)


def _location(problem: Problem, rule: str, where: list[str]) -> Location:
    """Where in the scenario a rule is written; empty for the rules that hold everywhere."""
    scenario = problem.scenario
    if rule == "seats":
        return ("seats", where[0], "total") if where[1] == "total" else ("seats", where[0], "per_year", "max")
    if rule == "must":
        return ("targets", where[0]) if where[0] in scenario.targets else ("seats", where[0], "per_year", "min")
    if rule == "pins":
        return ("pins", "require", int(where[0]))
    places: dict[str, Location] = {
        "absence": ("absence", "bands"),
        "leaders": ("absence", "leaders"),
        "classes": ("classes", *where[:1]),
        "budget": ("budget",),
    }
    return places.get(rule, ())


def _source(problem: Problem, at: Location) -> str:
    """The source that the innermost entry around a place names."""
    for length in range(len(at), 0, -1):
        node = problem.source.root.find(problem.source.root.existing(at[:length])).plain()
        if isinstance(node, dict) and isinstance(node.get("source"), str):
            return str(node["source"])
    return ""
