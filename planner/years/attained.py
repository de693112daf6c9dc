"""Targets so far: who attains them on what is known, against the line of the plan, and what is still missing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from planner.inputs.problem import required
from planner.model.attainment import attaining, unknown_level
from planner.plans.plan import Plan
from planner.plans.tabulation import attainment_by_year
from planner.years.before import Before, key_of
from planner.years.careers import Study
from planner.years.known import Known, known_by, problem_of
from planner.years.ledger import News

VERDICTS = ("reached", "reached_unconfirmed", "unknown", "missed", "on_line", "on_line_unconfirmed", "behind", "none")
"""What is said of a target. reached: on what is confirmed. unknown: it hangs on members of unknown level. Where the
year of reckoning has come: reached_unconfirmed, if what nobody confirmed is so; missed. Where it has not: on_line, no
more are missing than the plan foresaw; on_line_unconfirmed, if what nobody confirmed is so; behind. none: nobody."""
CANNOT_BE_TOLD = ("reached_unconfirmed", "unknown")
COLUMNS = (
    *("target", "by", "members", "required", "confirmed", "unconfirmed", "attained"),
    *("line", "line_missing", "against_line", "under_way", "unknown", "missing", "open"),
    *("planned_members", "planned_required", "planned"),
    *("first_line", "first_planned", "first_required", "verdict"),
)


def targets_so_far(plan: Plan, news: News, known: Known, before: Before | None = None) -> pd.DataFrame:
    """Every target by the end of the year, or of its year of reckoning where that came before.

    Parameters
    ----------
    news
        All events of the run, checked.
    known
        What is known by the end of the year.
    before
        The years before the plan was made again.

    Returns
    -------
    pd.DataFrame
        target; by [year]; and in people: members; required; confirmed, who hold the levels on the roster or by studies
        whose end the ledger tells (for `counts: enrolled` the beginning); unconfirmed, who hold them if what nobody
        confirmed is so; attained = confirmed + unconfirmed; line, attained by then in the plan; line_missing, how many
        the plan foresaw as missing then; against_line, how many fewer are missing now (negative: more), so that members
        who came or left do not blur it; under_way, who will attain in time by a study that goes on; unknown, members
        whose level is not known; missing, who must still attain it by a new start, even if all of unknown level hold
        it; open, whom the unknown may make up for; planned_members, planned_required and planned, the plan's own
        figures for `by`; first_line, first_planned and first_required, line, planned and
        planned_required of the plan as it was first made (empty: it had no such target or year); verdict (`VERDICTS`).
    """
    by_year = attainment_by_year(plan).to_dict("records")
    lines = {(row["target"], row["year"]): int(row["attained"]) for row in by_year}
    first_plan = _at_first(by_year if before is None else before.line.to_dict("records"))
    at_end = {row["target"]: row for row in plan.attainment.to_dict("records")}
    scenario = plan.problem.scenario
    ends = {name: min(known.year, plan.problem.by(target)) for name, target in scenario.targets.items()}
    made = {
        end: Confirmed(known if end == known.year else known_by(plan, news, end), before) for end in set(ends.values())
    }
    rows = []
    for name, target in scenario.targets.items():
        found = made[ends[name]].figures(name)
        line, whole = lines[name, ends[name]], at_end[name]
        foreseen = max(0, int(whole["required"]) - line)
        by = plan.problem.by(target)
        told = {
            "target": name,
            "by": by,
            **found,
            "line": line,
            "line_missing": foreseen,
            "against_line": foreseen - max(0, found["required"] - found["attained"]),
            "planned_members": int(whole["members"]),
            "planned_required": int(whole["required"]),
            "planned": int(whole["attained"]),
            "first_line": first_plan.get((name, ends[name]), (None, None))[0],
            **dict(zip(("first_planned", "first_required"), first_plan.get((name, by), (None, None)), strict=True)),
            "verdict": verdict(found, foreseen, over=by <= known.year),
        }
        rows.append([told[column] for column in COLUMNS])
    table = pd.DataFrame(rows, columns=[*COLUMNS])
    return table.astype(dict.fromkeys(("first_line", "first_planned", "first_required"), "Int64"))


def _at_first(line: Iterable[Mapping[Hashable, Any]]) -> dict[tuple[str, int], tuple[int, int]]:
    """Target and year -> how many attain it then in the plan as it was first made, and how many it asked for."""
    return {(str(row["target"]), int(row["year"])): (int(row["attained"]), int(row["required"])) for row in line}


class Confirmed:
    """The cadres by the end of a year: on all that is taken to have happened, and on what is confirmed alone.

    Attributes
    ----------
    all
        The problem with the cadres as the next year begins.
    begun, ended
        The same on the studies of which it is confirmed that they began, and that they ended.
    """

    def __init__(self, known: Known, before: Before | None = None) -> None:
        self.year = known.year
        own, open_ = known.plan.problem, set() if before is None else before.still_open()
        began = [study for study in known.careers.studies if _told_begun(study, key_of(study) in open_)]
        ended = [study for study in began if study.outcome or study.until > self.year]
        lowered = {name: own if before is None else before.lowered(own, name) for name in ("held", "held_begun")}
        self.all = problem_of(known)
        self.begun = problem_of(known, began, lowered["held_begun"])
        self.ended = problem_of(known, ended, lowered["held"])

    def figures(self, name: str) -> dict[str, int]:
        """The figures of a target."""
        target = self.all.scenario.targets[name]
        counted = self.all.counted(name)
        holds = attaining(self.all, target)
        attained = counted & (holds == 0)
        sure = self.begun if target.counts == "enrolled" else self.ended
        confirmed = attained & (attaining(sure, target) == 0)
        under_way = counted & ~attained & (holds <= self.all.by(target))
        unknown = int((counted & unknown_level(self.all, target)).sum())
        members = int(counted.sum())
        wanted = required(target, members)
        lacking = max(0, wanted - int(attained.sum()) - int(under_way.sum()))
        return {
            "members": members,
            "required": wanted,
            "confirmed": int(confirmed.sum()),
            "unconfirmed": int(attained.sum() - confirmed.sum()),
            "attained": int(attained.sum()),
            "under_way": int(under_way.sum()),
            "unknown": unknown,
            "missing": max(0, lacking - unknown),
            "open": min(lacking, unknown),
        }


def _told_begun(study: Study, still_open: bool) -> bool:
    """Whether somebody said that a study began: the roster or the ledger."""
    return bool(study.events) or not (study.planned or still_open)


def verdict(found: Mapping[str, int], foreseen: int, *, over: bool) -> str:
    """What is said of a target.

    Parameters
    ----------
    found
        Its figures: members, required, confirmed, attained, missing, open.
    foreseen
        How many the plan foresaw as missing now.
    over
        Whether its year of reckoning has come.
    """
    if not found["members"]:
        return "none"
    if found["confirmed"] >= found["required"]:
        return "reached"
    if found["open"] and not found["missing"]:
        return "unknown"
    if over:
        return "missed" if found["missing"] else "reached_unconfirmed"
    if found["required"] - found["confirmed"] <= foreseen:
        return "on_line"
    return "on_line_unconfirmed" if found["required"] - found["attained"] <= foreseen else "behind"


def proposed(old: Plan, new: Plan) -> pd.DataFrame:
    """What another plan attains beside the old one, for the targets of both.

    Returns
    -------
    pd.DataFrame
        target; planned, planned_required, proposed, required [people], the latter two by the new plan.
    """
    before, after = (plan.attainment.set_index("target") for plan in (old, new))
    rows = [
        (
            name,
            *(int(before[column][name]) for column in ("attained", "required")),
            *(int(after[column][name]) for column in ("attained", "required")),
        )
        for name in after.index
        if name in before.index
    ]
    return pd.DataFrame(rows, columns=["target", "planned", "planned_required", "proposed", "required"])
