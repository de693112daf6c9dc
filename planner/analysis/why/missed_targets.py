"""Why a target is missed: the rules that stand against it, as few as suffice, and the cheapest repair.

A missed target is made binding (`must`). First it stands alone: no other target counts. If it cannot be reached even
then, it is *blocked*, and the rules that contradict it are named. If it can, it *competes*: the same is asked with
every other target held at what it attains in the best plan, so what is named are the rules and the other targets
between which there was a choice; the best plan with the target binding tells what that choice would cost the others.

Rules speak of starts. A member who has no admissible start to the level is no choice of anybody: it is said how many
there are, which programme is nearest to them, and what stands against it. A member whose level the roster does not say
is never counted as attaining; where even all the others would not be enough, the target is *unknown*.

The repair is the least relaxation of seats and absence, and the fewest exemptions of members from eligibility, service
owed and seats, with which the target is reached, the others held where they are (blocked: left alone): the integer
programme of `planner.analysis.why.conflicts`. A seat, a cadre away and an exemption cost a unit each (assumed).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import UNPROVEN, Unproven, kept_answers
from planner.analysis.statements import Statement, stated
from planner.analysis.what_if import WhatIf, reworded, with_goals
from planner.analysis.why.conflicts import WayOut, exemptions, ways_out
from planner.common.errors import Fault, InputError, nearest
from planner.common.workers import THIS_MACHINE, Parallel
from planner.infeasibility import contradictions
from planner.inputs.problem import Problem, required
from planner.inputs.scenario.schema import Scenario, Target
from planner.model.attainment import attaining, unknown_level
from planner.model.build import build_model
from planner.model.options import Options, admissible_starts
from planner.optimiser.integer_program import SolveLimits
from planner.plans.obstacles import TOO_LATE, in_time, nearest_start, passing, stuck

BLOCKED, UNKNOWN, COMPETES = "blocked", "unknown", "competes"


@dataclass(frozen=True)
class Leading:
    """A programme that leads to the level, the calendar years it takes, and the last start in time; None: no start."""

    programme: str
    years: int
    last_start: int | None


@dataclass(frozen=True)
class Hindrance:
    """What keeps so many members from the level: the reasons against the programme that is nearest to them."""

    programme: str
    reasons: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Missed:
    """Why a target is missed.

    Attributes
    ----------
    shortfall
        In the best plan [people].
    verdict
        unknown: even if every member of known level attained, it would be missed; blocked: rules stand against it,
        whatever the other targets; competes: it could be reached at the cost of others; unproven: that took too long.
    unknown
        Members whose level the roster does not say [people].
    unable
        Members of known level, below it, with no admissible start that leads to it in time [people].
    hindrances
        What stands against these; a member who lacks levels of several ladders is in one for each.
    leading
        The programmes that lead to the level.
    best
        The least shortfall of any plan [people]; None where it is unproven.
    blocking
        The fewest rules found that forbid to reach it, each needed: alone, or with the other targets held.
    costs
        Where it competes: the other targets' further shortfalls if it were binding [people].
    repair
        The least relaxation that would reach it; None where none would, or the roster would have to say more.
    late
        The time that did not suffice; None where it did.
    """

    target: str
    shortfall: int
    verdict: str
    unknown: int
    unable: int
    hindrances: tuple[Hindrance, ...]
    leading: tuple[Leading, ...]
    best: int | None
    blocking: tuple[Statement, ...]
    costs: dict[str, int]
    repair: WayOut | None
    late: Unproven | None = None


def missed_targets(
    what_if: WhatIf,
    targets: Sequence[str] = (),
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> list[Missed]:
    """Why each target, or each of some, is missed in the best plan.

    Raises
    ------
    InputError
        The scenario knows no such target, or a proof took too long.
    """
    known = what_if.problem.scenario.targets
    faults = [
        Fault("frontier_unknown_target", {"name": name, "nearest": nearest(name, known)})
        for name in targets
        if name not in known
    ]
    if faults:
        raise InputError(faults)
    short = what_if.plan.attainment.set_index("target")["shortfall"]
    asked = [str(name) for name in short.index[short > 0] if not targets or name in targets]
    found = kept_answers("missed", why_missed, what_if, asked, on_progress, parallel)
    return [
        _unproven(what_if, name, why) if isinstance(why, Unproven) else why
        for name, why in zip(asked, found, strict=True)
    ]


def why_missed(what_if: WhatIf, target: str) -> Missed:
    """Why one target is missed."""
    problem = what_if.problem
    entry, options = problem.scenario.targets[target], admissible_starts(problem)
    counted, unknown = problem.counted(target), unknown_level(problem, entry)
    below = counted & ~unknown & (attaining(problem, entry) > problem.by(entry))
    unable = below & ~_able(options, target)
    best = _least(what_if, target)
    if required(entry, int(counted.sum())) > int((counted & ~unknown).sum()):
        verdict = UNKNOWN
    else:
        verdict = COMPETES if best == 0 else BLOCKED
    bound = _held(what_if, target) if verdict == COMPETES else binding(alone(problem, target), target)
    return Missed(
        target,
        int(_figures(what_if, "shortfall")[target]),
        verdict,
        int((counted & unknown).sum()),
        int(unable.sum()),
        tuple(_hindrances(options, target, unable)),
        tuple(_leading(problem, entry)),
        best,
        _blocking(problem, bound) if verdict != UNKNOWN else (),
        _costs(what_if, target) if verdict == COMPETES else {},
        _repair(bound, target, unable) if verdict != UNKNOWN else None,
    )


def _unproven(what_if: WhatIf, target: str, late: Unproven) -> Missed:
    """What is known of a missed target without solving."""
    problem = what_if.problem
    entry, options = problem.scenario.targets[target], admissible_starts(problem)
    counted, unknown = problem.counted(target), unknown_level(problem, entry)
    below = counted & ~unknown & (attaining(problem, entry) > problem.by(entry))
    unable = below & ~_able(options, target)
    return Missed(
        target,
        int(_figures(what_if, "shortfall")[target]),
        UNPROVEN,
        int((counted & unknown).sum()),
        int(unable.sum()),
        tuple(_hindrances(options, target, unable)),
        tuple(_leading(problem, entry)),
        best=None,
        blocking=(),
        costs={},
        repair=None,
        late=late,
    )


# --- the problem with the target binding ----------------------------------------------------------------------------


def binding(problem: Problem, target: str) -> Problem:
    """The problem in which a target must be reached, beside those that must be anyway."""
    return _with_targets(
        problem,
        {
            name: entry.model_copy(update={"must": name == target or entry.must})
            for name, entry in problem.scenario.targets.items()
        },
    )


def alone(problem: Problem, target: str) -> Problem:
    """The problem in which no other target counts, but those that must be reached; its weight may be 0 no longer."""
    entries = {name: entry for name, entry in problem.scenario.targets.items() if name == target or entry.must}
    entries[target] = entries[target].model_copy(update={"weight": 1.0})
    return with_goals(_with_targets(problem, entries), ["attainment", "early"])


def _held(what_if: WhatIf, target: str) -> Problem:
    """The problem in which a target must be reached, and no other may fall further short than in the best plan."""
    attained, needed = _figures(what_if, "attained"), _figures(what_if, "required")
    entries = {
        name: entry.model_copy(update={"must": True, "at_least": int(min(attained[name], needed[name]))})
        for name, entry in what_if.problem.scenario.targets.items()
        if name != target
    }
    return binding(_with_targets(what_if.problem, {**what_if.problem.scenario.targets, **entries}), target)


def _with_targets(problem: Problem, entries: dict[str, Target]) -> Problem:
    def how(scenario: Scenario) -> Scenario:
        return scenario.model_copy(update={"targets": entries})

    return reworded(problem, how)


def _figures(what_if: WhatIf, column: str) -> dict[str, int]:
    """A column of the attainment of the best plan, by target."""
    return {str(name): int(value) for name, value in what_if.plan.attainment.set_index("target")[column].items()}


def _least(what_if: WhatIf, target: str) -> int:
    """The least shortfall of any plan."""
    table = what_if.best(alone(what_if.problem, target)).attainment
    return int(table.loc[table["target"] == target, "shortfall"].iloc[0])


def _costs(what_if: WhatIf, target: str) -> dict[str, int]:
    """How many more the other targets fall short if this one is binding."""
    before = what_if.best(lot=False).attainment.set_index("target")["shortfall"]
    after = what_if.best(binding(what_if.problem, target), lot=False).attainment.set_index("target")["shortfall"]
    differs = after - before
    return {str(name): int(by) for name, by in differs.items() if by > 0}


def _blocking(problem: Problem, bound: Problem) -> tuple[Statement, ...]:
    """The rules that contradict the binding target; a target that the scenario does not bind is named as it stands."""
    tables = build_model(admissible_starts(bound)).tables
    found = [stated(bound, statement) for statement in next(contradictions(tables, _effort(bound)), [])]
    return tuple(_as_written(problem, statement) for statement in found)


def _as_written(problem: Problem, statement: Statement) -> Statement:
    section, name = (*statement.key, "", "")[:2]
    if statement.rule != "must" or section != "targets" or problem.scenario.targets[str(name)].must:
        return statement
    return replace(statement, id=f"targets.{name}")


def _repair(bound: Problem, target: str, unable: np.ndarray) -> WayOut | None:
    """The least relaxation with which every binding target is reached; `unable` are those who may be exempt."""
    levels = bound.scenario.targets[target].level
    on_ladders = bound.programmes["ladder"].isin(list(levels)).to_numpy()
    options = admissible_starts(bound, unable[:, None] & on_ladders)
    tables = build_model(options).tables
    firm = {("must", ("targets", name)) for name, entry in bound.scenario.targets.items() if entry.must}
    found = ways_out(bound, tables, _effort(bound), 1, firm, dict(exemptions(options, admissible_starts(bound))))
    return found[0] if found else None


def _effort(problem: Problem) -> SolveLimits:
    solver = problem.scenario.solver
    return SolveLimits(time.monotonic() + solver.time_limit_s, solver.workers, solver.seed)


# --- who cannot, and why --------------------------------------------------------------------------------------------


def _leading(problem: Problem, entry: Target) -> Iterator[Leading]:
    timely = in_time(problem, entry)
    for ladder in entry.level:
        for row in np.flatnonzero(passing(problem, entry, ladder)):
            years = problem.years[timely[row]]
            programme = problem.programmes.iloc[row]
            yield Leading(str(programme["programme"]), int(programme["years"]), int(years[-1]) if len(years) else None)


def _able(options: Options, target: str) -> np.ndarray:
    """Who has, on every ladder of the target on which his level is too low, an admissible start that leads to it."""
    entry = options.problem.scenario.targets[target]
    return ~np.logical_or.reduce([stuck(options, entry, ladder) for ladder in entry.level])


def _hindrances(options: Options, target: str, unable: np.ndarray) -> Iterator[Hindrance]:
    """For the members who cannot, what stands against the nearest start; most people first."""
    entry = options.problem.scenario.targets[target]
    names = options.problem.programmes["programme"].to_numpy()
    count: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for ladder in entry.level:
        found = nearest_start(options, entry, ladder, np.flatnonzero(unable & stuck(options, entry, ladder)))
        for programme, bits in zip(found.programme, found.bits, strict=True):
            if programme < 0:
                count["", (TOO_LATE,)] += 1
            else:
                count[str(names[programme]), options.reasons_of(int(bits))] += 1
    for (programme, reasons), people in count.most_common():
        yield Hindrance(programme, reasons, people)
