"""HiGHS 1.16 with a start: what it calls the best value is not that of the solution which it returns.

    HIGHSPY_PYTHON benchmarks/highs_start.py

Six columns of 0 or 1, four rows; the best value is 4. With all ones as a start, of value 14, HiGHS says "Optimal" and
4, and returns the start. Without presolve, or without the start, it returns a solution of value 4. It was found in the
benchmark (`results/newest_highs.md`), and a drawn case like it made small by leaving out rows and columns as long as
the two values differed. Only highspy and NumPy are needed, none of planner.
"""

from __future__ import annotations

import sys

import highspy
import numpy as np

COST = [1.0, 1.0, 1.0, 1.0, 1.0, 9.0]
ROWS = [(2.0, [4, 0, 5]), (2.0, [0, 3, 2, 5]), (1.0, [1, 5]), (1.0, [3, 1])]  # at least so many of these


def told(presolve: str, *, start: bool) -> tuple[str, float, float]:
    """The status and the value that HiGHS says, and the value of the solution that it returns."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("presolve", presolve)
    for place, cost in enumerate(COST):
        highs.addVar(0.0, 1.0)
        highs.changeColCost(place, cost)
        highs.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for least, columns in ROWS:
        highs.addRow(least, highspy.kHighsInf, len(columns), columns, [1.0] * len(columns))
    if start:
        known = highspy.HighsSolution()
        known.col_value = [1.0] * len(COST)
        highs.setSolution(known)
    highs.run()
    returned = float(np.dot(COST, highs.getSolution().col_value))
    return highs.modelStatusToString(highs.getModelStatus()), highs.getInfo().objective_function_value, returned


def main() -> None:
    """Print what it says and what it returns, with and without the start, with and without presolve."""
    for presolve in ("choose", "off"):
        for start in (False, True):
            status, said, returned = told(presolve, start=start)
            sys.stdout.write(f"presolve {presolve}, start {start}: {status}, says {said:g}, returns {returned:g}\n")


if __name__ == "__main__":
    main()
