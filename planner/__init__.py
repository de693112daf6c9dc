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
    from planner.errors import InputError, PlannerError
    from planner.plan import Plan
    from planner.problem import Problem, load
    from planner.runs import read_run, write_run
    from planner.solver import solve_problem as solve

__all__ = ["InputError", "Plan", "PlannerError", "Problem", "load", "read_run", "solve", "write_run"]

_HOMES = {
    "InputError": ("errors", "InputError"),
    "Plan": ("plan", "Plan"),
    "PlannerError": ("errors", "PlannerError"),
    "Problem": ("problem", "Problem"),
    "load": ("problem", "load"),
    "read_run": ("runs", "read_run"),
    "solve": ("solver", "solve_problem"),
    "write_run": ("runs", "write_run"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the engines take a second, `--help` should not."""
    if name not in _HOMES:
        raise AttributeError(f"module 'planner' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    return getattr(import_module(f"planner.{module}"), attribute)
