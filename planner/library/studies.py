"""Several plans: side by side, or a grid of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from planner.analysis.given import APlan, plan_of
from planner.inputs.problem import Problem
from planner.solver import OnProgress
from planner.studies import comparison
from planner.studies.comparison import Comparison, OnScenario, collect, solved

Plans = Mapping[str, APlan | Problem] | Iterable[str | Path]


def compare(plans: Plans, on_progress: OnProgress | None = None, on_scenario: OnScenario | None = None) -> Comparison:
    """Put plans side by side: `planner compare`.

    Parameters
    ----------
    plans
        Names and what they stand for: a plan, a run, the folder of a run, or a problem, which is solved. Or the paths
        of run folders and of scenario files, which are solved; each is then called by its path's last part.
    on_progress
        Told of the values and bounds of what is solved.
    on_scenario
        Told of the name and the problem of each scenario before it is solved.

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
        return comparison.compare(collect(plans, on_progress, on_scenario))
    return comparison.compare(
        {
            name: solved(name, plan, on_progress, on_scenario) if isinstance(plan, Problem) else plan_of(plan)
            for name, plan in plans.items()
        }
    )
