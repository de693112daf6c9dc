"""The solvers inside the OR-Tools wheel behind one function, each handed the same matrix, whole or relaxed.

Two doors lead to them: `model_builder` (CP-SAT, HiGHS, SCIP, GLOP, PDLP) and the older `pywraplp`, the only one to CBC
and CLP. The matrix goes in as it is: what presolve there is, is the solver's own. No solver's objective value is
believed: values are computed from a solution that was found to obey every row.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.linear_solver.python import model_builder

from planner.optimiser.integer_program import FEASIBLE, INFEASIBLE, OPTIMAL, UNKNOWN, IntegerProgram

OLD_DOOR = ("CBC", "CLP")
OWN_PROCESS = "HIGHSPY"
"""HiGHS by its own package, newer than the one in OR-Tools, with which it cannot share a process."""
PYTHON_OF_HIGHSPY = "HIGHSPY_PYTHON"
"""The environment variable that names a Python which has highspy; by default this one is tried."""
HOW_TO_INSTALL = f"pip install 'planner[bench]', or in any environment whose Python {PYTHON_OF_HIGHSPY} names"
WHOLE = 0.5  # values are whole numbers: what differs by more is another
WORKER = Path(__file__).with_name("highs_worker.py")
PARAMETERS = {
    "SAT": "num_workers:1 linearization_level:2 relative_gap_limit:0 random_seed:{seed}",
    "HIGHS": "output_flag=false\nmip_rel_gap=0\nmip_abs_gap=0.5\nthreads={workers}\nrandom_seed={seed}",
    "SCIP": "limits/gap = 0\nlimits/absgap = 0.5\nrandomization/randomseedshift = {seed}",
    "GLOP": "",
    "PDLP": "",
}
"""As they prove integers fastest. Values are whole numbers: half of one as a gap is none. PDLP stops at 1e-4."""

_OF_BUILDER = {
    model_builder.SolveStatus.OPTIMAL: OPTIMAL,
    model_builder.SolveStatus.FEASIBLE: FEASIBLE,
    model_builder.SolveStatus.INFEASIBLE: INFEASIBLE,
}
_OF_PYWRAPLP = {
    pywraplp.Solver.OPTIMAL: OPTIMAL,
    pywraplp.Solver.FEASIBLE: FEASIBLE,
    pywraplp.Solver.INFEASIBLE: INFEASIBLE,
}


@dataclass(frozen=True)
class Way:
    """How to solve: the limit [seconds], threads where the solver has a choice, seed."""

    limit: float
    workers: int
    seed: int


@dataclass(frozen=True)
class Solved:
    """What a solver says: its status, a solution if it found one, a bound that no solution's cost is below."""

    status: str
    x: np.ndarray | None
    bound: float
    seconds: float | None = None
    """Of the solving alone, where it took a process; None: as the clock has it."""


def available(name: str) -> bool:
    """Whether this wheel has the solver."""
    if name == OWN_PROCESS:
        return highspy_version() is not None
    if name in OLD_DOOR:
        return pywraplp.Solver.CreateSolver(name) is not None
    return model_builder.Solver(name).solver_is_supported()


@cache
def highspy_version() -> str | None:
    """The version of HiGHS that its own package brings; None where it is not installed."""
    told = subprocess.run([_python(), str(WORKER)], capture_output=True, text=True, check=False)
    lines = told.stdout.split()  # 1.16 prints who wrote it before
    return lines[-1] if told.returncode == 0 and lines else None


def _python() -> str:
    return os.environ.get(PYTHON_OF_HIGHSPY, sys.executable)


def solve(name: str, matrix: IntegerProgram, way: Way, *, whole: bool, hint: np.ndarray | None = None) -> Solved:
    """Minimise the cost of a matrix with the solver of that OR-Tools name.

    `hint` is a solution known before. CP-SAT alone is told: a hint crashes the HiGHS inside OR-Tools 9.15, and makes
    1.16 say a value that is not that of the solution it returns.
    """
    if name == OWN_PROCESS:
        return _by_process(matrix, way)
    model = _model(matrix, whole=whole, hint=hint if name == "SAT" else None)
    status, x, bound = (_by_pywraplp if name in OLD_DOOR else _by_builder)(name, model, way)
    if x is not None and whole:
        x = np.round(x)
        if not matrix.feasible(x):
            return Solved(UNKNOWN, None, bound)
    return Solved(status, x, bound)


def _model(matrix: IntegerProgram, *, whole: bool, hint: np.ndarray | None) -> model_builder.Model:
    model = model_builder.Model()
    model.helper.fill_model_from_sparse_data(
        matrix.lower, matrix.upper, matrix.cost, matrix.row_lower, matrix.row_upper, matrix.terms
    )
    for place in range(len(matrix.cost) if whole else 0):
        model.helper.set_var_integrality(place, True)
    for place, value in enumerate([] if hint is None else hint):
        model.helper.add_hint(place, float(value))
    return model


def _by_builder(name: str, model: model_builder.Model, way: Way) -> tuple[str, np.ndarray | None, float]:
    solver = model_builder.Solver(name)
    solver.set_solver_specific_parameters(PARAMETERS[name].format(workers=way.workers, seed=way.seed))
    solver.set_time_limit_in_seconds(way.limit)
    status = _OF_BUILDER.get(solver.solve(model), UNKNOWN)
    if status not in (OPTIMAL, FEASIBLE):
        return status, None, -np.inf
    return status, np.array(solver.values(model.get_variables()), dtype=float), float(solver.best_objective_bound)


def _by_pywraplp(name: str, model: model_builder.Model, way: Way) -> tuple[str, np.ndarray | None, float]:
    solver = pywraplp.Solver.CreateSolver(name)
    solver.LoadModelFromProto(model.export_to_proto())
    solver.SetTimeLimit(int(way.limit * 1000))
    parameters = pywraplp.MPSolverParameters()
    parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, 0.0)
    status = _OF_PYWRAPLP.get(solver.Solve(parameters), UNKNOWN)
    if status not in (OPTIMAL, FEASIBLE):
        return status, None, -np.inf
    x = np.array([variable.solution_value() for variable in solver.variables()])
    return status, x, float(solver.Objective().BestBound()) if solver.IsMip() else -np.inf


def _by_process(matrix: IntegerProgram, way: Way) -> Solved:
    """Let the worker solve it; the seconds are its own, without the process and the files."""
    terms = matrix.terms.tocsr()
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder) / "asked.npz", Path(folder) / "told.npz"
        np.savez(
            asked,
            cost=matrix.cost,
            lower=matrix.lower,
            upper=matrix.upper,
            row_lower=matrix.row_lower,
            row_upper=matrix.row_upper,
            indptr=terms.indptr,
            indices=terms.indices,
            data=terms.data,
            limit=way.limit,
            workers=way.workers,
            seed=way.seed,
        )
        subprocess.run([_python(), str(WORKER), str(asked), str(told)], check=True)
        with np.load(told) as found:
            status, x = str(found["status"]), np.round(found["x"])
            value, bound, seconds = (float(found[figure]) for figure in ("value", "bound", "seconds"))
    return believed(matrix, status, x, value, Solved(UNKNOWN, None, bound, seconds))


def believed(matrix: IntegerProgram, status: str, x: np.ndarray, value: float, rest: Solved) -> Solved:
    """What HiGHS's own package says, as far as it can be believed.

    A solution counts if it obeys every row; "Optimal" does if the value said of it is its own. Where it is not, what
    was ruled out for being no better was ruled out for nothing, and so no bound is believed either.
    """
    if status == "Infeasible":
        return replace(rest, status=INFEASIBLE, bound=np.inf)
    if len(x) == 0 or not matrix.feasible(x):
        return rest
    if abs(float(matrix.cost @ x) - value) > WHOLE:
        return replace(rest, status=FEASIBLE, x=x, bound=-np.inf)
    return replace(rest, status=OPTIMAL if status == "Optimal" else FEASIBLE, x=x)
