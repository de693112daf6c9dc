"""HiGHS by its own package, in a process of its own: `python benchmarks/highs_worker.py ASKED.npz TOLD.npz`.

It imports nothing of planner and nothing of OR-Tools: two HiGHS in one process clash. Without arguments it prints the
version. Install it with `pip install 'planner[bench]'`, or anywhere else, and say where in `HIGHSPY_PYTHON`.
"""

from __future__ import annotations

import sys
import time

import highspy
import numpy as np


def main() -> None:
    """Solve what is asked, and tell the status, a solution, the value said of it, the bound and the seconds of solving.

    No solution known before is told: HiGHS 1.16 then says one value and returns a solution of another
    (`highs_start.py`).
    """
    if len(sys.argv) == 1:
        sys.stdout.write(highspy.Highs().version() + "\n")
        return
    asked = np.load(sys.argv[1])
    highs = highspy.Highs()
    options = {
        "output_flag": False,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
        "threads": int(asked["workers"]),
        "parallel": "on" if asked["workers"] > 1 else "off",
        "random_seed": int(asked["seed"]),
        "time_limit": float(asked["limit"]),
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(_model(asked))
    began = time.perf_counter()
    highs.run()
    seconds = time.perf_counter() - began
    info = highs.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    np.savez(
        sys.argv[2],
        status=highs.modelStatusToString(highs.getModelStatus()),
        x=np.array(highs.getSolution().col_value) if found else np.zeros(0),
        value=info.objective_function_value,
        bound=info.mip_dual_bound,
        seconds=seconds,
    )


def _model(asked: np.lib.npyio.NpzFile) -> highspy.HighsLp:
    """The matrix, row by row; every column whole."""
    model = highspy.HighsLp()
    rows, columns = len(asked["row_lower"]), len(asked["cost"])
    model.num_row_, model.num_col_ = rows, columns
    model.col_cost_, model.col_lower_, model.col_upper_ = asked["cost"], asked["lower"], asked["upper"]
    model.row_lower_, model.row_upper_ = asked["row_lower"], asked["row_upper"]
    model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_row_, model.a_matrix_.num_col_ = rows, columns
    model.a_matrix_.start_, model.a_matrix_.index_ = asked["indptr"], asked["indices"]
    model.a_matrix_.value_ = asked["data"]
    return model


if __name__ == "__main__":
    main()
