"""What seats are worth, in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.analysis.seats.frontier import Frontier
from planner.analysis.seats.values import NOTHING_LEFT, SOLVED, Difference, Worth
from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.messages import localised, say, signed
from planner.model.rules import RULES
from planner.plans.summary import goal_in_words
from planner.plans.tables import number
from planner.report.text.rules import fact_told


def worth_table(worths: Sequence[Worth]) -> pd.DataFrame:
    """A row per limit: rule, where, year, limit, used, and for one more and one fewer: how, each goal's change."""
    rows = []
    for worth in worths:
        row: dict[str, object] = {name: getattr(worth, name) for name in ("rule", "where", "year", "limit", "used")}
        for side in ("one_more", "one_fewer"):
            difference: Difference = getattr(worth, side)
            row[f"{side}_how"] = difference.how
            row |= {f"{side}_{goal}": number(by) for goal, by in difference.change.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def limit_told(problem: Problem, worth: Worth) -> tuple[str, str, str]:
    """Limit, year, how much of it is used."""
    year = say("value_total") if worth.year == "total" else str(worth.year)
    return _where(problem, worth), year, say("value_used", used=worth.used, limit=worth.limit)


def worth_in_words(problem: Problem, worths: Sequence[Worth]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: a row each for one more and one fewer of a limit at which either changes something.

    Limit, year, used, what the plan becomes; then the change of each goal that changes somewhere, in figures.
    """
    telling = [worth for worth in worths if _tells(worth.one_more) or _tells(worth.one_fewer)]
    sides = [side for worth in telling for side in (worth.one_more, worth.one_fewer)]
    goals = [goal for goal in dict.fromkeys(name for side in sides for name in side.change) if _changes(sides, goal)]
    headings = [say(f"value_{name}") for name in ("limit", "year", "room", "step")]
    headings += [goal_in_words(goal, problem.scenario) for goal in goals]
    rows = []
    for worth in telling:
        for by, side in ((1, worth.one_more), (-1, worth.one_fewer)):
            becomes = say("value_becomes", step=signed(by), plan=_told(side))
            figures = [signed(side.change[goal]) if side.change.get(goal) else "" for goal in goals]
            rows.append([*limit_told(problem, worth), becomes, *figures])
    return headings, rows


def _changes(sides: Sequence[Difference], goal: str) -> bool:
    return any(side.change.get(goal) for side in sides)


def frontier_table(found: Frontier) -> pd.DataFrame:
    """A row per point: more, seats, attained, shortfall, attainable, and the goals.

    Where points could not be proven in time, or no plan exists at them, their figures are empty, and a further column
    `unproven` or `no_plan` says yes.
    """
    table = _points_table(found)
    for name, where in (("unproven", list(found.late)), ("no_plan", [point.more for point in found.without])):
        if where:
            further = pd.DataFrame({"more": where, name: "yes"})
            table = pd.concat([table.assign(**{name: "no"}), further], ignore_index=True).convert_dtypes()
    return table.sort_values("more", ignore_index=True) if len(table) else table


def _points_table(found: Frontier) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "more": point.more,
                "seats": point.seats,
                "attained": point.attained,
                "shortfall": point.shortfall,
                "attainable": point.attainable,
                **{goal: number(value) for goal, value in point.goals.items()},
            }
            for point in found.points
        ]
    )


def frontier_intro(problem: Problem, found: Frontier) -> str:
    """Which pools vary, and what the target asks for."""
    pools = ", ".join(localised(problem.scenario.seats[name].title, name) for name in found.pools)
    return say("frontier_intro", pools=pools, required=found.required)


def frontier_in_words(found: Frontier) -> tuple[pd.DataFrame, str]:
    """The table of the picture, its columns in words, and which of them runs across; empty where nothing is proven."""
    table = pd.concat(
        [_points_table(found), pd.DataFrame({"more": np.array(list(found.late), dtype=int)})], ignore_index=True
    )
    table = table.reindex(columns=[*table, *(name for name in ("attained", "attainable") if name not in table)])
    goals = [str(name) for name in table if RankedGoal.read(str(name)).kind == "attainment"]
    names = {name: say(f"frontier_{name}") for name in ("more", "attained", "attainable")}
    told = names | {goal: goal_in_words(goal) for goal in goals}
    return table[list(told)].rename(columns=told), names["more"]


def _tells(difference: Difference) -> bool:
    return bool(difference.decided_by) or difference.how not in (SOLVED, "implied", NOTHING_LEFT)


def _where(problem: Problem, worth: Worth) -> str:
    """Whose limit it is: a pool, an agency, the leaders of an agency."""
    _, facts = RULES[worth.rule].said(problem, worth.key)
    return say(f"value_{worth.rule}", **{name: fact_told(problem, name, fact) for name, fact in facts.items()})


def _told(difference: Difference) -> str:
    if difference.late is not None:
        return say("unproven", seconds=difference.late.seconds)
    if difference.how == SOLVED:
        if not difference.decided_by:
            return say("value_no_change")
        return say("value_better" if difference.better else "value_worse")
    return say("value_" + difference.how.replace(" ", "_"))
