"""Whether a run's certificate says that it is about this plan: read at a glance, nothing of it is proven again.

A run whose certificate is another plan's cannot be told to be proven. That a certificate proves anything is checked by
`planner verify` (`planner/verification/proof`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from planner.common.arrays import MOST_BYTES
from planner.common.certificates import DamagedProofError, stated
from planner.common.errors import InputError
from planner.common.files import content_of


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
        told = stated(content_of(file, MOST_BYTES))
    except (DamagedProofError, InputError):
        return False
    if told.plan != plan or [*told.values] != [*goals["goal"]]:
        return False
    values = [float(value) for value in told.values.values()]
    return bool(np.allclose(values, goals["value"].to_numpy(dtype=float)))
