"""What conditions compare with, and nobody has: a value that stands in no row, an age that is asked for exactly."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import pandas as pd

from planner.inputs.people import canonical
from planner.inputs.problem import Problem
from planner.inputs.roster.notes import Heading
from planner.inputs.scenario.conditions import comparisons
from planner.inputs.scenario.loading import conditions
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.synonyms import plain
from planner.inputs.warnings.warning import ScenarioWarning, warning_at

MOST_VALUES_LISTED = 12  # values of a column that are worth listing
MOST_NEAREST = 3  # values that are shown as near
EXACT = ("age", "service_years")  # columns in years, where one number alone is hardly meant


def condition_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """Values that conditions compare text columns with and no cadre has there, and ages asked for exactly."""
    held: dict[str, dict[object, str]] = {}
    for location, condition in conditions(problem.scenario):
        for part in comparisons(condition):
            at = (*location, *part.at)
            if part.column not in held:
                held[part.column] = _held(problem, part.column)
            known = held[part.column]
            for value in part.values:
                if known and not isinstance(value, bool) and canonical(value) not in known:
                    yield _unknown_value(problem, at, part.column, str(value), list(known.values()))
            if part.column in EXACT and len(part.values) == 1:
                yield warning_at(problem, at, "warning_exact_years", ".".join(map(str, at)), years=part.values[0])
            elif part.column in EXACT and len(part.values) == 2:
                low, high = part.values
                yield warning_at(problem, at, "warning_two_years", ".".join(map(str, at)), low=low, high=high)


def _held(problem: Problem, column: str) -> dict[object, str]:
    """The values of a text column as they are compared, and as they are written; none of a column of another kind."""
    cadres = problem.cadres
    if column == "studying":
        return {canonical(name): name for name in problem.scenario.programmes}
    if column in ("sex", *problem.scenario.ladders) or column not in cadres:
        return {}
    if not pd.api.types.is_string_dtype(cadres[column]):
        return {}
    cells = [*cadres[column].unique(), *(problem.agencies["agency"] if column == "agency" else ())]
    found: dict[object, str] = {canonical(cell): cell for cell in cells if cell != ""}
    return {} if {*found} <= {canonical("yes"), canonical("no")} else found


def _unknown_value(problem: Problem, at: Location, column: str, value: str, known: list[str]) -> ScenarioWarning:
    about = f"{'.'.join(map(str, at))}={value}"
    told = {"column": Heading(column, column), "value": value}
    if near := _nearest(value, known):
        rows = {str(cell): number for cell, number in problem.cadres[column].value_counts().items()}
        listed = ", ".join(f"'{each}' ({rows[each]})" if each in rows else f"'{each}'" for each in near)
        return warning_at(problem, at, "warning_value_nearest", about, **told, nearest=listed)
    if len(known) <= MOST_VALUES_LISTED:
        return warning_at(problem, at, "warning_value_known", about, **told, known=", ".join(known))
    return warning_at(problem, at, "warning_value_unknown", about, **told)


def _nearest(value: str, known: list[str]) -> list[str]:
    """The values most like one: those that begin with it, that hold it, or that are spelt alike."""
    wanted = plain(value)
    begins = [each for each in known if wanted and plain(each).startswith(f"{wanted} ")]
    holds = [each for each in known if wanted and f" {wanted} " in f" {plain(each)} "]
    alike = difflib.get_close_matches(value, known, n=MOST_NEAREST, cutoff=0.5)
    return list(dict.fromkeys((*begins, *holds, *alike)))[:MOST_NEAREST]
