"""Whether a run's certificate says that it is about this plan: read at a glance, nothing of it is proven again.

A run whose certificate is another plan's cannot be told to be proven. That a certificate proves anything is checked by
`planner verify` (`planner/verification/proof`).
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.arrays import MOST_BYTES, UNREADABLE, arrays_of
from planner.common.errors import InputError
from planner.common.files import content_of

FORMAT = 2
"""Of certificates that state their plan."""


def states(file: Path, plan: str, goals: pd.DataFrame) -> bool:
    """Whether a certificate states this plan, and the value that goals.csv has of every goal.

    Parameters
    ----------
    file
        The run's proof.npz.
    plan
        The plan's fingerprint.
    goals
        goal, value: as goals.csv has them.
    """
    try:
        told = arrays_of(content_of(file, MOST_BYTES), ("format", "plan", "ranked", "values"))
        values = [float(Fraction(text)) for text in told["values"].tolist()]
        if (int(told["format"]), str(told["plan"])) != (FORMAT, plan) or told["ranked"].tolist() != [*goals["goal"]]:
            return False
        return len(values) == len(goals) and bool(np.allclose(values, goals["value"].to_numpy(dtype=float)))
    except (*UNREADABLE, ZeroDivisionError, InputError):
        return False
