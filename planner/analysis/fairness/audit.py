"""The fairness audit: who is selected, what each priority rule changed, and what raising the priority would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import pandas as pd

from planner.analysis.asked import Asked
from planner.analysis.fairness.selection_rates import SEVERAL, Group, Test, groups, people, tests
from planner.analysis.parallel import OnProgress, silent
from planner.analysis.partial_answers import Unproven, kept_answers
from planner.analysis.what_if import Outcome, WhatIf, reworded, starts_of, unproven, with_goals, worth
from planner.common.workers import THIS_MACHINE, Parallel
from planner.inputs.problem import Problem
from planner.model.goals import telling
from planner.plans.cell_suppression import hidden, is_small

AGES = (35, 45)  # the ends of the age bands unless others are asked for [years]
TIMES = (0, 1, 2, 4)  # the points of all priority rules times this

Question = (
    str | tuple[int, int]
)  # the plan without a rule; the plan with `priority` at a place, its points so many times


@dataclass(frozen=True)
class PriorityEffect:
    """What a priority rule changed: the best plan without its points beside the best plan.

    Attributes
    ----------
    starts_with, starts_without
        Starts of the people it favours.
    people_with, people_without
        How many of them start anything.
    came_in, went_out
        Cadres who start something only with the rule, and only without it; the lot decides ties among them.
    goals_without
        The goals' values without it, `priority` in the points of the scenario.
    """

    rule: str
    starts_with: int
    starts_without: int
    people_with: int
    people_without: int
    came_in: tuple[str, ...]
    went_out: tuple[str, ...]
    goals_without: dict[str, Fraction]


@dataclass(frozen=True)
class Step:
    """The goals' values with `priority` at a place of the ranking (1: first) and its points times `times`.

    With no points at all many plans are best; the values are then those of the one that the lot chooses.
    """

    place: int
    times: int
    goals: dict[str, Fraction]


@dataclass(frozen=True)
class Fairness:
    """The audit. `unknown` are the attributes that the roster does not have; `secret` says whether cells are hidden.

    `late_rules` are the priority rules, `late_steps` the places and times of the price, not proven in time.
    """

    groups: tuple[Group, ...]
    tests: tuple[Test, ...]
    unknown: tuple[str, ...]
    priorities: tuple[PriorityEffect, ...]
    price: tuple[Step, ...]
    secret: bool = False
    late_rules: dict[str, Unproven] = field(default_factory=dict)
    late_steps: tuple[tuple[int, int, Unproven], ...] = ()


def audit_fairness(
    what_if: WhatIf,
    ages: Sequence[int],
    on_progress: OnProgress = silent,
    parallel: Parallel = THIS_MACHINE,
) -> Fairness:
    """The audit of the best plan; `ages` are the ends of the age bands [years]."""
    found, unknown = people(what_if.plan, ages)
    goals = telling(what_if.problem.scenario.goals)
    place = goals.index("priority") + 1 if "priority" in goals else 0
    steps = [(above, 1) for above in range(1, place)] + [(place, times) for times in TIMES if place]
    rules = list(what_if.problem.scenario.priority) if place else []
    questions: list[Question] = [*rules, *steps]
    solved = kept_answers("fairness", _answer, what_if, questions, on_progress, parallel)
    changed = tuple(answer for answer in solved if isinstance(answer, PriorityEffect))
    price = tuple(answer for answer in solved if isinstance(answer, Step))
    late = [(asked, each) for asked, each in zip(questions, solved, strict=True) if isinstance(each, Unproven)]
    late_rules = {asked: each for asked, each in late if isinstance(asked, str)}
    late_steps = tuple((*asked, each) for asked, each in late if not isinstance(asked, str))
    whose = tuple(groups(found)), tuple(tests(found)), tuple(unknown)
    return Fairness(*whose, changed, price, late_rules=late_rules, late_steps=late_steps)


def for_others(audit: Fairness, fewest: int) -> Fairness:
    """The audit with small cells hidden: groups in which fewer than `fewest`, but somebody, are selected or are not."""
    secret: set[tuple[str, str]] = set()
    for attribute in dict.fromkeys(group.attribute for group in audit.groups):
        own = [group for group in audit.groups if group.attribute == attribute]
        hide = _secret_pairs(own, secret, fewest) if SEVERAL in attribute else _secret_groups(own, fewest)
        secret |= {(attribute, group.value) for group in hide}
    kept = tuple(group for group in audit.groups if (group.attribute, group.value) not in secret)
    shown = tuple(
        replace(rule, came_in=(), went_out=())
        for rule in audit.priorities
        if not any(is_small(people, fewest) for people in (rule.people_with, rule.people_without))
    )
    hidden_in = {attribute for attribute, _ in secret}
    told = tuple(test for test in audit.tests if test.attribute not in hidden_in)  # a difference tells a rate
    return replace(audit, groups=kept, tests=told, priorities=shown, secret=True)


def _secret_groups(own: list[Group], fewest: int) -> list[Group]:
    """The groups of one attribute to hide: those with few selected or few not selected; never one alone.

    Of two that are hidden whole, only the sums are known.
    """
    small = [group for group in own if _has_few(group, fewest)]
    if len(small) == 1:
        others = sorted((group for group in own if group not in small), key=lambda group: group.needing)
        small += others[:1]
    return small


def _has_few(group: Group, fewest: int) -> bool:
    return is_small(group.selected, fewest) or is_small(group.needing - group.selected, fewest)


def _secret_pairs(own: list[Group], known: set[tuple[str, str]], fewest: int) -> list[Group]:
    """The groups of two attributes to hide: a table of the selected, one of the others, their sums the groups of one.

    All groups of a value that is hidden by itself are hidden: their sum would tell it.
    """
    one, two = own[0].attribute.split(SEVERAL)
    values = [tuple(group.value.split(SEVERAL)) for group in own]
    rows, columns = sorted({row for row, _ in values}), sorted({column for _, column in values})
    places = [(rows.index(row), columns.index(column)) for row, column in values]
    secret = np.zeros((len(rows), len(columns)), dtype=bool)
    secret[[(one, row) in known for row in rows], :] = True
    secret[:, [(two, column) in known for column in columns]] = True
    for _ in range(2):  # what is hidden for the selected is hidden for the others, too
        for selected in (True, False):
            counts = np.zeros(secret.shape, dtype=int)
            for group, place in zip(own, places, strict=True):
                counts[place] = group.selected if selected else group.needing - group.selected
            secret = hidden(counts, fewest, secret)
    return [group for group, place in zip(own, places, strict=True) if secret[place]]


def with_times(problem: Problem, times: Mapping[str, int]) -> Problem:
    """The problem with the points of some priority rules multiplied."""
    entries = {
        name: entry.model_copy(update={"points": round(times.get(name, 1) * entry.points, 9)})
        for name, entry in problem.scenario.priority.items()
    }
    return reworded(problem, lambda scenario: scenario.model_copy(update={"priority": entries}))


def _answer(what_if: WhatIf, question: Question) -> PriorityEffect | Step:
    return _without(what_if, question) if isinstance(question, str) else _step(what_if, *question)


def _without(what_if: WhatIf, rule: str) -> PriorityEffect:
    goals = what_if.problem.scenario.goals
    problem = with_goals(what_if.problem, [*goals, *({"lot"} - set(goals))])
    other = _best(what_if, with_times(problem, {rule: 0}))
    favoured = set(what_if.problem.cadres.loc[what_if.problem.favoured[rule], "cadre"])
    each = starts_of(what_if.plan), other.starts
    before, after = ([start for start in starts if start[0] in favoured] for starts in each)
    everybody, others = ({start[0] for start in starts} for starts in each)
    return PriorityEffect(
        rule,
        len(before),
        len(after),
        len({start[0] for start in before}),
        len({start[0] for start in after}),
        tuple(sorted(everybody - others)),
        tuple(sorted(others - everybody)),
        _goals(what_if, other),
    )


def _step(what_if: WhatIf, place: int, times: int) -> Step:
    """The goals' values with `priority` at a place.

    If a goal is as good after `priority` as it is without, both are best at once, and change places without a loss.
    """
    before, ranked = what_if.once(_Steps).found, telling(what_if.problem.scenario.goals)
    goals = [goal for goal in ranked if goal != "priority"]
    if times == 1 and place - 1 in before:
        next_best = goals[place - 2]
        if before[place - 1].goals[next_best] == worth(what_if.plan)[next_best]:
            before[place] = replace(before[place - 1], place=place)
            return before[place]
    goals.insert(place - 1, "priority")
    if times == 0:  # points count for nothing: the lot says whose they are
        weighed = {goal for goal in what_if.problem.scenario.goals if goal.kind == "priority"}
        goals = [*(goal for goal in ranked if goal not in weighed), *({"lot"} - set(ranked))]
    problem = with_goals(what_if.problem, goals)
    problem = with_times(problem, dict.fromkeys(what_if.problem.scenario.priority, times))
    found = Step(place, times, _goals(what_if, _best(what_if, problem)))
    if times == 1:
        before[place] = found
    return found


class _Steps:
    """The steps of a case found so far, by their places, the points as they are."""

    def __init__(self, _: WhatIf) -> None:
        self.found: dict[int, Step] = {}


def _best(what_if: WhatIf, problem: Problem) -> Outcome:
    """The best plan of the problem with other points, or its goals ranked otherwise."""
    found = what_if.after(Asked(), problem, problem.scenario.goals, far=True)
    if found is None:  # there is one: points forbid nothing
        raise unproven(problem)
    return found


def _goals(what_if: WhatIf, plan: Outcome) -> dict[str, Fraction]:
    """The goals' values but `lot`, in the scenario's order; those of `priority` in the points of the scenario."""
    problem = what_if.problem
    values = worth(plan)
    for goal in problem.scenario.goals:
        if goal.kind == "priority":
            values[goal] = _points(problem, plan, goal.entries)
    return {goal: values[goal] for goal in telling(problem.scenario.goals)}


def _points(problem: Problem, plan: Outcome, entries: Sequence[str]) -> Fraction:
    """The points that some priority rules, or all, give the starts of a plan."""
    cadres = pd.Index(problem.cadres["cadre"]).get_indexer([cadre for cadre, _, _ in plan.starts])
    programmes = pd.Index(problem.programmes["programme"]).get_indexer([name for _, name, _ in plan.starts])
    points = problem.points_of(entries)[cadres, programmes]
    return sum((Fraction(str(own)) for own in points.tolist()), Fraction(0))
