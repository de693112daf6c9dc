"""Figures that are more likely a slip of the hand: an age of 1986, a programme of ten years, points below nothing."""

from __future__ import annotations

from collections.abc import Iterator

from planner.inputs.problem import Problem
from planner.inputs.scenario.conditions import Compare, comparisons
from planner.inputs.scenario.loading import conditions
from planner.inputs.scenario.ranked_goals import RankedGoal
from planner.inputs.scenario.value_types import FIRST_YEAR, LAST_YEAR
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.warnings.warning import ScenarioWarning, warning_at

LONGEST_PROGRAMME, LONGEST_SERVICE = 72, 15  # months; years of service owed
PLAUSIBLE = {
    "age": (0, 100),
    "service_years": (0, 60),
    "birth_year": (FIRST_YEAR, LAST_YEAR),
    "service_start": (FIRST_YEAR, LAST_YEAR),
    "retires": (FIRST_YEAR, LAST_YEAR),
}
"""Columns in years, and the figures between which a condition can mean something."""
SENDING = ("attainment", "seat_floors", "shares")  # goals for whose sake people are sent
SPARING = ("starts", "early", "cost")  # goals that are best served if nobody is


def figure_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """The warnings about figures, and about goals ranked so that nothing is left for others."""
    yield from _conditions(problem)
    yield from _programmes(problem)
    yield from _levels(problem)
    for name, entry in problem.scenario.priority.items():
        if entry.points < 0:
            told = {"points": entry.points}
            yield warning_at(problem, ("priority", name, "points"), "warning_negative_points", **told)
    yield from _goals(problem)


def _conditions(problem: Problem) -> Iterator[ScenarioWarning]:
    """Ages and years that nobody can have."""
    for location, condition in conditions(problem.scenario):
        for part in comparisons(condition):
            least, most = PLAUSIBLE.get(part.column, (0, 0))
            odd = [figure for figure in _figures(part) if most and not least <= figure <= most]
            if odd:
                at: Location = (*location, *part.at)
                told = {"figures": ", ".join(f"{figure:.10g}" for figure in odd), "least": least, "most": most}
                yield warning_at(problem, at, "warning_odd_years", ".".join(map(str, at)), **told)


def _figures(part: Compare) -> list[int | float]:
    held = (*part.values, part.low, part.high)
    return [each for each in held if isinstance(each, int | float) and not isinstance(each, bool)]


def _programmes(problem: Problem) -> Iterator[ScenarioWarning]:
    for name, programme in problem.scenario.programmes.items():
        if programme.months > LONGEST_PROGRAMME:
            at: Location = ("programmes", name, "months")
            yield warning_at(problem, at, "warning_long_programme", months=programme.months)
        if programme.serve_after_years > LONGEST_SERVICE:
            at = ("programmes", name, "serve_after_years")
            yield warning_at(problem, at, "warning_long_service", years=programme.serve_after_years)


def _levels(problem: Problem) -> Iterator[ScenarioWarning]:
    """Targets that ask for the lowest level of a ladder, which everybody holds of whom a level is known."""
    for name, target in problem.scenario.targets.items():
        for ladder, level in target.level.items():
            if level == problem.scenario.ladders[ladder][0]:
                at: Location = ("targets", name, "level", ladder)
                yield warning_at(problem, at, "warning_lowest_level", level=level, ladder=ladder)


def _goals(problem: Problem) -> Iterator[ScenarioWarning]:
    """Goals that stand above others and leave them nothing: with the fewest starts nobody is sent for their sake."""
    goals = problem.scenario.goals
    for index, goal in enumerate(goals):
        below = [str(other) for other in goals[index + 1 :] if _left_nothing(goal, other)]
        if below:
            told = {"goal": str(goal), "below": ", ".join(below)}
            key = "warning_goal_lot_above" if goal.kind == "lot" else "warning_goal_sparing_above"
            yield warning_at(problem, ("goals", index), key, str(goal), **told)


def _left_nothing(goal: RankedGoal, below: RankedGoal) -> bool:
    """Whether the lot stands above anything, or what spares starts above what people are sent for."""
    return goal.kind == "lot" or (goal.kind in SPARING and below.kind in SENDING)
