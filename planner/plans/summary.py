"""A plan in a planner's words: what is proven, targets reached and missed, seats used, who waits."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.ranked_goals import SECTIONS, RankedGoal
from planner.inputs.scenario.schema import Scenario, Target
from planner.messages import Sentence, Titles, figure, known, localised, say
from planner.model.attainment import attaining, holding, unknown_level
from planner.model.goals import GOALS
from planner.model.options import Options, admissible_starts
from planner.plans.columns import TABLES
from planner.plans.obstacles import TOO_LATE, nearest_start
from planner.plans.plan import Plan
from planner.plans.verdicts import REACHED, UNTOLD, Outcome, outcome, verdict

NAMED = 4  # seats and programmes that a sentence names
NO_SEAT = "no_seat_left"  # the cadre could start, but no seat or place was left


def targets(plan: Plan) -> pd.DataFrame:
    """target, title, members, required, attained, shortfall, unknown [people], reached, verdict, short, open.

    A row per target in the scenario's order. `verdict` is that of `planner.plans.verdicts`, `reached` (Boolean) whether
    it is `reached`; of the shortfall `short` are certain, and `open` depend on those of unknown level.
    """
    scenario = plan.problem.scenario
    table = plan.attainment[["target", "members", "required", "attained", "shortfall", "unknown"]].copy()
    table.insert(1, "title", [localised(scenario.targets[name].title, name) for name in table["target"]])
    figures = table[["members", "shortfall", "unknown"]].itertuples(index=False, name=None)
    told = pd.Series([verdict(*map(int, row)) for row in figures], index=table.index, dtype=object)
    left = table[["shortfall", "unknown"]].min(axis="columns")
    return table.assign(reached=told == REACHED, verdict=told, short=table["shortfall"] - left, open=left)


def seat_use(plan: Plan) -> pd.DataFrame:
    """pool, title, starts, room, total, below_min, begun, total_min, below_total; over the horizon [starts].

    `room` are the most starts that the pool allows (empty: no limit), `below_min` those lacking to the minimums of the
    years, `begun` the starts before the horizon that count in `total` and `total_min`, the limits over the horizon,
    `below_total` those lacking to `total_min`.
    """
    scenario, totals = plan.problem.scenario, plan.totals.set_index("pool")
    rows = []
    for name, pool in scenario.seats.items():
        own = plan.seats[plan.seats["pool"] == name]
        starts, begun = int(own["starts"].sum()), int(totals["starts"][name]) - int(own["starts"].sum())
        yearly = [pool.of_year(int(year)).max for year in plan.problem.years]
        total = np.inf if pool.total.max is None else max(0, pool.total.max - begun)
        room = min(sum(np.inf if most is None else most for most in yearly), total)
        below = int(own["below_min"].sum()), int(totals["below_min"][name])
        limits = None if np.isinf(room) else int(room), pool.total.max
        rows.append((name, localised(pool.title, name), starts, *limits, below[0], begun, pool.total.min, below[1]))
    columns = ["pool", "title", "starts", "room", "total", "below_min", "begun", "total_min", "below_total"]
    return pd.DataFrame(rows, columns=columns).astype({"room": "Int64", "total": "Int64"})


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


def ladder_in_words(ladder: str) -> str:
    """What a ladder is called; as the scenario writes it where the catalogue does not know it."""
    return say(f"ladder_{ladder}") if known(f"ladder_{ladder}") else ladder


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
    """The first thing to say of a plan: how many targets are reached, what is sent, whether that is proven.

    Then what is beyond need. Targets that cannot be told and those without members are not among the others.
    """
    sent = say("headline_starts", starts=len(plan.assignments), cadres=plan.assignments["cadre"].nunique())
    proven = say("headline_proven" if plan.status == "optimal" else "headline_feasible")
    return " ".join([targets_in_words(plan), sent, proven, *beyond_in_words(plan)])


def targets_in_words(plan: Plan) -> str:
    """How many of the targets that can be told are reached, how many places are short, how many cannot be told."""
    found = outcome(plan)
    sentences = [say("headline_sentence", parts="; ".join(_standing(plan, found)))]
    if found.open:
        sentences.append(say("headline_open", short=found.short + found.open))
    if found.memberless:
        sentences.append(say("headline_memberless", number=found.memberless))
    return " ".join(sentences)


def _standing(plan: Plan, found: Outcome) -> Iterator[str]:
    """How the targets stand; of none that can be told, no fraction."""
    if found.told:
        yield say("headline_reached" if found.unknown else "headline_reached_of_all", **_counts(found))
        yield say("headline_short" if found.short else "headline_none_short", short=found.short)
    elif not found.unknown:
        yield say("headline_no_targets")
    if found.unknown:
        ladders = unknown_ladders(plan)
        silent = all((plan.problem.cadres[ladder] == UNKNOWN).all() for ladder in ladders)
        told = ", ".join(map(ladder_in_words, ladders))
        some = "headline_silent" if silent else "headline_untold"
        every = "headline_every_silent" if silent else "headline_every_untold"
        yield say(some if found.told else every, number=found.unknown, ladders=told)


def _counts(found: Outcome) -> dict[str, int]:
    return {"reached": found.reached, "told": found.told}


def beyond_need(plan: Plan) -> pd.DataFrame:
    """The starts that serve nothing: seats, programme, title, year, starts; a row per programme, year and seats.

    `seats` are the titles of the pools in which the starts count, joined with `; `, empty where their programme is not
    rationed; `title` is the programme's. A start serves nothing if it alone could be struck (`serves` is empty); of
    several such starts some may still be needed together.
    """
    scenario = plan.problem.scenario
    chosen = plan.assignments.reindex(columns=TABLES["assignments"].names)
    served = chosen["serves"].fillna("").astype(str).str.strip() != ""
    beyond = chosen.loc[~served, ["programme", "start"]].rename(columns={"start": "year"})
    beyond.insert(0, "seats", _seats_of(plan.problem, plan.starts[~served.to_numpy()]))
    table = beyond.groupby(list(beyond), sort=False).size().rename("starts").reset_index()
    titles = [localised(scenario.programmes[name].title, name) for name in table["programme"]]
    table.insert(2, "title", titles)
    order = {name: place for place, name in enumerate(scenario.programmes)}
    places = table.assign(place=table["programme"].map(order))
    return places.sort_values(["place", "seats", "year"], kind="stable", ignore_index=True).drop(columns="place")


def _seats_of(problem: Problem, starts: pd.DataFrame) -> list[str]:
    """The titles of the pools in which each start counts, joined."""
    titles: list[list[str]] = [[] for _ in range(len(starts))]
    for name, pool in problem.scenario.seats.items():
        listed = starts["programme"].isin(problem.programme_ids(pool.programmes)).to_numpy()
        for row in np.flatnonzero(listed & problem.pools[name][starts["cadre"]]):
            titles[row].append(localised(pool.title, name))
    return ["; ".join(own) for own in titles]


def beyond_in_words(plan: Plan) -> Iterator[str]:
    """How many starts serve nothing, and which seats and programmes they fill; or that every start serves something."""
    table = beyond_need(plan)
    if table.empty:
        if len(plan.assignments):
            yield say("every_start_serves")
        return
    filled = [say("beyond_filled", what=what, years=years) for what, years in _filled(table)]
    shown = "; ".join(filled[:NAMED])
    if len(filled) > NAMED:
        shown = say("beyond_more", what=shown, number=len(filled) - NAMED)
    yield say("starts_beyond", starts=int(table["starts"].sum()), what=shown)


def _filled(table: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """What starts beyond need fill: their seats or, where there are none, their programme; and how many when."""
    names = table["seats"].where(table["seats"] != "", table["title"])
    for name, own in table.groupby(names, sort=False):
        by_year = own.groupby("year")["starts"].sum()
        yield str(name), ", ".join(f"{year}: {figure(starts)}" for year, starts in by_year.items())


def unknown_ladders(plan: Plan) -> list[str]:
    """The ladders because of which targets cannot be told: some member has no known level on them."""
    problem, table = plan.problem, targets(plan)
    asked = {
        ladder
        for name in table.loc[table["verdict"] == UNTOLD, "target"]
        for ladder in problem.scenario.targets[name].level
        if (problem.counted(name) & (problem.cadres[ladder] == UNKNOWN)).any()
    }
    return sorted(asked)
