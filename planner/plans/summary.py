"""A plan in a planner's words: what is proven, targets reached and missed, seats used, who waits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN
from planner.inputs.scenario.ranked_goals import SECTIONS, RankedGoal
from planner.inputs.scenario.schema import Scenario, Target
from planner.messages import Sentence, Titles, localised, say
from planner.model.attainment import attaining, holding, unknown_level
from planner.model.goals import GOALS
from planner.model.options import Options, admissible_starts
from planner.plans.obstacles import TOO_LATE, nearest_start
from planner.plans.plan import Plan

NO_SEAT = "no_seat_left"  # the cadre could start, but no seat or place was left


def targets(plan: Plan) -> pd.DataFrame:
    """target, title, required, attained, shortfall, unknown [people], reached (Boolean); in the scenario's order."""
    scenario = plan.problem.scenario
    table = plan.attainment[["target", "required", "attained", "shortfall", "unknown"]].copy()
    table.insert(1, "title", [localised(scenario.targets[name].title, name) for name in table["target"]])
    return table.assign(reached=table["shortfall"] == 0)


def seat_use(plan: Plan) -> pd.DataFrame:
    """pool, title, starts, room (the most starts the pool allows), total, below_min; over the horizon [starts]."""
    scenario = plan.problem.scenario
    rows = []
    for name, pool in scenario.seats.items():
        own = plan.seats[plan.seats["pool"] == name]
        yearly = [pool.of_year(int(year)).max for year in plan.problem.years]
        total = np.inf if pool.total.max is None else pool.total.max
        room = min(sum(np.inf if most is None else most for most in yearly), total)
        title = localised(pool.title, name)
        known = None if np.isinf(room) else int(room)
        rows.append((name, title, int(own["starts"].sum()), known, pool.total.max, int(own["below_min"].sum())))
    return pd.DataFrame(rows, columns=["pool", "title", "starts", "room", "total", "below_min"]).astype(
        {"room": "Int64", "total": "Int64"}
    )


def waiting(plan: Plan) -> pd.DataFrame:
    """Who of a missed target's members does not attain it, and what stands against the start nearest to possible.

    Columns target, cadre, agency, reason: `no_seat_left`, `level_unknown`, `too_late` or the reasons of
    `planner.model.options`, joined with +.
    """
    options = admissible_starts(plan.problem)
    missed = plan.attainment.loc[plan.attainment["shortfall"] > 0, "target"]
    starts = plan.starts
    parts = [_waiting_for(options, name, starts) for name in missed]
    columns = ["target", "cadre", "agency", "reason"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _waiting_for(options: Options, name: str, starts: pd.DataFrame) -> pd.DataFrame:
    problem = options.problem
    target = problem.scenario.targets[name]
    members = np.flatnonzero(problem.counted(name) & (attaining(problem, target, starts) > problem.by(target)))
    cadres = problem.cadres.iloc[members]
    reasons = _reasons(options, target, members)
    return pd.DataFrame({"target": name, "cadre": cadres["cadre"], "agency": cadres["agency"], "reason": reasons})


def _reasons(options: Options, target: Target, members: np.ndarray) -> list[str]:
    """Of the starts that would lead each member to a level that is lacking, the one with fewest reasons against it.

    Of several ladders it is the one on which most stands in the way.
    """
    problem, most = options.problem, np.zeros(len(members), dtype=int)
    late = np.zeros(len(members), dtype=bool)
    for ladder in target.level:
        lacking = holding(problem, target, ladder)[members] > problem.by(target)
        found = nearest_start(options, target, ladder, members)
        bits = np.where(lacking, found.bits, 0)
        most = np.where(np.bitwise_count(bits) > np.bitwise_count(most), bits, most)
        late |= lacking & (found.programme < 0)
    unknown = unknown_level(problem, target)[members]
    return [
        "level_unknown" if silent else TOO_LATE if hopeless else "+".join(options.reasons_of(int(bits))) or NO_SEAT
        for silent, hopeless, bits in zip(unknown, late, most, strict=True)
    ]


def reason_in_words(reason: str) -> str:
    """The reasons of `waiting` as a sentence."""
    return "; ".join(say(f"reason_{name}") for name in reason.split("+"))


def goal_sentence(goal: str, scenario: Scenario | None = None) -> Sentence:
    """What a goal is called, its entries by their titles in `scenario` or, without one, by their ids."""
    ranked = RankedGoal.read(goal)
    kind = Sentence(f"goal_{ranked.kind}")
    if not ranked.entries:
        return kind
    section = getattr(scenario, SECTIONS[ranked.kind], {})
    titles = [(section[name].title if name in section else None, name) for name in ranked.entries]
    return Sentence("goal_of_entries", {"goal": kind, "entries": Titles(titles)})


def goal_in_words(goal: str, scenario: Scenario | None = None) -> str:
    """`goal_sentence`, in the language spoken now; a measure that is no goal as it is."""
    return str(goal_sentence(goal, scenario)) if goal.partition("[")[0] in GOALS else goal


def headline(plan: Plan) -> str:
    """The first thing to say of a plan: how many targets are reached, and whether that is proven to be the most."""
    table = targets(plan)
    values = {
        "reached": int(table["reached"].sum()),
        "targets": len(table),
        "starts": len(plan.assignments),
        "cadres": plan.assignments["cadre"].nunique(),
        "short": int(table["shortfall"].sum()),
    }
    sentences = [say("headline", **values)]
    if unknown := int(np.minimum(table["shortfall"], table["unknown"]).sum()):
        sentences.append(say("headline_unknown", unknown=unknown, ladders=", ".join(_unknown_ladders(plan))))
    sentences.append(say("headline_proven" if plan.status == "optimal" else "headline_feasible"))
    return " ".join(sentences)


def _unknown_ladders(plan: Plan) -> list[str]:
    """The ladders on which some target's member has no known level."""
    problem = plan.problem
    asked = {
        ladder
        for name, target in problem.scenario.targets.items()
        for ladder in target.level
        if (problem.counted(name) & (problem.cadres[ladder] == UNKNOWN)).any()
    }
    return sorted(asked)
