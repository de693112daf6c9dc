"""Several plans: side by side, or a grid of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.analysis.given import APlan, plan_of
from planner.inputs.problem import Problem
from planner.plans.plan import Plan
from planner.solver import OnProgress, solve_problem
from planner.studies import comparison
from planner.studies.comparison import Comparison, collect

Plans = Mapping[str, APlan | Problem] | Iterable[str | Path]


def compare(plans: Plans, on_progress: OnProgress | None = None) -> Comparison:
    """Put plans side by side: `planner compare`.

    Parameters
    ----------
    plans
        Names and what they stand for: a plan, a run, the folder of a run, or a problem, which is solved. Or the paths
        of run folders and of scenario files, which are solved; each is then called by its path's last part.
    on_progress
        Told of the values and bounds of what is solved.

    Returns
    -------
    Comparison
        `long` has a row per figure and plan: kind (goals, targets, seats, priority, yearly), item, title, measure,
        sense, plan, value, best, proven. `goals`, `targets`, `seats`, `priority` and `yearly` have a column per plan;
        `gains_and_losses(a, b)` says who gains and who loses a place; `notes` says what is not comparable.

    Raises
    ------
    InputError
        There are fewer than two plans, one is called like a column, or a run or a scenario is faulty.
    """
    if not isinstance(plans, Mapping):
        return comparison.compare(collect(plans, on_progress))
    return comparison.compare({name: _solved(plan, on_progress) for name, plan in plans.items()})


def _solved(plan: APlan | Problem, on_progress: OnProgress | None) -> Plan:
    return solve_problem(plan, on_progress) if isinstance(plan, Problem) else plan_of(plan)
