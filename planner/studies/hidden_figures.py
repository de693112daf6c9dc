"""The figures of a comparison as others may see them: what is hidden in one of the plans is hidden in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from planner.plans.cell_suppression import is_small
from planner.plans.plan import Plan
from planner.plans.small_cells import HIDDEN, for_others
from planner.plans.summary import seat_use
from planner.plans.tabulation import MODES
from planner.studies.figures import TOTAL

Place = tuple[str, str, str]
"""kind, item, measure of a figure."""


def hidden_figures(plans: Mapping[str, Plan], figures: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The figures with `HIDDEN` in the place of those that others may not see, and the fewest people that one tells.

    Of the plans' own `privacy.fewest` the largest counts.
    """
    fewest = max(plan.problem.scenario.privacy.fewest for plan in plans.values())
    found = [plan for plan in plans.values() if plan.found]
    secret = {place for plan in found for place in _hidden(plan, plan.problem.scenario.privacy.fewest)}
    secret |= {place for plan in found for place in _hidden(plan, fewest)}  # what its own report hides is hidden here
    shown = figures.copy()
    places = zip(figures["kind"], figures["item"], figures["measure"], strict=True)
    rows = pd.Series([place in secret for place in places], index=figures.index) & figures["value"].notna()
    shown.loc[rows, "value"] = HIDDEN
    shown.loc[rows, "best"] = False
    return shown, fewest


def _hidden(plan: Plan, fewest: int) -> Iterator[Place]:
    """What of a plan others may not see."""
    tables = for_others(plan, fewest).tables
    for row in tables["attainment"].to_dict("records"):
        for measure in ("members", "required", "attained", "shortfall", "share"):
            if row[measure] == HIDDEN:
                yield "targets", str(row["target"]), measure
    begun = seat_use(plan).set_index("pool")["begun"]
    for row in tables["totals"].to_dict("records"):
        pool = str(row["pool"])
        if row["starts"] == HIDDEN:
            yield from (("seats", pool, measure) for measure in ("starts", "below_min"))
        if row["starts"] == HIDDEN or is_small(int(begun[pool]), fewest):
            yield from (("totals", pool, measure) for measure in ("begun", "starts", "below_min"))
    for row in tables["shares"].to_dict("records"):
        item = str(row["share"]) if pd.isna(row["year"]) else f"{row['share']}/{row['year']}"
        if row["starts"] == HIDDEN:
            yield from (("shares", item, measure) for measure in ("starts", "of_group", "required", "shortfall"))
    for row in tables["priority"].to_dict("records"):
        if row["sent"] == HIDDEN:
            yield from (("priority", str(row["priority"]), each) for each in ("sent", "sent_share", "eligible_share"))
    yield from _of_years(plan, tables["yearly"], fewest)
    for row in tables["goals"].to_dict("records"):
        if row["value"] == HIDDEN:
            yield "goals", str(row["goal"]), "value"


def _of_years(plan: Plan, yearly: pd.DataFrame, fewest: int) -> Iterator[Place]:
    for row in yearly.to_dict("records"):
        for measure in ("starts", "cadres", "cost", *MODES):
            if row[measure] == HIDDEN:
                yield "yearly", str(row["year"]), measure
    starts = plan.assignments
    if is_small(len(starts), fewest) or is_small(starts["cadre"].nunique(), fewest):
        yield from (("yearly", TOTAL, measure) for measure in ("starts", "cadres", "cost", *MODES))
    elif any(is_small(int((starts["mode"] == mode).sum()), fewest) for mode in MODES):
        yield from (("yearly", TOTAL, mode) for mode in MODES)
