"""Values as people write them become the names that the scenario knows: `Nữ` is `F`, `Thạc sĩ` is `master`.

A condition's value, and a level anywhere in the scenario, is read as the roster's cell would be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from planner.inputs import synonyms
from planner.inputs.scenario.conditions import Combine, Compare, Condition, Scalar, written
from planner.inputs.scenario.references import WHO_KEYS
from planner.inputs.scenario.schema import Absence, Programme, Scenario, Target
from planner.inputs.scenario.validation import Entry
from planner.inputs.vocabulary.levels import level_index

Read = Callable[[Scalar], Scalar]
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Names:
    """What values are read by: the ladders' levels, and the programmes by what they are called."""

    ladders: Mapping[str, Sequence[str]]
    programmes: Mapping[str, str]

    @classmethod
    def of(cls, scenario: Scenario) -> Names:
        """The names of a scenario; of a name that several programmes have nobody knows which is meant."""
        called: dict[str, set[str]] = {}
        for programme, entry in scenario.programmes.items():
            titles = entry.title.values() if isinstance(entry.title, Mapping) else [entry.title or ""]
            for title in (programme, *titles):
                called.setdefault(synonyms.plain(title), set()).add(programme)
        only = {title: ids.pop() for title, ids in called.items() if title and len(ids) == 1}
        return cls(scenario.ladders, only)


def with_plain_names(scenario: Scenario) -> Scenario:
    """The scenario with every level, and every sex and study in a condition, under its own name.

    What means nothing stays as it is, to be told by whoever looks it up.
    """
    names = Names.of(scenario)
    sections = {
        section: {name: _with_whos(entry, keys, names) for name, entry in getattr(scenario, section).items()}
        for section, keys in WHO_KEYS.items()
    }
    sections["programmes"] = {name: _programme(entry, names) for name, entry in sections["programmes"].items()}
    sections["targets"] = {name: _target(entry, names) for name, entry in sections["targets"].items()}
    groups = {name: _condition(group, names) for name, group in scenario.groups.items()}
    return scenario.replace(**sections, groups=groups, absence=_absence(scenario.absence, names))


def _with_whos(entry: E, keys: Sequence[str], names: Names) -> E:
    held = {key: getattr(entry, key) for key in keys}
    return entry.replace(**{key: _condition(who, names) for key, who in held.items() if who is not None})


def _absence(absence: Absence | None, names: Names) -> Absence | None:
    if absence is None or absence.leaders is None:
        return absence
    return absence.replace(leaders=_with_whos(absence.leaders, ("who",), names))


def _programme(entry: Programme, names: Names) -> Programme:
    read = _level_reader(entry.ladder, names)
    return entry.replace(from_=read(entry.from_), to=read(entry.to), requires=_levels_by_ladder(entry.requires, names))


def _target(entry: Target, names: Names) -> Target:
    return entry.replace(level=_levels_by_ladder(entry.level, names))


def _levels_by_ladder(levels: Mapping[str, str], names: Names) -> dict[str, Scalar]:
    return {ladder: _level_reader(ladder, names)(level) for ladder, level in levels.items()}


def _level_reader(ladder: str, names: Names) -> Read:
    levels = names.ladders.get(ladder, [])
    index_of = level_index(ladder, levels)

    def read(value: Scalar) -> Scalar:
        level = index_of(written(value))
        return value if level is None else levels[level]

    return read


def _sex(value: Scalar) -> Scalar:
    return synonyms.sex(written(value)) or value


def _condition(condition: Condition, names: Names) -> Condition:
    match condition:
        case Combine(parts=parts):
            return replace(condition, parts=tuple(_condition(part, names) for part in parts))
        case Compare(column="sex"):
            return _values(condition, _sex)
        case Compare(column="studying"):
            return _values(condition, lambda value: names.programmes.get(synonyms.plain(written(value)), value))
        case Compare(column=column) if column in names.ladders:
            return _values(condition, _level_reader(column, names))
    return condition


def _values(condition: Compare, read: Read) -> Compare:
    low, high = (None if bound is None else read(bound) for bound in (condition.low, condition.high))
    return replace(condition, values=tuple(map(read, condition.values)), low=low, high=high)
