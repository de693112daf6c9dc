"""A plan re-derived from the contract's sections 3 to 6, with no solver and none of the model's code.

What is read is a `Problem` and an assignments table (cadre, programme, start; further columns are ignored here).
`broken_rules` says what the plan breaks, `figures` recomputes every table of a run folder and the value of every
goal, `differences` compares those with what the folder says. Written from the contract, not from the model, so that
two readings of it meet.
"""

from collections.abc import Mapping

import pandas as pd

from planner.inputs.problem import Problem
from planner.verification.differences import differences
from planner.verification.findings import Finding
from planner.verification.recomputed import Figures, figures
from planner.verification.rules import broken_rules

__all__ = ["Figures", "Finding", "broken_rules", "differences", "figures", "verify"]


def verify(problem: Problem, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """All that does not hold of the tables of a run folder: rule, where, found, allowed (text); empty if all holds."""
    chosen = tables["assignments"]
    found = [broken_rules(problem, chosen), differences(tables, figures(problem, chosen))]
    return pd.concat(found, ignore_index=True)
