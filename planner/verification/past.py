"""The starts before the horizon (contract, section 10): what they count in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import Problem


def past_starts(problem: Problem) -> pd.DataFrame:
    """The rows of the history that are starts; a row without `start` is study that ended, and counts as none."""
    return problem.history[problem.history["start"].notna()]


def past_long(problem: Problem) -> pd.DataFrame:
    """The rows of the history that were long programmes, study under way then included: cadre, programme, finish."""
    known = problem.history[problem.history["programme_row"] >= 0]
    modes = problem.programmes["mode"].to_numpy()[known["programme_row"].to_numpy(dtype=int)]
    return known[modes != "short"]


def past_in(problem: Problem, column: str, name: str) -> pd.DataFrame:
    """The past starts that counted in the pool or share `name`; `column` is pools or shares."""
    rows = past_starts(problem)
    return rows[np.array([name in names for names in rows[column]], dtype=bool)]
