"""Who gains and who loses a place between two plans, person by person."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.messages import say
from planner.plans.comparability import years_of_both
from planner.plans.plan import Plan

CHANGES = ("gains", "loses", "other_programme", "earlier", "later")
EXCHANGE = ["cadre", "agency", "programme", "start_a", "start_b", "change", "instead_of"]


def gains_and_losses(a: Plan, b: Plan) -> pd.DataFrame:
    """Who gains and who loses a place between plan `a` and plan `b`; a row per cadre and level that they differ in.

    Columns cadre, agency, programme, start_a, start_b [year], change, instead_of. `change` is gains (a place in `b`
    only), loses (in `a` only), other_programme (both lead to the same level; `instead_of` is that of `a`), earlier or
    later (the same programme in another year). A start in a year that the other plan does not cover is neither gained
    nor lost: a plan made again from 2027 on takes nothing from those who went in 2026. Sorted by change in that order,
    then by cadre and programme.
    """
    years = years_of_both(a, b)
    both = _places(a).merge(_places(b), on=["cadre", "ladder", "to"], how="outer", suffixes=("_a", "_b"))
    both = both.astype(dict.fromkeys(["agency_a", "agency_b", "programme_a", "programme_b"], object))
    both = both.assign(change=[_change(row) for row in both.itertuples()])
    only = both["start_a"].isna() | both["start_b"].isna()
    compared = both["start_a"].fillna(both["start_b"]).isin(years)
    both = both[(both["change"] != "") & (compared | ~only)]
    table = pd.DataFrame(
        {
            "cadre": both["cadre"],
            "agency": both["agency_b"].fillna(both["agency_a"]),
            "programme": both["programme_b"].fillna(both["programme_a"]),
            "start_a": both["start_a"].astype("Int64"),
            "start_b": both["start_b"].astype("Int64"),
            "change": both["change"],
            "instead_of": both["programme_a"].where(both["change"] == "other_programme", ""),
        },
        columns=EXCHANGE,
    )
    place = table["change"].map({change: place for place, change in enumerate(CHANGES)})
    return table.assign(place=place).sort_values(["place", "cadre", "programme"], ignore_index=True)[EXCHANGE]


def _places(plan: Plan) -> pd.DataFrame:
    """The starts with the level they lead to: no cadre reaches a level twice."""
    chosen = plan.assignments.reindex(columns=["cadre", "agency", "programme", "start"])
    entries = plan.problem.scenario.programmes
    ladders = [entries[name].ladder for name in chosen["programme"]]
    levels = [entries[name].to for name in chosen["programme"]]
    chosen = chosen.astype({"cadre": object, "agency": object, "programme": object})
    return chosen.assign(ladder=pd.Series(ladders, dtype=str), to=pd.Series(levels, dtype=str))


def _change(row: Any) -> str:
    if pd.isna(row.start_a):
        return "gains"
    if pd.isna(row.start_b):
        return "loses"
    if row.programme_a != row.programme_b:
        return "other_programme"
    return "" if row.start_a == row.start_b else "earlier" if row.start_b < row.start_a else "later"


def change_in_words(change: str) -> str:
    """A `change` of `gains_and_losses` in words."""
    return say(f"change_{change}")
