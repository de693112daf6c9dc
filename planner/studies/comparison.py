"""Plans side by side: goals, targets, seats, priority and years, the best marked; who gains and who loses a place.

The plans may be of different scenarios: what one of them lacks is empty. Values of a goal are ranked only where they
are measured alike and where the bounds settle the order; otherwise a note says why not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from planner.common.errors import Fault, InputError, nearest
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.confinement import also_inside
from planner.inputs.scenario.schema import Scenario
from planner.messages import Sentence, Titles, localised, say
from planner.model.goals import kind_of
from planner.plans.comparability import alike, goals_of, horizon_of, of_other_years, settled_best
from planner.plans.exchange import gains_and_losses
from planner.plans.plan import Plan
from planner.plans.run_folder import read_run
from planner.plans.small_cells import HIDDEN
from planner.plans.summary import goal_in_words, goal_sentence, targets
from planner.solver import OnProgress, solve_problem
from planner.studies.figures import ASKED, SENSES, SHARES, TOTAL, Key, figures_of
from planner.studies.hidden_figures import hidden_figures

KEYS = ["kind", "item", "title", "measure", "sense"]  # what a row of a wide table is about
LONG = [*KEYS, "plan", "value", "best", "proven"]
FIGURES = [column for column in LONG if column != "title"]


@dataclass(frozen=True)
class Comparison:
    """Any number of plans side by side.

    Attributes
    ----------
    plans
        The plans by name, in the order given.
    figures
        `long` without its titles.
    notes
        Values that are not proven, goals that are not measured alike, plans that were not found; `str(note)` is the
        sentence in the language spoken then.
    fewest
        In a comparison for others the fewest people that a count tells; else None.
    """

    plans: dict[str, Plan]
    figures: pd.DataFrame
    notes: tuple[Sentence, ...]
    fewest: int | None = None

    def for_others(self) -> Comparison:
        """The comparison as others may see it: counts of few people hidden in every plan, if in one."""
        figures, fewest = hidden_figures(self.plans, self.figures)
        return replace(self, figures=figures, fewest=fewest)

    @property
    def long(self) -> pd.DataFrame:
        """A row per figure and plan.

        kind (goals, targets, seats, totals, shares, priority, yearly), item (a goal, target, pool, share or priority
        entry by its id, SHARE/YEAR for a share of a year, or a year), title (in the language spoken now), measure,
        sense (min, max, or empty: neither is better), plan, value (empty: the plan's scenario has no such item, or
        there is no plan), best (Boolean), proven (Boolean). For a goal `proven` says that its value is; for the other
        figures that their plan is.
        """
        items = zip(self.figures["kind"], self.figures["item"], strict=True)
        table = self.figures.copy()
        table.insert(LONG.index("title"), "title", [_title(self.plans, kind, item) for kind, item in items])
        return table

    @property
    def goals(self) -> pd.DataFrame:
        """item, title, measure (`value`), sense, a column per plan, best (names joined with `; `), proven."""
        return self.wide("goals")

    @property
    def targets(self) -> pd.DataFrame:
        """As `goals`; a row per target and measure: members, required, attained, shortfall [people], share."""
        return self.wide("targets")

    @property
    def seats(self) -> pd.DataFrame:
        """As `goals`; a row per pool and measure: starts, room, below_min [starts]."""
        return self.wide("seats")

    @property
    def totals(self) -> pd.DataFrame:
        """As `goals`; a row per pool that is limited or asks for a minimum over the horizon, and measure.

        begun (before the horizon), starts (with those), min, max, below_min [starts].
        """
        return self.wide("totals")

    @property
    def shares(self) -> pd.DataFrame:
        """As `goals`; a row per share and measure: starts, of_group, least (a share), required, shortfall [starts]."""
        return self.wide("shares")

    @property
    def priority(self) -> pd.DataFrame:
        """As `goals`; a row per priority entry and measure: sent [people], sent_share, eligible_share."""
        return self.wide("priority")

    @property
    def yearly(self) -> pd.DataFrame:
        """As `goals`; a row per year (and `total`) and measure: starts, cadres, cost, full_time, in_service, short."""
        return self.wide("yearly")

    def wide(self, kind: str) -> pd.DataFrame:
        """The figures of one kind with a column per plan; `proven` where it holds for every plan that has a value."""
        table = self.long
        own = table[table["kind"] == kind]
        rows = []
        for key, figures in own.groupby(KEYS, sort=False):
            known = figures[figures["value"].notna()]
            best = "; ".join(figures.loc[figures["best"], "plan"])
            rows.append((*key[1:], *figures["value"], best, bool(known["proven"].all())))
        return pd.DataFrame(rows, columns=[*KEYS[1:], *self.plans, "best", "proven"], dtype=object)

    def overview(self) -> pd.DataFrame:
        """Goals but for the lot, cost, priority shares: scenario (a plan's name), measure, value, best, proven, share.

        Only of a goal that tells the plans apart one is `best`: cost and shares are told beside, and nothing asks for
        less or more of them.
        The form that `planner.report.charts.comparison` draws; a goal's measure is its id or, where it names entries,
        what it is called; the others are in words.
        """
        table = self.long.assign(share=self.figures["measure"].isin(SHARES))
        kind, measure, item = table["kind"], table["measure"], table["item"]
        untold = [goal for goal in item[kind == "goals"].unique() if kind_of(goal).breaks_ties or goal == "cost"]
        goals = table[(kind == "goals") & ~item.isin(untold)]
        goals = goals.assign(measure=goals["title"].where(goals["item"].str.contains("[", regex=False), goals["item"]))
        cost = table[(kind == "yearly") & (item == TOTAL) & (measure == "cost")]
        cost = cost.assign(measure=measure_in_words("cost"))
        shares = table[(kind == "priority") & (measure == "sent_share")]
        shares = shares.assign(measure=[f"{title}: {measure_in_words('sent_share')}" for title in shares["title"]])
        beside = pd.concat([cost, shares]).assign(best=False)
        rows = pd.concat([goals, beside], ignore_index=True)
        rows = rows[rows["value"].map(lambda value: value != HIDDEN)].rename(columns={"plan": "scenario"})
        return rows[["scenario", "measure", "value", "best", "proven", "share"]].infer_objects()

    def differing(self, kind: str) -> pd.DataFrame:
        """The rows of `wide` in which not all plans have the same value."""
        table = self.wide(kind)
        values = table[list(self.plans)]
        first = values.iloc[:, :1].to_numpy()
        same = ((values == first) | (values.isna() & pd.isna(first))).all(axis=1)
        return table[~same].reset_index(drop=True)

    def moved(self, a: str, b: str) -> pd.DataFrame:
        """The targets that stand otherwise in plan `b` than in plan `a`: target, title, verdict and attained of both.

        Columns target, title, verdict_a, verdict_b, attained_a, attained_b [people]; those that one plan lacks are left
        out.
        """
        both = [targets(self.plans[name])[["target", "title", "verdict", "attained"]] for name in (a, b)]
        table = both[0].merge(both[1].drop(columns="title"), on="target", suffixes=("_a", "_b"))
        same = (table["verdict_a"] == table["verdict_b"]) & (table["attained_a"] == table["attained_b"])
        return table[~same].reset_index(drop=True)

    def gains_and_losses(self, a: str, b: str) -> pd.DataFrame:
        """Person by person, what plan `b` changes against plan `a`; see `planner.plans.exchange`.

        Raises
        ------
        InputError
            No plan has one of these names.
        """
        for name in (a, b):
            if name not in self.plans:
                raise InputError(Fault("no_such_plan", {"name": name, "nearest": nearest(name, self.plans)}))
        return gains_and_losses(self.plans[a], self.plans[b])


def compare(plans: Mapping[str, Plan]) -> Comparison:
    """Put plans side by side.

    Raises
    ------
    InputError
        There are fewer than two plans, or one is called like a column of the tables.
    """
    if len(plans) < 2:
        raise InputError(Fault("compare_two"))
    if taken := [name for name in plans if name in (*KEYS, "best", "proven")]:
        raise InputError([Fault("plan_name_taken", {"name": name}) for name in taken])
    figures = {name: list(figures_of(plan)) for name, plan in plans.items()}
    rows = [*_goal_rows(plans), *_figure_rows(plans, figures)]
    return Comparison(dict(plans), pd.DataFrame(rows, columns=FIGURES, dtype=object), tuple(_notes(plans)))


OnScenario = Callable[[str, Problem], None]
"""Told of a scenario's name and problem before it is solved."""


def collect(
    paths: Iterable[str | Path], on_progress: OnProgress | None = None, on_scenario: OnScenario | None = None
) -> dict[str, Plan]:
    """The plans of run folders, read, and of scenarios, solved; by the shortest name that tells them apart.

    Raises
    ------
    InputError
        A run folder or a scenario is faulty.
    """
    given = list(dict.fromkeys(Path(path) for path in paths))
    short = [_short_name(path) for path in given]
    reserved = {*KEYS, "best", "proven"}
    names = [
        name if short.count(name) == 1 and name not in reserved else str(path.absolute())
        for name, path in zip(short, given, strict=True)
    ]
    with also_inside(path for path in given if not path.is_dir()):
        return {
            name: read_run(path).plan() if path.is_dir() else solved(name, load(path), on_progress, on_scenario)
            for name, path in zip(names, given, strict=True)
        }


def _short_name(path: Path) -> str:
    return path.absolute().name if path.is_dir() else path.stem


def solved(name: str, problem: Problem, on_progress: OnProgress | None, on_scenario: OnScenario | None) -> Plan:
    """The plan of one of several problems, of which it is told that it is at work."""
    if on_scenario is not None:
        on_scenario(name, problem)
    return solve_problem(problem, on_progress)


# --- goals ----------------------------------------------------------------------------------------------------------


def _goal_rows(plans: Mapping[str, Plan]) -> Iterator[tuple[Any, ...]]:
    tables_by_plan = {name: goals_of(plan) for name, plan in plans.items()}
    for goal in dict.fromkeys(goal for table in tables_by_plan.values() for goal in table):
        known = {name: table[goal] for name, table in tables_by_plan.items() if goal in table}
        sense = next(iter(known.values()))["sense"]
        best = settled_best(known, sense) if alike(goal, plans) and not of_other_years(goal, plans) else set()
        for name in plans:
            row = known.get(name, {"value": None, "proven": False})
            yield "goals", goal, "value", sense, name, row["value"], name in best, row["proven"]


# --- the other figures ----------------------------------------------------------------------------------------------


def _figure_rows(
    plans: Mapping[str, Plan], figures: Mapping[str, list[tuple[Key, float]]]
) -> Iterator[tuple[Any, ...]]:
    values = {name: {key[:3]: value for key, value in own} for name, own in figures.items()}
    rows = {key[:3]: key for own in figures.values() for key, _ in own}
    order = list(SENSES)
    for place in sorted(rows, key=lambda row: (order.index(row[0]), row[1] if row[0] == "yearly" else "")):
        known = {name: own[place] for name, own in values.items() if place in own and pd.notna(own[place])}
        sense = rows[place][3]
        ranked = sense and len(set(known.values())) > 1 and _measured_alike(place, plans, values)
        best = {"min": min, "max": max}[sense](known.values()) if ranked else None
        for name, plan in plans.items():
            value = known.get(name)
            yield *rows[place], name, value, value is not None and value == best, plan.status == "optimal"


def _measured_alike(
    place: tuple[str, str, str],
    plans: Mapping[str, Plan],
    values: Mapping[str, Mapping[tuple[str, str, str], float]],
) -> bool:
    """Whether the best of these figures says anything: the targets ask for as many, the sums cover the same years."""
    having = [name for name, own in values.items() if place in own]
    if asked := ASKED.get(place[0]):
        return len({values[name][place[0], place[1], asked] for name in having}) == 1
    return place[1] != TOTAL or len({horizon_of(plans[name]) for name in having}) == 1


def _notes(plans: Mapping[str, Plan]) -> Iterator[Sentence]:
    for name, plan in plans.items():
        if not plan.found:
            yield Sentence("nothing_to_compare", {"plan": name, "status": Sentence(f"status_{plan.status}")})
        yield from _memberless(name, plan)
        for goal, row in goals_of(plan).items():
            if not row["proven"] and not kind_of(goal).breaks_ties:
                key = "unproven_no_bound" if row["bound"] is None or pd.isna(row["bound"]) else "unproven_value"
                told = {"value": row["value"], "bound": row["bound"]}
                yield Sentence(key, {"plan": name, "goal": goal_sentence(goal, plan.problem.scenario), **told})
    goals = dict.fromkeys(goal for plan in plans.values() for goal in goals_of(plan))
    for goal in goals:
        elsewhen = of_other_years(goal, plans)
        if not kind_of(goal).breaks_ties and (elsewhen or not alike(goal, plans)):
            reason = Sentence("yardstick_years" if elsewhen else f"yardstick_{kind_of(goal).name}")
            yield Sentence("not_comparable", {"goal": goal_sentence(goal, _scenario_of(plans, goal)), "reason": reason})


def _memberless(name: str, plan: Plan) -> Iterator[Sentence]:
    """The targets that nobody can reach, because they have no members."""
    if plan.found:
        table, entries = targets(plan), plan.problem.scenario.targets
        titles = [(entries[target].title, target) for target in table.loc[table["members"] == 0, "target"]]
        if titles:
            yield Sentence("targets_memberless", {"plan": name, "targets": Titles(titles)})


# --- words ----------------------------------------------------------------------------------------------------------


def _scenario_of(plans: Mapping[str, Plan], goal: str) -> Scenario:
    """The first scenario that ranks a goal, whose titles count."""
    scenarios = [plan.problem.scenario for plan in plans.values()]
    return next((scenario for scenario in scenarios if goal in scenario.goals), scenarios[0])


def _title(plans: Mapping[str, Plan], kind: str, item: str) -> str:
    """What an item is called. Scenarios may call it differently: the first one that has it counts."""
    if kind == "goals":
        return goal_in_words(item, _scenario_of(plans, item))
    if item == TOTAL:
        return say("chart_total")
    section = {"totals": "seats"}.get(kind, kind)
    name, _, year = item.partition("/")
    entries = (getattr(plan.problem.scenario, section, {}).get(name) for plan in plans.values())
    entry = next((entry for entry in entries if entry is not None), None)
    title = name if entry is None else localised(entry.title, name)
    return f"{title} ({year})" if year else title


def measure_in_words(measure: str) -> str:
    """A `measure` of a comparison in words."""
    return say(f"measure_{measure}")
