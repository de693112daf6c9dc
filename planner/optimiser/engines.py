"""The search for the best plan of an integer programme, by both engines in turns (`planner.optimiser.single_search`).

How long a search takes is a matter of luck: of two engines one may need a hundred times as long as the other, and
nobody knows beforehand which. So small matrices are searched by both in turns: CP-SAT for a while, which is counted in
its own steps and not by the clock, so that a run repeats; then HiGHS, which begins again from other seeds, each time
with more nodes, until it has searched to the end. A turn looks only for what is better than the plan that earlier turns
found: that cuts off most of the tree, and that there is none proves the plan. After the first turn, which ends most
searches, the goal is written in layers (`planner.optimiser.layers`); a short search of these alone says what no plan
surpasses, unless CP-SAT's bound is past that of the relaxation with layers already. In it all that is counted is whole,
too, where an earlier goal could not be settled by its relaxation: that one's numbers had to be rounded, and so will
this one's be. Where a plan is near its bound, that search is asked for better ones only. A few layers come before the
first turn. In a wide matrix a hundred nodes of HiGHS take seconds: there CP-SAT goes on alone, each turn longer, and
layers come after its second. Large matrices are HiGHS's at once: there the linear programme decides.

References
----------
Gomes, Selman, "Algorithm portfolios", Artificial Intelligence 126 (2001).
Luby, Sinclair, Zuckerman, "Optimal speedup of Las Vegas algorithms", Information Processing Letters 47 (1993).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from planner.optimiser.aggregation import aggregated, counted
from planner.optimiser.hulls import with_hulls
from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram, SolveLimits, dot
from planner.optimiser.layers import Layered, layered, settles
from planner.optimiser.lp import relax
from planner.optimiser.single_search import EngineResult, search

ENGINES = ("in_turns", "highs", "cp_sat")
SMALL = 2_000  # free columns; up to so many both engines search in turns; measured, see benchmarks/
FIRST, SHORT, LONG, LONGER, LONGEST = (f"max_deterministic_time:{time}" for time in (0.1, 0.4, 1, 1.5, 4))  # measured
TREES = tuple(("highs", f"mip_max_nodes={nodes}" if nodes else "") for nodes in (100, 400, 1600, 0))  # 0: to the end
TURNS = (("cp_sat", FIRST), ("cp_sat", SHORT), TREES[0], ("cp_sat", LONG), *TREES[1:])
WIDE_TURNS = (*(("cp_sat", turn) for turn in (FIRST, SHORT, LONGER, LONGER, LONGEST)), *TREES)
DISTINCT = (("cp_sat", LONG), *TREES)  # where nearly every column has a cost of its own; measured, see benchmarks/
BRIEF = "mip_max_nodes=100"  # for a search in which the layers alone are whole
WIDE = 450  # columns of a search in which a hundred nodes of HiGHS take seconds; measured, see benchmarks/
LEAST_LAYERED = 200  # columns of a search that may be layered before its first turn; measured, see benchmarks/
AT_ONCE = 1_200  # columns times layers that are worth their relaxations before it; measured, see benchmarks/
FEW = 40  # counts that are whole, too, where no plan was found by names or a goal is settled; measured, see benchmarks/
NEAR = 0.02  # of its value a plan is from its bound, to be asked whether any is better; measured, see benchmarks/
NOISE = 1e-3  # what rounding may have added to an engine's bound on values that are whole
CLOSE = 0.5  # whole values that are nearer are the same


def optimise(matrix: IntegerProgram, effort: SolveLimits, hint: np.ndarray | None = None) -> EngineResult:
    """Solve the integer problem with the effort's engine, or with both in turns."""
    kept, free, _ = matrix.reduced()
    x = matrix.fixed()
    offset = dot(matrix.cost, x)
    if len(free) == 0:
        return EngineResult(OPTIMAL, x, offset) if matrix.feasible(x) else EngineResult(INFEASIBLE, None, np.inf)
    found = _searched(kept.in_lowest_terms(), effort, None if hint is None else hint[free])
    if found.x is None:
        return found
    x[free] = found.x
    if not matrix.feasible(x):  # feasible within the engine's tolerance only
        return EngineResult(UNKNOWN, None, -np.inf)
    return EngineResult(found.status, x, found.bound + offset)


def is_small(matrix: IntegerProgram) -> bool:
    """Whether both engines would search it, in turns."""
    return bool((matrix.upper > matrix.lower).sum() <= SMALL)


def bound_of_hulls(matrix: IntegerProgram, effort: SolveLimits) -> float:
    """What no plan of a small matrix surpasses where its budgets are whole; minus infinity where that says nothing."""
    if not is_small(matrix):
        return -np.inf
    kept, free, _ = matrix.reduced()
    if len(free) == 0:
        return -np.inf
    numbered = aggregated(kept.in_lowest_terms())
    tightened = with_hulls(numbered)
    if len(tightened.row_upper) == len(numbered.row_upper):
        return -np.inf
    relaxed = relax(tightened, effort)
    return relaxed.bound + dot(matrix.cost, matrix.fixed()) if relaxed.status == OPTIMAL else -np.inf


def _searched(matrix: IntegerProgram, effort: SolveLimits, hint: np.ndarray | None) -> EngineResult:
    """Search a matrix without fixed columns."""
    if effort.engine != "in_turns":
        return search(matrix, effort, effort.engine, hint)
    if len(matrix.cost) > SMALL:
        return search(matrix, effort, "highs", None)
    written = aggregated(matrix)
    numbered, distinct = with_hulls(written), _tells_apart(matrix.cost)
    known = None if hint is None else counted(written, hint)
    found = EngineResult(UNKNOWN, None, -np.inf)
    if known is not None and numbered.feasible(known):
        found = EngineResult(FEASIBLE, known, -np.inf)
    wide = len(matrix.cost) > WIDE
    turns, number = DISTINCT if distinct else WIDE_TURNS if wide else TURNS, 0
    layers = None if distinct else _at_once(numbered, matrix, effort)
    if layers is not None:
        numbered, found, known = _in_layers(layers, found, known)
    while number < len(turns) and found.status not in (OPTIMAL, INFEASIBLE):
        engine, turn = turns[number]
        better = None if distinct or number == 0 else _better(numbered, found)
        again = replace(effort, seed=effort.seed + number)
        near = known if better is None or number == 1 else None  # else no better plan need be near it
        told = search(numbered if better is None else better, again, engine, near, turn)
        if better is not None and found.x is not None and told.status == INFEASIBLE:  # nothing is better
            told = EngineResult(OPTIMAL, found.x, dot(numbered.cost, found.x))
        found = _both(numbered, found, told)
        if found.x is None and turns is TURNS:  # HiGHS is quick where it need only look for what is better
            turns = (TURNS[0], *DISTINCT)
        if number == int(wide) and found.status not in (OPTIMAL, INFEASIBLE):
            if layers is None and (layers := layered(numbered, matrix, effort)) is not None:
                numbered, found, known = _in_layers(layers, found, known)
            if layers is not None and not _surpassed(numbered, found, effort):
                rounded = found.x is None or settles(matrix)  # an earlier goal's numbers were: so will this one's be
                numbered, found = _bounded(layers, len(matrix.cost), effort, found, with_counts=rounded)
        number += 1
    return found if found.x is None else replace(found, x=found.x[: len(matrix.cost)])


def _surpassed(matrix: IntegerProgram, found: EngineResult, effort: SolveLimits) -> bool:
    """Whether an engine's bound is past that of the relaxation already: then layers hardly add to it."""
    if not np.isfinite(found.bound) or not _whole(matrix.cost):
        return False
    step = _step(matrix)
    return bool(np.ceil((relax(matrix, effort).bound - NOISE) / step) * step < found.bound - NOISE)


def _at_once(numbered: IntegerProgram, matrix: IntegerProgram, effort: SolveLimits) -> Layered | None:
    """The matrix in layers before the first turn, where these are few."""
    size = len(numbered.cost)
    return None if size < LEAST_LAYERED else layered(numbered, matrix, effort, AT_ONCE // size)


def _in_layers(
    told: Layered, found: EngineResult, known: np.ndarray | None
) -> tuple[IntegerProgram, EngineResult, np.ndarray | None]:
    """The matrix in layers; what is known, in its columns."""
    found = found if found.x is None else replace(found, x=counted(told.matrix, found.x))
    return told.matrix, found, None if known is None else counted(told.matrix, known)


def _bounded(
    told: Layered, names: int, effort: SolveLimits, found: EngineResult, *, with_counts: bool
) -> tuple[IntegerProgram, EngineResult]:
    """The matrix in layers, no better than these allow; `with_counts`, if few, all that is counted is whole."""
    wider = told.matrix
    if not told.of_the_goal or not _whole(wider.cost):
        return wider, found
    counts = np.arange(len(wider.cost)) >= names
    whole = counts if with_counts and counts.sum() <= FEW else told.whole()
    value = np.inf if found.x is None else dot(wider.cost, found.x)
    better = _better(wider, found) if value - found.bound <= NEAR * abs(value) else None
    relaxed = search(wider if better is None else better, effort, "highs", None, BRIEF, whole)
    if better is not None and found.x is not None and relaxed.status == INFEASIBLE:  # nothing is better
        return wider, EngineResult(OPTIMAL, found.x, value)
    found = _both(wider, found, relaxed)
    if found.status in (OPTIMAL, INFEASIBLE):
        return wider, found
    step = _step(wider)
    bound = np.ceil((relaxed.bound - NOISE) / step) * step
    value = np.inf if found.x is None else dot(wider.cost, found.x)
    if not np.isfinite(bound) or value < bound:  # no word, or one that a plan contradicts
        return wider, found
    if value == bound:
        return wider, EngineResult(OPTIMAL, found.x, bound)
    wider = wider.with_rows(sparse.csr_matrix(wider.cost), np.array([bound]), np.array([np.inf]))
    return wider, replace(found, bound=max(bound, found.bound))


def _tells_apart(cost: np.ndarray) -> bool:
    """Whether a cost tells nearly every column from every other, as a lot does."""
    return len(np.unique(cost)) > len(cost) / 2


def _better(matrix: IntegerProgram, found: EngineResult) -> IntegerProgram | None:
    """The plans better than the one found, by a row for the cost; None where there is none or the cost is not whole."""
    if found.x is None or not _whole(matrix.cost):
        return None
    most = dot(matrix.cost, found.x) - _step(matrix)
    return matrix.with_rows(sparse.csr_matrix(matrix.cost), np.array([-np.inf]), np.array([most]))


def _whole(cost: np.ndarray) -> bool:
    """Whether a cost has whole numbers only."""
    return np.array_equal(cost, np.round(cost))


def _step(matrix: IntegerProgram) -> int:
    """What divides every value of a cost in whole numbers."""
    return int(np.gcd.reduce(np.abs(matrix.cost).astype(np.int64))) or 1


def _both(matrix: IntegerProgram, first: EngineResult, second: EngineResult) -> EngineResult:
    """What two turns know together: the better plan, the better bound. The second may have sought better plans only.

    A plan that is one within an engine's tolerance only is none.
    """
    plans = [found.x for found in (first, second) if found.x is not None and matrix.feasible(found.x)]
    if second.status == INFEASIBLE and not plans:
        return second
    if second.status == OPTIMAL and second.x is not None and matrix.feasible(second.x):
        return second
    values = [dot(matrix.cost, plan) for plan in plans]
    bound = max(first.bound, min([second.bound, *values]) if second.status == FEASIBLE else -np.inf)
    if not plans:
        return EngineResult(UNKNOWN, None, bound)
    value = min(values)
    return EngineResult(OPTIMAL if value - bound < CLOSE else FEASIBLE, plans[values.index(value)], bound)
