"""Values as people write them become the names that the scenario knows: `Nữ` is `F`, `Thạc sĩ` is `master`.

A condition's value, and a level anywhere in the scenario, is read as the roster's cell would be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from planner.inputs import synonyms
from planner.inputs.scenario.conditions import Combine, Compare, Condition, Scalar, written
from planner.inputs.scenario.references import WHO_KEYS
from planner.inputs.scenario.schema import Absence, Programme, Scenario, Target
from planner.inputs.scenario.validation import Entry
from planner.inputs.vocabulary.levels import level_index

Read = Callable[[Scalar], Scalar]
Ladders = Mapping[str, Sequence[str]]
E = TypeVar("E", bound=Entry)


def with_plain_names(scenario: Scenario) -> Scenario:
    """The scenario with every level, and every sex in a condition, under its own name.

    What means nothing stays as it is, to be told by whoever looks it up.
    """
    ladders = scenario.ladders
    sections = {
        section: {name: _with_whos(entry, keys, ladders) for name, entry in getattr(scenario, section).items()}
        for section, keys in WHO_KEYS.items()
    }
    sections["programmes"] = {name: _programme(entry, ladders) for name, entry in sections["programmes"].items()}
    sections["targets"] = {name: _target(entry, ladders) for name, entry in sections["targets"].items()}
    groups = {name: _condition(group, ladders) for name, group in scenario.groups.items()}
    return scenario.replace(**sections, groups=groups, absence=_absence(scenario.absence, ladders))


def _with_whos(entry: E, keys: Sequence[str], ladders: Ladders) -> E:
    held = {key: getattr(entry, key) for key in keys}
    return entry.replace(**{key: _condition(who, ladders) for key, who in held.items() if who is not None})


def _absence(absence: Absence | None, ladders: Ladders) -> Absence | None:
    if absence is None or absence.leaders is None:
        return absence
    return absence.replace(leaders=_with_whos(absence.leaders, ("who",), ladders))


def _programme(entry: Programme, ladders: Ladders) -> Programme:
    read = _level_reader(entry.ladder, ladders)
    return entry.replace(
        from_=read(entry.from_), to=read(entry.to), requires=_levels_by_ladder(entry.requires, ladders)
    )


def _target(entry: Target, ladders: Ladders) -> Target:
    return entry.replace(level=_levels_by_ladder(entry.level, ladders))


def _levels_by_ladder(levels: Mapping[str, str], ladders: Ladders) -> dict[str, Scalar]:
    return {ladder: _level_reader(ladder, ladders)(level) for ladder, level in levels.items()}


def _level_reader(ladder: str, ladders: Ladders) -> Read:
    levels = ladders.get(ladder, [])
    index_of = level_index(ladder, levels)

    def read(value: Scalar) -> Scalar:
        level = index_of(written(value))
        return value if level is None else levels[level]

    return read


def _sex(value: Scalar) -> Scalar:
    return synonyms.sex(written(value)) or value


def _condition(condition: Condition, ladders: Ladders) -> Condition:
    match condition:
        case Combine(parts=parts):
            return replace(condition, parts=tuple(_condition(part, ladders) for part in parts))
        case Compare(column="sex"):
            return _values(condition, _sex)
        case Compare(column=column) if column in ladders:
            return _values(condition, _level_reader(column, ladders))
    return condition


def _values(condition: Compare, read: Read) -> Compare:
    low, high = (None if bound is None else read(bound) for bound in (condition.low, condition.high))
    return replace(condition, values=tuple(map(read, condition.values)), low=low, high=high)
