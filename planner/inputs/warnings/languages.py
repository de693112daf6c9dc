"""Sources of which one language says that something is assumed, and the other does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.inputs.problem import Problem
from planner.inputs.scenario.sources import is_assumed
from planner.inputs.scenario.yaml_tree import Location
from planner.inputs.warnings.warning import ScenarioWarning, warning_at

KEYS = ("source", "roster_source")


def language_warnings(problem: Problem) -> Iterator[ScenarioWarning]:
    """Whoever mends one language may not see the other; an entry counts as assumed as long as one of them says so."""
    for at, texts in _in_languages(problem.source.root.plain()):
        marked = [is_assumed(text) for text in texts.values() if text]
        if any(marked) and not all(marked):
            yield warning_at(problem, at, "warning_assumed_in_one_language", ".".join(map(str, at)))


def _in_languages(said: Any, at: Location = ()) -> Iterator[tuple[Location, Mapping[str, str]]]:
    """Every source that stands in several languages, with its place."""
    if isinstance(said, Mapping):
        for key, value in said.items():
            if key in KEYS:
                yield from [((*at, key), value)] if isinstance(value, Mapping) else []
            else:
                yield from _in_languages(value, (*at, key))
    elif isinstance(said, list):
        for place, value in enumerate(said):
            yield from _in_languages(value, (*at, place))
