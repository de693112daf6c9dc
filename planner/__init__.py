"""planner: a training scheme for public officials becomes a five-year schedule, as much of its targets as possible,
provably.

>>> import planner
>>> plan = planner.solve(planner.load("scenarios/hoang-su-phi/base.yaml"))
>>> plan.status
'optimal'
"""

from planner.errors import InputError, PlannerError
from planner.plan import Plan, read_run, write_run
from planner.problem import Problem, load
from planner.solver import solve_problem as solve

__all__ = ["InputError", "Plan", "PlannerError", "Problem", "load", "read_run", "solve", "write_run"]
