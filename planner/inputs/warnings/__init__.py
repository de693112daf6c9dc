"""What a scenario and its tables may say, but hardly mean: implausible people, empty groups, targets out of reach.

Only what can be seen without a model; nothing here keeps a plan from being made.
"""

from __future__ import annotations

from planner.inputs.problem import Problem
from planner.inputs.warnings.conditions import condition_warnings
from planner.inputs.warnings.entries import entry_warnings
from planner.inputs.warnings.figures import figure_warnings
from planner.inputs.warnings.languages import language_warnings
from planner.inputs.warnings.limits import limit_warnings
from planner.inputs.warnings.near_names import near_name_warnings
from planner.inputs.warnings.people import people_warnings
from planner.inputs.warnings.roster_columns import column_warnings
from planner.inputs.warnings.warning import ScenarioWarning, warning_at
from planner.inputs.warnings.without_effect import idle_warnings
from planner.inputs.warnings.years import year_warnings

__all__ = ["ScenarioWarning", "warning_at", "warnings"]


def warnings(problem: Problem) -> list[ScenarioWarning]:
    """All warnings that need no options, acknowledged or not: people, columns, then the scenario's sections."""
    return [
        *people_warnings(problem),
        *near_name_warnings(problem),
        *column_warnings(problem),
        *condition_warnings(problem),
        *entry_warnings(problem),
        *idle_warnings(problem),
        *limit_warnings(problem),
        *figure_warnings(problem),
        *year_warnings(problem),
        *language_warnings(problem),
    ]
