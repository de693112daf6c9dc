"""The questions about a plan: why, what if, at what price. Every answer is proven by solving."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.analysis import backbone as settled
from planner.analysis.fairness.audit import AGES, Fairness, audit_fairness
from planner.analysis.fairness.audit import for_others as hidden
from planner.analysis.given import ACase, problem_of, what_if
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import limited
from planner.analysis.seats import frontier as seats
from planner.analysis.seats.values import Worth, worth_of_seats
from planner.analysis.why import all_cadres
from planner.analysis.why import cadre as one_cadre
from planner.analysis.why.conflicts import Contradictions, explain_conflicts
from planner.analysis.why.missed_targets import Missed, missed_targets
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given
from planner.library.answer import Answer
from planner.library.answer_tables import (
    conflict_tables,
    everybody_tables,
    explanation_tables,
    fairness_tables,
    missed_tables,
)
from planner.plans.run_folder import fingerprint
from planner.report.text.seat_values import frontier_table, worth_table


def explain(
    plan: ACase, cadre: str, programme: str | None = None, year: int | None = None
) -> Answer[one_cadre.Explanation]:
    """What a cadre gets, why not something else, and what would change it: `planner explain --cadre`.

    Parameters
    ----------
    plan
        A plan, a run, the folder of a run; or `planner.what_if(plan)`, which remembers what earlier questions solved.
    cadre
        The cadre's code, or the name that the roster has.
    programme
        The id or the title of the one asked about, with what would get the cadre in; by default every programme,
        without that.
    year
        Of the start; by default the best [year].

    Returns
    -------
    Answer
        Its tables; columns named as goals hold the change of the goal's value, in its own sense:

        - `starts`: programme, start, finish [year], serves (what it is for, as in assignments.csv), held (whether
          `every` or `some` best plan has it), decided_by (the first goal that is worse without it), conflict (the
          rules that forbid to leave it out), and a column per goal: without the start
        - `missed`: programme, start [year; empty: the best], verdict (inadmissible, impossible, free or costs),
          decided_by, conflict, and a column per goal: with the start
        - `reasons`: programme, year, reason: why a start is not admissible

    Raises
    ------
    InputError
        The scenario knows no such cadre, programme or year, or several of that name; the plan is not the best; or a
        proof took too long.
    """
    case = what_if(plan)
    found = one_cadre.explain(case, cadre, programme, year)
    return Answer(found, case.problem, explanation_tables(found))


def explain_all(
    plan: ACase, on_progress: OnProgress = silent, parallel: Parallel = THIS_MACHINE
) -> Answer[all_cadres.Everybody]:
    """How surely each start is in the plan, and what a start would cost that somebody waits for: `explain --all`.

    Parameters
    ----------
    plan
        As `explain` takes it.
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where the prices are found.

    Returns
    -------
    Answer
        Its tables:

        - `starts`: cadre, programme, start [year], held (whether `every` or `some` best plan has it, or
          `unproven`)
        - `waiting`: cadre, programme, target (the first that it would count for), verdict (free, costs, impossible or
          unproven), decided_by, conflict, and a column per goal: its change with the start

    Raises
    ------
    InputError
        The plan is not the best.
    """
    case = what_if(plan)
    found = all_cadres.explain_all(case, on_progress, parallel)
    return Answer(found, case.problem, everybody_tables(found), "explain", fingerprint(case.plan))


def backbone(plan: ACase) -> pd.DataFrame:
    """What the best plans agree on, of which the lot draws one.

    Parameters
    ----------
    plan
        As `explain` takes it.

    Returns
    -------
    pd.DataFrame
        cadre, programme, start [year], held (by `every`, `some` or `none` of the best plans): a row per admissible
        start.

    Raises
    ------
    InputError
        The plan is not the best.
    """
    return settled.backbone(what_if(plan))


def missed(
    plan: ACase, targets: Sequence[str] = (), on_progress: OnProgress = silent, parallel: Parallel = THIS_MACHINE
) -> Answer[list[Missed]]:
    """Why targets are missed, and the least that would reach them: `planner missed`.

    Parameters
    ----------
    plan
        As `explain` takes it.
    targets
        Those asked about; by default all that are missed.
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where they are answered.

    Returns
    -------
    Answer
        Its tables:

        - `targets`: target, shortfall, verdict (unknown, blocked, competes or unproven), unknown, unable, best
          [people], worsens (the first goal that is worse if it is reached), minimal and repair_known (whether the time
          sufficed for both)
        - `hindrances`: target, programme, reasons, people: what keeps members from the level who cannot start
        - `leading`: target, programme, years (that it takes), last_start [year; empty: none is in time]
        - `costs`: target, other, more: by how many another target would fall further short [people]
        - `blocking`: target, id, rule, where, file, line, source, limit, may_change: what stands against it
        - `repairs`: target, kind (relax or exempt), what, by, possible, may_change: the least that would reach it
        - `fixed`: as `blocking`: what would have to change though the scheme may not, where there is no repair

    Raises
    ------
    InputError
        The scenario knows no such target; the plan is not the best; or a proof took too long.
    """
    case = what_if(plan)
    found = missed_targets(case, targets, on_progress, parallel)
    return Answer(found, case.problem, missed_tables(found), "" if targets else "missed", fingerprint(case.plan))


def value(plan: ACase, on_progress: OnProgress = silent, parallel: Parallel = THIS_MACHINE) -> Answer[list[Worth]]:
    """What one more and one fewer of each limit would change: `planner value`.

    Parameters
    ----------
    plan
        As `explain` takes it.
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where they are answered.

    Returns
    -------
    Answer
        Its table, the most valuable limit first: rule, where, year, limit, used, one_more_how and one_fewer_how
        (solved, implied, impossible, nothing left or unproven), and one_more_GOAL, one_fewer_GOAL: the goals' changes.

    Raises
    ------
    InputError
        The plan is not the best.
    """
    case = what_if(plan)
    found = worth_of_seats(case, on_progress, parallel)
    return Answer(found, case.problem, {"value": worth_table(found)}, "value", fingerprint(case.plan))


def frontier(
    plan: ACase,
    target: str,
    pool: str | None = None,
    steps: int = seats.STEPS,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Answer[seats.Frontier]:
    """What a target attains with fewer and with more seats: `planner frontier`.

    Parameters
    ----------
    plan
        As `explain` takes it.
    target
        The target.
    pool
        The pool whose seats vary; by default all limited ones that lead to the target.
    steps
        How many seats fewer and more [seats a year].
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where they are answered.

    Returns
    -------
    Answer
        Its table: more [seats a year], seats (over the horizon), attained, shortfall, attainable [people] (the most
        that any plan attains), and a column per goal: its value. Where points could not be proven in time, or no plan
        exists at them, columns `unproven` and `no_plan` say so, and their figures are empty.

    Raises
    ------
    InputError
        The scenario knows no such target or pool, or none is limited; the plan is not the best; or a proof took too
        long.
    """
    case = what_if(plan)
    found = seats.frontier(case, target, pool, steps, on_progress, parallel)
    name = f"frontier-{target}"
    return Answer(found, case.problem, {"frontier": frontier_table(found)}, name, fingerprint(case.plan))


def fairness(
    plan: ACase,
    ages: Sequence[int] = AGES,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
    *,
    for_others: bool = False,
) -> Answer[Fairness]:
    """Who is selected, what each priority rule changed, and what raising the priority would cost: `planner fairness`.

    Parameters
    ----------
    plan
        As `explain` takes it.
    ages
        The ends of the age bands [years].
    on_progress
        Told how many questions are answered, of all.
    parallel
        Where they are answered.
    for_others
        Hide small groups, for readers who are not to know about single people.

    Returns
    -------
    Answer
        Its tables:

        - `groups`: attribute, value, needing, selected [people], rate, low, high, mean_wait, median_wait [years]
        - `tests`: attribute, groups, difference, low, high, p_selected, p_wait, holm_selected, holm_wait
        - `priorities`: rule, starts_with, starts_without [starts], people_with, people_without [people], came_in,
          went_out (cadres, separated by blanks), and GOAL_without: the goals' values without the rule
        - `price`: place (of `priority` in the ranking), times (its points), and a column per goal: its value

    Raises
    ------
    InputError
        The plan is not the best.
    """
    case = what_if(plan)
    found = audit_fairness(case, ages, on_progress, parallel)
    whole = Answer(found, case.problem, fairness_tables(found), "fairness", fingerprint(case.plan))
    return small_groups_hidden(whole) if for_others else whole


def small_groups_hidden(audit: Answer[Fairness]) -> Answer[Fairness]:
    """The audit as others may see it: without the groups in which few are selected or few are not."""
    shown = hidden(audit.found, audit.problem.scenario.privacy.fewest)
    return Answer(shown, audit.problem, fairness_tables(shown))


def conflict(scenario: Given | Problem, ways_out: int = 3, limit_s: float | None = None) -> Answer[Contradictions]:
    """Which rules contradict each other where no plan exists, and the cheapest ways out: `planner conflict`.

    Parameters
    ----------
    scenario
        A problem, or what `planner.load` takes.
    ways_out
        How many ways out at most.
    limit_s
        What the search may take [seconds]; by default the scenario's `solver.time_limit_s`.

    Returns
    -------
    Answer
        Its tables, empty where a plan exists:

        - `rules`: conflict (a number), id, rule, where, file, line, source, limit, may_change, confirmed (by a second
          engine), minimal (whether the time sufficed to show that each is needed)
        - `ways_out`: way (a number; 1 is the cheapest), kind (relax or exempt), what, by, possible, may_change

    Raises
    ------
    InputError
        The scenario or a table is faulty, as `planner.load` says it.
    """
    problem = problem_of(scenario)
    problem = problem if limit_s is None else limited(problem, limit_s)
    found = explain_conflicts(problem, ways_out)
    return Answer(found, problem, conflict_tables(found))
