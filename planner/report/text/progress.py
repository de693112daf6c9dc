"""What is known of a goal while it is at work, in a line that a person understands."""

from __future__ import annotations

from planner.inputs.problem import Problem
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.messages import figure, say
from planner.model.goals import kind_of
from planner.plans.summary import goal_in_words
from planner.plans.verdicts import surely_open
from planner.solver import Progress

FORMS = ("nothing", "bound", "value", "both", "proven")
"""What is known of a goal."""
WITH_SENSE = ("bound", "value", "both")
"""What is said otherwise of a goal to maximise."""


def known_so_far(news: Progress, problem: Problem | None) -> str:
    """The goal, and what any plan can have of it at best and the best plan so far has.

    Of the targets, where every place weighs the same, the places that no plan can tell are left out and said.
    """
    goal, kind = RankedGoal.read(news.goal), kind_of(news.goal)
    told = goal_in_words(news.goal, problem.scenario if problem else None)
    if news.parts < news.of_parts:
        return say("progress_part", goal=told, parts=news.parts, of_parts=news.of_parts)
    form = _form(news)
    if kind.breaks_ties:
        return say("progress_ties_proven" if form == "proven" else "progress_ties")
    value, bound = news.value, news.bound
    if problem is not None and kind.name == "attainment" and _alike(problem, goal):
        unknown = surely_open(problem, goal.entries)
        known = {name: None if number is None else number - unknown for name, number in _figures(news).items()}
        line = say(f"progress_targets_{form}", **known)
        return say("progress_besides", line=line, unknown=unknown) if unknown else line
    most = kind.sense == "max" and form in WITH_SENSE
    words = say(f"progress_{form}_most" if most else f"progress_{form}", value=figure(value), bound=figure(bound))
    return f"{told}: {words}"


def _figures(news: Progress) -> dict[str, int | float | None]:
    return {"value": news.value, "bound": news.bound}


def _form(news: Progress) -> str:
    """Whether value and bound are known, one of them, or are the same."""
    if news.value is None:
        return "nothing" if news.bound is None else "bound"
    if news.bound is None:
        return "value"
    return "proven" if news.value == news.bound else "both"


def _alike(problem: Problem, goal: RankedGoal) -> bool:
    targets = problem.scenario.targets
    return all(targets[name].weight == 1 for name in goal.entries or targets)
