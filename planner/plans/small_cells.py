"""A plan's counts as others may see them: those of few people hidden, and those from which they would follow.

What is protected: a count of 1 to `privacy.fewest` - 1 people, and every such count that follows from what all tables
together show (`counts_told`, `derivable`): a part of a sum, what is left to a requirement, a share of a number, what a
group has beyond one that lies in it. The hidden cells follow from the plan and `fewest` alone, and are sought for all
that is ever made for others of a run at once: two reports of one plan hide the same. What is not: that nobody, or
everybody, of a group attains a level; what follows from counts of people and of starts together, or from the reports of
two plans.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.plans import tabulation
from planner.plans.cell_suppression import hidden, is_small
from planner.plans.counts_told import HIDDEN, hide_what_tells
from planner.plans.plan import Plan

__all__ = ["HIDDEN", "TOLD", "ForOthers", "for_others"]
TOLD = ("attainment", "seats", "totals", "shares", "goals")
"""The tables that are told to others. Assignments name people, and absence counts those of one office."""
_SUMMING = {"attainment": "attainment", "seat_floors": "seats", "shares": "shares", "priority": "priority"}
"""Goals whose value is a sum over a table."""


@dataclass(frozen=True)
class ForOthers:
    """The tables of a plan, of objects: a hidden cell holds `HIDDEN`.

    Attributes
    ----------
    tables
        attainment, seats, totals, shares, goals, with the columns of a run folder; priority (priority, title, sent
        [people], sent_share, eligible_share) over the horizon; yearly as `planner.plans.tabulation.yearly` has it;
        programmes (year, programme, starts, women), of the years in which each begins.
    cells
        How many cells are hidden.
    fewest
        The fewest people that a count tells.
    """

    tables: dict[str, pd.DataFrame]
    cells: int
    fewest: int


def for_others(plan: Plan, fewest: int | None = None) -> ForOthers:
    """The tables of a plan with small cells hidden, and those that would tell them; `fewest` as its scenario says."""
    fewest = plan.problem.scenario.privacy.fewest if fewest is None else fewest
    pools = _seats(plan.seats, plan.totals, fewest)
    tables = {
        "attainment": _attainment(plan.attainment, fewest),
        **pools,
        "shares": _shares(plan.shares, fewest),
        "priority": _priority(plan, fewest),
        "yearly": _yearly(tabulation.yearly(plan), fewest),
        "programmes": _programmes(plan, fewest),
        "goals": plan.goals.astype(object),
    }
    tables["goals"] = _goals(tables)
    if plan.found:
        hide_what_tells(plan, tables, fewest)
        tables["goals"] = _goals(tables)
    cells = sum(int((table == HIDDEN).to_numpy().sum()) for name, table in tables.items() if name != "programmes")
    return ForOthers(tables, cells, fewest)


def _attainment(table: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """The targets. The members are those who attain already, those who come to, and those who do not, of unknown level
    or not: where one of these is small, all that are told of the target are its members and its requirement; where the
    members are few, nothing.
    """
    shown = table.astype(object)
    for row in table.index:
        members, unknown, already, attained = (
            int(table.loc[row, name]) for name in ("members", "unknown", "already", "attained")
        )
        parts = (already, attained, attained - already, members - attained, unknown, members - attained - unknown)
        if is_small(members, fewest):
            shown.loc[row, [name for name in table if name != "target"]] = HIDDEN
        elif any(is_small(part, fewest) for part in parts):
            shown.loc[row, ["unknown", "already", "attained", "shortfall", "share"]] = HIDDEN
    return shown


def _seats(seats: pd.DataFrame, totals: pd.DataFrame, fewest: int) -> dict[str, pd.DataFrame]:
    """The pools: starts by year and their sums, each of a person who can be known.

    A pool with few starts in all is hidden whole, and with it the next larger, so that the sum of all starts, which
    headlines tell, does not tell it.
    """
    if seats.empty:
        return {"seats": seats.astype(object), "totals": totals.astype(object)}
    counts = seats.pivot_table(index="pool", columns="year", values="starts", sort=False)
    sums = totals.set_index("pool")["starts"].reindex(counts.index).to_numpy(dtype=int)
    planned = counts.to_numpy(dtype=int).sum(axis=1)
    few = np.array([is_small(total, fewest) or is_small(own, fewest) for total, own in zip(sums, planned, strict=True)])
    if few.sum() == 1 and (~few & (planned > 0)).any():
        others = np.flatnonzero(~few & (planned > 0))
        few[others[planned[others].argmin()]] = True
    secret = hidden(counts.to_numpy(dtype=int), fewest, np.outer(few, np.ones(counts.shape[1], dtype=bool)))
    secret |= few[:, None]
    shown, whole = seats.astype(object), totals.astype(object)
    place = {pool: row for row, pool in enumerate(counts.index)}
    years = {year: column for column, year in enumerate(counts.columns)}
    for row in seats.index:
        if secret[place[seats.loc[row, "pool"]], years[seats.loc[row, "year"]]]:
            shown.loc[row, ["starts", "below_min"]] = HIDDEN
    for row in totals.index:
        if few[place[totals.loc[row, "pool"]]]:
            whole.loc[row, ["starts", "below_min"]] = HIDDEN
    return {"seats": shown, "totals": whole}


def _shares(table: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """The shares: starts of the group and of the others, by years or over the horizon: headlines may tell sums."""
    shown = table.astype(object)
    for rows in table.groupby("share", sort=False).groups.values():
        group = table.loc[rows, "of_group"].to_numpy(dtype=int)
        counts = np.vstack([group, table.loc[rows, "starts"].to_numpy(dtype=int) - group])
        small = (counts > 0) & (counts < fewest)
        secret = (hidden(counts, fewest) if len(rows) > 1 else small).any(axis=0)
        for row in np.asarray(rows)[secret]:
            shown.loc[row, ["starts", "of_group", "required", "shortfall"]] = HIDDEN
    return shown


def _priority(plan: Plan, fewest: int) -> pd.DataFrame:
    """Whom a priority rule favours, among those sent and those who could be: both parts are told, or neither."""
    table = tabulation.priority_shares(plan)
    own = table[table["year"] == tabulation.WHOLE].drop(columns="year").reset_index(drop=True)
    sent = plan.assignments["cadre"].nunique()
    shown = own[["priority", "title", "sent", "sent_share", "eligible_share"]].astype(object)
    for row in own.index:
        of = int(own.loc[row, "sent"])
        if is_small(of, fewest) or is_small(sent - of, fewest) or is_small(int(own.loc[row, "eligible"]), fewest):
            shown.loc[row, ["sent", "sent_share", "eligible_share"]] = HIDDEN
    return shown


def _yearly(table: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """The years: starts by mode, and their sums; of a year with few starts nothing, nor its cost."""
    shown = table.astype(object)
    counts = table[list(tabulation.MODES)].to_numpy(dtype=int)
    few = np.array([is_small(int(starts), fewest) for starts in table["starts"]], dtype=bool)
    if few.sum() == 1 and (~few & (table["starts"] > 0).to_numpy()).any():
        others = np.flatnonzero(~few & (table["starts"] > 0).to_numpy())
        few[others[table["starts"].to_numpy()[others].argmin()]] = True
    if len(table):
        secret = hidden(counts, fewest, np.outer(few, np.ones(counts.shape[1], dtype=bool)))
        for place, mode in enumerate(tabulation.MODES):
            shown.loc[table.index[secret[:, place]], mode] = HIDDEN
        shown.loc[table.index[few], ["starts", "cadres", "cost"]] = HIDDEN
    return shown


def _programmes(plan: Plan, fewest: int) -> pd.DataFrame:
    """The programmes of each year with their starts and the women among them: two parts of each.

    What else of them would tell a count of few is sought with all other tables.
    """
    starts = plan.starts
    women = (plan.problem.cadres["sex"] == "F").to_numpy()[starts["cadre"].to_numpy()]
    names = plan.problem.programmes["programme"].to_numpy()[starts["programme"].to_numpy()]
    own = pd.DataFrame({"year": starts["start"].to_numpy(), "programme": names, "women": women.astype(int)})
    found = own.groupby(["year", "programme"], as_index=False).agg(starts=("women", "size"), women=("women", "sum"))
    shown = found[["year", "programme", "starts", "women"]].astype(object)
    small = {name: (found[name] > 0) & (found[name] < fewest) for name in ("starts", "women")}
    others = found["starts"] - found["women"]
    shown.loc[small["starts"], "starts"] = HIDDEN
    shown.loc[small["starts"] | small["women"] | ((others > 0) & (others < fewest)), "women"] = HIDDEN
    return shown


def _goals(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The goals without the value of one that sums what is partly hidden, and without the lot's, which tells who."""
    shown = tables["goals"].copy()
    for row in shown.index:
        goal = str(shown.loc[row, "goal"])
        kind = goal.partition("[")[0]
        table = tables.get(_SUMMING.get(kind, ""))
        secret = table is not None and (table == HIDDEN).to_numpy().any()
        if kind == "lot" or secret:
            shown.loc[row, ["value", "bound"]] = HIDDEN
    return shown
