"""Single keys of a scenario set by hand: `seats.theory.per_year.max=4` becomes an overlay, as a what-if file is one."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.common.errors import Fault, InputError
from planner.inputs.loading import load
from planner.inputs.problem import Problem
from planner.inputs.scenario.loading import Given, load_scenario
from planner.inputs.scenario.mappings import OVERLAY
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
    if not settings:
        return load(scenario)
    overlay, places = _overlay_of(scenario, settings)
    try:
        return load(scenario, overlay)
    except InputError as error:
        raise InputError([_of_a_setting(fault, places) for fault in error.faults]) from error


def overlay_of(scenario: Given, settings: Sequence[str]) -> dict[str, Any]:
    """The texts as one mapping, to be laid on the scenario. Raises as `load_set` does."""
    return _overlay_of(scenario, settings)[0]


def _overlay_of(scenario: Given, settings: Sequence[str]) -> tuple[dict[str, Any], dict[Location, str]]:
    """The overlay, and every place that is set with the text that sets it."""
    root = load_scenario(scenario).root
    faults: list[Fault] = []
    places: dict[Location, str] = {}
    texts: dict[Location, str] = {}
    over = Node({}, root.file, root.line)
    for text in settings:
        try:
            key, at, value = _read(root, text)
        except InputError as error:
            faults += [_said(fault, text) if fault.file is not None else fault for fault in error.faults]
            continue
        faults += _clashes(places, at, key)
        places[at], texts[at] = key, text
        over = merged(over, override(merged(root, over), at, value))
    if faults:
        raise InputError(faults)
    overlay: dict[str, Any] = over.plain()
    return overlay, texts


def _of_a_setting(fault: Fault, texts: Mapping[Location, str]) -> Fault:
    """A fault of the scenario as one of the text by which it came: what it sets is wrong, or was needed."""
    at, name = str(fault.values.get("at", "")), str(fault.values.get("name", ""))
    for place, text in texts.items():
        set_at = ".".join(map(str, place))
        needed = fault.key == "missing_key" and set_at in (name, f"{at}.{name}")
        wrong = str(fault.file) == OVERLAY and (f"{at}.".startswith(f"{set_at}.") or f"{set_at}.".startswith(f"{at}."))
        if needed or wrong:
            return _said(fault, text)
    return fault


def _said(fault: Fault, text: str) -> Fault:
    """The fault as one of what was typed."""
    return replace(fault, file=f"--set {text}", line=None, sheet=None, cell=None)


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
