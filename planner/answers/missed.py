"""Why a target is missed: what blocks it even if nothing else counted, or which targets it gives way to; the repair.

A missed target is made binding (`must`). If no plan exists then, the rules that contradict it are named, as few as
suffice; beside them the members who cannot start anything that leads to the level, with the reasons, and those whose
level the roster does not say: they never become a choice, so no rule blocks them. If a plan exists, the target gives
way to what weighs as much: the best plan with it binding tells which targets then lose how many. The repair is the
least relaxation of seats and absence with which the target is reached, by the same integer programme as the ways out
of a conflict; it does not mind what becomes of the other targets.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from planner.answers.batches import Listener, answers
from planner.answers.case import Case, reworded
from planner.answers.contradictions import Rule, WayOut, rule_of, ways_out
from planner.attainment import attaining, unknown_level
from planner.conflicts import contradictions
from planner.engines import Effort
from planner.errors import Fault, InputError, nearest
from planner.model import build_model
from planner.options import REASONS, Options, admissible_starts
from planner.problem import Problem
from planner.schema import Scenario

BLOCKED, UNKNOWN, COMPETES = "blocked", "unknown", "competes"


@dataclass(frozen=True)
class Missed:
    """Why a target is missed.

    Attributes
    ----------
    shortfall
        In the best plan [people].
    verdict
        unknown: even if every member of known level attained, it would be missed; blocked: rules stand against it,
        whatever the other targets; competes: it could be reached at the cost of others.
    unknown
        Members whose level the roster does not say [people].
    unable
        Members of known level, below it, with no admissible start that leads to it in time [people].
    reasons
        How many of these each reason stands against, in any year; one may have several.
    best
        The least shortfall of any plan [people].
    blocking
        Where blocked: the fewest rules found that forbid to reach it, each needed.
    costs
        Where it competes: the other targets' further shortfalls if it were binding [people].
    repair
        The least relaxation of seats and absence that would reach it; None where none would, or none is needed.
    """

    target: str
    shortfall: int
    verdict: str
    unknown: int
    unable: int
    reasons: dict[str, int]
    best: int
    blocking: tuple[Rule, ...]
    costs: dict[str, int]
    repair: WayOut | None


def missed_targets(
    case: Case,
    targets: Sequence[str] = (),
    listener: Listener = lambda done, total: None,
    *,
    at_once: int | None = None,
    cluster: str = "",
    executor: Executor | None = None,
) -> list[Missed]:
    """Why each target, or each of some, is missed in the best plan.

    Raises
    ------
    InputError
        The scenario knows no such target, or a proof took too long.
    """
    known = case.problem.scenario.targets
    faults = [
        Fault("frontier_unknown_target", {"name": name, "nearest": nearest(name, known)})
        for name in targets
        if name not in known
    ]
    if faults:
        raise InputError(faults)
    short = case.plan.attainment.set_index("target")["shortfall"]
    asked = [str(name) for name in short.index[short > 0] if not targets or name in targets]
    return answers(why_missed, case.problem, asked, listener, at_once=at_once, cluster=cluster, executor=executor)


def why_missed(case: Case, target: str) -> Missed:
    """Why one target is missed."""
    problem = case.problem
    entry, options = problem.scenario.targets[target], admissible_starts(problem)
    counted, unknown = problem.counted(target), unknown_level(problem, entry)
    below = counted & ~unknown & (attaining(problem, entry) > problem.by(entry))
    unable = below & ~_able(options, target)
    shortfall, best = _shortfall(case, target), _least(case, target)
    in_doubt = int((counted & unknown).sum())
    verdict = COMPETES if best == 0 else UNKNOWN if best <= in_doubt and not (below & ~unable).any() else BLOCKED
    verdict = UNKNOWN if verdict == BLOCKED and _all_attain(case, target, below, best) else verdict
    costs = _costs(case, target) if verdict == COMPETES else {}
    blocking = _blocking(problem, target) if verdict == BLOCKED else ()
    return Missed(
        target,
        shortfall,
        verdict,
        in_doubt,
        int(unable.sum()),
        _reasons(options, target, unable),
        best,
        blocking,
        costs,
        _repair(problem, target) if verdict == BLOCKED else None,
    )


def binding(problem: Problem, target: str) -> Problem:
    """The problem in which a target must be reached, and no other must."""

    def how(scenario: Scenario) -> Scenario:
        entries = {
            name: entry.model_copy(update={"must": name == target or entry.must})
            for name, entry in scenario.targets.items()
        }
        return scenario.model_copy(update={"targets": entries})

    return reworded(problem, how)


def alone(problem: Problem, target: str) -> Problem:
    """The problem in which no other target counts."""

    def how(scenario: Scenario) -> Scenario:
        entries = {name: entry for name, entry in scenario.targets.items() if name == target or entry.must}
        return scenario.model_copy(update={"targets": entries, "goals": ["attainment", "early"]})

    return reworded(problem, how)


def _shortfall(case: Case, target: str) -> int:
    short = case.plan.attainment
    return int(short.loc[short["target"] == target, "shortfall"].iloc[0])


def _least(case: Case, target: str) -> int:
    """The least shortfall of any plan."""
    table = case.best(alone(case.problem, target)).attainment
    return int(table.loc[table["target"] == target, "shortfall"].iloc[0])


def _all_attain(case: Case, target: str, below: np.ndarray, best: int) -> bool:
    """Whether the plan that does most for the target has all members of known level attain it."""
    plan = case.best(alone(case.problem, target))
    entry = case.problem.scenario.targets[target]
    return best > 0 and not (below & (attaining(case.problem, entry, plan.starts) > case.problem.by(entry))).any()


def _costs(case: Case, target: str) -> dict[str, int]:
    """How many more the other targets fall short if this one is binding."""
    before = case.best(lot=False).attainment.set_index("target")["shortfall"]
    after = case.best(binding(case.problem, target), lot=False).attainment.set_index("target")["shortfall"]
    differs = after - before
    return {str(name): int(by) for name, by in differs.items() if by > 0}


def _blocking(problem: Problem, target: str) -> tuple[Rule, ...]:
    tables = build_model(admissible_starts(binding(alone(problem, target), target))).tables
    found = next(contradictions(tables, _effort(problem)), [])
    return tuple(rule_of(problem, label) for label in found)


def _repair(problem: Problem, target: str) -> WayOut | None:
    tables = build_model(admissible_starts(binding(alone(problem, target), target))).tables
    found = ways_out(problem, tables, _effort(problem), 1, firm={("must", target)})
    return found[0] if found else None


def _effort(problem: Problem) -> Effort:
    solver = problem.scenario.solver
    return Effort(time.monotonic() + solver.time_limit_s, solver.workers, solver.seed)


def _able(options: Options, target: str) -> np.ndarray:
    """Who has, on every ladder of the target on which his level is too low, an admissible start that leads to it."""
    problem, frame = options.problem, options.frame
    entry = problem.scenario.targets[target]
    year = frame["start" if entry.counts == "enrolled" else "finish"].to_numpy()
    able = np.ones(len(problem.cadres), dtype=bool)
    for ladder, level in entry.level.items():
        wanted = problem.scenario.ladders[ladder].index(level)
        leads = (frame["ladder"].to_numpy() == ladder) & (frame["high"].to_numpy() >= wanted)
        reachable = np.zeros(len(able), dtype=bool)
        reachable[frame["cadre"].to_numpy()[leads & (year <= problem.by(entry))]] = True
        able &= reachable | (options.held[ladder].to_numpy() >= wanted)
    return able


def _reasons(options: Options, target: str, unable: np.ndarray) -> dict[str, int]:
    """Of those who cannot, how many have each reason against a programme that leads to the level."""
    problem = options.problem
    levels, programmes = problem.scenario.targets[target].level, problem.programmes
    count: Counter[str] = Counter()
    leading = np.zeros(len(programmes), dtype=bool)
    for ladder, level in levels.items():
        wanted = problem.scenario.ladders[ladder].index(level)
        leading |= (programmes["ladder"].to_numpy() == ladder) & (programmes["high"].to_numpy() >= wanted)
    for row in np.flatnonzero(unable):
        bits = int(np.bitwise_or.reduce(options.reasons[row][leading], axis=None)) if leading.any() else 0
        count.update(reason for bit, reason in enumerate(REASONS) if bits >> bit & 1)
    return dict(count.most_common())
