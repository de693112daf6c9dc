"""Each change against the old plan: forced by an event or a rule, or worth it, with what keeping it would have cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from planner.analysis.parallel import OnProgress, answers, silent
from planner.analysis.price import Price, price_of
from planner.analysis.statements import Statement
from planner.analysis.what_if import WhatIf
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.inputs.scenario.schema import Pin
from planner.model.options import Options, admissible_starts
from planner.plans.plan import Plan
from planner.plans.tables import number

KINDS = ("moved", "dropped", "new", "kept")
FORCED, WORTH, FREE, UNPRICED = "forced", "worth", "free", "unpriced"
AT_ONCE = 8  # questions that are not worth a process of their own
COLUMNS = [
    *("change", "cadre", "agency", "programme", "start", "was_programme", "was_start"),
    *("cause", "entries", "reasons", "rules", "goal", "by", "serves"),
]


@dataclass(frozen=True)
class Change:
    """A start of the old plan, of the new one, or of both, that lead a cadre to one level.

    Attributes
    ----------
    kind
        kept, moved (another year or another programme to the same level), dropped or new.
    programme, start
        In the new plan; of a dropped start empty and None.
    was_programme, was_start
        In the old plan; of a new start empty and None.
    cause
        forced (no plan has the old start, or none does without the new one), worth (keeping things as they were would
        cost a goal), free (only the lot decides), unpriced (it was not asked); empty: kept.
    entries
        The ledger's entries about the cadre: their numbers, or file:row of events that are not recorded.
    reasons, against
        Why the old start is not admissible; the rules that stand against it.
    goal, by
        The first goal that would be worse, and by how much, in its own sense, had it been kept.
    serves
        What the new start is for, as in assignments.csv.
    """

    kind: str
    cadre: str
    agency: str
    programme: str
    start: int | None
    was_programme: str
    was_start: int | None
    cause: str = ""
    entries: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    against: tuple[Statement, ...] = ()
    goal: str = ""
    by: Fraction = Fraction(0)
    serves: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that stand against the old start."""
        return tuple(dict.fromkeys(rule.id for rule in self.against))


def changes(
    what_if: WhatIf,
    earlier: pd.DataFrame,
    news: pd.DataFrame,
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
    *,
    priced: bool = True,
) -> list[Change]:
    """What the best plan of a case changes against an old one.

    Parameters
    ----------
    earlier
        cadre, agency, programme, start: the old plan's starts, of those who are gone, too; ladder and to: the level
        that each leads to.
    news
        What happened (`years.state`), to name the entries that are about a cadre.
    priced
        Whether each change is priced by solving.
    """
    plan = what_if.plan
    rows = _paired(plan, earlier)
    entries = _entries(news)
    questions = {place: pin for place, row in enumerate(rows) if (pin := _question(plan.problem, row)) is not None}
    options = admissible_starts(plan.problem)
    impossible = {place: _reasons(options, *pin) for place, pin in questions.items()}
    asked = [pin for place, pin in questions.items() if priced and not impossible[place]]
    prices = dict(zip(asked, _prices(what_if, asked, on_progress, parallel), strict=True))
    found = []
    for place, row in enumerate(rows):
        told: dict[str, Any] = {"entries": entries.get(row["cadre"], ()) if row["kind"] != "kept" else ()}
        if row["kind"] != "kept":
            question = questions.get(place)
            told |= _cause(question, impossible.get(place, ()), prices)
        found.append(Change(**row, **told))
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda each: (order[each.kind], each.cadre, each.was_start or each.start or 0))


Question = tuple[str, str, str, int]  # require or forbid, cadre, programme, start


def _paired(plan: Plan, earlier: pd.DataFrame) -> list[dict[str, Any]]:
    """The starts of both plans, those of one cadre to one level side by side."""
    scenario, chosen = plan.problem.scenario, plan.assignments
    ends = [scenario.programmes[name] for name in chosen["programme"]]
    new = chosen.assign(ladder=[entry.ladder for entry in ends], to=[entry.to for entry in ends])
    keys = ["cadre", "ladder", "to"]
    both = earlier.merge(new, on=keys, how="outer", suffixes=("_old", "_new"))
    rows = []
    for row in both.to_dict("records"):
        had, has = not pd.isna(row["start_old"]), not pd.isna(row["start_new"])
        same = had and has and (row["programme_old"], row["start_old"]) == (row["programme_new"], row["start_new"])
        rows.append(
            {
                "kind": "kept" if same else "moved" if had and has else "dropped" if had else "new",
                "cadre": str(row["cadre"]),
                "agency": str(row["agency_new"] if has else row["agency_old"]),
                "programme": str(row["programme_new"]) if has else "",
                "start": int(row["start_new"]) if has else None,
                "was_programme": str(row["programme_old"]) if had else "",
                "was_start": int(row["start_old"]) if had else None,
                "serves": str(row["serves"]) if has and not pd.isna(row["serves"]) else "",
            }
        )
    return rows


def _entries(news: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    told = news[(news["entry"].astype(str) != "") & (news["cadre"].astype(str) != "")]
    return {str(cadre): tuple(dict.fromkeys(map(str, own["entry"]))) for cadre, own in told.groupby("cadre")}


def _question(problem: Problem, row: Mapping[str, Any]) -> Question | None:
    """What is asked of a change: with the old start, or without the new one; None where nobody could have it."""
    if row["kind"] == "kept":
        return None
    if row["kind"] == "new":
        return "forbid", row["cadre"], row["programme"], int(row["start"])
    known = (problem.cadres["cadre"] == row["cadre"]).any() and row["was_programme"] in problem.scenario.programmes
    return ("require", row["cadre"], row["was_programme"], int(row["was_start"])) if known else None


def _reasons(options: Options, kind: str, cadre: str, programme: str, start: int) -> tuple[str, ...]:
    """Why a start that is asked for is not admissible."""
    if kind == "forbid":
        return ()
    return options.reasons_against(Pin(cadre=cadre, programme=programme, start=start))


def _prices(what_if: WhatIf, asked: Sequence[Question], on_progress: OnProgress, parallel: Parallel) -> Sequence[Price]:
    if len(asked) > AT_ONCE:
        return answers(price, what_if, asked, on_progress, parallel)
    found = []
    for done, question in enumerate(asked):
        on_progress(done, len(asked))
        found.append(price(what_if, question))
    if asked:
        on_progress(len(asked), len(asked))
    return found


def price(what_if: WhatIf, question: Question) -> Price:
    """The price of an old start kept, or of a new one left out."""
    kind, cadre, programme, start = question
    return price_of(what_if, kind, Pin(cadre=cadre, programme=programme, start=start), exchange=False)


def _cause(question: Question | None, reasons: Collection[str], prices: Mapping[Question, Price]) -> dict[str, Any]:
    if question is None:
        return {"cause": FORCED}
    if reasons:
        return {"cause": FORCED, "reasons": tuple(reasons)}
    price = prices.get(question)
    if price is None:
        return {"cause": UNPRICED}
    if not price.possible:
        return {"cause": FORCED, "against": price.conflict}
    if price.free:
        return {"cause": FREE}
    return {"cause": WORTH, "goal": price.decided_by, "by": price.change[price.decided_by]}


def changes_table(found: Sequence[Change]) -> pd.DataFrame:
    """The changes as a table: the columns of `COLUMNS`; several reasons, rules or entries separated by semicolons."""
    rows = [
        (
            *(change.kind, change.cadre, change.agency, change.programme, change.start),
            *(change.was_programme, change.was_start, change.cause),
            *("; ".join(part) for part in (change.entries, change.reasons, change.rules)),
            *(change.goal, number(change.by) if change.goal else None, change.serves),
        )
        for change in found
    ]
    table = pd.DataFrame(rows, columns=COLUMNS, dtype=object)
    return table.astype({"start": "Int64", "was_start": "Int64"})
