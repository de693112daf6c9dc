"""Columns of the roster that nothing uses, and ladders on which the roster does not say enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from planner.inputs.membership import column_of
from planner.inputs.problem import UNKNOWN, Problem
from planner.inputs.scenario.conditions import columns_used
from planner.inputs.scenario.loading import conditions
from planner.inputs.scenario.schema import Scenario
from planner.inputs.synonyms import HEADERS
from planner.inputs.warnings.warning import ScenarioWarning, warning_at
from planner.messages import Sentence, known

MADE = ("agency_id", "headcount")  # columns that the roster does not have itself
MOST_COLUMNS_NAMED = 12


def column_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """The columns that are ignored, in one warning; the levels that nobody knows, one for each ladder with targets."""
    yield from _ignored(problem)
    yield from _unknown_levels(problem)


def ignored_columns(problem: Problem) -> list[str]:
    """Columns that no condition uses and whose header nobody knows, so that what stands in them counts for nothing."""
    return counting_for_nothing(problem.scenario, map(str, problem.cadres.columns))


def counting_for_nothing(scenario: Scenario, columns: Iterable[str]) -> list[str]:
    """Of the columns of a roster, or of rows for it, those that count for nothing."""
    used = {column for _, condition in conditions(scenario) for column in columns_used(condition)}
    known = {*used, *scenario.ladders, *scenario.headers.values(), *HEADERS, *MADE, "studying_until"}
    return [name for name in columns if name not in known]


def _ignored(problem: Problem) -> Iterator[ScenarioWarning]:
    """The columns that count for nothing though something stands in them."""
    scenario = problem.scenario
    filled = [name for name in ignored_columns(problem) if (problem.cadres[name] != "").any()]
    if filled:
        more = f", ... (+{len(filled) - MOST_COLUMNS_NAMED})" if len(filled) > MOST_COLUMNS_NAMED else ""
        told = ", ".join(f"'{name}'" for name in filled[:MOST_COLUMNS_NAMED]) + more
        yield ScenarioWarning("warning_ignored_columns", {"columns": told}, scenario.roster, about="+".join(filled))


def _unknown_levels(problem: Problem) -> Iterator[ScenarioWarning]:
    """Members of targets whose level on a ladder nobody knows: they never count as attaining."""
    scenario = problem.scenario
    for ladder in scenario.ladders:
        asking = [name for name, target in scenario.targets.items() if ladder in target.level]
        if not asking:
            continue
        members = column_of(np.concatenate([problem.counted_rows(name) for name in asking]), len(problem.cadres))
        levels = problem.cadres[ladder].to_numpy()
        silent = members & (levels == UNKNOWN)
        silent[problem.studies["cadre"]] &= ~_leading(problem, ladder)
        called = Sentence(f"ladder_{ladder}") if known(f"ladder_{ladder}") else ladder
        told = {"ladder": called, "number": int(silent.sum()), "members": int(members.sum())}
        if silent.any() and (levels == UNKNOWN).all():
            yield warning_at(problem, ("ladders", ladder), "warning_no_ladder_column", **told)
        elif silent.any():
            yield warning_at(problem, ("ladders", ladder), "warning_unknown_levels", **told)


def _leading(problem: Problem, ladder: str) -> np.ndarray:
    """Of each study under way, whether it is on a ladder, and so tells a level."""
    on = (problem.programmes["ladder"] == ladder).to_numpy()
    return on[problem.studies["programme"].to_numpy()]
