"""The counts that tables for others tell, each as whom it counts; and the cells hidden from which few would follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from planner.model.attainment import Attainments, attaining, unknown_level
from planner.model.shortfalls import TOTAL, share_years
from planner.plans import tabulation
from planner.plans.derivable import Bundle, Fact, Limit, hidden_with
from planner.plans.plan import Plan
from planner.plans.tables import counted_in

HIDDEN = "…"
"""What stands in a cell that is hidden."""
Cell = tuple[str, int, str]
"""A table, a place in it [0 = first row], a column: of the cells that are hidden together the one that is looked at."""
TOGETHER: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("attainment", "members"): ("members", "required"),
    ("attainment", "attained"): ("unknown", "already", "attained", "shortfall", "share"),
    ("seats", "starts"): ("starts", "below_min"),
    ("totals", "starts"): ("starts", "below_min"),
    ("shares", "starts"): ("starts", "of_group", "required", "shortfall"),
    ("priority", "sent"): ("sent", "sent_share", "eligible_share"),
    ("yearly", "starts"): ("starts", "cadres", "cost"),
    **{("yearly", mode): (mode,) for mode in tabulation.MODES},
    ("programmes", "starts"): ("starts",),
    ("programmes", "women"): ("women",),
    ("goals", "value"): ("value", "bound"),
}
"""The cells of a row that are hidden with one of them."""
WITH = {("attainment", "members"): "attained", ("programmes", "starts"): "women"}
"""Which other cells are hidden where one is."""


def hide_what_tells(plan: Plan, tables: dict[str, pd.DataFrame], fewest: int) -> None:
    """Hide in the tables what would tell a count of few, with all that is hidden there already."""
    starts = list(_of_starts(plan, tables))
    secret: set[Bundle] = set()
    for facts, limits in ((list(_of_people(plan, tables)), list(_verdicts(plan, tables))), (starts, [])):
        bundles = [fact.bundle for fact in facts if isinstance(fact.bundle, tuple)]
        already = {bundle for bundle in bundles if tables[bundle[0]][bundle[2]].iloc[bundle[1]] == HIDDEN}
        together: dict[Bundle, Bundle] = {
            bundle: (*bundle[:2], WITH[bundle[0], bundle[2]]) for bundle in bundles if (bundle[0], bundle[2]) in WITH
        }
        secret |= hidden_with(facts, secret | already, fewest, limits, together)
    places: dict[tuple[str, str], list[int]] = {}
    for table, place, column in (bundle for bundle in secret if isinstance(bundle, tuple)):
        places.setdefault((table, column), []).append(place)
    for (table, column), rows in places.items():
        tables[table].loc[tables[table].index[rows], [*TOGETHER[table, column]]] = HIDDEN


def _of_people(plan: Plan, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fact]:
    """Whom the counts of people count, as each is told."""
    problem, starts = plan.problem, plan.starts
    planned = Attainments(problem, starts)
    for place, (name, target) in enumerate(problem.scenario.targets.items()):
        counted, by = problem.counted(name), problem.by(target)
        yield Fact(("attainment", place, "members"), counted)
        for among in (
            unknown_level(problem, target),
            attaining(problem, target) <= by,
            planned.since(target) <= by,
        ):
            yield Fact(("attainment", place, "attained"), counted & among)
    sent = np.zeros(len(problem.cadres), dtype=bool)
    sent[starts["cadre"].to_numpy()] = True
    for place, name in enumerate(tables["priority"]["priority"]):
        yield Fact(("priority", place, "sent"), sent & problem.favoured[name])
        yield Fact(("priority", place, "sent"), sent)
    yield Fact(None, sent)
    for place, year in enumerate(tables["yearly"]["year"]):
        in_year = np.zeros(len(problem.cadres), dtype=bool)
        in_year[starts.loc[(starts["start"] == year).to_numpy(), "cadre"].to_numpy()] = True
        yield Fact(("yearly", place, "starts"), in_year)


def _verdicts(plan: Plan, tables: Mapping[str, pd.DataFrame]) -> Iterator[Limit]:
    """What is told of targets whose counts are hidden: whether they are reached."""
    problem, planned = plan.problem, Attainments(plan.problem, plan.starts)
    shown = tables["attainment"]
    for place, (name, target) in enumerate(problem.scenario.targets.items()):
        if shown["attained"].iloc[place] == HIDDEN and shown["members"].iloc[place] != HIDDEN:
            attained = problem.counted(name) & (planned.since(target) <= problem.by(target))
            asked = int(plan.attainment["required"].iloc[place])
            reached = int(attained.sum()) >= asked
            yield Limit(attained, least=asked) if reached else Limit(attained, most=asked - 1)


def _of_starts(plan: Plan, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fact]:
    """Which starts the counts of starts, and the sums over starts, count."""
    problem, starts = plan.problem, plan.starts
    year, cadre, programme = (starts[name].to_numpy() for name in ("start", "cadre", "programme"))
    modes = problem.programmes["mode"].to_numpy()[programme]
    pools = {name: counted_in(problem, starts, name) for name in problem.scenario.seats}
    for place, row in enumerate(tables["seats"].to_dict("records")):
        yield Fact(("seats", place, "starts"), pools[str(row["pool"])] & (year == row["year"]))
    for place, row in enumerate(tables["totals"].to_dict("records")):
        yield Fact(("totals", place, "starts"), pools[str(row["pool"])])
    of_shares = [(name, own) for name in problem.scenario.shares for own in share_years(problem, name)]
    for place, (name, own) in enumerate(of_shares):
        listed = problem.scenario.shares[name].programmes
        among = problem.share_among[name][cadre] & (np.ones(len(starts), dtype=bool) if own == TOTAL else year == own)
        if listed is not None:
            among &= np.isin(programme, problem.programme_ids(listed))
        yield Fact(("shares", place, "starts"), among)
        yield Fact(("shares", place, "starts"), among & problem.share_group[name][cadre])
    costs = problem.programmes["cost"].to_numpy(dtype=float)[programme]
    for place, own in enumerate(tables["yearly"]["year"]):
        yield Fact(("yearly", place, "starts"), year == own)
        yield Fact(("yearly", place, "starts"), (year == own) * costs)
        for mode in tabulation.MODES:
            yield Fact(("yearly", place, mode), (year == own) & (modes == mode))
    women = (problem.cadres["sex"] == "F").to_numpy()[cadre]
    names = problem.programmes["programme"].to_numpy()[programme]
    for place, row in enumerate(tables["programmes"].to_dict("records")):
        own = (year == row["year"]) & (names == row["programme"])
        yield Fact(("programmes", place, "starts"), own)
        yield Fact(("programmes", place, "women"), own & women)
    yield from _of_goals(plan, tables, costs)


def _of_goals(plan: Plan, tables: Mapping[str, pd.DataFrame], costs: np.ndarray) -> Iterator[Fact]:
    """The sums over starts that goals tell, and those over the horizon that headlines and comparisons tell."""
    modes = plan.problem.programmes["mode"].to_numpy()[plan.starts["programme"].to_numpy()]
    for whole in (np.ones(len(plan.starts)), costs, *(modes == mode for mode in tabulation.MODES)):
        yield Fact(None, whole)
    sums = {
        "early": (plan.starts["finish"] - plan.problem.scenario.horizon.first + 1).to_numpy(dtype=float),
        "priority": pd.to_numeric(plan.assignments["points"]).to_numpy(dtype=float),
    }
    for place, goal in enumerate(tables["goals"]["goal"]):
        if goal in sums:
            yield Fact(("goals", place, "value"), sums[goal])
