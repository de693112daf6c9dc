"""Single keys of a scenario set by hand: `seats.theory.per_year.max=4` becomes an overlay, as a what-if file is one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from planner.common.errors import Fault, InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given, load_scenario
from planner.inputs.scenario.yaml_reader import scalar
from planner.inputs.scenario.yaml_tree import Location, Node, merged
from planner.studies.sweep_axes import override, place_of


def load_set(scenario: Given, settings: Sequence[str]) -> Problem:
    """The problem of a scenario with `KEY=VALUE` texts laid on it; without any, as `planner.load` loads it.

    KEY is a path as `planner.studies.sweep_axes.read_axes` explains it; VALUE is one value, typed as YAML types it:
    a number, yes or no, a text; `null` removes the key. What is set is told as of `overlay` wherever a place is told,
    in the run's manifest, too.

    Raises
    ------
    InputError
        A text is not of that form, a path does not exist (with the nearest name), is not clear or is set twice; or the
        scenario with these values is faulty.
    """
    return load(scenario, overlay_of(scenario, settings)) if settings else load(scenario)


def overlay_of(scenario: Given, settings: Sequence[str]) -> dict[str, Any]:
    """The texts as one mapping, to be laid on the scenario. Raises as `load_set` does."""
    root = load_scenario(scenario).root
    faults: list[Fault] = []
    places: dict[Location, str] = {}
    over = Node({}, root.file, root.line)
    for text in settings:
        try:
            key, at, value = _read(root, text)
        except InputError as error:
            faults += error.faults
            continue
        faults += _clashes(places, at, key)
        places[at] = key
        over = merged(over, override(merged(root, over), at, value))
    if faults:
        raise InputError(faults)
    overlay: dict[str, Any] = over.plain()
    return overlay


def _read(root: Node, text: str) -> tuple[str, Location, Any]:
    key, equals, value = (part.strip() for part in text.partition("="))
    if not (key and equals and value and all(key.split("."))):
        raise InputError(Fault("set_form", {"text": text}))
    return key, place_of(root, key), scalar(value)


def _clashes(places: dict[Location, str], at: Location, key: str) -> list[Fault]:
    """What is set already at a place, above it or below."""
    if at in places:
        return [Fault("set_twice", {"name": key})]
    pairs = itertools.chain.from_iterable(
        (((other, name), (at, key)), ((at, key), (other, name))) for other, name in places.items()
    )
    return [
        Fault("set_overlap", {"name": inner, "other": outer})
        for (above, outer), (below, inner) in pairs
        if below[: len(above)] == above
    ]
