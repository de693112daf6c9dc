"""Checking a scenario, solving it, and deriving a plan again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planner import verification
from planner.analysis.given import APlan, problem_of
from planner.common.workers import THIS_MACHINE, Parallel, parts_place
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given
from planner.model.check import Check, check_problem
from planner.plans.columns import COLUMNS
from planner.plans.plan import Plan
from planner.plans.run_folder import Run, manifest_of, purged_on, read_run

if TYPE_CHECKING:
    from planner.solver import OnProgress


def check(scenario: Given | Problem) -> Check:
    """What a scenario holds, before anything is solved: `planner check`.

    Parameters
    ----------
    scenario
        A problem, or what `planner.load` takes.

    Returns
    -------
    Check
        Its tables:

        - `sizes`: what, number: of cadres, agencies, programmes, admissible and refused starts
        - `by_programme`: programme, and a column per year: starts that are admissible
        - `refused`: reason, starts: how many starts each reason stands against; a start may have several
        - `too_small`: agency, headcount, rows [people]: agencies that have more rows on the roster than their headcount
        - `members`: what, entry, title, members, blank, unknown, required, held [people]: whom each entry is about

        Its `warnings`, open or `acknowledged`, have an `id`; its `remarks` say how the roster was read.

    Raises
    ------
    InputError
        The scenario or a table is faulty, as `planner.load` says it.
    """
    return check_problem(problem_of(scenario))


def solve(scenario: Given | Problem, on_progress: OnProgress | None = None, parallel: Parallel = THIS_MACHINE) -> Plan:
    """The best plan, every goal proven where the time allows, or why there is none: `planner solve`.

    Parameters
    ----------
    scenario
        A problem, or what `planner.load` takes.
    on_progress
        Told of every value and bound as they are found, as a `planner.solver.Progress`.
    parallel
        Where the problem is solved, block by block or part by part: `cluster` or `executor`; by default in threads of
        this process, as many as the scenario's `solver.workers`.

    Returns
    -------
    Plan
        `status` is optimal, feasible (the time cut a goal short), infeasible or time_limit; `found` says whether there
        is a plan. That there is none is an answer, never an exception. Its tables:

        - `assignments`: cadre, agency, programme, mode, start, finish [year], points, serves (what the start is for)
        - `attainment`: target, members, unknown, required, already, attained, shortfall [people], share
        - `seats`: pool, year, min, max, starts, below_min [starts]
        - `totals`: pool, min, max, starts, below_min [starts, over the horizon]
        - `shares`: share, year (empty: horizon), starts, of_group, required, shortfall [starts]
        - `absence`: agency, year, headcount, limit, away [people]
        - `goals`: goal, sense, value, bound, status, seconds
        - `conflict`: rule, where: where the status is infeasible, rules of which no plan can obey all

    Raises
    ------
    InputError
        The scenario or a table is faulty, as `planner.load` says it; or no cluster answers.
    """
    from planner.library.in_blocks import solve_in_blocks
    from planner.solver import solve_problem

    problem = problem_of(scenario)
    with parts_place(parallel) as executor:
        if executor is None:
            return solve_problem(problem, on_progress)
        return solve_in_blocks(problem, executor, on_progress)


def verify(plan: APlan, *, certificate: bool = True) -> pd.DataFrame:
    """What does not hold of a plan, derived again without a solver and without the model: `planner verify`.

    Parameters
    ----------
    plan
        A plan, a run, or the folder of a run.
    certificate
        Check the certificate of a run that holds one (proof.npz), too, without an engine: most of the time of a solve.
        `planner.check_proof` tells more of it.

    Returns
    -------
    pd.DataFrame
        rule, where, found, allowed (text): a row for each broken rule, by the contract's id, and for each figure
        that is not what follows from the assignments (rule `figures`), and for a run folder what its manifest and its
        files say that does not hold (rule `manifest`), and what its certificate says that it does not prove of this
        plan (rule `proof`). Of a run of which only aggregates are left (`planner purge`) its files and what its figures
        say of each other are checked. Empty: everything holds.

    Raises
    ------
    InputError
        The folder is no run folder, a file in it is missing or damaged, or an input is not as it was.
    """
    if isinstance(plan, Plan):
        tables = {name: getattr(plan, name) for name in COLUMNS}
        figures = verification.figures(plan.problem, plan.assignments)
        found = verification.plan_findings(plan.problem, plan.assignments)
        return verification.findings_table([*found, *verification.figure_findings(tables, figures)])
    if isinstance(plan, str | Path) and purged_on(manifest := manifest_of(plan), "aggregates") is not None:
        return verification.findings_table(verification.purged_findings(Path(plan), manifest))
    run = plan if isinstance(plan, Run) else read_run(plan)
    folder = verification.RunFolder(run.folder, run.problem, run.manifest, run.tables)
    return verification.findings_table(verification.run_findings(folder, certificate=certificate))
