"""What the library's functions take: a plan at hand, a run that was read or the folder of one; a problem or a scenario.

Each is made into what the function needs, so that a notebook and the command line say the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planner.common.errors import Fault, InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given
from planner.messages import localised
from planner.plans.plan import Plan
from planner.plans.run_folder import Run, read_run

if TYPE_CHECKING:
    from planner.analysis.what_if import WhatIf

APlan = Plan | Run | str | Path  # a plan, a run, or the folder of a run
ACase: TypeAlias = "WhatIf | APlan"


def problem_of(scenario: Given | Problem) -> Problem:
    """The problem itself, or that of a scenario. Raises as `load` does."""
    return scenario if isinstance(scenario, Problem) else load(scenario)


def plan_of(plan: APlan) -> Plan:
    """The plan itself, or that of a run. Raises as `read_run` and `Run.plan` do."""
    if isinstance(plan, Plan):
        return plan
    return (plan if isinstance(plan, Run) else read_run(plan)).plan()


def found_plan(plan: APlan) -> Plan:
    """The plan itself, or that of a run, where there is one: what lists, letters and pages are written from.

    Raises
    ------
    InputError
        There is no plan; and as `plan_of` does.
    """
    found = plan_of(plan)
    if not found.found:
        raise InputError(Fault("nominees_no_plan"))
    return found


def what_if(plan: ACase) -> WhatIf:
    """A plan to ask several questions of: what was solved for one is remembered for the next.

    Parameters
    ----------
    plan
        A plan, a run, the folder of a run; or what this function returned, as it is.

    Returns
    -------
    WhatIf
        Every question about a plan takes it instead of the plan.

    Raises
    ------
    InputError
        There is no plan, or it is not the best one: it was cut short, or altered.
    """
    from planner.analysis.what_if import WhatIf, read_what_if, what_if_of

    match plan:
        case WhatIf():
            return plan
        case Plan():
            return what_if_of(plan, localised(plan.problem.scenario.title, "..."))
        case Run():
            return what_if_of(plan.plan(), plan.folder)
    return read_what_if(plan)


def beside(plan: APlan, path: str | Path | None, name: str) -> Path:
    """Where to write: `path`, or a name in the folder of the run."""
    if path is not None:
        return Path(path)
    if isinstance(plan, str | Path):
        return Path(plan) / name
    if isinstance(plan, Run):
        return plan.folder / name
    raise InputError(Fault("plan_in_no_folder", {"name": name}))
