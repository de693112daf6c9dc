"""planner: a training scheme for public officials becomes a five-year schedule that reaches as much of its targets as
possible, provably.

>>> import planner
>>> plan = planner.solve(planner.load("scenarios/hoang-su-phi/base.yaml"))
>>> plan.status
'optimal'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.common.errors import InputError, PlannerError
    from planner.inputs.loading import load
    from planner.inputs.problem import Problem
    from planner.plans.plan import Plan
    from planner.plans.run_folder import read_run, write_run
    from planner.solver import solve_problem as solve

__all__ = ["InputError", "Plan", "PlannerError", "Problem", "load", "read_run", "solve", "write_run"]

_HOMES = {
    "InputError": ("common.errors", "InputError"),
    "Plan": ("plans.plan", "Plan"),
    "PlannerError": ("common.errors", "PlannerError"),
    "Problem": ("inputs.problem", "Problem"),
    "load": ("inputs.loading", "load"),
    "read_run": ("plans.run_folder", "read_run"),
    "solve": ("solver", "solve_problem"),
    "write_run": ("plans.run_folder", "write_run"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the engines take a second, `--help` should not."""
    if name not in _HOMES:
        raise AttributeError(f"module 'planner' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    return getattr(import_module(f"planner.{module}"), attribute)
