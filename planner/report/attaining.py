"""The tables of a plan, whether or not one was found."""

from __future__ import annotations

import pandas as pd

from planner.plans.plan import COLUMNS, Plan


def found(plan: Plan, table: str) -> pd.DataFrame:
    """A table of the plan; with its columns even if no plan was found."""
    return getattr(plan, table).reindex(columns=COLUMNS[table])
