"""Why a target is missed: the rules that stand against it, as few as suffice, and the cheapest repair.

A missed target is made binding (`must`). First it stands alone: no other target counts. If it cannot be reached even
then, it is *blocked*, and the rules that contradict it are named. If it can, it *competes*: the same is asked with
every other target held at what it attains in the best plan, so what is named are the rules and the other targets
between which there was a choice; the best plan with the target binding tells what that choice would cost the others.

What is named contradicts itself by itself: beside seats and the like it holds what keeps members from starting at all,
such as eligibility, service owed, unknown levels (`planner.infeasibility`). It is said besides how many members
can start nothing, which programme is nearest to them, and what stands against it. A member whose level the roster does
not say is never counted as attaining; where even all the others would not be enough, the target is *unknown*.

The repair is the least relaxation of seats and absence, and the fewest exemptions of members from eligibility, service
owed and seats, with which the target is reached, the others held where they are (blocked: left alone): the integer
programme of `planner.analysis.why.conflicts`. A seat, a cadre away and an exemption cost a unit each (assumed). What
the scenario marks with `may_change: no` it leaves alone; where nothing else would do, it names what would have to
change of that, and no person.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.analysis.asked import Asked
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import UNPROVEN, Unproven, kept_answers
from planner.analysis.statements import Statement, stated
from planner.analysis.what_if import (
    Outcome,
    WhatIf,
    change,
    unproven,
    with_goals,
    with_reached,
    with_targets,
)
from planner.analysis.why.missed_rows import MissedRows, must, unable_of
from planner.analysis.why.ways_out import WayOut
from planner.common.errors import Fault, InputError, nearest
from planner.common.workers import THIS_MACHINE, Parallel
from planner.infeasibility import Contradiction, contradictions
from planner.inputs.problem import Problem, required
from planner.inputs.scenario.schema import Target
from planner.model.attainment import Attainments, in_time, passing, unknown_level
from planner.model.build import build_tables
from planner.model.options import Options, admissible_starts
from planner.optimiser.integer_program import OPTIMAL, SolveLimits
from planner.plans.obstacles import TOO_LATE, nearest_start, stuck

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
        Blocked: the rules, and what keeps members from starting, that forbid to reach it, each needed for that.
        Competes: the rules and targets that cannot all hold, this one among them; none where it could be reached
        without another target's loss, and only another goal stands against it.
    costs
        Where it competes: the other targets' further shortfalls if it were binding [people].
    worsens
        Where it competes: the first goal that is worse then.
    repair
        The least relaxation that would reach it; None where none would, or the roster would have to say more.
    late
        The time that did not suffice; None where it did.
    fixed
        Where there is no repair: what the scenario's makers may not change, and what would have to change of it.
    minimal
        Whether the time sufficed to show that each of `blocking` is needed.
    repair_known
        Whether the time sufficed to find the repair, or to show that there is none.
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
    worsens: str = ""
    fixed: tuple[Statement, ...] = ()
    minimal: bool = True
    repair_known: bool = True


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
        _unsolved(what_if, name, UNPROVEN, None, why) if isinstance(why, Unproven) else why
        for name, why in zip(asked, found, strict=True)
    ]


def why_missed(what_if: WhatIf, target: str) -> Missed:
    """Why one target is missed."""
    problem, rows = what_if.problem, what_if.once(MissedRows)
    entry, best = problem.scenario.targets[target], rows.least(target, _effort(problem))
    best = _least(what_if, target) if best is None else best
    counted, unknown = problem.counted(target), unknown_level(problem, entry)
    if required(entry, int(counted.sum())) > int((counted & ~unknown).sum()):
        verdict = UNKNOWN
    else:
        verdict = COMPETES if best == 0 else BLOCKED
    found = _unsolved(what_if, target, verdict, best)
    if verdict == UNKNOWN:
        return found
    if verdict == COMPETES:
        costs, worsens = _costs(what_if, target)
        found = replace(found, costs=costs, worsens=worsens)
        if not costs:  # that plan has all that is asked for: no rule stands against it, and nothing need give way
            return found
    held = verdict == COMPETES
    bound = _held(what_if, target) if held else binding(alone(problem, target), target)
    contradiction = rows.blocking(target, _effort(problem), found.costs if held else None) or _from_nothing(bound)
    blocking = _told(problem, bound, contradiction, "" if held else target)
    found = replace(found, blocking=blocking, minimal=contradiction.minimal)
    for by_anybody in (False, True):
        way, known = rows.repair(bound, target, _effort(problem), held=held, by_anybody=by_anybody)
        if way is not None or not known:
            break
    if by_anybody:
        fixed = tuple(_fixed(bound, way)) if way is not None else ()
        return replace(found, fixed=fixed, repair_known=known)
    return replace(found, repair=way, repair_known=known)


def _unsolved(what_if: WhatIf, target: str, verdict: str, best: int | None, late: Unproven | None = None) -> Missed:
    """What is known of a missed target without solving."""
    problem = what_if.problem
    entry, options = problem.scenario.targets[target], admissible_starts(problem)
    unable = unable_of(options, target)
    return Missed(
        target,
        int(_figures(what_if, "shortfall")[target]),
        verdict,
        int((problem.counted(target) & unknown_level(problem, entry)).sum()),
        int(unable.sum()),
        tuple(_hindrances(options, target, unable)),
        tuple(_leading(problem, entry)),
        best,
        blocking=(),
        costs={},
        repair=None,
        late=late,
    )


# --- the problem with the target binding ----------------------------------------------------------------------------


def binding(problem: Problem, target: str) -> Problem:
    """The problem in which a target must be reached, beside those that must be anyway."""
    return with_reached(problem, target)


def alone(problem: Problem, target: str) -> Problem:
    """The problem in which no other target counts, but those that must be reached; its weight may be 0 no longer."""
    entries = {name: entry for name, entry in problem.scenario.targets.items() if name == target or entry.must}
    entries[target] = entries[target].model_copy(update={"weight": 1.0})
    return with_goals(with_targets(problem, entries), ["attainment", "early"])


def _held(what_if: WhatIf, target: str) -> Problem:
    """The problem in which a target must be reached, and no other may fall further short than in the best plan."""
    attained, needed = _figures(what_if, "attained"), _figures(what_if, "required")
    entries = {
        name: entry.model_copy(update={"must": True, "at_least": int(min(attained[name], needed[name]))})
        for name, entry in what_if.problem.scenario.targets.items()
        if name != target
    }
    return binding(with_targets(what_if.problem, {**what_if.problem.scenario.targets, **entries}), target)


def _figures(what_if: WhatIf, column: str) -> dict[str, int]:
    """A column of the attainment of the best plan, by target."""
    return {str(name): int(value) for name, value in what_if.plan.attainment.set_index("target")[column].items()}


def _least(what_if: WhatIf, target: str) -> int:
    """The least shortfall of any plan."""
    goal = what_if.proven.shortfall(target)
    found = None if goal is None else what_if.proven.best(Asked(), [goal])
    if found is None:
        table = what_if.best(alone(what_if.problem, target)).attainment
        return int(table.loc[table["target"] == target, "shortfall"].iloc[0])
    if found.status != OPTIMAL:
        raise unproven(what_if.problem)
    return round(found.goals[0].value)


def _costs(what_if: WhatIf, target: str) -> tuple[dict[str, int], str]:
    """How many more the other targets fall short if this one is binding, and the first goal that is worse.

    Of the best plans with the target binding it is the one nearest to the plan at hand.
    """
    after = what_if.after(Asked(reached=(target,)), near=True)
    if after is None:  # a plan with no shortfall of it is known
        raise unproven(what_if.problem)
    before, short = _figures(what_if, "shortfall"), _shortfalls(what_if.problem, after)
    worse = next((goal for goal, by in change(what_if.plan, after).items() if by), "")
    return {name: by - before[name] for name, by in short.items() if by > before[name]}, worse


def _shortfalls(problem: Problem, outcome: Outcome) -> dict[str, int]:
    """The shortfall of each target by the starts of an outcome."""
    starts = pd.DataFrame(outcome.starts, columns=["cadre", "programme", "start"])
    for column, table in (("cadre", problem.cadres), ("programme", problem.programmes)):
        starts[column] = pd.Index(table[column]).get_indexer(starts[column])
    starts["finish"] = starts["start"] + problem.programmes["years"].to_numpy()[starts["programme"]] - 1
    attainments, short = Attainments(problem, starts), {}
    for name, entry in problem.scenario.targets.items():
        members = problem.counted(name)
        attained = members & (attainments.since(entry) <= problem.by(entry))
        short[name] = max(0, required(entry, int(members.sum())) - int(attained.sum()))
    return short


def _from_nothing(bound: Problem) -> Contradiction:
    """What contradicts the binding target, where no linear programme tells it."""
    tables = build_tables(admissible_starts(bound))
    return next(contradictions(tables, _effort(bound)), Contradiction((), minimal=True))


def _told(problem: Problem, bound: Problem, found: Contradiction, but: str) -> tuple[Statement, ...]:
    """What contradicts the binding target; one target is not named itself, and one that need not be is as it stands."""
    others = [statement for statement in found.statements if statement != must(but)]
    return tuple(_as_written(problem, stated(bound, statement)) for statement in others)


def _as_written(problem: Problem, statement: Statement) -> Statement:
    section, name = (*statement.key, "", "")[:2]
    if statement.rule != "must" or section != "targets" or problem.scenario.targets[str(name)].must:
        return statement
    return replace(statement, id=f"targets.{name}")


def _fixed(bound: Problem, way: WayOut) -> Iterator[Statement]:
    """What a way out changes of that which the scenario's makers may not change, each once; no person."""
    for statement, _ in way.relaxed:
        if statement.may_change is False:
            yield statement
    rules = {"not_eligible": "eligible", "retires_too_soon": "service_owed"}
    named = {
        (rules[reason], (exempt.programme,)): None
        for exempt in way.exemptions
        for reason in exempt.waived
        if exempt.may_change is False and reason in rules
    }
    yield from (stated(bound, limit) for limit in named)


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
